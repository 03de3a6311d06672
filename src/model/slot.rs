//! The arena of trucks, and the lists in which they stand.

use super::truck::{Aside, Truck, TruckId};
use crate::random::Entity;
use crate::time::{Duration, Time};

/// No truck.
pub(super) const NONE: u32 = u32::MAX;

/// What a truck is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// The slot is free.
    Free,
    /// Waits in the yard of its stage.
    Queued,
    /// Waits outside the full yard of its stage.
    Outside,
    /// In a lane, served.
    Serving,
    /// In a lane, stopped.
    Paused,
    /// In a lane, served, and without a place further on.
    Blocked,
    /// Waits for units of a resource, a lane being free.
    Asking,
    /// Waits at an escort with its group.
    Grouped,
    /// At no stage.
    Aside,
}

/// A truck with what the engine needs to move it: three lines of the cache, of which the usual steps touch the first two.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct Slot {
    /// Order of coming into its yard.
    pub(super) ticket: i64,
    /// When the service under way is over.
    pub(super) ends_at: Time,
    /// The whole time of the service under way.
    pub(super) total: Duration,
    /// When clearance for it was first asked, at its escort.
    pub(super) requested: Time,
    /// Before it in its list.
    pub(super) prev: u32,
    /// After it in its list.
    pub(super) next: u32,
    /// Number of the visit under way to its stage, from 0.
    pub(super) visit: u32,
    /// Grows when completions and patience that were scheduled no longer hold.
    pub(super) generation: u32,
    /// Its sublist in the yard.
    pub(super) sublist: u16,
    /// The stage at which it enters, or comes again.
    pub(super) enters: u16,
    /// What it is doing.
    pub(super) state: State,
    /// It was put back to the queue and goes on with what remained.
    pub(super) interrupted: bool,
    /// It has ended a service.
    pub(super) served: bool,
    /// Its request was approved: it had to ask for one.
    pub(super) approved: bool,
    /// Its load expires at the end of the service under way.
    pub(super) spoiled: bool,
    /// It has been screened.
    pub(super) screened: bool,
    /// Grows when the slot's truck ends.
    pub(super) life: u32,
    /// What everybody may see.
    pub(super) truck: Truck,
    /// What remains of a stopped service.
    pub(super) remaining: Duration,
    /// Order of entry into its hub.
    pub(super) entry: u64,
    /// The day on which it was found over its quota.
    pub(super) quota_day: i64,
    /// Its request for units of resources, its group at an escort, or its lane at a stage whose lanes fail.
    pub(super) place: u32,
    /// Tries that count towards its hub's limit.
    pub(super) tries: u32,
    /// How often it was turned back.
    pub(super) turned_back: u32,
    /// Why it is at no stage.
    pub(super) aside: Aside,
    /// Its hub, and its order of entry there; of use only where it was drawn from one.
    pub(super) hub: Option<u16>,
    /// Where a blocked truck wants to go.
    pub(super) target: u16,
}

impl Slot {
    /// A slot without a truck.
    pub(super) fn empty() -> Slot {
        let nobody = Entity::numbered(0, 0);
        Slot {
            truck: Truck {
                number: 0,
                is_traveller: false,
                stream: 0,
                convoy: 0,
                entity: nobody,
                organisation: 0,
                consignor: 0,
                cargo: 0,
                grams: 0,
                pallets: 0.0,
                dispatched: Time::ZERO,
                tries: 0,
                stage: 0,
                arrived: Time::ZERO,
                started: Time::NEVER,
                completed: Time::NEVER,
            },
            state: State::Free,
            prev: NONE,
            next: NONE,
            visit: 0,
            ticket: 0,
            sublist: 0,
            generation: 0,
            life: 0,
            total: Duration::ZERO,
            remaining: Duration::ZERO,
            ends_at: Time::NEVER,
            target: 0,
            enters: 0,
            aside: Aside::Held,
            place: NONE,
            requested: Time::NEVER,
            interrupted: false,
            screened: false,
            served: false,
            approved: false,
            tries: 1,
            hub: None,
            entry: 0,
            spoiled: false,
            turned_back: 0,
            quota_day: 0,
        }
    }
}

/// All trucks of a replication; slots of ended trucks are used again.
#[derive(Debug, Default)]
pub(super) struct Arena {
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// Visits so far, by slot and stage.
    visits: Vec<u32>,
    stages: usize,
    /// Trucks that have not ended.
    pub(super) live: usize,
}

impl Arena {
    /// Forgets all trucks, keeps the memory.
    pub(super) fn clear(&mut self, stages: usize) {
        self.slots.clear();
        self.free.clear();
        self.visits.clear();
        self.stages = stages;
        self.live = 0;
    }

