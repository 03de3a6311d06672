//! The JSON Schema of scenario files, for editors.

use serde_json::{Map, Value, json};

use crate::random::{COUNT_FAMILIES, FAMILIES, Parameter, ParameterKind};
use crate::scenario::fields::{Kind, Need, Of, Process, ROOT, Rest, Section, Unit, is_section};

/// Patterns of texts with units, as editors check them.
const DURATION: &str = r"^\s*(\d+(\.\d+)?\s*(w|d|h|min|s|sec|ms|us)\s*)+$";
const RATE: &str = r"^\s*\d+(\.\d+)?([eE][-+]?\d+)?\s*/\s*(w|d|h|min|s|sec)\s*$";
const DAILY_TONNES: &str = r"^\s*\d+(\.\d+)?\s*(t|kg)/(d|w)\s*$";
const DATE: &str = r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$";
const MONTH_DAY: &str = r"^\d{1,2}-\d{1,2}$";
const CLOCK: &str = r"^\d{1,2}:\d{2}(:\d{2})?$";
const HOURS: &str = r"^(closed|always|\d{1,2}:\d{2}(:\d{2})?-\d{1,2}:\d{2}(:\d{2})?)$";
const DAY_KEY: &str = r"^(mon|tue|wed|thu|fri|sat|sun)(-(mon|tue|wed|thu|fri|sat|sun))?$";

/// The JSON Schema (2020-12) of scenario files.
pub fn schema() -> Value {
    let mut root = section(&ROOT);
    if let Value::Object(root) = &mut root {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert("title".to_owned(), json!("rafah scenario"));
        root.insert("$defs".to_owned(), definitions());
    }
    root
}

/// The JSON Schema of another kind of file that is read by rows, with the definitions that it uses. It has no layers: what is required
/// must be there.
pub(crate) fn schema_of(root: &Section, title: &str) -> Value {
    let mut root = section(root);
    say_required(&mut root);
    let all = definitions();
    let mut used: Map<String, Value> = Map::new();
    let mut open = references(&root);
    while let Some(name) = open.pop() {
        if let (Some(definition), false) = (all.get(&name), used.contains_key(&name)) {
            open.extend(references(definition));
            used.insert(name, definition.clone());
        }
    }
    if let Value::Object(root) = &mut root {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert("title".to_owned(), json!(title));
        root.insert("$defs".to_owned(), Value::Object(used));
    }
    root
}

/// The definitions that a schema refers to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str);
            let own = own.and_then(|path| path.strip_prefix("#/$defs/")).map(str::to_owned);
            own.into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

fn say_required(value: &mut Value) {
    match value {
        Value::Object(object) => {
            if let Some(keys) = object.remove("x-required-after-merging") {
                object.insert("required".to_owned(), keys);
            }
            object.values_mut().for_each(say_required);
        }
        Value::Array(items) => items.iter_mut().for_each(say_required),
        _ => {}
    }
}

fn definitions() -> Value {
    let plain = json!({
        "duration": { "type": "string", "pattern": DURATION },
        "rate": { "type": "string", "pattern": RATE },
        "daily_tonnes": { "type": "string", "pattern": DAILY_TONNES },
        "clock": { "type": "string", "pattern": CLOCK },
        "date": { "type": "string", "pattern": DATE },
        "share": { "type": "number", "minimum": 0, "maximum": 1 },
        "number": { "type": "number" },
        "amount": { "type": "number", "minimum": 0 },
        "whole": { "type": "integer" },
        "law_of_time": law(Unit::Time),
        "law_of_tonnes": law(Unit::Tonnes),
        "law_of_pallets": law(Unit::Pallets),
        "law_of_shares": law(Unit::Share),
        "month_day": { "type": "string", "pattern": MONTH_DAY },
        "law_of_factors": law(Unit::Factor),
        "law_of_numbers": law(Unit::Number),
        "law_of_rates": law(Unit::Rate),
        "law_of_shifts": law(Unit::Shift),
        "shift": { "type": "string", "pattern": format!("^-?{}", DURATION.trim_start_matches('^')) },
        "change_of_rate": { "type": "string", "pattern": format!("^-?{}", RATE.trim_start_matches('^')) },
        "count": count(),
        "hours": { "type": "string", "pattern": HOURS },
    });
    let mut all = Map::new();
    for (name, value) in plain.as_object().into_iter().flatten() {
        all.insert(name.clone(), value.clone());
        all.insert(format!("{name}_or_evidence"), or_evidence(&reference(name)));
    }
    Value::Object(all)
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

/// A value, or the same with its evidence.
fn or_evidence(plain: &Value) -> Value {
    json!({ "anyOf": [plain, evidence(plain)] })
}

fn section(section: &Section) -> Value {
    let mut object = table(section, &[]);
    object.insert("description".to_owned(), json!(section.doc));
    Value::Object(object)
}

/// The object of a section, with more properties that come first.
fn table(section: &Section, more: &[(&str, Value)]) -> Map<String, Value> {
    let mut properties = Map::new();
    for (key, value) in more {
        properties.insert((*key).to_owned(), value.clone());
    }
    let is_root = std::ptr::eq(section, &raw const ROOT);
    for field in section.fields {
        let mut value = with_evidence(&field.kind);
        if is_root && is_section(field.key) {
            value = json!({ "anyOf": [value, { "type": "string", "description": "A file with `format = 1` and this section." }] });
        }
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), json!(field.doc));
            if let Need::Default(text) = field.need {
                value.insert("default".to_owned(), json_of_toml(text));
            }
        }
        properties.insert(field.key.to_owned(), value);
    }
    let required: Vec<&str> = section
        .fields
        .iter()
        .filter(|f| matches!(f.need, Need::Required))
        .map(|f| f.key)
        .collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), json!("object"));
    object.insert("properties".to_owned(), Value::Object(properties));
    // A child file leaves out what its parent says: only editors that know the whole could ask for more.
    if !required.is_empty() && !is_root {
        object.insert("x-required-after-merging".to_owned(), json!(required));
    }
    match section.rest {
        Rest::Nothing => object.insert("additionalProperties".to_owned(), json!(false)),
        Rest::Texts => object.insert("additionalProperties".to_owned(), json!({ "type": "string" })),
        Rest::Days(kind) => {
            object.insert("patternProperties".to_owned(), json!({ DAY_KEY: with_evidence(kind) }));
            object.insert("additionalProperties".to_owned(), json!(false))
        }
        Rest::Dates(kind) => {
            object.insert(
                "patternProperties".to_owned(),
                json!({ r"^\d{4}-\d{2}-\d{2}$": with_evidence(kind) }),
            );
            object.insert("additionalProperties".to_owned(), json!(false))
        }
    };
    object
}

