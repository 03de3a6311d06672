//! Quantities with their unit in the type.
