//! Exact answers of queueing and point process theory, in closed form or by solving the balance equations; rates are per hour, times in hours.

mod environment;
mod lanes;
mod processes;
mod single;

pub use environment::{Environment, interrupted_server};
pub use lanes::{Abandonment, Loss, abandonment, erlang_b, erlang_c, finite_yard, waiting_time, yard_throughput};
pub use processes::{Counts, alternating_closed, covered, hawkes_counts, regime_counts};
pub use single::{Convoy, cobham, convoys, mm1_wait_quantile, pollaczek_khinchine, renewal_arrivals_root};
