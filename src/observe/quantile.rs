//! Exact quantiles and standard deviations of whole microseconds, by selection and integer sums.

use super::log::Log;

/// Lengths of time that are often nothing: those are counted, the others kept.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    keeps: bool,
    none: usize,
    longer: Log<i64>,
}

impl Waits {
    /// None yet; where they are not kept there never are.
    pub(super) const fn new(keeps: bool) -> Waits {
        Waits {
            keeps,
            none: 0,
            longer: Log::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.none = 0;
        self.longer.clear();
    }

    pub(super) fn add(&mut self, wait: i64) {
        if wait == 0 || self.keeps {
            self.add_within(wait);
        }
    }

    /// Adds many.
    pub(super) fn extend(&mut self, waits: impl ExactSizeIterator<Item = i64>) {
        if !self.keeps {
            self.none += waits.filter(|&wait| wait == 0).count();
            return;
        }
        // Each is written; the next is written over it where it is nothing.
        let many = waits.len();
        let room = self.longer.ahead(many);
        let mut place = 0;
        for wait in waits {
            room[place] = wait;
            place += usize::from(wait != 0);
        }
        self.longer.count(place);
        self.none += many - place;
    }

    /// How many are longer than nothing.
    pub(super) const fn longer(&self) -> usize {
        self.longer.len()
    }

    pub(super) fn sample(&self) -> Sample<'_> {
        Sample::new(self.none, self.longer.as_slice())
    }

    /// Whether one more can be kept without making room; never where they are not kept.
    #[inline]
    pub(super) const fn has_room(&self) -> bool {
        self.longer.has_room()
    }

    /// As [`Waits::add`] where there is room.
    #[inline]
    pub(super) fn add_within(&mut self, wait: i64) {
        if wait == 0 {
            self.none += 1;
        } else {
            self.longer.push(wait);
        }
    }
}

/// A number of values of 0 and some others, none negative, in any order.
#[derive(Clone, Debug)]
pub(super) struct Sample<'a> {
    none: usize,
    others: &'a [i64],
    /// Every bit that one of them has.
    bits: i64,
    sum: i128,
}

impl Sample<'_> {
    pub(super) fn new(none: usize, others: &[i64]) -> Sample<'_> {
        let (mut bits, mut low_sum) = (0_i64, 0_i64);
        for &value in others {
            bits |= value;
            low_sum = low_sum.wrapping_add(value);
        }
        debug_assert!(bits >= 0, "a negative length of time");
        let mut sample = Sample {
            none,
            others,
            bits,
            sum: i128::from(low_sum),
        };
        if sample.width() + sample.length_width() > 63 {
            sample.sum = others.iter().map(|&v| i128::from(v)).sum();
        }
        sample
    }

    /// Bits of the greatest value.
    const fn width(&self) -> u32 {
        64 - self.bits.leading_zeros()
    }

    /// Bits of the number of values.
    const fn length_width(&self) -> u32 {
        usize::BITS - self.len().leading_zeros()
    }

    /// How many values.
    pub(super) const fn len(&self) -> usize {
        self.none + self.others.len()
    }

    pub(super) const fn sum(&self) -> i128 {
        self.sum
    }

    /// The mean; NaN of no values.
    pub(super) fn mean(&self) -> f64 {
        mean(self.sum, self.len() as i64)
    }

    /// The quantiles of Hyndman and Fan's type 7 (1996) at `levels`, NaN of no values.
    pub(super) fn quantiles<const N: usize>(&self, levels: [f64; N], room: &mut Room) -> [f64; N] {
        self.select::<false, N>(levels, room).0
    }

    /// The same, and the standard deviation with divisor n − 1, NaN of fewer than two values.
    pub(super) fn spread<const N: usize>(&self, levels: [f64; N], room: &mut Room) -> ([f64; N], f64) {
        let (quantiles, squares) = self.select::<true, N>(levels, room);
        (quantiles, self.deviation(squares))
    }

    /// The standard deviation; `squares` is the sum of the squares where that is not too great for its type.
    fn deviation(&self, squares: u128) -> f64 {
        let n = self.len() as i128;
        if n < 2 {
            return f64::NAN;
        }
        // Around a whole number near the mean the squares stay small, and the rest is below one square.
        let centre = self.sum / n;
        let squares = if 2 * self.width() + self.length_width() < 126 {
            squares as i128 - centre * (2 * self.sum - n * centre)
        } else {
            let others: i128 = self.others.iter().map(|&v| (i128::from(v) - centre).pow(2)).sum();
            others + self.none as i128 * centre.pow(2)
        };
        let rest = self.sum - n * centre;
        let spread = squares as f64 - (rest * rest) as f64 / n as f64;
        (spread.max(0.0) / (n - 1) as f64).sqrt()
    }

    /// The quantiles and, if it is wanted, the sum of the squares.
    fn select<const SQUARES: bool, const N: usize>(&self, levels: [f64; N], room: &mut Room) -> ([f64; N], u128) {
        let Some(last) = self.len().checked_sub(1) else {
            return ([f64::NAN; N], 0);
        };
        let places = levels.map(|level| level * last as f64);
        let ranks = |place: f64| [place.floor() as usize, (place.floor() as usize + 1).min(last)];
        let others = places
            .iter()
            .flat_map(|&place| ranks(place))
            .filter_map(|rank| rank.checked_sub(self.none));
        let shift = room.fit(self);
        let squares = room.count::<SQUARES>(self.others, shift);
        let near = room.sort_near(self.others, shift, others);
        let value = |rank: usize| rank.checked_sub(self.none).map_or(0, |other| near.value(other));
        let quantiles = places.map(|place| {
            let (share, [low, high]) = (place - place.floor(), ranks(place).map(value));
            if share > 0.0 {
                low as f64 + share * (high - low) as f64
            } else {
                low as f64
            }
        });
        (quantiles, squares)
    }
}

