//! Questions from stored replications to the tables that answer them.

use std::sync::Arc;

use super::world::alternative;
use super::*;
use crate::stats::Better;

/// Four systems, ten replications under common random numbers (Banks, Carson, Nelson, Nicol).
const SYSTEMS: [[f64; 10]; 4] = [
    [63.72, 32.24, 40.28, 36.94, 36.29, 56.94, 34.10, 63.36, 49.29, 87.20],
    [63.06, 31.78, 40.32, 37.71, 36.79, 57.93, 33.39, 62.92, 47.67, 80.79],
    [57.74, 29.65, 36.52, 35.71, 33.81, 51.54, 31.39, 57.24, 42.63, 67.27],
    [62.63, 31.56, 39.87, 37.35, 36.65, 57.15, 33.30, 62.21, 47.46, 79.60],
];

/// Simulates nothing: every real number of a replication is what it is told.
struct Told<'a> {
    layout: &'a Layout,
    names: &'a [String],
    value: &'a (dyn Fn(usize, usize) -> f64 + Sync),
}

impl Replicate for Told<'_> {
    fn replicate(&mut self, alternative: usize, replication: u32, frames: &mut Frames) -> Result<(), String> {
        let at = self.layout.position("replications").unwrap();
        let mut row = frames.0[at].row();
        for column in &self.layout.tables()[at].columns {
            row = match column.kind {
                Kind::Text => row.text(&self.names[alternative]),
                Kind::Whole => row.whole(i64::from(replication)),
                Kind::Real => row.real((self.value)(alternative, replication as usize - 1)),
            };
        }
        row.end();
        Ok(())
    }
}

fn asked(response: &str, better: Option<Better>) -> Asked {
    Asked {
        response: response.to_owned(),
        better,
    }
}

/// A question to alternatives of these names, the first of which is the reference.
fn questioned(output: &Path, names: &[&str], n: u32, responses: Vec<Asked>) -> Experiment {
    let mut asked = experiment(output, n);
    asked.alternatives = names.iter().map(|name| alternative(name, 1)).collect();
    asked.question = Some(Question { reference: 0, responses });
    asked.tables = Some(
        [
            "replications",
            "summary",
            "comparison",
            "decision",
            "regret",
            "synchronisation",
            "frontier",
        ]
        .map(str::to_owned)
        .to_vec(),
    );
    asked
}

fn told(experiment: &Experiment, value: &(dyn Fn(usize, usize) -> f64 + Sync)) -> Outcome {
    let layout = super::super::run::layout(experiment).unwrap();
    let names: Vec<String> = experiment.alternatives.iter().map(|a| a.name.clone()).collect();
    let worker = || Told {
        layout: &layout,
        names: &names,
        value,
    };
    run_with(experiment, &layout, worker, &(), &GOES_ON).unwrap()
}

/// Rows of a table: its columns by name, real or in words.
struct Read {
    description: TableDescription,
    frame: crate::table::Frame,
}

impl Read {
    fn new(folder: &Path, table: &str) -> Read {
        let (description, frame) = ResultFolder::open(folder).unwrap().table(table).unwrap();
        Read { description, frame }
    }

    fn words(&self, row: usize, column: &str) -> &str {
        let at = self.description.position(column).unwrap();
        self.frame.columns[at].text(row).unwrap_or("")
    }

    fn number(&self, row: usize, column: &str) -> f64 {
        self.frame.columns[self.description.position(column).unwrap()].real(row)
    }

    /// The only row with these words.
    fn row(&self, words: &[(&str, &str)]) -> usize {
        let fits = |row: &usize| words.iter().all(|(column, word)| self.words(*row, column) == *word);
        let rows: Vec<usize> = (0..self.frame.len()).filter(fits).collect();
        assert_eq!(rows.len(), 1, "{words:?}");
        rows[0]
    }
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() < tolerance, "found {found}, expected {expected}");
}

