//! Draws for many trucks at once, at the addresses at which the event engine draws for one after the other.

use super::super::plan::StagePlan;
use super::super::random::StageDraws;
use super::columns::Columns;
use super::station::LONGEST;
use crate::random::{Entity, Many, QuickLaw, Stream, TOGETHER};
use crate::time::Duration;

/// Room for draws, used again and again.
#[derive(Debug, Default)]
pub(super) struct Room {
    many: Many,
}

/// The address of a truck.
#[inline]
pub(super) fn entity(columns: &Columns, truck: u32) -> Entity {
    let convoy = columns.convoy_of(truck);
    Entity {
        source: convoy.source,
        group: convoy.group,
        member: truck - convoy.first,
    }
}

impl Room {
    /// The first numbers of some trucks, [`TOGETHER`] at most.
    #[inline]
    pub(super) fn numbers(&mut self, stream: Stream, columns: &Columns, trucks: &[u32]) -> &[f64] {
        self.many.uniform(stream, trucks.iter().map(|&truck| entity(columns, truck)))
    }

    /// Adds the lengths of the next services of some trucks, extra times included.
    pub(super) fn draw_lengths(
        &mut self,
        stage: &StagePlan,
        draws: &StageDraws,
        columns: &Columns,
        trucks: &[u32],
        lengths: &mut Vec<Duration>,
    ) {
        let before = lengths.len();
        let cargo = |truck: u32| columns.loads.cargo(truck);
        if stage.service.iter().all(QuickLaw::is_constant) {
            let times: Vec<Duration> = stage.service.iter().map(|law| law.duration(0.5)).collect();
            lengths.extend(trucks.iter().map(|&truck| times[cargo(truck)]));
        } else {
            for trucks in trucks.chunks(TOGETHER) {
                let numbers = self.numbers(draws.service.stream(), columns, trucks);
                match &stage.service[..] {
                    [law] => lengths.extend(numbers.iter().map(|&u| law.duration(u))),
                    laws => lengths.extend(trucks.iter().zip(numbers).map(|(&truck, &u)| laws[cargo(truck)].duration(u))),
                }
            }
        }
        for (extra, stream) in stage.extras.iter().zip(&draws.extras) {
            for (length, &truck) in lengths[before..].iter_mut().zip(trucks) {
                let [whether, how_long] = stream.pair(entity(columns, truck), 0);
                if whether < extra.probability[cargo(truck)] {
                    *length += extra.time.duration(how_long);
                }
            }
        }
        for length in &mut lengths[before..] {
            *length = (*length).min(LONGEST);
        }
    }
}
