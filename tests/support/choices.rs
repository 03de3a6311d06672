//! Scenarios over the whole language, made from a list of numbers: 0 always means the simplest, so that a failing one shrinks well.

use std::fmt::Write as _;

/// Numbers that decide, one after the other; when they run out, all is as simple as can be.
pub(crate) struct Choices<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Choices<'a> {
    pub(crate) fn new(numbers: &'a [u16]) -> Choices<'a> {
        Choices { numbers, at: 0 }
    }

    /// A number below `n`.
    fn below(&mut self, n: u16) -> u16 {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        number % n
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u16) as usize]
    }

    /// True in one of `n` cases.
    fn one_in(&mut self, n: u16) -> bool {
        self.below(n) == n - 1
    }

    fn time(&mut self) -> &'static str {
        self.of(&[
            "\"20min\"",
            "\"7min\"",
            "{ dist = \"exponential\", mean = \"25min\" }",
            "\"2h\"",
            "{ dist = \"uniform\", min = \"0min\", max = \"90min\" }",
            "\"0min\"",
        ])
    }

    fn long_time(&mut self) -> &'static str {
        self.of(&[
            "\"3h\"",
            "{ dist = \"exponential\", mean = \"5h\" }",
            "\"30min\"",
            "\"11h\"",
            "\"1d\"",
        ])
    }

    fn count(&mut self) -> &'static str {
        self.of(&[
            "3",
            "1",
            "{ dist = \"poisson\", mean = 4 }",
            "6",
            "{ dist = \"negative_binomial\", mean = 4, k = 2, autocorrelation = 0.5 }",
        ])
    }

    fn process(&mut self) -> &'static str {
        self.of(&[
            "process = \"schedule\", times = [\"06:00\"]",
            "process = \"poisson\", rate = \"6/d\"",
            "process = \"schedule\", times = [\"06:00\", \"06:00\", \"12:30\"], jitter = { dist = \"uniform\", min = \"0min\", max = \"60min\" }",
            "process = \"renewal\", every = { dist = \"uniform\", min = \"2h\", max = \"6h\" }",
            "process = \"schedule\", at = [2026-01-01T00:00:00, 2026-01-02T08:00:00]",
            "process = \"poisson\", rate = \"9/d\", profile = { calendar = \"day\" }",
            "process = \"schedule\", times = [\"07:00\", \"08:00\"], calendar = \"day\"",
        ])
    }
}

/// What the parts of a scenario refer to.
struct World {
    text: String,
    stages: Vec<String>,
    has_hub: bool,
    has_resources: bool,
    severities: bool,
    parameters: Vec<String>,
}

macro_rules! say {
    ($world:expr, $($part:tt)*) => { writeln!($world.text, $($part)*).expect("a text takes more") };
}

mod corridor;
pub(crate) mod plain;
mod security;

/// A scenario of two or three days.
pub(crate) fn scenario(c: &mut Choices) -> String {
    let mut world = World {
        text: String::new(),
        stages: Vec::new(),
        has_hub: false,
        has_resources: false,
        severities: false,
        parameters: Vec::new(),
    };
    let w = &mut world;
    say!(
        w,
        "format = 1\n[scenario]\nname = \"random\"\n[horizon]\nstart = 2026-01-01\nlength = \"{}\"",
        c.of(&["2d", "3d", "40h"])
    );
    if c.one_in(4) {
        say!(w, "warm_up = \"10h\"");
    }
    if c.one_in(5) {
        say!(w, "stop = \"when_empty\"");
    }
    say!(
        w,
        "[calendar.day]\nsun-sat = {}",
        c.of(&["\"08:00-16:00\"", "[\"06:00-11:00\", \"12:00-22:00\"]", "\"20:00-04:00\""])
    );
    goods(w, c);
    senders(w, c);
    resources(w, c);
    hub(w, c);
    corridor::stages(w, c);
    convoys(w, c);
    security::security(w, c);
    security::developments(w, c);
    if c.one_in(3) {
        say!(w, "[observe]\ndaily = [\"08:00\", \"12:00\"]\nat = [\"90min\"]\nfirst = [1, 3]");
    }
    world.text
}

fn goods(w: &mut World, c: &mut Choices) {
    say!(
        w,
        "[cargo.food]\nload = {{ tonnes = {} }}\nneed = \"40 t/d\"\npriority = 2",
        c.of(&["20", "{ dist = \"normal\", mean = 18, sd = 4 }"])
    );
    if c.one_in(4) {
        say!(w, "gaza_stock = \"2d\"");
    }
    if c.one_in(3) {
        say!(w, "restricted = {}", c.of(&["0.3", "1.0"]));
        w.parameters.push("cargo.food.restricted".to_owned());
        if c.one_in(2) {
            say!(w, "repack = {{ probability = 0.7, delay = {}, share = 0.5 }}", c.long_time());
        }
    }
    say!(
        w,
        "[cargo.medical]\nload = {{ tonnes = 7.5, pallets = {} }}\npriority = 1",
        c.of(&["10", "{ dist = \"uniform\", min = 4, max = 20 }"])
    );
    if c.one_in(3) {
        say!(w, "shelf_life = {}", c.long_time());
        if c.one_in(2) {
            say!(w, "heat = {{ from = \"01-02\", to = \"02-28\", factor = 0.5 }}");
        }
    }
}

