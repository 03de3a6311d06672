//! The answer of a study read back from the tables of its result, to the bit as it was written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{AgainstReference, Decided, Decision, Front, OnFront, Standing, Verdict};
use crate::experiment::comparison::{AtOnce, Statistic};
use crate::experiment::failure::Failure;
use crate::experiment::folder::ResultFolder;
use crate::observe::Response;
use crate::stats::{AgainstBest, Better, Estimate, Interval, MeanInterval, Regret};
use crate::table::Frame;

impl Decision {
    /// Reads the answer of a result from its tables `decision`, `comparison`, `synchronisation`, `regret` and `frontier`; none where it has
    /// no `decision`. What the others would say is missing where they are.
    ///
    /// Standard deviations and errors of the means and the descriptions of responses do not stand in these tables: NaN, and empty.
    ///
    /// # Errors
    /// A table that cannot be read, or that does not fit the manifest.
    pub fn read(folder: &ResultFolder) -> Result<Option<Decision>, Failure> {
        let (manifest, has) = (folder.manifest(), |table: &str| folder.has(table));
        let Some(study) = manifest.study.as_ref().filter(|_| has("decision")) else {
            return Ok(None);
        };
        let names: Vec<String> = manifest.alternatives.iter().map(|a| a.name.clone()).collect();
        let damaged = |reason: String| Failure::damaged(folder.path(), reason);
        let reference = names.iter().position(|name| *name == study.reference);
        let reference = reference.ok_or_else(|| damaged(format!("its reference `{}` is no alternative of it", study.reference)))?;
        let places = Places {
            alternatives: names.iter().map(String::as_str).zip(0..).collect(),
            responses: study.responses.iter().map(String::as_str).zip(0..).collect(),
        };
        let mut responses: Vec<Decided> = study.responses.iter().map(|name| nothing(name, names.len())).collect();
        let common = manifest.alternatives.iter().map(|a| a.replications).min().unwrap_or(0) as usize;
        read_decision(&Rows::read(folder, "decision")?, &places, common, &mut responses);
        if has("comparison") {
            read_comparison(&Rows::read(folder, "comparison")?, &places, &mut responses);
        }
        if has("synchronisation") {
            read_synchronisation(&Rows::read(folder, "synchronisation")?, &places, &mut responses);
        }
        if has("regret") {
            read_regret(&Rows::read(folder, "regret")?, &places, &mut responses);
        }
        let front = if has("frontier") {
            read_front(&Rows::read(folder, "frontier")?, &places)
        } else {
            None
        };
        Ok(Some(Decision {
            front,
            reference,
            names,
            titles: manifest.alternatives.iter().map(|a| a.title.clone()).collect(),
            confidence: manifest.confidence,
            responses,
        }))
    }
}

/// Alternatives and responses by name.
struct Places<'a> {
    alternatives: BTreeMap<&'a str, usize>,
    responses: BTreeMap<&'a str, usize>,
}

impl Places<'_> {
    /// Response and alternative of a row; none where the study does not ask for it.
    fn of(&self, rows: &Rows, row: usize) -> Option<(usize, usize)> {
        let response = self.responses.get(rows.text(row, "response")?)?;
        let alternative = self.alternatives.get(rows.text(row, "alternative")?)?;
        Some((*response, *alternative))
    }
}

/// A table with its columns by name.
struct Rows {
    columns: BTreeMap<String, usize>,
    frame: Frame,
}

impl Rows {
    fn read(folder: &ResultFolder, table: &str) -> Result<Rows, Failure> {
        let (description, frame) = folder.table(table)?;
        let columns = description.columns.iter().map(|column| column.name.clone()).zip(0..).collect();
        Ok(Rows { columns, frame })
    }

    fn text(&self, row: usize, column: &str) -> Option<&str> {
        self.frame.columns[*self.columns.get(column)?].text(row)
    }

    /// NaN where there is no number, or no such column.
    fn real(&self, row: usize, column: &str) -> f64 {
        self.columns
            .get(column)
            .map_or(f64::NAN, |place| self.frame.columns[*place].real(row))
    }

    fn known(&self, row: usize, column: &str) -> Option<f64> {
        Some(self.real(row, column)).filter(|value| !value.is_nan())
    }

    fn count(&self, row: usize, column: &str) -> usize {
        self.known(row, column).map_or(0, |value| value as usize)
    }

    /// `value`, `value_lower`, `value_upper`.
    fn estimate(&self, row: usize, column: &str) -> Estimate {
        Estimate {
            value: self.real(row, column),
            lower: self.real(row, &format!("{column}_lower")),
            upper: self.real(row, &format!("{column}_upper")),
        }
    }
}

/// A response of which nothing is known yet.
fn nothing(name: &str, alternatives: usize) -> Decided {
    let standing = Standing::of(mean(0, [f64::NAN; 3]));
    Decided {
        response: Arc::new(Response {
            name: name.to_owned(),
            unit: String::new(),
            doc: String::new(),
            more_is_better: None,
            column: 0,
        }),
        better: None,
        n: 0,
        left_out: 0,
        standings: vec![standing; alternatives],
    }
}

fn mean(n: usize, [mean, lower, upper]: [f64; 3]) -> MeanInterval {
    MeanInterval {
        n,
        mean,
        sd: f64::NAN,
        se: f64::NAN,
        lower,
        upper,
    }
}

