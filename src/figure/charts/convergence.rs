//! Convergence: how the mean and its interval settle as replications are added, against the mean of all.

use super::super::colour::{Colour, INK, MUTED};
use super::super::numbers::{Measure, counted, holding};
use super::super::page::{self, AXIS, HAIR, Heading, Page, SERIES, Tick, Width};
use super::super::plot::Plot;
use super::super::scene::{Frame, Point, Scene, Stroke};
use super::forest::percent;
use super::multiples::{Head, Multiples, small};
use super::rows;
use crate::stats::{MeanInterval, mean_interval, paired_t};

/// The first so many replications tell nothing yet: their intervals would take the scale.
const FROM: usize = 5;
/// At so many numbers of replications means are taken, evenly spaced on the scale.
const PLACES: usize = 80;

/// After so many numbers of replications at most a panel says its mean.
const MOST_TIPS: usize = 20;

/// One alternative: its response in each replication.
#[derive(Clone, Copy, Debug)]
pub struct Converging<'a> {
    /// Name as shown.
    pub name: &'a str,
    /// One value a replication, in order of replications; what is not a finite number is left out.
    pub values: &'a [f64],
    /// Between which values their mean can lie: intervals are cut there. Infinite where nothing is known.
    pub possible: (f64, f64),
}

/// The chart, from the column of a response in the table `replications`, rows by `alternative` in order of `replication`.
#[derive(Clone, Debug)]
pub struct Convergence<'a> {
    /// The words round it. The chart explains its marks and says n and confidence by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is counted: "Delivered aid".
    pub quantity: &'a str,
    /// Its unit; may be empty.
    pub unit: &'a str,
    /// Confidence of each interval, 0 to 1.
    pub confidence: f64,
    /// The half-width that is asked for, if one is; drawn to both sides of 0.
    pub wanted: Option<f64>,
    /// The alternatives, all on one scale.
    pub alternatives: &'a [Converging<'a>],
}

/// The means of the first values with their intervals, from five to all of them, evenly spaced on a logarithmic scale: what [`convergence`] draws. None of
/// five or fewer.
pub fn means_of_first(of: &Converging, confidence: f64) -> Vec<MeanInterval> {
    let values: Vec<f64> = of.values.iter().copied().filter(|v| v.is_finite()).collect();
    let n = values.len();
    let mut sizes: Vec<usize> = (0..=PLACES)
        .map(|k| (FROM as f64 * libm::pow(n as f64 / FROM as f64, k as f64 / PLACES as f64)).round() as usize)
        .filter(|size| n > FROM && *size <= n)
        .collect();
    sizes.dedup();
    let first = |size: usize| mean_interval(&values[..size], confidence).within(of.possible);
    sizes.into_iter().map(first).collect()
}

/// The means of the first replications of one alternative.
struct Path<'a> {
    name: &'a str,
    /// The mean of all.
    last: MeanInterval,
    /// Of the first so many.
    means: Vec<MeanInterval>,
}

impl Path<'_> {
    fn of<'a>(of: &Converging<'a>, confidence: f64) -> Path<'a> {
        let values: Vec<f64> = of.values.iter().copied().filter(|v| v.is_finite()).collect();
        Path {
            name: of.name,
            last: mean_interval(&values, confidence).within(of.possible),
            means: means_of_first(of, confidence),
        }
    }

    /// A mean and its ends, less the mean of all.
    fn off(&self, of: &MeanInterval) -> [f64; 3] {
        [of.lower, of.mean, of.upper].map(|value| value - self.last.mean)
    }
}

/// Draws how means settle.
pub fn convergence(chart: &Convergence) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let paths: Vec<Path> = chart.alternatives.iter().map(|a| Path::of(a, chart.confidence)).collect();
    let most = paths.iter().map(|path| path.last.n).max().unwrap_or(0).max(FROM * 2);
    let x = (libm::log10(FROM as f64), libm::log10(most as f64));
    let off = || paths.iter().flat_map(|path| path.means.iter().flat_map(|mean| path.off(mean)));
    let wanted = chart.wanted.filter(|w| w.is_finite()).into_iter().flat_map(|w| [-w, w]);
    let range = holding(off().chain([0.0]).chain(wanted));
    let measure = Measure::of(range, chart.unit);
    let (abreast, height) = small(chart.width, paths.len());
    let measures = measures(chart, &paths);
    let multiples = Multiples {
        heads: (paths.iter().zip(&measures))
            .map(|(path, measure)| Head {
                name: path.name.to_owned(),
                aside: in_short(&path.last, measure),
            })
            .collect(),
        x,
        y: range,
        ticks: measure.ticks(range, (height / 11.0) as usize),
        up: measure.axis_title(&format!("{}: mean so far less that of all", chart.quantity)),
        across: "Replications, logarithmic scale".to_owned(),
        abreast,
        height,
        rows: 1,
        below: &|plot| decades(plot, most),
    };
    let plots = multiples.lay(&mut page);
    for (plot, path) in plots.into_iter().zip(&paths) {
        tips(&mut page, &plot, path, chart);
        panel(&mut page, plot, path, chart.wanted);
    }
    page.explain(format!(
        "Above each panel: mean of all replications with its {} interval, each for itself. Shaded: the interval after so many replications.",
        percent(chart.confidence)
    ));
    if chart.wanted.is_some_and(f64::is_finite) {
        page.explain("Dashed: the precision asked for.");
    }
    page.explain(rows::sizes(paths.iter().map(|path| path.last.n)));
    page.close(in_words(chart, &paths, &measures))
}

