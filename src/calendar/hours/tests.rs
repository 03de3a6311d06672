//! What a calendar is open for.

use proptest::strategy::Strategy;

use super::*;
use crate::calendar::{parse_days, parse_hours};
use crate::time::HOUR_US;

fn calendar(week: &[(&str, &[&str])]) -> Calendar {
    let mut calendar = Calendar::default();
    for (days, hours) in week {
        for day in parse_days(days).unwrap() {
            calendar.weekly[day] = parse_hours(hours).unwrap();
        }
    }
    calendar
}

/// A Wednesday.
fn origin(hour: i8) -> Origin {
    Origin::new(2026, 7, 1, hour, 0, 0).unwrap()
}

fn date(text: &str) -> CivilDate {
    CivilDate::parse(text).unwrap()
}

fn hours(h: i64) -> Time {
    Time(h * HOUR_US)
}

/// Openings in hours since the start.
fn spans(openings: &[Opening]) -> Vec<(i64, i64)> {
    openings.iter().map(|o| (o.from.0 / HOUR_US, o.to.0 / HOUR_US)).collect()
}

#[test]
fn an_interval_over_midnight_belongs_to_the_day_on_which_it_begins() {
    let night = calendar(&[("wed", &["20:00-04:00"]), ("thu", &["20:00-04:00"]), ("fri-tue", &["closed"])]);
    let openings = night.openings(&origin(0), hours(168));
    assert_eq!(spans(&openings), [(20, 28), (44, 52)]);
    assert_eq!(openings.iter().map(|o| o.day).collect::<Vec<_>>(), [0, 1]);
    assert!(openings.iter().all(|o| o.last_of_day));
}

#[test]
fn the_evening_before_the_horizon_counts_from_the_start() {
    let night = calendar(&[("tue", &["20:00-04:00"])]);
    let openings = night.openings(&origin(0), hours(24));
    assert_eq!(spans(&openings), [(-4, 4)]);
    assert_eq!(openings[0].day, -1);
    assert_eq!(spans(&night.openings(&origin(4), hours(24))), []);
}

#[test]
fn a_horizon_may_start_inside_an_interval() {
    let day = calendar(&[("sun-sat", &["08:00-16:00"])]);
    assert_eq!(spans(&day.openings(&origin(6), hours(24))), [(2, 10)]);
    assert_eq!(spans(&day.openings(&origin(9), hours(24))), [(-1, 7), (23, 31)]);
    assert_eq!(spans(&day.openings(&origin(16), hours(24))), [(16, 24)]);
    assert_eq!(spans(&day.openings(&origin(8), hours(24))), [(0, 8)]);
}

#[test]
fn only_the_last_closing_of_a_day_is_its_last() {
    let day = calendar(&[("wed", &["08:00-12:00", "13:00-16:00"])]);
    let last: Vec<bool> = day.openings(&origin(0), hours(24)).iter().map(|o| o.last_of_day).collect();
    assert_eq!(last, [false, true]);
}

#[test]
fn intervals_that_touch_or_overlap_are_one_opening() {
    let day = calendar(&[("wed", &["10:00-16:00", "08:00-12:00", "16:00-18:00", "09:00-10:00", "20:00-21:00"])]);
    let openings = day.openings(&origin(0), hours(24));
    assert_eq!(spans(&openings), [(8, 18), (20, 21)]);
    assert!(!openings[0].last_of_day);
    assert!(openings[1].last_of_day);
}

#[test]
fn an_evening_that_runs_into_a_morning_closes_with_the_morning() {
    let shifts = calendar(&[("wed", &["20:00-24:00"]), ("thu", &["00:00-04:00", "08:00-12:00"])]);
    let openings = shifts.openings(&origin(0), hours(168));
    assert_eq!(spans(&openings), [(20, 28), (32, 36)]);
    assert_eq!(
        openings.iter().map(|o| (o.day, o.last_of_day)).collect::<Vec<_>>(),
        [(0, false), (1, true)]
    );
}

#[test]
fn a_calendar_without_closing_time_is_one_opening() {
    for always in [Calendar::always(), calendar(&[("sun-sat", &["06:00-06:00"])])] {
        let openings = always.openings(&origin(6), hours(24 * 90));
        assert_eq!(openings.len(), 1);
        assert!(openings[0].from <= Time::ZERO);
        assert!(openings[0].to > hours(24 * 97));
    }
}

#[test]
fn an_interval_open_at_the_end_keeps_its_true_end() {
    let long = calendar(&[("wed", &["08:00-24:00"]), ("thu", &["00:00-10:00"])]);
    assert_eq!(spans(&long.openings(&origin(0), hours(24))), [(8, 34)]);
    assert_eq!(spans(&long.openings(&origin(0), hours(8))), []);
}

#[test]
fn a_holiday_closes_what_begins_on_that_day() {
    let mut night = calendar(&[("sun-sat", &["20:00-04:00"])]);
    night.holidays.push(date("2026-07-02"));
    assert_eq!(spans(&night.openings(&origin(5), hours(67))), [(15, 23), (63, 71)]);
    assert!(!night.opens_on(&origin(5), 1));
    assert_eq!(night.opening_days(&origin(5), 0, 4), [0, 2, 3]);
}