#[test]
fn the_systems_of_banks_come_out_of_the_tables_as_printed() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["1", "2", "3", "4"];
    let responses = vec![
        asked("delivered_tonnes", Some(Better::Greater)),
        asked("closed_h", Some(Better::Less)),
    ];
    let experiment = questioned(&folder.path().join("r"), &names, 10, responses);
    let outcome = told(&experiment, &|i, r| SYSTEMS[i][r]);

    let decision = Read::new(&experiment.output, "decision");
    let at = |name: &str, response: &str| decision.row(&[("alternative", name), ("response", response)]);
    let means = [50.036, 49.236, 44.350, 48.778];
    let ends = [(37.3723, 62.6997), (37.6150, 60.8570), (34.9424, 53.7576), (37.3741, 60.1819)];
    let greater = [(-0.8831, 2.4831), (-2.4831, 0.7314), (-9.9225, 0.0), (-3.1174, 0.0)];
    let less = [(0.0, 9.9225), (0.0, 7.6187), (-6.9186, 0.0), (0.0, 6.9186)];
    for (i, name) in names.iter().enumerate() {
        let row = at(name, "delivered_tonnes");
        close(decision.number(row, "mean"), means[i], 1e-9);
        close(decision.number(row, "lower"), ends[i].0, 6e-5);
        close(decision.number(row, "upper"), ends[i].1, 6e-5);
        for (response, expected) in [("delivered_tonnes", greater[i]), ("closed_h", less[i])] {
            let row = at(name, response);
            close(decision.number(row, "mcb_lower"), expected.0, 6e-5);
            close(decision.number(row, "mcb_upper"), expected.1, 6e-5);
        }
    }
    let of = |response: &str, column: &str| names.map(|name| decision.words(at(name, response), column).to_owned());
    let open = "not distinguishable from the best";
    assert_eq!(of("delivered_tonnes", "verdict"), [open, open, "not best", "not best"]);
    assert_eq!(of("closed_h", "verdict"), ["not best", "not best", "best", "not best"]);
    assert_eq!(of("closed_h", "may_be_best"), ["no", "no", "yes", "no"]);
    let ranks = |response: &str| names.map(|name| decision.number(at(name, response), "rank") as i64);
    assert_eq!((ranks("delivered_tonnes"), ranks("closed_h")), ([1, 2, 4, 3], [4, 3, 1, 2]));
    let won: f64 = names
        .iter()
        .map(|name| decision.number(at(name, "delivered_tonnes"), "probability_best"))
        .sum();
    close(won, 1.0, 1e-9);
    assert!(decision.number(at("3", "closed_h"), "probability_best") > 0.999);

    // Printed as 1 less the other.
    let comparison = Read::new(&experiment.output, "comparison");
    for (name, mean, lower, upper, factor) in [
        ("2", -0.800, -2.3172, 0.7172, 128.3),
        ("3", -5.686, -9.5048, -1.8672, 17.07),
        ("4", -1.258, -2.9341, 0.4181, f64::NAN),
    ] {
        let row = comparison.row(&[("response", "delivered_tonnes"), ("alternative", name), ("statistic", "mean")]);
        close(comparison.number(row, "difference"), mean, 1e-9);
        close(comparison.number(row, "lower"), lower, 6e-5);
        close(comparison.number(row, "upper"), upper, 6e-5);
        // All three at once: Bonferroni's point for 9 degrees of freedom is 2.933324, that of one interval 2.262157.
        let wider = 2.933_324 / 2.262_157 * (upper - lower) / 2.0;
        close(comparison.number(row, "at_once_lower"), mean - wider, 2e-4);
        close(comparison.number(row, "at_once_upper"), mean + wider, 2e-4);
        let [low, high] = ["relative_at_once_lower", "relative_at_once_upper"].map(|end| comparison.number(row, end));
        let [low_of_one, high_of_one] = ["relative_lower", "relative_upper"].map(|end| comparison.number(row, end));
        close((high - low) / (high_of_one - low_of_one), 2.933_324 / 2.262_157, 1e-6);
        let synchronisation = Read::new(&experiment.output, "synchronisation");
        let pair = synchronisation.row(&[("response", "delivered_tonnes"), ("alternative", name)]);
        if factor.is_finite() {
            close(comparison.number(row, "variance_reduction"), factor, 0.05);
            close(synchronisation.number(pair, "variance_reduction"), factor, 0.05);
        }
        assert!(synchronisation.number(pair, "correlation") > 0.98 && synchronisation.words(pair, "warning").is_empty());
    }
    let regret = Read::new(&experiment.output, "regret");
    // Row by row the greatest is of 1 or 2: 3 falls short of it by 5.916 on average, at the most by 87.20 − 67.27.
    let row = regret.row(&[("alternative", "3"), ("response", "delivered_tonnes")]);
    close(regret.number(row, "mean"), 5.916, 1e-9);
    close(regret.number(row, "max"), 19.93, 1e-9);
    assert!(regret.number(row, "max_upper").is_nan());

    let decided = outcome.decision.unwrap();
    assert_eq!(decided.responses[1].standings[2].verdict, Some(Verdict::Best));
    assert_eq!(decided.names, names);
}

