//! A scenario compiled for running: names to indices, laws to samplers, calendars to sorted instants.

use crate::scenario::Scenario;

/// A compiled scenario, shared by all its replications.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it was compiled from.
    pub scenario: Scenario,
    /// Names under which stages count the trucks that leave them (`counts_as`), each once, in order of stages.
    pub counters: Vec<String>,
    /// By stage, its counter, an index of `counters`.
    pub counter_of: Vec<Option<usize>>,
    /// Names of the sources of closures: given closures, severities with a response, triggers, `reopening`.
    pub sources: Vec<String>,
}

impl Plan {
    /// Compiles a scenario.
    pub fn compile(scenario: &Scenario) -> Plan {
        let mut counters: Vec<String> = Vec::new();
        let mut counter_of = Vec::new();
        for stage in &scenario.stages {
            counter_of.push(stage.counts_as.as_ref().map(|name| {
                counters.iter().position(|c| c == name).unwrap_or_else(|| {
                    counters.push(name.clone());
                    counters.len() - 1
                })
            }));
        }
        let mut sources: Vec<String> = scenario.closures.iter().map(|c| c.name.clone()).collect();
        let severities = scenario.incidents.as_ref().map_or(&[][..], |i| &i.severities);
        sources.extend(scenario.policy.responses.iter().map(|(s, _)| severities[s.0].name.clone()));
        sources.extend(scenario.policy.triggers.iter().map(|t| t.name.clone()));
        sources.push("reopening".to_owned());
        Plan {
            scenario: scenario.clone(),
            counters,
            counter_of,
            sources,
        }
    }
}
