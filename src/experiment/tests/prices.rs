//! What closures cost, and how many random numbers alternatives share.

use super::world::{alternative_of, experiment};
use super::*;
use crate::random::Law;
use crate::scenario::*;
use crate::stats::Estimate;
use crate::time::{Duration, HOUR_US, Time};

/// Sixty days of a gate with so many lanes, services of an hour, and these trucks; closed at these hours for so long.
fn closing(name: &str, lanes: u32, trucks: Vec<TraceConvoy>, closed: &[(i64, i64)]) -> Scenario {
    let plain = sample::world(name);
    let spell = |&(from, length): &(i64, i64)| Spell {
        from: Time(from * HOUR_US),
        to: Time((from + length) * HOUR_US),
        capacity: None,
        scope: None,
    };
    Scenario {
        horizon: Horizon {
            length: Duration::from_days(60),
            ..plain.horizon
        },
        convoys: vec![ConvoyStream {
            arrivals: Arrivals::Trace(trucks),
            ..sample::convoy("trucks")
        }],
        stages: vec![
            Stage {
                lanes: Some(lanes),
                service: LawByCargo {
                    general: Law::constant(HOUR_US as f64),
                    by_cargo: Vec::new(),
                },
                next: Target::Stage(StageId(1)),
                ..sample::stage("gate")
            },
            Stage {
                lanes: None,
                ..sample::stage("road")
            },
        ],
        closures: vec![GivenClosure {
            name: "siege".to_owned(),
            process: ClosureProcess::Spells(closed.iter().map(spell).collect()),
            capacity: 0.0,
            scope: vec![StageId(0)],
            whole_days: false,
        }],
        ..plain
    }
}

fn convoy(hour: i64, trucks: u32) -> TraceConvoy {
    TraceConvoy {
        at: Time(hour * HOUR_US),
        trucks,
        organisation: None,
        cargo: None,
        tonnes: None,
    }
}

/// A spell of 2 h at night, of 7 h in the afternoon, of 30 h in the morning, of 80 h in the evening; one too late to be priced.
const SPELLS: [(i64, i64); 5] = [(26, 2), (61, 7), (104, 30), (308, 80), (1300, 10)];

fn priced(output: &Path, jobs: usize) -> Experiment {
    // More trucks at the start than one lane will serve; ten trucks at each noon, which ten lanes serve in an hour.
    let daily = (0..60).map(|day| convoy(24 * day + 12, 10)).collect();
    Experiment {
        alternatives: vec![
            alternative_of(&closing("busy", 1, vec![convoy(0, 2000)], &SPELLS)),
            alternative_of(&closing("idle", 10, daily, &SPELLS)),
        ],
        jobs: Some(jobs),
        closure_price: Some(PRICED_REPLICATIONS),
        ..experiment(output, 40)
    }
}

#[test]
fn a_gate_that_never_idles_loses_a_truck_an_hour_and_one_with_spare_lanes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = priced(&folder.path().join("r"), 2);
    let prices = closure_price(&experiment, 40, &(), &GOES_ON).unwrap();
    assert!(prices.is_complete() && prices.reference.as_deref() == Some("busy"));
    let rows = &prices.rows;
    let row = |alternative: &str, group: &str, level: &str| {
        let mut found = rows
            .iter()
            .filter(|r| (r.alternative.as_str(), r.group, r.level.as_str()) == (alternative, group, level));
        found.next().unwrap_or_else(|| panic!("no {alternative}, {group}, {level}"))
    };
    let levels = [
        ("all", "all"),
        ("cause", "siege"),
        ("scope", "gate"),
        ("hour", "00:00-06:00"),
        ("hour", "06:00-12:00"),
        ("hour", "12:00-18:00"),
        ("hour", "18:00-24:00"),
        ("length", "under 6 h"),
        ("length", "6 h to 1 d"),
        ("length", "1 d to 3 d"),
        ("length", "3 d and more"),
    ];
    for (group, level) in levels {
        let busy = row("busy", group, level);
        let price = busy.tonnes_per_closed_hour;
        assert!((price.value - 20.0).abs() < 1e-9, "{busy:?}");
        // Of a few closures no interval is told, however little they vary.
        assert!(busy.is_few() == (busy.n < 30) && price.lower.is_nan() == busy.is_few(), "{busy:?}");
        assert!(busy.is_few() || (price.upper - price.lower).abs() < 1e-9, "{busy:?}");
        assert!(busy.difference.value.is_nan(), "there is none of the reference: {busy:?}");
        // What is lost is never made up for: the backlog stays longer to the end.
        assert!(busy.recovery.censored == busy.n && busy.recovery.median_h.is_nan(), "{busy:?}");
        let idle = row("idle", group, level);
        assert!(idle.lost_tonnes.abs() < 1e-9 && idle.recovery.censored == 0, "{idle:?}");
        assert!((idle.difference.value + 20.0).abs() < 1e-9, "{idle:?}");
        assert!(idle.difference.lower.is_nan() == idle.is_few(), "{idle:?}");
    }
    assert_eq!(rows.len(), 2 * levels.len());
    assert_eq!((row("busy", "all", "all").n, row("idle", "all", "all").n), (40, 40));
    let of = |level| (row("busy", "length", level).n, row("busy", "length", level).closed_h);
    assert!((of("under 6 h").1 - 2.0).abs() < 1e-9 && (of("3 d and more").1 - 80.0).abs() < 1e-9);
    let n = ["under 6 h", "6 h to 1 d", "1 d to 3 d", "3 d and more"].map(|l| of(l).0);
    assert!(n.iter().sum::<usize>() == 40 && n.iter().all(|n| *n >= 4), "each as likely: {n:?}");
    // Closed from 20:00 for 80 hours, over three noons: 30 trucks wait, ten lanes serve them in three hours, and the last leave a minute later.
    let long = row("idle", "length", "3 d and more");
    assert!(
        (long.recovery.median_h - 4.0).abs() < 1e-9 && long.queue_recovery == long.recovery,
        "{long:?}"
    );
}

