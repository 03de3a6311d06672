//! Factors by hour of the week, or 1 while a calendar is open and 0 while it is closed.

use super::hours::Calendar;
use super::origin::Origin;
use crate::time::{Duration, HOUR_US, Time};

/// A factor that changes with the hour.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a scenario has a handful of profiles")]
pub enum Profile {
    /// By hour of the day, for each day of the week, Monday first.
    Hours(Box<[[f64; 24]; 7]>),
    /// 1 while open, else 0.
    Calendar(Calendar),
}

impl Profile {
    /// The factor that holds from each instant on until the next, from [`Time::ZERO`] to before `until`; neighbours differ.
    pub fn pieces(&self, origin: &Origin, until: Time) -> Vec<(Time, f64)> {
        let mut pieces = Pieces(Vec::new());
        match self {
            Profile::Hours(factors) => {
                let mut from = origin.day_start(Time::ZERO);
                while from < until {
                    let day = origin.day_index(from);
                    let hour = ((from - origin.start_of_day(day)).0 / HOUR_US) as usize;
                    let to = from + Duration(HOUR_US);
                    if to > Time::ZERO {
                        pieces.add(from, factors[origin.weekday(day)][hour]);
                    }
                    from = to;
                }
            }
            Profile::Calendar(calendar) => {
                pieces.add(Time::ZERO, 0.0);
                for opening in calendar.openings(origin, until) {
                    pieces.add(opening.from, 1.0);
                    if opening.to < until {
                        pieces.add(opening.to, 0.0);
                    }
                }
            }
        }
        pieces.0
    }

    /// The largest factor: 1 for a calendar.
    pub fn max(&self) -> f64 {
        match self {
            Profile::Hours(factors) => factors.iter().flatten().copied().fold(0.0, f64::max),
            Profile::Calendar(_) => 1.0,
        }
    }

    /// The same factors on every day of the week.
    pub fn every_day(factors: [f64; 24]) -> Profile {
        Profile::by_day([factors; 7])
    }

    /// Factors for each day of the week, Monday first.
    pub fn by_day(factors: [[f64; 24]; 7]) -> Profile {
        Profile::Hours(Box::new(factors))
    }
}

struct Pieces(Vec<(Time, f64)>);

impl Pieces {
    fn add(&mut self, from: Time, factor: f64) {
        let from = from.max(Time::ZERO);
        if self.0.last().is_some_and(|(last, _)| *last == from) {
            self.0.pop();
        }
        if self.0.last().is_none_or(|(_, last)| last.to_bits() != factor.to_bits()) {
            self.0.push((from, factor));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::parse_hours;

    fn hours(h: f64) -> Time {
        Time(Duration::from_hours(h).0)
    }

    #[test]
    fn factors_follow_the_clock_not_the_horizon() {
        let mut factors = [1.0; 24];
        factors[7] = 2.0;
        factors[8] = 2.0;
        let origin = Origin::new(2026, 7, 1, 6, 30, 0).unwrap();
        assert_eq!(
            Profile::every_day(factors).pieces(&origin, hours(24.5)),
            vec![(Time::ZERO, 1.0), (hours(0.5), 2.0), (hours(2.5), 1.0)]
        );
        assert_eq!(
            Profile::every_day(factors).pieces(&origin, hours(25.0)).last(),
            Some(&(hours(24.5), 2.0))
        );
    }

    #[test]
    fn a_day_of_the_week_has_its_own_factors() {
        let mut factors = [[1.0; 24]; 7];
        factors[4] = [0.0; 24];
        let origin = Origin::new(2026, 7, 1, 0, 0, 0).unwrap();
        assert_eq!(
            Profile::by_day(factors).pieces(&origin, hours(168.0)),
            vec![(Time::ZERO, 1.0), (hours(48.0), 0.0), (hours(72.0), 1.0)]
        );
    }

    #[test]
    fn a_constant_profile_is_one_piece() {
        let origin = Origin::new(2026, 7, 1, 6, 30, 0).unwrap();
        assert_eq!(
            Profile::every_day([3.0; 24]).pieces(&origin, hours(1000.0)),
            vec![(Time::ZERO, 3.0)]
        );
        assert_eq!(
            Profile::Calendar(Calendar::always()).pieces(&origin, hours(1000.0)),
            vec![(Time::ZERO, 1.0)]
        );
        assert_eq!(
            Profile::Calendar(Calendar::default()).pieces(&origin, hours(1000.0)),
            vec![(Time::ZERO, 0.0)]
        );
    }

    #[test]
    fn a_calendar_is_1_while_open() {
        let day = parse_hours(&["08:00-12:00", "13:00-16:00"]).unwrap();
        let profile = Profile::Calendar(Calendar {
            weekly: std::array::from_fn(|_| day.clone()),
            ..Calendar::default()
        });
        let origin = Origin::new(2026, 7, 1, 9, 0, 0).unwrap();
        assert_eq!(
            profile.pieces(&origin, hours(24.0)),
            vec![
                (Time::ZERO, 1.0),
                (hours(3.0), 0.0),
                (hours(4.0), 1.0),
                (hours(7.0), 0.0),
                (hours(23.0), 1.0)
            ]
        );
    }
}
