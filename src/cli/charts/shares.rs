//! In which share of the replications at most, or more than, so many tonnes are delivered.

use super::super::failure::Failure;
use super::super::numbers::{counted, whole};
use super::delivered::{self, Delivered, LEAST, Sample, same};
use super::ends::{Several, Telling};
use super::lead::choice;
use super::place::{Place, Way, exact_bound};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, words};
use crate::figure::charts::Shape;
use crate::stats::{self, Estimate};
use crate::table::Frame;

/// The empirical distribution function, a row among the charts.
pub(super) const ECDF: Chart = Chart {
    name: "delivered-ecdf",
    shows: "the share of replications that deliver at most so many tonnes, with its band: where quantiles are to be read off",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    also: &[],
    of_study: false,
    draw: |easel| draw(easel, ECDF.name, Shape::Ecdf),
};

/// The share above, a row among the charts.
pub(super) const EXCEEDANCE: Chart = Chart {
    name: "delivered-exceedance",
    shows: "the share of replications that deliver more than so many tonnes, with its band: how sure a plan is that counts on them",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    also: &[],
    of_study: false,
    draw: |easel| draw(easel, EXCEEDANCE.name, Shape::Exceedance),
};

/// Confidence of the band that the chart draws, and of intervals in titles.
const CONFIDENCE: f64 = 0.95;
/// Tonnes, whose unit is a word of the sentence.
const TELLING: Telling = Telling {
    unit: "",
    confidence: CONFIDENCE,
};

fn draw(easel: &Easel, name: &'static str, shape: Shape) -> Result<Vec<Picture>, Failure> {
    let Some(delivered) = Delivered::read(easel)?.filter(Delivered::is_repeated) else {
        return Ok(Vec::new());
    };
    let samples = delivered.samples();
    let what = match shape {
        Shape::Exceedance => "Share of the replications that deliver more than so many tonnes",
        _ => "Share of the replications that deliver at most so many tonnes",
    };
    let title = delivered::apart(easel, what).unwrap_or_else(|| title(shape, &samples, easel.source.all()) + &choice(easel));
    Ok(vec![Picture {
        name: name.to_owned(),
        scene: delivered.scene(easel, shape, title),
        numbers: numbers(name, &samples, shape),
    }])
}

