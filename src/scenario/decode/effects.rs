//! What developments change: parameters by their paths, sizes in their units.

use super::build::{Builder, node, place_of};
use super::fit::hours;
use super::laws::{self, LawBook};
use super::walk::Walk;
use super::written::written;
use crate::scenario::document::{Entry, Node, ParameterPath, Table, get};
use crate::scenario::fields::{Kind, ROOT, Unit, check_path};
use crate::scenario::issue::{Issue, Place, alternatives, nearest};
use crate::scenario::parameter::{Inside, Measure, Parameter, Unresolved, Value, resolve};
use crate::scenario::world::{Change, Effect, Scenario};
use crate::time::Duration;
use crate::units::Rate;

/// What may be set where a number is a limit.
const LIMIT: Kind = Kind::Either(&[Kind::Whole(0), Kind::Word(&["unlimited"], &[])]);
const LIMIT_OF_ONE: Kind = Kind::Either(&[Kind::Whole(1), Kind::Word(&["unlimited"], &[])]);
const AMOUNT: Kind = Kind::Number(0.0, f64::INFINITY);
const ANY: Kind = Kind::Number(f64::NEG_INFINITY, f64::INFINITY);

impl Measure {
    /// What may be added to it.
    fn unit_of_add(self) -> Unit {
        match self {
            Measure::Rate => Unit::Rate,
            _ if self.is_time() => Unit::Shift,
            _ => Unit::Number,
        }
    }

    /// The unit of the law; none: it is no law of a quantity.
    fn unit_of_law(self) -> Option<Unit> {
        Some(match self {
            Measure::TimeLaw | Measure::SpanLaw => Unit::Time,
            Measure::TonnesLaw => Unit::Tonnes,
            Measure::PalletsLaw => Unit::Pallets,
            Measure::ShareLaw => Unit::Share,
            _ => return None,
        })
    }

    /// What it may be set to.
    fn kind(self) -> Kind {
        match self {
            Measure::Share => Kind::Share,
            Measure::BelowOne => Kind::Number(0.0, 1.0),
            Measure::Amount | Measure::Positive => AMOUNT,
            Measure::Free => ANY,
            Measure::Whole(least) => Kind::Whole(u64::from(least)),
            Measure::Limit(0) => LIMIT,
            Measure::Limit(_) => LIMIT_OF_ONE,
            Measure::Rate => Kind::Rate,
            Measure::Time | Measure::FreeTime => Kind::Duration,
            Measure::Span => Kind::Span,
            Measure::TimeLaw | Measure::SpanLaw => Kind::Law(Unit::Time),
            Measure::TonnesLaw => Kind::Law(Unit::Tonnes),
            Measure::PalletsLaw => Kind::Law(Unit::Pallets),
            Measure::ShareLaw => Kind::Law(Unit::Share),
            Measure::CountLaw => Kind::Count,
            Measure::Hours => Kind::Hours,
            Measure::Status => status_kind(),
        }
    }
}

/// What may stand under `status` of an organisation.
fn status_kind() -> Kind {
    match ROOT.field("organisation").map(|f| f.kind) {
        Some(Kind::Named(_, organisation)) => organisation.field("status").map_or(Kind::Text, |f| f.kind),
        _ => Kind::Text,
    }
}

