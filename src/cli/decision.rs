//! The answer of a study for people: in a sentence or two, then as a table of alternatives and responses on one screen.

mod beside;
mod chosen;
mod json;
pub(super) mod prices;
mod sentences;

pub(super) use chosen::{chosen, told};
use comfy_table::{Attribute, Cell, Table};
pub(super) use json::as_json;

use super::numbers::{counted, decimals, decimals_that_show, fixed, percent, plain_percent, scaled, whole};
use super::{grid, tables, words};
use crate::experiment::{Decided, Decision, Standing, Verdict};
use crate::stats::MeanInterval;

/// So many alternatives are shown; of more, the first by the response that leads.
const SHOWN: usize = 20;

/// Responses whose words in the summary go with its lists, and not with a sentence.
const SHORTER: [(&str, &str); 7] = [
    ("delivery_time_mean_h", "mean time to delivery"),
    ("delivery_time_p50_h", "time to deliver half of the trucks"),
    ("delivery_time_p90_h", "time to deliver nine trucks in ten"),
    ("closed_h", "time closed"),
    ("longest_closure_h", "longest closure"),
    ("exposure", "trucks exposed to incidents"),
    ("mean_backlog_trucks", "mean trucks on the way"),
];

/// The width of the heads of columns.
const HEAD: usize = 22;

/// The mark of the best, of what is not distinguishable from it, and of all else.
const MARKS: [&str; 3] = [" ★", " ≈", "  "];

/// The answer; `replications` says how many there were.
pub(super) fn text(decision: &Decision, replications: &str, seed: u64, width: usize) -> String {
    let mut text = String::new();
    let lead = lead(decision);
    let answer = answer(decision, &need_of(decision));
    if !answer.is_empty() {
        text.push_str(&filled(&answer.join(" "), width));
    }
    text.push('\n');
    let rows = shown(decision, lead);
    let mut from = 0;
    while from < decision.responses.len() {
        let (table, taken) = widest_part(decision, &rows, from, width);
        text.push_str(&table);
        text.push('\n');
        from += taken;
    }
    if rows.len() < decision.names.len() {
        let more = whole((decision.names.len() - rows.len()) as f64);
        let which = match lead {
            Some(_) => format!(
                "The first {SHOWN} by the response that leads, and the reference; {more} more, which stand behind these, are in the table `decision`."
            ),
            None => format!("The first {SHOWN} in the order of the study, and the reference; {more} more are in the table `decision`."),
        };
        text.push_str(&filled(&which, width));
    }
    text.push_str(&filled(&legend(decision), width));
    if let Some(sentence) = lead.and_then(|lead| sentences::shared_numbers(decision, lead)) {
        text.push_str(&filled(&sentence, width));
    }
    text.push_str(&filled(
        &format!("{replications} of each alternative, seed {seed}.{}", left_out(decision)),
        width,
    ));
    text
}

/// The answer with what trading aid against exposure leaves open, a sentence each; `need` is the share of the need that is met under each alternative, where
/// that is known.
pub(super) fn answer(decision: &Decision, need: &[MeanInterval]) -> Vec<String> {
    let mut answer = said(decision, &decision.titles, need);
    answer.extend(sentences::front(decision));
    answer
}

/// The share of the need that is met under each alternative, where the study asks for it.
pub(super) fn need_of(decision: &Decision) -> Vec<MeanInterval> {
    let asked = decision.responses.iter().find(|decided| decided.response.name == "need_met");
    asked.map_or_else(Vec::new, |decided| decided.standings.iter().map(|standing| standing.mean).collect())
}

/// The response that leads: the first by which anything can be said of the best.
pub(super) fn lead(decision: &Decision) -> Option<&Decided> {
    decision.responses.iter().find(|decided| is_decided(decided))
}

/// The answer, a sentence each; `titles` are those of the alternatives, where they are to be told, `need` what is met of the need.
fn said(decision: &Decision, titles: &[String], need: &[MeanInterval]) -> Vec<String> {
    let Some(lead) = lead(decision) else {
        return sentences::undecided(decision);
    };
    let before = decision
        .responses
        .iter()
        .take_while(|decided| decided.response.name != lead.response.name);
    let silent = before.filter(|decided| decided.better.is_some());
    let mut said: Vec<String> = silent
        .map(|decided| format!("By {} nothing can be said of the best.", called(decided)))
        .collect();
    said.extend(sentences::answer(decision, lead, titles, need));
    said
}

/// Whether anything can be said of the best.
fn is_decided(decided: &Decided) -> bool {
    decided.standings.iter().any(|standing| standing.verdict.is_some())
}

/// The alternatives to show, by index.
fn shown(decision: &Decision, lead: Option<&Decided>) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..decision.names.len()).collect();
    if let Some(lead) = lead.filter(|_| rows.len() > SHOWN) {
        rows.sort_by_key(|i| lead.standings[*i].rank.unwrap_or(usize::MAX));
    }
    leading(rows, decision.reference)
}

