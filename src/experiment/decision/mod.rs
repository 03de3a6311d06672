//! The answer to a question: how the alternatives stand by each response that decides, and how surely.
//!
//! Responses are gone through on their own, so that no more of them are held than there are threads. What is against the best or the reference is
//! taken within replications, under common random numbers; what needs chance has it from addressed uniforms, so that the answer
//! depends on neither threads nor the order of the alternatives.

mod front;
mod pair;
mod standing;
mod stored;
mod tables;

use std::sync::Arc;

use rayon::prelude::*;

pub use front::{Front, OnFront};
pub use pair::LEAST_FOR_WORST;
pub(crate) use tables::tables;

use super::comparison::{self, AtOnce, ComparisonRow};
use super::export::Kept;
use super::failure::Failure;
use super::question::{Asked, Question};
use super::stopping::Place;
use super::summary::SummaryRow;
use crate::observe::Response;
use crate::random::{Entity, Purpose, Stream};
use crate::stats::{self, AgainstBest, Better, Estimate, MeanInterval, Regret, Resamples};

/// Resamples of bootstraps: the ends of a 95 % interval then have 50 beyond them.
pub(crate) const RESAMPLES: usize = 2000;

/// What the replications say to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The alternative against which the others are held, by index.
    pub reference: usize,
    /// Names of the alternatives, in the order given.
    pub names: Vec<String>,
    /// One line on each, for people; may be empty.
    pub titles: Vec<String>,
    /// Confidence of every interval; that of those against the best holds for all alternatives at once.
    pub confidence: f64,
    /// By response, in the order asked.
    pub responses: Vec<Decided>,
    /// Aid delivered against trucks exposed, where the question asks for more of the one and less of the other.
    pub front: Option<Front>,
}

/// What they say by one response.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// The response.
    pub response: Arc<Response>,
    /// Which of two values is better.
    pub better: Option<Better>,
    /// Replications, of those that all alternatives have, that gave a value for every alternative that has any.
    pub n: usize,
    /// Replications left out, since an alternative gave no value in them.
    pub left_out: usize,
    /// By alternative.
    pub standings: Vec<Standing>,
}

impl Decided {
    /// Whether alternatives were judged by it, and none ever differs from another, replication by replication.
    pub fn is_level(&self) -> bool {
        let mut judged = self.standings.iter().filter_map(|standing| standing.against_best).peekable();
        judged.peek().is_some() && judged.all(|best| best.lower >= 0.0 && best.upper <= 0.0 && best.may_be_best)
    }
}

/// How an alternative stands by a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Its mean over the replications of [`Decided::n`]; of none if it never gave a value.
    pub mean: MeanInterval,
    /// 1 for the best mean; those that are level share a rank. None where neither direction is better, or without a value.
    pub rank: Option<usize>,
    /// Share of the replications in which no other has a better value.
    pub ahead: Option<Estimate>,
    /// Mean of the worst tenth of its replications.
    pub worst_tenth: Option<f64>,
    /// Its mean against the best of the others, with intervals that hold for all alternatives at once.
    pub against_best: Option<AgainstBest>,
    /// Share of resamples of the replications in which it has the best mean.
    pub probability_best: Option<f64>,
    /// What may be said of it.
    pub verdict: Option<Verdict>,
    /// What it falls short of the best alternative of each replication.
    pub regret: Option<Regret>,
    /// Against the reference; none for the reference itself, or with fewer than two replications in common.
    pub against_reference: Option<AgainstReference>,
}

impl Standing {
    /// A mean of which nothing else is known.
    pub(super) fn of(mean: MeanInterval) -> Standing {
        Standing {
            mean,
            rank: None,
            ahead: None,
            worst_tenth: None,
            against_best: None,
            probability_best: None,
            verdict: None,
            regret: None,
            against_reference: None,
        }
    }

    /// Whether the alternative gave any value.
    pub fn has_values(&self) -> bool {
        self.mean.n > 0
    }
}

/// An alternative against the reference, over the replications in which both gave a value.
#[derive(Clone, Debug, PartialEq)]
pub struct AgainstReference {
    /// So many replications.
    pub n: usize,
    /// Mean of alternative less reference, with Student's interval of the paired differences.
    pub difference: Estimate,
    /// The same as a share of the reference's mean; none where that may be 0.
    pub relative: Option<Estimate>,
    /// Both with intervals that hold for the differences of all alternatives from the reference at once.
    pub at_once: AtOnce,
    /// How closely the two go together.
    pub correlation: Option<Estimate>,
    /// Variance of the difference of independent runs over that of the paired; infinite where the difference never varies.
    pub variance_reduction: f64,
    /// The ends of its interval.
    pub variance_reduction_interval: Option<stats::Interval>,
    /// Share of the draws of both that both made, where it was counted.
    pub shared_draws: Option<f64>,
}

/// What may be said of an alternative, at the confidence of the decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All others are shown to be worse.
    Best,
    /// It is not shown to be worse than another, and neither is at least one other.
    NotDistinguishable,
    /// Another is shown to be better.
    NotBest,
}

impl Verdict {
    /// All of them.
    pub(crate) const ALL: [Verdict; 3] = [Verdict::Best, Verdict::NotDistinguishable, Verdict::NotBest];

    /// In words, as in the tables.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Best => "best",
            Verdict::NotDistinguishable => "not distinguishable from the best",
            Verdict::NotBest => "not best",
        }
    }
}

