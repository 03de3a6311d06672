//! Smooth pictures of a sample: the kernel estimate of its density, and the band round its distribution function.

use super::quantile::{quantile, sorted};
use super::sum::{sum, variance};

/// Half-width of the band that holds the whole distribution function with a confidence: √(ln(2/α) / (2n)) (Dvoretzky, Kiefer &
/// Wolfowitz 1956, Ann. Math. Stat. 27:642, with the constant of Massart 1990, Ann. Probab. 18:1269). NaN of no values.
pub fn dkw_band(n: usize, confidence: f64) -> f64 {
    if n == 0 {
        return f64::NAN;
    }
    (libm::log(2.0 / (1.0 - confidence)) / (2.0 * n as f64)).sqrt()
}

/// Silverman's rule (1986, Density Estimation, equation 3.31): 0.9 min(sd, IQR / 1.34) n^(−1/5), by the standard deviation alone
/// where the middle half of the values is equal. None of fewer than two values, or if all are equal.
pub fn silverman_bandwidth(values: &[f64]) -> Option<f64> {
    let sorted = sorted(values);
    let sd = variance(&sorted).sqrt();
    let robust = (quantile(&sorted, 0.75) - quantile(&sorted, 0.25)) / 1.34;
    let spread = if robust > 0.0 { sd.min(robust) } else { sd };
    (spread > 0.0 && spread.is_finite()).then(|| 0.9 * spread * libm::pow(sorted.len() as f64, -0.2))
}

/// The density at each point of a grid, with a Gaussian kernel; per unit of the values, so that its area is 1.
///
/// Zeros of no values or unless the bandwidth is above 0.
pub fn kernel_density(values: &[f64], grid: &[f64], bandwidth: f64) -> Vec<f64> {
    if values.is_empty() || bandwidth.is_nan() || bandwidth <= 0.0 {
        return vec![0.0; grid.len()];
    }
    let scale = 1.0 / (values.len() as f64 * bandwidth * (2.0 * std::f64::consts::PI).sqrt());
    let at = |x: &f64| {
        scale
            * sum(values.iter().map(|y| {
                let z = (x - y) / bandwidth;
                libm::exp(-0.5 * z * z)
            }))
    };
    grid.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::super::laws::normal_quantile;
    use super::super::testing::assert_close;
    use super::*;

    #[test]
    fn the_band_narrows_with_the_root_of_the_sample() {
        assert_close(dkw_band(100, 0.95), 0.135_810, 1e-5);
        assert_close(dkw_band(400, 0.95), 0.5 * dkw_band(100, 0.95), 1e-12);
        assert!(dkw_band(0, 0.95).is_nan());
    }

    #[test]
    fn the_density_of_a_normal_grid_is_that_of_a_wider_normal() {
        let sample: Vec<f64> = (0..2000).map(|i| normal_quantile((f64::from(i) + 0.5) / 2000.0)).collect();
        let bandwidth = silverman_bandwidth(&sample).unwrap();
        assert_close(bandwidth, 0.9 * libm::pow(2000.0, -0.2), 0.01);
        // Smoothing adds the kernel's variance.
        let sd = (1.0 + bandwidth * bandwidth).sqrt();
        let density = kernel_density(&sample, &[0.0, 1.0], bandwidth);
        assert_close(density[0], 0.398_942_28 / sd, 2e-3);
        assert_close(density[1], 0.398_942_28 / sd * libm::exp(-0.5 / (sd * sd)), 2e-3);
    }

    #[test]
    fn the_area_under_the_density_is_1() {
        let grid: Vec<f64> = (-1000..2000).map(|i| f64::from(i) * 0.01).collect();
        let density = kernel_density(&[1.0, 2.0, 2.5, 7.0], &grid, 0.7);
        assert_close(density.iter().sum::<f64>() * 0.01, 1.0, 1e-9);
    }

    #[test]
    fn equal_values_have_no_bandwidth() {
        assert_eq!(silverman_bandwidth(&[2.0, 2.0, 2.0]), None);
        assert_eq!(silverman_bandwidth(&[2.0]), None);
        // The middle half equal: the standard deviation alone.
        assert!(silverman_bandwidth(&[0.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 9.0]).unwrap() > 0.5);
        assert_eq!(kernel_density(&[], &[0.0, 1.0], 1.0), [0.0, 0.0]);
        assert_eq!(kernel_density(&[1.0], &[0.0], f64::NAN), [0.0]);
    }
}
