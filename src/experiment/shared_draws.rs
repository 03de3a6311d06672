//! How much of their random numbers two alternatives share: whether common random numbers do their work.

use rayon::prelude::*;

use super::failure::Failure;
use super::run::{Alternative, Experiment};
use crate::model::{Observer, Plan, Simulation, Truck, TruckId};
use crate::random::Entity;
use crate::time::Time;

/// The share of draws in a result is estimated from so many replications: it hardly varies.
pub(crate) const SHARED_REPLICATIONS: u32 = 3;

/// The address of a draw: what for, of what source, group and member. Whose second or third it is follows from how often it is there.
type Address = [u32; 4];

/// Keeps the addresses of the draws of a replication that can be seen from outside.
#[derive(Debug)]
struct Addresses {
    /// By stage, what its services are known by.
    stages: Vec<u32>,
    /// By stream of convoys, the same.
    convoys: Vec<u32>,
    seen: Vec<Address>,
}

impl Addresses {
    fn new(plan: &Plan) -> Addresses {
        let named = |kind: &str, name: &str| Entity::source_named(&format!("{kind}.{name}"));
        Addresses {
            stages: plan.scenario.stages.iter().map(|s| named("stage", &s.name)).collect(),
            convoys: plan.scenario.convoys.iter().map(|c| named("convoy", &c.name)).collect(),
            seen: Vec::new(),
        }
    }
}

impl Observer for Addresses {
    fn convoy(&mut self, _: Time, stream: usize, number: u32, _: u32) {
        self.seen.push([self.convoys[stream], 0, number, 0]);
    }

    fn started(&mut self, _: Time, _: TruckId, truck: &Truck) {
        let Entity { source, group, member } = truck.entity;
        self.seen.push([self.stages[truck.stage as usize], source, group, member]);
    }

    fn incident(&mut self, _: Time, number: u32, _: usize, _: Option<usize>) {
        self.seen.push([0, 0, number, 0]);
    }
}

/// By alternative, the share of random numbers that it has in common with the reference (an index): of those that one of them asked for, how
/// many both did, over the first `replications`. None where neither asked for any.
///
/// An estimate by what can be seen from outside: services (stage, load and visit), convoys and incidents. Draws that go with these (the
/// outcome of a service, the load of a truck) are not counted by themselves, and services count too where their time is a constant.
/// The same whatever the number of threads.
///
/// # Errors
/// Where threads cannot be started.
pub fn shared_draws(experiment: &Experiment, reference: usize, replications: u32) -> Result<Vec<Option<f64>>, Failure> {
    let pool = experiment.threads()?;
    Ok(pool.install(|| shares(experiment, reference, replications)))
}

/// [`shared_draws`] on the threads at hand.
pub(crate) fn shares(experiment: &Experiment, reference: usize, replications: u32) -> Vec<Option<f64>> {
    let alternatives = &experiment.alternatives;
    let Some(reference) = alternatives.get(reference) else {
        return vec![None; alternatives.len()];
    };
    // Both, and one or the other.
    let mut counted = vec![(0_u64, 0_u64); alternatives.len()];
    for replication in 1..=replications {
        let those = addresses(reference, experiment.seed, replication);
        let of_one = |alternative: &Alternative| overlap(&addresses(alternative, experiment.seed, replication), &those);
        let found: Vec<(u64, u64)> = alternatives.par_iter().map(of_one).collect();
        for (sum, (both, either)) in counted.iter_mut().zip(found) {
            *sum = (sum.0 + both, sum.1 + either);
        }
    }
    let share = |(both, either): (u64, u64)| (either > 0).then(|| both as f64 / either as f64);
    counted.into_iter().map(share).collect()
}

/// The addresses of a replication, ascending.
fn addresses(alternative: &Alternative, seed: u64, replication: u32) -> Vec<Address> {
    let mut addresses = Addresses::new(&alternative.plan);
    Simulation::new(&alternative.plan).run(seed, replication, &mut addresses);
    addresses.seen.sort_unstable();
    addresses.seen
}

/// How many are in both of two ascending lists, and how many in one or the other; what is there twice in both is shared twice.
fn overlap(these: &[Address], those: &[Address]) -> (u64, u64) {
    let (mut i, mut k, mut both) = (0, 0, 0);
    while let (Some(a), Some(b)) = (these.get(i), those.get(k)) {
        both += u64::from(a == b);
        let (first, second) = (a <= b, b <= a);
        i += usize::from(first);
        k += usize::from(second);
    }
    (both, (these.len() + those.len()) as u64 - both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_twice_is_shared_as_often_as_both_have_it() {
        let of = |numbers: &[u32]| -> Vec<Address> { numbers.iter().map(|n| [*n, 0, 0, 0]).collect() };
        assert_eq!(overlap(&of(&[1, 2, 2, 3]), &of(&[2, 2, 2, 4])), (2, 6));
        assert_eq!(overlap(&of(&[]), &of(&[1])), (0, 1));
        assert_eq!(overlap(&of(&[5, 6]), &of(&[5, 6])), (2, 2));
    }
}
