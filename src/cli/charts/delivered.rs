//! Tonnes delivered over the period: how they are distributed, and how alternatives differ.

use super::super::failure::Failure;
use super::super::numbers::{counted, decimals, fixed};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, rounded, whole, words};
use crate::figure::Scene;
use crate::figure::charts::{Alternative, Distribution, Shape, distribution};
use crate::stats;
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "delivered-tonnes",
    shows: "how delivered tonnes are distributed over replications",
    when: "deliveries",
    tables: &["replications"],
    of_study: false,
    draw,
};

/// Confidence of what a title says of a difference.
const CONFIDENCE: f64 = 0.95;

/// Their violins, a row among the charts.
pub(super) const VIOLIN: Chart = Chart {
    name: "delivered-violin",
    shows: "how delivered tonnes are distributed over replications, as violins with their boxes: where many alternatives are held side by side",
    when: "deliveries, in two replications or more",
    tables: &["replications"],
    of_study: false,
    draw: violins,
};

/// Name and values, one a replication.
pub(super) type Sample<'a> = (&'a str, &'a [f64]);

/// Delivered tonnes of the alternatives that are drawn, one value a replication.
pub(super) struct Delivered(Vec<(String, Vec<f64>)>);

impl Delivered {
    /// Reads them; none where nothing is delivered.
    pub(super) fn read(easel: &Easel) -> Result<Option<Delivered>, Failure> {
        let mut columns = Vec::new();
        for alternative in easel.alternatives() {
            let tonnes = easel.folder().column("replications", "delivered_tonnes", &alternative.name)?;
            columns.push((alternative.name.clone(), tonnes));
        }
        let is_any = columns.iter().flat_map(|(_, tonnes)| tonnes).any(|tonnes| *tonnes > 0.0);
        Ok(is_any.then_some(Delivered(columns)))
    }

    pub(super) fn samples(&self) -> Vec<Sample<'_>> {
        self.0.iter().map(|(name, values)| (name.as_str(), values.as_slice())).collect()
    }

    /// Whether any alternative has more than one replication.
    pub(super) fn is_repeated(&self) -> bool {
        self.0.iter().any(|(_, values)| values.len() > 1)
    }

    /// The picture of a shape.
    pub(super) fn scene(&self, easel: &Easel, shape: Shape, title: String) -> Scene {
        let samples = self.samples();
        let alternatives: Vec<Alternative> = samples.iter().map(|&(name, values)| Alternative { name, values }).collect();
        distribution(&Distribution {
            heading: easel.heading(
                title,
                easel.subtitle("Tonnes delivered over the period, one value per replication"),
                easel.only(),
            ),
            width: easel.width,
            quantity: "Delivered aid",
            unit: "t",
            alternatives: &alternatives,
            shape,
        })
    }
}

/// The histograms of delivered tonnes.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let Some(delivered) = Delivered::read(easel)? else {
        return Ok(Vec::new());
    };
    Ok(vec![of_values(easel, &delivered, CHART.name, Shape::Histogram)])
}

/// The violins of delivered tonnes.
fn violins(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let found = Delivered::read(easel)?.filter(Delivered::is_repeated);
    Ok(found
        .map(|delivered| of_values(easel, &delivered, VIOLIN.name, Shape::Violin))
        .into_iter()
        .collect())
}

/// A picture that shows every value.
fn of_values(easel: &Easel, delivered: &Delivered, name: &'static str, shape: Shape) -> Picture {
    let samples = delivered.samples();
    let title = title(&reference_first(&samples, easel.source.reference()), easel.source.all());
    Picture {
        name: name.to_owned(),
        scene: delivered.scene(easel, shape, title),
        numbers: numbers(name, &samples),
    }
}

fn numbers(name: &'static str, samples: &[Sample]) -> Numbers {
    let columns = vec![
        words("alternative", "name of the scenario or alternative"),
        whole("replication", "", "from 1"),
        real("delivered_tonnes", "t", "delivered over the period"),
    ];
    let table = numbers_of(name, 2, columns);
    let mut frame = Frame::new(&table);
    for (name, values) in samples {
        for (replication, value) in (1..).zip(*values) {
            frame.row().text(name).whole(replication).real(*value).end();
        }
    }
    (table, frame)
}

