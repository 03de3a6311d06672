//! The way of the trucks through the stages, and where they leave it.

use super::super::failure::Failure;
use super::super::numbers::{decimals, fixed, plain_percent};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::figure::charts::{Move, StageFlow, stage_flow};
use crate::scenario::Flow;
use crate::stats::{self, MeanInterval};
use crate::table::Frame;
use crate::time::Duration;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "stage-flow",
    shows: "how many trucks go from stage to stage, as wide as they are many, and how many leave the way where; a picture an alternative",
    when: "trucks that move",
    tables: &["flows"],
    also: &["backlog"],
    of_study: false,
    draw,
};

/// Where every way begins.
const START: &str = "dispatched";
/// The end that is the aim.
const AIM: &str = "delivered";
/// The places of the table `backlog` where trucks are that have set out and come to no stage yet, as ends.
const BEFORE: [(&str, &str); 3] = [("held", "held"), ("quota", "over quota"), ("approval", "awaiting approval")];
/// Those who are sent back: for good, or to their hub, from which they may set out again.
const RETURNED: &str = "returned";
/// Those who are still at a stage or in a hub.
const STILL: &str = "still there";

/// The flow of each alternative.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let frame = easel
        .folder()
        .columns("flows", &["alternative", "replication", "from", "to", "trucks"])?;
    // Who is still on the way at the end; a result may have been asked to do without.
    let backlog = easel.folder().has("backlog").then(|| {
        easel
            .folder()
            .columns("backlog", &["alternative", "replication", "place", "trucks"])
    });
    let backlog = backlog.transpose()?;
    let pictures = (easel.alternatives().iter()).map(|alternative| of_one(easel, (&frame, backlog.as_ref()), alternative));
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

fn of_one(easel: &Easel, (frame, backlog): (&Frame, Option<&Frame>), alternative: &Alternative) -> Option<Picture> {
    let confidence = easel.folder().manifest().confidence;
    let n = easel.replications_of(alternative);
    let mut moves = read(frame, alternative, n);
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
    let mut left = backlog.map(|backlog| left_over(backlog, &alternative.name, n)).unwrap_or_default();
    let from = sources(&moves, &stages);
    left.retain(|m| m.from == START || stages.contains(&m.from.as_str()) || from.contains(&m.from.as_str()));
    moves.extend(left);
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
            to: if m.to == RETURNED && !again.is_empty() {
                "returned, some retry"
            } else {
                &m.to
            },
            amount: m.mean(),
        })
        .collect();
    let said = if again.is_empty() { "" } else { "; (again): further tries" };
    let left_out = if drawn.len() < moves.len() {
        "; of less than half a truck not drawn"
    } else {
        ""
    };
    let unknown = if backlog.is_some() {
        ""
    } else {
        "; those still on the way at the end are not counted, since the result lacks the table backlog"
    };
    let under_way = if alternative.loaded.scenario.horizon.warm_up > Duration::ZERO {
        "; those under way when the warm-up ends come out without having gone in"
    } else {
        ""
    };
    let chart = StageFlow {
        heading: easel.heading(
            title(&moves, &stages, &again, confidence),
            format!(
                "{}. Trucks from place to place, mean of the replications{said}{left_out}{unknown}{under_way}",
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
        add(&mut moves, (from, to), (numbers.real(row), trucks.real(row)), replications);
    }
    moves.retain(|m| m.mean() > 0.0);
    moves
}

/// Who is still somewhere at the end, as moves to ends of their own, so that what comes to a place also leaves it.
fn left_over(backlog: &Frame, alternative: &str, replications: usize) -> Vec<Moves> {
    let mut left: Vec<Moves> = Vec::new();
    let [names, numbers, places, trucks] = [0, 1, 2, 3].map(|column: usize| &backlog.columns[column]);
    for row in (0..backlog.len()).filter(|&row| names.text(row) == Some(alternative)) {
        let Some(place) = places.text(row) else { continue };
        let before = BEFORE.iter().find(|(before, _)| *before == place);
        let (from, to) = before.map_or((place, STILL), |(_, end)| (START, *end));
        add(&mut left, (from, to), (numbers.real(row), trucks.real(row)), replications);
    }
    left.retain(|m| m.mean() > 0.0);
    left
}

/// Adds trucks of a replication, numbered from 1, to those that go from one place to another.
fn add(moves: &mut Vec<Moves>, (from, to): (&str, &str), (replication, trucks): (f64, f64), replications: usize) {
    let found = moves.iter().position(|m| m.from == from && m.to == to).unwrap_or_else(|| {
        moves.push(Moves {
            from: from.to_owned(),
            to: to.to_owned(),
            trucks: vec![0.0; replications],
        });
        moves.len() - 1
    });
    if let Some(count) = moves[found].trucks.get_mut((replication as usize).wrapping_sub(1)) {
        *count += trucks;
    }
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
    let delivered = interval(&delivered, confidence);
    let order = |a: &&Moves, b: &&Moves| a.mean().total_cmp(&b.mean());
    let is_end = |m: &&Moves| m.to != AIM && !stages.contains(&m.to.as_str());
    let next = moves.iter().filter(is_end).max_by(order);
    let tries = total(&|m| again.contains(&m.from.as_str()) && stages.contains(&m.to.as_str()));
    let returned = total(&|m| m.to == RETURNED);
    let next = next.map_or(String::new(), |m| {
        if m.to == RETURNED && tries > 0.0 {
            return format!(
                "; {} times one is returned, and {} times one sets out again",
                count(returned),
                count(tries)
            );
        }
        let what = match m.to.as_str() {
            STILL => format!("are still at {} at the end", m.from),
            end if BEFORE.iter().any(|(_, before)| *before == end) => format!("are {end} at the end"),
            end => format!("go from {} to {end}", m.from),
        };
        format!("; next most {what}: {}", count(m.mean()))
    });
    let tries = if tries <= 0.0 || next.contains(" sets out again") {
        String::new()
    } else {
        format!("; {} times one sets out again", count(tries))
    };
    let (delivered, interval) = with_interval(&delivered, confidence);
    format!("Of {} trucks that set out {delivered} deliver{interval}{next}{tries}", count(out))
}

/// The interval of a mean number of trucks.
fn interval(trucks: &[f64], confidence: f64) -> MeanInterval {
    stats::mean_interval(trucks, confidence).within((0.0, f64::INFINITY))
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
        let found = interval(&m.trucks, confidence);
        let row = frame.row().text(&alternative.name).text(&m.from).text(&m.to);
        row.real(found.mean).real(found.lower).real(found.upper).end();
    }
    (table, frame)
}

