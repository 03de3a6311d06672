//! Every response of a result at once: its summary by alternative, and how the alternatives differ from the first.
//!
//! Responses are the columns of `replications`, and the columns of tables with a key, named as in `stage.gate.mean_wait_min`. One pass
//! a column; no more columns are in memory than there are threads.

use rayon::prelude::*;

use super::comparison::{self, ComparisonRow};
use super::export::Kept;
use super::failure::Failure;
use super::stopping::KEYED;
use super::store::Values;
use super::summary::SummaryRow;
use crate::observe::{Response, responses};
use crate::table::Kind;

/// What a result says of its responses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    /// By alternative.
    pub(crate) summaries: Vec<Vec<SummaryRow>>,
    /// By response, then by alternative but the first; nothing where nothing is to be compared.
    pub(crate) comparison: Vec<ComparisonRow>,
}

/// A column that holds a response, or one for each word of its key.
struct Source {
    /// The response; for a column with a key, named by the column alone.
    response: Response,
    /// The word with which its names begin, which is the name of the key too, and the table.
    keyed: Option<(&'static str, &'static str)>,
    /// Its group: rows of one group are told key by key.
    group: usize,
}

/// A response with its values in one alternative.
type Valued = (Response, Vec<f64>);

/// What one column gives: by alternative the rows of the summary with the place of their key, and the differences.
struct Found {
    group: usize,
    rows: Vec<Vec<(usize, SummaryRow)>>,
    differences: Vec<(usize, ComparisonRow)>,
}

/// Summarises every response; `compared`: whether the alternatives are held against the first.
pub(crate) fn analyse(kept: &Kept, confidence: f64, compared: bool) -> Result<Analysis, Failure> {
    let of_source = |source: &Source| -> Result<Found, Failure> {
        let values: Vec<Vec<Valued>> = (0..kept.parts.len())
            .map(|alternative| values(kept, source, alternative))
            .collect::<Result<_, _>>()?;
        let summarised = |valued: &Vec<Valued>| {
            let row = |(i, (response, values)): (usize, &Valued)| (i, SummaryRow::new(response.clone(), values, confidence));
            let rows = valued.iter().enumerate().map(row);
            // A column that is empty for a key (the utilisation of unlimited lanes) is no response of it.
            rows.filter(|(_, row)| source.keyed.is_none() || row.n > 0).collect()
        };
        Ok(Found {
            group: source.group,
            rows: values.iter().map(summarised).collect(),
            differences: if compared {
                differences(kept.names, &values, confidence)
            } else {
                Vec::new()
            },
        })
    };
    let found: Vec<Found> = sources(kept).par_iter().map(of_source).collect::<Result<_, _>>()?;
    let mut summaries = Vec::new();
    for alternative in 0..kept.parts.len() {
        let mut rows: Vec<((usize, usize), &SummaryRow)> = Vec::new();
        for of_one in &found {
            rows.extend(of_one.rows[alternative].iter().map(|(key, row)| ((of_one.group, *key), row)));
        }
        // Stable: within a key the columns stay in their order.
        rows.sort_by_key(|(place, _)| *place);
        summaries.push(rows.into_iter().map(|(_, row)| row.clone()).collect());
    }
    let mut comparison: Vec<((usize, usize), ComparisonRow)> = Vec::new();
    for of_one in found {
        comparison.extend(of_one.differences.into_iter().map(|(key, row)| ((of_one.group, key), row)));
    }
    comparison.sort_by_key(|(place, _)| *place);
    Ok(Analysis {
        summaries,
        comparison: comparison.into_iter().map(|(_, row)| row).collect(),
    })
}

/// The columns that hold responses, in the order of the summary.
fn sources(kept: &Kept) -> Vec<Source> {
    let plain = responses(kept.layout).into_iter().map(|response| Source {
        response,
        keyed: None,
        group: 0,
    });
    let mut sources: Vec<Source> = plain.collect();
    for (group, (word, table)) in (1..).zip(KEYED) {
        let Some(table_of) = kept.layout.tables().iter().find(|t| t.name == table) else {
            continue;
        };
        let numbers = table_of.columns.iter().enumerate().skip(table_of.keys);
        for (column, described) in numbers.filter(|(_, column)| column.kind != Kind::Text) {
            sources.push(Source {
                response: Response {
                    name: described.name.clone(),
                    unit: described.unit.clone(),
                    doc: described.doc.clone(),
                    more_is_better: None,
                    column,
                },
                keyed: Some((word, table)),
                group,
            });
        }
    }
    sources
}

/// The responses that a column holds in an alternative, with their values in order of replication.
fn values(kept: &Kept, source: &Source, alternative: usize) -> Result<Vec<Valued>, Failure> {
    let parts = &kept.parts[alternative];
    let column = source.response.name.as_str();
    let Some((word, table)) = source.keyed else {
        let values = Values {
            table: "replications",
            column,
            key: None,
            after: 0,
            until: kept.replications,
        };
        let values = kept.store.column(alternative, parts, &values)?;
        return Ok(vec![(source.response.clone(), values)]);
    };
    let by_key = kept
        .store
        .column_by_key(alternative, parts, (table, word, column), kept.replications)?;
    let named = |(key, values): (String, Vec<f64>)| {
        let response = Response {
            name: format!("{word}.{key}.{column}"),
            ..source.response.clone()
        };
        (response, values)
    };
    Ok(by_key.into_iter().map(named).collect())
}

/// The differences of what all alternatives have, with the place of their key.
fn differences(names: &[String], values: &[Vec<Valued>], confidence: f64) -> Vec<(usize, ComparisonRow)> {
    let Some((first, others)) = values.split_first() else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    for (place, (response, reference)) in first.iter().enumerate() {
        let same = |(name, valued): (&String, &Vec<Valued>)| {
            let found = valued.iter().find(|(other, _)| other.name == response.name);
            found.map(|(_, values)| (name.clone(), values.clone()))
        };
        let held: Vec<(String, Vec<f64>)> = names[1..].iter().zip(others).filter_map(same).collect();
        let held: Vec<(&str, &[f64])> = held.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
        let compared = comparison::compare(response, (&names[0], reference), &held, confidence);
        rows.extend(compared.into_iter().map(|row| (place, row)));
    }
    rows
}
