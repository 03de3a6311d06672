//! What holds of every law.

use super::super::{FAMILIES, Given, Law};
use super::{assert_moments, grid, law, plain, uniforms};
use crate::time::Duration;

/// Laws of every family, ordinary and extreme.
pub(super) fn specimens() -> Vec<(&'static str, Law)> {
    let numbers: [(&str, &[(&str, f64)]); 27] = [
        ("constant", &[("value", 3.0)]),
        ("exponential", &[("mean", 4.0)]),
        ("lognormal", &[("mean", 4.0), ("cv", 0.5)]),
        ("lognormal", &[("median", 0.5), ("sigma", 1.2)]),
        ("gamma", &[("mean", 4.0), ("cv", 1.5)]),
        ("gamma", &[("mean", 4.0), ("cv", 4.0)]),
        ("gamma", &[("mean", 1.0e9), ("cv", 0.3)]),
        ("gamma", &[("mean", 5.0), ("cv", 0.002)]),
        ("erlang", &[("mean", 20.0), ("k", 3.0)]),
        ("erlang", &[("mean", 20.0), ("k", 1.0)]),
        ("weibull", &[("mean", 4.0), ("cv", 1.2)]),
        ("weibull", &[("scale", 2.0), ("shape", 3.0)]),
        ("triangular", &[("min", 20.0), ("mode", 35.0), ("max", 90.0)]),
        ("triangular", &[("min", 0.0), ("mode", 0.0), ("max", 1.0)]),
        ("triangular", &[("min", 0.0), ("mode", 1.0), ("max", 1.0)]),
        ("pert", &[("min", 20.0), ("mode", 35.0), ("max", 90.0)]),
        ("pert", &[("min", 0.0), ("mode", 0.0), ("max", 1.0)]),
        ("pert", &[("min", 0.0), ("mode", 1.0), ("max", 1.0)]),
        ("uniform", &[("min", 0.0), ("max", 60.0)]),
        ("uniform", &[("min", 7.0), ("max", 7.0)]),
        ("normal", &[("mean", 5.0), ("sd", 4.0)]),
        ("normal", &[("mean", -2.0), ("sd", 1.0)]),
        ("loguniform", &[("min", 0.1), ("max", 100.0)]),
        ("loguniform", &[("min", 5.0), ("max", 5.0)]),
        ("hyperexponential", &[("mean", 4.0), ("cv", 2.0)]),
        ("hyperexponential", &[("mean", 4.0), ("cv", 1.0)]),
        ("hyperexponential", &[("mean", 1.0), ("cv", 6.0)]),
    ];
    let mut all: Vec<(&str, Law)> = numbers.iter().map(|&(name, parameters)| (name, plain(name, parameters))).collect();
    let observed = Given::new()
        .with_list("values", vec![20.0, 2.0, 7.0, 5.0])
        .with_list("weights", vec![2.0, 1.0, 3.0, 4.0]);
    all.push(("empirical", law("empirical", &observed, None, None).unwrap()));
    let parts: [Vec<Law>; 4] = [
        vec![
            plain("lognormal", &[("mean", 4.0), ("cv", 0.5)]),
            plain("gamma", &[("mean", 20.0), ("cv", 1.0)]),
        ],
        vec![Law::constant(0.0), plain("exponential", &[("mean", 4.0)])],
        vec![Law::constant(2.0), Law::constant(5.0)],
        vec![
            plain("uniform", &[("min", 1.0), ("max", 2.0)]),
            plain("uniform", &[("min", 8.0), ("max", 9.0)]),
        ],
    ];
    for laws in parts {
        let given = Given::new().with_laws("of", laws).with_list("weights", vec![3.0, 1.0]);
        all.push(("mixture", law("mixture", &given, None, None).unwrap()));
    }
    all
}

/// The specimens that have room for it, between two of their quantiles.
pub(super) fn truncated() -> Vec<(&'static str, Law)> {
    let cut = |(name, law): &(&'static str, Law)| {
        let (a, b) = (law.quantile(0.2), law.quantile(0.93));
        (a < b).then(|| [(Some(a), None), (None, Some(b)), (Some(a), Some(b))].map(|(min, max)| (*name, law.truncated(min, max).unwrap())))
    };
    specimens().iter().filter_map(cut).flatten().collect()
}

#[test]
fn every_family_has_a_specimen() {
    for family in FAMILIES {
        assert!(specimens().iter().any(|(name, _)| *name == family.name), "{}", family.name);
    }
}

#[test]
fn quantiles_never_fall_and_stay_within_the_support() {
    for (name, law) in specimens().iter().chain(&truncated()) {
        let (low, high) = law.support();
        let mut last = low;
        for u in grid() {
            let x = law.quantile(u);
            // The last bits of logarithms and exponentials are not monotone, nor is what cancels between them and a place far from 0.
            let last_bits = 4e-15 * (last.abs() + law.variance().sqrt().min(1e3));
            assert!(
                x >= last - last_bits && x <= high && x.is_finite(),
                "{name}: {x} after {last} at {u}"
            );
            last = x;
        }
    }
}

