//! What a scenario is made of, in words: entities, activities, resources, queues, and where the model begins and ends.

use super::said::{count_of, listed, named, short, time, time_of};
use crate::cli::account;
use crate::cli::numbers::{counted, percent, whole};
use crate::scenario::{
    AtClose, Discipline, End, Escort, Flow, IncidentProcess, LawByCargo, OutcomeRule, QueueAtClose, QueueAtClosure, RegimeStart, Scenario,
    Stage, Target, WhenFull,
};

/// What moves through the model, and what it carries with it.
pub(super) fn entities(scenario: &Scenario) -> Vec<String> {
    let mut told = vec![truck(scenario)];
    let streams = scenario.convoys.iter().map(|stream| stream.name.as_str());
    told.push(format!(
        "A convoy is the trucks that a stream ({}) dispatches together.",
        named(streams)
    ));
    if !scenario.hubs.is_empty() {
        let hubs = named(scenario.hubs.iter().map(|hub| hub.name.as_str()));
        told.push(format!(
            "A load waits at a hub ({hubs}) until a convoy has a slot for it; then it is a truck."
        ));
    }
    if !scenario.travellers.is_empty() {
        told.push("Travellers come in groups and are counts of people; they share neither lanes nor numbers with the trucks.".to_owned());
    }
    if let Some(incidents) = &scenario.incidents {
        let severities = named(incidents.severities.iter().map(|severity| severity.name.as_str()));
        let loss = incidents.severities.iter().any(|severity| severity.loss > 0.0);
        let loss = if loss { " and may destroy loads" } else { "" };
        told.push(format!(
            "An incident has an instant and a severity ({severities}); it exposes the trucks that it finds{loss}."
        ));
    }
    if !scenario.contingents.is_empty() {
        let names = named(scenario.contingents.iter().map(|contingent| contingent.name.as_str()));
        told.push(format!(
            "Contingents ({names}) are numbers of troops by contributor, without positions."
        ));
    }
    told
}

fn truck(scenario: &Scenario) -> String {
    let mut has = vec![
        "an organisation".to_owned(),
        "a kind of goods".to_owned(),
        "a load in tonnes".to_owned(),
    ];
    let cargos = || scenario.cargos.iter();
    if cargos().any(|cargo| cargo.pallets.as_constant().is_none_or(|pallets| pallets > 0.0)) {
        has.push("its pallets".to_owned());
    }
    if cargos().any(|cargo| cargo.priority.is_some()) {
        has.push("a priority by its goods".to_owned());
    }
    if cargos().any(|cargo| cargo.shelf_life.is_some()) {
        has.push("a time after which some goods expire".to_owned());
    }
    format!("A truck is one truckload: {}.", listed(&has))
}

/// What happens at each stage: its name, and its service.
pub(super) fn activities(scenario: &Scenario) -> Vec<(String, String)> {
    let told = |stage: &Stage| {
        let mut parts = vec![match &stage.escort {
            Some(escort) => trip(escort),
            None => format!("service {}", law(&stage.service)),
        }];
        parts.extend(stage.extras.iter().map(|extra| {
            format!(
                "`{}` with probability {}, {}",
                extra.name,
                short(extra.probability.general),
                time_of(&extra.time)
            )
        }));
        parts.extend(stage.outcomes.iter().map(|outcome| {
            let who = match &outcome.rule {
                OutcomeRule::Probability(p) if p.by_cargo.is_empty() => percent(p.general, 1),
                OutcomeRule::Probability(p) => format!("{} (otherwise by goods)", percent(p.general, 1)),
                OutcomeRule::Every(k) => format!("every {}th", whole(f64::from(*k))),
            };
            format!("{who} {}", leads(scenario, outcome.to))
        }));
        if stage.screens {
            parts.push("goods that are not allowed are found here".to_owned());
        }
        parts.push(match (stage.serves, stage.next) {
            (Flow::Travellers, Target::End(End::Delivered)) => "then people are through".to_owned(),
            (_, next) => format!("then {}", leads(scenario, next)),
        });
        (stage.name.clone(), parts.join("; "))
    };
    scenario.stages.iter().map(told).collect()
}

