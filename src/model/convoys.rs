//! Streams of convoys: when they are due, how large they are, and the dispatch of their trucks.
//!
//! Convoy k of a stream keeps its number, and with it the addresses of its trucks, whatever becomes of the convoys before it:
//! those that a calendar, a closure or a size of 0 suppresses are counted too.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::day_effect::DayChain;
use super::observer::Observer;
use super::plan::{Occurrences, StreamKind};
use super::simulation::Simulation;
use super::truck::TruckId;
use crate::random::{Entity, InTurn, NormalChain, whole_microseconds};
use crate::time::{Duration, Time};

/// A convoy that is due.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    pub(super) at: Time,
    /// From 1 in the stream.
    pub(super) number: u32,
    /// Its part of the addresses of random numbers.
    pub(super) group: u32,
    /// The uniform behind its size.
    pub(super) size: f64,
}

/// A stream under way.
#[derive(Debug, Default)]
pub(super) struct StreamState {
    /// All convoys of a schedule, in order of their instants, jitter included.
    scheduled: Vec<Due>,
    /// Convoys that were due so far.
    made: u32,
    /// Where a Poisson or renewal process stands, in unrounded microseconds, and on which piece of its rate.
    at_us: f64,
    piece: usize,
    /// What of the next exponential was left, at which instant, for a Poisson process: its rate may change.
    left: (f64, f64),
    /// The uniform behind the next size, once it is known.
    next_size: Option<f64>,
    chain: Option<NormalChain>,
    pub(super) next: Option<Due>,
    /// Grows when what was scheduled no longer holds.
    pub(super) generation: u32,
    day: Option<DayChain>,
    pub(super) dispatched: u64,
    /// Trucks so far, for kinds in turn.
    pub(super) trucks: usize,
    /// Convoys that wait for the reopening.
    pub(super) waiting: VecDeque<Due>,
    /// Trucks over their organisation's quota, with their lives.
    pub(super) over_quota: VecDeque<(TruckId, u32)>,
    /// The day on which those were last looked at.
    pub(super) quota_day: Option<i64>,
    /// Addresses of the convoys of a schedule that were due.
    done: Vec<u32>,
}

impl StreamState {
    /// Grows when what was scheduled no longer holds.
    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    /// Whether no convoy comes any more.
    pub(super) fn is_over(&self) -> bool {
        self.next.is_none() && self.waiting.is_empty()
    }
}

fn entity(group: u32) -> Entity {
    Entity::numbered(group, 0)
}

