//! Several lanes, finite yards, impatient trucks: birth and death processes.

/// Erlang's loss formula (1917): the share lost with `lanes` lanes, no yard and `load` = rate × service, whatever the law of services.
pub fn erlang_b(lanes: u32, load: f64) -> f64 {
    (1..=lanes).fold(1.0, |blocked, c| load * blocked / (f64::from(c) + load * blocked))
}

/// Erlang's delay formula (1917): the share that waits in M/M/c.
pub fn erlang_c(lanes: u32, load: f64) -> f64 {
    let blocked = erlang_b(lanes, load);
    let c = f64::from(lanes);
    c * blocked / (c - load * (1.0 - blocked))
}

/// Mean wait in M/M/c.
pub fn waiting_time(lanes: u32, rate: f64, service: f64) -> f64 {
    erlang_c(lanes, rate * service) * service / (f64::from(lanes) - rate * service)
}

/// What happens where a full yard turns trucks away.
#[derive(Clone, Copy, Debug)]
pub struct Loss {
    /// Share lost.
    pub lost: f64,
    /// Mean number waiting.
    pub waiting: f64,
    /// Mean number waiting or in service.
    pub present: f64,
}

/// M/M/c/K with `yard` places to wait: the truncated birth and death process.
pub fn finite_yard(lanes: u32, yard: u32, rate: f64, service: f64) -> Loss {
    let law = stationary(lanes + yard, |_| rate, |n| f64::from(n.min(lanes)) / service);
    Loss {
        lost: law[(lanes + yard) as usize],
        waiting: mean_of(&law, |n| n.saturating_sub(lanes)),
        present: mean_of(&law, |n| n),
    }
}

/// What happens where trucks give up.
#[derive(Clone, Copy, Debug)]
pub struct Abandonment {
    /// Share that gives up.
    pub gave_up: f64,
    /// Share that has to wait.
    pub waits: f64,
    /// Mean number waiting.
    pub waiting: f64,
}

/// M/M/c+M, Erlang A (Palm 1957; Garnett, Mandelbaum and Reiman 2002): exponential patience of the given mean.
pub fn abandonment(lanes: u32, rate: f64, service: f64, patience: f64) -> Abandonment {
    let leaving = |n: u32| f64::from(n.min(lanes)) / service + f64::from(n.saturating_sub(lanes)) / patience;
    let most = lanes + 200 + (8.0 * rate * (service + patience)) as u32;
    let law = stationary(most, |_| rate, leaving);
    let waiting = mean_of(&law, |n| n.saturating_sub(lanes));
    Abandonment {
        gave_up: waiting / patience / rate,
        waits: law[lanes as usize..].iter().sum(),
        waiting,
    }
}

/// Greatest throughput of two single exponential lanes in a row with `yard` places between, the first never idle (Hunt 1956).
pub fn yard_throughput(yard: u32, service: f64) -> f64 {
    f64::from(yard + 2) / f64::from(yard + 3) / service
}

/// The stationary law of a birth and death process on 0 … `most`.
fn stationary(most: u32, birth: impl Fn(u32) -> f64, death: impl Fn(u32) -> f64) -> Vec<f64> {
    let mut law = vec![1.0_f64];
    for n in 1..=most {
        let last = law[n as usize - 1];
        law.push(last * birth(n - 1) / death(n));
        let largest = law[n as usize];
        if largest > 1e200 {
            for p in &mut law {
                *p /= largest;
            }
        }
    }
    let total: f64 = law.iter().sum();
    for p in &mut law {
        *p /= total;
    }
    law
}

fn mean_of(law: &[f64], value: impl Fn(u32) -> u32) -> f64 {
    law.iter().zip(0..).map(|(p, n)| p * f64::from(value(n))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 2e-6 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn erlangs_formulas_give_the_tabulated_values() {
        close(erlang_b(10, 7.0), 0.078_741);
        close(erlang_c(5, 4.0), 0.554_113);
        close(erlang_c(3, 2.0), 0.444_444);
        close(waiting_time(3, 2.0, 1.0), 0.444_444);
        close(waiting_time(1, 0.8, 1.0), 4.0);
    }

    #[test]
    fn a_finite_yard_loses_what_an_overloaded_lane_cannot_serve() {
        let five = finite_yard(1, 4, 2.0, 1.0);
        close(five.lost, 0.507_937);
        close(five.present, 4.095_238);
        close(finite_yard(10, 0, 7.0, 1.0).lost, erlang_b(10, 7.0));
    }

    #[test]
    fn impatient_trucks_give_up_as_garnett_and_others_tabulate() {
        let a = abandonment(10, 10.0, 1.0, 2.0);
        close(a.waiting, 2.078_264);
        close(a.gave_up, 0.103_913);
        close(a.waits, 0.619_655);
    }

    #[test]
    fn a_line_without_a_yard_reaches_two_thirds() {
        close(yard_throughput(0, 1.0), 2.0 / 3.0);
        close(yard_throughput(3, 1.0), 5.0 / 6.0);
    }
}
