//! Numbers for readers: nice ticks (1, 2 or 5 times a power of ten), thousands separated, large units named once beside the axis.

/// Ticks of an axis, evenly spaced.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// Where they stand, ascending.
    pub(super) values: Vec<f64>,
    /// Decimals that all of them need.
    pub(super) decimals: usize,
    /// From one to the next.
    pub(super) step: f64,
}

/// Ten to a whole power, exactly rounded and the same on every machine.
fn ten_to(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::NAN)
}

/// The power of ten at or below a positive value.
fn decade(value: f64) -> i32 {
    let guess = libm::floor(libm::log10(value)) as i32;
    if value >= ten_to(guess + 1) { guess + 1 } else { guess }
}

/// The least step of 1, 2 or 5 times a power of ten that cuts `span` into at most `most` parts: (mantissa, exponent).
pub(super) fn nice_step(span: f64, most: usize) -> (f64, i32) {
    let raw = span / most.max(1) as f64;
    let exponent = decade(raw);
    let mantissa = raw / ten_to(exponent);
    [1.0, 2.0, 5.0]
        .into_iter()
        .find(|&nice| mantissa <= nice * (1.0 + 1e-9))
        .map_or((1.0, exponent + 1), |nice| (nice, exponent))
}

/// The value of a step.
pub(super) fn step_value((mantissa, exponent): (f64, i32)) -> f64 {
    multiple(1.0, mantissa, exponent)
}

fn multiple(count: f64, mantissa: f64, exponent: i32) -> f64 {
    if exponent < 0 {
        count * mantissa / ten_to(-exponent)
    } else {
        count * mantissa * ten_to(exponent)
    }
}

/// Nice ticks within a range, at most `most` steps apart in all. The range must be ascending and finite.
pub(super) fn ticks(range: (f64, f64), most: usize) -> Ticks {
    let (mantissa, exponent) = nice_step(range.1 - range.0, most);
    let step = step_value((mantissa, exponent));
    let (first, last) = ((range.0 / step - 1e-6).ceil() as i64, (range.1 / step + 1e-6).floor() as i64);
    Ticks {
        values: (first..=last.min(first + 100))
            .map(|k| multiple(k as f64, mantissa, exponent))
            .collect(),
        decimals: usize::try_from(-exponent).unwrap_or(0),
        step,
    }
}

/// A number with so many decimals, commas between thousands and a true minus.
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('\u{2212}');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A whole number with commas between thousands.
pub fn counted(count: usize) -> String {
    grouped(count as f64, 0)
}

/// How the values of one axis are written: divided by `factor`, with `decimals`, in `unit`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measure {
    /// What values are divided by before they are written.
    pub(super) factor: f64,
    /// Decimals of a value (ticks have their own).
    pub(super) decimals: usize,
    /// Unit with the word of the factor: "million t"; may be empty.
    pub(super) unit: String,
}

