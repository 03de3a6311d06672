//! A scenario in a few lines, as `check` tells it.

mod calendars;
mod evidence;
mod rules;
mod streams;

use calendars::calendars;
use evidence::evidence;
pub(super) use evidence::{parameters_as_json, paths_without_evidence, without_evidence};
use streams::{convoys, hubs, travellers};

use super::numbers::{counted, fixed, percent, whole};
use crate::scenario::{
    BarredAction, ClosureProcess, DiversionTarget, End, Flow, IncidentProcess, Loaded, Policy, Scenario, Stage, Status, Target,
};
use crate::time::{Duration, Time};

/// What a scenario is, in a few lines.
pub(super) fn of(file: &str, loaded: &Loaded) -> String {
    let lines = lines(&loaded.scenario).into_iter().chain([("parameters", evidence(loaded))]);
    let told = lines.map(|(what, told)| format!("  {what:<14}{told}\n"));
    format!("{file}: fine\n{}", told.collect::<String>())
}

/// What a scenario has, by name, each in a line; what it has not is left out.
pub(super) fn lines(scenario: &Scenario) -> Vec<(&'static str, String)> {
    let all = [
        ("scenario", titled(scenario)),
        ("period", period(scenario)),
        ("hubs", hubs(scenario)),
        ("convoys", convoys(scenario)),
        ("goods", goods(scenario)),
        ("stock in Gaza", stocks(scenario)),
        ("organisations", organisations(scenario)),
        ("route", route(scenario, Flow::Trucks)),
        ("travellers", travellers(scenario)),
        ("their route", route(scenario, Flow::Travellers)),
        ("resources", resources(scenario)),
        ("escorts", rules::escorts(scenario)),
        ("breakdowns", rules::breakdowns(scenario)),
        ("approvals", rules::approvals(scenario)),
        ("further tries", rules::retries(scenario)),
        ("calendars", calendars(scenario)),
        ("security", security(scenario)),
        ("policy", policy(scenario)),
        ("developments", developments(scenario)),
    ];
    all.into_iter().filter(|(_, told)| !told.is_empty()).collect()
}

fn titled(scenario: &Scenario) -> String {
    if scenario.title.is_empty() {
        scenario.name.clone()
    } else {
        format!("{}: {}", scenario.name, scenario.title)
    }
}

fn period(scenario: &Scenario) -> String {
    let horizon = &scenario.horizon;
    let (from, to) = (horizon.origin.iso(Time::ZERO), horizon.origin.iso(Time::ZERO + horizon.length));
    let mut told = format!("{from} to {to} ({})", days(horizon.length));
    if horizon.warm_up > Duration::ZERO {
        told.push_str(&format!(", the first {} not counted", days(horizon.warm_up)));
    }
    told
}

fn days(length: Duration) -> String {
    let days = length.as_days();
    if days.fract().abs() < 1e-9 && days >= 1.0 {
        counted(days as usize, "day")
    } else {
        length.to_string()
    }
}

fn goods(scenario: &Scenario) -> String {
    let names: Vec<&str> = scenario.cargos.iter().map(|cargo| cargo.name.as_str()).collect();
    let need: f64 = scenario.cargos.iter().filter_map(|cargo| cargo.need_tonnes_per_day).sum();
    let needed = if need > 0.0 {
        format!("; {} tonnes needed a day", whole(need))
    } else {
        String::new()
    };
    names.join(", ") + &needed
}

/// With as many decimals as it has, at most so many.
fn shortest(value: f64, most: usize) -> String {
    let scale = [1.0, 10.0, 100.0, 1000.0];
    let is_whole = |digits: &usize| (value * scale[*digits]).fract().abs() < 1e-9 || 1.0 - (value * scale[*digits]).fract().abs() < 1e-9;
    fixed(value, (0..most.min(3)).find(is_whole).unwrap_or(most))
}

fn share_of(share: f64) -> String {
    format!("{} %", shortest(share * 100.0, 1))
}

fn organisations(scenario: &Scenario) -> String {
    let told = scenario.organisations.iter().map(|organisation| {
        let origin = &scenario.horizon.origin;
        let status = match organisation.status {
            Status::Registered => String::new(),
            Status::Barred => ", barred".to_owned(),
            Status::BarredFrom(at) => format!(", barred from {}", origin.iso(at)),
            Status::RegisteredFrom(at) => format!(", registered from {}", origin.iso(at)),
            Status::RegisteredWith { probability, .. } => format!(", registered with probability {}", fixed(probability, 2)),
        };
        format!("{} {}{status}", organisation.name, share_of(organisation.share))
    });
    let mut told = told.collect::<Vec<_>>().join("; ");
    if scenario
        .organisations
        .iter()
        .any(|organisation| organisation.status != Status::Registered)
    {
        told.push_str(match scenario.restrictions.barred {
            BarredAction::Refuse => "; the barred are refused",
            BarredAction::Hold => "; the barred wait",
            BarredAction::Reconsign { .. } => "; the barred are re-consigned",
        });
    }
    told
}

