//! Incidents, given closures and policy compiled.

use crate::calendar::Calendar;
use crate::random::Purpose;
use crate::scenario::{IncidentProcess, Regime, RegimeStart, Scenario};
use crate::time::Time;

use super::cumulative;

/// What the gate needs.
#[derive(Clone, Debug)]
pub(in crate::model) struct SecurityPlan {
    pub(in crate::model) incident_purpose: Purpose,
    pub(in crate::model) severity_purpose: Purpose,
    pub(in crate::model) regime_purpose: Purpose,
    /// Upper ends of the shares of severities.
    pub(in crate::model) severities: Vec<(f64, usize)>,
    /// By severity, the index of its response.
    pub(in crate::model) response_of: Vec<Option<u16>>,
    /// By given closure: purposes of its open and closed spells.
    pub(in crate::model) spell_purposes: Vec<[Purpose; 2]>,
    /// By response, the purpose of its length.
    pub(in crate::model) response_purposes: Vec<Purpose>,
    /// By trigger, the purpose of its length.
    pub(in crate::model) trigger_purposes: Vec<Purpose>,
    pub(in crate::model) reopening_purpose: Purpose,
    /// Instants at which the humanitarian window opens (true) and closes.
    pub(in crate::model) window: Vec<(Time, bool)>,
    pub(in crate::model) warning_purpose: Purpose,
    pub(in crate::model) false_alarm_purpose: Purpose,
    pub(in crate::model) precaution_purpose: Purpose,
    pub(in crate::model) diversion_purpose: Purpose,
    pub(in crate::model) diversion_delay_purpose: Purpose,
    /// Upper ends of the law of the regime at the start.
    pub(in crate::model) regime_start: Vec<(f64, usize)>,
    /// By regime, upper ends of where it leads.
    pub(in crate::model) regime_to: Vec<Vec<(f64, usize)>>,
}

impl SecurityPlan {
    /// Compiles the incidents anew.
    pub(in crate::model) fn recompile_incidents(&mut self, scenario: &Scenario) {
        let severities = scenario.incidents.as_ref().map_or(&[][..], |i| &i.severities);
        self.severities = cumulative(&severities.iter().enumerate().map(|(i, s)| (i, s.share)).collect::<Vec<_>>());
        (self.regime_start, self.regime_to) = regimes(scenario);
    }

    pub(in crate::model) fn compile(scenario: &Scenario, end: Time) -> SecurityPlan {
        let severities = scenario.incidents.as_ref().map_or(&[][..], |i| &i.severities);
        let policy = &scenario.policy;
        let response_of = (0..severities.len())
            .map(|s| policy.responses.iter().position(|(id, _)| id.0 == s).map(|r| r as u16))
            .collect();
        let (regime_start, regime_to) = regimes(scenario);
        SecurityPlan {
            incident_purpose: Purpose::named("security.incidents"),
            severity_purpose: Purpose::named("security.incidents.severity"),
            regime_purpose: Purpose::named("security.incidents.regime"),
            severities: cumulative(&severities.iter().enumerate().map(|(i, s)| (i, s.share)).collect::<Vec<_>>()),
            response_of,
            spell_purposes: scenario
                .closures
                .iter()
                .map(|c| ["open", "closed"].map(|what| Purpose::named(&format!("closure.{}.{what}", c.name))))
                .collect(),
            response_purposes: policy
                .responses
                .iter()
                .map(|(s, _)| Purpose::named(&format!("policy.response.{}.for", severities[s.0].name)))
                .collect(),
            trigger_purposes: policy
                .triggers
                .iter()
                .map(|t| Purpose::named(&format!("policy.trigger.{}.for", t.name)))
                .collect(),
            reopening_purpose: Purpose::named("policy.reopening"),
            window: window(scenario, end),
            warning_purpose: Purpose::named("policy.precaution.warning"),
            false_alarm_purpose: Purpose::named("policy.precaution.false_alarms"),
            precaution_purpose: Purpose::named("policy.precaution.for"),
            diversion_purpose: Purpose::named("policy.diversion"),
            diversion_delay_purpose: Purpose::named("policy.diversion.delay"),
            regime_start,
            regime_to,
        }
    }
}

