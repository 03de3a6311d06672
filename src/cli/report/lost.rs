//! What is said of a result of which files are gone or changed: which they are, what they were for, and how they are had again.

use std::io::ErrorKind;

use super::super::charts::CHARTS;
use super::super::failure::Failure;
use crate::experiment::{self, ResultFolder};

/// How files are had again.
const AGAIN: &str = "Copy the files again from where the result came from, or make the result again with the command in its manifest.json (`command_line`): \
                     the same version of the program writes the same tables to the last byte";

/// The files of a result that are gone with their tables, what these tell and which charts take them; nothing where none are.
pub(in crate::cli) fn told(folder: &ResultFolder) -> Option<String> {
    let lost = folder.lost();
    if lost.is_empty() {
        return None;
    }
    let tables = lost.iter().map(|table| {
        let charts: Vec<String> = (CHARTS.iter())
            .filter(|chart| chart.tables.contains(&table.name.as_str()))
            .map(|chart| format!("`{}`", chart.name))
            .collect();
        let drawn = match charts.as_slice() {
            [] => String::new(),
            [one] => format!("; the chart {one} is drawn from it"),
            [most @ .., last] => format!("; the charts {} and {last} are drawn from it", most.join(", ")),
        };
        format!("`{}` (table `{}`: {}{drawn})", table.files.join("`, `"), table.name, table.doc)
    });
    let tables: Vec<String> = tables.collect();
    Some(format!(
        "This folder is not whole: its manifest lists files that are missing: {}. What would be told from them is left out. {AGAIN}.",
        tables.join("; ")
    ))
}

/// The files of a result that were cut or changed after the run and from which nothing is told; nothing where none were.
pub(in crate::cli) fn told_of_changed(folder: &ResultFolder) -> Result<Option<String>, Failure> {
    let changed = folder.changed_files()?;
    let files: Vec<String> = changed.iter().map(|file| format!("`{}` {}", file.path, file.what)).collect();
    Ok((!files.is_empty()).then(|| {
        format!(
            "Files of this folder are no longer as the run wrote them, and nothing here is told from them: {}. Do not use them. {AGAIN}.",
            files.join("; ")
        )
    }))
}

/// The missing files of some tables.
pub(super) fn files(folder: &ResultFolder, tables: &[&str]) -> Vec<String> {
    let lost = folder.lost().iter().filter(|lost| tables.contains(&lost.name.as_str()));
    lost.flat_map(|lost| lost.files.clone()).collect()
}

/// `` `decision.csv` is missing from the folder of the result ``.
pub(super) fn are_missing(files: &[String]) -> String {
    let are = if files.len() == 1 { "is" } else { "are" };
    format!(
        "`{}` {are} missing from the folder of the result, though its manifest lists {}",
        files.join("`, `"),
        if files.len() == 1 { "it" } else { "them" }
    )
}

/// A scenario of a result that is gone, without which nothing can be told: with how it is had again.
pub(super) fn of_scenario(failure: Failure) -> Failure {
    match failure {
        Failure::Experiment(experiment::Failure::Io { path, source }) if source.kind() == ErrorKind::NotFound => {
            let folder = path.parent().unwrap_or(&path).to_owned();
            Failure::Experiment(experiment::Failure::Damaged {
                path: folder,
                reason: format!(
                    "`{}` is missing, the scenario that was simulated, without which neither charts nor the report can be made. {AGAIN}",
                    path.display()
                ),
            })
        }
        other => other,
    }
}
