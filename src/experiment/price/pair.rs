//! A replication with one of its closures and without it: what the closure cost.

use super::path::{Begun, HeldUp, Path};
use crate::calendar::Origin;
use crate::scenario::{Horizon, StageId};
use crate::time::{DAY_US, Duration, HOUR_US, Time};

/// By what hours of the day closures are grouped: from, to and name.
pub(super) const HOURS: [(i64, i64, &str); 4] = [
    (0, 6, "00:00-06:00"),
    (6, 12, "06:00-12:00"),
    (12, 18, "12:00-18:00"),
    (18, 24, "18:00-24:00"),
];

/// By what lengths in hours closures are grouped: below, and name.
pub(super) const LENGTHS: [(f64, &str); 4] = [
    (6.0, "under 6 h"),
    (24.0, "6 h to 1 d"),
    (72.0, "1 d to 3 d"),
    (f64::INFINITY, "3 d and more"),
];

/// Differences of shares below this are rounding.
const SAME: f64 = 1e-9;

/// What one closure cost in one replication.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    /// The replication.
    pub(super) replication: u32,
    /// Tonnes delivered without it less those with it.
    pub(super) lost_tonnes: f64,
    /// Hours that it closed and that would have been open without it, each counted with the share of lanes taken, less those that are open
    /// because of it; may be below 0.
    pub(super) closed_h: f64,
    /// What closed, an index of `Plan::sources`.
    pub(super) source: u16,
    /// The stages on which it acted.
    pub(super) scope: Vec<StageId>,
    /// An index of [`HOURS`].
    pub(super) hour: usize,
    /// An index of [`LENGTHS`].
    pub(super) length: usize,
    /// Hours from its end until no more trucks are in the system than without it; none: not within the run.
    pub(super) queue_recovery_h: Option<f64>,
    /// The same of truckloads in the system or in hubs.
    pub(super) recovery_h: Option<f64>,
}

impl Pair {
    /// What the closure cost that `without` does not have; none where it closed nothing that others did not close too. One in whose place
    /// others close as long or longer counts: without it, what is lost by closures that last would be set against too many hours.
    pub(super) fn new(replication: u32, closure: &Begun, with: &Path, without: &Path, origin: &Origin) -> Option<Pair> {
        let closed_h = closed_hours(with, without)?;
        let length = closure.over.unwrap_or(with.end()) - closure.at;
        let back = |held_up: fn(HeldUp) -> i64| closure.over.and_then(|over| recovery(with, without, over, held_up));
        Some(Pair {
            replication,
            lost_tonnes: (without.grams() - with.grams()) as f64 / 1e6,
            closed_h,
            source: closure.source,
            scope: closure.scope.clone(),
            hour: hour_class(origin, closure.at),
            length: length_class(length),
            queue_recovery_h: back(|h| h.trucks),
            recovery_h: back(|h| h.loads),
        })
    }
}

/// The closures that begin in the period and early enough for what they cost to show: `spare` before the end at the latest.
pub(super) fn candidates<'a>(closures: &'a [Begun], horizon: &Horizon) -> Vec<&'a Begun> {
    let begin = Time::ZERO + horizon.warm_up;
    let last = Time::ZERO + horizon.length - spare(horizon);
    closures.iter().filter(|c| begin <= c.at && c.at <= last).collect()
}

/// Time that must be left after the beginning of a closure: 30 days, or a quarter of the period where that is less.
fn spare(horizon: &Horizon) -> Duration {
    let period = horizon.length.0 - horizon.warm_up.0;
    Duration((period / 4).min(30 * DAY_US))
}

/// Which of so many things a uniform number picks.
pub(super) fn picked(u: f64, of: usize) -> usize {
    ((u * of as f64) as usize).min(of.saturating_sub(1))
}

fn hour_class(origin: &Origin, at: Time) -> usize {
    let hour = (at - origin.day_start(at)).0 / HOUR_US;
    HOURS.iter().position(|(_, to, _)| hour < *to).unwrap_or(HOURS.len() - 1)
}

fn length_class(length: Duration) -> usize {
    let hours = length.as_hours();
    LENGTHS.iter().position(|(below, _)| hours < *below).unwrap_or(LENGTHS.len() - 1)
}

/// Hours for which security leaves fewer lanes in one path than in the other, counted by the share of lanes of the stage that differs most;
/// hours for which it leaves more count against them. None where it never leaves other lanes.
fn closed_hours(with: &Path, without: &Path) -> Option<f64> {
    let (mut taken, mut last, mut sum) = (0.0_f64, Time::ZERO, 0.0);
    let mut differs = false;
    let (mut of_with, mut of_without) = (0, 0);
    loop {
        let next = |path: &Path, k: usize| path.changes().get(k).copied().unwrap_or(Time::NEVER);
        let at = next(with, of_with).min(next(without, of_without)).min(with.end());
        sum += taken * (at - last).as_hours();
        differs |= taken.abs() > SAME && at > last;
        if at >= with.end() {
            return differs.then_some(sum);
        }
        last = at;
        for (path, k) in [(with, &mut of_with), (without, &mut of_without)] {
            while next(path, *k) == at {
                *k += 1;
            }
        }
        taken = taken_by(with.shares(of_with.checked_sub(1)), without.shares(of_without.checked_sub(1)));
    }
}

