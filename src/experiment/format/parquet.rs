//! Tables as Parquet: typed columns, Snappy, nulls where nothing is, and in the file's own metadata where it comes from.
//!
//! Row groups have one size whatever the blocks were, so that the bytes depend on the rows alone.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use super::{Provenance, TableWriter, Words};
use crate::experiment::aside::{Aside, Written};
use crate::experiment::failure::Failure;
use crate::table::{Column, Data, Frame, Kind, Table};

/// Rows in a group: what a writer holds in memory and a reader can skip.
const GROUP_ROWS: usize = 1 << 16;

/// A Parquet file under way.
pub(crate) struct Writer {
    path: PathBuf,
    file: SerializedFileWriter<Aside>,
    /// Rows that do not fill a group yet.
    rest: Frame,
}

impl Writer {
    /// Begins the file.
    pub(crate) fn create(path: &Path, table: &Table, provenance: &Provenance) -> Result<Writer, Failure> {
        let refused = |e| failure(path, e);
        let schema = schema(table).map_err(refused)?;
        let file = Aside::create(path)?;
        let file = SerializedFileWriter::new(file, schema, Arc::new(properties(table, provenance))).map_err(refused)?;
        Ok(Writer {
            path: path.to_owned(),
            file,
            rest: Frame::new(table),
        })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for data in &self.rest.columns {
            match data {
                Data::Whole(values) => {
                    let present: Vec<i64> = values.iter().copied().filter(|&v| v != i64::MIN).collect();
                    write_column::<Int64Type>(&mut group, &present, values.iter().map(|&v| v != i64::MIN))?;
                }
                Data::Real(values) => {
                    let present: Vec<f64> = values.iter().copied().filter(|v| !v.is_nan()).collect();
                    write_column::<DoubleType>(&mut group, &present, values.iter().map(|v| !v.is_nan()))?;
                }
                Data::Text { codes, words } => {
                    let words: Vec<ByteArray> = words.iter().map(|w| ByteArray::from(w.as_str())).collect();
                    let present: Vec<ByteArray> = codes
                        .iter()
                        .filter(|&&c| c != u32::MAX)
                        .map(|&c| words[c as usize].clone())
                        .collect();
                    write_column::<ByteArrayType>(&mut group, &present, codes.iter().map(|&c| c != u32::MAX))?;
                }
            }
        }
        group.close()?;
        self.rest.clear();
        Ok(())
    }
}