/// The uniforms by which rows are drawn: the same for every pair, response and order of alternatives.
fn uniforms(seed: u64) -> impl FnMut() -> f64 {
    let stream = Stream::new(seed, 0, Purpose::named("comparison.resamples"));
    let (mut drawn, mut second) = (0_u64, None);
    move || {
        second.take().unwrap_or_else(|| {
            let [a, b] = stream.pair(Entity::numbered((drawn >> 32) as u32, 0), drawn as u32);
            drawn += 1;
            second = Some(b);
            a
        })
    }
}

/// The resamples of so many replications: the same for whoever asks.
pub(crate) fn resamples(n: usize, seed: u64) -> Resamples<impl Fn() -> Uniforms> {
    Resamples::new(n, RESAMPLES, move || -> Uniforms { Box::new(uniforms(seed)) })
}

/// A source of uniforms.
pub(crate) type Uniforms = Box<dyn FnMut() -> f64>;

/// On what terms the alternatives are judged.
pub(crate) struct Terms<'a> {
    /// The alternative against which the others are held, by index.
    pub(crate) reference: usize,
    pub(crate) confidence: f64,
    pub(crate) seed: u64,
    /// One line on each alternative, for people.
    pub(crate) titles: &'a [String],
    /// By alternative, the share of draws that it has in common with the reference; those that are missing were not counted.
    pub(crate) shared_draws: &'a [Option<f64>],
}

/// Decides by every response of the question; with the rows of `comparison` that belong to them, response by response. The responses are
/// described as in the summaries.
pub(crate) fn decide(
    kept: &Kept,
    question: &Question,
    summaries: &[Vec<SummaryRow>],
    terms: &Terms,
) -> Result<(Decision, Vec<ComparisonRow>), Failure> {
    let found = question.responses.par_iter().map(|asked| {
        let described = summaries.iter().flatten().find(|row| row.response.name == asked.response);
        let response = described.map_or_else(|| undescribed(asked), |row| row.response.clone());
        Ok(matrix(kept, asked)?.decide(response, asked.better, terms))
    });
    let (mut responses, mut comparison) = (Vec::new(), Vec::new());
    for (decided, rows) in found.collect::<Result<Vec<_>, Failure>>()? {
        responses.push(decided);
        comparison.extend(rows);
    }
    let front = front::traded(&responses).map(|places| {
        let matrices = [
            matrix(kept, &question.responses[places[0]])?,
            matrix(kept, &question.responses[places[1]])?,
        ];
        let decided = places.map(|place| &responses[place]);
        Ok(front::front(places, decided, [&matrices[0], &matrices[1]], terms.confidence))
    });
    let decision = Decision {
        front: front.transpose()?,
        reference: terms.reference,
        names: kept.names.to_vec(),
        titles: terms.titles.to_vec(),
        confidence: terms.confidence,
        responses,
    };
    Ok((decision, comparison))
}

/// Reads the values of a response.
fn matrix<'a>(kept: &Kept<'a>, asked: &Asked) -> Result<Matrix<'a>, Failure> {
    let place = Place::parse(&asked.response)?;
    let of_alternative = |(a, parts)| place.values(kept.store, (a, parts), 0, kept.replications[a]);
    let alternatives = kept.parts.par_iter().map(Vec::as_slice).enumerate();
    Ok(Matrix {
        names: kept.names,
        replications: kept.replications,
        values: alternatives.map(of_alternative).collect::<Result<_, _>>()?,
    })
}

/// A response that no alternative has.
fn undescribed(asked: &Asked) -> Arc<Response> {
    Arc::new(Response {
        name: asked.response.clone(),
        unit: String::new(),
        doc: String::new(),
        more_is_better: None,
        column: 0,
    })
}

/// The values of a response.
pub(crate) struct Matrix<'a> {
    pub(crate) names: &'a [String],
    /// By alternative, how many replications it has.
    pub(crate) replications: &'a [u32],
    /// By alternative and replication; NaN where there is none. Empty if the alternative has no such response.
    pub(crate) values: Vec<Vec<f64>>,
}

impl Matrix<'_> {
    /// How the alternatives stand, and the rows of `comparison`.
    pub(crate) fn decide(&self, response: Arc<Response>, better: Option<Better>, terms: &Terms) -> (Decided, Vec<ComparisonRow>) {
        let resamples = resamples(self.common(), terms.seed);
        let (pairs, mut standings) = rayon::join(
            || pair::against_reference(self, &response, better, terms, &resamples),
            || standing::standings(self, (better, &response.unit), terms, &resamples),
        );
        let mut rows = Vec::new();
        for (i, pair) in pairs {
            rows.extend(pair.rows);
            standings.of[i].against_reference = Some(pair.against);
        }
        comparison::adjust(&mut rows);
        let decided = Decided {
            response,
            better,
            n: standings.n,
            left_out: standings.left_out,
            standings: standings.of,
        };
        (decided, rows)
    }

    /// The replications that all alternatives have.
    fn common(&self) -> usize {
        self.replications.iter().copied().min().unwrap_or(0) as usize
    }

    /// Whether an alternative has a place for a value in each of its replications.
    fn has_rows(&self, alternative: usize) -> bool {
        self.values[alternative].len() == self.replications[alternative] as usize
    }

    /// The alternatives with a value in one or more of the replications that all have, by index.
    fn present(&self) -> Vec<usize> {
        let is_present = |i: &usize| self.has_rows(*i) && self.values[*i][..self.common()].iter().any(|x| x.is_finite());
        (0..self.values.len()).filter(is_present).collect()
    }
}
