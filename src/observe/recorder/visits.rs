//! Trucks on their way, from the dispatch to the end.
//!
//! Each of the steps that every truck takes can be told plainly: as the few sums that are left when no time is cut off, nothing needs
//! more room, the truck is where it should be and no tally of single visits is kept. A plain step gives false, and has done nothing,
//! where one of this does not hold; the step is then told in full.

use super::super::balance::Balance;
use super::super::off::Off;
use super::{Lane, Recorder, targets};
use crate::model::{Leaves, Truck, TruckId};
use crate::scenario::End;
use crate::time::Time;

/// The plain steps.
impl Recorder {
    #[inline]
    pub(super) fn dispatches_plainly(&mut self, at: Time, id: TruckId, truck: &Truck) -> bool {
        if at >= self.plain_until {
            return false;
        }
        let (book, grams) = self.book(truck);
        let plain = book.enters(id, grams);
        if plain {
            self.comes_in(at, truck);
        }
        plain
    }

    #[inline]
    pub(super) fn arrives_plainly(&mut self, at: Time, id: TruckId, truck: &Truck) -> bool {
        if at >= self.plain_until {
            return false;
        }
        let (book, grams) = self.book(truck);
        let plain = book.comes(id, grams, truck.stage);
        if plain {
            let tally = &mut self.stages[truck.stage as usize];
            tally.arrived(at);
            tally.set_first();
        }
        plain
    }

    #[inline]
    pub(super) fn starts_plainly(&mut self, at: Time, _: TruckId, truck: &Truck) -> bool {
        let tally = &mut self.stages[truck.stage as usize];
        let plain = at < self.plain_until && tally.has_room();
        if plain {
            tally.started_within(at, (at - truck.arrived).0);
            if tally.is_first() {
                self.begins(at, truck);
            }
        }
        plain
    }

    #[inline]
    pub(super) fn passes_plainly(&mut self, at: Time, id: TruckId, truck: &Truck, to: usize) -> bool {
        let plain = at < self.plain_until && self.balance.passes(id, truck.stage, to as u16);
        if plain {
            self.stages[truck.stage as usize].passed(at, (at - truck.arrived).0);
            self.stages[to].arrived(at);
        }
        plain
    }

    #[inline]
    pub(super) fn passes_out_plainly(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) -> bool {
        if at >= self.plain_until || !self.deliveries.has_room() {
            return false;
        }
        let (book, grams) = self.book(truck);
        let plain = book.passes_out(id, truck.stage, grams);
        if plain {
            let tally = &mut self.stages[truck.stage as usize];
            tally.passed(at, (at - truck.arrived).0);
            if end == End::Expired {
                tally.expired();
            }
            self.passes_on(at, truck, end);
        }
        plain
    }
}

/// The same in full, and the other steps.
impl Recorder {
    #[inline(never)]
    pub(super) fn dispatches(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let (book, grams) = self.book(truck);
        book.dispatch(at, id, truck.number, grams);
        self.comes_in(at, truck);
    }

    #[inline(never)]
    pub(super) fn arrives(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let tally = &mut self.stages[truck.stage as usize];
        tally.arrived(at);
        tally.set_first();
        let (book, grams) = self.book(truck);
        let from = book.go(at, id, truck.number, grams, truck.stage);
        if self.keeps.visits {
            self.tally_arrival(id, truck, truck.stage);
            // A move from stage to stage was counted when the truck left.
            if from != self.balance.off(Off::Between) {
                self.moved(truck, from, truck.stage as usize);
            }
        }
    }

    #[inline(never)]
    pub(super) fn starts(&mut self, at: Time, id: TruckId, truck: &Truck) {
        self.pass(at);
        let wait = (at - truck.arrived).0;
        self.stages[truck.stage as usize].started(at, wait);
        self.begins(at, truck);
        if self.keeps.visits {
            self.tally_wait(truck, wait);
            self.first.waited(id, truck.stage as usize, Some(wait));
        }
    }

