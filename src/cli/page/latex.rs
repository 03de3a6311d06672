//! The report as a document for `pdflatex`, with plain tables and the charts as PDF.

use super::content::{Block, Figure, Grid, Page, pieces};

/// What stands before the text.
const PREAMBLE: &str = r"% Compile twice with pdflatex. Of packages it takes inputenc, fontenc, textcomp, geometry, array, longtable, graphicx, which every LaTeX has.
\documentclass[a4paper,10pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{textcomp}
\usepackage[margin=2cm]{geometry}
\usepackage{array}
\usepackage{longtable}
\usepackage{graphicx}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6em}
\sloppy
";

/// Letters of `\footnotesize` that the width of the text holds.
const LETTERS: usize = 100;

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
            format!("\\begin{{itemize}}\n{}\\end{{itemize}}\n", items.concat())
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

/// A table over as many pages as it takes; columns are as wide as what stands in them, and share the width where that is not enough.
fn of_grid(grid: &Grid) -> String {
    let widest = |column: usize| {
        let of_cell = |words: &str| words.chars().count();
        let cells = grid
            .rows
            .iter()
            .filter_map(|row| row.cells.get(column))
            .map(|cell| of_cell(&cell.words));
        // A head may be broken between its words.
        let head = grid.heads[column].words.split(' ').map(of_cell).max().unwrap_or(0);
        cells.max().unwrap_or(0).max(head).clamp(4, 60) + 2
    };
    let widths: Vec<usize> = (0..grid.heads.len()).map(widest).collect();
    let whole = widths.iter().sum::<usize>().max(LETTERS);
    let columns: Vec<String> = (widths.iter().zip(&grid.heads))
        .map(|(width, head)| {
            let side = if head.is_numeric { "raggedleft" } else { "raggedright" };
            let share = *width as f64 / whole as f64;
            format!(">{{\\{side}\\arraybackslash}}p{{\\dimexpr {share:.3}\\linewidth-2\\tabcolsep}}")
        })
        .collect();
    let columns = columns.concat();
    let line = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let heads = line(grid.heads.iter().map(|head| begun(marked(&head.words))).collect());
    let rows: String = grid
        .rows
        .iter()
        .map(|row| line(row.cells.iter().map(|cell| begun(marked(&cell.words))).collect()))
        .collect();
    format!(
        "{{\\small {}\\par}}\n{{\\footnotesize\\setlength{{\\LTpre}}{{0pt}}\\setlength{{\\LTleft}}{{0pt}}\\begin{{longtable}}{{@{{}}{columns}@{{}}}}\n\\hline\n{heads}\\hline\n\\endhead\n\\hline\n\
         \\endfoot\n{rows}\\end{{longtable}}}}\n",
        marked(&grid.caption)
    )
}

fn of_figure(figure: &Figure, pictures: &str) -> String {
    // A name may have letters that end a command, so it is taken as it is.
    let path = format!("{pictures}{}.pdf", figure.name);
    format!(
        "\\begin{{center}}\n\\includegraphics[width=\\linewidth,height=0.85\\textheight,keepaspectratio]{{\\detokenize{{{path}}}}}\n\\end{{center}}\n{{\\small {} {}\\par}}\n",
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
            '/' => out.push_str("/\\allowbreak{}"),
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
            '→' => out.push_str("$\\to$"),
            '‘' | '’' => out.push('\''),
            '"' | '“' | '”' => out.push_str("\\textquotedbl{}"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if (' '..='~').contains(&c) || ('\u{c0}'..='\u{17f}').contains(&c) => out.push(c),
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
    fn no_cell_or_item_is_taken_for_an_argument_of_the_command_before_it() {
        let grid = Grid {
            caption: String::new(),
            heads: vec![super::super::content::Head::words("[a]")],
            rows: vec![super::super::content::Row::new(vec![super::super::content::Cell::words("*b")])],
            is_folded: false,
        };
        let table = of_grid(&grid);
        assert!(table.contains("{}[a] \\\\") && table.contains("\n{}*b \\\\"), "{table}");
        assert!(of_block(&Block::List(vec!["[c]".to_owned()]), "").contains("\\item {}[c]"));
    }

    #[test]
    fn letters_that_its_fonts_lack_stand_by_their_codes() {
        assert_eq!(escaped("−1 é ★"), "$-$1 é [U+2605]");
    }
}
