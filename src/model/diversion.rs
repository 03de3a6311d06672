//! Diversion: trucks that wait at stages that security has closed for long go another way.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::simulation::{Group, Simulation};
use super::truck::{Aside, Leaves, TruckId};
use crate::random::Entity;
use crate::scenario::{DiversionTarget, Flow};
use crate::time::Duration;

/// In place of a stage: another entry point, where a truck's way through the model ends.
pub(super) const ELSEWHERE: u16 = u16::MAX;

/// Diversions so far.
#[derive(Debug, Default)]
pub(super) struct Diversions {
    /// The day of the last one, and trucks diverted on it.
    today: (i64, u32),
}

impl Simulation<'_> {
    /// A stage is closed: after so long its trucks may go another way.
    pub(super) fn await_diversion(&mut self, stage: usize) {
        if let Some(rule) = &self.plan.scenario.policy.diversion
            && self.plan.scenario.stages[stage].serves == Flow::Trucks
        {
            let after = rule.after;
            self.schedule_diversion(stage, after);
        }
    }

    fn schedule_diversion(&mut self, stage: usize, after: Duration) {
        let event = Event::Diversion {
            stage: stage as u16,
            closing: self.stations[stage].closings,
        };
        self.agenda.schedule(self.now + after, Class::Return, event);
    }

    /// A stage has been closed for so long, or for another day: a share of those who wait there goes another way, oldest first, as far
    /// as the cap of the day allows.
    pub(super) fn divert<O: Observer>(&mut self, stage: usize, closing: u32, observer: &mut O) {
        let station = &self.stations[stage];
        if !(station.is_closed() || station.named_only) || station.closings != closing {
            return;
        }
        let Some(rule) = self.plan.scenario.policy.diversion.clone() else {
            return;
        };
        self.schedule_diversion(stage, Duration::from_days(1));
        let target = match rule.to {
            DiversionTarget::Stage(to) => to.0 as u16,
            DiversionTarget::Elsewhere(_) => ELSEWHERE,
        };
        let mut waiting = self.all_waiting(stage);
        waiting.sort_by_key(|id| (self.arena[*id].truck.dispatched, self.arena[*id].truck.number));
        let entity = Entity {
            source: Entity::source_named(&self.plan.scenario.stages[stage].name),
            group: closing,
            member: self.plan.day_of(self.now) as u32,
        };
        let expected = rule.share * waiting.len() as f64;
        let round = self.draws.diversion.uniform(entity, 0);
        let today = self.plan.day_of(self.now);
        if self.diversions.today.0 != today {
            self.diversions.today = (today, 0);
        }
        let left = rule.daily_cap.map_or(u32::MAX, |cap| cap.saturating_sub(self.diversions.today.1));
        let n = (expected.floor() as u32 + u32::from(round < expected.fract())).min(left);
        self.diversions.today.1 += n;
        for id in waiting.into_iter().take(n as usize) {
            self.divert_truck(id, target, &rule.delay, observer);
        }
        self.pending = Some(Group::Returns);
    }

    fn divert_truck<O: Observer>(&mut self, id: TruckId, target: u16, delay: &crate::random::Law, observer: &mut O) {
        let slot = &self.arena[id];
        let u = self.draws.diversion_delay.uniform(slot.truck.entity, u32::from(slot.truck.tries));
        self.take_from_waiting(id);
        self.give_back_all(id, observer);
        observer.left(self.now, id, &self.arena[id].truck, Leaves::Diverted);
        self.come_again(id, target as usize, Aside::Diverted, delay.duration(u), observer);
    }
}

impl Diversions {
    pub(super) fn clear(&mut self) {
        *self = Diversions { today: (i64::MIN, 0) };
    }
}