#[test]
fn what_differs_in_nothing_differs_by_exactly_0() {
    let folder = tempfile::tempdir().unwrap();
    let responses = vec![asked("delivered_tonnes", Some(Better::Greater)), asked("closed_h", None)];
    let experiment = questioned(&folder.path().join("r"), &["a", "b"], 10, responses);
    told(&experiment, &|_, r| SYSTEMS[0][r]);
    let comparison = Read::new(&experiment.output, "comparison");
    for statistic in ["mean", "median", "p05", "p95", "cvar"] {
        let row = comparison.row(&[("response", "delivered_tonnes"), ("statistic", statistic)]);
        for column in ["difference", "se", "lower", "upper"] {
            assert_eq!(comparison.number(row, column).to_bits(), 0, "{statistic} {column}");
        }
        assert_eq!(
            [comparison.number(row, "p"), comparison.number(row, "p_adjusted")].map(f64::to_bits),
            [1.0_f64.to_bits(); 2]
        );
    }
    let row = comparison.row(&[("response", "delivered_tonnes"), ("statistic", "mean")]);
    for column in ["bca_lower", "bca_upper", "relative", "relative_lower", "relative_upper"] {
        assert_eq!(comparison.number(row, column).to_bits(), 0, "{column}");
    }
    // Without a direction nothing is worst.
    assert_eq!(
        (0..comparison.frame.len())
            .filter(|row| comparison.words(*row, "response") == "closed_h")
            .count(),
        4
    );
    let decision = Read::new(&experiment.output, "decision");
    for name in ["a", "b"] {
        let row = decision.row(&[("alternative", name), ("response", "delivered_tonnes")]);
        for column in ["mcb_lower", "mcb_upper"] {
            assert_eq!(decision.number(row, column).to_bits(), 0);
        }
        close(decision.number(row, "probability_best"), 0.5, 1e-12);
        assert_eq!(
            (decision.number(row, "rank") as i64, decision.words(row, "may_be_best")),
            (1, "yes")
        );
        let row = decision.row(&[("alternative", name), ("response", "closed_h")]);
        assert!(decision.number(row, "rank").is_nan() && decision.words(row, "verdict").is_empty());
        let regret = Read::new(&experiment.output, "regret");
        let row = regret.row(&[("alternative", name), ("response", "delivered_tonnes")]);
        assert!(
            ["mean", "mean_lower", "mean_upper", "max"]
                .iter()
                .all(|column| regret.number(row, column).to_bits() == 0)
        );
    }
}

