//! The waiting yard of a stage: who is next.
//!
//! The yard is a set of first-in-first-out sublists, one for each priority class and for each side of the humanitarian window,
//! so that the next truck is found at the ends of lists and any truck can leave at once.

use super::slot::{Arena, List, State};
use super::truck::TruckId;
use crate::scenario::Discipline;

/// The trucks that wait in a yard.
#[derive(Clone, Debug)]
pub(super) struct Yard {
    discipline: Discipline,
    /// First come, first served, with no regard to the kind of goods.
    is_one_queue: bool,
    sublists: Vec<List>,
    len: u32,
    tickets: i64,
    /// Tickets given to trucks that were put back, below 0.
    tickets_ahead: i64,
}

fn by_priority(discipline: Discipline) -> bool {
    matches!(discipline, Discipline::Priority | Discipline::PreemptivePriority)
}

impl Yard {
    /// An empty yard for `ranks` priority classes; `sorts`: whether the kind of goods matters.
    pub(super) fn new(discipline: Discipline, ranks: usize, sorts: bool) -> Yard {
        let ranks = if by_priority(discipline) { ranks.max(1) } else { 1 };
        Yard {
            discipline,
            is_one_queue: discipline == Discipline::Fifo && !sorts,
            sublists: vec![List::default(); 2 * ranks],
            len: 0,
            tickets: 0,
            tickets_ahead: 0,
        }
    }

    /// Forgets all trucks.
    pub(super) fn clear(&mut self) {
        self.sublists.fill(List::default());
        self.len = 0;
        self.tickets = 0;
        self.tickets_ahead = 0;
    }

    /// Number of trucks.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// Adds a truck of a priority class; `named`: the humanitarian window is for its cargo.
    #[inline]
    pub(super) fn push(&mut self, arena: &mut Arena, id: TruckId, rank: usize, named: bool) {
        let sublist = self.sublist(rank, named);
        self.tickets += 1;
        self.len += 1;
        let slot = self.sublists[sublist].push(arena, id);
        slot.ticket = self.tickets;
        slot.sublist = sublist as u16;
        slot.state = State::Queued;
    }

    /// Adds a truck at the head of its class: it is next among its equals.
    pub(super) fn push_ahead(&mut self, arena: &mut Arena, id: TruckId, rank: usize, named: bool) {
        if self.discipline == Discipline::Lifo {
            self.push(arena, id, rank, named);
            return;
        }
        let sublist = self.sublist(rank, named);
        self.tickets_ahead -= 1;
        let slot = &mut arena[id];
        slot.ticket = self.tickets_ahead;
        slot.sublist = sublist as u16;
        slot.state = State::Queued;
        self.sublists[sublist].push_front(arena, id);
        self.len += 1;
    }

    #[inline]
    fn sublist(&self, rank: usize, named: bool) -> usize {
        let rank = if by_priority(self.discipline) { rank } else { 0 };
        2 * rank + usize::from(named)
    }

    /// Number of trucks, of all or only of those for whom the humanitarian window is.
    pub(super) fn candidates(&self, named_only: bool) -> u32 {
        if named_only {
            self.sublists.iter().skip(1).step_by(2).map(List::len).sum()
        } else {
            self.len
        }
    }

    /// Who came first of those that wait, or only of those for whom the humanitarian window is.
    #[inline]
    pub(super) fn oldest(&self, arena: &Arena, named_only: bool) -> Option<TruckId> {
        if self.is_one_queue && !named_only {
            return self.sublists[0].first();
        }
        self.oldest_of_all(arena, named_only)
    }

    fn oldest_of_all(&self, arena: &Arena, named_only: bool) -> Option<TruckId> {
        self.sublists
            .iter()
            .enumerate()
            .filter(|(i, _)| !named_only || i % 2 == 1)
            .filter_map(|(_, list)| list.first())
            .min_by_key(|id| (arena[*id].truck.arrived, arena[*id].ticket))
    }

    /// Adds the next trucks, at most so many, to a list; false where they do not stand in one queue.
    pub(super) fn first_in_one_queue(&self, arena: &Arena, named_only: bool, most: u32, into: &mut Vec<TruckId>) -> bool {
        if !self.is_one_queue || named_only {
            return false;
        }
        let first = std::iter::successors(self.sublists[0].first(), |id| List::after(arena, *id));
        into.extend(first.take(most as usize));
        true
    }

    /// Takes a truck out, wherever it stands.
    pub(super) fn remove(&mut self, arena: &mut Arena, id: TruckId) {
        let sublist = arena[id].sublist as usize;
        self.sublists[sublist].remove(arena, id);
        self.len -= 1;
    }

    /// Who is next, of all or only of those for whom the humanitarian window is.
    pub(super) fn next(&self, arena: &Arena, named_only: bool) -> Option<TruckId> {
        self.sublists.chunks_exact(2).find_map(|pair| {
            let [other, named] = [&pair[0], &pair[1]].map(|l| if self.discipline == Discipline::Lifo { l.last() } else { l.first() });
            match (other, named) {
                (Some(a), Some(b)) if !named_only => {
                    let a_first = arena[a].ticket < arena[b].ticket;
                    Some(if a_first == (self.discipline == Discipline::Lifo) { b } else { a })
                }
                (Some(a), None) if !named_only => Some(a),
                (_, named) => named,
            }
        })
    }

    /// Takes out who is next.
    #[inline]
    pub(super) fn take_next(&mut self, arena: &mut Arena, named_only: bool) -> Option<TruckId> {
        if self.is_one_queue && !named_only {
            self.len -= 1;
            return self.sublists[0].pop_front(arena);
        }
        let id = self.next(arena, named_only)?;
        self.remove(arena, id);
        Some(id)
    }

    /// All trucks in the order in which they came.
    pub(super) fn in_order_of_coming(&self, arena: &Arena, into: &mut Vec<TruckId>) {
        let from = into.len();
        for list in &self.sublists {
            let mut at = list.first();
            while let Some(id) = at {
                into.push(id);
                at = List::after(arena, id);
            }
        }
        into[from..].sort_unstable_by_key(|id| arena[*id].ticket);
    }
}
