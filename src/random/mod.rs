//! Random numbers with an address: generator, laws, counts.

/// A law of a real quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Law;

/// A law of a count.
#[derive(Clone, Debug, PartialEq)]
pub struct CountLaw;

/// Whose random numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The stream or process, by the hash of its name.
    pub source: u32,
    /// The convoy, incident, spell or day.
    pub group: u32,
    /// The position within.
    pub member: u32,
}