/// The first of these, and the reference wherever it stands.
fn leading(mut rows: Vec<usize>, reference: usize) -> Vec<usize> {
    let left_out = rows.split_off(SHOWN.min(rows.len()));
    rows.extend(left_out.into_iter().filter(|i| *i == reference));
    rows
}

fn legend(decision: &Decision) -> String {
    let confidence = plain_percent(decision.confidence);
    let any = |verdict: Verdict| {
        let marked = decision.responses.iter().filter(|decided| !decided.is_level());
        let mut standings = marked.flat_map(|decided| &decided.standings);
        standings.any(|standing| standing.verdict == Some(verdict))
    };
    let has_interval = |standing: &Standing| standing.mean.half_width().is_finite();
    let mut said = Vec::new();
    if decision.responses.iter().flat_map(|decided| &decided.standings).any(has_interval) {
        let ranked = decision.names.len() > 2 && decision.responses.iter().any(|decided| is_decided(decided) && !decided.is_level());
        let rank = if ranked { ", then its rank" } else { "" };
        said.push(format!("In brackets the {confidence} interval of each mean for itself{rank}."));
    }
    if any(Verdict::Best) {
        said.push("★ best: every other alternative is shown to be worse.".to_owned());
    }
    if any(Verdict::NotDistinguishable) {
        said.push("≈ not distinguishable from the best.".to_owned());
    }
    if decision.responses.iter().any(|decided| is_decided(decided) && !decided.is_level()) {
        let intervals = if said_interval(decision) && decision.names.len() > 2 {
            ", and so does the interval of the difference above"
        } else {
            ""
        };
        said.push(format!(
            "By each response for itself, marks hold for all alternatives at once{intervals}. They go by differences within replications, which may be sure where \
             brackets overlap."
        ));
    }
    said.join(" ")
}

/// Whether the answer tells of an interval of a difference.
fn said_interval(decision: &Decision) -> bool {
    said(decision, &[], &[]).iter().any(|sentence| sentence.contains(" interval "))
}

/// What gave no value.
pub(super) fn left_out(decision: &Decision) -> String {
    let of_one = |decided: &Decided| {
        let by = called(decided);
        let silent = decided
            .standings
            .iter()
            .zip(&decision.names)
            .filter(|(standing, _)| !standing.has_values());
        let silent: Vec<String> = silent.map(|(_, name)| format!("`{name}`")).collect();
        let never = match silent.as_slice() {
            [] => String::new(),
            [one] => format!(" By {by} {one} has no value."),
            several => format!(" By {by} {} have no value.", counted(several.len(), "alternative")),
        };
        if decided.left_out > 0 && decided.n > 0 {
            format!(
                "{never} By {by} {} left out, for want of a value in an alternative.",
                counted(decided.left_out, "replication")
            )
        } else {
            never
        }
    };
    decision.responses.iter().map(of_one).collect()
}

/// The answer in one sentence, for the title of a picture.
pub(super) fn headline(decision: &Decision) -> String {
    // A title has no room for other titles, nor for what cannot be said.
    let said = lead(decision).map_or_else(
        || sentences::undecided(decision),
        |lead| sentences::answer(decision, lead, &[], &[]),
    );
    let is_sure = lead(decision).is_some_and(|lead| lead.standings.iter().any(|standing| standing.verdict == Some(Verdict::Best)));
    // Who comes first is not told without those that it cannot be told from.
    let told: Vec<&str> = said.iter().take(if is_sure { 1 } else { 2 }).map(String::as_str).collect();
    told.join(" ").trim_end_matches('.').replace('`', "")
}

/// What a response is called here, in the middle of a sentence too.
pub(super) fn called(decided: &Decided) -> String {
    name_of(&decided.response.name)
}

/// What a response of a name is called where its unit stands beside it.
pub(super) fn name_of(name: &str) -> String {
    let shorter = SHORTER.iter().find(|(response, _)| *response == name);
    shorter.map_or_else(|| words::of(name), |(_, words)| (*words).to_owned())
}

/// As many responses from one on as fit side by side, one at least; and how many these are.
fn widest_part(decision: &Decision, rows: &[usize], from: usize, width: usize) -> (String, usize) {
    let most = decision.responses.len() - from;
    let fits = |taken: &usize| {
        let mut table = part(decision, rows, from, *taken);
        table.set_content_arrangement(comfy_table::ContentArrangement::Disabled);
        tables::widest(&table.to_string()) <= width
    };
    let taken = (1..=most).rev().find(fits).unwrap_or(1);
    (tables::fitting(vec![part(decision, rows, from, taken)], width), taken)
}