impl Simulation<'_> {
    /// Puts a stream's first convoy on the agenda.
    pub(super) fn begin_stream(&mut self, stream: usize) {
        let plan = &self.plan.streams[stream];
        let mut state = std::mem::take(&mut self.streams[stream]);
        state.scheduled.clear();
        state.waiting.clear();
        state.over_quota.clear();
        let chain = (plan.autocorrelation != 0.0).then(|| NormalChain::new(plan.autocorrelation));
        self.streams[stream] = StreamState {
            chain,
            day: plan.day_effect.as_ref().map(DayChain::new),
            scheduled: state.scheduled,
            waiting: state.waiting,
            over_quota: state.over_quota,
            ..StreamState::default()
        };
        if let Occurrences::Schedule { .. } = plan.occurrences {
            self.lay_schedule(stream);
        }
        self.schedule_convoy(stream);
    }

    /// Works out all convoys of a schedule: the numbers behind their sizes in order of the timetable (dated convoys stand apart from
    /// its correlation), then the order in which jitter lets them come.
    fn lay_schedule(&mut self, stream: usize) {
        let plan = std::sync::Arc::clone(&self.plan);
        let Occurrences::Schedule { slots, jitter } = &plan.streams[stream].occurrences else {
            return;
        };
        for (i, slot) in slots.iter().enumerate() {
            let size = self.size_number(stream, slot.group, slot.group < super::plan::DATED);
            if slot.suppressed {
                continue;
            }
            let late = match (jitter, self.draws.convoys[stream].jitter) {
                (Some((law, _)), Some(draws)) => law.duration(draws.uniform(entity(slot.group), 0)),
                _ => Duration::ZERO,
            };
            self.streams[stream].scheduled.push(Due {
                at: slot.at + late,
                number: i as u32 + 1,
                group: slot.group,
                size,
            });
        }
        self.streams[stream].scheduled.sort_by_key(|due| (due.at, due.number));
    }

    /// The uniform behind the size of a convoy.
    fn size_number(&mut self, stream: usize, group: u32, chained: bool) -> f64 {
        if self.plan.streams[stream].size.as_constant().is_some() {
            return 0.5;
        }
        let u = self.draws.convoys[stream].size.uniform(group);
        let chain = self.streams[stream].chain.as_mut().filter(|_| chained);
        chain.map_or(u, |chain| chain.next(u))
    }

    /// The size of a convoy, or the slots of one that draws from a hub, as parameters and day are now.
    pub(super) fn convoy_size(&mut self, stream: usize, due: &Due) -> u64 {
        let plan = &self.plan.streams[stream];
        let size = match &plan.occurrences {
            Occurrences::Trace(convoys) => convoys.get(due.group as usize - 1).map_or(0, |c| u64::from(c.trucks)),
            _ => plan.size.quantile(due.size),
        };
        match (&mut self.streams[stream].day, self.draws.convoys[stream].day_effect) {
            (Some(chain), Some(draws)) => {
                let factor = chain.factor(self.plan.day_of(self.now), draws);
                (size as f64 * factor + 0.5).floor() as u64
            }
            _ => size,
        }
    }

    fn next_due(&mut self, stream: usize) -> Option<Due> {
        let state = &mut self.streams[stream];
        let number = state.made + 1;
        state.made = number;
        state.next_size = None;
        let at = match &self.plan.streams[stream].occurrences {
            Occurrences::Schedule { .. } => return state.scheduled.get(number as usize - 1).copied(),
            Occurrences::Trace(convoys) => convoys.get(number as usize - 1)?.at.0 as f64,
            Occurrences::Renewal(law) => {
                let gap = law.duration(self.draws.convoys[stream].gaps.uniform(number));
                state.at_us += gap.0 as f64;
                state.at_us
            }
            Occurrences::Poisson(pieces) => state.jump(pieces, self.draws.convoys[stream].gaps.uniform(number))?,
        };
        self.due_at(stream, at, number)
    }

    /// The convoy of this number, if it falls into the horizon.
    fn due_at(&mut self, stream: usize, at_us: f64, number: u32) -> Option<Due> {
        if at_us >= self.plan.end.0 as f64 {
            return None;
        }
        let size = self.streams[stream].next_size.take();
        let size = size.unwrap_or_else(|| self.size_number(stream, number, true));
        self.streams[stream].next_size = Some(size);
        Some(Due {
            at: Time(whole_microseconds(at_us)),
            number,
            group: number,
            size,
        })
    }

    pub(super) fn schedule_convoy(&mut self, stream: usize) {
        if let Some(due) = self.follow_convoy(stream) {
            self.put_on_agenda(stream, due.at);
        }
    }

    /// The next convoy of a stream, if one comes.
    pub(super) fn follow_convoy(&mut self, stream: usize) -> Option<Due> {
        let ended = self.streams[stream].dispatched >= self.plan.streams[stream].limit;
        let next = if ended {
            None
        } else {
            self.next_due(stream).filter(|due| due.at < self.plan.end)
        };
        self.streams[stream].next = next;
        next
    }

    fn put_on_agenda(&mut self, stream: usize, at: Time) {
        let generation = self.streams[stream].generation;
        let is_inflow = matches!(self.plan.streams[stream].kind, StreamKind::Inflow(_));
        let stream = stream as u16;
        if is_inflow {
            self.agenda.schedule(at, Class::Return, Event::Batch { stream, generation });
        } else {
            self.agenda.schedule(at, Class::Convoy, Event::Convoy { stream, generation });
        }
    }

    /// A convoy is due: it goes, or waits for the reopening.
    pub(super) fn convoy_due<O: Observer>(&mut self, stream: usize, generation: u32, observer: &mut O) {
        if self.streams[stream].generation != generation {
            return;
        }
        let plan = &self.plan.streams[stream];
        if let Some(due) = self.streams[stream].next {
            if let Occurrences::Schedule { .. } = plan.occurrences {
                self.streams[stream].done.push(due.group);
            }
            if plan.waits_when_closed && self.stations[plan.enters as usize].is_closed() {
                self.streams[stream].waiting.push_back(due);
            } else {
                // Those that waited go first, also where the reopening is at this instant.
                self.waiting_convoy(stream, observer);
                self.dispatch(stream, due, observer);
            }
        }
        self.schedule_convoy(stream);
    }

    /// Security opens a stage again: convoys that waited for it go at this instant.
    pub(super) fn reopen_for_convoys(&mut self, stage: usize) {
        for stream in 0..self.streams.len() {
            if self.plan.streams[stream].enters as usize == stage && !self.streams[stream].waiting.is_empty() {
                self.agenda.schedule(self.now, Class::Convoy, Event::WaitingConvoy(stream as u16));
            }
        }
    }

    /// The convoys of a stream that waited for the reopening go.
    pub(super) fn waiting_convoy<O: Observer>(&mut self, stream: usize, observer: &mut O) {
        while let Some(due) = self.streams[stream].waiting.pop_front() {
            self.dispatch(stream, due, observer);
        }
    }

    /// The timetable of a stream changes at this instant: what has not come yet is laid out anew.
    pub(super) fn schedule_changes(&mut self, stream: usize) {
        let state = &mut self.streams[stream];
        let before = std::mem::take(&mut state.scheduled);
        let mut done = state.done.clone();
        done.sort_unstable();
        let is_pending = |due: &Due| done.binary_search(&due.group).is_err();
        let pending: std::collections::BTreeSet<u32> = before.iter().filter(|d| is_pending(d)).map(|d| d.group).collect();
        state.chain = state.chain.take().map(|mut chain| {
            chain.reset();
            chain
        });
        self.lay_schedule(stream);
        // What was still to come comes, now at the earliest; what is new comes if its instant is still ahead.
        let now = self.now;
        let state = &mut self.streams[stream];
        state
            .scheduled
            .retain(|due| is_pending(due) && (due.at >= now || pending.contains(&due.group)));
        for due in &mut state.scheduled {
            due.at = due.at.max(now);
        }
        state.scheduled.sort_by_key(|due| (due.at, due.number));
        state.made = 0;
        state.generation += 1;
        self.schedule_convoy(stream);
    }

    /// The rate of a stream's Poisson process changes at this instant, from these pieces: what has not come yet is made anew, with what
    /// is left of the random number under way; so it is for one that would have come after the horizon.
    pub(super) fn convoy_rate_changes(&mut self, stream: usize, before: &[(f64, f64)]) {
        let plan = std::sync::Arc::clone(&self.plan);
        let Occurrences::Poisson(pieces) = &plan.streams[stream].occurrences else {
            return;
        };
        let now_us = self.now.0 as f64;
        let state = &mut self.streams[stream];
        if state.dispatched >= plan.streams[stream].limit {
            return;
        }
        let (need, since_us) = state.left;
        let used: f64 = before
            .iter()
            .enumerate()
            .map(|(i, (from, rate))| {
                let until = before.get(i + 1).map_or(f64::INFINITY, |(next, _)| *next);
                (until.min(now_us) - from.max(since_us)).max(0.0) * rate
            })
            .sum();
        let left = (need - used).max(0.0);
        state.left = (left, now_us);
        state.generation += 1;
        state.at_us = now_us;
        state.piece = pieces.partition_point(|(from, _)| *from <= now_us).saturating_sub(1);
        let number = state.made;
        let at = state.along(pieces, left);
        let next = at.and_then(|at| self.due_at(stream, at, number));
        self.streams[stream].next = next;
        if let Some(due) = next {
            self.put_on_agenda(stream, due.at.max(self.now));
        }
    }
}

