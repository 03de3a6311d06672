//! A forest: differences from something that stands at 0, a row each, with the interval of each alone and the interval of all at once.

use super::super::colour::{Colour, MUTED};
use super::super::numbers::{Measure, holding};
use super::super::page::{Heading, Page, SMALL, Width};
use super::super::scene::{Anchor, Scene, Text};
use super::rows::{self, Column, Placed, Rows};
use super::shapes::{self, Shape, Value};

/// One difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect<'a> {
    /// Of what: an alternative, a driver, a setting.
    pub name: &'a str,
    /// The heading under which it stands; empty for none. Rows of one group follow one another.
    pub group: &'a str,
    /// The difference; NaN where there is none.
    pub difference: f64,
    /// Ends of the interval that holds for it alone; NaN where there is none.
    pub alone: [f64; 2],
    /// Ends of the interval that holds together with those of all other rows; NaN where there is none.
    pub at_once: [f64; 2],
    /// Replications, or pairs of them, that it comes from.
    pub n: usize,
}

impl Effect<'_> {
    /// The interval for all at once, or, where there is none, its own; NaN where there is neither.
    fn ends(&self) -> [f64; 2] {
        if self.at_once[0].is_finite() { self.at_once } else { self.alone }
    }

    /// Whether 0 lies beyond its interval.
    fn differs(&self) -> bool {
        let [lower, upper] = self.ends();
        lower > 0.0 || upper < 0.0
    }

    /// Whether it is the same as the reference in every replication.
    fn is_none(&self) -> bool {
        self.ends().into_iter().chain([self.difference]).all(|x| x.abs() <= 0.0)
    }

    /// Whether there is an interval, which holds 0.
    fn is_open(&self) -> bool {
        self.ends().iter().all(|end| end.is_finite()) && !self.differs()
    }
}

/// The chart. Differences of alternatives from the reference come from the table `comparison`, rows of one `response` with `statistic` = `mean`:
/// `alternative`, `difference`, `lower` and `upper` (alone), the ends of the interval for all alternatives at once, `n`, `unit`. Effects of drivers
/// (what each development does to a response while the others are left out) come from the same table of a study with one alternative a driver.
#[derive(Clone, Debug)]
pub struct Forest<'a> {
    /// The words round it. The chart explains its marks and says n and confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What differs: "Difference in delivered aid from baseline-2026".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// What lies to the left of 0, and to the right: `["delivers less", "delivers more"]`; may be empty.
    pub sides: [&'a str; 2],
    /// Confidence of all intervals, 0 to 1.
    pub confidence: f64,
    /// The rows, from above.
    pub effects: &'a [Effect<'a>],
}

/// Draws differences as a forest.
pub fn forest(chart: &Forest) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let ends = chart
        .effects
        .iter()
        .flat_map(|e| [e.difference, e.alone[0], e.alone[1], e.at_once[0], e.at_once[1]]);
    let range = holding(ends.chain([0.0]));
    // What is called a difference is not told as none.
    let sure = chart.effects.iter().filter(|e| e.differs());
    let sure = sure.flat_map(|e| [e.difference, e.ends()[0], e.ends()[1]]);
    let measure = Measure::of(range, chart.unit).telling(sure.map(|value| (0.0, value)));
    let percent = percent(chart.confidence);
    let columns = vec![
        Column {
            head: rows::head(chart.width, "difference", &measure),
            cells: (chart.effects.iter())
                .map(|e| rows::told(e.difference, |v| rows::signed(&measure, v)))
                .collect(),
        },
        Column {
            head: format!("{percent} interval"),
            cells: chart.effects.iter().map(|e| rows::interval(&measure, e.ends())).collect(),
        },
    ];
    let names = chart.effects.iter().map(|e| e.name).collect();
    let rows = Rows {
        groups: chart.effects.iter().map(|e| e.group).collect(),
        ..Rows::on_one_scale(names, range, &measure, columns, measure.axis_title(chart.quantity))
    };
    page.top += if chart.sides.iter().all(|side| side.is_empty()) { 0.0 } else { 4.0 };
    for placed in rows.lay(&mut page) {
        for (effect, y) in chart.effects.iter().zip(&placed.middles) {
            shapes::value(&mut page, &placed.plot, *y, &drawn(effect));
        }
        sides(&mut page, &placed, chart.sides);
    }
    explain(&mut page, chart, &percent);
    page.close(in_words(chart, &measure))
}

/// A confidence as a reader says it.
pub(super) fn percent(confidence: f64) -> String {
    let shown = (confidence * 1000.0).round() / 10.0;
    format!("{shown}\u{a0}%")
}

fn drawn(effect: &Effect) -> Value {
    let has_both = effect.at_once[0].is_finite();
    Value {
        at: effect.difference,
        ends: effect.ends(),
        inner: if has_both { effect.alone } else { [f64::NAN; 2] },
        shape: if effect.differs() { Shape::Dot } else { Shape::Ring },
        colour: if effect.differs() { Colour::class(0) } else { MUTED },
    }
}

