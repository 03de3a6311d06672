//! One of several laws.

use std::sync::Arc;

use super::super::family::{Family, Given, LawFault, Parameter, ParameterKind};
use super::super::law::{LEAST_SHARE, Law};
use super::super::normal::{normal_cdf, normal_quantile};
use super::super::probit::{CELLS, SCORES, hermite};
use super::empirical::{Empirical, check_weights};
use super::{Continuous, Shape};

pub(super) const FAMILY: Family = Family {
    name: "mixture",
    doc: "one of several laws: things of several kinds",
    parameters: &[
        Parameter {
            name: "of",
            kind: ParameterKind::Laws,
            doc: "the laws",
        },
        Parameter {
            name: "weights",
            kind: ParameterKind::Weights,
            doc: "their weights, at least 0",
        },
    ],
    forms: &[&["of", "weights"]],
    build,
};

fn build(given: &Given) -> Result<Law, LawFault> {
    let (laws, weights) = (given.laws("of").unwrap_or_default(), given.list("weights").unwrap_or_default());
    check_weights(weights, laws.len(), "laws")?;
    mix(weights.iter().copied().zip(laws.iter().cloned()).collect()).map(Law::new)
}

/// The mixture of weighted laws; of single values alone, their empirical law.
fn mix(mut parts: Vec<(f64, Law)>) -> Result<Shape, LawFault> {
    parts.retain(|part| part.0 > 0.0);
    let total: f64 = parts.iter().map(|part| part.0).sum();
    if parts.is_empty() || !total.is_finite() {
        return Err(LawFault::of("weights", "weights must not all be 0"));
    }
    for part in &mut parts {
        part.0 /= total;
    }
    let single: Option<Vec<Vec<(f64, f64)>>> = parts
        .iter()
        .map(|(share, law)| Some(law.single_values()?.into_iter().map(|(x, p)| (x, share * p)).collect()))
        .collect();
    if let Some(values) = single {
        return Ok(Empirical::new(values.concat())?.into());
    }
    let table = Table::new(&parts);
    Ok(Mixture(Arc::new(Parts { parts, table })).into())
}

/// A mixture, its quantile tabulated.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::random) struct Mixture(Arc<Parts>);

#[derive(Debug, PartialEq)]
struct Parts {
    /// Shares, which sum to 1, and laws.
    parts: Vec<(f64, Law)>,
    table: Table,
}

impl Continuous for Mixture {
    fn quantile(&self, p: f64) -> f64 {
        self.0.table.quantile(p, &self.0.parts)
    }
    fn up_to(&self, x: f64) -> f64 {
        sum(&self.0.parts, |law| law.up_to(x))
    }
    fn above(&self, x: f64) -> f64 {
        sum(&self.0.parts, |law| law.above(x))
    }
    fn below(&self, x: f64) -> f64 {
        sum(&self.0.parts, |law| law.below(x))
    }
    fn mean(&self) -> f64 {
        sum(&self.0.parts, Law::mean)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        sum(&self.0.parts, |law| law.variance() + (law.mean() - mean) * (law.mean() - mean))
    }
    fn support(&self) -> (f64, f64) {
        let supports = self.0.parts.iter().map(|part| part.1.support());
        supports.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| (low.min(a), high.max(b)))
    }
    fn partial_moments(&self, a: f64, b: f64) -> [f64; 2] {
        let moments = |(share, law): (f64, Law)| [share * law.mean(), share * (law.variance() + law.mean() * law.mean())];
        self.between(a, b)
            .into_iter()
            .map(moments)
            .fold([0.0; 2], |sum, m| [sum[0] + m[0], sum[1] + m[1]])
    }
    fn within(&self, a: f64, b: f64) -> Option<Result<Shape, LawFault>> {
        Some(mix(self.between(a, b)))
    }
}

impl Mixture {
    /// The parts truncated, with what is left of their shares.
    fn between(&self, a: f64, b: f64) -> Vec<(f64, Law)> {
        let parts = self.0.parts.iter().filter(|(_, law)| law.share(a, b) >= LEAST_SHARE);
        parts
            .filter_map(|(share, law)| Some((share * law.share(a, b), law.truncated(Some(a), Some(b)).ok()?)))
            .collect()
    }
}

fn sum(parts: &[(f64, Law)], term: impl Fn(&Law) -> f64) -> f64 {
    parts.iter().map(|(share, law)| share * term(law)).sum()
}

/// The smallest value from `low` to `high` with a share `p` at or below it, by bisection to the last bit.
fn solve(parts: &[(f64, Law)], p: f64, mut low: f64, mut high: f64) -> f64 {
    let is_reached = |x: f64| {
        if p <= 0.5 {
            sum(parts, |law| law.up_to(x)) >= p
        } else {
            sum(parts, |law| law.above(x)) <= 1.0 - p
        }
    };
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return if is_reached(low) { low } else { high };
        }
        if is_reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

