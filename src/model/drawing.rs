//! Convoys draw from a hub: by priority, then in the order of entry, of senders within their quota of the day.

use super::observer::Observer;
use super::ready::Ready;
use super::simulation::Simulation;
use super::truck::{Aside, TruckId};

/// The order of entry of nothing: none is so great.
const NOTHING: u64 = u64::MAX;

impl Simulation<'_> {
    /// A truck that was returned can be taken again.
    pub(super) fn try_again(&mut self, id: TruckId) {
        let slot = &self.arena[id];
        let Aside::Hub(hub) = slot.aside else { return };
        let set = self.set_of(slot.truck.cargo, slot.truck.organisation);
        let ready = Ready::Truck { id, life: slot.life };
        self.hubs.stocks[hub as usize].ready.put(set, slot.entry, ready);
    }

    /// A convoy takes loads for its slots, and leaves with them.
    pub(super) fn draw_from_hub<O: Observer>(&mut self, stream: usize, hub: usize, number: u32, slots: u32, observer: &mut O) {
        let mut taken = std::mem::take(&mut self.hubs.taken);
        self.take_ready(hub, slots as usize, &mut taken);
        observer.hub_drawn(self.now, hub, slots, taken.len() as u32);
        if taken.is_empty() {
            self.hubs.taken = taken;
            return;
        }
        observer.convoy(self.now, stream, number, taken.len() as u32);
        for ready in taken.drain(..) {
            let id = match ready {
                Ready::Truck { id, .. } => self.dispatch_again(id, stream, number, observer),
                Ready::Load { place, .. } => self.dispatch_load(place, stream, number, observer),
            };
            self.arrive(id, self.arena[id].enters as usize, observer);
        }
        self.hubs.taken = taken;
        self.tell_stock(hub, observer);
    }

    /// What is next in a hub, as far as there are slots: by priority, then by entry, of organisations within their quota of the day.
    fn take_ready(&mut self, hub: usize, slots: usize, taken: &mut Vec<Ready>) {
        let organisations = self.plan.organisations.len();
        let ranks = self.hubs.ranks;
        let mut heads = std::mem::take(&mut self.hubs.heads);
        for rank in 0..ranks {
            heads.clear();
            heads.extend((0..organisations).map(|o| self.head(hub, rank, o)));
            while taken.len() < slots {
                let first = heads.iter().copied().enumerate().min_by_key(|(_, entry)| *entry);
                let Some((organisation, entry)) = first.filter(|(_, entry)| *entry != NOTHING) else {
                    break;
                };
                taken.extend(self.hubs.stocks[hub].ready.take(rank * organisations + organisation, entry));
                self.count_in_quota(organisation);
                heads[organisation] = self.head(hub, rank, organisation);
            }
        }
        self.hubs.heads = heads;
    }

    /// The order of entry of what an organisation has next in a class, if its quota of the day lets it; what is no longer there is
    /// forgotten.
    fn head(&mut self, hub: usize, rank: usize, organisation: usize) -> u64 {
        if !self.quota_left(organisation) {
            return NOTHING;
        }
        let (arena, loads) = (&self.arena, &self.hubs.loads);
        let is_there = |ready| match ready {
            Ready::Truck { id, life } => arena[id].life == life,
            Ready::Load { place, life } => loads[place as usize].life == life,
        };
        let set = rank * self.plan.organisations.len() + organisation;
        self.hubs.stocks[hub].ready.first(set, is_there).unwrap_or(NOTHING)
    }

    fn dispatch_load<O: Observer>(&mut self, place: u32, stream: usize, number: u32, observer: &mut O) -> TruckId {
        let load = self.hubs.loads[place as usize];
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
