//! The first replication as it passed: openings, closures and incidents above the queue of each stage.

use super::super::failure::Failure;
use super::super::numbers::{counted, fixed};
use super::source::Alternative;
use super::spells::{merged, spans};
use super::weeks::Window;
use super::{Chart, Easel, Numbers, Picture, dated, numbers_of, real, words};
use crate::figure::charts::{Gantt, Lane, Span, State, gantt};
use crate::scenario::Flow;
use crate::table::Frame;
use crate::time::{DAY_US, Duration, Time};

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "openings",
    shows: "openings, closures and incidents of the first replication above the queue of each stage, of long periods the weeks around the longest closure; a picture an alternative",
    when: "stages that trucks pass",
    tables: &["timeline"],
    also: &["closures"],
    of_study: false,
    draw,
};

/// Days that can be told apart, on a page and in a column.
const MOST_DAYS: [i64; 2] = [42, 21];

/// The first replication of each alternative.
fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let frame = easel
        .folder()
        .columns("timeline", &["alternative", "time_h", "what", "name", "state"])?;
    let causes = Causes::read(easel)?;
    let most = MOST_DAYS[usize::from(!easel.width.is_wide())];
    let alternatives = easel.alternatives();
    let all: Vec<Option<Passed>> = alternatives.iter().map(|alternative| Passed::read(&frame, alternative)).collect();
    // The same weeks of all, so that they can be compared: those of the one that the others are held against.
    let base = easel.source.reference();
    let of_base = all[base].as_ref().map(|passed| Window::of(passed, most));
    let pictures = all.iter().zip(alternatives).map(|(passed, alternative)| {
        let passed = passed.as_ref()?;
        let shared = of_base.as_ref().filter(|_| alternative.is_of_period_of(&alternatives[base]));
        let window = match shared {
            Some(shared) if alternative.name == alternatives[base].name => shared.clone(),
            Some(shared) => shared.under(&alternatives[base].name),
            None => Window::of(passed, most),
        };
        Some(of_one(easel, passed, (&window, &causes), alternative))
    });
    Ok(pictures.flatten().collect())
}

fn of_one(easel: &Easel, passed: &Passed, (window, causes): (&Window, &Causes), alternative: &Alternative) -> Picture {
    let seen = passed.within(window);
    let lanes: Vec<Lane> = (seen.stages.iter())
        .map(|stage| Lane {
            name: &stage.name,
            spans: &stage.spans,
            queue: &stage.queue,
        })
        .collect();
    let queues = if passed.is_daily {
        ". Queues: the most at any full hour of each day"
    } else {
        ""
    };
    let chart = Gantt {
        heading: easel.heading(
            seen.title(window, causes, alternative),
            format!("{}. {}{queues}", alternative.shown(), window.in_words()),
            Some(alternative),
        ),
        width: easel.width,
        days: dated(alternative).stepping(window.from as f64, 1.0).until(window.to as f64),
        count: usize::try_from(window.to - window.from).unwrap_or(1),
        lanes: &lanes,
        moments: &seen.incidents,
        happened: "Incidents",
        quantity: "Trucks waiting",
    };
    Picture {
        name: easel.named(CHART.name, alternative),
        scene: gantt(&chart),
        numbers: seen.numbers(alternative),
    }
}

/// A replication, in days since the midnight before the start.
pub(super) struct Passed {
    /// The period that counts, from the end of the warm-up on.
    pub(super) begin: f64,
    pub(super) end: f64,
    pub(super) stages: Vec<Stage>,
    /// Time without a break in which at least one stage is without any lane by security, open by its calendar or not.
    pub(super) closures: Vec<(f64, f64)>,
    pub(super) incidents: Vec<f64>,
    /// Whether queues are told by the day, not by the hour.
    pub(super) is_daily: bool,
}

pub(super) struct Stage {
    pub(super) name: String,
    /// When security leaves it no lane, open by its calendar or not.
    pub(super) shut: Vec<(f64, f64)>,
    pub(super) spans: Vec<Span>,
    /// Since when how many wait.
    pub(super) queue: Vec<(f64, f64)>,
}

