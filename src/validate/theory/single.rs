//! One lane: general services, convoys, priorities, other than Poisson arrivals.

/// Mean wait of M/G/1 (Pollaczek 1930, Khinchine 1932): `rate` of arrivals, mean and squared coefficient of variation of a service.
pub fn pollaczek_khinchine(rate: f64, service: f64, cv2: f64) -> f64 {
    let rho = rate * service;
    rho * service * (1.0 + cv2) / (2.0 * (1.0 - rho))
}

/// The `p` quantile of the wait in M/M/1, FIFO; 0 where at least so many do not wait.
pub fn mm1_wait_quantile(rate: f64, service: f64, p: f64) -> f64 {
    let rho = rate * service;
    (libm::log(rho / (1.0 - p)) * service / (1.0 - rho)).max(0.0)
}

/// The first two moments of a convoy's size.
#[derive(Clone, Copy, Debug)]
pub struct Convoy {
    /// Mean number of trucks.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
}

/// Mean wait of a truck in `M^[X]/G/1` (Burke 1975): the convoy waits as a customer of M/G/1, and the truck for those of its convoy before it.
pub fn convoys(rate: f64, size: Convoy, service: f64, cv2: f64) -> f64 {
    let second = size.variance + size.mean * size.mean;
    let work = size.mean * cv2 * service * service + second * service * service;
    let first_truck = rate * work / (2.0 * (1.0 - rate * size.mean * service));
    first_truck + (second / size.mean - 1.0) / 2.0 * service
}

/// Mean waits by class in M/M/1 with non-preemptive priorities (Cobham 1954): `rates` by class, the first served first.
pub fn cobham(rates: &[f64], service: f64) -> Vec<f64> {
    let total: f64 = rates.iter().sum();
    let residual = total * service * service;
    let mut before = 0.0;
    rates
        .iter()
        .map(|rate| {
            let with = before + rate * service;
            let wait = residual / ((1.0 - before) * (1.0 - with));
            before = with;
            wait
        })
        .collect()
}

/// The root of GI/M/1 (Kendall 1953): the probability that an arrival waits; `transform` is the Laplace transform of an interval.
///
/// The mean wait is `root * service / (1 - root)`.
pub fn renewal_arrivals_root(transform: impl Fn(f64) -> f64, service: f64) -> f64 {
    let mut root = 0.5;
    for _ in 0..10_000 {
        root = transform((1.0 - root) / service);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn the_wait_grows_with_the_spread_of_services() {
        for (cv2, wait) in [(0.0, 2.0), (0.25, 2.5), (1.0, 4.0), (4.0, 10.0)] {
            close(pollaczek_khinchine(0.8, 1.0, cv2), wait);
        }
    }

    #[test]
    fn one_truck_in_twenty_waits_longer_than_the_95_percent_quantile() {
        close(mm1_wait_quantile(0.8, 1.0, 0.95), 13.862_944);
        close(mm1_wait_quantile(0.8, 1.0, 0.1), 0.0);
    }

    #[test]
    fn convoys_of_four_make_ten_trucks_present() {
        let wait = convoys(0.2, Convoy { mean: 4.0, variance: 0.0 }, 1.0, 1.0);
        close(0.8 * (wait + 1.0), 10.0);
    }

    #[test]
    fn convoys_of_one_are_trucks() {
        close(
            convoys(0.8, Convoy { mean: 1.0, variance: 0.0 }, 1.0, 0.25),
            pollaczek_khinchine(0.8, 1.0, 0.25),
        );
    }

    #[test]
    fn who_has_priority_waits_less() {
        let waits = cobham(&[0.3, 0.4], 1.0);
        close(waits[0], 1.0);
        close(waits[1], 3.333_333_3);
    }

    #[test]
    fn even_arrivals_wait_less_than_random_ones() {
        let root = renewal_arrivals_root(|s| libm::exp(-s / 0.8), 1.0);
        close(root, 0.628_630);
        close(root / (1.0 - root), 1.692_731);
        close(renewal_arrivals_root(|s| 0.8 / (0.8 + s), 1.0), 0.8);
    }
}
