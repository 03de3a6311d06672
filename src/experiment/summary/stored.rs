//! The summaries of a result read back from its table, to the bit as they were written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{NAMES, QuantileRow, SummaryRow};
use crate::experiment::failure::Failure;
use crate::experiment::folder::ResultFolder;
use crate::observe::Response;

/// By alternative, in the order of the manifest, the rows of the table `summary`; none where it was not written.
///
/// Of responses that are a column of `replications` the meaning is that of the column; of others it is empty. Which of two values is better is not
/// told by either table.
///
/// # Errors
/// A table that cannot be read.
pub fn summaries(folder: &ResultFolder) -> Result<Option<Vec<Vec<SummaryRow>>>, Failure> {
    if !folder.has("summary") {
        return Ok(None);
    }
    let (description, frame) = folder.table("summary")?;
    let place = |column: &str| description.position(column);
    let real = |row: usize, column: &str| place(column).map_or(f64::NAN, |place| frame.columns[place].real(row));
    let text = |row: usize, column: &str| frame.columns[place(column)?].text(row);
    let docs = docs(folder);
    let names = folder.manifest().alternatives.iter().map(|a| a.name.as_str());
    let places: BTreeMap<&str, usize> = names.zip(0..).collect();
    let mut summaries = vec![Vec::new(); places.len()];
    for row in 0..frame.len() {
        let alternative = text(row, "alternative").and_then(|name| places.get(name));
        let (Some(alternative), Some(name)) = (alternative, text(row, "response")) else {
            continue;
        };
        let quantiles = NAMES.map(|quantile| QuantileRow {
            estimate: real(row, quantile),
            lower: real(row, &format!("{quantile}_lower")),
            upper: real(row, &format!("{quantile}_upper")),
        });
        let number = |column| real(row, column);
        summaries[*alternative].push(SummaryRow {
            response: Arc::new(Response {
                name: name.to_owned(),
                unit: text(row, "unit").unwrap_or_default().to_owned(),
                doc: docs.get(name).cloned().unwrap_or_default(),
                more_is_better: None,
                column: 0,
            }),
            n: Some(number("n")).filter(|n| *n > 0.0).map_or(0, |n| n as usize),
            mean: number("mean"),
            sd: number("sd"),
            se: number("se"),
            lower: number("lower"),
            upper: number("upper"),
            confidence: number("confidence"),
            min: number("min"),
            quantiles,
            max: number("max"),
        });
    }
    Ok(Some(summaries))
}

/// What the columns of `replications` mean.
fn docs(folder: &ResultFolder) -> BTreeMap<String, String> {
    let columns = folder.describe("replications").map(|table| table.columns).unwrap_or_default();
    columns.into_iter().map(|column| (column.name, column.doc)).collect()
}
