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

/// Okabe and Ito (2008), in the order in which we use them: yellow last, because it is weak on white.
const OKABE_ITO: [u32; 8] = [
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

    /// Relative luminance of WCAG 2, 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                libm::pow((share + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The grey of the same luminance, as a channel of sRGB.
    pub(super) fn grey_level(self) -> u8 {
        let linear = self.luminance();
        let share = if linear <= 0.003_130_8 {
            12.92 * linear
        } else {
            1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055
        };
        (share * 255.0).round() as u8
    }

    /// `#rrggbb`, without the opacity.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
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
    fn a_mix_lies_between_its_parts() {
        assert_eq!(Colour::rgb(0).mix(PAPER, 0.5).hex(), "#808080");
    }
}
