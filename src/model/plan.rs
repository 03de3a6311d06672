//! A scenario compiled for running: names to indices, laws to samplers, calendars to sorted instants.

mod corridor;
mod security;
mod stage;
mod stream;

use crate::calendar::{Calendar, Opening, Origin};
use crate::random::{Law, Purpose};
use crate::scenario::{CargoId, OrganisationId, Scenario, Status};
use crate::time::{DAY_US, Duration, Time};

pub(super) use corridor::HubPlan;
use corridor::heat_spells;
pub(super) use security::SecurityPlan;
pub(super) use stage::{DayFactor, StagePlan, Way, screening};
pub(super) use stream::{DATED, Kind, Occurrences, StreamKind, StreamPlan};

/// A compiled scenario, shared by all its replications.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it was compiled from.
    pub scenario: Scenario,
    /// Names under which stages count the trucks that leave them (`counts_as`), each once, in order of stages.
    pub counters: Vec<String>,
    /// By stage, its counter, an index of `counters`.
    pub counter_of: Vec<Option<usize>>,
    /// Names of the sources of closures: given closures, severities with a response, triggers, `reopening`.
    pub sources: Vec<String>,
    pub(super) end: Time,
    /// Microseconds from the midnight before the start to the start.
    pub(super) day_offset: i64,
    pub(super) calendars: Vec<CalendarPlan>,
    pub(super) stages: Vec<StagePlan>,
    /// Streams of convoys, then of travellers, then the inflows of hubs.
    pub(super) streams: Vec<StreamPlan>,
    pub(super) hubs: Vec<HubPlan>,
    pub(super) resources: Vec<ResourcePlan>,
    pub(super) organisations: Vec<OrganisationPlan>,
    pub(super) cargos: Vec<CargoPlan>,
    pub(super) security: SecurityPlan,
    pub(super) observations: Vec<Time>,
    pub(super) general: GeneralPurposes,
}

/// The opening hours of a calendar within the horizon.
#[derive(Clone, Debug)]
pub(super) struct CalendarPlan {
    pub(super) openings: Vec<Opening>,
    /// Stages that keep these hours.
    pub(super) stages: Vec<u16>,
    /// Resources that keep these hours.
    pub(super) resources: Vec<u16>,
}

/// Something that stages and escorts share.
#[derive(Clone, Debug)]
pub(super) struct ResourcePlan {
    pub(super) count: u32,
    pub(super) has_calendar: bool,
}

/// What a truck needs of its organisation.
#[derive(Clone, Debug)]
pub(super) struct OrganisationPlan {
    /// Upper ends of the shares of its cargos.
    pub(super) cargo: Vec<(f64, u16)>,
    pub(super) status: Status,
    pub(super) status_purpose: Purpose,
    pub(super) daily_quota: Option<u32>,
    /// Its trucks set out at once: it is registered, without quota, and asks for nothing.
    pub(super) is_free: bool,
    /// By cargo, the request before a truckload.
    pub(super) approval: Vec<Option<ApprovalPlan>>,
    /// Some of its approved trucks are returned all the same.
    pub(super) voids: bool,
}

/// The request before a truckload.
#[derive(Clone, Debug)]
pub(super) struct ApprovalPlan {
    pub(super) lead: Law,
    pub(super) refused: f64,
    pub(super) not_honoured: f64,
}

/// What a truck needs of its cargo.
#[derive(Clone, Debug)]
pub(super) struct CargoPlan {
    /// Priority class, from 0, without gaps; those that state none come last.
    pub(super) rank: usize,
    /// Whether the humanitarian window is for it.
    pub(super) named: bool,
    /// Spells in which its shelf life runs faster, and how it is stretched in them.
    pub(super) heat: Vec<(Time, Time)>,
    pub(super) heat_factor: f64,
    pub(super) repack: Option<RepackPlan>,
}

/// A rejected truck comes again with a part of its load.
#[derive(Clone, Debug)]
pub(super) struct RepackPlan {
    pub(super) probability: f64,
    pub(super) delay: Law,
    pub(super) share: f64,
}

/// Purposes of draws that belong to no single part of the scenario; the stream's name is in the entity.
#[derive(Clone, Debug)]
pub(super) struct GeneralPurposes {
    pub(super) organisation: Purpose,
    pub(super) cargo: Purpose,
    pub(super) tonnes: Purpose,
    pub(super) pallets: Purpose,
    pub(super) shelf_life: Purpose,
    pub(super) screening: Purpose,
    pub(super) repack: Purpose,
    pub(super) reconsignment: Purpose,
    pub(super) reconsignment_delay: Purpose,
    pub(super) approval: Purpose,
    pub(super) not_honoured: Purpose,
    pub(super) retry: Purpose,
    pub(super) loss: Purpose,
}

