//! In which share of the replications at most, or more than, so many tonnes are delivered.

use super::super::failure::Failure;
use super::super::numbers::whole;
use super::delivered::{self, Delivered, LEAST, Sample, alike};
use super::ends::Telling;
use super::lead::choice;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, rounded, words};
use crate::figure::charts::Shape;
use crate::stats::{self, Estimate};
use crate::table::Frame;

/// The empirical distribution function, a row among the charts.
pub(super) const ECDF: Chart = Chart {
    name: "delivered-ecdf",
    shows: "the share of replications that deliver at most so many tonnes, with its band: where quantiles are to be read off",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    of_study: false,
    draw: |easel| draw(easel, ECDF.name, Shape::Ecdf),
};

/// The share above, a row among the charts.
pub(super) const EXCEEDANCE: Chart = Chart {
    name: "delivered-exceedance",
    shows: "the share of replications that deliver more than so many tonnes, with its band: how sure a plan is that counts on them",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    of_study: false,
    draw: |easel| draw(easel, EXCEEDANCE.name, Shape::Exceedance),
};

/// Confidence of the band that the chart draws, and of intervals in titles.
const CONFIDENCE: f64 = 0.95;

fn draw(easel: &Easel, name: &'static str, shape: Shape) -> Result<Vec<Picture>, Failure> {
    let Some(delivered) = Delivered::read(easel)?.filter(Delivered::is_repeated) else {
        return Ok(Vec::new());
    };
    let samples = delivered.samples();
    let what = match shape {
        Shape::Exceedance => "Share of the replications that deliver more than so many tonnes",
        _ => "Share of the replications that deliver at most so many tonnes",
    };
    let title = delivered::apart(easel, what).unwrap_or_else(|| title(shape, &samples) + &choice(easel));
    Ok(vec![Picture {
        name: name.to_owned(),
        scene: delivered.scene(easel, shape, title),
        numbers: numbers(name, &samples, shape),
    }])
}

/// Of the share at or below what half of the replications deliver at most, of the share above what nine in ten deliver at least: values of which that holds
/// for these replications even where some are equal.
fn title(shape: Shape, samples: &[Sample]) -> String {
    let samples: Vec<(&str, Vec<f64>)> = (samples.iter().map(|(name, values)| (*name, stats::sorted(values))))
        .filter(|(_, sorted)| !sorted.is_empty())
        .collect();
    let asked = Asked::of(shape, samples.iter().any(|(_, sorted)| sorted.len() < LEAST));
    match samples.as_slice() {
        [(_, sorted)] => alike(sorted).unwrap_or_else(|| asked.of_one(sorted)),
        many => asked.of_many(many),
    }
}

/// Which share of the replications a title tells of.
struct Asked {
    /// So many are at or below, or at or above.
    is_above: bool,
    /// The probability of the quantile.
    p: f64,
    which: &'static str,
}

impl Asked {
    fn of(shape: Shape, are_few: bool) -> Asked {
        let is_above = shape == Shape::Exceedance;
        let (p, which) = if is_above && !are_few {
            (0.1, "nine in ten")
        } else {
            (0.5, "half")
        };
        Asked { is_above, p, which }
    }

    /// What at least half of a sorted sample does not exceed, or what all of it but a share `p` at most reaches.
    fn value(&self, sorted: &[f64]) -> f64 {
        if !self.is_above || self.p >= 0.5 {
            // No more than half lie on either side of the median.
            return stats::quantile(sorted, 0.5);
        }
        // Rounding must not carry a rank over a whole number.
        sorted[((self.p * sorted.len() as f64 + 1e-9).floor() as usize).min(sorted.len() - 1)]
    }

    fn of_one(&self, sorted: &[f64]) -> String {
        let matters = spread(sorted);
        let told = |x: f64| rounded(x, matters);
        let interval = match stats::quantile_interval(sorted, self.p, CONFIDENCE) {
            Some(interval) => format!("95 % interval {} to {}", told(interval.lower), told(interval.upper)),
            None => "too few replications for an interval".to_owned(),
        };
        format!(
            "At least {} of the {} replications deliver {} tonnes or {} ({interval})",
            self.which,
            whole(sorted.len() as f64),
            told(self.value(sorted)),
            if self.is_above { "more" } else { "less" }
        )
    }

    fn of_many<'a>(&self, samples: &'a [(&str, Vec<f64>)]) -> String {
        let telling = Telling {
            unit: "",
            confidence: CONFIDENCE,
        };
        let confidence = telling.at_once(samples.len());
        let estimate = |(name, sorted): &'a (&str, Vec<f64>)| {
            let interval = stats::quantile_interval(sorted, self.p, confidence);
            let (lower, upper) = interval.map_or((f64::NAN, f64::NAN), |of| (of.lower, of.upper));
            let value = self.value(sorted);
            (*name, Estimate { value, lower, upper })
        };
        format!(
            "Tonnes that at least {} of the replications {}{}",
            self.which,
            if self.is_above { "reach" } else { "do not exceed" },
            telling.least_to_most(&samples.iter().map(estimate).collect::<Vec<_>>())
        )
    }
}

/// What of the values matters: from quartile to quartile, or from the least to the greatest where these are one.
fn spread(sorted: &[f64]) -> f64 {
    let [low, high] = [0.25, 0.75].map(|p| stats::quantile(sorted, p));
    if high > low {
        high - low
    } else {
        sorted[sorted.len() - 1] - sorted[0]
    }
}

