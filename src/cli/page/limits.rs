//! What a result does not say: only what is true of this one.

use super::content::{Block, Section};
use super::estimation::open_below;
use super::facts::Facts;
use super::inputs::{Counts, Stated, untold};
use super::said::{is_or_are, named};
use super::system;
use crate::cli::charts::Source;
use crate::cli::failure::Failure;
use crate::cli::numbers::{counted, whole};
use crate::experiment::{ENOUGH_CLOSURES, LEAST_FOR_WORST, SURE_CLOSURES};

/// The section of the limits.
pub(super) fn section(source: &Source) -> Result<Section, Failure> {
    let facts = Facts::new(source);
    let mut limits = unfinished(facts);
    limits.extend(chance(facts));
    limits.extend(evidence(facts));
    limits.extend(scope(facts));
    limits.extend(comparison(facts)?);
    limits.extend(choice(facts)?);
    limits.extend(prices(facts)?);
    limits.extend(untold(source));
    Ok(Section {
        id: "limits",
        title: "Limits".to_owned(),
        blocks: vec![Block::List(limits)],
    })
}

fn unfinished(facts: Facts) -> Vec<String> {
    let mut told = Vec::new();
    if !facts.manifest.complete {
        told.push(format!(
            "The run was stopped before it was complete: it has {}.",
            facts.source.replications()
        ));
    }
    if facts.manifest.precision.as_ref().is_some_and(|precision| !precision.reached) {
        told.push("The precision that was asked for was not reached; the section on the method says how far it came.".to_owned());
    }
    told
}

/// Student's interval of a skewed response is to be relied on from about so many replications on.
const FEW: u32 = 30;

fn chance(facts: Facts) -> Vec<String> {
    let n = facts.fewest();
    let each = facts.of_each();
    if !facts.has_chance() {
        return vec![format!(
            "There is one replication{each}. With another seed the numbers would be others, and nothing here says by how much."
        )];
    }
    let mut told = vec![format!(
        "Intervals tell of chance within a scenario: how well its means are known from {}. They say nothing of whether the numbers of the scenario hold.",
        facts.replications()
    )];
    if n < FEW {
        told.push(format!(
            "There are few replications ({}): intervals of skewed responses may hold less often than they say.",
            whole(f64::from(n))
        ));
    }
    let open = open_below(facts.manifest.confidence, 0.05);
    if f64::from(n) < open {
        told.push(format!(
            "Below {} replications the interval of a 5 or 95 % quantile has an open end, which is left empty.",
            whole(open)
        ));
    }
    if facts.manifest.study.is_some() && facts.has_several() && (n as usize) < LEAST_FOR_WORST {
        told.push(format!(
            "Below {LEAST_FOR_WORST} replications no interval is given for the mean of the worst tenth."
        ));
    }
    told
}

fn evidence(facts: Facts) -> Vec<String> {
    let counts = Counts::of(&facts.loaded.parameters());
    let unsure = counts.assumptions + counts.neither;
    let mut told = Vec::from_iter(Stated::of(facts.source).without_source(facts));
    if unsure > 0 && !facts.has("sensitivity") {
        let varied = if facts.has_several() {
            ", but for what alternatives change"
        } else {
            ""
        };
        told.push(format!(
            "{}{} {} an assumption or {} no stated source. Each was simulated at its stated value{varied}; how much the results depend on it is not known, as this \
             result has no sensitivity analysis, and may matter more than chance.",
            if facts.has_several() { format!("In the scenario of `{}` ", facts.name) } else { String::new() },
            counted(unsure, "number"),
            is_or_are(unsure),
            if unsure == 1 { "has" } else { "have" }
        ));
    }
    let scenario = facts.scenario();
    let drivers = facts
        .source
        .alternatives
        .iter()
        .flat_map(|a| &a.loaded.scenario.drivers)
        .map(|driver| driver.probability);
    let troops = facts
        .source
        .alternatives
        .iter()
        .flat_map(|a| &a.loaded.scenario.contingents)
        .map(|troops| troops.probability);
    let probabilities: Vec<f64> = drivers.chain(troops).collect();
    if !probabilities.is_empty() {
        let by_chance = probabilities.iter().any(|p| *p > 0.0 && *p < 1.0);
        let means = if by_chance {
            " Means are over replications with and without them."
        } else {
            ""
        };
        told.push(format!(
            "Developments happen as probably as a scenario states, and change what it says that they change: probabilities and effects are inputs, not findings.{means}"
        ));
    }
    told.push(
        "The result holds no comparison with what was observed: whether the scenario describes the place it names is not tested here."
            .to_owned(),
    );
    if !scenario.sources.is_empty() {
        told.push("Sources count different things (trucks, truckloads, pallets, tonnes): compare like with like.".to_owned());
    }
    let counters: Vec<&str> = scenario.stages.iter().filter_map(|stage| stage.counts_as.as_deref()).collect();
    if counters.len() > 1 {
        told.push(format!(
            "The counters {} count trucks at different places of the way; they are not to be added up.",
            named(counters)
        ));
    }
    told
}

fn scope(facts: Facts) -> Vec<String> {
    let scenario = facts.scenario();
    let mut told = vec![
        "This is not a forecast: it says what follows if the scenario holds.".to_owned(),
        "This is not a targeting tool: neither positions of forces nor individual people are modelled.".to_owned(),
    ];
    if !scenario.travellers.is_empty() {
        told.push("Travellers are counts of people; nothing is known of any one of them.".to_owned());
    }
    told.push(
        "A truck is a truckload. What becomes of aid after it is delivered, prices, and the effect of aid on events are outside the model."
            .to_owned(),
    );
    if system::warm_up(scenario).is_none() {
        told.push(
            "There is no warm-up: the run begins without a truck on its way, and the time in which the crossing fills counts.".to_owned(),
        );
    }
    told
}