/// Names of all that can close, in the order of their indices.
pub(super) fn source_names(scenario: &Scenario) -> Vec<String> {
    let severities = scenario.incidents.as_ref().map_or(&[][..], |i| &i.severities);
    let given = scenario.closures.iter().map(|c| c.name.clone());
    let responses = scenario.policy.responses.iter().map(|(s, _)| severities[s.0].name.clone());
    let triggers = scenario.policy.triggers.iter().map(|t| t.name.clone());
    let own = ["precaution", "reopening"].map(str::to_owned);
    given.chain(responses).chain(triggers).chain(own).collect()
}

fn window(scenario: &Scenario, end: Time) -> Vec<(Time, bool)> {
    let Some(window) = &scenario.policy.window else { return Vec::new() };
    let daily = Calendar {
        weekly: std::array::from_fn(|_| window.hours.clone()),
        ..Calendar::default()
    };
    let openings = daily.openings(&scenario.horizon.origin, end);
    openings
        .iter()
        .filter(|o| o.to > Time::ZERO)
        .flat_map(|o| [(o.from.max(Time::ZERO), true), (o.to, false)])
        .collect()
}

type Ends = Vec<(f64, usize)>;

fn regimes(scenario: &Scenario) -> (Ends, Vec<Ends>) {
    let Some(IncidentProcess::Regimes { start, regimes }) = scenario.incidents.as_ref().map(|i| &i.process) else {
        return (Vec::new(), Vec::new());
    };
    let law: Vec<(usize, f64)> = match start {
        RegimeStart::State(s) => vec![(*s, 1.0)],
        RegimeStart::Stationary => stationary(regimes).into_iter().enumerate().collect(),
    };
    (cumulative(&law), regimes.iter().map(|r| cumulative(&r.to)).collect())
}

/// Stationary law of the chain in continuous time: the embedded chain's stationary law, weighted by the mean stays.
///
/// The embedded chain may be periodic (two states in turn), so its law is found from the lazy chain that stays with probability
/// one half, which has the same one; iterated until nothing changes any more.
fn stationary(regimes: &[Regime]) -> Vec<f64> {
    let n = regimes.len();
    let mut law = vec![1.0 / n as f64; n];
    for _ in 0..100_000 {
        let mut next: Vec<f64> = law.iter().map(|p| 0.5 * p).collect();
        for (from, regime) in regimes.iter().enumerate() {
            if regime.to.is_empty() {
                next[from] += 0.5 * law[from];
            }
            for (to, share) in &regime.to {
                next[*to] += 0.5 * law[from] * share;
            }
        }
        let change: f64 = law.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        law = next;
        if change < 1e-15 {
            break;
        }
    }
    let weighted: Vec<f64> = law.iter().zip(regimes).map(|(p, r)| p * r.mean_stay.0 as f64).collect();
    let total: f64 = weighted.iter().sum();
    weighted.into_iter().map(|w| w / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Duration;

    #[test]
    fn a_regime_is_held_for_its_share_of_time_in_the_long_run() {
        let regime = |days, to: Vec<(usize, f64)>| Regime {
            name: String::new(),
            mean_stay: Duration::from_days(days),
            per_hour: 0.0,
            to,
        };
        let two = stationary(&[regime(30, vec![(1, 1.0)]), regime(10, vec![(0, 1.0)])]);
        assert!((two[0] - 0.75).abs() < 1e-12 && (two[1] - 0.25).abs() < 1e-12, "{two:?}");
        // Visits in proportion 1 : 0.8 : 0.2, stays 30, 10 and 5 days.
        let three = stationary(&[
            regime(30, vec![(1, 0.8), (2, 0.2)]),
            regime(10, vec![(0, 1.0)]),
            regime(5, vec![(0, 1.0)]),
        ]);
        assert!(
            (three[0] - 30.0 / 39.0).abs() < 1e-9 && (three[1] - 8.0 / 39.0).abs() < 1e-9,
            "{three:?}"
        );
    }
}
