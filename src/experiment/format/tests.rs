use super::*;
use crate::table::Kind;

fn table() -> Table {
    let column = |name: &str, kind, unit: &str| Column {
        name: name.to_owned(),
        kind,
        unit: unit.to_owned(),
        doc: format!("the {name}"),
    };
    let columns = vec![
        column("stage", Kind::Text, ""),
        column("served", Kind::Whole, "trucks"),
        column("mean_wait_min", Kind::Real, "min"),
    ];
    Table {
        name: "stages",
        doc: "A row a stage.",
        keys: 1,
        columns,
        small: true,
    }
}

fn frame() -> Frame {
    let mut frame = Frame::new(&table());
    frame.row().text("gate, north").whole(3).real(0.1 + 0.2).end();
    frame.row().text("scan").empty().empty().end();
    frame.row().empty().whole(-1).real(1e-7).end();
    frame
}

fn written(formats: Formats, frames: &[Frame]) -> (tempfile::TempDir, Vec<Written>) {
    let folder = tempfile::tempdir().unwrap();
    let provenance = Provenance {
        entries: vec![("rafah.seed".to_owned(), "7".to_owned())],
    };
    let mut writers = writers(folder.path(), &table(), formats, &provenance).unwrap();
    for frame in frames {
        for w in &mut writers {
            w.append(frame).unwrap();
        }
    }
    let files = writers.into_iter().map(|w| w.finish().unwrap()).collect();
    (folder, files)
}

const CSV: Formats = Formats {
    parquet: false,
    csv: Csv::Every,
};

#[test]
fn csv_has_the_shortest_digits_and_nothing_where_nothing_is() {
    let (folder, files) = written(CSV, &[frame()]);
    let text = std::fs::read_to_string(folder.path().join("stages.csv")).unwrap();
    assert_eq!(
        text,
        "stage,served,mean_wait_min\n\"gate, north\",3,0.30000000000000004\nscan,,\n,-1,0.0000001\n"
    );
    assert_eq!(files[0].blake3, blake3::hash(text.as_bytes()).to_hex().to_string());
}

#[test]
fn csv_comes_back_as_it_went() {
    let (folder, _) = written(CSV, &[frame()]);
    let table = table();
    let columns: Vec<&Column> = table.columns.iter().collect();
    let read = read(&folder.path().join("stages.csv"), &columns).unwrap();
    assert_eq!(format!("{read:?}"), format!("{:?}", frame()));
}

#[test]
fn formats_are_read_from_their_names() {
    assert_eq!(Formats::parse("csv"), Ok(CSV));
    assert!(Formats::parse("csv,xls").is_err_and(|m| m.contains("found `xls`")));
    assert!(Formats::parse("").is_err());
    #[cfg(feature = "parquet")]
    assert_eq!(
        Formats::parse("parquet, csv"),
        Ok(Formats {
            parquet: true,
            csv: Csv::Every
        })
    );
}

#[cfg(feature = "parquet")]
mod parquet {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};

    use super::*;

    const PARQUET: Formats = Formats {
        parquet: true,
        csv: Csv::No,
    };

    #[test]
    fn parquet_comes_back_as_it_went_and_says_where_it_comes_from() {
        let (folder, _) = written(PARQUET, &[frame(), frame()]);
        let path = folder.path().join("stages.parquet");
        let table = table();
        let columns: Vec<&Column> = table.columns.iter().collect();
        let mut twice = frame();
        twice.append(&frame());
        assert_eq!(format!("{:?}", read(&path, &columns).unwrap()), format!("{twice:?}"));

        let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
        let metadata = file.metadata().file_metadata();
        let entries = metadata.key_value_metadata().unwrap();
        let value = |key: &str| entries.iter().find(|e| e.key == key).unwrap().value.clone().unwrap();
        assert_eq!(value("rafah.seed"), "7");
        assert_eq!(value("rafah.units"), r#"{"mean_wait_min":"min","served":"trucks"}"#);
        let names: Vec<String> = metadata.schema_descr().columns().iter().map(|c| c.name().to_owned()).collect();
        assert_eq!(names, ["stage", "served", "mean_wait_min"]);
    }

    #[test]
    fn a_reader_of_rows_sees_nulls() {
        let (folder, _) = written(PARQUET, &[frame()]);
        let file = SerializedFileReader::new(std::fs::File::open(folder.path().join("stages.parquet")).unwrap()).unwrap();
        let shown: Vec<String> = file.get_row_iter(None).unwrap().map(|r| r.unwrap().to_string()).collect();
        assert_eq!(shown[0], "{stage: \"gate, north\", served: 3, mean_wait_min: 0.30000000000000004}");
        assert_eq!(shown[1], "{stage: \"scan\", served: null, mean_wait_min: null}");
    }

    #[test]
    fn bytes_do_not_depend_on_how_rows_were_cut() {
        let mut whole = Frame::new(&table());
        (0..40_000).for_each(|_| whole.append(&frame()));
        let (a, _) = written(PARQUET, std::slice::from_ref(&whole));
        let mut pieces = vec![Frame::new(&table()); 6];
        for (i, piece) in pieces.iter_mut().enumerate() {
            piece.append_rows(&whole, i * 20_000..(i + 1) * 20_000);
        }
        let (b, _) = written(PARQUET, &pieces);
        let bytes = |folder: &tempfile::TempDir| std::fs::read(folder.path().join("stages.parquet")).unwrap();
        assert!(bytes(&a) == bytes(&b));
        let file = SerializedFileReader::new(std::fs::File::open(a.path().join("stages.parquet")).unwrap()).unwrap();
        let rows: Vec<i64> = file.metadata().row_groups().iter().map(parquet_rows).collect();
        assert_eq!(rows, [65_536, 54_464]);
    }

    fn parquet_rows(group: &::parquet::file::metadata::RowGroupMetaData) -> i64 {
        group.num_rows()
    }
}

#[test]
fn what_is_no_number_is_told_with_its_line_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stages.csv");
    std::fs::write(&path, "stage,served,mean_wait_min\na,1,2\n\"b\nc\",1,2\nd,x,2\n").unwrap();
    let table = table();
    let columns: Vec<&Column> = table.columns.iter().collect();
    let refused = read(&path, &columns).unwrap_err().to_string();
    assert!(refused.contains("line 5: expected a number in `served`, found `x`"), "{refused}");
}
