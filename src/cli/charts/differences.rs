//! How every alternative differs from the reference, a picture for each response that a study asks for.

use super::super::numbers::{of_differences, plain_percent};
use super::answer::shown_in;
use super::lead::{called, choice, with_unit};
use super::place::{Place, exact};
use super::source::Alternative;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole, words};
use crate::experiment::{AgainstReference, Decided, Decision};
use crate::figure::charts::{Effect, Forest, forest};
use crate::scenario::Scenario;
use crate::stats::{Better, Estimate};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "differences",
    shows: "how every alternative differs from the reference by each response that the study asks for, with its interval alone and for all at once; \
            alternatives that switch developments on stand under these, so that it shows the effect of each driver",
    when: "the answer of a study by `rafah compare`, and a response by which an alternative differs from the reference in at least one of two replications",
    tables: &["decision", "comparison"],
    also: &[],
    of_study: true,
    draw: |easel| Ok(draw(easel)),
};

/// An alternative with what tells it from the reference.
struct Row<'a> {
    name: &'a str,
    development: String,
    against: AgainstReference,
}

fn draw(easel: &Easel) -> Vec<Picture> {
    let Some(answer) = easel.answer() else { return Vec::new() };
    let pictures = answer.responses.iter().filter_map(|decided| picture(easel, answer, decided));
    pictures.collect()
}

/// The differences by one response; none where nothing ever differs.
fn picture(easel: &Easel, answer: &Decision, decided: &Decided) -> Option<Picture> {
    let (scale, unit) = shown_in(decided);
    let unit = of_differences(unit);
    let rows = rows(easel, answer, decided, scale);
    if rows.iter().all(|row| is_nothing(&row.against)) {
        return None;
    }
    let reference = &answer.names[answer.reference];
    let effects: Vec<Effect> = rows.iter().map(effect).collect();
    let quantity = format!("Difference in {} from {reference}", called(decided));
    let chart = Forest {
        heading: easel.heading(
            title(easel, answer, (decided, unit), &rows),
            format!("Mean of each alternative less that of {reference}, replication by replication, under the same random numbers"),
            None,
        ),
        width: easel.width,
        quantity: &quantity,
        unit,
        sides: match decided.better {
            Some(Better::Greater) => ["less", "more is better"],
            Some(Better::Less) => ["less is better", "more"],
            None => ["less", "more"],
        },
        confidence: answer.confidence,
        effects: &effects,
    };
    Some(Picture {
        name: format!("differences-{}", decided.response.name),
        scene: forest(&chart),
        numbers: numbers(&decided.response.name, unit, &effects),
    })
}

/// The alternatives that are drawn and held against the reference, in units in which they are drawn: in the order of the study, those of one
/// development one after the other.
fn rows<'a>(easel: &'a Easel, answer: &'a Decision, decided: &Decided, scale: f64) -> Vec<Row<'a>> {
    let drawn = easel.source.shown.iter().zip(easel.alternatives());
    let reference = &easel.alternatives()[easel.source.reference()].loaded.scenario;
    let row = |(&i, alternative): (&usize, &Alternative)| {
        let against = decided.standings[i].against_reference.clone()?;
        Some(Row {
            name: &answer.names[i],
            development: development(&alternative.loaded.scenario, reference),
            against: scaled(against, scale),
        })
    };
    let mut rows: Vec<Row> = drawn.filter_map(row).collect();
    if rows.iter().any(|row| !row.development.is_empty()) {
        for row in rows.iter_mut().filter(|row| row.development.is_empty()) {
            "Other changes".clone_into(&mut row.development);
        }
    }
    let first = |of: &str| rows.iter().position(|row| row.development == of);
    let places: Vec<Option<usize>> = rows.iter().map(|row| first(&row.development)).collect();
    let mut placed: Vec<(Option<usize>, Row)> = places.into_iter().zip(rows).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, row)| row).collect()
}

fn scaled(mut against: AgainstReference, scale: f64) -> AgainstReference {
    for of in [&mut against.difference, &mut against.at_once.difference] {
        *of = of.times(scale);
    }
    against
}

