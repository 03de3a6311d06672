//! Loading: from a path to a study whose alternatives can be run, or to all that is wrong with it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::faults::Faults;
use super::precision;
use super::responses::Known;
use super::written::{self, Alternative, At, Extent, Written};
use crate::experiment::{Question, Stopping, StudyText, kept_tables};
use crate::model::Plan;
use crate::observe::Layout;
use crate::scenario::issue::{Issue, Issues, SourceId, Sources};
use crate::scenario::language::{Node, Table, format_fault, parse, unreadable};
use crate::scenario::{Loaded, Overlay, Reader, Refused, Scenario, load_under};

/// A study whose alternatives can be run.
#[derive(Clone, Debug)]
pub struct Study {
    /// Its short name.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// What it asks, for people.
    pub question: String,
    /// What is held against each other, in the order in which the study names it.
    pub alternatives: Vec<StudiedAlternative>,
    /// When to stop; none: the study does not say.
    pub stopping: Option<Stopping>,
    /// Confidence of the intervals; none: the study does not say.
    pub confidence: Option<f64>,
    /// The seed; none: the study does not say.
    pub seed: Option<u64>,
    /// The responses that decide and the alternative that differences are taken to.
    pub asked: Question,
    /// The tables to write; none: all.
    pub tables: Option<Vec<String>>,
    /// Sections that stand there for `sweep`.
    pub for_sweep: Vec<String>,
    /// The file itself, for the result.
    pub text: StudyText,
    /// What may not mean what was meant.
    pub warnings: Vec<Issue>,
    /// The texts it was read from, those of its alternatives included.
    pub sources: Sources,
}

/// An alternative of a study.
#[derive(Clone, Debug)]
pub struct StudiedAlternative {
    /// Its name in the study, which is its name in all tables.
    pub name: String,
    /// One line for people.
    pub title: String,
    /// Its scenario under its policy and settings.
    pub loaded: Loaded,
}

/// Whether a text is that of a study: it has a section `[study]`.
pub fn is_study(text: &str) -> bool {
    has(text, "study")
}

/// Whether a text has a section, read as far as it can be read.
fn has(text: &str, key: &str) -> bool {
    let mut sources = Sources::default();
    let id = sources.add("", text);
    parse(&sources, id, &mut Issues::default()).has(key)
}

/// Loads a study with all its alternatives, each under `sets` (path, value) as its last layer.
///
/// # Errors
/// [`Refused`] with every fault that could be found in one pass, those of the alternatives' scenarios too.
pub fn load(path: &Path, sets: &[(String, String)], reader: &dyn Reader) -> Result<Study, Refused> {
    let mut sources = Sources::default();
    let mut issues = Issues::default();
    let refused = |issues: Issues, sources: Sources| {
        Err(Refused {
            issues: issues.into_sorted(),
            sources,
        })
    };
    let text = match reader.read(path) {
        Ok(text) => text,
        Err(error) => {
            issues.push(unreadable(path, &error));
            return refused(issues, sources);
        }
    };
    let id = sources.add(path.display().to_string(), text.as_str());
    let mut root = parse(&sources, id, &mut issues);
    issues.extend(no_study(&root).into_iter().collect());
    if issues.has_errors() {
        return refused(issues, sources);
    }
    issues.extend(format_fault(&root, id, path).into_iter().collect());
    let written = written::read(&mut root, id, &mut issues);
    let mut members = members(&written);
    let file = File {
        path,
        text: text.as_str().into(),
        id,
    };
    let loaded = load_members(&file, &mut members, sets, reader, &mut issues, &mut sources);
    let asked = question(&written, &members, &loaded, &mut issues);
    issues.extend(periods(&written, &members, &loaded));
    let (Some(asked), false) = (asked, issues.has_errors()) else {
        return refused(issues, sources);
    };
    let alternatives = members.into_iter().zip(loaded).filter_map(|(member, loaded)| {
        let loaded = loaded?;
        let name = member.name.map_or_else(|| loaded.scenario.name.clone(), |name| name.value);
        // Without a title what is its own says what it is: a policy, or a scenario; what all share would say nothing.
        let is_scenario = member.own_scenario || member.set.is_none();
        let title = match (member.title.is_empty(), member.policy.is_some(), is_scenario) {
            (false, ..) => member.title,
            (true, true, _) => loaded.scenario.policy.name.clone(),
            (true, false, true) => loaded.scenario.title.clone(),
            (true, false, false) => String::new(),
        };
        Some(StudiedAlternative { name, title, loaded })
    });
    Ok(Study {
        stopping: written.extent.as_ref().map(|extent| stopping(extent, written.confidence)),
        alternatives: alternatives.collect(),
        text: StudyText::new([&written.name, &written.title, &written.question], text),
        name: written.name,
        title: written.title,
        question: written.question,
        confidence: written.confidence,
        seed: written.seed,
        asked,
        tables: written.tables.map(|tables| tables.into_iter().map(|table| table.value).collect()),
        for_sweep: written.for_sweep,
        warnings: issues.into_sorted(),
        sources,
    })
}

