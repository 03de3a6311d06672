//! How what is met of a need by deliveries and what is covered by stocks differ, where a reader sees both.

use super::super::charts::Source;
use super::said::{named, short};
use crate::scenario::Scenario;

/// What is told of deliveries against the need, and what of the stocks.
const OF_DELIVERIES: [&str; 2] = ["need_met", "days_below_need"];
const OF_STOCKS: [&str; 4] = ["unmet_need", "days_without_stock", "days_of_supply_mean", "days_of_supply_min"];

/// Why responses of deliveries and of stocks do not say the same, where both are told, or where alternatives begin with stocks that differ, which the
/// responses of deliveries do not count. Nothing where no stock is stated.
pub(super) fn at_odds(source: &Source, told: &[String]) -> Option<String> {
    let scenarios: Vec<&Scenario> = source.alternatives.iter().map(|one| &one.loaded.scenario).collect();
    between(&scenarios, told)
}

fn between(scenarios: &[&Scenario], told: &[String]) -> Option<String> {
    let has = |of: &[&str]| told.iter().any(|response| of.contains(&response.as_str()));
    let stocks: Vec<Vec<(&str, f64)>> = scenarios.iter().map(|scenario| stated(scenario)).collect();
    let differ = stocks.windows(2).any(|pair| pair[0] != pair[1]);
    if stocks.iter().all(Vec::is_empty) || !has(&OF_DELIVERIES) || !(has(&OF_STOCKS) || differ) {
        return None;
    }
    let mut goods: Vec<&str> = stocks.iter().flatten().map(|(name, _)| *name).collect();
    goods.sort_unstable();
    goods.dedup();
    let days = || stocks.iter().flatten().map(|(_, days)| *days);
    let (least, most) = (days().fold(f64::INFINITY, f64::min), days().fold(0.0, f64::max));
    let begin = if least < most {
        let by = match (goods.len() > 1, differ) {
            (true, true) => "goods and alternative",
            (true, false) => "goods",
            _ => "alternative",
        };
        format!("{} to {} days of need, by {by}", short(least), short(most))
    } else {
        format!("{} days of need", short(most))
    };
    let without = if stocks.iter().any(Vec::is_empty) {
        " Some alternatives state no stock."
    } else {
        ""
    };
    Some(format!(
        "What is met of the need and on how many days it is not counts deliveries in the simulated period, of all goods that have a need. What no stock \
         covers, the days without stock and the days of supply count the stocks in Gaza, of {}: these begin with {begin}, from before the period.{without} So \
         need met and need that no stock covered do not add up to 100 %: a stock at the start helps by the second and not by the first, and what is \
         delivered and not yet used by the first and not by the second. An alternative that puts goods into stock beforehand may stand low by need met for \
         that reason alone.",
        named(goods)
    ))
}

/// The goods of which a stock is stated, with their days of need at the start.
fn stated(scenario: &Scenario) -> Vec<(&str, f64)> {
    let cargos = scenario.cargos.iter();
    cargos
        .filter_map(|cargo| Some((cargo.name.as_str(), cargo.gaza_stock_days?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::world;
    use super::*;

    #[test]
    fn deliveries_and_stocks_are_told_apart_where_both_are_shown_or_stocks_differ() {
        let of = |days: &str| world(&format!("[cargo.medical]\nload = {{ tonnes = 10 }}\nneed = \"4 t/d\"\n{days}"));
        let (none, few, many) = (of(""), of("gaza_stock = \"2d\""), of("gaza_stock = \"30d\""));
        let told = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let need = told(&["need_met"]);
        let both = told(&["need_met", "unmet_need"]);
        assert_eq!(between(&[&none], &both), None, "no stock is stated");
        assert_eq!(between(&[&few, &few], &need), None, "stocks are alike and not told of");
        let said = between(&[&few], &both).unwrap();
        assert!(
            said.contains("of `medical`: these begin with 2 days of need") && said.contains("do not add up to 100 %"),
            "{said}"
        );
        let said = between(&[&few, &many], &need).unwrap();
        assert!(said.contains("2 to 30 days of need, by alternative"), "{said}");
    }
}
