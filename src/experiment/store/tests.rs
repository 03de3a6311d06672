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
    let store = Store::open(&folder.join("parts"), vec![identity()], &[table()]).unwrap();
    for &(first, last) in ranges {
        store.write(0, first, last, &[frame(first, last)]).unwrap();
    }
    store
}

/// The rows of a table up to a replication, over all blocks.
fn read(store: &Store, until: u32) -> Result<Frame, Failure> {
    let mut all = Frame::new(&table());
    let parts = store.parts()?;
    store.each_frame(0, &parts[0], &table(), until, |frame| {
        all.append(frame);
        Ok(())
    })?;
    Ok(all)
}

#[test]
fn blocks_give_back_what_was_put_in() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(4, 6), (1, 3)]);
    // NaN is not equal to itself: compare as shown.
    let shown = |frame: &Frame| format!("{frame:?}");
    assert_eq!(shown(&read(&store, 6).unwrap()), shown(&frame(1, 6)));
    assert_eq!(shown(&read(&store, 5).unwrap()), shown(&frame(1, 5)));
    assert_eq!(shown(&read(&store, 3).unwrap()), shown(&frame(1, 3)));
}

#[test]
fn columns_run_over_blocks_from_one_replication_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), &[(4, 6), (1, 3)]);
    let parts = store.parts().unwrap();
    let wanted = Wanted {
        table: "stages",
        key: None,
        columns: &["replication", "served"],
        after: 1,
        until: 5,
    };
    let all = store.columns(0, &parts[0], &wanted).unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(
        format!("{:?}", all[0].columns),
        "[[2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0], [20.0, NaN, 30.0, NaN, 40.0, NaN, 50.0, NaN]]"
    );
    let key = Some("alternative");
    let by_word = store.columns(0, &parts[0], &Wanted { key, ..wanted }).unwrap();
    assert_eq!((by_word.len(), by_word[0].word.as_str()), (1, "a"));
    assert_eq!(format!("{:?}", by_word[0].columns[1]), "[20.0, 30.0, 40.0, 50.0]");
    for columns in [["served", "replication"], ["served", "lost"]] {
        let columns = &columns;
        assert!(store.columns(0, &parts[0], &Wanted { columns, ..wanted }).is_err());
    }
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
fn a_changed_byte_is_noticed_in_its_table_only() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [Table { name: "cargo", ..table() }, table()];
    let store = Store::open(&folder.path().join("parts"), vec![identity()], &tables).unwrap();
    store.write(0, 1, 2, &[frame(1, 2), frame(1, 2)]).unwrap();
    let parts = store.parts().unwrap();
    let path = &parts[0][0].path;
    let mut bytes = fs::read(path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(path, &bytes).unwrap();
    assert!(store.each_frame(0, &parts[0], &tables[0], 2, |_| Ok(())).is_ok());
    let refused = read(&store, 2).unwrap_err();
    assert_eq!(refused.exit_code(), 65);
    assert!(refused.to_string().contains("checksum of `stages`"));
    bytes[60] ^= 1;
    fs::write(path, &bytes).unwrap();
    assert!(read(&store, 2).is_err_and(|e| e.to_string().contains("header")));
}

#[test]
fn a_block_with_other_columns_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    store(folder.path(), &[(1, 2)]);
    let mut other = table();
    other.columns[3].kind = Kind::Real;
    let other = Store::open(&folder.path().join("parts"), vec![identity()], &[other]).unwrap();
    assert!(read(&other, 2).is_err_and(|e| e.to_string().contains("other columns")));
}

#[test]
fn a_block_of_another_experiment_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let parts = store(folder.path(), &[(1, 2)]).parts().unwrap();
    let other = Store::open(&folder.path().join("parts"), vec![Identity { seed: 8, ..identity() }], &[table()]).unwrap();
    assert!(
        other
            .block(0, &parts[0][0])
            .is_err_and(|e| e.to_string().contains("another experiment"))
    );
}
