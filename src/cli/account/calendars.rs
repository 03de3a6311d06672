//! Opening hours in words.

use crate::calendar::{DAY_NAMES, Hours};
use crate::cli::numbers::counted;
use crate::scenario::Scenario;
use crate::time::Duration;

/// The days in the order of the crossing's week, Sunday first.
pub(super) const WEEK: [usize; 7] = [6, 0, 1, 2, 3, 4, 5];

/// Opening hours by day, and how many days are special.
pub(super) fn calendars(scenario: &Scenario) -> String {
    let told = scenario.calendars.iter().map(|(name, calendar)| {
        let mut parts: Vec<String> = Vec::new();
        let mut day = 0;
        while day < 7 {
            let hours = &calendar.weekly[WEEK[day]];
            let alike = WEEK[day..].iter().take_while(|other| calendar.weekly[**other] == *hours).count();
            let (first, last) = (DAY_NAMES[WEEK[day]], DAY_NAMES[WEEK[day + alike - 1]]);
            let days = if alike == 1 { first.to_owned() } else { format!("{first}-{last}") };
            parts.push(format!("{days} {}", hours_in_words(hours)));
            day += alike;
        }
        let special = [
            (calendar.holidays.len(), "holiday"),
            (calendar.seasons.len(), "season"),
            (calendar.dates.len(), "date of its own"),
        ];
        for (n, noun) in special.into_iter().filter(|(n, _)| *n > 0) {
            parts.push(counted(n, noun).replace("date of its owns", "dates of their own"));
        }
        format!("{name} ({})", parts.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

fn hours_in_words(hours: &Hours) -> String {
    let clock = |at: Duration| {
        let minutes = at.0 / crate::time::MINUTE_US;
        format!("{:02}:{:02}", minutes / 60, minutes % 60)
    };
    match hours.as_slice() {
        [] => "closed".to_owned(),
        [(from, to)] if *from == Duration::ZERO && *to == Duration::from_days(1) => "always".to_owned(),
        several => {
            let told: Vec<String> = several.iter().map(|&(from, to)| format!("{}-{}", clock(from), clock(to))).collect();
            told.join(" and ")
        }
    }
}
