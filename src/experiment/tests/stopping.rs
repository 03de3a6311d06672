use super::*;
use crate::stats::{Target, Width};

fn precise(relative: f64, response: &str, max: u32) -> Stopping {
    let aim = Aim {
        response: response.to_owned(),
        ..Aim::new(Width::Relative(relative))
    };
    Stopping::Precision(Precision { aims: vec![aim], max })
}

#[test]
fn a_precision_stops_at_the_same_replication_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let with_jobs = |jobs: usize, response: &str| {
        let mut experiment = experiment(&folder.path().join(format!("{jobs}-{response}")), 1);
        experiment.jobs = Some(jobs);
        experiment.stopping = precise(0.1, response, 2000);
        let outcome = run_quietly(&experiment).unwrap();
        let precision = outcome.precision.unwrap();
        assert!(outcome.complete && precision.reached);
        assert!(precision.aims[0].half_width.unwrap() <= 0.1);
        let table = fs::read(experiment.output.join("summary.csv")).unwrap();
        (outcome.alternatives[1].replications, table)
    };
    for response in ["delivered_tonnes", "stage.gate.mean_wait_min"] {
        let one = with_jobs(1, response);
        assert!(one.0 >= 10 && one.0 < 2000);
        assert!(with_jobs(2, response) == one && with_jobs(7, response) == one);
    }
}

#[test]
fn a_precision_out_of_reach_ends_with_the_most_replications() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 1);
    experiment.stopping = precise(1e-9, "delivered_tonnes", 75);
    let outcome = run_quietly(&experiment).unwrap();
    assert!(outcome.complete && !outcome.precision.unwrap().reached);
    assert_eq!(outcome.alternatives[0].replications, 75);
}

#[test]
fn a_response_that_one_alternative_lacks_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 1);
    experiment.stopping = precise(0.1, "stage.scan.mean_wait_min", 100);
    let refused = run_quietly(&experiment).unwrap_err();
    assert_eq!(refused.to_string(), "`one` has no response `stage.scan.mean_wait_min`");
}

#[test]
fn every_kind_of_precision_stops_at_the_same_replication_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let aim = |of, width| Aim { of, ..Aim::new(width) };
    let kinds = [
        ("median", vec![aim(Target::Quantile(0.5), Width::Relative(0.1))]),
        ("p05", vec![aim(Target::Quantile(0.05), Width::Absolute(400.0))]),
        ("difference", vec![aim(Target::Difference, Width::Relative(0.1))]),
        (
            "all",
            vec![
                aim(Target::Mean, Width::Relative(0.1)),
                aim(Target::Quantile(0.05), Width::Absolute(400.0)),
                aim(Target::Difference, Width::Relative(0.1)),
            ],
        ),
    ];
    let mut ends = BTreeMap::new();
    for (kind, aims) in kinds {
        let with_jobs = |jobs: usize| {
            let mut experiment = experiment(&folder.path().join(format!("{jobs}-{kind}")), 1);
            experiment.jobs = Some(jobs);
            experiment.tables = Some(vec!["replications".to_owned()]);
            experiment.stopping = Stopping::Precision(Precision {
                aims: aims.clone(),
                max: 3000,
            });
            let outcome = run_quietly(&experiment).unwrap();
            let precision = outcome.precision.unwrap();
            assert!(outcome.complete && precision.reached, "{kind}: {precision:?}");
            assert!(stands_already(&experiment).is_some());
            experiment.stopping = precise(0.3, "delivered_tonnes", 3000);
            assert!(stands_already(&experiment).is_none());
            let table = fs::read(experiment.output.join("replications.csv")).unwrap();
            (outcome.alternatives[1].replications, table, precision)
        };
        let one = with_jobs(1);
        assert!(one.0 >= 15 && one.0 < 3000, "{kind}: {}", one.0);
        assert!(with_jobs(2) == one && with_jobs(8) == one, "{kind}");
        ends.insert(kind, one.0);
    }
    let alone = ["p05", "difference"].map(|kind| ends[kind]);
    assert!(ends["all"] >= alone[0].max(alone[1]), "{ends:?}");
    assert!(ends["p05"] >= 77, "{ends:?}");
}

#[test]
fn a_difference_takes_alternatives_of_one_period() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 1);
    experiment.stopping = Stopping::Precision(Precision::of(Aim {
        of: Target::Difference,
        ..Aim::new(Width::Relative(0.1))
    }));
    experiment.alternatives.pop();
    let refused = run_quietly(&experiment).unwrap_err();
    assert!(refused.to_string().contains("at least two alternatives, found 1"), "{refused}");
}