/// A file of another kind, given as if it were a study: told in one sentence.
fn no_study(root: &Table) -> Option<Issue> {
    if root.has("study") {
        return None;
    }
    let known = [
        ("scenario", "a scenario"),
        ("horizon", "a scenario"),
        ("stage", "a scenario"),
        ("policy", "a policy"),
    ];
    let (entry, what) = known.iter().find_map(|(key, what)| root.entry(key).map(|entry| (entry, what)))?;
    let issue = Issue::error(format!("this is {what}, expected a study")).at(&entry.key_place);
    Some(issue.note("a study has `[study]` with a `scenario`, and an `[alternative.NAME]` for each alternative"))
}

/// The file of a study.
struct File<'a> {
    path: &'a Path,
    text: Arc<str>,
    id: SourceId,
}

/// What is loaded: the alternatives, or the scenario alone where factors take their place.
struct Member {
    /// None: the scenario alone.
    name: Option<At<String>>,
    title: String,
    scenario: Option<Node>,
    /// Whether the scenario is its own, and not that of the study.
    own_scenario: bool,
    policy: Option<Node>,
    set: Option<Node>,
}

fn members(written: &Written) -> Vec<Member> {
    let of_alternative = |alternative: &Alternative| Member {
        name: Some(alternative.name.clone()),
        title: alternative.title.clone(),
        own_scenario: alternative.scenario.is_some(),
        scenario: alternative.scenario.clone().or_else(|| written.scenario.clone()),
        policy: alternative.policy.clone(),
        set: alternative.set.clone(),
    };
    if written.alternatives.is_empty() {
        return vec![Member {
            name: None,
            title: String::new(),
            scenario: written.scenario.clone(),
            own_scenario: true,
            policy: None,
            set: None,
        }];
    }
    written.alternatives.iter().map(of_alternative).collect()
}

/// The scenario of every member; none where it is wrong or not named.
fn load_members(
    file: &File,
    members: &mut [Member],
    sets: &[(String, String)],
    reader: &dyn Reader,
    issues: &mut Issues,
    sources: &mut Sources,
) -> Vec<Option<Loaded>> {
    let mut faults = Faults::default();
    let mut all = Vec::new();
    for (i, member) in members.iter().enumerate() {
        let Some(scenario) = &member.scenario else {
            all.push(None);
            continue;
        };
        let path = beside(file.path, scenario.as_text().unwrap_or_default());
        if let Err(error) = reader.read(&path) {
            issues.push(unreadable(&path, &error).at(&scenario.place).label("named here"));
            all.push(None);
            continue;
        }
        let by = member
            .name
            .as_ref()
            .map_or_else(String::new, |name| format!("alternative `{}`", name.value));
        let over = Overlay {
            by: &by,
            path: file.path,
            text: file.text.clone(),
            policy: member.policy.as_ref(),
            set: member.set.as_ref(),
        };
        match load_under(&path, Some(&over), sets, reader) {
            Ok(loaded) => {
                faults.add(i, loaded.warnings.clone(), &loaded.sources, sources);
                all.push(Some(loaded));
            }
            Err(refused) => {
                faults.add(i, refused.issues, &refused.sources, sources);
                all.push(None);
            }
        }
    }
    let names: Vec<&str> = members
        .iter()
        .filter_map(|m| m.name.as_ref().map(|name| name.value.as_str()))
        .collect();
    issues.extend(faults.told(&names, file.id));
    all
}

/// A path that the study names, without `.` at its beginning.
fn beside(study: &Path, name: &str) -> PathBuf {
    study.parent().unwrap_or(Path::new("")).join(name)
}

/// What is asked, held against the tables that the alternatives fill; none: no scenario could be read.
fn question(written: &Written, members: &[Member], loaded: &[Option<Loaded>], issues: &mut Issues) -> Option<Question> {
    let plans: Vec<Plan> = loaded.iter().flatten().map(|loaded| Plan::compile(&loaded.scenario)).collect();
    let plans: Vec<&Plan> = plans.iter().collect();
    if plans.is_empty() {
        return None;
    }
    let is_whole = plans.len() == loaded.len();
    let layout = match kept_tables(&plans, None, &[]) {
        Ok(layout) => layout,
        Err(why) => {
            issues.push(Issue::error(why));
            return None;
        }
    };
    tables(written, &plans, issues);
    let scenarios: Vec<Option<&Scenario>> = loaded.iter().map(|l| l.as_ref().map(|l| &l.scenario)).collect();
    let known = Known::new(&layout, scenarios);
    check_responses(written, members, &known, is_whole, issues);
    let names: Vec<String> = match &written.responses {
        Some(responses) if !responses.is_empty() => responses.iter().map(|response| response.value.clone()).collect(),
        _ => known.usual(),
    };
    Some(Question {
        reference: reference(written, members),
        responses: names.iter().map(|name| known.asked(name, &written.directions)).collect(),
    })
}

