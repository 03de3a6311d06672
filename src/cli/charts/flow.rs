//! The way of the trucks through the stages, and where they leave it.

use super::super::failure::Failure;
use super::super::numbers::{decimals, fixed, plain_percent};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::figure::charts::{Move, StageFlow, stage_flow};
use crate::scenario::Flow;
use crate::stats::{self, MeanInterval};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "stage-flow",
    shows: "how many trucks go from stage to stage, as wide as they are many, and how many leave the way where; a picture an alternative",
    when: "trucks that move",
    tables: &["flows"],
    of_study: false,
    draw,
};

/// Where every way begins.
const START: &str = "dispatched";
/// The end that is the aim.
const AIM: &str = "delivered";

/// The flow of each alternative.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let frame = easel
        .folder()
        .columns("flows", &["alternative", "replication", "from", "to", "trucks"])?;
    let pictures = easel.alternatives().iter().map(|alternative| of_one(easel, &frame, alternative));
    Ok(pictures.flatten().collect())
}

/// Moves from one place to another.
struct Moves {
    from: String,
    to: String,
    /// By replication.
    trucks: Vec<f64>,
}

impl Moves {
    fn mean(&self) -> f64 {
        stats::mean(&self.trucks)
    }
}

fn of_one(easel: &Easel, frame: &Frame, alternative: &Alternative) -> Option<Picture> {
    let confidence = easel.folder().manifest().confidence;
    let moves = read(frame, alternative, easel.replications_of(alternative));
    if moves.is_empty() {
        return None;
    }
    let stages = alternative
        .loaded
        .scenario
        .stages
        .iter()
        .filter(|stage| stage.serves == Flow::Trucks);
    let stages: Vec<&str> = stages.map(|stage| stage.name.as_str()).collect();
    let again = sources(&moves, &stages);
    let places: Vec<String> = std::iter::once(START.to_owned())
        .chain(again.iter().map(|from| named(from)))
        .chain(stages.iter().map(|stage| (*stage).to_owned()))
        .collect();
    let names: Vec<String> = moves
        .iter()
        .map(|m| {
            if again.contains(&m.from.as_str()) {
                named(&m.from)
            } else {
                m.from.clone()
            }
        })
        .collect();
    // What would be told as 0 beside many is left out; the numbers beside the chart have it.
    let out: f64 = moves.iter().filter(|m| m.from == START).map(Moves::mean).sum();
    let least = if out < 50.0 { 0.0 } else { 0.5 };
    let drawn: Vec<Move> = (moves.iter().zip(&names))
        .filter(|(m, _)| m.mean() >= least)
        .map(|(m, from)| Move {
            from,
            to: &m.to,
            amount: m.mean(),
        })
        .collect();
    let said = if again.is_empty() { "" } else { "; (again): further tries" };
    let left_out = if drawn.len() < moves.len() {
        "; of less than half a truck not drawn"
    } else {
        ""
    };
    let chart = StageFlow {
        heading: easel.heading(
            title(&moves, &stages, &again, confidence),
            format!(
                "{}. Trucks from place to place, mean of the replications{said}{left_out}",
                alternative.shown()
            ),
            Some(alternative),
        ),
        width: easel.width,
        quantity: "Trucks",
        unit: "",
        places: &places.iter().map(String::as_str).collect::<Vec<_>>(),
        aim: AIM,
        moves: &drawn,
    };
    Some(Picture {
        name: easel.named(CHART.name, alternative),
        scene: stage_flow(&chart),
        numbers: numbers(alternative, &moves, confidence),
    })
}

/// Each pair of places by replication, of which there are so many; a pair that a replication does not have is 0 there.
fn read(frame: &Frame, alternative: &Alternative, replications: usize) -> Vec<Moves> {
    let [names, numbers, from, to, trucks] = [0, 1, 2, 3, 4].map(|column: usize| &frame.columns[column]);
    let mut moves: Vec<Moves> = Vec::new();
    for row in (0..frame.len()).filter(|&row| names.text(row) == Some(&alternative.name)) {
        let (Some(from), Some(to)) = (from.text(row), to.text(row)) else {
            continue;
        };
        let found = moves.iter().position(|m| m.from == from && m.to == to).unwrap_or_else(|| {
            moves.push(Moves {
                from: from.to_owned(),
                to: to.to_owned(),
                trucks: vec![0.0; replications],
            });
            moves.len() - 1
        });
        let place = (numbers.real(row) as usize).wrapping_sub(1);
        if let Some(count) = moves[found].trucks.get_mut(place) {
            *count += trucks.real(row);
        }
    }
    moves.retain(|m| m.mean() > 0.0);
    moves
}

