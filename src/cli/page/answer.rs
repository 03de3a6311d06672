//! The answer: what came out, in sentences with their numbers.

use super::super::charts::Source;
use super::super::failure::Failure;
use super::super::numbers::{decimals, fixed, percent, plain_percent, whole};
use super::super::{decision, words};
use super::content::{Block, Section};
use crate::experiment::{Decision, ResultFolder, Selection, SummaryRow};

/// So many sentences stand out.
const FIRST: usize = 3;

/// So many alternatives are told of one by one where no study asks.
const TOLD: usize = 6;

/// What came out.
pub(super) fn section(source: &Source, summaries: Option<&[Vec<SummaryRow>]>) -> Result<Section, Failure> {
    let selection = Selection::read(&source.folder)?;
    let mut blocks = Vec::new();
    match (&source.decision, &selection) {
        (Some(decision), Some((selection, selecting))) => {
            let said = decision::told((selection, selecting), decision);
            blocks.extend(sentences(said));
            blocks.push(Block::Note("From the table `selection`.".to_owned()));
        }
        (Some(decision), None) => {
            blocks.extend(sentences(decision::answer(decision)));
            blocks.push(Block::Note(of_study(source, decision)));
        }
        (None, _) => {
            if source.folder.manifest().study.is_some() {
                blocks.push(Block::Paragraph(
                    "The table `decision`, which answers the question of the study, was not written. What each alternative brings is told one by one."
                        .to_owned(),
                ));
            }
            blocks.extend(told(source, summaries)?);
        }
    }
    Ok(Section {
        id: "answer",
        title: "Answer".to_owned(),
        blocks,
    })
}

/// The first few one below the other, the others behind them.
fn sentences(mut said: Vec<String>) -> Vec<Block> {
    let more = said.split_off(FIRST.min(said.len()));
    let mut blocks = vec![Block::List(said)];
    if !more.is_empty() {
        blocks.push(Block::Paragraph(more.join(" ")));
    }
    blocks
}

/// Where the numbers of a study's answer stand, and what they are.
fn of_study(source: &Source, decision: &Decision) -> String {
    let confidence = plain_percent(decision.confidence);
    format!(
        "From the tables `decision` and `comparison`: {} of each alternative under the same random numbers. Intervals of differences, of {confidence}, hold \
         for all alternatives at once by each response.{}",
        source.replications(),
        decision::left_out(decision)
    )
}

/// What each alternative brings, where nothing is asked.
fn told(source: &Source, summaries: Option<&[Vec<SummaryRow>]>) -> Result<Vec<Block>, Failure> {
    let Some(summaries) = summaries else {
        return Ok(vec![Block::Paragraph(
            "The table `summary`, from which this is told, was not written.".to_owned(),
        )]);
    };
    let names: Vec<&str> = source.alternatives.iter().map(|one| one.name.as_str()).take(TOLD).collect();
    let of: Vec<(&str, &[SummaryRow])> = names
        .iter()
        .zip(&source.shown)
        .map(|(name, place)| (*name, summaries[*place].as_slice()))
        .collect();
    let means = of.iter().filter_map(|(name, rows)| mean(name, rows, of.len() > 1));
    let mut said: Vec<String> = means.collect();
    if said.is_empty() {
        said.push("Nothing is delivered in any replication.".to_owned());
    }
    let spreads = of.iter().filter_map(|(name, rows)| spread(name, rows, of.len() > 1));
    said.extend(spreads);
    let below = of.iter().filter_map(|(name, rows)| below_need(name, rows, of.len() > 1));
    said.extend(below);
    let mut blocks = vec![Block::List(said)];
    let differences = differences(&source.folder, &names)?;
    if !differences.is_empty() {
        blocks.push(Block::Paragraph(differences.join(" ")));
    }
    let from = if differences.is_empty() {
        "From the table `summary`"
    } else {
        "From the tables `summary` and `comparison`; of the differences each interval is for itself"
    };
    blocks.push(Block::Note(format!(
        "{from}. {}, seed {}.",
        words::capitalised(&source.replications()),
        source.folder.manifest().seed
    )));
    Ok(blocks)
}

fn row<'a>(rows: &'a [SummaryRow], response: &str) -> Option<&'a SummaryRow> {
    rows.iter().find(|row| row.response.name == response && row.n > 0)
}

/// ` under NAME`, where there are several.
fn under(name: &str, of_several: bool) -> String {
    if of_several { format!("Under `{name}` ") } else { String::new() }
}

