//! `rafah validate --against data`: observed, simulated, verdict; and the page docs/calibration.md.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use comfy_table::{Attribute, Cell, Color};
use serde_json::{Value, json};

use super::arguments::Validate;
use super::failure::Failure;
use super::numbers::{counted, fixed, percent};
use super::{grid, input, say};
use crate::validate::data::{self, Fit, Row, Set, Target, Verdict};

/// Simulates the calibration sets; fails when a figure that can be met is missed.
pub(super) fn calibrate(given: &Validate) -> Result<(), Failure> {
    let chosen: Vec<&'static Set> = data::sets().iter().filter(|set| set.id.contains(&given.only)).collect();
    if chosen.is_empty() {
        let ids: Vec<&str> = data::sets().iter().map(|set| set.id).collect();
        return Err(Failure::Usage(format!(
            "no set is called `{}`; there are {}",
            given.only,
            ids.join(", ")
        )));
    }
    let folder = folder(&given.scenarios)?;
    let live = !given.quiet && std::io::stderr().is_terminal();
    let mut rows = Vec::new();
    for (done, set) in chosen.iter().copied().enumerate() {
        if live {
            say::aside(&format!("{} of {}: {}", done + 1, chosen.len(), set.id));
        }
        rows.extend(simulate(set, &folder, given)?);
    }
    if given.json {
        say::json(&as_json(&rows, given.seed))?;
    } else if given.markdown {
        say::result(&page(&rows, given.seed))?;
    } else if !given.quiet {
        say::result(&table(&rows, given.seed))?;
    }
    match rows.iter().filter(|row| row.fails()).count() {
        0 => Ok(()),
        failed => Err(Failure::Checked(format!(
            "{} missed of {}",
            counted(failed, "observed figure"),
            rows.len()
        ))),
    }
}

/// The folder of the calibration scenarios: the one given, or `calibration` in it.
fn folder(given: &Path) -> Result<PathBuf, Failure> {
    let inner = given.join("calibration");
    let first = data::sets()[0].scenario;
    [inner, given.to_owned()]
        .into_iter()
        .find(|folder| folder.join(first).is_file())
        .ok_or_else(|| {
            Failure::NoInput(format!(
                "no `calibration/{first}` in `{}`: name the folder of the shipped scenarios with `--scenarios DIR`",
                given.display()
            ))
        })
}

fn simulate(set: &'static Set, folder: &Path, given: &Validate) -> Result<Vec<Row>, Failure> {
    let changes: Vec<(String, String)> = set
        .changes
        .iter()
        .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
        .collect();
    let loaded = input::load_all(&[folder.join(set.scenario)], &changes, given.quiet)?;
    let replications = if given.quick {
        (set.replications / 10).max(10)
    } else {
        set.replications
    };
    let mut rows = Vec::new();
    for scenario in &loaded {
        rows.extend(data::compare(set, &scenario.scenario, given.seed, replications).map_err(Failure::Defect)?);
    }
    Ok(rows)
}

/// The rows of each set, in order.
fn by_set(rows: &[Row]) -> impl Iterator<Item = &[Row]> {
    rows.chunk_by(|a, b| a.set.id == b.set.id)
}

fn table(rows: &[Row], seed: u64) -> String {
    let mut table = grid::plain();
    table.set_header(["figure", "observed", "simulated", "95 % interval", "single runs", "fit", "verdict"]);
    for of_set in by_set(rows) {
        let set = of_set[0].set;
        table.add_row([
            Cell::new(format!("{} {} ({}, n = {})", set.id, set.title, set.source, of_set[0].replications)).add_attribute(Attribute::Bold),
        ]);
        for row in of_set {
            let mut cells: Vec<Cell> = words(row).into_iter().map(Cell::new).collect();
            cells[0] = Cell::new(format!("  {}", named(row.target)));
            cells.push(coloured(row));
            table.add_row(cells);
        }
    }
    for column in table.column_iter_mut().skip(1).take(4) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    let mut text = format!("{table}\n");
    for row in rows.iter().filter(|row| !row.target.note.is_empty()) {
        text.push_str(&format!("{}, {}: {}.\n", row.set.id, named(row.target), row.target.note));
    }
    text.push_str(&format!("{} Seed {seed}.\n", verdicts(rows)));
    text
}

