use super::*;

fn estimate(value: f64, half: f64) -> Estimate {
    Estimate {
        value,
        lower: value - half,
        upper: value + half,
    }
}

fn row(alternative: &str, group: &'static str, level: &str, n: usize, price: Estimate, difference: Estimate) -> ClosurePrice {
    let recovery = Recovery {
        median_h: 61.4,
        lower_h: 55.0,
        upper_h: 70.0,
        censored: n / 20,
    };
    ClosurePrice {
        alternative: alternative.to_owned(),
        group,
        level: level.to_owned(),
        n,
        closed_h: 30.0,
        lost_tonnes: 30.0 * price.value,
        tonnes_per_closed_hour: price,
        difference,
        difference_at_once: difference,
        queue_recovery: recovery,
        recovery,
    }
}

fn prices(rows: Vec<ClosurePrice>) -> ClosurePrices {
    ClosurePrices {
        replications: 400,
        wanted: 400,
        reference: Some("full".to_owned()),
        confidence: 0.95,
        unpriced: Vec::new(),
        rows,
    }
}

fn printed(prices: &ClosurePrices, width: usize) -> String {
    anstream::adapter::strip_str(&text(prices, width)).to_string()
}

/// Three alternatives: a reference; one that is cheaper; one of which nothing is shown.
fn three() -> ClosurePrices {
    let mut rows = Vec::new();
    for (name, price, difference) in [
        ("full", estimate(31.24, 6.1), Estimate::NONE),
        ("graduated", estimate(18.0, 5.0), estimate(-13.2, 4.0)),
        ("window", estimate(2.0, 4.0), estimate(-29.2, 30.0)),
    ] {
        rows.push(row(name, "all", "all", 380, price, difference));
        rows.push(row(
            name,
            "hour",
            "00:00-06:00",
            100,
            estimate(price.value - 6.0, 2.0),
            Estimate::NONE,
        ));
        rows.push(row(
            name,
            "hour",
            "06:00-12:00",
            100,
            estimate(price.value + 6.0, 2.0),
            Estimate::NONE,
        ));
        rows.push(row(name, "length", "under 6 h", 100, estimate(price.value, 9.0), Estimate::NONE));
        rows.push(row(
            name,
            "length",
            "3 d and more",
            12,
            estimate(price.value + 60.0, f64::NAN),
            Estimate::NONE,
        ));
    }
    prices(rows)
}

#[test]
fn three_alternatives_are_told_in_words_and_numbers() {
    insta::assert_snapshot!(printed(&three(), 120));
}