    /// A slot for a new truck, whose fields are then filled in.
    pub(super) fn allocate(&mut self) -> TruckId {
        self.live += 1;
        if let Some(id) = self.free.pop() {
            let from = id as usize * self.stages;
            self.visits[from..from + self.stages].fill(0);
            TruckId(id)
        } else {
            self.slots.push(Slot::empty());
            self.visits.resize(self.slots.len() * self.stages, 0);
            TruckId(self.slots.len() as u32 - 1)
        }
    }

    /// Gives a slot back; events that name the truck no longer hold.
    pub(super) fn release(&mut self, id: TruckId) {
        self.live -= 1;
        let slot = &mut self.slots[id.index()];
        slot.state = State::Free;
        slot.life += 1;
        slot.generation += 1;
        self.free.push(id.0);
    }

    /// The places of all trucks, ended ones among them.
    pub(super) fn ids(&self) -> impl Iterator<Item = TruckId> + use<> {
        (0..self.slots.len() as u32).map(TruckId)
    }

    /// A visit of a truck to a stage begins: it is counted, and its number, from 0, is part of the address of its draws there.
    #[inline]
    pub(super) fn begin_visit(&mut self, id: TruckId, stage: usize, now: Time) -> &mut Slot {
        let visits = &mut self.visits[id.index() * self.stages + stage];
        let slot = &mut self.slots[id.index()];
        slot.visit = *visits;
        *visits += 1;
        slot.interrupted = false;
        slot.requested = Time::NEVER;
        let truck = &mut slot.truck;
        truck.stage = stage as u16;
        truck.arrived = now;
        truck.started = Time::NEVER;
        truck.completed = Time::NEVER;
        slot
    }
}

impl std::ops::Index<TruckId> for Arena {
    type Output = Slot;

    fn index(&self, id: TruckId) -> &Slot {
        &self.slots[id.index()]
    }
}

impl std::ops::IndexMut<TruckId> for Arena {
    fn index_mut(&mut self, id: TruckId) -> &mut Slot {
        &mut self.slots[id.index()]
    }
}

/// A list of trucks linked through their slots; a truck stands in one list at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    head: u32,
    tail: u32,
    len: u32,
}

impl Default for List {
    fn default() -> List {
        List {
            head: NONE,
            tail: NONE,
            len: 0,
        }
    }
}

impl List {
    /// Number of trucks.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// The first truck.
    pub(super) fn first(&self) -> Option<TruckId> {
        (self.head != NONE).then_some(TruckId(self.head))
    }

    /// The last truck.
    pub(super) fn last(&self) -> Option<TruckId> {
        (self.tail != NONE).then_some(TruckId(self.tail))
    }

    /// The truck after this one.
    pub(super) fn after(arena: &Arena, id: TruckId) -> Option<TruckId> {
        let next = arena[id].next;
        (next != NONE).then_some(TruckId(next))
    }

    /// Puts a truck at the beginning.
    pub(super) fn push_front(&mut self, arena: &mut Arena, id: TruckId) {
        let slot = &mut arena[id];
        slot.prev = NONE;
        slot.next = self.head;
        if self.head == NONE {
            self.tail = id.0;
        } else {
            arena[TruckId(self.head)].prev = id.0;
        }
        self.head = id.0;
        self.len += 1;
    }

    /// Puts a truck at the end; gives its slot.
    #[inline]
    pub(super) fn push<'a>(&mut self, arena: &'a mut Arena, id: TruckId) -> &'a mut Slot {
        let last = std::mem::replace(&mut self.tail, id.0);
        if last == NONE {
            self.head = id.0;
        } else {
            arena[TruckId(last)].next = id.0;
        }
        self.len += 1;
        let slot = &mut arena[id];
        (slot.prev, slot.next) = (last, NONE);
        slot
    }

    /// Takes out the first truck.
    #[inline]
    pub(super) fn pop_front(&mut self, arena: &mut Arena) -> Option<TruckId> {
        let first = self.first()?;
        self.head = arena[first].next;
        if self.head == NONE {
            self.tail = NONE;
        } else {
            arena[TruckId(self.head)].prev = NONE;
        }
        self.len -= 1;
        Some(first)
    }

    /// Takes a truck out, wherever it stands.
    pub(super) fn remove(&mut self, arena: &mut Arena, id: TruckId) {
        let (prev, next) = (arena[id].prev, arena[id].next);
        if prev == NONE {
            self.head = next;
        } else {
            arena[TruckId(prev)].next = next;
        }
        if next == NONE {
            self.tail = prev;
        } else {
            arena[TruckId(next)].prev = prev;
        }
        self.len -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_takes_three_lines_of_the_cache_and_what_is_seldom_needed_stands_in_the_third() {
        assert_eq!(size_of::<Slot>(), 192);
        assert_eq!(std::mem::offset_of!(Slot, truck), 64);
        assert_eq!(std::mem::offset_of!(Truck, convoy), 64);
    }
}
