//! How every alternative differs from the reference at each decile, with a band that holds for all deciles at once.

use super::super::failure::Failure;
use super::super::numbers::{of_differences, plain_percent};
use super::lead::{Sampled, choice, with_unit};
use super::place::{Place, exact};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole, words};
use crate::experiment::resamples;
use crate::figure::charts::{ShiftPlot, Shifted, shift_plot};
use crate::stats::{Estimate, Resamples, Shift, confidence_at_once, shift_function};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "quantile-differences",
    shows: "how every alternative differs from the reference at each decile, from bad replications to good ones, with a band for all at once",
    when: "two alternatives of the same period that differ, with at least 20 replications of each",
    tables: &["replications"],
    also: &[],
    of_study: false,
    draw,
};

/// Below so many pairs of replications resamples repeat too few of them for a band.
const LEAST: usize = 20;
const DECILES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// An alternative against the reference, and over how many pairs.
struct Against<'a> {
    name: &'a str,
    shifts: Vec<Shift>,
    n: usize,
}

fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let is_pairable = easel.alternatives().len() > 1 && easel.source.is_of_one_period();
    let Some(sampled) = Sampled::lead(easel)?.filter(|_| is_pairable) else {
        return Ok(Vec::new());
    };
    let reference = easel.source.reference();
    let found = against(easel, &sampled, reference);
    let differs = |shift: &Shift| [shift.difference, shift.lower, shift.upper].iter().any(|x| x.abs() > 0.0);
    if !found.iter().flat_map(|of| &of.shifts).any(differs) {
        return Ok(Vec::new());
    }
    let base = &easel.alternatives()[reference].name;
    let alternatives: Vec<Shifted> = (found.iter())
        .map(|of| Shifted {
            name: of.name,
            shifts: &of.shifts,
            n: of.n,
        })
        .collect();
    let quantity = format!("{} less those of {base}", sampled.headed());
    let confidence = easel.folder().manifest().confidence;
    let unit = of_differences(&sampled.unit);
    let chart = ShiftPlot {
        heading: easel.heading(
            if easel.source.chosen_over().is_some() {
                let called = &sampled.called;
                format!(
                    "How {called} differ from {base} at each decile, in the replications that both have{}",
                    choice(easel)
                )
            } else {
                title(&sampled.called, unit, base, (&found, easel.source.all() - 1))
            },
            subtitle(easel, base),
            None,
        ),
        width: easel.width,
        quantity: &quantity,
        unit,
        confidence,
        alternatives: &alternatives,
    };
    Ok(vec![Picture {
        name: "quantile-differences".to_owned(),
        scene: shift_plot(&chart),
        numbers: numbers(&sampled.response, &chart),
    }])
}

/// What is drawn, and for what the bands hold.
fn subtitle(easel: &Easel, base: &str) -> String {
    let (shown, all) = (easel.alternatives().len() - 1, easel.source.all() - 1);
    let at_once = match shown {
        1 => "for all deciles at once".to_owned(),
        _ if shown < all => format!("for all deciles of all {all} alternatives at once, shown or not"),
        _ => "for all deciles of all alternatives at once".to_owned(),
    };
    format!(
        "Replications of each put in order, from the least to the greatest: the value one tenth of the way up, two tenths and so on (deciles), less that of \
         {base}; {} bands {at_once}",
        plain_percent(easel.folder().manifest().confidence)
    )
}

/// All others held against the reference, by the pairs of replications in which both have a value; the bands hold for all of them at once (Bonferroni), drawn
/// or not, since those drawn were chosen from all.
fn against<'a>(easel: &Easel<'a>, sampled: &Sampled, reference: usize) -> Vec<Against<'a>> {
    let manifest = easel.folder().manifest();
    let drawn = |n: usize| resamples(n, manifest.seed);
    let confidence = confidence_at_once(manifest.confidence, easel.source.all() - 1);
    // Most pairs are of one number, and have the same resamples.
    let (mut known, mut size): (Option<Resamples<_>>, usize) = (None, 0);
    let mut found = Vec::new();
    for (i, alternative) in easel.alternatives().iter().enumerate().filter(|(i, _)| *i != reference) {
        let pairs = sampled.values[i].iter().zip(&sampled.values[reference]);
        let (these, those): (Vec<f64>, Vec<f64>) = pairs.filter(|(a, b)| a.is_finite() && b.is_finite()).unzip();
        let n = these.len();
        let shifts = if n < LEAST {
            None
        } else {
            if size != n {
                (known, size) = (Some(drawn(n)), n);
            }
            let resamples = known.as_ref();
            resamples.and_then(|resamples| shift_function(&these, &those, &DECILES, confidence, resamples))
        };
        found.push(Against {
            name: &alternative.name,
            shifts: shifts.unwrap_or_default(),
            n,
        });
    }
    found
}