/// What is delivered in the mean.
fn mean(name: &str, rows: &[SummaryRow], of_several: bool) -> Option<String> {
    let tonnes = row(rows, "delivered_tonnes").filter(|row| row.max > 0.0)?;
    let met = row(rows, "need_met").map_or(String::new(), |row| {
        let digits = decimals(row.mean * 100.0, (row.upper - row.lower) * 50.0, 1);
        format!(", {} of the need", percent(row.mean, digits) + &interval(row, 100.0, digits, " %"))
    });
    let digits = decimals(tonnes.mean, (tonnes.upper - tonnes.lower) / 2.0, 1);
    let brought = format!(
        "{} t are delivered{}{met}",
        fixed(tonnes.mean, digits),
        interval(tonnes, 1.0, digits, "")
    );
    Some(if tonnes.n == 1 {
        let told = format!(
            "{}in the one replication that there is {brought}. One replication says nothing of chance.",
            under(name, of_several)
        );
        words::capitalised(&told)
    } else {
        words::capitalised(&format!(
            "{}in the mean of {} replications {brought}.",
            under(name, of_several),
            whole(tonnes.n as f64)
        ))
    })
}

/// ` (95 % interval 1,200 to 1,268)`; nothing where there is none, or where all replications are the same.
fn interval(row: &SummaryRow, scale: f64, digits: usize, unit: &str) -> String {
    if !(row.upper - row.lower).is_finite() || row.upper <= row.lower {
        return String::new();
    }
    format!(
        " ({} interval {} to {}{unit})",
        plain_percent(row.confidence),
        fixed(row.lower * scale, digits),
        fixed(row.upper * scale, digits)
    )
}

/// Between which values most replications lie.
fn spread(name: &str, rows: &[SummaryRow], of_several: bool) -> Option<String> {
    let tonnes = row(rows, "delivered_tonnes").filter(|row| row.max > 0.0)?;
    let [low, .., high] = tonnes.quantiles;
    // With fewer the quantiles themselves are not known.
    let is_known = (low.lower + high.upper).is_finite();
    let digits = decimals(tonnes.mean, tonnes.sd, 1);
    is_known.then(|| {
        words::capitalised(&format!(
            "{}nine replications in ten lie between {} and {} t (quantiles of 5 and 95 %).",
            under(name, of_several),
            fixed(low.estimate, digits),
            fixed(high.estimate, digits)
        ))
    })
}

/// How many days have less than they need.
fn below_need(name: &str, rows: &[SummaryRow], of_several: bool) -> Option<String> {
    let below = row(rows, "days_below_need")?;
    let digits = decimals(below.mean * 100.0, (below.upper - below.lower) * 50.0, 1);
    let is_same = below.n > 1 && below.max <= below.min;
    let (share, always) = if is_same {
        (plain_percent(below.mean), ", in every replication,")
    } else {
        (percent(below.mean, digits), "")
    };
    Some(words::capitalised(&format!(
        "{}on {share} of days{always}{} the last seven days bring less than they need of some kind of goods.",
        under(name, of_several),
        interval(below, 100.0, digits, " %"),
    )))
}

/// How the delivered tonnes of the others differ from those of the first.
fn differences(folder: &ResultFolder, names: &[&str]) -> Result<Vec<String>, Failure> {
    if !folder.has("comparison") {
        return Ok(Vec::new());
    }
    let columns = [
        "response",
        "statistic",
        "alternative",
        "reference",
        "difference",
        "lower",
        "upper",
        "confidence",
    ];
    let frame = folder.columns("comparison", &columns)?;
    let text = |row: usize, column: usize| frame.columns[column].text(row).unwrap_or_default();
    let of_tonnes =
        (0..frame.len()).filter(|row| text(*row, 0) == "delivered_tonnes" && text(*row, 1) == "mean" && names.contains(&text(*row, 2)));
    let sentence = |row: usize| {
        let [difference, lower, upper, confidence] = [4, 5, 6, 7].map(|column: usize| frame.columns[column].real(row));
        let digits = decimals(difference, (upper - lower) / 2.0, 1);
        let (number, less) = (|value: f64| fixed(value, digits), if difference < 0.0 { "less" } else { "more" });
        let range = if (upper - lower).is_finite() {
            format!(
                " ({} interval of the difference {} to {})",
                plain_percent(confidence),
                number(lower),
                number(upper)
            )
        } else {
            String::new()
        };
        format!(
            "Under `{}` {} t {less} are delivered than under `{}`{range}.",
            text(row, 2),
            number(difference.abs()),
            text(row, 3)
        )
    };
    Ok(of_tonnes.map(sentence).collect())
}