/// The alternative that differences are taken to, by index: the first where none is named, or none of that name is there.
fn reference(written: &Written, members: &[Member]) -> usize {
    let named = written.reference.as_ref();
    let is_it = |member: &Member| {
        member
            .name
            .as_ref()
            .zip(named)
            .is_some_and(|(name, named)| name.value == named.value)
    };
    members.iter().position(is_it).unwrap_or(0)
}

/// Tables that nobody knows.
fn tables(written: &Written, plans: &[&Plan], issues: &mut Issues) {
    for table in written.tables.iter().flatten() {
        let found: Result<Layout, String> = kept_tables(plans, Some(std::slice::from_ref(&table.value)), &[]);
        if let Err(why) = found {
            issues.push(Issue::error(why).at(&table.place));
        }
    }
}

/// Responses that no alternative gives, and those that some do not. Where a scenario is wrong (`is_whole` is false), its alternative may
/// have brought what seems unknown: only what looks like a slip is then told.
fn check_responses(written: &Written, members: &[Member], known: &Known, is_whole: bool, issues: &mut Issues) {
    let of_precision: Vec<&At<String>> = match &written.extent {
        Some(Extent::Precision(aims)) => aims.iter().filter_map(|aim| aim.response.as_ref()).collect(),
        _ => Vec::new(),
    };
    let directed = written.directions.iter().map(|(name, _)| name);
    for name in written
        .responses
        .iter()
        .flatten()
        .chain(of_precision.iter().copied())
        .chain(directed)
    {
        match known.find(&name.value) {
            Err(unknown) if is_whole || unknown.near.is_some() => issues.push(unknown.told(name)),
            Err(_) => {}
            Ok(found) => {
                let of_reference = found.lacking.contains(&reference(written, members));
                let lacking = found.lacking.iter().filter_map(|&i| members[i].name.as_ref());
                let lacking: Vec<String> = lacking.map(|name| format!("`{}`", name.value)).collect();
                if !lacking.is_empty() && of_precision.iter().any(|of| std::ptr::eq(*of, name)) {
                    let issue = Issue::error(format!("`{}` does not exist in {}", name.value, lacking.join(", ")));
                    issues.push(
                        issue
                            .at(&name.place)
                            .label("a precision is reached in every alternative: ask for a response that all have"),
                    );
                } else if !lacking.is_empty() {
                    let issue = Issue::warning(format!("`{}` does not exist in {}", name.value, lacking.join(", ")));
                    issues.push(issue.at(&name.place).label(if of_reference {
                        "the reference lacks it: no difference is taken"
                    } else {
                        "these alternatives are not compared by it"
                    }));
                }
            }
        }
    }
    let decide = written.responses.iter().flatten();
    let decide: Vec<&str> = decide.map(|name| name.value.as_str()).collect();
    for (name, _) in &written.directions {
        if written.responses.is_some() && !decide.contains(&name.value.as_str()) && known.find(&name.value).is_ok() {
            let issue = Issue::warning(format!("the direction of `{}` has no effect", name.value)).at(&name.place);
            issues.push(issue.label("it is not among `responses`"));
        }
    }
}

/// Alternatives of other periods than the reference cannot be held against it, replication by replication.
fn periods(written: &Written, members: &[Member], loaded: &[Option<Loaded>]) -> Vec<Issue> {
    let period = |loaded: &Loaded| loaded.scenario.horizon.period();
    let told = |(start, length, warm_up): (String, crate::time::Duration, crate::time::Duration)| {
        format!("{length} from {start}, the first {warm_up} not counted")
    };
    let Some(of_reference) = loaded.get(reference(written, members)).and_then(Option::as_ref).map(period) else {
        return Vec::new();
    };
    let others = members
        .iter()
        .zip(loaded)
        .filter_map(|(m, l)| Some((m.name.as_ref()?, period(l.as_ref()?))));
    others
        .filter(|(_, period)| *period != of_reference)
        .map(|(name, period)| {
            Issue::error(format!("alternative `{}` simulates another period than the reference", name.value))
                .at(&name.place)
                .label(told(period))
                .note(format!("the reference simulates {}", told(of_reference.clone())))
        })
        .collect()
}

fn stopping(extent: &Extent, confidence: Option<f64>) -> Stopping {
    match extent {
        Extent::Replications(n) => Stopping::Fixed(*n),
        Extent::Precision(aims) => Stopping::Precision(precision::meant(aims, confidence)),
    }
}