#[test]
fn an_answer_depends_neither_on_threads_nor_on_the_order_of_alternatives() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["1", "2", "3", "4"];
    let with = |order: [usize; 4], jobs: usize| {
        let output = folder.path().join(format!("{order:?}-{jobs}"));
        let responses = vec![
            asked("delivered_tonnes", Some(Better::Greater)),
            asked("closed_h", Some(Better::Less)),
        ];
        let mut experiment = questioned(&output, &order.map(|i| names[i]), 40, responses);
        experiment.jobs = Some(jobs);
        if let Some(question) = &mut experiment.question {
            question.reference = order.iter().position(|i| *i == 3).unwrap();
        }
        told(&experiment, &|i, r| {
            SYSTEMS[order[i]][r % 10] + (r / 10 * (order[i] + 2) % 7) as f64
        });
        let lines = |table: &str| {
            let text = fs::read_to_string(output.join(format!("{table}.csv"))).unwrap();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        // In `comparison` what nobody asked for is against the first.
        let kept = |line: &String| line.contains("delivered_tonnes") || line.contains("closed_h");
        let comparison: Vec<String> = lines("comparison").into_iter().filter(kept).collect();
        [comparison, lines("decision"), lines("regret"), lines("synchronisation")]
    };
    let first = with([0, 1, 2, 3], 1);
    assert_eq!(first[0].len(), 30);
    assert!(with([0, 1, 2, 3], 3) == first && with([3, 1, 0, 2], 2) == first);
}

#[test]
fn a_replication_without_a_value_in_one_alternative_leaves_all() {
    let folder = tempfile::tempdir().unwrap();
    let names = ["1", "2", "3", "never"];
    let responses = vec![asked("delivered_tonnes", Some(Better::Greater))];
    let experiment = questioned(&folder.path().join("r"), &names, 10, responses);
    let value = |i: usize, r: usize| match (i, r) {
        (3, _) | (1, 4) => f64::NAN,
        _ => SYSTEMS[i][r],
    };
    told(&experiment, &value);
    let decision = Read::new(&experiment.output, "decision");
    for name in ["1", "2", "3"] {
        let row = decision.row(&[("alternative", name)]);
        assert_eq!(
            [decision.number(row, "n"), decision.number(row, "left_out")].map(|x| x as i64),
            [9, 1]
        );
        assert!(decision.number(row, "probability_best").is_finite());
    }
    let row = decision.row(&[("alternative", "never")]);
    assert!(decision.number(row, "n") as i64 == 0 && decision.number(row, "mean").is_nan());
    assert!(decision.words(row, "verdict").is_empty() && decision.number(row, "rank").is_nan());
    // Pairs are complete on their own.
    let comparison = Read::new(&experiment.output, "comparison");
    let n = |name: &str| {
        let row = comparison.row(&[("response", "delivered_tonnes"), ("alternative", name), ("statistic", "mean")]);
        comparison.number(row, "n") as i64
    };
    assert_eq!((n("2"), n("3")), (9, 10));
    let nothing = (0..comparison.frame.len()).filter(|row| comparison.words(*row, "alternative") == "never");
    assert!(
        nothing
            .filter(|row| comparison.words(*row, "response") == "delivered_tonnes")
            .count()
            == 0
    );
}

#[test]
fn the_tables_are_there_only_where_something_is_asked_of_several() {
    let folder = tempfile::tempdir().unwrap();
    let has = |experiment: &Experiment| {
        told(experiment, &|i, r| SYSTEMS[i][r]);
        let folder = ResultFolder::open(&experiment.output).unwrap();
        ["decision", "regret", "synchronisation"].map(|table| folder.has(table))
    };
    let responses = || vec![asked("delivered_tonnes", Some(Better::Greater))];
    let mut experiment = questioned(&folder.path().join("all"), &["1", "2"], 5, responses());
    experiment.tables = None;
    assert_eq!(has(&experiment), [true; 3]);
    experiment.tables = Some(vec!["regret".to_owned()]);
    experiment.output = folder.path().join("one");
    assert_eq!(has(&experiment), [false, true, false]);
    experiment.tables = None;
    experiment.question = None;
    experiment.output = folder.path().join("unasked");
    assert_eq!(has(&experiment), [false; 3]);
    assert_eq!(has(&questioned(&folder.path().join("alone"), &["1"], 5, responses())), [false; 3]);
}