/// Every step of the curves, with the band.
fn numbers(name: &'static str, samples: &[Sample], shape: Shape) -> Numbers {
    let (share, doc) = match shape {
        Shape::Exceedance => ("share_above", "of the replications that deliver more"),
        _ => ("share_at_or_below", "of the replications that deliver so much or less"),
    };
    let band = "band of Dvoretzky, Kiefer and Wolfowitz, which holds for the whole curve with 95 %";
    let table = numbers_of(
        name,
        2,
        vec![
            words("alternative", "name of the scenario or alternative"),
            real("delivered_tonnes", "t", "a value at which the curve has a step"),
            real(share, "share", doc),
            real("lower", "share", &format!("lower end of the {band}")),
            real("upper", "share", &format!("upper end of the {band}")),
        ],
    );
    let mut frame = Frame::new(&table);
    for (name, values) in samples {
        let sorted = stats::sorted(values);
        let (n, margin) = (sorted.len() as f64, stats::dkw_band(sorted.len(), CONFIDENCE));
        for (index, value) in sorted.iter().enumerate() {
            // Of equal values the last tells how many there are.
            if sorted.get(index + 1).is_some_and(|next| next <= value) {
                continue;
            }
            let below = (index + 1) as f64 / n;
            let share = if shape == Shape::Exceedance { 1.0 - below } else { below };
            let row = frame.row().text(name).real(*value).real(share);
            row.real((share - margin).max(0.0)).real((share + margin).min(1.0)).end();
        }
    }
    (table, frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_a_quantile_with_its_interval_and_how_many_replications_there_are() {
        let values: Vec<f64> = (1..=200).map(|k| 1000.0 + f64::from(k)).collect();
        assert_eq!(
            title(Shape::Ecdf, &[("a", &values)]),
            "At least half of the 200 replications deliver 1,101 tonnes or less (95 % interval 1,086 to 1,115)"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &values)]),
            "At least nine in ten of the 200 replications deliver 1,021 tonnes or more (95 % interval 1,012 to 1,030)"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &[400.0, 500.0, 600.0])]),
            "At least half of the 3 replications deliver 500 tonnes or more (too few replications for an interval)"
        );
        let more: Vec<f64> = values.iter().map(|x| x + 300.0).collect();
        assert_eq!(
            title(Shape::Ecdf, &[("a", &values), ("b", &more)]),
            "Tonnes that at least half of the replications do not exceed: 1,101 (a, 1,084 to 1,117), 1,401 (b, 1,384 to 1,417); 95 % intervals for all \
             at once"
        );
        assert!(
            title(Shape::Exceedance, &[("a", &values), ("b", &more)])
                .starts_with("Tonnes that at least nine in ten of the replications reach: 1,021 (a, 1,0")
        );
    }

    #[test]
    fn what_a_title_says_of_these_replications_holds_of_them_whatever_their_number_and_where_some_are_equal() {
        for n in 2..130_usize {
            let ties: Vec<f64> = (0..n).map(|k| (k / 3) as f64).collect();
            let apart: Vec<f64> = (0..n).map(|k| k as f64).collect();
            for sorted in [ties, apart] {
                let (half, most) = (Asked::of(Shape::Ecdf, false), Asked::of(Shape::Exceedance, false));
                let below = sorted.iter().filter(|x| **x <= half.value(&sorted)).count();
                assert!(2 * below >= n, "{below} of {n}");
                let above = sorted.iter().filter(|x| **x >= most.value(&sorted)).count();
                assert!(10 * above >= 9 * n, "{above} of {n}");
                let few = Asked::of(Shape::Exceedance, true);
                let above = sorted.iter().filter(|x| **x >= few.value(&sorted)).count();
                assert!(2 * above >= n, "{above} of {n}");
            }
        }
    }

    #[test]
    fn replications_that_are_all_the_same_are_said_to_be_so() {
        for shape in [Shape::Ecdf, Shape::Exceedance] {
            assert_eq!(
                title(shape, &[("a", &[400.0; 30])]),
                "Each of the 30 replications delivers 400 tonnes"
            );
        }
        assert_eq!(
            title(Shape::Exceedance, &[("a", &[400.0; 60]), ("b", &[500.0; 60])]),
            "Tonnes that at least nine in ten of the replications reach: 400 (a), 500 (b)"
        );
    }

    #[test]
    fn a_curve_has_a_row_a_step_and_its_band_stays_between_none_and_all() {
        let (_, frame) = numbers("delivered-ecdf", &[("a", &[3.0, 1.0, 3.0, 2.0])], Shape::Ecdf);
        let column = |k: usize| (0..frame.len()).map(|row| frame.columns[k].real(row)).collect::<Vec<f64>>();
        assert_eq!(column(1), [1.0, 2.0, 3.0]);
        assert_eq!(column(2), [0.25, 0.5, 1.0]);
        assert!(column(3).iter().all(|lower| *lower >= 0.0) && column(4).iter().all(|upper| *upper <= 1.0));
        let (_, frame) = numbers("delivered-exceedance", &[("a", &[3.0, 1.0, 3.0, 2.0])], Shape::Exceedance);
        assert_eq!((0..3).map(|row| frame.columns[2].real(row)).collect::<Vec<f64>>(), [0.75, 0.5, 0.0]);
    }
}
