//! Violins of delivered tonnes: how far apart replications lie, alternative beside alternative.

use super::super::failure::Failure;
use super::super::numbers::{counted, whole};
use super::delivered::{self, Delivered, Sample, between, middle, same};
use super::ends::alternatives;
use super::lead::choice;
use super::place::{Place, exact};
use super::{Chart, Easel, Picture};
use crate::figure::charts::Shape;
use crate::stats;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "delivered-violin",
    shows: "how delivered tonnes are distributed over replications, as violins with their boxes: where many alternatives are held side by side",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    also: &[],
    of_study: false,
    draw,
};

/// Confidence of what a title says.
const CONFIDENCE: f64 = 0.95;

/// Of fewer replications no box is drawn.
const LEAST: usize = 5;

fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let Some(delivered) = Delivered::read(easel)?.filter(Delivered::is_repeated) else {
        return Ok(Vec::new());
    };
    let samples = delivered.samples();
    let title = delivered::apart(easel, "Where the middle half of the replications lies")
        .unwrap_or_else(|| title(&samples, easel.source.all()) + &choice(easel));
    Ok(vec![Picture {
        name: CHART.name.to_owned(),
        scene: delivered.scene(easel, Shape::Violin, title),
        numbers: delivered::numbers(CHART.name, &samples),
    }])
}

/// Where the middle half of the replications lies, of alternatives that are drawn of so many.
fn title(samples: &[Sample], all: usize) -> String {
    let halves: Vec<Half> = samples.iter().filter_map(|(name, values)| Half::of(name, values)).collect();
    if let [one] = halves.as_slice() {
        return one.alone();
    }
    // One interval for either end of each, drawn or not.
    let confidence = stats::confidence_at_once(CONFIDENCE, 2 * all.max(1));
    let told = |half: &Half| {
        let place = Place::between(half.low, half.high);
        let range = if half.high > half.low {
            format!("{} to {}", place.down(half.low), place.up(half.high))
        } else {
            exact(half.low)
        };
        format!("{range} t ({})", half.name)
    };
    let by_place = |a: &&Half, b: &&Half| (a.low + a.high).total_cmp(&(b.low + b.high));
    let Some((least, most)) = halves.iter().min_by(by_place).zip(halves.iter().max_by(by_place)) else {
        return "Delivered aid".to_owned();
    };
    let said = if halves.len() <= 3 {
        format!(
            "Middle half of the replications: {}",
            halves.iter().map(told).collect::<Vec<_>>().join(", ")
        )
    } else {
        format!(
            "Middle half of the replications, {}: from {} up to {}",
            alternatives(samples.len(), halves.len(), all),
            told(least),
            told(most)
        )
    };
    let within = halves
        .iter()
        .map(|half| half.known_within(confidence))
        .collect::<Option<Vec<f64>>>();
    match within.map(|all| all.into_iter().fold(0.0, f64::max)) {
        None => format!("{said}; some have too few replications for intervals of these"),
        Some(most) if most > 0.0 => format!(
            "{said}; ends known to ±{} t or better (95 % intervals for all at once)",
            Place::of_size(most).up(most)
        ),
        Some(_) => said,
    }
}

/// The middle half of the replications of an alternative.
struct Half<'a> {
    name: &'a str,
    sorted: Vec<f64>,
    low: f64,
    high: f64,
}

