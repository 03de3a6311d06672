//! The table as a picture: a panel for each thing that is varied, nanoseconds per event against its size on a logarithmic axis.

use rafah::figure::{Anchor, Colour, Frame, GRID, INK, MUTED, Mark, PAPER, Point, Scene, Stroke, Text, grouped};

use super::Measured;
use super::worlds::Axis;

const WIDTH: f64 = 540.0;
const COLUMNS: usize = 3;
const HEAD: f64 = 44.0;
const PANEL: Point = (WIDTH / COLUMNS as f64, 142.0);
const SIZE: f64 = 7.5;

/// The whole picture.
pub(crate) fn scene(measured: &[(&Axis, Vec<Measured>)]) -> Scene {
    let rows = measured.len().div_ceil(COLUMNS);
    let mut scene = Scene {
        width: WIDTH,
        height: HEAD + PANEL.1 * rows as f64,
        title: "Time per event against size".to_owned(),
        description: "Six panels of nanoseconds per event; the numbers are in the table beside.".to_owned(),
        marks: Vec::new(),
        paper: PAPER,
        tips: Vec::new(),
    };
    scene.text(Text::new((14.0, 20.0), "A flat line is time that grows in proportion", 11.0, INK).semibold());
    let subtitle = "Nanoseconds per event, one thread; each panel has its own scale from 0";
    scene.text(Text::new((14.0, 34.0), subtitle, 8.0, MUTED));
    for (i, (axis, sizes)) in measured.iter().enumerate() {
        let (left, top) = ((i % COLUMNS) as f64 * PANEL.0, HEAD + (i / COLUMNS) as f64 * PANEL.1);
        let frame = Frame {
            left: left + 26.0,
            top: top + 30.0,
            right: left + PANEL.0 - 22.0,
            bottom: top + PANEL.1 - 22.0,
        };
        panel(&mut scene, frame, axis.name, sizes);
    }
    scene
}

fn panel(scene: &mut Scene, frame: Frame, name: &str, sizes: &[Measured]) {
    let name = Text::new((frame.left - 12.0, frame.top - 17.0), name, SIZE, INK).semibold();
    scene.text(name);
    scene.line(
        (frame.left - 12.0, frame.bottom),
        (frame.right + 12.0, frame.bottom),
        Stroke::solid(GRID, 0.8),
    );
    let highest = sizes.iter().map(Measured::ns_per_event).fold(0.0, f64::max);
    let first = sizes.first().map_or(1.0, |m| f64::from(m.size));
    let last = sizes.last().map_or(1.0, |m| f64::from(m.size));
    let place = |m: &Measured| {
        let along = libm::log(f64::from(m.size) / first) / libm::log(last / first);
        let up = m.ns_per_event() / highest;
        (frame.left + along * frame.width(), frame.bottom - up * frame.height())
    };
    let points: Vec<Point> = sizes.iter().map(place).collect();
    scene.push(Mark::Polyline {
        points: points.clone(),
        stroke: Stroke::solid(Colour::class(0), 1.2),
    });
    for (m, &(x, y)) in sizes.iter().zip(&points) {
        scene.push(Mark::Circle {
            centre: (x, y),
            radius: 2.2,
            fill: Colour::class(0),
            stroke: None,
        });
        let value = Text::new((x, y - 5.0), grouped(m.ns_per_event(), 0), SIZE, INK);
        scene.text(value.anchored(Anchor::Middle).haloed());
        let size = Text::new((x, frame.bottom + 11.0), short(m.size), SIZE, MUTED);
        scene.text(size.anchored(Anchor::Middle));
    }
}

/// A size that leaves its neighbours room.
fn short(size: u32) -> String {
    if size >= 10_000 {
        format!("{}k", size / 1_000)
    } else {
        grouped(f64::from(size), 0)
    }
}
