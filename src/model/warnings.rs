//! Warnings: before a share of the incidents, and false alarms.

use super::agenda::{Class, Event};
use super::incidents::{entity, exponential};
use super::simulation::Simulation;
use crate::random::Entity;
use crate::time::{HOUR_US, Time};

impl Simulation<'_> {
    /// The warning before an incident, if the policy has one.
    pub(super) fn warn_of(&mut self, number: u32, at: Time) {
        if let Some(precaution) = &self.plan.scenario.policy.precaution
            && number > self.incidents.warned_of
            && self.draws.warning.uniform(entity(number), 0) < precaution.hit
        {
            let due = (at - precaution.lead).max(self.now);
            self.agenda.schedule(
                due,
                Class::Closure,
                Event::Warning {
                    incident: number,
                    generation: self.incidents.generation,
                },
            );
        }
    }

    pub(super) fn schedule_false_alarm(&mut self) {
        let Some(precaution) = &self.plan.scenario.policy.precaution else {
            return;
        };
        let per_us = precaution.false_alarms_per_hour / HOUR_US as f64;
        if per_us <= 0.0 {
            return;
        }
        self.incidents.alarms += 1;
        self.incidents.alarm_at_us += exponential(self.draws.false_alarms.uniform(entity(self.incidents.alarms), 0)) / per_us;
        if self.incidents.alarm_at_us < self.plan.end.0 as f64 {
            let at = Time(self.incidents.alarm_at_us.round() as i64);
            self.agenda.schedule(
                at,
                Class::Closure,
                Event::Warning {
                    incident: 0,
                    generation: 0,
                },
            );
        }
    }

    /// A warning: the policy closes in advance.
    pub(super) fn warning(&mut self, incident: u32, generation: u32) {
        if incident > 0 && generation != self.incidents.generation {
            return;
        }
        self.incidents.warned_of = self.incidents.warned_of.max(incident);
        // Closures on warnings and on false alarms draw their lengths apart.
        let whose = if incident > 0 {
            entity(incident)
        } else {
            Entity::numbered(self.incidents.alarms, 1)
        };
        self.close_on_warning(whose);
        if incident == 0 {
            self.schedule_false_alarm();
        }
    }
}
