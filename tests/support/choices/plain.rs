//! Scenarios of plain stages in a line: what [`rafah::model::Line`] is for, rich in ties.

use std::fmt::Write as _;

use super::{Choices, World};

/// A scenario of one to five stages, of two or three days.
pub(crate) fn scenario(c: &mut Choices) -> String {
    let n = 1 + c.below(5) as usize;
    let mut world = World {
        text: String::new(),
        stages: ["a", "b", "c", "d", "e"][..n].iter().map(|s| (*s).to_owned()).collect(),
        has_hub: false,
        has_resources: false,
        severities: false,
        parameters: Vec::new(),
    };
    let w = &mut world;
    say!(
        w,
        "format = 1\n[scenario]\nname = \"plain\"\n[horizon]\nstart = 2026-01-01T{}:00:00\nlength = \"{}\"",
        c.of(&["00", "07"]),
        c.of(&["2d", "3d", "40h", "9d"])
    );
    if c.one_in(3) {
        say!(w, "warm_up = {}", c.of(&["\"10h\"", "\"24h\"", "\"6h\"", "\"1us\""]));
    }
    if c.one_in(3) {
        say!(w, "stop = \"when_empty\"");
    }
    say!(
        w,
        "[calendar.day]\nsun-sat = {}",
        c.of(&[
            "\"08:00-16:00\"",
            "[\"06:00-11:00\", \"12:00-22:00\"]",
            "\"20:00-04:00\"",
            "\"00:00-24:00\""
        ])
    );
    goods(w, c);
    // The order in which stages are written need not be that in which trucks pass them.
    let backwards = c.one_in(3);
    for i in 0..n {
        stage(w, c, if backwards { n - 1 - i } else { i }, backwards);
    }
    convoys(w, c, backwards);
    closures(w, c);
    world.text
}

fn goods(w: &mut World, c: &mut Choices) {
    say!(
        w,
        "[cargo.food]\nload = {{ tonnes = {} }}\nneed = \"40 t/d\"",
        c.of(&["20", "{ dist = \"normal\", mean = 18, sd = 4 }"])
    );
    if c.one_in(5) {
        say!(w, "gaza_stock = \"2d\"");
    }
    if c.one_in(3) {
        say!(w, "restricted = {}", c.of(&["0.3", "1.0"]));
    }
    say!(w, "[cargo.medical]\nload = {{ tonnes = 7.5 }}");
    if c.one_in(2) {
        say!(w, "[organisation.un]\nshare = 1\ncargo = {{ food = 1 }}");
    } else {
        say!(w, "[organisation.un]\nshare = 0.6\ncargo = {{ food = 0.7, medical = 0.3 }}");
        say!(w, "[organisation.ngo]\nshare = 0.4\ncargo = {{ food = 0.5, medical = 0.5 }}");
    }
}

fn service(c: &mut Choices) -> &'static str {
    c.of(&[
        "\"20min\"",
        "{ dist = \"exponential\", mean = \"25min\" }",
        "{ dist = \"lognormal\", mean = \"15min\", cv = 0.6 }",
        "\"10min\"",
        "{ dist = \"uniform\", min = \"0min\", max = \"90min\" }",
        "{ dist = \"empirical\", values = [\"0min\", \"10min\", \"20min\"], weights = [1, 2, 2] }",
        "\"0min\"",
        "\"30h\"",
    ])
}

