//! The tables `decision`, `regret` and `synchronisation`.

use super::{Decided, Decision, Front, Standing};
use crate::stats::{Better, Estimate};
use crate::table::{Column, Frame, Kind, Row, Table};

/// A table with its rows.
pub(crate) type Filled = (Table, Frame);

fn text(name: &str, doc: &str) -> Column {
    Column::new(name, Kind::Text, "", doc)
}

fn real(name: &str, doc: &str) -> Column {
    Column::new(name, Kind::Real, "", doc)
}

fn share(name: &str, doc: &str) -> Column {
    Column::new(name, Kind::Real, "share", doc)
}

fn replications(name: &str, doc: &str) -> Column {
    Column::new(name, Kind::Whole, "replications", doc)
}

fn alternative() -> Column {
    text("alternative", "name of the scenario or alternative")
}

fn response() -> Column {
    text("response", "a response that the study asks for, as in `summary`")
}

fn unit() -> Column {
    text("unit", "unit of the response, and of all numbers that have no other")
}

fn confidence() -> Column {
    share("confidence", "confidence of the intervals")
}

/// By alternative, then by response.
fn each(decision: &Decision) -> impl Iterator<Item = (&str, &Decided, &Standing)> {
    decision
        .names
        .iter()
        .enumerate()
        .flat_map(|(i, name)| {
            let of_one = move |decided| (name.as_str(), decided, i);
            decision.responses.iter().map(of_one)
        })
        .map(|(name, decided, i): (&str, &Decided, usize)| (name, decided, &decided.standings[i]))
}

fn word<'a>(row: Row<'a>, word: &str) -> Row<'a> {
    // What is nothing is an empty cell.
    if word.is_empty() { row.empty() } else { row.text(word) }
}

