//! Discrete-event simulation of aid throughput at the Rafah crossing.
//!
//! The rooms of the house, in the order in which data flows; a module uses those above it, never those below.

pub mod time;
pub mod units;

pub mod stats;

pub mod table;

pub mod calendar;

pub mod random;

pub mod scenario;

pub mod model;

pub mod observe;

pub mod experiment;

pub mod study;

pub mod validate;

pub mod figure;

pub mod cli;
