//! Numerical integration, for constants that have no closed form.

/// Nodes enough for twelve digits of the smooth integrands here.
pub(super) const NODES: usize = 96;

/// Nodes and weights of Gauss and Legendre's rule on an interval (Press et al. 2007, Numerical Recipes, section 4.6).
pub(super) fn gauss_legendre(count: usize, lower: f64, upper: f64) -> Vec<(f64, f64)> {
    let n = count as f64;
    let (middle, half) = (0.5 * (lower + upper), 0.5 * (upper - lower));
    (0..count)
        .map(|i| {
            let mut x = libm::cos(std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5));
            let mut slope = legendre(count, x).1;
            for _ in 0..100 {
                let (value, derivative) = legendre(count, x);
                slope = derivative;
                let step = value / derivative;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (middle - half * x, half * 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// Legendre's polynomial of a degree and its derivative.
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (0.0, 1.0);
    for j in 0..degree {
        let j = j as f64;
        let next = ((2.0 * j + 1.0) * x * value - j * before) / (j + 1.0);
        before = value;
        value = next;
    }
    (value, degree as f64 * (x * value - before) / (x * x - 1.0))
}

/// A law as nodes with probabilities that add up to 1, from its density up to a factor.
pub(super) fn law(count: usize, lower: f64, upper: f64, density: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    let mut nodes = gauss_legendre(count, lower, upper);
    for (x, weight) in &mut nodes {
        *weight *= density(*x);
    }
    let total: f64 = nodes.iter().map(|(_, weight)| weight).sum();
    for (_, weight) in &mut nodes {
        *weight /= total;
    }
    nodes
}

/// The standard normal law.
pub(super) fn normal_law() -> Vec<(f64, f64)> {
    law(NODES, -8.5, 8.5, |z| libm::exp(-0.5 * z * z))
}

/// The law of S / σ, the root of a chi-square over its `df` degrees of freedom.
pub(super) fn relative_sd_law(df: f64) -> Vec<(f64, f64)> {
    // Nine standard deviations to both sides: what lies beyond is below the rounding.
    let reach = 9.0 / (2.0 * df).sqrt();
    law(NODES, (1.0 - reach).max(0.0), 1.0 + reach, |s| {
        libm::exp((df - 1.0) * libm::log(s) - 0.5 * df * (s * s - 1.0))
    })
}

/// The positive point at which an increasing probability reaches `target`; infinite where it is not reached.
///
/// False position with the step of Illinois (Dowell & Jarratt 1971, BIT 11:168): each probability is a double integral.
pub(super) fn point(target: f64, probability: impl Fn(f64) -> f64) -> f64 {
    let excess = |x: f64| probability(x) - target;
    let (mut below, mut above) = ((0.0, excess(0.0)), (1.0, excess(1.0)));
    while above.1 < 0.0 {
        below = above;
        above = (2.0 * above.0, excess(2.0 * above.0));
        if above.0 > 1e9 {
            return f64::INFINITY;
        }
    }
    // Which end stood still at the last step.
    let mut still = 0;
    for _ in 0..200 {
        let x = (below.0 * above.1 - above.0 * below.1) / (above.1 - below.1);
        let value = excess(x);
        let moved = if value < 0.0 { x - below.0 } else { above.0 - x };
        if value < 0.0 {
            below = (x, value);
            above.1 *= if still == 1 { 0.5 } else { 1.0 };
            still = 1;
        } else {
            above = (x, value);
            below.1 *= if still == -1 { 0.5 } else { 1.0 };
            still = -1;
        }
        if moved <= 1e-13 * x || value.abs() < 1e-15 {
            return x;
        }
    }
    0.5 * (below.0 + above.0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::assert_close;
    use super::*;

    #[test]
    fn polynomials_are_integrated_exactly() {
        let integral = |power: f64| {
            gauss_legendre(5, 0.0, 2.0)
                .iter()
                .map(|(x, weight)| weight * libm::pow(*x, power))
                .sum::<f64>()
        };
        assert_close(integral(0.0), 2.0, 1e-14);
        assert_close(integral(9.0), 102.4, 1e-13);
    }

    #[test]
    fn the_laws_have_their_moments() {
        let moment = |law: &[(f64, f64)], power: f64| law.iter().map(|(x, weight)| weight * libm::pow(*x, power)).sum::<f64>();
        assert_close(moment(&normal_law(), 2.0), 1.0, 1e-12);
        assert_close(moment(&normal_law(), 4.0), 3.0, 1e-12);
        for df in [1.0, 2.0, 9.0, 200.0, 1e6] {
            assert_close(moment(&relative_sd_law(df), 2.0), 1.0, 1e-9);
            assert_close(moment(&relative_sd_law(df), 4.0), 1.0 + 2.0 / df, 1e-9);
        }
    }

    #[test]
    fn a_point_that_is_not_reached_is_infinite() {
        assert!(point(0.5, |_| 0.4).is_infinite());
        assert_close(point(0.5, |x| x / (1.0 + x)), 1.0, 1e-12);
    }
}
