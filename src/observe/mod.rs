//! What one replication leaves behind: tallies, rows of tables, traces, the balance of trucks.
