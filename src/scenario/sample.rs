//! The plainest scenario, from which tests build theirs.

use super::world::*;
use crate::calendar::Origin;
use crate::random::{CountLaw, Law};
use crate::time::{Duration, MINUTE_US};

/// A stage of one lane whose services take a minute.
pub(crate) fn stage(name: &str) -> Stage {
    Stage {
        name: name.to_owned(),
        lanes: Some(1),
        service: LawByCargo {
            general: Law::constant(MINUTE_US as f64),
            by_cargo: Vec::new(),
        },
        extras: Vec::new(),
        queue: Queue {
            discipline: Discipline::Fifo,
            capacity: None,
            when_full: WhenFull::Block,
        },
        calendar: None,
        last_start: Duration::ZERO,
        at_close: AtClose::Finish,
        queue_at_close: QueueAtClose::Hold,
        at_closure: AtClosure::Finish,
        queue_at_closure: QueueAtClosure::Hold,
        return_delay: None,
        counts_as: None,
        patience: None,
        outcomes: Vec::new(),
        next: Target::End(End::Delivered),
        screens: false,
        serves: Flow::Trucks,
        needs: Vec::new(),
        breakdown: None,
        day_effect: None,
        outcome_odds_cv: 0.0,
        escort: None,
    }
}

/// A kind of goods of 20 t a truck that keeps.
pub(crate) fn cargo(name: &str) -> Cargo {
    Cargo {
        name: name.to_owned(),
        tonnes: Law::constant(20.0),
        pallets: Law::constant(0.0),
        need_tonnes_per_day: None,
        priority: None,
        shelf_life: None,
        heat: None,
        restricted: 0.0,
        repack: None,
        gaza_stock_days: None,
    }
}

/// A registered organisation that sends only the first kind of goods.
pub(crate) fn organisation(name: &str) -> Organisation {
    Organisation {
        name: name.to_owned(),
        share: 1.0,
        cargo: vec![(CargoId(0), 1.0)],
        status: Status::Registered,
        daily_quota: None,
        approval: None,
        approval_for: Vec::new(),
    }
}

/// A stream of single trucks that never come.
pub(crate) fn convoy(name: &str) -> ConvoyStream {
    ConvoyStream {
        name: name.to_owned(),
        arrivals: Arrivals::Trace(Vec::new()),
        draw_from: None,
        size: CountLaw::constant(1),
        day_effect: None,
        autocorrelation: 0.0,
        cargo: None,
        organisation: None,
        enters: StageId(0),
        follows: None,
        when_closed: WhenClosed::Go,
        limit: None,
    }
}

/// A policy that closes nothing.
pub(crate) fn policy() -> Policy {
    Policy {
        name: String::new(),
        responses: Vec::new(),
        triggers: Vec::new(),
        reopening: Vec::new(),
        window: None,
        precaution: None,
        diversion: None,
        at_closure: AtClosure::Finish,
        queue_at_closure: QueueAtClosure::Hold,
        return_delay: None,
    }
}

/// A day of 1 July 2026: one stage, one kind of goods, one organisation, one stream in which nothing comes.
pub(crate) fn world(name: &str) -> Scenario {
    Scenario {
        name: name.to_owned(),
        title: String::new(),
        summary: String::new(),
        sources: Vec::new(),
        need_window: Duration::from_days(7),
        horizon: Horizon {
            origin: Origin::new(2026, 7, 1, 0, 0, 0).expect("a date"),
            length: Duration::from_days(1),
            warm_up: Duration::ZERO,
            stop: Stop::AtEnd,
        },
        calendars: Vec::new(),
        cargos: vec![cargo("food")],
        organisations: vec![organisation("un")],
        restrictions: Restrictions {
            barred: BarredAction::Refuse,
        },
        hubs: Vec::new(),
        convoys: vec![convoy("road")],
        travellers: Vec::new(),
        resources: Vec::new(),
        stages: vec![stage("gate")],
        incidents: None,
        closures: Vec::new(),
        policy: policy(),
        contingents: Vec::new(),
        peacekeeping: None,
        drivers: Vec::new(),
        observe: Observe::default(),
    }
}
