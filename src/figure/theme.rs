//! Colours on white, colours on dark paper, or greys for print without colour, where classes are told apart by grey and by dashes.

use super::colour::{CLASSES, Colour};
use super::scene::{Mark, Scene, Stroke};

/// In which colours a scene is put out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// The colours it is drawn in, on white.
    #[default]
    Light,
    /// Colours on dark paper, for slides and screens: [`Colour::on_dark`] of each.
    Dark,
    /// Greys on white; the lines of classes differ in their dashes too.
    Grey,
}

/// The greys of the classes: neighbours apart, none too weak on white.
const GREYS: [u8; CLASSES] = [0x26, 0x80, 0x52, 0x99, 0x3d, 0x8c, 0x00, 0x69];

/// Dash and gap of the lines of the classes, in points.
const DASHES: [Option<(f64, f64)>; CLASSES] = [
    None,
    Some((5.0, 1.8)),
    Some((1.4, 1.4)),
    Some((3.0, 1.4)),
    Some((8.0, 2.0)),
    Some((2.0, 2.6)),
    None,
    Some((4.0, 3.6)),
];

/// Thinner lines are frames, grid and whiskers, and stay solid.
const SERIES: f64 = 1.0;

impl Scene {
    /// The same scene in the colours of a theme.
    #[must_use]
    pub fn in_theme(mut self, theme: Theme) -> Scene {
        match theme {
            Theme::Light => {}
            Theme::Dark => {
                self.paper = self.paper.on_dark();
                self.marks.iter_mut().for_each(on_dark);
            }
            Theme::Grey => self.marks.iter_mut().for_each(in_grey),
        }
        self
    }
}

fn on_dark(mark: &mut Mark) {
    match mark {
        Mark::Line { stroke, .. } | Mark::Polyline { stroke, .. } => stroke.colour = stroke.colour.on_dark(),
        Mark::Area { fill, .. } | Mark::Rect { fill, .. } => *fill = fill.on_dark(),
        Mark::Circle { fill, stroke, .. } => {
            *fill = fill.on_dark();
            if let Some(rim) = stroke {
                rim.colour = rim.colour.on_dark();
            }
        }
        Mark::Text(text) => text.colour = text.colour.on_dark(),
        Mark::Clip { marks, .. } => marks.iter_mut().for_each(on_dark),
    }
}

fn in_grey(mark: &mut Mark) {
    match mark {
        Mark::Line { stroke, .. } | Mark::Polyline { stroke, .. } => *stroke = line(*stroke),
        Mark::Area { fill, .. } | Mark::Rect { fill, .. } => *fill = grey(*fill),
        Mark::Circle { fill, stroke, .. } => {
            *fill = grey(*fill);
            // A rim is too short for dashes.
            *stroke = stroke.map(|rim| Stroke {
                colour: grey(rim.colour),
                ..rim
            });
        }
        Mark::Text(text) => text.colour = legible(grey(text.colour)),
        Mark::Clip { marks, .. } => marks.iter_mut().for_each(in_grey),
    }
}

fn line(stroke: Stroke) -> Stroke {
    let is_series = stroke.width >= SERIES && stroke.dash.is_none();
    Stroke {
        colour: grey(stroke.colour),
        dash: class_of(stroke.colour)
            .filter(|_| is_series)
            .map_or(stroke.dash, |class| DASHES[class]),
        ..stroke
    }
}

/// A class by its grey; any other colour by its luminance, so that amounts keep their order.
fn grey(colour: Colour) -> Colour {
    let level = class_of(colour).map_or_else(|| colour.grey_level(), |class| GREYS[class]);
    Colour {
        red: level,
        green: level,
        blue: level,
        alpha: colour.alpha,
    }
}

/// A grey as dark as text has to be.
fn legible(grey: Colour) -> Colour {
    grey.readable(4.5)
}

/// The class whose colour this is, as given or darkened. Black is ink too.
fn class_of(colour: Colour) -> Option<usize> {
    let solid = colour.with_alpha(1.0);
    solid.class_of().filter(|_| solid != Colour::rgb(0))
}

#[cfg(test)]
mod tests {
    use super::super::colour::{INK, PAPER};
    use super::*;

    fn lines(colours: &[Colour]) -> Scene {
        let line = |colour: &Colour| Mark::Polyline {
            points: vec![(0.0, 0.0), (9.0, 9.0)],
            stroke: Stroke::solid(*colour, 1.25),
        };
        let mut scene = Scene::blank(10.0, 10.0, "");
        scene.marks = colours.iter().map(line).collect();
        scene
    }

    fn strokes(scene: &Scene) -> Vec<Stroke> {
        let stroke = |mark: &Mark| match mark {
            Mark::Polyline { stroke, .. } => Some(*stroke),
            _ => None,
        };
        scene.marks.iter().filter_map(stroke).collect()
    }

    #[test]
    fn no_two_classes_share_grey_and_dashes() {
        let colours: Vec<Colour> = (0..8).map(|class| Colour::class(class).readable(2.2)).collect();
        let found = strokes(&lines(&colours).in_theme(Theme::Grey));
        for (i, stroke) in found.iter().enumerate() {
            assert!(stroke.colour.red == stroke.colour.green && stroke.colour.green == stroke.colour.blue);
            assert!(found[..i].iter().all(|other| other != stroke), "class {i}: {stroke:?}");
        }
    }

    #[test]
    fn amounts_keep_their_order_in_grey() {
        let levels: Vec<u8> = (0..=10).map(|k| grey(Colour::amount(f64::from(k) / 10.0)).red).collect();
        assert!(levels.windows(2).all(|pair| pair[0] < pair[1]), "{levels:?}");
    }

    #[test]
    fn paper_stays_white_and_ink_dark() {
        assert_eq!(grey(PAPER).hex(), "#ffffff");
        assert!(grey(INK).red < 0x30);
    }

    #[test]
    fn on_dark_paper_every_colour_and_the_paper_are_turned() {
        let scene = lines(&[Colour::class(1), INK]).in_theme(Theme::Dark);
        assert_eq!(scene.paper, PAPER.on_dark());
        let found: Vec<Colour> = strokes(&scene).into_iter().map(|stroke| stroke.colour).collect();
        assert_eq!(found, [Colour::class(1).on_dark(), INK.on_dark()]);
    }

    #[test]
    fn in_its_own_colours_a_scene_stays_as_it_is() {
        let scene = lines(&[Colour::class(1)]);
        assert_eq!(strokes(&scene.clone().in_theme(Theme::Light)), strokes(&scene));
    }
}
