//! Responses in words: what the summary calls them, in which order, in which group.

use crate::experiment::SummaryRow;
use crate::scenario::End;

/// A part of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// What comes through.
    Aid,
    /// How long it takes.
    Time,
    /// What does not come through.
    Otherwise,
    /// Incidents and closures.
    Security,
    /// People who cross.
    Travellers,
}

impl Group {
    pub(super) const ALL: [Group; 5] = [Group::Aid, Group::Time, Group::Otherwise, Group::Security, Group::Travellers];

    pub(super) fn title(self) -> &'static str {
        match self {
            Group::Aid => "Aid",
            Group::Time => "Time",
            Group::Otherwise => "Other ends",
            Group::Security => "Security",
            Group::Travellers => "Travellers",
        }
    }
}

/// Responses with words of their own, in the order shown; whether to show them even where they are always 0.
const WORDS: &[(&str, Group, &str, bool)] = &[
    ("dispatched_trucks", Group::Aid, "trucks dispatched", true),
    ("dispatches", Group::Aid, "dispatches, further tries included", false),
    ("delivered_trucks", Group::Aid, "trucks delivered", true),
    ("delivered_tonnes", Group::Aid, "tonnes delivered", true),
    ("need_met", Group::Aid, "need met", true),
    ("days_below_need", Group::Aid, "days below the need", true),
    ("days_of_supply_mean", Group::Aid, "days of supply in Gaza, mean", true),
    ("days_of_supply_min", Group::Aid, "days of supply of the scarcest, least", true),
    ("unmet_need", Group::Aid, "need that no stock covered", true),
    ("days_without_stock", Group::Aid, "days without stock of some kind", true),
    ("delivery_time_mean_h", Group::Time, "dispatch to delivery, mean (h)", true),
    ("delivery_time_p50_h", Group::Time, "half of the trucks within (h)", true),
    ("delivery_time_p90_h", Group::Time, "nine in ten within (h)", true),
    ("backlog_trucks", Group::Otherwise, "trucks on the way at the end", true),
    ("returned_trucks", Group::Otherwise, "trucks returned for good", false),
    ("returns", Group::Otherwise, "returns, those tried again too", false),
    ("timed_out", Group::Otherwise, "returns for lack of time", false),
    ("denied_trucks", Group::Otherwise, "requests refused", false),
    ("rejected_trucks", Group::Otherwise, "trucks rejected for their goods", false),
    ("refused_trucks", Group::Otherwise, "trucks refused for their organisation", false),
    ("reconsigned_trucks", Group::Otherwise, "trucks under another organisation", false),
    ("expired_trucks", Group::Otherwise, "trucks expired", false),
    ("lost_trucks", Group::Otherwise, "trucks that found no room", false),
    ("turned_back_trucks", Group::Otherwise, "trucks turned back", false),
    ("intercepted_trucks", Group::Otherwise, "trucks intercepted", false),
    (
        "lost_to_incident_trucks",
        Group::Otherwise,
        "trucks whose loads incidents destroyed",
        false,
    ),
    ("diverted_trucks", Group::Otherwise, "trucks diverted to another entry point", false),
    ("incidents", Group::Security, "incidents", false),
    ("closures", Group::Security, "closures", false),
    ("closed_h", Group::Security, "hours closed", false),
    ("longest_closure_h", Group::Security, "longest closure (h)", false),
    ("restricted_h", Group::Security, "hours with fewer lanes", false),
    ("exposure", Group::Security, "trucks exposed to incidents, weighted", false),
    ("travellers_waiting", Group::Travellers, "people on the way at the end", true),
    ("mean_travellers_waiting", Group::Travellers, "people on the way, mean", true),
];

/// A response in words, or by its name where it has none of its own.
pub(super) fn of(response: &str) -> String {
    let known = |column: &str| {
        WORDS
            .iter()
            .find(|(name, ..)| *name == column)
            .map(|(_, _, words, _)| (*words).to_owned())
    };
    let keyed = || {
        let (word, rest) = response.split_once('.')?;
        let (name, column) = rest.rsplit_once('.')?;
        // What WORDS do not have is told by the name of the column, its unit apart, which is told beside it.
        let bare = UNITS.iter().find_map(|unit| column.strip_suffix(unit)).unwrap_or(column);
        let of_column = known(column).unwrap_or_else(|| bare.replace('_', " "));
        Some(format!("{of_column} ({word} {name})"))
    };
    known(response).or_else(keyed).unwrap_or_else(|| format!("`{response}`"))
}

/// Units at the end of names of columns.
const UNITS: [&str; 4] = ["_min", "_h", "_tonnes", "_trucks"];

/// A unit in words, behind a number.
pub(super) fn unit(unit: &str) -> &str {
    match unit {
        "t" => "tonnes",
        "h" => "hours",
        "min" => "minutes",
        "d" => "days",
        unit => unit,
    }
}