impl StreamState {
    /// The next convoy of a Poisson stream: when, to the microsecond, and its number; none where none comes any more.
    #[inline]
    pub(super) fn next_of(&mut self, pieces: &[(f64, f64)], gaps: &mut InTurn) -> Option<(Time, u32)> {
        self.made += 1;
        let at_us = self.jump(pieces, gaps.uniform(self.made))?;
        Some((Time(whole_microseconds(at_us)), self.made))
    }

    /// Goes on to the next convoy of a Poisson process, in unrounded microseconds.
    #[inline]
    fn jump(&mut self, pieces: &[(f64, f64)], u: f64) -> Option<f64> {
        let need = -libm::log(u);
        self.left = (need, self.at_us);
        self.along(pieces, need)
    }

    /// Moves along a piecewise constant rate until its integral has grown by `need`; none where it never does.
    fn along(&mut self, pieces: &[(f64, f64)], mut need: f64) -> Option<f64> {
        loop {
            let per_us = pieces.get(self.piece)?.1;
            let until = pieces.get(self.piece + 1).map_or(f64::INFINITY, |(from, _)| *from);
            let there = (until - self.at_us) * per_us;
            if need < there {
                self.at_us += need / per_us;
                return Some(self.at_us);
            }
            if until.is_infinite() {
                return None;
            }
            need -= there;
            self.at_us = until;
            self.piece += 1;
        }
    }
}