fn estimate(row: Row<'_>, estimate: Estimate) -> Row<'_> {
    row.real(estimate.value).real(estimate.lower).real(estimate.upper)
}

/// All of them.
pub(crate) fn tables(decision: &Decision) -> Vec<Filled> {
    let mut tables = vec![self::decision(decision), regret(decision), synchronisation(decision)];
    tables.extend(decision.front.as_ref().map(|front| frontier(decision, front)));
    tables
}

/// The table `frontier`.
fn frontier(of: &Decision, front: &Front) -> Filled {
    let table = Table {
        name: "frontier",
        doc: "a row per alternative: whether another is better in aid delivered and in trucks exposed at once",
        keys: 1,
        columns: vec![
            alternative(),
            text("more", "the response of which more is better"),
            text("less", "the response of which less is better"),
            replications(
                "n",
                "replications in which every alternative gave a value by both, but those that never did",
            ),
            text(
                "undominated",
                "yes, unless another has a better mean by one and no worse by the other; yes or no; empty: no values",
            ),
            text(
                "bettered_by",
                "another that is shown to be better by both, by one-sided paired t tests for all ordered pairs at once; empty: none is",
            ),
            confidence(),
        ],
        small: true,
    };
    let [more, less] = front.responses.map(|place| of.responses[place].response.name.as_str());
    let mut frame = Frame::new(&table);
    for (name, standing) in of.names.iter().zip(&front.standings) {
        let row = frame.row().text(name).text(more).text(less).whole(front.n as i64);
        let undominated = standing.map_or("", |standing| if standing.undominated { "yes" } else { "no" });
        let by = standing.and_then(|standing| standing.bettered_by);
        let row = word(word(row, undominated), by.map_or("", |by| of.names[by].as_str()));
        row.real(of.confidence).end();
    }
    (table, frame)
}

/// The table `decision`.
fn decision(of: &Decision) -> Filled {
    let table = Table {
        name: "decision",
        doc: "a row per alternative and response that the study asks for: how the alternative stands among all",
        keys: 2,
        columns: vec![
            alternative(),
            response(),
            unit(),
            text(
                "better",
                "which of two values is better: more or less; empty: neither, and nothing is called best",
            ),
            replications(
                "n",
                "replications in which every alternative gave a value, but those that never did",
            ),
            replications("left_out", "replications left out, as an alternative gave no value in them"),
            real("mean", "mean over these replications"),
            real("lower", "lower end of the mean's t interval, cut at 0 where no value lies below"),
            real("upper", "upper end of the mean's t interval"),
            confidence(),
            Column::new("rank", Kind::Whole, "", "1 for the best mean; those that are level share a rank"),
            real(
                "mcb_lower",
                "lower end of the interval of its mean less that of the best of the others; these hold for all alternatives at once, under common random numbers",
            ),
            real("mcb_upper", "upper end of it"),
            text(
                "may_be_best",
                "yes, unless another is shown to be better: with the confidence the best is among these; yes or no",
            ),
            share(
                "probability_best",
                "share of 2,000 resamples of whole replications in which it has the best mean",
            ),
            share("ahead", "share of the replications in which no other has a better value"),
            share("ahead_lower", "lower end of its interval (Wilson)"),
            share("ahead_upper", "upper end of it"),
            real(
                "worst_tenth",
                "mean of the worst tenth of its replications: the least values where more is better, the greatest where less is",
            ),
            text(
                "verdict",
                "best (all others are shown to be worse), not distinguishable from the best, or not best; all alternatives judged at once",
            ),
        ],
        small: true,
    };
    let mut frame = Frame::new(&table);
    for (name, decided, standing) in each(of) {
        let row = frame.row().text(name).text(&decided.response.name);
        let row = word(row, &decided.response.unit);
        let row = word(row, decided.better.map_or("", Better::word))
            .whole(standing.mean.n as i64)
            .whole(decided.left_out as i64);
        let row = row.real(standing.mean.mean).real(standing.mean.lower).real(standing.mean.upper);
        let row = row.real(of.confidence);
        let row = match standing.rank {
            Some(rank) => row.whole(rank as i64),
            None => row.empty(),
        };
        let best = standing.against_best;
        let ends = best.map_or([f64::NAN; 2], |best| [best.lower, best.upper]);
        let may_be = best.map_or("", |best| if best.may_be_best { "yes" } else { "no" });
        let row = word(row.real(ends[0]).real(ends[1]), may_be);
        let row = row.real(standing.probability_best.unwrap_or(f64::NAN));
        let row = estimate(row, standing.ahead.unwrap_or(Estimate::NONE));
        let row = row.real(standing.worst_tenth.unwrap_or(f64::NAN));
        word(row, standing.verdict.map_or("", super::Verdict::words)).end();
    }
    (table, frame)
}

/// The table `regret`.
fn regret(of: &Decision) -> Filled {
    let mut columns = vec![alternative(), response(), unit(), replications("n", "as in `decision`")];
    for (name, doc) in [
        (
            "mean",
            "mean over replications of what it falls short of the best alternative of each replication",
        ),
        ("p90", "its 90 % quantile, Hyndman and Fan type 7"),
        ("max", "the greatest"),
    ] {
        columns.push(real(name, doc));
        columns.push(real(
            &format!("{name}_lower"),
            match name {
                "mean" => "lower end of its t interval, cut at 0",
                "p90" => "lower end of its interval between order statistics; empty where n is too small",
                _ => "lower end of its interval: the greatest seen",
            },
        ));
        columns.push(real(
            &format!("{name}_upper"),
            match name {
                "mean" => "upper end of it",
                "p90" => "upper end of it; empty where n is too small",
                _ => "always empty: no sample bounds the greatest there can be",
            },
        ));
    }
    columns.push(confidence());
    let table = Table {
        name: "regret",
        doc: "a row per alternative and response with a direction: what it falls short of the alternative that is best in each replication",
        keys: 2,
        columns,
        small: true,
    };
    let mut frame = Frame::new(&table);
    for (name, decided, standing) in each(of) {
        let Some(regret) = &standing.regret else { continue };
        let row = frame.row().text(name).text(&decided.response.name);
        let row = word(row, &decided.response.unit).whole(decided.n as i64);
        let row = estimate(estimate(estimate(row, regret.mean), regret.p90), regret.max);
        row.real(of.confidence).end();
    }
    (table, frame)
}

/// The table `synchronisation`.
fn synchronisation(of: &Decision) -> Filled {
    let table = Table {
        name: "synchronisation",
        doc: "a row per alternative but the reference, and response: whether common random numbers work",
        keys: 3,
        columns: vec![
            alternative(),
            text("reference", "the alternative that it is held against"),
            response(),
            replications("n", "replications in which both gave a value"),
            real("correlation", "of the two over replications; empty where one never varies"),
            real("correlation_lower", "lower end of its interval (Fisher)"),
            real("correlation_upper", "upper end of it"),
            real(
                "variance_reduction",
                "variance of the difference of independent runs over that of the paired: so many times more replications they would need; empty where the \
                 difference never varies",
            ),
            real(
                "variance_reduction_lower",
                "lower end of its BCa interval, of 2,000 resamples of whole replications",
            ),
            real("variance_reduction_upper", "upper end of it; empty where resamples hardly differ"),
            confidence(),
            share(
                "shared_draws",
                "of the services, convoys and incidents that either had in the first 3 replications, the share that both had, with the same random numbers",
            ),
            text(
                "warning",
                "`wider` where the variance reduction is below 1: common random numbers made the interval wider",
            ),
        ],
        small: true,
    };
    let mut frame = Frame::new(&table);
    for (name, decided, standing) in each(of) {
        let Some(against) = &standing.against_reference else {
            continue;
        };
        let row = frame.row().text(name).text(&of.names[of.reference]).text(&decided.response.name);
        let row = estimate(row.whole(against.n as i64), against.correlation.unwrap_or(Estimate::NONE));
        let or_none = |x: f64| if x.is_finite() { x } else { f64::NAN };
        let factor = Estimate {
            value: or_none(against.variance_reduction),
            lower: against.variance_reduction_interval.map_or(f64::NAN, |ends| or_none(ends.lower)),
            upper: against.variance_reduction_interval.map_or(f64::NAN, |ends| or_none(ends.upper)),
        };
        let row = estimate(row, factor).real(of.confidence);
        let row = row.real(against.shared_draws.unwrap_or(f64::NAN));
        word(row, if against.variance_reduction < 1.0 { "wider" } else { "" }).end();
    }
    (table, frame)
}
