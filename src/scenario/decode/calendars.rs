//! Calendars and profiles.

use super::build::{Builder, items, node, place_of, sub, text};
use super::fit::{date, hours};
use crate::calendar::{Calendar, CivilDate, DAY_NAMES, Hours, Profile, Season, parse_days};
use crate::scenario::document::{Node, Table};
use crate::scenario::fields::is_days;
use crate::scenario::issue::Issue;
use crate::scenario::world::CalendarId;
use crate::time::Time;

impl Builder<'_> {
    pub(super) fn calendars(&mut self) -> Vec<(String, Calendar)> {
        let named = sub(self.root, "calendar");
        named
            .entries
            .iter()
            .map(|e| {
                (
                    e.key.clone(),
                    e.node.as_table().map(|t| self.calendar(t, &e.key)).unwrap_or_default(),
                )
            })
            .collect()
    }

    fn calendar(&mut self, table: &Table, name: &str) -> Calendar {
        let week = self.week(table);
        if !table.keys().any(is_days) && !table.has("dates") && !table.has("season") {
            let place = place_of(sub(self.root, "calendar"), name);
            self.issues.push(
                Issue::error(format!("calendar `{name}` names no day, so it never opens"))
                    .at(&place)
                    .note("days never named are closed; such as sun-thu = \"08:00-17:00\""),
            );
        }
        let seasons = sub(table, "season")
            .entries
            .iter()
            .filter_map(|e| self.season(&e.key, e.node.as_table()?))
            .collect();
        let mut dates: Vec<(CivilDate, Hours)> = Vec::new();
        for e in &sub(table, "dates").entries {
            match CivilDate::parse(&e.key) {
                Ok(day) => dates.push((day, hours(e.node.bare()).unwrap_or_default())),
                Err(why) => self.issues.push(Issue::error(why).at(&e.key_place)),
            }
        }
        Calendar {
            weekly: week.map(Option::unwrap_or_default),
            seasons,
            holidays: items(table, "holidays").iter().filter_map(|n| date(n.bare()).ok()).collect(),
            dates,
        }
    }

    /// Hours by day of the week; none: not named.
    fn week(&mut self, table: &Table) -> [Option<Hours>; 7] {
        let mut week: [Option<(Hours, &str)>; 7] = Default::default();
        for e in &table.entries {
            let Ok(days) = parse_days(&e.key) else { continue };
            let intervals = hours(e.node.bare()).unwrap_or_default();
            for day in days {
                if let Some((_, before)) = &week[day] {
                    let issue =
                        Issue::error(format!("`{}` is given twice: by `{before}` and by `{}`", DAY_NAMES[day], e.key)).at(&e.key_place);
                    self.issues
                        .push(issue.note("a day may be given once in a file; several intervals stand in an array"));
                    break;
                }
                week[day] = Some((intervals.clone(), &e.key));
            }
        }
        week.map(|day| day.map(|(hours, _)| hours))
    }

    fn season(&mut self, name: &str, table: &Table) -> Option<Season> {
        let weekly = self.week(table);
        let (from, to) = (node(table, "from")?, node(table, "to")?);
        let (first, last) = (date(from).ok()?, date(to).ok()?);
        if last < first {
            self.issues
                .push(Issue::error(format!("expected a season that ends on or after {first}, found {last}")).at(&to.place));
        }
        if weekly.iter().all(Option::is_none) {
            self.issues
                .push(Issue::error(format!("season `{name}` names no day, so it changes nothing")).at(&from.place));
        }
        Some(Season {
            name: name.to_owned(),
            from: first,
            to: last,
            weekly,
        })
    }

    /// A calendar by name; none: always open.
    pub(super) fn calendar_of(&self, table: &Table) -> Option<CalendarId> {
        self.names
            .calendars
            .iter()
            .position(|n| n == text(table, "calendar"))
            .map(CalendarId)
    }

    /// Calendars in use that never open during the horizon.
    pub(super) fn check_openings(&mut self, calendars: &[(String, Calendar)]) {
        let mut uses: Vec<(String, &Node)> = Vec::new();
        for (section, what) in [
            ("stage", "nothing passes stage"),
            ("escort", "no convoy leaves with escort"),
            ("resource", "nobody can take resource"),
        ] {
            let used = sub(self.root, section).entries.iter();
            uses.extend(used.filter_map(|e| Some((format!("{what} `{}`", e.key), node(e.node.as_table()?, "calendar")?))));
        }
        for (outcome, used) in uses {
            let Some((name, calendar)) = calendars.iter().find(|(n, _)| Some(n.as_str()) == used.as_text()) else {
                continue;
            };
            let place = place_of(sub(self.root, "calendar"), name);
            if self.issues.any_within(&place) || !calendar.openings(&self.origin, Time::ZERO + self.length).is_empty() {
                continue;
            }
            let issue = Issue::error(format!("calendar `{name}` never opens during the horizon, so {outcome}"));
            self.issues.push(issue.at(&used.place));
        }
    }

    pub(super) fn profile(&mut self, table: &Table, calendars: &[(String, Calendar)]) -> Option<Profile> {
        let whole = table.get("profile")?;
        let profile = whole.as_table()?;
        let forms = usize::from(profile.has("hours")) + usize::from(profile.has("calendar")) + usize::from(profile.keys().any(is_days));
        if forms != 1 {
            let found = if forms == 0 { "none" } else { "several" };
            self.issues.push(
                Issue::error(format!(
                    "expected one of `hours`, `file`, `calendar` and days in a profile, found {found}"
                ))
                .at(&whole.place),
            );
            return None;
        }
        if let Some(name) = node(profile, "calendar").and_then(Node::as_text) {
            let found = calendars.iter().find(|(n, _)| n == name).map(|(_, c)| c.clone());
            return Some(Profile::Calendar(found.unwrap_or_else(Calendar::always)));
        }
        if let Some(hours) = profile.get("hours") {
            return self.factors(hours).map(Profile::every_day);
        }
        let mut week = [[0.0; 24]; 7];
        let mut given = [false; 7];
        for e in &profile.entries {
            let Ok(days) = parse_days(&e.key) else { continue };
            let factors = self.factors(&e.node)?;
            for day in days {
                if given[day] {
                    self.issues
                        .push(Issue::error(format!("`{}` is given twice in the profile", DAY_NAMES[day])).at(&e.key_place));
                }
                week[day] = factors;
                given[day] = true;
            }
        }
        let told = profile.entries.iter().any(|e| {
            e.node
                .as_array()
                .into_iter()
                .flatten()
                .any(|n| self.issues.any_in(n.place.source) && n.place.source != whole.place.source)
        });
        if let (Some(day), false) = (given.iter().position(|g| !g), told) {
            let issue = Issue::error(format!("the profile says nothing of `{}`", DAY_NAMES[day])).at(&whole.place);
            self.issues.push(issue.note("a day without convoys has 24 zeros"));
        }
        Some(Profile::by_day(week))
    }

    fn factors(&mut self, node: &Node) -> Option<[f64; 24]> {
        let items = node.bare().as_array()?;
        if items.len() != 24 {
            self.issues
                .push(Issue::error(format!("expected 24 factors, one an hour, found {}", items.len())).at(&node.place));
            return None;
        }
        let mut factors = [0.0; 24];
        for (slot, item) in factors.iter_mut().zip(items) {
            *slot = item.bare().as_number()?;
        }
        Some(factors)
    }
}
