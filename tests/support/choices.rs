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
    stages(w, c);
    convoys(w, c);
    security(w, c);
    developments(w, c);
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

fn stages(w: &mut World, c: &mut Choices) {
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

fn security(w: &mut World, c: &mut Choices) {
    let scope = |c: &mut Choices| c.of(&["", ", scope = [\"a\"]"]);
    if c.one_in(2) {
        say!(
            w,
            "[closure.given]\nprocess = \"renewal\"\nopen = {}\nclosed = {}\ncapacity = {}",
            c.long_time(),
            c.long_time(),
            c.of(&["0", "0.5", "0.3"])
        );
    }
    if c.one_in(3) {
        say!(
            w,
            "[closure.dated]\nprocess = \"schedule\"\nspells = [{{ from = 2026-01-01T09:00:00, to = 2026-01-01T15:30:00 }}]\n"
        );
    }
    w.severities = c.below(3) > 0;
    if !w.severities {
        return;
    }
    say!(
        w,
        "[security.incidents]\n{}\nseverity = {{ minor = {{ share = 0.7 }}, major = {{ share = 0.3, weight = 4, loss = {} }} }}",
        c.of(&[
            "process = \"poisson\"\nrate = \"4/d\"",
            "process = \"hawkes\"\nbase_rate = \"2/d\"\nbranching = 0.5\ndecay = \"6h\"",
            "process = \"regimes\"\nregime.calm = { stay = \"12h\", rate = \"1/d\", to = { tense = 1 } }\nregime.tense = { stay = \"8h\", rate = \"9/d\", to = { calm = 1 } }",
            "process = \"trace\"\nrows = [{ at = 2026-01-01T06:00:00, severity = \"major\" }, { at = 2026-01-01T12:00:00, severity = \"minor\" }, { at = 2026-01-02T08:00:00, severity = \"major\" }]",
        ]),
        c.of(&["0", "0.3", "1.0"])
    );
    policy(w, c, scope);
}

fn policy(w: &mut World, c: &mut Choices, scope: impl Fn(&mut Choices) -> &'static str) {
    if !c.text_has_rate(&w.text).is_empty() {
        let rate = c.text_has_rate(&w.text);
        w.parameters.push(rate.to_owned());
    }
    say!(
        w,
        "[policy]\nresponse.major = {{ capacity = 0, for = {}{}{} }}",
        c.long_time(),
        c.of(&["", ", quiet = \"6h\"", ", notice = \"40min\"", ", whole_days = true"]),
        scope(c)
    );
    if c.one_in(2) {
        say!(
            w,
            "response.minor = {{ capacity = {}, for = {}{} }}",
            c.of(&["0.5", "0.2", "1"]),
            c.long_time(),
            scope(c)
        );
    }
    if c.one_in(3) {
        say!(
            w,
            "trigger.cluster = {{ incidents = 2, within = \"10h\", capacity = {}, for = {} }}",
            c.of(&["0", "0.4"]),
            c.long_time()
        );
    }
    if c.one_in(3) {
        say!(w, "reopening = [{{ capacity = 0.5, for = {} }}]", c.time());
    }
    if c.one_in(3) {
        say!(w, "window = {{ hours = \"09:00-12:00\", cargo = [\"medical\"] }}");
    }
    if c.one_in(3) {
        say!(
            w,
            "precaution = {{ hit = 0.6, lead = {}, false_alarms = \"1/d\", capacity = {}, for = {} }}",
            c.of(&["\"2h\"", "\"9h\""]),
            c.of(&["0", "0.5"]),
            c.of(&["\"3h\"", "\"5h\""])
        );
    }
    if c.one_in(3) {
        let to = if c.one_in(2) {
            w.stages[w.stages.len() - 1].clone()
        } else {
            "elsewhere".to_owned()
        };
        say!(
            w,
            "diversion = {{ after = {}, to = \"{to}\", share = 0.5, delay = {}{} }}",
            c.of(&["\"1h\"", "\"4h\""]),
            c.time(),
            c.of(&["", ", daily_cap = 2"])
        );
    }
}

impl Choices<'_> {
    /// The path of the rate of the incidents.
    fn text_has_rate(&self, text: &str) -> &'static str {
        if text.contains("process = \"poisson\"\nrate") {
            "security.incidents.rate"
        } else if text.contains("base_rate") {
            "security.incidents.base_rate"
        } else if text.contains("regime.tense") {
            "security.incidents.regime.tense.rate"
        } else {
            ""
        }
    }
}

fn developments(w: &mut World, c: &mut Choices) {
    let drivers = c.below(3);
    for i in 0..drivers {
        say!(
            w,
            "[driver.d{i}]\nprobability = {}\nwhen = {}",
            c.of(&["1.0", "0.5"]),
            c.of(&[
                "\"20h\"",
                "{ dist = \"uniform\", min = \"0h\", max = \"40h\" }",
                "\"0h\"",
                "2026-01-02"
            ])
        );
        if c.one_in(3) {
            say!(w, "lasts = {}", c.of(&["\"12h\"", "\"1d\""]));
        }
        if i == 1 && c.one_in(2) {
            say!(w, "after = \"d0\"");
        }
        let parameter = w.parameters[c.below(w.parameters.len() as u16) as usize].clone();
        let size = c.of(&["0.5", "{ dist = \"uniform\", min = 0.4, max = 0.9 }", "1.5"]);
        let size = if size == "1.5" && ["probability", "restricted", "share"].iter().any(|p| parameter.ends_with(p)) {
            "0.8"
        } else {
            size
        };
        say!(
            w,
            "effects = [{{ parameter = \"{parameter}\", multiply = {size}{} }}]",
            c.of(&["", ", over = \"2d\""])
        );
    }
    if w.has_resources && w.severities && c.one_in(3) {
        say!(
            w,
            "[contingent.one]\ntroops = 500\nprobability = 0.7\narrives = {}\nbuild_up = {}",
            c.of(&["\"10h\"", "2026-01-02"]),
            c.of(&["\"0d\"", "\"2d\""])
        );
        say!(
            w,
            "[peacekeeping]\ntarget_troops = 1000\nescort_teams = {{ resource = \"team\", per_troops = 200 }}\nincident_elasticity = 0.8"
        );
    }
}
