//! `rafah new`: a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::Write;

use super::arguments::New;
use super::failure::Failure;
use super::say;
use crate::scenario;

/// Writes `NAME.toml`; what is there already is left alone.
pub(super) fn new(given: &New) -> Result<(), Failure> {
    let mut path = given.name.clone();
    if path.extension().is_none_or(|ending| ending != "toml") {
        path.as_mut_os_string().push(".toml");
    }
    let name = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .filter(|stem| !stem.is_empty() && !stem.starts_with('.'))
        .ok_or_else(|| Failure::Usage(format!("`{}` is no name for a scenario", given.name.display())))?
        .to_owned();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(Failure::create(&path))?;
    file.write_all(scenario::template(&name).as_bytes())
        .map_err(Failure::create(&path))?;
    let shown = path.display();
    say::result(&format!("Wrote {shown}. Next: rafah check {shown}, then rafah run {shown} -n 100"))
}
