//! The two-stage selection of Dudewicz & Dalal (1975, Sankhya B 37:28), by weighted means of both stages.

use super::super::integrate::{NODES, law, point};
use super::super::laws::student_cdf;
use super::rinott::rinott_size;

/// Their h₁ for `k` alternatives, a first stage of `n0` replications and a probability of correct selection: with F and f of Student's
/// law with n0 − 1 degrees of freedom, it solves ∫ F(t + h)^(k − 1) f(t) dt = confidence.
///
/// None unless k >= 2, n0 >= 2 and 1/k < confidence < 1.
pub fn dudewicz_dalal_constant(k: usize, n0: usize, confidence: f64) -> Option<f64> {
    if k < 2 || n0 < 2 || !(confidence > 1.0 / k as f64 && confidence < 1.0) {
        return None;
    }
    let df = (n0 - 1) as f64;
    let power = (k - 1) as f64;
    // On t = √df tan θ the density is cos^(df − 1) θ, of which nothing is left beyond ten over √df.
    let reach = (10.0 / df.sqrt()).min(std::f64::consts::FRAC_PI_2);
    // With few degrees of freedom F has poles close by.
    let nodes = if df < 8.0 { 4 * NODES } else { NODES };
    let angles = law(nodes, -reach, reach, |angle| libm::pow(libm::cos(angle), df - 1.0));
    Some(point(confidence, |h| {
        let terms = angles.iter().map(|(angle, weight)| {
            let t = df.sqrt() * libm::tan(*angle);
            weight * libm::pow(student_cdf(t + h, df), power)
        });
        terms.sum()
    }))
}

/// Replications that an alternative needs in all: max(n0 + 1, ⌈(h₁ S / δ)²⌉), with S² from the first stage. None where
/// [`rinott_size`](super::rinott_size) has none.
pub fn dudewicz_dalal_size(n0: usize, h: f64, variance: f64, indifference: f64) -> Option<usize> {
    rinott_size(n0 + 1, h, variance, indifference)
}

/// Weights of the mean of the first stage and of that of the rest, `n` replications in all. None unless 2 <= n0 < n, and the
/// variance, h and δ are above 0; and where n is below what [`dudewicz_dalal_size`] asks for.
pub fn dudewicz_dalal_weights(n0: usize, n: usize, h: f64, variance: f64, indifference: f64) -> Option<(f64, f64)> {
    if n0 < 2 || n <= n0 || !(h > 0.0 && variance > 0.0 && indifference > 0.0) {
        return None;
    }
    let (first, all) = (n0 as f64, n as f64);
    let kept = 1.0 - (all - first) * indifference * indifference / (h * h * variance);
    let inner = 1.0 - all / first * kept;
    (inner >= 0.0).then(|| {
        let weight = first / all * (1.0 + inner.sqrt());
        (weight, 1.0 - weight)
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::assert_close;
    use super::super::rinott_constant;
    use super::*;

    #[test]
    fn the_constants_are_those_of_laws_tables() {
        let rows = [
            (0.90, 20, [1.896, 2.342, 2.583, 2.747, 2.870, 2.969, 3.051, 3.121, 3.182]),
            (0.90, 40, [1.852, 2.283, 2.514, 2.669, 2.785, 2.878, 2.954, 3.019, 3.076]),
            (0.95, 20, [2.453, 2.872, 3.101, 3.258, 3.377, 3.472, 3.551, 3.619, 3.679]),
        ];
        for (confidence, n0, printed) in rows {
            for (k, printed) in (2..=10).zip(printed) {
                let h = dudewicz_dalal_constant(k, n0, confidence).unwrap();
                assert!((h - printed).abs() < 6e-4, "k {k}, n0 {n0}, {confidence}: {h}, printed {printed}");
            }
        }
    }

    #[test]
    fn two_alternatives_have_rinotts_constant() {
        for n0 in [2, 5, 10, 20, 400] {
            let expected = rinott_constant(2, n0, 0.9).unwrap();
            assert_close(dudewicz_dalal_constant(2, n0, 0.9).unwrap(), expected, 1e-7);
        }
    }

    #[test]
    fn the_weighted_mean_has_the_standard_error_it_was_made_for() {
        let h = dudewicz_dalal_constant(5, 20, 0.9).unwrap();
        let variance = 14.52;
        let n = dudewicz_dalal_size(20, h, variance, 1.0).unwrap();
        assert_eq!(n, 110);
        let (first, rest) = dudewicz_dalal_weights(20, n, h, variance, 1.0).unwrap();
        assert_close(first + rest, 1.0, 1e-15);
        assert_close(first * first / 20.0 + rest * rest / 90.0, 1.0 / (h * h * variance), 1e-12);
        assert!((first - 0.21).abs() < 0.005, "{first}");
        assert_eq!(dudewicz_dalal_size(20, h, 0.001, 1.0), Some(21));
        assert_eq!(dudewicz_dalal_weights(20, 20, h, variance, 1.0), None);
        assert_eq!(dudewicz_dalal_weights(20, 50, h, variance, 1.0), None);
        assert_eq!(dudewicz_dalal_constant(1, 20, 0.9), None);
    }
}