fn json_of_toml(text: &str) -> Value {
    match text {
        "true" => json!(true),
        "false" => json!(false),
        _ if text.starts_with('"') => json!(text.trim_matches('"')),
        _ => text
            .parse::<i64>()
            .map_or_else(|_| json!(text.parse::<f64>().unwrap_or_default()), |n| json!(n)),
    }
}

/// What may stand under a key, with its evidence where it may have some.
fn with_evidence(kind: &Kind) -> Value {
    let plain = value(kind);
    let takes = !kind.takes_table() || matches!(kind, Kind::Either(_));
    let excluded = matches!(
        kind,
        Kind::Text | Kind::File | Kind::Name(_) | Kind::Target | Kind::Word(..) | Kind::Flag | Kind::Settings | Kind::Open | Kind::Array(_)
    );
    match plain.get("$ref").and_then(Value::as_str) {
        _ if !takes || excluded => plain,
        Some(name) => json!({ "$ref": format!("{name}_or_evidence") }),
        None => or_evidence(&plain),
    }
}

fn evidence(plain: &Value) -> Value {
    json!({
        "type": "object",
        "required": ["value"],
        "properties": { "value": plain, "range": { "type": "array", "minItems": 2, "maxItems": 2 }, "source": { "type": "string" }, "assumption": { "type": "string" } },
        "additionalProperties": false,
    })
}

fn value(kind: &Kind) -> Value {
    let date = || reference("date");
    match kind {
        Kind::Text | Kind::File | Kind::Name(_) | Kind::Target => json!({ "type": "string" }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Whole(least) => json!({ "type": "integer", "minimum": least }),
        Kind::Number(least, greatest) => {
            let mut number = Map::from_iter([("type".to_owned(), json!("number"))]);
            if least.is_finite() {
                number.insert("minimum".to_owned(), json!(least));
            }
            if greatest.is_finite() {
                number.insert("maximum".to_owned(), json!(greatest));
            }
            Value::Object(number)
        }
        Kind::Share => reference("share"),
        Kind::Duration | Kind::Span => reference("duration"),
        Kind::Rate => reference("rate"),
        Kind::DailyTonnes => reference("daily_tonnes"),
        Kind::Clock => reference("clock"),
        Kind::Date | Kind::Day => date(),
        Kind::MonthDay => reference("month_day"),
        Kind::Instant => json!({ "anyOf": [reference("duration"), date()] }),
        Kind::Hours => json!({ "anyOf": [reference("hours"), { "type": "array", "items": reference("hours") }] }),
        Kind::Days => {
            json!({ "anyOf": [{ "type": "string", "pattern": DAY_KEY }, { "type": "array", "items": { "type": "string", "pattern": DAY_KEY } }] })
        }
        Kind::Word(words, _) => json!({ "enum": words }),
        Kind::Law(Unit::Time) => reference("law_of_time"),
        Kind::Law(Unit::Tonnes) => reference("law_of_tonnes"),
        Kind::Law(Unit::Pallets) => reference("law_of_pallets"),
        Kind::Law(Unit::Share) => reference("law_of_shares"),
        Kind::Law(Unit::Factor) => reference("law_of_factors"),
        Kind::Law(Unit::Number) => reference("law_of_numbers"),
        Kind::Law(Unit::Rate) => reference("law_of_rates"),
        Kind::Law(Unit::Shift) => reference("law_of_shifts"),
        Kind::Moment => json!({ "anyOf": [date(), reference("law_of_time"), {
            "type": "object",
            "properties": { "from": date(), "delay": reference("law_of_time") },
            "required": ["from"],
            "additionalProperties": false,
        }] }),
        Kind::InUnitOf(_) => json!({ "description": "A value in the unit of the parameter." }),
        Kind::Count => reference("count"),
        Kind::Mix(_) => json!({ "anyOf": [
            { "type": "string" },
            { "type": "object", "properties": { "cycle": { "type": "array", "items": { "type": "string" }, "minItems": 1 } }, "required": ["cycle"] },
            { "type": "object", "additionalProperties": with_evidence(&Kind::Share) },
        ] }),
        Kind::Array(inner) => json!({ "type": "array", "items": with_evidence(inner) }),
        Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(value).collect::<Vec<_>>() }),
        Kind::Map(_, inner) => json!({ "type": "object", "additionalProperties": with_evidence(inner) }),
        Kind::Named(of, inner) => named(*of, &section(inner)),
        Kind::NamedProcess(of, inner) => named(*of, &process(inner)),
        Kind::Table(inner) => section(inner),
        Kind::Process(inner) => process(inner),
        Kind::Settings | Kind::Open => json!({ "type": "object" }),
    }
}

