//! Experiments from end to end, on a small world and on one that is made up.

mod decision;
mod prices;
mod results;
mod selection;
mod stopping;
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use super::run::run_with;
use super::runner::Replicate;
use super::*;
use crate::observe::{Frames, Layout};
use crate::stats::Width;
use crate::table::Kind;
use world::experiment;

static GOES_ON: AtomicBool = AtomicBool::new(false);

fn run_quietly(experiment: &Experiment) -> Result<Outcome, Failure> {
    run(experiment, &(), &GOES_ON)
}

/// Simulates nothing: every number of a replication is the replication's.
struct MadeUp<'a> {
    layout: &'a Layout,
    names: &'a [&'a str],
    before: &'a (dyn Fn(usize, u32) -> Result<(), String> + Sync),
}

impl Replicate for MadeUp<'_> {
    fn replicate(&mut self, alternative: usize, replication: u32, frames: &mut Frames) -> Result<(), String> {
        (self.before)(alternative, replication)?;
        let at = self.layout.position("replications").unwrap();
        let mut row = frames.0[at].row();
        for column in &self.layout.tables()[at].columns {
            row = match column.kind {
                Kind::Text => row.text(self.names[alternative]),
                Kind::Whole => row.whole(i64::from(replication)),
                Kind::Real => row.real(f64::from(replication)),
            };
        }
        row.end();
        Ok(())
    }
}

/// Every file of a folder but the manifest, by its path, with its content.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let manifest = Manifest::read(folder).unwrap();
    manifest
        .files
        .iter()
        .map(|f| (f.path.clone(), fs::read(folder.join(&f.path)).unwrap()))
        .collect()
}

#[test]
fn no_byte_depends_on_the_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let with_jobs = |jobs: usize| {
        let mut experiment = experiment(&folder.path().join(jobs.to_string()), 70);
        experiment.jobs = Some(jobs);
        let outcome = run_quietly(&experiment).unwrap();
        assert!(outcome.complete);
        contents(&experiment.output)
    };
    let one = with_jobs(1);
    assert!(one.contains_key("stages.csv") && one.contains_key("summary.csv") && one.contains_key("datapackage.json"));
    assert_eq!(one.contains_key("daily.parquet"), cfg!(feature = "parquet"));
    assert!(!one.contains_key("queue_samples.csv"));
    for jobs in [2, 7] {
        let other = with_jobs(jobs);
        assert!(one.keys().eq(other.keys()));
        for (path, content) in &one {
            assert!(*content == other[path], "{path} differs with {jobs} threads");
        }
    }
}

#[test]
fn an_interrupted_run_keeps_whole_blocks_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 256);
    experiment.jobs = Some(2);
    let layout = super::run::layout(&experiment).unwrap();
    let stop = AtomicBool::new(false);
    let seen = AtomicU32::new(0);
    let before = |_: usize, _: u32| {
        if seen.fetch_add(1, Ordering::Relaxed) == 20 {
            stop.store(true, Ordering::Relaxed);
        }
        Ok(())
    };
    let worker = || MadeUp {
        layout: &layout,
        names: &["one", "two"],
        before: &before,
    };
    let outcome = run_with(&experiment, &layout, worker, &(), &stop).unwrap();
    assert!(!outcome.complete);
    let manifest = Manifest::read(&experiment.output).unwrap();
    // Blocks of 4; two threads finish theirs.
    assert_eq!(
        (manifest.complete, manifest.block, manifest.requested_replications),
        (false, 4, 256)
    );
    let n = outcome.alternatives[0].replications;
    assert!((8..=12).contains(&n) && n % 4 == 0, "{n}");
    assert_eq!(manifest.alternatives[1].replications, n);
    let parts = fs::read_dir(experiment.output.join("parts")).unwrap().count() as u32;
    assert!((2 * n / 4..=2 * n / 4 + 1).contains(&parts));
    let result = ResultFolder::open(&experiment.output).unwrap();
    let tonnes = result.column("replications", "delivered_tonnes", "two").unwrap();
    assert_eq!(tonnes.len(), n as usize);
    assert!((tonnes[4] - 5.0).abs() < 1e-12);
    let refused = run_quietly(&experiment).unwrap_err();
    assert!(refused.to_string().contains("an unfinished result stands there"));
}

#[test]
fn a_run_stopped_at_once_leaves_a_manifest_and_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = experiment(&folder.path().join("r"), 10);
    let outcome = run(&experiment, &(), &AtomicBool::new(true)).unwrap();
    assert!(!outcome.complete && outcome.alternatives[0].summary.is_empty());
    assert_eq!(ResultFolder::open(&experiment.output).unwrap_err().exit_code(), 66);
}

