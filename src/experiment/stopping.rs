//! When enough has been simulated: a fixed number of replications, or the precision of responses.
//!
//! The precision is judged in order of replication, however many were simulated at once, with the look-ahead of Hoad, Robinson
//! & Davies 2010 (JORS 61:1632): the number of replications it ends with does not depend on threads or batches.

mod precision;

pub(crate) use precision::Sequential;
pub use precision::{Aim, AimReached, MOST_REPLICATIONS, Precision, PrecisionReached};

use super::failure::Failure;
use super::selection::{Choosing, Selecting};
use super::store::{Part, Store, Wanted};
use crate::observe::{Layout, responses};

/// When to stop.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopping {
    /// After so many replications of each alternative.
    Fixed(u32),
    /// When responses are known well enough in every alternative at once.
    Precision(Precision),
    /// When one alternative is left.
    Selection(Selecting),
}

/// Confidence of intervals where none is asked for.
pub const CONFIDENCE: f64 = 0.95;

impl Stopping {
    /// The most replications of an alternative.
    pub(crate) fn most(&self) -> u32 {
        match self {
            Stopping::Fixed(n) => *n,
            Stopping::Precision(precision) => precision.max,
            Stopping::Selection(selecting) => selecting.max,
        }
    }

    /// Whether the number of replications is one of all alternatives together.
    pub(crate) fn is_budget(&self) -> bool {
        matches!(self, Stopping::Selection(selecting) if matches!(selecting.choosing, Choosing::Budget(_)))
    }

    /// Replications of all alternatives together, the most that there can be.
    pub(crate) fn planned(&self, alternatives: usize) -> u64 {
        let of_each = if self.is_budget() { 1 } else { alternatives as u64 };
        u64::from(self.most()) * of_each
    }
}

/// The name of the column that keys a table, by the word with which a response of it begins.
pub(crate) const KEYED: [(&str, &str); 9] = [
    ("stage", "stages"),
    ("cargo", "cargo"),
    ("organisation", "organisations"),
    ("convoy", "convoys"),
    ("regime", "regimes"),
    ("escort", "escorts"),
    ("resource", "resources"),
    ("hub", "hubs"),
    ("driver", "drivers"),
];

/// Where the values of a response are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) table: &'static str,
    key: Option<(&'static str, String)>,
    column: String,
}

impl Place {
    /// Reads the name of a response; whether there is such a column is asked by [`Place::check`].
    pub(crate) fn parse(response: &str) -> Result<Place, Failure> {
        let plain = || Place {
            table: "replications",
            key: None,
            column: response.to_owned(),
        };
        let Some((word, rest)) = response.split_once('.') else {
            return Ok(plain());
        };
        let table = KEYED.iter().find(|(key, _)| *key == word);
        match (table, rest.rsplit_once('.')) {
            (Some(&(key, table)), Some((name, column))) => Ok(Place {
                table,
                key: Some((key, name.to_owned())),
                column: column.to_owned(),
            }),
            _ => Err(Failure::Usage(format!(
                "no response `{response}`: expected a column of `replications`, or one such as `stage.NAME.mean_wait_min`"
            ))),
        }
    }

    /// Whether the layout has it.
    pub(crate) fn check(&self, response: &str, layout: &Layout) -> Result<(), Failure> {
        let table = layout.tables().iter().find(|t| t.name == self.table);
        let names: Vec<String> = match self.key {
            None => responses(layout).into_iter().map(|r| r.name).collect(),
            Some(_) => table
                .into_iter()
                .flat_map(|t| t.columns[t.keys..].iter().map(|c| c.name.clone()))
                .collect(),
        };
        if names.contains(&self.column) {
            return Ok(());
        }
        let nearest = names.iter().min_by_key(|name| strsim::osa_distance(name, &self.column));
        let hint = nearest.map_or(String::new(), |name| {
            format!("; did you mean `{}`?", response.replace(&self.column, name))
        });
        Err(Failure::Usage(format!("no response `{response}`{hint}")))
    }

    /// Its unit, where the layout has it.
    pub(crate) fn unit(&self, layout: &Layout) -> Option<String> {
        let table = layout.tables().iter().find(|t| t.name == self.table)?;
        let column = table.columns.iter().find(|column| column.name == self.column)?;
        Some(column.unit.clone())
    }

    /// Its values in an alternative over the replications `after` + 1 to `until`.
    pub(crate) fn values(
        &self,
        store: &Store,
        (alternative, parts): (usize, &[Part]),
        after: u32,
        until: u32,
    ) -> Result<Vec<f64>, Failure> {
        let wanted = Wanted {
            table: self.table,
            key: self.key.as_ref().map(|(column, _)| *column),
            columns: &[&self.column],
            after,
            until,
        };
        let word = self.key.as_ref().map_or("", |(_, word)| word);
        let found = store
            .columns(alternative, parts, &wanted)?
            .into_iter()
            .find(|found| found.word == word);
        Ok(found.into_iter().flat_map(|found| found.columns).flatten().collect())
    }
}

/// Replications of an alternative in a block, where a precision is to be reached.
pub(crate) const BLOCK: u32 = 10;

/// Up to which replication the next batch goes: at least 50 more, a quarter of what is there when that is more, in whole blocks.
pub(crate) fn next_batch(done: u32, max: u32) -> u32 {
    let more = 50.max(done / 4).div_ceil(BLOCK) * BLOCK;
    max.min(done.saturating_add(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_of_tables_with_keys_are_found_by_key() {
        let place = Place::parse("stage.gate.north.mean_wait_min").unwrap();
        assert_eq!(
            place,
            Place {
                table: "stages",
                key: Some(("stage", "gate.north".to_owned())),
                column: "mean_wait_min".to_owned()
            }
        );
        assert_eq!(Place::parse("delivered_tonnes").unwrap().table, "replications");
        assert!(Place::parse("lane.gate.mean_wait_min").is_err_and(|e| e.exit_code() == 2));
        assert!(Place::parse("stage.gate").is_err());
    }

    #[test]
    fn batches_grow_with_what_is_there() {
        assert_eq!(next_batch(0, 1000), 50);
        assert_eq!(next_batch(50, 1000), 100);
        assert_eq!(next_batch(500, 1000), 630);
        assert_eq!(next_batch(990, 1000), 1000);
    }
}
