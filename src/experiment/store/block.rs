//! One file of the store: the rows that some replications of one alternative left in every table.
//!
//! ```text
//! "rafahblk" │ version u32 │ length of header u32 │ BLAKE3 of header, 32 bytes │ header, JSON │ table │ table │ …
//! table: list of columns, JSON │ column │ column │ …
//! ```
//!
//! Numbers are little-endian. A column is its values one after the other: 8 bytes for whole and real numbers, 4 for the code
//! of a word of the column's list. The header has the place of every table, a table's list that of every column, each with a
//! checksum: one column is read and trusted without the rest, and a table of thousands of columns costs the others nothing.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::experiment::aside::Aside;
use crate::experiment::failure::Failure;
use crate::table::{Data, Frame, Kind, Table};

const MAGIC: &[u8; 8] = b"rafahblk";
const VERSION: u32 = 1;
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
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Header {
    identity: Identity,
    first: u32,
    last: u32,
    tables: Vec<TableEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct TableEntry {
    name: String,
    rows: u64,
    /// Of its list of columns, from the end of the header.
    offset: u64,
    bytes: u64,
    blake3: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ColumnEntry {
    name: String,
    kind: String,
    /// From the end of the table's list of columns.
    offset: u64,
    bytes: u64,
    blake3: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
}

/// Writes a block aside and puts it in its place.
pub(crate) fn write(path: &Path, identity: &Identity, first: u32, last: u32, tables: &[Table], frames: &[Frame]) -> Result<(), Failure> {
    let mut body = Vec::new();
    let mut entries = Vec::with_capacity(tables.len());
    for (table, frame) in tables.iter().zip(frames) {
        let (list, columns) = encode_table(table, frame).map_err(|e| Failure::io(path)(e.into()))?;
        let name = table.name.to_owned();
        let (rows, offset, bytes) = (frame.len() as u64, body.len() as u64, list.len() as u64);
        entries.push(TableEntry {
            name,
            rows,
            offset,
            bytes,
            blake3: checksum(&list),
        });
        body.extend(list);
        body.extend(columns);
    }
    let header = Header {
        identity: identity.clone(),
        first,
        last,
        tables: entries,
    };
    let header = serde_json::to_vec(&header).map_err(|e| Failure::io(path)(e.into()))?;
    let mut file = Aside::create(path)?;
    let mut put = |bytes: &[u8]| file.write_all(bytes).map_err(Failure::io(path));
    put(MAGIC)?;
    put(&VERSION.to_le_bytes())?;
    put(&(header.len() as u32).to_le_bytes())?;
    put(blake3::hash(&header).as_bytes())?;
    put(&header)?;
    put(&body)?;
    file.finish().map(|_| ())
}

/// The list of a table's columns, and the columns.
fn encode_table(table: &Table, frame: &Frame) -> serde_json::Result<(Vec<u8>, Vec<u8>)> {
    let mut data = Vec::new();
    let mut list = Vec::with_capacity(table.columns.len());
    for (column, values) in table.columns.iter().zip(&frame.columns) {
        let offset = data.len();
        let (kind, words) = encode(values, &mut data);
        let bytes = (data.len() - offset) as u64;
        let blake3 = checksum(&data[offset..]);
        list.push(ColumnEntry {
            name: column.name.clone(),
            kind: kind.to_owned(),
            offset: offset as u64,
            bytes,
            blake3,
            words,
        });
    }
    Ok((serde_json::to_vec(&list)?, data))
}

/// Sixteen hexadecimal digits of BLAKE3: against decay, not against malice.
fn checksum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

fn encode(values: &Data, data: &mut Vec<u8>) -> (&'static str, Vec<String>) {
    match values {
        Data::Whole(values) => {
            data.extend(values.iter().flat_map(|v| v.to_le_bytes()));
            ("whole", Vec::new())
        }
        Data::Real(values) => {
            data.extend(values.iter().flat_map(|v| v.to_le_bytes()));
            ("real", Vec::new())
        }
        Data::Text { codes, words } => {
            data.extend(codes.iter().flat_map(|v| v.to_le_bytes()));
            ("text", words.clone())
        }
    }
}

/// A block opened for reading: its header is in memory and trusted, no table is read yet.
#[derive(Clone)]
pub(crate) struct Block {
    path: PathBuf,
    bytes: Bytes,
    header: Arc<Header>,
    /// Where the tables begin.
    base: u64,
    /// Lists of columns that have been read.
    lists: Arc<Mutex<BTreeMap<String, Arc<List>>>>,
}

/// The place of a table and the list of its columns.
type List = (TableEntry, Vec<ColumnEntry>);

/// Where the bytes of a block are.
#[derive(Clone)]
enum Bytes {
    File(Arc<Mutex<File>>),
    Memory(Arc<[u8]>),
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
        let header: Header = serde_json::from_slice(&header).map_err(|e| Failure::damaged(path, e.to_string()))?;
        Ok(Block {
            path: path.to_owned(),
            bytes: Bytes::File(Arc::new(Mutex::new(file))),
            header: Arc::new(header),
            base: PREAMBLE + length,
            lists: Arc::default(),
        })
    }

    /// The same with all its bytes in memory, for who reads column after column; and how many these are.
    pub(crate) fn in_memory(self) -> Result<(Block, usize), Failure> {
        let bytes: Arc<[u8]> = std::fs::read(&self.path).map_err(Failure::io(&self.path))?.into();
        let many = bytes.len();
        Ok((
            Block {
                bytes: Bytes::Memory(bytes),
                ..self
            },
            many,
        ))
    }

    /// Whose rows it holds.
    pub(crate) fn identity(&self) -> &Identity {
        &self.header.identity
    }

    /// The first and the last of its replications.
    pub(crate) fn range(&self) -> (u32, u32) {
        (self.header.first, self.header.last)
    }

    /// One column of one table.
    pub(crate) fn column(&self, table: &str, column: &str) -> Result<Data, Failure> {
        let of_table = self.list(table)?;
        let (entry, list) = &*of_table;
        let found = list.iter().find(|c| c.name == column);
        let found = found.ok_or_else(|| Failure::damaged(&self.path, format!("no column `{column}` of table `{table}`")))?;
        let bytes = self.read(entry.offset + entry.bytes + found.offset, found.bytes)?;
        self.decode_column(entry, found, &bytes)
    }

    /// All rows of one table.
    pub(crate) fn frame(&self, table: &Table) -> Result<Frame, Failure> {
        let of_table = self.list(table.name)?;
        let (entry, list) = &*of_table;
        let agree = list.len() == table.columns.len() && list.iter().zip(&table.columns).all(|(l, c)| l.name == c.name);
        if !agree {
            return Err(Failure::damaged(
                &self.path,
                format!("`{}` has other columns than expected", table.name),
            ));
        }
        let mut frame = Frame::new(table);
        // In one piece: a table may have thousands of short columns.
        let length = list.last().map_or(0, |c| c.offset + c.bytes);
        let all = self.read(entry.offset + entry.bytes, length)?;
        for ((found, column), values) in list.iter().zip(&table.columns).zip(&mut frame.columns) {
            let bytes = all
                .get(found.offset as usize..(found.offset + found.bytes) as usize)
                .unwrap_or_default();
            *values = self.decode_column(entry, found, bytes)?;
            if kind(values) != column.kind {
                return Err(Failure::damaged(
                    &self.path,
                    format!("`{}.{}` is of another kind than expected", table.name, column.name),
                ));
            }
        }
        Ok(frame)
    }

    /// The place of a table and the list of its columns, read once.
    fn list(&self, table: &str) -> Result<Arc<List>, Failure> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = lists.get(table) {
            return Ok(Arc::clone(list));
        }
        let entry = self.header.tables.iter().find(|t| t.name == table).cloned();
        let entry = entry.ok_or_else(|| Failure::damaged(&self.path, format!("no table `{table}`")))?;
        let bytes = self.read(entry.offset, entry.bytes)?;
        self.check(&bytes, &entry.blake3, table)?;
        let columns = serde_json::from_slice(&bytes).map_err(|e| Failure::damaged(&self.path, e.to_string()))?;
        let list = Arc::new((entry, columns));
        lists.insert(table.to_owned(), Arc::clone(&list));
        Ok(list)
    }

    fn decode_column(&self, table: &TableEntry, column: &ColumnEntry, bytes: &[u8]) -> Result<Data, Failure> {
        let name = format!("{}.{}", table.name, column.name);
        self.check(bytes, &column.blake3, &name)?;
        let data = decode(column, bytes).filter(|d| d.len() as u64 == table.rows);
        data.ok_or_else(|| Failure::damaged(&self.path, format!("`{name}` has another length or kind than its table")))
    }

    /// Bytes of the tables; fewer where the file is cut, which the checksum then tells.
    fn read(&self, offset: u64, length: u64) -> Result<Cow<'_, [u8]>, Failure> {
        let from = self.base + offset;
        match &self.bytes {
            Bytes::Memory(all) => {
                let end = all.len() as u64;
                Ok(Cow::Borrowed(&all[from.min(end) as usize..(from + length).min(end) as usize]))
            }
            Bytes::File(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(from)).map_err(Failure::io(&self.path))?;
                let mut bytes = Vec::new();
                (&mut *file).take(length).read_to_end(&mut bytes).map_err(Failure::io(&self.path))?;
                Ok(Cow::Owned(bytes))
            }
        }
    }

    fn check(&self, bytes: &[u8], expected: &str, what: &str) -> Result<(), Failure> {
        let agrees = checksum(bytes) == expected;
        if agrees {
            Ok(())
        } else {
            Err(Failure::damaged(&self.path, format!("the checksum of `{what}` does not agree")))
        }
    }
}

fn decode(entry: &ColumnEntry, bytes: &[u8]) -> Option<Data> {
    Some(match entry.kind.as_str() {
        "whole" => Data::Whole(bytes.as_chunks::<8>().0.iter().map(|b| i64::from_le_bytes(*b)).collect()),
        "real" => Data::Real(bytes.as_chunks::<8>().0.iter().map(|b| f64::from_le_bytes(*b)).collect()),
        "text" => {
            let codes: Vec<u32> = bytes.as_chunks::<4>().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
            let words = entry.words.clone();
            if codes.iter().any(|&c| c != u32::MAX && c as usize >= words.len()) {
                return None;
            }
            Data::Text { codes, words }
        }
        _ => return None,
    })
}

fn kind(data: &Data) -> Kind {
    match data {
        Data::Whole(_) => Kind::Whole,
        Data::Real(_) => Kind::Real,
        Data::Text { .. } => Kind::Text,
    }
}