fn numbers(response: &str, chart: &ShiftPlot) -> Numbers {
    let columns = vec![
        words("alternative", "name of the alternative"),
        real("quantile", "", "probability"),
        words("response", "of what"),
        words("unit", "unit of the numbers; percentage points for shares"),
        real(
            "difference",
            "",
            "quantile of the alternative less that of the reference (Harrell and Davis)",
        ),
        real(
            "lower",
            "",
            "lower edge of the band that holds for all quantiles of all alternatives at once, drawn or not",
        ),
        real("upper", "", "upper edge of it"),
        whole("n", "replications", "those in which both have a value"),
    ];
    let table = numbers_of("quantile-differences", 2, columns);
    let mut frame = Frame::new(&table);
    for alternative in chart.alternatives {
        for shift in alternative.shifts {
            let row = frame.row().text(alternative.name).real(shift.p).text(response);
            let row = row.text_or_empty((!chart.unit.is_empty()).then_some(chart.unit));
            let row = row.real(shift.difference).real(shift.lower).real(shift.upper);
            row.whole(alternative.n as i64).end();
        }
    }
    (table, frame)
}

/// How alternatives lie to the reference, all deciles taken together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lies {
    Above,
    AboveInPart,
    Below,
    BelowInPart,
    BothWays,
    Open,
    Unknown,
}

impl Lies {
    /// In the order in which they are told.
    const ALL: [Lies; 7] = [
        Lies::Above,
        Lies::AboveInPart,
        Lies::Below,
        Lies::BelowInPart,
        Lies::BothWays,
        Lies::Open,
        Lies::Unknown,
    ];

    fn of(shifts: &[Shift]) -> Lies {
        let (above, below) = (
            shifts.iter().filter(|shift| shift.lower > 0.0).count(),
            shifts.iter().filter(|shift| shift.upper < 0.0).count(),
        );
        match (above, below, shifts.len()) {
            (_, _, 0) => Lies::Unknown,
            (0, 0, _) => Lies::Open,
            (all, 0, n) if all == n => Lies::Above,
            (0, all, n) if all == n => Lies::Below,
            (_, 0, _) => Lies::AboveInPart,
            (0, _, _) => Lies::BelowInPart,
            _ => Lies::BothWays,
        }
    }

    /// What one alternative, or several, do against the reference of this name; empty for a name told before.
    fn words(self, several: bool, base: &str) -> String {
        let (has, is) = if several { ("have", "are") } else { ("has", "is") };
        let than = if base.is_empty() { String::new() } else { format!(" than {base}") };
        let from = if base.is_empty() { String::new() } else { format!(" from {base}") };
        match self {
            Lies::Above => format!("{has} more{than} at every decile"),
            Lies::AboveInPart => format!("{has} more{than} at some deciles"),
            Lies::Below => format!("{has} less{than} at every decile"),
            Lies::BelowInPart => format!("{has} less{than} at some deciles"),
            Lies::BothWays => format!("{has} less{than} at some deciles and more at others"),
            Lies::Open => format!("{is} not distinguishable{from} at any decile"),
            Lies::Unknown => format!("{has} too few replications to say"),
        }
    }
}

/// How many alternatives have more than the reference all along, and how many not; and how much one does, or the one that differs most. Of those found
/// there are so many, drawn or not.
fn title(called: &str, unit: &str, base: &str, (found, count): (&[Against], usize)) -> String {
    let lies: Vec<Lies> = found.iter().map(|of| Lies::of(&of.shifts)).collect();
    let kinds = Lies::ALL.map(|kind| (kind, lies.iter().filter(|lie| **lie == kind).count()));
    let kinds: Vec<(Lies, usize)> = kinds.into_iter().filter(|(_, count)| *count > 0).collect();
    let known = found
        .iter()
        .zip(&lies)
        .filter(|(_, lies)| !matches!(lies, Lies::Open | Lies::Unknown));
    let middle = |of: &Against| of.shifts.get(of.shifts.len() / 2).map_or(0.0, |shift| shift.difference.abs());
    let most = known.map(|(of, _)| of).max_by(|a, b| middle(a).total_cmp(&middle(b)));
    let ends = most.and_then(|of| {
        let name = if found.len() > 1 {
            format!("most {}: ", of.name)
        } else {
            String::new()
        };
        Some(format!("; {name}{}", ends(&of.shifts, unit)?))
    });
    let ends = ends.unwrap_or_default();
    if let [one] = found {
        return format!("By {called} {} {}{ends}", one.name, lies[0].words(false, base));
    }
    let all = found.len();
    let shown = if all < count { " shown" } else { "" };
    if let [(kind, _)] = kinds.as_slice() {
        let together = if all == 2 { "both".to_owned() } else { format!("all {all}") };
        return format!("By {called} {together} alternatives{shown} {}{ends}", kind.words(true, base));
    }
    let part = |(place, (kind, count)): (usize, &(Lies, usize))| {
        if place == 0 {
            format!("{count} of {all} alternatives{shown} {}", kind.words(*count > 1, base))
        } else {
            format!("{count} {}", kind.words(*count > 1, ""))
        }
    };
    let parts: Vec<String> = kinds.iter().enumerate().map(part).collect();
    // The title of a narrow chart has no room for more.
    format!("By {called} {}", parts.join(", "))
}