#[cfg(test)]
mod tests {
    use super::super::whole;
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
            told.ends_with("; 40 times one is returned, and 20 times one sets out again"),
            "{told}"
        );
        let one = [moves("dispatched", "gate", &[9.0]), moves("gate", "delivered", &[8.0])];
        assert_eq!(title(&one, &["gate"], &[], 0.95), "Of 9 trucks that set out 8 deliver");
        let waiting = [
            moves("dispatched", "gate", &[90.0]),
            moves("dispatched", "held", &[10.0]),
            moves("gate", "delivered", &[50.0]),
            moves("gate", STILL, &[40.0]),
        ];
        assert_eq!(
            title(&waiting, &["gate"], &[], 0.95),
            "Of 100 trucks that set out 50 deliver; next most are still at gate at the end: 40"
        );
    }

    #[test]
    fn those_who_are_still_on_the_way_leave_the_place_where_they_are() {
        let columns = vec![
            words("alternative", ""),
            whole("replication", "", ""),
            words("place", ""),
            real("trucks", "", ""),
        ];
        let table = numbers_of("backlog", 3, columns);
        let mut frame = Frame::new(&table);
        for (replication, place, trucks) in [
            (1, "gate", 3.0),
            (1, "held", 4.0),
            (2, "gate", 1.0),
            (2, "held", 0.0),
            (2, "quota", 0.0),
        ] {
            frame.row().text("a").whole(replication).text(place).real(trucks).end();
        }
        let left = left_over(&frame, "a", 2);
        let told: Vec<(&str, &str, f64)> = left.iter().map(|m| (m.from.as_str(), m.to.as_str(), m.mean())).collect();
        assert_eq!(told, [("gate", STILL, 2.0), (START, "held", 2.0)]);
    }
}
