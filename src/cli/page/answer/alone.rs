//! What the one alternative of a result brings, a sentence each.

use super::super::super::numbers::{decimals, fixed, percent, plain_percent, whole};
use super::super::said::{named, short};
use crate::experiment::SummaryRow;
use crate::scenario::{End, Scenario, Stage, Target};
use crate::time::DAY_US;

/// So many kinds of goods are named.
const NAMED: usize = 4;

/// What is delivered, how much it varies, what of the need is met, on how many days too little came, who is exposed.
pub(super) fn sentences(scenario: &Scenario, rows: &[SummaryRow]) -> Vec<String> {
    let mut said = vec![delivered(scenario, rows)];
    said.extend(spread(rows));
    said.extend(need_met(scenario, rows));
    said.extend(below_need(scenario, rows));
    said.extend(exposed(scenario, rows));
    said.extend(intercepted(scenario, rows));
    said
}

/// The row of a response, with values in it or not.
pub(super) fn row<'a>(rows: &'a [SummaryRow], response: &str) -> Option<&'a SummaryRow> {
    rows.iter().find(|row| row.response.name == response)
}

fn valued<'a>(rows: &'a [SummaryRow], response: &str) -> Option<&'a SummaryRow> {
    row(rows, response).filter(|row| row.n > 0)
}

/// What is delivered of all goods in the mean; that nothing is, or that it is not known, where that is so.
fn delivered(scenario: &Scenario, rows: &[SummaryRow]) -> String {
    let Some(tonnes) = valued(rows, "delivered_tonnes") else {
        return "How much is delivered is not known: the table `summary` has no value of `delivered_tonnes`.".to_owned();
    };
    if tonnes.min.abs() <= 0.0 && tonnes.max.abs() <= 0.0 {
        return match tonnes.n {
            1 => "In the one replication that there is nothing is delivered (0 t). One replication says nothing of chance.".to_owned(),
            n => format!("Nothing is delivered (0 t) in any of {} replications.", whole(n as f64)),
        };
    }
    let goods = if scenario.cargos.len() > 1 {
        format!(" of all {} kinds of goods together", whole(scenario.cargos.len() as f64))
    } else {
        String::new()
    };
    let digits = decimals(tonnes.mean, (tonnes.upper - tonnes.lower) / 2.0, 1);
    let brought = format!(
        "{} t{goods} are delivered{}",
        fixed(tonnes.mean, digits),
        interval(tonnes, 1.0, digits, "")
    );
    if tonnes.n == 1 {
        format!("In the one replication that there is {brought}. One replication says nothing of chance.")
    } else {
        format!("In the mean of {} replications {brought}.", whole(tonnes.n as f64))
    }
}

/// Which goods have a need, in words: `` `food` and `medical` ``.
pub(super) fn needed(scenario: &Scenario) -> String {
    let needed: Vec<&str> = (scenario.cargos.iter())
        .filter(|cargo| cargo.need_tonnes_per_day.is_some())
        .map(|cargo| cargo.name.as_str())
        .collect();
    match needed.len() {
        0..=NAMED => named(needed),
        n => format!("{} kinds of goods", whole(n as f64)),
    }
}

/// What share of the need is met: of the goods that have one, and of none more than it needs.
fn need_met(scenario: &Scenario, rows: &[SummaryRow]) -> Option<String> {
    let met = valued(rows, "need_met")?;
    let without: Vec<&str> = (scenario.cargos.iter())
        .filter(|cargo| cargo.need_tonnes_per_day.is_none())
        .map(|cargo| cargo.name.as_str())
        .collect();
    let goods = needed(scenario);
    let which = match without.as_slice() {
        [] => goods,
        few if few.len() <= NAMED => format!(
            "{goods} ({} {} no need stated)",
            named(few.iter().copied()),
            if few.len() == 1 { "has" } else { "have" }
        ),
        many => format!("{goods} (the other {} have no need stated)", whole(many.len() as f64)),
    };
    let digits = decimals(met.mean * 100.0, (met.upper - met.lower) * 50.0, 1);
    Some(format!(
        "Of the need of {which}, {} is met{}; what is delivered beyond the need of a kind is not counted in this.",
        percent(met.mean, digits),
        interval(met, 100.0, digits, " %"),
    ))
}

/// ` (95 % interval 1,200 to 1,268)`; nothing where there is none, or where all replications are the same.
fn interval(row: &SummaryRow, scale: f64, digits: usize, unit: &str) -> String {
    if !(row.upper - row.lower).is_finite() || row.upper <= row.lower {
        return String::new();
    }
    format!(
        " ({} interval {} to {}{unit})",
        plain_percent(row.confidence),
        fixed(row.lower * scale, digits),
        fixed(row.upper * scale, digits)
    )
}

