//! How a report is cited: what it is about, what was simulated and by which version. Nothing that depends on the day.

use super::super::charts::Source;
use super::super::summary::version_of;
use super::super::words;
use super::content::{Block, Section};

/// How the report is cited.
pub(super) fn section(citation: &str) -> Section {
    Section {
        id: "cite",
        title: "Cite".to_owned(),
        blocks: vec![Block::Paragraph(citation.to_owned())],
    }
}

/// One sentence or two that find the result again.
pub(super) fn citation(source: &Source, title: &str) -> String {
    let manifest = source.folder.manifest();
    let hash = |hash: &str| hash.chars().take(12).collect::<String>();
    let what = match (&manifest.study, manifest.alternatives.as_slice()) {
        (Some(study), _) => format!("Study {}, BLAKE3 {}", study.name, hash(&study.blake3)),
        (None, [one]) => format!("Scenario {}, BLAKE3 {}", one.name, hash(&one.blake3)),
        (None, several) => {
            let named: Vec<String> = several
                .iter()
                .take(4)
                .map(|one| format!("{} {}", one.name, hash(&one.blake3)))
                .collect();
            let more = if several.len() > named.len() { " and others" } else { "" };
            format!("Scenarios by BLAKE3: {}{more}", named.join(", "))
        }
    };
    format!(
        "{}. Simulated with rafah, version {}: discrete-event simulation of humanitarian aid throughput at the Rafah crossing. {what}. {}, seed {}.",
        title.trim_end_matches('.'),
        version_of(&manifest.version, manifest.source.as_deref()),
        words::capitalised(&source.replications()),
        manifest.seed
    )
}
