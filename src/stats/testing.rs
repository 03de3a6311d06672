//! What the tests of the estimators share.

/// Holds a number against a printed one, within a relative tolerance (absolute where 0 is expected).
#[track_caller]
pub(super) fn assert_close(found: f64, expected: f64, tolerance: f64) {
    let scale = if expected.abs() > 0.0 { expected.abs() } else { 1.0 };
    assert!((found - expected).abs() <= tolerance * scale, "found {found}, expected {expected}");
}

/// Uniforms between 0 and 1 from a 64-bit mixer (Steele, Lea, Flood 2014), good enough for tests.
pub(super) fn uniforms(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((z >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }
}

/// Thirty values used by several fixtures.
pub(super) const THIRTY: [f64; 30] = [
    14.2, 9.8, 22.5, 17.1, 11.3, 35.9, 8.4, 19.7, 12.6, 27.3, 15.5, 10.9, 41.2, 13.8, 18.2, 7.6, 24.1, 16.4, 30.7, 12.1, 20.8, 9.1, 14.9,
    55.3, 17.9, 11.7, 26.2, 13.1, 21.6, 16.0,
];

/// The data of Banks, Carson, Nelson, Nicol: four systems, ten replications under common random numbers.
pub(super) const SYSTEMS: [[f64; 10]; 4] = [
    [63.72, 32.24, 40.28, 36.94, 36.29, 56.94, 34.10, 63.36, 49.29, 87.20],
    [63.06, 31.78, 40.32, 37.71, 36.79, 57.93, 33.39, 62.92, 47.67, 80.79],
    [57.74, 29.65, 36.52, 35.71, 33.81, 51.54, 31.39, 57.24, 42.63, 67.27],
    [62.63, 31.56, 39.87, 37.35, 36.65, 57.15, 33.30, 62.21, 47.46, 79.60],
];
