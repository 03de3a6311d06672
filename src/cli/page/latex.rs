//! The report as a document for `pdflatex`, with plain tables and the charts as PDF.

mod table;

use super::content::{Block, Figure, Page, pieces};
use table::of_grid;

/// What stands before the text.
const PREAMBLE: &str = r"% Compile twice with pdflatex. Of packages it takes inputenc, fontenc, textcomp, geometry, array, longtable, graphicx, which every LaTeX has.
\documentclass[a4paper,10pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage{textcomp}
\usepackage[margin=2cm]{geometry}
\usepackage{array}
\usepackage{longtable}
\usepackage{graphicx}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6em}
\sloppy
";

/// The report; the charts are in the folder `pictures`.
pub(super) fn render(page: &Page, pictures: &str) -> String {
    let mut out = PREAMBLE.to_owned();
    out.push_str(&format!(
        "\\title{{{}}}\n\\author{{}}\n\\date{{}}\n\\begin{{document}}\n\\maketitle\n",
        marked(&page.title)
    ));
    for text in std::iter::once(&page.question)
        .chain([&page.about.join(" · ")])
        .chain(&page.cautions)
    {
        if !text.is_empty() {
            out.push_str(&format!("\n{}\n", marked(text)));
        }
    }
    for section in &page.sections {
        out.push_str(&format!("\n\\section*{{{}}}\n", marked(&section.title)));
        for block in &section.blocks {
            out.push('\n');
            out.push_str(&of_block(block, pictures));
        }
    }
    out + "\n\\end{document}\n"
}

fn of_block(block: &Block, pictures: &str) -> String {
    let listed = |items: Vec<String>| {
        if items.is_empty() {
            String::new()
        } else {
            format!("\\begin{{itemize}}\\raggedright\n{}\\end{{itemize}}\n", items.concat())
        }
    };
    match block {
        Block::Heading(text) => format!("\\subsection*{{{}}}\n", marked(text)),
        Block::Paragraph(text) => format!("{}\n", marked(text)),
        Block::See(text, _, title) => format!("{} \\emph{{{}}}.\n", marked(text), marked(title)),
        Block::Note(text) => format!("{{\\small {}\\par}}\n", marked(text)),
        Block::List(items) => listed(items.iter().map(|item| format!("\\item {}\n", begun(marked(item)))).collect()),
        Block::Terms(terms) => {
            let item = |term: &super::content::Term| {
                let gap = if term.is_gap { "\\emph{Gap.} " } else { "" };
                format!("\\item \\textbf{{{}}}: {gap}{}\n", marked(&term.what), marked(&term.told))
            };
            listed(terms.iter().map(item).collect())
        }
        Block::Grid(grid) => of_grid(grid),
        Block::Figure(figure) => of_figure(figure, pictures),
        Block::Code(text) => {
            let lines: Vec<String> = text.lines().map(|line| format!("\\texttt{{{}}}", typed(line))).collect();
            format!("{{\\small\\raggedright {}\\par}}\n", lines.join("\\\\\n"))
        }
    }
}

fn of_figure(figure: &Figure, pictures: &str) -> String {
    // A name may have letters that end a command, so it is taken as it is.
    let path = format!("{pictures}{}.pdf", figure.name);
    // A box of its own: no page ends between a chart and what it says.
    format!(
        "\\begin{{minipage}}{{\\linewidth}}\\centering\n\\includegraphics[width=\\linewidth,height=0.85\\textheight,keepaspectratio]{{\\detokenize{{{path}}}}}\\par\n\
         \\raggedright\\small {} {}\n\\end{{minipage}}\n\n\\bigskip\n",
        marked(&ended(&figure.title)),
        marked(&figure.origin())
    )
}

fn ended(title: &str) -> String {
    format!("{}.", title.trim_end_matches('.'))
}

/// A text with its names marked as such.
fn marked(text: &str) -> String {
    let marked = pieces(text).into_iter().map(|(is_name, piece)| {
        if is_name {
            format!("\\texttt{{{}}}", typed(piece))
        } else {
            escaped(piece)
        }
    });
    marked.collect()
}

/// What begins with a bracket or a star would be taken by the command before it, which ends an item or a row.
fn begun(text: String) -> String {
    if text.starts_with(['[', '*']) {
        format!("{{}}{text}")
    } else {
        text
    }
}

/// What is to be typed as it stands: no two letters become one, quotes are straight, and long paths may be broken after a slash.
fn typed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '-' => out.push_str("-{}"),
            ',' => out.push_str(",{}"),
            '\'' => out.push_str("\\textquotesingle{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            // Several in a row stay several.
            ' ' => out.push_str("\\ "),
            c => out.push_str(&escaped(&c.to_string())),
        }
    }
    out
}

