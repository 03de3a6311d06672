//! Tonnes delivered over the period: how they are distributed, and how alternatives differ.

use super::super::failure::Failure;
use super::super::numbers::{counted, decimals, fixed, whole as whole_number};
use super::lead::choice;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, rounded, whole, words};
use crate::experiment::possible_means;
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
                easel.subtitle(if easel.source.is_of_one_period() {
                    "Tonnes delivered over the period, one value per replication"
                } else {
                    "Tonnes delivered over the period of each alternative, one value per replication"
                }),
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
    let samples = delivered.samples();
    let title = apart(easel).unwrap_or_else(|| title(easel, &samples));
    Ok(vec![Picture {
        name: CHART.name.to_owned(),
        scene: delivered.scene(easel, Shape::Histogram, title),
        numbers: numbers(CHART.name, &samples),
    }])
}

/// The title of a chart of deliveries over periods that differ: nothing is held against each other.
pub(super) fn apart(easel: &Easel) -> Option<String> {
    let told = "The alternatives simulate different periods, so that the tonnes that they deliver are not held against each other";
    (!easel.source.is_of_one_period()).then(|| told.to_owned())
}

pub(super) fn numbers(name: &'static str, samples: &[Sample]) -> Numbers {
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

/// The title of the distributions; of several alternatives over the replications that all have. Where one was chosen by how many each got, nothing is
/// said of differences.
fn title(easel: &Easel, samples: &[Sample]) -> String {
    if samples.len() > 1 && easel.source.chosen_over().is_some() {
        return "Tonnes delivered in each replication, of which alternatives got more or fewer".to_owned() + &choice(easel);
    }
    let (ordered, is_cut) = reference_first(samples, easel.source.reference());
    let common = ordered.first().map_or(0, |(_, values)| values.len());
    let told = match ordered.as_slice() {
        [] => "Delivered aid".to_owned(),
        [(_, values)] => return of_one(values),
        several if common == 0 => {
            let all = counted(several.len(), "alternative");
            return format!("Delivered aid of {all}, which have no replication in common to be held against each other");
        }
        [base, other] => of_two(*base, *other),
        [base, others @ ..] => of_many(*base, others, easel.source.all()),
    };
    let over = if is_cut {
        format!("; over the first {}, which all have", counted(common, "replication"))
    } else {
        String::new()
    };
    told + &over
}

/// The samples with that of the reference before the others, by the replications that all have, within which differences are taken; and whether any has
/// more.
fn reference_first<'a>(samples: &[Sample<'a>], reference: usize) -> (Vec<Sample<'a>>, bool) {
    let common = samples.iter().map(|(_, values)| values.len()).min().unwrap_or(0);
    let is_cut = samples.iter().any(|(_, values)| values.len() > common);
    let mut ordered: Vec<Sample> = samples.iter().map(|&(name, values)| (name, &values[..common])).collect();
    if !ordered.is_empty() {
        ordered[..=reference].rotate_right(1);
    }
    (ordered, is_cut)
}

/// The mean, and where the replications lie: nine in ten of many, all of few.
fn of_one(values: &[f64]) -> String {
    let sorted = stats::sorted(values);
    if let Some(told) = alike(&sorted) {
        return told;
    }
    let n = sorted.len();
    let (least, greatest) = (sorted[0], sorted[n - 1]);
    let mean = stats::mean_interval(values, CONFIDENCE).within(possible_means("t", (least, greatest)));
    let half = mean.reach();
    let [at, lower, upper] = [mean.mean, mean.lower, mean.upper].map(|x| rounded(x, half));
    let (low, high) = middle(&sorted, if n < LEAST { 1.0 } else { 0.9 });
    let [low, high] = [low, high].map(|x| rounded(x, high - low));
    let range = if n < LEAST {
        format!("between {low} in the least and {high} in the greatest")
    } else {
        format!("at least nine in ten of them between {low} and {high}")
    };
    format!(
        "The {n} replications deliver {at} tonnes on average (95 % interval {lower} to {upper}), {range}",
        n = whole_number(n as f64)
    )
}

/// Of fewer replications nothing is said of one in ten or twenty.
pub(super) const LEAST: usize = 20;

/// What is said of a single replication, or of several that deliver the same; none where they differ.
pub(super) fn alike(sorted: &[f64]) -> Option<String> {
    let (least, greatest) = (*sorted.first()?, *sorted.last()?);
    let told = rounded(least, least.abs().max(1.0));
    match sorted.len() {
        1 => Some(format!("One replication delivers {told} tonnes")),
        n if least >= greatest => Some(format!(
            "Each of the {} replications delivers {told} tonnes",
            whole_number(n as f64)
        )),
        _ => None,
    }
}