/// How a cell between two nodes is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// By a cubic, right to [`TOLERANCE`].
    Smooth,
    /// It holds one value.
    Flat,
    /// A jump or a kink: solved anew for every draw.
    Jagged,
}

/// Greatest relative error of the cubics where they are tried.
const TOLERANCE: f64 = 1e-8;
/// Where they are tried, in parts of a cell.
const TRIALS: [f64; 2] = [0.35, 0.75];
/// Share of jagged cells above which the cells are halved.
const JAGGED: f64 = 0.05;
/// How often the cells may be halved.
const HALVINGS: u32 = 2;

/// Quantiles at equal steps of the normal score, as in [`super::super::probit`], but for laws with jumps, gaps and kinks too.
#[derive(Debug, PartialEq)]
struct Table {
    values: Vec<f64>,
    /// Per node: what the cubics join (the logarithm of the value where all are above 0, else the value), and its rise over a cell.
    nodes: Vec<[f64; 2]>,
    cells: Vec<Cell>,
    is_log: bool,
    cells_per_score: f64,
}

impl Table {
    fn new(parts: &[(f64, Law)]) -> Table {
        let mut table = Table::with_cells(parts, CELLS);
        for halving in 1..=HALVINGS {
            let jagged = table.cells.iter().filter(|&&cell| cell == Cell::Jagged).count();
            if (jagged as f64) < JAGGED * table.cells.len() as f64 {
                break;
            }
            table = Table::with_cells(parts, CELLS << halving);
        }
        table
    }

    fn with_cells(parts: &[(f64, Law)], cells: usize) -> Table {
        let cells_per_score = cells as f64 / (SCORES[1] - SCORES[0]);
        let exact = |place: f64| {
            let p = normal_cdf(SCORES[0] + place / cells_per_score).min(1.0 - f64::EPSILON / 2.0);
            let ends = parts.iter().map(|part| part.1.quantile(p));
            let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            // Tables of the parts are right to 1e-8 only.
            solve(parts, p, low - 1e-7 * low.abs(), high + 1e-7 * high.abs())
        };
        let mut values: Vec<f64> = (0..=cells).map(|i| exact(i as f64)).collect();
        for i in 1..values.len() {
            values[i] = values[i].max(values[i - 1]);
        }
        let is_log = values[0] > 0.0;
        let heights: Vec<f64> = values.iter().map(|&x| if is_log { libm::log(x) } else { x }).collect();
        let nodes = (0..=cells).map(|i| [heights[i], rise(&heights, i)]).collect();
        let mut table = Table {
            values,
            nodes,
            cells: vec![Cell::Smooth; cells],
            is_log,
            cells_per_score,
        };
        for i in 0..cells {
            let is_right = |s: &f64| {
                let x = exact(i as f64 + s);
                (table.smooth(i, *s) - x).abs() <= TOLERANCE * x.abs()
            };
            table.cells[i] = if table.values[i] >= table.values[i + 1] {
                Cell::Flat
            } else if TRIALS.iter().all(is_right) {
                Cell::Smooth
            } else {
                Cell::Jagged
            };
        }
        table
    }

    fn quantile(&self, p: f64, parts: &[(f64, Law)]) -> f64 {
        let cells = self.cells.len();
        let place = ((normal_quantile(p) - SCORES[0]) * self.cells_per_score).clamp(0.0, cells as f64);
        let cell = (place as usize).min(cells - 1);
        let (low, high) = (self.values[cell], self.values[cell + 1]);
        match self.cells[cell] {
            Cell::Flat => low,
            Cell::Smooth => self.smooth(cell, place - cell as f64).clamp(low, high),
            Cell::Jagged => solve(parts, p, low, high),
        }
    }

    fn smooth(&self, cell: usize, s: f64) -> f64 {
        let [[low, from], [high, to]] = [self.nodes[cell], self.nodes[cell + 1]];
        let height = hermite(low, from, high, to, s);
        if self.is_log { libm::exp(height) } else { height }
    }
}

/// The rise over one cell at node `i`, from its four neighbours (from two near the ends), limited after Fritsch & Carlson.
fn rise(heights: &[f64], i: usize) -> f64 {
    let last = heights.len() - 1;
    let (below, above) = (i.saturating_sub(1), (i + 1).min(last));
    let near = heights[above] - heights[below];
    let slope = if i >= 2 && i + 2 <= last {
        (8.0 * near - (heights[i + 2] - heights[i - 2])) / 12.0
    } else {
        near / (above - below) as f64
    };
    let chord = |from: usize, to: usize| if from < to { heights[to] - heights[from] } else { f64::INFINITY };
    slope.clamp(0.0, 3.0 * chord(below, i).min(chord(i, above)))
}
