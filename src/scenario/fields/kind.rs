//! What may be written under a key.

use crate::calendar::parse_days;

/// What may be written under a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Words for people.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, at least so much.
    Whole(u64),
    /// A number from … to …, the bounds included.
    Number(f64, f64),
    /// A number from 0 to 1.
    Share,
    /// Such as `"4min"`.
    Duration,
    /// A duration above 0.
    Span,
    /// Such as `"1.5/h"`.
    Rate,
    /// Such as `"1400 t/d"`.
    DailyTonnes,
    /// Such as `"08:00"`.
    Clock,
    /// A date, with or without a clock time.
    Date,
    /// A date without clock time.
    Day,
    /// A month and a day, such as `"06-01"`.
    MonthDay,
    /// A date, with or without a clock time, or a duration since the start.
    Instant,
    /// A date, a duration or a law of time since the start, or a date with a delay.
    Moment,
    /// A value in the unit of the parameter that another key names.
    InUnitOf(&'static str),
    /// Such as `"10:00-14:00"`, or an array of them.
    Hours,
    /// Such as `"sun-thu"`, or an array of them.
    Days,
    /// The path of a file, relative to the file that names it.
    File,
    /// One of some words, and words of the language that this version does not build yet.
    Word(&'static [&'static str], &'static [&'static str]),
    /// The name of something.
    Name(Of),
    /// The name of a stage or an end.
    Target,
    /// A law of a real quantity.
    Law(Unit),
    /// A law of a count.
    Count,
    /// One kind, shares, or a cycle.
    Mix(Of),
    /// Any number of values.
    Array(&'static Kind),
    /// One of some kinds.
    Either(&'static [Kind]),
    /// Paths and values.
    Settings,
    /// A table whose keys other rules than rows are about.
    Open,
    /// A table whose keys name things that exist.
    Map(Of, &'static Kind),
    /// A table whose keys give names.
    Named(Of, &'static Section),
    /// A table whose keys give names, each with a `process`.
    NamedProcess(Of, &'static Process),
    /// A table.
    Table(&'static Section),
    /// A table whose `process` says which keys it has.
    Process(&'static Process),
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Calendar,
    Cargo,
    Organisation,
    Hub,
    Convoy,
    Travellers,
    Resource,
    Stage,
    Escort,
    Severity,
    Regime,
    Closure,
    Contingent,
    Driver,
    Outcome,
    Extra,
    Season,
    Trigger,
    /// Of a study.
    Alternative,
}

impl Of {
    /// The word for one.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Of::Calendar => "calendar",
            Of::Cargo => "cargo",
            Of::Organisation => "organisation",
            Of::Hub => "hub",
            Of::Convoy => "convoy",
            Of::Travellers => "stream of travellers",
            Of::Resource => "resource",
            Of::Stage => "stage",
            Of::Escort => "escort",
            Of::Severity => "severity",
            Of::Regime => "regime",
            Of::Closure => "closure",
            Of::Contingent => "contingent",
            Of::Driver => "driver",
            Of::Outcome => "outcome",
            Of::Extra => "extra time",
            Of::Season => "season",
            Of::Trigger => "trigger",
            Of::Alternative => "alternative",
        }
    }
}

/// The unit of a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Durations.
    Time,
    /// Tonnes of a truckload.
    Tonnes,
    /// Pallets of a truckload.
    Pallets,
    /// A number by which something is multiplied, at least 0.
    Factor,
    /// Any number.
    Number,
    /// Events per unit of time, less than none among them.
    Rate,
    /// Durations, those before it among them.
    Shift,
    /// A share, from 0 to 1.
    Share,
}

/// Whether a key must be given.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Need {
    /// It must.
    Required,
    /// It need not; what its absence means is told by the row's documentation.
    Optional,
    /// It need not; this (as TOML) holds then.
    Default(&'static str),
}

/// A key of the language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The key.
    pub key: &'static str,
    /// What may be written there.
    pub kind: Kind,
    /// Whether it must be given.
    pub need: Need,
    /// One line for people.
    pub doc: &'static str,
}

/// A table of the language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Section {
    /// What it describes, with its article: "a stage".
    pub what: &'static str,
    /// One or two sentences for the reference.
    pub doc: &'static str,
    /// Its keys.
    pub fields: &'static [Field],
    /// What other keys it may have.
    pub rest: Rest,
}

/// Keys beside those with a row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    /// None.
    Nothing,
    /// Days and ranges of days.
    Days(&'static Kind),
    /// Dates.
    Dates(&'static Kind),
    /// Any key, each with a text.
    Texts,
}

/// Tables told apart by their key `process`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Process {
    /// The value of `process`, and the keys it brings.
    pub cases: &'static [(&'static str, &'static Section)],
}

impl Process {
    /// The keys of a case.
    pub(crate) fn case(&self, name: &str) -> Option<&'static Section> {
        self.cases.iter().find(|(n, _)| *n == name).map(|(_, s)| *s)
    }
}

impl Section {
    /// The row of a key.
    pub(crate) fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// All keys that have a row.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.fields.iter().map(|f| f.key)
    }

    /// What may be written under a key, days and dates included.
    pub(crate) fn kind_of(&self, key: &str) -> Option<&'static Kind> {
        if let Some(field) = self.field(key) {
            return Some(&field.kind);
        }
        match self.rest {
            Rest::Days(kind) if parse_days(key).is_ok() => Some(kind),
            Rest::Dates(kind) => Some(kind),
            Rest::Texts => Some(&Kind::Text),
            _ => None,
        }
    }
}