fn comparison(facts: Facts) -> Result<Vec<String>, Failure> {
    if !facts.has_several() {
        return Ok(Vec::new());
    }
    if !facts.is_compared() {
        let why = if facts.source.folder.lost().iter().any(|lost| lost.name == "comparison") {
            "The table of differences is missing from the folder of the result"
        } else if facts.has_chance() {
            "The result has no table of differences (their periods differ, or it was left out)"
        } else {
            "There is too little of any alternative"
        };
        return Ok(vec![format!("{why}, so alternatives are not held against each other.")]);
    }
    let mut told = vec![
        "Alternatives share their random numbers. That sharpens differences between them; the mean of each is no surer for it, and two intervals that \
         overlap do not show that there is no difference."
            .to_owned(),
    ];
    let wider = wider(facts)?;
    if wider > 0 {
        let pairs = if wider == 1 {
            "one pair".to_owned()
        } else {
            format!("{} pairs", whole(wider as f64))
        };
        told.push(format!(
            "In {pairs} of alternative and response shared random numbers made the difference less sure than runs of their own would have (table \
             `synchronisation`, `warning`)."
        ));
    }
    if let Some(decision) = facts.source.decision.as_ref() {
        if decision.responses.len() > 1 {
            told.push("Verdicts hold by each response for itself; that those by several responses hold together is less sure.".to_owned());
        }
        let left_out = decision.responses.iter().map(|decided| decided.left_out).max().unwrap_or(0);
        if left_out > 0 {
            told.push(format!(
                "By some response {} {} left out, as an alternative has no value in {}.",
                counted(left_out, "replication"),
                if left_out == 1 { "is" } else { "are" },
                if left_out == 1 { "it" } else { "them" }
            ));
        }
    }
    Ok(told)
}

/// How many pairs of alternative and response are told to be less sure than independent runs.
fn wider(facts: Facts) -> Result<usize, Failure> {
    if !facts.has("synchronisation") {
        return Ok(0);
    }
    let rows = facts.source.folder.columns("synchronisation", &["warning"])?;
    Ok((0..rows.len()).filter(|row| rows.columns[0].text(*row) == Some("wider")).count())
}

fn choice(facts: Facts) -> Result<Vec<String>, Failure> {
    let Some(selecting) = &facts.manifest.selection else {
        return Ok(Vec::new());
    };
    let mut told = vec![
        "No interval allows for the choice: the mean of the one chosen is a little too good, most of all where several are close."
            .to_owned(),
    ];
    if facts.indifference().is_some() {
        let promised = facts.has("selection") && {
            let rows = facts.source.folder.columns("selection", &["confidence"])?;
            (0..rows.len()).any(|row| rows.columns[0].real(row).is_finite())
        };
        told.push(if promised {
            format!(
                "The choice by `{}` is promised for normal responses, and where one alternative is better than all others by the least difference that matters.",
                selecting.response
            )
        } else {
            "The choice carries no promise: none was chosen, or alternatives hardly differed.".to_owned()
        });
    } else {
        told.push(
            "Sharing out a budget of replications promises nothing of the choice; the probability that it is right is an approximation."
                .to_owned(),
        );
    }
    Ok(told)
}

fn prices(facts: Facts) -> Result<Vec<String>, Failure> {
    if !facts.has("closure_price") {
        return Ok(Vec::new());
    }
    let rows = facts.source.folder.columns("closure_price", &["alternative", "group", "n"])?;
    let mut told = vec![
        "The price of a closure is that of one drawn at random while all others stand, not of all together: two that each cost nothing may cost much together."
            .to_owned(),
    ];
    let of_all = |row: &usize| rows.columns[1].text(*row) == Some("all");
    let n: Vec<(String, usize)> = (0..rows.len())
        .filter(of_all)
        .map(|row| {
            (
                rows.columns[0].text(row).unwrap_or_default().to_owned(),
                rows.columns[2].real(row) as usize,
            )
        })
        .collect();
    let below = |least: usize, most: usize| n.iter().filter(move |(_, n)| (least..most).contains(n)).collect::<Vec<_>>();
    let few = below(0, ENOUGH_CLOSURES);
    if !few.is_empty() {
        told.push(format!(
            "{} from fewer than {ENOUGH_CLOSURES} closures and {} no interval.",
            prices_of(&few, n.len()),
            if few.len() == 1 { "has" } else { "have" }
        ));
    }
    let unsure = below(ENOUGH_CLOSURES, SURE_CLOSURES);
    if !unsure.is_empty() {
        told.push(format!(
            "{} from fewer than {SURE_CLOSURES} closures; where a few long ones make the price, such an interval holds it less often than it says.",
            prices_of(&unsure, n.len())
        ));
    }
    Ok(told)
}

/// `The price of `a` comes`, `The prices of all alternatives come`.
fn prices_of(these: &[&(String, usize)], all: usize) -> String {
    match these {
        _ if these.len() == all && all > 1 => "The prices of all alternatives come".to_owned(),
        [_] if all == 1 => "It comes".to_owned(),
        [(name, _)] => format!("The price of `{name}` comes"),
        several if several.len() <= 4 => format!("The prices of {} come", named(several.iter().map(|(name, _)| name.as_str()))),
        several => format!("The prices of {} alternatives come", several.len()),
    }
}
