//! How far a run is: a bar on a terminal, a line now and then elsewhere.
#![allow(clippy::disallowed_methods, reason = "progress is told by the wall clock; no result knows of it")]

use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::numbers::whole;
use super::{precision, say};
use crate::experiment::{Advance, AimReached, Progress};

/// Where standard error is no terminal, the first line comes after so long …
const FIRST_LINE: Duration = Duration::from_secs(10);
/// … and further ones after so long each.
const FURTHER_LINES: Duration = Duration::from_mins(1);

/// Shows how far a run is, on standard error.
pub(super) enum Display {
    /// Nothing at all.
    Silent,
    /// A bar with rate and time left.
    Bar {
        bar: ProgressBar,
        /// Whether the end is where a precision is reached: the time left is then unknown.
        open_ended: bool,
    },
    /// A line now and then.
    Lines {
        /// When the next is due.
        due: Mutex<Instant>,
        open_ended: bool,
    },
}

impl Display {
    pub(super) fn new(quiet: bool, open_ended: bool) -> Display {
        if quiet {
            return Display::Silent;
        }
        if !std::io::stderr().is_terminal() {
            return Display::Lines {
                due: Mutex::new(Instant::now() + FIRST_LINE),
                open_ended,
            };
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        let template = if open_ended {
            "{spinner} {human_pos} replications  {rate} a second  {elapsed}  {msg}"
        } else {
            "{wide_bar} {human_pos}/{human_len} replications  {rate} a second  {eta} left"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                // Writing to the line cannot fail.
                let _ = out.write_str(&whole(state.per_sec()));
            };
            bar.set_style(style.with_key("rate", rate).progress_chars("━╸ "));
        }
        Display::Bar { bar, open_ended }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        if let Display::Bar { bar, .. } = self {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Display {
    fn advanced(&self, advance: &Advance) {
        match self {
            Display::Bar { bar, open_ended } => {
                if !open_ended {
                    bar.set_length(advance.planned);
                }
                bar.set_position(advance.done);
            }
            Display::Lines { due, open_ended } if is_due(due) => {
                let rate = format!("{} a second", whole(advance.per_second));
                let (done, planned) = (whole(advance.done as f64), whole(advance.planned as f64));
                if *open_ended {
                    say::aside(&format!("{done} replications, {rate}"));
                } else {
                    say::aside(&format!("{done} of {planned} replications, {rate}, {} left", left(advance)));
                }
            }
            Display::Silent | Display::Lines { .. } => {}
        }
    }

    fn pricing(&self, advance: &Advance) {
        match self {
            Display::Bar { bar, .. } => {
                // The first one: what follows takes its own time.
                if advance.done == 1
                    && let Ok(style) = ProgressStyle::with_template(
                        "{wide_bar} {human_pos}/{human_len} replications with and without a closure  {eta} left",
                    )
                {
                    bar.reset();
                    bar.set_style(style.progress_chars("━╸ "));
                }
                bar.set_length(advance.planned);
                bar.set_position(advance.done);
            }
            Display::Lines { due, .. } if is_due(due) => {
                let (done, planned) = (whole(advance.done as f64), whole(advance.planned as f64));
                say::aside(&format!(
                    "{done} of {planned} replications with and without a closure, {} left",
                    left(advance)
                ));
            }
            Display::Silent | Display::Lines { .. } => {}
        }
    }

    fn precision(&self, replications: u32, furthest: &AimReached) {
        if let Display::Bar { bar, .. } = self {
            bar.set_message(precision::so_far(furthest, replications));
        }
    }

    fn leftover(&self) {
        if !matches!(self, Display::Silent) {
            say::aside("A run that was stopped had left its blocks in this folder and no result: they are removed, this run starts anew.");
        }
    }

    fn writing(&self) {
        if let Display::Bar { bar, .. } = self
            && let Ok(style) = ProgressStyle::with_template("{spinner} writing the tables")
        {
            bar.set_style(style);
            bar.enable_steady_tick(Duration::from_millis(120));
        }
    }
}

/// Whether it is time for a line; then the next one is put off.
fn is_due(due: &Mutex<Instant>) -> bool {
    let now = Instant::now();
    let Ok(mut due) = due.try_lock() else { return false };
    let is_due = now >= *due;
    if is_due {
        *due = now + FURTHER_LINES;
    }
    is_due
}

/// The time left at the rate so far.
fn left(advance: &Advance) -> String {
    in_words((advance.planned - advance.done) as f64 / advance.per_second.max(1e-9))
}

/// A length of time, roughly.
pub(super) fn in_words(seconds: f64) -> String {
    if !seconds.is_finite() {
        "–".to_owned()
    } else if seconds < 9.95 {
        format!("{} s", super::numbers::fixed(seconds, 1))
    } else if seconds < 90.0 {
        format!("{} s", whole(seconds))
    } else if seconds < 5_400.0 {
        format!("{} min", whole(seconds / 60.0))
    } else {
        format!("{} h", super::numbers::fixed(seconds / 3_600.0, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_have_tenths() {
        assert_eq!(in_words(0.04), "0.0 s");
        assert_eq!(in_words(3.21), "3.2 s");
        assert_eq!(in_words(42.3), "42 s");
        assert_eq!(in_words(600.0), "10 min");
        assert_eq!(in_words(7200.0), "2.0 h");
    }
}
