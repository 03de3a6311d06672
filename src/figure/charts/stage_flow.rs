//! The flow through the stages, from above, as wide as what passes, with what leaves it on the way (after Sankey).

mod tips;

use super::super::colour::{Colour, INK, MUTED};
use super::super::numbers::Measure;
use super::super::page::{self, GAP, HAIR, Heading, MARGIN, Page, SMALL, Width};
use super::super::scene::{Frame, Mark, Point, Scene, Stroke, Text};
use super::super::text::{self, Weight};

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
    let left = MARGIN + names + 2.0 * GAP;
    let right = page.scene.width - MARGIN - room * if chart.width.is_wide() { 0.3 } else { 0.45 };
    page.scene.text(Text::new(
        (MARGIN, page.top + 6.0),
        measure.axis_title(chart.quantity),
        SMALL,
        MUTED,
    ));
    page.top += 14.0;
    let last = places.len().saturating_sub(1);
    for (index, place) in places.iter_mut().enumerate() {
        place.top = page.top;
        let ends = place.leaving.iter().filter(|l| l.to.is_none()).count() as f64;
        let least = if index == last { 3.0 * LINE } else { PITCH };
        page.top += least.max(BAR + STUB + LINE * ends + 6.0);
    }
    let drawing = Drawing::of(&places, left, right);
    drawing.ribbons(&mut page, &places);
    for place in &places {
        drawing.bar(&mut page, place);
        drawing.ends(&mut page, place, right, &told);
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

/// Where everything lies to the right.
struct Drawing {
    left: f64,
    /// Points of width to one of amount.
    scale: f64,
    /// By row: what passes the place on its way from one before to one after, (from, to, left edge, amount).
    passing: Vec<Vec<(usize, usize, f64, f64)>>,
}

impl Drawing {
    fn of(places: &[Place], left: f64, right: f64) -> Drawing {
        let passing = |row: usize| -> Vec<(usize, usize, f64)> {
            // The nearest first, as they come and as they leave, so that none cross.
            let before = places.iter().enumerate().take(row).rev();
            let links = before.flat_map(|(from, place)| place.leaving.iter().filter_map(move |l| Some((from, l.to?, l.amount))));
            links.filter(|(_, to, _)| *to > row).collect()
        };
        let rows: Vec<_> = (0..places.len()).map(passing).collect();
        let total = |row: usize| places[row].amount + rows[row].iter().map(|p| p.2).sum::<f64>();
        let most = (0..places.len()).map(total).fold(0.0, f64::max);
        let beside = rows.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let scale = if most > 0.0 {
            ((right - left - 2.0 * GAP - APART * beside) / most).max(0.0)
        } else {
            0.0
        };
        let laid = rows.into_iter().enumerate().map(|(row, links)| {
            let mut x = left + places[row].amount * scale + APART;
            let mut laid = Vec::new();
            for (from, to, amount) in links {
                laid.push((from, to, x, amount));
                x += amount * scale + APART;
            }
            laid
        });
        Drawing {
            left,
            scale,
            passing: laid.collect(),
        }
    }

    fn wide(&self, amount: f64) -> f64 {
        (amount * self.scale).max(THINNEST)
    }

    /// Left edge of what leaves a place, by its index.
    fn leaving(&self, place: &Place, which: usize) -> f64 {
        self.left + place.leaving[..which].iter().map(|l| l.amount * self.scale).sum::<f64>()
    }

    /// Left edge of what comes to a place from another: the nearest comes first.
    fn coming(&self, places: &[Place], from: usize, to: usize) -> f64 {
        let between = places[from + 1..to].iter();
        let nearer = between
            .flat_map(|place| &place.leaving)
            .filter(|l| l.to == Some(to))
            .map(|l| l.amount);
        self.left + nearer.sum::<f64>() * self.scale
    }

    /// What goes from place to place, row by row.
    fn ribbons(&self, page: &mut Page, places: &[Place]) {
        for (from, place) in places.iter().enumerate() {
            for (which, link) in place.leaving.iter().enumerate() {
                let Some(to) = link.to else { continue };
                let mut x = self.leaving(place, which);
                for row in from..to {
                    let next = if row + 1 == to {
                        self.coming(places, from, to)
                    } else {
                        self.passed(row + 1, from, to)
                    };
                    let (top, bottom) = (places[row].top + BAR, places[row + 1].top);
                    self.ribbon(page, (x, top), (next, bottom), link.amount);
                    if row + 1 < to {
                        // Straight on beside the bar of the place that is passed.
                        self.ribbon(page, (next, bottom), (next, bottom + BAR), link.amount);
                    }
                    x = next;
                }
            }
        }
    }

    fn passed(&self, row: usize, from: usize, to: usize) -> f64 {
        let found = self.passing[row].iter().find(|p| p.0 == from && p.1 == to);
        found.map_or(self.left, |p| p.2)
    }

    /// A ribbon whose left edge runs from one point down to another.
    fn ribbon(&self, page: &mut Page, from: Point, to: Point, amount: f64) {
        const STEPS: usize = 14;
        let at = |k: usize| {
            let t = k as f64 / STEPS as f64;
            let eased = t * t * (3.0 - 2.0 * t);
            (from.0 + (to.0 - from.0) * eased, from.1 + (to.1 - from.1) * t)
        };
        let wide = self.wide(amount);
        let down = (0..=STEPS).map(at);
        let up = (0..=STEPS).rev().map(at).map(|(x, y)| (x + wide, y));
        page.scene.push(Mark::Area {
            points: down.chain(up).collect(),
            fill: Colour::class(0).with_alpha(0.3),
        });
    }

    fn bar(&self, page: &mut Page, place: &Place) {
        let frame = Frame {
            left: self.left,
            right: self.left + self.wide(place.amount),
            top: place.top,
            bottom: place.top + BAR,
        };
        page.scene.push(Mark::Rect {
            frame,
            fill: Colour::class(0),
            crisp: false,
        });
    }

    /// What leaves for good below a bar, each with a line to its words at the right: the rightmost to the uppermost, so that none cross.
    fn ends(&self, page: &mut Page, place: &Place, right: f64, told: &dyn Fn(f64) -> String) {
        let to = page.scene.width - MARGIN;
        let mut baseline = place.top + BAR + STUB + 5.0;
        let ends: Vec<usize> = (0..place.leaving.len()).filter(|&k| place.leaving[k].to.is_none()).collect();
        for &which in ends.iter().rev() {
            let end = &place.leaving[which];
            let (x, wide) = (self.leaving(place, which), self.wide(end.amount));
            let (colour, ink) = if end.is_aim {
                (Colour::class(2), Colour::class(2).readable(4.5))
            } else {
                (MUTED, INK)
            };
            let (top, bottom) = (place.top + BAR, place.top + BAR + STUB);
            let tip = (x + wide / 2.0, bottom + 3.0_f64.min(wide / 2.0));
            page.scene.push(Mark::Area {
                points: vec![(x, top), (x + wide, top), (x + wide, bottom), tip, (x, bottom)],
                fill: colour.with_alpha(if end.is_aim { 0.75 } else { 0.45 }),
            });
            let middle = baseline - text::CAP_HEIGHT * SMALL / 2.0;
            page.scene.push(Mark::Polyline {
                points: vec![(tip.0, tip.1.min(middle)), (tip.0, middle), (right - 2.0, middle)],
                stroke: Stroke::solid(MUTED.with_alpha(0.7), HAIR),
            });
            let number = told(end.amount);
            let room = to - right - GAP - text::width(&number, SMALL, Weight::Regular);
            let name = text::fit(&end.name, SMALL, Weight::SemiBold, room.max(20.0));
            let after = right + text::width(&name, SMALL, Weight::SemiBold) + GAP;
            page.scene.text(Text::new((right, baseline), name, SMALL, ink).semibold());
            let number = text::fit(&number, SMALL, Weight::Regular, to - after);
            page.scene.text(Text::new((after, baseline), number, SMALL, INK));
            baseline += LINE;
        }
    }
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
