//! The program held against queueing theory: built-in worlds, each with exact answers.
//!
//! A case is a scenario as anybody writes it. It goes the whole way (file, plan, replications, tables), so that what is held
//! against theory is what a user gets. A quantity passes when its estimate lies within [`WITHIN`] standard errors of the exact
//! value; one that does not is simulated again under another seed and with four times the replications, and that verdict holds:
//! of a hundred right ones, one in twenty runs of the whole table would otherwise raise a false alarm.

mod cases;
pub mod data;
mod measure;
mod rows;
pub mod theory;

use std::io;
use std::path::Path;

use crate::model::Plan;
use crate::scenario::{self, Reader};
use measure::{Cell, Measure};
pub use rows::response;

/// How many standard errors an estimate may lie from the exact value.
pub const WITHIN: f64 = 3.5;

/// A world with exact answers.
struct Case {
    /// Short name.
    name: &'static str,
    /// What it is, and whose formula.
    title: &'static str,
    /// The scenario file.
    world: String,
    /// Replications of a whole pass.
    replications: u32,
    /// What is compared.
    quantities: Vec<Quantity>,
}

/// A quantity with its exact value.
struct Quantity {
    name: &'static str,
    unit: &'static str,
    exact: f64,
    measure: Measure,
}

/// A row of the table: a quantity, exact and simulated.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Name of the case.
    pub case: &'static str,
    /// What the case is, and whose formula.
    pub title: &'static str,
    /// What is compared.
    pub quantity: &'static str,
    /// Its unit; may be empty.
    pub unit: &'static str,
    /// The exact value.
    pub exact: f64,
    /// The estimate.
    pub simulated: f64,
    /// Its standard error.
    pub se: f64,
    /// Replications behind the estimate.
    pub replications: u32,
    /// Whether it was simulated a second time.
    pub repeated: bool,
}

impl Comparison {
    /// Distance of the estimate from the exact value in standard errors; 0 where both are the same.
    pub fn z(&self) -> f64 {
        let distance = self.simulated - self.exact;
        if distance.abs() <= 1e-9 * self.exact.abs() {
            0.0
        } else {
            distance / self.se
        }
    }

    /// Whether the estimate agrees with theory.
    pub fn passes(&self) -> bool {
        // A NaN is no agreement.
        self.z().abs() <= WITHIN
    }
}

/// Which cases, and how long.
#[derive(Clone, Debug)]
pub struct Options {
    /// A tenth of the replications.
    pub quick: bool,
    /// Only cases whose name contains this.
    pub only: String,
    /// Seed of all random numbers.
    pub seed: u64,
}

/// Names of all cases, in order.
pub fn names() -> Vec<&'static str> {
    cases::all().iter().map(|case| case.name).collect()
}

/// The cases as a table in Markdown, as docs/model.md has it.
pub fn listing() -> String {
    let rows = cases::all().into_iter().map(|case| {
        let compared: Vec<&str> = case.quantities.iter().map(|quantity| quantity.name).collect();
        format!(
            "| `{}` | {} | {} |\n",
            case.name,
            case.title.replace('|', "\\|"),
            compared.join(", ")
        )
    });
    let head = "| case | what it is, and whose formula | what is compared |\n|---|---|---|\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}

/// Runs the cases in order; `told` hears of each case before it starts: its name, how many are done, how many there are.
///
/// # Errors
/// A sentence where a case cannot be run: a fault of the program.
pub fn run(options: &Options, mut told: impl FnMut(&str, usize, usize)) -> Result<Vec<Comparison>, String> {
    let chosen: Vec<Case> = cases::all().into_iter().filter(|case| case.name.contains(&options.only)).collect();
    let mut rows = Vec::new();
    for (done, case) in chosen.iter().enumerate() {
        told(case.name, done, chosen.len());
        let replications = if options.quick {
            (case.replications / 10).max(20)
        } else {
            case.replications
        };
        let mut compared = compare(case, options.seed, replications, false)?;
        if !compared.iter().all(Comparison::passes) {
            let again = compare(case, options.seed.wrapping_add(1_000_003), replications * 4, true)?;
            for (row, second) in compared.iter_mut().zip(again) {
                if !row.passes() {
                    *row = second;
                }
            }
        }
        rows.extend(compared);
    }
    Ok(rows)
}

/// Reads the one file of a case.
struct World<'a>(&'a str);