#[test]
fn draws_have_the_stated_mean_and_variance() {
    for (i, (name, law)) in specimens().iter().chain(&truncated()).enumerate() {
        let draws: Vec<f64> = uniforms(&format!("{name}.{i}"), 200_000).map(|u| law.quantile(u)).collect();
        assert_moments(&format!("{name} ({i})"), &draws, law.mean(), law.variance());
    }
}

#[test]
fn shares_and_quantiles_undo_each_other_in_body_and_tails() {
    for (i, (name, law)) in specimens().iter().chain(&truncated()).enumerate() {
        for u in grid().into_iter().filter(|u| (1e-9..=1.0 - 1e-9).contains(u)) {
            let x = law.quantile(u);
            // Through a step of 1e-6 either way: exact for laws with jumps, and the promise for those with tables. Near 0 a law cut
            // far from its mean has only the last bits of the mean to tell values apart.
            // The knee between branches of very different means is the hardest for a table.
            let told_apart = if *name == "hyperexponential" { 1e-5 } else { 1e-6 };
            let step = told_apart * x.abs() + 1e-14 * law.variance().sqrt().min(1e3);
            let (below, above) = (x - step, x + step);
            assert!(law.below(below) <= u * (1.0 + 1e-9), "{name} ({i}): {u} gives {x}, too far up");
            assert!(
                law.above(above) <= (1.0 - u) * (1.0 + 1e-6),
                "{name} ({i}): {u} gives {x}, too far down"
            );
            assert!(law.up_to(above) >= u * (1.0 - 1e-9), "{name} ({i}): {u} gives {x}, too far down");
            assert!(
                law.at_least(below) >= (1.0 - u) * (1.0 - 1e-6),
                "{name} ({i}): {u} gives {x}, too far up"
            );
        }
    }
}

#[test]
fn truncation_is_conditioning_and_not_clamping() {
    let whole = plain("gamma", &[("mean", 4.0), ("cv", 0.8)]);
    let cut = whole.truncated(Some(2.0), Some(9.0)).unwrap();
    assert_eq!(cut.support(), (2.0, 9.0));
    for x in [2.5, 4.0, 8.9] {
        let conditional = (whole.up_to(x) - whole.up_to(2.0)) / (whole.up_to(9.0) - whole.up_to(2.0));
        assert!((cut.up_to(x) - conditional).abs() < 1e-12);
        assert!((cut.quantile(conditional) - x).abs() < 1e-6 * x);
    }
    let draws: Vec<f64> = uniforms("truncation", 100_000).map(|u| cut.quantile(u)).collect();
    assert!(draws.iter().all(|x| (2.0..=9.0).contains(x)));
    assert!(draws.iter().filter(|x| **x <= 2.0 || **x >= 9.0).count() < 3, "an atom at a bound");
}

#[test]
fn a_truncated_mixture_keeps_its_single_values() {
    let given = Given::new()
        .with_laws("of", vec![Law::constant(2.0), plain("uniform", &[("min", 0.0), ("max", 4.0)])])
        .with_list("weights", vec![1.0, 1.0]);
    let cut = law("mixture", &given, Some(1.0), Some(2.0)).unwrap();
    // Left of the probability: 1/2 at 2, and 1/8 from 1 to 2.
    let draws: Vec<f64> = uniforms("atoms", 100_000).map(|u| cut.quantile(u)).collect();
    let atom = draws.iter().filter(|x| x.to_bits() == 2.0_f64.to_bits()).count() as f64 / 1e5;
    assert!((atom - 0.8).abs() < 4.0 * (0.16_f64 / 1e5).sqrt(), "{atom}");
    assert!((cut.mean() - (0.8 * 2.0 + 0.2 * 1.5)).abs() < 1e-12);
}

#[test]
fn a_scaled_law_is_the_law_of_the_scaled_quantity() {
    for (name, law) in specimens() {
        let half = law.scaled(0.5);
        assert!((half.mean() - 0.5 * law.mean()).abs() <= 1e-12 * law.mean().abs(), "{name}");
        for u in [1e-6, 0.2, 0.5, 0.99] {
            assert!(
                (half.quantile(u) - 0.5 * law.quantile(u)).abs() <= 1e-12 * law.quantile(u).abs(),
                "{name}"
            );
        }
    }
    assert_eq!(plain("exponential", &[("mean", 4.0)]).scaled(0.0).as_constant(), Some(0.0));
}

#[test]
fn a_time_is_drawn_in_whole_microseconds() {
    let minutes = plain("exponential", &[("mean", 60e6)]);
    assert_eq!(minutes.duration(1.0 - libm::exp(-1.0)), Duration(60_000_000));
    assert_eq!(Law::constant(-3.0).duration(0.5), Duration(0));
    assert_eq!(Law::constant(2.0).as_constant(), Some(2.0));
    assert_eq!(minutes.as_constant(), None);
}