/// The samples with that of the reference before the others, by the replications that all have, within which differences are taken.
fn reference_first<'a>(samples: &[Sample<'a>], reference: usize) -> Vec<Sample<'a>> {
    let common = samples.iter().map(|(_, values)| values.len()).min().unwrap_or(0);
    let mut ordered: Vec<Sample> = samples.iter().map(|&(name, values)| (name, &values[..common])).collect();
    ordered[..=reference].rotate_right(1);
    ordered
}

/// What the chart says of samples that belong together, those of some of so many alternatives.
fn title(samples: &[Sample], all: usize) -> String {
    match samples {
        [] => "Delivered aid".to_owned(),
        [(_, values)] => of_one(values),
        [base, other] => of_two(*base, *other),
        [base, others @ ..] => of_many(*base, others, all),
    }
}

fn of_one(values: &[f64]) -> String {
    let sorted = stats::sorted(values);
    let (low, high) = (stats::quantile(&sorted, 0.25), stats::quantile(&sorted, 0.75));
    match sorted.len() {
        1 => format!("One replication delivers {} tonnes", rounded(low, low)),
        n if sorted[0] >= sorted[n - 1] => format!("Every replication delivers {} tonnes", rounded(low, low)),
        _ if high <= low => format!("At least half of the replications deliver {} tonnes", rounded(low, low)),
        _ => format!(
            "Half of the replications deliver between {} and {} tonnes",
            rounded(low, high - low),
            rounded(high, high - low)
        ),
    }
}

/// By how much the mean of one lies above that of another, as a share of the latter, with its interval: replication by replication, since all
/// stand on the same random numbers.
struct Difference {
    share: f64,
    lower: f64,
    upper: f64,
}

impl Difference {
    /// None where the base delivers nothing. Of a single replication there is no interval.
    fn of(base: &[f64], other: &[f64], confidence: f64) -> Option<Difference> {
        let mean = stats::mean(base);
        if base.len() != other.len() || mean.is_nan() || mean <= 0.0 {
            return None;
        }
        let share = stats::mean(other) / mean - 1.0;
        // The ratio of two means by linearisation: its error is that of the mean of `other - ratio * base`.
        let expected: Vec<f64> = base.iter().map(|tonnes| tonnes * (1.0 + share)).collect();
        let test = stats::paired_t(other, &expected, confidence);
        Some(Difference {
            share,
            lower: share + test.lower / mean,
            upper: share + test.upper / mean,
        })
    }

    fn in_words(&self) -> String {
        format!("{} % {}", self.signless(), if self.share < 0.0 { "less" } else { "more" })
    }

    fn signless(&self) -> String {
        fixed(self.share.abs() * 100.0, self.decimals())
    }

    fn interval(&self) -> String {
        let end = |value: f64| {
            let told = fixed(value * 100.0, self.decimals());
            if value > 0.0 { format!("+{told}") } else { told }
        };
        format!("{} to {} %", end(self.lower), end(self.upper))
    }

    fn decimals(&self) -> usize {
        // One digit of the half-width; without an interval one decimal.
        let half_width = (self.upper - self.lower) * 50.0;
        if half_width.is_nan() {
            return 1;
        }
        decimals(self.share * 100.0, half_width * 10.0, 3).max(1)
    }
}

fn of_two(base: Sample, other: Sample) -> String {
    if base.1 == other.1 {
        return format!("{} and {} deliver the same in every replication", base.0, other.0);
    }
    match Difference::of(base.1, other.1, CONFIDENCE) {
        None => format!("{} delivers nothing, {} something", base.0, other.0),
        Some(found) if found.lower.is_nan() => {
            format!("In one replication {} delivers {} than {}", other.0, found.in_words(), base.0)
        }
        Some(found) if found.lower <= 0.0 && found.upper >= 0.0 => format!(
            "Whether {} delivers more or less than {} is not clear: 95 % interval of the difference {}",
            other.0,
            base.0,
            found.interval()
        ),
        Some(found) => format!(
            "{} delivers {} than {}, 95 % interval {}",
            other.0,
            found.in_words(),
            base.0,
            found.interval()
        ),
    }
}

