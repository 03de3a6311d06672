//! How every parameter of several scenarios is known: a page in Markdown.

use crate::scenario::load::Loaded;

use super::parameters::ParameterLine;

const HEAD: &str = "\
# Evidence: where every number comes from

Made from the scenarios by `rafah check --evidence --markdown`; the last line says how. A parameter has a **source** (a key of the list at the end), or is called an **assumption** with its reason, or has **neither**: then it is
structure (which stage follows, which calendar, a name) or a choice that a comment in the file explains. `range` is what the value may be instead: for most parameters the range, and not the value, is what
is known. A parameter that another scenario above has with the same value and evidence is not listed again; values that nobody stated (defaults, see [reference.md](reference.md)) are counted and not listed. A policy is
counted as the first scenario has it, with the policy in place of its own.
A source of a range is no source of the size of an effect: what developments do is assumed throughout, unless the row says otherwise.
";

/// How many parameters are known how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::scenario) struct Count {
    sourced: usize,
    assumed: usize,
    neither: usize,
    default: usize,
}

impl Count {
    pub(in crate::scenario) fn of(lines: &[ParameterLine]) -> Count {
        lines.iter().fold(Count::default(), |mut count, line| {
            match (line.is_default, &line.source, &line.assumption) {
                (true, ..) => count.default += 1,
                (false, Some(_), _) => count.sourced += 1,
                (false, None, Some(_)) => count.assumed += 1,
                (false, None, None) => count.neither += 1,
            }
            count
        })
    }

    /// A row of the table.
    fn row(self, what: &str) -> String {
        format!(
            "| {what} | {} | {} | {} | {} | {:.0} % |\n",
            self.sourced,
            self.assumed,
            self.neither,
            self.default,
            self.share() * 100.0
        )
    }

    /// The share with a source among those with any evidence; 0 of none.
    fn share(self) -> f64 {
        let evidence = self.sourced + self.assumed;
        if evidence == 0 {
            0.0
        } else {
            self.sourced as f64 / evidence as f64
        }
    }
}

/// The page of these scenarios, each with the name of its file; `command` makes it again.
pub fn evidence(scenarios: &[(String, Loaded)], command: &str) -> String {
    let all: Vec<Vec<ParameterLine>> = scenarios.iter().map(|(_, loaded)| loaded.parameters()).collect();
    let mut listed: Vec<ParameterLine> = Vec::new();
    let mut lists = String::new();
    for ((file, _), lines) in scenarios.iter().zip(&all) {
        lists.push_str(&format!("\n## `{file}`\n\n"));
        let fresh: Vec<ParameterLine> = lines.iter().filter(|l| !l.is_default && !listed.contains(l)).cloned().collect();
        if fresh.is_empty() {
            lists.push_str("Nothing that is not listed above.\n");
            continue;
        }
        lists.push_str("| parameter | value | range | source or assumption |\n|---|---|---|---|\n");
        lists.extend(fresh.iter().map(row));
        listed.extend(fresh);
    }
    let mut text = format!("{HEAD}\n## In numbers\n\n");
    text.push_str("| scenario | with a source | an assumption | neither | left at its default | sourced, of those with evidence |\n|---|---|---|---|---|---|\n");
    for ((file, _), lines) in scenarios.iter().zip(&all) {
        text.push_str(&Count::of(lines).row(&format!("`{file}`")));
    }
    text.push_str(&Count::of(&listed).row("all that is listed below, each once"));
    text + &lists + &sources(scenarios) + &format!("\nMade by `{command}`.\n")
}

fn row(line: &ParameterLine) -> String {
    let known = match (&line.source, &line.assumption) {
        (Some(source), _) => cell(source),
        (None, Some(why)) => format!("assumption: {}", cell(why)),
        (None, None) => "–".to_owned(),
    };
    let range = line.range.as_ref().map_or("–".to_owned(), |range| cell(range));
    format!("| `{}` | {} | {range} | {known} |\n", line.path, cell(&cut(&line.value)))
}

/// Long lists (dates of holidays, spells) by their beginning.
fn cut(value: &str) -> String {
    const LONGEST: usize = 160;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    let cut: String = value.chars().take(LONGEST).collect();
    format!("{cut} …")
}

/// A text inside a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// The sources of all scenarios, each once, by their keys.
fn sources(scenarios: &[(String, Loaded)]) -> String {
    let mut all: Vec<&(String, String)> = scenarios.iter().flat_map(|(_, loaded)| &loaded.scenario.sources).collect();
    all.sort();
    all.dedup();
    let rows: Vec<String> = all
        .iter()
        .map(|(key, text)| format!("| {} | {} |\n", cell(key), cell(text)))
        .collect();
    format!("\n## Sources\n\n| key | source |\n|---|---|\n{}", rows.concat())
}