impl Builder<'_> {
    /// Exactly one way of changing, and what goes with it.
    pub(super) fn forms(&mut self, given: &Node, level: f64) {
        let Some(table) = given.as_table() else { return };
        let forms = ["multiply", "add", "set"];
        let count = forms.iter().filter(|f| table.has(f)).count();
        if count != 1 {
            let found = if count == 0 { "none" } else { "several" };
            let issue = Issue::error(format!("expected one of `multiply`, `add` and `set`, found {found}"));
            let second = table.entries.iter().filter(|e| forms.contains(&e.key.as_str())).nth(1);
            self.issues.push(match second {
                Some(second) => issue.at(&second.key_place).label("one too many"),
                None => issue.at(&given.place),
            });
        }
        let Some(set) = table.entry("set") else { return };
        let over = super::build::duration(table, "over").unwrap_or_default();
        if over > Duration::ZERO {
            let issue = Issue::error("`over` goes with `multiply` and `add` only").at(&place_of(table, "over"));
            self.issues.push(issue.label("what is set is set at once"));
        }
        if level < 1.0 {
            let issue = Issue::error(format!("`set` goes with `level = 1` only, found {level}")).at(&set.key_place);
            self.issues
                .push(issue.label("nothing lies between what it was and what it is set to"));
        }
    }

    /// An effect; none: it is faulty, which was told.
    pub(super) fn effect(&mut self, scenario: &Scenario, given: &Node, is_sound: bool) -> Option<Effect> {
        let table = given.as_table()?;
        let parameter = self.parameter(scenario, node(table, "parameter")?, is_sound)?;
        let measure = parameter.measure();
        let only_set = |this: &mut Self, key: &str| {
            if measure.is_quantity() {
                return false;
            }
            let issue = Issue::error(format!("`{}` can only be set", parameter.path)).at(&place_of(table, key));
            this.issues.push(issue.label("no quantity"));
            true
        };
        let change = if table.has("multiply") {
            if only_set(self, "multiply") {
                return None;
            }
            Change::Multiply(self.law(table, "multiply", Unit::Factor)?)
        } else if let Some(add) = table.get("add") {
            if only_set(self, "add") {
                return None;
            }
            let unit = measure.unit_of_add();
            self.fits(add, &Kind::Law(unit), &parameter.path)?;
            Change::Add(laws::law(add, unit).ok()?)
        } else {
            let set = table.get("set")?;
            self.fits(set, &measure.kind(), &parameter.path)?;
            Change::Set(self.value_of(set.bare(), measure)?)
        };
        Some(Effect {
            parameter,
            change,
            over: super::build::duration(table, "over").unwrap_or_default(),
        })
    }

    /// Checks a value whose kind only its parameter tells; none: it does not fit, which was told.
    fn fits(&mut self, node: &Node, kind: &Kind, path: &str) -> Option<()> {
        Walk {
            names: self.names,
            issues: self.issues,
            // Effects are written in scenarios, never in data files.
            data: &[],
            made: &mut LawBook::default(),
        }
        .value(node, kind, path);
        (!self.issues.any_within(&node.place)).then_some(())
    }

    fn value_of(&mut self, node: &Node, measure: Measure) -> Option<Value> {
        if let Some(unit) = measure.unit_of_law() {
            return laws::law(node, unit).ok().map(Value::Law);
        }
        Some(match measure {
            Measure::CountLaw => Value::Count(laws::count(node).ok()?),
            Measure::Hours => Value::Hours(hours(node).ok()?),
            Measure::Status => {
                let entry = Entry {
                    key: "status".to_owned(),
                    key_place: node.place.clone(),
                    node: node.clone(),
                };
                Value::Status(self.status(&Table { entries: vec![entry] }))
            }
            Measure::Limit(_) if node.as_text().is_some() => Value::Unlimited,
            Measure::Rate => Value::Number(Rate::parse(node.as_text()?).ok()?.per_hour),
            _ if measure.is_time() => Value::Number(Duration::parse(node.as_text()?).ok()?.0 as f64),
            _ => Value::Number(node.as_number()?),
        })
    }

    /// A parameter that is known to be there if it is anywhere.
    pub(super) fn own_parameter(scenario: &Scenario, path: &str) -> Option<Parameter> {
        let path = ParameterPath::parse(path).ok()?;
        let found = resolve(scenario, &path.0).ok()?;
        Some(Parameter::new(path.to_string(), found.slot, None))
    }

    /// The parameter that a text names; none: there is no such parameter that can change, which was told.
    fn parameter(&mut self, scenario: &Scenario, node: &Node, is_sound: bool) -> Option<Parameter> {
        let path = match ParameterPath::parse(node.as_text()?) {
            Ok(path) => path,
            Err(why) => {
                self.issues.push(Issue::error(why).at(&node.place));
                return None;
            }
        };
        if let Err(issue) = check_path(self.root, &path) {
            self.issues.push(issue.at(&node.place));
            return None;
        }
        match resolve(scenario, &path.0) {
            Ok(found) if found.keys == path.0.len() => Some(Parameter::new(path.to_string(), found.slot, None)),
            Ok(found) => {
                let unit = Parameter::new(String::new(), found.slot, None).measure().unit_of_law();
                let inside = self.inside(&path, found.keys, unit, &node.place)?;
                Some(Parameter::new(path.to_string(), found.slot, Some(inside)))
            }
            Err(why) => {
                if is_sound || why == Unresolved::Fixed {
                    self.issues.push(unresolved(&path, why, node));
                }
                None
            }
        }
    }

    /// The number inside a law that the last keys of a path lead to.
    fn inside(&mut self, path: &ParameterPath, keys: usize, unit: Option<Unit>, place: &Place) -> Option<Inside> {
        let (law, rest) = (ParameterPath(path.0[..keys].to_vec()), &path.0[keys..]);
        let node = get(self.root, &law)?.bare();
        let Some(written) = written(node, unit) else {
            let issue = Issue::error(format!("`{law}` is {}, which has no `{}`", node.described(), rest.join("."))).at(place);
            self.issues.push(issue);
            return None;
        };
        match written.leaf(rest) {
            Ok(leaf) => Some(Inside {
                written: written.into(),
                leaf,
            }),
            Err(known) => {
                let key = rest.last().map_or("", String::as_str);
                let issue = Issue::error(format!("`{law}` has no number `{}` that can change", rest.join("."))).at(place);
                self.issues.push(match nearest(key, known.iter().map(String::as_str)) {
                    Some(near) if near != key => issue.label(format!("did you mean `{near}`?")),
                    _ => issue.note(format!("it has {}", alternatives(known.iter().map(String::as_str), "and"))),
                });
                None
            }
        }
    }
}