fn law(service: &LawByCargo) -> String {
    let own = if service.by_cargo.is_empty() {
        ""
    } else {
        ", some goods otherwise"
    };
    format!("{}{own}", time_of(&service.general))
}

fn trip(escort: &Escort) -> String {
    let most = count_of(&escort.size_max);
    format!(
        "trucks gather to convoys of {} to {most}, ask for clearance and go together, {} on the way",
        whole(f64::from(escort.size_min)),
        time_of(&escort.trip)
    )
}

fn leads(scenario: &Scenario, to: Target) -> String {
    match to {
        Target::Stage(stage) => format!("to `{}`", scenario.stages[stage.0].name),
        Target::End(end) => end_of(end).to_owned(),
    }
}

/// An end in words.
pub(super) fn end_of(end: End) -> &'static str {
    match end {
        End::Delivered => "delivered",
        End::Returned => "returned",
        End::Rejected => "rejected for its goods",
        End::Refused => "refused for its organisation",
        End::Expired => "expired",
        End::Lost => "without room in a yard",
        End::TurnedBack => "turned back for good",
        End::Intercepted => "intercepted on the way",
        End::LostToIncident => "destroyed in an incident",
        End::Diverted => "diverted to another entry point",
    }
}

/// What is shared or taken: lanes, and resources with who uses them.
pub(super) fn resources(scenario: &Scenario) -> Vec<String> {
    let lanes = scenario.stages.iter().filter(|stage| stage.escort.is_none()).map(|stage| {
        let lanes = stage.lanes.map_or("no limit of lanes".to_owned(), |n| counted(n as usize, "lane"));
        format!("`{}`: {lanes}", stage.name)
    });
    let mut told = vec![format!("{}.", lanes.collect::<Vec<_>>().join("; "))];
    for (i, resource) in scenario.resources.iter().enumerate() {
        let uses = |stage: &&Stage| {
            let of_escort = stage.escort.as_ref().is_some_and(|escort| {
                let vehicles = escort.vehicles.as_ref().map(|vehicles| vehicles.resource.0);
                escort.teams.map(|teams| teams.0) == Some(i) || vehicles == Some(i)
            });
            of_escort || stage.needs.iter().any(|need| need.resource.0 == i)
        };
        let users: Vec<&str> = scenario.stages.iter().filter(uses).map(|stage| stage.name.as_str()).collect();
        let users = if users.is_empty() {
            "used by no stage".to_owned()
        } else {
            format!("used by {}", named(users))
        };
        told.push(format!("`{}`: {}, {users}.", resource.name, whole(f64::from(resource.count))));
    }
    told
}

/// Where trucks and travellers wait: the name of the stage, and the rules of its queue.
pub(super) fn queues(scenario: &Scenario) -> Vec<(String, String)> {
    let told = |stage: &Stage| {
        let mut parts = vec![
            match stage.queue.discipline {
                Discipline::Fifo => "first come, first served",
                Discipline::Priority => "by the priority of the goods, first come first served within a class, no preemption",
                Discipline::PreemptivePriority => {
                    "by the priority of the goods; a truck of a lower class in a lane makes way and goes on later with what remained"
                }
                Discipline::Lifo => "last come, first served",
            }
            .to_owned(),
        ];
        parts.push(match (stage.queue.capacity, stage.queue.when_full) {
            (None, _) => "room without limit".to_owned(),
            (Some(n), WhenFull::Block) => format!("{}, then the truck stays where it is", counted(n as usize, "place")),
            (Some(n), WhenFull::Lose) => format!("{}, then the truck is lost", counted(n as usize, "place")),
        });
        if let Some(patience) = &stage.patience {
            parts.push(format!("who has waited {} leaves as expired", time_of(patience)));
        }
        if stage.queue_at_close == QueueAtClose::Return {
            parts.push("who waits at the end of the day is returned".to_owned());
        }
        if stage.queue_at_closure == QueueAtClosure::TurnBack {
            parts.push("who waits when security closes it is turned back".to_owned());
        }
        (stage.name.clone(), parts.join("; "))
    };
    scenario.stages.iter().map(told).collect()
}

