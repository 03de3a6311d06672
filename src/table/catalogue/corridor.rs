//! Tables of what surrounds the stages: hubs, shared resources, escorts, uncertain developments.

use super::kept;
use crate::table::{Kind, Table};
use Kind::{Real, Text, Whole};

/// The escorts.
pub fn escorts() -> Table {
    kept(
        "escorts",
        "a row per escort; trips count when they arrive",
        1,
        true,
        &[
            ("escort", Text, "", "name of the escort"),
            ("requests", Whole, "requests", "requests for clearance, each answer one"),
            ("approved", Whole, "requests", "answers: it leaves at once"),
            ("delayed", Whole, "requests", "answers: it leaves later"),
            ("impeded", Whole, "requests", "answers: it leaves, turns round and gathers again"),
            ("denied", Whole, "requests", "answers: it asks again later"),
            ("postponed", Whole, "requests", "answers: it asks again later, counted apart"),
            ("trips", Whole, "trips", "trips that arrived"),
            ("trucks", Whole, "trucks", "trucks that left with them, the intercepted too"),
            ("mean_size", Real, "trucks", "mean number of trucks of a trip"),
            (
                "full_share",
                Real,
                "share",
                "share of the trips with as many trucks as a convoy takes",
            ),
            (
                "mean_gathering_min",
                Real,
                "min",
                "mean time from the arrival of the oldest truck to the departure",
            ),
            (
                "mean_clearance_min",
                Real,
                "min",
                "mean time from the first request to the departure that arrived",
            ),
            ("interceptions", Whole, "trips", "trips that lost trucks on the way"),
            ("intercepted_trucks", Whole, "trucks", "trucks lost on the way"),
            ("vehicles", Whole, "vehicles", "vehicles that carried their loads"),
            ("tonnes", Real, "t", "their load"),
            ("pallets", Real, "pallets", "their load in pallets"),
        ],
    )
}

/// The shared resources.
pub fn resources() -> Table {
    kept(
        "resources",
        "a row per resource",
        1,
        true,
        &[
            ("resource", Text, "", "name of the resource"),
            ("count", Whole, "units", "units that the scenario states"),
            (
                "utilisation",
                Real,
                "share",
                "time in use over the time available; units in use beyond those available count in both",
            ),
            ("mean_in_use", Real, "units", "time average of the units in use"),
            (
                "mean_waiting",
                Real,
                "",
                "time average of the trucks, at escorts of the convoys, that wait for units",
            ),
        ],
    )
}

/// The hubs.
pub fn hubs() -> Table {
    kept(
        "hubs",
        "a row per hub",
        1,
        true,
        &[
            ("hub", Text, "", "name of the hub"),
            (
                "inflow",
                Whole,
                "loads",
                "truckloads that came in batches; the initial stock did not come",
            ),
            (
                "not_sent",
                Whole,
                "loads",
                "truckloads of batches that were due and not sent, the stock being above its limit",
            ),
            ("denied", Whole, "loads", "truckloads whose request was refused"),
            (
                "refused",
                Whole,
                "loads",
                "truckloads of barred organisations refused before their first dispatch",
            ),
            (
                "expired",
                Whole,
                "loads",
                "truckloads whose shelf life ended before their first dispatch",
            ),
            ("held", Whole, "loads", "truckloads held until their organisation was registered"),
            ("reconsigned", Whole, "loads", "truckloads that went on under another organisation"),
            ("slots", Whole, "trucks", "slots of the convoys that drew from it"),
            ("drawn", Whole, "trucks", "truckloads that they took, tries included"),
            ("slots_unused", Whole, "trucks", "slots for which there was no load"),
            ("returned", Whole, "trucks", "trucks that came back to try again"),
            ("retries", Whole, "trucks", "trucks that set out again"),
            (
                "mean_stock",
                Real,
                "loads",
                "time average of the truckloads there, those that wait for approval, registration or another try included",
            ),
            ("max_stock", Whole, "loads", "most of them for any length of time"),
            ("end_stock", Whole, "loads", "truckloads there at the end"),
        ],
    )
}

/// The drivers and contingents.
pub fn drivers() -> Table {
    kept(
        "drivers",
        "a row per driver, and per contingent as contingent.NAME, of the whole run",
        1,
        true,
        &[
            ("driver", Text, "", "name of the driver"),
            ("happened", Whole, "", "1 if it happened (the contingent came), else 0"),
            ("when_h", Real, "h", "when it happened, since the start"),
            ("end_h", Real, "h", "when it ended again; empty if it did not"),
            ("size", Real, "", "size drawn for its first effect, in the unit of that"),
            ("sizes", Text, "", "sizes drawn for all its effects, in their order, joined by ;"),
        ],
    )
}