    /// From its lane to the queue of another stage.
    #[inline(never)]
    pub(super) fn passes(&mut self, at: Time, id: TruckId, truck: &Truck, to: usize) {
        self.pass(at);
        let time = (at - truck.arrived).0;
        self.stages[truck.stage as usize].passed(at, time);
        self.stages[to].arrived(at);
        let (book, grams) = self.book(truck);
        if !book.passes(id, truck.stage, to as u16) {
            book.pass(at, id, truck.number, grams, truck.stage, to as u16);
        }
        if self.keeps.visits {
            self.tally_service(truck, time);
            self.moved(truck, truck.stage, to);
            self.tally_arrival(id, truck, to as u16);
        }
    }

    /// From its lane out of the system.
    #[inline(never)]
    pub(super) fn passes_out(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) {
        self.pass(at);
        let time = (at - truck.arrived).0;
        let tally = &mut self.stages[truck.stage as usize];
        tally.passed(at, time);
        if end == End::Expired {
            tally.expired();
        }
        if self.keeps.visits {
            self.tally_service(truck, time);
            self.tally_expiry(truck, end);
            self.moved(truck, truck.stage, self.stages.len() + end as usize);
        }
        let (book, grams) = self.book(truck);
        if !book.passes_out(id, truck.stage, grams) {
            book.pass_out(at, id, truck.number, grams, truck.stage);
        }
        self.deliveries.make_room();
        self.passes_on(at, truck, end);
    }

    pub(super) fn leaves(&mut self, at: Time, id: TruckId, truck: &Truck, to: Leaves) {
        self.pass(at);
        let stages = self.stages.len();
        let tally = &mut self.stages[truck.stage as usize];
        let time = (at - truck.arrived).0;
        let unserved = truck.started == Time::NEVER && truck.completed == Time::NEVER;
        if truck.completed != Time::NEVER {
            tally.served(at, time);
        } else if unserved {
            tally.gave_up(at, time, to == Leaves::End(End::Lost));
        } else {
            match self.lanes.get_mut(id.index()).map(std::mem::take).unwrap_or_default() {
                Lane::PutBack => tally.left_again(at),
                lane => tally.broken_off(at, lane == Lane::Paused),
            }
        }
        if to == Leaves::End(End::Expired) {
            tally.expired();
        }
        let (off, place) = match to {
            Leaves::Stage(stage) => (Off::Between, stage),
            Leaves::End(end) => (Off::Ending, stages + end as usize),
            Leaves::TurnedBack => (Off::Between, stages + End::TurnedBack as usize),
            Leaves::Returned => (Off::Between, stages + End::Returned as usize),
            Leaves::Repacking => (Off::Between, stages + End::ALL.len()),
            Leaves::Diverted => (Off::Between, stages + End::Diverted as usize),
        };
        let (book, grams) = self.book(truck);
        book.leave(at, id, truck.number, grams, truck.stage, off);
        if self.keeps.visits {
            if truck.completed != Time::NEVER {
                self.tally_service(truck, time);
            } else if unserved {
                self.tally_without_service(id, truck, time, to);
            }
            if let Leaves::End(end) = to {
                self.tally_expiry(truck, end);
            }
            self.moved(truck, truck.stage, place);
        }
    }

    pub(super) fn ends(&mut self, at: Time, id: TruckId, truck: &Truck, end: End) {
        self.pass(at);
        if truck.is_traveller {
            self.people.end(at, id, truck.number, 0);
            self.crosses(at, truck, end);
            return;
        }
        let from = self.balance.end(at, id, truck.number, truck.grams);
        // A truck that waited in its hub had left its convoy.
        let convoyed = self.balance.hub_at(from).is_none() || self.leaving_hub == Some(id);
        self.deliveries.make_room();
        self.goes_out(at, truck, end, convoyed);
        // An end at a stage, and a diversion, was counted as a move when the truck left.
        let off = |off| self.balance.off(off);
        let told = from == off(Off::Ending) || (from == off(Off::Diverted) && end == End::Diverted);
        if !told {
            self.moved(truck, from, self.stages.len() + end as usize);
        }
    }

    /// The book in which it stands, and its load there.
    #[inline]
    const fn book(&mut self, truck: &Truck) -> (&mut Balance, i64) {
        if truck.is_traveller {
            (&mut self.people, 0)
        } else {
            (&mut self.balance, truck.grams)
        }
    }