#[test]
fn a_narrow_screen_keeps_every_interval_whole() {
    let shown = printed(&three(), 60);
    assert!(tables::widest(&shown) <= 60, "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn few_closures_are_never_shown_as_if_sure() {
    let few = |name| {
        row(
            name,
            "all",
            "all",
            9,
            Estimate {
                value: 31.0,
                ..Estimate::NONE
            },
            Estimate {
                value: 3.0,
                ..Estimate::NONE
            },
        )
    };
    let mut given = prices(vec![few("full"), few("other")]);
    given.replications = 12;
    for row in &mut given.rows {
        row.recovery = Recovery {
            median_h: f64::NAN,
            lower_h: 55.0,
            upper_h: f64::NAN,
            censored: 5,
        };
    }
    let shown = printed(&given, 120);
    assert!(
        shown.contains("(too few)") && shown.contains("how rough is not known") && !shown.contains("31.0 ["),
        "{shown}"
    );
    assert!(shown.contains("[55, …]") && shown.contains("beyond the end of the run"), "{shown}");
    let flowing = shown.replace('\n', " ");
    assert!(
        flowing.contains("There are too few closures to hold alternatives against `full`, the reference: 30 are needed."),
        "{shown}"
    );
    let of_row = &as_json(&given)["rows"][0];
    assert!(
        of_row["few"] == json!(true) && of_row["tonnes_per_closed_hour"]["lower"].is_null(),
        "{of_row}"
    );
}

#[test]
fn no_closure_and_an_interruption_are_said() {
    let mut given = prices(Vec::new());
    given.replications = 12;
    let shown = printed(&given, 120);
    assert!(shown.contains("in 12 replications no closure begins early enough"), "{shown}");
    assert!(shown.contains("Interrupted: 400 were to be."), "{shown}");
}

#[test]
fn many_alternatives_are_counted_and_the_reference_stands_in_the_table_wherever_it_comes() {
    let others = (0..29).map(|i| row(&format!("p{i}"), "all", "all", 380, estimate(10.0, 1.0), estimate(5.0, 1.0)));
    let last = row("full", "all", "all", 380, estimate(5.0, 1.0), Estimate::NONE);
    let shown = printed(&prices(others.chain([last]).collect()), 120);
    assert!(shown.contains("more under `p0`, `p1`, `p2`, `p3` and 25 more."), "{shown}");
    assert!(shown.contains(" full (reference) ") && !shown.contains(" p20 "), "{shown}");
    assert!(
        shown.contains("The first 20 of them and the reference; 9 more are in the table"),
        "{shown}"
    );
}

#[test]
fn a_reference_or_another_without_closures_is_named_and_nothing_is_held_against_it() {
    let alone = |name, price| row(name, "all", "all", 380, estimate(price, 1.0), Estimate::NONE);
    let mut given = prices(vec![alone("b", 25.0), alone("c", 5.0)]);
    given.unpriced = vec!["full".to_owned()];
    let shown = printed(&given, 120);
    let flowing = shown.replace('\n', " ");
    assert!(
        flowing.contains("`full` has no closures to price; `full` is the reference, so that no other is held against it."),
        "{shown}"
    );
    assert!(
        !shown.contains("no other alternative") && !shown.contains("less that of"),
        "{shown}"
    );
    assert!(as_json(&given)["unpriced"] == json!(["full"]));
    let mut given = three();
    given.unpriced = vec!["open".to_owned(), "none".to_owned()];
    let shown = printed(&given, 120);
    assert!(
        shown
            .replace('\n', " ")
            .contains("`open` and `none` have no closures to price. Under `window`"),
        "{shown}"
    );
    assert!(shown.contains("against `full`"), "{shown}");
}

#[test]
fn what_is_said_to_cost_more_or_less_does_so_for_all_alternatives_at_once() {
    let mut given = three();
    for row in given.rows.iter_mut().filter(|row| row.alternative == "graduated") {
        row.difference_at_once = estimate(-13.2, 14.0);
    }
    let shown = printed(&given, 120);
    // The interval in brackets is the one that the sentence goes by.
    assert!(shown.contains("−13 [−27, 1]") && !shown.contains("[−17"), "{shown}");
    assert!(
        shown
            .replace('\n', " ")
            .contains("Under no other alternative is it shown to cost more or less"),
        "{shown}"
    );
}

/// Prices by hour of one alternative.
fn by_hour(levels: &[(&str, usize, f64, f64)]) -> String {
    let overall = row("full", "all", "all", 380, estimate(20.0, 2.0), Estimate::NONE);
    let levels = levels
        .iter()
        .map(|(level, n, price, half)| row("full", "hour", level, *n, estimate(*price, *half), Estimate::NONE));
    printed(&prices([overall].into_iter().chain(levels).collect()), 120).replace('\n', " ")
}

#[test]
fn of_three_levels_no_more_is_said_than_that_one_costs_more_than_another() {
    let shown = by_hour(&[
        ("00:00-06:00", 180, 5.0, 1.0),
        ("06:00-12:00", 180, 10.0, 1.0),
        ("12:00-18:00", 180, 9.8, 1.0),
    ]);
    assert!(
        shown.contains(
            "By time of day, closures that begin 06:00-12:00 cost more than those that begin 00:00-06:00 under `full` (10.0 against 5.0 t an hour)."
        ),
        "{shown}"
    );
    assert!(!shown.contains(" most ") && !shown.contains("12:00-18:00"), "{shown}");
}

#[test]
fn a_dearest_level_that_is_hardly_known_hides_no_other_pair() {
    let wide = [
        ("00:00-06:00", 180, 50.0, 40.0),
        ("06:00-12:00", 180, 30.0, 1.0),
        ("12:00-18:00", 180, 12.0, 1.0),
    ];
    let shown = by_hour(&wide);
    assert!(
        shown.contains("closures that begin 06:00-12:00 cost more than those that begin 12:00-18:00"),
        "{shown}"
    );
    assert!(!shown.contains("no price is shown to differ"), "{shown}");
    let wider = wide.map(|(level, n, price, _)| (level, n, price, 40.0));
    let shown = by_hour(&wider);
    assert!(
        shown.contains("no price is shown to differ") && !shown.contains("cost more than"),
        "{shown}"
    );
}

#[test]
fn that_intervals_of_few_closures_hold_less_often_is_said_where_something_rests_on_them() {
    let line = "Intervals of fewer than 150 closures hold less often than they say";
    let apart = |n| by_hour(&[("00:00-06:00", n, 5.0, 1.0), ("06:00-12:00", 200, 10.0, 1.0)]);
    assert!(apart(149).contains(line), "{}", apart(149));
    assert!(!apart(150).contains(line), "{}", apart(150));
    // Levels of which nothing is said do not count; the prices of all closures do.
    assert!(!by_hour(&[("00:00-06:00", 149, 5.0, 9.0), ("06:00-12:00", 149, 10.0, 9.0)]).contains(line));
    let of_all = |n| {
        printed(
            &prices(vec![row("full", "all", "all", n, estimate(20.0, 2.0), Estimate::NONE)]),
            120,
        )
        .replace('\n', " ")
    };
    assert!(of_all(149).contains(line) && !of_all(150).contains(line) && !of_all(29).contains(line));
}
