//! The report as Markdown, with the tables of GitHub and Quarto and links to the charts.

use super::content::{Block, Figure, Grid, Page, pieces};

/// The report; the charts are in the folder `pictures`.
pub(super) fn render(page: &Page, pictures: &str) -> String {
    let mut out = format!("# {}\n", marked(&page.title));
    let mut paragraph = |text: &str| {
        if !text.is_empty() {
            out.push_str(&format!("\n{}\n", begun(&marked(text))));
        }
    };
    paragraph(&page.question);
    paragraph(&page.about.join(" · "));
    for caution in &page.cautions {
        paragraph(caution);
    }
    for section in &page.sections {
        out.push_str(&format!("\n## {}\n", marked(&section.title)));
        for block in &section.blocks {
            out.push('\n');
            out.push_str(&of_block(block, pictures));
        }
    }
    out
}

fn of_block(block: &Block, pictures: &str) -> String {
    match block {
        Block::Heading(text) => format!("### {}\n", marked(text)),
        Block::Paragraph(text) | Block::Note(text) => format!("{}\n", begun(&marked(text))),
        Block::See(text, _, title) => format!("{} [{title}](#{}).\n", begun(&marked(text)), anchor(title)),
        Block::List(items) => of_list(items.iter().map(|item| begun(&marked(item)))),
        Block::Terms(terms) => of_list(terms.iter().map(|term| {
            let gap = if term.is_gap { "Gap. " } else { "" };
            format!("**{}**: {gap}{}", marked(&term.what), marked(&term.told))
        })),
        Block::Grid(grid) => of_grid(grid),
        Block::Figure(figure) => of_figure(figure, pictures),
        Block::Code(text) => {
            // A fence is longer than any within.
            let fence = "`".repeat(longest_run(text).max(2) + 1);
            format!("{fence}text\n{text}\n{fence}\n")
        }
    }
}

/// What links to a heading: its words in small letters with dashes between, as GitHub and Pandoc have it.
fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn of_grid(grid: &Grid) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut out = format!("{}\n\n", begun(&marked(&grid.caption)));
    out.push_str(&line(grid.heads.iter().map(|head| in_cell(&head.words)).collect()));
    let rules = grid
        .heads
        .iter()
        .map(|head| if head.is_numeric { "---:" } else { "---" }.to_owned());
    out.push_str(&line(rules.collect()));
    for row in &grid.rows {
        out.push_str(&line(row.cells.iter().map(|cell| in_cell(&cell.words)).collect()));
    }
    out
}

fn of_figure(figure: &Figure, pictures: &str) -> String {
    let place = linked(&format!("{pictures}{}.svg", figure.name));
    format!("![{}]({place})\n\n{}\n", marked(&figure.title), begun(&marked(&figure.origin())))
}

/// Items one below the other.
fn of_list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.map(|item| format!("- {item}\n")).collect();
    items.concat()
}

/// An address within a link: letters that would end it, by their codes.
fn linked(path: &str) -> String {
    let code = |c: char| {
        if c.is_alphanumeric() || "-_./~".contains(c) {
            c.to_string()
        } else {
            let mut letter = [0; 4];
            let codes: Vec<String> = c.encode_utf8(&mut letter).bytes().map(|byte| format!("%{byte:02X}")).collect();
            codes.concat()
        }
    };
    path.chars().map(code).collect()
}

/// A text with its names marked as such, on one line.
fn marked(text: &str) -> String {
    let marked = pieces(text).into_iter().map(|(is_name, piece)| {
        let piece = piece.replace(['\n', '\r'], " ");
        if is_name { format!("`{piece}`") } else { escaped(&piece) }
    });
    marked.collect()
}

/// The same in a cell of a table, which a bar would end, also within a name.
fn in_cell(text: &str) -> String {
    marked(text).replace('|', "\\|")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#~$^&@".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line that begins as no list does, nor as the lines of a poem do in Pandoc.
fn begun(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let is_list = match digits {
        0 => ["- ", "+ ", "= ", ": ", "| "].iter().any(|mark| rest.starts_with(mark)),
        _ => rest.starts_with(". ") || rest.starts_with(") "),
    };
    if is_list {
        format!("{}\\{rest}", &line[..digits])
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_markdown_is_a_letter() {
        assert_eq!(
            marked("a|b *c* _d_ <e> [f](g) `x|y` @h $i$"),
            "a|b \\*c\\* \\_d\\_ \\<e\\> \\[f\\](g) `x|y` \\@h \\$i\\$"
        );
        assert_eq!(in_cell("a|b `x|y`"), "a\\|b `x\\|y`");
        assert_eq!(begun("| one"), "\\| one");
        assert_eq!(begun("1. one"), "1\\. one");
        assert_eq!(begun("- one"), "\\- one");
        assert_eq!(begun("1.5 t"), "1.5 t");
    }

    #[test]
    fn an_address_has_no_letter_that_ends_it() {
        assert_eq!(linked("charts/a b(c).svg"), "charts/a%20b%28c%29.svg");
    }
}