    /// A truck or traveller comes into the system.
    #[inline]
    fn comes_in(&mut self, at: Time, truck: &Truck) {
        if truck.is_traveller {
            self.travellers.rise(at);
            return;
        }
        self.backlog.rise(at);
        self.stretch.dispatch(truck.cargo, truck.organisation, truck.grams);
        if let Some(convoys) = self.convoys.get_mut(truck.stream as usize) {
            convoys.follows(true);
        }
    }

    /// The service of a truck starts, perhaps the first one of its convoy.
    #[inline]
    fn begins(&mut self, at: Time, truck: &Truck) {
        if !truck.is_traveller
            && let Some(convoys) = self.convoys.get_mut(truck.stream as usize)
        {
            convoys.started(at, truck.convoy);
        }
    }

    /// A truck or traveller leaves the system from a lane; there is room for one more delivery.
    #[inline]
    fn passes_on(&mut self, at: Time, truck: &Truck, end: End) {
        if truck.is_traveller {
            self.crosses(at, truck, end);
        } else {
            self.goes_out(at, truck, end, true);
        }
    }

    /// A truck leaves the system, and its convoy if it was still in it; there is room for one more delivery.
    #[inline]
    fn goes_out(&mut self, at: Time, truck: &Truck, end: End, convoyed: bool) {
        self.backlog.fall(at);
        self.stretch.end(truck.cargo, truck.organisation, truck.grams, end);
        self.last_end = Some(at);
        if end == End::Delivered {
            self.stocks.delivered(at, truck.cargo, truck.grams);
            self.deliveries
                .push_within((at - truck.dispatched).0, truck.cargo, truck.organisation);
        }
        if convoyed && let Some(convoys) = self.convoys.get_mut(truck.stream as usize) {
            convoys.ended(at, truck.convoy);
        }
    }

    /// One of the people leaves the system.
    fn crosses(&mut self, at: Time, truck: &Truck, end: End) {
        self.travellers.fall(at);
        self.stretch.crossed[truck.stream as usize] += i64::from(end == End::Delivered);
    }
}

/// What only tables seldom asked for need.
impl Recorder {
    fn tally_arrival(&mut self, id: TruckId, truck: &Truck, stage: u16) {
        self.first.arrived(id, stage as usize);
        if let Some(visits) = self.stages[stage as usize].of_cargo(truck.cargo) {
            visits.arrivals += 1;
        }
    }

    fn tally_wait(&mut self, truck: &Truck, wait: i64) {
        if let Some(visits) = self.stages[truck.stage as usize].of_cargo(truck.cargo) {
            visits.waited(wait);
        }
    }

    fn tally_service(&mut self, truck: &Truck, time: i64) {
        if let Some(visits) = self.stages[truck.stage as usize].of_cargo(truck.cargo) {
            visits.served(time);
        }
    }

    fn tally_without_service(&mut self, id: TruckId, truck: &Truck, wait: i64, to: Leaves) {
        self.first.waited(id, truck.stage as usize, None);
        if to != Leaves::End(End::Lost) {
            self.tally_wait(truck, wait);
        } else if let Some(visits) = self.stages[truck.stage as usize].of_cargo(truck.cargo) {
            visits.lost += 1;
        }
    }

    fn tally_expiry(&mut self, truck: &Truck, end: End) {
        if let Some(visits) = self.stages[truck.stage as usize].of_cargo(truck.cargo) {
            visits.expired += i64::from(end == End::Expired);
        }
    }

    /// A move to a stage, an end or repacking; those set aside before their first stage come from their dispatch.
    fn moved(&mut self, truck: &Truck, from: u16, to: usize) {
        if !self.keeps.moves || truck.is_traveller {
            return;
        }
        let off = |off| self.balance.off(off);
        let from = match from {
            aside if [Off::Held, Off::Quota, Off::Approval].map(off).contains(&aside) => off(Off::Dispatched),
            // Turned back and spoiled at the same instant.
            between if between == off(Off::Between) => off(Off::TurnedBack),
            place => place,
        };
        let row = usize::from(from) * targets(self.stages.len());
        if let Some(load) = self.moves.get_mut(row + to) {
            load.add(truck.grams);
        }
    }
}
