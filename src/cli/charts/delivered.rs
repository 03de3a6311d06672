//! Tonnes delivered over the period: how they are distributed, and how alternatives differ.

use super::super::failure::Failure;
use super::super::numbers::{counted, whole as whole_number};
use super::ends::Telling;
use super::lead::choice;
use super::place::{Place, exact};
use super::relative::Difference;
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole, words};
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
    also: &["comparison"],
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
    let title = apart(easel, "Tonnes delivered in each replication").unwrap_or_else(|| title(easel, &samples));
    Ok(vec![Picture {
        name: CHART.name.to_owned(),
        scene: delivered.scene(easel, Shape::Histogram, title),
        numbers: numbers(CHART.name, &samples),
    }])
}

/// The title of a chart of deliveries over periods that differ: what it shows, since nothing is held against each other. None where they are the same.
pub(super) fn apart(easel: &Easel, what: &str) -> Option<String> {
    let told = || format!("{what}; the alternatives simulate different periods, and are not held against each other");
    (!easel.source.is_of_one_period()).then(told)
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
    let telling = Telling {
        unit: "",
        confidence: CONFIDENCE,
    };
    let mean = stats::mean_interval(values, CONFIDENCE).within(possible_means("t", (least, greatest)));
    let (at, interval) = telling.parts(mean.into());
    let interval = interval.map_or_else(String::new, |interval| format!(" ({interval})"));
    let (low, high) = middle(&sorted, if n < LEAST { 1.0 } else { 0.9 });
    let range = if n < LEAST {
        let place = Place::between(low, high);
        format!("between {} in the least and {} in the greatest", place.down(low), place.up(high))
    } else {
        format!("at least nine in ten of them {}", between(low, high))
    };
    format!(
        "The {} replications deliver {at} tonnes on average{interval}, {range}",
        whole_number(n as f64)
    )
}

/// Between which values something lies, rounded so that it still does; or at which, where they are one.
pub(super) fn between(low: f64, high: f64) -> String {
    if high > low {
        let place = Place::between(low, high);
        format!("between {} and {}", place.down(low), place.up(high))
    } else {
        format!("at {}", exact(low))
    }
}

/// Of fewer replications nothing is said of one in ten or twenty.
pub(super) const LEAST: usize = 20;

/// What is said of a single replication, or of several that deliver the same; none where they differ.
fn alike(sorted: &[f64]) -> Option<String> {
    let told = exact(same(sorted)?);
    Some(match sorted.len() {
        1 => format!("One replication delivers {told} tonnes"),
        n => format!("Each of the {} replications delivers {told} tonnes", whole_number(n as f64)),
    })
}

/// What all values of a sorted sample are; none where they differ.
pub(super) fn same(sorted: &[f64]) -> Option<f64> {
    let (least, greatest) = (*sorted.first()?, *sorted.last()?);
    (least >= greatest).then_some(least)
}

/// Between which values of a sample at least such a share of it lies, as many beyond the one as beyond the other.
pub(super) fn middle(sorted: &[f64], share: f64) -> (f64, f64) {
    let n = sorted.len();
    // Rounding must not carry a rank over a whole number.
    let beyond = (((1.0 - share) / 2.0 * n as f64 + 1e-9).floor() as usize).min((n - 1) / 2);
    (sorted[beyond], sorted[n - 1 - beyond])
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
        Some(found) if !found.varies() => {
            format!("{} delivers {} than {} in every replication", other.0, found.in_words(), base.0)
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
        let interval = if difference.varies() {
            format!(", {}", difference.interval())
        } else {
            String::new()
        };
        format!("{} ({name}{interval})", difference.in_words())
    };
    let intervals = if least.1.lower.is_nan() {
        " in one replication"
    } else {
        " on average; 95 % intervals for all differences at once"
    };
    format!(
        "Against {} the others{} deliver from {} to {}{intervals}",
        base.0,
        if others.len() + 1 < all { " shown" } else { "" },
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
    fn between_the_values_that_are_told_lie_as_many_replications_as_is_said() {
        for seed in 1..200_u32 {
            let value = |k: u32| 190_000.0 + f64::from(k.wrapping_mul(2_654_435_761).wrapping_add(seed * 97) % 90_001) * 1.37;
            let values: Vec<f64> = (0..20 + seed % 50).map(value).collect();
            let told = of_one(&values);
            let range = told.split(" of them between ").nth(1).unwrap();
            let ends: Vec<f64> = range.split(" and ").map(|end| end.replace(',', "").parse().unwrap()).collect();
            let within = values.iter().filter(|x| (ends[0]..=ends[1]).contains(*x)).count();
            assert!(10 * within >= 9 * values.len(), "{within} of {}: {told}", values.len());
        }
        // All but one deliver the same: no digits are made up.
        let mut values = [6_562.3; 40];
        values[7] = 1_589.2;
        let told = of_one(&values);
        assert!(told.ends_with("at least nine in ten of them at 6,562"), "{told}");
    }

    #[test]
    fn the_others_of_many_are_said_to_be_those_shown() {
        let (base, more) = ([100.0, 110.0, 95.0], [104.0, 111.0, 99.0]);
        let others: [Sample; 2] = [("a", &more), ("b", &base)];
        assert!(of_many(("base", &base), &others, 3).starts_with("Against base the others deliver from"));
        assert!(of_many(("base", &base), &others, 14).starts_with("Against base the others shown deliver from"));
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
            "other delivers 1.095 % less than base on average, 95 % interval −1.118 to −1.073 %"
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
            "In one replication other delivers 3 % more than base"
        );
        assert_eq!(
            told(&[("base", &[100.0; 3]), ("other", &[103.0; 3])]),
            "other delivers 3 % more than base in every replication"
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
            told.starts_with("Against base the others deliver from 10.095 % less (l, −10.1"),
            "{told}"
        );
        assert!(told.contains("to 9.905 % more (h, +9.8"), "{told}");
        let told = super::tests::told(&[("base", &base), ("same", &base), ("h", &high)]);
        assert!(
            told.starts_with("Against base the others deliver from as much (same) to 9.905 % more"),
            "{told}"
        );
    }
}