/// Ticks at 1, 2 and 5 times powers of ten, or fewer.
fn decades(plot: &Plot, most: usize) -> Vec<Tick> {
    let frame = plot.frame;
    let steps = |factors: &[usize]| -> Vec<Tick> {
        let powers = (0..9).map(|k| 10_usize.pow(k));
        let numbers = powers.flat_map(|power| factors.iter().map(move |factor| factor * power));
        let numbers = numbers.filter(|n| *n >= FROM && *n <= most);
        let edges = (frame.left - 5.0, frame.right + 5.0);
        numbers
            .map(|n| Tick::new(plot.x(libm::log10(n as f64)), counted(n), None, edges))
            .collect()
    };
    let ladders: [&[usize]; 3] = [&[1, 2, 5], &[1, 5], &[1]];
    let found = ladders.into_iter().map(steps).find(|ticks| page::have_room(ticks));
    found.unwrap_or_default()
}

/// The mean after some of the numbers of replications, in words.
fn tips(page: &mut Page, plot: &Plot, path: &Path, chart: &Convergence) {
    let every = path.means.len().div_ceil(MOST_TIPS).max(1);
    // The last is always told.
    let last = path.means.len().saturating_sub(1);
    for mean in path
        .means
        .iter()
        .enumerate()
        .filter(|(k, _)| (last - k).is_multiple_of(every))
        .map(|(_, mean)| mean)
    {
        let at = (plot.x(libm::log10(mean.n as f64)), plot.y(path.off(mean)[1]));
        let told = in_short(mean, &measure(mean, chart.unit));
        let confidence = percent(chart.confidence);
        let words = format!(
            "{}, {} replications: mean {told} ({confidence} interval)",
            path.name,
            counted(mean.n)
        );
        page.scene.tip(Frame::around(&[at]).grown(4.0), words);
    }
}

fn panel(page: &mut Page, mut plot: Plot, path: &Path, wanted: Option<f64>) {
    let frame = plot.frame;
    let colour = Colour::class(0);
    let along = |which: usize| -> Vec<Point> {
        let at = |mean: &MeanInterval| (libm::log10(mean.n as f64), path.off(mean)[which]);
        path.means.iter().map(at).collect()
    };
    let zero = plot.y(0.0);
    let lines: Vec<f64> = wanted
        .filter(|w| w.is_finite())
        .into_iter()
        .flat_map(|w| [-w, w])
        .map(|w| plot.y(w))
        .collect();
    if path.means.len() > 1 {
        plot.band(&along(0), &along(2), colour.with_alpha(0.2));
        plot.line(&along(1), colour, SERIES);
    }
    page.scene.push(plot.into_mark());
    page.scene.line((frame.left, zero), (frame.right, zero), Stroke::solid(INK, AXIS));
    for y in lines {
        page.scene.line((frame.left, y), (frame.right, y), Stroke::dashed(INK, HAIR));
    }
    if path.means.len() <= 1 {
        page.note_in(frame, "too few replications", MUTED);
    }
}

/// How a mean is written: with the digits that its interval leaves.
fn measure(mean: &MeanInterval, unit: &str) -> Measure {
    let reach = mean.reach();
    if !reach.is_finite() || reach <= 0.0 {
        return Measure::of((0.0, mean.mean.abs().max(1e-9)), unit).exact(mean.mean);
    }
    let large = Measure::of((0.0, mean.mean.abs().max(reach)), unit);
    // Two digits of the half-width tell all that is known.
    let digits = 1 - libm::floor(libm::log10(reach / large.factor)) as i64;
    Measure {
        decimals: usize::try_from(digits).unwrap_or(0).min(12),
        ..large
    }
}

