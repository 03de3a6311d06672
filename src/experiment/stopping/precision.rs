//! The precision of responses: what is asked for, the judge of it, how far it was reached.

use serde::{Deserialize, Serialize};

use super::CONFIDENCE;
use crate::experiment::failure::Failure;
use crate::stats::{self, Target, Width};

/// A precision to reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// What is to be known; all of it at once.
    pub aims: Vec<Aim>,
    /// At most so many replications of each alternative.
    pub max: u32,
}

/// What is to be known of a response in every alternative, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The response: a column of `replications`, or of a table with a key, as in `stage.gate.mean_wait_min`.
    pub response: String,
    /// Which number of it: over the replications of an alternative, or of what it differs by from the reference.
    pub of: Target,
    /// How wide half the interval may be.
    pub width: Width,
    /// Confidence of the interval, e.g. 0.95.
    pub confidence: f64,
}

/// At most so many replications where nobody says how many.
pub const MOST_REPLICATIONS: u32 = 100_000;

impl Aim {
    /// The mean of `delivered_tonnes` at 95 % confidence.
    pub fn new(width: Width) -> Aim {
        Aim {
            response: "delivered_tonnes".to_owned(),
            of: Target::Mean,
            width,
            confidence: CONFIDENCE,
        }
    }
}

impl Precision {
    /// One aim, at most 100,000 replications.
    pub fn of(aim: Aim) -> Precision {
        Precision {
            aims: vec![aim],
            max: MOST_REPLICATIONS,
        }
    }

    /// The responses that it names, each once.
    pub(crate) fn responses(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for aim in &self.aims {
            if !names.contains(&aim.response.as_str()) {
                names.push(&aim.response);
            }
        }
        names
    }

    /// Whether so many alternatives, comparable or not, can have it.
    pub(crate) fn check(&self, alternatives: usize, comparable: bool) -> Result<(), Failure> {
        let refused = |why: String| Err(Failure::Usage(why));
        if self.aims.is_empty() {
            return refused("a precision of nothing: expected at least one response to be known".to_owned());
        }
        for aim in &self.aims {
            let (Width::Relative(width) | Width::Absolute(width)) = aim.width;
            let sound = width > 0.0 && width.is_finite() && aim.confidence > 0.0 && aim.confidence < 1.0;
            if !sound {
                return refused(format!(
                    "a precision of `{}`: expected a half-width above 0 ({width}) and a confidence between 0 and 1 ({})",
                    aim.response, aim.confidence
                ));
            }
            if aim.of == Target::Difference && alternatives < 2 {
                return refused(format!(
                    "the precision of a difference of `{}` takes at least two alternatives, found {alternatives}",
                    aim.response
                ));
            }
            if aim.of == Target::Difference && !comparable {
                return refused(format!(
                    "the precision of a difference of `{}`: the alternatives simulate other periods and are not compared",
                    aim.response
                ));
            }
        }
        Ok(())
    }
}

/// How far a precision was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrecisionReached {
    /// Whether all of it was reached at once, and held through the look-ahead.
    pub reached: bool,
    /// What was asked for, one by one.
    pub aims: Vec<AimReached>,
}

/// How far one of the aims was reached.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AimReached {
    /// The response.
    pub response: String,
    /// Which number of it: `mean`, `median`, `p05` and such, `difference`.
    pub of: String,
    /// The half-width asked for as a share of the number (of a difference, of the reference's mean) …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative: Option<f64>,
    /// … or in the unit of the response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absolute: Option<f64>,
    /// The confidence of its interval.
    pub confidence: f64,
    /// The widest half-width among the alternatives at the end, in the same terms; none where the interval is open, or a share of 0.
    pub half_width: Option<f64>,
    /// The alternative in which it is that wide.
    pub widest: String,
    /// The alternative from which differences are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether it was reached, and held through the look-ahead.
    pub reached: bool,
}

impl PrecisionReached {
    /// Of a precision towards which nothing was simulated yet.
    pub(crate) fn nothing_yet(asked: &Precision, names: &[String], reference: usize) -> PrecisionReached {
        PrecisionReached {
            reached: false,
            aims: Sequential::new(asked, names.len(), reference).reached(names),
        }
    }

    /// Whether the same was asked for, however far either came.
    pub(crate) fn asks_the_same(&self, other: &PrecisionReached) -> bool {
        let asked = |aim: &AimReached| AimReached {
            half_width: None,
            widest: String::new(),
            reached: false,
            ..aim.clone()
        };
        self.aims.iter().map(asked).eq(other.aims.iter().map(asked))
    }
}

/// A width as a share, or as an amount.
fn terms(width: Width) -> (Option<f64>, Option<f64>) {
    match width {
        Width::Relative(share) => (Some(share), None),
        Width::Absolute(amount) => (None, Some(amount)),
    }
}