/// The same words with a capital letter in front.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Responses that tell nothing where they are what another one is: with no further tries.
const SAME_AS: [(&str, &str); 2] = [("dispatches", "dispatched_trucks"), ("returns", "returned_trucks")];

/// A row to show: its group, its words, its numbers.
pub(super) struct Line<'a> {
    pub(super) group: Group,
    pub(super) words: String,
    pub(super) row: &'a SummaryRow,
}

/// The rows worth showing, in order.
pub(super) fn lines(summary: &[SummaryRow]) -> Vec<Line<'_>> {
    lines_with(summary, &[])
}

/// The same with rows that are worth showing beside others, by the names of their responses, also where they are 0.
pub(super) fn lines_with<'a>(summary: &'a [SummaryRow], wanted: &[String]) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let row = |name: &str| summary.iter().find(|row| row.response.name == name);
    for &(name, group, words, always) in WORDS {
        let twin = SAME_AS.iter().find(|(of, _)| *of == name).and_then(|(_, other)| row(other));
        let is_wanted = wanted.iter().any(|wanted| wanted == name);
        let found = row(name).filter(|row| is_wanted || twin.is_none_or(|twin| (row.mean - twin.mean).abs() > 1e-9));
        if let Some(row) = found.filter(|row| row.n > 0 && (always || is_wanted || row.max > 0.0)) {
            let words = words.to_owned();
            lines.push(Line { group, words, row });
        }
        if name == "delivered_trucks" {
            lines.extend(counted(summary));
        }
    }
    lines.extend(crossed(summary));
    lines
}

/// People who left their last stage, by stream.
fn crossed(summary: &[SummaryRow]) -> impl Iterator<Item = Line<'_>> {
    let of_stream = |row: &&SummaryRow| row.n > 0 && row.response.doc.starts_with("people of the stream ");
    summary.iter().filter(of_stream).filter_map(|row| {
        let stream = row.response.name.strip_prefix("travellers_")?;
        Some(Line {
            group: Group::Travellers,
            words: format!("people through, {}", stream.replace('_', " ")),
            row,
        })
    })
}

/// What the scenario counts by names of its own.
fn counted(summary: &[SummaryRow]) -> impl Iterator<Item = Line<'_>> {
    let of_counter = |row: &&SummaryRow| row.n > 0 && row.response.doc.starts_with("trucks counted as ");
    let is_end = |name: &str| End::ALL.iter().any(|end| end.name() == name);
    summary.iter().filter(of_counter).filter_map(move |row| {
        let name = row.response.name.strip_suffix("_trucks").filter(|name| !is_end(name))?;
        Some(Line {
            group: Group::Aid,
            words: format!("trucks {}", name.replace('_', " ")),
            row,
        })
    })
}

/// `a`, `a and b`, `a, b and c`; nothing of none.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        words => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::Response;

    fn row(name: &str, doc: &str, values: &[f64]) -> SummaryRow {
        let response = Response {
            name: name.to_owned(),
            unit: String::new(),
            doc: doc.to_owned(),
            more_is_better: None,
            column: 2,
        };
        SummaryRow::new(response.into(), values, 0.95)
    }

    fn told(summary: &[SummaryRow]) -> Vec<String> {
        lines(summary).into_iter().map(|line| line.words).collect()
    }

    #[test]
    fn further_tries_are_told_only_where_there_are_any() {
        let mut summary = vec![
            row("dispatched_trucks", "", &[10.0, 12.0]),
            row("dispatches", "", &[10.0, 12.0]),
            row("returned_trucks", "", &[1.0, 0.0]),
            row("returns", "", &[1.0, 0.0]),
        ];
        assert_eq!(told(&summary), ["trucks dispatched", "trucks returned for good"]);
        summary[1] = row("dispatches", "", &[13.0, 14.0]);
        summary[3] = row("returns", "", &[4.0, 2.0]);
        let words = [
            "trucks dispatched",
            "dispatches, further tries included",
            "trucks returned for good",
            "returns, those tried again too",
        ];
        assert_eq!(told(&summary), words);
    }

    #[test]
    fn what_a_scenario_has_not_is_not_told() {
        let people = "people of the stream out who left their last stage";
        let summary = [
            row("days_of_supply_mean", "", &[f64::NAN]),
            row("exposure", "", &[0.0]),
            row("travellers_waiting", "", &[f64::NAN]),
            row("travellers_out", people, &[f64::NAN]),
        ];
        assert!(told(&summary).is_empty());
        let summary = [
            row("days_of_supply_mean", "", &[2.5]),
            row("exposure", "", &[36.0]),
            row("travellers_waiting", "", &[0.0]),
            row("travellers_out", people, &[7.0]),
        ];
        let words = [
            "days of supply in Gaza, mean",
            "trucks exposed to incidents, weighted",
            "people on the way at the end",
            "people through, out",
        ];
        assert_eq!(told(&summary), words);
    }
}
