//! Restrictions on organisations: who is refused, held or re-consigned, and who is over the quota of the day.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::{Group, Simulation};
use super::truck::{Aside, Cause, HubExit, TruckId};
use crate::random::Entity;
use crate::scenario::{BarredAction, End, Status};
use crate::time::Time;

/// Who waits for its organisation's registration, or for its turn to be re-consigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A truck.
    Truck {
        /// Which.
        id: TruckId,
        /// Its life when it came.
        life: u32,
    },
    /// A load in a hub.
    Load {
        /// Which.
        place: u32,
        /// Its life when it came.
        life: u32,
    },
}

/// What is known of the senders in a replication.
#[derive(Debug, Default)]
pub(super) struct Senders {
    /// By organisation: whether an uncertain registration comes about.
    registered: Vec<bool>,
    /// By organisation: the day of the last dispatch, and dispatches on it.
    quota: Vec<(i64, u32)>,
    /// By organisation: who is held.
    held: Vec<Vec<Held>>,
    /// The day of the last re-consignment, and re-consignments on it.
    reconsigned: (i64, u32),
    /// Successful re-consignments over the cap of the day.
    over_cap: VecDeque<Held>,
}

impl Senders {
    /// Holds until the organisation is registered.
    pub(super) fn hold(&mut self, organisation: usize, whom: Held) {
        self.held[organisation].push(whom);
    }
}

