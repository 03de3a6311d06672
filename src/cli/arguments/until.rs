//! Until when `run` and `compare` go on.

use clap::Args;

use crate::stats::{Target, Width};

/// What is to be known, and how well.
#[derive(Debug, Args)]
pub(in crate::cli) struct Until {
    /// Go on until this is known so well in every alternative: 2% is a share of it, 500 is in the unit of the response
    #[arg(long, value_name = "WIDTH", value_parser = width, allow_hyphen_values = true, conflicts_with = "replications")]
    pub(in crate::cli) precision: Option<Width>,
    /// The response that --precision looks at, or several that must all be known [default: `delivered_tonnes`]
    #[arg(long, value_name = "LIST", value_delimiter = ',', conflicts_with = "replications")]
    pub(in crate::cli) response: Vec<String>,
    /// Which number of it: mean, median, a quantile such as p05 or p90, the difference from the reference (a share is then one of the
    /// reference's mean), or several [default: mean]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = target, allow_hyphen_values = true, conflicts_with = "replications")]
    pub(in crate::cli) of: Vec<Target>,
}

/// `2%` or `500`.
fn width(text: &str) -> Result<Width, String> {
    let (number, is_share) = text.strip_suffix('%').map_or((text, false), |number| (number, true));
    match number.trim().parse::<f64>() {
        Ok(value) if is_share && value > 0.0 && value < 100.0 => Ok(Width::Relative(value / 100.0)),
        Ok(value) if !is_share && value > 0.0 && value.is_finite() => Ok(Width::Absolute(value)),
        _ => Err(format!(
            "expected a share between 0% and 100%, such as 2%, or a number above 0 in the unit of the response, found `{text}`"
        )),
    }
}

fn target(text: &str) -> Result<Target, String> {
    text.trim().parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_shares_in_per_cent_or_numbers_in_the_unit_of_the_response() {
        assert_eq!(width("2%"), Ok(Width::Relative(0.02)));
        assert_eq!(width("0.5 %"), Ok(Width::Relative(0.005)));
        assert_eq!(width("500"), Ok(Width::Absolute(500.0)));
        assert_eq!(width("0.02"), Ok(Width::Absolute(0.02)));
        for wrong in ["0", "0%", "100%", "-5", "x", "inf", "2 t"] {
            assert!(width(wrong).unwrap_err().contains("such as 2%"), "{wrong}");
        }
    }
}
