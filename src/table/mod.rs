//! One description of every result table (columns, units, meaning) that drives CSV, Parquet and `datapackage.json`.
