//! The drivers of a scenario, as `check --drivers` tells them.

use comfy_table::ColumnConstraint;
use serde_json::{Value, json};

use super::grid::plain;
use super::numbers::counted;
use crate::scenario::{DriverLine, EffectLine, Loaded};

/// Every driver with what it changes.
pub(super) fn of(file: &str, loaded: &Loaded) -> String {
    let drivers = loaded.drivers();
    let mut text = format!("{file}: {}\n", counted(drivers.len(), "driver"));
    for driver in &drivers {
        text.push_str(&format!("\n{}\n", heading(driver)));
        text.push_str(&format!("  {}\n", happening(driver)));
        if driver.effects.is_empty() {
            text.push_str("  changes nothing\n");
            continue;
        }
        let mut table = plain();
        table.set_header(["parameter", "as it is", "in force", "change", "size from"]);
        for effect in &driver.effects {
            table.add_row([
                effect.parameter.clone(),
                effect.before.clone().unwrap_or_else(|| "–".to_owned()),
                effect.in_force.clone().unwrap_or_else(|| "–".to_owned()),
                change(effect),
                evidence(effect),
            ]);
        }
        // A path that is broken cannot be copied.
        for column in table.column_iter_mut().take(1) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        text.push_str(&format!("{table}\n"));
    }
    if drivers.iter().any(|driver| !driver.effects.is_empty()) {
        text.push_str("\nin force: with all effects of this driver and of no other, at full strength; uncertain sizes at their mean\n");
    }
    text.push_str(&contingents(loaded));
    text
}

/// The troops by contributor, and what their strength acts on.
fn contingents(loaded: &Loaded) -> String {
    let scenario = &loaded.scenario;
    let mut text = String::new();
    for c in &scenario.contingents {
        text.push_str(&format!(
            "\ncontingent {}: {} troops with probability {}, effectiveness {}, built up over {}\n",
            c.name, c.troops, c.probability, c.effectiveness, c.build_up
        ));
    }
    let Some(peacekeeping) = &scenario.peacekeeping else { return text };
    let rates = peacekeeping.incident_rates.iter().map(|p| p.path.as_str());
    let teams = peacekeeping.escort_teams.iter().map(|teams| teams.count.path.as_str());
    let others = peacekeeping.effects.iter().map(|effect| effect.parameter.path.as_str());
    let all: Vec<&str> = rates.chain(teams).chain(others).collect();
    if !scenario.contingents.is_empty() && !all.is_empty() {
        let of = peacekeeping.target_troops;
        text.push_str(&format!(
            "together, as a share of {of} effective troops, they change\n  {}\n",
            all.join("\n  ")
        ));
    }
    text
}

fn heading(driver: &DriverLine) -> String {
    if driver.title.is_empty() {
        driver.name.clone()
    } else {
        format!("{}: {}", driver.name, driver.title)
    }
}

fn happening(driver: &DriverLine) -> String {
    let when = match (&driver.when, &driver.after) {
        (Some(when), None) => format!("when {when}"),
        (None, None) => "at the start".to_owned(),
        (None, Some(after)) => format!("as soon as `{after}` has happened"),
        (Some(when), Some(after)) => format!("when {when}, not before `{after}` has happened"),
    };
    let lasts = driver
        .lasts
        .as_ref()
        .map_or_else(|| "for good".to_owned(), |lasts| format!("lasts {lasts}"));
    let level = if driver.level < 1.0 {
        format!("; level {}", driver.level)
    } else {
        String::new()
    };
    let condition = driver.after.as_ref().map_or(String::new(), |name| format!(" if `{name}` happens"));
    format!("probability {}{condition}; {when}; {lasts}{level}", driver.probability)
}

fn change(effect: &EffectLine) -> String {
    let over = effect.over.as_ref().map_or(String::new(), |over| format!(" over {over}"));
    format!("{} {}{over}", effect.how, effect.size)
}

fn evidence(effect: &EffectLine) -> String {
    match (&effect.source, &effect.assumption) {
        (Some(source), _) => format!("source {source}"),
        (None, Some(why)) => format!("assumption: {why}"),
        (None, None) => "neither source nor assumption stated".to_owned(),
    }
}

/// Every driver as JSON.
pub(super) fn as_json(loaded: &Loaded) -> Value {
    let drivers = loaded.drivers();
    let told = drivers.iter().map(|driver| {
        let effects = driver.effects.iter().map(|effect| {
            json!({
                "parameter": effect.parameter,
                "how": effect.how,
                "size": effect.size,
                "over": effect.over,
                "before": effect.before,
                "in_force": effect.in_force,
                "source": effect.source,
                "assumption": effect.assumption,
            })
        });
        json!({
            "driver": driver.name,
            "title": driver.title,
            "probability": driver.probability,
            "when": driver.when,
            "after": driver.after,
            "lasts": driver.lasts,
            "level": driver.level,
            "effects": effects.collect::<Vec<_>>(),
        })
    });
    Value::Array(told.collect())
}
