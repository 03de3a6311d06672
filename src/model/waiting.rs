//! Trucks that leave without having been served: patience, shelf life, the end of the day, losses.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::Simulation;
use super::slot::{List, State};
use super::truck::{Aside, Cause, TruckId};
use crate::random::Entity;
use crate::scenario::End;
use crate::time::{Duration, Time};

impl Simulation<'_> {
    /// Takes a truck out of the yard, from outside, or from those who wait apart, because it leaves without service.
    pub(super) fn take_from_waiting(&mut self, id: TruckId) {
        let stage = self.arena[id].truck.stage as usize;
        match self.arena[id].state {
            State::Queued => {
                self.stations[stage].yard.remove(&mut self.arena, id);
                self.is_urgent_no_more(id, stage);
            }
            State::Asking => self.withdraw(id, stage),
            State::Grouped => self.leave_group(id),
            _ => {
                self.stations[stage].wanting.remove(&mut self.arena, id);
                self.stations[stage].outside -= 1;
            }
        }
        self.note(stage);
    }

    /// Takes a truck out of wherever it stands at its stage.
    pub(super) fn take_away(&mut self, id: TruckId) {
        let stage = self.arena[id].truck.stage as usize;
        match self.arena[id].state {
            State::Queued | State::Outside | State::Asking | State::Grouped => self.take_from_waiting(id),
            State::Serving | State::Paused if self.plan.stages[stage].escort.is_some() => self.leave_group(id),
            State::Serving | State::Paused => self.take_from_lane(id, stage),
            State::Blocked => self.take_blocked(id),
            State::Free | State::Aside => {}
        }
    }

    fn take_blocked(&mut self, id: TruckId) {
        let (stage, target) = (self.arena[id].truck.stage as usize, self.arena[id].target as usize);
        self.stations[target].wanting.remove(&mut self.arena, id);
        self.stations[stage].blocked -= 1;
        self.free_lane(id, stage);
        self.note(stage);
        self.note(target);
    }

    /// Patience is over, unless service has begun or the visit is over.
    pub(super) fn patience_over<O: Observer>(&mut self, truck: u32, generation: u32, observer: &mut O) {
        let id = TruckId(truck);
        let slot = &self.arena[id];
        let waits = matches!(slot.state, State::Queued | State::Outside | State::Asking | State::Grouped);
        if slot.generation != generation || !waits {
            return;
        }
        self.take_from_waiting(id);
        self.leave_and_end(id, End::Expired, Cause::Plain, observer);
        self.look(observer);
    }

    /// The instant at which what keeps for so long expires: in a hot season its time runs faster.
    pub(super) fn expires(&mut self, cargo: usize, entity: Entity, from: Time) -> Option<Time> {
        let law = self.plan.scenario.cargos.get(cargo)?.shelf_life.as_ref()?;
        let keeps = law.duration(self.draws.shelf_life.uniform(entity, 0));
        let plan = &self.plan.cargos[cargo];
        let (mut at, mut left) = (from, keeps.0 as f64);
        for (hot_from, hot_to) in plan.heat.iter().filter(|(_, to)| *to > from) {
            let cool = (*hot_from - at).0.max(0) as f64;
            if left <= cool {
                break;
            }
            left -= cool;
            at = at.max(*hot_from);
            let there = (*hot_to - at).0 as f64 / plan.heat_factor;
            if left <= there {
                return Some(at + Duration((left * plan.heat_factor).round() as i64));
            }
            left -= there;
            at = *hot_to;
        }
        Some(at + Duration(left.round() as i64))
    }

    /// Shelf life is over: at once where the truck waits, at the end of the service or trip where it is in one.
    pub(super) fn expire<O: Observer>(&mut self, truck: u32, life: u32, observer: &mut O) {
        let id = TruckId(truck);
        if self.arena[id].life != life {
            return;
        }
        match self.arena[id].state {
            State::Free => {}
            State::Serving | State::Paused => self.arena[id].spoiled = true,
            State::Queued | State::Outside | State::Asking | State::Grouped | State::Blocked => {
                self.take_away(id);
                self.leave_and_end(id, End::Expired, Cause::Plain, observer);
            }
            State::Aside => {
                if let Aside::Hub(hub) = self.arena[id].aside {
                    self.change_stock(hub as usize, -1, observer);
                }
                self.end(id, End::Expired, Cause::Plain, observer);
            }
        }
        self.look(observer);
    }

    /// The end of the day at a stage that sends home who still waits, in the yard and outside it.
    pub(super) fn end_of_day<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        for id in self.all_waiting(stage) {
            self.take_from_waiting(id);
            self.send_back(id, Cause::TimedOut, None, observer);
        }
        self.look(observer);
    }

    /// Who waits at a stage, in order of coming: first the yard and those apart, then outside.
    pub(super) fn all_waiting(&self, stage: usize) -> Vec<TruckId> {
        let station = &self.stations[stage];
        let mut waiting = Vec::with_capacity(station.waiting() as usize);
        self.waiting_apart(stage, &mut waiting);
        station.yard.in_order_of_coming(&self.arena, &mut waiting);
        waiting.sort_by_key(|id| (self.arena[*id].truck.arrived, self.arena[*id].ticket));
        let mut at = station.wanting.first();
        while let Some(id) = at {
            if self.arena[id].state == State::Outside {
                waiting.push(id);
            }
            at = List::after(&self.arena, id);
        }
        waiting
    }

    /// Sets a truck aside, at no stage.
    pub(super) fn set_aside<O: Observer>(&mut self, id: TruckId, place: Aside, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.state = State::Aside;
        slot.aside = place;
        observer.set_aside(self.now, id, &self.arena[id].truck, place);
    }

    /// Puts the end of a truck's shelf life on the agenda.
    pub(super) fn await_expiry(&mut self, id: TruckId, expires: Option<Time>) {
        if let Some(at) = expires {
            let event = Event::Expiry {
                truck: id.0,
                life: self.arena[id].life,
            };
            self.agenda.schedule(at.max(self.now), Class::Deadline, event);
        }
    }
}
