//! What fans say of their values where a reader points at them.

use super::super::super::numbers::grouped;
use super::super::super::page::Page;
use super::super::super::plot::Plot;
use super::super::super::scene::Frame;
use super::super::against::Against;
use super::{Panel, Scale, Timeline};

/// At so many times at most a panel says its values.
const MOST_TIPS: usize = 60;
/// And so many in all panels, so that a page with many of them stays small.
const MOST_IN_ALL: usize = 240;

impl Timeline<'_> {
    /// The values at some of the times, in words.
    pub(super) fn tips(&self, page: &mut Page, panel: &Panel, scale: &Scale, frame: Frame) {
        let plot = Plot::new(frame, self.axis.range(self.count()), scale.range);
        let most = (MOST_IN_ALL / self.panels.len().max(1)).min(MOST_TIPS);
        let every = panel.rows.len().div_ceil(most.max(1)).max(1);
        for first in (0..panel.rows.len()).step_by(every) {
            let end = (first + every).min(panel.rows.len());
            let index = first + (end - first) / 2;
            let [low, _, median, _, high] = panel.rows[index];
            if !(low.is_finite() && median.is_finite() && high.is_finite()) {
                continue;
            }
            let measure = &scale.measure;
            let mut words = if panel.name.is_empty() {
                String::new()
            } else {
                format!("{}, ", panel.name)
            };
            let value = measure.full(median);
            words += &if high > low {
                let ends = format!("from {} to {}", measure.bare(low), measure.full(high));
                format!("{}: median {value}, 5\u{a0}% to 95\u{a0}% {ends}", self.axis.told(index))
            } else {
                format!("{}: {value}", self.axis.told(index))
            };
            if let Some((Against::Line(values), name)) = self.level
                && let Some(value) = values.get(index).filter(|value| value.is_finite())
            {
                words += &format!("; {name} {}", measure.full(*value));
            }
            if let Some(share) = panel.closed.get(index).filter(|share| share.is_finite()) {
                words += &format!("; closed in {}\u{a0}%", grouped(share * 100.0, 0));
            }
            let column = Frame {
                left: plot.x(self.axis.edge(first)),
                right: plot.x(self.axis.edge(end)),
                ..frame
            };
            page.scene.tip(column, words);
        }
    }
}
