//! Random numbers with an address, and the laws they are put through.
//!
//! A number is addressed, not consumed: `(seed, replication, purpose, entity, k)` names it ([`Stream`]), so that no draw depends on
//! what was drawn before. A quantity is one such uniform through the quantile function of a [`Law`], a count one through that of a
//! [`CountLaw`]. Which families there are, with their parameters, stands in [`FAMILIES`] and [`COUNT_FAMILIES`]; decoding, schema and
//! documentation follow from those rows. Elementary functions come from `libm` alone, so that results agree to the bit everywhere.

mod ahead;
mod chain;
mod count;
mod counts;
mod family;
mod law;
mod laws;
mod normal;
mod philox;
mod probit;
mod quick;
mod remembered;
mod rounding;
mod special;
mod stream;
mod wide;

#[cfg(test)]
mod tests;

pub use ahead::Ahead;
pub use chain::NormalChain;
pub use count::CountLaw;
pub use counts::COUNT_FAMILIES;
pub use family::{CountFamily, Family, Given, LawFault, Parameter, ParameterKind, build_count, build_law};
pub use law::Law;
pub use laws::FAMILIES;
pub use normal::{normal_cdf, normal_quantile};
pub use quick::QuickLaw;
pub use rounding::whole_microseconds;
pub use stream::{Entity, Purpose, Stream};
pub use wide::{InTurn, Many, TOGETHER};