/// Between which values of a sample at least such a share of it lies, as many beyond the one as beyond the other.
pub(super) fn middle(sorted: &[f64], share: f64) -> (f64, f64) {
    let n = sorted.len();
    // Rounding must not carry a rank over a whole number.
    let beyond = (((1.0 - share) / 2.0 * n as f64 + 1e-9).floor() as usize).min((n - 1) / 2);
    (sorted[beyond], sorted[n - 1 - beyond])
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

    /// Whether both are the same in every replication.
    fn is_nothing(&self) -> bool {
        [self.share, self.lower, self.upper].iter().all(|x| x.abs() <= 0.0)
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
        let own = decimals(self.share * 100.0, half_width * 10.0, 3).max(1);
        // What is surely not 0 is not told as 0.
        let is_sure = self.lower > 0.0 || self.upper < 0.0;
        let vanishes = |decimals: &usize| {
            let told = [self.lower, self.upper].map(|x| fixed(x.abs() * 100.0, *decimals));
            is_sure && told.contains(&fixed(0.0, *decimals))
        };
        (own..own + 3).find(|decimals| !vanishes(decimals)).unwrap_or(own)
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
            "Whether {} delivers more or less than {} on average is not clear: 95 % interval of the difference {}",
            other.0,
            base.0,
            found.interval()
        ),
        Some(found) => format!(
            "{} delivers {} than {} on average, 95 % interval {}",
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
        return format!(
            "Delivered aid of {}, of which {} delivers nothing",
            counted(others.len() + 1, "alternative"),
            base.0
        );
    };
    if others.iter().all(|(_, values)| *values == base.1) {
        return format!("All {} alternatives deliver the same in every replication", others.len() + 1);
    }
    let told = |(name, difference): &(&str, Difference)| {
        if difference.is_nothing() {
            return format!("as much ({name})");
        }
        let interval = if difference.lower.is_nan() {
            String::new()
        } else {
            format!(", {}", difference.interval())
        };
        format!("{} ({name}{interval})", difference.in_words())
    };
    let intervals = if least.1.lower.is_nan() {
        " in one replication"
    } else {
        " on average; 95 % intervals for all differences at once"
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
        match samples {
            [base, other] => of_two(*base, *other),
            [base, others @ ..] => of_many(*base, others, samples.len()),
            [] => String::new(),
        }
    }

    #[test]
    fn a_title_of_one_says_the_mean_and_where_nine_in_ten_of_the_replications_lie() {
        let values: Vec<f64> = (1..=100).map(|k| 1000.0 + f64::from(k)).collect();
        // Five lie below the sixth, five above the 95th.
        assert_eq!(
            of_one(&values),
            "The 100 replications deliver 1,050.5 tonnes on average (95 % interval 1,044.7 to 1,056.3), at least nine in ten of them between 1,006 and 1,095"
        );
        assert_eq!(of_one(&[400.0]), "One replication delivers 400 tonnes");
        assert_eq!(of_one(&[400.0; 9]), "Each of the 9 replications delivers 400 tonnes");
        assert!(of_one(&[400.0, 500.0, 900.0]).ends_with("between 400 in the least and 900 in the greatest"));
    }

    #[test]
    fn the_middle_of_a_sample_holds_the_share_that_is_said_whatever_its_size() {
        for n in 1..60_usize {
            let sorted: Vec<f64> = (0..n).map(|k| k as f64).collect();
            for share in [0.5, 0.9, 1.0] {
                let (low, high) = middle(&sorted, share);
                let within = sorted.iter().filter(|x| (low..=high).contains(*x)).count();
                assert!(within as f64 >= share * n as f64 - 1e-9, "{within} of {n}");
            }
        }
        let hundred: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(middle(&hundred, 0.9), (6.0, 95.0));
    }

    #[test]
    fn samples_are_cut_to_what_all_have_and_the_title_says_so() {
        let (long, short, none) = ([1.0, 2.0, 3.0], [1.0, 2.0], [0.0; 0]);
        let (ordered, is_cut) = reference_first(&[("a", &long), ("b", &short)], 1);
        assert!(is_cut && ordered == [("b", &short[..]), ("a", &long[..2])]);
        assert!(!reference_first(&[("a", &short), ("b", &short)], 0).1);
        let (ordered, is_cut) = reference_first(&[("a", &long), ("b", &none)], 0);
        assert!(is_cut && ordered.iter().all(|(_, values)| values.is_empty()));
    }

    #[test]
    fn a_title_of_two_says_their_difference_within_replications_and_how_sure_it_is() {
        let base: Vec<f64> = (0..50).map(|k| 1000.0 + 10.0 * f64::from(k % 7)).collect();
        let less: Vec<f64> = base.iter().enumerate().map(|(k, t)| t * 0.99 - (k % 3) as f64).collect();
        assert_eq!(
            told(&[("base", &base), ("other", &less)]),
            "other delivers 1.10 % less than base on average, 95 % interval −1.12 to −1.07 %"
        );
        let unclear: Vec<f64> = base.iter().enumerate().map(|(k, t)| t + (k % 2) as f64 * 2.0 - 1.0).collect();
        assert!(
            told(&[("base", &base), ("other", &unclear)])
                .starts_with("Whether other delivers more or less than base on average is not clear")
        );
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
        let told = super::tests::told(&[("base", &base), ("same", &base), ("h", &high)]);
        assert!(
            told.starts_with("Against base the others deliver from as much (same) to 9.90 % more"),
            "{told}"
        );
    }

    #[test]
    fn a_sure_difference_keeps_the_digits_that_show_it() {
        let found = Difference {
            share: 0.0102,
            lower: 0.0002,
            upper: 0.0202,
        };
        assert_eq!(found.interval(), "+0.02 to +2.02 %");
    }
}
