//! Files written aside and renamed into place: a file of a result is whole or absent.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// A file under way: hashed as it is written, in its place only once it is finished, gone if it is dropped before.
pub(crate) struct Aside {
    path: PathBuf,
    file: BufWriter<Hashed>,
}

/// What hashes as it writes: long pieces, since BLAKE3 is several times as fast on them.
struct Hashed {
    file: NamedTempFile,
    hasher: blake3::Hasher,
    bytes: u64,
}

/// A file in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its size.
    pub(crate) bytes: u64,
    /// BLAKE3 of its content, in hexadecimal digits.
    pub(crate) blake3: String,
}

impl Aside {
    /// Begins the file that is to stand at `path`, whose folder exists.
    pub(crate) fn create(path: &Path) -> Result<Aside, Failure> {
        let file = temporary(path)?;
        Ok(Aside {
            path: path.to_owned(),
            file: BufWriter::with_capacity(
                1 << 16,
                Hashed {
                    file,
                    hasher: blake3::Hasher::new(),
                    bytes: 0,
                },
            ),
        })
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<Written, Failure> {
        let Aside { path, file } = self;
        let Hashed { file, hasher, bytes } = file.into_inner().map_err(|e| Failure::io(&path)(e.into_error()))?;
        file.persist(&path).map_err(|e| Failure::create(&path)(e.error))?;
        Ok(Written {
            path,
            bytes,
            blake3: hasher.finalize().to_hex().to_string(),
        })
    }
}

impl Write for Aside {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.file.write(data)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Write for Hashed {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        let n = self.file.write(data)?;
        self.hasher.update(&data[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A file in the folder of `path`, to be renamed.
fn temporary(path: &Path) -> Result<NamedTempFile, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rafah-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Readable as any file of the user's is; a temporary file would be private. The process's mask still applies.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(Failure::create(path))
}

/// A file of some pieces at once, which somebody else keeps the checksums of.
pub(crate) fn put(path: &Path, pieces: &[&[u8]]) -> Result<(), Failure> {
    let mut file = temporary(path)?;
    for piece in pieces {
        file.write_all(piece).map_err(Failure::io(path))?;
    }
    file.persist(path).map_err(|e| Failure::create(path)(e.error))?;
    Ok(())
}

/// A whole small file at once.
pub(crate) fn write(path: &Path, content: &[u8]) -> Result<Written, Failure> {
    let mut file = Aside::create(path)?;
    file.write_all(content).map_err(Failure::io(path))?;
    file.finish()
}

/// A value as JSON for people, with a last line end.
pub(crate) fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<Written, Failure> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|e| Failure::io(path)(e.into()))?;
    text.push(b'\n');
    write(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_absent_until_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        let mut file = Aside::create(&path).unwrap();
        file.write_all(b"abc").unwrap();
        assert!(!path.exists());
        let written = file.finish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"abc");
        assert_eq!(written.bytes, 3);
        assert_eq!(written.blake3, blake3::hash(b"abc").to_hex().to_string());
    }

    #[test]
    fn an_abandoned_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        drop(Aside::create(&folder.path().join("a.txt")).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_missing_folder_cannot_be_written_to() {
        let refused = write(Path::new("/nowhere-at-all/a.txt"), b"").unwrap_err();
        assert_eq!(refused.exit_code(), 73);
    }
}
