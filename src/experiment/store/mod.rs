//! Where replications are kept until the tables are written: blocks of them in the result's `parts/`.
//!
//! A block holds the rows of consecutive replications of one alternative and says so in its name
//! (`000-00000001-00000015.block`: alternative, first and last replication). Blocks come and go whole and know their scenario
//! and seed, so that what is missing can be told from the folder alone, shards can take blocks by number and be joined.

mod block;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub(crate) use block::{Block, Identity};

use super::failure::Failure;
use crate::table::{Data, Frame, Table};

/// A folder of blocks.
pub(crate) struct Store {
    folder: PathBuf,
    identities: Vec<Identity>,
    /// Blocks that have been read, where nothing is written any more.
    read: Option<Mutex<Read>>,
}

/// Blocks in memory.
#[derive(Default)]
struct Read {
    blocks: BTreeMap<PathBuf, Block>,
    bytes: usize,
}

/// So many bytes of blocks are kept in memory: those of runs of some thousand replications, where opening each block for each column
/// would cost more than the simulation.
const MOST_IN_MEMORY: usize = 64 << 20;

/// A block in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    path: PathBuf,
    first: u32,
    last: u32,
}

impl Store {
    /// The store in `folder`, which is created if it is missing.
    pub(crate) fn open(folder: &Path, identities: Vec<Identity>) -> Result<Store, Failure> {
        fs::create_dir_all(folder).map_err(Failure::create(folder))?;
        Ok(Store {
            folder: folder.to_owned(),
            identities,
            read: None,
        })
    }

    /// The same folder for who reads it column by column while nothing is written.
    pub(crate) fn reading(&self) -> Store {
        Store {
            folder: self.folder.clone(),
            identities: self.identities.clone(),
            read: Some(Mutex::default()),
        }
    }

    /// Keeps the rows of the replications `first` to `last` of an alternative.
    pub(crate) fn write(&self, alternative: usize, first: u32, last: u32, tables: &[Table], frames: &[Frame]) -> Result<(), Failure> {
        let path = self.folder.join(format!("{alternative:03}-{first:08}-{last:08}.block"));
        block::write(&path, &self.identities[alternative], first, last, tables, frames)
    }

    /// What the folder holds of each alternative, in order of replication.
    pub(crate) fn parts(&self) -> Result<Vec<Vec<Part>>, Failure> {
        let mut parts = vec![Vec::new(); self.identities.len()];
        for entry in fs::read_dir(&self.folder).map_err(Failure::io(&self.folder))? {
            let path = entry.map_err(Failure::io(&self.folder))?.path();
            if let Some((alternative, first, last)) = parse_name(&path)
                && alternative < parts.len()
            {
                parts[alternative].push(Part { path, first, last });
            }
        }
        for of_one in &mut parts {
            of_one.sort_by_key(|p| (p.first, p.last));
        }
        Ok(parts)
    }

    /// Opens a block that must belong to this experiment.
    pub(crate) fn block(&self, alternative: usize, part: &Part) -> Result<Block, Failure> {
        let Some(read) = &self.read else {
            return self.open_block(alternative, part);
        };
        let known = read.lock().unwrap_or_else(PoisonError::into_inner).blocks.get(&part.path).cloned();
        if let Some(block) = known {
            return Ok(block);
        }
        let block = self.open_block(alternative, part)?;
        let room = MOST_IN_MEMORY.saturating_sub(read.lock().unwrap_or_else(PoisonError::into_inner).bytes);
        if fs::metadata(&part.path).map_err(Failure::io(&part.path))?.len() > room as u64 {
            return Ok(block);
        }
        let (block, bytes) = block.in_memory()?;
        let mut read = read.lock().unwrap_or_else(PoisonError::into_inner);
        read.bytes += bytes;
        read.blocks.insert(part.path.clone(), block.clone());
        Ok(block)
    }

    fn open_block(&self, alternative: usize, part: &Part) -> Result<Block, Failure> {
        let block = Block::open(&part.path)?;
        if *block.identity() != self.identities[alternative] || block.range() != (part.first, part.last) {
            return Err(Failure::damaged(&part.path, "it belongs to another experiment"));
        }
        Ok(block)
    }

    /// Hands over the rows of a table, block by block in order of replication, up to replication `until`.
    pub(crate) fn each_frame(
        &self,
        alternative: usize,
        parts: &[Part],
        table: &Table,
        until: u32,
        mut then: impl FnMut(&Frame) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        for part in parts.iter().filter(|p| p.first <= until) {
            let mut frame = self.block(alternative, part)?.frame(table)?;
            if part.last > until {
                frame = rows(&frame, 0, rows_until(&frame.columns[1], until));
            }
            then(&frame)?;
        }
        Ok(())
    }

