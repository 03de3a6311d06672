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

/// Every letter that a report takes is one that its LaTeX knows.
#[test]
fn no_letter_of_a_report_stands_by_its_code_in_latex() {
    let bench = Bench::new(STUDY);
    let forms = told(&compared(&bench, &["--closure-price"]), &bench.path("told"), "md,tex");
    let letters: BTreeSet<char> = forms["md"].chars().filter(|c| !c.is_ascii()).collect();
    assert!(letters.contains(&'±') && letters.contains(&'−'), "{letters:?}");
    assert!(!forms["tex"].contains("[U+"), "of {letters:?}");
}

/// The text of a section of the report in Markdown.
fn section<'a>(md: &'a str, title: &str) -> &'a str {
    let from = md.find(&format!("\n## {title}\n")).unwrap();
    let rest = &md[from + 4..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn a_table_that_is_gone_is_named_and_what_is_left_is_told() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &["-n", "9"]);
    for (file, chart) in [("decision.csv", "decision"), ("daily.csv", "daily-deliveries")] {
        fs::rename(folder.join(file), bench.path(file)).unwrap();
        let place = bench.path(chart);
        let shown = [&folder, &place].map(|path| path.display().to_string());
        let ran = rafah(&["report", &shown[0], "--format", "md,html", "-o", &shown[1]]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let named = format!("`{file}` (table `");
        assert!(ran.err.contains(&named) && ran.err.contains("`command_line`"), "{}", ran.err);
        let md = fs::read_to_string(place.join("report.md")).unwrap();
        let top = &md[..md.find("\n## Answer").unwrap()];
        assert!(top.contains(&named) && top.contains(&format!("`{chart}`")), "{top}");
        assert!(!md.contains("was not written"), "{file}");
        let listed = rafah(&["report", &shown[0], "--list"]);
        assert!(
            listed.out.contains(&format!("cannot be drawn: `{file}` is missing")),
            "{}",
            listed.out
        );
        let only = rafah(&["report", &shown[0], "--only", chart, "-o", &shown[1]]);
        assert!(only.code == 2 && only.err.contains(&format!("`{file}` is missing")), "{}", only.err);
        fs::rename(bench.path(file), folder.join(file)).unwrap();
    }
    let md = &told(&folder, &bench.path("whole"), "md")["md"];
    assert!(!md.contains("is missing"), "nothing is missing any more");
}

#[test]
fn a_result_without_its_scenario_or_its_list_of_tables_is_refused_with_the_name_of_the_file() {
    let bench = Bench::new(STUDY);
    let folder = bench.compare("r", &["-n", "2"]);
    for file in ["scenario/lanes.toml", "datapackage.json"] {
        fs::rename(folder.join(file), bench.path("aside")).unwrap();
        let ran = rafah(&[
            "report",
            &folder.display().to_string(),
            "-o",
            &bench.path("told").display().to_string(),
        ]);
        assert!(
            ran.code == 65 && ran.err.contains(file) && ran.err.contains("make the result again"),
            "{}: {}",
            ran.code,
            ran.err
        );
        fs::rename(bench.path("aside"), folder.join(file)).unwrap();
    }
}

