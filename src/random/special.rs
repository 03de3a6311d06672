//! The incomplete gamma and beta functions, and a root finder, over `libm`.

use super::normal::normal_cdf;

/// Relative precision at which series and fractions stop.
const ENOUGH: f64 = 1e-16;
/// Above this shape the incomplete gamma function is taken from its uniform expansion.
const LARGE_SHAPE: f64 = 1e4;
/// Terms after which a series or fraction has converged for every shape up to [`LARGE_SHAPE`].
const TERMS: u32 = 10_000;

/// The logarithms of P(a, eᵗ) and Q(a, eᵗ), the lower and upper shares of the gamma law of shape `a` and scale 1.
///
/// By the series below the mean and the continued fraction above it (Abramowitz & Stegun 6.5.29, 6.5.31), by Temme's uniform expansion
/// (SIAM J. Math. Anal. 10, 1979) for large shapes. In logarithms because a law of small shape reaches far below the least double.
pub(super) fn log_gamma_tails(a: f64, t: f64) -> [f64; 2] {
    let x = libm::exp(t);
    if a > LARGE_SHAPE {
        let (eta, [lower, upper]) = (temme_eta(a, t), [-1.0, 1.0]);
        return [lower, upper].map(|side| libm::log((normal_cdf(-side * eta * a.sqrt()) + side * temme_rest(a, eta)).max(0.0)));
    }
    if x < a + 1.0 {
        let lower = log_gamma_density(a, t) - libm::log(a) + libm::log(gamma_series(a, x));
        [lower, log_rest(lower)]
    } else {
        let upper = if x.is_finite() {
            log_gamma_density(a, t) + libm::log(gamma_fraction(a, x))
        } else {
            f64::NEG_INFINITY
        };
        [log_rest(upper), upper]
    }
}

/// The logarithm of the density of t = ln x, where x has the gamma law of shape `a` and scale 1.
pub(super) fn log_gamma_density(a: f64, t: f64) -> f64 {
    if a > LARGE_SHAPE {
        let eta = temme_eta(a, t);
        return 0.5 * libm::log(a / (2.0 * std::f64::consts::PI)) - 0.5 * a * eta * eta - libm::log1p(1.0 / (12.0 * a));
    }
    a * t - libm::exp(t) - libm::lgamma(a)
}

/// The share of the gamma law of shape `a` and scale 1 from `x` to `y`.
pub(super) fn gamma_share(a: f64, x: f64, y: f64) -> f64 {
    let [from, to] = [x, y].map(|x| log_gamma_tails(a, libm::log(x.max(0.0))).map(libm::exp));
    let share = if from[0] > 0.5 { from[1] - to[1] } else { to[0] - from[0] };
    share.max(0.0)
}

/// ln(1 - eˡ).
fn log_rest(l: f64) -> f64 {
    libm::log(-libm::expm1(l.min(0.0)))
}

fn gamma_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * ENOUGH {
            break;
        }
    }
    sum
}

/// By Lentz's method as modified by Thompson and Barnett.
fn gamma_fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (f64::MAX, 1.0 / b);
    let mut product = d;
    for n in 1..TERMS {
        let n = f64::from(n);
        let numerator = n * (a - n);
        b += 2.0;
        d = 1.0 / nonzero(numerator * d + b);
        c = nonzero(b + numerator / c);
        product *= c * d;
        if (c * d - 1.0).abs() < ENOUGH {
            break;
        }
    }
    product
}

fn nonzero(x: f64) -> f64 {
    if x.abs() < f64::MIN_POSITIVE { f64::MIN_POSITIVE } else { x }
}

/// Temme's η of x = eᵗ: η²/2 = x/a - 1 - ln(x/a), with the sign of x - a.
fn temme_eta(a: f64, t: f64) -> f64 {
    let s = t - libm::log(a);
    let half_square = if s.abs() < 0.1 {
        // expm1(s) - s by its series, where the difference would lose digits.
        0.5 * s * s * (3..14).rev().fold(1.0, |sum, n| 1.0 + sum * s / f64::from(n))
    } else {
        libm::expm1(s) - s
    };
    (2.0 * half_square).sqrt().copysign(s)
}

/// What the normal share lacks to Q(a, x): the first two rows of Temme's coefficients.
fn temme_rest(a: f64, eta: f64) -> f64 {
    const FIRST: [f64; 6] = [-1.0 / 3.0, 1.0 / 12.0, -2.0 / 135.0, 1.0 / 864.0, 1.0 / 2835.0, -139.0 / 777_600.0];
    const SECOND: [f64; 3] = [-1.0 / 540.0, -1.0 / 288.0, 1.0 / 378.0];
    // The coefficients hold near the mean; further out the exponential is 0.
    let exponential = libm::exp(-0.5 * a * eta * eta) / (2.0 * std::f64::consts::PI * a).sqrt();
    if exponential <= 0.0 {
        return 0.0;
    }
    let horner = |c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * eta + c);
    exponential * (horner(&FIRST) + horner(&SECOND) / a)
}

