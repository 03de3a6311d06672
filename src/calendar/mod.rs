//! Opening hours, seasons, holidays and hourly profiles: when is an instant open, and when does that next change? The only user of jiff.