impl Passed {
    /// Reads it; none where the table has nothing of a stage that trucks pass.
    fn read(frame: &Frame, alternative: &Alternative) -> Option<Passed> {
        let horizon = &alternative.loaded.scenario.horizon;
        let midnight = horizon.origin.day_start(Time::ZERO);
        let days = |at: Time| (at - midnight).as_days();
        let (begin, end) = (days(Time::ZERO + horizon.warm_up), days(Time::ZERO + horizon.length));
        let own = |what: &str, name: Option<&str>| -> Vec<(f64, &str)> {
            let rows = (0..frame.len()).filter(|&row| {
                let is = |column: usize, word: &str| frame.columns[column].text(row) == Some(word);
                is(0, &alternative.name) && is(2, what) && name.is_none_or(|name| is(3, name))
            });
            let at = |row: usize| days(Time::ZERO + Duration::from_hours(frame.columns[1].real(row)));
            rows.map(|row| (at(row), frame.columns[4].text(row).unwrap_or(""))).collect()
        };
        let number = |state: &str| state.parse::<f64>().ok();
        let (mut is_daily, mut stages, mut all_shut) = (false, Vec::new(), Vec::new());
        for stage in alternative
            .loaded
            .scenario
            .stages
            .iter()
            .filter(|stage| stage.serves == Flow::Trucks)
        {
            let name = Some(stage.name.as_str());
            let numbers = |what: &str| -> Vec<(f64, f64)> {
                let rows = own(what, name).into_iter();
                rows.filter_map(|(at, state)| Some((at, number(state)?))).collect()
            };
            let calendar: Vec<(f64, bool)> = own("calendar", name).into_iter().map(|(at, state)| (at, state == "open")).collect();
            let capacity = numbers("capacity");
            let mut shut = Vec::new();
            for (k, (at, _)) in capacity.iter().enumerate().filter(|(_, (_, left))| *left <= 0.0) {
                shut.push((at.max(begin), capacity.get(k + 1).map_or(end, |next| next.0.min(end))));
            }
            all_shut.extend(shut.iter().copied());
            let spans = spans(&calendar, &capacity, end);
            let mut queue = numbers("waiting");
            let step = if queue.len() > 1 { queue[1].0 - queue[0].0 } else { 0.0 };
            is_daily |= step > 0.9;
            if !is_daily {
                // A full hour sees what waits just before it, so each stands for the hour that ends there.
                for (at, _) in &mut queue {
                    *at -= step;
                }
            }
            if !spans.is_empty() || !queue.is_empty() {
                stages.push(Stage {
                    name: stage.name.clone(),
                    shut,
                    spans,
                    queue,
                });
            }
        }
        (!stages.is_empty() && end > begin).then(|| Passed {
            begin,
            end,
            stages,
            closures: merged(all_shut),
            incidents: own("incident", None).into_iter().map(|(at, _)| at).collect(),
            is_daily,
        })
    }

    /// The longest closure; the first of several.
    pub(super) fn longest_closure(&self) -> Option<(f64, f64)> {
        self.closures.iter().copied().fold(None, |found, spell| match found {
            Some((from, to)) if to - from >= spell.1 - spell.0 => found,
            _ => Some(spell),
        })
    }

    /// The longest queue: before which stage, since when, how many trucks; the first of several.
    pub(super) fn longest_queue(&self) -> Option<(&str, f64, f64)> {
        let queues = self
            .stages
            .iter()
            .flat_map(|stage| stage.queue.iter().map(|(at, trucks)| (stage.name.as_str(), *at, *trucks)));
        queues.filter(|queue| queue.2 > 0.0).fold(None, |found, queue| match found {
            Some(longest) if longest.2 >= queue.2 => Some(longest),
            _ => Some(queue),
        })
    }

    /// What of it lies in a window.
    fn within(&self, window: &Window) -> Passed {
        let (begin, end) = ((window.from as f64).max(self.begin), (window.to as f64).min(self.end));
        let stages = self.stages.iter().map(|stage| Stage {
            name: stage.name.clone(),
            shut: stage.shut.clone(),
            spans: (stage.spans.iter())
                .map(|span| Span {
                    from: span.from.max(begin),
                    to: span.to.min(end),
                    state: span.state,
                })
                .filter(|span| span.to > span.from)
                .collect(),
            queue: stage.queue.iter().copied().filter(|(at, _)| (begin..end).contains(at)).collect(),
        });
        Passed {
            begin,
            end,
            stages: stages.collect(),
            closures: self
                .closures
                .iter()
                .copied()
                .filter(|(from, to)| *from < end && *to > begin)
                .collect(),
            incidents: self.incidents.iter().copied().filter(|at| (begin..end).contains(at)).collect(),
            is_daily: self.is_daily,
        }
    }