impl Reader for World<'_> {
    fn read(&self, _: &Path) -> io::Result<String> {
        Ok(self.0.to_owned())
    }
}

fn compare(case: &Case, seed: u64, replications: u32, repeated: bool) -> Result<Vec<Comparison>, String> {
    let path = format!("{}.toml", case.name);
    let loaded = scenario::load(Path::new(&path), &[], &World(&case.world)).map_err(|refused| {
        let told: Vec<String> = refused.issues.iter().map(|issue| issue.plain(&refused.sources)).collect();
        format!("the built-in case `{}` is refused:\n{}", case.name, told.join("\n"))
    })?;
    let plan = Plan::compile(&loaded.scenario);
    let cells: Vec<Vec<Cell>> = case.quantities.iter().map(|quantity| quantity.measure.cells()).collect();
    let values = simulate(case, &plan, &cells, seed, replications)?;
    let rows = case.quantities.iter().zip(&cells).scan(0, |from, (quantity, read)| {
        let estimate = quantity.measure.estimate(&values[*from..*from + read.len()]);
        *from += read.len();
        Some(Comparison {
            case: case.name,
            title: case.title,
            quantity: quantity.name,
            unit: quantity.unit,
            exact: quantity.exact,
            simulated: estimate.value,
            se: estimate.se,
            replications,
            repeated,
        })
    });
    Ok(rows.collect())
}

/// By cell, its value in each replication.
fn simulate(case: &Case, plan: &Plan, cells: &[Vec<Cell>], seed: u64, replications: u32) -> Result<Vec<Vec<f64>>, String> {
    let cells: Vec<Cell> = cells.iter().flatten().copied().collect();
    let tables: Vec<&str> = cells.iter().map(|cell| cell.table).collect();
    let rows = rows::replicate(case.name, plan, &tables, (seed, replications), |rows| {
        let read = |cell: &Cell| {
            let value = cell.read(rows.layout, rows.frames);
            value.ok_or_else(|| format!("the case `{}` finds no {} in {}", case.name, cell.column, cell.table))
        };
        cells.iter().map(read).collect::<Result<Vec<f64>, String>>()
    })?;
    Ok((0..cells.len()).map(|cell| rows.iter().map(|row| row[cell]).collect()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_has_a_name_of_its_own() {
        let mut all = names();
        let n = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), n);
        assert!(n >= 20, "{n}");
    }

    #[test]
    fn the_model_page_lists_the_cases_that_there_are() {
        let page = include_str!("../../docs/model.md");
        let begin = "<!-- cases of `rafah validate`: held to the program by a test -->\n";
        let listed = page
            .split_once(begin)
            .and_then(|(_, rest)| rest.split_once("<!-- end of cases -->"));
        let (listed, _) = listed.expect("docs/model.md has the two marks round its table of cases");
        assert!(listed == listing(), "between its marks docs/model.md should have:\n{}", listing());
    }

    #[test]
    fn every_case_is_a_scenario_that_runs() {
        for case in cases::all() {
            let rows = compare(&case, 1, 3, false).unwrap();
            assert!(
                rows.iter().all(|row| row.simulated.is_finite() && row.exact.is_finite()),
                "{rows:?}"
            );
        }
    }

    #[test]
    fn an_estimate_without_error_passes_only_if_it_is_exact() {
        let row = |simulated| Comparison {
            case: "",
            title: "",
            quantity: "",
            unit: "",
            exact: 1.0,
            simulated,
            se: 0.0,
            replications: 1,
            repeated: false,
        };
        assert!(row(1.0).passes());
        assert!(!row(1.1).passes());
        assert!(!row(f64::NAN).passes());
    }
}