/// Why a path leads to nothing that can change.
fn unresolved(path: &ParameterPath, why: Unresolved, node: &Node) -> Issue {
    match why {
        Unresolved::NoName { word, name, known } => {
            let issue = Issue::error(format!("no parameter is called `{path}`")).at(&node.place);
            match nearest(&name, known.iter().map(String::as_str)) {
                Some(near) => issue.label(format!("no {word} is called `{name}`: did you mean `{near}`?")),
                None if known.is_empty() => issue.label(format!("this scenario has no {word}")),
                None => issue
                    .label(format!("no {word} is called `{name}`"))
                    .note(format!("there are: {}", known.join(", "))),
            }
        }
        Unresolved::NotStated => Issue::error(format!("`{path}` is not stated in this scenario"))
            .at(&node.place)
            .note("a development can change only what is there"),
        Unresolved::Fixed => Issue::error(format!("`{path}` cannot change while the crossing works"))
            .at(&node.place)
            .note(reason(&path.0)),
    }
}

/// Why a parameter stays as it is.
fn reason(path: &[String]) -> &'static str {
    let key = |i: usize| path.get(i).map_or("", String::as_str);
    match (key(0), key(2)) {
        ("scenario" | "observe" | "format" | "extends", _) => {
            "it is no part of the crossing: it says what is told of it, or how the file is read"
        }
        ("horizon", _) => "start and end of a run are fixed before it begins",
        ("driver", _) => "developments are drawn before the run begins; one that waits for another says `after`",
        ("contingent", "probability" | "arrives") => {
            "arrivals are drawn before the run begins; `troops`, `effectiveness` and `build_up` can change"
        }
        ("calendar", _) => "of a calendar only the weekly hours can change: `calendar.NAME.sun-thu`",
        ("cargo", "need" | "gaza_stock") => "needs and stocks at the start measure the results: they stay",
        ("policy", "return_delay") => "it is copied to the stages: change `stage.NAME.return_delay`",
        ("stage" | "escort", "lanes") => "a stage of unlimited lanes stays one",
        (_, "arrivals") => {
            "of arrivals only `rate`, `every` and `jitter` can change; what is on a timetable or recorded comes as it is written"
        }
        ("hub", "initial_stock") => "what is in stock at the start is there before anything can happen",
        _ => "numbers, times, distributions, a status and weekly hours can; names, rules, order, files and what is recorded stay",
    }
}