/// The places that are no stage and from which trucks come to one again: hubs, or what sent them another way.
fn sources<'a>(moves: &'a [Moves], stages: &[&str]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for m in moves.iter().filter(|m| stages.contains(&m.to.as_str())) {
        let from = m.from.as_str();
        if from != START && !stages.contains(&from) && !found.contains(&from) {
            found.push(from);
        }
    }
    found
}

/// How such a place is called, so that it is not taken for one on the way.
fn named(source: &str) -> String {
    format!("{source} (again)")
}

/// How many set out and deliver, and where most others go.
fn title(moves: &[Moves], stages: &[&str], again: &[&str], confidence: f64) -> String {
    let total = |of: &dyn Fn(&Moves) -> bool| -> f64 { moves.iter().filter(|m| of(m)).map(Moves::mean).sum() };
    let out = total(&|m| m.from == START);
    let mut delivered = vec![0.0; moves.first().map_or(0, |m| m.trucks.len())];
    for m in moves.iter().filter(|m| m.to == AIM) {
        delivered.iter_mut().zip(&m.trucks).for_each(|(sum, trucks)| *sum += trucks);
    }
    let delivered = stats::mean_interval(&delivered, confidence);
    let order = |a: &&Moves, b: &&Moves| a.mean().total_cmp(&b.mean());
    let next = moves
        .iter()
        .filter(|m| m.to != AIM && !stages.contains(&m.to.as_str()))
        .max_by(order);
    let next = next.map_or(String::new(), |m| {
        format!("; next most go from {} to {}: {}", m.from, m.to, count(m.mean()))
    });
    let tries = match total(&|m| again.contains(&m.from.as_str())) {
        none if none <= 0.0 => String::new(),
        tries => format!("; {} times a truck sets out again", count(tries)),
    };
    let (delivered, interval) = with_interval(&delivered, confidence);
    format!("Of {} trucks that set out {delivered} deliver{interval}{next}{tries}", count(out))
}

/// A mean, and its interval where it has one that is wider than nothing.
fn with_interval(found: &MeanInterval, confidence: f64) -> (String, String) {
    let half = found.half_width();
    if half.is_nan() || half <= 0.0 {
        return (count(found.mean), String::new());
    }
    let digits = if found.mean < 100.0 { decimals(found.mean, half, 1) } else { 0 };
    let [mean, lower, upper] = [found.mean, found.lower, found.upper].map(|value| fixed(value, digits));
    (mean, format!(" ({} interval {lower} to {upper})", plain_percent(confidence)))
}

/// A mean number of trucks.
fn count(mean: f64) -> String {
    // Of one replication, or the same in all, a mean is a count.
    fixed(mean, usize::from(mean < 10.0 && mean.fract() > 0.0))
}

fn numbers(alternative: &Alternative, moves: &[Moves], confidence: f64) -> Numbers {
    let table = numbers_of(
        "stage-flow",
        3,
        vec![
            words("alternative", "name of the scenario or alternative"),
            words("from", "a place"),
            words("to", "the next place, or an end"),
            real("trucks", "trucks", "moves, mean of the replications"),
            real(
                "lower",
                "trucks",
                "lower end of the interval of that mean; empty of one replication",
            ),
            real("upper", "trucks", "upper end of it"),
        ],
    );
    let mut frame = Frame::new(&table);
    for m in moves {
        let found = stats::mean_interval(&m.trucks, confidence);
        let row = frame.row().text(&alternative.name).text(&m.from).text(&m.to);
        row.real(found.mean).real(found.lower).real(found.upper).end();
    }
    (table, frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves(from: &str, to: &str, trucks: &[f64]) -> Moves {
        Moves {
            from: from.to_owned(),
            to: to.to_owned(),
            trucks: trucks.to_vec(),
        }
    }

    #[test]
    fn a_title_tells_who_sets_out_who_delivers_and_where_most_others_go() {
        let all = [
            moves("dispatched", "gate", &[90.0, 110.0]),
            moves("hub", "gate", &[15.0, 25.0]),
            moves("gate", "returned", &[35.0, 45.0]),
            moves("gate", "rejected", &[2.0, 0.0]),
            moves("gate", "delivered", &[68.0, 90.0]),
        ];
        let again = sources(&all, &["gate"]);
        assert_eq!(again, ["hub"]);
        let told = title(&all, &["gate"], &again, 0.95);
        assert!(told.starts_with("Of 100 trucks that set out 79 deliver (95 % interval"), "{told}");
        assert!(
            told.ends_with("; next most go from gate to returned: 40; 20 times a truck sets out again"),
            "{told}"
        );
        let one = [moves("dispatched", "gate", &[9.0]), moves("gate", "delivered", &[8.0])];
        assert_eq!(title(&one, &["gate"], &[], 0.95), "Of 9 trucks that set out 8 deliver");
    }
}
