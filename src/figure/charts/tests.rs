//! What holds for every chart: nothing leaves the page, no label covers another, numbers are told.

use super::super::scene::{Frame, Scene, Text};
use super::super::{Heading, Width, note};
use super::*;

/// Numbers that look random and are the same everywhere.
pub(super) fn noise(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A bell of so many values, by sums of uniforms.
pub(super) fn bell(seed: u64, n: usize, mean: f64, sd: f64) -> Vec<f64> {
    let mut uniform = noise(seed);
    (0..n)
        .map(|_| mean + sd * ((0..12).map(|_| uniform()).sum::<f64>() - 6.0))
        .collect()
}

pub(super) fn heading(title: &str) -> Heading {
    Heading {
        title: title.to_owned(),
        subtitle: "One year of replications under each policy".to_owned(),
        note: note(&["seed 42", "rafah 0.1.0"]),
        source: String::new(),
    }
}

/// Panics if a text leaves the page or covers another.
pub(super) fn check(scene: &Scene, what: &str) {
    let page = Frame::around(&[(0.0, 0.0), (scene.width, scene.height)]);
    let texts: Vec<(&Text, Frame)> = scene.texts().into_iter().map(|text| (text, text.extent())).collect();
    for (index, (text, extent)) in texts.iter().enumerate() {
        assert!(page.holds(extent), "{what}: `{}` leaves the page: {extent:?}", text.content);
        for (other, covered) in &texts[..index] {
            assert!(
                !extent.overlaps(covered),
                "{what}: `{}` {extent:?} covers `{}` {covered:?}",
                text.content,
                other.content
            );
        }
    }
}

const LONG: &str = "Second scanner with a night shift and a hub at the port, from the first of July onwards, without notice";

/// Samples of every sort that a response can be.
fn samples() -> Vec<(&'static str, Vec<f64>)> {
    vec![
        ("Baseline", bell(1, 1000, 12_300.0, 900.0)),
        (LONG, bell(2, 300, 13_500.0, 1_200.0)),
        ("One", vec![12_000.0]),
        ("Equal", vec![12_500.0; 40]),
        ("Two", vec![11_000.0, 14_000.0]),
        ("Zero", vec![0.0; 10]),
        ("None", vec![]),
        ("Not numbers", vec![f64::NAN, f64::INFINITY, 12_750.0, 12_800.0]),
        ("Ninth", vec![1.0]),
        ("Tenth", vec![9_000.0, 9_500.0]),
        ("Eleventh", bell(4, 50, 12_000.0, 500.0)),
        ("Twelfth", bell(5, 50, 11_000.0, 500.0)),
        ("Thirteenth", vec![2.0]),
    ]
}

fn drawn(shape: Shape, width: Width, data: &[(&str, Vec<f64>)]) -> Scene {
    let alternatives: Vec<Alternative> = data.iter().map(|(name, values)| Alternative { name, values }).collect();
    distribution(&Distribution {
        heading: heading("Delivered aid"),
        width,
        quantity: "Delivered aid",
        unit: "t",
        alternatives: &alternatives,
        shape,
    })
}

#[test]
fn distributions_of_every_sort_keep_their_labels_apart_and_on_the_page() {
    let all = samples();
    for shape in [Shape::Histogram, Shape::Violin, Shape::Ecdf, Shape::Exceedance] {
        for width in [Width::Column, Width::Page] {
            for count in [0, 1, 2, 3, 8, 9, 13] {
                check(&drawn(shape, width, &all[..count]), &format!("{shape:?} {width:?} first {count}"));
            }
            for one in &all {
                check(
                    &drawn(shape, width, std::slice::from_ref(one)),
                    &format!("{shape:?} {width:?} {}", one.0),
                );
            }
            for (name, scale) in [("small", 1e-9), ("large", 1e9), ("huge", 1e17), ("negative", -3.0)] {
                let values: Vec<f64> = bell(3, 200, 1.0, 0.2).iter().map(|v| v * scale).collect();
                check(&drawn(shape, width, &[(name, values)]), &format!("{shape:?} {width:?} {name}"));
            }
            let close: Vec<f64> = bell(3, 200, 0.5, 0.1).iter().map(|v| 1e9 + v).collect();
            check(&drawn(shape, width, &[("close", close)]), &format!("{shape:?} {width:?} close"));
        }
    }
}

#[test]
fn tips_say_whose_values_are_drawn_with_their_units_and_when() {
    let words = |scene: Scene| -> Vec<String> { scene.tips.into_iter().map(|tip| tip.words).collect() };
    let said = words(drawn(Shape::Violin, Width::Page, &samples()[..2]));
    assert_eq!(said.len(), 2);
    assert!(
        said[0].starts_with("Baseline: median (t) 12,") && said[0].ends_with("n 1,000"),
        "{said:?}"
    );
    let said = words(drawn(Shape::Exceedance, Width::Page, &samples()[..2]));
    assert_eq!(said.len(), 10);
    assert!(
        said[0].starts_with("Baseline: 95\u{a0}% of 1,000 replications with more than 1"),
        "{said:?}"
    );
    let said = words(fans(Width::Page, 10, 2, 1000.0, None));
    assert_eq!(said.len(), 20);
    assert!(
        said[0].starts_with("Baseline, 1 Jul 2026: median 1,") && said[0].contains("t/day"),
        "{said:?}"
    );
    assert!(said[2].ends_with("closed in 100\u{a0}%"), "{said:?}");
    // Of a year a panel tells sixty times at most.
    assert!(words(fans(Width::Page, 365, 1, 1000.0, None)).len() <= 60);
}

#[test]
fn a_distribution_says_how_many_values_it_shows_and_which_it_leaves_out() {
    let scene = drawn(Shape::Histogram, Width::Page, &samples());
    let said: Vec<&str> = scene.texts().iter().map(|text| text.content.as_str()).collect();
    let said = said.join(" ");
    assert!(said.contains("n = 1,000"), "{said}");
    assert!(said.contains("The first 12 of 13 alternatives are drawn."), "{said}");
    assert!(said.contains("2 values without a number left out."), "{said}");
    assert!(scene.description.contains("Baseline: median 12,3"), "{}", scene.description);
}

#[test]
fn a_histogram_a_distribution_function_and_violins_are_drawn_as_before() {
    let data = [
        ("Baseline", vec![4.0, 5.0, 5.5, 6.0, 9.0]),
        ("Night", vec![5.0, 7.0, 7.0, 8.0, 12.0]),
    ];
    insta::assert_snapshot!("histogram", super::super::svg(&drawn(Shape::Histogram, Width::Column, &data)));
    insta::assert_snapshot!("ecdf", super::super::svg(&drawn(Shape::Ecdf, Width::Column, &data)));
    insta::assert_snapshot!("violin", super::super::svg(&drawn(Shape::Violin, Width::Column, &data)));
}

use super::super::TimeAxis;

pub(super) fn dates(days: usize) -> Vec<String> {
    super::super::days::tests::dates(days)
}

/// Rows of a quantity with a weekly rhythm, a slow wave and a spread, and the share closed.
fn rows(seed: u64, count: usize, scale: f64) -> (Vec<Quantiles>, Vec<f64>) {
    let mut uniform = noise(seed);
    let rows = (0..count).map(|day| {
        let wave = 1.0 + 0.4 * libm::sin(day as f64 / 40.0 + seed as f64);
        let resting = if day % 7 == 2 { 0.3 } else { 1.0 };
        let mut sample: Vec<f64> = (0..60).map(|_| scale * wave * resting * (0.5 + uniform())).collect();
        quantiles(&mut sample)
    });
    let rows: Vec<Quantiles> = rows.collect();
    let closed = (0..count)
        .map(|day| {
            if day % 7 == 2 {
                1.0
            } else if day % 50 > 40 {
                0.3 * uniform()
            } else {
                0.0
            }
        })
        .collect();
    (rows, closed)
}

fn fans(width: Width, count: usize, panels: usize, scale: f64, level: Option<(f64, &'static str)>) -> Scene {
    let names = [
        "Baseline",
        LONG,
        "Night shift",
        "Pre-clearance",
        "No quota",
        "Fast closing",
        "Hub",
        "Both",
        "Ninth",
    ];
    let data: Vec<_> = (0..panels)
        .map(|k| rows(k as u64 + 1, count, scale * (1.0 + k as f64 * 0.1)))
        .collect();
    let list: Vec<Fan> = data
        .iter()
        .zip(names)
        .map(|((rows, closed), name)| Fan {
            name,
            rows,
            closed,
            incidents: &[],
            aside: "61 % of the days bring less",
        })
        .collect();
    daily_fan(&DailyFan {
        heading: heading("Delivered aid day by day"),
        width,
        quantity: "Delivered aid",
        unit: "t/day",
        axis: TimeAxis::dated(dates(count)),
        fans: &list,
        level,
        strip: "Share of replications closed that day",
        said: "The last day, short of a week, is not drawn.",
    })
}

fn queues(width: Width, count: usize, stages: usize, step: f64) -> Scene {
    let data: Vec<_> = (0..stages)
        .map(|k| rows(k as u64 + 3, count, [0.0, 3.0, 40.0, 700.0, 3e6][k % 5]).0)
        .collect();
    let names: Vec<String> = (0..stages)
        .map(|k| if k == 4 { LONG.to_owned() } else { format!("stage-{k}") })
        .collect();
    let list: Vec<StageQueue> = data.iter().zip(&names).map(|(rows, name)| StageQueue { name, rows }).collect();
    queue_by_stage(&QueueByStage {
        heading: heading("Trucks waiting before each stage"),
        width,
        quantity: "Trucks waiting",
        unit: "trucks",
        axis: TimeAxis::dated(dates((count as f64 * step) as usize + 2)).stepping(8.0 / 24.0, step),
        stages: &list,
    })
}

#[test]
fn fans_keep_their_labels_apart_over_every_horizon() {
    for width in [Width::Column, Width::Page] {
        for days in [1, 2, 7, 30, 60, 365, 3650] {
            for panels in [0, 1, 2, 8, 9] {
                for (scale, level) in [(1000.0, Some((1_400.0, "need"))), (0.0, None), (1e9, Some((f64::NAN, "need")))] {
                    if days == 3650 && panels > 2 {
                        continue;
                    }
                    check(
                        &fans(width, days, panels, scale, level),
                        &format!("{width:?} {days} days {panels} panels {scale}"),
                    );
                }
            }
        }
    }
}

#[test]
fn queues_keep_their_labels_apart_with_one_to_thirty_stages() {
    for width in [Width::Column, Width::Page] {
        for stages in [0, 1, 2, 3, 5, 12, 30] {
            for (count, step) in [(1, 1.0), (30, 1.0 / 24.0), (168, 1.0 / 24.0), (1440, 1.0 / 24.0), (365, 1.0)] {
                check(
                    &queues(width, count, stages, step),
                    &format!("{width:?} {stages} stages, {count} times {step}"),
                );
            }
        }
    }
}

#[test]
fn a_fan_and_a_queue_are_drawn_as_before() {
    insta::assert_snapshot!(
        "daily_fan",
        super::super::svg(&fans(Width::Column, 10, 1, 1000.0, Some((1_200.0, "need"))))
    );
    insta::assert_snapshot!("queue_by_stage", super::super::svg(&queues(Width::Column, 8, 2, 0.25)));
}

#[test]
fn more_stages_than_can_be_drawn_are_said_to_be_left_out() {
    let scene = queues(Width::Page, 20, 30, 1.0);
    let said: Vec<&str> = scene.texts().iter().map(|text| text.content.as_str()).collect();
    assert!(
        said.join(" ").contains("12 of 24 stages are drawn: those with the longest queues."),
        "{said:?}"
    );
    // Every fifth is empty; those are named, so that nobody takes them for forgotten.
    assert!(
        said.join(" ")
            .contains("Not drawn, since hardly anybody waits there (95\u{a0}% line at 0): stage-0, stage-5,"),
        "{said:?}"
    );
}

#[cfg(feature = "png")]
#[test]
fn every_chart_becomes_a_picture() {
    let data = samples();
    let scenes = [
        drawn(Shape::Histogram, Width::Column, &data[..1]),
        drawn(Shape::Ecdf, Width::Column, &data[..2]),
        fans(Width::Column, 30, 1, 1000.0, None),
        queues(Width::Column, 24, 2, 1.0),
    ];
    for scene in scenes {
        let bytes = super::super::png(&scene, 2.0).expect("a picture");
        let size = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        assert_eq!(
            (size(16), size(20)),
            ((scene.width * 2.0).round() as u32, (scene.height * 2.0).round() as u32)
        );
        assert!(bytes.len() > 5_000, "{} bytes", bytes.len());
    }
}