#[test]
fn a_replication_that_does_not_balance_is_named_the_first_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for jobs in [1, 2, 7] {
        let mut experiment = experiment(&folder.path().join(jobs.to_string()), 64);
        experiment.jobs = Some(jobs);
        let layout = super::run::layout(&experiment).unwrap();
        let before = |alternative: usize, r: u32| {
            if alternative == 1 && r >= 5 {
                Err("3 trucks too few".to_owned())
            } else {
                Ok(())
            }
        };
        let worker = || MadeUp {
            layout: &layout,
            names: &["one", "two"],
            before: &before,
        };
        let failure = run_with(&experiment, &layout, worker, &(), &GOES_ON).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "replication 5 of `two` under seed 1 does not balance: 3 trucks too few"
        );
    }
}

#[test]
fn what_stands_there_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 3);
    run_quietly(&experiment).unwrap();
    let before = contents(&experiment.output);
    let refused = run_quietly(&experiment).unwrap_err();
    assert_eq!(refused.exit_code(), 73);
    assert!(
        refused
            .to_string()
            .contains("this very result stands there (`one`, `two`, 3 replications, seed 1)")
    );
    experiment.seed = 2;
    assert!(
        run_quietly(&experiment)
            .unwrap_err()
            .to_string()
            .contains("another result stands there")
    );
    assert_eq!(contents(&experiment.output), before);

    fs::write(experiment.output.join("notes.txt"), "mine").unwrap();
    experiment.force = true;
    experiment.tables = Some(vec!["stages".to_owned()]);
    run_quietly(&experiment).unwrap();
    assert!(experiment.output.join("notes.txt").exists());
    assert!(!experiment.output.join("daily.csv").exists() && experiment.output.join("stages.csv").exists());
    assert_eq!(Manifest::read(&experiment.output).unwrap().seed, 2);
}

#[test]
fn tables_of_somebody_else_are_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("replications.csv"), "a,b\n").unwrap();
    let refused = run_quietly(&experiment(folder.path(), 2)).unwrap_err();
    assert!(refused.exit_code() == 73 && refused.to_string().contains("no result of a run (`replications.csv`)"));
}

#[test]
fn what_a_killed_run_left_makes_way_for_the_next() {
    struct Heard(AtomicBool);
    impl Progress for Heard {
        fn leftover(&self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let experiment = experiment(&folder.path().join("r"), 4);
    // Stopped at once: the manifest says so, no table is there; a kill leaves blocks and files under way beside it.
    run(&experiment, &(), &AtomicBool::new(true)).unwrap();
    fs::write(experiment.output.join("parts/000-00000001-00000002.block"), "half").unwrap();
    fs::write(experiment.output.join(".rafah-a1b2.part"), "half").unwrap();
    let heard = Heard(AtomicBool::new(false));
    let outcome = run(&experiment, &heard, &GOES_ON).unwrap();
    assert!(outcome.complete && heard.0.load(Ordering::Relaxed));
    assert!(!experiment.output.join("parts").exists() && !experiment.output.join(".rafah-a1b2.part").exists());
}

#[test]
fn the_same_result_is_known_again_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = experiment(&folder.path().join("r"), 3);
    assert!(stands_already(&experiment).is_none());
    run_quietly(&experiment).unwrap();
    assert!(stands_already(&experiment).is_some());
    experiment.confidence = 0.9;
    assert!(stands_already(&experiment).is_none());
    experiment.confidence = CONFIDENCE;
    experiment.stopping = Stopping::Fixed(4);
    assert!(stands_already(&experiment).is_none());
    experiment.stopping = Stopping::Fixed(3);
    fs::write(experiment.output.join("summary.csv"), "cut").unwrap();
    assert!(stands_already(&experiment).is_none());
}

#[test]
fn an_output_that_cannot_be_made_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    for inside in ["file", "file/r"] {
        let refused = run_quietly(&experiment(&folder.path().join(inside), 2)).unwrap_err();
        assert!(
            refused.exit_code() == 73 && refused.to_string().contains("file` is a file"),
            "{refused}"
        );
    }
}

#[test]
fn what_cannot_be_had_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("r");
    let refused = |change: &dyn Fn(&mut Experiment)| {
        let mut experiment = experiment(&output, 2);
        change(&mut experiment);
        let failure = run_quietly(&experiment).unwrap_err();
        assert_eq!(failure.exit_code(), 2);
        failure.to_string()
    };
    assert!(refused(&|e| e.tables = Some(vec!["stagse".to_owned()])).contains("`stages`"));
    assert!(refused(&|e| e.alternatives[1].name = "one".to_owned()).contains("two alternatives are called `one`"));
    assert!(refused(&|e| e.stopping = Stopping::Fixed(0)).contains("nothing to simulate"));
    let asked = |response: &str| {
        Stopping::Precision(Precision::of(Aim {
            response: response.to_owned(),
            ..Aim::new(Width::Relative(0.1))
        }))
    };
    assert!(refused(&|e| e.stopping = asked("delivered_tonne")).contains("did you mean `delivered_tonnes`?"));
    assert!(refused(&|e| e.stopping = asked("stage.gate.mean_wait")).contains("`stage.gate.mean_wait_min`"));
    assert!(!output.exists());
}