fn senders(w: &mut World, c: &mut Choices) {
    let approval = |c: &mut Choices| format!("approval = {{ lead = {}, refused = 0.2, not_honoured = 0.1 }}", c.long_time());
    say!(w, "[organisation.un]\nshare = 0.6\ncargo = {{ food = 0.7, medical = 0.3 }}");
    w.parameters.push("organisation.un.share".to_owned());
    if c.one_in(4) {
        say!(w, "{}", approval(c));
    }
    if c.one_in(4) {
        say!(w, "daily_quota = {}", c.of(&["2", "5"]));
    }
    say!(w, "[organisation.ngo]\nshare = 0.4\ncargo = {{ food = 0.5, medical = 0.5 }}");
    if c.one_in(4) {
        say!(w, "{}", approval(c));
    }
    if c.one_in(4) {
        say!(w, "daily_quota = 3");
    }
    if c.one_in(2) {
        say!(
            w,
            "status = {}",
            c.of(&[
                "\"barred\"",
                "{ barred_from = 2026-01-02 }",
                "{ registered_from = 2026-01-01T18:00:00 }",
                "{ registered_with = 0.5, decided = 2026-01-02, before = \"barred\" }",
            ])
        );
        let action = c.of(&["{ action = \"refuse\" }", "{ action = \"hold\" }"]);
        if c.one_in(2) {
            say!(
                w,
                "[restrictions]\nbarred = {{ action = \"reconsign\", to = \"un\", delay = {}, success = 0.7{} }}",
                c.time(),
                c.of(&["", ", daily_cap = 1"])
            );
        } else {
            say!(w, "[restrictions]\nbarred = {action}");
        }
    }
}

fn resources(w: &mut World, c: &mut Choices) {
    w.has_resources = c.one_in(2);
    if w.has_resources {
        say!(w, "[resource.forklift]\ncount = {}", c.of(&["2", "1", "4"]));
        if c.one_in(3) {
            say!(w, "calendar = \"day\"");
        }
        say!(w, "[resource.vehicle]\ncount = {}", c.of(&["20", "12"]));
        say!(w, "[resource.team]\ncount = {}", c.of(&["2", "1"]));
        w.parameters.push("resource.forklift.count".to_owned());
        w.parameters.push("resource.team.count".to_owned());
    }
}

fn hub(w: &mut World, c: &mut Choices) {
    w.has_hub = c.one_in(2);
    if !w.has_hub {
        return;
    }
    say!(w, "[hub.north]\ninitial_stock = {}", c.of(&["5", "0", "30"]));
    say!(
        w,
        "inflow = {{ {}, batch = {} }}",
        c.process(),
        c.of(&["2", "{ dist = \"uniform\", min = 1, max = 5 }"])
    );
    if c.one_in(3) {
        say!(w, "stop_above = 6");
    }
    if c.one_in(2) {
        say!(
            w,
            "retry = {{ probability = {}, tries = {}, delay = {} }}",
            c.of(&["0.8", "1.0"]),
            c.of(&["2", "1", "4"]),
            c.time()
        );
    }
}

fn convoys(w: &mut World, c: &mut Choices) {
    for name in ["first", "second"] {
        if name == "second" && !c.one_in(2) {
            break;
        }
        say!(w, "[convoy.{name}]\narrivals = {{ {} }}\nsize = {}", c.process(), c.count());
        let from_hub = w.has_hub && (name == "first" || c.one_in(2));
        if from_hub {
            say!(w, "draw_from = \"north\"");
        } else if c.one_in(3) {
            say!(w, "cargo = {}", c.of(&["\"medical\"", "{ cycle = [\"food\", \"medical\"] }"]));
        }
        if name == "second" {
            let enters = c.of(&[0, w.stages.len() - 1]);
            say!(w, "enters = \"{}\"", w.stages[enters]);
        }
        if c.one_in(4) {
            say!(w, "when_closed = \"wait\"");
        }
        if c.one_in(4) {
            say!(w, "follows = \"a\"");
        }
        if c.one_in(4) {
            say!(w, "limit = 3");
        }
        if c.one_in(5) {
            say!(w, "day_effect = {{ cv = 0.4 }}");
        }
        w.parameters.push(format!("convoy.{name}.size"));
    }
}
