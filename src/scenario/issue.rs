//! What is wrong with a scenario: a sentence, a place in a file, and a way out.

use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// Number of a text in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceId(pub usize);

/// A stretch of a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// From and to, in bytes of the text.
    pub span: Range<usize>,
}

/// Whether a scenario can be run all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, but may not mean what was meant.
    Warning,
}

/// A repair: what to write in place of what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, such as "write `lanes`".
    pub message: String,
    /// Where.
    pub place: Place,
    /// The text to put there.
    pub replacement: String,
}

/// A fault, as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Whether it stops a run.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop, "expected … found …".
    pub message: String,
    /// Where; none: in no file (a missing file, a command line).
    pub place: Option<Place>,
    /// What to say beside the underlined text; may be empty.
    pub label: String,
    /// What else helps.
    pub notes: Vec<String>,
    /// A repair where one is clear.
    pub fix: Option<Fix>,
}

impl Issue {
    /// An error without place yet.
    pub fn error(message: impl Into<String>) -> Issue {
        Issue {
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: String::new(),
            notes: Vec::new(),
            fix: None,
        }
    }

    /// A warning without place yet.
    pub fn warning(message: impl Into<String>) -> Issue {
        Issue {
            severity: Severity::Warning,
            ..Issue::error(message)
        }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: &Place) -> Issue {
        self.place = Some(place.clone());
        self
    }

    /// The same, with words beside the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Issue {
        self.label = label.into();
        self
    }

    /// The same, with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Issue {
        self.notes.push(note.into());
        self
    }

    /// The same, with a repair.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, place: &Place, replacement: impl Into<String>) -> Issue {
        self.fix = Some(Fix {
            message: message.into(),
            place: place.clone(),
            replacement: replacement.into(),
        });
        self
    }

    /// The same among other texts: `place_of` says which is which there.
    #[must_use]
    pub fn among(mut self, place_of: impl Fn(SourceId) -> SourceId) -> Issue {
        let places = self.place.iter_mut().chain(self.fix.iter_mut().map(|fix| &mut fix.place));
        for place in places {
            place.source = place_of(place.source);
        }
        self
    }

    /// Plain text in the manner of compilers: `path:line:column: error: message`, the line, a row of carets, notes, help.
    pub fn plain(&self, sources: &Sources) -> String {
        let word = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut out = String::new();
        let written = match &self.place {
            Some(place) => self.plain_place(&mut out, word, place, sources),
            None => writeln!(out, "{word}: {}", self.message),
        };
        debug_assert!(written.is_ok(), "writing to a string cannot fail");
        for note in &self.notes {
            out.extend(["  note: ", note, "\n"]);
        }
        if let Some(fix) = &self.fix {
            out.extend(["  help: ", &fix.message, "\n"]);
        }
        out
    }

    /// The line that a place is on, with carets under it; a long one is shown round the place only.
    fn plain_place(&self, out: &mut String, word: &str, place: &Place, sources: &Sources) -> std::fmt::Result {
        let at = sources.locate(place);
        writeln!(out, "{}:{}:{}: {word}: {}", at.path, at.line, at.column, self.message)?;
        let carets = sources
            .text(place.source)
            .get(place.span.clone())
            .map_or(1, |text| text.lines().next().map_or(1, |l| l.chars().count()))
            .max(1);
        let skip = if at.text.chars().count() > WIDTH {
            (at.column - 1).saturating_sub(WIDTH / 3)
        } else {
            0
        };
        let shown: String = at.text.chars().skip(skip).take(WIDTH).collect();
        let pad: String = at
            .text
            .chars()
            .skip(skip)
            .take(at.column - 1 - skip)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        let carets = carets.min(shown.chars().count().saturating_sub(at.column - 1 - skip).max(1));
        let number = at.line.to_string();
        writeln!(out, "  {number} | {shown}")?;
        writeln!(out, "  {} | {pad}{} {}", " ".repeat(number.len()), "^".repeat(carets), self.label).map(|()| {
            let trimmed = out.trim_end().len();
            out.truncate(trimmed);
            out.push('\n');
        })
    }
}

/// Characters of a line that plain text shows.
const WIDTH: usize = 150;

/// Where a place is, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location<'a> {
    /// The path as given.
    pub path: &'a str,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The line itself.
    pub text: &'a str,
}

/// The texts that a scenario was read from, so that messages can point into them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Texts are shared: that of a study stands with each of its alternatives.
    entries: Vec<(String, Arc<str>)>,
}

