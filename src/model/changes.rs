//! What follows when a part of the plan has been made anew while the crossing works.
//!
//! Draws use the parameters of their own instant: services and trips under way keep their time, lanes that are taken away finish.

use super::agenda::{Class, Event};
use super::day_effect::DayChain;
use super::observer::Observer;
use super::plan::{HubPlan, Occurrences, Plan, StagePlan, StreamKind, StreamPlan};
use super::simulation::{Group, Simulation};
use crate::scenario::{IncidentProcess, Part, Status};
use crate::time::Time;

impl Plan {
    /// Compiles anew what follows from a part of the scenario.
    pub(super) fn recompile(&mut self, part: Part) {
        let end = self.end;
        match part {
            Part::Stage(i) => {
                self.stages[i] = StagePlan::compile(&self.scenario.stages[i], &self.scenario, Some(&self.stages[i]));
            }
            Part::Resource(i) => self.resources[i].count = self.scenario.resources[i].count,
            Part::Incidents => self.security.recompile_incidents(&self.scenario),
            Part::Calendar(i) => {
                let openings = super::plan::openings(&self.scenario.calendars[i].1, &self.scenario, end);
                self.calendars[i].openings = openings;
                self.recompile_streams(|_| true);
            }
            Part::Cargo(i) => {
                let heat = std::mem::take(&mut self.cargos[i].heat);
                let fresh = super::plan::cargo(i, &self.scenario, heat);
                self.cargos[i] = fresh;
                for (stage, plan) in self.scenario.stages.iter().zip(&mut self.stages) {
                    plan.screening = super::plan::screening(stage, &self.scenario);
                }
            }
            Part::Organisations => {
                self.organisations = super::plan::organisations(&self.scenario);
                for stream in self.streams.iter_mut().filter(|s| s.kind == StreamKind::Trucks) {
                    if self.scenario.convoys[stream.index as usize].organisation.is_none() {
                        stream.organisation = super::plan::general_senders(&self.scenario);
                    }
                }
                self.hubs = self.scenario.hubs.iter().map(|h| HubPlan::compile(h, &self.scenario)).collect();
            }
            Part::Convoy(i) => self.recompile_streams(|s| s.kind == StreamKind::Trucks && s.index as usize == i),
            Part::Travellers(i) => self.recompile_streams(|s| s.kind == StreamKind::Travellers && s.index as usize == i),
            Part::Hub(i) => {
                self.hubs[i] = HubPlan::compile(&self.scenario.hubs[i], &self.scenario);
                self.recompile_streams(|s| s.kind == StreamKind::Inflow(i as u16));
            }
            Part::Restrictions | Part::Closure(_) | Part::Policy | Part::Peacekeeping => {}
        }
    }

    fn recompile_streams(&mut self, which: impl Fn(&StreamPlan) -> bool) {
        for place in 0..self.streams.len() {
            if !which(&self.streams[place]) {
                continue;
            }
            let index = self.streams[place].index as usize;
            let fresh = match self.streams[place].kind {
                StreamKind::Trucks => Some(StreamPlan::of_convoys(
                    index,
                    &self.scenario.convoys[index],
                    &self.scenario,
                    self.end,
                )),
                StreamKind::Travellers => Some(StreamPlan::of_travellers(
                    index,
                    &self.scenario.travellers[index],
                    &self.scenario,
                    self.end,
                )),
                StreamKind::Inflow(hub) => StreamPlan::of_inflow(hub as usize, &self.scenario.hubs[hub as usize], &self.scenario, self.end),
            };
            if let Some(fresh) = fresh {
                self.streams[place] = fresh;
            }
        }
    }
}

/// What has to be known of a part as it was before a change.
#[derive(Debug, Default)]
pub(super) struct Before {
    lanes: u32,
    process: Option<IncidentProcess>,
    /// By organisation.
    status: Vec<Status>,
    /// Streams that may come at other instants.
    occurrences: Vec<(usize, Occurrences)>,
}