/// Of the share at or below what half of the replications deliver at most, of the share above what nine in ten deliver at least: values of which that holds
/// for these replications even where some are equal, and as told. Of alternatives that are drawn of so many.
fn title(shape: Shape, samples: &[Sample], all: usize) -> String {
    let samples: Vec<(&str, Vec<f64>)> = (samples.iter().map(|(name, values)| (*name, stats::sorted(values))))
        .filter(|(_, sorted)| !sorted.is_empty())
        .collect();
    let asked = Asked::of(shape, samples.iter().any(|(_, sorted)| sorted.len() < LEAST));
    match samples.as_slice() {
        [(_, sorted)] => asked.alike(sorted).unwrap_or_else(|| asked.of_one(sorted)),
        many => asked.of_many(many, samples.len(), all),
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

    /// Which way a value is rounded so that what is said of it stays true.
    fn way(&self) -> Way {
        if self.is_above { Way::Down } else { Way::Up }
    }

    fn estimate(&self, sorted: &[f64], confidence: f64) -> Estimate {
        let interval = stats::quantile_interval(sorted, self.p, confidence);
        let (lower, upper) = interval.map_or((f64::NAN, f64::NAN), |of| (of.lower, of.upper));
        Estimate {
            value: self.value(sorted),
            lower,
            upper,
        }
    }

    /// What is said of replications that deliver the same; none where they differ.
    fn alike(&self, sorted: &[f64]) -> Option<String> {
        let value = same(sorted)?;
        let told = exact_bound(value, self.way());
        let (n, than) = (counted(sorted.len(), "replication"), if self.is_above { "less" } else { "more" });
        Some(format!("None of {n} delivers {than} than {told} tonnes; all are the same"))
    }

    fn of_one(&self, sorted: &[f64]) -> String {
        let of = self.estimate(sorted, CONFIDENCE);
        let (value, interval) = match TELLING.bound(of, self.way()) {
            (value, Some(interval)) => (value, format!(" ({interval})")),
            // Of a value that many have the interval is this one alone.
            (value, None) if of.lower.is_finite() => (value, String::new()),
            (_, None) => {
                let place = Place::between(sorted[0], sorted[sorted.len() - 1]);
                let value = place.rounded(of.value, self.way());
                (value, " (too few replications for an interval)".to_owned())
            }
        };
        format!(
            "At least {} of the {} replications deliver {value} tonnes or {}{interval}",
            self.which,
            whole(sorted.len() as f64),
            if self.is_above { "more" } else { "less" }
        )
    }

    fn of_many(&self, samples: &[(&str, Vec<f64>)], shown: usize, all: usize) -> String {
        // Some that are drawn may have no value.
        let all = if shown < all { all } else { samples.len() };
        let confidence = TELLING.at_once(all);
        let of: Vec<(&str, Estimate)> = (samples.iter())
            .map(|(name, sorted)| (*name, self.estimate(sorted, confidence)))
            .collect();
        format!(
            "Tonnes that at least {} of the replications {}{}",
            self.which,
            if self.is_above { "reach" } else { "do not exceed" },
            TELLING.several(&Several {
                of: &of,
                all,
                way: self.way()
            })
        )
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
            title(Shape::Ecdf, &[("a", &values)], 1),
            "At least half of the 200 replications deliver 1,101 tonnes or less (95 % interval 1,086 to 1,115)"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &values)], 1),
            "At least nine in ten of the 200 replications deliver 1,021 tonnes or more (95 % interval 1,012 to 1,030)"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &[400.0, 500.0, 600.0])], 1),
            "At least half of the 3 replications deliver 500 tonnes or more (too few replications for an interval)"
        );
        let more: Vec<f64> = values.iter().map(|x| x + 300.0).collect();
        assert_eq!(
            title(Shape::Ecdf, &[("a", &values), ("b", &more)], 2),
            "Tonnes that at least half of the replications do not exceed: 1,101 (a, 1,084 to 1,117), 1,401 (b, 1,384 to 1,417); 95 % intervals for all \
             at once"
        );
        assert!(
            title(Shape::Exceedance, &[("a", &values), ("b", &more)], 2)
                .starts_with("Tonnes that at least nine in ten of the replications reach: 1,021 (a, 1,0")
        );
        let few = [("a", &values[..]), ("b", &more), ("c", &values), ("d", &more)];
        assert!(title(Shape::Ecdf, &few, 14).contains(", of the 4 alternatives shown: from "));
    }

    /// The first number that a text tells after these words.
    fn after(told: &str, words: &str) -> f64 {
        let rest = told.split(words).nth(1).unwrap_or_else(|| panic!("{told}"));
        rest.split(' ').next().unwrap().replace(',', "").parse().unwrap()
    }

    #[test]
    fn what_a_title_tells_of_these_replications_holds_of_them_whatever_their_number_and_where_some_are_equal() {
        for n in 2..130_u32 {
            let ties: Vec<f64> = (0..n).map(|k| 41_000.37 + 913.7 * f64::from(k / 3)).collect();
            let apart: Vec<f64> = (0..n).map(|k| 41_000.37 + 317.9 * f64::from(k)).collect();
            let close: Vec<f64> = (0..n).map(|k| 0.123_45 + 0.000_317 * f64::from(k)).collect();
            for (values, other) in [(&ties, &apart), (&apart, &ties), (&close, &ties)] {
                let total = values.len();
                let count = |is_in: &dyn Fn(f64) -> bool| values.iter().filter(|x| is_in(**x)).count();
                for told in [
                    title(Shape::Ecdf, &[("a", values)], 1),
                    title(Shape::Ecdf, &[("a", values), ("b", other)], 2),
                ] {
                    if told.starts_with("None of") {
                        continue;
                    }
                    let words = if told.contains(" exceed: ") { " exceed: " } else { " deliver " };
                    let most = after(&told, words);
                    assert!(2 * count(&|x| x <= most) >= total, "{told}");
                }
                for told in [
                    title(Shape::Exceedance, &[("a", values)], 1),
                    title(Shape::Exceedance, &[("a", values), ("b", other)], 2),
                ] {
                    if told.starts_with("None of") {
                        continue;
                    }
                    let words = if told.contains(" reach: ") { " reach: " } else { " deliver " };
                    let least = after(&told, words);
                    let (of, in_all) = if told.contains("nine in ten") { (9, 10) } else { (1, 2) };
                    assert!(in_all * count(&|x| x >= least) >= of * total, "{told}");
                }
            }
        }
    }

    #[test]
    fn replications_that_are_all_the_same_are_said_to_be_so_by_each_chart_in_its_own_words() {
        assert_eq!(
            title(Shape::Ecdf, &[("a", &[400.0; 30])], 1),
            "None of 30 replications delivers more than 400 tonnes; all are the same"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &[400.0; 30])], 1),
            "None of 30 replications delivers less than 400 tonnes; all are the same"
        );
        assert_eq!(
            title(Shape::Exceedance, &[("a", &[400.0; 60]), ("b", &[500.0; 60])], 2),
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
