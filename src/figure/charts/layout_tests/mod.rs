//! The layout of every chart as geometry, for one, two, eight and twelve alternatives, short and long names, and values of every sort: no text covers
//! another, nothing leaves the page, no bar is cut.

mod comparisons;
mod passage;

use super::super::page::TALLEST;
use super::super::scene::{Frame, Mark, Scene};
use super::super::{TimeAxis, Width};
use super::tests::{bell, check, dates, heading, noise};
use super::*;

const SORTS: [&str; 5] = ["ordinary", "constant", "heavy-tailed", "zeros", "one replication"];

/// One value a replication.
fn sample(sort: &str, seed: u64) -> Vec<f64> {
    let mut uniform = noise(seed + 11);
    match sort {
        "constant" => vec![12_500.0; 60],
        // Pareto with index 1.1: hardly a mean.
        "heavy-tailed" => (0..400).map(|_| 100.0 * libm::pow(1.0 - uniform(), -1.0 / 1.1)).collect(),
        "zeros" => vec![0.0; 60],
        "one replication" => vec![12_345.6 + seed as f64],
        _ => bell(seed + 1, 300, 250_000.0 + 400.0 * seed as f64, 18_000.0),
    }
}

fn names(count: usize, long: bool) -> Vec<String> {
    let name = |k: usize| {
        if long {
            format!("baseline-2026 with the second scanner, a night shift and a hub at the port, from the first of July on, number {k}")
        } else {
            format!("a{k}")
        }
    };
    (0..count).map(name).collect()
}

/// The boxes of all that is not text, those of clips as far as they are seen.
fn drawn(marks: &[Mark]) -> Vec<Frame> {
    let boxed = |mark: &Mark| match mark {
        Mark::Line { from, to, .. } => Some(Frame::around(&[*from, *to])),
        Mark::Polyline { points, .. } | Mark::Area { points, .. } => Some(Frame::around(points)),
        Mark::Rect { frame, .. } | Mark::Clip { frame, .. } => Some(*frame),
        Mark::Circle { centre, radius, .. } => Some(Frame::around(&[*centre]).grown(*radius)),
        Mark::Text(_) => None,
    };
    marks.iter().filter_map(boxed).collect()
}

/// Texts by [`check`], and everything else within the page.
fn whole(scene: &Scene, what: &str) {
    check(scene, what);
    let page = Frame::around(&[(0.0, 0.0), (scene.width, scene.height)]);
    for frame in drawn(&scene.marks) {
        assert!(page.holds(&frame), "{what}: {frame:?} leaves the page of {page:?}");
    }
    for tip in &scene.tips {
        assert!(page.holds(&tip.frame), "{what}: {tip:?} leaves the page of {page:?}");
        assert!(!tip.words.contains("NaN") && !tip.words.contains("inf "), "{what}: {tip:?}");
    }
    assert!(scene.tips.len() <= 60 * 12 + 12, "{what}: {} tips", scene.tips.len());
}

/// Every combination of width, number, names and sort.
fn each(of: impl Fn(Width, &[String], &str) -> Scene) {
    each_in(&[Width::Column, Width::Page], &[1, 2, 8, 12], &of);
    each_in(&[Width::Millimetres(Width::LEAST)], &[1, 12], &of);
}

/// The same in the widths between and beyond those of journals too.
fn each_width(of: impl Fn(Width, &[String], &str) -> Scene) {
    each_in(&[Width::Column, Width::Page], &[1, 2, 8, 12], &of);
    each_in(&[Width::LEAST, 129, 130].map(Width::Millimetres), &[1, 2, 8, 12], &of);
}

fn each_in(widths: &[Width], counts: &[usize], of: &impl Fn(Width, &[String], &str) -> Scene) {
    for width in widths {
        for &count in counts {
            for long in [false, true] {
                for sort in SORTS {
                    let scene = of(*width, &names(count, long), sort);
                    let what = format!("{width:?}, {count} alternatives, long names {long}, {sort}");
                    whole(&scene, &what);
                    let is_journal = matches!(width, Width::Column | Width::Page);
                    assert!(
                        long || !is_journal || scene.height <= TALLEST,
                        "{what}: {} points are taller than a page",
                        scene.height
                    );
                }
            }
        }
    }
}