/// The others held against the first: from the least to the most, with intervals that hold for all of so many alternatives at once (Bonferroni), drawn
/// or not.
fn of_many(base: Sample, others: &[Sample], all: usize) -> String {
    let confidence = stats::confidence_at_once(CONFIDENCE, all - 1);
    let found: Option<Vec<(&str, Difference)>> = others
        .iter()
        .map(|(name, values)| Some((*name, Difference::of(base.1, values, confidence)?)))
        .collect();
    let order = |a: &&(&str, Difference), b: &&(&str, Difference)| a.1.share.total_cmp(&b.1.share);
    let Some((least, most)) = found
        .as_ref()
        .and_then(|found| found.iter().min_by(order).zip(found.iter().max_by(order)))
    else {
        return format!("Delivered aid of {}", counted(others.len() + 1, "alternative"));
    };
    if others.iter().all(|(_, values)| *values == base.1) {
        return format!("All {} alternatives deliver the same in every replication", others.len() + 1);
    }
    let told = |(name, difference): &(&str, Difference)| {
        let interval = if difference.lower.is_nan() {
            String::new()
        } else {
            format!(", {}", difference.interval())
        };
        format!("{} ({name}{interval})", difference.in_words())
    };
    let intervals = if least.1.lower.is_nan() {
        ""
    } else {
        "; 95 % intervals for all differences at once"
    };
    format!(
        "Against {} the others deliver from {} to {}{intervals}",
        base.0,
        told(least),
        told(most)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(samples: &[Sample]) -> String {
        title(samples, samples.len())
    }

    #[test]
    fn a_title_of_one_says_what_half_of_the_replications_do() {
        let values: Vec<f64> = (0..=100).map(|k| 1000.0 + f64::from(k)).collect();
        assert_eq!(
            told(&[("a", &values)]),
            "Half of the replications deliver between 1,025 and 1,075 tonnes"
        );
        assert_eq!(told(&[("a", &[400.0])]), "One replication delivers 400 tonnes");
        assert_eq!(told(&[("a", &[400.0; 9])]), "Every replication delivers 400 tonnes");
        assert_eq!(
            told(&[("a", &[400.0, 400.0, 400.0, 400.0, 900.0])]),
            "At least half of the replications deliver 400 tonnes"
        );
    }

    #[test]
    fn a_title_of_two_says_their_difference_within_replications_and_how_sure_it_is() {
        let base: Vec<f64> = (0..50).map(|k| 1000.0 + 10.0 * f64::from(k % 7)).collect();
        let less: Vec<f64> = base.iter().enumerate().map(|(k, t)| t * 0.99 - (k % 3) as f64).collect();
        assert_eq!(
            told(&[("base", &base), ("other", &less)]),
            "other delivers 1.10 % less than base, 95 % interval −1.12 to −1.07 %"
        );
        let unclear: Vec<f64> = base.iter().enumerate().map(|(k, t)| t + (k % 2) as f64 * 2.0 - 1.0).collect();
        assert!(told(&[("base", &base), ("other", &unclear)]).starts_with("Whether other delivers more or less than base is not clear"));
        assert_eq!(
            told(&[("base", &base), ("other", &base)]),
            "base and other deliver the same in every replication"
        );
        assert_eq!(
            told(&[("base", &[100.0]), ("other", &[103.0])]),
            "In one replication other delivers 3.0 % more than base"
        );
        assert_eq!(
            told(&[("base", &[0.0]), ("other", &[3.0])]),
            "base delivers nothing, other something"
        );
    }

    #[test]
    fn a_title_of_many_names_the_least_and_the_most() {
        let base: Vec<f64> = (0..50).map(|k| 1000.0 + 10.0 * f64::from(k % 7)).collect();
        let times = |share: f64| {
            base.iter()
                .enumerate()
                .map(|(k, t)| t * share - (k % 3) as f64)
                .collect::<Vec<f64>>()
        };
        let (low, middle, high) = (times(0.9), times(1.0), times(1.1));
        let told = told(&[("base", &base), ("m", &middle), ("l", &low), ("h", &high)]);
        assert!(
            told.starts_with("Against base the others deliver from 10.10 % less (l, −10.1"),
            "{told}"
        );
        assert!(told.contains("to 9.90 % more (h, +9.8"), "{told}");
    }
}