impl Half<'_> {
    fn of<'a>(name: &'a str, values: &[f64]) -> Option<Half<'a>> {
        let sorted = stats::sorted(values);
        let (low, high) = (!sorted.is_empty()).then(|| middle(&sorted, 0.5))?;
        Some(Half { name, sorted, low, high })
    }

    fn alone(&self) -> String {
        let n = self.sorted.len();
        if let Some(value) = same(&self.sorted) {
            return format!(
                "The middle half of {} lies at {} tonnes, as all of them do",
                counted(n, "replication"),
                exact(value)
            );
        }
        if n < LEAST {
            return format!(
                "The {n} replications deliver {} tonnes",
                between(self.sorted[0], self.sorted[n - 1])
            );
        }
        let said = format!(
            "The middle half of the {} replications lies {} tonnes",
            whole(n as f64),
            between(self.low, self.high)
        );
        let place = Place::between(self.low, self.high);
        let intervals = self.ends(CONFIDENCE).map(|ends| {
            ends.map(|[lower, upper]| {
                if upper > lower {
                    format!("{} to {}", place.down(lower), place.up(upper))
                } else {
                    exact(lower)
                }
            })
        });
        match intervals {
            Some([low, high]) => format!("{said} (95 % intervals of these ends: {low} and {high})"),
            None => format!("{said} (too few for intervals of these ends)"),
        }
    }

    /// The intervals of both ends; none of a sample too small for them.
    fn ends(&self, confidence: f64) -> Option<[[f64; 2]; 2]> {
        let interval = |p: f64| stats::quantile_interval(&self.sorted, p, confidence).map(|of| [of.lower, of.upper]);
        Some([interval(0.25)?, interval(0.75)?])
    }

    /// How far the intervals of both ends reach at most.
    fn known_within(&self, confidence: f64) -> Option<f64> {
        let [low, high] = self.ends(confidence)?;
        let reach = |at: f64, [lower, upper]: [f64; 2]| (upper - at).max(at - lower);
        Some(reach(self.low, low).max(reach(self.high, high)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_one_says_where_its_middle_half_lies_and_how_well_that_is_known() {
        let values: Vec<f64> = (1..=200).map(|k| 1000.0 + f64::from(k)).collect();
        assert_eq!(
            title(&[("a", &values)], 1),
            "The middle half of the 200 replications lies between 1,051 and 1,150 tonnes (95 % intervals of these ends: 1,038 to 1,063 and 1,138 to 1,163)"
        );
        assert_eq!(
            title(&[("a", &[400.0; 30])], 1),
            "The middle half of 30 replications lies at 400 tonnes, as all of them do"
        );
        assert_eq!(
            title(&[("a", &[400.0, 500.0, 900.0])], 1),
            "The 3 replications deliver between 400 and 900 tonnes"
        );
        assert!(title(&[("a", &[400.0, 500.0, 900.0, 1000.0, 1100.0])], 1).ends_with("(too few for intervals of these ends)"));
    }

    #[test]
    fn a_title_of_several_bounds_the_intervals_of_all_ends() {
        let values = |more: f64| (1..=200).map(|k| 1000.0 + more + f64::from(k)).collect::<Vec<f64>>();
        let (a, b, c, d) = (values(0.0), values(100.0), values(50.0), values(20.0));
        assert_eq!(
            title(&[("a", &a), ("b", &b)], 2),
            "Middle half of the replications: 1,051 to 1,150 t (a), 1,151 to 1,250 t (b); ends known to ±16 t or better (95 % intervals for all at once)"
        );
        let told = title(&[("a", &a), ("b", &b), ("c", &c), ("d", &d)], 4);
        assert!(
            told.contains(", of 4 alternatives: from 1,051 to 1,150 t (a) up to 1,151 to 1,250 t (b); ends"),
            "{told}"
        );
        let told = title(&[("a", &a), ("b", &b), ("c", &c), ("d", &d)], 14);
        assert!(told.contains(", of the 4 alternatives shown: from "), "{told}");
        assert!(title(&[("a", &a), ("few", &[3.0, 4.0])], 2).ends_with("; some have too few replications for intervals of these"));
    }

    #[test]
    fn each_half_has_the_digits_of_its_own_width_and_holds_half_of_the_replications_as_told() {
        let narrow: Vec<f64> = (0..60).map(|k| 6_558.04 + 0.17 * f64::from(k)).collect();
        let told = title(&[("a", &narrow), ("b", &[7_185.0; 60])], 2);
        assert!(told.contains(": 6,560.5 to 6,565.6 t (a), 7,185 t (b); ends known to ±"), "{told}");
        let (low, high) = (6_560.5, 6_565.6);
        assert!(2 * narrow.iter().filter(|x| (low..=high).contains(*x)).count() >= 60);
        let reach = Half::of("a", &narrow)
            .unwrap()
            .known_within(stats::confidence_at_once(CONFIDENCE, 4))
            .unwrap();
        let known: f64 = told.split('±').nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        assert!(known >= reach && known < 1.1 * reach, "{known}, {reach}");
    }
}
