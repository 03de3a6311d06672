//! Draws for many trucks at once, at the addresses at which the event engine draws for one after the other.

use super::super::plan::{Plan, StagePlan};
use super::super::random::StageDraws;
use super::columns::{Columns, Visits};
use super::station::LONGEST;
use crate::random::{Ahead, Entity};
use crate::time::Duration;

/// Room for draws, used again and again.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// By truck.
    numbers: Vec<f64>,
    /// By visit.
    pub(super) lengths: Vec<Duration>,
}

/// The address of a truck.
pub(super) fn entity(plan: &Plan, columns: &Columns, truck: u32) -> Entity {
    let convoy = &columns.convoys[columns.loads.convoy[truck as usize] as usize];
    Entity {
        source: plan.streams[convoy.stream as usize].source,
        group: convoy.group,
        member: truck - convoy.first,
    }
}

/// The first numbers of one purpose: of all trucks where many ask for theirs, else one by one.
#[derive(Debug)]
pub(super) enum Numbers<'a> {
    All(&'a [f64]),
    Single(&'a mut Ahead),
}

impl Numbers<'_> {
    #[inline]
    pub(super) fn of(&mut self, plan: &Plan, columns: &Columns, truck: u32) -> f64 {
        match self {
            Numbers::All(numbers) => numbers[truck as usize],
            Numbers::Single(ahead) => ahead.uniform(entity(plan, columns, truck), 0),
        }
    }
}

impl Room {
    /// The numbers for so many who ask.
    pub(super) fn numbers<'a>(&'a mut self, plan: &Plan, columns: &Columns, ahead: &'a mut Ahead, asking: usize) -> Numbers<'a> {
        if 2 * asking < columns.trucks() {
            return Numbers::Single(ahead);
        }
        self.numbers.resize(columns.trucks(), 0.0);
        let mut rest = &mut self.numbers[..];
        for convoy in &columns.convoys {
            let (own, others) = rest.split_at_mut(convoy.trucks as usize);
            ahead.members(plan.streams[convoy.stream as usize].source, convoy.group, own);
            rest = others;
        }
        Numbers::All(&self.numbers)
    }

    /// The lengths of the services of visits, extra times included.
    pub(super) fn draw_lengths(&mut self, plan: &Plan, stage: &StagePlan, draws: &mut StageDraws, columns: &Columns, visits: &Visits) {
        let mut lengths = std::mem::take(&mut self.lengths);
        lengths.clear();
        let cargo = |truck: u32| columns.loads.cargo[truck as usize] as usize;
        let constant = |i: usize| stage.service[i].law().as_constant().is_some();
        if (0..stage.service.len()).all(constant) {
            let times: Vec<Duration> = stage.service.iter().map(|law| law.duration(0.5)).collect();
            lengths.extend(visits.truck.iter().map(|&truck| times[cargo(truck)]));
        } else {
            let mut numbers = self.numbers(plan, columns, &mut draws.service, visits.truck.len());
            match (&numbers, &stage.service[..]) {
                (Numbers::All(numbers), [law]) => lengths.extend(visits.truck.iter().map(|&truck| law.duration(numbers[truck as usize]))),
                _ => lengths.extend(visits.truck.iter().map(|&truck| {
                    let law = &stage.service[cargo(truck)];
                    law.duration(if law.law().as_constant().is_some() {
                        0.5
                    } else {
                        numbers.of(plan, columns, truck)
                    })
                })),
            }
        }
        for (extra, stream) in stage.extras.iter().zip(&draws.extras) {
            for (length, &truck) in lengths.iter_mut().zip(&visits.truck) {
                let [whether, how_long] = stream.pair(entity(plan, columns, truck), 0);
                if whether < extra.probability[cargo(truck)] {
                    *length += extra.time.duration(how_long);
                }
            }
        }
        for length in &mut lengths {
            *length = (*length).min(LONGEST);
        }
        self.lengths = lengths;
    }
}
