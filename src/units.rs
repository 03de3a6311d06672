//! Quantities with their unit in the type: rates, tonnes a day, probabilities.

use std::fmt;

/// Events per unit of time.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate {
    /// Events an hour, at least 0 and finite.
    pub per_hour: f64,
}

/// Units of time of a rate: name, how many an hour has, how many hours one has (one of the two is 1, so that nothing is rounded twice).
const PER: [(&str, f64, f64); 6] = [
    ("h", 1.0, 1.0),
    ("d", 1.0, 24.0),
    ("w", 1.0, 168.0),
    ("min", 60.0, 1.0),
    ("s", 3600.0, 1.0),
    ("sec", 3600.0, 1.0),
];

impl Rate {
    /// Reads `1.5/h`, `0.08/d`, `2/min`, `3/w`, `0.1/s`.
    ///
    /// # Errors
    /// A sentence that lists the units: for a bare number, an unknown unit, a negative number.
    pub fn parse(text: &str) -> Result<Rate, String> {
        let refused = |why: &str| {
            Err(format!(
                "expected a rate such as `1.5/h` (/s, /min, /h, /d, /w), found `{text}`{why}"
            ))
        };
        let Some((number, unit)) = text.split_once('/') else {
            return refused(if decimal(text.trim()).is_some() { " without a unit" } else { "" });
        };
        let Some(number) = decimal(number.trim()) else {
            return refused("");
        };
        if number < 0.0 {
            return refused(", which is negative");
        }
        match PER.iter().find(|(name, ..)| *name == unit.trim()) {
            Some((_, an_hour_has, hours)) => Ok(Rate {
                per_hour: number * an_hour_has / hours,
            }),
            None => refused(&format!(", whose unit `{}` is unknown", unit.trim())),
        }
    }
}

/// An hour if that is short to say, else in the unit that says it in the fewest characters; it reads back exactly (`0.08/d`, `1.5/h`).
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHORT: usize = "0.125/h".len();
        let mut shortest = format!("{}/h", self.per_hour);
        if shortest.len() > SHORT {
            for (name, an_hour_has, hours) in &PER[1..5] {
                let text = format!("{}/{name}", self.per_hour * hours / an_hour_has);
                if text.len() < shortest.len() && Rate::parse(&text) == Ok(*self) {
                    shortest = text;
                }
            }
        }
        f.write_str(&shortest)
    }
}

/// Tonnes a day of 24 hours, at least 0 and finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct DailyTonnes(pub f64);

impl DailyTonnes {
    /// Reads `1400 t/d`, `9800t/w`, `250 kg/d`.
    ///
    /// # Errors
    /// A sentence that lists the units: for a bare number, an unknown unit, a negative number.
    pub fn parse(text: &str) -> Result<DailyTonnes, String> {
        let refused = |why: &str| {
            Err(format!(
                "expected tonnes a day such as `1400 t/d` (t/d, t/w, kg/d, kg/w), found `{text}`{why}"
            ))
        };
        let trimmed = text.trim();
        let (number, unit) = trimmed.split_at(trimmed.find(|c: char| c.is_ascii_alphabetic() || c == '/').unwrap_or(trimmed.len()));
        let Some(number) = decimal(number.trim()) else {
            return refused("");
        };
        if number < 0.0 {
            return refused(", which is negative");
        }
        match unit {
            "t/d" => Ok(DailyTonnes(number)),
            "t/w" => Ok(DailyTonnes(number / 7.0)),
            "kg/d" => Ok(DailyTonnes(number / 1_000.0)),
            "kg/w" => Ok(DailyTonnes(number / 7_000.0)),
            "" => refused(" without a unit"),
            _ => refused(&format!(", whose unit `{unit}` is unknown")),
        }
    }
}

impl fmt::Display for DailyTonnes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} t/d", self.0)
    }
}

/// A probability or share as given, when it lies from 0 to 1.
///
/// # Errors
/// A sentence that says what was found.
pub fn probability(value: f64) -> Result<f64, String> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(format!("expected a number from 0 to 1, found {value}"))
    }
}

/// A finite decimal number; `inf`, `nan` and the like are none.
fn decimal(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E' | b'_'));
    if plain {
        text.replace('_', "").parse::<f64>().ok().filter(|x| x.is_finite())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_per_hour() {
        let close = |text: &str, expected: f64| {
            let found = Rate::parse(text).unwrap().per_hour;
            assert!((found - expected).abs() <= 1e-15 * expected, "{text}: {found}");
        };
        close("1.5/h", 1.5);
        close("0.08/d", 0.08 / 24.0);
        close("2/min", 120.0);
        close("3 / w", 3.0 / 168.0);
        close("0.1/s", 360.0);
        close("0/h", 0.0);
    }

    #[test]
    fn a_rate_is_shown_in_the_unit_that_suits_it() {
        for text in ["1.5/h", "0.08/d", "120/h", "5.7/d", "1/w", "0/h", "0.05/d"] {
            assert_eq!(Rate::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_rate_is_refused_with_the_units_that_fit() {
        let refusal = |text: &str| Rate::parse(text).unwrap_err();
        assert_eq!(
            refusal("12"),
            "expected a rate such as `1.5/h` (/s, /min, /h, /d, /w), found `12` without a unit"
        );
        for text in ["", "/h", "x/h", "1/mo", "-1/h", "nan/h", "inf/h", "1e999/h", "1/h/d"] {
            assert!(refusal(text).contains("/s, /min, /h, /d, /w"), "{text}");
        }
        assert!(refusal("-1/h").ends_with("which is negative"));
    }

    #[test]
    fn needs_are_read_in_tonnes_a_day() {
        let read = |text: &str| DailyTonnes::parse(text).unwrap().0;
        assert!((read("1400 t/d") - 1400.0).abs() < 1e-12);
        assert!((read("9800t/w") - 1400.0).abs() < 1e-12);
        assert!((read("250 kg/d") - 0.25).abs() < 1e-12);
        assert_eq!(DailyTonnes(1400.0).to_string(), "1400 t/d");
    }

    #[test]
    fn what_is_no_need_is_refused_with_the_units_that_fit() {
        for text in ["1400", "t/d", "-3 t/d", "14 t", "14 t/h", ""] {
            assert!(DailyTonnes::parse(text).unwrap_err().contains("t/d, t/w, kg/d"), "{text}");
        }
    }

    #[test]
    fn a_probability_lies_from_0_to_1() {
        assert_eq!(probability(0.25), Ok(0.25));
        assert_eq!(probability(1.5), Err("expected a number from 0 to 1, found 1.5".to_owned()));
        assert!(probability(f64::NAN).is_err());
        assert!(probability(-0.1).is_err());
    }

    proptest::proptest! {
        #[test]
        fn a_rate_reads_back_as_it_was_written(per_hour in 0.0..1e6_f64) {
            let rate = Rate { per_hour };
            proptest::prop_assert_eq!(Rate::parse(&rate.to_string()), Ok(rate));
        }
    }
}
