//! Parameters that developments change: where they lie in the scenario, and how changes act on them.

use super::world::Scenario;

/// A parameter of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its place in the file, such as `stage.scan.lanes`.
    pub path: String,
    /// What it belongs to.
    pub part: Part,
}

/// What a parameter belongs to: the least that is made anew when it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A calendar, by index.
    Calendar(usize),
    /// A cargo, by index.
    Cargo(usize),
    /// All organisations: their shares hang together.
    Organisations,
    /// The restrictions.
    Restrictions,
    /// A hub, by index.
    Hub(usize),
    /// A stream of convoys, by index.
    Convoy(usize),
    /// A stream of travellers, by index.
    Travellers(usize),
    /// A resource, by index.
    Resource(usize),
    /// A stage or escort, by index.
    Stage(usize),
    /// The incidents.
    Incidents,
    /// A given closure, by index.
    Closure(usize),
    /// The policy (its rules for services under way belong to the stages).
    Policy,
    /// The contingents and what they do.
    Peacekeeping,
}

/// A value that a parameter is set to.
#[derive(Clone, Debug, PartialEq)]
pub struct Value;

/// All that acts on a parameter at an instant; multiplications come first, then additions.
#[derive(Clone, Debug, PartialEq)]
pub struct Acting<'a> {
    /// The parameter.
    pub parameter: &'a Parameter,
    /// What it is set to before anything else; none: as in the scenario.
    pub set: Option<&'a Value>,
    /// What it is multiplied by.
    pub multiply: f64,
    /// What is added, in the unit of the parameter.
    pub add: f64,
}

/// Makes a part of `current` anew: that of `base` with everything that acts on it (parameters of other parts are passed over).
pub fn rebuild(base: &Scenario, current: &mut Scenario, part: Part, acting: &[Acting]) {
    let _ = (base, current, part, acting);
}
