//! The laws that intervals are built on: normal, Student, beta, binomial.
//!
//! Written on `libm` alone, so that an interval has the same bits on every machine; the tests hold them against `statrs`.

use std::cell::RefCell;
use std::collections::VecDeque;

/// P(Z <= x) of the standard normal law.
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The value below which a share `p` of the standard normal law lies; infinite at 0 and 1, NaN outside.
///
/// Acklam's rational start (2003), then two steps of Halley on the distribution function.
pub fn normal_quantile(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let mut x = acklam(p);
    for _ in 0..2 {
        let density = libm::exp(-0.5 * x * x) / (2.0 * std::f64::consts::PI).sqrt();
        let step = (normal_cdf(x) - p) / density;
        x -= step / (1.0 + 0.5 * x * step);
    }
    x
}

/// Relative error below 1.2e-9, for p in (0, 0.5].
fn acklam(p: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
        1.0,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        0.007_784_695_709_041_462,
        0.322_467_129_070_039_8,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    let polynomial = |coefficients: &[f64], x: f64| coefficients.iter().fold(0.0, |value, c| value * x + c);
    if p < 0.024_25 {
        let q = (-2.0 * libm::log(p)).sqrt();
        polynomial(&C, q) / polynomial(&D, q)
    } else {
        let q = p - 0.5;
        q * polynomial(&A, q * q) / polynomial(&B, q * q)
    }
}

/// The regularised incomplete beta function I_x(a, b); NaN unless a, b > 0 and 0 <= x <= 1.
///
/// Continued fraction by Lentz's method (Press et al. 2007, Numerical Recipes, section 6.4).
pub fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    beta_share(a, b, x, 1.0 - x)
}

/// I_x(a, b) with y = 1 − x given too, so that neither loses digits near 0.
fn beta_share(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && a.is_finite() && b.is_finite() && (0.0..=1.0).contains(&x)) {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log(y);
    let front = libm::exp(log_front);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(a, b, x) / a
    } else {
        1.0 - front * beta_fraction(b, a, y) / b
    }
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    // It converges in O(sqrt(max(a, b))) rounds: enough for samples of a hundred million.
    const ROUNDS: u32 = 100_000;
    let away_from_zero = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut numerators = 1.0;
    let mut denominators = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = denominators;
    for round in 1..ROUNDS {
        let m = f64::from(round);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            denominators = 1.0 / away_from_zero(1.0 + coefficient * denominators);
            numerators = away_from_zero(1.0 + coefficient / numerators);
            value *= denominators * numerators;
        }
        if (denominators * numerators - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// The value below which a share `p` of the beta law lies; NaN unless a, b > 0 and 0 <= p <= 1.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(a > 0.0 && b > 0.0 && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    bisect(0.0, 1.0, |x| incomplete_beta(a, b, x) < p)
}

/// P(T <= t) of Student's law with `df` degrees of freedom (which need not be whole); NaN unless df > 0.
pub fn student_cdf(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if df.is_infinite() {
        return normal_cdf(t);
    }
    if t < 0.0 { student_tail(-t, df) } else { 1.0 - student_tail(t, df) }
}

/// P(T > t) for t >= 0 and finite df.
fn student_tail(t: f64, df: f64) -> f64 {
    let square = t * t;
    if square.is_infinite() {
        return 0.0;
    }
    0.5 * beta_share(0.5 * df, 0.5, df / (df + square), square / (df + square))
}

/// The value below which a share `p` of Student's law lies; infinite at 0 and 1, NaN outside and unless df > 0.
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if p.is_nan() || df.is_nan() || df <= 0.0 || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if df.is_infinite() || p <= 0.0 || p >= 1.0 {
        return normal_quantile(p);
    }
    if p < 0.5 {
        return -upper_student_quantile(p, df);
    }
    upper_student_quantile(1.0 - p, df)
}

thread_local! {
    /// Those found last: thousands of intervals have the same confidence and degrees of freedom.
    static STUDENT: RefCell<VecDeque<([f64; 2], f64)>> = const { RefCell::new(VecDeque::new()) };
}

/// What was worked out lately of the same numbers; else it is worked out. It must follow from these alone.
pub(super) fn lately<const N: usize, V: Copy>(known: &mut VecDeque<([f64; N], V)>, given: [f64; N], work_out: impl FnOnce() -> V) -> V {
    const MOST: usize = 16;
    let is_it = |known: &&([f64; N], V)| known.0.map(f64::to_bits) == given.map(f64::to_bits);
    if let Some((_, value)) = known.iter().find(is_it) {
        return *value;
    }
    let value = work_out();
    known.truncate(MOST - 1);
    known.push_front((given, value));
    value
}

