//! Settings that do nothing: told, not refused.

use super::build::{Builder, place_of, sub};
use super::checks::reached;
use crate::random::Law;
use crate::scenario::document::Node;
use crate::scenario::issue::Issue;
use crate::scenario::world::{
    Approval, AtClosure, Discipline, End, Flow, IncidentProcess, QueueAtClose, QueueAtClosure, Scenario, Stage, StageId, Target,
};

impl Builder<'_> {
    pub(super) fn check_effects(&mut self, scenario: &Scenario) {
        let mut warnings = Vec::new();
        for (i, stage) in scenario.stages.iter().enumerate() {
            self.effects_of_stage(scenario, StageId(i), stage, &mut warnings);
            self.effects_of_outcomes(scenario, StageId(i), stage, &mut warnings);
            self.effects_of_needs(scenario, StageId(i), stage, &mut warnings);
        }
        self.effects_of_supply(scenario, &mut warnings);
        self.effects_of_holdings(scenario, &mut warnings);
        self.effects_of_policy(scenario, &mut warnings);
        self.issues.extend(warnings);
    }

    fn effects_of_stage(&mut self, scenario: &Scenario, id: StageId, stage: &Stage, warnings: &mut Vec<Issue>) {
        let at = |key: &str| self.key_place(id, &[key]);
        let what = if stage.escort.is_some() { "escort" } else { "stage" };
        let by_priority = matches!(stage.queue.discipline, Discipline::Priority | Discipline::PreemptivePriority);
        let has_priority = scenario.cargos.iter().any(|c| c.priority.is_some());
        let carried = stage.serves == Flow::Trucks;
        if by_priority && (!carried || !has_priority && !scenario.cargos.is_empty()) {
            let why = if carried { "no cargo states one" } else { "travellers have none" };
            warnings.push(
                Issue::warning(format!("{what} `{}` serves by priority, but {why}", stage.name))
                    .at(&self.key_place(id, &["queue", "discipline"])),
            );
        }
        if stage.calendar.is_none() && stage.queue_at_close == QueueAtClose::Return {
            let issue = Issue::warning(format!("stage `{}` never closes, so `queue_at_close` has no effect", stage.name));
            warnings.push(issue.at(&at("queue_at_close")));
        }
        let section = sub(self.root, if stage.escort.is_some() { "escort" } else { "stage" });
        let own = section
            .get(&stage.name)
            .and_then(Node::as_table)
            .is_some_and(|t| t.has("return_delay"));
        if own && stage.at_closure != AtClosure::TurnBack && stage.queue_at_closure != QueueAtClosure::TurnBack {
            let issue = Issue::warning(format!(
                "{what} `{}` turns nobody back, so `return_delay` has no effect",
                stage.name
            ));
            warnings.push(issue.at(&at("return_delay")));
        }
        if stage.outcome_odds_cv > 0.0 && stage.outcomes.is_empty() {
            let issue = Issue::warning(format!(
                "stage `{}` has no outcomes, so `outcome_odds_cv` has no effect",
                stage.name
            ));
            warnings.push(issue.at(&self.key_place(id, &["day_effect", "outcome_odds_cv"])));
        }
    }

    fn effects_of_outcomes(&self, scenario: &Scenario, id: StageId, stage: &Stage, warnings: &mut Vec<Issue>) {
        let draws = scenario.convoys.iter().any(|c| c.draw_from.is_some());
        for outcome in stage
            .outcomes
            .iter()
            .filter(|o| o.retry.is_some() && o.to == Target::End(End::Returned))
        {
            if stage.serves == Flow::Trucks && draws {
                continue;
            }
            let why = if draws {
                "travellers do not try again"
            } else {
                "no convoy draws from a hub"
            };
            warnings.push(
                Issue::warning(format!("{why}, so `retry` has no effect"))
                    .at(&self.key_place(id, &["outcome", &outcome.name, "retry"]))
                    .label("who is returned here is returned for good"),
            );
        }
    }

    /// What is taken should come to be given back.
    fn effects_of_needs(&self, scenario: &Scenario, id: StageId, stage: &Stage, warnings: &mut Vec<Issue>) {
        let own = reached(&scenario.stages, vec![id]);
        for need in stage.needs.iter().filter(|n| !own[n.released_after.0]) {
            let name = &scenario.resources[need.resource.0].name;
            let released = &scenario.stages[need.released_after.0].name;
            let issue = Issue::warning(format!(
                "no truck comes from stage `{}` to `{released}`: it gives `{name}` back when it ends",
                stage.name
            ));
            warnings.push(issue.at(&self.key_place(id, &["releases_after", name])));
        }
    }

    fn effects_of_supply(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        for cargo in &scenario.cargos {
            let idle = [
                (
                    "repack",
                    cargo.repack.is_some() && cargo.restricted <= 0.0,
                    "screening never rejects",
                ),
                (
                    "heat",
                    cargo.heat.is_some() && cargo.shelf_life.is_none(),
                    "no `shelf_life` is stated for",
                ),
                (
                    "gaza_stock",
                    cargo.gaza_stock_days.is_some() && cargo.need_tonnes_per_day.is_none(),
                    "no `need` is stated for",
                ),
            ];
            for (key, _, why) in idle.into_iter().filter(|(_, is_idle, _)| *is_idle) {
                let place = self.place_at(&["cargo", &cargo.name, key]);
                warnings.push(Issue::warning(format!("{why} cargo `{}`, so `{key}` has no effect", cargo.name)).at(&place));
            }
        }
        for organisation in &scenario.organisations {
            let name = &organisation.name;
            if organisation.approval.as_ref().is_some_and(has_no_effect) {
                let issue = Issue::warning("this approval has no effect: it takes no time and is never refused");
                warnings.push(issue.at(&self.place_at(&["organisation", name, "approval"])));
            }
            for (cargo, _) in &organisation.approval_for {
                let sends = organisation.cargo.iter().any(|(c, share)| c == cargo && *share > 0.0);
                let sent_by_mix = scenario.convoys.iter().any(|c| c.cargo.is_some()) || scenario.hubs.iter().any(|h| h.cargo.is_some());
                if !sends && !sent_by_mix {
                    let cargo = &scenario.cargos[cargo.0].name;
                    let issue = Issue::warning(format!("organisation `{name}` sends no `{cargo}`, so its approval has no effect"));
                    warnings.push(issue.at(&self.place_at(&["organisation", name, "approval_for", cargo])));
                }
            }
        }
    }

    fn effects_of_holdings(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        for (i, resource) in scenario.resources.iter().enumerate() {
            let used = scenario.stages.iter().any(|s| {
                let escort = s.escort.as_deref();
                s.needs.iter().any(|n| n.resource.0 == i)
                    || escort.is_some_and(|e| e.teams.is_some_and(|t| t.0 == i) || e.vehicles.as_ref().is_some_and(|v| v.resource.0 == i))
            });
            if !used {
                let issue = Issue::warning(format!("no stage or escort needs resource `{}`", resource.name));
                warnings.push(issue.at(&self.place_at(&["resource", &resource.name])));
            }
        }
        for hub in scenario.hubs.iter().filter(|h| h.inflow.is_some() && h.batch.mean() <= 0.0) {
            let issue = Issue::warning("a batch of 0 counts as 1: a batch brings at least one truckload");
            warnings.push(issue.at(&self.place_at(&["hub", &hub.name, "inflow", "batch"])));
        }
        for hub in scenario.hubs.iter().filter(|h| h.stop_above.is_some() && h.inflow.is_none()) {
            let issue = Issue::warning(format!("nobody sends to hub `{}`, so `stop_above` has no effect", hub.name));
            warnings.push(issue.at(&self.place_at(&["hub", &hub.name, "stop_above"])));
        }
    }

    fn effects_of_policy(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        let policy = &scenario.policy;
        if let Some(incidents) = &scenario.incidents
            && policy.responses.is_empty()
            && !policy.triggers.is_empty()
            && !incidents.severities.is_empty()
        {
            let place = place_of(sub(self.root, "policy"), "trigger");
            warnings
                .push(Issue::warning("the triggers have no effect: they count incidents that have a response, and none has").at(&place));
        }
        self.unanswered(scenario, warnings);
        if let Some(precaution) = &policy.precaution {
            let warned = precaution.hit > 0.0 && scenario.incidents.is_some();
            if !warned && precaution.false_alarms_per_hour <= 0.0 {
                let why = if scenario.incidents.is_none() {
                    "this scenario has no `[security.incidents]`"
                } else {
                    "no incident is warned of"
                };
                let issue = Issue::warning(format!("the precaution has no effect: {why}, and there are no false alarms"));
                warnings.push(issue.at(&self.place_at(&["policy", "precaution"])));
            }
        }
    }

    /// Severities that occur, but were left out where the policy answers others.
    fn unanswered(&self, scenario: &Scenario, warnings: &mut Vec<Issue>) {
        let (Some(incidents), policy) = (&scenario.incidents, &scenario.policy) else {
            return;
        };
        if policy.responses.is_empty() {
            return;
        }
        for (i, severity) in incidents.severities.iter().enumerate() {
            let occurs = match &incidents.process {
                IncidentProcess::Trace(rows) => rows.iter().any(|(_, of)| of.0 == i),
                _ => severity.share > 0.0,
            };
            if occurs && !policy.responses.iter().any(|(of, _)| of.0 == i) {
                let name = &severity.name;
                let issue = Issue::warning(format!(
                    "severity `{name}` occurs, but the policy has no response to it: it closes nothing"
                ));
                let issue = issue.at(&place_of(sub(self.root, "policy"), "response"));
                warnings.push(issue.note(format!("if that is meant, `[policy.response.{name}]` with `capacity = 1` says so")));
            }
        }
    }
}

fn has_no_effect(approval: &Approval) -> bool {
    let no_time = Law::as_constant(&approval.lead).is_some_and(|lead| lead <= 0.0);
    no_time && approval.refused <= 0.0 && approval.not_honoured <= 0.0
}