/// The leading bits of a value, which is not negative.
#[inline]
const fn bucket(value: i64, shift: u32) -> usize {
    (value as u64 >> shift) as usize % BUCKETS
}

/// The bucket in which a place lies.
fn bucket_at(until: &[u32], place: usize) -> usize {
    until.partition_point(|&end| end as usize <= place)
}

/// The values of some buckets, in order.
struct Near<'a> {
    until: &'a [u32],
    values: &'a [i64],
    shift: u32,
}

impl Near<'_> {
    /// The value at a place in one of them.
    fn value(&self, place: usize) -> i64 {
        let found = bucket_at(self.until, place);
        let begin = found.checked_sub(1).map_or(0, |before| self.until[before] as usize);
        let first = self.values.partition_point(|&value| bucket(value, self.shift) < found);
        self.values[first + place - begin]
    }
}

/// Most buckets that values are counted in: as many counts as fit well into the nearest cache.
const BUCKETS: usize = 4096;
/// Where there would be fewer, all values are sorted.
const LEAST_BUCKETS: usize = 16;
/// Values to a bucket if they were spread evenly.
const VALUES_A_BUCKET: usize = 16;

/// Room to select in, used again and again. Values are counted by their leading bits; then only those are sorted that share them with
/// a place that is asked for.
#[derive(Clone, Debug)]
pub(super) struct Room {
    buckets: usize,
    /// By bucket, how many values there are in it; then up to its end.
    until: Box<[u32; BUCKETS]>,
    /// By bucket, whether a place that is asked for lies in it.
    wanted: Box<[bool; BUCKETS]>,
    near: Vec<i64>,
}

impl Room {
    pub(super) fn new() -> Room {
        Room {
            buckets: 1,
            until: Box::new([0; BUCKETS]),
            wanted: Box::new([false; BUCKETS]),
            near: Vec::new(),
        }
    }

    /// Clears as many buckets as fit a sample; gives how many bits are not leading.
    fn fit(&mut self, sample: &Sample) -> u32 {
        self.buckets = match sample.others.len() / VALUES_A_BUCKET {
            0..LEAST_BUCKETS => 1,
            wanted => wanted.next_power_of_two().min(BUCKETS),
        };
        self.until[..self.buckets].fill(0);
        self.wanted[..self.buckets].fill(false);
        self.near.clear();
        sample.width().saturating_sub(self.buckets.ilog2())
    }

    /// Counts the values in each bucket; gives the sum of their squares if it is wanted.
    fn count<const SQUARES: bool>(&mut self, values: &[i64], shift: u32) -> u128 {
        let mut squares = 0_u128;
        in_fours(values, |value| {
            self.until[bucket(value, shift)] += 1;
            if SQUARES {
                let value = u128::from(value as u64);
                squares = squares.wrapping_add(value * value);
            }
        });
        squares
    }

    /// Sorts the values of the buckets in which the places lie.
    fn sort_near(&mut self, values: &[i64], shift: u32, places: impl Iterator<Item = usize>) -> Near<'_> {
        let Room { until, wanted, near, .. } = self;
        let mut sum = 0;
        for count in &mut until[..self.buckets] {
            sum += *count;
            *count = sum;
        }
        let until = &until[..self.buckets];
        places.for_each(|place| wanted[bucket_at(until, place)] = true);
        in_fours(values, |value| {
            if wanted[bucket(value, shift)] {
                near.push(value);
            }
        });
        near.sort_unstable();
        Near {
            until,
            values: near,
            shift,
        }
    }
}