impl Plan {
    /// Compiles a scenario.
    pub fn compile(scenario: &Scenario) -> Plan {
        let origin = &scenario.horizon.origin;
        let end = Time::ZERO + scenario.horizon.length;
        let (counters, counter_of) = counters(scenario);
        Plan {
            counters,
            counter_of,
            sources: security::source_names(scenario),
            end,
            day_offset: -origin.day_start(Time::ZERO).0,
            calendars: calendars(scenario, end),
            stages: scenario.stages.iter().map(|s| StagePlan::compile(s, scenario, None)).collect(),
            streams: StreamPlan::compile_all(scenario, end),
            hubs: scenario.hubs.iter().map(|h| HubPlan::compile(h, scenario)).collect(),
            resources: resources(scenario),
            organisations: organisations(scenario),
            cargos: cargos(scenario, end),
            security: SecurityPlan::compile(scenario, end),
            observations: observations(scenario, origin, end),
            general: GeneralPurposes {
                organisation: Purpose::named("truck.organisation"),
                cargo: Purpose::named("truck.cargo"),
                tonnes: Purpose::named("truck.tonnes"),
                pallets: Purpose::named("truck.pallets"),
                shelf_life: Purpose::named("truck.shelf_life"),
                screening: Purpose::named("truck.screening"),
                repack: Purpose::named("truck.repack"),
                approval: Purpose::named("truck.approval"),
                not_honoured: Purpose::named("truck.approval.not_honoured"),
                retry: Purpose::named("truck.retry"),
                loss: Purpose::named("truck.loss"),
                reconsignment: Purpose::named("truck.reconsignment"),
                reconsignment_delay: Purpose::named("truck.reconsignment.delay"),
            },
            scenario: scenario.clone(),
        }
    }

    /// Calendar day of an instant, 0 for the first of the horizon.
    pub(super) fn day_of(&self, at: Time) -> i64 {
        (at.0 + self.day_offset).div_euclid(DAY_US)
    }

    /// The midnight at which a calendar day begins.
    pub(super) fn midnight(&self, day: i64) -> Time {
        Time(day * DAY_US - self.day_offset)
    }
}

/// Upper ends of shares, each with what it stands for; the last is at least 1, so that a draw below 1 always finds one.
pub(super) fn cumulative<T: Copy>(shares: &[(T, f64)]) -> Vec<(f64, T)> {
    let mut upper = 0.0;
    let mut ends: Vec<(f64, T)> = shares
        .iter()
        .map(|(what, share)| {
            upper += share;
            (upper, *what)
        })
        .collect();
    let last = shares.iter().rposition(|(_, share)| *share > 0.0);
    for end in ends.iter_mut().skip(last.unwrap_or(0)) {
        end.0 = end.0.max(1.0);
    }
    ends
}

/// What a uniform number chooses by shares.
pub(super) fn choose<T: Copy>(ends: &[(f64, T)], u: f64) -> T {
    ends.iter().find(|(upper, _)| u < *upper).unwrap_or(&ends[ends.len() - 1]).1
}

fn counters(scenario: &Scenario) -> (Vec<String>, Vec<Option<usize>>) {
    let mut names: Vec<String> = Vec::new();
    let of = scenario
        .stages
        .iter()
        .map(|stage| {
            let name = stage.counts_as.as_ref()?;
            Some(names.iter().position(|n| n == name).unwrap_or_else(|| {
                names.push(name.clone());
                names.len() - 1
            }))
        })
        .collect();
    (names, of)
}

fn calendars(scenario: &Scenario, end: Time) -> Vec<CalendarPlan> {
    let compile = |(i, (_, calendar)): (usize, &(String, Calendar))| CalendarPlan {
        openings: openings(calendar, scenario, end),
        stages: (0..scenario.stages.len())
            .filter(|s| scenario.stages[*s].calendar.is_some_and(|c| c.0 == i))
            .map(|s| s as u16)
            .collect(),
        resources: (0..scenario.resources.len())
            .filter(|r| scenario.resources[*r].calendar.is_some_and(|c| c.0 == i))
            .map(|r| r as u16)
            .collect(),
    };
    scenario.calendars.iter().enumerate().map(compile).collect()
}

/// The openings of a calendar within the horizon; one that is still open a week after its end never closes.
pub(super) fn openings(calendar: &Calendar, scenario: &Scenario, end: Time) -> Vec<Opening> {
    let within = calendar
        .openings(&scenario.horizon.origin, end)
        .into_iter()
        .filter(|o| o.to > Time::ZERO);
    within
        .map(|o| Opening {
            to: if o.to > end + Duration::from_days(7) { Time::NEVER } else { o.to },
            ..o
        })
        .collect()
}

fn resources(scenario: &Scenario) -> Vec<ResourcePlan> {
    let compile = |r: &crate::scenario::Resource| ResourcePlan {
        count: r.count,
        has_calendar: r.calendar.is_some(),
    };
    scenario.resources.iter().map(compile).collect()
}

