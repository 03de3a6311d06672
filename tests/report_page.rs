//! The report of a result: every number of it stands in a table, it needs nothing from elsewhere, and names are never taken for markup.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bench.rs"]
#[allow(dead_code, reason = "each test file uses its part")]
mod bench;
#[path = "support/program.rs"]
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bench::{Bench, STUDY};
use program::rafah;

/// A comparison of nine replications with its report.
fn compared(bench: &Bench, more: &[&str]) -> PathBuf {
    let folder = bench.path("r");
    let shown = folder.display().to_string();
    let ran = bench.rafah("compare", &[&["-n", "9", "-o", &shown], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// The report in a form, written elsewhere.
fn told(folder: &Path, place: &Path, forms: &str) -> BTreeMap<String, String> {
    let (from, to) = (folder.display().to_string(), place.display().to_string());
    let ran = rafah(&["report", &from, "--format", forms, "-o", &to]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let texts = forms.split(',').map(|form| {
        let name = format!("report.{form}");
        (form.to_owned(), fs::read_to_string(place.join(name)).unwrap())
    });
    texts.collect()
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// A whole number with its thousands apart, as the report writes it.
fn whole(value: &str) -> String {
    let digits = format!("{:.0}", value.parse::<f64>().unwrap());
    let count = digits.len();
    let apart = digits.chars().enumerate().map(|(i, digit)| {
        let comma = if i > 0 && (count - i) % 3 == 0 { "," } else { "" };
        format!("{comma}{digit}")
    });
    apart.collect()
}

/// What stands between `before` and a quotation mark, wherever that is.
fn values<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_form_holds_the_numbers_of_the_tables() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &[]);
    let forms = told(&folder, &bench.path("told"), "html,md,tex");
    let decision = rows(&folder.join("decision.csv"));
    let tonnes = decision.iter().filter(|row| row["response"] == "delivered_tonnes");
    let mut found = 0;
    for row in tonnes {
        for column in ["mean", "lower", "upper"] {
            let number = whole(&row[column]);
            for (form, text) in &forms {
                assert!(text.contains(&number), "{form} lacks {column} {number} of {}", row["alternative"]);
            }
            found += 1;
        }
    }
    assert_eq!(found, 12);
    let comparison = rows(&folder.join("comparison.csv"));
    let differences = comparison.iter().filter(|row| {
        row["response"] == "delivered_tonnes" && row["statistic"] == "mean" && row["difference"].parse::<f64>().unwrap() > 1000.0
    });
    for row in differences {
        let number = format!("+{}", whole(&row["difference"]));
        assert!(forms.values().all(|text| text.contains(&number)), "{number}");
    }
    // The sentences of the answer are those that were printed.
    assert!(forms["md"].contains("comes first"), "{}", &forms["md"][..2000]);
}

#[test]
fn the_page_of_a_run_is_written_again_to_the_byte_and_is_a_file_of_the_result() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &[]);
    let first = fs::read(folder.join("report.html")).unwrap();
    fs::remove_file(folder.join("report.html")).unwrap();
    let ran = rafah(&["report", &folder.display().to_string()]);
    assert!(ran.code == 0 && ran.out.contains("report.html"), "{}{}", ran.out, ran.err);
    assert!(
        fs::read(folder.join("report.html")).unwrap() == first,
        "the second page differs from the first"
    );
    let manifest: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let named = manifest["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["path"] == "report.html");
    assert_eq!(named.count(), 1);
}

#[test]
fn the_page_loads_nothing_and_has_no_identifier_twice() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &[]);
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    for attribute in ["src=\"", "href=\"", "srcset=\"", "action=\""] {
        for address in values(&page, attribute) {
            assert!(address.starts_with('#'), "{attribute}{address}");
        }
    }
    assert!(!page.contains("<link") && !page.contains("@import"));
    for address in page.split("url(").skip(1) {
        assert!(address.starts_with("data:") || address.starts_with('#'), "url({address:.60}");
    }
    let ids = values(&page, " id=\"");
    assert!(ids.len() > 20);
    let mut seen = BTreeSet::new();
    for id in &ids {
        assert!(seen.insert(*id), "{id} stands twice");
    }
    for of in ["href=\"#", "aria-labelledby=\"", "aria-describedby=\""] {
        for id in values(&page, of) {
            assert!(seen.contains(id), "{of}{id} leads nowhere");
        }
    }
}

#[test]
fn names_and_titles_are_never_taken_for_markup() {
    let hostile = r#"<b>5 & "six" | a_b 50% #1 $x$ {y} ~z ^w \\alpha"#;
    let study = STUDY
        .replace("Longer hours", &hostile.replace('"', "\\\""))
        .replace("The same once more", "<script>alert(1)</script> [x](y) *z*");
    let bench = Bench::new(&study);
    let folder = compared(&bench, &[]);
    let forms = told(&folder, &bench.path("told"), "html,md,tex");
    let page = &forms["html"];
    assert!(!page.contains("<b>5") && !page.contains("<script>alert"), "markup came through");
    assert!(
        page.contains("&#60;b&#62;5 &#38;") || page.contains("&lt;b&gt;5 &amp;"),
        "the title is not there"
    );
    let md = &forms["md"];
    assert!(
        md.contains(r"\<b\>5 \&") && md.contains(r"\[x\](y) \*z\*") && md.contains(r"a\_b"),
        "{}",
        &md[..400]
    );
    let tex = &forms["tex"];
    assert!(
        tex.contains(r"\textless{}b\textgreater{}5 \&")
            && tex.contains(r"50\% \#1 \$x\$ \{y\} \textasciitilde{}z \textasciicircum{}w \textbackslash{}alpha")
    );
}

#[test]
fn a_report_brings_the_pictures_that_it_takes() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &["--no-charts"]);
    assert!(!folder.join("report.html").exists());
    for (form, extension, link) in [("md", "svg", "](decision.svg)"), ("tex", "pdf", "{decision.pdf}")] {
        let place = bench.path(form);
        let text = &told(&folder, &place, form)[form];
        assert!(text.contains(link), "{form}");
        assert!(place.join(format!("decision.{extension}")).is_file());
    }
    let ran = rafah(&["report", &folder.display().to_string(), "--format", "md"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        fs::read_to_string(folder.join("report.md"))
            .unwrap()
            .contains("](charts/decision.svg)")
    );
    assert!(folder.join("charts/decision.svg").is_file() && !folder.join("report.html").exists());
}

#[test]
fn one_replication_has_no_interval_and_the_report_says_so() {
    let bench = Bench::new(STUDY);
    let folder = bench.path("one");
    let shown = folder.display().to_string();
    let ran = bench.rafah("compare", &["-n", "1", "-o", &shown]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    assert!(page.contains("There is one replication, so there are no intervals"));
}

#[test]
fn a_result_that_stands_without_charts_points_to_the_command_that_draws_them() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &["--no-charts"]);
    let ran = bench.rafah("compare", &["-n", "9", "-o", &folder.display().to_string()]);
    assert!(ran.code == 73 && ran.err.contains("`rafah report`"), "{}: {}", ran.code, ran.err);
}