    /// The longest closure, or the longest queue where there is none: what does not depend on how many weeks are drawn.
    fn title(&self, window: &Window, causes: &Causes, alternative: &Alternative) -> String {
        let date = |at: f64| alternative.loaded.scenario.horizon.origin.date_of_day(at.floor() as i64);
        let when = if window.is_whole() { "In" } else { "In these weeks of" };
        let Some((from, to)) = self.longest_closure() else {
            let queue = match self.longest_queue() {
                Some((stage, at, trucks)) => format!(
                    "the longest queue is {} before {stage}, on {}",
                    counted(trucks as usize, "truck"),
                    date(at)
                ),
                None => "no truck waits".to_owned(),
            };
            return format!("{when} the first replication no closure shuts a stage; {queue}");
        };
        let shut = self
            .stages
            .iter()
            .filter(|stage| stage.shut.iter().any(|spell| spell.0 < to && spell.1 > from));
        let names: Vec<&str> = shut.map(|stage| stage.name.as_str()).collect();
        let who = match names.as_slice() {
            [one] => format!("{one} is shut"),
            many => format!("at least one of {} is shut", counted(many.len(), "stage")),
        };
        let cause = causes
            .of(&alternative.name, (from, to))
            .map_or_else(String::new, |cause| format!(" ({cause})"));
        format!(
            "{when} the first replication {who} for {} without a break, from {}{cause}",
            lasting(to - from),
            date(from)
        )
    }

    fn numbers(&self, alternative: &Alternative) -> Numbers {
        let table = numbers_of(
            "openings",
            4,
            vec![
                words("alternative", "name of the scenario or alternative"),
                words("stage", "empty for incidents"),
                words(
                    "what",
                    "open, partly open or shut by a closure while open by the calendar; waiting; incident",
                ),
                real("from_h", "h", "since the start"),
                real("to_h", "h", "since the start; empty for incidents"),
                real("trucks", "trucks", "that wait"),
            ],
        );
        let mut frame = Frame::new(&table);
        let since_midnight = alternative.since_midnight();
        // Whole microseconds, as the table has them.
        let hours = |at: f64| Duration(((at - since_midnight) * DAY_US as f64).round() as i64).as_hours();
        for stage in &self.stages {
            for span in &stage.spans {
                let what = match span.state {
                    State::Open => "open",
                    State::Partly => "partly",
                    State::Shut => "shut",
                };
                let row = frame.row().text(&alternative.name).text(&stage.name).text(what);
                row.real(hours(span.from)).real(hours(span.to)).empty().end();
            }
            for (k, (at, trucks)) in stage.queue.iter().enumerate() {
                let until = stage.queue.get(k + 1).map_or(self.end, |next| next.0);
                let row = frame.row().text(&alternative.name).text(&stage.name).text("waiting");
                row.real(hours(*at)).real(hours(until)).real(*trucks).end();
            }
        }
        for at in &self.incidents {
            frame
                .row()
                .text(&alternative.name)
                .empty()
                .text("incident")
                .real(hours(*at))
                .empty()
                .empty()
                .end();
        }
        (table, frame)
    }
}

/// Why stages were shut in the first replication, as the table `closures` has it; nothing where it was not written.
struct Causes {
    /// By alternative: from when to when, in days since the midnight before the start, and why.
    spells: Vec<(String, f64, f64, String)>,
}

impl Causes {
    fn read(easel: &Easel) -> Result<Causes, Failure> {
        let mut spells = Vec::new();
        if easel.folder().has("closures") {
            let columns = ["alternative", "replication", "begin_h", "end_h", "cause"];
            let frame = easel.folder().columns("closures", &columns)?;
            for alternative in easel.alternatives() {
                let since_midnight = alternative.since_midnight();
                let is_own = |row: &usize| frame.columns[0].text(*row) == Some(&alternative.name) && frame.columns[1].real(*row) < 1.5;
                for row in (0..frame.len()).filter(is_own) {
                    let [from, to] = [2, 3].map(|column: usize| since_midnight + frame.columns[column].real(row) / 24.0);
                    let cause = frame.columns[4].text(row).unwrap_or_default().replace('+', " and ");
                    spells.push((alternative.name.clone(), from, to, cause));
                }
            }
        }
        Ok(Causes { spells })
    }

    /// Why that of an alternative which lies within a spell was.
    fn of(&self, alternative: &str, (from, to): (f64, f64)) -> Option<&str> {
        let meets = |spell: &&(String, f64, f64, String)| spell.0 == alternative && spell.1 < to && spell.2 > from && !spell.3.is_empty();
        self.spells.iter().find(meets).map(|spell| spell.3.as_str())
    }
}

/// How long a part of days is: in whole minutes of less than two hours, else in hours.
fn lasting(days: f64) -> String {
    let hours = 24.0 * days;
    if hours < 2.0 {
        return counted((60.0 * hours).round() as usize, "minute");
    }
    let decimals = usize::from((hours - hours.round()).abs() > 0.05 && hours < 48.0);
    format!("{} hours", fixed(hours, decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_closure_lasts_is_told_to_the_minute_where_it_is_short() {
        assert_eq!(lasting(20.0 / 1440.0), "20 minutes");
        assert_eq!(lasting(22.0 / 24.0), "22 hours");
        assert_eq!(lasting(2.5 / 24.0), "2.5 hours");
        assert_eq!(lasting(3.01), "72 hours");
    }
}
