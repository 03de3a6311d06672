use super::*;

fn estimate(value: f64, half: f64) -> Estimate {
    Estimate {
        value,
        lower: value - half,
        upper: value + half,
    }
}

const UNKNOWN: Estimate = Estimate {
    value: f64::NAN,
    lower: f64::NAN,
    upper: f64::NAN,
};

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
        ("full", estimate(31.24, 6.1), UNKNOWN),
        ("graduated", estimate(18.0, 5.0), estimate(-13.2, 4.0)),
        ("window", estimate(2.0, 4.0), estimate(-29.2, 30.0)),
    ] {
        rows.push(row(name, "all", "all", 380, price, difference));
        rows.push(row(name, "hour", "00:00-06:00", 100, estimate(price.value - 6.0, 2.0), UNKNOWN));
        rows.push(row(name, "hour", "06:00-12:00", 100, estimate(price.value + 6.0, 2.0), UNKNOWN));
        rows.push(row(name, "length", "under 6 h", 100, estimate(price.value, 9.0), UNKNOWN));
        rows.push(row(
            name,
            "length",
            "3 d and more",
            12,
            estimate(price.value + 60.0, f64::NAN),
            UNKNOWN,
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
            Estimate { value: 31.0, ..UNKNOWN },
            Estimate { value: 3.0, ..UNKNOWN },
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
        flowing.contains("Under no other alternative is it shown to cost more or less"),
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
fn many_alternatives_are_counted() {
    let rows = (0..30).map(|i| row(&format!("p{i}"), "all", "all", 380, estimate(10.0, 1.0), estimate(5.0, 1.0)));
    let shown = printed(&prices(rows.collect()), 120);
    assert!(shown.contains("more under `p0`, `p1`, `p2`, `p3` and 26 more."), "{shown}");
    assert!(shown.contains("10 more are in the table"), "{shown}");
}
