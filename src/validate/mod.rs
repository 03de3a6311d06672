//! The program held against queueing theory: built-in worlds with an exact answer.

pub mod theory;
