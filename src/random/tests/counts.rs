//! What holds of every count.

use super::super::{COUNT_FAMILIES, CountLaw, Given, build_count};
use super::{assert_moments, count, grid, law, numbers, plain, uniforms};

fn specimens() -> Vec<(&'static str, CountLaw)> {
    let plain_counts: [(&str, &[(&str, f64)]); 19] = [
        ("constant", &[("value", 30.0)]),
        ("poisson", &[("mean", 60.0)]),
        ("poisson", &[("mean", 0.3)]),
        ("poisson", &[("mean", 0.0)]),
        ("poisson", &[("mean", 5e6)]),
        ("poisson_positive", &[("mean", 2.0)]),
        ("poisson_positive", &[("mean", 1.000_1)]),
        ("poisson_positive", &[("mean", 400.0)]),
        ("geometric", &[("mean", 8.0)]),
        ("geometric", &[("mean", 1.0)]),
        ("geometric", &[("mean", 1e6)]),
        ("negative_binomial", &[("mean", 105.0), ("k", 10.0)]),
        ("negative_binomial", &[("mean", 20.0), ("k", 0.5)]),
        ("binomial", &[("n", 12.0), ("p", 0.3)]),
        ("binomial", &[("n", 1e6), ("p", 0.5)]),
        ("binomial", &[("n", 12.0), ("p", 1.0)]),
        ("uniform", &[("min", 5.0), ("max", 20.0)]),
        ("uniform", &[("min", 5.0), ("max", 5.0)]),
        ("uniform", &[("min", 0.0), ("max", 1.0)]),
    ];
    let mut all: Vec<(&str, CountLaw)> = plain_counts
        .iter()
        .map(|&(name, p)| (name, count(name, p, 0, None, None)))
        .collect();
    all.push(("poisson", count("poisson", &[("mean", 3.0)], 1, None, None)));
    all.push(("poisson", count("poisson", &[("mean", 3.0)], 1, Some(2), Some(5))));
    all.push(("geometric", count("geometric", &[("mean", 8.0)], 0, Some(4), None)));
    all.push(("geometric", count("geometric", &[("mean", 8.0)], 2, Some(4), Some(12))));
    all.push((
        "negative_binomial",
        count("negative_binomial", &[("mean", 105.0), ("k", 10.0)], 0, Some(60), None),
    ));
    let observed = Given::new()
        .with_list("values", vec![20.0, 2.0, 7.0, 5.0])
        .with_list("weights", vec![2.0, 1.0, 3.0, 4.0]);
    let family = COUNT_FAMILIES.iter().find(|f| f.name == "empirical").unwrap();
    all.push(("empirical", build_count(family, &observed, 0, None, None).unwrap()));
    all.push(("empirical", build_count(family, &observed, 1, Some(4), Some(8)).unwrap()));
    all.push((
        "whole part",
        CountLaw::whole_part_of(plain("lognormal", &[("mean", 4.0), ("cv", 1.0)])),
    ));
    all.push(("whole part", CountLaw::whole_part_of(plain("exponential", &[("mean", 1e6)]))));
    all.push((
        "whole part",
        CountLaw::whole_part_of(plain("uniform", &[("min", 0.0), ("max", 3.0)])),
    ));
    all
}

#[test]
fn every_family_has_a_specimen() {
    for family in COUNT_FAMILIES {
        assert!(specimens().iter().any(|(name, _)| *name == family.name), "{}", family.name);
    }
}

#[test]
fn quantiles_never_fall_and_stay_within_the_support() {
    for (name, law) in specimens() {
        let (low, high) = law.support();
        let mut last = low;
        for u in grid() {
            let n = law.quantile(u);
            assert!(n >= last && high.is_none_or(|high| n <= high), "{name}: {n} after {last} at {u}");
            last = n;
        }
        assert!(law.as_constant().is_none_or(|value| value == last));
    }
}

#[test]
fn draws_have_the_stated_mean_and_variance() {
    for (i, (name, law)) in specimens().iter().enumerate() {
        let draws: Vec<f64> = uniforms(&format!("count.{name}.{i}"), 200_000)
            .map(|u| law.quantile(u) as f64)
            .collect();
        assert_moments(&format!("{name} ({i})"), &draws, law.mean(), law.variance());
    }
}

#[test]
fn moments_are_those_of_the_formulas() {
    let moments = |name, parameters: &[(&'static str, f64)]| {
        let law = count(name, parameters, 0, None, None);
        (law.mean(), law.variance())
    };
    let expected = [
        (moments("poisson", &[("mean", 60.0)]), (60.0, 60.0)),
        (moments("geometric", &[("mean", 8.0)]), (8.0, 56.0)),
        (moments("negative_binomial", &[("mean", 105.0), ("k", 10.0)]), (105.0, 1207.5)),
        (moments("negative_binomial", &[("mean", 20.0), ("k", 0.5)]), (20.0, 820.0)),
        (moments("binomial", &[("n", 12.0), ("p", 0.3)]), (3.6, 2.52)),
        (moments("uniform", &[("min", 5.0), ("max", 20.0)]), (12.5, 21.25)),
        (moments("poisson_positive", &[("mean", 2.0)]), (2.0, 1.187_248_520_080_079_8)),
    ];
    for ((mean, variance), (m, v)) in expected {
        assert!(
            (mean - m).abs() < 1e-10 * m && (variance - v).abs() < 1e-9 * v,
            "{mean} {variance} for {m} {v}"
        );
    }
}

#[test]
fn bounds_hold_for_the_shifted_count() {
    let law = count("poisson", &[("mean", 3.0)], 10, Some(11), Some(12));
    assert_eq!(law.support(), (11, Some(12)));
    // 1 or 2 of a Poisson law of mean 3: 3 to 4.5.
    assert!((law.mean() - (11.0 * 3.0 + 12.0 * 4.5) / 7.5).abs() < 1e-12);
    assert_eq!((law.quantile(0.399), law.quantile(0.401)), (11, 12));
}

#[test]
fn a_range_gives_both_ends_and_equal_shares() {
    let law = count("uniform", &[("min", 5.0), ("max", 20.0)], 0, None, None);
    for n in 0..16_u32 {
        assert_eq!(law.quantile((f64::from(n) + 1e-9) / 16.0), u64::from(n) + 5);
        assert_eq!(law.quantile((f64::from(n) + 1.0 - 1e-9) / 16.0), u64::from(n) + 5);
    }
}

#[test]
fn a_batch_takes_the_whole_part_of_a_truncated_law() {
    // Batches of truckloads as fitted to a published list: mean 9.7, median 3, nine tenths at most 25.
    let batch = law(
        "lognormal",
        &numbers(&[("median", 0.1353), ("sigma", 2.75)]),
        Some(1.0),
        Some(142.0),
    )
    .unwrap();
    let batch = CountLaw::whole_part_of(batch);
    assert_eq!(batch.support(), (1, Some(141)));
    assert_eq!(batch.quantile(0.5), 3);
    assert_eq!(batch.quantile(0.9), 25);
    assert!((batch.mean() - 9.7).abs() < 0.1, "{}", batch.mean());
}

#[test]
fn a_spread_beyond_any_table_is_refused() {
    let family = COUNT_FAMILIES.iter().find(|f| f.name == "poisson").unwrap();
    assert!(build_count(family, &numbers(&[("mean", 1e15)]), 0, None, None).is_err());
}
