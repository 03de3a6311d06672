//! The rows of study files: one a key. Reading, JSON Schema and the reference follow from them.

use serde_json::Value;

use crate::scenario::language::{Kind, Of, Rest, Section, default, optional, reference_of, required, schema_of};

/// A study file.
pub(super) static ROOT: Section = Section {
    what: "a study",
    doc: "A study file is TOML. It names a scenario and the alternatives that are held against each other under the same random numbers; `rafah compare STUDY` runs it. Paths are relative to the study file. \
          Of every alternative later layers win: its scenario with all that it extends, its policy, what the policy sets, what the alternative sets, `--set`.",
    fields: &[
        required("format", Kind::Whole(1), "Version of the language: 1."),
        required("study", Kind::Table(&STUDY), "What is asked, and with how many replications."),
        optional(
            "alternative",
            Kind::Named(Of::Alternative, &ALTERNATIVE),
            "What is held against each other; at least two, but where there are factors.",
        ),
        optional("factor", Kind::Open, "Factors by name, for `sweep`; `compare` leaves them alone."),
        optional("design", Kind::Open, "Which points of the factors are simulated, for `sweep`."),
        optional("uncertainty", Kind::Open, "Parameters that are uncertain, for `sweep`."),
    ],
    rest: Rest::Nothing,
};

/// The section `[study]`.
static STUDY: Section = Section {
    what: "the description of the study",
    doc: "What is asked.",
    fields: &[
        required("name", Kind::Text, "Short name; the folder of the result is called after it."),
        default("title", Kind::Text, "\"\"", "One line for people."),
        default(
            "question",
            Kind::Text,
            "\"\"",
            "What the study asks, in a sentence or a paragraph for people.",
        ),
        optional("scenario", Kind::File, "The scenario of every alternative that names none."),
        default(
            "replications",
            Kind::Whole(1),
            "1000",
            "Replications of each alternative. Either this or `precision`.",
        ),
        optional(
            "precision",
            Kind::Either(&[Kind::Table(&PRECISION), Kind::Array(&Kind::Table(&PRECISION))]),
            "Goes on until a response is known well enough in every alternative; of several, until all hold at once.",
        ),
        default("confidence", Kind::Share, "0.95", "Confidence of all intervals."),
        default(
            "seed",
            Kind::Whole(0),
            "1",
            "Seed of all random numbers, the same in every alternative.",
        ),
        optional(
            "responses",
            Kind::Array(&Kind::Text),
            "The responses that decide, the most important first: columns of `replications`, or of a table with a key, such as `stage.scan.mean_wait_min`. \
             Default: tonnes delivered, need met and days below need where there is a need, the 90th percentile of the time to delivery, exposure where there are incidents, and the trucks on the way at the end.",
        ),
        optional(
            "reference",
            Kind::Text,
            "The alternative to which differences are taken. Default: the first.",
        ),
        optional(
            "directions",
            Kind::Open,
            "Responses of which \"more\" or \"less\" is better, or \"neither\", where their table says otherwise or nothing: { delivered_trucks = \"more\" }.",
        ),
        optional("tables", Kind::Array(&Kind::Text), "The tables to write. Default: all."),
    ],
    rest: Rest::Nothing,
};

/// The precision that a study asks for.
static PRECISION: Section = Section {
    what: "the precision",
    doc: "Replications go on, the same number of every alternative, until the response is known so well in each. Either `relative` or `absolute` says how well.",
    fields: &[
        default("response", Kind::Text, "\"delivered_tonnes\"", "The response."),
        default(
            "of",
            Kind::Text,
            "\"mean\"",
            "Which number of it over the replications: \"mean\", \"median\", a quantile such as \"p05\" or \"p90\", or \"difference\", the mean difference of every other alternative from the reference.",
        ),
        optional(
            "relative",
            Kind::Share,
            "Half-width of the interval over that number, such as 0.01; of a difference, over the mean of the reference.",
        ),
        optional(
            "absolute",
            Kind::Number(0.0, f64::INFINITY),
            "Half-width of the interval in the unit of the response.",
        ),
        optional(
            "confidence",
            Kind::Share,
            "Confidence of that interval. Default: that of the study.",
        ),
        default(
            "max",
            Kind::Whole(1),
            "100000",
            "At most so many replications of each alternative; of several, the least.",
        ),
    ],
    rest: Rest::Nothing,
};

/// An alternative.
static ALTERNATIVE: Section = Section {
    what: "an alternative",
    doc: "What is done otherwise. One that says nothing but its title is the scenario as it is.",
    fields: &[
        default(
            "title",
            Kind::Text,
            "\"\"",
            "One line for people. Default: the title of the scenario.",
        ),
        optional("scenario", Kind::File, "A scenario of its own, in place of the study's."),
        optional(
            "policy",
            Kind::File,
            "A file with `format = 1` and `[policy]` that takes the place of the scenario's policy.",
        ),
        optional(
            "set",
            Kind::Settings,
            "Parameters by their place in the scenario: { \"stage.scan.lanes\" = 3 }; after those that the policy sets.",
        ),
    ],
    rest: Rest::Nothing,
};

/// The JSON Schema (2020-12) of study files, for editors.
pub fn schema() -> Value {
    let mut schema = schema_of(&ROOT, "rafah study");
    // What the rows call settings: paths and values, or here responses and words.
    if let Some(directions) = schema.pointer_mut("/properties/study/properties/directions") {
        directions["additionalProperties"] = serde_json::json!({ "enum": super::written::DIRECTIONS.map(|(word, _)| word) });
    }
    if let Some(precision) = schema.pointer_mut("/properties/study/properties/precision/anyOf/0/anyOf") {
        for path in ["/0", "/1/items"] {
            if let Some(table) = precision.pointer_mut(path) {
                table["oneOf"] = serde_json::json!([{ "required": ["relative"] }, { "required": ["absolute"] }]);
                table["properties"]["of"]["pattern"] = super::precision::PATTERN.into();
            }
        }
    }
    schema
}

/// The part of the reference page that is about study files.
pub fn reference() -> String {
    format!("\n# Study files\n\n{}", reference_of(&ROOT))
}
