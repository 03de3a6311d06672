//! Numbers computed elsewhere (scipy; closed forms).

use super::super::{CountLaw, Given};
use super::{count, law, numbers, plain};

const SHARES: [f64; 5] = [0.01, 0.1, 0.5, 0.9, 0.99];

#[test]
fn laws_have_the_moments_and_quantiles_computed_elsewhere() {
    let truncated = law("lognormal", &numbers(&[("median", 3.9), ("sigma", 1.3)]), Some(1.0), Some(142.0)).unwrap();
    let known = [
        (
            plain("lognormal", &[("mean", 4.0), ("cv", 0.5)]),
            4.0,
            4.0,
            [
                1.192_200_411_886_847,
                1.952_952_490_433_284_2,
                3.577_708_763_999_663_4,
                6.554_178_897_183_605,
                10.736_449_905_886_177,
            ],
        ),
        (
            plain("gamma", &[("mean", 4.0), ("cv", 1.5)]),
            4.0,
            36.0,
            [
                2.166_098_966_690_939_4e-4,
                0.038_633_219_794_758_17,
                1.626_775_286_889_661_7,
                11.080_364_527_254_709,
                28.308_259_480_254_12,
            ],
        ),
        (
            plain("weibull", &[("mean", 4.0), ("cv", 1.2)]),
            4.0,
            23.039_999_999_999_992,
            [
                0.015_005_918_419_621_438,
                0.248_087_177_262_197_98,
                2.351_617_321_540_783_4,
                9.859_141_806_698_984,
                22.554_332_267_473_68,
            ],
        ),
        (
            plain("triangular", &[("min", 20.0), ("mode", 35.0), ("max", 90.0)]),
            48.333_333_333_333_33,
            226.388_888_888_888_89,
            [
                23.240_370_349_203_93,
                30.246_950_765_959_6,
                46.125_178_063_039_39,
                70.378_583_129_651_42,
                83.795_163_177_004_58,
            ],
        ),
        (
            plain("erlang", &[("mean", 20.0), ("k", 3.0)]),
            20.0,
            133.333_333_333_333_34,
            [
                2.906_967_767_188_621_4,
                7.347_102_188_328_809,
                17.827_068_757_068_16,
                35.482_135_585_561_41,
                56.039_646_099_236_43,
            ],
        ),
        (
            plain("normal", &[("mean", 5.0), ("sd", 4.0)]),
            5.816_901_835_594_707,
            11.248_162_213_028_461,
            [
                0.190_172_365_556_788_85,
                1.562_760_609_704_711_5,
                5.531_206_716_705_927,
                10.376_969_224_011_695,
                14.471_795_738_927_794,
            ],
        ),
        (
            truncated,
            9.822_113_434_154_538,
            200.878_632_252_625_38,
            [
                1.048_120_698_900_624,
                1.508_739_879_873_843_2,
                4.943_586_743_727_114,
                22.685_232_260_747_416,
                75.445_442_351_838_74,
            ],
        ),
    ];
    for (law, mean, variance, quantiles) in known {
        assert!((law.mean() / mean - 1.0).abs() < 1e-9, "{} for {mean}", law.mean());
        assert!((law.variance() / variance - 1.0).abs() < 1e-9, "{} for {variance}", law.variance());
        for (p, x) in SHARES.into_iter().zip(quantiles) {
            assert!((law.quantile(p) / x - 1.0).abs() < 2e-8, "{} for {x}", law.quantile(p));
        }
    }
}

#[test]
fn hyperexponential_branches_have_balanced_means() {
    let law = plain("hyperexponential", &[("mean", 4.0), ("cv", 2.0)]);
    assert!((law.mean() - 4.0).abs() < 1e-12 && (law.variance() - 64.0).abs() < 1e-10);
    let (share, quick, slow) = (0.887_298_334_620_741_7, 2.254_033_307_585_166_4, 17.745_966_692_414_836);
    for x in [0.5, 4.0, 30.0] {
        let above = share * libm::exp(-x / quick) + (1.0 - share) * libm::exp(-x / slow);
        assert!((law.above(x) - above).abs() < 1e-12);
    }
}

#[test]
fn an_empirical_law_has_the_shares_of_its_weights() {
    let given = Given::new()
        .with_list("values", vec![2.0, 5.0, 7.0, 20.0])
        .with_list("weights", vec![1.0, 4.0, 3.0, 2.0]);
    let law = law("empirical", &given, None, None).unwrap();
    assert!((law.mean() - 8.3).abs() < 1e-12 && (law.variance() - 36.21).abs() < 1e-12);
    let drawn = [0.05, 0.0999, 0.1001, 0.4999, 0.5001, 0.7999, 0.8001].map(|u| law.quantile(u) as u32);
    assert_eq!(drawn, [2, 2, 5, 5, 7, 7, 20]);
}

#[test]
fn counts_have_the_probabilities_computed_elsewhere() {
    let positive = count("poisson_positive", &[("mean", 2.0)], 0, None, None);
    assert_shares(
        &positive,
        1,
        &[
            0.406_375_739_959_959_96,
            0.323_805_118_945_957_4,
            0.172_007_897_692_476_18,
            0.068_528_989_670_303_8,
            0.021_841_892_090_925_887,
            0.005_801_294_853_546_026,
        ],
    );
    let geometric = count("geometric", &[("mean", 8.0)], 0, None, None);
    assert_shares(
        &geometric,
        1,
        &[0.125, 0.109_375, 0.095_703_125, 0.083_740_234_375, 0.073_272_705_078_125],
    );
    let negative = count("negative_binomial", &[("mean", 105.0), ("k", 10.0)], 0, None, None);
    assert_shares(
        &negative,
        0,
        &[2.471_847_061_218_653_7e-11, 2.256_903_838_503_989_5e-10, 1.133_358_231_944_396e-9],
    );
    let poisson = count("poisson", &[("mean", 60.0)], 0, None, None);
    assert_eq!(SHARES.map(|p| poisson.quantile(p)), [43, 50, 60, 70, 79]);
}

/// That the quantile changes where the cumulative probabilities say.
fn assert_shares(law: &CountLaw, first: u64, probabilities: &[f64]) {
    let mut share = 0.0;
    for (number, probability) in (first..).zip(probabilities) {
        assert_eq!(law.quantile(share + 1e-7 * probability), number);
        share += probability;
        assert_eq!(law.quantile(share - 1e-7 * probability), number);
    }
}
