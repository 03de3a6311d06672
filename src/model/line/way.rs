//! Where trucks go after their services.

use super::super::plan::{Plan, StagePlan, Way};
use super::super::random::Draws;
use super::columns::{Columns, Exit, Visits};
use super::draws::{Room, entity};
use super::merge::Coming;
use crate::random::{Stream, TOGETHER};
use crate::scenario::End;
use crate::time::Time;

/// Where a service leads, and whether that returns the truck by an outcome.
type Step = (Way, bool);

/// Some trucks that leave a stage one after the other.
#[derive(Clone, Copy)]
struct Leaving<'a> {
    at: &'a [Time],
    trucks: &'a [u32],
    /// The number of the first service of theirs that has ended at the stage, from 1.
    first: u64,
}

/// What decides at a stage.
struct Fork<'a> {
    stage: &'a StagePlan,
    columns: &'a Columns,
    screening: Stream,
}

/// Steps by chance that are the same for all trucks, where nothing else decides.
#[derive(Debug)]
pub(super) struct Chances {
    /// The upper ends of the shares of all steps but the last, ascending.
    uppers: Vec<f64>,
    /// By step, how the truck ends and whether that returns it; of steps to stages nobody asks.
    ends: Vec<(End, bool)>,
    /// Which list takes each step: that of a stage, or none for that of the exits.
    lists: Vec<Option<usize>>,
    /// By step, the place of its list.
    list_of: Vec<u8>,
}

impl Chances {
    pub(super) fn of(stage: &StagePlan) -> Option<Chances> {
        let (first, others) = stage.outcomes.split_first()?;
        let is_alone = stage.cycles.is_empty() && stage.screening.is_empty() && others.iter().all(|other| other == first);
        if !is_alone || first.len() > usize::from(u8::MAX) {
            return None;
        }
        let steps: Vec<Step> = first
            .iter()
            .map(|(_, (way, _))| by_outcome(*way))
            .chain([(stage.next, false)])
            .collect();
        let (mut lists, mut list_of, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        for (way, returned) in steps {
            let (list, end) = match way {
                Way::Stage(next) => (Some(next.0), End::Delivered),
                Way::End(end) => (None, end),
            };
            ends.push((end, returned));
            let known = lists.iter().position(|other| *other == list);
            list_of.push(known.unwrap_or(lists.len()) as u8);
            if known.is_none() {
                lists.push(list);
            }
        }
        Some(Chances {
            uppers: first.iter().map(|(upper, _)| *upper).collect(),
            ends,
            lists,
            list_of,
        })
    }
}

impl Fork<'_> {
    /// Screening first, then outcomes in a fixed cycle, outcomes by chance, else what comes next; `completions`: services that have
    /// ended here with this one.
    fn step(&self, truck: u32, completions: u64, u: f64) -> Step {
        let cargo = self.columns.loads.cargo(truck);
        let share = self.stage.screening.get(cargo).copied().unwrap_or(0.0);
        if share > 0.0 && self.screening.uniform(entity(self.columns, truck), 0) < share {
            return (Way::End(End::Rejected), false);
        }
        let by_turn = self
            .stage
            .cycles
            .iter()
            .find(|(every, _)| completions.is_multiple_of(u64::from(*every)));
        let by_chance = || {
            self.stage.outcomes[cargo]
                .iter()
                .find(|(upper, _)| u < *upper)
                .map(|(_, found)| *found)
        };
        match by_turn.map(|(_, found)| *found).or_else(by_chance) {
            Some((way, _)) => by_outcome(way),
            None => (self.stage.next, false),
        }
    }
}

fn by_outcome(way: Way) -> Step {
    (way, way == Way::End(End::Returned))
}

/// A stage that trucks leave.
#[derive(Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) stage: usize,
    /// Services that have ended there before.
    pub(super) completed: u64,
    /// What decides there, where chance alone does.
    pub(super) chances: Option<&'a Chances>,
}

/// Sends the trucks that leave a stage on their ways; `coming` are the lists of the other stages of those that come from here.
pub(super) fn send_on(
    plan: &Plan,
    from: From,
    draws: &Draws,
    room: &mut Room,
    columns: &Columns,
    visits: &mut Visits,
    coming: &mut [Coming],
) {
    let here = &plan.stages[from.stage];
    let Visits {
        truck,
        left,
        left_place,
        exits,
        ..
    } = visits;
    let has_chances = here.outcomes.iter().any(|ends| !ends.is_empty());
    let fork = Fork {
        stage: here,
        columns,
        screening: draws.screening,
    };
    let mut trucks = [0; TOGETHER];
    let mut first = from.completed + 1;
    for (at, places) in left.chunks(TOGETHER).zip(left_place.chunks(TOGETHER)) {
        let trucks = &mut trucks[..at.len()];
        for (own, &place) in trucks.iter_mut().zip(places) {
            *own = truck[place as usize];
        }
        let numbers = if has_chances {
            room.numbers(draws.stages[from.stage].outcome.stream(), columns, trucks)
        } else {
            &[0.5; TOGETHER][..at.len()]
        };
        let leaving = Leaving { at, trucks, first };
        match from.chances {
            Some(chances) => leaving.by_chance(numbers, chances, coming, exits),
            None => leaving.one_by_one(numbers, &fork, coming, exits),
        }
        first += at.len() as u64;
    }
}

impl Leaving<'_> {
    fn one_by_one(self, numbers: &[f64], fork: &Fork, coming: &mut [Coming], exits: &mut Vec<Exit>) {
        for (((&at, &truck), &u), completions) in self.at.iter().zip(self.trucks).zip(numbers).zip(self.first..) {
            match fork.step(truck, completions, u) {
                (Way::Stage(next), _) => coming[next.0].push(at, truck),
                (Way::End(end), returned) => exits.push(Exit { at, truck, end, returned }),
            }
        }
    }

    /// Without a branch for every truck: first the step that each takes, then list by list those that it takes.
    fn by_chance(self, numbers: &[f64], chances: &Chances, coming: &mut [Coming], exits: &mut Vec<Exit>) {
        if let [Some(only)] = chances.lists[..] {
            coming[only].at.extend_from_slice(self.at);
            coming[only].truck.extend_from_slice(self.trucks);
            return;
        }
        let count = self.at.len();
        let (mut taken, mut places) = ([0_u8; TOGETHER], [0_u8; TOGETHER]);
        for upper in &chances.uppers {
            for (step, u) in taken.iter_mut().zip(numbers) {
                *step += u8::from(*u >= *upper);
            }
        }
        for (number, list) in chances.lists.iter().enumerate() {
            let mut found = 0;
            for (place, step) in (0..).zip(&taken[..count]) {
                places[found] = place;
                found += usize::from(usize::from(chances.list_of[usize::from(*step)]) == number);
            }
            let own = places[..found].iter().map(|&place| usize::from(place));
            if let Some(stage) = list {
                coming[*stage].at.extend(own.clone().map(|place| self.at[place]));
                coming[*stage].truck.extend(own.map(|place| self.trucks[place]));
            } else {
                exits.extend(own.map(|place| {
                    let (end, returned) = chances.ends[usize::from(taken[place])];
                    Exit {
                        at: self.at[place],
                        truck: self.trucks[place],
                        end,
                        returned,
                    }
                }));
            }
        }
    }
}
