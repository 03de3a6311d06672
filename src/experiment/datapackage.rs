//! `datapackage.json`: every table and column of a result for other programs, after the Data Package standard of Frictionless Data.
//!
//! A table is a resource with its first file as `path`; where it was written in two forms, `files` has both. The unit of a column is
//! a property of its field.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::aside::{self, Written};
use super::failure::Failure;
use crate::table::{Column, Kind, Table};

/// The name of its file.
pub(crate) const FILE: &str = "datapackage.json";

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DataPackage {
    profile: String,
    name: String,
    title: String,
    description: String,
    pub(crate) resources: Vec<Resource>,
}

/// A table and its files.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Resource {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) path: String,
    format: String,
    mediatype: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    pub(crate) files: Vec<String>,
    pub(crate) schema: Schema,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schema {
    pub(crate) fields: Vec<Field>,
    missing_values: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) primary_key: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    unit: String,
    description: String,
}

impl Field {
    fn new(column: &Column) -> Field {
        let kind = match column.kind {
            Kind::Whole => "integer",
            Kind::Real => "number",
            Kind::Text => "string",
        };
        Field { name: column.name.clone(), kind: kind.to_owned(), unit: column.unit.clone(), description: column.doc.clone() }
    }

    /// The column that it describes.
    pub(crate) fn column(&self) -> Column {
        let kind = match self.kind.as_str() {
            "integer" => Kind::Whole,
            "number" => Kind::Real,
            _ => Kind::Text,
        };
        Column::new(self.name.clone(), kind, self.unit.clone(), self.description.clone())
    }
}

impl Resource {
    /// A table written into files, named as in the manifest. CSV, which every program reads, comes first.
    pub(crate) fn new(table: &Table, mut files: Vec<String>) -> Resource {
        files.sort();
        let path = files.first().cloned().unwrap_or_default();
        let csv = Path::new(&path).extension().is_some_and(|e| e == "csv");
        let (format, mediatype) = if csv { ("csv", "text/csv") } else { ("parquet", "application/vnd.apache.parquet") };
        Resource {
            name: table.name.to_owned(),
            description: table.doc.to_owned(),
            path,
            format: format.to_owned(),
            mediatype: mediatype.to_owned(),
            encoding: csv.then(|| "utf-8".to_owned()),
            files,
            schema: Schema {
                fields: table.columns.iter().map(Field::new).collect(),
                missing_values: vec![String::new()],
                primary_key: table.columns[..table.keys].iter().map(|c| c.name.clone()).collect(),
            },
        }
    }
}

impl DataPackage {
    /// The tables of a result of these alternatives, by name and title.
    pub(crate) fn new(alternatives: &[(&str, &str)], resources: Vec<Resource>) -> DataPackage {
        let titles: Vec<&str> = alternatives.iter().map(|(name, title)| if title.is_empty() { *name } else { *title }).collect();
        // Names of packages are lower-case letters, digits and `-._`.
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-._".contains(c) { c.to_ascii_lowercase() } else { '-' };
        let name = alternatives.first().map_or("rafah", |(name, _)| name).chars().map(plain).collect();
        DataPackage {
            profile: "data-package".to_owned(),
            name,
            title: titles.join("; "),
            description: "Replications of a simulated border crossing. Units stand beside each column; empty is missing.".to_owned(),
            resources,
        }
    }

    /// Writes it into its folder.
    pub(crate) fn write(&self, folder: &Path) -> Result<Written, Failure> {
        aside::write_json(&folder.join(FILE), self)
    }

    /// Reads that of a folder.
    pub(crate) fn read(folder: &Path) -> Result<DataPackage, Failure> {
        let path: PathBuf = folder.join(FILE);
        let text = std::fs::read(&path).map_err(Failure::io(&path))?;
        serde_json::from_slice(&text).map_err(|e| Failure::damaged(&path, e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_is_described_with_type_and_unit() {
        let columns = vec![
            Column::new("alternative", Kind::Text, "", "its name"),
            Column::new("replication", Kind::Whole, "", "its number"),
            Column::new("closed_h", Kind::Real, "h", "time closed"),
        ];
        let table = Table { name: "replications", doc: "a row each", keys: 2, columns, small: true };
        let resource = Resource::new(&table, vec!["replications.parquet".to_owned(), "replications.csv".to_owned()]);
        let value = serde_json::to_value(DataPackage::new(&[("Base line", "The crossing")], vec![resource])).unwrap();
        assert_eq!(value["name"], "base-line");
        let resource = &value["resources"][0];
        assert_eq!(resource["path"], "replications.csv");
        assert_eq!(resource["files"], serde_json::json!(["replications.csv", "replications.parquet"]));
        let field = serde_json::json!({ "name": "closed_h", "type": "number", "unit": "h", "description": "time closed" });
        assert_eq!(resource["schema"]["fields"][2], field);
        assert_eq!(resource["schema"]["primaryKey"], serde_json::json!(["alternative", "replication"]));
        let back: DataPackage = serde_json::from_value(value).unwrap();
        assert_eq!(back.resources[0].schema.fields[1].column(), table.columns[1]);
    }
}
