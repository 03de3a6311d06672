//! Where trucks go after their services.

use super::super::plan::{Plan, StagePlan, Way};
use super::super::random::Draws;
use super::columns::{Columns, Exit, Visits};
use super::draws::{Numbers, Room, entity};
use super::merge::Coming;
use crate::random::Stream;
use crate::scenario::End;

/// Where a service leads, and whether that returns the truck by an outcome.
type Step = (Way, bool);

/// What decides at a stage.
struct Fork<'a> {
    plan: &'a Plan,
    stage: &'a StagePlan,
    columns: &'a Columns,
    numbers: Numbers<'a>,
    screening: Stream,
}

impl Fork<'_> {
    /// Screening first, then outcomes in a fixed cycle, outcomes by chance, else what comes next; `completions`: services that have
    /// ended here with this one.
    #[inline]
    fn step(&mut self, truck: u32, completions: u64) -> Step {
        let cargo = self.columns.loads.cargo[truck as usize] as usize;
        let share = self.stage.screening.get(cargo).copied().unwrap_or(0.0);
        if share > 0.0 && self.screening.uniform(entity(self.plan, self.columns, truck), 0) < share {
            return (Way::End(End::Rejected), false);
        }
        let by_turn = self
            .stage
            .cycles
            .iter()
            .find(|(every, _)| completions.is_multiple_of(u64::from(*every)));
        match by_turn.map(|(_, found)| *found).or_else(|| self.by_chance(truck, cargo)) {
            Some((way, _)) => (way, way == Way::End(End::Returned)),
            None => (self.stage.next, false),
        }
    }

    #[inline]
    fn by_chance(&mut self, truck: u32, cargo: usize) -> Option<(Way, u16)> {
        let outcomes = &self.stage.outcomes[cargo];
        if outcomes.is_empty() {
            return None;
        }
        let u = self.numbers.of(self.plan, self.columns, truck);
        outcomes.iter().find(|(upper, _)| u < *upper).map(|(_, found)| *found)
    }
}

/// Sends the trucks that leave a stage on their ways; `coming` are the lists of the other stages of those that come from here.
pub(super) fn send_on(
    plan: &Plan,
    stage: usize,
    draws: &mut Draws,
    room: &mut Room,
    columns: &Columns,
    visits: &mut Visits,
    coming: &mut [Coming],
) {
    let here = &plan.stages[stage];
    let Visits {
        truck,
        left,
        left_place,
        exits,
        ..
    } = visits;
    let has_chances = here.outcomes.iter().any(|ends| !ends.is_empty());
    let is_plain = !has_chances && here.cycles.is_empty() && here.screening.is_empty();
    let trucks = left_place.iter().map(|&place| truck[place as usize]);
    match here.next {
        Way::Stage(next) if is_plain => {
            coming[next.0].at.extend_from_slice(left);
            coming[next.0].truck.extend(trucks);
        }
        Way::End(end) if is_plain => exits.extend(left.iter().zip(trucks).map(|(&at, truck)| Exit {
            at,
            truck,
            end,
            returned: false,
        })),
        _ => {
            let asking = if has_chances { left.len() } else { 0 };
            let mut fork = Fork {
                plan,
                stage: here,
                columns,
                numbers: room.numbers(plan, columns, &mut draws.stages[stage].outcome, asking),
                screening: draws.screening,
            };
            for ((&at, truck), completions) in left.iter().zip(trucks).zip(1..) {
                match fork.step(truck, completions) {
                    (Way::Stage(next), _) => coming[next.0].push(at, truck),
                    (Way::End(end), returned) => exits.push(Exit { at, truck, end, returned }),
                }
            }
        }
    }
}
