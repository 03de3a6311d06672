//! The charts, one a file: each a plain struct of numbers and words, and a function from it to a scene.

mod against;
mod against_best;
mod closure_price;
mod convergence;
mod cumulative;
mod daily_fan;
mod distribution;
mod fan;
mod forest;
mod frontier;
mod gantt;
mod heat;
#[cfg(test)]
mod layout_tests;
mod multiples;
mod queue_by_stage;
mod regret;
mod rows;
mod shapes;
mod shift;
mod stage_flow;
mod standings;
mod strip;
#[cfg(test)]
mod tests;
mod timeline;

pub use against_best::{AgainstBest, Contender, against_best};
pub use closure_price::{ClosurePrice, Kind, Price, Priced, closure_price};
pub use convergence::{Convergence, Converging, convergence, means_of_first};
pub use cumulative::{Accumulated, Cumulative, cumulative};
pub use daily_fan::{DailyFan, Fan, daily_fan};
pub use distribution::{Alternative, Distribution, Shape, distribution};
pub use fan::{Quantiles, averaged_days, days_a_value, means, quantiles};
pub use forest::{Effect, Forest, forest};
pub use frontier::{Frontier, Traded, TradedBy, frontier};
pub use gantt::{Gantt, Lane, Span, State, gantt};
pub use heat::{HeatMap, HeatPanel, Lines, heat_map};
pub use queue_by_stage::{QueueByStage, StageQueue, queue_by_stage};
pub use regret::{RegretChart, Regretted, regret};
pub use shift::{ShiftPlot, Shifted, shift_plot};
pub use stage_flow::{Move, StageFlow, stage_flow};
pub use standings::{Interval, Place, Quantity, Standings, standings};
