//! How far each alternative may lie from the best of the others (multiple comparisons with the best, Hsu 1984).

use super::super::colour::{Colour, INK, MUTED};
use super::super::numbers::{Measure, holding};
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::forest::percent;
use super::rows::{self, Column, Rows};
use super::shapes::{self, Shape, Value};

/// One alternative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contender<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its mean; NaN where there is none.
    pub mean: f64,
    /// Ends of the interval of its mean less that of the best of the others; NaN where there is none.
    pub interval: [f64; 2],
    /// Whether no other is shown to be better.
    pub may_be_best: bool,
}

/// The chart, from the table `decision`, rows of one `response`: `alternative`, `mean`, `mcb_lower` and `mcb_upper`, `may_be_best`; `better`,
/// `unit`, `n` and `confidence` are the same in all rows.
#[derive(Clone, Debug)]
pub struct AgainstBest<'a> {
    /// The words round it. The chart explains its marks and says n and confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is held against the best: "Delivered aid".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Whether more of it is better.
    pub more_is_better: bool,
    /// Confidence of all intervals at once, 0 to 1.
    pub confidence: f64,
    /// Replications in which every alternative gave a value.
    pub n: usize,
    /// The alternatives, from above.
    pub contenders: &'a [Contender<'a>],
}

/// Draws intervals against the best of the others.
pub fn against_best(chart: &AgainstBest) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let lags: Vec<f64> = (0..chart.contenders.len()).map(|i| lag(chart, i)).collect();
    let ends = chart.contenders.iter().flat_map(|c| c.interval).chain(lags.iter().copied());
    let range = holding(ends.chain([0.0]));
    let verdicts: Vec<Verdict> = chart.contenders.iter().map(|c| verdict(chart, c)).collect();
    // What is called better or worse is not told as level.
    let sure = (lags.iter().zip(&verdicts)).filter(|(_, of)| matches!(of, Verdict::Best | Verdict::Behind));
    let measure = Measure::of(range, chart.unit).telling(sure.map(|(lag, _)| (0.0, *lag)));
    let percent = percent(chart.confidence);
    let columns = vec![
        Column {
            head: rows::head(chart.width, "difference", &measure),
            cells: lags.iter().map(|&lag| rows::told(lag, |v| rows::signed(&measure, v))).collect(),
        },
        Column {
            head: format!("{percent} interval"),
            cells: chart.contenders.iter().map(|c| rows::interval(&measure, c.interval)).collect(),
        },
    ];
    let names = chart.contenders.iter().map(|c| c.name).collect();
    let rows = Rows::on_one_scale(
        names,
        range,
        &measure,
        columns,
        measure.axis_title(&format!("{} less that of the best of the others", chart.quantity)),
    );
    let kinds = Verdict::ALL.into_iter().filter(|kind| verdicts.contains(kind));
    let kinds: Vec<(Shape, Colour, &str)> = kinds.map(|kind| (kind.shape(), kind.colour(), kind.words())).collect();
    shapes::key(&mut page, &kinds);
    for placed in rows.lay(&mut page) {
        for (i, y) in placed.middles.iter().enumerate() {
            let value = Value {
                at: lags[i],
                ends: chart.contenders[i].interval,
                inner: [f64::NAN; 2],
                shape: verdicts[i].shape(),
                colour: verdicts[i].colour(),
            };
            shapes::value(&mut page, &placed.plot, *y, &value);
        }
    }
    page.explain(format!(
        "Lines: how far ahead of the best of the others, or behind it, each may lie: {percent} intervals that hold for all at once (MCB). Where one alternative is shown to be ahead, or behind, its line ends at 0."
    ));
    page.explain(rows::sizes(std::iter::once(chart.n)));
    page.close(in_words(chart, &lags, &verdicts, &measure))
}

/// The mean of one less that of the best of the others.
fn lag(chart: &AgainstBest, own: usize) -> f64 {
    let others = chart.contenders.iter().enumerate().filter(|(i, c)| *i != own && c.mean.is_finite());
    let best = others
        .map(|(_, c)| c.mean)
        .reduce(|a, b| if chart.more_is_better { a.max(b) } else { a.min(b) });
    best.map_or(f64::NAN, |best| chart.contenders[own].mean - best)
}

/// What may be said of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Best,
    Open,
    Behind,
    Alone,
}

impl Verdict {
    const ALL: [Verdict; 4] = [Verdict::Best, Verdict::Open, Verdict::Behind, Verdict::Alone];

    fn shape(self) -> Shape {
        match self {
            Verdict::Best => Shape::Dot,
            Verdict::Open | Verdict::Alone => Shape::Ring,
            Verdict::Behind => Shape::Diamond,
        }
    }

    fn colour(self) -> Colour {
        match self {
            Verdict::Best | Verdict::Open => Colour::class(0),
            Verdict::Behind => MUTED,
            Verdict::Alone => INK,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Verdict::Best => "better than all others",
            Verdict::Open => "not distinguishable from the best",
            Verdict::Behind => "another is better",
            Verdict::Alone => "nothing to hold it against",
        }
    }
}

fn verdict(chart: &AgainstBest, of: &Contender) -> Verdict {
    let [lower, upper] = of.interval;
    let wins = if chart.more_is_better { lower >= 0.0 } else { upper <= 0.0 };
    match of.may_be_best {
        _ if !lower.is_finite() || !upper.is_finite() => Verdict::Alone,
        // Where all are the same their intervals are nothing but 0, and none is better.
        true if wins && upper - lower > 0.0 => Verdict::Best,
        true => Verdict::Open,
        false => Verdict::Behind,
    }
}

fn in_words(chart: &AgainstBest, lags: &[f64], verdicts: &[Verdict], measure: &Measure) -> String {
    let rows = chart.contenders.iter().zip(lags).zip(verdicts);
    let said: Vec<String> = rows
        .map(|((c, &lag), verdict)| {
            let lag = rows::told(lag, |v| measure.with_unit(&rows::signed(measure, v)));
            format!("{}: {lag} ({}), {}.", c.name, rows::interval(measure, c.interval), verdict.words())
        })
        .collect();
    format!("{} against the best of the others. {}", chart.quantity, said.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_is_held_against_the_second_and_all_others_against_the_best() {
        let of = |name, mean, interval, may_be_best| Contender {
            name,
            mean,
            interval,
            may_be_best,
        };
        let contenders = [
            of("a", 10.0, [0.0, 3.0], true),
            of("b", 8.0, [-3.0, 0.0], false),
            of("c", 9.5, [-1.0, 0.4], true),
            of("d", f64::NAN, [f64::NAN; 2], false),
        ];
        let chart = |more_is_better| AgainstBest {
            heading: Heading::default(),
            width: Width::Page,
            quantity: "x",
            unit: "",
            more_is_better,
            confidence: 0.95,
            n: 9,
            contenders: &contenders,
        };
        let lags = |more| (0..3).map(|i| lag(&chart(more), i)).collect::<Vec<f64>>();
        assert_eq!(lags(true), [0.5, -2.0, -0.5]);
        assert_eq!(lags(false), [2.0, -1.5, 1.5]);
        let verdicts: Vec<Verdict> = contenders.iter().map(|c| verdict(&chart(true), c)).collect();
        assert_eq!(verdicts, [Verdict::Best, Verdict::Behind, Verdict::Open, Verdict::Alone]);
    }
}
