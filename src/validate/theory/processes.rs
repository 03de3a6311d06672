//! Incidents and closures as point processes: how many, and how long closed.

/// Mean and variance of a number of incidents.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// Counts of a Hawkes process with exponential kernel and no history, over `span` hours (Hawkes 1971; moments of Dassios and Zhao 2011).
///
/// `base` is the rate an hour without history, `branching` the integral of the kernel, `decay` its mean lag in hours.
pub fn hawkes_counts(base: f64, branching: f64, decay: f64, span: f64) -> Counts {
    let back = 1.0 / decay;
    let jump = branching * back;
    // Intensity, its square, number, number times intensity, square of the number: their expectations.
    let slope = |m: &[f64]| {
        vec![
            back * (base - m[0]) + jump * m[0],
            2.0 * back * base * m[0] - 2.0 * back * m[1] + 2.0 * jump * m[1] + jump * jump * m[0],
            m[0],
            back * base * m[2] - back * m[3] + jump * m[3] + m[1] + jump * m[0],
            2.0 * m[3] + m[0],
        ]
    };
    let end = integrate(slope, vec![base, base * base, 0.0, 0.0, 0.0], span);
    Counts {
        mean: end[2],
        variance: end[4] - end[2] * end[2],
    }
}

/// Counts of a Poisson process modulated by regimes in turn (two states or more, each followed by the next, the last by the first),
/// started in the first, over `span` hours (Fischer and Meier-Hellstern 1993).
pub fn regime_counts(stays: &[f64], rates: &[f64], span: f64) -> Counts {
    let n = stays.len();
    // By regime: probability, number on it, square of the number on it.
    let slope = |m: &[f64]| {
        let mut change = vec![0.0; 3 * n];
        for i in 0..n {
            let from = (i + n - 1) % n;
            for moment in 0..3 {
                let at = moment * n;
                change[at + i] = m[at + from] / stays[from] - m[at + i] / stays[i];
            }
            change[n + i] += rates[i] * m[i];
            change[2 * n + i] += rates[i] * (2.0 * m[n + i] + m[i]);
        }
        change
    };
    let mut start = vec![0.0; 3 * n];
    start[0] = 1.0;
    let end = integrate(slope, start, span);
    let mean: f64 = end[n..2 * n].iter().sum();
    let square: f64 = end[2 * n..].iter().sum();
    Counts {
        mean,
        variance: square - mean * mean,
    }
}

/// Mean closed hours in `span` hours of exponential open and closed spells in turn, open at the start (Barlow and Proschan 1965).
pub fn alternating_closed(mean_open: f64, mean_closed: f64, span: f64) -> f64 {
    let (close, reopen) = (1.0 / mean_open, 1.0 / mean_closed);
    let both = close + reopen;
    close / both * (span + libm::expm1(-both * span) / both)
}

/// Mean closed hours in `span` hours when each Poisson incident closes for `length` hours from itself, overlaps merged (Takács 1962):
/// closed is a busy period of M/D/∞, which an instant t sees with probability 1 − exp(−rate · min(t, length)).
pub fn covered(rate: f64, length: f64, span: f64) -> f64 {
    let early = length.min(span);
    let open_early = -libm::expm1(-rate * early) / rate;
    let open_late = (span - early) * libm::exp(-rate * length);
    span - open_early - open_late
}

/// Runge and Kutta's fourth-order rule with steps small enough for ten digits.
fn integrate(slope: impl Fn(&[f64]) -> Vec<f64>, start: Vec<f64>, span: f64) -> Vec<f64> {
    const STEPS: u32 = 20_000;
    let step = span / f64::from(STEPS);
    let moved = |from: &[f64], along: &[f64], by: f64| -> Vec<f64> { from.iter().zip(along).map(|(y, k)| y + by * k).collect() };
    (0..STEPS).fold(start, |at, _| {
        let k1 = slope(&at);
        let k2 = slope(&moved(&at, &k1, step / 2.0));
        let k3 = slope(&moved(&at, &k2, step / 2.0));
        let k4 = slope(&moved(&at, &k3, step));
        (0..at.len())
            .map(|i| at[i] + step / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-8 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn a_hawkes_process_has_the_mean_of_its_closed_form() {
        let (base, branching, decay, span) = (0.1, 0.4, 3.0, 30.0);
        let rest = 1.0 - branching;
        let mean = base * span / rest - base * branching * decay / (rest * rest) * -libm::expm1(-rest * span / decay);
        close(hawkes_counts(base, branching, decay, span).mean, mean);
    }

    #[test]
    fn without_branching_incidents_are_a_poisson_process() {
        let counts = hawkes_counts(0.1, 0.0, 3.0, 30.0);
        close(counts.mean, 3.0);
        close(counts.variance, 3.0);
    }

    #[test]
    fn a_long_hawkes_process_has_the_dispersion_of_theory() {
        let counts = hawkes_counts(1.0, 0.5, 1.0, 4_000.0);
        assert!((counts.variance / counts.mean - 4.0).abs() < 0.01, "{counts:?}");
    }

    #[test]
    fn regimes_of_one_rate_are_a_poisson_process() {
        let counts = regime_counts(&[5.0, 2.0], &[0.3, 0.3], 20.0);
        close(counts.mean, 6.0);
        close(counts.variance, 6.0);
    }

    #[test]
    fn alternating_spells_reach_their_long_run_share() {
        assert!((alternating_closed(48.0, 12.0, 1e6) / 1e6 - 0.2).abs() < 1e-4);
        close(alternating_closed(1.0, 1.0, 1.0), 0.5 * (1.0 - 0.5 * (1.0 - libm::exp(-2.0))));
    }

    #[test]
    fn merged_closures_cover_what_a_coverage_process_covers() {
        close(covered(0.1, 5.0, 5.0), 5.0 - (1.0 - libm::exp(-0.5)) / 0.1);
        assert!((covered(0.1, 5.0, 1e6) / 1e6 - (1.0 - libm::exp(-0.5))).abs() < 1e-5);
    }
}
