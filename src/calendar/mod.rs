//! Opening hours, seasons, holidays and hourly profiles: when is an instant open, and when does that next change? The only user of jiff.
//!
//! The clock is the local clock of the crossing, with days of 24 hours: no zones, no summer time.

mod civil;
mod hours;
mod origin;
mod profile;
mod week;

pub use civil::{CivilDate, CivilDateTime, parse_clock};
pub use hours::{Calendar, Hours, Opening, Season};
pub use origin::Origin;
pub use profile::Profile;
pub use week::{DAY_NAMES, parse_days, parse_hours, parse_interval};
