//! `rafah effects`: what each of several scenarios changes against a first, under the same random numbers, as the page docs/drivers.md.

use std::io::IsTerminal;
use std::path::Path;

use super::arguments::Effects;
use super::failure::Failure;
use super::numbers::{fixed, whole};
use super::{input, say};
use crate::model::Plan;
use crate::scenario::{Loaded, ParameterLine};
use crate::stats::{mean, mean_interval, paired_t};
use crate::validate;

/// The response that the page is about.
const RESPONSE: &str = "delivered_tonnes";
const CONFIDENCE: f64 = 0.95;

const HEAD: &str = "\
# What developments do to the tonnes delivered

Each row is one development that people speak of, switched on in its own scenario of `scenarios/drivers` and nothing else changed: the difference of the delivered tonnes from the baseline in the same year, under common random
numbers (replication k of both draws the same trucks, slots and incidents, and the differences are taken pair by pair), with the 95 % t interval of its mean. The interval says what chance in the simulation leaves
open. **It says nothing of how sure the sizes are that went in**: those are listed in the last column, and where it says assumption nobody has measured them. They are to be swept, not believed, and no row is a forecast that a
development will happen.

A size that is drawn anew in each replication from its range is in the mean and in the interval; whether a development happens is not: here each does, on the day that its file says.
";

/// Replicates the scenarios and prints the page.
pub(super) fn effects(given: &Effects) -> Result<(), Failure> {
    let loaded = input::load_all(&given.scenarios, &[], given.quiet)?;
    let live = !given.quiet && std::io::stderr().is_terminal();
    let mut values = Vec::new();
    for (done, (path, scenario)) in given.scenarios.iter().zip(&loaded).enumerate() {
        if live {
            say::aside(&format!("{} of {}: {}", done + 1, loaded.len(), path.display()));
        }
        let plan = Plan::compile(&scenario.scenario);
        let found = validate::response(&scenario.scenario.name, &plan, RESPONSE, given.seed, given.replications);
        values.push(found.map_err(Failure::Defect)?);
    }
    // clap asks for at least two.
    let Some((base, others)) = values.split_first() else {
        return Ok(());
    };
    let mut text = format!("{HEAD}\n{}", about(given, base));
    text.push_str("| file | development | difference, t | 95 % interval | of the baseline | sizes |\n|---|---|---|---|---|---|\n");
    for ((path, scenario), with) in given.scenarios.iter().zip(&loaded).skip(1).zip(others) {
        let test = paired_t(with, base, CONFIDENCE);
        text.push_str(&row(path, scenario, (test.difference, test.lower, test.upper), mean(base)));
    }
    say::result(&text)
}

fn about(given: &Effects, base: &[f64]) -> String {
    let interval = mean_interval(base, CONFIDENCE);
    let files = &given.scenarios[0];
    format!(
        "Baseline (`{}`): {} t delivered in the year that counts (95 % interval of the mean {} to {}). {} replications of each, seed {}, rafah {}. Again:\n\n```sh\nrafah effects {} scenarios/drivers/*.toml -n {} --seed {} > docs/drivers.md\n```\n\n",
        files.display(),
        whole(interval.mean),
        whole(interval.lower),
        whole(interval.upper),
        given.replications,
        given.seed,
        env!("CARGO_PKG_VERSION"),
        files.display(),
        given.replications,
        given.seed,
    )
}

fn row(path: &Path, scenario: &Loaded, (difference, lower, upper): (f64, f64, f64), base: f64) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let share = fixed(100.0 * difference / base, 1);
    format!(
        "| `{name}` | {} | {} | {} to {} | {share} % | {} |\n",
        title(&scenario.scenario.title),
        signed(difference),
        signed(lower),
        signed(upper),
        sizes(&scenario.parameters())
    )
}

/// What the title says after its number.
fn title(title: &str) -> String {
    title.split_once(": ").map_or(title, |(_, what)| what).replace('|', "\\|")
}

/// A whole number with its sign.
fn signed(value: f64) -> String {
    let text = whole(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// How the sizes of what drivers and contingents do are known.
fn sizes(parameters: &[ParameterLine]) -> String {
    let is_size = |line: &&ParameterLine| {
        ["driver.", "contingent.", "peacekeeping."]
            .iter()
            .any(|part| line.path.starts_with(part))
    };
    let of_drivers: Vec<&ParameterLine> = parameters.iter().filter(is_size).collect();
    let assumed = of_drivers.iter().any(|line| line.source.is_none() && line.assumption.is_some());
    let mut keys: Vec<&str> = of_drivers.iter().filter_map(|line| line.source.as_deref()).collect();
    keys.sort_unstable();
    keys.dedup();
    match (keys.is_empty(), assumed) {
        (true, false) => "no effect is set".to_owned(),
        (true, true) => "assumption".to_owned(),
        (false, true) => format!("assumption; in part {}", keys.join(", ")),
        (false, false) => keys.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_a_row_for_every_development() {
        let page = std::fs::read_to_string("docs/drivers.md").unwrap();
        assert!(page.starts_with(HEAD));
        let mut files = 0;
        for path in std::fs::read_dir("scenarios/drivers").unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|e| e == "toml") {
                files += 1;
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let loaded = input::load(&path, &[]).unwrap();
                let begins = format!("| `{name}` | {} | ", title(&loaded.scenario.title));
                let ends = format!(" | {} |\n", sizes(&loaded.parameters()));
                let line = page.lines().find(|line| line.starts_with(&begins));
                assert!(
                    line.is_some_and(|line| format!("{line}\n").ends_with(&ends)),
                    "{name} is not as docs/drivers.md has it"
                );
            }
        }
        assert_eq!(page.matches("\n| `").count(), files);
    }

    #[test]
    fn a_difference_bears_its_sign() {
        assert_eq!([signed(1234.0), signed(-5.0), signed(0.2)], ["+1,234", "−5", "0"]);
    }
}
