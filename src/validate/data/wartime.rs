//! Sets of December 2023 to May 2024: daily entries, closures, senders.

use super::estimate::Estimator::{Distance, Mean, PooledMean, Ratio};
use super::sets::target;
use super::{Fit, Set, Target, measures};

const DAILY: &[&str] = &["daily"];
const A_DAY: &str = "trucks/d";

const RAFAH: Target = target(
    ("Rafah, mean", A_DAY),
    69.0,
    Fit::Within(0.05),
    (measures::mean_per_day, &["entered_rafah_trucks"]),
    Mean,
);
const KEREM_SHALOM: Target = target(
    ("Kerem Shalom, mean", A_DAY),
    64.0,
    Fit::Within(0.05),
    (measures::mean_per_day, &["entered_kerem_shalom_trucks"]),
    Mean,
);
const BOTH: Target = target(
    ("both, mean", A_DAY),
    134.0,
    Fit::Within(0.05),
    (measures::mean_per_day, &["entered_trucks"]),
    Mean,
);
const NONE: Target = target(
    ("days of none, of 54", "d"),
    2.0,
    Fit::Between(0.0, 6.0),
    (measures::days_of_none, &["entered_trucks"]),
    Mean,
);

pub(super) const C1: Set = Set {
    id: "C1",
    title: "entry at Rafah and Kerem Shalom",
    period: "17 Dec 2023 to 8 Feb 2024",
    counter: "entered",
    source: "UNRWA-LL",
    scenario: "c1-entry.toml",
    changes: &[],
    replications: 400,
    use_made: "sets the mean sizes of that time; the baseline has its own",
    tables: DAILY,
    targets: &[RAFAH, KEREM_SHALOM, BOTH, NONE],
};

/// Spread and correlation were observed over a longer period, which the same laws fill.
pub(super) const C1_SERIES: Set = Set {
    id: "C1 series",
    title: "spread and correlation of the days",
    period: "17 Dec 2023 to 5 May 2024",
    changes: &[("horizon.length", "141d")],
    use_made: "sets the dispersion and the correlation of that time; 0.4 from day to day in the baseline rests on it too",
    targets: &[
        target(
            ("standard deviation, no Saturdays", A_DAY),
            61.0,
            Fit::Within(0.20),
            (measures::spread, &["entered_trucks"]),
            Mean,
        ),
        target(
            ("correlation from day to day, no Saturdays", ""),
            0.45,
            Fit::Between(0.4, 0.5),
            (measures::lag_one, &["entered_trucks"]),
            Mean,
        ),
    ],
    ..C1
};

pub(super) const C1_REPLAYED: Set = Set {
    id: "C1 replayed",
    title: "the counted trucks of each day",
    scenario: "c1-entry-replayed.toml",
    replications: 40,
    use_made: "shows that the counts, which go in, come out, and no more",
    targets: &[RAFAH, KEREM_SHALOM, BOTH, NONE],
    ..C1
};

const fn weekday(name: &'static str, of: &'static [&'static str], observed: f64, fit: Fit) -> Target {
    target((name, A_DAY), observed, fit, (measures::on_weekday, of), Mean)
}

pub(super) const C2: Set = Set {
    id: "C2",
    title: "the shape of the week",
    period: "17 Dec 2023 to 5 May 2024",
    counter: "entered",
    source: "COGAT-LL",
    scenario: "c2-week.toml",
    changes: &[],
    replications: 400,
    use_made: "sets what a Friday and a Saturday are against a weekday",
    tables: DAILY,
    targets: &[
        weekday("Sunday", &["entered_trucks", "sun"], 223.0, Fit::Within(0.10)),
        weekday("Monday", &["entered_trucks", "mon"], 209.0, Fit::Within(0.10)),
        weekday("Tuesday", &["entered_trucks", "tue"], 208.0, Fit::Within(0.10)),
        weekday("Wednesday", &["entered_trucks", "wed"], 214.0, Fit::Within(0.10)),
        weekday("Thursday", &["entered_trucks", "thu"], 202.0, Fit::Within(0.10)),
        weekday("Friday", &["entered_trucks", "fri"], 117.0, Fit::Within(0.10)),
        weekday("Saturday", &["entered_trucks", "sat"], 5.0, Fit::Under(15.0)),
        target(
            ("coefficient of variation, Sunday to Thursday", ""),
            0.42,
            Fit::Within(0.10),
            (measures::working_cv, &["entered_trucks"]),
            Mean,
        ),
    ],
};

/// The open spells that were counted, in days.
const OPEN_SPELLS: &[f64] = &[4.0, 2.0, 17.0, 1.0, 13.0, 56.0, 5.0, 8.0, 3.0, 4.0, 14.0, 29.0, 1.0, 9.0, 13.0];

pub(super) const C3: Set = Set {
    id: "C3",
    title: "spells of closure at Rafah",
    period: "21 Oct 2023 to 5 May 2024",
    counter: "days with and without an entry",
    source: "UNRWA-LL",
    scenario: "c3-spells.toml",
    changes: &[],
    replications: 1000,
    use_made: "sets hazard and length of outages; the baseline halves the hazard for the truce",
    tables: DAILY,
    targets: &[
        target(
            ("share of open days", ""),
            179.0 / 198.0,
            Fit::Near(0.03),
            (measures::open_share, &["dispatched_trucks"]),
            Mean,
        ),
        target(
            ("open spell, mean", "d"),
            179.0 / 15.0,
            Fit::Within(0.15),
            (measures::open_spells, &["dispatched_trucks"]),
            PooledMean,
        ),
        target(
            ("Kolmogorov distance from the 15 open spells listed", ""),
            0.0,
            Fit::Under(0.25),
            (measures::open_spells, &["dispatched_trucks"]),
            Distance(OPEN_SPELLS),
        ),
    ],
};

const fn share(name: &'static str, of: &'static [&'static str], observed: f64) -> Target {
    target((name, ""), observed, Fit::Near(0.03), (measures::share_of_row, of), Ratio)
}

const SENDERS: &str = "organisations";
const SENDER: &str = "organisation";
const TRUCKS: &str = "delivered_trucks";

pub(super) const C5: Set = Set {
    id: "C5",
    title: "senders and goods at Rafah",
    period: "to 5 May 2024",
    counter: "entered",
    source: "UNRWA-LL",
    scenario: "c5-senders.toml",
    changes: &[],
    replications: 100,
    use_made: "shows that the shares, which go in, come out",
    tables: &[SENDERS, "cargo"],
    targets: &[
        share("Red Crescent", &[SENDERS, SENDER, "red_crescent", TRUCKS], 0.61),
        share("UN", &[SENDERS, SENDER, "un", TRUCKS], 0.17),
        share("private", &[SENDERS, SENDER, "private", TRUCKS], 0.10),
        share("international NGOs", &[SENDERS, SENDER, "ingo", TRUCKS], 0.10),
        share("other senders", &[SENDERS, SENDER, "other", TRUCKS], 0.03),
        share("food", &["cargo", "cargo", "food", TRUCKS], 0.66),
        share("shelter and other non-food", &["cargo", "cargo", "shelter", TRUCKS], 0.20),
        share("wash", &["cargo", "cargo", "wash", TRUCKS], 0.09),
        share("medical", &["cargo", "cargo", "medical", TRUCKS], 0.06),
    ],
};
