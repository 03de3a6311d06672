//! In which share of the replications at most, or more than, so many tonnes are delivered.

use super::super::failure::Failure;
use super::super::numbers::{fixed, whole as told};
use super::delivered::{Delivered, Sample};
use super::{Chart, Easel, Numbers, Picture, from_least_to_most, numbers_of, real, rounded, words};
use crate::figure::charts::Shape;
use crate::stats;
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
    let title = match shape {
        Shape::Exceedance => sure(&samples),
        _ => halves(&samples),
    };
    Ok(vec![Picture {
        name: name.to_owned(),
        scene: delivered.scene(easel, shape, title),
        numbers: numbers(name, &samples, shape),
    }])
}

/// What half of the replications deliver at most.
fn halves(samples: &[Sample]) -> String {
    match samples {
        [(_, values)] => {
            let sorted = stats::sorted(values);
            let low = stats::quantile(&sorted, 0.05);
            let seldom = if sorted.len() < LEAST {
                String::new()
            } else {
                format!(", one in twenty at most {}", rounded(low, spread(&sorted)))
            };
            format!(
                "Half of the {} replications deliver at most {}{seldom}",
                told(sorted.len() as f64),
                quantile(&sorted, 0.5)
            )
        }
        many => of_many("Tonnes that half of the replications do not exceed", many, 0.5),
    }
}

/// What nine of ten replications deliver more than.
fn sure(samples: &[Sample]) -> String {
    let few = samples.iter().any(|(_, values)| values.len() < LEAST);
    let (p, which) = if few { (0.5, "Half") } else { (0.1, "Nine in ten") };
    match samples {
        [(_, values)] => {
            let sorted = stats::sorted(values);
            format!(
                "{which} of the {} replications deliver more than {}",
                told(sorted.len() as f64),
                quantile(&sorted, p)
            )
        }
        many => of_many(&format!("Tonnes that {} of the replications exceed", which.to_lowercase()), many, p),
    }
}

/// Of fewer replications nothing is said of one in twenty or ten.
const LEAST: usize = 20;

fn of_many(what: &str, samples: &[Sample], p: f64) -> String {
    let names: Vec<&str> = samples.iter().map(|(name, _)| *name).collect();
    let values: Vec<f64> = samples
        .iter()
        .map(|(_, values)| stats::quantile(&stats::sorted(values), p))
        .collect();
    what.to_owned() + &from_least_to_most(&names, &values, rounded)
}

/// A quantile with its interval where the sample is large enough for one.
fn quantile(sorted: &[f64], p: f64) -> String {
    let matters = spread(sorted);
    let value = rounded(stats::quantile(sorted, p), matters);
    match stats::quantile_interval(sorted, p, CONFIDENCE) {
        Some(interval) if interval.lower < interval.upper => format!(
            "{value} tonnes ({} % interval {} to {})",
            fixed(100.0 * CONFIDENCE, 0),
            rounded(interval.lower, matters),
            rounded(interval.upper, matters)
        ),
        _ => format!("{value} tonnes"),
    }
}

/// What of the values matters: from quartile to quartile, or the value itself where they are one.
fn spread(sorted: &[f64]) -> f64 {
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|p| stats::quantile(sorted, p));
    if high > low { high - low } else { middle }
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
            halves(&[("a", &values)]),
            "Half of the 200 replications deliver at most 1,101 tonnes (95 % interval 1,086 to 1,115), one in twenty at most 1,011"
        );
        assert_eq!(
            sure(&[("a", &values)]),
            "Nine in ten of the 200 replications deliver more than 1,021 tonnes (95 % interval 1,012 to 1,030)"
        );
        assert_eq!(
            sure(&[("a", &[400.0, 500.0, 600.0])]),
            "Half of the 3 replications deliver more than 500 tonnes"
        );
        assert_eq!(
            sure(&[("a", &[400.0; 30]), ("b", &[500.0; 30])]),
            "Tonnes that nine in ten of the replications exceed: 400 (a), 500 (b)"
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
