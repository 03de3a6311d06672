//! A stream of convoys compiled.

use super::{cumulative, general_shares, organisation_index};
use crate::calendar::Calendar;
use crate::random::{CountLaw, Entity, Law, Purpose};
use crate::scenario::{Arrivals, CargoId, ConvoyStream, Mix, Scenario, TraceConvoy};
use crate::time::Time;

/// A stream as the engine needs it.
#[derive(Clone, Debug)]
pub(in crate::model) struct StreamPlan {
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
#[derive(Clone, Debug)]
pub(in crate::model) enum Occurrences {
    /// Poisson: unit exponentials laid along the cumulated rate, whose pieces are (start in microseconds, convoys a microsecond).
    Poisson(Vec<(f64, f64)>),
    /// Independent intervals.
    Renewal(Law),
    /// Given instants; of each, whether a calendar suppresses it.
    Schedule {
        /// Ascending.
        slots: Vec<(Time, bool)>,
        /// Added to each.
        jitter: Option<(Law, Purpose)>,
    },
    /// As recorded.
    Trace(Vec<TraceConvoy>),
}

/// How a kind is chosen for each truck.
#[derive(Clone, Debug)]
pub(in crate::model) enum Kind {
    /// By shares, as upper ends.
    Shares(Vec<(f64, u16)>),
    /// In turn.
    Cycle(Vec<u16>),
}

impl Kind {
    fn compile<Id: Copy>(mix: &Mix<Id>, index: impl Fn(Id) -> u16) -> Kind {
        match mix {
            Mix::Shares(shares) => Kind::Shares(cumulative(&shares.iter().map(|(id, s)| (index(*id), *s)).collect::<Vec<_>>())),
            Mix::Cycle(ids) => Kind::Cycle(ids.iter().map(|id| index(*id)).collect()),
        }
    }
}

impl StreamPlan {
    pub(in crate::model) fn compile(stream: &ConvoyStream, scenario: &Scenario, end: Time) -> StreamPlan {
        let purpose = |what: &str| Purpose::named(&format!("convoy.{}.{what}", stream.name));
        StreamPlan {
            source: Entity::source_named(&stream.name),
            occurrences: occurrences(stream, scenario, end, purpose("jitter")),
            gap_purpose: purpose("arrivals"),
            size: stream.size.clone(),
            size_purpose: purpose("size"),
            autocorrelation: stream.autocorrelation,
            organisation: stream
                .organisation
                .as_ref()
                .map_or_else(|| Kind::Shares(cumulative(&general_shares(scenario))), |mix| Kind::compile(mix, organisation_index)),
            cargo: stream.cargo.as_ref().map(|mix| Kind::compile(mix, |CargoId(c)| c as u16)),
            enters: stream.enters.0 as u16,
            follows: stream.follows.map(|s| s.0 as u16),
            waits_when_closed: stream.when_closed == crate::scenario::WhenClosed::Wait,
            limit: stream.limit.unwrap_or(u64::MAX),
        }
    }
}

fn occurrences(stream: &ConvoyStream, scenario: &Scenario, end: Time, jitter_purpose: Purpose) -> Occurrences {
    let origin = &scenario.horizon.origin;
    match &stream.arrivals {
        Arrivals::Poisson { per_hour, profile } => {
            let per_us = per_hour / crate::time::HOUR_US as f64;
            let factors = profile.as_ref().map_or_else(|| vec![(Time::ZERO, 1.0)], |p| p.pieces(origin, end));
            Occurrences::Poisson(factors.into_iter().map(|(from, factor)| (from.0 as f64, per_us * factor)).collect())
        }
        Arrivals::Renewal { every } => Occurrences::Renewal(every.clone()),
        Arrivals::Schedule { times, days, at, jitter, calendar } => {
            let hours = calendar.map(|c| days_with_opening(&scenario.calendars[c.0].1, scenario, end));
            let mut slots: Vec<(Time, bool)> = at.iter().map(|t| (*t, false)).collect();
            for day in 0..=origin.day_index(end) {
                if days[origin.weekday(day)] {
                    let suppressed = hours.as_ref().is_some_and(|open| open.binary_search(&day).is_err());
                    slots.extend(times.iter().map(|clock| (origin.start_of_day(day) + *clock, suppressed)));
                }
            }
            slots.retain(|(t, _)| *t >= Time::ZERO && *t < end);
            slots.sort_by_key(|(t, _)| *t);
            Occurrences::Schedule { slots, jitter: jitter.clone().map(|law| (law, jitter_purpose)) }
        }
        Arrivals::Trace(convoys) => Occurrences::Trace(convoys.iter().filter(|c| c.at >= Time::ZERO && c.at < end).cloned().collect()),
    }
}

/// The days on which an interval of the calendar begins, ascending.
fn days_with_opening(calendar: &Calendar, scenario: &Scenario, end: Time) -> Vec<i64> {
    let origin = &scenario.horizon.origin;
    let mut days: Vec<i64> = (0..=origin.day_index(end)).filter(|day| calendar.opens_on(origin, *day)).collect();
    days.dedup();
    days
}
