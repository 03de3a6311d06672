//! One replication of a compiled scenario.
