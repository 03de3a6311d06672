//! Colours: Okabe–Ito for classes, viridis for amounts, greys for everything that only helps to read.

/// A colour in sRGB with its opacity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colour {
    /// Red, 0 to 255.
    pub red: u8,
    /// Green, 0 to 255.
    pub green: u8,
    /// Blue, 0 to 255.
    pub blue: u8,
    /// Opacity, 0 (not seen) to 1 (solid).
    pub alpha: f64,
}

/// Text and axes.
pub const INK: Colour = Colour::rgb(0x1d_20_27);
/// Subtitles, tick labels and notes.
pub const MUTED: Colour = Colour::rgb(0x59_63_6e);
/// Grid lines.
pub const GRID: Colour = Colour::rgb(0xe3_e6_ea);
/// Background and halos of labels.
pub const PAPER: Colour = Colour::rgb(0xff_ff_ff);

/// How many classes have a colour of their own.
pub(super) const CLASSES: usize = 8;

/// Okabe and Ito (2008), in the order in which we use them: yellow last, because it is weak on white.
const OKABE_ITO: [u32; CLASSES] = [
    0x00_72_b2, 0xd5_5e_00, 0x00_9e_73, 0xcc_79_a7, 0xe6_9f_00, 0x56_b4_e9, 0x00_00_00, 0xf0_e4_42,
];

/// Nine stations of viridis (van der Walt and Smith 2015), evenly spaced.
const VIRIDIS: [u32; 9] = [
    0x44_01_54, 0x47_2d_7b, 0x3b_52_8b, 0x2c_72_8e, 0x21_91_8c, 0x28_ae_80, 0x5e_c9_62, 0xad_dc_30, 0xfd_e7_25,
];

impl Colour {
    /// A solid colour from `0xRRGGBB`.
    pub const fn rgb(hex: u32) -> Colour {
        Colour {
            red: (hex >> 16) as u8,
            green: (hex >> 8) as u8,
            blue: hex as u8,
            alpha: 1.0,
        }
    }

    /// The colour of the `index`-th class; they come round again after eight.
    pub fn class(index: usize) -> Colour {
        Colour::rgb(OKABE_ITO[index % OKABE_ITO.len()])
    }

    /// The colour of an amount between 0 and 1 on viridis; what lies beyond is held at its end.
    pub fn amount(share: f64) -> Colour {
        let place = share.clamp(0.0, 1.0) * (VIRIDIS.len() - 1) as f64;
        let below = (place.floor() as usize).min(VIRIDIS.len() - 2);
        Colour::rgb(VIRIDIS[below]).mix(Colour::rgb(VIRIDIS[below + 1]), place - below as f64)
    }

    /// The same colour at another opacity.
    #[must_use]
    pub fn with_alpha(self, alpha: f64) -> Colour {
        Colour { alpha, ..self }
    }