#[test]
fn prices_are_in_the_result_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let with_jobs = |jobs: usize| {
        let experiment = priced(&folder.path().join(jobs.to_string()), jobs);
        assert!(stands_already(&experiment).is_none());
        assert!(run_quietly(&experiment).unwrap().complete);
        assert!(stands_already(&experiment).is_some());
        let unasked = Experiment {
            closure_price: None,
            ..experiment.clone()
        };
        assert!(stands_already(&unasked).is_none());
        contents(&experiment.output)
    };
    let one = with_jobs(1);
    assert!(one.contains_key("closure_price.csv"));
    assert!(String::from_utf8_lossy(&one["datapackage.json"]).contains("tonnes_per_closed_hour"));
    assert!(one == with_jobs(3));
}

/// Asks to stop after so many replications were priced.
struct Stops<'a> {
    after: u32,
    stop: &'a AtomicBool,
    heard: AtomicU32,
}

impl Progress for Stops<'_> {
    fn pricing(&self, advance: &Advance) {
        assert!(advance.done <= advance.planned);
        if self.heard.fetch_add(1, Ordering::Relaxed) + 1 == self.after {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
}

#[test]
fn what_was_priced_before_an_interruption_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let experiment = priced(&folder.path().join("r"), 1);
    let stop = AtomicBool::new(false);
    let stops = Stops {
        after: 65,
        stop: &stop,
        heard: AtomicU32::new(0),
    };
    let outcome = run(&experiment, &stops, &stop).unwrap();
    assert!(!outcome.complete);
    let prices = outcome.closure_prices.unwrap();
    // Both alternatives in 32 replications; the one that is ahead is not told of.
    assert_eq!((prices.replications, prices.wanted), (32, 40));
    let all = closure_price(&experiment, 32, &(), &GOES_ON).unwrap();
    // As text: what is not known equals nothing.
    assert_eq!(format!("{prices:?}"), format!("{:?}", ClosurePrices { wanted: 40, ..all }));
    assert!(experiment.output.join("closure_price.csv").exists());
    assert_eq!(outcome.alternatives[0].replications, 40, "replications are all there");
    let none = closure_price(&experiment, 40, &(), &AtomicBool::new(true)).unwrap();
    assert_eq!((none.replications, none.rows.len()), (0, 0));
}

#[test]
fn of_two_alternatives_that_are_alike_prices_differ_by_nothing_for_sure() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = priced(&folder.path().join("r"), 2);
    // Four hours a day to spare: the first three are made up for, the last one is not by the end of the run.
    let spells = [(26, 2), (61, 7), (104, 10), (900, 120)];
    let named = |name: &str| {
        let daily = (0..60).map(|day| convoy(24 * day + 12, 20)).collect();
        alternative_of(&closing(name, 1, daily, &spells))
    };
    experiment.alternatives = vec![named("one"), named("other")];
    let prices = closure_price(&experiment, 40, &(), &GOES_ON).unwrap();
    let all: Vec<_> = prices.rows.iter().filter(|row| row.group == "all").collect();
    assert_eq!(all[0].tonnes_per_closed_hour, all[1].tonnes_per_closed_hour);
    // Only one closure of four costs anything, so that the price itself is known badly.
    let price = all[0].tonnes_per_closed_hour;
    assert!(price.upper - price.lower > 0.5, "{price:?}");
    let same = all[1].difference;
    assert!(
        same.value.abs() < 1e-12 && same.lower.abs() < 1e-12 && same.upper.abs() < 1e-12,
        "{same:?}"
    );
}