/// The t >= 0 with P(T > t) = tail, for 0 < tail <= 0.5.
fn upper_student_quantile(tail: f64, df: f64) -> f64 {
    STUDENT.with_borrow_mut(|known| lately(known, [tail, df], || searched_student_quantile(tail, df)))
}

fn searched_student_quantile(tail: f64, df: f64) -> f64 {
    let below = |t: f64| student_tail(t, df) > tail;
    let mut upper = 1.0;
    while below(upper) && upper < 1e150 {
        upper *= 2.0;
    }
    bisect(0.0, upper, below)
}

/// P(B <= k) of the binomial law of `n` trials; NaN unless 0 <= p <= 1.
pub fn binomial_cdf(k: i64, n: u64, p: f64) -> f64 {
    if k < 0 {
        0.0
    } else if k as u64 >= n {
        1.0
    } else {
        beta_share((n - k as u64) as f64, k as f64 + 1.0, 1.0 - p, p)
    }
}

/// The point at which `below` turns from true to false, to the last bit.
fn bisect(mut lower: f64, mut upper: f64, below: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = lower + 0.5 * (upper - lower);
        if middle <= lower || middle >= upper {
            return middle;
        }
        if below(middle) {
            lower = middle;
        } else {
            upper = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_close;
    use super::*;
    use statrs::distribution::{Beta, Binomial, ContinuousCDF, DiscreteCDF, Normal, StudentsT};

    #[test]
    fn normal_quantiles_have_all_their_digits() {
        assert_close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-15);
        assert_close(normal_quantile(0.9), 1.281_551_565_544_600_4, 1e-15);
        assert_close(normal_quantile(1e-10), -6.361_340_902_404_056, 1e-14);
        assert_close(normal_quantile(0.5), 0.0, 1e-16);
        assert!(normal_quantile(0.0).is_infinite() && normal_quantile(1.1).is_nan());
        let normal = Normal::new(0.0, 1.0).unwrap();
        for i in 1..200 {
            let p = f64::from(i) / 200.0;
            assert_close(normal_cdf(normal_quantile(p)), p, 2e-15);
            assert!((normal_quantile(p) - normal.inverse_cdf(p)).abs() < 1e-9);
        }
    }

    #[test]
    fn student_quantiles_are_those_of_the_tables() {
        assert_close(student_quantile(0.975, 9.0), 2.262_157_162_798_205_4, 1e-13);
        assert_close(student_quantile(0.95, 9.0), 1.833_112_932_656_237, 1e-13);
        assert_close(student_quantile(0.75, 1.0), 1.0, 1e-13);
        assert_close(student_quantile(0.025, 1.0), -12.706_204_736_174_71, 1e-12);
        // Bonferroni: six pairs, and three against a control, of ten replications at 95 %.
        assert_close(student_quantile(1.0 - 0.05 / 12.0, 9.0), 3.364_203, 2e-7);
        assert_close(student_quantile(1.0 - 0.05 / 6.0, 9.0), 2.933_324, 2e-7);
        assert_close(student_quantile(0.9, f64::INFINITY), normal_quantile(0.9), 1e-15);
        assert!(student_quantile(0.9, 0.0).is_nan() && student_quantile(f64::NAN, 3.0).is_nan());
    }

    #[test]
    fn the_laws_agree_with_an_independent_library() {
        // The library loses digits near the middle.
        for df in [0.7, 1.0, 4.5, 17.776, 120.0, 5000.0] {
            let student = StudentsT::new(0.0, 1.0, df).unwrap();
            for t in [-40.0, -3.0, -0.7, -1e-4, 0.0, 0.2, 1.9, 12.0] {
                assert_close(student_cdf(t, df), student.cdf(t), 2e-9);
            }
        }
        for (a, b) in [(0.5, 0.5), (1.0, 3.0), (20.0, 7.0), (300.5, 200.25)] {
            let beta = Beta::new(a, b).unwrap();
            for x in [0.001, 0.2, 0.5, 0.61, 0.99] {
                assert_close(incomplete_beta(a, b, x), beta.cdf(x), 1e-10);
                assert_close(incomplete_beta(a, b, beta_quantile(x, a, b)), x, 1e-10);
            }
        }
        let binomial = Binomial::new(0.3, 25).unwrap();
        for k in 0..=25_u64 {
            assert_close(binomial_cdf(k as i64, 25, 0.3), binomial.cdf(k), 1e-10);
        }
        assert_close(binomial_cdf(-1, 25, 0.3), 0.0, 0.0);
    }

    #[test]
    fn large_samples_keep_their_digits() {
        // The median of a symmetric law, and the normal limit with its continuity correction.
        assert_close(incomplete_beta(1e6, 1e6, 0.5), 0.5, 1e-9);
        assert_close(binomial_cdf(500_500, 1_000_000, 0.5), normal_cdf(500.5 / 500.0), 1e-6);
    }
}
