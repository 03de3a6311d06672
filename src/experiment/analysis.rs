//! Every response of a result at once: its summary by alternative, and how the alternatives differ from the reference.
//!
//! Responses are the columns of `replications`, and the columns of tables with a key, named as in `stage.gate.mean_wait_min`. Some columns
//! of a table are read in one pass over the blocks, as many as fit into little memory, alternative by alternative: of a pass only the
//! values of the reference and of an alternative a thread are held, however many there are.

use std::sync::Arc;

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

/// Columns read in one pass, where there are few alternatives: so few that threads find work.
const MOST_COLUMNS: u64 = 16;

/// With so many alternatives threads find work in these.
const MANY: usize = 8;

/// Values of a pass in all its columns of one alternative, where these are more than one column: little memory, however many replications.
const MOST_VALUES: u64 = 1 << 21;

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
type Valued = (Arc<Response>, Vec<f64>);

/// Where a row belongs: its group, the place of its key, its column.
type Place = (usize, usize, usize);

/// What a pass gives of one alternative.
struct Found {
    rows: Vec<(Place, SummaryRow)>,
    differences: Vec<(Place, ComparisonRow)>,
}

/// Summarises every response; `reference`: the alternative that the others are held against, if they are to be compared.
pub(crate) fn analyse(kept: &Kept, confidence: f64, reference: Option<usize>) -> Result<Analysis, Failure> {
    let sources = sources(kept);
    let alternatives = kept.parts.len();
    let most_columns = if alternatives < MANY { MOST_COLUMNS } else { u64::MAX };
    let mut passes: Vec<(usize, &[Source])> = Vec::new();
    let mut first = 0;
    for of_one_table in sources.chunk_by(|a, b| a.group == b.group) {
        let at_once = MOST_VALUES / rows(kept, table(of_one_table))?.max(1);
        for sources in of_one_table.chunks(at_once.clamp(1, most_columns) as usize) {
            passes.push((first, sources));
            first += sources.len();
        }
    }
    let of_pass = |&(first, sources): &(usize, &[Source])| -> Result<Vec<Found>, Failure> {
        let base = reference.unwrap_or(0);
        let of_base = values(kept, sources, base, &[])?;
        let of_one = |alternative: usize| -> Result<Found, Failure> {
            let own = (alternative != base)
                .then(|| values(kept, sources, alternative, &of_base))
                .transpose()?;
            let valued = own.as_ref().unwrap_or(&of_base);
            let mut found = Found {
                rows: Vec::new(),
                differences: Vec::new(),
            };
            for (column, (source, valued)) in sources.iter().zip(valued).enumerate() {
                let place = |key: usize| (source.group, key, first + column);
                let rows = valued
                    .iter()
                    .map(|(response, values)| SummaryRow::new(response.clone(), values, confidence));
                let rows = rows.enumerate().map(|(key, row)| (place(key), row));
                // A column that is empty for a key (the utilisation of unlimited lanes) is no response of it.
                found.rows.extend(rows.filter(|(_, row)| source.keyed.is_none() || row.n > 0));
                if reference.is_some_and(|reference| reference != alternative) {
                    let names = [alternative, base].map(|k| kept.names[k].as_str());
                    let rows = differences(names, valued, &of_base[column], confidence);
                    found.differences.extend(rows.map(|(key, row)| (place(key), row)));
                }
            }
            Ok(found)
        };
        (0..alternatives).into_par_iter().map(of_one).collect()
    };
    let found: Vec<Vec<Found>> = passes.par_iter().map(of_pass).collect::<Result<_, _>>()?;
    let mut summaries: Vec<Vec<(Place, SummaryRow)>> = (0..alternatives).map(|_| Vec::new()).collect();
    let mut comparison: Vec<(Place, ComparisonRow)> = Vec::new();
    for (alternative, of_one) in found.into_iter().flat_map(|pass| pass.into_iter().enumerate()) {
        summaries[alternative].extend(of_one.rows);
        comparison.extend(of_one.differences);
    }
    // Stable: within a place the alternatives stay in their order.
    comparison.sort_by_key(|(place, _)| *place);
    let mut comparison: Vec<ComparisonRow> = comparison.into_iter().map(|(_, row)| row).collect();
    for of_one in comparison.chunk_by_mut(|a, b| a.response.name == b.response.name) {
        comparison::adjust(of_one);
    }
    Ok(Analysis {
        summaries: summaries.into_iter().map(in_order).collect(),
        comparison,
        decision: None,
    })
}

fn in_order(mut rows: Vec<(Place, SummaryRow)>) -> Vec<SummaryRow> {
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
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

/// About how many rows a table has of the alternative that has most: every replication as many as those of the first block.
fn rows(kept: &Kept, table: &str) -> Result<u64, Failure> {
    let most = (0..kept.parts.len()).max_by_key(|alternative| kept.replications[*alternative]);
    most.map_or(Ok(0), |alternative| {
        let rows = kept.store.rows_a_replication(alternative, &kept.parts[alternative], table)?;
        Ok(rows * u64::from(kept.replications[alternative]))
    })
}

/// For each column of a pass the responses that it holds in an alternative, with their values in order of replication. Descriptions are those
/// of `like`, the same of another alternative, where it has them.
fn values(kept: &Kept, sources: &[Source], alternative: usize, like: &[Vec<Valued>]) -> Result<Vec<Vec<Valued>>, Failure> {
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
        for (column, (source, values)) in sources.iter().zip(found.columns).enumerate() {
            let name = match keyed {
                Some((word, _)) => format!("{word}.{}.{}", found.word, source.response.name),
                None => source.response.name.clone(),
            };
            let valued = &mut by_source[column];
            let known = like.get(column).and_then(|like| same(like, valued.len(), &name));
            let response = known.map_or_else(
                || {
                    Arc::new(Response {
                        name,
                        ..source.response.clone()
                    })
                },
                |(response, _)| response.clone(),
            );
            valued.push((response, values));
        }
    }
    Ok(by_source)
}

/// What has this name, most likely at this place.
fn same<'a>(valued: &'a [Valued], likely: usize, name: &str) -> Option<&'a Valued> {
    let is_it = |(response, _): &&Valued| response.name == name;
    valued.get(likely).filter(is_it).or_else(|| valued.iter().find(is_it))
}

/// The differences of what two alternatives, by name, both have, over the replications that both have; with the place of their key.
fn differences(
    [alternative, reference]: [&str; 2],
    these: &[Valued],
    those: &[Valued],
    confidence: f64,
) -> impl Iterator<Item = (usize, ComparisonRow)> {
    those.iter().enumerate().filter_map(move |(key, (response, of_reference))| {
        let (_, values) = same(these, key, &response.name)?;
        let row = comparison::compare(response, (reference, of_reference), (alternative, values), confidence)?;
        Some((key, row))
    })
}