pub(super) fn organisations(scenario: &Scenario) -> Vec<OrganisationPlan> {
    scenario.organisations.iter().map(|o| organisation(o, scenario)).collect()
}

fn organisation(organisation: &crate::scenario::Organisation, scenario: &Scenario) -> OrganisationPlan {
    let shares: Vec<(u16, f64)> = organisation.cargo.iter().map(|(CargoId(c), share)| (*c as u16, *share)).collect();
    let approval = |c: usize| {
        organisation.approval_of(CargoId(c)).map(|a| ApprovalPlan {
            lead: a.lead.clone(),
            refused: a.refused,
            not_honoured: a.not_honoured,
        })
    };
    let approval: Vec<_> = (0..scenario.cargos.len()).map(approval).collect();
    OrganisationPlan {
        is_free: organisation.status == Status::Registered && organisation.daily_quota.is_none() && approval.iter().all(Option::is_none),
        cargo: cumulative(&shares),
        status: organisation.status,
        status_purpose: Purpose::named(&format!("organisation.{}.status", organisation.name)),
        daily_quota: organisation.daily_quota,
        voids: approval.iter().flatten().any(|a| a.not_honoured > 0.0),
        approval,
    }
}

fn cargos(scenario: &Scenario, end: Time) -> Vec<CargoPlan> {
    let heat = |c: &crate::scenario::Cargo| c.heat.map(|h| heat_spells(&h, scenario, end)).unwrap_or_default();
    scenario
        .cargos
        .iter()
        .enumerate()
        .map(|(i, c)| cargo(i, scenario, heat(c)))
        .collect()
}

/// A cargo with its hot spells.
pub(super) fn cargo(index: usize, scenario: &Scenario, heat: Vec<(Time, Time)>) -> CargoPlan {
    let mut stated: Vec<u32> = scenario.cargos.iter().filter_map(|c| c.priority).collect();
    stated.sort_unstable();
    stated.dedup();
    let cargo = &scenario.cargos[index];
    CargoPlan {
        rank: cargo.priority.map_or(stated.len(), |p| stated.partition_point(|s| *s < p)),
        named: scenario.policy.window.as_ref().is_some_and(|w| w.cargo.contains(&CargoId(index))),
        heat,
        heat_factor: cargo.heat.map_or(1.0, |h| h.factor),
        repack: cargo.repack.as_ref().map(|r| RepackPlan {
            probability: r.probability,
            delay: r.delay.clone(),
            share: r.share,
        }),
    }
}

/// All moments of observation from the start to the end, both included, ascending, each once.
fn observations(scenario: &Scenario, origin: &Origin, end: Time) -> Vec<Time> {
    let mut moments = scenario.observe.at.clone();
    if !scenario.observe.daily.is_empty() {
        for day in 0..=origin.day_index(end) {
            moments.extend(scenario.observe.daily.iter().map(|clock| origin.start_of_day(day) + *clock));
        }
    }
    moments.retain(|t| *t >= Time::ZERO && *t <= end);
    moments.sort_unstable();
    moments.dedup();
    moments
}

/// Organisation ids and shares as the streams use them.
pub(super) fn general_shares(scenario: &Scenario) -> Vec<(u16, f64)> {
    scenario
        .organisations
        .iter()
        .enumerate()
        .map(|(i, o)| (i as u16, o.share))
        .collect()
}

/// Senders by their general shares.
pub(super) fn general_senders(scenario: &Scenario) -> Kind {
    Kind::Shares(cumulative(&general_shares(scenario)))
}

/// Indices of organisations.
pub(super) fn organisation_index(id: OrganisationId) -> u16 {
    id.0 as u16
}

/// The length, rounded up to whole days (at least one), of what begins on the day that starts at `midnight`, counted to its end.
pub(super) fn whole_days_end(midnight: Time, length: Duration) -> Time {
    midnight + Duration::from_days((length.0.saturating_add(DAY_US - 1)).div_euclid(DAY_US).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_fall_short_of_1_by_rounding_still_choose_the_last_with_weight() {
        let ends = cumulative(&[('a', 0.1), ('b', 0.2), ('c', 0.7 - 1e-16), ('d', 0.0)]);
        assert_eq!(choose(&ends, 0.05), 'a');
        assert_eq!(choose(&ends, 0.15), 'b');
        assert_eq!(choose(&ends, 1.0 - f64::EPSILON / 2.0), 'c');
    }

    #[test]
    fn whole_days_are_counted_from_midnight_and_rounded_up() {
        let day = |d| Time::ZERO + Duration::from_days(d);
        assert_eq!(whole_days_end(day(3), Duration::from_hours(2.0)), day(4));
        assert_eq!(whole_days_end(day(3), Duration::from_hours(24.0)), day(4));
        assert_eq!(whole_days_end(day(3), Duration::from_hours(24.1)), day(5));
        assert_eq!(whole_days_end(day(3), Duration::ZERO), day(4));
    }
}
