//! Laws of times with a table of their quantile, which gives most draws at a fraction of the cost and every draw with the same bits.
//!
//! A time is a quantile rounded to whole microseconds, so an approximation that is off by less than its distance from the next half
//! rounds to the same number; only draws nearer to a half than that are computed in full. The table holds polynomials over cells of the
//! tail t = min(u, 1 - u): sixteen cells to every halving of t, as the exponent and the first bits of t tell them apart, with a bound of
//! the error measured in each. A cell in which the quantile jumps or has a kink has a great bound and so sends every draw the long way.

use std::f64::consts::PI;
use std::sync::Arc;

use super::law::Law;
use super::remembered::Remembered;
use super::rounding::{SHIFTER, in_last_bits};
use crate::time::Duration;

/// Bits of the mantissa that tell cells apart.
const BITS: u32 = 4;
/// Halvings of t that the table covers, from 1/2 down; beyond it, a share of 1 in 256, draws are computed in full.
const HALVINGS: usize = 8;
/// Cells of one tail.
const CELLS: usize = HALVINGS << BITS;
/// Bits of a double after those that number a cell.
const SHIFT: u32 = 52 - BITS;
/// The number of the cell of least t, before counting from it.
const FIRST: usize = (1023 - 1 - HALVINGS) << BITS;
/// Coefficients of a polynomial.
const TERMS: usize = 6;
/// What the error at the places where it is measured is multiplied by.
const SAFETY: f64 = 4.0;
/// Polynomials take no greater values: below, the shifter keeps whole numbers exact.
const GREATEST: f64 = 1e15;
/// A table is not kept that leaves a greater share of draws to be computed in full.
const GREATEST_SHARE: f64 = 0.5;

/// A law of a time in microseconds, with or without a table.
///
/// [`QuickLaw::duration`] gives what [`Law::duration`] does, to the bit. A table takes 16 kB and some four thousand quantiles to make, so
/// it pays for what trucks draw and not for what a replication draws once. Cheap to clone, and clones share the table.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickLaw {
    /// Both tails of a cell side by side, t rising; none without a table.
    cells: Arc<[Cell]>,
    law: Law,
}

/// The quantile over one cell: a polynomial in the distance of t from the middle. A line of the cache.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
struct Cell {
    /// Even and odd powers in turn.
    terms: [[f64; 2]; TERMS / 2],
    middle: f64,
    /// How far from a whole number a value may lie and still be rounded right: one half less the bound of the error, or 0.
    room: f64,
}

/// By law.
static TABLES: Remembered<Law, Arc<[Cell]>> = Remembered::new();

impl QuickLaw {
    /// A law with its table, if one would settle most draws.
    pub(super) fn new(law: &Law) -> QuickLaw {
        let quick = QuickLaw::untabulated(law.clone());
        if law.as_constant().is_some() {
            return quick;
        }
        let cells = |law: &Law| (0..2 * CELLS).map(|i| Cell::new(law, i / 2, i % 2 == 1)).collect();
        quick.with(TABLES.get(law.clone(), cells))
    }

    /// A law without a table, for one that is drawn from too seldom to be worth it: every draw is computed in full.
    pub fn untabulated(law: Law) -> QuickLaw {
        QuickLaw {
            cells: Arc::default(),
            law,
        }
    }

    /// This law after a change to `law`. Where that is the same one scaled or shifted the table is adapted, which is some hundred times
    /// cheaper than a new one; any other law is left without.
    #[must_use]
    pub fn changed_to(&self, law: &Law) -> QuickLaw {
        let quick = QuickLaw::untabulated(law.clone());
        match law.as_image_of(&self.law) {
            Some([factor, offset]) if !self.cells.is_empty() => {
                let cells = self.cells.iter().enumerate();
                quick.with(cells.map(|(i, cell)| cell.image(i / 2, factor, offset, law)).collect())
            }
            _ => quick,
        }
    }

    /// With these cells, unless they leave too much to do.
    fn with(mut self, cells: Arc<[Cell]>) -> QuickLaw {
        self.cells = cells;
        if self.share_in_full() > GREATEST_SHARE {
            self.cells = Arc::default();
        }
        self
    }

    /// The law itself.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Whether every draw is the same.
    #[inline]
    pub fn is_constant(&self) -> bool {
        self.cells.is_empty() && self.law.as_constant().is_some()
    }

    /// The share of draws that the table leaves to be computed in full.
    pub fn share_in_full(&self) -> f64 {
        let settled = |(i, cell): (usize, &Cell)| {
            let (low, high) = edges(i / 2);
            2.0 * cell.room * (high - low)
        };
        1.0 - self.cells.iter().enumerate().map(settled).sum::<f64>()
    }

    /// The quantile to the nearest microsecond and not below 0; `u` strictly between 0 and 1. The same as that of the law.
    #[inline]
    pub fn duration(&self, u: f64) -> Duration {
        match self.tabulated(u) {
            Some(duration) => duration,
            None => self.in_full(u),
        }
    }