    /// One column of a table as real numbers (NaN where it is empty), nothing else being read.
    pub(crate) fn column(&self, alternative: usize, parts: &[Part], values: &Values) -> Result<Vec<f64>, Failure> {
        let mut all = Vec::new();
        for part in parts.iter().filter(|p| p.last > values.after && p.first <= values.until) {
            let block = self.block(alternative, part)?;
            let column = block.column(values.table, values.column)?;
            let mut range = 0..column.len();
            if part.last > values.until || part.first <= values.after {
                let numbers = block.column(values.table, "replication")?;
                range = rows_until(&numbers, values.after)..rows_until(&numbers, values.until);
            }
            let reals = &reals(&column)[range.clone()];
            match values.key {
                None => all.extend(reals),
                Some((column, word)) => {
                    let keys = block.column(values.table, column)?;
                    let of_key = |&(row, _): &(usize, &f64)| keys.text(row) == Some(word);
                    all.extend(range.zip(reals).filter(of_key).map(|(_, value)| value));
                }
            }
        }
        Ok(all)
    }

    /// One column of a table with a key, by the words of its key in their order: real numbers up to replication `until`.
    pub(crate) fn column_by_key(
        &self,
        alternative: usize,
        parts: &[Part],
        (table, key, column): (&str, &str, &str),
        until: u32,
    ) -> Result<Vec<(String, Vec<f64>)>, Failure> {
        let mut found: Vec<(String, Vec<f64>)> = Vec::new();
        for part in parts.iter().filter(|p| p.first <= until) {
            let block = self.block(alternative, part)?;
            let (values, words) = (block.column(table, column)?, block.column(table, key)?);
            let rows = if part.last > until {
                rows_until(&block.column(table, "replication")?, until)
            } else {
                values.len()
            };
            for row in 0..rows {
                let Some(word) = words.text(row) else { continue };
                let place = found.iter().position(|(known, _)| known == word).unwrap_or_else(|| {
                    found.push((word.to_owned(), Vec::new()));
                    found.len() - 1
                });
                found[place].1.push(values.real(row));
            }
        }
        Ok(found)
    }
}

/// Which values of a column are wanted: those of the replications `after` + 1 to `until`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values<'a> {
    pub(crate) table: &'a str,
    pub(crate) column: &'a str,
    /// Only in the rows whose column of this name holds this word.
    pub(crate) key: Option<(&'a str, &'a str)>,
    pub(crate) after: u32,
    pub(crate) until: u32,
}

fn parse_name(path: &Path) -> Option<(usize, u32, u32)> {
    let mut pieces = path.file_name()?.to_str()?.strip_suffix(".block")?.splitn(3, '-');
    Some((
        pieces.next()?.parse().ok()?,
        pieces.next()?.parse().ok()?,
        pieces.next()?.parse().ok()?,
    ))
}

/// The ranges of replications of 1 to `n` that no block holds, in order.
pub(crate) fn missing(parts: &[Part], n: u32) -> Vec<(u32, u32)> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for part in parts {
        if part.first > next && next <= n {
            gaps.push((next, (part.first - 1).min(n)));
        }
        next = next.max(part.last + 1);
    }
    if next <= n {
        gaps.push((next, n));
    }
    gaps
}

/// The replications from 1 on that are there without a gap.
pub(crate) fn finished(parts: &[Part]) -> u32 {
    missing(parts, u32::MAX).first().map_or(u32::MAX, |gap| gap.0 - 1)
}

/// The number of leading rows whose replication is at most `until`: rows stand in order of replication.
fn rows_until(replications: &Data, until: u32) -> usize {
    match replications {
        Data::Whole(numbers) => numbers.partition_point(|&r| r <= i64::from(until)),
        _ => 0,
    }
}

/// The rows `from` to `to` (excluded).
pub(crate) fn rows(frame: &Frame, from: usize, to: usize) -> Frame {
    let cut = |data: &Data| match data {
        Data::Whole(values) => Data::Whole(values[from..to].to_vec()),
        Data::Real(values) => Data::Real(values[from..to].to_vec()),
        Data::Text { codes, words } => Data::Text {
            codes: codes[from..to].to_vec(),
            words: words.clone(),
        },
    };
    Frame {
        columns: frame.columns.iter().map(cut).collect(),
    }
}

/// Numbers as reals, what is empty (and every text) as NaN.
pub(crate) fn reals(data: &Data) -> Vec<f64> {
    (0..data.len()).map(|row| data.real(row)).collect()
}

#[cfg(test)]
mod tests;
