//! `rafah validate`: exact, simulated, standard error, verdict. Against observed figures: [`calibration`].

use std::io::IsTerminal;

use comfy_table::{Attribute, Cell, Color};
use serde_json::{Value, json};

use super::arguments::{Against, Validate};
use super::failure::Failure;
use super::numbers::{counted, decimals, fixed};
use super::{calibration, grid, say};
use crate::validate::{self, Comparison, Options, WITHIN};

/// Runs the built-in cases, or the calibration sets; fails when any quantity does.
pub(super) fn validate(given: &Validate) -> Result<(), Failure> {
    match given.against {
        Against::Theory if given.markdown => Err(Failure::Usage("`--markdown` goes with `--against data`".to_owned())),
        Against::Theory => theory(given),
        Against::Data => calibration::calibrate(given),
    }
}

fn theory(given: &Validate) -> Result<(), Failure> {
    let options = Options {
        quick: given.quick,
        only: given.only.clone(),
        seed: given.seed,
    };
    let live = !given.quiet && std::io::stderr().is_terminal();
    let rows = validate::run(&options, |case, done, all| {
        if live {
            say::aside(&format!("{} of {all}: {case}", done + 1));
        }
    })
    .map_err(Failure::Defect)?;
    if rows.is_empty() {
        return Err(Failure::Usage(format!(
            "no case is called `{}`; there are {}",
            given.only,
            validate::names().join(", ")
        )));
    }
    if given.json {
        say::json(&as_json(&rows))?;
    } else if !given.quiet {
        say::result(&table(&rows))?;
    }
    let failed = rows.iter().filter(|row| !row.passes()).count();
    match failed {
        0 => Ok(()),
        _ => Err(Failure::Checked(format!(
            "{} of {} quantities differ from theory",
            failed,
            rows.len()
        ))),
    }
}

fn table(rows: &[Comparison]) -> String {
    let mut table = grid::plain();
    table.set_header(["case", "quantity", "exact", "simulated", "standard error", "z", "verdict"]);
    let mut case = "";
    for row in rows {
        if row.case != case {
            case = row.case;
            table.add_row([Cell::new(row.case).add_attribute(Attribute::Bold), Cell::new(row.title)]);
        }
        let digits = decimals(row.exact, row.se, 6);
        let unit = if row.unit.is_empty() {
            String::new()
        } else {
            format!(" ({})", row.unit)
        };
        table.add_row([
            Cell::new(""),
            Cell::new(format!("{}{unit}", row.quantity)),
            Cell::new(fixed(row.exact, digits + 1)),
            Cell::new(fixed(row.simulated, digits + 1)),
            Cell::new(fixed(row.se, digits + 1)),
            Cell::new(fixed(row.z(), 2)),
            verdict(row),
        ]);
    }
    for column in table.column_iter_mut().skip(2).take(4) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    let passed = rows.iter().filter(|row| row.passes()).count();
    let again = rows.iter().filter(|row| row.repeated).count();
    let mut text = format!(
        "{table}\n{passed} of {} agree within {WITHIN} standard errors.",
        counted(rows.len(), "quantity").replace("quantitys", "quantities")
    );
    if again > 0 {
        text.push_str(&format!(" {again} needed a second, longer look."));
    }
    text
}

fn verdict(row: &Comparison) -> Cell {
    match (row.passes(), row.repeated) {
        (true, false) => Cell::new("agrees").fg(Color::Green),
        (true, true) => Cell::new("agrees, second look").fg(Color::Green),
        (false, _) => Cell::new("DIFFERS").fg(Color::Red).add_attribute(Attribute::Bold),
    }
}

fn as_json(rows: &[Comparison]) -> Value {
    rows.iter()
        .map(|row| {
            json!({
                "case": row.case, "title": row.title, "quantity": row.quantity, "unit": row.unit, "exact": row.exact,
                "simulated": row.simulated, "se": row.se, "z": row.z(), "replications": row.replications,
                "second_look": row.repeated, "passes": row.passes(),
            })
        })
        .collect()
}