/// The development by which a scenario differs from the reference: the driver or the contingents that only one of them has, or has so. Empty where
/// neither differs.
fn development(of: &Scenario, reference: &Scenario) -> String {
    let known = |name: &str, title: &str| if title.is_empty() { name.to_owned() } else { title.to_owned() };
    let mut found = Vec::new();
    for driver in &of.drivers {
        if !reference.drivers.contains(driver) {
            found.push(known(&driver.name, &driver.title));
        }
    }
    for driver in &reference.drivers {
        if of.drivers.iter().all(|own| own.name != driver.name) {
            found.push(format!("Without: {}", known(&driver.name, &driver.title)));
        }
    }
    if of.contingents != reference.contingents {
        let names: Vec<&str> = of.contingents.iter().map(|contingent| contingent.name.as_str()).collect();
        found.push(if names.is_empty() {
            "Without contingents".to_owned()
        } else {
            format!("Contingents: {}", names.join(", "))
        });
    }
    match found.as_slice() {
        [] | [_] => found.concat(),
        _ => "Several developments".to_owned(),
    }
}

/// Whether an alternative is the same as the reference in every replication.
fn is_nothing(against: &AgainstReference) -> bool {
    let of = &against.difference;
    [of.value, of.lower, of.upper].iter().all(|x| x.abs() <= 0.0)
}

fn effect<'a>(row: &'a Row) -> Effect<'a> {
    let ends = |of: &Estimate| [of.lower, of.upper];
    Effect {
        name: row.name,
        group: &row.development,
        difference: row.against.difference.value,
        alone: ends(&row.against.difference),
        at_once: ends(&row.against.at_once.difference),
        n: row.against.n,
    }
}

fn numbers(response: &str, unit: &str, effects: &[Effect]) -> Numbers {
    let columns = vec![
        words("alternative", "name of the alternative"),
        words(
            "development",
            "by which it differs from the reference, where any scenario differs by one",
        ),
        words("response", "what is compared"),
        words("unit", "unit of the numbers; percentage points for shares"),
        real("difference", "", "mean of the alternative less that of the reference"),
        real("lower", "", "lower end of its interval, for itself"),
        real("upper", "", "upper end of it"),
        real(
            "at_once_lower",
            "",
            "lower end of the interval that holds for the differences of all alternatives at once",
        ),
        real("at_once_upper", "", "upper end of it"),
        whole("n", "replications", "those in which both have a value"),
    ];
    let table = numbers_of("differences", 1, columns);
    let mut frame = Frame::new(&table);
    let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    for effect in effects {
        let row = frame.row().text(effect.name).text_or_empty(some(effect.group).as_deref());
        let row = row.text(response).text_or_empty(some(unit).as_deref()).real(effect.difference);
        let row = effect.alone.into_iter().chain(effect.at_once).fold(row, crate::table::Row::real);
        row.whole(effect.n as i64).end();
    }
    (table, frame)
}

/// How an alternative lies to the reference, of all at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    Apart,
    Open,
    /// Nothing differs in any replication.
    Same,
    /// There is no interval to say.
    Unknown,
}

impl Lies {
    fn of(of: &Estimate) -> Lies {
        if [of.value, of.lower, of.upper].iter().all(|x| x.abs() <= 0.0) {
            Lies::Same
        } else if of.lower > 0.0 || of.upper < 0.0 {
            Lies::Apart
        } else if of.lower.is_finite() && of.upper.is_finite() {
            Lies::Open
        } else {
            Lies::Unknown
        }
    }
}

/// What a title says of the alternatives that are drawn, in order.
struct Told<'a> {
    called: &'a str,
    reference: &'a str,
    /// How many are held against the reference, drawn or not.
    all: usize,
    /// By alternative: its name, the size of the difference, how it lies, and amount and interval in words.
    rows: Vec<(&'a str, f64, Lies, (String, String))>,
}

fn title(easel: &Easel, answer: &Decision, (decided, unit): (&Decided, &str), rows: &[Row]) -> String {
    let (called, reference) = (called(decided), &answer.names[answer.reference]);
    // How many replications there are came of the numbers themselves, so that intervals say less.
    if easel.source.chosen_over().is_some() {
        return format!(
            "How much the alternatives differ from {reference} by {called}, in the replications that both have{}",
            choice(easel)
        );
    }
    let all = easel.source.all() - 1;
    let told = Told {
        called: &called,
        reference,
        all,
        rows: (rows.iter())
            .map(|row| {
                let of = &row.against.at_once.difference;
                let words = in_words(of, unit, (answer.confidence, all));
                (row.name, row.against.difference.value.abs(), Lies::of(of), words)
            })
            .collect(),
    };
    told.title()
}

