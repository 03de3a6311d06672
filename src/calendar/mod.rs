//! Opening hours, seasons, holidays and hourly profiles: when is an instant open, and when does that next change? The only user of jiff.

/// Civil date and time of the start of the horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin;

/// Opening hours.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar;

/// Factors by hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile;