impl Kind {
    /// Whether a table other than evidence or a law may stand there.
    pub(crate) fn takes_table(&self) -> bool {
        match self {
            Kind::Map(..) | Kind::Named(..) | Kind::NamedProcess(..) | Kind::Table(_) | Kind::Process(_) | Kind::Mix(_) => true,
            Kind::Either(kinds) => kinds.iter().any(Kind::takes_table),
            _ => false,
        }
    }

    /// What is expected, in words.
    pub(crate) fn expected(&self) -> String {
        match self {
            Kind::Text => "a text in quotes".to_owned(),
            Kind::Flag => "`true` or `false`".to_owned(),
            Kind::Whole(0) => "a whole number".to_owned(),
            Kind::Whole(least) => format!("a whole number of at least {least}"),
            Kind::Number(least, greatest) if greatest.is_infinite() && least.is_infinite() => "a number".to_owned(),
            Kind::Number(least, greatest) if greatest.is_infinite() => format!("a number of at least {least}"),
            Kind::Number(least, greatest) => format!("a number from {least} to {greatest}"),
            Kind::Share => "a number from 0 to 1".to_owned(),
            Kind::Duration => "a duration such as \"4min\"".to_owned(),
            Kind::Span => "a duration above 0, such as \"4min\"".to_owned(),
            Kind::Rate => "a rate such as \"1.5/h\"".to_owned(),
            Kind::DailyTonnes => "tonnes a day such as \"1400 t/d\"".to_owned(),
            Kind::Clock => "a clock time such as \"08:00\"".to_owned(),
            Kind::Date => "a date such as 2026-07-01 or 2026-07-01T08:00:00".to_owned(),
            Kind::Day => "a date such as 2026-07-01".to_owned(),
            Kind::MonthDay => "a month and a day such as \"06-01\"".to_owned(),
            Kind::Instant => "a date such as 2026-07-01T08:00:00 or a duration since the start such as \"72h\"".to_owned(),
            Kind::Moment => "a date, a duration or a distribution of time since the start, or { from = DATE, delay = … }".to_owned(),
            Kind::InUnitOf(key) => format!("a value in the unit of `{key}`"),
            Kind::Hours => "hours such as \"08:00-17:00\", an array of them, \"closed\" or \"always\"".to_owned(),
            Kind::Days => "days such as \"sun-thu\"".to_owned(),
            Kind::File => "the path of a file in quotes".to_owned(),
            Kind::Word(words, _) => super::super::issue::alternatives(words.iter().copied(), "or"),
            Kind::Name(of) => format!("the name of {} {}", article(of.word()), of.word()),
            Kind::Target => "the name of a stage or an end".to_owned(),
            Kind::Law(Unit::Time) => "a duration such as \"4min\" or a distribution of time".to_owned(),
            Kind::Law(Unit::Tonnes) => "tonnes as a number or a distribution".to_owned(),
            Kind::Law(Unit::Pallets) => "pallets as a number or a distribution".to_owned(),
            Kind::Law(Unit::Factor) => "a number of at least 0 or a distribution of such numbers".to_owned(),
            Kind::Law(Unit::Number) => "a number or a distribution of numbers".to_owned(),
            Kind::Law(Unit::Rate) => "a rate such as \"1.5/h\" or a distribution of rates".to_owned(),
            Kind::Law(Unit::Shift) => "a duration such as \"4min\" or \"-4min\", or a distribution of time".to_owned(),
            Kind::Law(Unit::Share) => "a number from 0 to 1 or a distribution of shares".to_owned(),
            Kind::Count => "a whole number or a distribution of counts".to_owned(),
            Kind::Mix(of) => format!(
                "the name of {} {}, a table of shares, or {{ cycle = […] }}",
                article(of.word()),
                of.word()
            ),
            Kind::Array(kind) => format!("an array, each element {}", kind.expected()),
            Kind::Either(kinds) => kinds.iter().map(Kind::expected).collect::<Vec<_>>().join(", or "),
            Kind::Map(of, kind) => format!("a table from {} to {}", of.word(), kind.expected()),
            Kind::Named(of, _) | Kind::NamedProcess(of, _) => format!("a table with a table for each {}", of.word()),
            Kind::Table(section) => format!("a table: {}", section.what),
            Kind::Process(process) => format!(
                "a table with `process` ({})",
                process.cases.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
            ),
            Kind::Settings => "a table of paths and values".to_owned(),
            Kind::Open => "a table".to_owned(),
        }
    }
}

/// The article of a word.
pub(crate) fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// A key that must be given.
pub(crate) const fn required(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        need: Need::Required,
        doc,
    }
}

/// A key that need not be given.
pub(crate) const fn optional(key: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        need: Need::Optional,
        doc,
    }
}

/// A key with a default.
pub(crate) const fn default(key: &'static str, kind: Kind, value: &'static str, doc: &'static str) -> Field {
    Field {
        key,
        kind,
        need: Need::Default(value),
        doc,
    }
}
