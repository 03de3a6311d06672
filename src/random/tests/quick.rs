//! Laws with tables against the same laws without.

use super::super::Law;
use super::laws::{specimens, truncated};
use super::{grid, plain, uniforms};

const MINUTE: f64 = 60e6;

/// Laws of times of all families, whole and truncated: in minutes, and in turn of microseconds, of days, or shifted either way.
fn times() -> Vec<(&'static str, Law)> {
    let whole = specimens().into_iter().chain(truncated());
    whole
        .enumerate()
        .flat_map(|(i, (name, law))| {
            let minutes = law.scaled(MINUTE);
            let other = match i % 4 {
                0 => law,
                1 => minutes.scaled(1440.0),
                2 => minutes.shifted(0.3 * MINUTE + 0.5),
                _ => minutes.shifted(-minutes.quantile(0.3)),
            };
            [(name, minutes), (name, other)]
        })
        .collect()
}

/// The share between two others at which the quantile passes `x`, to the last bit.
fn share_of(law: &Law, x: f64, mut low: f64, mut high: f64) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return high;
        }
        if law.quantile(middle) < x {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[test]
fn a_table_changes_no_draw() {
    for (i, (name, law)) in times().iter().enumerate() {
        let quick = law.quick();
        for u in uniforms(&format!("quick.{i}"), 10_000).chain(grid()) {
            assert_eq!(quick.duration(u), law.duration(u), "{name} ({i}) at {u}");
        }
    }
}

#[test]
fn a_table_changes_no_draw_next_to_where_rounding_turns() {
    for (i, (name, law)) in times().iter().enumerate() {
        let quick = law.quick();
        for u in uniforms(&format!("half.{i}"), 40) {
            let half = law.quantile(u).floor() + 0.5;
            let mut near = share_of(law, half, u * 0.5, 0.5 * (1.0 + u));
            for _ in 0..20 {
                near = near.next_down();
            }
            for _ in 0..40 {
                assert_eq!(quick.duration(near), law.duration(near), "{name} ({i}) at {near}");
                near = near.next_up();
            }
        }
    }
}

#[test]
fn shares_at_the_ends_and_edges_of_cells_are_drawn_alike() {
    let edges = [1, 2, 5, 8, 9, 10, 53]
        .into_iter()
        .flat_map(|power| (16..32).map(move |part| f64::from(part) / 16.0 / (1_u64 << power) as f64));
    let shares: Vec<f64> = edges
        .flat_map(|t| [t.next_down(), t, t.next_up()].into_iter().flat_map(|t| [t, 1.0 - t]))
        .filter(|u| *u > 0.0 && *u < 1.0)
        .chain([1e-300, 1e-17, 0.5_f64.next_down(), 0.5_f64.next_up(), 1.0_f64.next_down()])
        .collect();
    for (name, law) in times() {
        let quick = law.quick();
        for u in &shares {
            assert_eq!(quick.duration(*u), law.duration(*u), "{name} at {u}");
        }
    }
}

#[test]
fn a_table_adapted_to_a_change_alters_no_draw() {
    for (i, (name, law)) in times().iter().enumerate() {
        let quick = law.quick();
        let slower = law.scaled(1.37);
        let later = slower.shifted(0.2 * MINUTE);
        let sooner = later.shifted(-0.3 * MINUTE).scaled(0.01);
        let changed = [
            quick.changed_to(&slower),
            quick.changed_to(&later),
            quick.changed_to(&slower).changed_to(&sooner),
        ];
        for (quick, law) in changed.iter().zip([slower, later, sooner]) {
            for u in uniforms(&format!("changed.{i}"), 2_000) {
                assert_eq!(quick.duration(u), law.duration(u), "{name} ({i}) at {u}");
            }
        }
    }
}

#[test]
fn a_change_keeps_the_table_only_of_the_same_law() {
    let scan = plain("lognormal", &[("mean", 4.0 * MINUTE), ("cv", 0.5)]);
    let quick = scan.quick();
    assert!(quick.changed_to(&scan).share_in_full() < 0.01);
    assert!(quick.changed_to(&scan.scaled(1.5).shifted(MINUTE)).share_in_full() < 0.01);
    let other = plain("lognormal", &[("mean", 4.0 * MINUTE), ("cv", 0.6)]);
    let cut = scan.truncated(Some(MINUTE), None).unwrap();
    for law in [other, cut, Law::constant(MINUTE)] {
        assert!(quick.changed_to(&law).share_in_full() >= 1.0);
        assert_eq!(quick.changed_to(&law).duration(0.7), law.duration(0.7));
    }
}

#[test]
fn tables_spare_most_draws() {
    /// A family, its parameters, and the share of draws to be computed in full at most.
    type Case = (&'static str, &'static [(&'static str, f64)], f64);
    let laws: [Case; 10] = [
        ("lognormal", &[("mean", 5.7 * MINUTE), ("cv", 0.5)], 0.01),
        ("exponential", &[("mean", 40.0 * MINUTE)], 0.02),
        ("weibull", &[("mean", 40.0 * MINUTE), ("cv", 1.2)], 0.02),
        (
            "triangular",
            &[("min", 9.0 * MINUTE), ("mode", 14.0 * MINUTE), ("max", 24.0 * MINUTE)],
            0.03,
        ),
        ("uniform", &[("min", 0.0), ("max", 60.0 * MINUTE)], 0.01),
        ("normal", &[("mean", 30.0 * MINUTE), ("sd", 8.0 * MINUTE)], 0.01),
        ("loguniform", &[("min", MINUTE), ("max", 100.0 * MINUTE)], 0.01),
        ("erlang", &[("mean", 20.0 * MINUTE), ("k", 8.0)], 0.01),
        ("gamma", &[("mean", 39.0 * MINUTE), ("cv", 0.7)], 0.07),
        (
            "pert",
            &[("min", 20.0 * MINUTE), ("mode", 35.0 * MINUTE), ("max", 90.0 * MINUTE)],
            0.03,
        ),
    ];
    for (name, parameters, most) in laws {
        let share = plain(name, parameters).quick().share_in_full();
        assert!(share < most, "{name}: {share}");
    }
}
