//! The need that deliveries are held against, and what may be said of it.

use super::super::failure::Failure;
use super::super::numbers::{decimals, fixed};
use super::Easel;
use super::source::Alternative;
use crate::stats::{self, Estimate};

/// The need of the goods that have one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Need {
    /// The goods that have a need, where others come too that have none; empty where all have one.
    pub(super) goods: Vec<String>,
    pub(super) tonnes_per_day: f64,
    /// Whether it is the sum of several kinds of goods.
    pub(super) several: bool,
}

impl Need {
    /// The need, where all alternatives state the same for the same goods.
    pub(super) fn of(alternatives: &[Alternative]) -> Option<Need> {
        let stated = |alternative: &Alternative| -> Vec<(String, f64)> {
            let cargos = alternative.loaded.scenario.cargos.iter();
            let needed = cargos.filter_map(|cargo| Some((cargo.name.clone(), cargo.need_tonnes_per_day.filter(|need| *need > 0.0)?)));
            needed.collect()
        };
        let first = stated(alternatives.first()?);
        let alike = |other: &[(String, f64)]| {
            let pairs = first.iter().zip(other);
            other.len() == first.len() && pairs.into_iter().all(|(a, b)| a.0 == b.0 && (a.1 - b.1).abs() < 1e-9)
        };
        if first.is_empty() || !alternatives.iter().all(|alternative| alike(&stated(alternative))) {
            return None;
        }
        let all = (alternatives.iter()).all(|alternative| alternative.loaded.scenario.cargos.len() == first.len());
        Some(Need {
            tonnes_per_day: first.iter().map(|(_, need)| need).sum(),
            several: first.len() > 1,
            goods: if all {
                Vec::new()
            } else {
                first.into_iter().map(|(name, _)| name).collect()
            },
        })
    }

    /// What it is called beside its line.
    pub(super) fn label(&self) -> String {
        format!("need{}", of_goods(&self.goods))
    }

    /// How often it was not met, of one alternative: the response `days_below_need`, a mean over replications; None where the result does not have it.
    pub(super) fn missed(&self, easel: &Easel, alternative: &Alternative) -> Result<Option<Missed>, Failure> {
        const RESPONSE: &str = "days_below_need";
        let table = "replications";
        if !easel.folder().has(table) || easel.folder().describe(table)?.position(RESPONSE).is_none() {
            return Ok(None);
        }
        let shares = easel.folder().column(table, RESPONSE, &alternative.name)?;
        let mean = stats::mean_interval(&shares, easel.folder().manifest().confidence).within((0.0, 1.0));
        let window = alternative.loaded.scenario.need_window.as_days().round().max(1.0);
        Ok((!mean.mean.is_nan()).then_some(Missed {
            share: mean.into(),
            window: window as usize,
            several: self.several,
        }))
    }
}

/// " of food", " of food and medical", " of 4 kinds of goods"; nothing for all.
pub(super) fn of_goods(goods: &[String]) -> String {
    match goods {
        [] => String::new(),
        [one] => format!(" of {one}"),
        [one, other] => format!(" of {one} and {other}"),
        many => format!(" of {} kinds of goods", many.len()),
    }
}

/// The share of days at whose end the deliveries of a window of days did not cover the need of that window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Missed {
    /// A mean over replications.
    pub(super) share: Estimate,
    /// Days of the window.
    pub(super) window: usize,
    /// Whether one of several kinds of goods is enough for a day to be below.
    pub(super) several: bool,
}

impl Missed {
    /// In words, with the interval in brackets: "on 80 % of the days (78 to 82 %) the last 7 brought less of some goods than needed".
    pub(super) fn in_words(self) -> String {
        let some = if self.several { " of some goods" } else { "" };
        match (self.often(), self.window) {
            (Often::Never, _) => format!("never less{some} than needed{}", self.over()),
            (_, 1) => format!("{} less{some} than needed", self.days()),
            (_, window) => format!("{} the last {window} brought less{some} than needed", self.days()),
        }
    }

    fn over(self) -> String {
        match self.window {
            1 => String::new(),
            window => format!(" in {window} days"),
        }
    }

    fn often(self) -> Often {
        match self.share.value {
            none if none <= 0.0 => Often::Never,
            all if all >= 1.0 => Often::Always,
            _ => Often::Sometimes,
        }
    }

    /// On how many days.
    fn days(self) -> String {
        match self.often() {
            Often::Never => return "on no day".to_owned(),
            Often::Always => return "on every day".to_owned(),
            Often::Sometimes => {}
        }
        let Estimate { value, lower, upper } = self.share.times(100.0);
        let half = if self.has_interval() { (upper - lower) / 2.0 } else { f64::NAN };
        // Nearly all is not all, and hardly any not none.
        let is_told_as_whole = |digits: usize| {
            [0, 100]
                .iter()
                .any(|whole| fixed(value, digits) == fixed(f64::from(*whole), digits))
        };
        let least = if half.is_nan() { 0 } else { decimals(value, half, 1) };
        let digits = (least..4).find(|digits| !is_told_as_whole(*digits)).unwrap_or(4);
        let [value, lower, upper] = [value, lower, upper].map(|percent| fixed(percent, digits));
        if half.is_nan() {
            format!("on {value} % of the days")
        } else {
            format!("on {value} % of the days ({lower} to {upper} %)")
        }
    }

    /// Whether an interval stands in brackets behind the share.
    pub(super) fn has_interval(self) -> bool {
        matches!(self.often(), Often::Sometimes) && self.share.upper > self.share.lower
    }
}

enum Often {
    Never,
    Sometimes,
    Always,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(share: f64, half: f64, window: usize, several: bool) -> Missed {
        let share = Estimate {
            value: share,
            lower: share - half,
            upper: share + half,
        };
        Missed { share, window, several }
    }

    #[test]
    fn what_is_said_of_the_need_names_the_window_over_which_it_is_held() {
        assert_eq!(
            missed(0.8, 0.02, 7, false).in_words(),
            "on 80.0 % of the days (78.0 to 82.0 %) the last 7 brought less than needed"
        );
        assert_eq!(missed(0.8, f64::NAN, 1, false).in_words(), "on 80 % of the days less than needed");
        assert_eq!(
            missed(1.0, 0.0, 7, true).in_words(),
            "on every day the last 7 brought less of some goods than needed"
        );
        assert_eq!(missed(0.0, 0.0, 7, false).in_words(), "never less than needed in 7 days");
    }

    #[test]
    fn nearly_every_day_is_not_every_day() {
        assert_eq!(missed(0.9999, 0.0, 1, false).in_words(), "on 99.99 % of the days less than needed");
        assert_eq!(missed(0.0001, 0.0, 1, false).in_words(), "on 0.01 % of the days less than needed");
        assert_eq!(
            missed(0.9996, 0.0003, 1, false).in_words(),
            "on 99.96 % of the days (99.93 to 99.99 %) less than needed"
        );
    }

    #[test]
    fn goods_are_named_where_others_come_too() {
        let goods = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
        assert_eq!(of_goods(&[]), "");
        assert_eq!(of_goods(&goods(&["food"])), " of food");
        assert_eq!(of_goods(&goods(&["food", "wash", "fuel"])), " of 3 kinds of goods");
    }
}