impl Sources {
    /// Takes in a text under the path that messages show.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> SourceId {
        self.entries.push((path.into(), text.into()));
        SourceId(self.entries.len() - 1)
    }

    /// The same of a text that may be here already, under the same path.
    pub fn add_once(&mut self, path: &str, text: &str) -> SourceId {
        let known = self.entries.iter().position(|(p, t)| p == path && **t == *text);
        known.map_or_else(|| self.add(path, text), SourceId)
    }

    /// The path as shown.
    pub fn path(&self, id: SourceId) -> &str {
        self.entries.get(id.0).map_or("", |(path, _)| path)
    }

    /// The whole text.
    pub fn text(&self, id: SourceId) -> &str {
        self.entries.get(id.0).map_or("", |(_, text)| text)
    }

    /// All texts in the order in which they were read: path as shown, text.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &str, &str)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(i, (path, text))| (SourceId(i), path.as_str(), &**text))
    }

    /// Path, line, column and line text of the first character of a place.
    pub fn locate(&self, place: &Place) -> Location<'_> {
        let text = self.text(place.source);
        let mut at = place.span.start.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        Location {
            path: self.path(place.source),
            line: before.matches('\n').count() + 1,
            column: before[start..].chars().count() + 1,
            text: text[start..end].trim_end_matches('\r'),
        }
    }
}

/// All that is wrong, gathered in one pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Issues(Vec<Issue>);

impl Issues {
    pub(crate) fn push(&mut self, issue: Issue) {
        if !self.0.contains(&issue) {
            self.0.push(issue);
        }
    }

    pub(crate) fn extend(&mut self, issues: Vec<Issue>) {
        for issue in issues {
            self.push(issue);
        }
    }

    /// Whether something stops a run.
    pub(crate) fn has_errors(&self) -> bool {
        self.0.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// Whether a fault was already found inside a place: what follows from it need not be said.
    pub(crate) fn any_within(&self, place: &Place) -> bool {
        self.0
            .iter()
            .filter_map(|issue| issue.place.as_ref())
            .any(|p| p.source == place.source && p.span.start >= place.span.start && p.span.end <= place.span.end)
    }

    /// Whether a fault was already found in a text.
    pub(crate) fn any_in(&self, source: SourceId) -> bool {
        self.0.iter().filter_map(|issue| issue.place.as_ref()).any(|p| p.source == source)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a note to what was found missing since there were so many.
    pub(crate) fn note_missing_since(&mut self, count: usize, note: &str) {
        for issue in self.0.iter_mut().skip(count).filter(|i| i.message.contains(" needs `")) {
            issue.notes.insert(0, note.to_owned());
        }
    }

    /// In the order of files and places.
    pub(crate) fn into_sorted(mut self) -> Vec<Issue> {
        self.0
            .sort_by_key(|issue| issue.place.as_ref().map_or((usize::MAX, 0), |p| (p.source.0, p.span.start)));
        self.0
    }
}

/// The known name nearest to what was written, if one is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let word = plain(word);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let distance = strsim::damerau_levenshtein(&word, &plain(name));
        let near = distance <= 1 + word.chars().count().max(3) / 4;
        if near && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The same, with the name that was probably meant; in quotes where a text stands.
pub(crate) fn did_you_mean(issue: Issue, near: &str, place: &Place, quoted: bool) -> Issue {
    let text = if quoted { format!("\"{near}\"") } else { near.to_owned() };
    issue
        .label(format!("did you mean `{near}`?"))
        .fix(format!("write `{near}`"), place, text)
}

/// Names as a sentence has them: `a`, `b` or `c`.
pub(crate) fn alternatives<'a>(names: impl IntoIterator<Item = &'a str>, word: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {word} {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_line_and_column() {
        let mut sources = Sources::default();
        let id = sources.add("a.toml", "x = 1\nträger = \"4\"\n");
        let start = "x = 1\nträger = ".len();
        let at = sources.locate(&Place {
            source: id,
            span: start..start + 3,
        });
        assert_eq!((at.line, at.column, at.text), (2, 10, "träger = \"4\""));
    }

    #[test]
    fn the_nearest_name_is_near() {
        let known = ["lanes", "service", "calendar"];
        assert_eq!(nearest("lane", known), Some("lanes"));
        assert_eq!(nearest("servcie", known), Some("service"));
        assert_eq!(nearest("colour", known), None);
        assert_eq!(nearest("x", known), None);
    }
}