/// Of `common` replications, which all alternatives have.
fn read_decision(rows: &Rows, places: &Places, common: usize, responses: &mut [Decided]) {
    for row in 0..rows.frame.len() {
        let Some((response, alternative)) = places.of(rows, row) else {
            continue;
        };
        let decided = &mut responses[response];
        if let (true, Some(unit)) = (decided.response.unit.is_empty(), rows.text(row, "unit")) {
            decided.response = Arc::new(Response {
                unit: unit.to_owned(),
                ..(*decided.response).clone()
            });
        }
        decided.better = [Better::Greater, Better::Less]
            .into_iter()
            .find(|better| rows.text(row, "better") == Some(better.word()));
        let n = rows.count(row, "n");
        decided.left_out = rows.count(row, "left_out");
        decided.n = common - decided.left_out.min(common);
        let standing = &mut decided.standings[alternative];
        standing.mean = mean(n, ["mean", "lower", "upper"].map(|column| rows.real(row, column)));
        standing.rank = rows.known(row, "rank").map(|rank| rank as usize);
        standing.ahead = rows.known(row, "ahead").map(|_| rows.estimate(row, "ahead"));
        standing.worst_tenth = rows.known(row, "worst_tenth");
        standing.probability_best = rows.known(row, "probability_best");
        standing.verdict = Verdict::ALL
            .into_iter()
            .find(|verdict| rows.text(row, "verdict") == Some(verdict.words()));
        standing.against_best = rows.text(row, "may_be_best").map(|may_be| AgainstBest {
            difference: f64::NAN,
            lower: rows.real(row, "mcb_lower"),
            upper: rows.real(row, "mcb_upper"),
            may_be_best: may_be == "yes",
        });
    }
    responses.iter_mut().for_each(from_best);
}

/// The differences from the best of the others, which the table does not have.
fn from_best(decided: &mut Decided) {
    let Some(better) = decided.better else { return };
    let judged = decided
        .standings
        .iter()
        .enumerate()
        .filter(|(_, standing)| standing.against_best.is_some());
    let mut means: Vec<(f64, usize)> = judged.map(|(i, standing)| (better.turn(standing.mean.mean), i)).collect();
    means.sort_by(|a, b| b.0.total_cmp(&a.0));
    let [(first, leader), (second, _), ..] = means.as_slice() else {
        return;
    };
    for (i, standing) in decided.standings.iter_mut().enumerate() {
        if let Some(best) = &mut standing.against_best {
            best.difference = standing.mean.mean - better.turn(if i == *leader { *second } else { *first });
        }
    }
}

fn read_comparison(rows: &Rows, places: &Places, responses: &mut [Decided]) {
    for row in (0..rows.frame.len()).filter(|row| rows.text(*row, "statistic") == Some(Statistic::Mean.name())) {
        let Some((response, alternative)) = places.of(rows, row) else {
            continue;
        };
        // Rows of what the study does not decide by have no such interval.
        let (Some(lower), upper) = (rows.known(row, "at_once_lower"), rows.real(row, "at_once_upper")) else {
            continue;
        };
        let difference = Estimate {
            value: rows.real(row, "difference"),
            lower: rows.real(row, "lower"),
            upper: rows.real(row, "upper"),
        };
        let relative = rows.known(row, "relative").map(|_| rows.estimate(row, "relative"));
        let relative_at_once = rows
            .known(row, "relative_at_once_lower")
            .zip(relative)
            .map(|(lower, relative)| Estimate {
                lower,
                upper: rows.real(row, "relative_at_once_upper"),
                ..relative
            });
        responses[response].standings[alternative].against_reference = Some(AgainstReference {
            n: rows.count(row, "n"),
            difference,
            relative,
            at_once: AtOnce {
                difference: Estimate {
                    lower,
                    upper,
                    ..difference
                },
                relative: relative_at_once,
            },
            correlation: None,
            // Empty where the difference never varies.
            variance_reduction: rows.known(row, "variance_reduction").unwrap_or(f64::INFINITY),
            variance_reduction_interval: None,
            shared_draws: None,
        });
    }
}

fn read_synchronisation(rows: &Rows, places: &Places, responses: &mut [Decided]) {
    for row in 0..rows.frame.len() {
        let Some((response, alternative)) = places.of(rows, row) else {
            continue;
        };
        let Some(against) = &mut responses[response].standings[alternative].against_reference else {
            continue;
        };
        against.correlation = rows.known(row, "correlation").map(|_| rows.estimate(row, "correlation"));
        let [lower, upper] = ["variance_reduction_lower", "variance_reduction_upper"].map(|end| rows.real(row, end));
        against.variance_reduction_interval = (!lower.is_nan()).then_some(Interval { lower, upper });
        against.shared_draws = rows.known(row, "shared_draws");
    }
}

fn read_regret(rows: &Rows, places: &Places, responses: &mut [Decided]) {
    for row in 0..rows.frame.len() {
        let Some((response, alternative)) = places.of(rows, row) else {
            continue;
        };
        responses[response].standings[alternative].regret = Some(Regret {
            mean: rows.estimate(row, "mean"),
            p90: rows.estimate(row, "p90"),
            max: rows.estimate(row, "max"),
        });
    }
}

/// None where no row names the two responses.
fn read_front(rows: &Rows, places: &Places) -> Option<Front> {
    let place = |column| places.responses.get(rows.text(0, column)?).copied();
    if rows.frame.is_empty() {
        return None;
    }
    let mut front = Front {
        responses: [place("more")?, place("less")?],
        n: rows.count(0, "n"),
        standings: vec![None; places.alternatives.len()],
    };
    let alternative = |row, column| places.alternatives.get(rows.text(row, column)?).copied();
    for row in 0..rows.frame.len() {
        let (Some(alternative_of_row), Some(undominated)) = (alternative(row, "alternative"), rows.text(row, "undominated")) else {
            continue;
        };
        front.standings[alternative_of_row] = Some(OnFront {
            undominated: undominated == "yes",
            bettered_by: alternative(row, "bettered_by"),
        });
    }
    Some(front)
}
