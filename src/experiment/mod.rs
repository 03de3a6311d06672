//! Points times replications: plan, runner, store.