#[test]
fn tonnes_of_all_goods_and_the_need_of_some_are_told_apart() {
    let bench = Bench::new(STUDY);
    let folder = bench.path("run");
    let world = bench.path("world.toml").display().to_string();
    let ran = rafah(&["run", &world, "-n", "4", "-q", "--no-charts", "-o", &folder.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let md = &told(&folder, &bench.path("told"), "md")["md"];
    let answer = section(md, "Answer");
    assert!(answer.contains("t of all 2 kinds of goods together are delivered"), "{answer}");
    assert!(
        answer.contains("Of the need of `food` (`medical` has no need stated), "),
        "{answer}"
    );
    assert!(answer.contains("Incidents expose "), "{answer}");
}

#[test]
fn what_delivers_nothing_is_told_as_0_beside_the_others() {
    let study = STUDY.replace("\"stage.scan.lanes\" = 5", "\"stage.scan.outcome.rejected.probability\" = 1");
    let bench = Bench::new(&study);
    let folder = bench.compare("r", &["-n", "3", "--tables", "replications,summary,comparison"]);
    let md = &told(&folder, &bench.path("told"), "md")["md"];
    let answer = section(md, "Answer");
    let row = |name: &str| {
        answer
            .lines()
            .find(|line| line.starts_with(&format!("| {name} |")))
            .unwrap_or_default()
            .to_owned()
    };
    assert!(row("lanes").starts_with("| lanes | 0"), "{answer}");
    for name in ["late", "as-it-is", "again"] {
        assert!(row(name).len() > 20, "{name}: {answer}");
    }
    assert!(
        answer.contains("Under `again` exactly as much is delivered as under `as-it-is`"),
        "{answer}"
    );
    assert!(answer.contains("t less are delivered than under `as-it-is`"), "{answer}");
}

#[test]
fn a_question_is_answered_for_every_alternative_by_every_response() {
    let bench = Bench::new(STUDY);
    let many = &told(&compared(&bench, &[]), &bench.path("many"), "md")["md"];
    let one = bench.path("one");
    let ran = bench.rafah("compare", &["-n", "1", "-q", "--no-charts", "-o", &one.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let one = &told(&one, &bench.path("of-one"), "md")["md"];
    for md in [many, one] {
        let answer = section(md, "Answer");
        let rows: Vec<&str> = answer
            .lines()
            .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
            .collect();
        assert_eq!(rows.len(), 5, "{answer}");
        assert!(
            rows[0].contains("Tonnes delivered (t)") && rows[0].contains("Need met") && rows[0].contains("Mean wait (stage scan)"),
            "{}",
            rows[0]
        );
        assert!(
            rows.iter().all(|row| row.matches(" | ").count() == 3 && !row.contains("|  |")),
            "{answer}"
        );
    }
}

#[test]
fn a_made_up_world_is_called_so_before_its_answer_and_in_the_limits() {
    let bench = Bench::new(STUDY);
    let forms = told(&compared(&bench, &[]), &bench.path("told"), "html,md,tex");
    let said = "No number of these scenarios has a source";
    for (form, text) in &forms {
        assert_eq!(text.matches(said).count(), 2, "{form}");
    }
    let answer = section(&forms["md"], "Answer");
    assert!(answer.trim_start_matches("Answer\n\n").starts_with(said), "{answer}");
    assert!(section(&forms["md"], "Limits").contains(said));
}

#[test]
fn numbers_with_sources_are_counted_in_the_answer_with_a_link_to_them() {
    let bench = Bench::new(STUDY);
    let world = fs::read_to_string(bench.path("world.toml")).unwrap();
    let world = world
        .replace("name = \"world\"", "name = \"world\"\nsources = { a = \"A paper, 2026\" }")
        .replace("lanes = 3", "lanes = { value = 3, source = \"a\" }");
    fs::write(bench.path("world.toml"), world).unwrap();
    let forms = told(&compared(&bench, &[]), &bench.path("told"), "html,md");
    assert!(section(&forms["md"], "Answer").contains("1 has a cited source, 0 are called an assumption with a reason, and "));
    assert!(section(&forms["md"], "Answer").contains("[Inputs and their sources](#inputs-and-their-sources)."));
    assert!(forms["html"].contains("<a href=\"#inputs\">Inputs and their sources</a>."));
    assert!(!forms["md"].contains("No number of these scenarios"));
}

#[test]
fn of_more_alternatives_than_are_shown_it_is_said_that_these_are_some() {
    let of_lanes = |lanes: u32| format!("[alternative.lanes-{lanes}]\nset = {{ \"stage.scan.lanes\" = {lanes} }}\n");
    let more: Vec<String> = (6..17).map(of_lanes).collect();
    let more = more.concat();
    let bench = Bench::new(&format!("{STUDY}{more}"));
    let folder = bench.compare("r", &["-n", "2", "--tables", "replications,summary,decision,comparison"]);
    let md = &told(&folder, &bench.path("told"), "md")["md"];
    let method = section(md, "Method");
    assert!(method.contains("Told are the 12 of 15 alternatives that are shown"), "{method}");
    assert!(section(md, "Inputs and their sources").contains("(the 12 of 15 that are shown)"));
    assert!(
        section(md, "Answer").contains("of the 12 that are shown"),
        "{}",
        section(md, "Answer")
    );
}

#[test]
fn that_the_logic_is_the_same_is_said_only_where_numbers_alone_differ() {
    let bench = Bench::new(STUDY);
    let numbers = &told(&bench.compare("a", &["-n", "2"]), &bench.path("of-a"), "md")["md"];
    let bench = Bench::new(&STUDY.replace("\"stage.scan.lanes\" = 5", "\"stage.platform.queue.when_full\" = \"lose\""));
    let rules = &told(&bench.compare("b", &["-n", "2"]), &bench.path("of-b"), "md")["md"];
    // Longer hours of one season are a calendar that the reference does not have.
    assert!(
        section(numbers, "Method").contains("`late` (3 of 3) differs in parts, rules or names too"),
        "{}",
        section(numbers, "Method")
    );
    assert!(
        section(rules, "Method").contains("`lanes` (1 of 1) differ in parts, rules or names too"),
        "{}",
        section(rules, "Method")
    );
    // Without `late` alternatives differ in a number of lanes alone.
    let (before, after) = STUDY.split_once("[alternative.late]\npolicy = \"late.toml\"\n").unwrap();
    let bench = Bench::new(&format!("{before}{after}"));
    let same = &told(&bench.compare("c", &["-n", "2"]), &bench.path("of-c"), "md")["md"];
    assert!(
        section(same, "Method").contains("the parts and the rules are those of `as-it-is`"),
        "{}",
        section(same, "Method")
    );
    for md in [numbers, rules] {
        assert!(!md.contains("the parts and the rules are those of"));
    }
}

#[test]
fn the_command_line_can_be_copied_from_every_form() {
    let bench = Bench::new(STUDY);
    let folder = compared(&bench, &["--tables", "replications,summary"]);
    let forms = told(&folder, &bench.path("told"), "html,md,tex");
    assert!(forms["md"].contains(" --tables replications,summary\n"));
    assert!(forms["html"].contains(" --tables replications,summary</code>"));
    assert!(
        forms["tex"].contains("\\ -{}-{}tables\\ replications,{}summary}"),
        "{}",
        section(&forms["md"], "How to make it again")
    );
}

#[test]
fn what_is_met_of_the_need_is_among_the_first_sentences_of_a_study_that_does_not_ask_for_it() {
    let asked = "\"need_met\", ";
    let bench = Bench::new(&STUDY.replace(asked, ""));
    let md = &told(&compared(&bench, &[]), &bench.path("told"), "md")["md"];
    let answer = section(md, "Answer");
    let listed: Vec<&str> = answer.lines().filter(|line| line.starts_with("- ")).collect();
    assert!(
        listed
            .iter()
            .any(|line| line.contains("deliveries meet ") && line.contains(" of the need")),
        "{answer}"
    );
}

#[test]
fn the_brackets_of_the_reference_are_said_to_be_of_itself() {
    let bench = Bench::new(STUDY);
    let md = &told(&compared(&bench, &[]), &bench.path("told"), "md")["md"];
    assert!(
        section(md, "Answer")
            .contains("the reference its means, in brackets the 95 % interval of each for itself; the others their differences"),
        "{}",
        section(md, "Answer")
    );
}
