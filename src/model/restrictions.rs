//! Restrictions on organisations: who is refused, held or re-consigned, and who is over the quota of the day.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::{Group, Simulation};
use super::slot::State;
use super::truck::{Aside, Cause, TruckId};
use crate::random::Entity;
use crate::scenario::{BarredAction, End, Status};
use crate::time::Time;

/// What is known of the senders in a replication.
#[derive(Debug, Default)]
pub(super) struct Senders {
    /// By organisation: whether an uncertain registration comes about.
    registered: Vec<bool>,
    /// By organisation: the day of the last dispatch, and dispatches on it.
    quota: Vec<(i64, u32)>,
    /// By organisation: trucks held, with their lives.
    held: Vec<Vec<(TruckId, u32)>>,
    /// The day of the last re-consignment, and re-consignments on it.
    reconsigned: (i64, u32),
    /// Successful re-consignments over the cap of the day, with their lives.
    over_cap: VecDeque<(TruckId, u32)>,
}

impl Simulation<'_> {
    /// Decides uncertain registrations and puts releases on the agenda.
    pub(super) fn begin_senders(&mut self) {
        let nobody = Entity { source: 0, group: 0, member: 0 };
        let organisations = &self.plan.organisations;
        self.senders = Senders { held: vec![Vec::new(); organisations.len()], quota: vec![(i64::MIN, 0); organisations.len()], ..Senders::default() };
        for (i, organisation) in organisations.iter().enumerate() {
            let registered = match organisation.status {
                Status::RegisteredWith { probability, .. } => self.draws.status[i].uniform(nobody, 0) < probability,
                _ => true,
            };
            self.senders.registered.push(registered);
            let release = match organisation.status {
                Status::RegisteredFrom(at) => Some(at),
                Status::RegisteredWith { decided, .. } if registered => Some(decided),
                _ => None,
            };
            if let Some(at) = release.filter(|t| *t > Time::ZERO) {
                self.agenda.schedule(at, Class::Return, Event::Release(i as u16));
            }
        }
    }

    fn is_barred(&self, organisation: usize) -> bool {
        match self.plan.organisations[organisation].status {
            Status::Registered => false,
            Status::Barred => true,
            Status::BarredFrom(at) => self.now >= at,
            Status::RegisteredFrom(at) => self.now < at,
            Status::RegisteredWith { decided, registered_before, .. } => {
                if self.now < decided { !registered_before } else { !self.senders.registered[organisation] }
            }
        }
    }

    /// A dispatched truck meets the restrictions: refused, set aside, or on its way.
    pub(super) fn check_in<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        let organisation = self.arena[id].truck.organisation as usize;
        if !self.is_barred(organisation) {
            self.check_quota(id, observer);
            return;
        }
        let life = self.arena[id].life;
        match &self.plan.scenario.restrictions.barred {
            BarredAction::Refuse => self.end(id, End::Refused, Cause::Plain, observer),
            BarredAction::Hold => {
                self.senders.held[organisation].push((id, life));
                self.set_aside(id, Aside::Held, observer);
            }
            BarredAction::Reconsign { delay, .. } => {
                let u = self.draws.reconsignment_delay.uniform(self.arena[id].truck.entity, 0);
                self.agenda.schedule(self.now + delay.duration(u), Class::Return, Event::Reconsignment { truck: id.0, life });
                self.set_aside(id, Aside::Held, observer);
            }
        }
    }

    fn set_aside<O: Observer>(&mut self, id: TruckId, place: Aside, observer: &mut O) {
        self.arena[id].state = State::Aside;
        observer.set_aside(self.now, id, &self.arena[id].truck, place);
    }

    /// Within its organisation's quota of the day a truck arrives at its first stage; over it, it waits for a convoy of a later day.
    fn check_quota<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        if self.is_within_quota(id) {
            self.arrive(id, self.arena[id].enters as usize, observer);
            return;
        }
        self.arena[id].quota_day = self.plan.day_of(self.now);
        let stream = self.arena[id].truck.stream as usize;
        let life = self.arena[id].life;
        self.streams[stream].over_quota.push_back((id, life));
        self.set_aside(id, Aside::Quota, observer);
    }

    /// Takes a place in the quota of the day, if there is one.
    fn is_within_quota(&mut self, id: TruckId) -> bool {
        let organisation = self.arena[id].truck.organisation as usize;
        let Some(quota) = self.plan.organisations[organisation].daily_quota else { return true };
        let today = self.plan.day_of(self.now);
        let (day, count) = &mut self.senders.quota[organisation];
        if *day != today {
            (*day, *count) = (today, 0);
        }
        let within = *count < quota;
        *count += u32::from(within);
        within
    }

    /// With a convoy of their stream, trucks that were over the quota of an earlier day try again, first in it.
    pub(super) fn try_quota_again<O: Observer>(&mut self, stream: usize, observer: &mut O) {
        let today = self.plan.day_of(self.now);
        for _ in 0..self.streams[stream].over_quota.len() {
            let Some((id, life)) = self.streams[stream].over_quota.pop_front() else { break };
            if self.arena[id].life != life {
                continue;
            }
            if self.arena[id].quota_day < today && self.is_within_quota(id) {
                self.arrive(id, self.arena[id].enters as usize, observer);
            } else {
                self.streams[stream].over_quota.push_back((id, life));
            }
        }
    }

    /// An organisation is registered: its held trucks go on, in order.
    pub(super) fn release_held<O: Observer>(&mut self, organisation: u16, observer: &mut O) {
        for (id, life) in std::mem::take(&mut self.senders.held[organisation as usize]) {
            if self.arena[id].life == life {
                self.check_quota(id, observer);
            }
        }
        self.pending = Some(Group::Returns);
    }

    /// The delay of a re-consignment is over: it succeeds, within the cap of the day or later, or the truck is refused.
    pub(super) fn reconsign<O: Observer>(&mut self, truck: u32, life: u32, observer: &mut O) {
        let id = TruckId(truck);
        let BarredAction::Reconsign { success, .. } = &self.plan.scenario.restrictions.barred else { return };
        if self.arena[id].life != life {
            return;
        }
        if self.draws.reconsignment.uniform(self.arena[id].truck.entity, 0) < *success {
            self.senders.over_cap.push_back((id, life));
            if self.senders.over_cap.len() == 1 {
                self.hand_over(observer);
            }
        } else {
            self.end(id, End::Refused, Cause::Plain, observer);
        }
    }

    /// A new day: re-consignments over the cap of the day before go on.
    pub(super) fn reconsignment_day<O: Observer>(&mut self, observer: &mut O) {
        self.hand_over(observer);
    }

    /// Hands over as many successful re-consignments as the cap of the day allows, in order; the rest waits for the next day.
    fn hand_over<O: Observer>(&mut self, observer: &mut O) {
        let BarredAction::Reconsign { to, daily_cap, .. } = &self.plan.scenario.restrictions.barred else { return };
        let today = self.plan.day_of(self.now);
        if self.senders.reconsigned.0 != today {
            self.senders.reconsigned = (today, 0);
        }
        while let Some((id, life)) = self.senders.over_cap.front().copied() {
            if self.arena[id].life == life {
                if daily_cap.is_some_and(|cap| self.senders.reconsigned.1 >= cap) {
                    self.agenda.schedule(self.plan.midnight(today + 1), Class::Return, Event::ReconsignmentDay);
                    return;
                }
                self.senders.reconsigned.1 += 1;
                self.take_over(id, to.0, observer);
            }
            self.senders.over_cap.pop_front();
        }
    }

    fn take_over<O: Observer>(&mut self, id: TruckId, to: usize, observer: &mut O) {
        if self.is_barred(to) {
            self.end(id, End::Refused, Cause::Plain, observer);
            return;
        }
        self.arena[id].truck.organisation = to as u16;
        observer.reconsigned(self.now, id, &self.arena[id].truck);
        self.check_quota(id, observer);
        self.pending = Some(Group::Returns);
    }
}