/// `5,001 t more than` and ` (95 % interval 4,560 to 5,440 t, for all at once)`: the numbers that are drawn, of an interval that holds for so many at once.
fn in_words(of: &Estimate, unit: &str, (confidence, all): (f64, usize)) -> (String, String) {
    let width = of.upper - of.lower;
    let place = Place::of(of).off_zero(of.lower, of.upper);
    let size = |x: f64| if width > 0.0 { place.told(x.abs()) } else { exact(x.abs()) };
    let amount = match of.value {
        value if value > 0.0 => format!("{} more than", with_unit(&size(value), unit)),
        value if value < 0.0 => format!("{} less than", with_unit(&size(value), unit)),
        _ => "as much as".to_owned(),
    };
    if !width.is_finite() {
        return (amount, String::new());
    }
    if width <= 0.0 {
        return (amount, ", in every replication".to_owned());
    }
    let range = if of.lower < 0.0 && of.upper > 0.0 {
        let upper = with_unit(&size(of.upper), unit);
        format!("from {} less to {upper} more", with_unit(&size(of.lower), unit))
    } else {
        let (near, far) = if of.value < 0.0 {
            (of.upper, of.lower)
        } else {
            (of.lower, of.upper)
        };
        format!("{} to {}", size(near), with_unit(&size(far), unit))
    };
    let at_once = if all > 1 { ", for all at once" } else { "" };
    (amount, format!(" ({} interval {range}{at_once})", plain_percent(confidence)))
}

