//! Trips of escorts: departure, arrival, turning round, interception, standing still.

use super::agenda::{Class, Event};
use super::escort::GroupState;
use super::observer::Observer;
use super::simulation::Simulation;
use super::slot::{NONE, State};
use super::truck::{Cause, Trip, TruckId};
use crate::scenario::{AtClosure, End};
use crate::time::{Duration, Time};

impl Simulation<'_> {
    /// A group leaves; with `turns_after` it will turn round.
    pub(super) fn depart<O: Observer>(&mut self, place: u32, turns_after: Option<Duration>, observer: &mut O) {
        let stage = self.escorts.groups[place as usize].stage as usize;
        let entity = self.group_entity(place);
        let (Some(escort), Some(draws)) = (&self.plan.stages[stage].escort, self.draws.stages[stage].escort) else {
            return;
        };
        let time = turns_after.unwrap_or_else(|| escort.trip.duration(draws.trip.uniform(entity, 0)));
        let group = &mut self.escorts.groups[place as usize];
        group.state = if turns_after.is_some() {
            GroupState::Turns
        } else {
            GroupState::Trip
        };
        group.departed = self.now;
        group.total = time;
        let trucks = std::mem::take(&mut group.trucks);
        self.stations[stage].apart -= trucks.len() as u32;
        self.stations[stage].serving += trucks.len() as u32;
        self.schedule_trip(place, time);
        for &id in &trucks {
            let slot = &mut self.arena[id];
            slot.state = State::Serving;
            slot.generation += 1;
            slot.ends_at = self.now + time;
            if slot.truck.started == Time::NEVER {
                slot.truck.started = self.now;
                observer.started(self.now, id, &slot.truck);
            } else {
                observer.taken_up(self.now, id, &slot.truck);
            }
        }
        self.escorts.groups[place as usize].trucks = trucks;
    }

    fn schedule_trip(&mut self, place: u32, time: Duration) {
        let group = &mut self.escorts.groups[place as usize];
        group.ends_at = self.now + time;
        group.generation += 1;
        let event = Event::Trip {
            group: place,
            generation: group.generation,
        };
        self.agenda.schedule(group.ends_at, Class::Completion, event);
    }

    /// A trip is over, or turns round, unless it was stopped meanwhile.
    pub(super) fn trip_ends<O: Observer>(&mut self, place: u32, generation: u32, observer: &mut O) {
        let group = &self.escorts.groups[place as usize];
        if group.generation != generation {
            return;
        }
        self.events += 1;
        if group.state == GroupState::Turns {
            self.turn_round(place, observer);
        } else {
            self.arrive_together(place, observer);
        }
        self.look(observer);
    }

    /// A convoy is back where it gathered: its trucks are first in the queue, its team and vehicles are free.
    fn turn_round<O: Observer>(&mut self, place: u32, observer: &mut O) {
        let stage = self.escorts.groups[place as usize].stage as usize;
        let trucks = std::mem::take(&mut self.escorts.groups[place as usize].trucks);
        for id in trucks.iter().rev() {
            let state = self.arena[*id].state;
            let station = &mut self.stations[stage];
            if state == State::Serving {
                station.serving -= 1;
            } else {
                station.paused -= 1;
            }
            let slot = &mut self.arena[*id];
            slot.generation += 1;
            slot.place = NONE;
            self.join_queue_ahead(*id, stage);
            observer.put_back(self.now, *id, &self.arena[*id].truck);
        }
        self.dissolve(place);
        self.spoil_waiting(&trucks, observer);
        self.ask_again_at_once(stage, &trucks);
        self.escorts.keep_memory(place, trucks);
    }

    /// What has expired on the way ends where it would wait again.
    fn spoil_waiting<O: Observer>(&mut self, trucks: &[TruckId], observer: &mut O) {
        for id in trucks {
            if self.arena[*id].spoiled {
                self.take_from_waiting(*id);
                self.leave_and_end(*id, End::Expired, Cause::Plain, observer);
            }
        }
    }

    /// A convoy arrives: some of its trucks may have been intercepted; the others go on.
    fn arrive_together<O: Observer>(&mut self, place: u32, observer: &mut O) {
        let stage = self.escorts.groups[place as usize].stage as usize;
        let trucks = std::mem::take(&mut self.escorts.groups[place as usize].trucks);
        let intercepted = self.intercepted(place, &trucks);
        let group = &self.escorts.groups[place as usize];
        let trip = Trip {
            trucks: trucks.len() as u32,
            full: group.full,
            vehicles: group.vehicles,
            grams: trucks.iter().map(|id| self.arena[*id].truck.grams).sum(),
            pallets: trucks.iter().map(|id| f64::from(self.arena[*id].truck.pallets)).sum(),
            oldest: group.oldest,
            requested: group.requested,
            departed: group.departed,
            intercepted: intercepted.len() as u32,
        };
        // A convoy that lost all its trucks on the way brings nothing.
        if trip.trucks > 0 {
            observer.trip(self.now, stage, &trip);
        }
        self.send_team_home(place);
        self.dissolve(place);
        for &id in &trucks {
            self.arena[id].place = NONE;
            if intercepted.contains(&id) {
                self.stations[stage].serving -= 1;
                self.arena[id].truck.completed = self.now;
                observer.completed(self.now, id, &self.arena[id].truck);
                self.leave_and_end(id, End::Intercepted, Cause::Plain, observer);
            } else {
                let station = &mut self.stations[stage];
                station.serving -= 1;
                station.completions += 1;
                self.arena[id].truck.completed = self.now;
                self.served(id, stage, observer);
            }
        }
        self.escorts.keep_memory(place, trucks);
        self.note(stage);
    }

    /// The trucks that a convoy loses on its way: a drawn share, rounded at random, of those whose draws are lowest.
    fn intercepted(&self, place: u32, trucks: &[TruckId]) -> Vec<TruckId> {
        let stage = self.escorts.groups[place as usize].stage as usize;
        let entity = self.group_entity(place);
        let (Some(escort), Some(draws)) = (&self.plan.stages[stage].escort, self.draws.stages[stage].escort) else {
            return Vec::new();
        };
        let Some(rule) = &escort.intercepted else { return Vec::new() };
        let [whether, share] = draws.intercepted.pair(entity, 0);
        if whether >= rule.probability {
            return Vec::new();
        }
        let expected = rule.share.quantile(share).clamp(0.0, 1.0) * trucks.len() as f64;
        let round = draws.intercepted.uniform(entity, 1);
        let lost = (expected.floor() as usize + usize::from(round < expected.fract())).min(trucks.len());
        let mut drawn: Vec<(f64, TruckId)> = trucks
            .iter()
            .map(|id| {
                let truck = &self.arena[*id].truck;
                (draws.which.uniform(truck.entity, self.arena[*id].visit), *id)
            })
            .collect();
        drawn.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        drawn.into_iter().take(lost).map(|(_, id)| id).collect()
    }

    /// Team and vehicles are on their way back after an arrival.
    fn send_team_home(&mut self, place: u32) {
        let plan = std::sync::Arc::clone(&self.plan);
        let stage = self.escorts.groups[place as usize].stage as usize;
        let entity = self.group_entity(place);
        let (Some(escort), Some(draws)) = (&plan.stages[stage].escort, self.draws.stages[stage].escort) else {
            return;
        };
        let team = escort.return_time.duration(draws.back.uniform(entity, 0));
        let own = escort.vehicles.as_ref().and_then(|v| v.return_time.as_ref());
        let vehicles = own.map_or(team, |law| law.duration(draws.vehicles_back.uniform(entity, 0)));
        self.unequip(place, team, vehicles);
    }

    /// Security closes an escort, or its day ends: convoys under way go on, stand still, or gather again. One that arrives at this
    /// instant has arrived.
    pub(super) fn stop_trips<O: Observer>(&mut self, stage: usize, rule: AtClosure, observer: &mut O) {
        for place in 0..self.escorts.groups.len() as u32 {
            let group = &self.escorts.groups[place as usize];
            let turns = group.state == GroupState::Turns;
            let moves = turns || group.state == GroupState::Trip;
            let stands = matches!(group.state, GroupState::Stopped { .. });
            if group.stage as usize != stage || !(moves && group.ends_at > self.now || stands) {
                continue;
            }
            match rule {
                AtClosure::TurnBack => self.turn_round(place, observer),
                AtClosure::Hold | AtClosure::Restart if moves => self.stop_trip(place, turns, rule, observer),
                AtClosure::Restart => {
                    let group = &mut self.escorts.groups[place as usize];
                    group.remaining = group.total;
                }
                AtClosure::Finish | AtClosure::Hold => {}
            }
        }
    }

    fn stop_trip<O: Observer>(&mut self, place: u32, turns: bool, rule: AtClosure, observer: &mut O) {
        let group = &mut self.escorts.groups[place as usize];
        group.remaining = if rule == AtClosure::Restart {
            group.total
        } else {
            group.ends_at - self.now
        };
        group.generation += 1;
        group.state = GroupState::Stopped { turns };
        self.escorts.gatherings[group.stage as usize].has_groups_to_go = true;
        let stage = group.stage as usize;
        for id in group.trucks.clone() {
            self.arena[id].state = State::Paused;
            self.stations[stage].serving -= 1;
            self.stations[stage].paused += 1;
            observer.paused(self.now, id, &self.arena[id].truck);
        }
    }

    /// A convoy that stood still goes on.
    pub(super) fn trip_goes_on<O: Observer>(&mut self, place: u32, turns: bool, observer: &mut O) {
        let group = &mut self.escorts.groups[place as usize];
        group.state = if turns { GroupState::Turns } else { GroupState::Trip };
        let (stage, remaining) = (group.stage as usize, group.remaining);
        let trucks = group.trucks.clone();
        self.schedule_trip(place, remaining);
        for id in trucks {
            self.arena[id].state = State::Serving;
            self.arena[id].ends_at = self.now + remaining;
            self.stations[stage].paused -= 1;
            self.stations[stage].serving += 1;
            observer.resumed(self.now, id, &self.arena[id].truck);
        }
    }
}
