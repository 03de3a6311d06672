//! Issues of scenario files, drawn with the lines they are about.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde_json::{Value, json};

use super::numbers::counted;
use crate::scenario::issue::Severity;
use crate::scenario::{Issue, Sources};

/// How many errors in how many files.
#[derive(Default)]
pub(super) struct Tally {
    errors: usize,
    scenarios: usize,
    studies: usize,
}

impl Tally {
    /// Takes in the issues of a scenario.
    pub(super) fn count(&mut self, issues: &[Issue]) {
        self.scenarios += usize::from(self.errors_in(issues) > 0);
    }

    /// Takes in the issues of a study and its alternatives.
    pub(super) fn count_study(&mut self, issues: &[Issue]) {
        self.studies += usize::from(self.errors_in(issues) > 0);
    }

    fn errors_in(&mut self, issues: &[Issue]) -> usize {
        let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
        self.errors += errors;
        errors
    }

    /// The closing line, where there are errors.
    pub(super) fn verdict(&self) -> Option<String> {
        let mut files = Vec::new();
        if self.scenarios > 0 {
            files.push(counted(self.scenarios, "scenario"));
        }
        match self.studies {
            0 => {}
            1 => files.push("1 study".to_owned()),
            n => files.push(format!("{n} studies")),
        }
        (self.errors > 0).then(|| format!("{} in {}", counted(self.errors, "error"), files.join(" and ")))
    }
}

/// All issues as people read them, one below the other, with colours; nothing for none.
pub(super) fn drawn(issues: &[Issue], sources: &Sources) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    let mut text = String::new();
    for issue in issues {
        text.push_str(&renderer.render(&groups(issue, sources)));
        text.push_str("\n\n");
    }
    text
}

fn groups<'a>(issue: &'a Issue, sources: &'a Sources) -> Vec<Group<'a>> {
    let level = match issue.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(issue.message.as_str()));
    if let Some(place) = &issue.place {
        let label = (!issue.label.is_empty()).then_some(issue.label.as_str());
        let span = within(sources.text(place.source), &place.span);
        group = group.element(
            Snippet::source(sources.text(place.source))
                .path(sources.path(place.source))
                .annotation(AnnotationKind::Primary.span(span).label(label)),
        );
    }
    for note in &issue.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let mut groups = vec![group];
    if let Some(fix) = &issue.fix {
        let text = sources.text(fix.place.source);
        let span = within(text, &fix.place.span);
        let title = Level::HELP.secondary_title(fix.message.as_str());
        let snippet = Snippet::source(text).path(sources.path(fix.place.source));
        groups.push(title.element(snippet.patch(Patch::new(span, fix.replacement.as_str()))));
    }
    groups
}

/// A span that surely lies within the text, whatever was handed over.
fn within(text: &str, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}

/// All issues for programs.
pub(super) fn as_json(issues: &[Issue], sources: &Sources) -> Value {
    issues
        .iter()
        .map(|issue| {
            let at = issue.place.as_ref().map(|place| {
                let at = sources.locate(place);
                json!({ "file": at.path, "line": at.line, "column": at.column, "bytes": [place.span.start, place.span.end] })
            });
            let fix = issue.fix.as_ref().map(|fix| {
                let at = sources.locate(&fix.place);
                json!({
                    "message": fix.message, "file": at.path, "line": at.line, "column": at.column,
                    "bytes": [fix.place.span.start, fix.place.span.end], "replacement": fix.replacement,
                })
            });
            json!({
                "severity": match issue.severity { Severity::Error => "error", Severity::Warning => "warning" },
                "message": issue.message,
                "label": issue.label,
                "place": at,
                "notes": issue.notes,
                "fix": fix,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Place;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn an_issue_shows_its_line_and_a_way_out() {
        let mut sources = Sources::default();
        let source = sources.add("a.toml", "[stage.scan]\nlane = 2\n");
        let place = Place { source, span: 13..17 };
        let issue =
            Issue::error("unknown key `lane`")
                .at(&place)
                .label("not a key of a stage")
                .fix("the nearest is `lanes`", &place, "lanes");
        let text = plain(&drawn(&[issue], &sources));
        for part in [
            "error: unknown key `lane`",
            "a.toml:2:1",
            "not a key of a stage",
            "help: the nearest is `lanes`",
            "lanes = 2",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }

    #[test]
    fn a_span_outside_its_text_does_no_harm() {
        let mut sources = Sources::default();
        let source = sources.add("a.toml", "é");
        let place = Place { source, span: 1..99 };
        assert!(plain(&drawn(&[Issue::error("odd").at(&place)], &sources)).contains("odd"));
    }

    #[test]
    fn errors_are_counted_over_files() {
        let mut tally = Tally::default();
        tally.count(&[Issue::error("a"), Issue::error("b"), Issue::warning("c")]);
        tally.count(&[Issue::error("d")]);
        tally.count(&[Issue::warning("e")]);
        assert_eq!(tally.verdict().unwrap(), "3 errors in 2 scenarios");
        tally.count_study(&[Issue::error("f")]);
        assert_eq!(tally.verdict().unwrap(), "4 errors in 2 scenarios and 1 study");
    }
}