impl Simulation<'_> {
    /// What has to be known of a part before it changes.
    pub(super) fn before(&self, part: Part) -> Before {
        let plan = &self.plan;
        let concerns = |stream: &StreamPlan| match part {
            Part::Calendar(_) => true,
            Part::Convoy(i) => stream.kind == StreamKind::Trucks && stream.index as usize == i,
            Part::Travellers(i) => stream.kind == StreamKind::Travellers && stream.index as usize == i,
            Part::Hub(i) => stream.kind == StreamKind::Inflow(i as u16),
            _ => false,
        };
        let streams = plan.streams.iter().enumerate().filter(|(_, s)| concerns(s));
        Before {
            lanes: if let Part::Stage(i) = part { plan.stages[i].lanes } else { 0 },
            process: plan
                .scenario
                .incidents
                .as_ref()
                .filter(|_| part == Part::Incidents)
                .map(|i| i.process.clone()),
            status: if part == Part::Organisations {
                plan.organisations.iter().map(|o| o.status).collect()
            } else {
                Vec::new()
            },
            occurrences: streams.map(|(i, s)| (i, s.occurrences.clone())).collect(),
        }
    }

    /// Lets the change of a part take effect.
    pub(super) fn part_changed<O: Observer>(&mut self, part: Part, before: &Before, observer: &mut O) {
        self.pending = Some(Group::Opening);
        match part {
            Part::Stage(i) => self.draws.complete_stage(i, &self.plan.stages[i]),
            Part::Convoy(_) => self.draws.complete_convoys(&self.plan),
            _ => {}
        }
        match part {
            Part::Stage(i) => self.stage_changed(i, before, observer),
            Part::Resource(i) => self.resource_changes(i, None, observer),
            Part::Incidents => {
                let now = self.plan.scenario.incidents.as_ref().map(|i| &i.process);
                if let Some(process) = before.process.as_ref().filter(|old| Some(*old) != now) {
                    self.incident_rates_change(process);
                }
            }
            Part::Calendar(i) => {
                self.calendar_changed(i, observer);
                self.streams_changed(before);
            }
            Part::Organisations => self.organisations_changed(before, observer),
            Part::Convoy(_) | Part::Travellers(_) | Part::Hub(_) => self.streams_changed(before),
            Part::Cargo(_) | Part::Restrictions | Part::Closure(_) | Part::Policy | Part::Peacekeeping => {}
        }
    }

    fn stage_changed<O: Observer>(&mut self, stage: usize, before: &Before, observer: &mut O) {
        let capacity = self.gate.capacities[stage];
        let stay = self.lanes_at(stage, capacity);
        let plan = &self.plan.stages[stage];
        let station = &mut self.stations[stage];
        station.stay = stay;
        station.update(plan);
        if plan.breakdown.is_none() {
            station.up = plan.lanes;
        }
        for (chain, effect) in [(&mut station.day, &plan.day_effect), (&mut station.odds, &plan.odds_effect)] {
            match (chain.as_mut(), effect) {
                (Some(chain), Some(effect)) => chain.set_spread(effect),
                (None, Some(effect)) => *chain = Some(DayChain::new(effect)),
                (_, None) => *chain = None,
            }
        }
        if plan.breakdown.is_some() && plan.lanes != before.lanes {
            // Lanes that were taken away and come again are the same.
            let more = plan.lanes.saturating_sub(station.lanes.len() as u32);
            self.add_lanes(stage, more);
            observer.lanes_down(self.now, stage, self.down(stage), false);
        }
        self.tell_lanes(stage, observer);
        self.note(stage);
    }

    /// Tells the lanes of a stage where they are not those of the scenario.
    pub(super) fn tell_lanes<O: Observer>(&self, stage: usize, observer: &mut O) {
        let plan = &self.plan.stages[stage];
        observer.lanes(self.now, stage, (!plan.unlimited()).then_some(plan.lanes));
    }

    /// The hours of a calendar have changed: what keeps them opens or closes now, or at another instant.
    fn calendar_changed<O: Observer>(&mut self, calendar: usize, observer: &mut O) {
        let plan = std::sync::Arc::clone(&self.plan);
        let openings = &plan.calendars[calendar].openings;
        let place = openings.partition_point(|o| o.to <= self.now);
        let opening = openings.get(place).copied();
        let open = opening.filter(|o| o.from <= self.now);
        self.next_opening[calendar] = (place, self.next_opening[calendar].1 + 1);
        let stage = plan.calendars[calendar].stages.first().map(|s| self.stations[*s as usize].open);
        let resource = plan.calendars[calendar]
            .resources
            .first()
            .map(|r| self.is_resource_open(*r as usize));
        let was_open = stage.or(resource).unwrap_or(false);
        if open.is_some() || was_open {
            let is_last_of_day = opening.is_none_or(|o| plan.day_of(o.from) != plan.day_of(self.now));
            self.open_or_close(calendar, open.map(|o| o.to), is_last_of_day, observer);
        }
        let next = open.map_or_else(|| opening.map(|o| o.from), |o| Some(o.to));
        self.schedule_calendar(calendar, next);
    }

    fn streams_changed(&mut self, before: &Before) {
        for (stream, old) in &before.occurrences {
            match (old, &self.plan.streams[*stream].occurrences) {
                (Occurrences::Poisson(old), Occurrences::Poisson(new)) if old != new => self.convoy_rate_changes(*stream, old),
                (old @ Occurrences::Schedule { .. }, new @ Occurrences::Schedule { .. }) if old != new => self.schedule_changes(*stream),
                _ => {}
            }
        }
    }

    /// Organisations may be registered now that were barred before: what they have held goes on.
    fn organisations_changed<O: Observer>(&mut self, before: &Before, observer: &mut O) {
        let plan = std::sync::Arc::clone(&self.plan);
        for (i, organisation) in plan.organisations.iter().enumerate() {
            if organisation.status == before.status[i] {
                continue;
            }
            self.decide_status(i);
            if !self.is_barred(i) {
                self.release_held(i as u16, observer);
            }
            if let Status::RegisteredFrom(at) | Status::RegisteredWith { decided: at, .. } = organisation.status
                && at > self.now
                && at != Time::NEVER
            {
                self.agenda.schedule(at, Class::Return, Event::Release(i as u16));
            }
        }
        self.pending = Some(Group::Opening);
    }
}