fn distributed(shape: Shape, width: Width, names: &[String], sort: &str) -> Scene {
    let samples: Vec<Vec<f64>> = (0..names.len()).map(|k| sample(sort, k as u64)).collect();
    let alternatives: Vec<Alternative> = (names.iter().zip(&samples))
        .map(|(name, values)| Alternative { name, values })
        .collect();
    distribution(&Distribution {
        heading: heading(&format!("{} delivers 1.3 % more than {}", names[0], names[names.len() - 1])),
        width,
        quantity: "Delivered aid",
        unit: "t",
        alternatives: &alternatives,
        shape,
    })
}

#[test]
fn histograms_keep_to_their_places() {
    each_width(|width, names, sort| distributed(Shape::Histogram, width, names, sort));
}

#[test]
fn distribution_functions_keep_to_their_places() {
    each_width(|width, names, sort| distributed(Shape::Ecdf, width, names, sort));
}

#[test]
fn shares_above_keep_to_their_places() {
    each_width(|width, names, sort| distributed(Shape::Exceedance, width, names, sort));
}

#[test]
fn violins_keep_to_their_places() {
    each_width(|width, names, sort| distributed(Shape::Violin, width, names, sort));
}

/// Quantiles of such values a day, and the share closed.
fn days(sort: &str, seed: u64, count: usize) -> (Vec<Quantiles>, Vec<f64>) {
    let rows = (0..count).map(|day| {
        let mut values: Vec<f64> = sample(sort, seed + 100 * day as u64).into_iter().take(40).collect();
        quantiles(&mut values)
    });
    (rows.collect(), (0..count).map(|day| (day % 5) as f64 / 4.0).collect())
}

#[test]
fn daily_fans_keep_to_their_places() {
    for count in [1, 16, 53] {
        each_width(|width, names, sort| {
            let data: Vec<_> = (0..names.len()).map(|k| days(sort, k as u64, count)).collect();
            let fans: Vec<Fan> = (names.iter().zip(&data))
                .map(|(name, (rows, closed))| Fan {
                    name,
                    rows,
                    closed,
                    incidents: closed,
                    aside: "less on 61 % of the days",
                })
                .collect();
            daily_fan(&DailyFan {
                heading: heading("640 tonnes a day on average"),
                width,
                quantity: "Delivered aid",
                unit: "t/day",
                axis: TimeAxis::dated(dates(count * 7)).stepping(0.0, 7.0).until(count as f64 * 7.0 - 3.0),
                fans: &fans,
                level: Some((14_000.0, "need")),
                strip: "Days with a closure, over replications",
                said: "The last value is the mean of 4 days.",
            })
        });
    }
}

#[test]
fn queues_keep_to_their_places() {
    for (count, step) in [(48, 1.0 / 24.0), (30 * 24, 1.0 / 24.0), (365, 1.0)] {
        each_width(|width, names, sort| {
            let data: Vec<_> = (0..names.len()).map(|k| days(sort, k as u64, count.min(60)).0).collect();
            let long: Vec<Vec<Quantiles>> = data.iter().map(|rows| rows.iter().copied().cycle().take(count).collect()).collect();
            let stages: Vec<StageQueue> = names.iter().zip(&long).map(|(name, rows)| StageQueue { name, rows }).collect();
            queue_by_stage(&QueueByStage {
                heading: heading("The longest queue stands before the inspection"),
                width,
                quantity: "Trucks waiting",
                unit: "trucks",
                axis: TimeAxis::dated(dates((count as f64 * step) as usize + 2)).stepping(0.0, step),
                stages: &stages,
            })
        });
    }
}

/// The mean of values of a sort with its interval.
fn interval(sort: &str, seed: u64) -> [f64; 3] {
    let found = crate::stats::mean_interval(&sample(sort, seed), 0.95);
    [found.mean, found.lower, found.upper]
}

