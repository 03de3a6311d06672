//! How to make a result again, and how to see that it is the same.

use super::content::{Block, Row, Section, Term};
use super::facts::Facts;
use super::said::{count, gap, grid, term, words};
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, whole};
use crate::experiment::FileRecord;

/// The section of the reproduction.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all sections are made by the same kind of function, and others read tables"
)]
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let manifest = facts.manifest;
    let mut blocks = vec![
        Block::Paragraph("The command as it was given, in the folder where it was given:".to_owned()),
        Block::Code(command_line(&manifest.command_line)),
        Block::Terms(terms(facts)),
        Block::Paragraph(needed(facts)),
        Block::Grid(simulated(facts)),
        Block::Heading("How to see that it is the same".to_owned()),
        Block::Paragraph(same(facts)),
    ];
    let tables: Vec<Row> = (manifest.files.iter().filter(|file| file.rows.is_some())).map(table).collect();
    if !tables.is_empty() {
        blocks.push(Block::Grid(grid(
            "BLAKE3 of the tables. From `files` in manifest.json.",
            &["file", "rows#", "bytes#", "BLAKE3"],
            tables,
            true,
        )));
    }
    Ok(Section {
        id: "again",
        title: "How to make it again".to_owned(),
        blocks,
    })
}

fn terms(facts: Facts) -> Vec<Term> {
    let manifest = facts.manifest;
    let mut terms = vec![term("program", format!("{} {}", manifest.program, manifest.version))];
    terms.push(match &manifest.source {
        Some(revision) => term("source", format!("revision {revision}")),
        None => gap(
            "source",
            "the build does not say of which revision of the source it is; add the revision (a build learns it from RAFAH_SOURCE_REVISION)",
        ),
    });
    terms.push(term("seed", manifest.seed.to_string()));
    terms.push(term("replications", format!("{}{}", facts.replications(), facts.of_each())));
    terms.push(term("layout of the result", format!("format {}", manifest.format)));
    if let Some(formats) = &manifest.table_formats {
        terms.push(term("form of the tables", formats.clone()));
    }
    if let Some(tables) = &manifest.tables {
        terms.push(term("tables asked for", tables.join(", ")));
    }
    if let Some(priced) = manifest.priced_replications {
        terms.push(term("closures priced in", priced_in(priced, facts.fewest())));
    }
    terms
}

/// In which replications closures were priced: no more than there are.
fn priced_in(asked: u32, there: u32) -> String {
    let number = |n: u32| counted(n as usize, "replication");
    if asked <= there {
        format!("the first {}", number(asked))
    } else {
        format!("all {} (up to {} were asked for)", number(there), whole(f64::from(asked)))
    }
}

/// What the command needs.
fn needed(facts: Facts) -> String {
    let folder = "Each scenario stands in the result with its layers, data files and defaults in one text that runs by itself";
    match &facts.manifest.study {
        Some(study) => format!(
            "The command needs the study, the scenarios and policies that it names, and the data files that these name, where they stood: the text of \
             the study is in the result (`{}`), and paths in it are relative to where it stood. {folder}: `rafah run` with such a file, the seed and the \
             number of replications makes the numbers of one alternative again, under the name of its scenario.",
            study.file
        ),
        None => format!(
            "The command needs the scenario files that it names, and the policies and data files that these name. {folder}: `rafah run` with such a \
             file, the seed and the number of replications makes the same numbers."
        ),
    }
}

/// What was simulated, with its hashes.
fn simulated(facts: Facts) -> super::content::Grid {
    let mut rows: Vec<Row> = (facts.records().iter())
        .map(|record| Row {
            alternative: facts.has_several().then(|| record.name.clone()),
            cells: vec![
                words(&record.name),
                words(&record.scenario),
                count(u64::from(record.replications)),
                words(&record.blake3),
            ],
            is_marked: false,
        })
        .collect();
    rows.extend(facts.manifest.study.iter().map(|study| Row {
        alternative: None,
        cells: vec![words(&study.name), words(&study.file), words(""), words(&study.blake3)],
        is_marked: false,
    }));
    grid(
        "What was simulated, as files of the result. From manifest.json.",
        &["name", "file", "replications#", "BLAKE3"],
        rows,
        false,
    )
}

fn same(facts: Facts) -> String {
    let mut told = "The same version with the same scenarios, seed and options writes the same tables to the last byte, on any machine and with any number of \
                    threads. So compare the BLAKE3 of the tables below, or `files` in the two files manifest.json; `b3sum` makes it of a file. The manifest itself \
                    differs: it holds when the run began and how long it took."
        .to_owned();
    if !facts.manifest.complete {
        told.push_str(" This result was stopped before it was complete: how far a run comes then is a matter of time, and another one stops elsewhere.");
    }
    told
}

fn table(file: &FileRecord) -> Row {
    Row {
        alternative: None,
        cells: vec![
            words(&file.path),
            file.rows.map_or_else(|| words(""), count),
            count(file.bytes),
            words(&file.blake3),
        ],
        is_marked: false,
    }
}

/// A command line as a shell takes it: what a shell would read otherwise stands in quotes.
pub(super) fn command_line(words: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,%+@".contains(c);
    let quoted = |word: &String| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closures_are_priced_in_no_more_replications_than_there_are() {
        assert_eq!(priced_in(400, 500), "the first 400 replications");
        assert_eq!(priced_in(400, 60), "all 60 replications (up to 400 were asked for)");
    }

    #[test]
    fn a_command_line_is_what_a_shell_takes() {
        let line = |words: &[&str]| command_line(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(line(&["rafah", "run", "a.toml", "-n", "50"]), "rafah run a.toml -n 50");
        assert_eq!(
            line(&["rafah", "--set", "stage.scan.service=\"7 min\"", "it's"]),
            "rafah --set 'stage.scan.service=\"7 min\"' 'it'\\''s'"
        );
    }
}
