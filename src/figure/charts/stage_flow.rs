//! The flow through the stages, from above, as wide as what passes, with what leaves it on the way (after Sankey).

mod drawing;
mod tips;

use super::super::colour::{INK, MUTED};
use super::super::numbers::Measure;
use super::super::page::{self, GAP, Heading, MARGIN, Page, SMALL, Width};
use super::super::scene::{Scene, Text};
use super::super::text::{self, Weight};
use drawing::Drawing;

/// Height of the bar of a place.
const BAR: f64 = 8.0;
/// From one bar to the next, at least.
const PITCH: f64 = 38.0;
/// Height of what leaves, below its bar.
const STUB: f64 = 9.0;
/// Height of a line of text.
const LINE: f64 = 9.0;
/// Between what passes side by side.
const APART: f64 = 4.0;
/// Nothing is drawn thinner.
const THINNEST: f64 = 0.5;

/// What goes from one place to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move<'a> {
    /// From where.
    pub from: &'a str,
    /// To where: a place further on, a place before (it comes again), or an end.
    pub to: &'a str,
    /// How much; what is not above 0 is left out.
    pub amount: f64,
}

/// The chart, from the table `flows` of one alternative: `from`, `to`, and `trucks` or `tonnes`, each the mean over `replication`; a pair that a
/// replication does not have is 0 there.
#[derive(Clone, Debug)]
pub struct StageFlow<'a> {
    /// The words round it. The chart explains its shares by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What moves: "Trucks".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// The places in the order in which they are passed: `dispatched`, then the stages.
    pub places: &'a [&'a str],
    /// The end that is the aim, drawn in colour: `delivered`.
    pub aim: &'a str,
    /// What moves; from what is not among the places is left out.
    pub moves: &'a [Move<'a>],
}

/// Something that leaves a place.
struct Leaving {
    /// Index of the place it goes to; none for an end.
    to: Option<usize>,
    /// What is said of an end.
    name: String,
    is_aim: bool,
    amount: f64,
}

/// One place.
struct Place<'a> {
    name: &'a str,
    /// What comes or goes, whichever is more.
    amount: f64,
    /// Forward first, the nearest first; then ends, the greatest first.
    leaving: Vec<Leaving>,
    /// Upper edge of its bar, when laid.
    top: f64,
}

/// Draws the flow through the stages.
pub fn stage_flow(chart: &StageFlow) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let mut places = places(chart);
    let all = places.iter().map(|p| p.amount).fold(0.0, f64::max);
    let measure = Measure::of((0.0, if all > 0.0 { all } else { 1.0 }), chart.unit);
    let measure = Measure {
        decimals: usize::from(all < 50.0 * measure.factor),
        ..measure
    };
    let first = places.first().map_or(0.0, |p| p.amount);
    let told = |amount: f64| match amount / first {
        share if share.is_finite() && (share - 1.0).abs() > 1e-9 => format!("{} ({})", measure.bare(amount), share_of(share)),
        _ => measure.bare(amount),
    };
    let room = page.scene.width - 2.0 * MARGIN;
    let numbers: Vec<String> = places.iter().map(|p| told(p.amount)).collect();
    let most = room * if chart.width.is_wide() { 0.3 } else { 0.26 };
    let names = page::widest(places.iter().map(|p| p.name), SMALL, Weight::SemiBold).min(most);
    // Numbers are never cut.
    let names = names.max(page::widest(numbers.iter().map(String::as_str), SMALL, Weight::Regular) + 0.5);
    let right = page.scene.width - MARGIN - room * if chart.width.is_wide() { 0.3 } else { 0.45 };
    // Where bars would be no wider than words, the names stand above them, if the page is high enough.
    let beside = MARGIN + names + 2.0 * GAP;
    let mut bottom = page.top;
    lay(&mut places, &mut bottom, true);
    let is_above = right - beside < 0.3 * room && bottom < page::TALLEST - NOTES;
    let left = if is_above { MARGIN } else { beside };
    page.scene.text(Text::new(
        (MARGIN, page.top + 6.0),
        measure.axis_title(chart.quantity),
        SMALL,
        MUTED,
    ));
    page.top += 14.0;
    lay(&mut places, &mut page.top, is_above);
    let drawing = Drawing::of(&places, left, right);
    drawing.ribbons(&mut page, &places);
    for place in &places {
        drawing.bar(&mut page, place);
        drawing.ends(&mut page, place, right, &told);
        if is_above {
            above(&mut page, place, &told(place.amount));
            continue;
        }
        let lines = text::wrap(place.name, SMALL, Weight::SemiBold, names, 2);
        let mut baseline = place.top + BAR / 2.0 + text::CAP_HEIGHT * SMALL / 2.0;
        for words in lines {
            page.scene.text(Text::new((MARGIN, baseline), words, SMALL, INK).semibold());
            baseline += LINE;
        }
        page.scene.text(Text::new((MARGIN, baseline), told(place.amount), SMALL, MUTED));
    }
    let full = |amount: f64| format!("{} ({} of what comes in)", measure.full(amount), share_of(amount / first));
    drawing.tips(&mut page, &places, right, &full);
    if first > 0.0 {
        page.explain("In brackets: shares of what comes in at the top. Widths as the amounts.");
    } else {
        page.explain("Nothing moves.");
    }
    page.close(in_words(chart, &places, &measure))
}

