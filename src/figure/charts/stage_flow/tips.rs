//! What the flow says of its places and ways where a reader points at them.

use super::super::super::page::{MARGIN, Page};
use super::super::super::scene::Frame;
use super::{BAR, Drawing, LINE, Place, STUB};

impl Drawing {
    /// Places, what goes on from each, and what leaves there, in words.
    pub(super) fn tips(&self, page: &mut Page, places: &[Place], right: f64, told: &dyn Fn(f64) -> String) {
        let to = page.scene.width - MARGIN;
        for (row, place) in places.iter().enumerate().filter(|(_, place)| place.amount > 0.0) {
            let (top, bottom) = (place.top, place.top + BAR);
            let bar = Frame::around(&[(MARGIN, top), (self.left + self.wide(place.amount), bottom)]);
            page.scene.tip(bar, format!("{}: {}", place.name, told(place.amount)));
            for (which, link) in place.leaving.iter().enumerate() {
                let Some(next) = link.to else { continue };
                let x = self.leaving(place, which);
                let ribbon = Frame::around(&[(x, bottom), (x + self.wide(link.amount), places[row + 1].top)]);
                page.scene
                    .tip(ribbon, format!("{} to {}: {}", place.name, places[next].name, told(link.amount)));
            }
            let ends = place.leaving.iter().filter(|l| l.to.is_none()).rev();
            for (line, end) in ends.enumerate() {
                let upper = bottom + STUB + LINE * line as f64 - 2.0;
                let words = format!("{}, {}: {}", place.name, end.name, told(end.amount));
                page.scene.tip(Frame::around(&[(right, upper), (to, upper + LINE)]), words);
            }
        }
    }
}