#[test]
fn standings_keep_to_their_places() {
    let places = [Place::Best, Place::Open, Place::Behind, Place::Unranked];
    for many in [1, 6] {
        each_width(|width, names, sort| {
            let of = |q: usize| -> Vec<Interval> {
                let rows = (0..names.len()).map(|k| {
                    let [mean, lower, upper] = interval(sort, (k + 8 * q) as u64);
                    Interval {
                        mean,
                        lower,
                        upper,
                        place: places[(k + q) % 4],
                    }
                });
                rows.collect()
            };
            let standing: Vec<Vec<Interval>> = (0..many).map(of).collect();
            let quantities: Vec<Quantity> = standing
                .iter()
                .zip(
                    ["Delivered aid", "Days on which the last seven brought less than needed", "Exposure"]
                        .iter()
                        .cycle(),
                )
                .map(|(standings, name)| Quantity {
                    name,
                    unit: "truck-weights of severity",
                    direction: "less is better",
                    standings,
                })
                .collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            standings(&Standings {
                heading: heading("Graduated reopening delivers most"),
                width,
                confidence: 0.95,
                names: &names,
                quantities: &quantities,
            })
        });
    }
}

#[test]
fn frontiers_keep_to_their_places() {
    each_width(|width, names, sort| {
        let alternatives: Vec<Traded> = names
            .iter()
            .enumerate()
            .map(|(k, name)| Traded {
                name,
                is_undominated: k % 3 == 0,
                is_bettered: k % 3 == 2,
                by: [interval(sort, k as u64), interval(sort, k as u64 + 50)],
            })
            .collect();
        frontier(&Frontier {
            heading: heading("No policy both delivers more and exposes less than graduated reopening"),
            width,
            confidence: 0.95,
            axes: [("Exposure of trucks to incidents", false), ("Delivered aid", true)].map(|(name, more_is_better)| TradedBy {
                name,
                unit: "t",
                more_is_better,
            }),
            alternatives: &alternatives,
        })
    });
}

#[test]
fn no_bar_of_a_histogram_is_cut_and_there_are_twenty_to_forty_bins() {
    for (sort, count) in [
        ("ordinary", 1),
        ("ordinary", 2),
        ("ordinary", 8),
        ("heavy-tailed", 2),
        ("constant", 1),
        ("zeros", 2),
    ] {
        let scene = distributed(Shape::Histogram, Width::Page, &names(count, false), sort);
        let mut seen: Vec<f64> = Vec::new();
        for mark in &scene.marks {
            let Mark::Clip { frame, marks } = mark else { continue };
            for bar in drawn(
                marks
                    .iter()
                    .filter(|m| matches!(m, Mark::Rect { .. }))
                    .cloned()
                    .collect::<Vec<_>>()
                    .as_slice(),
            ) {
                assert!(
                    frame.left <= bar.left && bar.right <= frame.right,
                    "{sort} {count}: {bar:?} in {frame:?}"
                );
                seen.push(bar.left);
            }
        }
        assert!(!seen.is_empty(), "{sort} {count}: no bar");
        if sort == "ordinary" {
            seen.sort_by(f64::total_cmp);
            let (first, last) = (seen[0], seen[seen.len() - 1]);
            seen.dedup_by(|a, b| (*a - *b).abs() < 0.5);
            let step = seen.windows(2).map(|w| w[1] - w[0]).fold(f64::INFINITY, f64::min);
            let bins = (last - first) / step + 1.0;
            assert!((19.0..=42.0).contains(&bins), "{sort} {count}: {bins} bins");
        }
    }
}

#[test]
fn words_beside_a_fan_stand_only_where_its_bands_are_thick_enough() {
    let of = |rows: &[Quantiles]| {
        let scene = daily_fan(&DailyFan {
            heading: heading("x"),
            width: Width::Page,
            quantity: "Delivered aid",
            unit: "t/day",
            axis: TimeAxis::dated(dates(rows.len())),
            fans: &[Fan {
                name: "a",
                rows,
                closed: &[],
                incidents: &[],
                aside: "",
            }],
            level: None,
            strip: "",
            said: "",
        });
        let words = ["5\u{a0}%", "25\u{a0}%", "median", "75\u{a0}%", "95\u{a0}%"];
        let said: Vec<String> = scene.texts().iter().map(|text| text.content.clone()).collect();
        words.into_iter().filter(|word| said.iter().any(|s| s == word)).collect::<Vec<_>>()
    };
    assert_eq!(of(&[[100.0, 100.2, 100.4, 100.6, 100.8]; 9]), ["median"]);
    assert_eq!(of(&[[0.0, 99.0, 100.0, 101.0, 200.0]; 9]), ["5\u{a0}%", "median", "95\u{a0}%"]);
    assert_eq!(of(&[[0.0, 50.0, 100.0, 150.0, 200.0]; 9]).len(), 5);
}
