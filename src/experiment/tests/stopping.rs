use super::*;

fn precise(relative: f64, response: &str, max: u32) -> Stopping {
    Stopping::Precision(Precision { response: response.to_owned(), max, ..Precision::new(relative) })
}

#[test]
fn a_precision_stops_at_the_same_replication_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let with_jobs = |jobs: usize, response: &str| {
        let mut experiment = experiment(&folder.path().join(format!("{jobs}-{response}")), 1);
        experiment.jobs = Some(jobs);
        experiment.stopping = precise(0.05, response, 2000);
        let outcome = run_quietly(&experiment).unwrap();
        let precision = outcome.precision.unwrap();
        assert!(outcome.complete && precision.reached);
        assert!(precision.relative_half_width.unwrap() <= 0.05);
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
