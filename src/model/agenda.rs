//! What is due, in order.
//!
//! Events come in order of time; those of one instant in order of their class; those of one class as they were scheduled.
//!
//! Services end so often that the lanes of each stage keep their own ends in order ([`services::Services`]); what comes soon stands in
//! order too, what comes late in the buckets of a wheel ([`wheel::Wheel`]), where it costs nothing until its hour has come: most shelf
//! lives and much patience end after the truck has gone. The next of all is the least of the heads of these.

mod event;
mod services;
mod wheel;

pub(super) use event::{Class, Event};
use services::Services;
use wheel::Wheel;

use super::truck::TruckId;
use crate::time::Time;

/// The place of an event in the order: time and class packed into one number, then the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    at: u64,
    sequence: u64,
}

/// Bits of the class below those of the time, which so reaches 36 000 years.
const CLASS_BITS: u32 = 4;

impl Key {
    /// After everything.
    const NEVER: Key = Key {
        at: u64::MAX,
        sequence: u64::MAX,
    };

    #[inline]
    fn new(at: Time, class: Class, sequence: u64) -> Key {
        Key {
            at: (at.0 as u64) << CLASS_BITS | class as u64,
            sequence,
        }
    }

    /// Before everything at or after an instant.
    fn first_at(at: Time) -> Key {
        Key {
            at: (at.0 as u64) << CLASS_BITS,
            sequence: 0,
        }
    }

    fn time(self) -> Time {
        Time((self.at >> CLASS_BITS) as i64)
    }
}

/// What comes next, still on the agenda.
#[derive(Clone, Copy, Debug)]
pub(super) struct Next {
    at: u64,
    /// 0: an event; else the services of the stage of this number, from 1.
    head: usize,
}

impl Next {
    /// When.
    #[inline]
    pub(super) fn time(self) -> Time {
        Time((self.at >> CLASS_BITS) as i64)
    }

    /// Its class, as a number.
    #[inline]
    pub(super) fn class(self) -> u8 {
        (self.at & ((1 << CLASS_BITS) - 1)) as u8
    }
}

/// What was taken from the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// The end of a service, if it still holds.
    Service {
        /// The truck.
        truck: TruckId,
        /// Its generation when this was scheduled.
        generation: u32,
    },
    /// Anything else.
    Event(Event),
}

/// The future of a replication.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    wheel: Wheel,
    /// By stage.
    services: Vec<Services>,
    /// Time and class of the next event of the wheel, then those of the next end of a service at each stage.
    heads: Vec<u64>,
    scheduled: u64,
    end: Time,
}

impl Agenda {
    /// Forgets everything, keeps the memory; nothing at or after `end` will happen.
    pub(super) fn clear(&mut self, stages: usize, end: Time) {
        self.wheel.clear();
        self.services.resize_with(stages, Services::default);
        self.services.iter_mut().for_each(Services::clear);
        self.heads.clear();
        self.heads.resize(stages + 1, Key::NEVER.at);
        self.scheduled = 0;
        self.end = end;
    }

    /// Puts an event into the future, unless it lies beyond the end; `at` is not before the start of the horizon.
    pub(super) fn schedule(&mut self, at: Time, class: Class, event: Event) {
        if let Some(key) = self.key(at, class) {
            self.wheel.push(key, event);
            self.heads[0] = self.wheel.head().at;
        }
    }

