//! Tables for `pdflatex`, over as many pages as they take: columns as wide as what stands in them, and no word over the next column.

use super::super::content::Grid;
use super::{begun, marked};

/// Sizes of letters, with how many of them the width of the text holds.
const SIZES: [(&str, usize); 2] = [("\\footnotesize", 104), ("\\scriptsize", 122)];

/// Letters between two columns.
const GAP: usize = 2;

/// A column is no wider than so many letters, as long as there is too little room.
const WIDEST: usize = 60;

/// A word of more letters than this may be broken.
const LONG: usize = 16;

/// The table with its caption.
pub(super) fn of_grid(grid: &Grid) -> String {
    let (size, is_whole, shares) = layout(grid);
    let columns: Vec<String> = (shares.iter().zip(&grid.heads))
        .map(|(share, head)| {
            let side = if head.is_numeric { "raggedleft" } else { "raggedright" };
            format!(">{{\\{side}\\arraybackslash}}p{{\\dimexpr {share:.3}\\linewidth-2\\tabcolsep}}")
        })
        .collect();
    let columns = columns.concat();
    let line = |cells: Vec<String>| format!("{} \\\\\n", cells.join(" & "));
    let heads = line(grid.heads.iter().map(|head| begun(broken(&head.words))).collect());
    let rows: String = (grid.rows.iter())
        .map(|row| line(row.cells.iter().map(|cell| begun(broken(&glued(&cell.words, is_whole)))).collect()))
        .collect();
    // The caption belongs to the table, so that no page ends between the two.
    let caption = format!(
        "\\multicolumn{{{}}}{{@{{}}p{{\\linewidth}}@{{}}}}{{\\raggedright\\small {}}}\\\\[3pt]\n",
        grid.heads.len(),
        marked(&grid.caption)
    );
    let heads = format!("\\hline\n{heads}\\hline\n\\noalign{{\\vskip 2pt}}\n");
    format!(
        "{{{size}\\setlength{{\\tabcolsep}}{{3pt}}\\renewcommand{{\\arraystretch}}{{1.15}}\\setlength{{\\LTpre}}{{6pt}}\\setlength{{\\LTleft}}{{0pt}}\
         \\begin{{longtable}}{{@{{}}{columns}@{{}}}}\n{caption}{heads}\\endfirsthead\n{heads}\\endhead\n\\hline\n\\endfoot\n{rows}\\end{{longtable}}}}\n"
    )
}

/// The size of the letters, whether intervals stay whole, and the share of the width that each column has: the greatest size that holds the words.
fn layout(grid: &Grid) -> (&'static str, bool, Vec<f64>) {
    let wanted: Vec<usize> = (widths(grid, |words| words.chars().count().min(WIDEST)).iter().zip(&grid.heads))
        // A head stands on two lines where there is room.
        .map(|(width, head)| (*width).max(head.words.chars().count().div_ceil(2).min(WIDEST) + GAP))
        .collect();
    for is_whole in [true, false] {
        let least = widths(grid, |words| longest(&glued(words, is_whole)));
        for (size, letters) in SIZES {
            if least.iter().sum::<usize>() <= letters {
                return (size, is_whole, shares(&wanted, &least, letters));
            }
        }
    }
    let least = widths(grid, longest);
    let (size, _) = SIZES[SIZES.len() - 1];
    let all = least.iter().sum::<usize>() as f64;
    (size, false, least.iter().map(|letters| *letters as f64 / all).collect())
}

/// Letters that each column takes with its gap, by what one cell takes; a head may always be broken between its words.
fn widths(grid: &Grid, of_cell: impl Fn(&str) -> usize) -> Vec<usize> {
    let of_column = |column: usize| {
        let cells = grid.rows.iter().filter_map(|row| row.cells.get(column));
        let widest = cells.map(|cell| of_cell(&cell.words)).max().unwrap_or(0);
        widest.max(longest(&grid.heads[column].words)).max(3) + GAP
    };
    (0..grid.heads.len()).map(of_column).collect()
}

