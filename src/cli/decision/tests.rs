use super::*;
use crate::experiment::{Matrix, Terms};
use crate::observe::Response;
use crate::stats::Better;

/// Four systems, ten replications under common random numbers (Banks, Carson, Nelson, Nicol).
const SYSTEMS: [[f64; 10]; 4] = [
    [63.72, 32.24, 40.28, 36.94, 36.29, 56.94, 34.10, 63.36, 49.29, 87.20],
    [63.06, 31.78, 40.32, 37.71, 36.79, 57.93, 33.39, 62.92, 47.67, 80.79],
    [57.74, 29.65, 36.52, 35.71, 33.81, 51.54, 31.39, 57.24, 42.63, 67.27],
    [62.63, 31.56, 39.87, 37.35, 36.65, 57.15, 33.30, 62.21, 47.46, 79.60],
];

/// A response with its values by alternative and replication.
type Given = (&'static str, &'static str, Option<Better>, Vec<Vec<f64>>);

fn decision(names: &[&str], reference: usize, given: Vec<Given>) -> Decision {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let terms = Terms {
        reference,
        confidence: 0.95,
        seed: 7,
        titles: &[],
        shared_draws: &[],
    };
    let decide = |(name, unit, better, values): Given| {
        let response = Response {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: String::new(),
            more_is_better: None,
            column: 0,
        };
        let matrix = Matrix {
            names: &names,
            replications: &vec![values[0].len() as u32; values.len()],
            values,
        };
        matrix.decide(response.into(), better, &terms).0
    };
    Decision {
        front: None,
        reference,
        confidence: 0.95,
        responses: given.into_iter().map(decide).collect(),
        names: names.clone(),
        titles: names.iter().map(|name| format!("What {name} does")).collect(),
    }
}

fn printed(decision: &Decision, replications: &str, width: usize) -> String {
    anstream::adapter::strip_str(&text(decision, replications, 7, width)).to_string()
}

/// So many times a system.
fn times(system: usize, factor: f64) -> Vec<f64> {
    SYSTEMS[system].iter().map(|x| x * factor).collect()
}

const MORE: Option<Better> = Some(Better::Greater);
const LESS: Option<Better> = Some(Better::Less);

#[test]
fn two_alternatives_that_differ_surely() {
    let given = vec![
        ("delivered_tonnes", "t", MORE, vec![times(2, 20_000.0), times(1, 20_000.0)]),
        ("need_met", "share", MORE, vec![times(2, 0.01), times(1, 0.01)]),
        ("exposure", "trucks", LESS, vec![times(0, 3.0), times(1, 3.0)]),
    ];
    insta::assert_snapshot!(printed(&decision(&["full", "graduated"], 0, given), "10 replications", 120));
}

#[test]
fn four_alternatives_of_which_two_are_not_told_apart() {
    let all = || (0..4).map(|i| times(i, 100.0)).collect::<Vec<_>>();
    let given = vec![
        ("delivered_tonnes", "t", MORE, all()),
        ("delivery_time_p90_h", "h", LESS, all()),
        ("closed_h", "h", None, all()),
    ];
    insta::assert_snapshot!(printed(&decision(&["P0", "P1", "P2", "P3"], 3, given), "10 replications", 120));
}

