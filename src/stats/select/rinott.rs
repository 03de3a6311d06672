//! Rinott's two-stage selection of the best of independent normal samples (Rinott 1978, Comm. Stat. A7:799).

use super::super::integrate::{point, relative_sd_law};
use super::super::laws::normal_cdf;

/// Rinott's h for `k` alternatives, a first stage of `n0` replications and a probability of correct selection: with ν = n0 − 1 and
/// f the density of χ² with ν degrees of freedom, it solves
///
/// ∫ [∫ Φ(h / √(ν (1/x + 1/y))) f(x) dx]^(k − 1) f(y) dy = confidence.
///
/// None unless k >= 2, n0 >= 2 and 1/k < confidence < 1.
pub fn rinott_constant(k: usize, n0: usize, confidence: f64) -> Option<f64> {
    if k < 2 || n0 < 2 || !(confidence > 1.0 / k as f64 && confidence < 1.0) {
        return None;
    }
    // On x = ν s², the degrees of freedom cancel.
    let sd = relative_sd_law((n0 - 1) as f64);
    let power = (k - 1) as f64;
    Some(point(confidence, |h| {
        let beaten = |own: f64| -> f64 {
            let terms = sd
                .iter()
                .map(|(s, weight)| weight * normal_cdf(h / (1.0 / (s * s) + 1.0 / (own * own)).sqrt()));
            terms.sum()
        };
        sd.iter().map(|(s, weight)| weight * libm::pow(beaten(*s), power)).sum()
    }))
}

/// Replications that an alternative needs in all: max(n0, ⌈(h S / δ)²⌉), with S² from the first stage. None unless h and δ are positive,
/// S² is not negative, and the number is finite.
pub fn rinott_size(n0: usize, h: f64, variance: f64, indifference: f64) -> Option<usize> {
    let needed = (h * h * variance / (indifference * indifference)).ceil();
    (h > 0.0 && variance >= 0.0 && indifference > 0.0 && needed.is_finite()).then(|| n0.max(needed as usize))
}

#[cfg(test)]
mod tests {
    use super::super::super::sum::variance;
    use super::super::super::testing::{SYSTEMS, assert_close};
    use super::*;

    #[test]
    fn the_constants_are_the_derived_ones() {
        let rows = [
            (0.90, 10, [1.9985, 2.5875, 2.9126, 3.1367, 3.5600, 3.7458]),
            (0.90, 20, [1.8957, 2.4312, 2.7201, 2.9164, 3.2804, 3.4373]),
            (0.95, 10, [2.6141, 3.1657, 3.4763, 3.6926, 4.1062, 4.2895]),
            (0.95, 20, [2.4525, 2.9372, 3.2032, 3.3854, 3.7268, 3.8752]),
            (0.95, 30, [2.4070, 2.8743, 3.1289, 3.3026, 3.6261, 3.7660]),
            (0.95, 50, [2.3731, 2.8279, 3.0744, 3.2420, 3.5529, 3.6868]),
            (0.99, 20, [3.5401, 3.9545, 4.1878, 4.3499, 4.6583, 4.7941]),
        ];
        for (confidence, n0, expected) in rows {
            for (k, printed) in [2, 3, 4, 5, 8, 10].into_iter().zip(expected) {
                let h = rinott_constant(k, n0, confidence).unwrap();
                // Rounding, and 6e-5 that the rule of those digits loses in the tails.
                assert!((h - printed).abs() < 1.2e-4, "k {k}, n0 {n0}, {confidence}: {h}, printed {printed}");
            }
        }
    }

    #[test]
    fn thousands_of_alternatives_have_their_printed_constants() {
        // Of Bechhofer, Santner, Goldsman's Fortran to its three digits, and of a midpoint rule of 240² points to all.
        let rows = [
            (10, 0.975, 4.045, None),
            (1000, 0.90, 5.488, None),
            (1000, 0.975, 6.057, Some(6.056_298_11)),
            (10_000, 0.975, 6.893, Some(6.895_983_16)),
        ];
        for (k, confidence, printed, exact) in rows {
            let h = rinott_constant(k, 51, confidence).unwrap();
            assert!((h - printed).abs() < 4e-3, "{h}, printed {printed}");
            if let Some(exact) = exact {
                assert_close(h, exact, 1e-8);
            }
        }
    }

    #[test]
    fn the_systems_of_banks_would_take_hundreds_without_common_random_numbers() {
        let h = rinott_constant(4, 10, 0.95).unwrap();
        let sizes: Vec<usize> = SYSTEMS
            .iter()
            .map(|system| rinott_size(10, h, variance(system), 2.0).unwrap())
            .collect();
        assert_eq!(sizes, [947, 798, 523, 768]);
        assert_eq!(rinott_size(10, h, 0.01, 2.0), Some(10));
        assert_eq!(rinott_size(10, h, 1.0, 0.0), None);
        assert_eq!(rinott_size(10, h, f64::NAN, 1.0), None);
    }

    #[test]
    fn no_choice_has_no_constant() {
        assert_eq!(rinott_constant(1, 10, 0.95), None);
        assert_eq!(rinott_constant(3, 1, 0.95), None);
        assert_eq!(rinott_constant(4, 10, 0.25), None);
        // The difference of two Cauchy variables is one of twice the scale.
        assert_close(
            rinott_constant(2, 2, 0.9).unwrap(),
            2.0 * libm::tan(0.4 * std::f64::consts::PI),
            1e-6,
        );
    }
}