/// What is wanted where there is room, else the least and what is left over, by how much more each column would take.
fn shares(wanted: &[usize], least: &[usize], letters: usize) -> Vec<f64> {
    let all: usize = wanted.iter().sum();
    if all <= letters {
        return wanted.iter().map(|width| *width as f64 / letters as f64).collect();
    }
    let spare = (letters - least.iter().sum::<usize>()) as f64;
    let more = |i: usize| wanted[i].saturating_sub(least[i]) as f64;
    let all: f64 = (0..least.len()).map(more).sum();
    let width = |i: usize| least[i] as f64 + if all > 0.0 { spare * more(i) / all } else { 0.0 };
    (0..least.len()).map(|i| width(i) / letters as f64).collect()
}

/// A cell of which an interval in brackets stays on one line, if it is to.
fn glued(words: &str, is_whole: bool) -> String {
    match words.split_once(" [") {
        Some((value, interval)) if is_whole && interval.ends_with(']') => format!("{value} [{}", interval.replace(' ', "\u{a0}")),
        _ => words.to_owned(),
    }
}

/// Letters of the longest piece that is not broken.
fn longest(words: &str) -> usize {
    let of_word = |word: &str| parts(word).iter().map(|part| part.chars().count()).max().unwrap_or(0);
    words.split(' ').map(of_word).max().unwrap_or(0)
}

/// The pieces into which a word may be broken: a long one behind dots, dashes, slashes and underscores, a hash anywhere.
fn parts(word: &str) -> Vec<String> {
    if word.chars().count() <= LONG || word.contains('\u{a0}') {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    for c in word.chars() {
        let last = parts.len() - 1;
        parts[last].push(c);
        if ".-/_:".contains(c) || parts[last].chars().count() >= LONG {
            parts.push(String::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The words of a cell with places at which they may be broken.
fn broken(words: &str) -> String {
    if words.contains('`') {
        return marked(words);
    }
    let of_word = |word: &str| {
        parts(word)
            .iter()
            .map(|part| marked(part))
            .collect::<Vec<_>>()
            .join("\\allowbreak{}")
    };
    words.split(' ').map(of_word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::super::content::{Cell, Head, Row};
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        Grid {
            caption: String::new(),
            heads: rows[0].iter().map(|_| Head::words("head")).collect(),
            rows: rows
                .iter()
                .map(|row| Row::new(row.iter().map(|cell| Cell::words(*cell)).collect()))
                .collect(),
            is_folded: false,
        }
    }

    #[test]
    fn no_cell_is_taken_for_an_argument_of_the_command_before_it() {
        let table = of_grid(&grid(&[&["[a]", "b"], &["*c", "d"]]));
        assert!(table.contains("\n{}[a] & b \\\\") && table.contains("\n{}*c & d \\\\"), "{table}");
    }

    #[test]
    fn no_column_is_narrower_than_what_is_not_broken_in_it() {
        let long = "word ".repeat(60);
        let grid = grid(&[&["assumption", long.as_str(), long.as_str(), "stage.inspection.service.median"]]);
        let (_, _, shares) = layout(&grid);
        assert!(shares.iter().sum::<f64>() <= 1.0 + 1e-9);
        assert!(shares[0] * 104.0 >= 12.0 && shares[3] * 104.0 >= 13.0, "{shares:?}");
    }

    #[test]
    fn a_hash_and_a_path_may_be_broken_and_an_interval_stays_whole() {
        assert_eq!(longest(&"0123456789abcdef".repeat(4)), 16);
        assert_eq!(longest("stage.inspection.service.median"), 11);
        assert_eq!(longest(&glued("248,701 [242,937, 254,465]", true)), 18);
        assert_eq!(longest(&glued("248,701 [242,937, 254,465]", false)), 9);
    }
}