/// How the means of all are written. Alternatives meet the same random numbers, so that two whose intervals overlap may surely differ: such two are told
/// with the digits that tell them apart.
fn measures(chart: &Convergence, paths: &[Path]) -> Vec<Measure> {
    let differ = |i: usize, j: usize| {
        let pairs = chart.alternatives[i].values.iter().zip(chart.alternatives[j].values);
        let (these, those): (Vec<f64>, Vec<f64>) = pairs.filter(|(a, b)| a.is_finite() && b.is_finite()).unzip();
        let test = paired_t(&these, &those, chart.confidence);
        test.lower > 0.0 || test.upper < 0.0
    };
    let own = |(i, path): (usize, &Path)| {
        let others = paths.iter().enumerate().filter(|(j, _)| *j != i && differ(i, *j));
        let pairs = others.map(|(_, other)| (path.last.mean, other.last.mean));
        measure(&path.last, chart.unit).telling(pairs)
    };
    paths.iter().enumerate().map(own).collect()
}

/// "412,300 ± 2,100 t"; "0.4 t (0 to 1.2)" where an end is cut.
fn in_short(mean: &MeanInterval, measure: &Measure) -> String {
    if !mean.mean.is_finite() {
        return "no values".to_owned();
    }
    let reach = mean.reach();
    if !reach.is_finite() || reach <= 0.0 {
        return measure.full(mean.mean);
    }
    if reach - mean.half_width() > 1e-9 * reach {
        return format!(
            "{} ({})",
            measure.full(mean.mean),
            rows::interval(measure, [mean.lower, mean.upper])
        );
    }
    format!("{} ± {}", measure.bare(mean.mean), measure.full(reach))
}

fn in_words(chart: &Convergence, paths: &[Path], measures: &[Measure]) -> String {
    let said = (paths.iter().zip(measures)).map(|(path, measure)| {
        let told = in_short(&path.last, measure);
        format!("{}: {told}, n = {}.", path.name, counted(path.last.n))
    });
    format!(
        "Mean of {} as replications are added. {}",
        chart.quantity,
        said.collect::<Vec<_>>().join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_told_with_the_digits_that_its_interval_leaves() {
        let mean = |mean: f64, half: f64| MeanInterval {
            n: 10,
            mean,
            sd: 1.0,
            se: 1.0,
            lower: mean - half,
            upper: mean + half,
        };
        let told = |mean: MeanInterval, unit| in_short(&mean, &measure(&mean, unit));
        assert_eq!(told(mean(412_345.6, 2_134.0), "t"), "412,346 ± 2,134\u{a0}t");
        assert_eq!(told(mean(0.8123, 0.0042), ""), "0.8123 ± 0.0042");
        assert_eq!(told(mean(5.0, 0.0), "t"), "5\u{a0}t");
        assert_eq!(told(mean(f64::NAN, f64::NAN), "t"), "no values");
        let cut = mean(0.5, 1.25).within((0.0, f64::INFINITY));
        assert_eq!(told(cut, "%"), "0.5\u{a0}% (0.0 to 1.8)");
    }

    /// Two alternatives of which one always has so much more.
    fn pair(more: f64) -> [Vec<f64>; 2] {
        let values: Vec<f64> = (0..40).map(|k| 50.0 + f64::from(k * 7 % 17)).collect();
        let others = values.iter().map(|x| x + more).collect();
        [values, others]
    }

    #[test]
    fn means_that_surely_differ_are_not_told_as_the_same() {
        let told = |more: f64| {
            let values = pair(more);
            let [a, b] = ["a", "b"];
            let alternatives = [(a, &values[0]), (b, &values[1])].map(|(name, values)| Converging {
                name,
                values,
                possible: (0.0, f64::INFINITY),
            });
            let chart = Convergence {
                heading: Heading::default(),
                width: Width::Page,
                quantity: "x",
                unit: "h",
                confidence: 0.95,
                wanted: None,
                alternatives: &alternatives,
            };
            let paths: Vec<Path> = alternatives.iter().map(|a| Path::of(a, 0.95)).collect();
            let measures = measures(&chart, &paths);
            [0, 1].map(|k| in_short(&paths[k].last, &measures[k]))
        };
        let [one, other] = told(0.013);
        assert_eq!((one.as_str(), other.as_str()), ("57.73 ± 1.61\u{a0}h", "57.74 ± 1.61\u{a0}h"));
    }

    #[test]
    fn the_path_begins_with_few_replications_and_ends_with_all() {
        let values: Vec<f64> = (0..100).map(f64::from).collect();
        let of = Converging {
            name: "a",
            values: &values,
            possible: (0.0, f64::INFINITY),
        };
        let path = Path::of(&of, 0.95);
        assert_eq!(path.means.first().map(|m| m.n), Some(FROM));
        assert_eq!(path.means.last().map(|m| m.n), Some(100));
        assert!(path.means.last().is_some_and(|m| path.off(m)[1].abs() < 1e-9));
        assert!(path.means.windows(2).all(|pair| pair[0].n < pair[1].n));
    }
}
