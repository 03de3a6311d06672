use super::*;
use crate::table::{Column, Kind};

fn table() -> Table {
    let column = |name: &str, kind| Column {
        name: name.to_owned(),
        kind,
        unit: String::new(),
        doc: String::new(),
    };
    let columns = vec![
        column("alternative", Kind::Text),
        column("replication", Kind::Whole),
        column("wait_min", Kind::Real),
        column("served", Kind::Whole),
    ];
    Table {
        name: "stages",
        doc: "",
        keys: 2,
        columns,
        small: true,
    }
}

/// Two rows a replication; the second empty.
fn frame(first: u32, last: u32) -> Frame {
    let mut frame = Frame::new(&table());
    for r in first..=last {
        frame
            .row()
            .text("a")
            .whole(i64::from(r))
            .real(f64::from(r) / 3.0)
            .whole(i64::from(r) * 10)
            .end();
        frame.row().empty().whole(i64::from(r)).empty().empty().end();
    }
    frame
}

fn identity() -> Identity {
    Identity {
        alternative: "a".to_owned(),
        scenario: "5f".to_owned(),
        seed: 7,
    }
}

fn store(folder: &Path, ranges: &[(u32, u32)]) -> Store {
    let store = Store::open(&folder.join("parts"), vec![identity()]).unwrap();
    for &(first, last) in ranges {
        store.write(0, first, last, &[table()], &[frame(first, last)]).unwrap();
    }
    store
}

#[test]
fn a_block_gives_back_what_was_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(1, 3)]);
    let parts = store.parts().unwrap();
    let block = store.block(0, &parts[0][0]).unwrap();
    let (read, written) = (block.frame(&table()).unwrap(), frame(1, 3));
    assert_eq!(read.len(), 6);
    for (r, w) in read.columns.iter().zip(&written.columns) {
        // NaN is not equal to itself: compare as shown.
        assert_eq!(format!("{r:?}"), format!("{w:?}"));
    }
}

#[test]
fn a_column_runs_over_blocks_and_stops_at_the_last_replication_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(4, 6), (1, 3)]);
    let parts = store.parts().unwrap();
    let values = Values {
        table: "stages",
        column: "served",
        key: None,
        after: 1,
        until: 5,
    };
    let served = store.column(0, &parts[0], &values).unwrap();
    let of_a = store
        .column(
            0,
            &parts[0],
            &Values {
                key: Some(("alternative", "a")),
                ..values
            },
        )
        .unwrap();
    assert_eq!(format!("{of_a:?}"), "[20.0, 30.0, 40.0, 50.0]");
    let whole: Vec<f64> = served.iter().copied().filter(|v| !v.is_nan()).collect();
    assert_eq!(served.len(), 8);
    assert_eq!(format!("{whole:?}"), "[20.0, 30.0, 40.0, 50.0]");
    let mut seen = 0;
    store
        .each_frame(0, &parts[0], &table(), 5, |f| {
            seen += f.len();
            Ok(())
        })
        .unwrap();
    assert_eq!(seen, 10);
}

#[test]
fn what_is_missing_is_told_from_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(1, 3), (7, 9), (16, 18)]);
    fs::write(folder.path().join("parts/notes.txt"), "not a block").unwrap();
    let parts = store.parts().unwrap();
    assert_eq!(missing(&parts[0], 20), [(4, 6), (10, 15), (19, 20)]);
    assert_eq!(missing(&parts[0], 8), [(4, 6)]);
    assert_eq!(finished(&parts[0]), 3);
    assert_eq!(finished(&[]), 0);
}

#[test]
fn a_changed_byte_is_noticed_in_its_column_only() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(1, 2)]);
    let parts = store.parts().unwrap();
    let path = &parts[0][0].path;
    let mut bytes = fs::read(path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(path, &bytes).unwrap();
    let block = store.block(0, &parts[0][0]).unwrap();
    assert!(block.column("stages", "wait_min").is_ok());
    let refused = block.column("stages", "served").unwrap_err();
    assert_eq!(refused.exit_code(), 65);
    assert!(refused.to_string().contains("checksum of `stages.served`"));
    bytes[60] ^= 1;
    fs::write(path, &bytes).unwrap();
    assert!(store.block(0, &parts[0][0]).is_err_and(|e| e.to_string().contains("header")));
}

#[test]
fn a_block_of_another_experiment_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let parts = store(folder.path(), &[(1, 2)]).parts().unwrap();
    let other = Store::open(&folder.path().join("parts"), vec![Identity { seed: 8, ..identity() }]).unwrap();
    assert!(
        other
            .block(0, &parts[0][0])
            .is_err_and(|e| e.to_string().contains("another experiment"))
    );
}
