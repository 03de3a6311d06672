//! How one alternative was chosen, read back from the table `selection`.

use super::{Selecting, Selection, SelectionRow};
use crate::experiment::failure::Failure;
use crate::experiment::folder::ResultFolder;

impl Selection {
    /// Reads the choice of a result with what was asked; none where nothing was to be chosen, or where the table that says so was not written.
    ///
    /// Which alternatives hardly differed from those they were dropped for does not stand in the table: none is said to.
    ///
    /// # Errors
    /// A table that cannot be read.
    pub fn read(folder: &ResultFolder) -> Result<Option<(Selection, Selecting)>, Failure> {
        let Some(selecting) = folder.manifest().selection.clone().filter(|_| folder.has("selection")) else {
            return Ok(None);
        };
        let (description, frame) = folder.table("selection")?;
        let place = |column: &str| description.position(column);
        let known = |row: usize, column: &str| {
            let value = place(column).map_or(f64::NAN, |place| frame.columns[place].real(row));
            Some(value).filter(|value| !value.is_nan())
        };
        let text = |row: usize, column: &str| frame.columns[place(column)?].text(row).map(str::to_owned);
        let count = |row: usize, column: &str| known(row, column).map(|value| value as u32);
        let row = |row: usize| SelectionRow {
            alternative: text(row, "alternative").unwrap_or_default(),
            replications: count(row, "replications").unwrap_or(0),
            mean: known(row, "mean").unwrap_or(f64::NAN),
            dropped_at: count(row, "dropped_at"),
            dropped_by: text(row, "dropped_by"),
            tied_with: text(row, "tied_with"),
            hardly_differed: false,
            selected: known(row, "selected").is_some_and(|one| one > 0.0),
        };
        let selection = Selection {
            rows: (0..frame.len()).map(row).collect(),
            probability_correct: (!frame.is_empty()).then(|| known(0, "probability_correct")).flatten(),
            promised: !frame.is_empty() && known(0, "confidence").is_some(),
            first_stage: selecting.first_stage,
        };
        Ok(Some((selection, selecting)))
    }
}
