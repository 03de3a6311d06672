//! The bars, the bands between them and what leaves below.

use super::super::super::colour::{Colour, INK, MUTED};
use super::super::super::page::{GAP, HAIR, MARGIN, Page, SMALL};
use super::super::super::scene::{Frame, Mark, Point, Stroke, Text};
use super::super::super::text::{self, Weight};
use super::{APART, BAR, LINE, Place, STUB, THINNEST};

/// Where everything lies to the right.
pub(super) struct Drawing {
    pub(super) left: f64,
    /// Points of width to one of amount.
    scale: f64,
    /// By row: what passes the place on its way from one before to one after, (from, to, left edge, amount).
    passing: Vec<Vec<(usize, usize, f64, f64)>>,
}

impl Drawing {
    pub(super) fn of(places: &[Place], left: f64, right: f64) -> Drawing {
        let passing = |row: usize| -> Vec<(usize, usize, f64)> {
            // The nearest first, as they come and as they leave, so that none cross.
            let before = places.iter().enumerate().take(row).rev();
            let links = before.flat_map(|(from, place)| place.leaving.iter().filter_map(move |l| Some((from, l.to?, l.amount))));
            links.filter(|(_, to, _)| *to > row).collect()
        };
        let rows: Vec<_> = (0..places.len()).map(passing).collect();
        let total = |row: usize| places[row].amount + rows[row].iter().map(|p| p.2).sum::<f64>();
        let most = (0..places.len()).map(total).fold(0.0, f64::max);
        let beside = rows.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let scale = if most > 0.0 {
            ((right - left - 2.0 * GAP - APART * beside) / most).max(0.0)
        } else {
            0.0
        };
        let laid = rows.into_iter().enumerate().map(|(row, links)| {
            let mut x = left + places[row].amount * scale + APART;
            let mut laid = Vec::new();
            for (from, to, amount) in links {
                laid.push((from, to, x, amount));
                x += amount * scale + APART;
            }
            laid
        });
        Drawing {
            left,
            scale,
            passing: laid.collect(),
        }
    }

    pub(super) fn wide(&self, amount: f64) -> f64 {
        (amount * self.scale).max(THINNEST)
    }

    /// Left edge of what leaves a place, by its index.
    pub(super) fn leaving(&self, place: &Place, which: usize) -> f64 {
        self.left + place.leaving[..which].iter().map(|l| l.amount * self.scale).sum::<f64>()
    }

    /// Left edge of what comes to a place from another: the nearest comes first.
    fn coming(&self, places: &[Place], from: usize, to: usize) -> f64 {
        let between = places[from + 1..to].iter();
        let nearer = between
            .flat_map(|place| &place.leaving)
            .filter(|l| l.to == Some(to))
            .map(|l| l.amount);
        self.left + nearer.sum::<f64>() * self.scale
    }

    /// What goes from place to place, row by row.
    pub(super) fn ribbons(&self, page: &mut Page, places: &[Place]) {
        for (from, place) in places.iter().enumerate() {
            for (which, link) in place.leaving.iter().enumerate() {
                let Some(to) = link.to else { continue };
                let mut x = self.leaving(place, which);
                for row in from..to {
                    let next = if row + 1 == to {
                        self.coming(places, from, to)
                    } else {
                        self.passed(row + 1, from, to)
                    };
                    let (top, bottom) = (places[row].top + BAR, places[row + 1].top);
                    self.ribbon(page, (x, top), (next, bottom), link.amount);
                    if row + 1 < to {
                        // Straight on beside the bar of the place that is passed.
                        self.ribbon(page, (next, bottom), (next, bottom + BAR), link.amount);
                    }
                    x = next;
                }
            }
        }
    }

    fn passed(&self, row: usize, from: usize, to: usize) -> f64 {
        let found = self.passing[row].iter().find(|p| p.0 == from && p.1 == to);
        found.map_or(self.left, |p| p.2)
    }

    /// A ribbon whose left edge runs from one point down to another.
    fn ribbon(&self, page: &mut Page, from: Point, to: Point, amount: f64) {
        const STEPS: usize = 14;
        let at = |k: usize| {
            let t = k as f64 / STEPS as f64;
            let eased = t * t * (3.0 - 2.0 * t);
            (from.0 + (to.0 - from.0) * eased, from.1 + (to.1 - from.1) * t)
        };
        let wide = self.wide(amount);
        let down = (0..=STEPS).map(at);
        let up = (0..=STEPS).rev().map(at).map(|(x, y)| (x + wide, y));
        page.scene.push(Mark::Area {
            points: down.chain(up).collect(),
            fill: Colour::class(0).with_alpha(0.3),
        });
    }

    pub(super) fn bar(&self, page: &mut Page, place: &Place) {
        let frame = Frame {
            left: self.left,
            right: self.left + self.wide(place.amount),
            top: place.top,
            bottom: place.top + BAR,
        };
        page.scene.push(Mark::Rect {
            frame,
            fill: Colour::class(0),
            crisp: false,
        });
    }

    /// What leaves for good below a bar, each with a line to its words at the right: the rightmost to the uppermost, so that none cross.
    pub(super) fn ends(&self, page: &mut Page, place: &Place, right: f64, told: &dyn Fn(f64) -> String) {
        let to = page.scene.width - MARGIN;
        let mut baseline = place.top + BAR + STUB + 5.0;
        let ends: Vec<usize> = (0..place.leaving.len()).filter(|&k| place.leaving[k].to.is_none()).collect();
        for &which in ends.iter().rev() {
            let end = &place.leaving[which];
            let (x, wide) = (self.leaving(place, which), self.wide(end.amount));
            let (colour, ink) = if end.is_aim {
                (Colour::class(2), Colour::class(2).readable(4.5))
            } else {
                (MUTED, INK)
            };
            let (top, bottom) = (place.top + BAR, place.top + BAR + STUB);
            let tip = (x + wide / 2.0, bottom + 3.0_f64.min(wide / 2.0));
            page.scene.push(Mark::Area {
                points: vec![(x, top), (x + wide, top), (x + wide, bottom), tip, (x, bottom)],
                fill: colour.with_alpha(if end.is_aim { 0.75 } else { 0.45 }),
            });
            let middle = baseline - text::CAP_HEIGHT * SMALL / 2.0;
            page.scene.push(Mark::Polyline {
                points: vec![(tip.0, tip.1.min(middle)), (tip.0, middle), (right - 2.0, middle)],
                stroke: Stroke::solid(MUTED.with_alpha(0.7), HAIR),
            });
            let number = told(end.amount);
            let room = to - right - GAP - text::width(&number, SMALL, Weight::Regular);
            let name = text::fit(&end.name, SMALL, Weight::SemiBold, room.max(20.0));
            let after = right + text::width(&name, SMALL, Weight::SemiBold) + GAP;
            page.scene.text(Text::new((right, baseline), name, SMALL, ink).semibold());
            let number = text::fit(&number, SMALL, Weight::Regular, to - after);
            page.scene.text(Text::new((after, baseline), number, SMALL, INK));
            baseline += LINE;
        }
    }
}