/// Letters as `pdflatex` knows them; of scripts that its fonts do not have the code.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '_' => out.push_str("\\_\\allowbreak{}"),
            // An address may be broken.
            '/' => out.push_str("/\\allowbreak{}"),
            '%' | '&' | '#' | '$' | '{' | '}' => out.extend(['\\', c]),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '\u{a0}' => out.push('~'),
            '−' => out.push_str("$-$"),
            '–' => out.push_str("--"),
            '…' => out.push_str("\\ldots{}"),
            '·' => out.push_str("\\textperiodcentered{}"),
            '×' => out.push_str("\\texttimes{}"),
            '≈' => out.push_str("$\\approx$"),
            '≤' => out.push_str("$\\leq$"),
            '≥' => out.push_str("$\\geq$"),
            '≠' => out.push_str("$\\neq$"),
            '→' => out.push_str("$\\to$"),
            '←' => out.push_str("$\\leftarrow$"),
            '↑' => out.push_str("$\\uparrow$"),
            '↓' => out.push_str("$\\downarrow$"),
            '★' => out.push_str("$\\star$"),
            '√' => out.push_str("$\\surd$"),
            '∞' => out.push_str("$\\infty$"),
            '—' => out.push_str("---"),
            '‐' | '\u{2011}' => out.push('-'),
            '•' => out.push_str("\\textbullet{}"),
            '€' => out.push_str("\\texteuro{}"),
            '†' => out.push_str("\\textdagger{}"),
            '‰' => out.push_str("\\textperthousand{}"),
            '\u{2009}' | '\u{202f}' => out.push_str("\\,"),
            '\u{ad}' => out.push_str("\\-"),
            '‘' | '’' => out.push('\''),
            '"' | '“' | '”' => out.push_str("\\textquotedbl{}"),
            '\n' | '\r' | '\t' => out.push(' '),
            // Of these inputenc and textcomp know every one: ±, °, µ, ½, §, « and the letters of Latin scripts.
            c if (' '..='~').contains(&c) || ('\u{a1}'..='\u{17f}').contains(&c) => out.push(c),
            c => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_latex_is_a_letter() {
        assert_eq!(
            escaped("50 % of a_b & #1 ${x}"),
            "50 \\% of a\\_\\allowbreak{}b \\& \\#1 \\$\\{x\\}"
        );
        assert_eq!(escaped("\\~^"), "\\textbackslash{}\\textasciitilde{}\\textasciicircum{}");
        assert_eq!(marked("by `a_b`"), "by \\texttt{a\\_\\allowbreak{}b}");
    }

    #[test]
    fn a_command_line_can_be_copied_from_the_page() {
        assert_eq!(
            typed("rafah --set 'a=\"7 min\"' x/y"),
            "rafah\\ -{}-{}set\\ \\textquotesingle{}a=\\textquotedbl{}7\\ min\\textquotedbl{}\\textquotesingle{}\\ x/\\allowbreak{}y"
        );
        assert_eq!(marked("by `--tables`"), "by \\texttt{-{}-{}tables}");
    }

    #[test]
    fn no_item_is_taken_for_an_argument_of_the_command_before_it() {
        assert!(of_block(&Block::List(vec!["[c]".to_owned()]), "").contains("\\item {}[c]"));
    }

    #[test]
    fn letters_that_its_fonts_lack_stand_by_their_codes() {
        assert_eq!(escaped("−1 é غ"), "$-$1 é [U+063A]");
        assert_eq!(escaped("±2 °C"), "±2 °C");
    }

    /// What stands between quotes in the program's own words, of the page, of charts and of answers.
    #[test]
    fn no_letter_of_the_programs_own_words_stands_by_its_code() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut places = vec![root.join("cli"), root.join("figure/charts")];
        let mut seen = std::collections::BTreeMap::new();
        while let Some(place) = places.pop() {
            if place.is_dir() {
                places.extend(std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path()));
            } else if place.extension().is_some_and(|end| end == "rs") && !place.ends_with("page/latex.rs") {
                let text = std::fs::read_to_string(&place).unwrap();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                let letters = code.flat_map(str::chars).filter(|c| !c.is_ascii() && !c.is_control());
                letters.for_each(|c| _ = seen.entry(c).or_insert_with(|| place.display().to_string()));
            }
        }
        assert!(seen.contains_key(&'±') && seen.contains_key(&'−'), "{seen:?}");
        // Lines and bars of the screen are never on a page.
        let is_of_screen = |c: char| ('\u{2500}'..='\u{259f}').contains(&c) || ('\u{2800}'..='\u{28ff}').contains(&c);
        for (c, place) in seen.into_iter().filter(|(c, _)| !is_of_screen(*c)) {
            assert!(!escaped(&c.to_string()).starts_with("[U+"), "{c} of {place}");
        }
    }
}