#[test]
fn eleven_alternatives_on_a_narrow_screen() {
    let names: Vec<String> = (0..11).map(|i| format!("P{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let made = |scale: f64| -> Vec<Vec<f64>> {
        let of = |i: usize| {
            (0..40)
                .map(|r| scale * (50.0 + (r * 7 % 40) as f64 + 1.5 * ((i * 3) % 11) as f64 + ((r * (i + 3)) % 13) as f64 / 4.0))
                .collect()
        };
        (0..11).map(of).collect()
    };
    let given = vec![
        ("delivered_tonnes", "t", MORE, made(1234.5)),
        ("days_below_need", "share", LESS, made(0.004)),
        ("delivery_time_p90_h", "h", LESS, made(1.3)),
        ("backlog_trucks", "trucks", LESS, made(21.0)),
    ];
    let shown = printed(&decision(&names, 0, given), "40 replications", 80);
    assert!(tables::widest(&shown) <= 80, "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn ties_share_the_first_place() {
    let given = vec![("delivered_tonnes", "t", MORE, vec![times(0, 1.0), times(0, 1.0), times(2, 1.0)])];
    insta::assert_snapshot!(printed(&decision(&["a", "b", "c"], 2, given), "10 replications", 120));
}

#[test]
fn all_the_same_is_said_to_be_so() {
    let given = vec![
        ("delivered_tonnes", "t", MORE, vec![times(0, 1.0); 4]),
        ("exposure", "trucks", LESS, (0..4).map(|i| times(i, 1.0)).collect()),
    ];
    insta::assert_snapshot!(printed(&decision(&["a", "b", "c", "d"], 0, given), "10 replications", 120));
}

#[test]
fn responses_that_never_vary_are_told_without_chance() {
    let given = vec![
        ("delivered_tonnes", "t", MORE, vec![vec![500.0; 5], vec![510.0; 5]]),
        ("closures", "", LESS, vec![vec![0.0; 5], vec![0.0; 5]]),
    ];
    insta::assert_snapshot!(printed(&decision(&["a", "b"], 0, given), "5 replications", 120));
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let one = vec![("delivered_tonnes", "t", MORE, vec![vec![500.0], vec![510.0]])];
    insta::assert_snapshot!(printed(&decision(&["a", "b"], 0, one), "1 replication", 120));
    let mut values = vec![times(0, 1.0), times(1, 1.0), vec![f64::NAN; 10]];
    values[1][3] = f64::NAN;
    let some = decision(&["a", "b", "never"], 0, vec![("delivery_time_mean_h", "h", LESS, values)]);
    insta::assert_snapshot!(printed(&some, "10 replications", 120));
}

#[test]
fn a_best_by_a_test_in_one_direction_is_called_narrow() {
    // Differences of mean 1 and two standard errors: beyond 1.833, the one-sided point of 9 degrees of freedom, and within 2.262.
    let base: Vec<f64> = (0..10).map(|r| 100.0 + 7.0 * f64::from(r * r % 5)).collect();
    let higher = |by: f64| {
        base.iter()
            .enumerate()
            .map(|(r, x)| x + by + if r % 2 == 0 { 1.5 } else { -1.5 })
            .collect()
    };
    let given = |by: f64| vec![("delivered_tonnes", "t", MORE, vec![base.clone(), higher(by)])];
    let shown = |by: f64| printed(&decision(&["a", "b"], 0, given(by)), "10 replications", 120).replace('\n', " ");
    let narrow = shown(1.0);
    assert!(
        narrow.contains("less to")
            && narrow.contains("It is the best: the other is shown to be worse (95 % confidence). It is so narrowly"),
        "{narrow}"
    );
    assert!(!shown(1.2).contains("narrowly") && shown(1.2).contains("It is the best"));
    assert!(!shown(0.8).contains("narrowly") && shown(0.8).contains("cannot be told apart"));
}

/// `b` has the greater mean, and falls far behind in one replication of ten; so many replications.
fn steady_and_bold(n: u32) -> [Vec<f64>; 2] {
    let steady: Vec<f64> = (0..n).map(|r| 100.0 + f64::from(r % 3)).collect();
    let bold = steady.iter().enumerate();
    let bold = bold.map(|(r, x)| if r % 10 == 9 { x - 30.0 } else { x + 20.0 }).collect();
    [steady, bold]
}

#[test]
fn who_is_ahead_in_bad_runs_is_told_of_replications_enough_and_as_seen_in_these() {
    let shown = |n: u32, given: Vec<Vec<f64>>| {
        let found = decision(&["a", "b"], 0, vec![("delivered_tonnes", "t", MORE, given)]);
        printed(&found, &format!("{n} replications"), 120).replace('\n', " ")
    };
    let many = shown(100, steady_and_bold(100).to_vec());
    assert!(
        many.contains(
            "It is ahead in 90 % of the replications (95 % interval 83 to 94 %). By the mean of the worst tenth of these 100 replications `a` is ahead; \
             that is seen in these and not tested."
        ),
        "{many}"
    );
    let [steady, bold] = steady_and_bold(20);
    let few = shown(20, vec![steady.clone(), bold.clone()]);
    assert!(
        few.contains("It is ahead in 90 % of the replications (95 % interval 70 to 97 %).") && !few.contains("worst tenth"),
        "{few}"
    );
    let found = decision(&["a", "b"], 0, vec![("delivered_tonnes", "t", MORE, vec![steady, bold])]);
    assert_eq!(found.responses[0].standings[1].worst_tenth, Some(70.5));
    let [steady, _] = steady_and_bold(120);
    let always = shown(120, vec![steady.clone(), steady.iter().map(|x| x + 1.0).collect()]);
    assert!(
        always.contains(
            "In every replication it is ahead of all others. By the mean of the worst tenth of these 120 replications it is ahead too;"
        ),
        "{always}"
    );
}

#[test]
fn another_that_is_ahead_in_more_replications_is_named() {
    let [steady, bold] = steady_and_bold(20);
    // `c` is ahead by a little in 12 of 20, and far behind in the others.
    let often = (0..20)
        .map(|r| if r % 5 < 3 { bold[r].max(steady[r]) + 1.0 } else { 60.0 })
        .collect();
    let given = vec![("delivered_tonnes", "t", MORE, vec![steady, bold, often])];
    let shown = printed(&decision(&["a", "b", "c"], 0, given), "20 replications", 120).replace('\n', " ");
    assert!(
        shown.contains("It is ahead in 30 % of the replications (95 % interval 15 to 52 %); `c` is ahead in more of them, 60 % (95 % interval 39 to 78 %)."),
        "{shown}"
    );
}

#[test]
fn what_share_of_the_need_the_first_meets_is_told_before_who_is_ahead() {
    let given = vec![
        ("delivered_tonnes", "t", MORE, vec![times(2, 20.0), times(1, 20.0)]),
        ("need_met", "share", MORE, vec![times(2, 0.005), times(1, 0.005)]),
        ("days_below_need", "share", LESS, vec![vec![1.0; 10], vec![1.0; 10]]),
    ];
    let found = decision(&["a", "b"], 0, given);
    let said = answer(&found, &need_of(&found));
    assert_eq!(
        said[2],
        "Under `b` deliveries meet 24.6 % [18.8, 30.4] of the need, under `a`, the reference, 22.2 % [17.5, 26.9] (in brackets the 95 % interval of each mean for itself).",
        "{said:?}"
    );
    let said = said.join(" ");
    assert!(said.contains("by days below the need all are the same, 100 % under all."), "{said}");
}

#[test]
fn a_share_lies_between_0_and_1() {
    let short = vec![("need_met", "share", MORE, vec![vec![0.2, 1.0], vec![0.9, 1.0]])];
    let standings = &decision(&["a", "b"], 0, short).responses[0].standings;
    assert!(
        standings
            .iter()
            .all(|standing| standing.mean.upper <= 1.0 && standing.mean.lower >= 0.0),
        "a share lies between 0 and 1"
    );
}

#[test]
fn alternatives_without_a_replication_in_common_are_not_said_to_have_no_values() {
    let (mut first, mut second) = (times(0, 1.0), times(1, 1.0));
    (0..10).for_each(|r| if r < 5 { first[r] = f64::NAN } else { second[r] = f64::NAN });
    let given = vec![("delivery_time_mean_h", "h", LESS, vec![first, second])];
    let shown = printed(&decision(&["a", "b"], 0, given), "10 replications", 120).replace('\n', " ");
    assert!(
        shown.contains("no replication has a value in all alternatives") && !shown.contains("have no value"),
        "{shown}"
    );
    let one = vec![("delivery_time_mean_h", "h", LESS, vec![times(0, 1.0), vec![f64::NAN; 10]])];
    let shown = printed(&decision(&["a", "b"], 0, one), "10 replications", 120).replace('\n', " ");
    assert!(shown.contains("`a` alone has values"), "{shown}");
}

#[test]
fn of_very_many_the_first_are_shown() {
    let names: Vec<String> = (0..300).map(|i| format!("point-{i}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let values = (0..300)
        .map(|i| (0..20).map(|r| f64::from((i * 17) % 300 + r * r % 19)).collect())
        .collect();
    let shown = printed(
        &decision(&names, 0, vec![("delivered_tonnes", "t", MORE, values)]),
        "20 replications",
        120,
    );
    assert!(
        shown.contains("279 more, which stand behind these") && shown.lines().count() < 41,
        "{shown}"
    );
    assert!(shown.contains("point-0 (reference)"), "{shown}");
}
