//! The days of a long period that a picture of one replication shows.

use super::super::numbers::whole;
use super::openings::Passed;

/// The days that are drawn, from one midnight to another, counted from the midnight before the start.
#[derive(Clone, Debug)]
pub(super) struct Window {
    pub(super) from: i64,
    pub(super) to: i64,
    around: Around,
    /// Under which other alternative that was; empty for its own.
    under: String,
    /// Days of the period.
    all: i64,
}

/// What the days were chosen for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    Everything,
    Closure,
    Queue,
    Beginning,
}

impl Window {
    /// All days, or of more than `most` those around the longest closure, else the longest queue.
    pub(super) fn of(passed: &Passed, most: i64) -> Window {
        let (first, last) = (passed.begin.floor() as i64, passed.end.ceil() as i64);
        let all = last - first;
        if all <= most {
            return Window {
                from: first,
                to: last,
                around: Around::Everything,
                under: String::new(),
                all,
            };
        }
        // What comes after a closure is of more interest than what was before.
        let (middle, before, around) = match (passed.longest_closure(), passed.longest_queue()) {
            (Some((from, _)), _) => (from, most / 4, Around::Closure),
            (None, Some((_, at, _))) => (at, most / 2, Around::Queue),
            (None, None) => (passed.begin, 0, Around::Beginning),
        };
        let from = (middle.floor() as i64 - before).clamp(first, last - most);
        Window {
            from,
            to: from + most,
            around,
            under: String::new(),
            all,
        }
    }

    /// The same days, chosen for what happened under another alternative.
    pub(super) fn under(&self, name: &str) -> Window {
        Window {
            under: format!(" under {name}"),
            ..self.clone()
        }
    }

    pub(super) fn is_whole(&self) -> bool {
        self.around == Around::Everything
    }

    pub(super) fn in_words(&self) -> String {
        let weeks = whole(((self.to - self.from) / 7) as f64);
        let of = format!("of {} days", whole(self.all as f64));
        let under = &self.under;
        match self.around {
            Around::Everything => "The whole period".to_owned(),
            Around::Closure => format!("The {weeks} weeks around the longest closure{under}, {of}"),
            Around::Queue => format!("The {weeks} weeks around the longest queue{under}, {of}"),
            Around::Beginning => format!("The first {weeks} weeks, {of}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::openings::Stage;
    use super::super::spells::merged;
    use super::*;

    fn passed(days: f64, closures: Vec<(f64, f64)>) -> Passed {
        Passed {
            begin: 30.0,
            end: 30.0 + days,
            stages: vec![Stage {
                name: "gate".to_owned(),
                shut: Vec::new(),
                spans: Vec::new(),
                queue: vec![(31.0, 4.0), (100.0, 9.0), (101.0, 9.0)],
            }],
            closures,
            incidents: Vec::new(),
            is_daily: true,
        }
    }

    #[test]
    fn of_a_long_period_the_weeks_around_the_longest_closure_are_drawn() {
        let window = |passed: &Passed| {
            let window = Window::of(passed, 42);
            (window.from, window.to, window.around)
        };
        assert_eq!(window(&passed(20.0, Vec::new())), (30, 50, Around::Everything));
        let closed = merged(vec![(200.5, 201.0), (60.0, 61.0), (200.0, 200.7), (390.0, 391.0)]);
        assert_eq!(closed, [(60.0, 61.0), (200.0, 201.0), (390.0, 391.0)]);
        assert_eq!(window(&passed(365.0, closed)), (50, 92, Around::Closure));
        assert_eq!(window(&passed(365.0, vec![(394.0, 395.0)])), (353, 395, Around::Closure));
        assert_eq!(window(&passed(365.0, Vec::new())), (79, 121, Around::Queue));
    }
}
