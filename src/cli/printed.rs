//! `schema`, `completions`, `man`: what is printed for other programs.

use clap::CommandFactory;

use super::arguments::{Arguments, Completions, Schema};
use super::failure::Failure;
use super::say;
use crate::{scenario, study};

/// The JSON Schema of scenario files, or of study files.
pub(super) fn schema(given: &Schema) -> Result<(), Failure> {
    say::json(&if given.study { study::schema() } else { scenario::schema() })
}

/// Completions for a shell.
pub(super) fn completions(given: &Completions) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(given.shell, &mut Arguments::command(), "rafah", &mut text);
    say::result(&String::from_utf8_lossy(&text))
}

/// The manual page: the program, then every command.
pub(super) fn manual() -> Result<(), Failure> {
    let mut text = Vec::new();
    let mut program = Arguments::command();
    program.build();
    let mut render = || -> std::io::Result<()> {
        clap_mangen::Man::new(program.clone()).render(&mut text)?;
        for command in program.get_subcommands().filter(|c| !c.is_hide_set()) {
            let man = clap_mangen::Man::new(command.clone());
            let mut part = Vec::new();
            man.render_synopsis_section(&mut part)?;
            man.render_description_section(&mut part)?;
            man.render_options_section(&mut part)?;
            let title = format!(".SH \"RAFAH {}\"\n", command.get_name().to_uppercase());
            text.extend_from_slice(title.as_bytes());
            // Sections of a command stand within its own.
            text.extend_from_slice(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").as_bytes());
        }
        Ok(())
    };
    render().map_err(Failure::Print)?;
    say::result(&String::from_utf8_lossy(&text))
}
