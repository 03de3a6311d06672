//! The names that a scenario gives, by what they stand for.

use crate::scenario::document::{Document, Node, Table, route};
use crate::scenario::fields::Of;
use crate::scenario::world::{CargoId, End, HubId, OrganisationId, ResourceId, SeverityId, StageId};

/// The severity of incidents that state none.
pub(super) const ONLY_SEVERITY: &str = "incident";

/// The names of a scenario, in the order in which it gives them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    pub calendars: Vec<String>,
    pub cargos: Vec<String>,
    pub organisations: Vec<String>,
    pub hubs: Vec<String>,
    pub resources: Vec<String>,
    /// Stages and escorts, in the order of the route.
    pub drivers: Vec<String>,
    pub stages: Vec<String>,
    pub severities: Vec<String>,
    pub regimes: Vec<String>,
    pub sources: Vec<String>,
}

impl Names {
    pub(super) fn of(document: &Document) -> Names {
        let root = &document.root;
        let incidents = table_in(root, &["security", "incidents"]);
        let mut severities = incidents.map(|t| keys_in(t, &["severity"])).unwrap_or_default();
        if severities.is_empty() && incidents.is_some() {
            severities.push(ONLY_SEVERITY.to_owned());
        }
        Names {
            calendars: keys_in(root, &["calendar"]),
            cargos: keys_in(root, &["cargo"]),
            organisations: keys_in(root, &["organisation"]),
            hubs: keys_in(root, &["hub"]),
            resources: keys_in(root, &["resource"]),
            stages: route(root),
            drivers: keys_in(root, &["driver"]),
            severities,
            regimes: keys_in(root, &["security", "incidents", "regime"]),
            sources: keys_in(root, &["scenario", "sources"]),
        }
    }

    /// All names of a kind.
    pub(super) fn known(&self, of: Of) -> &[String] {
        match of {
            Of::Calendar => &self.calendars,
            Of::Cargo => &self.cargos,
            Of::Organisation => &self.organisations,
            Of::Hub => &self.hubs,
            Of::Resource => &self.resources,
            Of::Driver => &self.drivers,
            Of::Stage => &self.stages,
            Of::Severity => &self.severities,
            Of::Regime => &self.regimes,
            _ => &[],
        }
    }

    pub(super) fn index(&self, of: Of, name: &str) -> Option<usize> {
        self.known(of).iter().position(|n| n == name)
    }

    pub(super) fn cargo(&self, name: &str) -> Option<CargoId> {
        self.index(Of::Cargo, name).map(CargoId)
    }

    pub(super) fn organisation(&self, name: &str) -> Option<OrganisationId> {
        self.index(Of::Organisation, name).map(OrganisationId)
    }

    pub(super) fn hub(&self, name: &str) -> Option<HubId> {
        self.index(Of::Hub, name).map(HubId)
    }

    pub(super) fn resource(&self, name: &str) -> Option<ResourceId> {
        self.index(Of::Resource, name).map(ResourceId)
    }

    pub(super) fn stage(&self, name: &str) -> Option<StageId> {
        self.index(Of::Stage, name).map(StageId)
    }

    pub(super) fn severity(&self, name: &str) -> Option<SeverityId> {
        self.index(Of::Severity, name).map(SeverityId)
    }
}

/// The end of a name.
pub(super) fn end(name: &str) -> Option<End> {
    End::ALL.into_iter().find(|e| e.name() == name)
}

/// The table at a path of keys.
pub(super) fn table_in<'a>(root: &'a Table, keys: &[&str]) -> Option<&'a Table> {
    let mut table = root;
    for key in keys {
        table = table.get(key).and_then(Node::as_table)?;
    }
    Some(table)
}

fn keys_in(root: &Table, keys: &[&str]) -> Vec<String> {
    table_in(root, keys)
        .map(|t| t.keys().map(str::to_owned).collect())
        .unwrap_or_default()
}
