//! Every response of a result at once: its summary by alternative, and how the alternatives differ from the reference.
//!
//! Responses are the columns of `replications`, and the columns of tables with a key, named as in `stage.gate.mean_wait_min`. Some columns
//! of a table are read in one pass over the blocks, as many as fit into little memory, and no more such groups are held than there are threads.

use rayon::prelude::*;

use super::comparison::{self, ComparisonRow};
use super::decision::Decision;
use super::export::Kept;
use super::failure::Failure;
use super::stopping::KEYED;
use super::store::Wanted;
use super::summary::SummaryRow;
use crate::observe::{Response, responses};
use crate::table::Kind;

/// What a result says of its responses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Analysis {
    /// By alternative.
    pub(crate) summaries: Vec<Vec<SummaryRow>>,
    /// By response, then by alternative but the reference; nothing where nothing is to be compared.
    pub(crate) comparison: Vec<ComparisonRow>,
    /// The answer to the question of a study, made afterwards.
    pub(crate) decision: Option<Decision>,
}

/// Columns read in one pass: so few that threads find work.
const MOST_COLUMNS: u64 = 16;

/// Values of a pass in all its columns and alternatives, where these are more than one column: little memory, however many replications.
const MOST_VALUES: u64 = 1 << 22;

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

/// Summarises every response; `reference`: the alternative that the others are held against, if they are to be compared.
pub(crate) fn analyse(kept: &Kept, confidence: f64, reference: Option<usize>) -> Result<Analysis, Failure> {
    let of_source = |source: &Source, values: &[Vec<Valued>]| {
        let summarised = |valued: &Vec<Valued>| {
            let row = |(i, (response, values)): (usize, &Valued)| (i, SummaryRow::new(response.clone(), values, confidence));
            let rows = valued.iter().enumerate().map(row);
            // A column that is empty for a key (the utilisation of unlimited lanes) is no response of it.
            rows.filter(|(_, row)| source.keyed.is_none() || row.n > 0).collect()
        };
        Found {
            group: source.group,
            rows: values.iter().map(summarised).collect(),
            differences: reference
                .map(|reference| differences(kept.names, reference, values, confidence))
                .unwrap_or_default(),
        }
    };
    let sources = sources(kept);
    let mut passes: Vec<&[Source]> = Vec::new();
    for of_one_table in sources.chunk_by(|a, b| a.group == b.group) {
        let at_once = MOST_VALUES / rows(kept, table(of_one_table))?.max(1);
        passes.extend(of_one_table.chunks(at_once.clamp(1, MOST_COLUMNS) as usize));
    }
    let of_pass = |sources: &&[Source]| -> Result<Vec<Found>, Failure> {
        let alternatives = (0..kept.parts.len()).map(|alternative| values(kept, sources, alternative));
        let mut alternatives: Vec<_> = alternatives.collect::<Result<_, _>>()?;
        let mut found = Vec::with_capacity(sources.len());
        for source in *sources {
            let values: Vec<Vec<Valued>> = alternatives.iter_mut().map(|sources| sources.next().unwrap_or_default()).collect();
            found.push(of_source(source, &values));
        }
        Ok(found)
    };
    let found: Vec<Vec<Found>> = passes.par_iter().map(of_pass).collect::<Result<_, _>>()?;
    let found: Vec<Found> = found.into_iter().flatten().collect();
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
        decision: None,
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

/// The table whose columns these are.
fn table(sources: &[Source]) -> &'static str {
    let keyed = sources.first().and_then(|source| source.keyed);
    keyed.map_or("replications", |(_, table)| table)
}

/// About how many rows a table has: every replication as many as those of the first block.
fn rows(kept: &Kept, table: &str) -> Result<u64, Failure> {
    let mut rows = 0;
    for (alternative, parts) in kept.parts.iter().enumerate() {
        rows += kept.store.rows_a_replication(alternative, parts, table)? * u64::from(kept.replications[alternative]);
    }
    Ok(rows)
}

/// For each column of a pass the responses that it holds in an alternative, with their values in order of replication.
fn values(kept: &Kept, sources: &[Source], alternative: usize) -> Result<std::vec::IntoIter<Vec<Valued>>, Failure> {
    let keyed = sources.first().and_then(|source| source.keyed);
    let columns: Vec<&str> = sources.iter().map(|source| source.response.name.as_str()).collect();
    let wanted = Wanted {
        table: table(sources),
        key: keyed.map(|(word, _)| word),
        columns: &columns,
        after: 0,
        until: kept.replications[alternative],
    };
    let mut by_source: Vec<Vec<Valued>> = sources.iter().map(|_| Vec::new()).collect();
    for found in kept.store.columns(alternative, &kept.parts[alternative], &wanted)? {
        for ((source, values), valued) in sources.iter().zip(found.columns).zip(&mut by_source) {
            let mut response = source.response.clone();
            if let Some((word, _)) = keyed {
                response.name = format!("{word}.{}.{}", found.word, response.name);
            }
            valued.push((response, values));
        }
    }
    Ok(by_source.into_iter())
}

/// The differences over the replications that two alternatives both have, with the place of their key.
fn differences(names: &[String], reference: usize, values: &[Vec<Valued>], confidence: f64) -> Vec<(usize, ComparisonRow)> {
    let mut rows = Vec::new();
    for (place, (response, of_reference)) in values[reference].iter().enumerate() {
        let same = |(name, valued): (&String, &Vec<Valued>)| {
            let found = valued.iter().find(|(other, _)| other.name == response.name);
            found.map(|(_, values)| (name.clone(), values.clone()))
        };
        let others = names.iter().zip(values).enumerate().filter(|(i, _)| *i != reference);
        let held: Vec<(String, Vec<f64>)> = others.filter_map(|(_, other)| same(other)).collect();
        let held: Vec<(&str, &[f64])> = held.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect();
        let compared = comparison::compare(response, (&names[reference], of_reference), &held, confidence);
        rows.extend(compared.into_iter().map(|row| (place, row)));
    }
    rows
}
