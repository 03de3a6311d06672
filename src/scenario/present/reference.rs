//! The reference page of the language, from the field tables.

use std::fmt::Write;

use crate::random::{COUNT_FAMILIES, FAMILIES, Parameter, ParameterKind};
use crate::scenario::fields::{Kind, Need, Process, ROOT, Rest, Section};
use crate::scenario::issue::alternatives;

const OPENING: &str = "# Reference of the scenario language

Made from the tables by which the program reads scenarios.

A scenario is a TOML file. Tables are keyed by name and keep their order.

**Units** are always written. Durations: `\"90s\"`, `\"4min\"`, `\"4.5min\"`, `\"1h30min\"`, `\"2d\"`, `\"1w\"` (us, ms, s, min, h, d, w). Rates: `\"1.5/h\"`, `\"0.08/d\"`
(/s, /min, /h, /d, /w). Tonnes a day: `\"1400 t/d\"` (t/d, t/w, kg/d, kg/w). Clock times: `\"08:00\"`. Dates are TOML dates, without quotes. Shares and
probabilities are numbers from 0 to 1.

**Evidence.** A value may carry where it comes from: `{ value = 3, range = [2, 5], source = \"KEY\" }` or `{ value = 3, assumption = \"why\" }`; `KEY` is listed in
`[scenario.sources]`. `source` or `assumption` may also stand beside the parameters of a distribution.

**Layers.** Later wins: the files that `extends` names, the file itself, what `policy.set` sets, `--set PATH=VALUE`. Merging is table by table; an array, a table
with `dist` or `process`, a value with evidence, and a section taken from a file are replaced whole. In a calendar, a later layer replaces the days that it names.

**Paths.** A parameter's path is its place in the file: `stage.scan.lanes`, `policy.response.major.for.mean`. Elements of arrays are counted from 1
(`policy.reopening.1.capacity`). A key that holds a point is written in quotes.

**Shares** that belong together sum to 1 within 0.001 and are then divided by their sum. One that is set by `--set` or by a policy keeps its value; the others of
its set are scaled. The answers of `clearance` are such shares.

**Route.** Stages and escorts stand in one order: stages as they are written, an escort behind the last stage that serves trucks, and what says `after` directly
behind what it names. Their names differ, and wherever a stage may be named an escort may be named too.
";

/// Whether it is an array of tables that may also stand alone, and are told of there.
fn lists_another(kind: &Kind, kinds: &[Kind]) -> bool {
    let Kind::Array(Kind::Table(listed)) = kind else {
        return false;
    };
    kinds
        .iter()
        .any(|other| matches!(other, Kind::Table(alone) if std::ptr::eq(*alone, *listed)))
}

/// The reference in Markdown.
pub fn reference() -> String {
    let mut out = OPENING.to_owned();
    let mut page = Page {
        out: &mut out,
        told: Vec::new(),
    };
    page.section("", &ROOT);
    page.laws();
    out
}

/// The sections of another kind of file that is read by rows, in Markdown: below a heading of the page, from its top level on.
pub(crate) fn reference_of(root: &Section) -> String {
    let mut out = String::new();
    let mut page = Page {
        out: &mut out,
        told: Vec::new(),
    };
    page.line(root.doc);
    page.rows(root);
    page.inner("", root);
    out
}

struct Page<'a> {
    out: &'a mut String,
    /// Sections that have their heading.
    told: Vec<String>,
}