impl Simulation<'_> {
    /// Decides uncertain registrations and puts releases on the agenda.
    pub(super) fn begin_senders(&mut self) {
        let organisations = &self.plan.organisations;
        self.senders = Senders {
            held: vec![Vec::new(); organisations.len()],
            quota: vec![(i64::MIN, 0); organisations.len()],
            ..Senders::default()
        };
        self.senders.registered.resize(organisations.len(), false);
        for i in 0..self.plan.organisations.len() {
            self.decide_status(i);
            let release = match self.plan.organisations[i].status {
                Status::RegisteredFrom(at) => Some(at),
                Status::RegisteredWith { decided, .. } if self.senders.registered[i] => Some(decided),
                _ => None,
            };
            if let Some(at) = release.filter(|t| *t > Time::ZERO) {
                self.agenda.schedule(at, Class::Return, Event::Release(i as u16));
            }
        }
    }

    /// Decides an uncertain registration: always the same within a replication.
    pub(super) fn decide_status(&mut self, organisation: usize) {
        let nobody = Entity::numbered(0, 0);
        self.senders.registered[organisation] = match self.plan.organisations[organisation].status {
            Status::RegisteredWith { probability, .. } => self.draws.status[organisation].uniform(nobody, 0) < probability,
            _ => true,
        };
    }

    pub(super) fn is_barred(&self, organisation: usize) -> bool {
        match self.plan.organisations[organisation].status {
            Status::Registered => false,
            Status::Barred => true,
            Status::BarredFrom(at) => self.now >= at,
            Status::RegisteredFrom(at) => self.now < at,
            Status::RegisteredWith {
                decided,
                registered_before,
                ..
            } => {
                if self.now < decided {
                    !registered_before
                } else {
                    !self.senders.registered[organisation]
                }
            }
        }
    }

    /// A dispatched truck meets the restrictions: refused, set aside, or on its way.
    pub(super) fn check_in<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        let organisation = self.arena[id].truck.organisation as usize;
        if self.plan.organisations[organisation].is_free {
            self.arrive(id, self.arena[id].enters as usize, observer);
            return;
        }
        if !self.is_barred(organisation) {
            self.ask_for_truck_load(id, observer);
            return;
        }
        let life = self.arena[id].life;
        match &self.plan.scenario.restrictions.barred {
            BarredAction::Refuse => self.end(id, End::Refused, Cause::Plain, observer),
            BarredAction::Hold => {
                self.senders.hold(organisation, Held::Truck { id, life });
                self.set_aside(id, Aside::Held, observer);
            }
            BarredAction::Reconsign { delay, .. } => {
                let u = self.draws.reconsignment_delay.uniform(self.arena[id].truck.entity, 0);
                self.agenda.schedule(
                    self.now + delay.duration(u),
                    Class::Return,
                    Event::Reconsignment { truck: id.0, life },
                );
                self.set_aside(id, Aside::Held, observer);
            }
        }
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
        let within = self.quota_left(organisation);
        if within {
            self.count_in_quota(organisation);
        }
        within
    }

    /// Whether an organisation's quota of the day has a place left.
    pub(super) fn quota_left(&self, organisation: usize) -> bool {
        let Some(quota) = self.plan.organisations[organisation].daily_quota else {
            return true;
        };
        let (day, count) = self.senders.quota[organisation];
        day != self.plan.day_of(self.now) || count < quota
    }

    /// Counts a dispatch in an organisation's quota of the day.
    pub(super) fn count_in_quota(&mut self, organisation: usize) {
        if self.plan.organisations[organisation].daily_quota.is_none() {
            return;
        }
        let today = self.plan.day_of(self.now);
        let (day, count) = &mut self.senders.quota[organisation];
        if *day != today {
            (*day, *count) = (today, 0);
        }
        *count += 1;
    }

    /// With a convoy of their stream, trucks that were over the quota of an earlier day try again, first in it.
    pub(super) fn try_quota_again<O: Observer>(&mut self, stream: usize, observer: &mut O) {
        let today = self.plan.day_of(self.now);
        if self.streams[stream].quota_day == Some(today) {
            // What found no place with the first convoy of the day finds none later.
            return;
        }
        self.streams[stream].quota_day = Some(today);
        for _ in 0..self.streams[stream].over_quota.len() {
            let Some((id, life)) = self.streams[stream].over_quota.pop_front() else {
                break;
            };
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

    /// Without a hub a truck waits for its approval, where its organisation has to ask, before it arrives.
    fn ask_for_truck_load<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        let truck = &self.arena[id].truck;
        let rule = &self.plan.organisations[truck.organisation as usize].approval[truck.cargo as usize];
        let draws = &mut self.draws.approval_lead;
        let lead = rule.as_ref().map(|r| r.lead.duration(draws.uniform(truck.entity, 0)));
        match lead.filter(|_| self.arena[id].hub.is_none() && !self.arena[id].approved) {
            None => self.check_quota(id, observer),
            Some(lead) => {
                self.arena[id].approved = true;
                let event = Event::ComesAgain {
                    truck: id.0,
                    life: self.arena[id].life,
                };
                self.agenda.schedule(self.now + lead, Class::Return, event);
                self.set_aside(id, Aside::Approval, observer);
            }
        }
    }

    /// Whether the request for a truck without a hub is refused: then it is not dispatched.
    pub(super) fn is_request_refused(&self, organisation: u16, cargo: u16, entity: Entity) -> bool {
        let rule = &self.plan.organisations[organisation as usize].approval[cargo as usize];
        rule.as_ref()
            .is_some_and(|r| r.refused > 0.0 && self.draws.approval.pair(entity, 0)[1] < r.refused)
    }

    /// An approved truck arrives.
    pub(super) fn approval_over<O: Observer>(&mut self, id: TruckId, observer: &mut O) {
        self.check_quota(id, observer);
    }

    /// An organisation is registered: what is held goes on, in order.
    pub(super) fn release_held<O: Observer>(&mut self, organisation: u16, observer: &mut O) {
        if self.is_barred(organisation as usize) {
            return;
        }
        for whom in std::mem::take(&mut self.senders.held[organisation as usize]) {
            match whom {
                Held::Truck { id, life } if self.arena[id].life == life => self.ask_for_truck_load(id, observer),
                Held::Load { place, life } if self.hubs.loads[place as usize].life == life => self.ask_for_load(place),
                _ => {}
            }
        }
        self.pending = Some(Group::Returns);
    }

    /// The delay of a truck's re-consignment is over.
    pub(super) fn reconsign<O: Observer>(&mut self, truck: u32, life: u32, observer: &mut O) {
        let id = TruckId(truck);
        if self.arena[id].life == life {
            self.decide_reconsignment(self.arena[id].truck.entity, Held::Truck { id, life }, observer);
        }
    }

    /// A re-consignment succeeds, within the cap of the day or later, or is refused.
    pub(super) fn decide_reconsignment<O: Observer>(&mut self, entity: Entity, whom: Held, observer: &mut O) {
        let BarredAction::Reconsign { success, .. } = &self.plan.scenario.restrictions.barred else {
            return;
        };
        if self.draws.reconsignment.uniform(entity, 0) < *success {
            self.senders.over_cap.push_back(whom);
            if self.senders.over_cap.len() == 1 {
                self.hand_over(observer);
            }
        } else {
            match whom {
                Held::Truck { id, .. } => self.end(id, End::Refused, Cause::Plain, observer),
                Held::Load { place, .. } => self.load_leaves(place, HubExit::Refused, observer),
            }
        }
    }

    /// A new day: re-consignments over the cap of the day before go on.
    pub(super) fn reconsignment_day<O: Observer>(&mut self, observer: &mut O) {
        self.hand_over(observer);
    }

    /// Hands over as many successful re-consignments as the cap of the day allows, in order; the rest waits for the next day.
    fn hand_over<O: Observer>(&mut self, observer: &mut O) {
        let BarredAction::Reconsign { to, daily_cap, .. } = &self.plan.scenario.restrictions.barred else {
            return;
        };
        let (to, daily_cap) = (to.0, *daily_cap);
        let today = self.plan.day_of(self.now);
        if self.senders.reconsigned.0 != today {
            self.senders.reconsigned = (today, 0);
        }
        while let Some(whom) = self.senders.over_cap.front().copied() {
            let is_there = match whom {
                Held::Truck { id, life } => self.arena[id].life == life,
                Held::Load { place, life } => self.hubs.loads[place as usize].life == life,
            };
            if is_there {
                if daily_cap.is_some_and(|cap| self.senders.reconsigned.1 >= cap) {
                    self.agenda
                        .schedule(self.plan.midnight(today + 1), Class::Return, Event::ReconsignmentDay);
                    return;
                }
                self.senders.reconsigned.1 += 1;
                match whom {
                    Held::Truck { id, .. } => self.take_over(id, to, observer),
                    Held::Load { place, .. } => self.take_over_load(place, to, observer),
                }
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
        let (cargo, entity) = (self.arena[id].truck.cargo, self.arena[id].truck.entity);
        if self.is_request_refused(to as u16, cargo, entity) {
            self.end(id, End::Refused, Cause::Plain, observer);
        } else {
            self.ask_for_truck_load(id, observer);
        }
        self.pending = Some(Group::Returns);
    }
}
