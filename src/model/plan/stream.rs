//! A stream of convoys compiled.

use super::stage::{DayFactor, day_factor};
use super::{cumulative, general_senders, organisation_index};
use crate::calendar::Calendar;
use crate::random::{CountLaw, Entity, Law, Purpose};
use crate::scenario::{Arrivals, CargoId, ConvoyStream, Hub, Mix, Scenario, TraceConvoy, Travellers};
use crate::time::Time;

/// What comes by a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum StreamKind {
    /// Convoys of trucks.
    Trucks,
    /// Groups of people.
    Travellers,
    /// Batches of loads to the hub of this index.
    Inflow(u16),
}

/// A stream as the engine needs it.
#[derive(Clone, Debug)]
pub(in crate::model) struct StreamPlan {
    pub(in crate::model) kind: StreamKind,
    /// Its index among the streams of its kind.
    pub(in crate::model) index: u16,
    /// The hub from which it draws.
    pub(in crate::model) hub: Option<u16>,
    /// Of the sizes of a day.
    pub(in crate::model) day_effect: Option<DayFactor>,
    /// Its part of its trucks' addresses.
    pub(in crate::model) source: u32,
    pub(in crate::model) occurrences: Occurrences,
    pub(in crate::model) gap_purpose: Purpose,
    pub(in crate::model) size: CountLaw,
    pub(in crate::model) size_purpose: Purpose,
    pub(in crate::model) autocorrelation: f64,
    pub(in crate::model) organisation: Kind,
    /// In place of the shares of the truck's organisation.
    pub(in crate::model) cargo: Option<Kind>,
    pub(in crate::model) enters: u16,
    pub(in crate::model) follows: Option<u16>,
    pub(in crate::model) waits_when_closed: bool,
    pub(in crate::model) limit: u64,
}

/// When the convoys of a stream are due.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::model) enum Occurrences {
    /// Poisson: unit exponentials laid along the cumulated rate, whose pieces are (start in microseconds, convoys a microsecond).
    Poisson(Vec<(f64, f64)>),
    /// Independent intervals.
    Renewal(Law),
    /// Given instants.
    Schedule {
        /// Ascending.
        slots: Vec<Slot>,
        /// Added to each.
        jitter: Option<(Law, Purpose)>,
    },
    /// As recorded.
    Trace(Vec<TraceConvoy>),
}

/// An instant of a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct Slot {
    pub(in crate::model) at: Time,
    /// Its part of the addresses of random numbers: those of the timetable are counted from 1, dated ones apart from them, so that
    /// a dated convoy more changes nothing of the others.
    pub(in crate::model) group: u32,
    /// A calendar suppresses it.
    pub(in crate::model) suppressed: bool,
}

/// Dated convoys are counted from here in the addresses of random numbers.
pub(in crate::model) const DATED: u32 = 1 << 31;

/// How a kind is chosen for each truck.
#[derive(Clone, Debug)]
pub(in crate::model) enum Kind {
    /// By shares, as upper ends.
    Shares(Vec<(f64, u16)>),
    /// In turn.
    Cycle(Vec<u16>),
}

impl Kind {
    pub(in crate::model) fn compile<Id: Copy>(mix: &Mix<Id>, index: impl Fn(Id) -> u16) -> Kind {
        match mix {
            Mix::Shares(shares) => Kind::Shares(cumulative(&shares.iter().map(|(id, s)| (index(*id), *s)).collect::<Vec<_>>())),
            Mix::Cycle(ids) => Kind::Cycle(ids.iter().map(|id| index(*id)).collect()),
        }
    }
}

impl StreamPlan {
    pub(in crate::model) fn compile_all(scenario: &Scenario, end: Time) -> Vec<StreamPlan> {
        let convoys = scenario
            .convoys
            .iter()
            .enumerate()
            .map(|(i, c)| StreamPlan::of_convoys(i, c, scenario, end));
        let people = scenario.travellers.iter().enumerate();
        let people = people.map(|(i, t)| StreamPlan::of_travellers(i, t, scenario, end));
        let inflows = scenario.hubs.iter().enumerate();
        let inflows = inflows.filter_map(|(i, h)| StreamPlan::of_inflow(i, h, scenario, end));
        convoys.chain(people).chain(inflows).collect()
    }

