//! Charts that hold alternatives against one another.

use super::*;
use crate::stats::{Estimate, Shift};

/// The estimate of values of a sort.
fn estimate(sort: &str, seed: u64) -> Estimate {
    let [value, lower, upper] = interval(sort, seed);
    Estimate { value, lower, upper }
}

/// The difference of two of a sort, and ends of its interval, so much wider.
fn difference(sort: &str, seed: u64, wider: f64) -> (f64, [f64; 2]) {
    let (one, other) = (estimate(sort, seed), estimate(sort, seed + 31));
    let value = one.value - other.value + seed as f64 * 1_500.0;
    let half = (one.upper - one.lower) * wider;
    (value, [value - half, value + half])
}

fn effects<'a>(names: &'a [String], groups: &[&'a str], sort: &str) -> Vec<Effect<'a>> {
    let effect = |(k, name): (usize, &'a String)| {
        let (difference, alone) = self::difference(sort, k as u64, 0.7);
        Effect {
            name,
            group: groups[k * groups.len() / names.len()],
            difference,
            alone,
            at_once: self::difference(sort, k as u64, 1.0).1,
            n: 300 - k,
        }
    };
    names.iter().enumerate().map(effect).collect()
}

#[test]
fn forests_keep_to_their_places() {
    for groups in [&[""][..], &["Security", "Rules of the crossing", "Supply"]] {
        each(|width, names, sort| {
            forest(&Forest {
                heading: heading("Graduated reopening delivers 9 % more, 95 % interval 7–11 %"),
                width,
                quantity: "Difference in delivered aid from baseline-2026",
                unit: "t",
                sides: ["delivers less", "delivers more"],
                confidence: 0.95,
                effects: &effects(names, groups, sort),
            })
        });
    }
}

#[test]
fn intervals_against_the_best_keep_to_their_places() {
    each(|width, names, sort| {
        let contender = |(k, name)| {
            let (_, [lower, upper]) = difference(sort, k as u64, 1.0);
            Contender {
                name,
                mean: estimate(sort, k as u64).value,
                interval: if names.len() == 1 {
                    [f64::NAN; 2]
                } else {
                    [lower.min(0.0), upper.max(0.0)]
                },
                may_be_best: k % 3 != 1,
            }
        };
        let contenders: Vec<Contender> = names.iter().map(String::as_str).enumerate().map(contender).collect();
        against_best(&AgainstBest {
            heading: heading("Which policy delivers most is not decided between two"),
            width,
            quantity: "Mean of delivered aid",
            unit: "t",
            more_is_better: true,
            confidence: 0.95,
            n: 1000,
            contenders: &contenders,
        })
    });
}

#[test]
fn regrets_keep_to_their_places() {
    each(|width, names, sort| {
        let regretted = |(k, name)| {
            let mean = estimate(sort, k as u64);
            let p90 = Estimate {
                value: mean.value * 1.4,
                lower: mean.value * 1.3,
                upper: mean.value * 1.6,
            };
            Regretted {
                name,
                mean,
                p90,
                worst: mean.value * 2.3,
            }
        };
        let regrets: Vec<Regretted> = names.iter().map(String::as_str).enumerate().map(regretted).collect();
        regret(&RegretChart {
            heading: heading("No policy falls short of the best by less than fast reopening"),
            width,
            quantity: "Regret in delivered aid",
            unit: "t",
            confidence: 0.95,
            n: 1000,
            regrets: &regrets,
        })
    });
}

#[test]
fn prices_of_closures_keep_to_their_places() {
    let kinds = [
        ("Begins at", "00:00–06:00"),
        ("Begins at", "06:00–12:00"),
        ("Begins at", "12:00–18:00"),
        ("Begins at", "18:00–24:00"),
        ("Lasts", "under 6 h"),
        ("Lasts", "6 h to 1 d"),
        ("Lasts", "1 d to 3 d"),
        ("Lasts", "3 d and more"),
    ];
    let kinds = kinds.map(|(group, name)| Kind { group, name });
    each(|width, names, sort| {
        let prices = |k: usize| -> Vec<Price> {
            let price = |row: usize| {
                let mut price = estimate(sort, (k * 10 + row) as u64);
                if row % 4 == 3 {
                    (price.lower, price.upper) = (f64::NAN, f64::NAN);
                }
                Price { price, n: 12 + 40 * row }
            };
            (0..kinds.len()).map(price).collect()
        };
        let all: Vec<Vec<Price>> = (0..names.len()).map(prices).collect();
        let alternatives = names.iter().zip(&all).map(|(name, prices)| Priced { name, prices });
        closure_price(&ClosurePrice {
            heading: heading("An hour closed in the morning costs most"),
            width,
            quantity: "Aid lost per closed hour",
            unit: "t/h",
            confidence: 0.95,
            kinds: &kinds,
            alternatives: &alternatives.collect::<Vec<_>>(),
        })
    });
}

#[test]
fn shift_plots_keep_to_their_places() {
    each(|width, names, sort| {
        let shifts = |k: usize| -> Vec<Shift> {
            if sort == "one replication" {
                return Vec::new();
            }
            let shift = |step: u64| {
                let (difference, [lower, upper]) = difference(sort, k as u64 + step % 4, 1.2 + (5.0 - step as f64).abs() * 0.2);
                Shift {
                    p: step as f64 / 10.0,
                    difference,
                    lower,
                    upper,
                }
            };
            (1..10).map(shift).collect()
        };
        let all: Vec<Vec<Shift>> = (0..names.len()).map(shifts).collect();
        let alternatives = names.iter().zip(&all).map(|(name, shifts)| Shifted { name, shifts, n: 300 });
        shift_plot(&ShiftPlot {
            heading: heading("Graduated reopening delivers more in bad years, and no less in good ones"),
            width,
            quantity: "Delivered aid less that of baseline-2026",
            unit: "t",
            confidence: 0.95,
            alternatives: &alternatives.collect::<Vec<_>>(),
        })
    });
}

#[test]
fn convergences_keep_to_their_places() {
    for wanted in [None, Some(1_000.0)] {
        each(|width, names, sort| {
            let samples: Vec<Vec<f64>> = (0..names.len()).map(|k| sample(sort, k as u64)).collect();
            let alternatives = names.iter().zip(&samples).map(|(name, values)| Converging {
                name,
                values,
                possible: (0.0, f64::INFINITY),
            });
            convergence(&Convergence {
                heading: heading("After 300 replications the mean is known to 1 %"),
                width,
                quantity: "Delivered aid",
                unit: "t",
                confidence: 0.95,
                wanted,
                alternatives: &alternatives.collect::<Vec<_>>(),
            })
        });
    }
}

#[test]
fn a_forest_and_a_regret_are_drawn_as_before() {
    let names: Vec<String> = ["Graduated reopening", "Fast closing"].map(str::to_owned).into();
    let effects = [(1_250.0, 300.0), (-120.0, 410.0)]
        .into_iter()
        .zip(&names)
        .map(|((difference, half), name)| Effect {
            name,
            group: "",
            difference,
            alone: [difference - half, difference + half],
            at_once: [difference - 1.2 * half, difference + 1.2 * half],
            n: 100,
        });
    let effects: Vec<Effect> = effects.collect();
    let drawn = forest(&Forest {
        heading: heading("Graduated reopening delivers more"),
        width: Width::Column,
        quantity: "Difference in delivered aid",
        unit: "t",
        sides: ["less", "more"],
        confidence: 0.95,
        effects: &effects,
    });
    insta::assert_snapshot!("forest", super::super::super::svg(&drawn));
    assert_eq!(
        drawn.tips[0].words,
        "Graduated reopening: difference +1,250, 95\u{a0}% interval 890 to 1,610, in t"
    );
    let exact = |value: f64| Estimate {
        value,
        lower: value * 0.9,
        upper: value * 1.1,
    };
    let regrets = names.iter().enumerate().map(|(k, name)| Regretted {
        name,
        mean: exact(1_000.0 + 500.0 * k as f64),
        p90: exact(2_400.0),
        worst: 5_100.0,
    });
    let drawn = regret(&RegretChart {
        heading: heading("Fast closing falls short by half as much again"),
        width: Width::Column,
        quantity: "Regret in delivered aid",
        unit: "t",
        confidence: 0.95,
        n: 100,
        regrets: &regrets.collect::<Vec<_>>(),
    });
    insta::assert_snapshot!("regret", super::super::super::svg(&drawn));
}

#[test]
fn a_forest_tells_rings_from_full_dots_by_the_interval_for_all_at_once() {
    let effect = |at_once: [f64; 2]| Effect {
        name: "a",
        group: "",
        difference: 10.0,
        alone: [5.0, 15.0],
        at_once,
        n: 40,
    };
    let said = |effect: Effect| {
        let scene = forest(&Forest {
            heading: heading("x"),
            width: Width::Page,
            quantity: "Difference",
            unit: "t",
            sides: ["", ""],
            confidence: 0.95,
            effects: &[effect],
        });
        scene.description
    };
    assert!(said(effect([-1.0, 21.0])).contains("not distinguishable from 0"));
    assert!(!said(effect([1.0, 19.0])).contains("not distinguishable"));
    // Where there is no interval for all at once, its own decides.
    assert!(!said(effect([f64::NAN; 2])).contains("not distinguishable"));
}
