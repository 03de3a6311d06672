//! The policy: which closures follow incidents.

use std::collections::VecDeque;

use super::agenda::{Class, Event};
use super::gate::Closure;
use super::simulation::Simulation;
use crate::random::{Entity, Law};
use crate::scenario::StageId;
use crate::time::{Duration, Time};

/// What the policy remembers.
#[derive(Debug, Default)]
pub(super) struct PolicyState {
    /// When the last incident with a response happened.
    pub(super) last_response: Option<Time>,
    /// By trigger: instants of the incidents that count, at most as many as it needs.
    recent: Vec<VecDeque<Time>>,
    /// By trigger: how often it fired.
    fired: Vec<u32>,
    /// Policy closures in force at capacity 0, reopening apart.
    full: u32,
    /// Policy closures in force, reopening apart.
    in_force: u32,
    /// Where the full closure that is under way, or just over, acts.
    scope: Vec<StageId>,
    /// A reopening is to start anew, because a response ended it.
    interrupted: bool,
    /// Number of the closure after which the reopening under way began: what its lengths are drawn by, so that they are the same
    /// whatever closed before.
    reopens_after: u32,
    /// The step under way: its closure and its place in the steps.
    step: Option<(u32, usize)>,
}

impl PolicyState {
    pub(super) fn clear(&mut self, triggers: usize) {
        *self = PolicyState {
            recent: vec![VecDeque::new(); triggers],
            fired: vec![0; triggers],
            ..PolicyState::default()
        };
    }
}

impl Simulation<'_> {
    /// An incident of a severity that has a response: the response, now or after its notice, and what it triggers.
    pub(super) fn respond(&mut self, severity: usize, incident: u32) {
        let Some(response) = self.plan.security.response_of[severity] else {
            return;
        };
        self.gate.policy.last_response = Some(self.now);
        let notice = self.plan.scenario.policy.responses[response as usize].1.notice;
        if notice > Duration::ZERO {
            self.agenda
                .schedule(self.now + notice, Class::Closure, Event::ResponseBegins { response, incident });
        } else {
            self.response_begins(response as usize, incident);
        }
        self.pull_triggers();
    }

    /// A response begins.
    pub(super) fn response_begins(&mut self, response: usize, incident: u32) {
        let plan = std::sync::Arc::clone(&self.plan);
        let rule = &plan.scenario.policy.responses[response].1;
        let u = self.draws.responses[response].uniform(Entity::numbered(incident, 0), 0);
        let source = plan.scenario.closures.len() + response;
        let until = self.until(rule.length.duration(u), rule.whole_days);
        self.close_by_policy(source, rule.capacity, &rule.scope, rule.quiet, until);
    }

    /// Triggers count incidents that have a response; a trigger fires at the k-th and at each further one while k lie within its window.
    fn pull_triggers(&mut self) {
        let plan = std::sync::Arc::clone(&self.plan);
        let first_source = plan.scenario.closures.len() + plan.scenario.policy.responses.len();
        for (i, trigger) in plan.scenario.policy.triggers.iter().enumerate() {
            let recent = &mut self.gate.policy.recent[i];
            recent.push_back(self.now);
            while recent.len() > trigger.incidents as usize {
                recent.pop_front();
            }
            let full = recent.len() == trigger.incidents as usize;
            if full && recent.front().is_some_and(|oldest| self.now - *oldest <= trigger.within) {
                self.gate.policy.fired[i] += 1;
                let entity = Entity::numbered(self.gate.policy.fired[i], 0);
                let length = trigger.length.duration(self.draws.triggers[i].uniform(entity, 0));
                let until = self.until(length, trigger.whole_days);
                self.close_by_policy(first_source + i, trigger.capacity, &trigger.scope, Duration::ZERO, until);
            }
        }
    }

    /// The end of what begins now and lasts so long.
    fn until(&self, length: Duration, whole_days: bool) -> Time {
        if whole_days {
            super::plan::whole_days_end(self.plan.midnight(self.plan.day_of(self.now)), length)
        } else {
            self.now + length
        }
    }

    /// The policy closes on a warning.
    pub(super) fn close_on_warning(&mut self, whose: Entity) {
        let plan = std::sync::Arc::clone(&self.plan);
        let Some(rule) = &plan.scenario.policy.precaution else { return };
        let length = rule.length.duration(self.draws.precaution.uniform(whose, 0));
        let source = plan.sources.len() - 2;
        self.close_by_policy(source, rule.capacity, &rule.scope, Duration::ZERO, self.now + length);
    }

    fn close_by_policy(&mut self, source: usize, capacity: f64, scope: &[StageId], quiet: Duration, until: Time) {
        if !self.happens() {
            return;
        }
        self.end_reopening();
        let policy = &mut self.gate.policy;
        if capacity <= 0.0 {
            if policy.full == 0 && !policy.interrupted {
                policy.scope.clear();
            }
            policy.full += 1;
            let fresh: Vec<StageId> = scope.iter().copied().filter(|s| !policy.scope.contains(s)).collect();
            policy.scope.extend(fresh);
        }
        policy.in_force += 1;
        self.close(source as u16, capacity, scope.to_vec(), true, quiet, until);
    }

    /// A new response ends a reopening; it starts anew after.
    fn end_reopening(&mut self) {
        if let Some((closure, _)) = self.gate.policy.step.take() {
            self.gate.closures.retain(|c| c.id != closure);
            self.gate.policy.interrupted = true;
        }
    }

    /// A closure by the policy is over: a step of the reopening, or a response or trigger after which the reopening begins.
    pub(super) fn policy_closure_ended(&mut self, ended: &Closure) {
        if let Some((closure, step)) = self.gate.policy.step
            && closure == ended.id
        {
            self.gate.policy.step = None;
            self.reopen(step + 1);
            return;
        }
        let policy = &mut self.gate.policy;
        policy.in_force -= 1;
        let full_over = ended.capacity <= 0.0 && {
            policy.full -= 1;
            policy.full == 0
        };
        if full_over || (policy.interrupted && policy.in_force == 0) {
            policy.interrupted = false;
            policy.reopens_after = ended.number;
            self.reopen(0);
        }
    }

    /// A step of the reopening after a full closure by the policy, in its scope.
    fn reopen(&mut self, step: usize) {
        let plan = std::sync::Arc::clone(&self.plan);
        let Some(rule) = plan.scenario.policy.reopening.get(step) else {
            return;
        };
        let length = self.reopening_length(&rule.length, step);
        let (source, scope) = (plan.sources.len() - 1, self.gate.policy.scope.clone());
        let id = self.close(source as u16, rule.capacity, scope, true, Duration::ZERO, self.now + length);
        self.gate.policy.step = Some((id, step));
    }

    fn reopening_length(&self, law: &Law, step: usize) -> Duration {
        let entity = Entity::numbered(self.gate.policy.reopens_after, step as u32);
        law.duration(self.draws.reopening.uniform(entity, 0))
    }
}
