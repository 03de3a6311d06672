//! From blocks to the tables of a result: one pass a table, in order of alternative and replication, whatever the blocks were.

use std::borrow::Borrow;
use std::path::Path;

use rayon::prelude::*;

use super::aside::Written;
use super::datapackage::Resource;
use super::failure::Failure;
use super::format::{self, Formats, Provenance, TableWriter};
use super::manifest::FileRecord;
use super::queue_profile::{self, Tally};
use super::store::{Part, Store};
use crate::observe::Layout;
use crate::table::{Frame, Table, catalogue};

/// What was simulated and where it is kept.
pub(crate) struct Kept<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) store: &'a Store,
    /// By alternative, its blocks.
    pub(crate) parts: &'a [Vec<Part>],
    /// By alternative, its name.
    pub(crate) names: &'a [String],
    /// By alternative, its replications that go into the tables: those from 1 on.
    pub(crate) replications: &'a [u32],
}

/// Where tables go and how.
pub(crate) struct Target<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) formats: Formats,
    pub(crate) provenance: &'a Provenance,
    /// Whether tables without a row are written all the same.
    pub(crate) empty_too: bool,
}

/// A table with its files.
pub(crate) struct Exported {
    pub(crate) resource: Resource,
    pub(crate) files: Vec<FileRecord>,
}

impl Kept<'_> {
    /// The replications that all alternatives have.
    pub(crate) fn common(&self) -> u32 {
        self.replications.iter().copied().min().unwrap_or(0)
    }

    /// Writes every table that is kept to be written, in the order of the layout; one without a row only where asked to.
    pub(crate) fn export(&self, target: &Target) -> Result<Vec<Exported>, Failure> {
        let tables = self
            .layout
            .tables()
            .par_iter()
            .enumerate()
            .filter(|(i, _)| self.layout.is_written(*i));
        tables.filter_map(|(_, table)| self.export_one(table, target).transpose()).collect()
    }

    fn export_one(&self, table: &Table, target: &Target) -> Result<Option<Exported>, Failure> {
        let mut writers = if target.empty_too { Some(target.writers(table)?) } else { None };
        let mut rows = 0;
        for (alternative, parts) in self.parts.iter().enumerate() {
            self.store
                .each_frame(alternative, parts, table, self.replications[alternative], |frame| {
                    if writers.is_none() && !frame.is_empty() {
                        writers = Some(target.writers(table)?);
                    }
                    rows += frame.len() as u64;
                    writers.iter_mut().flatten().try_for_each(|w| w.append(frame))
                })?;
        }
        writers.map(|writers| target.finish(table, writers, rows)).transpose()
    }

    /// Writes the queue profile, where its samples were kept.
    pub(crate) fn export_queue_profile(&self, target: &Target) -> Result<Option<Exported>, Failure> {
        let samples = self.layout.tables().iter().find(|t| t.name == "queue_samples");
        let Some((samples, grid)) = samples.zip(self.layout.queue_grid()) else {
            return Ok(None);
        };
        let table = catalogue::queue_profile();
        let mut profile = Frame::new(&table);
        for (alternative, parts) in self.parts.iter().enumerate() {
            let mut tallies = vec![Tally::default(); samples.columns.len() - 2];
            self.store
                .each_frame(alternative, parts, samples, self.replications[alternative], |frame| {
                    queue_profile::add(&mut tallies, frame);
                    Ok(())
                })?;
            queue_profile::append(&mut profile, &self.names[alternative], &grid.stages, &grid.hours, &tallies);
        }
        target.write(&table, &profile).map(Some)
    }
}

impl Target<'_> {
    fn writers(&self, table: &Table) -> Result<Vec<Box<dyn TableWriter>>, Failure> {
        format::writers(self.folder, table, self.formats, self.provenance)
    }

    pub(crate) fn write(&self, table: &Table, frame: &Frame) -> Result<Exported, Failure> {
        self.write_all(table, std::iter::once(frame))
    }

    /// Writes a table whose rows come frame by frame, so that they need not all be held.
    pub(crate) fn write_all(&self, table: &Table, frames: impl Iterator<Item = impl Borrow<Frame>>) -> Result<Exported, Failure> {
        let mut writers = self.writers(table)?;
        let mut rows = 0;
        for frame in frames {
            let frame = frame.borrow();
            rows += frame.len() as u64;
            writers.iter_mut().try_for_each(|w| w.append(frame))?;
        }
        self.finish(table, writers, rows)
    }

    fn finish(&self, table: &Table, writers: Vec<Box<dyn TableWriter>>, rows: u64) -> Result<Exported, Failure> {
        let written: Vec<Written> = writers.into_iter().map(TableWriter::finish).collect::<Result<_, _>>()?;
        let files: Vec<FileRecord> = written.iter().map(|w| FileRecord::new(self.folder, w, Some(rows))).collect();
        let resource = Resource::new(table, files.iter().map(|f| f.path.clone()).collect());
        Ok(Exported { resource, files })
    }
}