/// The share of lanes that one state takes and the other leaves, at the stage where it takes most, less what it leaves where it leaves most.
fn taken_by(with: Option<&[f64]>, without: Option<&[f64]>) -> f64 {
    let stages = with.or(without).map_or(0, <[f64]>::len);
    let of = |shares: Option<&[f64]>, stage: usize| shares.map_or(1.0, |s| s[stage]);
    let (mut most, mut least) = (0.0_f64, 0.0_f64);
    for difference in (0..stages).map(|stage| of(without, stage) - of(with, stage)) {
        if difference.abs() > SAME {
            most = most.max(difference);
            least = least.min(difference);
        }
    }
    most + least
}

/// Hours from an instant until the first full hour since the start at which no more is held up on one path than on the other.
fn recovery(with: &Path, without: &Path, from: Time, held_up: fn(HeldUp) -> i64) -> Option<f64> {
    let first = (from.0 + HOUR_US - 1) / HOUR_US;
    let back = (first as usize..with.hours()).find(|&hour| held_up(with.held_up(hour)) <= held_up(without.held_up(hour)))?;
    Some((Time(back as i64 * HOUR_US) - from).as_hours())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BegunClosure, Observer, Plan};
    use crate::scenario::{End, sample};

    /// A path of a world with one stage: backlog by hour, and spells with the share of lanes left.
    fn path(backlog: &[i64], shares: &[(i64, f64)]) -> Path {
        let mut world = sample::world("w");
        world.stages = vec![sample::stage("gate")];
        let mut path = Path::new(&Plan::compile(&world));
        let mut changes = shares.iter().peekable();
        let mut before = 0;
        for (hour, now) in (0..).zip(backlog) {
            if let Some((_, share)) = changes.next_if(|(at, _)| *at == hour) {
                path.security(Time(hour * HOUR_US), &[*share], &[]);
            }
            // What is there at a full hour has come half an hour before; at the start at once.
            let at = Time((hour * HOUR_US - HOUR_US / 2).max(-1));
            let change = now - before;
            if change > 0 {
                path.hub_batch(at, 0, 0, change as u32, true);
            }
            (0..-change).for_each(|_| path.hub_exit(at, 0, 0, 0, crate::model::HubExit::Refused));
            before = *now;
        }
        path.finished(Time((backlog.len() as i64 - 1) * HOUR_US));
        path
    }

    fn begun(number: u32, from_h: i64, over_h: Option<i64>) -> Begun {
        Begun {
            number,
            source: 0,
            at: Time(from_h * HOUR_US),
            scope: vec![StageId(0)],
            over: over_h.map(|h| Time(h * HOUR_US)),
        }
    }

    fn origin() -> Origin {
        Origin::new(2026, 1, 1, 0, 0, 0).expect("a date")
    }

    #[test]
    fn hours_are_those_that_would_have_been_open_by_the_share_of_lanes() {
        let flat = |shares| path(&[0; 21], shares);
        let hours = |with, without| closed_hours(&flat(with), &flat(without)).expect("they differ");
        let found = [
            hours(&[(2, 0.0), (6, 0.5), (8, 1.0)], &[]),
            // Another closure from 4 to 10 that stays.
            hours(&[(2, 0.0), (10, 1.0)], &[(4, 0.0), (10, 1.0)]),
            // One that nothing ends within the run.
            hours(&[(18, 0.0)], &[]),
            // Where others close longer in its place, that counts against it.
            hours(&[(2, 0.0), (3, 1.0)], &[(5, 0.0), (7, 1.0)]),
        ];
        assert_eq!(found.map(|hours| (hours * 60.0).round() as i64), [300, 120, 120, -60]);
    }

    #[test]
    fn recovery_lasts_from_the_end_until_the_backlog_is_back() {
        let with = path(&[0, 2, 4, 6, 8, 7, 5, 4, 4, 4], &[(1, 0.0), (4, 1.0)]);
        let without = path(&[0, 1, 2, 3, 3, 3, 4, 4, 4, 5], &[]);
        let pair = Pair::new(1, &begun(1, 1, Some(4)), &with, &without, &origin()).expect("it closed something");
        assert_eq!((pair.closed_h, pair.recovery_h, pair.queue_recovery_h), (3.0, Some(3.0), Some(0.0)));
        assert_eq!((pair.hour, pair.length), (0, 0));
        assert!(pair.lost_tonnes.abs() < 1e-12);
        let loads = |h: HeldUp| h.loads;
        assert_eq!(recovery(&with, &without, Time(4 * HOUR_US - 1), loads), Some(3.0 + 1.0 / 3.6e9));
        // Of one that is not over, or after which it never is, there is none.
        assert_eq!(
            Pair::new(1, &begun(1, 1, None), &with, &without, &origin())
                .expect("it closed")
                .recovery_h,
            None
        );
        assert_eq!(
            recovery(&path(&[0, 5, 5, 5], &[]), &path(&[0, 1, 1, 1], &[]), Time(HOUR_US), loads),
            None
        );
    }

    #[test]
    fn a_closure_that_others_cover_has_no_price() {
        let with = path(&[0; 12], &[(2, 0.0), (8, 1.0)]);
        assert_eq!(Pair::new(1, &begun(2, 3, Some(5)), &with, &with.clone(), &origin()), None);
    }

    #[test]
    fn a_closure_in_whose_place_others_close_as_long_or_longer_counts() {
        let with = path(&[0; 12], &[(2, 0.0), (3, 1.0)]);
        let hours = |from, to| {
            let without = path(&[0; 12], &[(from, 0.0), (to, 1.0)]);
            let pair = Pair::new(1, &begun(1, 2, Some(3)), &with, &without, &origin());
            pair.expect("it moved the closing").closed_h
        };
        assert!((hours(5, 6)).abs() < 1e-12);
        assert!((hours(5, 8) + 2.0).abs() < 1e-12);
    }

    #[test]
    fn what_was_not_delivered_is_what_is_lost() {
        let (mut with, mut without) = (path(&[0; 5], &[(1, 0.0), (2, 1.0)]), path(&[0; 5], &[]));
        let truck = crate::model::Truck {
            grams: 20_000_000,
            ..blank()
        };
        without.ended(
            Time(4 * HOUR_US),
            crate::model::TruckId(0),
            &truck,
            End::Delivered,
            crate::model::Cause::Plain,
        );
        with.ended(
            Time(4 * HOUR_US),
            crate::model::TruckId(0),
            &truck,
            End::Expired,
            crate::model::Cause::Plain,
        );
        let pair = Pair::new(1, &begun(1, 1, Some(2)), &with, &without, &origin()).expect("it closed");
        assert!((pair.lost_tonnes - 20.0).abs() < 1e-12);
    }

    fn blank() -> crate::model::Truck {
        crate::model::Truck {
            arrived: Time::ZERO,
            started: Time::NEVER,
            completed: Time::NEVER,
            grams: 0,
            dispatched: Time::ZERO,
            entity: crate::random::Entity::numbered(1, 0),
            number: 1,
            stage: 0,
            cargo: 0,
            organisation: 0,
            is_traveller: false,
            convoy: 1,
            pallets: 0.0,
            stream: 0,
            consignor: 0,
            tries: 1,
        }
    }

    #[test]
    fn classes_are_those_of_the_clock_and_of_the_length() {
        let evening = Origin::new(2026, 1, 1, 20, 0, 0).expect("a date");
        let class = |h: i64| HOURS[hour_class(&evening, Time(h * HOUR_US))].2;
        assert_eq!(
            [class(0), class(3), class(4), class(10)],
            ["18:00-24:00", "18:00-24:00", "00:00-06:00", "06:00-12:00"]
        );
        let class = |h: f64| LENGTHS[length_class(Duration::from_hours(h))].1;
        assert_eq!(
            [class(5.9), class(6.0), class(24.0), class(72.0)],
            ["under 6 h", "6 h to 1 d", "1 d to 3 d", "3 d and more"]
        );
    }

    #[test]
    fn closures_too_early_or_too_late_are_not_chosen_and_every_other_may_be() {
        let world = sample::world("w");
        let horizon = Horizon {
            length: Duration::from_days(100),
            warm_up: Duration::from_days(20),
            ..world.horizon
        };
        let all = [
            begun(1, 19 * 24, None),
            begun(2, 20 * 24, None),
            begun(3, 80 * 24, None),
            begun(4, 80 * 24 + 1, None),
        ];
        let numbers: Vec<u32> = candidates(&all, &horizon).iter().map(|c| c.number).collect();
        assert_eq!(numbers, [2, 3]);
        assert_eq!([picked(0.001, 2), picked(0.499, 2), picked(0.5, 2), picked(0.999, 2)], [0, 0, 1, 1]);
    }

    #[test]
    fn a_path_keeps_its_closures() {
        let mut path = path(&[0], &[]);
        let scope = [StageId(0)];
        let told = BegunClosure {
            number: 3,
            source: 0,
            capacity: 0.0,
            scope: &scope,
        };
        path.closure_begun(Time(5), &told);
        path.closure_over(Time(9), 3);
        path.closure_over(Time(9), 4);
        assert_eq!(path.closures().len(), 1);
        assert_eq!((path.closures()[0].at, path.closures()[0].over), (Time(5), Some(Time(9))));
    }
}
