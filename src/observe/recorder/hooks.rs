//! What the recorder does with each hook: a few additions of integers.

use super::super::balance::Off;
use super::super::incident::Incident;
use super::super::stage::StageTally;
use super::{Delivery, Observation, Recorder};
use crate::model::{ActiveClosure, Aside, Cause, Leaves, Observer, StageView, Truck, TruckId};
use crate::scenario::{End, Stop};
use crate::time::Time;

impl Observer for Recorder {
    fn observation(&mut self, at: Time, stages: &[StageView]) {
        self.pass(at);
        if self.keeps.observations && at >= self.warm_up {
            let seen = stages.iter().enumerate().map(|(stage, &view)| Observation { at, stage, view });
            self.observations.extend(seen);
        }
    }

    fn convoy(&mut self, at: Time, stream: usize, number: u32, trucks: u32) {
        self.pass(at);
        if self.keeps.convoys {
            self.convoys[stream].convoy(at, number, trucks);
        }
    }

    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.balance.dispatch(at, id, truck.number, truck.grams);
        self.backlog.change(at, 1);
        self.present_cargo[truck.cargo as usize] += 1;
        self.present_organisation[truck.organisation as usize] += 1;
        self.stretch.dispatch(truck.cargo, truck.organisation, truck.grams);
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].dispatched();
        }
    }

    fn set_aside(&mut self, at: Time, id: TruckId, truck: &Truck, place: Aside) {
        self.pass(at);
        let to = self.balance.off(Off::of(place));
        self.balance.go(at, id, truck.number, truck.grams, to);
    }

    fn reconsigned(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stretch.reconsigned[truck.consignor as usize] += 1;
        self.present_organisation[truck.consignor as usize] -= 1;
        self.present_organisation[truck.organisation as usize] += 1;
    }

    #[inline]
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let from = self.balance.go(at, id, truck.number, truck.grams, truck.stage);
        self.stages[truck.stage as usize].arrived(at, truck.cargo);
        self.first.arrived(id, truck.stage as usize);
        // A move from stage to stage was counted when the truck left.
        if self.keeps.moves && from != self.balance.off(Off::Between) {
            self.moved(from, truck.stage as usize, truck.grams);
        }
    }

    #[inline]
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let wait = (at - truck.arrived).0;
        self.stages[truck.stage as usize].started(at, truck.cargo, wait);
        self.first.waited(id, truck.stage as usize, Some(wait));
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].started(at, truck.convoy);
        }
    }

    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].paused(at);
        if id.index() >= self.paused.len() {
            self.paused.resize(id.index() + 1, false);
        }
        self.paused[id.index()] = true;
    }

    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].resumed(at);
        if let Some(paused) = self.paused.get_mut(id.index()) {
            *paused = false;
        }
    }

    #[inline]
    fn completed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].completed(at);
    }

    #[inline]
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        self.pass(at);
        let from = truck.stage as usize;
        let tally = &mut self.stages[from];
        let time = (at - truck.arrived).0;
        if truck.completed != Time::NEVER {
            tally.served(at, truck.cargo, time);
            if let Some(counter) = self.counter_of[from] {
                self.stretch.counted[counter] += 1;
            }
        } else if truck.started != Time::NEVER {
            let paused = self.paused.get_mut(id.index()).is_some_and(std::mem::take);
            tally.broken_off(at, paused);
        } else {
            tally.gave_up(at, truck.cargo, time, to == Leaves::End(End::Lost));
            self.first.waited(id, from, None);
        }
        if to == Leaves::End(End::Expired) {
            tally.expired(truck.cargo);
        }
        let stages = self.stages.len();
        let (off, place) = match to {
            Leaves::Stage(stage) => (Off::Between, stage),
            Leaves::End(end) => (Off::Ending, stages + end as usize),
            Leaves::TurnedBack => (Off::Between, stages + End::TurnedBack as usize),
            Leaves::Returned => (Off::Between, stages + End::Returned as usize),
            Leaves::Repacking => (Off::Between, stages + End::Rejected as usize),
            Leaves::Diverted => (Off::Between, stages + End::Diverted as usize),
        };
        self.balance.leave(at, id, truck.number, truck.grams, truck.stage, off);
        if self.keeps.moves {
            self.moved(truck.stage, place, truck.grams);
        }
    }

    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, cause: Cause) {
        self.pass(at);
        let from = self.balance.end(at, id, truck.number, truck.grams);
        self.backlog.change(at, -1);
        self.present_cargo[truck.cargo as usize] -= 1;
        self.present_organisation[truck.organisation as usize] -= 1;
        self.stretch.end(truck.cargo, truck.organisation, truck.grams, end);
        self.stretch.timed_out += i64::from(end == End::Returned && cause == Cause::TimedOut);
        self.last_end = Some(at);
        if end == End::Delivered {
            self.deliveries.push(Delivery {
                time: (at - truck.dispatched).0,
                cargo: truck.cargo,
                organisation: truck.organisation,
            });
        }
        if self.keeps.convoys {
            self.convoys[truck.stream as usize].ended(at, truck.convoy);
        }
        // An end at a stage was counted as a move when the truck left.
        if self.keeps.moves && from != self.balance.off(Off::Ending) {
            self.moved(from, self.stages.len() + end as usize, truck.grams);
        }
    }

    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.pass(at);
        self.stages[stage].opens(at, open);
    }

    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.pass(at);
        self.closures.advance(at, &mut self.stretch);
        self.closures.changed(at, capacities, active);
        for (stage, &capacity) in self.stages.iter_mut().zip(capacities) {
            stage.shuts(at, capacity <= 0.0);
        }
    }

    fn incident(&mut self, at: Time, number: u32, severity: usize, regime: Option<usize>) {
        self.pass(at);
        self.stretch.incidents += 1;
        self.incidents.push(Incident {
            at,
            number,
            severity,
            regime,
        });
    }

    fn regime(&mut self, at: Time, regime: usize) {
        self.pass(at);
        self.regimes.enter(at, regime);
    }

    fn finished(&mut self, at: Time) {
        self.pass(at);
        self.fold(at);
        self.days.finish(at, self.balance.present());
        self.stages.iter_mut().for_each(|s| s.advance(at));
        self.backlog.advance(at);
        self.regimes.advance(at);
        self.closures.finish(at);
        // A run that stops because nothing is left stays empty to its horizon.
        while self.stop == Stop::WhenEmpty && self.samples.due() <= self.horizon_end {
            self.samples.take(self.stages.iter().map(StageTally::waiting));
        }
        self.end = Some(at);
    }
}
