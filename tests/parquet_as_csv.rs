//! A table is the same in every form: what a run writes as Parquet is what it writes as CSV, of the types that its data package names.
#![cfg(feature = "parquet")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use parquet::basic::Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

/// A month of the baseline after that of its warm-up, three times, every table in both forms.
fn run(folder: &Path) {
    let arguments = "run scenarios/baseline-2026.toml --set horizon.length=60d -n 3 --no-charts --quiet --format parquet,csv -o";
    let mut command = Command::new(env!("CARGO_BIN_EXE_rafah"));
    assert!(command.args(arguments.split(' ')).arg(folder).status().unwrap().success());
}

/// Whether a cell of a CSV file gives what one of Parquet holds, to the bit.
fn is_same(text: &str, field: &Field) -> bool {
    match field {
        Field::Null => text.is_empty(),
        Field::Str(word) => text == word,
        Field::Long(number) => text.parse() == Ok(*number),
        Field::Double(number) => text.parse::<f64>().is_ok_and(|read| read.to_bits() == number.to_bits()),
        _ => false,
    }
}

/// Compares a table's two files; how many rows it has.
fn compare(folder: &Path, name: &str, columns: &[(String, Type)]) -> usize {
    let file = SerializedFileReader::new(File::open(folder.join(format!("{name}.parquet"))).unwrap()).unwrap();
    let schema = file.metadata().file_metadata().schema_descr_ptr();
    let described: Vec<(String, Type)> = schema.columns().iter().map(|c| (c.name().to_owned(), c.physical_type())).collect();
    assert_eq!(described, columns, "{name}");

    let mut csv = csv::Reader::from_path(folder.join(format!("{name}.csv"))).unwrap();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(csv.headers().unwrap(), names, "{name}");
    let mut rows = 0;
    let mut lines = csv.records();
    for row in file.get_row_iter(None).unwrap() {
        let (row, line) = (row.unwrap(), lines.next().unwrap().unwrap());
        for ((column, field), text) in row.get_column_iter().zip(&line) {
            assert!(is_same(text, field), "{name}.{column}, row {rows}: `{text}` is not {field}");
        }
        rows += 1;
    }
    assert!(lines.next().is_none(), "{name}");
    rows
}

#[test]
fn parquet_holds_what_csv_holds_in_the_types_of_the_data_package() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path());
    let package: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("datapackage.json")).unwrap()).unwrap();
    let mut rows = 0;
    for table in package["resources"].as_array().unwrap() {
        let column = |field: &serde_json::Value| {
            let kind = match field["type"].as_str().unwrap() {
                "integer" => Type::INT64,
                "number" => Type::DOUBLE,
                "string" => Type::BYTE_ARRAY,
                other => panic!("a field of type {other}"),
            };
            (field["name"].as_str().unwrap().to_owned(), kind)
        };
        let columns: Vec<_> = table["schema"]["fields"].as_array().unwrap().iter().map(column).collect();
        rows += compare(folder.path(), table["name"].as_str().unwrap(), &columns);
    }
    assert!(rows > 1000, "{rows} rows in all");
}
