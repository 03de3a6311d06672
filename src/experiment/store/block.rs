//! One file of the store: the rows that some replications of one alternative left in every table.
//!
//! ```text
//! "rafahblk" │ version u32 │ length of header u32 │ BLAKE3 of header, 32 bytes │ header, JSON │ table │ table │ …
//! table: column │ column │ …
//! ```
//!
//! The header has the place of every table and a checksum of it: one table is read and trusted without the rest. Which columns it has
//! is known to the experiment; the header has only a mark of them, since a table of thousands of columns would make their names
//! longer than its rows.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::column;
use crate::experiment::aside;
use crate::experiment::failure::Failure;
use crate::table::{Data, Frame, Kind, Table};

const MAGIC: &[u8; 8] = b"rafahblk";
const VERSION: u32 = 2;
const PREAMBLE: u64 = 48;

/// Whose rows a block holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// The alternative's name.
    pub(crate) alternative: String,
    /// BLAKE3 of its resolved scenario.
    pub(crate) scenario: String,
    /// The experiment's seed.
    pub(crate) seed: u64,
}

/// What stands at the head of a block.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    identity: Identity,
    first: u32,
    last: u32,
    tables: Vec<TableEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct TableEntry {
    name: String,
    /// Mark of its columns: [`mark`].
    columns: String,
    rows: u64,
    /// From the end of the header.
    offset: u64,
    bytes: u64,
    blake3: String,
}

/// What tells the columns of a table from others: a checksum of their names and kinds.
pub(super) fn mark(table: &Table) -> String {
    let mut text = String::new();
    for column in &table.columns {
        let kind = match column.kind {
            Kind::Whole => "whole",
            Kind::Real => "real",
            Kind::Text => "text",
        };
        text.extend([column.name.as_str(), " ", kind, "\n"]);
    }
    checksum(text.as_bytes())
}

/// Writes a block aside and puts it in its place. `tables`: with the mark of their columns.
pub(super) fn write(
    path: &Path,
    identity: &Identity,
    (first, last): (u32, u32),
    tables: &[(Table, String)],
    frames: &[Frame],
) -> Result<(), Failure> {
    let mut body = Vec::new();
    let mut entries = Vec::with_capacity(tables.len());
    for ((table, mark), frame) in tables.iter().zip(frames) {
        let offset = body.len();
        frame.columns.iter().for_each(|data| column::encode(data, &mut body));
        entries.push(TableEntry {
            name: table.name.to_owned(),
            columns: mark.clone(),
            rows: frame.len() as u64,
            offset: offset as u64,
            bytes: (body.len() - offset) as u64,
            blake3: checksum(&body[offset..]),
        });
    }
    let header = Header {
        identity: identity.clone(),
        first,
        last,
        tables: entries,
    };
    let header = serde_json::to_vec(&header).map_err(|e| Failure::io(path)(e.into()))?;
    let mut head = Vec::with_capacity(PREAMBLE as usize + header.len());
    head.extend(MAGIC);
    head.extend(VERSION.to_le_bytes());
    head.extend((header.len() as u32).to_le_bytes());
    head.extend(blake3::hash(&header).as_bytes());
    head.extend(header);
    aside::put(path, &[&head, &body])
}

/// Sixteen hexadecimal digits of BLAKE3: against decay, not against malice.
fn checksum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// A block opened for reading: its header is in memory and trusted, no table is read yet.
pub(crate) struct Block {
    path: PathBuf,
    file: File,
    header: Header,
    /// Where the tables begin.
    base: u64,
}

impl Block {
    /// Opens a block and checks its header.
    pub(crate) fn open(path: &Path) -> Result<Block, Failure> {
        let mut file = File::open(path).map_err(Failure::io(path))?;
        let mut preamble = [0; PREAMBLE as usize];
        file.read_exact(&mut preamble)
            .map_err(|_| Failure::damaged(path, "it is too short for a block"))?;
        let word = |at: usize| u32::from_le_bytes([preamble[at], preamble[at + 1], preamble[at + 2], preamble[at + 3]]);
        if &preamble[..8] != MAGIC {
            return Err(Failure::damaged(path, "it does not begin as a block does"));
        }
        if word(8) != VERSION {
            return Err(Failure::damaged(
                path,
                format!("expected blocks of version {VERSION}, found {}", word(8)),
            ));
        }
        let length = u64::from(word(12));
        let mut header = Vec::new();
        (&mut file).take(length).read_to_end(&mut header).map_err(Failure::io(path))?;
        if blake3::hash(&header).as_bytes() != &preamble[16..] {
            return Err(Failure::damaged(path, "the checksum of its header does not agree"));
        }
        let header = serde_json::from_slice(&header).map_err(|e| Failure::damaged(path, e.to_string()))?;
        Ok(Block {
            path: path.to_owned(),
            file,
            header,
            base: PREAMBLE + length,
        })
    }

    /// Whose rows it holds.
    pub(crate) fn identity(&self) -> &Identity {
        &self.header.identity
    }

    /// The first and the last of its replications.
    pub(crate) fn range(&self) -> (u32, u32) {
        (self.header.first, self.header.last)
    }

    /// How many rows of a table it holds.
    pub(super) fn rows(&self, table: &str) -> u64 {
        let entry = self.header.tables.iter().find(|t| t.name == table);
        entry.map_or(0, |entry| entry.rows)
    }

    /// Reads the columns at `places` of a table, in ascending order, in place of what `read` holds. `bytes` is room to work in.
    pub(super) fn read(
        &mut self,
        (table, mark): &(Table, String),
        places: &[usize],
        read: &mut [Data],
        bytes: &mut Vec<u8>,
    ) -> Result<(), Failure> {
        let path = &self.path;
        let name = table.name;
        let entry = self.header.tables.iter().find(|t| t.name == name);
        let entry = entry.ok_or_else(|| Failure::damaged(path, format!("no table `{name}`")))?;
        if entry.columns != *mark {
            return Err(Failure::damaged(path, format!("`{name}` has other columns than expected")));
        }
        self.file
            .seek(SeekFrom::Start(self.base + entry.offset))
            .map_err(Failure::io(path))?;
        bytes.clear();
        // Fewer where the file is cut, which the checksum then tells.
        (&mut self.file).take(entry.bytes).read_to_end(bytes).map_err(Failure::io(path))?;
        if checksum(bytes) != entry.blake3 {
            return Err(Failure::damaged(path, format!("the checksum of `{name}` does not agree")));
        }
        decode(bytes, entry.rows as usize, table, places, read).ok_or_else(|| {
            Failure::damaged(
                path,
                format!("`{name}` has columns of another length or in another order than expected"),
            )
        })
    }
}

fn decode(mut bytes: &[u8], rows: usize, table: &Table, places: &[usize], read: &mut [Data]) -> Option<()> {
    let mut place = 0;
    for (&wanted, data) in places.iter().zip(read) {
        for passed in table.columns.get(place..wanted)? {
            column::skip(&mut bytes, rows, passed.kind)?;
        }
        column::decode(&mut bytes, rows, data)?;
        place = wanted + 1;
    }
    Some(())
}