    pub(in crate::model) fn of_convoys(index: usize, stream: &ConvoyStream, scenario: &Scenario, end: Time) -> StreamPlan {
        let section = format!("convoy.{}", stream.name);
        StreamPlan {
            hub: stream.draw_from.map(|h| h.0 as u16),
            day_effect: day_factor(stream.day_effect, || Purpose::named(&format!("{section}.day_effect"))),
            size: stream.size.clone(),
            autocorrelation: stream.autocorrelation,
            organisation: stream
                .organisation
                .as_ref()
                .map_or_else(|| general_senders(scenario), |mix| Kind::compile(mix, organisation_index)),
            cargo: stream.cargo.as_ref().map(|mix| Kind::compile(mix, |CargoId(c)| c as u16)),
            enters: stream.enters.0 as u16,
            follows: stream.follows.map(|s| s.0 as u16),
            waits_when_closed: stream.when_closed == crate::scenario::WhenClosed::Wait,
            limit: stream.limit.unwrap_or(u64::MAX),
            ..StreamPlan::plain(StreamKind::Trucks, index, &stream.name, &section, &stream.arrivals, scenario, end)
        }
    }

    pub(in crate::model) fn of_travellers(index: usize, stream: &Travellers, scenario: &Scenario, end: Time) -> StreamPlan {
        let section = format!("travellers.{}", stream.name);
        StreamPlan {
            size: stream.size.clone(),
            autocorrelation: stream.autocorrelation,
            enters: stream.enters.0 as u16,
            limit: stream.limit.unwrap_or(u64::MAX),
            ..StreamPlan::plain(StreamKind::Travellers, index, &section, &section, &stream.arrivals, scenario, end)
        }
    }

    pub(in crate::model) fn of_inflow(hub: usize, stated: &Hub, scenario: &Scenario, end: Time) -> Option<StreamPlan> {
        let section = format!("hub.{}.inflow", stated.name);
        let kind = StreamKind::Inflow(hub as u16);
        let arrivals = stated.inflow.as_ref()?;
        Some(StreamPlan {
            size: stated.batch.clone(),
            ..StreamPlan::plain(kind, hub, &section, &section, arrivals, scenario, end)
        })
    }

    fn plain(
        kind: StreamKind,
        index: usize,
        source: &str,
        section: &str,
        arrivals: &Arrivals,
        scenario: &Scenario,
        end: Time,
    ) -> StreamPlan {
        let purpose = |what: &str| Purpose::named(&format!("{section}.{what}"));
        StreamPlan {
            kind,
            index: index as u16,
            hub: None,
            day_effect: None,
            source: Entity::source_named(source),
            occurrences: occurrences(arrivals, scenario, end, purpose("jitter")),
            gap_purpose: purpose("arrivals"),
            size: CountLaw::constant(1),
            size_purpose: purpose("size"),
            autocorrelation: 0.0,
            organisation: Kind::Shares(Vec::new()),
            cargo: None,
            enters: 0,
            follows: None,
            waits_when_closed: false,
            limit: u64::MAX,
        }
    }
}

fn occurrences(arrivals: &Arrivals, scenario: &Scenario, end: Time, jitter_purpose: Purpose) -> Occurrences {
    let origin = &scenario.horizon.origin;
    match arrivals {
        Arrivals::Poisson { per_hour, profile } => {
            let per_us = per_hour / crate::time::HOUR_US as f64;
            let factors = profile.as_ref().map_or_else(|| vec![(Time::ZERO, 1.0)], |p| p.pieces(origin, end));
            Occurrences::Poisson(factors.into_iter().map(|(from, factor)| (from.0 as f64, per_us * factor)).collect())
        }
        Arrivals::Renewal { every } => Occurrences::Renewal(every.clone()),
        Arrivals::Schedule {
            times,
            days,
            at,
            jitter,
            calendar,
        } => {
            let hours = calendar.map(|c| days_with_opening(&scenario.calendars[c.0].1, scenario, end));
            let mut slots = Vec::new();
            let within = |t: &Time| *t >= Time::ZERO && *t < end;
            for day in 0..=origin.day_index(end) {
                if days[origin.weekday(day)] {
                    let suppressed = hours.as_ref().is_some_and(|open| open.binary_search(&day).is_err());
                    for at in times.iter().map(|clock| origin.start_of_day(day) + *clock).filter(within) {
                        let group = slots.len() as u32 + 1;
                        slots.push(Slot { at, group, suppressed });
                    }
                }
            }
            slots.extend(at.iter().copied().filter(within).enumerate().map(|(i, at)| Slot {
                at,
                group: DATED + i as u32,
                suppressed: false,
            }));
            slots.sort_by_key(|slot| slot.at);
            Occurrences::Schedule {
                slots,
                jitter: jitter.clone().map(|law| (law, jitter_purpose)),
            }
        }
        Arrivals::Trace(convoys) => Occurrences::Trace(convoys.iter().filter(|c| c.at >= Time::ZERO && c.at < end).cloned().collect()),
    }
}

/// The days on which an interval of the calendar begins, ascending.
fn days_with_opening(calendar: &Calendar, scenario: &Scenario, end: Time) -> Vec<i64> {
    let origin = &scenario.horizon.origin;
    calendar.opening_days(origin, 0, origin.day_index(end) + 1)
}
