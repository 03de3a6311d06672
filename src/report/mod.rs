//! The page that gathers tables and figures.