impl Measure {
    /// For values within a range: the largest of thousand-millions, millions or ones whose ticks need no more than two decimals, and
    /// decimals that tell a two-hundredth of the range.
    pub(super) fn of(range: (f64, f64), unit: &str) -> Measure {
        let greatest = range.0.abs().max(range.1.abs());
        let span = (range.1 - range.0).max(greatest * 1e-12);
        let step = step_value(nice_step(span, 6));
        let (factor, word) = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")]
            .into_iter()
            .find(|(factor, _)| greatest >= *factor && step / factor >= 0.0099)
            .unwrap_or((1.0, ""));
        let (factor, word) = match factor {
            _ if greatest >= 1e15 || (greatest > 0.0 && greatest < 1e-4) => {
                let exponent = decade(greatest);
                (ten_to(exponent), format!("10{}", superscript(exponent)))
            }
            _ => (factor, word.to_owned()),
        };
        Measure {
            factor,
            decimals: usize::try_from(-decade(span / factor / 200.0)).unwrap_or(0).min(12),
            unit: [word.as_str(), unit]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    /// The same with as few decimals as tell this value.
    pub(super) fn exact(self, value: f64) -> Measure {
        let shown = value / self.factor;
        let decimals = (0..9).find(|&d| {
            (grouped(shown, d).replace(',', "").replace('\u{2212}', "-").parse::<f64>())
                .is_ok_and(|v| (v - shown).abs() <= shown.abs() * 1e-9)
        });
        Measure {
            decimals: decimals.unwrap_or(self.decimals),
            ..self
        }
    }

    /// The same with as many decimals more, at most three, as keep the two numbers of each pair apart that are not the same.
    pub(super) fn telling(mut self, pairs: impl Iterator<Item = (f64, f64)>) -> Measure {
        let differ = |(a, b): &(f64, f64)| (a - b).is_finite() && (a - b).abs() > 0.0;
        let pairs: Vec<(f64, f64)> = pairs.filter(differ).collect();
        let most = (self.decimals + 3).min(12);
        while self.decimals < most && pairs.iter().any(|(a, b)| self.bare(*a) == self.bare(*b)) {
            self.decimals += 1;
        }
        self
    }

    /// A value of the axis, without its unit.
    pub(super) fn bare(&self, value: f64) -> String {
        grouped(value / self.factor, self.decimals)
    }

    /// A value of the axis with its unit.
    pub(super) fn full(&self, value: f64) -> String {
        self.with_unit(&self.bare(value))
    }

    /// A written number followed by the unit.
    pub(super) fn with_unit(&self, number: &str) -> String {
        if self.unit.is_empty() {
            number.to_owned()
        } else {
            format!("{number}\u{a0}{}", self.unit)
        }
    }

    /// The title of an axis: the quantity and, in brackets, its unit.
    pub(super) fn axis_title(&self, quantity: &str) -> String {
        if self.unit.is_empty() {
            quantity.to_owned()
        } else {
            format!("{quantity} ({})", self.unit)
        }
    }

    /// Ticks of a range, with what each says.
    pub(super) fn ticks(&self, range: (f64, f64), most: usize) -> Vec<(f64, String)> {
        let ticks = ticks((range.0 / self.factor, range.1 / self.factor), most);
        ticks
            .values
            .iter()
            .map(|&value| (value * self.factor, grouped(value, ticks.decimals)))
            .collect()
    }
}

fn superscript(exponent: i32) -> String {
    exponent
        .to_string()
        .chars()
        .map(|c| match c {
            '-' => '⁻',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' => '⁰',
            digit => char::from_u32(0x2070 + (digit as u32 - 0x30)).unwrap_or(digit),
        })
        .collect()
}

/// A range which holds all the values with some air, starts at 0 where they are nowhere negative and come near it, and has a width even where all are equal.
pub(super) fn roomy(low: f64, high: f64) -> (f64, f64) {
    if low > high || !low.is_finite() || !high.is_finite() {
        return (0.0, 1.0);
    }
    let size = low.abs().max(high.abs());
    if high - low <= size * 1e-9 {
        return if size > 0.0 {
            (low - size * 0.05, high + size * 0.05)
        } else {
            (0.0, 1.0)
        };
    }
    let air = (high - low) * 0.05;
    let start = if low >= 0.0 && low <= (high - low) * 0.5 { 0.0 } else { low - air };
    (start, high + air)
}

/// [`roomy`] of those of the values that are numbers.
pub(super) fn holding(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
    roomy(ends.0, ends.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_nice_and_say_what_they_are() {
        let ticks = |range, most| {
            let ticks = super::ticks(range, most);
            ticks.values.iter().map(|&v| grouped(v, ticks.decimals)).collect::<Vec<_>>()
        };
        assert_eq!(ticks((0.0, 24.0), 5), ["0", "5", "10", "15", "20"]);
        assert_eq!(ticks((-0.13, 0.31), 5), ["−0.1", "0.0", "0.1", "0.2", "0.3"]);
        assert_eq!(ticks((0.0, 137_000.0), 4), ["0", "50,000", "100,000"]);
        assert_eq!(ticks((0.0, 1e-7), 2), ["0.00000000", "0.00000005", "0.00000010"]);
    }

    #[test]
    fn thousands_have_commas_and_nothing_is_minus_zero() {
        assert_eq!(
            [0.0, 999.0, 1000.0, -1_234_567.0, -0.4].map(|v| grouped(v, 0)),
            ["0", "999", "1,000", "−1,234,567", "0"]
        );
        assert_eq!(grouped(-12_345.678, 2), "−12,345.68");
    }

    #[test]
    fn numbers_that_are_to_differ_get_digits_but_no_more_than_three() {
        let measure = |pairs: &[(f64, f64)]| Measure::of((0.0, 1000.0), "t").telling(pairs.iter().copied()).decimals;
        assert_eq!(measure(&[(58.0, 158.0), (58.0, 58.0), (f64::NAN, 1.0)]), 0);
        assert_eq!(measure(&[(58.01, 58.04)]), 2);
        assert_eq!(measure(&[(58.0, 58.000_001)]), 3);
    }

    #[test]
    fn large_units_are_named_once_and_close_values_stay_apart() {
        assert_eq!(Measure::of((0.0, 3e9), "t").unit, "billion t");
        assert_eq!(Measure::of((0.0, 900_000.0), "t").unit, "t");
        let close = Measure::of((1e9, 1e9 + 1.0), "t");
        assert_eq!((close.unit.as_str(), close.bare(1e9 + 0.25).as_str()), ("t", "1,000,000,000.250"));
        assert_eq!(Measure::of((0.0, 3e-7), "t").unit, "10⁻⁷ t");
    }

    #[test]
    fn a_range_has_a_width_whatever_it_is_given() {
        for (low, high) in [(0.0, 0.0), (5.0, 5.0), (-2.0, -2.0), (1e9, 1e9), (f64::NAN, 1.0), (3.0, 1.0)] {
            let (start, end) = roomy(low, high);
            assert!(start < end, "{low} {high}: {start} {end}");
        }
        assert!(roomy(1.0, 10.0).0.abs() < 1e-12 && roomy(90.0, 100.0).0 > 80.0);
    }
}