/// Four values to a turn of the loop: what is done with each is as short as the turn itself.
#[inline]
fn in_fours(values: &[i64], mut act: impl FnMut(i64)) {
    let (fours, rest) = values.as_chunks::<4>();
    for four in fours {
        four.iter().for_each(|&value| act(value));
    }
    rest.iter().for_each(|&value| act(value));
}

/// The mean; NaN of no values.
pub(super) fn mean(sum: i128, n: i64) -> f64 {
    if n == 0 { f64::NAN } else { sum as f64 / n as f64 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "these quantiles are exact")]
    use super::*;
    use proptest::prelude::*;

    /// The quantiles at ascending levels by repeated selection.
    fn selected<const N: usize>(values: &mut [i64], levels: [f64; N]) -> [f64; N] {
        let mut found = [f64::NAN; N];
        if values.is_empty() {
            return found;
        }
        let mut done = 0;
        let last = values.len() - 1;
        for (level, out) in levels.into_iter().zip(&mut found) {
            let place = level * last as f64;
            let (below, share) = (place.floor() as usize, place - place.floor());
            let (_, &mut low, above) = values[done..].select_nth_unstable(below - done);
            let high = above.iter().copied().min().unwrap_or(low);
            done = below;
            *out = if share > 0.0 {
                low as f64 + share * (high - low) as f64
            } else {
                low as f64
            };
        }
        found
    }

    /// The standard deviation by squares around a whole number near the mean.
    fn centred(values: &[i64]) -> f64 {
        let n = values.len() as i128;
        if n < 2 {
            return f64::NAN;
        }
        let sum: i128 = values.iter().map(|&v| i128::from(v)).sum();
        let centre = sum / n;
        let squares: i128 = values.iter().map(|&v| (i128::from(v) - centre).pow(2)).sum();
        let rest = sum - n * centre;
        let spread = squares as f64 - (rest * rest) as f64 / n as f64;
        (spread.max(0.0) / (n - 1) as f64).sqrt()
    }

    fn quantiles<const N: usize>(values: &[i64], levels: [f64; N]) -> [f64; N] {
        Sample::new(0, values).quantiles(levels, &mut Room::new())
    }

    fn deviation(values: &[i64]) -> f64 {
        Sample::new(0, values).spread([], &mut Room::new()).1
    }

    /// Values as tallies have them: few or many, often 0, of any size, often equal.
    fn values() -> impl Strategy<Value = Vec<i64>> {
        let width = prop_oneof![Just(57_u32), Just(43), Just(34), Just(5)];
        let value = |width: u32| {
            prop_oneof![
                1 => Just(0),
                8 => (0..1_i64 << width, 0..width).prop_map(|(value, shift)| value >> shift),
            ]
        };
        let length = prop_oneof![0_usize..40, 200_usize..3000];
        (width, length).prop_flat_map(move |(width, length)| prop::collection::vec(value(width), length))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn counting_by_leading_bits_gives_the_bits_of_selection(values in values()) {
            let mut waits = Waits::new(true);
            values.iter().for_each(|&v| waits.add(v));
            let sample = waits.sample();
            let levels = [0.0, 0.5, 0.9, 0.95, 0.99, 1.0];
            let (found, deviation) = sample.spread(levels, &mut Room::new());
            let expected = selected(&mut values.clone(), levels);
            prop_assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits));
            prop_assert_eq!(deviation.to_bits(), centred(&values).to_bits());
            prop_assert_eq!(sample.sum(), values.iter().map(|&v| i128::from(v)).sum::<i128>());
            prop_assert_eq!(waits.longer(), values.iter().filter(|&&v| v > 0).count());
        }
    }

    #[test]
    fn quantiles_interpolate_between_neighbours() {
        assert_eq!(quantiles(&[40, 10, 30, 20], [0.0, 0.5, 0.9, 1.0]), [10.0, 25.0, 37.0, 40.0]);
        assert_eq!(quantiles(&[7], [0.5, 0.99]), [7.0, 7.0]);
        assert!(quantiles(&[], [0.5])[0].is_nan());
    }

    #[test]
    fn quantiles_agree_with_a_sorted_copy() {
        let values: Vec<i64> = (0..997).map(|i| i * 7919 % 1009).collect();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        for (found, level) in quantiles(&values, [0.05, 0.5, 0.9, 0.95, 0.99])
            .into_iter()
            .zip([0.05, 0.5, 0.9, 0.95, 0.99])
        {
            let place: f64 = level * 996.0;
            let (low, high) = (sorted[place as usize], sorted[(place as usize + 1).min(996)]);
            assert!((found - (low as f64 + place.fract() * (high - low) as f64)).abs() < 1e-9);
        }
    }

    #[test]
    fn the_deviation_is_exact_far_from_zero() {
        let far = 1_000_000_000_000;
        assert!((deviation(&[far + 1, far + 2, far + 3, far + 4]) - (5.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        assert!(deviation(&[3]).is_nan());
    }
}
