//! Stages, escorts, and those who travel.

use std::fmt::Write as _;

use super::{Choices, World};

fn queue(c: &mut Choices) -> String {
    let mut parts = Vec::new();
    match c.below(6) {
        1 => parts.push("discipline = \"priority\""),
        2 => parts.push("discipline = \"lifo\""),
        3 => parts.push("discipline = \"preemptive_priority\""),
        _ => {}
    }
    if c.one_in(3) {
        parts.push(c.of(&["capacity = 2", "capacity = 0", "capacity = 5"]));
        if c.one_in(3) {
            parts.push("when_full = \"lose\"");
        }
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("queue = {{ {} }}", parts.join(", "))
    }
}

fn common(w: &mut World, c: &mut Choices, is_escort: bool) {
    if c.one_in(3) {
        say!(w, "calendar = \"day\"");
        if c.one_in(2) && !is_escort {
            say!(w, "at_close = {}", c.of(&["\"hold\"", "\"restart\""]));
        }
        if c.one_in(3) && !is_escort {
            say!(w, "queue_at_close = \"return\"");
        }
    }
    let rules = ["\"finish\"", "\"hold\"", "\"turn_back\"", "\"restart\""];
    let rule = c.of(if is_escort { &rules[..3] } else { &rules });
    let queue_turns = c.one_in(4);
    say!(w, "at_closure = {rule}");
    if queue_turns {
        say!(w, "queue_at_closure = \"turn_back\"");
    }
    if (queue_turns || (rule == "\"turn_back\"" && !is_escort)) && c.one_in(2) {
        say!(w, "return_delay = {}", c.time());
    }
    if c.one_in(4) {
        say!(w, "patience = {}", c.long_time());
    }
}

pub(super) fn stages(w: &mut World, c: &mut Choices) {
    let n = 1 + c.below(3) as usize;
    w.stages = ["a", "b", "c"][..n].iter().map(|s| (*s).to_owned()).collect();
    for i in 0..n {
        stage(w, c, i, n);
    }
    if c.one_in(2) {
        escort(w, c);
    }
    if c.one_in(6) {
        say!(w, "[stage.passports]\nserves = \"travellers\"\nlanes = 2\nservice = {}", c.time());
        common(w, c, false);
        say!(
            w,
            "[travellers.out]\narrivals = {{ {} }}\nsize = {}",
            c.process(),
            c.of(&["3", "{ dist = \"poisson\", mean = 5 }"])
        );
    }
}

fn stage(w: &mut World, c: &mut Choices, i: usize, n: usize) {
    let name = w.stages[i].clone();
    let lanes = c.of(&["1", "2", "3", "\"unlimited\""]);
    let limited = lanes != "\"unlimited\"";
    say!(w, "[stage.{name}]\nlanes = {lanes}\nservice = {}\n{}", c.time(), queue(c));
    if limited {
        w.parameters.push(format!("stage.{name}.lanes"));
    }
    w.parameters.push(format!("stage.{name}.service"));
    common(w, c, false);
    if limited && c.one_in(3) {
        say!(
            w,
            "breakdown = {{ every = {}, repair = {}, clock = {}, at_failure = {} }}",
            c.of(&["\"3h\"", "{ dist = \"exponential\", mean = \"4h\" }"]),
            c.of(&["\"1h\"", "{ dist = \"exponential\", mean = \"2h\" }", "\"7h\""]),
            c.of(&["\"calendar\"", "\"busy\""]),
            c.of(&["\"hold\"", "\"restart\"", "\"requeue\""])
        );
    }
    if w.has_resources && c.one_in(2) {
        say!(w, "needs = {{ forklift = 1 }}");
        if i + 1 < n && c.one_in(2) {
            say!(w, "releases_after = {{ forklift = \"{}\" }}", w.stages[n - 1]);
        }
    }
    if c.one_in(3) {
        say!(w, "extra.search = {{ probability = 0.4, time = {} }}", c.time());
    }
    if c.one_in(4) {
        say!(w, "day_effect = {{ cv = 0.3, autocorrelation = 0.4, outcome_odds_cv = 0.2 }}");
    }
    if c.one_in(4) {
        say!(w, "counts_as = \"seen\"");
    }
    if c.one_in(3) {
        let to = if c.one_in(2) {
            w.stages[c.below(n as u16) as usize].clone()
        } else {
            "returned".to_owned()
        };
        if c.one_in(3) {
            say!(w, "outcome.other = {{ every = 4, to = \"{to}\" }}");
        } else {
            say!(w, "outcome.other = {{ probability = 0.3, to = \"{to}\" }}");
            w.parameters.push(format!("stage.{name}.outcome.other.probability"));
        }
    }
    if c.one_in(4) {
        say!(w, "outcome.reject = {{ probability = 0.1, to = \"rejected\" }}");
    }
}

fn escort(w: &mut World, c: &mut Choices) {
    let after = w.stages[w.stages.len() - 1].clone();
    say!(
        w,
        "[escort.onward]\nafter = \"{after}\"\nsize = {{ min = {}, max = {} }}",
        c.of(&["1", "2"]),
        c.of(&["4", "3", "{ dist = \"uniform\", min = 2, max = 5 }"])
    );
    say!(w, "trip = {}\nreturn_time = {}", c.time(), c.time());
    if c.below(3) < 2 {
        say!(w, "max_wait = {}", c.of(&["\"2h\"", "\"0min\"", "\"9h\""]));
    }
    if w.has_resources && c.below(3) < 2 {
        say!(w, "teams = \"team\"");
        if c.one_in(2) {
            say!(
                w,
                "vehicles = {{ resource = \"vehicle\", tonnes = 11, pallets = 12{} }}",
                c.of(&["", ", return_time = \"4h\""])
            );
        }
    }
    if c.one_in(2) {
        say!(
            w,
            "clearance = {{ approved = 0.4, delayed = {{ probability = 0.2, by = {} }}, impeded = {{ probability = 0.2, turns_after = {} }}, denied = {{ probability = 0.1, retry = {} }}, postponed = {{ probability = 0.1, retry = \"5h\" }} }}",
            c.time(),
            c.time(),
            c.of(&["\"2h\"", "\"1d\""])
        );
    }
    if c.one_in(2) {
        say!(
            w,
            "intercepted = {{ probability = 0.4, share = {{ dist = \"uniform\", min = 0.1, max = 1 }} }}"
        );
    }
    let yard = c.of(&[
        "",
        "queue = { capacity = 8 }",
        "queue = { discipline = \"priority\" }",
        "queue = { discipline = \"lifo\" }",
    ]);
    say!(w, "{yard}");
    common(w, c, true);
    w.stages.push("onward".to_owned());
    w.parameters.push("escort.onward.trip".to_owned());
}
