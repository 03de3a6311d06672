//! Laws of times with a table of their quantile, which gives most draws at a fraction of the cost and every draw with the same bits.
//!
//! A time is a quantile rounded to whole microseconds, so an approximation that is off by less than its distance from the next half
//! rounds to the same number; only draws nearer to a half than that are computed in full. The table holds polynomials over cells of the
//! tail t = min(u, 1 - u): sixteen cells to every halving of t, as the exponent and the first bits of t tell them apart, with a bound of
//! the error measured in each. A cell in which the quantile jumps or has a kink has a great bound and so sends every draw the long way.

use std::sync::Arc;

use super::law::Law;
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

/// A law of a time in microseconds, with or without a table.
///
/// [`QuickLaw::duration`] gives what [`Law::duration`] does, to the bit. A table takes 16 kB and some thousand quantiles to make, so it
/// pays for what trucks draw and not for what a replication draws once. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct QuickLaw {
    /// Both tails of a cell side by side, t rising; none without a table.
    cells: Arc<[Cell]>,
    law: Law,
}

/// The quantile over one cell: a polynomial in the distance of t from the middle.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
struct Cell {
    middle: f64,
    terms: [f64; TERMS],
    /// How far from a whole number a value may lie and still be rounded right: one half less the bound of the error.
    room: f64,
}

impl QuickLaw {
    /// A law with its table.
    pub(super) fn new(law: &Law) -> QuickLaw {
        let cells = if law.as_constant().is_some() {
            Arc::default()
        } else {
            (0..2 * CELLS).map(|i| Cell::new(law, i / 2, i % 2 == 1)).collect()
        };
        QuickLaw { cells, law: law.clone() }
    }

    /// A law without a table, for one that is drawn from too seldom to be worth it: every draw is computed in full.
    pub fn untabulated(law: Law) -> QuickLaw {
        QuickLaw {
            cells: Arc::default(),
            law,
        }
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
    pub(super) fn tabulated(&self, u: f64) -> Option<Duration> {
        // Exact, as doubles from 1/2 to 1 are multiples of 2⁻⁵³.
        let rest = 1.0 - u;
        let t = if u < rest { u } else { rest };
        let cell = ((t.to_bits() >> SHIFT) as usize).wrapping_sub(FIRST);
        let cell = self.cells.get(cell.wrapping_mul(2) | usize::from(u >= 0.5))?;
        let x = cell.at(t);
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

impl Cell {
    /// The polynomial through the quantiles at Chebyshev's nodes, its error measured halfway between them and at the ends, where that of
    /// a smooth function is greatest.
    fn new(law: &Law, number: usize, is_upper: bool) -> Cell {
        let edge = |number: usize| f64::from_bits(((number + FIRST) as u64) << SHIFT);
        let (low, high) = (edge(number), edge(number + 1));
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        // A place from -1 to 1, as a double that a draw may have.
        let exact = |place: f64| {
            let u = if is_upper {
                1.0 - (middle + half * place)
            } else {
                middle + half * place
            };
            let t = if is_upper { 1.0 - u } else { u };
            (t - middle, law.quantile(u))
        };
        let places = |n: usize, shift: f64| (0..n).map(move |i| libm::cos(std::f64::consts::PI * (i as f64 + shift) / TERMS as f64));
        let nodes: Vec<(f64, f64)> = places(TERMS, 0.5).map(exact).collect();
        let mut cell = Cell {
            middle,
            terms: through(&nodes, half),
            room: 0.0,
        };
        let mut bound = 0.0_f64;
        for (distance, x) in places(TERMS + 1, 0.0).map(exact) {
            let rise = cell.terms[1] + 2.0 * half * cell.terms[2].abs();
            let rounding = law.rounding(x, rise);
            bound = bound.max(SAFETY * (cell.at(middle + distance) - x).abs() + rounding);
            if !(0.0..GREATEST).contains(&(x - 1.0)) {
                bound = f64::INFINITY;
            }
        }
        // A value that is no number makes the bound none, and then there is no room.
        cell.room = if bound < 0.5 { 0.5 - bound } else { 0.0 };
        cell
    }

    #[inline]
    fn at(&self, t: f64) -> f64 {
        let s = t - self.middle;
        let [a, b, c, d, e, f] = self.terms;
        a + s * (b + s * (c + s * (d + s * (e + s * f))))
    }
}

/// The coefficients, ascending, of the polynomial through the nodes, by Newton's divided differences in units of `half`.
fn through(nodes: &[(f64, f64)], half: f64) -> [f64; TERMS] {
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
    terms
}