/// The judge of a precision over all alternatives, replication by replication in their order.
pub(crate) struct Sequential {
    judges: Vec<Judge>,
    seen: u32,
}

/// The judge of one aim.
struct Judge {
    aim: Aim,
    /// Which of the precision's responses it looks at.
    column: usize,
    /// The alternative that differences are taken to.
    reference: Option<usize>,
    /// By alternative; a difference has none for the reference.
    rules: Vec<Rule>,
}

struct Rule {
    alternative: usize,
    interval: stats::Precision,
    /// Whether it held after the last value.
    held: bool,
}

impl Judge {
    fn new(aim: &Aim, column: usize, alternatives: usize, reference: usize) -> Judge {
        let reference = (aim.of == Target::Difference).then_some(reference);
        let judged = (0..alternatives).filter(|alternative| Some(*alternative) != reference);
        let rule = |alternative| Rule {
            alternative,
            interval: stats::Precision::new(aim.width, aim.confidence, aim.of),
            held: false,
        };
        Judge {
            aim: aim.clone(),
            column,
            reference,
            rules: judged.map(rule).collect(),
        }
    }

    /// Takes replication `i` of the columns by alternative.
    fn push(&mut self, columns: &[Vec<f64>], i: usize) {
        let of_reference = self.reference.map_or(0.0, |reference| columns[reference][i]);
        for judged in &mut self.rules {
            // A replication may leave a response empty; it then tells nothing of it.
            judged.held = judged.interval.push_pair(columns[judged.alternative][i], of_reference);
        }
    }

    fn holds(&self) -> bool {
        self.rules.iter().all(|judged| judged.held)
    }

    /// The one with the widest interval, the first of several.
    fn widest(&self) -> Option<&Rule> {
        let wider = |a: &&Rule, b: &&Rule| a.interval.half_width().total_cmp(&b.interval.half_width());
        self.rules.iter().rev().max_by(wider)
    }

    fn excess(&self) -> f64 {
        self.widest().map_or(f64::INFINITY, |judged| judged.interval.excess())
    }

    fn reached(&self, names: &[String]) -> AimReached {
        let widest = self.widest();
        let half_width = widest.map(|judged| judged.interval.half_width()).filter(|half| half.is_finite());
        let (relative, absolute) = terms(self.aim.width);
        AimReached {
            response: self.aim.response.clone(),
            of: self.aim.of.to_string(),
            relative,
            absolute,
            confidence: self.aim.confidence,
            half_width,
            widest: widest.map(|judged| names[judged.alternative].clone()).unwrap_or_default(),
            reference: self.reference.map(|reference| names[reference].clone()),
            reached: self.holds(),
        }
    }
}

impl Sequential {
    /// A judge over so many alternatives, of which one is the reference of differences.
    pub(crate) fn new(precision: &Precision, alternatives: usize, reference: usize) -> Sequential {
        let responses = precision.responses();
        let column = |aim: &Aim| responses.iter().position(|name| *name == aim.response).unwrap_or(0);
        let judge = |aim: &Aim| Judge::new(aim, column(aim), alternatives, reference);
        Sequential {
            judges: precision.aims.iter().map(judge).collect(),
            seen: 0,
        }
    }

    /// Replications judged.
    pub(crate) fn seen(&self) -> u32 {
        self.seen
    }

    /// Takes the next replications, by response and alternative (all the same number), one after the other; true at the first at which
    /// all precisions hold at once, and then takes no more.
    pub(crate) fn push(&mut self, columns: &[Vec<Vec<f64>>]) -> bool {
        for i in 0..columns.iter().flatten().map(Vec::len).min().unwrap_or(0) {
            for judge in &mut self.judges {
                judge.push(&columns[judge.column], i);
            }
            self.seen += 1;
            if self.judges.iter().all(Judge::holds) {
                return true;
            }
        }
        false
    }

    /// How far each aim is, in the order in which they were asked for.
    pub(crate) fn reached(&self, names: &[String]) -> Vec<AimReached> {
        self.judges.iter().map(|judge| judge.reached(names)).collect()
    }

