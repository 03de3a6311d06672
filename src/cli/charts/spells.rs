//! How stages stand over time, and spells put together.

use crate::figure::charts::{Span, State};

/// How a stage stands, from when its calendar opens and closes it and which share of its lanes security leaves.
pub(super) fn spans(calendar: &[(f64, bool)], capacity: &[(f64, f64)], end: f64) -> Vec<Span> {
    let mut times: Vec<f64> = calendar
        .iter()
        .map(|c| c.0)
        .chain(capacity.iter().map(|c| c.0))
        .chain([end])
        .collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let mut found: Vec<Span> = Vec::new();
    for pair in times.windows(2).filter(|pair| pair[1] <= end) {
        let (from, to) = (pair[0], pair[1]);
        // What was last said counts.
        let is_open = calendar.iter().take_while(|c| c.0 <= from).last().is_some_and(|c| c.1);
        let left = capacity.iter().take_while(|c| c.0 <= from).last().map_or(1.0, |c| c.1);
        let state = match left {
            _ if !is_open => continue,
            none if none <= 0.0 => State::Shut,
            some if some < 1.0 => State::Partly,
            _ => State::Open,
        };
        match found.last_mut() {
            Some(last) if last.state == state && last.to >= from => last.to = to,
            _ => found.push(Span { from, to, state }),
        }
    }
    found
}

/// Spells that overlap or touch put into one, in order of time; empty ones are left out.
pub(super) fn merged(mut spells: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    spells.retain(|(from, to)| to > from);
    spells.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<(f64, f64)> = Vec::new();
    for (from, to) in spells {
        match found.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => found.push((from, to)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_shut_where_its_calendar_is_open_and_security_leaves_no_lane() {
        let calendar = [(0.0, false), (0.25, true), (0.75, false), (1.25, true)];
        let capacity = [(0.5, 0.0), (1.0, 0.5), (1.5, 1.0)];
        let found: Vec<(f64, f64, State)> = spans(&calendar, &capacity, 2.0).iter().map(|s| (s.from, s.to, s.state)).collect();
        assert_eq!(
            found,
            [
                (0.25, 0.5, State::Open),
                (0.5, 0.75, State::Shut),
                (1.25, 1.5, State::Partly),
                (1.5, 2.0, State::Open)
            ]
        );
    }

    #[test]
    fn spells_that_touch_are_one_and_empty_ones_none() {
        let spells = vec![(200.5, 201.0), (60.0, 61.0), (200.0, 200.7), (61.0, 62.0), (5.0, 5.0)];
        assert_eq!(merged(spells), [(60.0, 62.0), (200.0, 201.0)]);
    }
}
