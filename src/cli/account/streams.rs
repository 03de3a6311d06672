//! Who and what comes, in words: convoys, loads of hubs, travellers.

use super::calendars::WEEK;
use super::shortest;
use crate::calendar::DAY_NAMES;
use crate::cli::numbers::{counted, whole};
use crate::scenario::{Arrivals, CalendarId, Scenario};
use crate::time::Duration;

/// What comes, and how many at a time.
struct Coming<'a> {
    name: String,
    arrivals: &'a Arrivals,
    /// What comes together, one and several.
    together: [&'a str; 2],
    /// How many come together in the mean.
    size: f64,
    /// Of what, one and several.
    brought: [&'a str; 2],
    /// The words that follow.
    rest: String,
}

pub(super) fn convoys(scenario: &Scenario) -> String {
    let told = scenario.convoys.iter().map(|stream| {
        let (brought, rest) = match stream.draw_from {
            Some(hub) => (["slot", "slots"], format!(" each, drawn from {}", scenario.hubs[hub.0].name)),
            None => (["truck", "trucks"], " each".to_owned()),
        };
        let coming = Coming {
            name: stream.name.clone(),
            arrivals: &stream.arrivals,
            together: ["convoy", "convoys"],
            size: stream.size.mean(),
            brought,
            rest,
        };
        coming.told(scenario)
    });
    told.collect::<Vec<_>>().join("; ")
}

pub(super) fn hubs(scenario: &Scenario) -> String {
    let told = scenario.hubs.iter().map(|hub| {
        let stock = format!("{} at the start", counted(hub.initial_stock as usize, "load"));
        let Some(inflow) = &hub.inflow else {
            return format!("{} ({stock}, no inflow)", hub.name);
        };
        let coming = Coming {
            name: format!("{}, {stock}", hub.name),
            arrivals: inflow,
            together: ["batch", "batches"],
            size: hub.batch.mean(),
            brought: ["load", "loads"],
            rest: " a batch".to_owned(),
        };
        coming.told(scenario)
    });
    told.collect::<Vec<_>>().join("; ")
}

pub(super) fn travellers(scenario: &Scenario) -> String {
    let told = scenario.travellers.iter().map(|stream| {
        let coming = Coming {
            name: stream.name.clone(),
            arrivals: &stream.arrivals,
            together: ["group", "groups"],
            size: stream.size.mean(),
            brought: ["person", "people"],
            rest: " each".to_owned(),
        };
        coming.told(scenario)
    });
    told.collect::<Vec<_>>().join("; ")
}

impl Coming<'_> {
    fn told(&self, scenario: &Scenario) -> String {
        let name = &self.name;
        let how = match self.arrivals {
            Arrivals::Poisson { per_hour, profile } => {
                let by_hour = if profile.is_some() { " by the hour" } else { "" };
                format!("at random{by_hour}, {} an hour", shortest(*per_hour, 2))
            }
            Arrivals::Renewal { every } => format!("every {} in the mean", Duration(every.mean() as i64)),
            Arrivals::Schedule {
                times, at, days, calendar, ..
            } => scheduled(scenario, times.len(), at.len(), *days, *calendar),
            Arrivals::Trace(rows) => {
                let [one, several] = self.together;
                let (n, noun) = (rows.len(), if rows.len() == 1 { one } else { several });
                return format!("{name} (as recorded, {} {noun})", whole(n as f64));
            }
        };
        let [one, several] = self.brought;
        let brought = if (self.size - 1.0).abs() < 1e-9 { one } else { several };
        format!("{name} ({how}, {} {brought}{})", shortest(self.size, 1), self.rest)
    }
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