fn part(decision: &Decision, rows: &[usize], from: usize, taken: usize) -> Table {
    let responses = &decision.responses[from..from + taken];
    let scales: Vec<Scale> = responses.iter().map(|decided| Scale::of(decided, rows)).collect();
    let mut table = grid::plain();
    let titles = responses.iter().zip(&scales).map(|(decided, scale)| title(decided, scale));
    table.set_header(std::iter::once(String::new()).chain(titles));
    for &i in rows {
        let reference = if i == decision.reference { " (reference)" } else { "" };
        let mut cells = vec![Cell::new(format!("{}{reference}", decision.names[i]))];
        for (decided, scale) in responses.iter().zip(&scales) {
            let standing = &decided.standings[i];
            let cell = Cell::new(scale.cell(standing));
            cells.push(if standing.verdict == Some(Verdict::Best) {
                cell.add_attribute(Attribute::Bold)
            } else {
                cell
            });
        }
        table.add_row(cells);
    }
    grid::align_numbers(&mut table, 1);
    table
}

/// Words, unit and direction of a response, in lines as narrow as its numbers.
fn title(decided: &Decided, scale: &Scale) -> String {
    let pad = MARKS[2];
    let unit = if scale.unit.is_empty() {
        String::new()
    } else {
        format!(" ({})", scale.unit.replace(' ', "\u{a0}"))
    };
    let words = format!("{}{unit}", called(decided));
    let mut lines: Vec<String> = filled(&words, HEAD)
        .lines()
        .map(|line| format!("{}{pad}", line.replace('\u{a0}', " ")))
        .collect();
    lines.extend(decided.better.map(|better| format!("{} is better{pad}", better.word())));
    lines.join("\n")
}

/// Characters of the longest rank that is told: of more than two that differ.
fn ranks(decided: &Decided, rows: &[usize]) -> usize {
    if decided.is_level() || decided.standings.len() < 3 {
        return 0;
    }
    let ranks = rows.iter().filter_map(|i| decided.standings[*i].rank);
    ranks.max().map_or(0, |rank| rank.to_string().len())
}

/// How the numbers of a response are shown: all alike.
struct Scale {
    factor: f64,
    unit: String,
    digits: usize,
    /// Characters of the longest rank; 0 where none is told.
    rank: usize,
    /// Whether the best is marked: where any differ.
    is_marked: bool,
}

impl Scale {
    fn of(decided: &Decided, rows: &[usize]) -> Scale {
        let means = || rows.iter().map(|i| &decided.standings[*i].mean).filter(|mean| mean.n > 0);
        let greatest = means().map(|mean| mean.mean.abs()).fold(0.0, f64::max);
        let unit = decided.response.unit.as_str();
        // Tonnes and trucks are named by the words.
        let own = if ["t", "trucks"].contains(&unit) { "" } else { unit };
        let (factor, unit) = match unit {
            "share" => (100.0, "%".to_owned()),
            _ if greatest >= 1e8 => (1e-6, format!("million {own}")),
            _ if greatest >= 1e5 => (1e-3, format!("thousand {own}")),
            _ => (1.0, own.to_owned()),
        };
        let unit = unit.trim_end().to_owned();
        let digits = |half: f64| decimals(greatest * factor, half * factor, 2);
        let known = means().map(MeanInterval::half_width).filter(|half| *half > 0.0);
        let digits = known.map(digits).max().unwrap_or_else(|| digits(f64::NAN));
        // Two means that surely differ are not told alike.
        let against = rows.iter().filter_map(|i| decided.standings[*i].against_reference.as_ref());
        let sure = against
            .map(|against| against.at_once.difference)
            .filter(|of| of.lower > 0.0 || of.upper < 0.0);
        let digits = digits.max(decimals_that_show(
            sure.map(|of| of.value.abs() * factor).fold(f64::INFINITY, f64::min),
        ));
        Scale {
            factor,
            unit,
            digits,
            rank: ranks(decided, rows),
            is_marked: !decided.is_level(),
        }
    }

    /// `912.3 [901.2, 923.4]` with its mark.
    fn cell(&self, standing: &Standing) -> String {
        if !standing.has_values() {
            return format!("–{}", MARKS[2]);
        }
        let number = |x: f64| fixed(x * self.factor, self.digits);
        let mark = match standing.verdict.filter(|_| self.is_marked) {
            Some(Verdict::Best) => MARKS[0],
            Some(Verdict::NotDistinguishable) => MARKS[1],
            Some(Verdict::NotBest) | None => MARKS[2],
        };
        let rank = standing
            .rank
            .filter(|_| self.rank > 0)
            .map_or(String::new(), |rank| rank.to_string());
        let rank = if self.rank > 0 {
            format!("  {rank:>width$}", width = self.rank)
        } else {
            rank
        };
        let mean = &standing.mean;
        if mean.half_width().is_finite() {
            format!("{} [{}, {}]{rank}{mark}", number(mean.mean), number(mean.lower), number(mean.upper))
        } else {
            format!("{}{rank}{mark}", number(mean.mean))
        }
    }
}

/// Words over as many lines as it takes, each ended; a number keeps its sign.
pub(super) fn filled(words: &str, width: usize) -> String {
    let width = width.min(100);
    let (mut text, mut column) = (String::new(), 0);
    for word in words.replace(" %", "\u{a0}%").split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            text.push('\n');
            column = 0;
        }
        if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.replace("\u{a0}%", " %") + "\n"
}

#[cfg(test)]
mod tests;