    /// Puts the end of a service at a stage into the future.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is part of every start of a service; as a call of its own it costs a tenth of the whole way"
    )]
    pub(super) fn schedule_service(&mut self, at: Time, stage: usize, truck: TruckId, generation: u32) {
        let Some(key) = self.key(at, Class::Completion) else { return };
        let services = &mut self.services[stage];
        if services.has_room() {
            services.insert(key, truck, generation);
            self.heads[stage + 1] = services.head().at;
        } else {
            self.schedule_crowded(key, truck.0, generation);
        }
    }

    /// The end of a service at a stage of very many lanes.
    #[cold]
    fn schedule_crowded(&mut self, key: Key, truck: u32, generation: u32) {
        self.wheel.push(key, Event::Completion { truck, generation });
        self.heads[0] = self.wheel.head().at;
    }

    #[inline]
    fn key(&mut self, at: Time, class: Class) -> Option<Key> {
        debug_assert!(at.0 >= 0, "nothing happens before the start of the horizon");
        (at < self.end).then(|| {
            self.scheduled += 1;
            Key::new(at, class, self.scheduled)
        })
    }

    /// What comes next. Of what lies far ahead `holds` tells, when its hour has come, whether it still holds.
    #[inline]
    pub(super) fn next(&mut self, holds: impl Fn(&Event) -> bool) -> Option<Next> {
        loop {
            let mut next = Next {
                at: *self.heads.first()?,
                head: 0,
            };
            // Perhaps only with one that others come before, which is as rare.
            let mut may_be_tied = false;
            for (head, &at) in self.heads.iter().enumerate().skip(1) {
                may_be_tied |= at == next.at;
                next.head = if at < next.at { head } else { next.head };
                next.at = next.at.min(at);
            }
            if next.at == u64::MAX {
                return None;
            }
            if may_be_tied {
                next.head = self.first_of(next.at);
            }
            if next.head > 0 || self.wheel.is_turned() {
                return Some(next);
            }
            self.wheel.turn(&holds);
            self.heads[0] = self.wheel.head().at;
        }
    }

    /// Of the heads of one instant and class, the one that was scheduled first.
    #[cold]
    fn first_of(&self, at: u64) -> usize {
        let tied = self.heads.iter().enumerate().filter(|(_, head)| **head == at).map(|(head, _)| head);
        let sequence = |head: &usize| match head.checked_sub(1) {
            None => self.wheel.head().sequence,
            Some(stage) => self.services[stage].head().sequence,
        };
        tied.min_by_key(sequence).unwrap_or(0)
    }

    /// Takes what [`Agenda::next`] has found.
    #[inline]
    pub(super) fn take(&mut self, next: Next) -> Option<Due> {
        if next.head == 0 {
            let event = self.wheel.pop();
            self.heads[0] = self.wheel.head().at;
            event.map(Due::Event)
        } else {
            let services = &mut self.services[next.head - 1];
            let (truck, generation) = services.pop()?;
            self.heads[next.head] = services.head().at;
            Some(Due::Service { truck, generation })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pop(agenda: &mut Agenda) -> Option<(Time, Due)> {
        let next = agenda.next(|_| true)?;
        agenda.take(next).map(|due| (next.time(), due))
    }

    #[test]
    fn one_instant_is_ordered_by_class_and_then_as_scheduled() {
        let mut agenda = Agenda::default();
        agenda.clear(2, Time(6));
        let convoy = |stream| Event::Convoy { stream, generation: 0 };
        agenda.schedule(Time(6), Class::Convoy, convoy(3));
        agenda.schedule(Time(5), Class::Convoy, convoy(1));
        agenda.schedule(Time(5), Class::Convoy, convoy(2));
        agenda.schedule_service(Time(5), 1, TruckId(1), 0);
        agenda.schedule_service(Time(5), 0, TruckId(2), 0);
        agenda.schedule(Time(5), Class::Observation, Event::Observation);
        agenda.schedule(Time(4), Class::Deadline, Event::EndOfDay(0));
        let order: Vec<Due> = std::iter::from_fn(|| pop(&mut agenda)).map(|(_, due)| due).collect();
        let service = |truck| Due::Service {
            truck: TruckId(truck),
            generation: 0,
        };
        let events = [Event::EndOfDay(0), Event::Observation].map(Due::Event);
        let convoys = [convoy(1), convoy(2)].map(Due::Event);
        assert_eq!(order, [&events[..], &[service(1), service(2)], &convoys].concat());
    }

    #[test]
    fn whatever_was_scheduled_where_comes_in_order_of_time() {
        for lanes in [3, 400] {
            let mut agenda = Agenda::default();
            agenda.clear(3, Time(i64::MAX));
            let (mut seed, mut expected, mut popped, mut now) = (9_u64, Vec::new(), Vec::new(), Time::ZERO);
            for step in 0..20_000_u32 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let ahead = (seed >> 33) as i64 * [1, 100, 5_000, 2_000_000][(seed >> 31 & 3) as usize];
                let at = Time(now.0 + ahead);
                expected.push(at);
                if step % lanes == 0 {
                    agenda.schedule(at, Class::Deadline, Event::EndOfDay(step as u16));
                } else {
                    agenda.schedule_service(at, step as usize % 3, TruckId(step), 0);
                }
                if seed >> 40 & 1 == 1 || step > 15_000 {
                    let (at, _) = pop(&mut agenda).expect("more were scheduled than taken");
                    assert!(at >= now);
                    now = at;
                    popped.push(at);
                }
            }
            popped.extend(std::iter::from_fn(|| pop(&mut agenda)).map(|(at, _)| at));
            expected.sort_unstable();
            assert_eq!(popped, expected);
        }
    }

    #[test]
    fn what_no_longer_holds_is_dropped_when_its_hour_has_come() {
        let mut agenda = Agenda::default();
        agenda.clear(1, Time(i64::MAX));
        for hour in 1..100 {
            let event = Event::Expiry { truck: hour, life: 0 };
            agenda.schedule(Time(i64::from(hour) * 30 * crate::time::HOUR_US), Class::Deadline, event);
        }
        let mut left = Vec::new();
        while let Some(next) = agenda.next(|event| matches!(event, Event::Expiry { truck, .. } if truck % 10 == 0)) {
            left.extend(agenda.take(next));
        }
        let expected: Vec<Due> = (1..10).map(|k| Due::Event(Event::Expiry { truck: 10 * k, life: 0 })).collect();
        assert_eq!(left, expected);
    }
}