    /// A share `t` of `other` and the rest of this one, opacity included.
    #[must_use]
    pub fn mix(self, other: Colour, t: f64) -> Colour {
        let part = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * t).round() as u8;
        Colour {
            red: part(self.red, other.red),
            green: part(self.green, other.green),
            blue: part(self.blue, other.blue),
            alpha: self.alpha + (other.alpha - self.alpha) * t,
        }
    }

    /// The same hue, darkened until it stands out against white by `ratio`, as WCAG 2 reckons it (4.5 for text; 2.2 leaves all of
    /// Okabe and Ito but yellow as they are).
    #[must_use]
    pub fn readable(self, ratio: f64) -> Colour {
        let black = Colour::rgb(0);
        (0..20)
            .map(|step| self.mix(black, f64::from(step) * 0.05))
            .find(|colour| 1.05 / (colour.luminance() + 0.05) >= ratio)
            .unwrap_or(black)
    }

    /// Red, green and blue as shares of light.
    pub(super) fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                libm::pow((share + 0.055) / 1.055, 2.4)
            }
        })
    }

    /// Relative luminance of WCAG 2, 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast of two solid colours as WCAG 2 reckons it, 1 to 21.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The class whose colour this is, as given or darkened by [`Colour::readable`].
    pub(super) fn class_of(self) -> Option<usize> {
        (0..CLASSES).find(|class| DARKENED.iter().any(|ratio| Colour::class(*class).readable(*ratio) == self))
    }

    /// The share whose [`Colour::amount`] this is.
    pub(super) fn amount_of(self) -> Option<f64> {
        let channels = |colour: Colour| [colour.red, colour.green, colour.blue].map(f64::from);
        let (own, parts) = (channels(self), VIRIDIS.len() - 1);
        (0..parts).find_map(|part| {
            let [from, to] = [part, part + 1].map(|k| channels(Colour::rgb(VIRIDIS[k])));
            let along: [f64; 3] = std::array::from_fn(|k| to[k] - from[k]);
            let dot: f64 = (0..3).map(|k| (own[k] - from[k]) * along[k]).sum();
            let t = (dot / along.iter().map(|step| step * step).sum::<f64>()).clamp(0.0, 1.0);
            // Rounding moves a channel by half a step.
            let near = (0..3).all(|k| (from[k] + along[k] * t - own[k]).abs() <= 1.0);
            near.then_some((part as f64 + t) / parts as f64)
        })
    }

    /// Lightness, and the two axes of hue (`OKLab`, Ottosson 2020).
    pub(super) fn oklab(self) -> [f64; 3] {
        oklab_of(self.linear())
    }

    /// The colour of a place in `OKLab`, drawn in to the greys as far as screens need it.
    pub(super) fn from_oklab([lightness, a, b]: [f64; 3]) -> Colour {
        let light = |chroma: f64| -> [f64; 3] {
            let (a, b) = (a * chroma, b * chroma);
            let [l, m, s] = [
                lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b,
                lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b,
                lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b,
            ]
            .map(|root| root * root * root);
            [
                4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
                -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
                -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
            ]
        };
        let can_be_shown = |chroma: &f64| light(*chroma).iter().all(|part| (-1e-6..=1.0 + 1e-6).contains(part));
        let chroma = (0..=50).map(|step| 1.0 - f64::from(step) * 0.02).find(can_be_shown).unwrap_or(0.0);
        let [red, green, blue] = light(chroma).map(|part| (encoded(part.clamp(0.0, 1.0)) * 255.0).round() as u8);
        Colour {
            red,
            green,
            blue,
            alpha: 1.0,
        }
    }

    /// The grey of the same luminance, as a channel of sRGB.
    pub(super) fn grey_level(self) -> u8 {
        (encoded(self.luminance()) * 255.0).round() as u8
    }

    /// The name by which a page can change it: `--c-0072b2`.
    pub fn variable(self) -> String {
        format!("--c-{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// `#rrggbb`, without the opacity.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The contrasts with white to which charts darken the colours of classes.
const DARKENED: [f64; 4] = [1.0, 2.2, 3.0, 4.5];

/// A share of light as a share of a channel of sRGB.
fn encoded(linear: f64) -> f64 {
    if linear <= 0.003_130_8 {
        12.92 * linear
    } else {
        1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
    }
}

/// `OKLab` of shares of light.
pub(super) fn oklab_of([red, green, blue]: [f64; 3]) -> [f64; 3] {
    let [l, m, s] = [
        0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue,
        0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue,
        0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue,
    ]
    .map(libm::cbrt);
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_can_be_told_from_white_and_from_the_others() {
        for i in 0..8 {
            let line = Colour::class(i).readable(2.2);
            assert!(1.05 / (line.luminance() + 0.05) >= 2.2, "{line:?}");
            for j in 0..i {
                assert_ne!(line, Colour::class(j).readable(2.2));
            }
        }
    }

    #[test]
    fn viridis_runs_from_purple_to_yellow_through_teal() {
        let stations: Vec<String> = [-1.0, 0.0, 0.5, 1.0, 2.0].map(|t| Colour::amount(t).hex()).to_vec();
        assert_eq!(stations, ["#440154", "#440154", "#21918c", "#fde725", "#fde725"]);
    }

    #[test]
    fn classes_and_amounts_are_known_by_their_colours() {
        for class in 0..CLASSES {
            assert_eq!(Colour::class(class).readable(2.2).class_of(), Some(class));
        }
        for k in 0..=63 {
            let share = f64::from(k) / 63.0;
            let found = Colour::amount(share).amount_of().expect("a colour of viridis");
            assert!((found - share).abs() < 0.01, "{share}: {found}");
        }
        for other in [INK, MUTED, GRID, PAPER, Colour::rgb(0xb9_d3_e6)] {
            assert!(other.class_of().is_none() && other.amount_of().is_none(), "{other:?}");
        }
    }

    #[test]
    fn oklab_there_and_back_gives_the_same_colour() {
        for hex in [0x00_72_b2, 0xd5_5e_00, 0xf0_e4_42, 0x00_00_00, 0xff_ff_ff, 0x59_63_6e] {
            assert_eq!(Colour::from_oklab(Colour::rgb(hex).oklab()).hex(), Colour::rgb(hex).hex());
        }
    }

    #[test]
    fn a_mix_lies_between_its_parts() {
        assert_eq!(Colour::rgb(0).mix(PAPER, 0.5).hex(), "#808080");
    }
}
