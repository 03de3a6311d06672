//! The responses that a study may ask for: those that its alternatives give, and which of two values of one is better.

use super::load::{StudiedAlternative, Study};
use super::written::At;
use crate::experiment::{Asked, KEYED};
use crate::observe::{Layout, Response, responses};
use crate::scenario::issue::{Issue, did_you_mean, nearest};
use crate::scenario::language::article;
use crate::scenario::{IncidentProcess, Scenario};
use crate::stats::Better;
use crate::table::Kind;

/// Columns of tables with a key of which less is better, beside those that are responses of the whole too.
const LESS: [&str; 20] = [
    "mean_wait_min",
    "mean_wait_served_min",
    "sd_wait_min",
    "wait_p50_min",
    "wait_p90_min",
    "wait_p95_min",
    "wait_p99_min",
    "max_wait_min",
    "share_waiting",
    "mean_queue",
    "max_queue",
    "mean_time_min",
    "blocked_share",
    "held_share",
    "down_share",
    "lost",
    "expired",
    "mean_gathering_min",
    "mean_clearance_min",
    "interceptions",
];

impl Study {
    /// The alternatives, by name, that do not have a response that is written with a key, such as `stage.gate.mean_wait_min`.
    pub fn lacking(&self, response: &str) -> Vec<&str> {
        let keyed = response
            .split_once('.')
            .and_then(|(word, rest)| Some((word, rest.rsplit_once('.')?.0)));
        let Some((word, name)) = keyed else {
            return Vec::new();
        };
        let lacks = |studied: &&StudiedAlternative| !names(&studied.loaded.scenario, word).contains(&name);
        self.alternatives
            .iter()
            .filter(lacks)
            .map(|studied| studied.name.as_str())
            .collect()
    }
}

/// What the scenarios of a study give.
pub(super) struct Known<'a> {
    layout: &'a Layout,
    /// By alternative; none: its scenario is wrong.
    scenarios: Vec<Option<&'a Scenario>>,
    plain: Vec<Response>,
}

/// A response that is known.
pub(super) struct Found {
    pub(super) better: Option<Better>,
    /// Alternatives that do not have it.
    pub(super) lacking: Vec<usize>,
}

