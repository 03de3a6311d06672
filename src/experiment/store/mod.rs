//! Where replications are kept until the tables are written: blocks of them in the result's `parts/`.
//!
//! A block holds the rows of consecutive replications of one alternative and says so in its name
//! (`000-00000001-00000015.block`: alternative, first and last replication). Blocks come and go whole and know their scenario
//! and seed, so that what is missing can be told from the folder alone, shards can take blocks by number and be joined.

mod block;
mod column;

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use block::Block;
pub(crate) use block::Identity;

use super::failure::Failure;
use crate::table::{Data, Frame, Table};

/// A folder of blocks.
pub(crate) struct Store {
    folder: PathBuf,
    identities: Vec<Identity>,
    /// What is kept of every replication, with the marks of its columns.
    tables: Vec<(Table, String)>,
}

/// A block in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    path: PathBuf,
    first: u32,
    last: u32,
}

/// The place of `replication` in every table that is kept.
const REPLICATION: usize = 1;

impl Store {
    /// The store in `folder`, which is created if it is missing, for rows of these tables.
    pub(crate) fn open(folder: &Path, identities: Vec<Identity>, tables: &[Table]) -> Result<Store, Failure> {
        fs::create_dir_all(folder).map_err(Failure::create(folder))?;
        Ok(Store {
            folder: folder.to_owned(),
            identities,
            tables: tables.iter().map(|table| (table.clone(), block::mark(table))).collect(),
        })
    }

    /// Keeps the rows of the replications `first` to `last` of an alternative: a frame a table.
    pub(crate) fn write(&self, alternative: usize, first: u32, last: u32, frames: &[Frame]) -> Result<(), Failure> {
        let path = self.folder.join(format!("{alternative:03}-{first:08}-{last:08}.block"));
        block::write(&path, &self.identities[alternative], (first, last), &self.tables, frames)
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
    fn block(&self, alternative: usize, part: &Part) -> Result<Block, Failure> {
        let block = Block::open(&part.path)?;
        if *block.identity() != self.identities[alternative] || block.range() != (part.first, part.last) {
            return Err(Failure::damaged(&part.path, "it belongs to another experiment"));
        }
        Ok(block)
    }

    fn table(&self, name: &str) -> Result<&(Table, String), Failure> {
        let found = self.tables.iter().find(|(table, _)| table.name == name);
        found.ok_or_else(|| Failure::damaged(&self.folder, format!("no table `{name}` is kept here")))
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
        let table = self.table(table.name)?;
        let places: Vec<usize> = (0..table.0.columns.len()).collect();
        let (mut frame, mut bytes) = (Frame::new(&table.0), Vec::new());
        for part in parts.iter().filter(|p| p.first <= until) {
            let mut block = self.block(alternative, part)?;
            block.read(table, &places, &mut frame.columns, &mut bytes)?;
            if part.last > until {
                frame.truncate(rows_until(&frame.columns[REPLICATION], until));
            }
            then(&frame)?;
        }
        Ok(())
    }

    /// How many rows of a table a replication leaves, by the first block, rounded up.
    pub(crate) fn rows_a_replication(&self, alternative: usize, parts: &[Part], table: &str) -> Result<u64, Failure> {
        let Some(part) = parts.first() else { return Ok(0) };
        let rows = self.block(alternative, part)?.rows(table);
        Ok(rows.div_ceil(u64::from(part.last - part.first + 1)))
    }

    /// Columns of a table over all blocks, by the words of its key.
    pub(crate) fn columns(&self, alternative: usize, parts: &[Part], wanted: &Wanted) -> Result<Vec<Keyed>, Failure> {
        let table = self.table(wanted.table)?;
        let mut places = Vec::new();
        for name in wanted.key.iter().chain(wanted.columns) {
            let place = table.0.position(name);
            places.push(place.ok_or_else(|| Failure::damaged(&self.folder, format!("`{}` has no column `{name}`", wanted.table)))?);
        }
        let mut read: Vec<Data> = places.iter().map(|&place| Data::new(table.0.columns[place].kind)).collect();
        let (mut bytes, mut found) = (Vec::new(), Vec::new());
        for part in parts.iter().filter(|p| p.last > wanted.after && p.first <= wanted.until) {
            let mut block = self.block(alternative, part)?;
            let mut rows = None;
            if part.first <= wanted.after || part.last > wanted.until {
                let mut numbers = [Data::Whole(Vec::new())];
                block.read(table, &[REPLICATION], &mut numbers, &mut bytes)?;
                rows = Some(rows_until(&numbers[0], wanted.after)..rows_until(&numbers[0], wanted.until));
            }
            block.read(table, &places, &mut read, &mut bytes)?;
            let rows = rows.unwrap_or(0..read.first().map_or(0, Data::len));
            let (key, columns) = read.split_at(wanted.key.iter().len());
            add(&mut found, key.first(), columns, rows);
        }
        Ok(found)
    }
}

/// Which columns of a table are wanted: their rows of the replications `after` + 1 to `until`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) table: &'a str,
    /// The column of words that tells the rows of a replication apart; it stands before those wanted.
    pub(crate) key: Option<&'a str>,
    /// In the order of the table.
    pub(crate) columns: &'a [&'a str],
    pub(crate) after: u32,
    pub(crate) until: u32,
}

/// The rows with one word of a key: by column wanted real numbers, NaN where it is empty.
pub(crate) struct Keyed {
    /// Empty in a table without a key.
    pub(crate) word: String,
    pub(crate) columns: Vec<Vec<f64>>,
}

/// Adds rows to what was found, by the words of their key in order of their first rows; a row without a word is left out.
fn add(found: &mut Vec<Keyed>, key: Option<&Data>, columns: &[Data], rows: Range<usize>) {
    // Rows of a replication stand in the same order in each, so the next word is nearly always that after the last.
    let mut expected = 0;
    for row in rows {
        let Some(word) = key.map_or(Some(""), |key| key.text(row)) else {
            continue;
        };
        let is_word = |place: &usize| found.get(*place).is_some_and(|known| known.word == word);
        let known = [expected, 0].into_iter().find(is_word).or_else(|| (0..found.len()).find(is_word));
        let place = known.unwrap_or_else(|| {
            found.push(Keyed {
                word: word.to_owned(),
                columns: vec![Vec::new(); columns.len()],
            });
            found.len() - 1
        });
        expected = place + 1;
        for (values, column) in found[place].columns.iter_mut().zip(columns) {
            values.push(column.real(row));
        }
    }
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
        next = next.max(part.last.saturating_add(1));
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

#[cfg(test)]
mod tests;
