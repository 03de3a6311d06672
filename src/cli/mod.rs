//! One file a command: arguments in, issues, tables and progress out.

mod account;
mod arguments;
mod calibration;
mod charts;
mod check;
mod compare;
mod decision;
mod diff;
mod drivers;
mod effects;
mod failure;
mod findings;
mod grid;
mod input;
mod interrupt;
mod issues;
mod new;
mod numbers;
mod page;
mod precision;
mod printed;
mod progress;
mod replicate;
mod report;
mod run;
mod say;
mod studies;
mod summary;
mod tables;
mod trace;
mod validate;
mod words;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

/// Runs the program as its command line says and tells how it ended.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            // Help that nobody reads to its end is no failure.
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2));
        }
    };
    match dispatch(arguments.command) {
        Ok(()) | Err(Failure::NobodyListens) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell();
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(command: Command) -> Result<(), Failure> {
    match command {
        Command::Run(given) => run::run(&given),
        Command::Report(given) => report::report(&given),
        Command::Trace(given) => trace::trace(&given),
        Command::Check(given) => check::check(&given),
        Command::Diff(given) => diff::diff(&given),
        Command::New(given) => new::new(&given),
        Command::Compare(given) => compare::compare(&given),
        Command::Schema(given) => printed::schema(&given),
        Command::Validate(given) => validate::validate(&given),
        Command::Effects(given) => effects::effects(&given),
        Command::Completions(given) => printed::completions(&given),
        Command::Man => printed::manual(),
        Command::Sweep(_) => Err(Failure::not_built("the command `sweep`")),
        Command::Merge(_) => Err(Failure::not_built("the command `merge`")),
        Command::Verify(_) => Err(Failure::not_built("the command `verify`")),
    }
}