/// The way of trucks or of travellers.
fn route(scenario: &Scenario, flow: Flow) -> String {
    let steps: Vec<(usize, &Stage)> = scenario.stages.iter().enumerate().filter(|(_, s)| s.serves == flow).collect();
    let mut told = Vec::new();
    for (k, (_, stage)) in steps.iter().enumerate() {
        let after = steps.get(k + 1).map(|(i, _)| *i);
        let onward = match stage.next {
            Target::Stage(next) if Some(next.0) == after => String::new(),
            Target::End(End::Delivered) if after.is_none() => String::new(),
            target => format!(", then {}", target_name(scenario, target)),
        };
        told.push(format!("{} ({}{onward})", stage.name, lanes(stage)));
    }
    told.join(" → ")
}

fn lanes(stage: &Stage) -> String {
    match (&stage.escort, stage.lanes) {
        (Some(escort), _) => format!("escort of {} to {} trucks", escort.size_min, fixed(escort.size_max.mean(), 0)),
        (None, Some(lanes)) => counted(lanes as usize, "lane"),
        (None, None) => "no limit".to_owned(),
    }
}

fn resources(scenario: &Scenario) -> String {
    let told = scenario
        .resources
        .iter()
        .map(|r| format!("{} {}", whole(f64::from(r.count)), r.name));
    told.collect::<Vec<_>>().join(", ")
}

fn target_name(scenario: &Scenario, target: Target) -> &str {
    match target {
        Target::Stage(stage) => &scenario.stages[stage.0].name,
        Target::End(end) => end.name(),
    }
}

fn stocks(scenario: &Scenario) -> String {
    let told = scenario.cargos.iter().filter_map(|cargo| {
        let days = cargo.gaza_stock_days?;
        Some(format!(
            "{} for {} days at the start",
            cargo.name,
            fixed(days, 1).trim_end_matches(".0")
        ))
    });
    told.collect::<Vec<_>>().join(", ")
}

fn developments(scenario: &Scenario) -> String {
    let drivers = scenario.drivers.iter().map(|driver| {
        let after = driver.after.map(|before| &scenario.drivers[before.0].name);
        let condition = after.map_or(String::new(), |name| format!(" if {name} happens"));
        format!("{} with probability {}{condition}", driver.name, fixed(driver.probability, 2))
    });
    let troops = scenario
        .contingents
        .iter()
        .map(|c| format!("troops of {} with probability {}", c.name, fixed(c.probability, 2)));
    drivers.chain(troops).collect::<Vec<_>>().join("; ")
}

fn security(scenario: &Scenario) -> String {
    let mut told = Vec::new();
    if let Some(incidents) = &scenario.incidents {
        told.push(match &incidents.process {
            IncidentProcess::Poisson { per_hour } => format!("incidents at random, {} a day", fixed(per_hour * 24.0, 3)),
            IncidentProcess::Hawkes {
                base_per_hour, branching, ..
            } => {
                let per_day = base_per_hour * 24.0 / (1.0 - branching);
                format!("incidents in clusters, {} a day in the long run", fixed(per_day, 3))
            }
            IncidentProcess::Regimes { regimes, .. } => {
                let names: Vec<&str> = regimes.iter().map(|regime| regime.name.as_str()).collect();
                format!("incidents by regime ({})", names.join(", "))
            }
            IncidentProcess::Trace(rows) => format!("incidents as recorded ({})", rows.len()),
        });
    }
    for closure in &scenario.closures {
        told.push(match &closure.process {
            ClosureProcess::Renewal { .. } => format!("closures `{}` in turn with open spells", closure.name),
            ClosureProcess::Spells(spells) => format!("closures `{}` ({})", closure.name, counted(spells.len(), "spell")),
        });
    }
    told.join("; ")
}

fn policy(scenario: &Scenario) -> String {
    let Policy {
        name,
        responses,
        triggers,
        reopening,
        window,
        precaution,
        diversion,
        ..
    } = &scenario.policy;
    let severities = scenario.incidents.as_ref().map_or(&[][..], |incidents| &incidents.severities);
    let mut told: Vec<String> = responses
        .iter()
        .map(|(severity, response)| {
            let left = if response.capacity > 0.0 {
                format!(" with {} of the lanes left", percent(response.capacity, 0))
            } else {
                String::new()
            };
            let length = fixed(response.length.mean() / crate::time::HOUR_US as f64, 0);
            format!("{} closes {length} h in the mean{left}", severities[severity.0].name)
        })
        .collect();
    if !triggers.is_empty() {
        told.push(format!("{} for clusters", counted(triggers.len(), "trigger")));
    }
    if !reopening.is_empty() {
        told.push(format!("reopening in {}", counted(reopening.len(), "step")));
    }
    if window.is_some() {
        told.push("a humanitarian window".to_owned());
    }
    if precaution.is_some() {
        told.push("closing on warnings".to_owned());
    }
    if let Some(diversion) = diversion {
        let to = match &diversion.to {
            DiversionTarget::Elsewhere(label) => label,
            DiversionTarget::Stage(stage) => &scenario.stages[stage.0].name,
        };
        told.push(format!("diversion to {to}"));
    }
    match (name.is_empty(), told.is_empty()) {
        (true, _) => told.join("; "),
        (false, true) => name.clone(),
        (false, false) => format!("{name}: {}", told.join("; ")),
    }
}
