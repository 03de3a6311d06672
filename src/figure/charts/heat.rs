//! The heat map of a queue: hours of the day by days, or weekdays by weeks, a panel an alternative or a stage.

use super::super::colour::{Colour, INK, MUTED};
use super::super::days::TimeAxis;
use super::super::numbers::Measure;
use super::super::page::{HAIR, Heading, MARGIN, Page, SMALL, Width};
use super::super::plot::Plot;
use super::super::scene::{Anchor, Frame, Mark, Scene, Stroke, Text};
use super::super::text::{self, Weight};
use super::multiples::{Head, Multiples};

/// Panels that one picture can hold.
const MOST: usize = 12;
/// Steps of the key.
const STEPS: usize = 40;
/// Width and height of the key.
const KEY: (f64, f64) = (120.0, 6.0);

/// What the lines of a panel are, from the top down, and for which of them the first value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// Hours of the day, a column a day: the first value stands for the hour given, 0 to 23.
    Hours(usize),
    /// Days of the week, a column a week: the first value stands for the day given, 0 for Monday.
    Weekdays(usize),
}

impl Lines {
    /// How many there are in a column.
    fn count(self) -> usize {
        match self {
            Lines::Hours(_) => 24,
            Lines::Weekdays(_) => 7,
        }
    }

    /// The line of the first value.
    fn first(self) -> usize {
        match self {
            Lines::Hours(first) | Lines::Weekdays(first) => first,
        }
    }

    /// What is said of a panel of a height at its left: whole hours at their edges, weekdays in the middle of their lines.
    fn ticks(self, height: f64) -> Vec<(f64, String)> {
        let roomy = height > 80.0;
        match self {
            Lines::Hours(_) => {
                let hours = (0..=24_u32).step_by(if roomy { 6 } else { 12 });
                hours.map(|hour| (f64::from(24 - hour), format!("{hour:02}:00"))).collect()
            }
            Lines::Weekdays(_) => {
                let days = WEEKDAYS.iter().enumerate().step_by(if height > 60.0 { 1 } else { 2 });
                days.map(|(day, name)| (6.5 - day as f64, name[..3].to_owned())).collect()
            }
        }
    }

    /// The value of an index in words: "on day 3 at 08:00", "on the Sunday of week 3".
    fn place(self, index: usize) -> String {
        let (column, line) = (index / self.count() + 1, index % self.count());
        match self {
            Lines::Hours(_) => format!("on day {column} at {line:02}:00"),
            Lines::Weekdays(_) => format!("on the {} of week {column}", WEEKDAYS[line]),
        }
    }

    /// A line of a column that begins so many days after the first, in words: "3 Jul 2026, 08:00", "Sunday, 5 Jul 2026".
    fn when(self, columns: &TimeAxis, begins: f64, line: usize) -> String {
        match self {
            Lines::Hours(_) => format!("{}, {line:02}:00", columns.day(begins.round().max(0.0) as usize)),
            Lines::Weekdays(_) => {
                let day = (begins + line as f64).round().max(0.0) as usize;
                format!("{}, {}", WEEKDAYS[line], columns.day(day))
            }
        }
    }

    /// What they are.
    fn in_words(self) -> &'static str {
        match self {
            Lines::Hours(_) => "Hours of the day from the top down, a column a day.",
            Lines::Weekdays(_) => "Days of the week from the top down, a column a week.",
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One panel.
#[derive(Clone, Copy, Debug)]
pub struct HeatPanel<'a> {
    /// Name above it; not shown if it is the only one.
    pub name: &'a str,
    /// One value an hour, or a day; what is not a finite number is left empty.
    pub values: &'a [f64],
}

/// The chart, from the table `queue_profile` (`time_h`, by `alternative` and `stage`; `mean` or `p50`), whose times are full hours or, of long periods,
/// days: up to twelve panels on one scale of colours; of more, the first twelve are drawn and the note says so.
#[derive(Clone, Debug)]
pub struct HeatMap<'a> {
    /// The words round it. The chart explains its colours by itself.
    pub heading: Heading,
    /// How wide it is printed.
    pub width: Width,
    /// What is counted: "Trucks waiting, mean of the replications".
    pub quantity: &'a str,
    /// Its unit: "trucks"; may be empty.
    pub unit: &'a str,
    /// The columns, one value a day or a week, from that of the first value on.
    pub columns: TimeAxis,
    /// The lines.
    pub lines: Lines,
    /// The panels.
    pub panels: &'a [HeatPanel<'a>],
}

/// How values become colours.
struct Shade {
    most: f64,
    /// By the root of the share: where most values are small beside the greatest.
    by_root: bool,
}