/// Which side of 0 is which, above the plot, where both have room.
fn sides(page: &mut Page, placed: &Placed, [left, right]: [&str; 2]) {
    let frame = placed.plot.frame;
    let (x, y) = (placed.plot.x(0.0), frame.top - 3.0);
    let texts = [
        Text::new((x - 4.0, y), format!("← {left}"), SMALL, MUTED).anchored(Anchor::End),
        Text::new((x + 4.0, y), format!("{right} →"), SMALL, MUTED),
    ];
    let boxes = texts.each_ref().map(Text::extent);
    let taken: Vec<_> = page.scene.texts().into_iter().map(Text::extent).collect();
    let is_free = |own: &super::super::scene::Frame| {
        own.left >= frame.left - 2.0 && own.right <= frame.right + 2.0 && !taken.iter().any(|t| t.grown(1.0).overlaps(own))
    };
    if !left.is_empty() && !right.is_empty() && boxes.iter().all(is_free) {
        for text in texts {
            page.scene.text(text);
        }
    }
}

fn explain(page: &mut Page, chart: &Forest, percent: &str) {
    let count = chart.effects.iter().filter(|e| e.at_once[0].is_finite()).count();
    if count > 1 {
        let all = if count == 2 { "both".to_owned() } else { format!("all {count}") };
        page.explain(format!(
            "Thick: {percent} interval of each alone; thin: intervals that hold for {all} at once with {percent} confidence."
        ));
    } else if chart.effects.iter().any(|e| e.alone[0].is_finite() || e.at_once[0].is_finite()) {
        page.explain(format!("Lines: {percent} intervals."));
    }
    if chart.effects.iter().any(|e| e.difference.is_finite() && e.differs()) {
        page.explain("Full dots: differ from 0.");
    }
    if chart
        .effects
        .iter()
        .any(|e| e.difference.is_finite() && e.is_open() && !e.is_none())
    {
        page.explain("Rings: not distinguishable from 0.");
    }
    if chart.effects.iter().any(Effect::is_none) {
        page.explain("Rings on 0 without a line: the same in every replication.");
    }
    if chart
        .effects
        .iter()
        .any(|e| e.difference.is_finite() && !e.differs() && !e.is_open())
    {
        page.explain("Rings without a line: too few replications for an interval, so that nothing is said.");
    }
    page.explain(rows::sizes(chart.effects.iter().map(|e| e.n)));
}

fn in_words(chart: &Forest, measure: &Measure) -> String {
    let row = |e: &Effect| {
        if e.difference.is_finite() {
            let found = match (e.differs(), e.is_open()) {
                (true, _) => "",
                _ if e.is_none() => ", the same in every replication",
                (false, true) => ", not distinguishable from 0",
                (false, false) => ", too few replications for an interval",
            };
            format!(
                "{}: {} ({}){found}.",
                e.name,
                measure.with_unit(&rows::signed(measure, e.difference)),
                rows::interval(measure, e.ends())
            )
        } else {
            format!("{}: no value.", e.name)
        }
    };
    let said: Vec<String> = chart.effects.iter().map(row).collect();
    format!("{}. {}", measure.axis_title(chart.quantity), said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(effects: &[Effect]) -> (Scene, String) {
        let scene = forest(&Forest {
            heading: Heading::default(),
            width: Width::Page,
            quantity: "Difference",
            unit: "t",
            sides: ["", ""],
            confidence: 0.95,
            effects,
        });
        let said: Vec<&str> = scene.texts().iter().map(|text| text.content.as_str()).collect();
        let said = said.join(" ");
        (scene, said)
    }

    fn effect(name: &str, difference: f64, half: f64) -> Effect<'_> {
        let ends = [difference - half, difference + half];
        Effect {
            name,
            group: "",
            difference,
            alone: ends,
            at_once: ends,
            n: 9,
        }
    }

    #[test]
    fn what_is_the_same_in_every_replication_is_not_called_indistinguishable() {
        let (scene, said) = drawn(&[effect("a", 3.0, 1.0), effect("b", 0.0, 0.0)]);
        let text = crate::figure::svg(&scene);
        assert!(
            said.contains("the same in every replication") && !said.contains("not distinguishable"),
            "{said}"
        );
        assert!(text.contains("the same in every replication.") && !text.contains("not distinguishable"));
    }

    #[test]
    fn what_has_no_interval_is_not_called_indistinguishable() {
        let (scene, said) = drawn(&[effect("a", 5.0, 1.0), effect("b", 3.0, f64::NAN)]);
        assert!(
            !said.contains("not distinguishable") && said.contains("Rings without a line: too few replications"),
            "{said}"
        );
        assert!(
            scene
                .description
                .contains("b: +3.00\u{a0}t (–), too few replications for an interval."),
            "{}",
            scene.description
        );
        let (_, said) = drawn(&[effect("a", 5.0, 7.0)]);
        assert!(
            said.contains("Rings: not distinguishable from 0.") && !said.contains("without a line"),
            "{said}"
        );
    }

    #[test]
    fn a_sure_difference_is_not_written_as_none_beside_a_large_one() {
        let (scene, _) = drawn(&[effect("large", 60_000.0, 900.0), effect("small", 0.4, 0.3)]);
        assert!(
            scene.description.contains("small: +0.4\u{a0}t (0.1 to 0.7)"),
            "{}",
            scene.description
        );
    }
}