/// How many figures are met, and how many are not.
fn verdicts(rows: &[Row]) -> String {
    let count = |wanted: fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
    let held = count(|row| row.verdict() != Verdict::Shown);
    let (met, failed) = (count(|row| row.verdict() == Verdict::Met), count(Row::fails));
    format!(
        "{met} of {} are met, {failed} missed that should be met, {} missed that cannot be met.",
        counted(held, "figure"),
        held - met - failed
    )
}

fn named(target: &Target) -> String {
    if target.unit.is_empty() {
        target.quantity.to_owned()
    } else {
        format!("{} ({})", target.quantity, target.unit)
    }
}

/// Name, observed, simulated, interval, band and fit.
fn words(row: &Row) -> Vec<String> {
    let (target, simulated) = (row.target, row.simulated);
    let digits = digits(simulated.value);
    let range = |lower: f64, upper: f64| {
        if lower.is_finite() && upper.is_finite() {
            format!("{} to {}", fixed(lower, digits), fixed(upper, digits))
        } else {
            "–".to_owned()
        }
    };
    vec![
        named(target),
        trimmed(target.observed),
        fixed(simulated.value, digits),
        range(simulated.lower, simulated.upper),
        range(simulated.band_lower, simulated.band_upper),
        fit(target),
    ]
}

/// Decimals that show a few per cent of a value.
fn digits(value: f64) -> usize {
    match value.abs() {
        x if x >= 10.0 => 1,
        x if x >= 1.0 => 2,
        _ => 3,
    }
}

