//! Convoys draw from a hub: by priority, then in the order of entry, of senders within their quota of the day.

use std::cmp::Reverse;

use super::hub::Ready;
use super::observer::Observer;
use super::simulation::Simulation;
use super::truck::{Aside, TruckId};

impl Simulation<'_> {
    /// A truck that was returned can be taken again.
    pub(super) fn try_again(&mut self, id: TruckId) {
        let slot = &self.arena[id];
        let Aside::Hub(hub) = slot.aside else { return };
        let ready = Ready {
            entry: slot.entry,
            is_truck: true,
            place: id.0,
            life: slot.life,
        };
        let heap = self.heap(slot.truck.cargo, slot.truck.organisation);
        self.hubs.stocks[hub as usize].ready[heap].push(Reverse(ready));
    }

    /// A convoy takes loads for its slots, and leaves with them.
    pub(super) fn draw_from_hub<O: Observer>(&mut self, stream: usize, hub: usize, number: u32, slots: u32, observer: &mut O) {
        let mut taken = Vec::new();
        while taken.len() < slots as usize {
            let Some(ready) = self.take_ready(hub) else { break };
            taken.push(ready);
        }
        observer.hub_drawn(self.now, hub, slots, taken.len() as u32);
        if taken.is_empty() {
            return;
        }
        observer.convoy(self.now, stream, number, taken.len() as u32);
        for ready in taken {
            let id = if ready.is_truck {
                self.dispatch_again(TruckId(ready.place), stream, number, observer)
            } else {
                self.dispatch_load(ready.place, stream, number, observer)
            };
            self.arrive(id, self.arena[id].enters as usize, observer);
        }
        self.tell_stock(hub, observer);
    }

    /// What is next in a hub: by priority, then by entry, of organisations within their quota of the day.
    fn take_ready(&mut self, hub: usize) -> Option<Ready> {
        let organisations = self.plan.organisations.len();
        for heap in 0..self.hubs.stocks[hub].ready.len() {
            self.drop_stale(hub, heap);
            let is_last_of_rank = (heap + 1) % organisations == 0;
            if !is_last_of_rank {
                continue;
            }
            let first = heap + 1 - organisations;
            let next = (first..=heap)
                .filter(|h| self.quota_left(h % organisations))
                .filter_map(|h| Some((self.hubs.stocks[hub].ready[h].peek()?.0, h)))
                .min();
            if let Some((ready, h)) = next {
                self.hubs.stocks[hub].ready[h].pop();
                self.count_in_quota(h % organisations);
                return Some(ready);
            }
        }
        None
    }

    /// Forgets what is no longer there at the head of a heap.
    fn drop_stale(&mut self, hub: usize, heap: usize) {
        while let Some(Reverse(ready)) = self.hubs.stocks[hub].ready[heap].peek() {
            let is_there = if ready.is_truck {
                self.arena[TruckId(ready.place)].life == ready.life
            } else {
                self.hubs.loads[ready.place as usize].life == ready.life
            };
            if is_there {
                return;
            }
            self.hubs.stocks[hub].ready[heap].pop();
        }
    }

    fn dispatch_load<O: Observer>(&mut self, place: u32, stream: usize, number: u32, observer: &mut O) -> TruckId {
        let load = self.hubs.loads[place as usize].clone();
        self.remove_load(place);
        let id = self.make_truck(stream, number, load.entity, load.organisation, load.cargo, None);
        let slot = &mut self.arena[id];
        slot.truck.consignor = load.consignor;
        slot.hub = Some(load.hub);
        slot.entry = load.entry;
        slot.approved = load.approved;
        self.await_expiry(id, load.expires);
        observer.dispatched(self.now, id, &self.arena[id].truck);
        id
    }

    fn dispatch_again<O: Observer>(&mut self, id: TruckId, stream: usize, number: u32, observer: &mut O) -> TruckId {
        let rules = &self.plan.streams[stream];
        let slot = &mut self.arena[id];
        slot.truck.stream = rules.index;
        slot.enters = rules.enters;
        slot.truck.convoy = number;
        slot.truck.tries += 1;
        if let Some(hub) = slot.hub {
            self.hubs.stocks[hub as usize].loads -= 1;
        }
        observer.dispatched_again(self.now, id, &self.arena[id].truck);
        id
    }
}
