//! Closures, incidents, policy, developments.

use std::fmt::Write as _;

use super::{Choices, World};

pub(super) fn security(w: &mut World, c: &mut Choices) {
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
    if !rate_of_incidents(&w.text).is_empty() {
        let rate = rate_of_incidents(&w.text);
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

/// The path of the rate of the incidents.
fn rate_of_incidents(text: &str) -> &'static str {
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

pub(super) fn developments(w: &mut World, c: &mut Choices) {
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