/// The logarithms of the lower and upper shares, at y = 1 / (1 + e⁻ᵗ), of the beta law with exponents `a` and `b`.
///
/// By the continued fraction of Abramowitz & Stegun 26.5.8 on the side where it converges fast.
pub(super) fn log_beta_tails(a: f64, b: f64, t: f64) -> [f64; 2] {
    let y = logistic(t);
    if y < (a + 1.0) / (a + b + 2.0) {
        let lower = log_beta_density(a, b, t) - libm::log(a) + libm::log(beta_fraction(a, b, y));
        [lower, log_rest(lower)]
    } else {
        let upper = log_beta_density(a, b, t) - libm::log(b) + libm::log(beta_fraction(b, a, logistic(-t)));
        [log_rest(upper), upper]
    }
}

/// The logarithm of the density of t = ln(y / (1 - y)), where y has the beta law.
pub(super) fn log_beta_density(a: f64, b: f64, t: f64) -> f64 {
    // ln y and ln(1 - y) without loss on either side.
    let (log_y, log_rest) = (-softplus(-t), -softplus(t));
    a * log_y + b * log_rest + libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
}

/// 1 / (1 + e⁻ᵗ).
pub(super) fn logistic(t: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-t))
}

/// ln(1 + eᵗ).
fn softplus(t: f64) -> f64 {
    t.max(0.0) + libm::log1p(libm::exp(-t.abs()))
}

/// By Lentz's method as modified by Thompson and Barnett.
fn beta_fraction(a: f64, b: f64, y: f64) -> f64 {
    let (mut c, mut d) = (1.0, 1.0 / nonzero(1.0 - (a + b) * y / (a + 1.0)));
    let mut product = d;
    for n in 1..TERMS {
        let n = f64::from(n);
        let even = n * (b - n) * y / ((a + 2.0 * n - 1.0) * (a + 2.0 * n));
        let odd = -(a + n) * (a + b + n) * y / ((a + 2.0 * n) * (a + 2.0 * n + 1.0));
        let before = product;
        for numerator in [even, odd] {
            d = 1.0 / nonzero(1.0 + numerator * d);
            c = nonzero(1.0 + numerator / c);
            product *= c * d;
        }
        if (product - before).abs() < ENOUGH * product.abs() {
            break;
        }
    }
    product
}

/// Where `f`, which falls from above 0 at `low` to below 0 at `high`, is 0: by bisection to the last bit.
pub(super) fn root_of_falling(f: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if f(middle) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::{beta::beta_reg, gamma::gamma_lr};

    #[test]
    fn the_incomplete_gamma_function_agrees_with_statrs() {
        for a in [0.05, 0.4, 1.0, 2.5, 10.0, 137.0, 5000.0, 9999.0] {
            for share in [0.01, 0.3, 0.9, 1.0, 1.1, 2.0, 5.0] {
                let x = a * share;
                let [lower, upper] = log_gamma_tails(a, libm::log(x)).map(libm::exp);
                assert!((lower - gamma_lr(a, x)).abs() < 1e-10, "{a} {x}: {lower} {}", gamma_lr(a, x));
                assert!((lower + upper - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_uniform_expansion_joins_the_series() {
        for z in [-6.0, -3.0, -1.0, 0.0, 0.5, 2.0, 5.0] {
            let a = LARGE_SHAPE;
            let t = libm::log(a + z * a.sqrt());
            let (series, expansion) = (log_gamma_tails(a, t), log_gamma_tails(a * (1.0 + 1e-15), t));
            for side in 0..2 {
                assert!((series[side] - expansion[side]).abs() < 1e-8, "{z}: {series:?} {expansion:?}");
            }
            assert!((log_gamma_density(a, t) - log_gamma_density(a * (1.0 + 1e-15), t)).abs() < 1e-8);
        }
    }

    #[test]
    fn the_incomplete_beta_function_agrees_with_statrs() {
        for (a, b) in [(1.0, 5.0), (5.0, 1.0), (3.0, 3.0), (1.4, 4.6)] {
            for y in [0.001, 0.1, 0.35, 0.5, 0.8, 0.99] {
                let [lower, upper] = log_beta_tails(a, b, libm::log(y / (1.0 - y))).map(libm::exp);
                assert!((lower - beta_reg(a, b, y)).abs() < 1e-12, "{a} {b} {y}");
                assert!((lower + upper - 1.0).abs() < 1e-12);
            }
        }
    }
}