fn stage(w: &mut World, c: &mut Choices, i: usize, says_next: bool) {
    let name = w.stages[i].clone();
    let lanes = c.of(&["1", "2", "3", "4", "8", "12", "13", "40", "\"unlimited\""]);
    say!(w, "[stage.{name}]\nlanes = {lanes}\nservice = {}", service(c));
    say!(w, "at_closure = \"finish\"");
    if c.one_in(3) {
        say!(w, "service_for.medical = {}", service(c));
    }
    if c.one_in(3) {
        say!(w, "calendar = \"day\"");
        if c.one_in(2) {
            say!(w, "last_start = {}", c.of(&["\"30min\"", "\"9h\"", "\"20min\""]));
        }
    }
    if c.one_in(3) {
        say!(w, "extra.search = {{ probability = 0.4, time = {} }}", service(c));
    }
    if c.one_in(3) {
        say!(w, "counts_as = {}", c.of(&["\"seen\"", "\"scanned\""]));
    }
    if c.one_in(3) {
        say!(w, "screens = true");
    }
    let later: Vec<String> = w.stages[i + 1..].to_vec();
    let ends = ["rejected", "returned", "delivered", "expired"].map(str::to_owned);
    let anywhere = |c: &mut Choices| {
        let all: Vec<&String> = later.iter().chain(&later).chain(&ends).collect();
        all[c.below(all.len() as u16) as usize].clone()
    };
    if c.one_in(2) {
        say!(w, "outcome.some = {{ probability = 0.3, to = \"{}\" }}", anywhere(c));
    }
    if c.one_in(3) {
        let probability = c.of(&["0.1", "0.1, for = { food = 0.5, medical = 0 }"]);
        say!(w, "outcome.others = {{ probability = {probability}, to = \"{}\" }}", anywhere(c));
    }
    if c.one_in(4) {
        say!(w, "outcome.in_turn = {{ every = 3, to = \"{}\" }}", anywhere(c));
    }
    if c.one_in(4) {
        say!(w, "next = \"{}\"", anywhere(c));
    } else if says_next {
        say!(w, "next = \"{}\"", later.first().map_or("delivered", String::as_str));
    }
}

fn convoys(w: &mut World, c: &mut Choices, says_where: bool) {
    for name in ["first", "second", "third"] {
        if name != "first" && !c.one_in(2) {
            break;
        }
        let process = match c.below(4) {
            0 => "process = \"poisson\", rate = \"30/d\"",
            1 => "process = \"renewal\", every = \"20min\"",
            2 => "process = \"schedule\", times = [\"00:00\", \"06:00\", \"06:20\", \"06:20\", \"06:40\", \"13:00\"]",
            _ => c.process(),
        };
        let size = c.of(&[
            "3",
            "1",
            "{ dist = \"poisson\", mean = 4 }",
            "12",
            "{ dist = \"negative_binomial\", mean = 4, k = 2, autocorrelation = 0.5 }",
        ]);
        say!(w, "[convoy.{name}]\narrivals = {{ {process} }}\nsize = {size}");
        if c.one_in(3) {
            say!(w, "cargo = {}", c.of(&["\"medical\"", "{ cycle = [\"food\", \"medical\"] }"]));
        }
        if name != "first" && c.one_in(2) {
            let enters = c.below(w.stages.len() as u16) as usize;
            say!(w, "enters = \"{}\"", w.stages[enters]);
        } else if says_where {
            say!(w, "enters = \"{}\"", w.stages[0]);
        }
        if c.one_in(4) {
            say!(w, "limit = {}", c.of(&["3", "40"]));
        }
        if c.one_in(5) {
            say!(w, "day_effect = {{ cv = 0.4 }}");
        }
    }
}

fn closures(w: &mut World, c: &mut Choices) {
    let scope = |w: &World, c: &mut Choices| {
        if c.one_in(2) {
            format!("scope = [\"{}\"]", w.stages[c.below(w.stages.len() as u16) as usize])
        } else {
            String::new()
        }
    };
    for name in ["one", "two"] {
        if c.one_in(2) {
            say!(
                w,
                "[closure.{name}]\nprocess = \"renewal\"\nopen = {}\nclosed = {}\ncapacity = {}\n{}",
                c.long_time(),
                c.long_time(),
                c.of(&["0", "0.5", "0.3", "0.9"]),
                scope(w, c)
            );
            if c.one_in(4) {
                say!(w, "whole_days = true");
            }
        }
    }
    if c.one_in(3) {
        let spells = "{ from = 2026-01-01T09:00:00, to = 2026-01-01T15:30:00 }, { from = 2026-01-01T15:30:00, to = 2026-01-01T16:00:00, capacity = 0.4 }";
        say!(w, "[closure.dated]\nprocess = \"schedule\"\nspells = [{spells}]\n{}", scope(w, c));
    }
}