#[test]
fn a_date_of_its_own_wins_over_holiday_season_and_week() {
    let mut day = calendar(&[("sun-sat", &["08:00-16:00"])]);
    day.holidays.push(date("2026-07-02"));
    day.dates.push((date("2026-07-02"), parse_hours(&["08:00-12:00"]).unwrap()));
    day.dates.push((date("2026-07-03"), parse_hours(&["closed"]).unwrap()));
    assert_eq!(spans(&day.openings(&origin(0), hours(96))), [(8, 16), (32, 36), (80, 88)]);
}

#[test]
fn a_season_replaces_the_days_that_it_names() {
    let mut day = calendar(&[("sun-thu", &["08:00-17:00"]), ("sat", &["08:00-12:00"])]);
    let mut weekly: [Option<Hours>; 7] = Default::default();
    for weekday in parse_days("sun-thu").unwrap() {
        weekly[weekday] = Some(parse_hours(&["09:00-14:00", "20:00-01:00"]).unwrap());
    }
    day.seasons.push(Season {
        name: "ramadan".to_owned(),
        from: date("2026-02-18"),
        to: date("2026-03-19"),
        weekly,
    });
    // A Tuesday, the day before the first of the season.
    let origin = Origin::new(2026, 2, 17, 0, 0, 0).unwrap();
    let openings = day.openings(&origin, hours(24 * 40));
    assert_eq!(spans(&openings)[..3], [(8, 17), (33, 38), (44, 49)]);
    // Saturday keeps its hours within the season; Friday stays closed.
    let of_day = |n: i64| openings.iter().filter(|o| o.day == n).count();
    assert_eq!((of_day(3), of_day(4), of_day(30), of_day(33)), (0, 1, 2, 1));
    assert_eq!(origin.date_of_day(30), "2026-03-19");
    // The closing after midnight is the last of the evening's day.
    assert_eq!(
        openings.iter().filter(|o| o.day == 1).map(|o| o.last_of_day).collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn of_two_seasons_the_later_holds() {
    let season = |name: &str, text: &str| Season {
        name: name.to_owned(),
        from: date("2026-07-01"),
        to: date("2026-07-01"),
        weekly: std::array::from_fn(|_| Some(parse_hours(&[text]).unwrap())),
    };
    let both = Calendar {
        seasons: vec![season("first", "08:00-09:00"), season("second", "10:00-12:00")],
        ..Calendar::default()
    };
    assert_eq!(spans(&both.openings(&origin(0), hours(48))), [(10, 12)]);
}

#[test]
fn a_leap_day_has_its_hours() {
    let day = calendar(&[("tue", &["08:00-16:00"])]);
    let origin = Origin::new(2028, 2, 28, 0, 0, 0).unwrap();
    assert_eq!(spans(&day.openings(&origin, hours(72))), [(32, 40)]);
}

#[test]
fn ten_years_are_counted_to_the_day() {
    let day = calendar(&[("sun-thu", &["08:00-17:00"])]);
    let openings = day.openings(&origin(0), hours(24 * 3653));
    // 521 whole weeks of five days, then Wednesday 30 June 2036 follows with six more: Wednesday to Monday has four open days.
    assert_eq!(openings.len(), 521 * 5 + 4);
    assert!(openings.windows(2).all(|pair| pair[0].to < pair[1].from));
}

#[test]
fn a_closed_calendar_has_no_openings() {
    assert!(Calendar::default().openings(&origin(0), hours(1000)).is_empty());
    assert!(Calendar::always().openings(&origin(0), Time::ZERO).len() <= 1);
}

/// Hours of a day in half hours, of which some run over midnight, touch or overlap.
fn any_hours() -> impl Strategy<Value = Hours> {
    let interval = (0..48_i64, 0..=48_i64).prop_map(|(from, to)| (Duration(from * HALF_HOUR), Duration(to * HALF_HOUR)));
    proptest::collection::vec(interval, 0..4)
}

const HALF_HOUR: i64 = HOUR_US / 2;

proptest::proptest! {
    #[test]
    fn an_instant_is_open_when_an_interval_of_its_day_or_the_day_before_holds_it(
        week in proptest::array::uniform7(any_hours()),
        start in 0..24_i8,
        days in 1..20_i64,
    ) {
        let calendar = Calendar { weekly: week, holidays: vec![date("2026-07-04")], ..Calendar::default() };
        let origin = origin(start);
        let until = Time(days * 48 * HALF_HOUR);
        let openings = calendar.openings(&origin, until);
        proptest::prop_assert!(openings.windows(2).all(|pair| pair[0].to < pair[1].from));
        for half in 0..days * 48 {
            let at = Time(half * HALF_HOUR);
            let today = origin.day_index(at);
            let expected = (today - 1..=today).filter(|day| origin.date_of_day(*day) != "2026-07-04").any(|day| {
                let midnight = origin.start_of_day(day);
                calendar.weekly[origin.weekday(day)].iter().any(|&(from, to)| {
                    let length = Duration((to - from).0 + if to <= from { 24 * HOUR_US } else { 0 });
                    midnight + from <= at && at < midnight + from + length
                })
            });
            let found = openings.iter().any(|o| o.from <= at && at < o.to);
            proptest::prop_assert_eq!(found, expected, "half hour {}", half);
        }
    }
}