impl Page<'_> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn section(&mut self, path: &str, section: &Section) {
        let title = if path.is_empty() {
            "Top level".to_owned()
        } else {
            format!("`{path}`")
        };
        if self.told.contains(&title) {
            return;
        }
        self.told.push(title.clone());
        self.line(&format!("\n## {title}\n\n{}", section.doc));
        self.rows(section);
        self.inner(path, section);
    }

    fn rows(&mut self, section: &Section) {
        if section.fields.is_empty() {
            return;
        }
        self.line("\n| key | value | default | meaning |\n| --- | --- | --- | --- |");
        for field in section.fields {
            let default = match field.need {
                Need::Required => "**required**".to_owned(),
                Need::Optional => "–".to_owned(),
                Need::Default(text) => format!("`{text}`"),
            };
            self.line(&format!(
                "| `{}` | {} | {default} | {} |",
                field.key,
                field.kind.expected(),
                field.doc
            ));
        }
        match section.rest {
            Rest::Days(kind) => self.line(&format!("| days, such as `sun-thu` | {} | – | |", kind.expected())),
            Rest::Dates(kind) => self.line(&format!("| dates, such as `2026-07-24` | {} | – | |", kind.expected())),
            _ => {}
        }
    }

    fn inner(&mut self, path: &str, section: &Section) {
        for field in section.fields {
            let path = if path.is_empty() {
                field.key.to_owned()
            } else {
                format!("{path}.{}", field.key)
            };
            self.kind(&path, &field.kind);
        }
    }

    fn kind(&mut self, path: &str, kind: &Kind) {
        match kind {
            Kind::Table(section) => self.section(path, section),
            Kind::Named(_, section) => self.section(&format!("{path}.NAME"), section),
            Kind::Process(process) => self.process(path, process),
            Kind::NamedProcess(_, process) => self.process(&format!("{path}.NAME"), process),
            Kind::Map(of, inner) => self.kind(&format!("{path}.{}", of.word().to_uppercase()), inner),
            Kind::Array(inner) => self.kind(&format!("{path}[]"), inner),
            Kind::Either(kinds) => {
                let told = kinds.iter().filter(|k| !lists_another(k, kinds));
                told.for_each(|k| self.kind(path, k));
            }
            _ => {}
        }
    }

    fn process(&mut self, path: &str, process: &Process) {
        for (name, section) in process.cases {
            let title = format!("{path}` with `process = \"{name}\"");
            self.section(&title, section);
        }
    }

    fn laws(&mut self) {
        self.line("\n## Distributions\n\nA law of time is a duration (constant) or a table with `dist`; a load is a number or such a table, without units. `min` and `max` truncate: what lies outside is drawn again, not clamped.");
        self.line("Parameters describe the law before that. `empirical` may take its values from a CSV file: `file`, `column`, and `unit` where the cells have none.\n\n| `dist` | parameters | meaning |\n| --- | --- | --- |");
        for f in FAMILIES {
            self.family(f.name, f.doc, f.parameters, f.forms);
        }
        self.line("\n### Counts\n\nA count is a whole number or a table with `dist`; `plus` shifts it, then `min` and `max` truncate. A law of the table above may state a count: its whole part is taken.");
        self.line("The size of a convoy may have `autocorrelation`: the lag-1 correlation of the normal scores behind successive sizes.\n\n| `dist` | parameters | meaning |\n| --- | --- | --- |");
        for f in COUNT_FAMILIES {
            self.family(f.name, f.doc, f.parameters, f.forms);
        }
    }

    fn family(&mut self, name: &str, doc: &str, parameters: &[Parameter], forms: &[&[&str]]) {
        let forms: Vec<String> = forms.iter().map(|form| alternatives(form.iter().copied(), "and")).collect();
        let mut meaning = doc.to_owned();
        for p in parameters {
            let number = match p.kind {
                ParameterKind::Quantity | ParameterKind::Number => "",
                ParameterKind::Whole => " (whole)",
                ParameterKind::Probability => " (0 to 1)",
                ParameterKind::Quantities | ParameterKind::Weights | ParameterKind::Laws => " (array)",
            };
            let written = write!(meaning, "; `{}`{number}: {}", p.name, p.doc);
            debug_assert!(written.is_ok(), "writing to a string cannot fail");
        }
        self.line(&format!("| `{name}` | {} | {meaning} |", forms.join(", or ")));
    }
}
