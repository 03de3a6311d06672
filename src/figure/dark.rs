//! Colours on dark paper: every colour of a scene has one that says the same there.

use super::colour::{CLASSES, Colour, PAPER};

/// Dark paper, that of the report at night.
pub const DARK_PAPER: Colour = Colour::rgb(0x15_17_1b);

/// The classes on dark paper, in their order. Found by a search for the set whose two closest colours lie farthest apart (`OKLab`, Ottosson 2020) for
/// readers with and without colour blindness (Machado, Oliveira and Fernandes 2009), near the hues of Okabe and Ito, each legible as text.
const CLASSES_ON_DARK: [u32; CLASSES] = [
    0x4e_7e_f0, 0xff_57_15, 0x00_b7_84, 0xc0_97_de, 0xdb_be_1e, 0xc4_ce_ff, 0xf4_f4_f4, 0xff_dc_90,
];

/// Lightness of dark paper and of the darkest ink on white, in `OKLab`.
const PAPER_LIGHTNESS: f64 = 0.21;
const INK_LIGHTNESS: f64 = 0.24;
/// Lightness of what is ink on dark paper.
const LIGHTEST: f64 = 0.94;
/// The contrast of text that can be read (WCAG 2, level AA).
const LEGIBLE: f64 = 4.5;
/// What is always legible.
const INK_ON_DARK: Colour = Colour::rgb(0xf4_f4_f4);

impl Colour {
    /// What stands for this colour on [`DARK_PAPER`]: classes have their own, amounts run the other way through viridis, so that the least is the
    /// nearest to the paper in both, and any other keeps its hue and lies as far from the paper in lightness as it did.
    #[must_use]
    pub fn on_dark(self) -> Colour {
        let solid = self.with_alpha(1.0);
        let dark = if solid == PAPER {
            DARK_PAPER
        } else if let Some(class) = solid.class_of() {
            Colour::rgb(CLASSES_ON_DARK[class])
        } else if let Some(share) = solid.amount_of() {
            Colour::amount(1.0 - share)
        } else {
            turned(solid)
        };
        dark.with_alpha(self.alpha)
    }
}

/// The same hue, as far from dark paper in lightness as it was from white, or farther where it would be harder to read.
fn turned(colour: Colour) -> Colour {
    let [lightness, a, b] = colour.oklab();
    let stretch = (LIGHTEST - PAPER_LIGHTNESS) / (1.0 - INK_LIGHTNESS);
    let lightness = PAPER_LIGHTNESS + (1.0 - lightness) * stretch;
    let wanted = colour.contrast(PAPER).min(LEGIBLE);
    let lighter = (0..100).map(|step| Colour::from_oklab([(lightness + f64::from(step) * 0.01).min(1.0), a, b]));
    lighter
        .into_iter()
        .find(|dark| dark.contrast(DARK_PAPER) >= wanted)
        .unwrap_or(INK_ON_DARK)
}

#[cfg(test)]
mod tests {
    use super::super::colour::{GRID, INK, MUTED};
    use super::*;

    /// What readers without red, green or blue cones see (Machado and others 2009, severity 1), in linear light.
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn contrast(colour: Colour) -> f64 {
        colour.contrast(DARK_PAPER)
    }

    /// How far apart two colours lie for the reader who tells them apart least.
    fn apart(one: Colour, other: Colour) -> f64 {
        let seen = |colour: Colour, by: Option<&[[f64; 3]; 3]>| {
            let light = colour.linear();
            let light = by.map_or(light, |rows| {
                rows.map(|row| (0..3).map(|k| row[k] * light[k]).sum::<f64>().clamp(0.0, 1.0))
            });
            super::super::colour::oklab_of(light)
        };
        let far = |by| {
            let (a, b) = (seen(one, by), seen(other, by));
            a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
        };
        BLIND.iter().map(Some).chain([None]).map(far).fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn every_class_can_be_read_as_text_on_dark_paper_however_it_was_darkened_for_white() {
        for class in 0..CLASSES {
            for ratio in [1.0, 2.2, 3.0, 4.5] {
                let dark = Colour::class(class).readable(ratio).on_dark();
                assert!(contrast(dark) >= 4.5, "class {class}: {} has {}", dark.hex(), contrast(dark));
            }
        }
    }

    #[test]
    fn classes_on_dark_paper_stay_apart_for_colour_blind_readers_better_than_on_white() {
        let closest = |colour: &dyn Fn(usize) -> Colour| {
            let pairs = (0..CLASSES).flat_map(|i| (0..i).map(move |j| (i, j)));
            pairs.map(|(i, j)| apart(colour(i), colour(j))).fold(f64::INFINITY, f64::min)
        };
        let (white, dark) = (
            closest(&|k| Colour::class(k).readable(2.2)),
            closest(&|k| Colour::class(k).on_dark()),
        );
        assert!(dark > 0.085 && dark > white, "{dark} on dark paper, {white} on white");
    }

    #[test]
    fn whatever_can_be_read_on_white_can_be_read_on_dark_paper() {
        let parts = || (0..=255_u32).step_by(15);
        let all = parts().flat_map(|r| parts().flat_map(move |g| parts().map(move |b| r << 16 | g << 8 | b)));
        let mut seen = 0;
        for colour in all.map(Colour::rgb).chain([INK, MUTED]) {
            let told = |least: f64| colour.contrast(PAPER) < least || contrast(colour.on_dark()) >= least;
            // Amounts are told by their order and never drawn alone.
            if colour.amount_of().is_none() {
                assert!(told(3.0) && told(4.5), "{} becomes {}", colour.hex(), colour.on_dark().hex());
                seen += 1;
            }
        }
        assert!(seen > 4_000);
        assert!(contrast(INK.on_dark()) > 12.0 && contrast(MUTED.on_dark()) > 5.0);
    }

    #[test]
    fn what_is_faint_on_white_is_faint_on_dark_paper_and_seen() {
        for colour in [GRID, Colour::rgb(0xf1_f2_f4), Colour::rgb(0xb9_d3_e6)] {
            let ratio = contrast(colour.on_dark());
            assert!((1.05..2.2).contains(&ratio), "{}: {ratio}", colour.on_dark().hex());
        }
        // The widest band of a fan is seen, and leaves that within it to be seen before it.
        for class in 0..CLASSES {
            let band = |alpha: f64| contrast(DARK_PAPER.mix(Colour::class(class).on_dark(), alpha));
            assert!(
                band(0.18) > 1.2 && band(0.45) > 1.4 * band(0.18),
                "class {class}: {} {}",
                band(0.18),
                band(0.45)
            );
        }
    }

    #[test]
    fn amounts_run_from_the_paper_to_the_light_on_dark_paper() {
        let lights: Vec<f64> = (0..=63)
            .map(|k| Colour::amount(1.0 - f64::from(k) / 63.0).on_dark().contrast(DARK_PAPER))
            .collect();
        assert!(lights.windows(2).all(|pair| pair[0] < pair[1]), "{lights:?}");
        assert!(lights[0] < 1.5 && lights[32] >= 3.0 && lights[63] > 10.0, "{lights:?}");
    }

    #[test]
    fn opacity_and_paper_are_kept() {
        assert_eq!(PAPER.on_dark(), DARK_PAPER);
        assert!((Colour::class(1).with_alpha(0.3).on_dark().alpha - 0.3).abs() < 1e-12);
    }
}
