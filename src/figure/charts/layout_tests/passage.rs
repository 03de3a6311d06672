//! Charts of what passes: over time, hour by hour, stage by stage.

use super::*;

/// Values of a sort for every hour of so many days, with nights.
fn hours(sort: &str, seed: u64, days: usize) -> Vec<f64> {
    let values = sample(sort, seed);
    let value = |hour: usize| {
        let at_work = if (8..18).contains(&(hour % 24)) { 1.0 } else { 0.1 };
        if hour % 50 == 49 {
            f64::NAN
        } else {
            values[hour % values.len()] * at_work / 1000.0
        }
    };
    (0..days * 24).map(value).collect()
}

#[test]
fn sums_over_time_keep_to_their_places() {
    for count in [1, 30, 365] {
        let need: Vec<f64> = (0..count).map(|day| 14_000.0 * (day + 1) as f64).collect();
        each(|width, names, sort| {
            let rows = |k: usize| -> Vec<Quantiles> {
                let mut sums = vec![0.0; 12];
                let day = |day: usize| {
                    let values = sample(sort, k as u64 + 3 * (day % 11) as u64);
                    sums.iter_mut()
                        .zip(values.iter().cycle().skip(day))
                        .for_each(|(sum, v)| *sum += v / 20.0);
                    quantiles(&mut sums.clone())
                };
                (0..count).map(day).collect()
            };
            let all: Vec<Vec<Quantiles>> = (0..names.len()).map(rows).collect();
            let alternatives = names.iter().zip(&all).map(|(name, rows)| Accumulated {
                name,
                rows,
                aside: "82 % of the need at the end",
            });
            cumulative(&Cumulative {
                heading: heading("By the end of June four fifths of the need have come"),
                width,
                quantity: "Delivered aid so far",
                unit: "t",
                axis: TimeAxis::dated(dates(count)),
                alternatives: &alternatives.collect::<Vec<_>>(),
                need: (&need, "need"),
            })
        });
    }
}

#[test]
fn heat_maps_keep_to_their_places() {
    for days in [1, 14, 60] {
        each(|width, names, sort| {
            let all: Vec<Vec<f64>> = (0..names.len()).map(|k| hours(sort, k as u64, days)).collect();
            let panels = names.iter().zip(&all).map(|(name, values)| HeatPanel { name, values });
            heat_map(&HeatMap {
                heading: heading("Most trucks wait in the early afternoon"),
                width,
                quantity: "Trucks waiting, mean of the replications",
                unit: "trucks",
                columns: TimeAxis::dated(dates(days + 1)),
                lines: Lines::Hours(6),
                panels: &panels.collect::<Vec<_>>(),
            })
        });
    }
}

#[test]
fn weekdays_by_weeks_keep_to_their_places_and_on_a_page_of_a4() {
    each_width(|width, names, sort| {
        let all: Vec<Vec<f64>> = (0..names.len()).map(|k| hours(sort, k as u64, 20)[..395].to_vec()).collect();
        let panels = names.iter().zip(&all).map(|(name, values)| HeatPanel { name, values });
        let scene = heat_map(&HeatMap {
            heading: heading("Most trucks wait on Sundays"),
            width,
            quantity: "Trucks waiting, mean of the replications",
            unit: "trucks",
            columns: TimeAxis::dated(dates(400)).stepping(-2.0, 7.0),
            lines: Lines::Weekdays(2),
            panels: &panels.collect::<Vec<_>>(),
        });
        // A4 less two centimetres above and below.
        assert!(
            scene.height < 257.0 / 25.4 * 72.0,
            "{width:?}, {}: {} points",
            names.len(),
            scene.height
        );
        scene
    });
}

