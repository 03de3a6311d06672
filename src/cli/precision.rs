//! A precision: from the options and the study to what is asked for, and in words.

use serde_json::{Value, json};

use super::arguments::Until;
use super::failure::Failure;
use super::numbers::{decimals, fixed, percent, whole};
use crate::experiment::{Aim, AimReached, Outcome, Precision};
use crate::stats::{Target, Width};

/// What the options ask for beside a study, and what it takes from elsewhere.
pub(super) struct Options<'a> {
    pub(super) until: &'a Until,
    pub(super) max: Option<u32>,
    pub(super) confidence: Option<f64>,
    /// Confidence where no option and no precision of a study says.
    pub(super) usual_confidence: f64,
}

/// The precision to reach: every number of every response that the options name; what they leave open is the study's, else the mean
/// of tonnes delivered. None where neither asks for one.
pub(super) fn asked(given: &Options, study: Option<&Precision>) -> Result<Option<Precision>, Failure> {
    let Until { precision, response, of } = given.until;
    for (option, twice) in [("--response", twice(response)), ("--of", twice(of).map(|of| of.to_string()))] {
        if let Some(twice) = twice {
            return Err(Failure::Usage(format!("`{option}` names `{twice}` twice")));
        }
    }
    let named: Vec<&str> = [("--response", !response.is_empty()), ("--of", !of.is_empty())]
        .into_iter()
        .filter_map(|(option, given)| given.then_some(option))
        .collect();
    let aims = match (precision, study) {
        (None, None) => {
            let max = given.max.map(|_| "--max-replications");
            return match named.into_iter().chain(max).next() {
                Some(option) => Err(Failure::Usage(format!("`{option}` needs `--precision`, such as --precision 2%"))),
                None => Ok(None),
            };
        }
        (None, Some(study)) if named.is_empty() => study.aims.clone(),
        (None, Some(study)) if study.aims.len() > 1 => {
            return Err(Failure::Usage(format!(
                "`{}` needs `--precision`, since the study asks for several precisions",
                named[0]
            )));
        }
        (width, study) => {
            let usual = || Aim {
                confidence: given.usual_confidence,
                ..Aim::new(Width::Relative(0.0))
            };
            let of_study = study.map(|study| &study.aims).filter(|aims| aims.len() == 1);
            let one = of_study.map_or_else(usual, |aims| aims[0].clone());
            product(&one, *width, response, of)
        }
    };
    let aim = |aim: Aim| Aim {
        confidence: given.confidence.unwrap_or(aim.confidence),
        ..aim
    };
    let most = study.map_or(crate::experiment::MOST_REPLICATIONS, |study| study.max);
    Ok(Some(Precision {
        aims: aims.into_iter().map(aim).collect(),
        max: given.max.unwrap_or(most),
    }))
}

/// What a list has twice.
fn twice<T: PartialEq + Clone>(list: &[T]) -> Option<T> {
    list.iter()
        .enumerate()
        .find(|(i, one)| list[..*i].contains(one))
        .map(|(_, one)| one.clone())
}

/// An aim for every number of every response; those of `usual` where none is named.
fn product(usual: &Aim, width: Option<Width>, responses: &[String], of: &[Target]) -> Vec<Aim> {
    let responses = if responses.is_empty() {
        std::slice::from_ref(&usual.response)
    } else {
        responses
    };
    let of = if of.is_empty() { std::slice::from_ref(&usual.of) } else { of };
    let of_response = |response: &String| {
        let aim = |of: &Target| Aim {
            response: response.clone(),
            of: *of,
            width: width.unwrap_or(usual.width),
            confidence: usual.confidence,
        };
        of.iter().map(aim).collect::<Vec<_>>()
    };
    responses.iter().flat_map(of_response).collect()
}

/// What is to be reached, as after *until*.
pub(super) fn wanted(precision: &Precision) -> String {
    let aim = |aim: &Aim| {
        let (width, where_) = match (aim.width, aim.of) {
            (Width::Relative(share), Target::Difference) => (percent(share, 2) + " of its mean", ""),
            (Width::Relative(share), _) => (percent(share, 2), " in each alternative"),
            (Width::Absolute(amount), Target::Difference) => (amount.to_string(), ""),
            (Width::Absolute(amount), _) => (amount.to_string(), " in each alternative"),
        };
        let from = if aim.of == Target::Difference { " from the reference" } else { "" };
        format!(
            "{} of `{}`{from} is known to ±{width} at {} confidence{where_}",
            number(&aim.of.to_string()),
            aim.response,
            percent(aim.confidence, 0),
        )
    };
    let aims: Vec<String> = precision.aims.iter().map(aim).collect();
    format!("until {}, at most {}", aims.join(" and "), whole(f64::from(precision.max)))
}