fn named(of: Of, inner: &Value) -> Value {
    json!({ "type": "object", "description": format!("A table for each {}, by name.", of.word()), "additionalProperties": inner })
}

fn process(process: &Process) -> Value {
    let cases: Vec<Value> = process
        .cases
        .iter()
        .map(|(name, section)| {
            let mut object = table(section, &[("process", json!({ "const": name }))]);
            object.insert("required".to_owned(), json!(["process"]));
            object.insert("description".to_owned(), json!(section.doc));
            Value::Object(object)
        })
        .collect();
    json!({ "anyOf": cases })
}

fn law(unit: Unit) -> Value {
    let (quantity, own) = match unit {
        Unit::Time => ("duration", "law_of_time"),
        Unit::Tonnes => ("amount", "law_of_tonnes"),
        Unit::Pallets => ("amount", "law_of_pallets"),
        Unit::Factor => ("amount", "law_of_factors"),
        Unit::Number => ("number", "law_of_numbers"),
        Unit::Rate => ("change_of_rate", "law_of_rates"),
        Unit::Shift => ("shift", "law_of_shifts"),
        Unit::Share => ("share", "law_of_shares"),
    };
    let mut cases = vec![reference(quantity)];
    cases.extend(
        FAMILIES
            .iter()
            .map(|f| family(f.name, f.doc, f.parameters, f.forms, quantity, own, &["min", "max"])),
    );
    json!({ "anyOf": cases })
}

fn count() -> Value {
    let extra = &["min", "max", "plus", "autocorrelation"];
    let own = "law_of_pallets";
    let mut cases = vec![json!({ "type": "integer", "minimum": 0 })];
    cases.extend(
        COUNT_FAMILIES
            .iter()
            .map(|f| family(f.name, f.doc, f.parameters, f.forms, "number", own, extra)),
    );
    let known = |name: &str| COUNT_FAMILIES.iter().any(|f| f.name == name);
    cases.extend(
        FAMILIES
            .iter()
            .filter(|f| !known(f.name))
            .map(|f| family(f.name, f.doc, f.parameters, f.forms, "number", own, extra)),
    );
    json!({ "anyOf": cases })
}

fn family(name: &str, doc: &str, parameters: &[Parameter], forms: &[&[&str]], quantity: &str, own: &str, extra: &[&str]) -> Value {
    let wrapped = |name: &str| reference(&format!("{name}_or_evidence"));
    let mut properties = Map::from_iter([("dist".to_owned(), json!({ "const": name }))]);
    for key in extra {
        let kind = if matches!(*key, "min" | "max") { quantity } else { "number" };
        properties.insert((*key).to_owned(), wrapped(kind));
    }
    for p in parameters {
        let kind = match p.kind {
            ParameterKind::Quantity => wrapped(quantity),
            ParameterKind::Number => wrapped("number"),
            ParameterKind::Whole => wrapped("whole"),
            ParameterKind::Probability => wrapped("share"),
            ParameterKind::Quantities => json!({ "type": "array", "items": wrapped(quantity) }),
            ParameterKind::Weights => json!({ "type": "array", "items": wrapped("amount") }),
            ParameterKind::Laws => json!({ "type": "array", "items": reference(own) }),
        };
        properties.insert(p.name.to_owned(), kind);
    }
    let texts: &[&str] = if name == "empirical" {
        &["file", "column", "unit", "source", "assumption"]
    } else {
        &["source", "assumption"]
    };
    for key in texts {
        properties.insert((*key).to_owned(), json!({ "type": "string" }));
    }
    let mut object =
        json!({ "type": "object", "description": doc, "properties": properties, "required": ["dist"], "additionalProperties": false });
    if forms.len() > 1 {
        let mut ways: Vec<Value> = forms.iter().map(|form| json!({ "required": form })).collect();
        if name == "empirical" {
            ways.push(json!({ "required": ["file"] }));
        }
        object["anyOf"] = json!(ways);
    }
    object
}