#[test]
fn the_table_is_made_by_its_option_alone_and_its_name_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = priced(&folder.path().join("r"), 2);
    experiment.tables = Some(vec!["closure_price".to_owned()]);
    experiment.closure_price = Some(10);
    run_quietly(&experiment).unwrap();
    assert!(experiment.output.join("closure_price.csv").exists());
    // Another number of replications is another result.
    assert!(stands_already(&experiment).is_some());
    experiment.closure_price = Some(11);
    assert!(stands_already(&experiment).is_none());
    experiment.closure_price = None;
    let refused = run_quietly(&experiment).unwrap_err().to_string();
    assert!(refused.contains("rafah compare STUDY --closure-price"), "{refused}");
}

#[test]
fn who_closes_nothing_pays_nothing_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let prices = closure_price(&experiment(&folder.path().join("r"), 5), 5, &(), &GOES_ON).unwrap();
    assert!(prices.rows.is_empty() && prices.is_complete());
    let mut experiment = priced(&folder.path().join("s"), 2);
    experiment
        .alternatives
        .insert(0, alternative_of(&closing("none", 1, Vec::new(), &[])));
    let prices = closure_price(&experiment, 5, &(), &GOES_ON).unwrap();
    assert_eq!(
        (prices.reference.as_deref(), prices.unpriced),
        (Some("none"), vec!["none".to_owned()])
    );
    assert!(
        prices
            .rows
            .iter()
            .all(|row| row.difference.value.is_nan() && row.alternative != "none")
    );
}

#[test]
fn differences_at_once_are_wider_where_there_are_several() {
    let folder = tempfile::tempdir().unwrap();
    let mut experiment = priced(&folder.path().join("r"), 2);
    // What is made up for and what is not, by the number of trucks.
    let with_daily = |name: &str, trucks| {
        let daily = (0..60).map(|day| convoy(24 * day + 12, trucks)).collect();
        alternative_of(&closing(name, 1, daily, &[(26, 2), (61, 7), (104, 10), (900, 120)]))
    };
    experiment.alternatives = vec![with_daily("few", 10), with_daily("more", 20)];
    let half = |of: Estimate| 0.5 * (of.upper - of.lower);
    let of_all = |experiment: &Experiment| {
        let prices = closure_price(experiment, 40, &(), &GOES_ON).unwrap();
        prices
            .rows
            .into_iter()
            .find(|row| row.alternative == "more" && row.group == "all")
            .unwrap()
    };
    let two = of_all(&experiment);
    assert!(two.difference == two.difference_at_once && half(two.difference) > 0.0, "{two:?}");
    experiment.alternatives.push(with_daily("most", 22));
    let three = of_all(&experiment);
    assert_eq!(three.difference, two.difference);
    // Of 40 closures, for two differences: t(0.9875, 39) against t(0.975, 39).
    let wider = half(three.difference_at_once) / half(three.difference);
    assert!((wider - 2.3313 / 2.0227).abs() < 2e-3, "{wider}");
}

#[test]
fn alternatives_share_the_draws_of_what_both_do() {
    let folder = tempfile::tempdir().unwrap();
    let own = [convoy(0, 30), convoy(5, 10)];
    let experiment = Experiment {
        alternatives: vec![
            alternative_of(&closing("all", 2, own.to_vec(), &SPELLS)),
            alternative_of(&closing("same", 5, own.to_vec(), &[])),
            alternative_of(&closing("less", 2, own[..1].to_vec(), &SPELLS)),
            alternative_of(&closing("none", 2, Vec::new(), &SPELLS)),
        ],
        ..experiment(&folder.path().join("r"), 3)
    };
    // Of 40 trucks two services each and two convoys; of 30 trucks and one convoy.
    let shared = shared_draws(&experiment, 0, 3).unwrap();
    assert_eq!(shared, [Some(1.0), Some(1.0), Some(61.0 / 82.0), Some(0.0)]);
    let shared = shared_draws(&experiment, 3, 3).unwrap();
    assert_eq!(shared[3], None);
}
