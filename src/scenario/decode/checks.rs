//! What only the whole scenario can show: routes, openings, settings without effect.

use super::build::{Builder, place_of, sub};
use crate::random::Law;
use crate::scenario::document::Node;
use crate::scenario::issue::{Issue, Place};
use crate::scenario::world::{
    AtClose, AtClosure, CargoId, ClosureProcess, Discipline, OutcomeRule, QueueAtClose, QueueAtClosure, Scenario, Stage, StageId, Target,
};
use crate::time::{Duration, Time};

impl Builder<'_> {
    /// Checks a scenario whose values are sound.
    pub(super) fn check(&mut self, scenario: &Scenario) {
        self.check_openings(&scenario.calendars);
        self.check_routes(scenario);
        self.check_services(scenario);
        self.check_closed_for_good(scenario);
        self.check_effects(scenario);
        self.check_doubts(scenario);
    }

    fn stage_place(&self, stage: StageId) -> Place {
        place_of(sub(self.root, "stage"), &self.names.stages[stage.0])
    }

    pub(super) fn key_place(&self, stage: StageId, key: &str) -> Place {
        let table = sub(self.root, "stage").get(&self.names.stages[stage.0]).and_then(Node::as_table);
        table
            .and_then(|t| t.get(key))
            .map_or_else(|| self.stage_place(stage), |n| n.place.clone())
    }

    /// Every stage is reached, and every truck gets out.
    fn check_routes(&mut self, scenario: &Scenario) {
        let stages = &scenario.stages;
        let mut reached = vec![false; stages.len()];
        let mut to_visit: Vec<StageId> = scenario.convoys.iter().map(|c| c.enters).collect();
        let turns_back = stages
            .iter()
            .any(|s| s.return_delay.is_some() && s.at_closure == AtClosure::TurnBack);
        if turns_back && !to_visit.is_empty() {
            to_visit.push(StageId(0));
        }
        while let Some(stage) = to_visit.pop() {
            if stage.0 >= stages.len() || reached[stage.0] {
                continue;
            }
            reached[stage.0] = true;
            to_visit.extend(ways(&stages[stage.0]).filter_map(|target| match target {
                Target::Stage(next) => Some(next),
                Target::End(_) => None,
            }));
        }
        if scenario.convoys.is_empty() {
            return;
        }
        for (i, stage) in stages.iter().enumerate().filter(|(i, _)| !reached[*i]) {
            let issue = Issue::error(format!("no truck ever reaches stage `{}`", stage.name)).at(&self.stage_place(StageId(i)));
            self.issues
                .push(issue.label("no convoy enters here, and no `next` or `outcome` leads here"));
        }
        let cargos = (0..scenario.cargos.len().max(1)).map(CargoId);
        for cargo in cargos {
            if let Some(trapped) = first_trapped(stages, &reached, cargo) {
                let whose = if scenario.cargos.len() > 1 {
                    format!(" with cargo `{}`", scenario.cargos[cargo.0].name)
                } else {
                    String::new()
                };
                let issue = Issue::error(format!(
                    "a truck{whose} never leaves: from stage `{}` no end can be reached",
                    stages[trapped].name
                ));
                self.issues
                    .push(issue.at(&self.stage_place(StageId(trapped))).label("a loop without a way out"));
                break;
            }
        }
    }

    /// A service that must fit into one opening does.
    fn check_services(&mut self, scenario: &Scenario) {
        for (i, stage) in scenario.stages.iter().enumerate() {
            let Some(calendar) = stage.calendar else { continue };
            let (name, calendar) = &scenario.calendars[calendar.0];
            let openings = calendar.openings(&self.origin, Time::ZERO + self.length);
            let Some(longest) = openings.iter().map(|o| o.to - o.from).max() else {
                continue;
            };
            if stage.last_start >= longest {
                let issue = Issue::error(format!(
                    "no service ever starts: `last_start` is {}, the longest opening of `{name}` {longest}",
                    stage.last_start
                ));
                self.issues.push(issue.at(&self.key_place(StageId(i), "last_start")));
            }
            if stage.at_close != AtClose::Restart {
                continue;
            }
            let laws = std::iter::once(&stage.service.general).chain(stage.service.by_cargo.iter().map(|(_, law)| law));
            if let Some(least) = laws.map(least).find(|least| *least > longest) {
                let issue = Issue::error(format!(
                    "a service takes at least {least}, but the longest opening of `{name}` is {longest}"
                ));
                let issue = issue
                    .at(&self.key_place(StageId(i), "service"))
                    .label("with `at_close = \"restart\"` it never ends");
                self.issues
                    .push(issue.note("`at_close = \"hold\"` lets it go on with what remained, `\"finish\"` lets it run over closing time"));
            }
        }
    }

    /// Closures that leave nothing of the horizon.
    fn check_closed_for_good(&mut self, scenario: &Scenario) {
        let end = Time::ZERO + self.length;
        for closure in &scenario.closures {
            let ClosureProcess::Spells(spells) = &closure.process else {
                continue;
            };
            let whole = spells.iter().any(|s| {
                let scope = s.scope.as_ref().unwrap_or(&closure.scope);
                s.from <= Time::ZERO && s.to >= end && s.capacity.unwrap_or(closure.capacity) <= 0.0 && scope.len() == scenario.stages.len()
            });
            if whole {
                let place = place_of(sub(self.root, "closure"), &closure.name);
                self.issues
                    .push(Issue::error(format!("closure `{}` closes every stage for the whole horizon", closure.name)).at(&place));
            }
        }
    }

    /// Settings that do nothing: told, not refused.
    fn check_effects(&mut self, scenario: &Scenario) {
        let has_priority = scenario.cargos.iter().any(|c| c.priority.is_some());
        let mut warnings = Vec::new();
        for (i, stage) in scenario.stages.iter().enumerate() {
            let at = |key: &str| self.key_place(StageId(i), key);
            if stage.queue.discipline == Discipline::Priority && !has_priority && !scenario.cargos.is_empty() {
                warnings
                    .push(Issue::warning(format!("stage `{}` serves by priority, but no cargo states one", stage.name)).at(&at("queue")));
            }
            if stage.calendar.is_none() && stage.queue_at_close == QueueAtClose::Return {
                warnings.push(
                    Issue::warning(format!("stage `{}` never closes, so `queue_at_close` has no effect", stage.name))
                        .at(&at("queue_at_close")),
                );
            }
            let own = sub(self.root, "stage")
                .get(&stage.name)
                .and_then(Node::as_table)
                .is_some_and(|t| t.has("return_delay"));
            if own && stage.at_closure != AtClosure::TurnBack && stage.queue_at_closure != QueueAtClosure::TurnBack {
                warnings.push(
                    Issue::warning(format!("stage `{}` turns nobody back, so `return_delay` has no effect", stage.name))
                        .at(&at("return_delay")),
                );
            }
        }
        if let Some(incidents) = &scenario.incidents
            && scenario.policy.responses.is_empty()
            && !scenario.policy.triggers.is_empty()
            && !incidents.severities.is_empty()
        {
            let place = place_of(sub(self.root, "policy"), "trigger");
            warnings
                .push(Issue::warning("the triggers have no effect: they count incidents that have a response, and none has").at(&place));
        }
        for warning in warnings {
            self.issues.push(warning);
        }
    }
}