#[test]
fn one_replication_over_time_keeps_to_its_place() {
    for days in [1, 30, 365] {
        each(|width, names, sort| {
            let spans: Vec<Span> = (0..days)
                .flat_map(|day| {
                    let state = [State::Open, State::Open, State::Partly, State::Open, State::Shut][day % 5];
                    let at = |hour: f64| day as f64 + hour / 24.0;
                    let span = |from, to, state| Span {
                        from: at(from),
                        to: at(to),
                        state,
                    };
                    [span(8.0, 12.0, State::Open), span(12.0, 18.0, state)]
                })
                .collect();
            let queue = |k: usize| -> Vec<(f64, f64)> {
                let values = hours(sort, k as u64, days.min(60));
                values.iter().enumerate().map(|(hour, v)| (hour as f64 / 24.0, *v)).collect()
            };
            let queues: Vec<_> = (0..names.len()).map(queue).collect();
            let lanes = names.iter().zip(&queues).map(|(name, queue)| Lane {
                name,
                spans: &spans,
                queue,
            });
            let moments: Vec<f64> = (0..days).filter(|day| day % 7 == 3).map(|day| day as f64 + 0.4).collect();
            gantt(&Gantt {
                heading: heading("A closure of two days fills the yard for a week"),
                width,
                days: TimeAxis::dated(dates(days + 1)),
                count: days,
                lanes: &lanes.collect::<Vec<_>>(),
                moments: &moments,
                happened: "Incidents",
                quantity: "Trucks waiting",
            })
        });
    }
}

/// Moves through so many stages: on, some past the next, some back, and ends of every sort.
fn moves<'a>(places: &[&'a str], sort: &str) -> Vec<Move<'a>> {
    let mut found = Vec::new();
    let values = sample(sort, 5);
    let mut left = values[0];
    for (k, place) in places.iter().enumerate() {
        let lost = left * [0.05, 0.0, 0.3][k % 3];
        let mut go = |to, amount| found.push(Move { from: place, to, amount });
        go("returned", lost);
        go("rejected for goods that are not allowed", left * 0.004);
        if k > 1 {
            go(places[1], left * 0.02);
        }
        let on = left - lost - left * 0.03;
        match (places.get(k + 1), places.get(k + 3)) {
            (None, _) => go("delivered", on),
            (Some(next), Some(beyond)) if k % 4 == 1 => {
                go(next, on * 0.7);
                go(beyond, on * 0.3);
            }
            (Some(next), _) => go(next, on),
        }
        left = on;
    }
    found
}

#[test]
fn flows_through_stages_keep_to_their_places() {
    each(|width, names, sort| {
        let places: Vec<&str> = std::iter::once("dispatched").chain(names.iter().map(String::as_str)).collect();
        stage_flow(&StageFlow {
            heading: heading("More than a third of the trucks come back"),
            width,
            quantity: "Trucks, mean of the replications",
            unit: "trucks",
            places: &places,
            aim: "delivered",
            moves: &moves(&places, sort),
        })
    });
}

#[test]
fn a_flow_a_heat_map_and_a_replication_are_drawn_as_before() {
    let moves = [
        ("dispatched", "inspection", 100.0),
        ("inspection", "offload", 60.0),
        ("inspection", "returned", 40.0),
        ("offload", "delivered", 60.0),
    ];
    let moves = moves.map(|(from, to, amount)| Move { from, to, amount });
    let drawn = stage_flow(&StageFlow {
        heading: heading("Two of five trucks come back"),
        width: Width::Column,
        quantity: "Trucks",
        unit: "",
        places: &["dispatched", "inspection", "offload"],
        aim: "delivered",
        moves: &moves,
    });
    insta::assert_snapshot!("stage_flow", super::super::super::svg(&drawn));
    let drawn = heat_map(&HeatMap {
        heading: heading("Most wait at noon"),
        width: Width::Column,
        quantity: "Trucks waiting",
        unit: "trucks",
        columns: TimeAxis::dated(dates(2)),
        lines: Lines::Hours(0),
        panels: &[HeatPanel {
            name: "gate",
            values: &(0..48).map(|hour| f64::from(12 - (hour % 24 - 12_i32).abs())).collect::<Vec<_>>(),
        }],
    });
    insta::assert_snapshot!("heat_map", super::super::super::svg(&drawn));
    let drawn = gantt(&Gantt {
        heading: heading("A closure fills the yard"),
        width: Width::Column,
        days: TimeAxis::dated(dates(2)),
        count: 2,
        lanes: &[Lane {
            name: "gate",
            spans: &[
                Span {
                    from: 0.25,
                    to: 0.5,
                    state: State::Open,
                },
                Span {
                    from: 0.5,
                    to: 0.75,
                    state: State::Shut,
                },
            ],
            queue: &[(0.25, 2.0), (0.5, 9.0), (1.0, 0.0)],
        }],
        moments: &[0.5],
        happened: "Incidents",
        quantity: "Trucks waiting",
    });
    insta::assert_snapshot!("gantt", super::super::super::svg(&drawn));
}
