use super::*;
use crate::experiment::SummaryRow;
use crate::observe::Response;
use crate::scenario::sample;

fn row(name: &str, unit: &str, values: &[f64]) -> SummaryRow {
    let response = Response {
        name: name.to_owned(),
        unit: unit.to_owned(),
        doc: String::new(),
        more_is_better: None,
        column: 0,
    };
    SummaryRow::new(response.into(), values, 0.95)
}

/// Values about `mean`, so many.
fn about(mean: f64, n: usize) -> Vec<f64> {
    (0..n).map(|i| mean * (1.0 + 0.1 * ((i % 7) as f64 - 3.0))).collect()
}

fn result(n: usize) -> AlternativeOutcome {
    let summary = vec![
        row("dispatched_trucks", "trucks", &about(61_234.0, n)),
        row("delivered_tonnes", "t", &about(912_345.0, n)),
        row("need_met", "share", &about(0.78, n)),
        row("delivery_time_mean_h", "h", &about(31.0, n)),
        row("delivery_time_p90_h", "h", &about(3100.0, n)),
        row("reconsigned_trucks", "trucks", &about(2_345.0, n)),
        row("stage.gate.mean_wait_min", "min", &about(1234.5, n)),
        row("stage.gate.utilisation", "share", &about(0.7, n)),
        row("stage.gate.mean_queue", "trucks", &about(123.4, n)),
        row("stage.gate.share_waiting", "share", &about(0.9, n)),
    ];
    AlternativeOutcome {
        name: "a".to_owned(),
        title: String::new(),
        hash: String::new(),
        replications: n as u32,
        summary,
    }
}

fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn narrow_terminals_get_fewer_columns_and_whole_intervals() {
    let all = plain(&outcomes(&result(200), 0.95, 200));
    let interval = "– 63,";
    assert!(all.contains("5 % to 95 %") && all.lines().any(|line| line.contains("trucks dispatched") && line.contains(" – ")));
    for width in [100, 80, 60] {
        let shown = plain(&outcomes(&result(200), 0.95, width));
        assert!(widest(&shown) <= width, "{width}\n{shown}");
        let line = shown.lines().find(|line| line.contains("61,")).unwrap();
        assert!(line.contains(" – "), "{width}: {line} {interval}");
    }
    assert!(!plain(&outcomes(&result(200), 0.95, 60)).contains("5 % to 95 %"));
}

#[test]
fn what_has_one_unit_has_one_number_of_decimals_in_its_group() {
    let shown = plain(&outcomes(&result(200), 0.95, 200));
    let mean = |words: &str| {
        let line = shown.lines().find(|line| line.contains(words)).unwrap();
        let number = line
            .trim()
            .strip_prefix(words)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap()
            .to_owned();
        number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    };
    assert_eq!(mean("dispatch to delivery, mean (h)"), mean("nine in ten within (h)"));
}

#[test]
fn quantiles_are_shown_only_where_they_have_intervals() {
    let few = plain(&outcomes(&result(5), 0.95, 200));
    let line = few.lines().find(|line| line.contains("trucks dispatched")).unwrap();
    assert!(line.trim_end().ends_with('–') && line.matches('–').count() == 3, "{line}");
    let some = plain(&outcomes(&result(20), 0.95, 200));
    let line = some.lines().find(|line| line.contains("trucks dispatched")).unwrap();
    // The median has an interval from 6 replications on, the 5 % quantile from 72.
    assert!(line.trim_end().ends_with('–') && line.matches('–').count() == 2, "{line}");
}

#[test]
fn stages_are_told_with_intervals_at_every_width() {
    let mut world = sample::world("w");
    world.stages = vec![crate::scenario::Stage {
        name: "gate".to_owned(),
        ..world.stages.remove(0)
    }];
    for width in [120, 100, 80, 60] {
        let shown = plain(&stages(&result(200), &world, width).unwrap());
        assert!(widest(&shown) <= width, "{width}\n{shown}");
        assert!(shown.contains("mean wait (min)") && shown.contains("lanes in use (%)"), "{shown}");
        assert!(shown.contains(" – 1,26"), "{shown}");
    }
}
