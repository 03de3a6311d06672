//! A scenario in a few lines, as `check` tells it.

use serde_json::{Value, json};

use super::numbers::{counted, fixed, percent, whole};
use crate::calendar::{DAY_NAMES, Hours};
use crate::scenario::{
    Arrivals, BarredAction, CalendarId, ClosureProcess, End, IncidentProcess, Loaded, ParameterLine, Policy, Scenario, Stage, Status,
    Target,
};
use crate::time::{Duration, Time};

/// What a scenario is, in a few lines.
pub(super) fn of(file: &str, loaded: &Loaded) -> String {
    let scenario = &loaded.scenario;
    let mut text = format!("{file}: fine\n");
    let mut line = |what: &str, told: String| {
        if !told.is_empty() {
            text.push_str(&format!("  {what:<14}{told}\n"));
        }
    };
    line("scenario", titled(scenario));
    line("period", period(scenario));
    line("convoys", convoys(scenario));
    line("goods", goods(scenario));
    line("organisations", organisations(scenario));
    line("route", route(scenario));
    line("calendars", calendars(scenario));
    line("security", security(scenario));
    line("policy", policy(scenario));
    line("parameters", evidence(loaded));
    text
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

fn convoys(scenario: &Scenario) -> String {
    let told = scenario.convoys.iter().map(|stream| {
        let how = match &stream.arrivals {
            Arrivals::Poisson { per_hour, profile } => {
                let by_hour = if profile.is_some() { " by the hour" } else { "" };
                format!("at random{by_hour}, {} an hour", shortest(*per_hour, 2))
            }
            Arrivals::Renewal { every } => format!("every {} in the mean", Duration(every.mean() as i64)),
            Arrivals::Schedule {
                times, at, days, calendar, ..
            } => scheduled(scenario, times.len(), at.len(), *days, *calendar),
            Arrivals::Trace(convoys) => {
                return format!("{} (as recorded, {})", stream.name, counted(convoys.len(), "convoy"));
            }
        };
        let size = stream.size.mean();
        let trucks = if (size - 1.0).abs() < 1e-9 { "truck" } else { "trucks" };
        format!("{} ({how}, {} {trucks} each)", stream.name, shortest(size, 1))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// With as many decimals as it has, at most so many.
fn shortest(value: f64, most: usize) -> String {
    let scale = [1.0, 10.0, 100.0, 1000.0];
    let is_whole = |digits: &usize| (value * scale[*digits]).fract().abs() < 1e-9 || 1.0 - (value * scale[*digits]).fract().abs() < 1e-9;
    fixed(value, (0..most.min(3)).find(is_whole).unwrap_or(most))
}

/// Clock times a day, on which days, and what is dated.
fn scheduled(scenario: &Scenario, times: usize, dated: usize, days: [bool; 7], calendar: Option<CalendarId>) -> String {
    let mut told = Vec::new();
    if times > 0 {
        let on = match calendar {
            Some(calendar) => format!(" on working days of `{}`", scenario.calendars[calendar.0].0),
            None if days.iter().all(|day| *day) => String::new(),
            None => {
                let named: Vec<&str> = WEEK.into_iter().filter(|day| days[*day]).map(|day| DAY_NAMES[day]).collect();
                format!(" on {}", named.join(", "))
            }
        };
        told.push(format!("{times} a day{on}"));
    }
    if dated > 0 {
        told.push(format!("{dated} by date"));
    }
    format!("scheduled, {}", told.join(" and "))
}

/// The days in the order of the crossing's week, Sunday first.
const WEEK: [usize; 7] = [6, 0, 1, 2, 3, 4, 5];

/// Opening hours by day, and how many days are special.
fn calendars(scenario: &Scenario) -> String {
    let told = scenario.calendars.iter().map(|(name, calendar)| {
        let mut parts: Vec<String> = Vec::new();
        let mut day = 0;
        while day < 7 {
            let hours = &calendar.weekly[WEEK[day]];
            let alike = WEEK[day..].iter().take_while(|other| calendar.weekly[**other] == *hours).count();
            let (first, last) = (DAY_NAMES[WEEK[day]], DAY_NAMES[WEEK[day + alike - 1]]);
            let days = if alike == 1 { first.to_owned() } else { format!("{first}-{last}") };
            parts.push(format!("{days} {}", hours_in_words(hours)));
            day += alike;
        }
        let special = [
            (calendar.holidays.len(), "holiday"),
            (calendar.seasons.len(), "season"),
            (calendar.dates.len(), "date of its own"),
        ];
        for (n, noun) in special.into_iter().filter(|(n, _)| *n > 0) {
            parts.push(counted(n, noun).replace("date of its owns", "dates of their own"));
        }
        format!("{name} ({})", parts.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn hours_in_words(hours: &Hours) -> String {
    let clock = |at: Duration| {
        let minutes = at.0 / crate::time::MINUTE_US;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    match hours.as_slice() {
        [] => "closed".to_owned(),
        [(from, to)] if *from == Duration::ZERO && *to == Duration::from_days(1) => "always".to_owned(),
        several => {
            let told: Vec<String> = several.iter().map(|&(from, to)| format!("{}-{}", clock(from), clock(to))).collect();
            told.join(" and ")
        }
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

fn route(scenario: &Scenario) -> String {
    let mut told = Vec::new();
    for (i, stage) in scenario.stages.iter().enumerate() {
        let onward = match stage.next {
            Target::Stage(next) if next.0 == i + 1 => String::new(),
            Target::End(End::Delivered) if i + 1 == scenario.stages.len() => String::new(),
            target => format!(", then {}", target_name(scenario, target)),
        };
        told.push(format!("{} ({}{onward})", stage.name, lanes(stage)));
    }
    told.join(" → ")
}

fn lanes(stage: &Stage) -> String {
    stage.lanes.map_or("no limit".to_owned(), |lanes| counted(lanes as usize, "lane"))
}

fn target_name(scenario: &Scenario, target: Target) -> &str {
    match target {
        Target::Stage(stage) => &scenario.stages[stage.0].name,
        Target::End(end) => end.name(),
    }
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
    match (name.is_empty(), told.is_empty()) {
        (true, _) => told.join("; "),
        (false, true) => name.clone(),
        (false, false) => format!("{name}: {}", told.join("; ")),
    }
}

/// Of the numbers that the author wrote, how many state where they come from.
fn evidence(loaded: &Loaded) -> String {
    let parameters: Vec<_> = loaded.parameters().into_iter().filter(ParameterLine::wants_evidence).collect();
    let cited = parameters.iter().filter(|p| p.source.is_some()).count();
    let assumed = parameters.iter().filter(|p| p.source.is_none() && p.assumption.is_some()).count();
    let silent = parameters.len() - cited - assumed;
    let hint = if silent > 0 { " (`rafah check --evidence` lists them)" } else { "" };
    format!("{cited} with a source, {assumed} called an assumption, {silent} with neither{hint}")
}

fn silent(loaded: &Loaded) -> impl Iterator<Item = ParameterLine> {
    loaded.parameters().into_iter().filter(|p| p.wants_evidence() && !p.has_evidence())
}

/// The paths of the numbers that state neither source nor assumption.
pub(super) fn paths_without_evidence(loaded: &Loaded) -> Vec<String> {
    silent(loaded).map(|p| p.path).collect()
}

/// The numbers that state neither source nor assumption, with their values.
pub(super) fn without_evidence(file: &str, loaded: &Loaded) -> String {
    let lines: Vec<String> = silent(loaded)
        .map(|p| format!("  {} = {}\n", p.path, p.value.replace('\n', " ")))
        .collect();
    if lines.is_empty() {
        return format!("{file}: every number has a source or is called an assumption\n");
    }
    format!(
        "{file}: {} with neither source nor assumption\n{}",
        counted(lines.len(), "number"),
        lines.concat()
    )
}

/// Every parameter with its evidence, for programs.
pub(super) fn parameters_as_json(loaded: &Loaded) -> Value {
    loaded
        .parameters()
        .iter()
        .map(|p| json!({ "path": p.path, "value": p.value, "range": p.range, "source": p.source, "assumption": p.assumption }))
        .collect()
}
