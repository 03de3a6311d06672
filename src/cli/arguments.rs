//! The command line: commands, options, their help.

mod report;
mod results;
mod until;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(super) use report::{Format, Report};
pub(super) use results::{Compare, Results};
pub(super) use until::Until;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 a check that was asked for failed; 2 wrong usage; 65 bad scenario or data; 66 no such input; \
73 cannot create output; 74 input or output failed; 130 interrupted.

Begin with: rafah run scenarios/baseline-2026.toml";

/// How much aid passes the Rafah crossing, when, and how surely: a discrete-event simulation.
#[derive(Debug, Parser)]
#[command(name = "rafah", version, about, after_help = EXIT_CODES, styles = STYLES, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Replicate scenarios, write the results, print a summary
    Run(Box<Run>),
    /// Hold the alternatives of a study against each other under the same random numbers
    Compare(Box<Compare>),
    /// Draw the charts of a result again, in other sizes, formats and colours
    Report(Report),
    /// Follow every truck of one replication
    Trace(Trace),
    /// Say all that is wrong with scenarios and studies, or what they are
    Check(Check),
    /// Say in what two scenarios differ, parameter by parameter
    Diff(Diff),
    /// Write a commented scenario to start from
    New(New),
    /// Print the JSON Schema of scenario or study files, for editors
    Schema(Schema),
    /// Hold the program against exact queueing theory, or its scenarios against observed figures
    Validate(Validate),
    /// Print what each of several scenarios changes against a first, as the page docs/drivers.md
    Effects(Effects),
    /// Print shell completions
    Completions(Completions),
    /// Print the manual page
    #[command(after_help = "Example: rafah man > rafah.1 && man ./rafah.1")]
    Man,
    /// Run a study's design over its factors (not built yet in this version)
    #[command(hide = true)]
    Sweep(NotBuilt),
    /// Join shards into one result (not built yet in this version)
    #[command(hide = true)]
    Merge(NotBuilt),
    /// Make a result again and compare (not built yet in this version)
    #[command(hide = true)]
    Verify(NotBuilt),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rafah run scenarios/baseline-2026.toml
  rafah run a.toml b.toml -n 200 -o output/both
  rafah run a.toml --set stage.scan.lanes=3 --set horizon.length=30d
  rafah run a.toml --precision 2% --response delivered_tonnes
  rafah run a.toml --precision 500 --of median,p05")]
pub(super) struct Run {
    /// Scenario files; several are simulated under the same seed
    #[arg(required = true, value_name = "SCENARIO")]
    pub(super) scenarios: Vec<PathBuf>,
    /// Number of replications [default: 1000]
    #[arg(short = 'n', long, value_name = "N", value_parser = at_least_one::<u32>, allow_hyphen_values = true)]
    pub(super) replications: Option<u32>,
    #[command(flatten)]
    pub(super) until: Until,
    /// Confidence of all intervals, such as 90%
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true, default_value = "95%")]
    pub(super) confidence: f64,
    /// At most so many replications with --precision [default: 100000]
    #[arg(long, value_name = "N", value_parser = at_least_one::<u32>, allow_hyphen_values = true, conflicts_with = "replications")]
    pub(super) max_replications: Option<u32>,
    #[command(flatten)]
    pub(super) world: World,
    #[command(flatten)]
    pub(super) results: Results,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rafah trace scenarios/tutorial/3-a-crossing.toml --replication 7 -o output/trace")]