impl Shade {
    fn of(panels: &[HeatPanel]) -> Shade {
        let mut values: Vec<f64> = panels
            .iter()
            .flat_map(|p| p.values)
            .copied()
            .filter(|v| v.is_finite() && *v > 0.0)
            .collect();
        values.sort_unstable_by(f64::total_cmp);
        let most = values.last().copied().unwrap_or(0.0);
        let middle = values.get(values.len() / 2).copied().unwrap_or(0.0);
        Shade {
            most,
            by_root: middle * 5.0 < most,
        }
    }

    fn share(&self, value: f64) -> f64 {
        let share = if self.most > 0.0 {
            (value / self.most).clamp(0.0, 1.0)
        } else {
            0.0
        };
        if self.by_root { share.sqrt() } else { share }
    }

    /// The value at the middle of the key.
    fn middle(&self) -> f64 {
        self.most * if self.by_root { 0.25 } else { 0.5 }
    }
}

/// Draws a queue hour by hour.
pub fn heat_map(chart: &HeatMap) -> Scene {
    let mut page = Page::open(chart.width, &chart.heading);
    let panels = &chart.panels[..chart.panels.len().min(MOST)];
    let shade = Shade::of(panels);
    let measure = Measure::of((0.0, if shade.most > 0.0 { shade.most } else { 1.0 }), chart.unit);
    key(&mut page, chart, &shade, &measure);
    let lines = chart.lines;
    let values = panels.iter().map(|p| p.values.len()).max().unwrap_or(0) + lines.first();
    let columns = values.div_ceil(lines.count()).max(1);
    let range = chart.columns.range(columns);
    let single = panels.len() <= 1;
    let (abreast, height) = match (chart.width.is_wide(), panels.len()) {
        (_, 0..=1) => (1, 144.0),
        (false, 2..=5) => (1, 60.0),
        (true, 2..=4) => (1, 84.0),
        // More would not fit on a page one below the other.
        (false, _) => (2, 54.0),
        (true, _) => (2, 66.0),
    };
    let page_width = page.scene.width;
    let multiples = Multiples {
        heads: (panels.iter())
            .map(|panel| Head {
                name: if single { String::new() } else { panel.name.to_owned() },
                aside: String::new(),
            })
            .collect(),
        x: range,
        y: (0.0, lines.count() as f64),
        ticks: lines.ticks(height),
        up: String::new(),
        across: chart.columns.title().to_owned(),
        abreast,
        height,
        rows: 2,
        below: &|plot| {
            let ticks = chart.columns.ticks(plot, range, page_width);
            ticks
                .into_iter()
                .filter(|tick| (tick.middle - tick.at).abs() < 0.5 || abreast == 1)
                .collect()
        },
    };
    for (plot, panel) in multiples.lay(&mut page).iter().zip(panels) {
        cells(&mut page, plot, chart, panel, &shade);
        tips(&mut page, plot, chart, panel, (columns, panels.len()), &measure);
    }
    if shade.by_root {
        page.explain("Colours follow the root of the number, so that small ones are seen beside great ones.");
    }
    page.explain(lines.in_words());
    if panels
        .iter()
        .any(|panel| panel.values.len() + lines.first() != columns * lines.count() || panel.values.iter().any(|v| !v.is_finite()))
    {
        page.explain("Left empty: no value.");
    }
    if chart.panels.len() > MOST {
        page.explain(format!("The first {MOST} of {} panels are drawn.", chart.panels.len()));
    }
    page.close(in_words(chart, panels, &measure))
}

/// The cells of a panel: equal neighbours of one line in one box.
fn cells(page: &mut Page, plot: &Plot, chart: &HeatMap, panel: &HeatPanel, shade: &Shade) {
    let frame = plot.frame;
    let mut marks = Vec::new();
    let (count, begin) = (chart.lines.count(), chart.lines.first());
    for line in 0..count {
        let (top, bottom) = (plot.y((count - line) as f64), plot.y((count - line - 1) as f64));
        let mut boxes: Vec<(f64, f64, usize)> = Vec::new();
        for column in usize::from(line < begin).. {
            let Some(value) = panel.values.get(column * count + line - begin) else {
                break;
            };
            if !value.is_finite() {
                continue;
            }
            let level = (shade.share(*value) * (LEVELS - 1) as f64).round() as usize;
            let (from, to) = (plot.x(chart.columns.edge(column)), plot.x(chart.columns.edge(column + 1)));
            match boxes.last_mut() {
                Some((_, end, same)) if *same == level && (*end - from).abs() < 1e-6 => *end = to,
                _ => boxes.push((from, to, level)),
            }
        }
        marks.extend(boxes.into_iter().map(|(left, right, level)| Mark::Rect {
            frame: Frame { left, top, right, bottom },
            fill: colour(level as f64 / (LEVELS - 1) as f64),
            crisp: true,
        }));
    }
    page.scene.push(Mark::Clip { frame, marks });
    page.base_line(frame);
}

/// So many tips at most in a picture.
const MOST_TIPS: usize = 400;