/// What is to be reached, for programs.
pub(super) fn as_json(precision: &Precision) -> Value {
    let aim = |aim: &Aim| {
        let (key, width) = match aim.width {
            Width::Relative(share) => ("relative", share),
            Width::Absolute(amount) => ("absolute", amount),
        };
        json!({ "response": aim.response, "of": aim.of.to_string(), key: width, "confidence": aim.confidence })
    };
    json!({ "aims": precision.aims.iter().map(aim).collect::<Vec<_>>(), "max": precision.max })
}

/// `the mean`, `the 5 % quantile`, by the word for it.
fn number(of: &str) -> String {
    match of.strip_prefix('p').map(|percent| percent.trim_start_matches('0')) {
        Some(percent) if percent.starts_with('.') => format!("the 0{percent} % quantile"),
        Some(percent) => format!("the {percent} % quantile"),
        None => format!("the {of}"),
    }
}

/// How far each aim was reached, in a sentence each.
pub(super) fn sentences(outcome: &Outcome) -> Vec<String> {
    let unit = |response: &str| {
        let mut rows = outcome.alternatives.iter().flat_map(|result| &result.summary);
        rows.find(|row| row.response.name == response)
            .map_or("", |row| row.response.unit.as_str())
    };
    let reached = outcome.precision.iter().flat_map(|precision| &precision.aims);
    reached
        .map(|aim| sentence(aim, unit(&aim.response), outcome.alternatives.len()))
        .collect()
}

fn sentence(aim: &AimReached, unit: &str, alternatives: usize) -> String {
    let mut what = format!("{} of `{}`", number(&aim.of), aim.response);
    what.replace_range(..1, "T");
    let judged = alternatives - usize::from(aim.reference.is_some());
    let mut whose = String::new();
    if let Some(reference) = &aim.reference {
        what.push_str(&format!(" from `{reference}`"));
        if aim.relative.is_some() {
            whose.push_str(" of the mean there");
        }
    }
    if judged > 1 {
        whose.push_str(&format!(" or better (widest in `{}`)", aim.widest));
    }
    let confidence = percent(aim.confidence, 0);
    match aim.half_width {
        Some(half) => format!(
            "{what} is known to ±{}{whose} at {confidence} confidence, {}.",
            width(aim, half, unit),
            verdict(aim, half, unit)
        ),
        None => format!(
            "{what} is not known at {confidence} confidence: in `{}` {}.",
            aim.widest,
            if aim.relative.is_some() {
                "there are too few replications for an interval, or what the width is a share of is 0"
            } else {
                "there are too few replications for an interval"
            }
        ),
    }
}

fn verdict(aim: &AimReached, half: f64, unit: &str) -> String {
    let asked = width(aim, aim.relative.or(aim.absolute).unwrap_or(f64::NAN), unit);
    let is_narrow = match (aim.relative, aim.absolute) {
        (Some(share), _) if aim.reference.is_none() => half <= share / (1.0 + share),
        (Some(greatest), _) | (_, Some(greatest)) => half <= greatest,
        _ => false,
    };
    match (aim.reached, is_narrow) {
        (true, _) => format!("as asked (±{asked})"),
        (false, true) => format!("as asked (±{asked}), but not for so many replications that it is sure to stay so"),
        (false, false) => format!("less than asked (±{asked})"),
    }
}

/// A half-width in the terms in which it was asked for.
fn width(aim: &AimReached, half: f64, unit: &str) -> String {
    match aim.absolute {
        None => percent(half, 2),
        Some(_) => format!("{} {unit}", fixed(half, decimals(half, half, 6))).trim_end().to_owned(),
    }
}

