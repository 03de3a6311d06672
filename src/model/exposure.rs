//! Exposure: whom an incident finds at the crossing, and whose load it destroys.

use super::observer::Observer;
use super::simulation::Simulation;
use super::slot::State;
use super::truck::{Cause, TruckId};
use crate::scenario::{End, Flow};

impl Simulation<'_> {
    /// Just before the response to an incident: trucks at stages that security leaves open, and those on an escorted trip, are exposed.
    pub(super) fn expose<O: Observer>(&mut self, number: u32, severity: usize, observer: &mut O) {
        let Some(incidents) = &self.plan.scenario.incidents else { return };
        let severity = &incidents.severities[severity];
        let (weight, loss) = (severity.weight, severity.loss);
        let mut exposed = 0;
        for (stage, station) in self.stations.iter().enumerate() {
            let rules = &self.plan.scenario.stages[stage];
            if rules.serves == Flow::Travellers {
                continue;
            }
            let on_trip = if rules.escort.is_some() {
                station.serving + station.paused
            } else {
                0
            };
            exposed += if station.is_closed() { on_trip } else { station.present() };
        }
        let lost = if loss > 0.0 { self.losses(number, loss) } else { Vec::new() };
        observer.exposure(self.now, number, exposed, f64::from(exposed) * weight, lost.len() as u32);
        for id in lost {
            self.take_away(id);
            self.leave_and_end(id, End::LostToIncident, Cause::Plain, observer);
        }
        // Who takes their lanes is settled after the response: nothing starts between an incident and what it closes.
    }

    /// The exposed trucks whose load an incident destroys, in order of their numbers.
    fn losses(&self, incident: u32, probability: f64) -> Vec<TruckId> {
        let is_exposed = |id: &TruckId| {
            let slot = &self.arena[*id];
            if slot.truck.is_traveller || matches!(slot.state, State::Free | State::Aside) {
                return false;
            }
            let stage = slot.truck.stage as usize;
            let on_trip = self.plan.stages[stage].escort.is_some() && matches!(slot.state, State::Serving | State::Paused);
            on_trip || !self.stations[stage].is_closed()
        };
        let mut lost: Vec<TruckId> = self
            .arena
            .ids()
            .filter(is_exposed)
            .filter(|id| self.draws.loss.uniform(self.arena[*id].truck.entity, incident) < probability)
            .collect();
        lost.sort_unstable_by_key(|id| self.arena[*id].truck.number);
        lost
    }
}
