//! Quantile functions without a closed form: tables over the normal score of the share.
//!
//! With u = Φ(z) and t a logarithm of the quantity, t(z) of the laws used here is smooth and nearly straight, in the tails too. A table
//! holds t and its exact slope at equal steps of z, with a cubic between (Hermite), slopes limited so that it never falls (Fritsch &
//! Carlson, SIAM J. Numer. Anal. 17, 1980). The step is halved until the middle of every cell is right to [`TOLERANCE`].

use super::normal::{normal_cdf, normal_density, normal_quantile};

/// The scores between which shares are resolved: 10⁻¹⁹ and 1 - 10⁻¹⁶; the greatest double below 1 has the score 8.21.
pub(super) const SCORES: [f64; 2] = [-9.0, 8.25];
/// Cells at first.
pub(super) const CELLS: usize = 552;
/// How often the cells may be halved.
const HALVINGS: usize = 3;
/// Greatest error of t, so relative error of the quantity, in the middle of a cell.
const TOLERANCE: f64 = 1e-8;

/// A law seen through the logarithm t of its quantity.
pub(super) trait LogLaw {
    /// The logarithms of the probabilities below and above `t`.
    fn log_tails(&self, t: f64) -> [f64; 2];
    /// The logarithm of the density of t.
    fn log_density(&self, t: f64) -> f64;
    /// Some t in the middle of the law, from which to search.
    fn middle(&self) -> f64;
}

/// The table of t over z.
#[derive(Debug, PartialEq)]
pub(super) struct ProbitTable {
    /// t and its rise over one cell by the slope, at equal steps from `SCORES[0]` to `SCORES[1]`.
    nodes: Vec<[f64; 2]>,
    cells_per_score: f64,
}

impl ProbitTable {
    /// The table of a law.
    pub(super) fn new(law: &impl LogLaw) -> ProbitTable {
        let mut table = ProbitTable::at(law, CELLS, |_, guess| guess);
        for _ in 0..HALVINGS {
            let coarse = &table;
            let fine = ProbitTable::at(law, 2 * (coarse.nodes.len() - 1), |z, _| coarse.at_score(z));
            let is_right = fine
                .nodes
                .iter()
                .enumerate()
                .all(|(i, node)| (node[0] - coarse.at_score(fine.score(i))).abs() < TOLERANCE);
            if is_right {
                break;
            }
            table = fine;
        }
        table
    }

    fn at(law: &impl LogLaw, cells: usize, guess: impl Fn(f64, f64) -> f64) -> ProbitTable {
        let cells_per_score = cells as f64 / (SCORES[1] - SCORES[0]);
        let mut table = ProbitTable {
            nodes: Vec::with_capacity(cells + 1),
            cells_per_score,
        };
        let mut t = law.middle();
        for i in 0..=cells {
            let z = table.score(i);
            t = solve(law, z, guess(z, t));
            let slope = normal_density(z) * libm::exp(-law.log_density(t));
            table.nodes.push([t, slope / cells_per_score]);
            t += slope / cells_per_score;
        }
        table.limit();
        table
    }

    /// The sufficient condition of Fritsch & Carlson: no slope above three times the chord on either side.
    fn limit(&mut self) {
        for i in 1..self.nodes.len() {
            let chord = (self.nodes[i][0] - self.nodes[i - 1][0]).max(0.0);
            for node in &mut self.nodes[i - 1..=i] {
                node[1] = node[1].clamp(0.0, 3.0 * chord);
            }
        }
    }

    fn score(&self, node: usize) -> f64 {
        SCORES[0] + node as f64 / self.cells_per_score
    }

    /// t where a share `p` lies below.
    pub(super) fn at_share(&self, p: f64) -> f64 {
        self.at_score(normal_quantile(p))
    }

    fn at_score(&self, z: f64) -> f64 {
        let cells = self.nodes.len() - 1;
        let place = ((z - SCORES[0]) * self.cells_per_score).clamp(0.0, cells as f64);
        let cell = (place as usize).min(cells - 1);
        let [[low, from], [high, to]] = [self.nodes[cell], self.nodes[cell + 1]];
        hermite(low, from, high, to, place - cell as f64)
    }
}

/// The cubic from `low` with slope `from` to `high` with slope `to`, at `s` from 0 to 1.
pub(super) fn hermite(low: f64, from: f64, high: f64, to: f64, s: f64) -> f64 {
    let chord = high - low;
    low + s * (from + s * (3.0 * chord - 2.0 * from - to + s * (from + to - 2.0 * chord)))
}

/// The t of normal score `z`, by Newton's method on the logarithm of the smaller tail, kept within a bracket.
fn solve(law: &impl LogLaw, z: f64, guess: f64) -> f64 {
    const STEPS: usize = 200;
    let is_upper = z > 0.0;
    let target = libm::log(normal_cdf(-z.abs()));
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut t = guess;
    for _ in 0..STEPS {
        let tail = law.log_tails(t)[usize::from(is_upper)];
        let excess = if is_upper { target - tail } else { tail - target };
        if excess > 0.0 {
            high = t;
        } else {
            low = t;
        }
        let newton = t - excess * libm::exp(tail - law.log_density(t));
        let next = if newton > low && newton < high {
            newton
        } else if low.is_infinite() {
            high - 1.0 - high.abs()
        } else if high.is_infinite() {
            low + 1.0 + low.abs()
        } else {
            0.5 * (low + high)
        };
        let is_settled = (next - t).abs() <= 4.0 * f64::EPSILON * (1.0 + t.abs());
        t = next;
        if is_settled {
            break;
        }
    }
    t
}