impl Told<'_> {
    /// How many alternatives differ from the reference, of all at once, and which most.
    fn title(&self) -> String {
        let Told {
            called, reference, all, ..
        } = self;
        let count = |kind: Lies| self.rows.iter().filter(|(_, _, lies, _)| *lies == kind).count();
        let (apart, unknown) = (count(Lies::Apart), count(Lies::Unknown));
        if let [(name, _, lies, (amount, interval))] = self.rows.as_slice() {
            return match lies {
                Lies::Apart => format!("By {called} {name} has {amount} {reference}{interval}"),
                Lies::Same => format!("By {called} {name} is the same as {reference} in every replication"),
                Lies::Open => format!("By {called} {name} is not distinguishable from {reference}: {amount} it{interval}"),
                Lies::Unknown => {
                    format!(
                        "By {called} {name} has {amount} {reference}, in too few replications for an interval: nothing is said of the difference"
                    )
                }
            };
        }
        let of = match self.rows.len() {
            shown if shown == *all => format!("{all} alternatives"),
            shown => format!("{shown} alternatives shown"),
        };
        let (together, neither) = match (self.rows.len(), all) {
            (2, 2) => ("both alternatives".to_owned(), "neither alternative".to_owned()),
            _ => (format!("all {of}"), format!("none of the {of}")),
        };
        let no_interval = match unknown {
            0 => String::new(),
            unknown if unknown == self.rows.len() => {
                return format!("By {called} there are too few replications to say whether an alternative differs from {reference}");
            }
            unknown => format!("; of {unknown} there are too few replications to say"),
        };
        let same: Vec<&str> = self.rows.iter().filter(|row| row.2 == Lies::Same).map(|row| row.0).collect();
        let the_same = match same.as_slice() {
            [] => String::new(),
            [one] => format!("; {one} is the same in every replication"),
            several if several.len() == self.rows.len() => {
                return format!("By {called} {together} are the same as {reference} in every replication");
            }
            several => format!("; {} are the same in every replication", several.len()),
        };
        let no_interval = the_same + &no_interval;
        let sure = self.rows.iter().filter(|(_, _, lies, _)| *lies == Lies::Apart);
        let Some((name, _, _, (amount, interval))) = sure.max_by(|a, b| a.1.total_cmp(&b.1)) else {
            let open: Vec<&str> = self.rows.iter().filter(|row| row.2 == Lies::Open).map(|row| row.0).collect();
            return match open.as_slice() {
                _ if same.is_empty() => format!("By {called} {neither} is distinguishable from {reference}{no_interval}"),
                [] => format!("By {called} none of the {of} is shown to differ from {reference}{no_interval}"),
                [one] => format!("By {called} {one} is not distinguishable from {reference}{no_interval}"),
                open => format!(
                    "By {called} {} of the {of} are not distinguishable from {reference}{no_interval}",
                    open.len()
                ),
            };
        };
        match apart {
            1 => format!("By {called} only {name} of the {of} is shown to differ from {reference}: {amount} it{interval}{no_interval}"),
            apart if apart == self.rows.len() => {
                format!("By {called} {together} differ from {reference}, {name} most: {amount} it{interval}")
            }
            apart => format!(
                "By {called} {apart} of the {of} are shown to differ from {reference}, {name} most: {amount} it{interval}{no_interval}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(all: usize, ends: &[[f64; 2]]) -> String {
        let names = ["a", "b", "c"];
        let row = |(name, [lower, upper]): (&&'static str, &[f64; 2])| {
            let of = Estimate {
                value: if lower.abs() <= 0.0 { 0.0 } else { 2.0 },
                lower: *lower,
                upper: *upper,
            };
            (*name, 2.0, Lies::of(&of), ("2 t more than".to_owned(), String::new()))
        };
        let told = Told {
            called: "tonnes delivered",
            reference: "base",
            all,
            rows: names.iter().zip(ends).map(row).collect(),
        };
        told.title()
    }

    #[test]
    fn where_there_is_no_interval_nothing_is_said_of_a_difference() {
        let none = [f64::NAN; 2];
        assert_eq!(
            told(1, &[none]),
            "By tonnes delivered a has 2 t more than base, in too few replications for an interval: nothing is said of the difference"
        );
        assert_eq!(
            told(3, &[none; 3]),
            "By tonnes delivered there are too few replications to say whether an alternative differs from base"
        );
        assert_eq!(
            told(3, &[[1.0, 3.0], [-1.0, 5.0], none]),
            "By tonnes delivered only a of the 3 alternatives is shown to differ from base: 2 t more than it; of 1 there are too few replications to say"
        );
        assert_eq!(
            told(2, &[[-1.0, 5.0], [-1.0, 5.0]]),
            "By tonnes delivered neither alternative is distinguishable from base"
        );
    }

    #[test]
    fn what_is_the_same_in_every_replication_is_not_called_indistinguishable() {
        assert_eq!(
            told(1, &[[0.0; 2]]),
            "By tonnes delivered a is the same as base in every replication"
        );
        assert_eq!(
            told(2, &[[-1.0, 5.0], [0.0; 2]]),
            "By tonnes delivered a is not distinguishable from base; b is the same in every replication"
        );
        assert_eq!(
            told(3, &[[1.0, 3.0], [0.0; 2], [0.0; 2]]),
            "By tonnes delivered only a of the 3 alternatives is shown to differ from base: 2 t more than it; 2 are the same in every replication"
        );
        assert_eq!(
            told(2, &[[0.0; 2]; 2]),
            "By tonnes delivered both alternatives are the same as base in every replication"
        );
    }

    #[test]
    fn a_title_tells_the_numbers_that_are_drawn() {
        let of = |value: f64, lower: f64, upper: f64| Estimate { value, lower, upper };
        let told = |of: Estimate, all: usize| {
            let (amount, interval) = in_words(&of, "t", (0.95, all));
            amount + &interval
        };
        assert_eq!(
            told(of(5_001.3, 4_559.0, 5_443.6), 3),
            "5,000 t more than (95 % interval 4,560 to 5,440 t, for all at once)"
        );
        assert_eq!(told(of(-23.1, -42.1, -4.1), 1), "23 t less than (95 % interval 4 to 42 t)");
        assert_eq!(
            told(of(1.0, -2.0, 4.0), 1),
            "1.0 t more than (95 % interval from 2.0 t less to 4.0 t more)"
        );
        assert_eq!(told(of(3.0, 3.0, 3.0), 1), "3 t more than, in every replication");
        assert_eq!(
            told(of(0.03, 0.004, 0.056), 1),
            "0.030 t more than (95 % interval 0.004 to 0.056 t)"
        );
    }
}