/// Whether services start only in opening hours, and what closing does to those under way: `finish`, `hold`, `restart`, as far as used.
pub(super) fn closings(scenario: &Scenario) -> Option<String> {
    let staffed: Vec<&Stage> = scenario.stages.iter().filter(|stage| stage.calendar.is_some()).collect();
    let does = |rule: AtClose, what: &str| {
        let stages: Vec<&str> = staffed.iter().filter(|s| s.at_close == rule).map(|s| s.name.as_str()).collect();
        (!stages.is_empty()).then(|| format!("at {} {what}", named(stages)))
    };
    let told: Vec<String> = [
        does(AtClose::Finish, "they go on to their end"),
        does(AtClose::Hold, "they pause until the next opening"),
        does(AtClose::Restart, "they begin again at the next opening"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!told.is_empty()).then(|| {
        format!(
            "Services start only in the hours of the calendar of their stage. What is under way when it closes: {}.",
            told.join("; ")
        )
    })
}

/// Where trucks, loads and people come in: what the account of the scenario says of streams and hubs.
pub(super) fn entries(scenario: &Scenario) -> Vec<String> {
    let lines = account::lines(scenario);
    let of = |what: &str| lines.iter().find(|(name, _)| *name == what).map(|(_, told)| told);
    [
        ("hubs", "Loads come to hubs"),
        ("convoys", "Trucks come by convoys"),
        ("travellers", "People come by groups"),
    ]
    .into_iter()
    .filter_map(|(what, words)| Some(format!("{words}: {}.", of(what)?)))
    .collect()
}

/// The state at the start, and what of it is drawn.
pub(super) fn start(scenario: &Scenario) -> String {
    let mut told = vec!["At the start no truck is on its way".to_owned()];
    told.extend(scenario.hubs.iter().map(|hub| {
        let loads = counted(hub.initial_stock as usize, "load");
        format!("hub `{}` holds {loads}, approved and of age 0", hub.name)
    }));
    told.extend(scenario.cargos.iter().filter_map(|cargo| {
        let days = cargo.gaza_stock_days?;
        Some(format!(
            "the stock of `{}` in Gaza covers its need for {} days",
            cargo.name,
            short(days)
        ))
    }));
    let process = scenario.incidents.as_ref().map(|incidents| &incidents.process);
    let has_drawn_regime = matches!(
        process,
        Some(IncidentProcess::Regimes {
            start: RegimeStart::Stationary,
            ..
        })
    );
    let drawn: Vec<String> = [
        (
            scenario.hubs.iter().any(|hub| hub.initial_stock > 0),
            "goods and organisations of the loads in hubs",
        ),
        (has_drawn_regime, "the regime of security"),
    ]
    .into_iter()
    .filter(|(is_drawn, _)| *is_drawn)
    .map(|(_, what)| what.to_owned())
    .collect();
    let same = if drawn.is_empty() {
        "It is the same in every replication.".to_owned()
    } else {
        format!("Of it {} are drawn; the rest is the same in every replication.", listed(&drawn))
    };
    format!("{}. {same}", told.join("; "))
}

/// The warm-up in words: `30 days`; none where there is none.
pub(super) fn warm_up(scenario: &Scenario) -> Option<String> {
    let warm_up = scenario.horizon.warm_up;
    (warm_up.0 > 0).then(|| time(warm_up.0 as f64))
}
