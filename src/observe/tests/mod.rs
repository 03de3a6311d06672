//! Replications told by hand, and what must come of them.