#[test]
fn a_question_that_cannot_be_answered_is_refused_before_anything_is_simulated() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |responses: &[&str], reference: usize| {
        let asked = responses.iter().map(|response| asked(response, None)).collect();
        let mut experiment = questioned(&folder.path().join("r"), &["1", "2"], 5, asked);
        if let Some(question) = &mut experiment.question {
            question.reference = reference;
        }
        run_quietly(&experiment).unwrap_err().to_string()
    };
    assert!(refused(&["delivered_tonne"], 0).contains("did you mean `delivered_tonnes`?"));
    assert!(refused(&["closed_h", "closed_h"], 0).contains("asked for twice"));
    assert!(refused(&["closed_h"], 2).contains("alternative 3 of 2"));
    assert!(!folder.path().join("r").exists());
}

/// What does not stand in its tables is left out of an answer.
fn as_stored(mut decision: Decision) -> Decision {
    for decided in &mut decision.responses {
        let response = (decided.response.name.clone(), decided.response.unit.clone());
        decided.response = Arc::new(crate::observe::Response {
            name: response.0,
            unit: response.1,
            doc: String::new(),
            more_is_better: None,
            column: 0,
        });
        for standing in &mut decided.standings {
            (standing.mean.sd, standing.mean.se) = (f64::NAN, f64::NAN);
        }
    }
    decision
}

#[test]
fn an_answer_is_read_back_from_its_tables_to_the_bit() {
    let folder = tempfile::tempdir().unwrap();
    let responses = vec![
        asked("closed_h", Some(Better::Less)),
        asked("delivered_tonnes", Some(Better::Greater)),
        asked("incidents", None),
        asked("exposure", Some(Better::Less)),
    ];
    for (place, formats) in ["csv", "parquet,csv"]
        .into_iter()
        .filter_map(|text| Some((text, Formats::parse(text).ok()?)))
    {
        let mut experiment = questioned(&folder.path().join(place), &["1", "2", "3", "4"], 10, responses.clone());
        experiment.question.as_mut().unwrap().reference = 2;
        experiment.formats = formats;
        experiment.study = Some(StudyText::new(["banks", "", "Which?"], "format = 1\n".to_owned()));
        // In one replication one of them has no value, and one differs from the reference in nothing.
        let value = |i: usize, r: usize| {
            if (i, r) == (1, 3) {
                f64::NAN
            } else {
                SYSTEMS[if i == 3 { 2 } else { i }][r]
            }
        };
        let outcome = told(&experiment, &value);
        let read = Decision::read(&ResultFolder::open(&experiment.output).unwrap()).unwrap().unwrap();
        let known = as_stored(outcome.decision.unwrap());
        assert!(known.front.is_some() && known.responses[1].standings[0].against_reference.is_some() && known.responses[1].left_out == 1);
        assert_eq!(format!("{read:#?}"), format!("{known:#?}"));
    }
}

#[test]
fn a_result_without_its_table_has_no_answer_to_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = questioned(
        &folder.path().join("r"),
        &["1", "2"],
        5,
        vec![asked("closed_h", Some(Better::Less))],
    );
    experiment.study = Some(StudyText::new(["s", "", ""], String::new()));
    experiment.tables = Some(vec!["replications".to_owned()]);
    told(&experiment, &|i, r| SYSTEMS[i][r]);
    assert_eq!(Decision::read(&ResultFolder::open(&experiment.output).unwrap()).unwrap(), None);
}