/// How far a run is, for its progress.
pub(super) fn so_far(furthest: &AimReached, replications: u32) -> String {
    let known = furthest.half_width.map_or_else(
        || "not known yet".to_owned(),
        |half| format!("known to ±{}", width(furthest, half, "")),
    );
    format!(
        "{} of {} {known} after {}",
        furthest.of,
        furthest.response,
        whole(f64::from(replications))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(of: Target, width: Width, half_width: Option<f64>, reached: bool) -> AimReached {
        let (relative, absolute) = match width {
            Width::Relative(share) => (Some(share), None),
            Width::Absolute(amount) => (None, Some(amount)),
        };
        AimReached {
            response: "delivered_tonnes".to_owned(),
            of: of.to_string(),
            relative,
            absolute,
            confidence: 0.95,
            half_width,
            widest: "late".to_owned(),
            reference: (of == Target::Difference).then(|| "as-it-is".to_owned()),
            reached,
        }
    }

    #[test]
    fn a_sentence_tells_what_is_known_how_well_and_whether_that_was_asked() {
        let told = |aim, alternatives| sentence(&aim, "t", alternatives);
        assert_eq!(
            told(reached(Target::Mean, Width::Relative(0.02), Some(0.0187), true), 1),
            "The mean of `delivered_tonnes` is known to ±1.87 % at 95 % confidence, as asked (±2.00 %)."
        );
        assert_eq!(
            told(reached(Target::Quantile(0.05), Width::Absolute(500.0), Some(731.4), false), 3),
            "The 5 % quantile of `delivered_tonnes` is known to ±731 t or better (widest in `late`) at 95 % confidence, less than asked (±500 t)."
        );
        assert_eq!(
            told(reached(Target::Difference, Width::Relative(0.01), Some(0.0099), true), 2),
            "The difference of `delivered_tonnes` from `as-it-is` is known to ±0.99 % of the mean there at 95 % confidence, as asked (±1.00 %)."
        );
        let open = told(reached(Target::Quantile(0.5), Width::Absolute(5.0), None, false), 1);
        assert!(
            open.starts_with("The median of `delivered_tonnes` is not known") && open.ends_with("too few replications for an interval.")
        );
        let short = told(reached(Target::Mean, Width::Relative(0.02), Some(0.01), false), 1);
        assert!(short.contains("but not for so many replications"), "{short}");
    }

    #[test]
    fn options_are_multiplied_and_take_the_rest_from_the_study() {
        let until = |precision, response: &[&str], of: &[Target]| Until {
            precision,
            response: response.iter().map(|name| (*name).to_owned()).collect(),
            of: of.to_vec(),
        };
        let asked = |until: &Until, study: Option<&Precision>| {
            let given = Options {
                until,
                max: None,
                confidence: None,
                usual_confidence: 0.9,
            };
            asked(&given, study)
        };
        let width = Width::Absolute(3.0);
        let four = until(Some(width), &["a", "b"], &[Target::Mean, Target::Quantile(0.05)]);
        let four = asked(&four, None).unwrap().unwrap();
        let names: Vec<String> = four.aims.iter().map(|aim| format!("{} {}", aim.of, aim.response)).collect();
        assert_eq!(names, ["mean a", "p05 a", "mean b", "p05 b"]);
        assert!(
            four.aims
                .iter()
                .all(|aim| aim.width == width && (aim.confidence - 0.9).abs() < 1e-12)
        );

        let mut study = Precision::of(Aim {
            of: Target::Difference,
            ..Aim::new(width)
        });
        let one = asked(&until(None, &["a"], &[]), Some(&study)).unwrap().unwrap();
        assert_eq!(
            (one.aims[0].response.as_str(), one.aims[0].of, one.aims[0].width),
            ("a", Target::Difference, width)
        );
        study.aims.push(Aim::new(width));
        assert_eq!(asked(&until(None, &[], &[]), Some(&study)).unwrap(), Some(study.clone()));
        assert!(
            asked(&until(None, &["a"], &[]), Some(&study))
                .unwrap_err()
                .to_string()
                .contains("`--response` needs `--precision`")
        );
        assert!(
            asked(&until(None, &[], &[Target::Mean]), None)
                .unwrap_err()
                .to_string()
                .contains("`--of` needs `--precision`")
        );
        assert_eq!(asked(&until(None, &[], &[]), None).unwrap(), None);
    }

    #[test]
    fn what_a_study_wants_is_told_in_full() {
        let precision = Precision {
            aims: vec![
                Aim::new(Width::Relative(0.01)),
                Aim {
                    of: Target::Difference,
                    ..Aim::new(Width::Absolute(500.0))
                },
            ],
            max: 2000,
        };
        assert_eq!(
            wanted(&precision),
            "until the mean of `delivered_tonnes` is known to ±1.00 % at 95 % confidence in each alternative and the difference of \
             `delivered_tonnes` from the reference is known to ±500 at 95 % confidence, at most 2,000"
        );
    }
}
