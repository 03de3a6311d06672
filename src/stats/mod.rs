//! Estimators: slices of numbers in, point estimates and intervals out.
