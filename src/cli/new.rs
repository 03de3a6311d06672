//! `rafah new`: a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use super::arguments::New;
use super::failure::Failure;
use super::say;
use crate::scenario;

/// Writes `NAME.toml`; what is there already is left alone.
pub(super) fn new(given: &New) -> Result<(), Failure> {
    let mut path = given.name.clone();
    if path.extension().is_none_or(|ending| ending != "toml") {
        path.as_mut_os_string().push(".toml");
    }
    let name = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .filter(|stem| !stem.is_empty() && !stem.starts_with('.'))
        .ok_or_else(|| Failure::Usage(format!("`{}` is no name for a scenario", given.name.display())))?
        .to_owned();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(|error| refused(&path, &error))?;
    file.write_all(scenario::template(&name).as_bytes())
        .map_err(Failure::create(&path))?;
    let shown = quoted(&path.display().to_string());
    say::result(&format!("Wrote {shown}. Next: rafah check {shown}, then rafah run {shown} -n 100"))
}

fn refused(path: &Path, error: &io::Error) -> Failure {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let reason = match (error.kind(), folder) {
        (io::ErrorKind::AlreadyExists, _) => "the file is there already, and is left as it is; choose another name".to_owned(),
        (io::ErrorKind::NotFound, Some(folder)) => format!(
            "there is no folder `{}`; make it first, or leave it out of the name",
            folder.display()
        ),
        _ => error.to_string(),
    };
    Failure::CannotCreate {
        path: path.display().to_string(),
        reason,
    }
}

/// A file name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./+".contains(c);
    if name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_a_shell_would_take_them_apart() {
        assert_eq!(quoted("a/b-1.toml"), "a/b-1.toml");
        assert_eq!(quoted("my world.toml"), "'my world.toml'");
        assert_eq!(quoted("it's.toml"), "'it'\\''s.toml'");
    }
}