/// Between which values most replications lie.
fn spread(rows: &[SummaryRow]) -> Option<String> {
    let tonnes = valued(rows, "delivered_tonnes").filter(|row| row.max > 0.0)?;
    let [low, .., high] = tonnes.quantiles;
    // With fewer the quantiles themselves are not known.
    let is_known = (low.lower + high.upper).is_finite();
    let digits = decimals(tonnes.mean, tonnes.sd, 1);
    is_known.then(|| {
        format!(
            "Nine replications in ten deliver between {} and {} t (quantiles of 5 and 95 %).",
            fixed(low.estimate, digits),
            fixed(high.estimate, digits)
        )
    })
}

/// How many days have less than they need.
fn below_need(scenario: &Scenario, rows: &[SummaryRow]) -> Option<String> {
    let below = valued(rows, "days_below_need")?;
    let digits = decimals(below.mean * 100.0, (below.upper - below.lower) * 50.0, 1);
    let is_same = below.n > 1 && below.max <= below.min;
    let (share, always) = if is_same {
        (plain_percent(below.mean), ", in every replication,")
    } else {
        (percent(below.mean, digits), "")
    };
    let window = short(scenario.need_window.0 as f64 / DAY_US as f64);
    let kinds = scenario.cargos.iter().filter(|cargo| cargo.need_tonnes_per_day.is_some()).count();
    let some = if kinds > 1 {
        format!("at least one of {}", needed(scenario))
    } else {
        needed(scenario)
    };
    Some(format!(
        "On {share} of days{always}{} the last {window} days have brought less of {some} than is needed in that time.",
        interval(below, 100.0, digits, " %"),
    ))
}

/// How many trucks incidents find, where the scenario has incidents.
fn exposed(scenario: &Scenario, rows: &[SummaryRow]) -> Option<String> {
    scenario.incidents.as_ref()?;
    let exposure = valued(rows, "exposure")?;
    let told = if exposure.max <= 0.0 {
        format!("Incidents find no truck in any replication ({} of them)", whole(exposure.n as f64))
    } else {
        let digits = decimals(exposure.mean, (exposure.upper - exposure.lower) / 2.0, 1);
        format!(
            "Incidents expose {} trucks{}, each counted once for every incident that finds it and times the weight of its severity",
            fixed(exposure.mean, digits),
            interval(exposure, 1.0, digits, "")
        )
    };
    Some(format!("{told}."))
}

/// How many trucks are taken on the way, where that can happen.
fn intercepted(scenario: &Scenario, rows: &[SummaryRow]) -> Option<String> {
    let can_be = |stage: &Stage| {
        stage.escort.as_ref().is_some_and(|escort| escort.intercepted.is_some())
            || stage.outcomes.iter().any(|outcome| outcome.to == Target::End(End::Intercepted))
    };
    let trucks = valued(rows, "intercepted_trucks").filter(|_| scenario.stages.iter().any(can_be))?;
    let digits = decimals(trucks.mean, (trucks.upper - trucks.lower) / 2.0, 1);
    Some(format!(
        "{} trucks are intercepted on the way{}.",
        fixed(trucks.mean, digits),
        interval(trucks, 1.0, digits, "")
    ))
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::world;
    use super::*;
    use crate::observe::Response;

    fn summary(name: &str, unit: &str, values: &[f64]) -> SummaryRow {
        let response = Response {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: String::new(),
            more_is_better: None,
            column: 2,
        };
        SummaryRow::new(response.into(), values, 0.95)
    }

    #[test]
    fn nothing_and_unknown_are_not_the_same() {
        let world = world("");
        let first = |rows: &[SummaryRow]| sentences(&world, rows).remove(0);
        assert!(first(&[summary("delivered_tonnes", "t", &[0.0; 3])]).starts_with("Nothing is delivered (0 t) in any of 3 replications"));
        assert!(first(&[summary("delivered_tonnes", "t", &[0.0])]).contains("nothing is delivered (0 t)"));
        for rows in [vec![], vec![summary("delivered_tonnes", "t", &[f64::NAN])]] {
            assert!(first(&rows).starts_with("How much is delivered is not known"));
        }
    }

    #[test]
    fn the_need_is_that_of_the_goods_that_have_one() {
        let world = world("[cargo.medical]\nload = { tonnes = 10 }\nneed = \"4 t/d\"");
        let rows = [
            summary("delivered_tonnes", "t", &[100.0, 102.0]),
            summary("need_met", "share", &[0.5, 0.52]),
        ];
        let said = sentences(&world, &rows);
        assert!(
            said[0].contains("t of all 2 kinds of goods together are delivered") && !said[0].contains("need"),
            "{said:?}"
        );
        assert!(
            said[1].starts_with("Of the need of `medical` (`food` has no need stated), 51"),
            "{said:?}"
        );
    }
}