/// What cells hold, in words: each where they are few, else the columns.
fn tips(page: &mut Page, plot: &Plot, chart: &HeatMap, panel: &HeatPanel, (columns, panels): (usize, usize), measure: &Measure) {
    let lines = chart.lines;
    let name = if panels > 1 { format!("{}, ", panel.name) } else { String::new() };
    let told = |column: usize, line: usize| {
        let place = (column * lines.count() + line).checked_sub(lines.first())?;
        panel.values.get(place).copied().filter(|value| value.is_finite())
    };
    let box_of = |from: usize, to: usize| Frame {
        left: plot.x(chart.columns.edge(from)),
        right: plot.x(chart.columns.edge(to)),
        ..plot.frame
    };
    let when = |column: usize, line: usize| lines.when(&chart.columns, chart.columns.edge(column), line);
    if columns * lines.count() * panels <= MOST_TIPS {
        for (column, line) in (0..columns).flat_map(|column| (0..lines.count()).map(move |line| (column, line))) {
            let Some(value) = told(column, line) else { continue };
            let cell = Frame {
                top: plot.y((lines.count() - line) as f64),
                bottom: plot.y((lines.count() - line - 1) as f64),
                ..box_of(column, column + 1)
            };
            page.scene
                .tip(cell, format!("{name}{}: {}", when(column, line), measure.full(value)));
        }
        return;
    }
    let every = (columns * panels).div_ceil(MOST_TIPS).max(1);
    for from in (0..columns).step_by(every) {
        let to = (from + every).min(columns);
        let all = (from..to).flat_map(|column| (0..lines.count()).map(move |line| (column, line)));
        let found = all.filter_map(|(column, line)| told(column, line).map(|value| (value, column, line)));
        // The first of the greatest.
        let most = found.reduce(|most, next| if next.0 > most.0 { next } else { most });
        let Some((value, column, line)) = most else { continue };
        let words = format!("{name}most: {}, on {}", measure.full(value), when(column, line));
        page.scene.tip(box_of(from, to), words);
    }
}

/// Shades that are told apart; neighbours of one shade are one box.
const LEVELS: usize = 64;

/// The colour of a share: light for little, so that it is read likewise in grey.
fn colour(share: f64) -> Colour {
    Colour::amount(1.0 - share)
}

/// What the colours stand for.
fn key(page: &mut Page, chart: &HeatMap, shade: &Shade, measure: &Measure) {
    let right = page.scene.width - MARGIN;
    let title = text::fit(&measure.axis_title(chart.quantity), SMALL, Weight::Regular, right - MARGIN);
    let wide = text::width(&title, SMALL, Weight::Regular);
    page.scene.text(Text::new((MARGIN, page.top + 6.0), title, SMALL, MUTED));
    let mut left = MARGIN + wide + 14.0;
    if left + KEY.0 + 20.0 > right {
        page.top += 11.0;
        left = MARGIN + 8.0;
    }
    let top = page.top + 0.5;
    let step = KEY.0 / STEPS as f64;
    for k in 0..STEPS {
        page.scene.push(Mark::Rect {
            frame: Frame {
                left: left + step * k as f64,
                right: left + step * (k + 1) as f64,
                top,
                bottom: top + KEY.1,
            },
            fill: colour((k as f64 + 0.5) / STEPS as f64),
            crisp: true,
        });
    }
    let labels = if shade.most > 0.0 {
        vec![(0.0, 0.0), (0.5, shade.middle()), (1.0, shade.most)]
    } else {
        vec![(0.0, 0.0)]
    };
    for (share, value) in labels {
        let x = left + KEY.0 * share;
        page.scene.line((x, top + KEY.1), (x, top + KEY.1 + 2.0), Stroke::solid(INK, HAIR));
        let at = (x, top + KEY.1 + 4.0 + text::CAP_HEIGHT * SMALL);
        let label = measure.clone().exact(value).decimals.min(measure.decimals.min(1));
        let label = super::super::numbers::grouped(value / measure.factor, label);
        page.scene.text(Text::new(at, label, SMALL, MUTED).anchored(Anchor::Middle));
    }
    page.top = top + KEY.1 + 14.0;
}

fn in_words(chart: &HeatMap, panels: &[HeatPanel], measure: &Measure) -> String {
    let said = panels.iter().map(|panel| {
        let mut found: Option<(usize, f64)> = None;
        for (index, value) in panel.values.iter().enumerate().filter(|(_, v)| v.is_finite()) {
            if found.is_none_or(|(_, most)| *value > most) {
                found = Some((index + chart.lines.first(), *value));
            }
        }
        found.map_or_else(
            || format!("{}: no values.", panel.name),
            |(index, most)| format!("{}: greatest {} {}.", panel.name, measure.full(most), chart.lines.place(index)),
        )
    });
    let by = match chart.lines {
        Lines::Hours(_) => "hour of the day and day",
        Lines::Weekdays(_) => "day of the week and week",
    };
    format!("{} by {by}. {}", chart.quantity, said.collect::<Vec<_>>().join(" "))
}
