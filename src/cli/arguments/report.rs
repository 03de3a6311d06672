//! What `rafah report` takes.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::page::Form;
use crate::figure::{Theme, Width};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  rafah report output/baseline-2026
  rafah report output/baseline-2026 --list
  rafah report output/closure-policies --only decision,frontier --width 85mm --format pdf --theme grey -o figures
  rafah report output/closure-policies --format html,md,tex -o report

Runs nothing: charts and report are made from the tables of the result, and without options to the byte as the run made them. Beside every chart \
stands NAME.csv with the numbers that it shows. The report says what was asked, the answer, tables, charts and how it was done: report.html is one \
page that needs no network and no other file, with charts of 180mm in colours that follow the reader's; report.md, for Quarto and GitHub, links to the \
charts as SVG; report.tex, for pdflatex, takes them as PDF.")]
pub(in crate::cli) struct Report {
    /// Folder of a result of `rafah run` or `rafah compare`
    #[arg(value_name = "RESULT")]
    pub(in crate::cli) result: PathBuf,
    /// Only these charts, or pictures of charts, such as decision,queue-by-stage-short [default: all that the result has the tables for]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(in crate::cli) only: Vec<String>,
    /// Width in print, from 60mm to 180mm: a column of a journal has some 85mm, a page 180mm
    #[arg(long, value_name = "WIDTH", value_parser = width, default_value = "180mm")]
    pub(in crate::cli) width: Width,
    /// Formats, with commas: of the charts svg, png, pdf, of the report html, md, tex; md draws svg too and tex pdf [default: svg, png where the
    /// program was built with it, and html, which --only leaves out]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = format)]
    pub(in crate::cli) format: Vec<Format>,
    /// Colours on white, colours on dark paper for slides, or greys and dashes for print without colour
    #[arg(long, value_name = "THEME", value_enum, default_value_t = Colours::Light)]
    pub(in crate::cli) theme: Colours,
    /// Folder of the files [default: charts in RESULT/charts, the report in RESULT, whose manifest then names them]
    #[arg(short, long, value_name = "DIR")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// List the charts that there are, what each shows and takes, and whether this result has it, and draw none
    #[arg(long)]
    pub(in crate::cli) list: bool,
    /// Print what was drawn, or the list, as JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// Say nothing but what is wrong
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
}

/// A form of a chart's file, or of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    Svg,
    Png,
    Pdf,
    Report(Form),
}

/// In which colours charts are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Colours {
    /// Colours that can be told apart by all readers
    Light,
    /// The same on dark paper
    Dark,
    /// Greys and dashes
    Grey,
}

impl From<Colours> for Theme {
    fn from(colours: Colours) -> Theme {
        match colours {
            Colours::Light => Theme::Light,
            Colours::Dark => Theme::Dark,
            Colours::Grey => Theme::Grey,
        }
    }
}

/// `85mm`.
fn width(text: &str) -> Result<Width, String> {
    let (least, greatest) = (Width::LEAST, Width::GREATEST);
    let expected = format!("expected whole millimetres from {least}mm to {greatest}mm, such as 85mm");
    let Some(number) = text.trim().strip_suffix("mm") else {
        let why = if text.trim().ends_with(|c: char| c.is_ascii_digit()) {
            "the unit is missing"
        } else {
            "no unit but mm is taken"
        };
        return Err(format!("{expected}; {why} in `{text}`"));
    };
    let found: Option<Width> = number.trim_end().parse().ok().and_then(Width::of);
    found.ok_or_else(|| format!("{expected}, found `{text}`"))
}

fn format(text: &str) -> Result<Format, String> {
    match text.trim() {
        "svg" => Ok(Format::Svg),
        "pdf" => Ok(Format::Pdf),
        "png" if cfg!(feature = "png") => Ok(Format::Png),
        "png" => Err("this program was built without PNG; use `svg` or `pdf`".to_owned()),
        "html" => Ok(Format::Report(Form::Html)),
        "md" => Ok(Format::Report(Form::Markdown)),
        "tex" => Ok(Format::Report(Form::Latex)),
        _ => Err(format!(
            "expected svg, png or pdf for charts, html, md or tex for the report, found `{text}`"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_whole_millimetres_with_their_unit() {
        assert_eq!(width("85mm"), Ok(Width::Column));
        assert_eq!(width(" 120 mm"), Ok(Width::Millimetres(120)));
        assert!(width("85").unwrap_err().contains("the unit is missing"));
        for text in ["300cm", "8.5cm", "3in"] {
            let refused = width(text).unwrap_err();
            assert!(
                refused.contains("from 60mm to 180mm") && refused.contains("no unit but mm is taken"),
                "{refused}"
            );
        }
        for text in ["59mm", "181mm", "8.5cm", "85.5mm", "-85mm", "1000mm"] {
            assert!(width(text).is_err(), "{text}");
        }
    }

    #[test]
    fn formats_that_are_not_there_are_refused_by_name() {
        assert_eq!(format("pdf"), Ok(Format::Pdf));
        assert_eq!(format(" tex"), Ok(Format::Report(Form::Latex)));
        assert!(format("eps").unwrap_err().contains("found `eps`"));
    }
}