/// All ways out of a stage, taken with any probability.
fn ways(stage: &Stage) -> impl Iterator<Item = Target> {
    stage.outcomes.iter().map(|o| o.to).chain(std::iter::once(stage.next))
}

/// The ways out that a truck of this cargo takes with a probability above 0.
fn open_ways(stage: &Stage, cargo: CargoId) -> Vec<Target> {
    let (mut targets, mut rest) = (Vec::new(), 1.0);
    for outcome in &stage.outcomes {
        let share = match &outcome.rule {
            OutcomeRule::Probability(p) => p.of(cargo),
            OutcomeRule::Every(1) => 1.0,
            OutcomeRule::Every(_) => {
                targets.push(outcome.to);
                0.0
            }
        };
        if share > 0.0 {
            targets.push(outcome.to);
        }
        rest -= share;
    }
    if rest > 1e-12 {
        targets.push(stage.next);
    }
    targets
}

/// A reached stage from which no end can be reached.
fn first_trapped(stages: &[Stage], reached: &[bool], cargo: CargoId) -> Option<usize> {
    let mut leaves = vec![false; stages.len()];
    loop {
        let mut changed = false;
        for (i, stage) in stages.iter().enumerate().filter(|(i, _)| reached[*i]) {
            let out = open_ways(stage, cargo).into_iter().any(|t| match t {
                Target::Stage(next) => leaves[next.0],
                Target::End(_) => true,
            });
            if out && !leaves[i] {
                leaves[i] = true;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    (0..stages.len()).find(|i| reached[*i] && !leaves[*i])
}

/// The least time of a law.
fn least(law: &Law) -> Duration {
    Duration(law.support().0.max(0.0) as i64)
}
