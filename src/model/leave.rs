//! Where a truck goes after a service: on, back to its hub, away to come again, or out of the model.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::Way;
use super::simulation::Simulation;
use super::truck::{Aside, Cause, Leaves, TruckId};
use crate::scenario::End;
use crate::time::Duration;

/// What a service leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Way(Way),
    /// Returned, by this outcome of the stage if by one.
    Return(Option<u16>),
    Repack,
}

impl Simulation<'_> {
    /// A truck whose service is over, or who has arrived with its escort, goes on; the lane has been counted free.
    pub(super) fn served<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        // Where nothing comes between the end of the service and the next step, both are told at once.
        let is_told = self.resources.holds(id);
        if is_told {
            observer.completed(self.now, id, &self.arena[id].truck);
            self.give_back_after(id, stage, observer);
        }
        let next = self.next_of(id, stage);
        self.note(stage);
        self.go_next(id, stage, next, is_told, observer);
    }

    /// A truck leaves its lane for what its service has led to; `is_told`: the end of the service has been told.
    pub(super) fn go_next<O: Observer>(&mut self, id: TruckId, stage: usize, next: Next, is_told: bool, observer: &mut O) {
        match next {
            Next::Way(Way::Stage(next)) => self.move_to(id, stage, next.0, is_told, observer),
            Next::Way(Way::End(end)) => {
                self.free_lane(id, stage);
                if is_told {
                    self.leave_and_end(id, end, Cause::Plain, observer);
                } else {
                    observer.passed_out(self.now, id, &self.arena[id].truck, end);
                    self.arena.release(id);
                }
            }
            Next::Return(outcome) => {
                self.tell_completed(id, is_told, observer);
                self.free_lane(id, stage);
                self.send_back(id, Cause::Outcome, outcome, observer);
            }
            Next::Repack => {
                self.tell_completed(id, is_told, observer);
                self.free_lane(id, stage);
                self.repack(id, stage, observer);
            }
        }
    }

    /// Tells the end of a service, unless it has been told.
    pub(super) fn tell_completed<O: Observer>(&mut self, id: TruckId, is_told: bool, observer: &mut O) {
        if !is_told {
            observer.completed(self.now, id, &self.arena[id].truck);
        }
    }

    /// Shelf life first, then screening, approvals that are not honoured, outcomes in a fixed cycle, outcomes by chance, else `next`.
    pub(super) fn next_of(&mut self, id: TruckId, stage: usize) -> Next {
        if self.arena[id].spoiled {
            return Next::Way(Way::End(End::Expired));
        }
        let is_first = !std::mem::replace(&mut self.arena[id].served, true);
        if self.is_rejected(id, stage) {
            return if self.is_repacked(id) {
                Next::Repack
            } else {
                Next::Way(Way::End(End::Rejected))
            };
        }
        if is_first && self.is_approval_void(id) {
            return Next::Return(None);
        }
        let plan = &self.plan.stages[stage];
        let completions = self.stations[stage].completions;
        let by_turn = plan.cycles.iter().find(|(every, _)| completions.is_multiple_of(u64::from(*every)));
        let Some((way, outcome)) = by_turn.map(|(_, found)| *found).or_else(|| self.draw_outcome(id, stage)) else {
            return Next::Way(self.plan.stages[stage].next);
        };
        if way == Way::End(End::Returned) {
            Next::Return(Some(outcome))
        } else {
            Next::Way(way)
        }
    }

    /// Whether a rejected truck comes again with a part of its load.
    fn is_repacked(&self, id: TruckId) -> bool {
        let truck = &self.arena[id].truck;
        let rule = self.plan.cargos[truck.cargo as usize].repack.as_ref();
        rule.is_some_and(|r| self.draws.repack.uniform(truck.entity, 0) < r.probability)
    }

    /// Screening at the end of a truck's first service at a stage that screens.
    fn is_rejected(&mut self, id: TruckId, stage: usize) -> bool {
        let (plan, slot) = (&self.plan.stages[stage], &mut self.arena[id]);
        if plan.screening.is_empty() || slot.screened || slot.truck.is_traveller {
            return false;
        }
        slot.screened = true;
        let share = plan.screening[slot.truck.cargo as usize];
        share > 0.0 && self.draws.screening.uniform(slot.truck.entity, 0) < share
    }

    /// At the end of its first service an approved truck may be returned all the same.
    fn is_approval_void(&self, id: TruckId) -> bool {
        let slot = &self.arena[id];
        if !slot.approved {
            return false;
        }
        let truck = &slot.truck;
        let rule = &self.plan.organisations[truck.organisation as usize].approval[truck.cargo as usize];
        rule.as_ref()
            .is_some_and(|a| a.not_honoured > 0.0 && self.draws.not_honoured.uniform(truck.entity, 0) < a.not_honoured)
    }

    /// The outcome that a truck draws; the odds of all of them have a factor of the day.
    fn draw_outcome(&mut self, id: TruckId, stage: usize) -> Option<(Way, u16)> {
        let slot = &self.arena[id];
        let (plan, draws) = (&self.plan.stages[stage], &mut self.draws.stages[stage]);
        let outcomes = &plan.outcomes[slot.truck.cargo as usize];
        let total = outcomes.last()?.0;
        let mut u = draws.outcome.uniform(slot.truck.entity, slot.visit);
        if let (Some(chain), Some(stream)) = (&mut self.stations[stage].odds, draws.odds_effect) {
            // With odds g times as high the outcomes take g P of 1 - P + g P; to compare u with the stated ends, it is stretched.
            let g = chain.factor(self.plan.day_of(self.now), stream);
            let taken = g * total / (1.0 - total + g * total);
            u = if u < taken { u / taken * total } else { 1.0 };
        }
        outcomes.iter().find(|(upper, _)| u < *upper).map(|(_, found)| *found)
    }

    /// A rejected truck comes again with a part of its load; the rest leaves the model.
    fn repack<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        let cargo = self.arena[id].truck.cargo as usize;
        let entity = self.arena[id].truck.entity;
        let Some((share, delay)) = self.plan.cargos[cargo].repack.as_ref().map(|r| {
            let u = self.draws.repack.pair(entity, 0)[1];
            (r.share, r.delay.duration(u))
        }) else {
            return;
        };
        self.give_back_all(id, observer);
        observer.left(self.now, id, &self.arena[id].truck, Leaves::Repacking);
        let truck = &mut self.arena[id].truck;
        let kept = (truck.grams as f64 * share).round() as i64;
        let rejected = truck.grams - kept;
        truck.grams = kept;
        truck.pallets *= share as f32;
        observer.repacked(self.now, id, &self.arena[id].truck, rejected);
        self.come_again(id, stage, Aside::Repacking, delay, observer);
    }

    /// A truck that has left its stage, and stands in no list, comes to `target` after a delay.
    pub(super) fn come_again<O: Observer>(&mut self, id: TruckId, target: usize, aside: Aside, delay: Duration, observer: &mut O) {
        let slot = &mut self.arena[id];
        slot.generation += 1;
        slot.target = target as u16;
        let event = Event::ComesAgain {
            truck: id.0,
            life: slot.life,
        };
        self.agenda.schedule(self.now + delay, Class::Return, event);
        self.set_aside(id, aside, observer);
    }

    /// A truck is returned, by this outcome of its stage if by one: it tries again from its hub, or its way ends. It stands in no list.
    pub(super) fn send_back<O: Observer>(&mut self, id: TruckId, cause: Cause, outcome: Option<u16>, observer: &mut O) {
        let slot = &self.arena[id];
        let stage = slot.truck.stage as usize;
        // A return for lack of time during a closure does not count as a try.
        let excused = cause == Cause::TimedOut && self.stations[stage].is_closed();
        let rule = slot.hub.and_then(|hub| {
            let own = outcome.and_then(|o| self.plan.stages[stage].retries[o as usize].as_ref());
            own.or(self.plan.hubs[hub as usize].retry.as_ref())
        });
        let delay = rule.and_then(|rule| {
            let [whether, how_long] = self.draws.retry.pair(slot.truck.entity, u32::from(slot.truck.tries));
            let again = whether < rule.probability && (excused || slot.tries < rule.tries);
            again.then(|| rule.delay.duration(how_long))
        });
        let (Some(delay), Some(hub)) = (delay, slot.hub) else {
            observer.left(self.now, id, &self.arena[id].truck, Leaves::End(End::Returned));
            observer.returned(self.now, id, &self.arena[id].truck, cause, false);
            self.end(id, End::Returned, cause, observer);
            return;
        };
        observer.left(self.now, id, &self.arena[id].truck, Leaves::Returned);
        observer.returned(self.now, id, &self.arena[id].truck, cause, true);
        self.arena[id].tries += u32::from(!excused);
        self.give_back_all(id, observer);
        let first = self.arena[id].enters as usize;
        self.come_again(id, first, Aside::Hub(hub), delay, observer);
        self.change_stock(hub as usize, 1, observer);
    }

    /// Ends the visit and the truck's way; whatever list it stood in, it has been taken out before.
    pub(super) fn leave_and_end<O: Observer>(&mut self, id: TruckId, end: End, cause: Cause, observer: &mut O) {
        observer.left(self.now, id, &self.arena[id].truck, Leaves::End(end));
        self.end(id, end, cause, observer);
    }

    /// Ends a truck's way.
    pub(super) fn end<O: Observer>(&mut self, id: TruckId, end: End, cause: Cause, observer: &mut O) {
        self.give_back_all(id, observer);
        observer.ended(self.now, id, &self.arena[id].truck, end, cause);
        self.arena.release(id);
    }
}
