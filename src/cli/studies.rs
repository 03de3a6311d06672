//! What a study is, for people and for programs: what it asks, its alternatives, and in what each differs from the reference.

use serde_json::{Value, json};

use super::numbers::{counted, fixed, whole};
use super::{diff, precision};
use crate::experiment::{CONFIDENCE, Stopping};
use crate::stats::Better;
use crate::study::Study;

/// The account of a study that is fine.
pub(super) fn of(file: &str, study: &Study) -> String {
    let mut text = format!("{file}: fine\n");
    let mut say = |label: &str, told: &str| {
        for (i, line) in lines(told, WIDTH).iter().enumerate() {
            text.push_str(&format!("  {:<14}{line}\n", if i == 0 { label } else { "" }));
        }
    };
    say("study", &titled(&study.name, &study.title));
    say("question", study.question.trim());
    say("replications", &extent(study));
    let responses: Vec<String> = study
        .asked
        .responses
        .iter()
        .map(|asked| response(&asked.response, asked.better))
        .collect();
    say("responses", &responses.join("\n"));
    say("reference", &study.alternatives[study.asked.reference].name);
    for (i, alternative) in study.alternatives.iter().enumerate() {
        text.push_str(&format!("\n{}\n", titled(&alternative.name, &alternative.title)));
        if i == study.asked.reference {
            text.push_str("  the reference\n");
            continue;
        }
        let differences = study.differences(i);
        for line in differences
            .iter()
            .flat_map(|d| diff::line(d).lines().map(str::to_owned).collect::<Vec<_>>())
        {
            text.push_str(&format!("  {line}\n"));
        }
        let told = match differences.len() {
            0 => "no difference from the reference".to_owned(),
            n => format!("{} from the reference", counted(n, "difference")),
        };
        text.push_str(&format!("  {told}\n"));
    }
    for told in [alike(study), left_alone(study)] {
        if !told.is_empty() {
            text.push_str(&format!("\n{told}\n"));
        }
    }
    text
}

/// Columns that what is told of a study keeps to.
const WIDTH: usize = 84;

/// A text over as many lines as it takes; its own lines stay apart.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

fn titled(name: &str, title: &str) -> String {
    if title.is_empty() {
        name.to_owned()
    } else {
        format!("{name}: {title}")
    }
}

fn extent(study: &Study) -> String {
    let n = match &study.stopping {
        // A selection is asked for on the command line alone.
        None | Some(Stopping::Selection(_)) => "1,000 of each alternative (the study does not say)".to_owned(),
        Some(Stopping::Fixed(n)) => format!("{} of each alternative", whole(f64::from(*n))),
        Some(Stopping::Precision(asked)) => precision::wanted(asked),
    };
    let confidence = study.confidence.unwrap_or(CONFIDENCE) * 100.0;
    let confidence = fixed(confidence, 1).trim_end_matches(".0").to_owned();
    format!("{n}; seed {}; intervals of {confidence} %", study.seed.unwrap_or(1))
}

fn response(name: &str, better: Option<Better>) -> String {
    match better {
        Some(Better::Greater) => format!("{name} (more is better)"),
        Some(Better::Less) => format!("{name} (less is better)"),
        None => format!("{name} (neither is better)"),
    }
}

/// Which alternatives differ in nothing; nothing where all differ.
pub(super) fn alike(study: &Study) -> String {
    let sentence = |group: &Vec<usize>| {
        let names: Vec<String> = group.iter().map(|&i| format!("`{}`", study.alternatives[i].name)).collect();
        let (last, rest) = names.split_last().map_or(("", &[][..]), |(last, rest)| (last.as_str(), rest));
        format!(
            "{} and {last} differ in nothing that is simulated: all differences between them are exactly 0.",
            rest.join(", ")
        )
    };
    study.alike().iter().map(sentence).collect::<Vec<_>>().join("\n")
}

/// The sections that a comparison leaves alone; nothing where there are none.
pub(super) fn left_alone(study: &Study) -> String {
    let sections: Vec<String> = study.for_sweep.iter().map(|section| format!("`[{section}]`")).collect();
    match sections.as_slice() {
        [] => String::new(),
        sections => format!(
            "{} {} for `rafah sweep`, which is not built yet in this version; `rafah compare` leaves {} alone.",
            sections.join(", "),
            if sections.len() == 1 { "is" } else { "are" },
            if sections.len() == 1 { "it" } else { "them" },
        ),
    }
}

/// A study that is fine, for programs.
pub(super) fn as_json(study: &Study) -> Value {
    let word = |better: Option<Better>| match better {
        Some(Better::Greater) => "more",
        Some(Better::Less) => "less",
        None => "neither",
    };
    let responses = study.asked.responses.iter();
    let responses: Vec<Value> = responses
        .map(|asked| json!({ "response": asked.response, "better": word(asked.better) }))
        .collect();
    let alternatives: Vec<Value> = (study.alternatives.iter().enumerate())
        .map(|(i, alternative)| {
            let differences = study.differences(i);
            let differences: Vec<Value> = differences
                .iter()
                .map(|d| json!({ "path": d.path, "reference": d.a, "alternative": d.b }))
                .collect();
            json!({ "name": alternative.name, "title": alternative.title, "scenario": alternative.loaded.scenario.name, "differences": differences })
        })
        .collect();
    let alike: Vec<Vec<&str>> = (study.alike().iter())
        .map(|group| group.iter().map(|&i| study.alternatives[i].name.as_str()).collect())
        .collect();
    let (replications, precision) = match &study.stopping {
        None | Some(Stopping::Selection(_)) => (Some(1_000), None),
        Some(Stopping::Fixed(n)) => (Some(*n), None),
        Some(Stopping::Precision(asked)) => (None, Some(precision::as_json(asked))),
    };
    json!({
        "study": study.name, "title": study.title, "question": study.question, "blake3": study.text.hash,
        "replications": replications, "precision": precision, "seed": study.seed.unwrap_or(1),
        "confidence": study.confidence.unwrap_or(CONFIDENCE),
        "reference": study.alternatives[study.asked.reference].name, "responses": responses,
        "alternatives": alternatives, "alike": alike, "left_alone": study.for_sweep,
    })
}