impl<'a> Known<'a> {
    pub(super) fn new(layout: &'a Layout, scenarios: Vec<Option<&'a Scenario>>) -> Known<'a> {
        Known {
            layout,
            scenarios,
            plain: responses(layout),
        }
    }

    fn loaded(&self) -> impl Iterator<Item = &'a Scenario> + '_ {
        self.scenarios.iter().flatten().copied()
    }

    /// The responses that decide where a study names none.
    pub(super) fn usual(&self) -> Vec<String> {
        let has_need = self.loaded().any(|s| s.cargos.iter().any(|c| c.need_tonnes_per_day.is_some()));
        let has_incidents = self.loaded().any(|s| s.incidents.is_some());
        let usual = [
            ("delivered_tonnes", true),
            ("need_met", has_need),
            ("days_below_need", has_need),
            ("delivery_time_p90_h", true),
            ("exposure", has_incidents),
            ("backlog_trucks", true),
        ];
        let there = usual.into_iter().filter(|(_, there)| *there);
        there.map(|(name, _)| name.to_owned()).collect()
    }

    /// What a response is asked for, its direction as the study states it or else as its table has it.
    pub(super) fn asked(&self, response: &str, directions: &[(At<String>, Option<Better>)]) -> Asked {
        let stated = directions
            .iter()
            .find(|(name, _)| name.value == response)
            .map(|(_, better)| *better);
        let of_table = || self.find(response).ok().and_then(|found| found.better);
        Asked {
            response: response.to_owned(),
            better: stated.unwrap_or_else(of_table),
        }
    }

    /// The response of a name, or what is wrong with the name.
    pub(super) fn find(&self, response: &str) -> Result<Found, Unknown> {
        match response.split_once('.') {
            None => self.find_plain(response),
            Some((word, rest)) => self.find_keyed(word, rest),
        }
    }

    fn find_plain(&self, response: &str) -> Result<Found, Unknown> {
        if let Some(found) = self.plain.iter().find(|known| known.name == response) {
            return Ok(Found {
                better: direction(found),
                lacking: Vec::new(),
            });
        }
        let near = nearest(response, self.plain.iter().map(|known| known.name.as_str()));
        let in_table = KEYED.iter().find_map(|(word, table)| {
            let has = self.columns(table).is_some_and(|columns| columns.contains(&response));
            let name = self
                .loaded()
                .find_map(|scenario| names(scenario, word).first().map(|name| (*name).to_owned()));
            name.filter(|_| has).map(|name| format!("{word}.{name}.{response}"))
        });
        let note = in_table.as_ref().map_or_else(
            || "responses are the columns of `replications`, and those of tables with a key such as `stage.NAME.mean_wait_min`".to_owned(),
            |name| format!("of a stage, kind of goods and the like it is written with the name: `{name}`"),
        );
        Err(Unknown {
            near: near.filter(|_| in_table.is_none()).map(str::to_owned),
            note,
        })
    }

    /// `stage.gate.mean_wait_min`: the word, then name and column.
    fn find_keyed(&self, word: &str, rest: &str) -> Result<Found, Unknown> {
        let unknown = |near: Option<String>, note: String| Err(Unknown { near, note });
        let Some((known, table)) = KEYED.iter().find(|(known, _)| *known == word) else {
            let near = nearest(word, KEYED.map(|(word, _)| word)).map(|near| format!("{near}.{rest}"));
            let words = KEYED.map(|(word, _)| word).join(", ");
            return unknown(near, format!("responses of tables with a key begin with one of: {words}"));
        };
        let Some((name, column)) = rest.rsplit_once('.') else {
            return unknown(None, format!("expected `{word}.NAME.COLUMN`, such as `stage.scan.mean_wait_min`"));
        };
        let of_alternatives: Vec<Option<Vec<&str>>> = self.scenarios.iter().map(|s| s.map(|s| names(s, known))).collect();
        let all: Vec<&str> = of_alternatives.iter().flatten().flatten().copied().collect();
        let columns = self.columns(table).unwrap_or_default();
        if all.is_empty() || columns.is_empty() {
            return unknown(None, format!("no alternative has {} {known}", article(known)));
        }
        let (good_name, good_column) = (all.contains(&name), columns.contains(&column));
        if good_name && good_column {
            let of_whole = self.plain.iter().find(|response| response.name == column);
            let of_table = LESS.contains(&column).then_some(Better::Less);
            let has = |names: &Option<Vec<&str>>| names.as_ref().is_none_or(|names| names.contains(&name));
            let lacking = of_alternatives.iter().enumerate().filter(|(_, names)| !has(names));
            return Ok(Found {
                better: of_whole.map_or(of_table, direction),
                lacking: lacking.map(|(i, _)| i).collect(),
            });
        }
        let name_meant = if good_name {
            Some(name)
        } else {
            nearest(name, all.iter().copied())
        };
        let column_meant = if good_column {
            Some(column)
        } else {
            nearest(column, columns.iter().copied())
        };
        let near = name_meant
            .zip(column_meant)
            .map(|(name, column)| format!("{known}.{name}.{column}"));
        let mut there: Vec<&str> = Vec::new();
        for name in &all {
            if !there.contains(name) {
                there.push(name);
            }
        }
        let note = if good_name {
            format!("`{table}` has the columns {}", columns.join(", "))
        } else {
            format!("there is {} {known} called {}", article(known), there.join(", "))
        };
        unknown(near, note)
    }

    /// The columns of a table that are numbers; none: it is not kept.
    fn columns(&self, table: &str) -> Option<Vec<&str>> {
        let found = self.layout.tables().iter().find(|t| t.name == table)?;
        let numbers = found.columns[found.keys..].iter().filter(|column| column.kind != Kind::Text);
        Some(numbers.map(|column| column.name.as_str()).collect())
    }
}

/// A name that no response has.
pub(super) struct Unknown {
    /// The one that was probably meant.
    pub(super) near: Option<String>,
    note: String,
}

impl Unknown {
    /// The fault, at its place.
    pub(super) fn told(self, name: &At<String>) -> Issue {
        let issue = Issue::error(format!("no response is called `{}`", name.value)).at(&name.place);
        match self.near {
            Some(near) => did_you_mean(issue, &near, &name.place, true),
            None => issue.note(self.note),
        }
    }
}

fn direction(response: &Response) -> Option<Better> {
    let better = |more: bool| if more { Better::Greater } else { Better::Less };
    response.more_is_better.map(better)
}

/// The names that a scenario gives to what a word stands for: the keys of that table.
fn names<'a>(scenario: &'a Scenario, word: &str) -> Vec<&'a str> {
    let regimes = || match scenario.incidents.as_ref().map(|incidents| &incidents.process) {
        Some(IncidentProcess::Regimes { regimes, .. }) => regimes.iter().map(|r| r.name.as_str()).collect(),
        _ => Vec::new(),
    };
    match word {
        "stage" => scenario.stages.iter().map(|s| s.name.as_str()).collect(),
        "cargo" => scenario.cargos.iter().map(|c| c.name.as_str()).collect(),
        "organisation" => scenario.organisations.iter().map(|o| o.name.as_str()).collect(),
        "convoy" => scenario.convoys.iter().map(|c| c.name.as_str()).collect(),
        "regime" => regimes(),
        "escort" => {
            let escorts = scenario.stages.iter().filter(|s| s.escort.is_some());
            escorts.map(|s| s.name.as_str()).collect()
        }
        "resource" => scenario.resources.iter().map(|r| r.name.as_str()).collect(),
        "hub" => scenario.hubs.iter().map(|h| h.name.as_str()).collect(),
        "driver" => scenario.drivers.iter().map(|d| d.name.as_str()).collect(),
        _ => Vec::new(),
    }
}
