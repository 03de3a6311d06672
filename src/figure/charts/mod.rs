//! The charts, one a file: each a plain struct of numbers and words, and a function from it to a scene.

mod daily_fan;
mod distribution;
mod fan;
mod frontier;
#[cfg(test)]
mod layout_tests;
mod queue_by_stage;
mod standings;
mod strip;
#[cfg(test)]
mod tests;
mod timeline;

pub use daily_fan::{DailyFan, Fan, daily_fan};
pub use distribution::{Alternative, Distribution, MOST_DISTRIBUTIONS, Shape, distribution};
pub use fan::{Quantiles, averaged_days, days_a_value, means, quantiles};
pub use frontier::{Frontier, Traded, TradedBy, frontier};
pub use queue_by_stage::{QueueByStage, StageQueue, queue_by_stage};
pub use standings::{Interval, Place, Quantity, Standings, standings};