pub(super) struct Trace {
    /// Scenario file
    #[arg(value_name = "SCENARIO")]
    pub(super) scenario: PathBuf,
    /// Which replication, from 1
    #[arg(long, value_name = "K", default_value_t = 1, value_parser = at_least_one::<u32>, allow_hyphen_values = true)]
    pub(super) replication: u32,
    #[command(flatten)]
    pub(super) world: World,
    #[command(flatten)]
    pub(super) target: Target,
    /// Print the account as JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// What is simulated.
#[derive(Debug, Args)]
pub(super) struct World {
    /// Seed of all random numbers
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    #[command(flatten)]
    pub(super) sets: Sets,
}

/// Parameters changed from the command line.
#[derive(Debug, Args)]
pub(super) struct Sets {
    /// Change a parameter by its place in the file, such as stage.scan.lanes=3 (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE", value_parser = assignment)]
    pub(super) set: Vec<(String, String)>,
}

/// Where results go, and what is said on the way.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Folder of the result [default: output/NAME; of a trace output/NAME-trace]
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Replace another result that stands there, or write into a folder that holds other files
    #[arg(long)]
    pub(super) force: bool,
    /// No progress, no summary: nothing but what is wrong
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rafah check scenarios/*.toml
  rafah check study.toml
  rafah check a.toml --set stage.scan.lanes=3 --resolved
  rafah check a.toml --evidence
  rafah check --evidence --markdown scenarios/*.toml > evidence.md
  rafah check a.toml --drivers")]
#[expect(clippy::struct_excessive_bools, reason = "switches of the command line")]
pub(super) struct Check {
    /// Scenario and study files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) sets: Sets,
    /// Print each scenario as resolved: one file that runs by itself
    #[arg(long)]
    pub(super) resolved: bool,
    /// List the numbers that state neither source nor assumption
    #[arg(long, conflicts_with = "resolved")]
    pub(super) evidence: bool,
    /// Print the drivers: how probable, when, and each parameter they change as it is and with the driver fully in force
    #[arg(long, conflicts_with_all = ["resolved", "evidence"])]
    pub(super) drivers: bool,
    /// With --evidence: print every parameter with its value, range and source or assumption, as a page; a policy is laid over the first file
    #[arg(long, requires = "evidence", conflicts_with = "json")]
    pub(super) markdown: bool,
    /// Print issues, or what the scenarios are, as JSON
    #[arg(long, conflicts_with = "resolved")]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rafah diff scenarios/baseline-2026.toml scenarios/baseline-2026-graduated.toml")]
pub(super) struct Diff {
    /// One scenario
    #[arg(value_name = "A")]
    pub(super) a: PathBuf,
    /// The other
    #[arg(value_name = "B")]
    pub(super) b: PathBuf,
    /// Print the differences as JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rafah new my-crossing        writes my-crossing.toml")]
pub(super) struct New {
    /// Name of the scenario; the file gets the same
    #[arg(value_name = "NAME")]
    pub(super) name: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rafah validate --quick
  rafah validate --against data

Against theory a mean passes when it lies within 3.5 standard errors of the exact value. What does not is simulated once more under another seed, \
four times as long, and that verdict holds. Against data the scenarios of scenarios/calibration are simulated, and each figure should come as near to the observed one as its set says. \
Exit code 1 when something fails.")]
#[expect(clippy::struct_excessive_bools, reason = "switches of the command line")]
pub(super) struct Validate {
    /// What is held against: exact theory, or observed figures
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Against::Theory)]
    pub(super) against: Against,
    /// Folder of the shipped scenarios, for --against data
    #[arg(long, value_name = "DIR", default_value = "scenarios")]
    pub(super) scenarios: PathBuf,
    /// A tenth of the replications
    #[arg(long)]
    pub(super) quick: bool,
    /// Only cases whose name contains this, such as C7 of the data
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) only: String,
    /// Seed of all random numbers
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// Print the table as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Print the page docs/calibration.md, with --against data
    #[arg(long, conflicts_with = "json")]
    pub(super) markdown: bool,
    /// No progress
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// What the program is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Against {
    /// Worlds with exact answers
    Theory,
    /// Observed figures
    Data,
}

#[derive(Debug, Args)]
#[command(after_help = "Example: rafah schema > scenario.schema.json, and `#:schema scenario.schema.json` as the first line of a scenario")]
pub(super) struct Schema {
    /// That of study files
    #[arg(long)]
    pub(super) study: bool,
}

/// Hidden: it makes a page of the documents.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rafah effects scenarios/baseline-2026.toml scenarios/drivers/*.toml -n 100 > docs/drivers.md")]
pub(super) struct Effects {
    /// The scenario against which the others are held, then the others
    #[arg(required = true, num_args = 2.., value_name = "SCENARIO")]
    pub(super) scenarios: Vec<PathBuf>,
    /// Number of replications of each
    #[arg(short = 'n', long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(2..))]
    pub(super) replications: u32,
    /// Seed of all random numbers
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(super) seed: u64,
    /// No progress
    #[arg(short, long)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  rafah completions bash > ~/.local/share/bash-completion/completions/rafah")]
pub(super) struct Completions {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

/// Whatever follows a command that is refused.
#[derive(Debug, Args)]
pub(super) struct NotBuilt {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    #[allow(dead_code, reason = "read so that the refusal names the command and not its arguments")]
    pub(super) rest: Vec<OsString>,
}

/// A whole number of at least 1, written plainly.
fn at_least_one<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    let plain = text.trim();
    let refused = |why: String| Err(format!("expected a whole number of at least 1, found {why}"));
    if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit()) || plain.bytes().all(|b| b == b'0') {
        return refused(format!("`{text}`"));
    }
    plain.parse().or_else(|_| refused(format!("`{text}`, which is too large")))
}

/// `2%` or `0.02`.
fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    match number.trim().parse::<f64>() {
        Ok(value) if value > 0.0 && value < scale => Ok(value / scale),
        Ok(value) if (1.0..100.0).contains(&value) && scale < 2.0 => {
            Err(format!("expected a share, found `{text}`: write {value}% or {}", value / 100.0))
        }
        _ => Err(format!("expected a share between 0 and 1, such as 2% or 0.02, found `{text}`")),
    }
}

/// `PATH=VALUE`.
fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if !path.trim().is_empty() => Ok((path.trim().to_owned(), value.trim().to_owned())),
        _ => Err("expected PATH=VALUE, such as stage.scan.lanes=3".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_that_is_built_has_an_example_and_no_other_is_listed() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let refused = command.get_about().is_some_and(|about| about.to_string().contains("not built yet"));
            assert!(refused || help.contains("Example"), "{}", command.get_name());
            assert_eq!(refused, command.is_hide_set(), "{}", command.get_name());
        }
    }

    #[test]
    fn shares_are_percentages_or_fractions() {
        assert_eq!(share("2%"), Ok(0.02));
        assert_eq!(share("0.95"), Ok(0.95));
        assert!(share("2").is_err() && share("0%").is_err() && share("x").is_err());
        assert!(share("95").unwrap_err().contains("write 95% or 0.95"));
    }

    #[test]
    fn counts_are_whole_numbers_from_1() {
        assert_eq!(at_least_one::<u32>("1000"), Ok(1000));
        for text in ["abc", "1e3", "0", "-5", "1.5", ""] {
            let told = at_least_one::<u32>(text).unwrap_err();
            assert_eq!(told, format!("expected a whole number of at least 1, found `{text}`"));
        }
        assert!(at_least_one::<u16>("70000").unwrap_err().ends_with("too large"));
    }

    #[test]
    fn an_assignment_may_hold_further_equals_signs() {
        let given = assignment("stage.scan.service={ dist = \"exponential\" }").unwrap();
        assert_eq!(given, ("stage.scan.service".to_owned(), "{ dist = \"exponential\" }".to_owned()));
        assert!(assignment("lanes").is_err());
    }

    #[test]
    fn replications_and_precision_exclude_each_other() {
        assert!(Arguments::try_parse_from(["rafah", "run", "a.toml", "-n", "5", "--precision", "2%"]).is_err());
        assert!(Arguments::try_parse_from(["rafah", "run", "a.toml", "--precision", "2%"]).is_ok());
        assert!(Arguments::try_parse_from(["rafah", "run", "a.toml", "-n", "0"]).is_err());
    }
}
