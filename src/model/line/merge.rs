//! Who comes to a stage, from several places, in the order in which the event engine lets them come.
//!
//! Trucks that come at one instant: those that end a service before those of a convoy; the ends of services in the order in which these
//! were put on the agenda, which is that of their starts. Where that does not tell them apart (services of two stages that started at one
//! instant and end at one instant, or services of no length) the order hangs on what else the instant held, and the line gives up.

use std::cmp::Ordering;

use crate::time::Time;

/// Trucks that come to a stage from one place, in order.
#[derive(Debug, Default)]
pub(super) struct Coming {
    pub(super) at: Vec<Time>,
    pub(super) truck: Vec<u32>,
}

impl Coming {
    pub(super) fn clear(&mut self) {
        self.at.clear();
        self.truck.clear();
    }

    pub(super) fn add(&mut self, at: &[Time], trucks: &[u32]) {
        self.at.extend_from_slice(at);
        self.truck.extend_from_slice(trucks);
    }

    pub(super) fn push(&mut self, at: Time, truck: u32) {
        self.at.push(at);
        self.truck.push(truck);
    }
}

/// What settles ties.
#[derive(Debug)]
pub(super) struct Ties<'a> {
    /// By truck, from the one of number `first` on, when its last service started.
    pub(super) started: &'a [Time],
    pub(super) first: u32,
    /// Whether the second list is of convoys.
    pub(super) with_convoys: bool,
}

impl Ties<'_> {
    /// Whether the first of two trucks that come at one instant is before the second; none where that cannot be told.
    fn is_before(&self, at: Time, first: u32, second: u32) -> Option<bool> {
        let started = |truck: u32| self.started[(truck - self.first) as usize];
        if self.with_convoys {
            return (started(first) < at).then_some(true);
        }
        match started(first).cmp(&started(second)) {
            Ordering::Less => Some(true),
            Ordering::Greater => Some(false),
            Ordering::Equal => None,
        }
    }
}

/// Merges two lists and adds them to a third; none where a tie cannot be settled.
pub(super) fn merge(first: &Coming, second: &Coming, ties: &Ties, into: &mut Coming) -> Option<()> {
    into.at.reserve(first.at.len() + second.at.len());
    into.truck.reserve(first.at.len() + second.at.len());
    let (mut i, mut j) = (0, 0);
    while let (Some(&a), Some(&b)) = (first.at.get(i), second.at.get(j)) {
        let takes_first = if a == b {
            ties.is_before(a, first.truck[i], second.truck[j])?
        } else {
            a < b
        };
        if takes_first {
            into.push(a, first.truck[i]);
            i += 1;
        } else {
            into.push(b, second.truck[j]);
            j += 1;
        }
    }
    into.add(&first.at[i..], &first.truck[i..]);
    into.add(&second.at[j..], &second.truck[j..]);
    Some(())
}