    /// The aim that is furthest from what is asked, the first of several.
    pub(crate) fn furthest(&self, names: &[String]) -> Option<AimReached> {
        let further = |a: &&Judge, b: &&Judge| a.excess().total_cmp(&b.excess());
        self.judges.iter().rev().max_by(further).map(|judge| judge.reached(names))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aim(width: Width, of: Target) -> Aim {
        Aim { of, ..Aim::new(width) }
    }

    fn names() -> Vec<String> {
        ["one", "two"].map(str::to_owned).to_vec()
    }

    #[test]
    fn the_precision_is_judged_in_order_however_the_batches_are_cut() {
        let values: Vec<f64> = (0..2000).map(|i| 100.0 + f64::from(i * 7919 % 101)).collect();
        let doubled: Vec<f64> = values.iter().map(|x| 2.0 * x + x.rem_euclid(7.0)).collect();
        for of in [Target::Mean, Target::Quantile(0.5), Target::Quantile(0.1), Target::Difference] {
            let precision = Precision::of(aim(Width::Relative(0.05), of));
            let stops = |size: usize| {
                let mut judge = Sequential::new(&precision, 2, 0);
                let mut batches = values.chunks(size).zip(doubled.chunks(size));
                assert!(batches.any(|(one, two)| judge.push(&[vec![one.to_vec(), two.to_vec()]])));
                judge.seen()
            };
            let n = stops(1);
            assert!(n > 10 && n < 2000, "{of}: {n}");
            assert_eq!((stops(7), stops(50), stops(2000)), (n, n, n), "{of}");
        }
    }

    #[test]
    fn several_aims_hold_only_together_and_the_furthest_is_told() {
        let constant = Aim {
            response: "constant".to_owned(),
            ..Aim::new(Width::Relative(0.01))
        };
        let wide = aim(Width::Absolute(3.0), Target::Mean);
        let precision = Precision {
            aims: vec![constant, wide.clone()],
            max: 1000,
        };
        assert_eq!(precision.responses(), ["constant", "delivered_tonnes"]);
        let values: Vec<f64> = (0..900).map(|i| f64::from(i * 7919 % 101)).collect();
        let columns = [vec![vec![5.0; 900]; 2], vec![vec![1.0; 900], values.clone()]];
        let mut both = Sequential::new(&precision, 2, 0);
        assert!(both.push(&columns));
        let mut alone = Sequential::new(&Precision::of(wide), 2, 0);
        assert!(alone.push(&[vec![vec![1.0; 900], values]]));
        assert!(both.seen() == alone.seen() && both.seen() > 300, "{}", both.seen());
        let furthest = both.furthest(&names()).unwrap();
        assert_eq!((furthest.response.as_str(), furthest.widest.as_str()), ("delivered_tonnes", "two"));
        assert!(both.reached(&names()).iter().all(|aim| aim.reached));
    }

    #[test]
    fn a_difference_is_judged_by_pairs_from_the_reference() {
        // Far apart but in step: the difference is 10 always, while either mean is not known.
        let one: Vec<f64> = (0..40).map(|i| f64::from(i * 7919 % 101)).collect();
        let mut two: Vec<f64> = one.iter().map(|x| x + 10.0).collect();
        two[3] = f64::NAN;
        let mut judge = Sequential::new(&Precision::of(aim(Width::Relative(0.01), Target::Difference)), 2, 1);
        assert!(judge.push(&[vec![one, two]]));
        // 10 pairs, 5 more, and the replication that gave none.
        assert_eq!(judge.seen(), 16);
        let reached = judge.reached(&names()).remove(0);
        assert_eq!(
            (reached.widest.as_str(), reached.reference.as_deref(), reached.half_width),
            ("one", Some("two"), Some(0.0))
        );
    }

    #[test]
    fn what_cannot_be_reached_is_refused() {
        let refused = |aim: Aim, alternatives, comparable| Precision::of(aim).check(alternatives, comparable).unwrap_err().to_string();
        let difference = || aim(Width::Relative(0.1), Target::Difference);
        assert!(refused(difference(), 1, true).contains("at least two alternatives, found 1"));
        assert!(refused(difference(), 2, false).contains("other periods"));
        assert!(refused(aim(Width::Absolute(0.0), Target::Mean), 2, true).contains("above 0 (0)"));
        let nothing = Precision { aims: Vec::new(), max: 10 };
        assert!(nothing.check(2, true).is_err());
    }

    #[test]
    fn a_result_is_known_by_what_was_asked_and_not_by_how_far_it_came() {
        let of = |aim: Aim| PrecisionReached::nothing_yet(&Precision::of(aim), &names(), 0);
        let asked = of(aim(Width::Relative(0.1), Target::Quantile(0.05)));
        let written = serde_json::to_string(&asked).unwrap();
        let mut found: PrecisionReached = serde_json::from_str(&written).unwrap();
        assert_eq!(found, asked);
        found.reached = true;
        found.aims[0].half_width = Some(0.07);
        "two".clone_into(&mut found.aims[0].widest);
        assert!(found.asks_the_same(&asked));
        for other in [
            aim(Width::Absolute(0.1), Target::Quantile(0.05)),
            aim(Width::Relative(0.1), Target::Quantile(0.06)),
            aim(Width::Relative(0.2), Target::Quantile(0.05)),
        ] {
            assert!(!found.asks_the_same(&of(other)));
        }
    }
}
