//! What the commands share that replicate and write a result.

use std::path::PathBuf;

use clap::Args;

use super::{Sets, Target, Until, at_least_one, share};

/// Where results go, in which form, and what is shown of them.
#[derive(Debug, Args)]
pub(in crate::cli) struct Results {
    /// Number of threads [default: all cores]; results do not depend on it
    #[arg(short, long, value_name = "N", value_parser = at_least_one::<u16>, allow_hyphen_values = true)]
    pub(in crate::cli) jobs: Option<u16>,
    #[command(flatten)]
    pub(in crate::cli) target: Target,
    /// File formats of the tables: parquet, csv, or both [default: parquet, and csv for the small ones]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(in crate::cli) format: Vec<String>,
    /// Only these tables, such as replications,stages [default: all]; charts that need others are left out
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(in crate::cli) tables: Vec<String>,
    /// Draw no charts
    #[arg(long)]
    pub(in crate::cli) no_charts: bool,
    /// Print the summary as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    #[arg(long, hide = true, value_name = "I/N")]
    pub(in crate::cli) shard: Option<String>,
    #[arg(long, hide = true)]
    pub(in crate::cli) resume: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rafah check policies.toml                  the alternatives and what each changes
  rafah compare policies.toml
  rafah compare policies.toml -n 200 --tables replications,comparison -o output/first-look
  rafah compare policies.toml --precision 1% --response need_met
  rafah compare policies.toml --precision 0.5% --of difference
  rafah compare policies.toml --select delivered_tonnes --indifference 2000
  rafah compare policies.toml --select delivered_tonnes --budget 5000

What is not given here is taken from the study, and where that does not say: 1,000 replications, seed 1, 95% confidence.")]
pub(in crate::cli) struct Compare {
    /// Study file: a scenario, alternatives, the responses that decide
    #[arg(value_name = "STUDY")]
    pub(in crate::cli) study: PathBuf,
    /// Number of replications of each alternative
    #[arg(short = 'n', long, value_name = "N", value_parser = at_least_one::<u32>, allow_hyphen_values = true)]
    pub(in crate::cli) replications: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) until: Until,
    /// Confidence of all intervals, such as 90%
    #[arg(long, value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub(in crate::cli) confidence: Option<f64>,
    /// At most so many replications with --precision or --select [default: the study's, or 100000]
    #[arg(long, value_name = "N", value_parser = at_least_one::<u32>, allow_hyphen_values = true, conflicts_with = "replications")]
    pub(in crate::cli) max_replications: Option<u32>,
    /// Seed of all random numbers, the same in every alternative
    #[arg(long, value_name = "S")]
    pub(in crate::cli) seed: Option<u64>,
    /// Ask too what a closed hour costs, in tonnes: runs the first replications again, with one of their closures and without it
    #[arg(long)]
    pub(in crate::cli) closure_price: bool,
    /// So many replications for --closure-price, of those that there are [default: 400]
    #[arg(long, value_name = "N", requires = "closure_price", value_parser = at_least_one::<u32>, allow_hyphen_values = true)]
    pub(in crate::cli) priced_replications: Option<u32>,
    #[command(flatten)]
    pub(in crate::cli) sets: Sets,
    #[command(flatten)]
    pub(in crate::cli) results: Results,
    /// Choose the best by this response, instead of so many replications of each: with --indifference or --budget
    #[arg(long, value_name = "RESPONSE", conflicts_with_all = ["replications", "precision", "response", "of"])]
    pub(in crate::cli) select: Option<String>,
    /// With --select: the least difference that matters, in the unit of the response; drops alternatives until one is left: with the confidence the
    /// one that is better than all others by this or more, if there is one and differences vary about normally (Kim and Nelson, 2001)
    #[arg(long, value_name = "DELTA", requires = "select", allow_hyphen_values = true)]
    pub(in crate::cli) indifference: Option<String>,
    /// With --select: so many replications of all alternatives together, most where they tell most about which is best (optimal computing
    /// budget allocation; Chen and others, 2000); the probability of a right choice is estimated, not guaranteed
    #[arg(long, value_name = "N", requires = "select", value_parser = at_least_one::<u32>, allow_hyphen_values = true, conflicts_with = "max_replications")]
    pub(in crate::cli) budget: Option<u32>,
}
