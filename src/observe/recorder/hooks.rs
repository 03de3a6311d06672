//! What the recorder does with each hook: a few additions of integers.

use super::super::convoy::ConvoyTally;
use super::super::incident::Incident;
use super::super::stage::StageTally;
use super::super::timeline::Change;
use super::{Lane, Observation, Recorder};
use crate::model::{ActiveClosure, Answer, Aside, Cause, HubExit, Leaves, Observer, StageView, Trip, Truck, TruckId};
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
        if let Some(convoys) = self.convoys.get_mut(stream) {
            convoys.convoy(at, number, trucks);
        }
    }

    #[inline]
    fn dispatched(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if !self.dispatches_plainly(at, id, truck) {
            self.dispatches(at, id, truck);
        }
    }

    fn dispatched_again(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stretch.again += 1;
        self.leaving_hub = Some(id);
        if let Some(hub) = self.balance.hub_at(self.balance.place(id)) {
            self.hubs[hub].counts.retries += 1;
        }
        if let Some(convoys) = self.convoys.get_mut(truck.stream as usize) {
            convoys.follows(false);
        }
    }

    fn returned(&mut self, at: Time, _: TruckId, truck: &Truck, cause: Cause, again: bool) {
        self.pass(at);
        self.stretch.returns += 1;
        self.stretch.timed_out += i64::from(cause == Cause::TimedOut);
        // It goes on with another convoy.
        if let Some(convoys) = self.convoys.get_mut(truck.stream as usize).filter(|_| again) {
            convoys.ended(at, truck.convoy);
        }
    }

    fn set_aside(&mut self, at: Time, id: TruckId, truck: &Truck, place: Aside) {
        self.pass(at);
        if truck.is_traveller {
            let to = self.people.aside(place);
            self.people.go(at, id, truck.number, 0, to);
            return;
        }
        let to = self.balance.aside(place);
        self.balance.go(at, id, truck.number, truck.grams, to);
        if let Aside::Hub(hub) = place {
            self.hubs[hub as usize].counts.returned += 1;
            self.leaving_hub = self.leaving_hub.filter(|&leaving| leaving != id);
        }
    }

    fn reconsigned(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stretch.senders[truck.consignor as usize].reconsigned += 1;
        self.present_organisation[truck.consignor as usize] -= 1;
        self.present_organisation[truck.organisation as usize] += 1;
    }

    #[inline]
    fn arrived(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if !self.arrives_plainly(at, id, truck) {
            self.arrives(at, id, truck);
        }
    }

    #[inline]
    fn started(&mut self, at: Time, id: TruckId, truck: &Truck) {
        if !self.starts_plainly(at, id, truck) {
            self.starts(at, id, truck);
        }
    }

    fn paused(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].paused(at);
        self.stand(id, Lane::Paused);
    }

    fn resumed(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].resumed(at);
        self.stand(id, Lane::Served);
    }

    fn put_back(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let before = self.stand(id, Lane::PutBack);
        self.stages[truck.stage as usize].put_back(at, before == Lane::Paused);
    }

    fn taken_up(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        self.stand(id, Lane::Served);
        self.stages[truck.stage as usize].taken_up(at);
    }

    #[inline]
    fn completed(&mut self, at: Time, _: TruckId, truck: &Truck) {
        self.pass(at);
        self.stages[truck.stage as usize].completed(at);
    }

    #[inline]
    fn left(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        self.leaves(at, id, truck, to);
    }

    fn ended(&mut self, at: Time, id: TruckId, truck: &Truck, end: End, _: Cause) {
        self.ends(at, id, truck, end);
    }

    #[inline]
    fn passed(&mut self, at: Time, id: TruckId, truck: &Truck, to: usize) {
        if !self.passes_plainly(at, id, truck, to) {
            self.passes(at, id, truck, to);
        }
    }

    #[inline]
    fn passed_out(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) {
        if !self.passes_out_plainly(at, id, truck, end) {
            self.passes_out(at, id, truck, end);
        }
    }

    fn repacked(&mut self, at: Time, id: TruckId, truck: &Truck, rejected_grams: i64) {
        self.pass(at);
        self.balance.repack(id, rejected_grams);
        self.stretch.repacked(truck.cargo, truck.organisation, rejected_grams);
    }

    fn calendar(&mut self, at: Time, stage: usize, open: bool) {
        self.pass(at);
        self.stages[stage].opens(at, open);
        self.mark(at, Change::Calendar { stage, open });
    }

    fn lanes(&mut self, at: Time, stage: usize, lanes: Option<u32>) {
        self.pass(at);
        self.stages[stage].has_lanes(at, lanes.unwrap_or(0));
    }

    fn lanes_down(&mut self, at: Time, stage: usize, down: u32, failed: bool) {
        self.pass(at);
        self.stages[stage].lanes_down(at, down, failed);
    }

    fn resource(&mut self, at: Time, resource: usize, in_use: u32, available: u32, waiting: u32) {
        self.pass(at);
        self.resources[resource].changed(at, in_use, available, waiting);
    }

    fn answered(&mut self, at: Time, stage: usize, answer: Answer) {
        self.pass(at);
        self.escorts[stage].answered(answer);
    }

    fn trip(&mut self, at: Time, stage: usize, trip: &Trip) {
        self.pass(at);
        self.escorts[stage].trip(trip);
    }

    fn hub_batch(&mut self, at: Time, hub: usize, _: usize, loads: u32, sent: bool) {
        self.pass(at);
        self.hubs[hub].batch(loads, sent);
    }

    fn hub_stock(&mut self, at: Time, hub: usize, stock: u32) {
        self.pass(at);
        self.hubs[hub].stock.set(at, i64::from(stock));
    }

    fn hub_drawn(&mut self, at: Time, hub: usize, slots: u32, loads: u32) {
        self.pass(at);
        self.hubs[hub].drawn(slots, loads);
    }

    fn hub_exit(&mut self, at: Time, hub: usize, organisation: usize, _: usize, why: HubExit) {
        self.pass(at);
        self.hubs[hub].exit(why);
        let sender = &mut self.stretch.senders[organisation];
        match why {
            HubExit::Denied => sender.denied += 1,
            HubExit::Refused => sender.refused += 1,
            HubExit::Expired => sender.expired += 1,
        }
    }

    fn hub_held(&mut self, at: Time, hub: usize, organisation: usize) {
        self.pass(at);
        self.hubs[hub].counts.held += 1;
        self.stretch.senders[organisation].held += 1;
    }

    fn hub_reconsigned(&mut self, at: Time, hub: usize, from: usize, _: usize) {
        self.pass(at);
        self.hubs[hub].counts.reconsigned += 1;
        self.stretch.senders[from].reconsigned += 1;
    }

    fn denied(&mut self, at: Time, organisation: usize, _: usize) {
        self.pass(at);
        self.stretch.senders[organisation].denied += 1;
    }

    fn driver(&mut self, at: Time, driver: usize, sizes: Option<&[f64]>) {
        self.pass(at);
        match sizes {
            Some(sizes) => self.developments[driver].happens(at, sizes),
            None => self.developments[driver].ends(at),
        }
        let happens = sizes.is_some();
        self.mark(at, Change::Driver { driver, happens });
    }

    fn contingent(&mut self, at: Time, contingent: usize) {
        self.pass(at);
        self.developments[self.drivers + contingent].happens(at, &[]);
        self.mark(at, Change::Contingent { contingent });
    }

    fn security(&mut self, at: Time, capacities: &[f64], active: &[ActiveClosure]) {
        self.pass(at);
        self.closures.advance(at, &mut self.stretch);
        self.closures.changed(at, capacities, active);
        for (stage, &capacity) in self.stages.iter_mut().zip(capacities) {
            stage.shuts(at, capacity <= 0.0);
        }
        if let Some(timeline) = &mut self.timeline {
            timeline.security(at, capacities, active);
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
            exposed: 0,
            exposure: 0.0,
            lost: 0,
        });
        self.mark(at, Change::Incident { severity, regime });
    }

    fn exposure(&mut self, at: Time, number: u32, trucks: u32, exposure: f64, lost: u32) {
        self.pass(at);
        if let Some(incident) = self.incidents.iter_mut().rev().find(|i| i.number == number) {
            (incident.exposed, incident.exposure, incident.lost) = (trucks, exposure, lost);
        }
    }

    fn regime(&mut self, at: Time, regime: usize) {
        self.pass(at);
        self.regimes.enter(at, regime);
        self.mark(at, Change::Regime { regime });
    }

    fn finished(&mut self, at: Time) {
        self.pass(at);
        self.fold(at);
        if self.days.is_under_way(at) {
            self.close_day(at);
        }
        self.stages.iter_mut().for_each(|s| s.settle(at));
        self.convoys.iter_mut().for_each(ConvoyTally::settle);
        self.regimes.advance(at);
        self.closures.finish(at);
        // A run that stops because nothing is left stays empty to its horizon.
        while self.stop == Stop::WhenEmpty && self.samples.due() <= self.horizon_end {
            self.samples.take(self.stages.iter().map(StageTally::waiting));
        }
        self.end = Some(at);
    }
}

impl Recorder {
    /// How a truck stands from now on; gives how it stood.
    fn stand(&mut self, id: TruckId, lane: Lane) -> Lane {
        if id.index() >= self.lanes.len() {
            self.lanes.resize(id.index() + 1, Lane::Served);
        }
        std::mem::replace(&mut self.lanes[id.index()], lane)
    }

    fn mark(&mut self, at: Time, change: Change) {
        if let Some(timeline) = &mut self.timeline {
            timeline.push(at, change);
        }
    }
}