/// A value without noughts at its end.
fn trimmed(value: f64) -> String {
    let text = fixed(value, digits(value));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn fit(target: &Target) -> String {
    match target.fit {
        Fit::Within(share) | Fit::Beyond(share) => format!("± {}", percent(share, 0)),
        Fit::Near(distance) if target.unit.is_empty() => {
            let points = distance * 100.0;
            format!("± {} point{}", trimmed(points), if points > 1.0 { "s" } else { "" })
        }
        Fit::Near(distance) => format!("± {} {}", trimmed(distance), target.unit),
        Fit::Between(lower, upper) => format!("{} to {}", trimmed(lower), trimmed(upper)),
        Fit::Under(limit) => format!("under {}", trimmed(limit)),
        Fit::Shown => "–".to_owned(),
    }
}

fn verdict(row: &Row) -> String {
    match row.verdict() {
        Verdict::Met => "met".to_owned(),
        Verdict::Shown => "shown only".to_owned(),
        Verdict::MissedBy(distance) => {
            let side = if distance < 0.0 { "under" } else { "over" };
            let cannot = if row.fails() { "" } else { ", cannot be met" };
            let apart = fixed(distance.abs(), digits(distance).max(2));
            format!("missed, {apart} {side} the bound{cannot}")
        }
    }
}

fn coloured(row: &Row) -> Cell {
    let cell = Cell::new(verdict(row));
    match row.verdict() {
        Verdict::Met => cell.fg(Color::Green),
        Verdict::MissedBy(_) if row.fails() => cell.fg(Color::Red).add_attribute(Attribute::Bold),
        Verdict::MissedBy(_) => cell.fg(Color::Yellow),
        Verdict::Shown => cell,
    }
}

const HEAD: &str = "\
# Observed and simulated: the calibration sets

Made by `rafah validate --against data --markdown > docs/calibration.md`; what does not depend on a simulation is held up to date by a test. `rafah validate --against data` prints the same table in
the terminal and ends with a status of 1 when a figure that should be met is missed.

Each set is a period, a counter and a source, and a scenario of `scenarios/calibration` that should give its figures. The observed figures stand in the program and not in the scenarios. Counters (dispatched, entered,
offloaded, collected) count different things and are never mixed; nor are figures of COGAT and of the UN in one set. Most parameters of the model were set from these sets, as the line under
each says: that such a figure is met shows that the parts are put together rightly, not that the model foretells. Where a figure was missed at first, parameters were moved inside their range until it was met; the scenarios say TUNED where that was
done. UNRWA's data after May 2024 are partial, the figures of the gate come from one newspaper.

- **95 % interval**: of the simulated figure over replications: what chance in the simulation leaves open.
- **single runs**: where the middle 95 % of single replications lie. What was observed is one run: an observation inside this range is no surprise to the model.
- **fit**: how near is near enough. Ranges without ± are the observed ranges themselves. The verdict looks at the simulated figure and not at its interval.
";

fn page(rows: &[Row], seed: u64) -> String {
    let mut text = format!("{HEAD}\n{} Seed {seed}, rafah {}.\n", verdicts(rows), env!("CARGO_PKG_VERSION"));
    for of_set in by_set(rows) {
        text.push_str(&heading(of_set[0].set));
        text.push_str(&format!("n = {}\n\n", of_set[0].replications));
        text.push_str("| figure | observed | simulated | 95 % interval | single runs | fit | verdict |\n|---|---|---|---|---|---|---|\n");
        for row in of_set {
            text.push_str(&format!("| {} | {} |\n", words(row).join(" | "), verdict(row)));
        }
        let noted: Vec<&Row> = of_set.iter().filter(|row| !row.target.note.is_empty()).collect();
        if !noted.is_empty() {
            text.push('\n');
        }
        for row in noted {
            text.push_str(&format!("- {}: {}.\n", named(row.target), row.target.note));
        }
    }
    text
}

/// The heading of a set on the page, up to its number of replications.
fn heading(set: &Set) -> String {
    let changes: Vec<String> = set
        .changes
        .iter()
        .map(|(path, value)| format!(" with `{path} = \"{value}\"`"))
        .collect();
    format!(
        "\n## {}: {}\n\n{}. Counter: {}. Source: {}. What it is for: it {}.\n`scenarios/calibration/{}`{}, ",
        set.id,
        set.title,
        set.period,
        set.counter,
        set.source,
        set.use_made,
        set.scenario,
        changes.concat()
    )
}

fn as_json(rows: &[Row], seed: u64) -> Value {
    let told = rows.iter().map(|row| {
        let bounds = row.target.fit.bounds(row.target.observed);
        // What is not finite is null.
        json!({
            "set": row.set.id, "title": row.set.title, "period": row.set.period, "counter": row.set.counter, "source": row.set.source,
            "scenario": row.set.scenario, "quantity": row.target.quantity, "unit": row.target.unit, "observed": row.target.observed,
            "simulated": row.simulated.value, "lower": row.simulated.lower, "upper": row.simulated.upper,
            "band_lower": row.simulated.band_lower, "band_upper": row.simulated.band_upper, "replications": row.replications,
            "least": bounds.map(|b| b.0), "most": bounds.map(|b| b.1), "verdict": verdict(row), "fails": row.fails(), "note": row.target.note,
        })
    });
    json!({ "seed": seed, "rows": told.collect::<Vec<_>>() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_set_with_its_observed_figures_and_fits() {
        let page = std::fs::read_to_string("docs/calibration.md").unwrap();
        let again = "rafah validate --against data --markdown > docs/calibration.md";
        assert!(page.starts_with(HEAD), "{again}");
        for set in data::sets() {
            assert!(page.contains(&heading(set)), "{}: {again}", set.id);
            for target in set.targets {
                let begins = format!("\n| {} | {} | ", named(target), trimmed(target.observed));
                let line = page.split(&begins).nth(1).and_then(|rest| rest.lines().next());
                assert!(
                    line.is_some_and(|line| line.contains(&format!(" | {} | ", fit(target)))),
                    "{} of {}: {again}",
                    target.quantity,
                    set.id
                );
            }
        }
    }

    #[test]
    fn every_set_reads_all_its_figures_from_its_scenario() {
        for set in data::sets() {
            let changes: Vec<(String, String)> = set
                .changes
                .iter()
                .map(|(path, value)| ((*path).to_owned(), (*value).to_owned()))
                .collect();
            let loaded = input::load(&Path::new("scenarios/calibration").join(set.scenario), &changes).unwrap();
            let rows = data::compare(set, &loaded.scenario, 1, 2).unwrap();
            assert!(rows.iter().all(|row| row.simulated.value.is_finite()), "{rows:?}");
        }
    }

    #[test]
    fn fits_are_told_as_people_say_them() {
        let told: Vec<String> = data::sets().iter().flat_map(|set| set.targets).map(fit).collect();
        for expected in ["± 5 %", "± 3 points", "0.52 to 0.62", "under 15", "0 to 6", "–"] {
            assert!(told.iter().any(|words| words == expected), "{expected} in {told:?}");
        }
    }
}
