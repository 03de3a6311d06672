//! What only the whole scenario can show: routes, services that fit, closures for good.

use super::build::{Builder, EMPTY, place_of, sub};
use crate::random::Law;
use crate::scenario::issue::{Issue, Place, SourceId};
use crate::scenario::world::{
    AtClose, AtClosure, CargoId, ClosureProcess, Diversion, DiversionTarget, Flow, OutcomeRule, Scenario, Stage, StageId, Target,
};
use crate::time::{Duration, Time};

impl Builder<'_> {
    /// Checks a scenario whose values are sound.
    pub(super) fn check(&mut self, scenario: &Scenario) {
        self.check_amounts(scenario);
        self.check_openings(&scenario.calendars);
        self.check_routes(scenario);
        self.check_services(scenario);
        self.check_closed_for_good(scenario);
        self.check_hubs(scenario);
        self.check_escorts(scenario);
        self.check_resources(scenario);
        self.check_effects(scenario);
        self.check_doubts(scenario);
    }

    /// Where a step of the route is written.
    pub(super) fn stage_place(&self, stage: StageId) -> Place {
        let name = self.names.stages[stage.0].as_str();
        self.place_at(&[self.section_of(stage), name])
    }

    /// Where a key of a step of the route is written, or else the step.
    pub(super) fn key_place(&self, stage: StageId, keys: &[&str]) -> Place {
        let name = self.names.stages[stage.0].as_str();
        let path: Vec<&str> = [self.section_of(stage), name].into_iter().chain(keys.iter().copied()).collect();
        self.place_at(&path)
    }

    fn section_of(&self, stage: StageId) -> &'static str {
        if sub(self.root, "stage").has(&self.names.stages[stage.0]) {
            "stage"
        } else {
            "escort"
        }
    }

    /// The place of the value at a path, of a table its key; where the path breaks off, what there is of it.
    pub(super) fn place_at(&self, path: &[&str]) -> Place {
        let mut table = self.root;
        let mut place = Place {
            source: SourceId(0),
            span: 0..0,
        };
        for key in path {
            let Some(e) = table.entry(key) else { break };
            let is_value = e.node.bare().as_table().is_none_or(|t| t.has("dist"));
            place = if is_value { e.node.place.clone() } else { e.key_place.clone() };
            table = e.node.as_table().unwrap_or(&EMPTY);
        }
        place
    }

    /// Trucks keep to the stages of trucks, travellers to theirs; whether they do.
    fn check_flows(&mut self, scenario: &Scenario) -> bool {
        let serves = |stage: StageId| scenario.stages[stage.0].serves;
        let mut crossings: Vec<(Place, StageId)> = Vec::new();
        for (i, stage) in scenario.stages.iter().enumerate() {
            let ways = stage.outcomes.iter().map(|o| (o.to, vec!["outcome", &o.name, "to"]));
            for (target, keys) in ways.chain(std::iter::once((stage.next, vec!["next"]))) {
                if let Target::Stage(to) = target
                    && serves(to) != stage.serves
                {
                    crossings.push((self.key_place(StageId(i), &keys), to));
                }
            }
        }
        for convoy in scenario.convoys.iter().filter(|c| serves(c.enters) != Flow::Trucks) {
            crossings.push((self.place_at(&["convoy", &convoy.name, "enters"]), convoy.enters));
        }
        for stream in scenario.travellers.iter().filter(|t| serves(t.enters) != Flow::Travellers) {
            crossings.push((self.place_at(&["travellers", &stream.name, "enters"]), stream.enters));
        }
        if let Some(Diversion {
            to: DiversionTarget::Stage(to),
            ..
        }) = &scenario.policy.diversion
            && serves(*to) != Flow::Trucks
        {
            crossings.push((self.place_at(&["policy", "diversion", "to"]), *to));
        }
        for (i, stage) in scenario
            .stages
            .iter()
            .enumerate()
            .filter(|(_, s)| s.screens && s.serves == Flow::Travellers)
        {
            let issue = Issue::error(format!("stage `{}` serves travellers, who carry no goods to screen", stage.name));
            self.issues.push(issue.at(&self.key_place(StageId(i), &["screens"])));
        }
        let none = crossings.is_empty();
        for (place, to) in crossings {
            let (served, comers) = match serves(to) {
                Flow::Trucks => ("trucks", "travellers"),
                Flow::Travellers => ("travellers", "trucks"),
            };
            let name = &self.names.stages[to.0];
            let issue = Issue::error(format!("stage `{name}` serves {served}, but {comers} come to it from here")).at(&place);
            self.issues
                .push(issue.note("a stage serves one of the two: `serves = \"trucks\"` or `serves = \"travellers\"`"));
        }
        none
    }

    /// Every stage is reached, and everybody gets out.
    fn check_routes(&mut self, scenario: &Scenario) {
        if !self.check_flows(scenario) || (scenario.convoys.is_empty() && scenario.travellers.is_empty()) {
            return;
        }
        for flow in [Flow::Trucks, Flow::Travellers] {
            self.check_routes_of(scenario, flow);
        }
    }

    fn check_routes_of(&mut self, scenario: &Scenario, flow: Flow) {
        let stages = &scenario.stages;
        let reached = reached(stages, entries(scenario, flow));
        let (one, stream) = match flow {
            Flow::Trucks => ("truck", "convoy"),
            Flow::Travellers => ("traveller", "stream of travellers"),
        };
        for (i, stage) in stages.iter().enumerate().filter(|(i, s)| s.serves == flow && !reached[*i]) {
            let what = if stage.escort.is_some() { "escort" } else { "stage" };
            let issue = Issue::error(format!("no {one} ever reaches {what} `{}`", stage.name)).at(&self.stage_place(StageId(i)));
            self.issues
                .push(issue.label(format!("no {stream} enters here, and no `next` or `outcome` leads here")));
        }
        let kinds = if flow == Flow::Trucks { scenario.cargos.len().max(1) } else { 1 };
        for cargo in (0..kinds).map(CargoId) {
            // Travellers carry nothing: the general probabilities hold for them.
            let carried = if flow == Flow::Trucks { cargo } else { CargoId(usize::MAX) };
            if let Some(trapped) = first_trapped(stages, &reached, carried) {
                let whose = if kinds > 1 {
                    format!(" with cargo `{}`", scenario.cargos[cargo.0].name)
                } else {
                    String::new()
                };
                let issue = Issue::error(format!(
                    "a {one}{whose} never leaves: from stage `{}` no end can be reached",
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
                self.issues.push(issue.at(&self.key_place(StageId(i), &["last_start"])));
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
                    .at(&self.key_place(StageId(i), &["service"]))
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
}

/// Where those of a flow come into the model, and come again.
fn entries(scenario: &Scenario, flow: Flow) -> Vec<StageId> {
    let mut entries: Vec<StageId> = match flow {
        Flow::Trucks => scenario.convoys.iter().map(|c| c.enters).collect(),
        Flow::Travellers => scenario.travellers.iter().map(|t| t.enters).collect(),
    };
    if entries.is_empty() {
        return entries;
    }
    let of_flow = || scenario.stages.iter().enumerate().filter(|(_, s)| s.serves == flow);
    let turns_back = of_flow().any(|(_, s)| s.return_delay.is_some() && s.at_closure == AtClosure::TurnBack);
    if turns_back {
        entries.extend(of_flow().next().map(|(i, _)| StageId(i)));
    }
    if let (
        Flow::Trucks,
        Some(Diversion {
            to: DiversionTarget::Stage(to),
            ..
        }),
    ) = (flow, &scenario.policy.diversion)
    {
        entries.push(*to);
    }
    entries
}

/// The stages that can be reached from some.
pub(super) fn reached(stages: &[Stage], from: Vec<StageId>) -> Vec<bool> {
    let mut reached = vec![false; stages.len()];
    let mut to_visit = from;
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
    reached
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
