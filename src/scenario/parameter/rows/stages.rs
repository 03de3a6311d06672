//! Stages, and what escorts share with them.

use super::super::Part;
use super::super::cell::Cell;
use super::{Measure, Row, of};
use crate::scenario::world::{CargoId, OutcomeRule};

/// A row of a stage; the first name of its path is that of the stage.
macro_rules! stage {
    ($pattern:literal, $measure:expr, |$stage:ident, $at:ident| $cell:expr) => {
        Row {
            pattern: $pattern,
            part: |at| Part::Stage(at[0]),
            measure: $measure,
            cell: |scenario, $at| {
                let $stage = &mut scenario.stages[$at[0]];
                $cell
            },
        }
    };
}

pub(super) const ROWS: &[Row] = &[
    stage!("stage.STAGE.lanes", Measure::Whole(1), |s, at| {
        s.lanes.as_mut().map(Cell::Whole)
    }),
    stage!("stage.STAGE.service", Measure::TimeLaw, |s, at| Some(Cell::LawByCargo(
        &mut s.service
    ))),
    stage!("stage.STAGE.service_for.CARGO", Measure::TimeLaw, |s, at| {
        of(&mut s.service.by_cargo, at[1], |c: CargoId| c.0).map(Cell::Law)
    }),
    stage!("stage.STAGE.extra.EXTRA.probability", Measure::Share, |s, at| {
        Some(Cell::ProbabilityByCargo(&mut s.extras[at[1]].probability))
    }),
    stage!("stage.STAGE.extra.EXTRA.for.CARGO", Measure::Share, |s, at| {
        of(&mut s.extras[at[1]].probability.by_cargo, at[2], |c: CargoId| c.0).map(Cell::Number)
    }),
    stage!("stage.STAGE.extra.EXTRA.time", Measure::TimeLaw, |s, at| {
        Some(Cell::Law(&mut s.extras[at[1]].time))
    }),
    stage!("stage.STAGE.queue.capacity", Measure::Limit(0), |s, at| {
        Some(Cell::MaybeWhole(&mut s.queue.capacity))
    }),
    stage!("stage.STAGE.last_start", Measure::Time, |s, at| Some(Cell::Duration(
        &mut s.last_start
    ))),
    stage!("stage.STAGE.return_delay", Measure::TimeLaw, |s, at| {
        Some(Cell::MaybeLaw(&mut s.return_delay))
    }),
    stage!("stage.STAGE.patience", Measure::TimeLaw, |s, at| Some(Cell::MaybeLaw(
        &mut s.patience
    ))),
    stage!("stage.STAGE.outcome.OUTCOME.probability", Measure::Share, |s, at| {
        match &mut s.outcomes[at[1]].rule {
            OutcomeRule::Probability(p) => Some(Cell::ProbabilityByCargo(p)),
            OutcomeRule::Every(_) => None,
        }
    }),
    stage!("stage.STAGE.outcome.OUTCOME.for.CARGO", Measure::Share, |s, at| {
        match &mut s.outcomes[at[1]].rule {
            OutcomeRule::Probability(p) => of(&mut p.by_cargo, at[2], |c: CargoId| c.0).map(Cell::Number),
            OutcomeRule::Every(_) => None,
        }
    }),
    stage!("stage.STAGE.outcome.OUTCOME.every", Measure::Whole(1), |s, at| {
        match &mut s.outcomes[at[1]].rule {
            OutcomeRule::Every(n) => Some(Cell::Whole(n)),
            OutcomeRule::Probability(_) => None,
        }
    }),
    stage!("stage.STAGE.outcome.OUTCOME.retry.probability", Measure::Share, |s, at| {
        s.outcomes[at[1]].retry.as_mut().map(|r| Cell::Number(&mut r.probability))
    }),
    stage!("stage.STAGE.outcome.OUTCOME.retry.tries", Measure::Whole(1), |s, at| {
        s.outcomes[at[1]].retry.as_mut().map(|r| Cell::Whole(&mut r.tries))
    }),
    stage!("stage.STAGE.outcome.OUTCOME.retry.delay", Measure::TimeLaw, |s, at| {
        s.outcomes[at[1]].retry.as_mut().map(|r| Cell::Law(&mut r.delay))
    }),
    stage!("stage.STAGE.breakdown.every", Measure::SpanLaw, |s, at| {
        s.breakdown.as_mut().map(|b| Cell::Law(&mut b.every))
    }),
    stage!("stage.STAGE.breakdown.repair", Measure::TimeLaw, |s, at| {
        s.breakdown.as_mut().map(|b| Cell::Law(&mut b.repair))
    }),
    stage!("stage.STAGE.day_effect.cv", Measure::Amount, |s, at| {
        s.day_effect.as_mut().map(|d| Cell::Number(&mut d.cv))
    }),
    stage!("stage.STAGE.day_effect.outcome_odds_cv", Measure::Amount, |s, at| {
        Some(Cell::Number(&mut s.outcome_odds_cv))
    }),
    stage!("escort.ESCORT.queue.capacity", Measure::Limit(0), |s, at| {
        Some(Cell::MaybeWhole(&mut s.queue.capacity))
    }),
    stage!("escort.ESCORT.last_start", Measure::Time, |s, at| Some(Cell::Duration(
        &mut s.last_start
    ))),
    stage!("escort.ESCORT.return_delay", Measure::TimeLaw, |s, at| {
        Some(Cell::MaybeLaw(&mut s.return_delay))
    }),
    stage!("escort.ESCORT.patience", Measure::TimeLaw, |s, at| Some(Cell::MaybeLaw(
        &mut s.patience
    ))),
];
