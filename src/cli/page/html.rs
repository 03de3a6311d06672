//! The report as one page that needs nothing else: no network, no other file; without scripts everything on it can be read.

use askama::Template;
use askama::filters::{Html as Escaper, escape};

use super::super::failure::Failure;
use super::content::{Block, Figure, Grid, Page, pieces};
use crate::figure::{TIPS_CSS, TIPS_JS, font_css, svg_inline, theme_css};

/// The template's text is in report.html beside this.
#[derive(Template)]
#[template(path = "report.html", config = "src/cli/page/askama.toml")]
struct Html<'a> {
    page: &'a Page,
    /// Sorting, choosing alternatives, copying, colours; then the tips of charts.
    scripts: [&'static str; 2],
    style: String,
}

/// Where the values of the charts' colours come, which are known once the charts stand.
const COLOURS: &str = "/* colours of charts */";

/// The page.
pub(super) fn render(page: &Page) -> Result<String, Failure> {
    let html = Html {
        page,
        scripts: [include_str!("report.js"), TIPS_JS],
        style: [&font_css(), COLOURS, "\n", TIPS_CSS, include_str!("report.css")].concat(),
    };
    let text = html.render().map_err(|error| Failure::Defect(format!("the report: {error}")))?;
    let colours = theme_css(&text);
    Ok(text.replacen(COLOURS, &colours, 1))
}

#[expect(clippy::unused_self, reason = "a template calls methods of what it is of")]
impl Html<'_> {
    /// A text with its names marked as such.
    fn marked(&self, text: &str) -> String {
        let marked = pieces(text).into_iter().map(|(is_name, piece)| {
            let piece = escaped(piece);
            // A number keeps its sign.
            if is_name {
                format!("<code>{piece}</code>")
            } else {
                piece.replace(" %", "\u{a0}%")
            }
        });
        marked.collect()
    }

    /// The words of a cell: an interval in brackets is a part that stays whole, and goes below its value where there is no room beside it.
    fn cell(&self, text: &str) -> String {
        match text.strip_suffix(']').and_then(|text| text.split_once(" [")) {
            Some((value, interval)) if !value.contains([' ', '`']) && !interval.contains(['[', '`']) => {
                format!("{} <span class=\"i\">[{}]</span>", self.marked(value), self.marked(interval))
            }
            _ => self.marked(text),
        }
    }

    /// A text without the marks of names, for what is heard.
    fn plain(&self, text: &str) -> String {
        pieces(text).into_iter().map(|(_, piece)| piece).collect()
    }

    /// The place of an alternative, by which rows and charts are found that tell of it; nothing for one that is not there.
    fn place(&self, alternative: Option<&String>) -> String {
        let place = alternative.and_then(|name| self.page.alternatives.iter().position(|known| known == name));
        place.map_or(String::new(), |place| format!(r#" data-of="{place}""#))
    }

    /// The alternative of which alone a table tells.
    fn of_grid(&self, grid: &Grid) -> String {
        let mut rows = grid.rows.iter().map(|row| row.alternative.as_ref());
        let first = rows.next().flatten();
        self.place(first.filter(|first| rows.all(|other| other == Some(*first)) && grid.rows.len() > 1))
    }

    /// The columns of numbers, as classes.
    fn columns(&self, grid: &Grid) -> String {
        let numeric = grid.heads.iter().zip(1..).filter(|(head, _)| head.is_numeric);
        numeric.map(|(_, column)| format!("n{column}")).collect::<Vec<_>>().join(" ")
    }

    /// The chart as a picture in the page.
    fn drawn(&self, figure: &Figure, section: &str, index: impl std::fmt::Display) -> String {
        svg_inline(&figure.scene, &format!("drawn-{section}-{index}"))
    }

    /// `From the tables a and b; its numbers are in NAME.csv.`
    fn origin(&self, figure: &Figure) -> String {
        self.marked(&figure.origin())
    }
}

fn escaped(text: &str) -> String {
    // Writing into a text does not fail.
    escape(text, Escaper).map(|safe| safe.to_string()).unwrap_or_default()
}