/// Room of the notes below.
const NOTES: f64 = 70.0;

/// Puts places one below the other, from `top` on, which is then where the last ends.
fn lay(places: &mut [Place], top: &mut f64, is_above: bool) {
    let last = places.len().saturating_sub(1);
    for (index, place) in places.iter_mut().enumerate() {
        if is_above {
            *top += LINE + 1.0;
        }
        place.top = *top;
        let ends = place.leaving.iter().filter(|l| l.to.is_none()).count() as f64;
        let least = match (index == last, is_above) {
            (true, true) => BAR + STUB,
            (true, false) => 3.0 * LINE,
            (false, true) => PITCH - LINE,
            (false, false) => PITCH,
        };
        *top += least.max(BAR + STUB + LINE * ends + 6.0);
    }
}

/// The name of a place and its number above its bar.
fn above(page: &mut Page, place: &Place, number: &str) {
    let (baseline, right) = (place.top - 2.5, page.scene.width - MARGIN);
    let room = right - MARGIN - GAP - text::width(number, SMALL, Weight::Regular);
    let name = text::fit(place.name, SMALL, Weight::SemiBold, room.max(20.0));
    let after = MARGIN + text::width(&name, SMALL, Weight::SemiBold) + GAP;
    page.scene.text(Text::new((MARGIN, baseline), name, SMALL, INK).semibold());
    page.scene.text(Text::new((after, baseline), number, SMALL, INK));
}

/// A share in per cent, with a decimal where it is small.
fn share_of(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.05 {
        return "under 0.1\u{a0}%".to_owned();
    }
    let decimals = usize::from(percent > 0.0 && percent < 9.95);
    format!("{}\u{a0}%", super::super::grouped(percent, decimals))
}

fn places<'a>(chart: &StageFlow<'a>) -> Vec<Place<'a>> {
    let index = |name: &str| chart.places.iter().position(|place| *place == name);
    let moves = || chart.moves.iter().filter(|m| m.amount > 0.0 && m.amount.is_finite());
    let place = |(own, name): (usize, &&'a str)| {
        let coming: f64 = moves()
            .filter(|m| m.to == *name && index(m.from).is_some_and(|i| i < own))
            .map(|m| m.amount)
            .sum();
        let mut leaving: Vec<Leaving> = moves()
            .filter(|m| m.from == *name)
            .map(|m| {
                let to = index(m.to);
                let again = to.is_some_and(|to| to <= own);
                Leaving {
                    to: to.filter(|_| !again),
                    name: if again { format!("again to {}", m.to) } else { m.to.to_owned() },
                    is_aim: m.to == chart.aim,
                    amount: m.amount,
                }
            })
            .collect();
        let rank = |l: &Leaving| l.to.unwrap_or(usize::MAX);
        leaving.sort_by(|a, b| {
            rank(a)
                .cmp(&rank(b))
                .then(b.is_aim.cmp(&a.is_aim))
                .then(b.amount.total_cmp(&a.amount))
        });
        Place {
            name,
            amount: coming.max(leaving.iter().map(|l| l.amount).sum()),
            leaving,
            top: 0.0,
        }
    };
    chart.places.iter().enumerate().map(place).collect()
}

fn in_words(chart: &StageFlow, places: &[Place], measure: &Measure) -> String {
    let said = places.iter().map(|place| {
        let ends = place
            .leaving
            .iter()
            .filter(|l| l.to.is_none())
            .map(|l| format!("{} {}", l.name, measure.full(l.amount)));
        let ends: Vec<String> = ends.collect();
        let left = if ends.is_empty() {
            String::new()
        } else {
            format!("; of these {}", ends.join(", "))
        };
        format!("{}: {}{left}.", place.name, measure.full(place.amount))
    });
    format!("{} through the stages. {}", chart.quantity, said.collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart<'a>(moves: &'a [Move<'a>]) -> StageFlow<'a> {
        StageFlow {
            heading: Heading::default(),
            width: Width::Page,
            quantity: "Trucks",
            unit: "trucks",
            places: &["dispatched", "gate", "scan"],
            aim: "delivered",
            moves,
        }
    }

    const fn goes<'a>(from: &'a str, to: &'a str, amount: f64) -> Move<'a> {
        Move { from, to, amount }
    }

    #[test]
    fn what_comes_again_counts_as_leaving_and_not_as_coming() {
        let moves = [
            goes("dispatched", "gate", 90.0),
            goes("dispatched", "scan", 10.0),
            goes("gate", "scan", 60.0),
            goes("gate", "returned", 30.0),
            goes("scan", "delivered", 50.0),
            goes("scan", "gate", 20.0),
        ];
        let places = places(&chart(&moves));
        let amounts: Vec<f64> = places.iter().map(|p| p.amount).collect();
        assert_eq!(amounts, [100.0, 90.0, 70.0]);
        let words: Vec<&str> = places[2].leaving.iter().map(|l| l.name.as_str()).collect();
        assert_eq!(words, ["delivered", "again to gate"]);
        assert_eq!(places[0].leaving.iter().map(|l| l.to).collect::<Vec<_>>(), [Some(1), Some(2)]);
    }

    #[test]
    fn shares_are_told_with_a_decimal_where_they_are_small() {
        assert_eq!([0.412, 0.0049, 0.0].map(share_of), ["41\u{a0}%", "0.5\u{a0}%", "0\u{a0}%"]);
    }
}
