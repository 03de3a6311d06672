//! Reals to whole microseconds without a call into the system's library.

/// Added to a double below 2⁵¹ it leaves the nearest whole number in the last bits, halves to even.
pub(super) const SHIFTER: f64 = 6_755_399_441_055_744.0;
/// From here on the shifter would lose bits.
const TOO_GREAT: f64 = 2_251_799_813_685_248.0;

/// The same as `x.round().max(0.0) as i64`: the nearest whole number, halves up, 0 below 0 and for what is no number.
#[inline]
pub fn whole_microseconds(x: f64) -> i64 {
    let x = x.max(0.0);
    if x >= TOO_GREAT {
        return x.round() as i64;
    }
    let shifted = x + SHIFTER;
    // Exact; a half that went down to an even number goes up instead.
    let rest = x - (shifted - SHIFTER);
    in_last_bits(shifted) + i64::from(rest >= 0.5)
}

/// The whole number that the shifter left.
#[inline]
pub(super) fn in_last_bits(shifted: f64) -> i64 {
    shifted.to_bits().wrapping_sub(SHIFTER.to_bits()) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is to be matched.
    fn plain(x: f64) -> i64 {
        x.round().max(0.0) as i64
    }

    #[test]
    fn halves_go_up_and_their_neighbours_to_the_nearest() {
        let wholes = (0..2000).chain((0..51).flat_map(|power| [(1_i64 << power) - 1, 1 << power, (1 << power) + 1]));
        for whole in wholes {
            for near in [whole as f64 - 0.5, whole as f64, whole as f64 + 0.5] {
                for x in [near.next_down(), near, near.next_up()] {
                    assert_eq!(whole_microseconds(x), plain(x), "{x}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_time_is_rounded_as_before() {
        for x in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            -0.5,
            -7.3,
            f64::MIN_POSITIVE,
            4e15,
            9e15,
            1e18,
            1e19,
            1e300,
        ] {
            assert_eq!(whole_microseconds(x), plain(x), "{x}");
        }
    }

    proptest! {
        #[test]
        fn any_double_is_rounded_as_by_the_library(bits in any::<u64>()) {
            let x = f64::from_bits(bits);
            prop_assert_eq!(whole_microseconds(x), plain(x));
        }

        #[test]
        fn any_time_is_rounded_as_by_the_library(x in 0.0..5e15, power in 0..52) {
            let x = x / (1_u64 << power) as f64;
            prop_assert_eq!(whole_microseconds(x), plain(x));
            prop_assert_eq!(whole_microseconds(x.floor() + 0.5), plain(x.floor() + 0.5));
        }
    }
}
