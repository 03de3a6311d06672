//! Random numbers with an address: generator, laws, counts.