/// The lowest and the highest of the deciles at which a difference is shown, with their bands; none where there is none.
fn ends(shifts: &[Shift], unit: &str) -> Option<String> {
    let is_shown = |shift: &&Shift| shift.lower > 0.0 || shift.upper < 0.0;
    let told = |shift: &Shift| {
        let (value, lower, upper) = (shift.difference, shift.lower, shift.upper);
        // What keeps off 0 is not told as 0.
        let place = Place::of(&Estimate { value, lower, upper }).off_zero(lower, upper);
        let signed = if value > 0.0 { "+" } else { "" };
        let (number, band) = if upper > lower {
            (place.told(value), format!(", band {} to {}", place.told(lower), place.told(upper)))
        } else {
            (exact(value), String::new())
        };
        let ending = match (shift.p * 10.0).round() as usize {
            1 => "1st".to_owned(),
            2 => "2nd".to_owned(),
            3 => "3rd".to_owned(),
            more => format!("{more}th"),
        };
        format!("{signed}{} (at the {ending}{band})", with_unit(&number, unit))
    };
    let (first, last) = (shifts.iter().find(is_shown)?, shifts.iter().rfind(is_shown)?);
    Some(if first.p < last.p {
        format!("{}, {}", told(first), told(last))
    } else {
        told(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(name: &'static str, bands: &[[f64; 2]]) -> Against<'static> {
        let shift = |(k, [lower, upper]): (usize, &[f64; 2])| Shift {
            p: 0.1 * (k + 1) as f64,
            difference: f64::midpoint(*lower, *upper),
            lower: *lower,
            upper: *upper,
        };
        Against {
            name,
            shifts: bands.iter().enumerate().map(shift).collect(),
            n: 60,
        }
    }

    #[test]
    fn a_title_counts_the_alternatives_by_how_they_lie_to_the_reference() {
        let above = || against("a", &[[1.0, 2.0], [0.5, 3.0]]);
        let open = || against("b", &[[-1.0, 2.0], [-0.5, 3.0]]);
        let both = || against("c", &[[-2.0, -1.0], [0.5, 3.0]]);
        let in_part = || against("d", &[[-2.0, -1.0], [-0.5, 3.0]]);
        let told = |found: &[Against]| title("tonnes delivered", "t", "base", (found, found.len()));
        assert_eq!(
            told(&[above()]),
            "By tonnes delivered a has more than base at every decile; +1.50 t (at the 1st, band 1.00 to 2.00), +1.8 t (at the 2nd, band 0.5 to 3.0)"
        );
        assert!(title("tonnes delivered", "t", "base", (&[above(), open()], 13)).contains(" 1 of 2 alternatives shown has more than base"));
        assert!(
            told(&[above(), above()])
                .starts_with("By tonnes delivered both alternatives have more than base at every decile; most a: +1.5")
        );
        // The last decile is not shown to differ, and is not quoted.
        assert_eq!(
            told(&[in_part()]),
            "By tonnes delivered d has less than base at some deciles; −1.50 t (at the 1st, band −2.00 to −1.00)"
        );
        assert_eq!(
            told(&[open()]),
            "By tonnes delivered b is not distinguishable from base at any decile"
        );
        assert_eq!(
            told(&[open(), both(), above(), in_part(), above(), against("e", &[])]),
            "By tonnes delivered 2 of 6 alternatives have more than base at every decile, 1 has less at some deciles, 1 has less at some deciles and \
             more at others, 1 is not distinguishable at any decile, 1 has too few replications to say"
        );
    }
}
