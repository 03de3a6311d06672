//! How many wait before each stage over time: median, 50 % and 90 % of replications, one panel a stage.

use super::super::days::TimeAxis;
use super::super::page::{Heading, Page, Width};
use super::super::scene::Scene;
use super::fan::{self, Quantiles, Summary, bands_in_words};
use super::timeline::{Panel, Timeline};

/// Stages that one picture can hold.
const MOST: usize = 12;

/// The queue before one stage.
#[derive(Clone, Copy, Debug)]
pub struct StageQueue<'a> {
    /// Name of the stage.
    pub name: &'a str,
    /// Quantiles over replications, one row a value of the axis.
    pub rows: &'a [Quantiles],
}

/// The chart: up to twelve stages in the order given, each on its own scale; of more, those with the longest queues, and the note says so. Stages
/// at which nobody waits are named and not drawn, unless there is no other.
#[derive(Clone, Debug)]
pub struct QueueByStage<'a> {
    /// The words round it. The chart explains its lines, bands and scales by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is counted: "Trucks waiting".
    pub quantity: &'a str,
    /// Its unit: "trucks"; may be empty.
    pub unit: &'a str,
    /// The times.
    pub axis: TimeAxis,
    /// The stages, in the order in which they are passed.
    pub stages: &'a [StageQueue<'a>],
}

/// Draws queues over time.
pub fn queue_by_stage(chart: &QueueByStage) -> Scene {
    let (queues, without): (Vec<&StageQueue>, Vec<&StageQueue>) = chart.stages.iter().partition(|stage| has_queue(stage));
    let (queues, without) = if queues.is_empty() { (without, queues) } else { (queues, without) };
    let shown = longest(&queues);
    let panels: Vec<Panel> = shown
        .iter()
        .map(|stage| Panel {
            name: stage.name,
            aside: "",
            rows: stage.rows.to_vec(),
            closed: Vec::new(),
            incidents: Vec::new(),
            class: 0,
        })
        .collect();
    let mut page = Page::open(chart.width, &chart.heading);
    let timeline = Timeline {
        width: chart.width,
        axis: chart.axis.clone(),
        panels: if panels.is_empty() { vec![Panel::empty()] } else { panels },
        quantity: chart.quantity,
        unit: chart.unit,
        summary: Some(Summary::Greatest),
        shared: false,
        level: None,
        strip: "",
    };
    timeline.draw(&mut page);
    page.explain(bands_in_words(shown.iter().map(|of| of.rows)));
    if shown.len() > 1 {
        page.explain("Each panel has its own vertical scale.");
    }
    if queues.len() > MOST {
        page.explain(format!(
            "{MOST} of {} stages are drawn: those with the longest queues.",
            queues.len()
        ));
    }
    if !without.is_empty() {
        let names: Vec<&str> = without.iter().map(|stage| stage.name).collect();
        page.explain(format!(
            "Not drawn, since hardly anybody waits there (95\u{a0}% line at 0): {}.",
            names.join(", ")
        ));
    }
    let said: Vec<String> = shown.iter().map(|stage| in_words(stage)).collect();
    page.close(format!("{} over time, by stage. {}", chart.quantity, said.join(" ")))
}

/// The stages to draw, in their own order: all, or those whose 95 % line is highest on average.
fn longest<'a, 'b>(stages: &[&'b StageQueue<'a>]) -> Vec<&'b StageQueue<'a>> {
    let length = |stage: &StageQueue| {
        let high = stage.rows.iter().map(|row| row[4]).filter(|value| value.is_finite());
        high.sum::<f64>() / stage.rows.len().max(1) as f64
    };
    let mut order: Vec<usize> = (0..stages.len()).collect();
    order.sort_by(|&a, &b| length(stages[b]).total_cmp(&length(stages[a])).then(a.cmp(&b)));
    order.truncate(MOST);
    order.sort_unstable();
    order.into_iter().map(|index| stages[index]).collect()
}

/// Whether its 95 % line leaves the ground.
fn has_queue(stage: &StageQueue) -> bool {
    stage.rows.iter().any(|row| row[4] > 0.0)
}

fn in_words(stage: &StageQueue) -> String {
    match fan::bounds(stage.rows) {
        None => format!("{}: no values.", stage.name),
        Some((_, high)) => format!("{}: 95\u{a0}% line up to {}.", stage.name, super::super::grouped(high, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_stages_those_with_the_longest_queues_stay_in_their_order() {
        let rows: Vec<Vec<Quantiles>> = (0..30).map(|k| vec![[f64::from((k * 7) % 30); 5]]).collect();
        let names: Vec<String> = (0..30).map(|k| format!("s{k}")).collect();
        let stages: Vec<StageQueue> = names.iter().zip(&rows).map(|(name, rows)| StageQueue { name, rows }).collect();
        let all: Vec<&StageQueue> = stages.iter().collect();
        let shown: Vec<&str> = longest(&all).iter().map(|stage| stage.name).collect();
        assert_eq!(shown.len(), 12);
        assert!(
            rows.iter()
                .zip(&names)
                .filter(|(r, _)| r[0][4] >= 18.0)
                .all(|(_, n)| shown.contains(&n.as_str()))
        );
        assert_eq!(shown[..2], ["s3", "s4"]);
    }
}