impl TableWriter for Writer {
    fn append(&mut self, frame: &Frame) -> Result<(), Failure> {
        let mut from = 0;
        while from < frame.len() {
            let to = frame.len().min(from + GROUP_ROWS - self.rest.len());
            self.rest.append_rows(frame, from..to);
            from = to;
            if self.rest.len() == GROUP_ROWS {
                self.write_group().map_err(|e| failure(&self.path, e))?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<Written, Failure> {
        if !self.rest.is_empty() {
            self.write_group().map_err(|e| failure(&self.path, e))?;
        }
        let Writer { path, file, .. } = *self;
        file.into_inner().map_err(|e| failure(&path, e))?.finish()
    }
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Aside>,
    values: &[T::T],
    present: impl Iterator<Item = bool>,
) -> Result<(), ParquetError> {
    let levels: Vec<i16> = present.map(i16::from).collect();
    let mut column = group
        .next_column()?
        .ok_or_else(|| ParquetError::General("more columns than the schema has".to_owned()))?;
    column.typed::<T>().write_batch(values, Some(&levels), None)?;
    column.close()
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let mut fields = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let builder = match column.kind {
            Kind::Whole => Type::primitive_type_builder(&column.name, Physical::INT64),
            Kind::Real => Type::primitive_type_builder(&column.name, Physical::DOUBLE),
            Kind::Text => Type::primitive_type_builder(&column.name, Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)),
        };
        fields.push(Arc::new(builder.with_repetition(Repetition::OPTIONAL).build()?));
    }
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn properties(table: &Table, provenance: &Provenance) -> WriterProperties {
    let units: serde_json::Map<String, serde_json::Value> = table
        .columns
        .iter()
        .filter(|c| !c.unit.is_empty())
        .map(|c| (c.name.clone(), c.unit.clone().into()))
        .collect();
    let mut entries = provenance.entries.clone();
    entries.push(("rafah.table".to_owned(), table.doc.to_owned()));
    entries.push(("rafah.units".to_owned(), serde_json::Value::from(units).to_string()));
    let entries = entries.into_iter().map(|(key, value)| KeyValue::new(key, value)).collect();
    let mut builder = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(entries));
    // Real numbers hardly ever repeat; counts and words do.
    for column in table.columns.iter().filter(|c| c.kind == Kind::Real) {
        builder = builder.set_column_dictionary_enabled(ColumnPath::from(column.name.as_str()), false);
    }
    builder.build()
}

/// Reads the named columns; no other is touched.
pub(crate) fn read(path: &Path, columns: &[&Column]) -> Result<Frame, Failure> {
    let file = File::open(path).map_err(Failure::io(path))?;
    let file = SerializedFileReader::new(file).map_err(|e| failure(path, e))?;
    let descriptor = file.metadata().file_metadata().schema_descr_ptr();
    let mut places = Vec::new();
    for column in columns {
        let place = descriptor.columns().iter().position(|c| c.name() == column.name);
        places.push(place.ok_or_else(|| Failure::damaged(path, format!("no column `{}`", column.name)))?);
    }
    let mut frame = Frame {
        columns: columns.iter().map(|c| Data::new(c.kind)).collect(),
    };
    for (&place, data) in places.iter().zip(&mut frame.columns) {
        let mut words = Words::default();
        for g in 0..file.num_row_groups() {
            let group = file.get_row_group(g).map_err(|e| failure(path, e))?;
            read_chunk(group.as_ref(), place, data, &mut words).map_err(|e| failure(path, e))?;
        }
        if let Data::Text { .. } = data {
            *data = words.into_data();
        }
    }
    Ok(frame)
}

fn read_chunk(group: &dyn RowGroupReader, place: usize, data: &mut Data, words: &mut Words) -> Result<(), ParquetError> {
    let rows = usize::try_from(group.metadata().num_rows()).map_err(|e| ParquetError::External(Box::new(e)))?;
    match (group.get_column_reader(place)?, data) {
        (ColumnReader::Int64ColumnReader(reader), Data::Whole(values)) => {
            read_column(reader, rows, |v| values.push(v.copied().unwrap_or(i64::MIN)))
        }
        (ColumnReader::DoubleColumnReader(reader), Data::Real(values)) => {
            read_column(reader, rows, |v| values.push(v.copied().unwrap_or(f64::NAN)))
        }
        (ColumnReader::ByteArrayColumnReader(reader), Data::Text { .. }) => read_column(reader, rows, |v: Option<&ByteArray>| {
            match v.and_then(|bytes| bytes.as_utf8().ok()) {
                Some(word) => words.push(word),
                None => words.push_empty(),
            }
        }),
        _ => Err(ParquetError::General("a column is of another kind than described".to_owned())),
    }
}

fn read_column<T: DataType>(mut reader: ColumnReaderImpl<T>, rows: usize, mut push: impl FnMut(Option<&T::T>)) -> Result<(), ParquetError> {
    let (mut levels, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut read = 0;
    while read < rows {
        let (records, _, _) = reader.read_records(rows - read, Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(ParquetError::EOF("a column is shorter than its row group".to_owned()));
        }
        read += records;
    }
    let mut values = values.iter();
    for level in levels {
        push(if level == 0 { None } else { values.next() });
    }
    Ok(())
}

fn failure(path: &Path, error: ParquetError) -> Failure {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => Failure::io(path)(*source),
            Err(source) => Failure::damaged(path, source.to_string()),
        },
        error => Failure::damaged(path, error.to_string()),
    }
}