    /// The time by the table, where it is beyond doubt.
    #[inline]
    fn tabulated(&self, u: f64) -> Option<Duration> {
        // Exact, as doubles from 1/2 to 1 are multiples of 2⁻⁵³.
        let rest = 1.0 - u;
        let t = if u < rest { u } else { rest };
        let cell = ((t.to_bits() >> SHIFT) as usize).wrapping_sub(FIRST);
        let cell = self.cells.get(cell.wrapping_mul(2) | usize::from(u >= 0.5))?;
        let x = cell.at(t - cell.middle);
        let shifted = x + SHIFTER;
        let apart = x - (shifted - SHIFTER);
        (apart.abs() < cell.room).then(|| Duration(in_last_bits(shifted)))
    }

    #[cold]
    #[inline(never)]
    fn in_full(&self, u: f64) -> Duration {
        self.law.duration(u)
    }
}

/// The least t of a cell and that of the next.
fn edges(cell: usize) -> (f64, f64) {
    let edge = |cell: usize| f64::from_bits(((cell + FIRST) as u64) << SHIFT);
    (edge(cell), edge(cell + 1))
}

impl Cell {
    /// The polynomial through the quantiles at Chebyshev's nodes, its error measured halfway between them and at the ends, where that of
    /// a smooth function is greatest; of other functions at two more places to either side of a node.
    fn new(law: &Law, number: usize, is_upper: bool) -> Cell {
        let (low, high) = edges(number);
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        // Where the draw is whose t lies at a place from -1 to 1, and what it gives.
        let exact = |place: f64| {
            let t = middle + half * place;
            let (t, u) = if is_upper { (1.0 - (1.0 - t), 1.0 - t) } else { (t, t) };
            (t - middle, law.quantile(u))
        };
        let place = |i: usize, parts: usize| libm::cos(PI * i as f64 / parts as f64);
        let nodes: Vec<(f64, f64)> = (0..TERMS).map(|i| exact(place(2 * i + 1, 2 * TERMS))).collect();
        let cell = Cell {
            middle,
            terms: through(&nodes, half),
            room: 0.0,
        };
        let parts = if law.is_smooth() { TERMS } else { 3 * TERMS };
        let error = (0..=parts)
            .map(|i| exact(place(i, parts)))
            .fold(0.0_f64, |most, (s, x)| most.max((cell.at(s) - x).abs()));
        cell.bounded(SAFETY * error, half, law)
    }

    /// The cell of the law of `factor` times the quantity and `offset` more.
    fn image(&self, number: usize, factor: f64, offset: f64, law: &Law) -> Cell {
        let (low, high) = edges(number);
        let mut terms = self.terms.map(|pair| pair.map(|term| term * factor));
        terms[0][0] += offset;
        let cell = Cell { terms, ..*self };
        let error = if self.room > 0.0 {
            (0.5 - self.room) * factor
        } else {
            f64::INFINITY
        };
        cell.bounded(error, 0.5 * (high - low), law)
    }

    /// With the room that an error leaves, that of rounding added; none where the values are not all above 0 and in reach of the shifter.
    fn bounded(self, error: f64, half: f64, law: &Law) -> Cell {
        let (first, last) = (self.at(-half), self.at(half));
        let rise = (last - first) / (2.0 * half);
        let bound = error + law.rounding(first.max(last), 2.0 * rise);
        let is_in_reach = first.min(last) >= 1.0 && first.max(last) < GREATEST;
        Cell {
            room: if is_in_reach && bound < 0.5 { 0.5 - bound } else { 0.0 },
            ..self
        }
    }

    /// The value at a distance of t from the middle.
    #[inline]
    fn at(&self, s: f64) -> f64 {
        let [[a, b], [c, d], [e, f]] = self.terms;
        let square = s * s;
        // Even and odd powers side by side, which vector instructions do at once.
        let [even, odd] = [a + square * (c + square * e), b + square * (d + square * f)];
        even + s * odd
    }
}

/// The coefficients, ascending, of the polynomial through the nodes, by Newton's divided differences in units of `half`.
fn through(nodes: &[(f64, f64)], half: f64) -> [[f64; 2]; TERMS / 2] {
    let places: Vec<f64> = nodes.iter().map(|node| node.0 / half).collect();
    let mut differences: Vec<f64> = nodes.iter().map(|node| node.1).collect();
    for order in 1..TERMS {
        for i in (order..TERMS).rev() {
            differences[i] = (differences[i] - differences[i - 1]) / (places[i] - places[i - order]);
        }
    }
    let mut terms = [0.0; TERMS];
    for (place, difference) in places.iter().zip(differences).rev() {
        for i in (1..TERMS).rev() {
            terms[i] = terms[i - 1] - place * terms[i];
        }
        terms[0] = difference - place * terms[0];
    }
    let mut unit = 1.0;
    for term in &mut terms {
        *term *= unit;
        unit /= half;
    }
    let [a, b, c, d, e, f] = terms;
    [[a, b], [c, d], [e, f]]
}
