//! The usual way of a truck, in one go: out of its lane, on to the next stage, the next of the queue into the lane.
//!
//! Most of what happens at a crossing is this, and most of the time of a replication would go into asking after what is not there. At
//! stages where the queue, the lanes and their hours alone decide (`is_plain` in [`StagePlan`](super::plan::StagePlan)) nothing else is asked.
//! What is done, and in which order, is what [`leave`](super::leave) and [`flow`](super::flow) do, to whom everything else is left.

use super::leave::Next;
use super::observer::Observer;
use super::plan::Way;
use super::simulation::Simulation;
use super::station::Station;
use super::truck::TruckId;
use crate::time::Time;

impl Station {
    /// Whether a lane of a plain stage can take up a first service now.
    #[inline]
    fn has_lane(&self, now: Time) -> bool {
        self.serving + self.blocked < self.lanes_now && now < self.starts_until
    }
}

impl Simulation<'_> {
    /// A service is over, unless it was stopped meanwhile.
    #[inline]
    pub(super) fn complete<O: Observer>(&mut self, id: TruckId, generation: u32, observer: &mut O) {
        let slot = &mut self.arena[id];
        if slot.generation != generation {
            return;
        }
        self.events += 1;
        slot.truck.completed = self.now;
        let stage = slot.truck.stage as usize;
        let (station, plan) = (&mut self.stations[stage], &self.plan.stages[stage]);
        station.serving -= 1;
        station.completions += 1;
        if !plan.is_plain || self.resources.holds(id) {
            if plan.keeps_order {
                self.lane_stops(id, stage);
                self.stations[stage].in_lanes.remove(&mut self.arena, id);
            }
            self.served(id, stage, observer);
            self.look(observer);
            return;
        }
        let may_be_void = slot.approved && !slot.served && self.plan.organisations[slot.truck.organisation as usize].voids;
        let next = if plan.has_one_way && !slot.spoiled && !may_be_void {
            slot.served = true;
            Next::Way(plan.next)
        } else {
            self.next_of(id, stage)
        };
        match next {
            Next::Way(Way::Stage(to)) if self.plan.stages[to.0].is_plain => {
                observer.passed(self.now, id, &self.arena[id].truck, to.0);
                self.be_at(id, to.0);
                self.join_plainly(id, to.0, observer);
            }
            Next::Way(Way::End(end)) => {
                observer.passed_out(self.now, id, &self.arena[id].truck, end);
                self.arena.release(id);
            }
            next => {
                self.note(stage);
                self.go_next(id, stage, next, false, observer);
                self.look(observer);
                return;
            }
        }
        self.start_plainly(stage, observer);
    }

    /// A truck comes to a plain stage: into a lane where one is free, which it is for nobody else, or into the queue.
    #[inline]
    fn join_plainly<O: Observer>(&mut self, id: TruckId, stage: usize, observer: &mut O) {
        if self.plan.stages[stage].patience.is_some() {
            self.await_patience(id, stage);
        }
        let station = &self.stations[stage];
        let is_next = station.yard.len() == 0 && station.has_lane(self.now);
        if is_next && (!station.named_only || self.is_named(id)) {
            self.start(id, stage, observer);
        } else {
            self.put_in_queue(id, stage);
        }
    }

    /// Starts what may start at a plain stage.
    #[inline]
    pub(super) fn start_plainly<O: Observer>(&mut self, stage: usize, observer: &mut O) {
        loop {
            let station = &mut self.stations[stage];
            if station.yard.len() == 0 || !station.has_lane(self.now) {
                return;
            }
            let Some(id) = station.yard.take_next(&mut self.arena, station.named_only) else {
                return;
            };
            self.start(id, stage, observer);
        }
    }
}
