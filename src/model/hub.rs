//! Hubs: stocks of loads upstream, from which convoys take as many as they have slots.
//!
//! A load meets the restrictions and asks for approval when it enters, so that what is barred takes no slot. Loads are taken by
//! priority, then in the order in which they entered; a truck that comes back keeps its place in that order.

use super::agenda::{Class, Event};
use super::observer::Observer;
use super::plan::{HubPlan, StreamKind};
use super::ready::{Ready, Shelf};
use super::restrictions::Held;
use super::simulation::{Group, Simulation};
use super::truck::HubExit;
use crate::random::Entity;
use crate::scenario::BarredAction;
use crate::time::Time;

/// A load that has not been dispatched yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    pub(super) hub: u16,
    pub(super) entity: Entity,
    pub(super) organisation: u16,
    pub(super) consignor: u16,
    pub(super) cargo: u16,
    /// Order of entry into the hub.
    pub(super) entry: u64,
    /// When it expires; none: it keeps.
    pub(super) expires: Option<Time>,
    /// Its request was approved: it had to ask for one.
    pub(super) approved: bool,
    /// Grows when it leaves.
    pub(super) life: u32,
    there: bool,
}

/// A hub under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Stock {
    /// Loads there, whatever they wait for, and trucks that try again.
    pub(super) loads: u32,
    entries: u64,
    batches: u32,
    /// Kinds in turn.
    turn: usize,
    /// By priority class and organisation, what can be taken.
    pub(super) ready: Shelf,
}

/// All hubs under way.
#[derive(Debug, Default)]
pub(super) struct Hubs {
    pub(super) stocks: Vec<Stock>,
    pub(super) loads: Vec<Load>,
    free: Vec<u32>,
    /// Priority classes.
    pub(super) ranks: usize,
    /// What a convoy takes, while it does.
    pub(super) taken: Vec<Ready>,
    /// By organisation, the order of entry of what it has next for the convoy that draws.
    pub(super) heads: Vec<u64>,
}

impl Simulation<'_> {
    /// Fills the hubs with their initial stocks.
    pub(super) fn begin_hubs<O: Observer>(&mut self, observer: &mut O) {
        let ranks = 1 + self.plan.cargos.iter().map(|c| c.rank).max().unwrap_or(0);
        self.hubs.ranks = ranks;
        self.hubs.loads.clear();
        self.hubs.free.clear();
        self.hubs.stocks.resize(self.plan.hubs.len(), Stock::default());
        for stock in &mut self.hubs.stocks {
            stock.ready.clear(ranks * self.plan.organisations.len());
            (stock.loads, stock.entries, stock.batches, stock.turn) = (0, 0, 0, 0);
        }
        for hub in 0..self.plan.hubs.len() {
            for position in 0..self.plan.hubs[hub].initial_stock {
                let entity = Entity {
                    source: self.plan.hubs[hub].source,
                    group: 0,
                    member: position,
                };
                let organisation = self.organisation_of(hub, entity);
                self.enter_hub(hub, entity, organisation, true, observer);
            }
            self.tell_stock(hub, observer);
        }
    }

    fn organisation_of(&mut self, hub: usize, entity: Entity) -> u16 {
        let (turn, draws) = (self.hubs.stocks[hub].turn, &mut self.draws.organisation);
        self.plan.hubs[hub].organisation.pick(turn, || draws.uniform(entity, 0))
    }

    /// The next batch of a hub: of one sender, unless the stock is above its limit.
    pub(super) fn batch_due<O: Observer>(&mut self, stream: usize, generation: u32, observer: &mut O) {
        if self.streams[stream].generation() != generation {
            return;
        }
        let StreamKind::Inflow(hub) = self.plan.streams[stream].kind else {
            return;
        };
        let hub = hub as usize;
        let Some(due) = self.streams[stream].next else { return };
        self.events += 1;
        let loads = self.convoy_size(stream, &due).clamp(1, u64::from(u32::MAX)) as u32;
        let stock = &mut self.hubs.stocks[hub];
        stock.batches += 1;
        let plan: &HubPlan = &self.plan.hubs[hub];
        let batch = Entity {
            source: plan.source,
            group: stock.batches,
            member: 0,
        };
        let sent = plan.stop_above.is_none_or(|limit| stock.loads <= limit);
        let organisation = self.organisation_of(hub, batch);
        observer.hub_batch(self.now, hub, organisation as usize, loads, sent);
        if sent {
            for member in 0..loads {
                self.enter_hub(hub, Entity { member, ..batch }, organisation, false, observer);
            }
            self.tell_stock(hub, observer);
        }
        self.schedule_convoy(stream);
        self.pending = Some(Group::Returns);
    }

    fn enter_hub<O: Observer>(&mut self, hub: usize, entity: Entity, organisation: u16, initial: bool, observer: &mut O) {
        let stock = &mut self.hubs.stocks[hub];
        let (turn, entry) = (stock.turn, stock.entries + 1);
        stock.turn += 1;
        stock.loads += 1;
        stock.entries = entry;
        let shares = &self.plan.organisations[organisation as usize].cargo;
        let cargo = self.draws.cargo_of(self.plan.hubs[hub].cargo.as_ref(), shares, turn, entity);
        let load = Load {
            hub: hub as u16,
            entity,
            organisation,
            consignor: organisation,
            cargo,
            entry,
            expires: self.expires(cargo as usize, entity, self.now),
            // The initial stock has its approvals, also where it is held at first.
            approved: initial && self.needs_approval(organisation, cargo),
            life: 0,
            there: true,
        };
        let place = self.place_load(load);
        self.await_load_expiry(place);
        if self.is_barred(organisation as usize) {
            self.bar_load(place, observer);
        } else {
            self.ask_for_load(place);
        }
    }

    fn place_load(&mut self, load: Load) -> u32 {
        if let Some(place) = self.hubs.free.pop() {
            let life = self.hubs.loads[place as usize].life;
            self.hubs.loads[place as usize] = Load { life, ..load };
            place
        } else {
            self.hubs.loads.push(load);
            self.hubs.loads.len() as u32 - 1
        }
    }

    fn await_load_expiry(&mut self, place: u32) {
        let load = &self.hubs.loads[place as usize];
        if let Some(at) = load.expires {
            let event = Event::LoadExpiry {
                load: place,
                life: load.life,
            };
            self.agenda.schedule(at.max(self.now), Class::Deadline, event);
        }
    }

    /// The load of a barred organisation is refused, held, or to go on under another.
    fn bar_load<O: Observer>(&mut self, place: u32, observer: &mut O) {
        let load = &self.hubs.loads[place as usize];
        let (hub, organisation, entity, life) = (load.hub as usize, load.organisation as usize, load.entity, load.life);
        match &self.plan.scenario.restrictions.barred {
            BarredAction::Refuse => self.load_leaves(place, HubExit::Refused, observer),
            BarredAction::Hold => {
                self.senders.hold(organisation, Held::Load { place, life });
                observer.hub_held(self.now, hub, organisation);
            }
            BarredAction::Reconsign { delay, .. } => {
                let u = self.draws.reconsignment_delay.uniform(entity, 0);
                let event = Event::LoadReconsignment { load: place, life };
                self.agenda.schedule(self.now + delay.duration(u), Class::Return, event);
            }
        }
    }

    /// The re-consignment of a load is decided.
    pub(super) fn load_reconsigned<O: Observer>(&mut self, place: u32, life: u32, observer: &mut O) {
        let load = &self.hubs.loads[place as usize];
        if load.life != life || !load.there {
            return;
        }
        self.decide_reconsignment(load.entity, Held::Load { place, life }, observer);
    }

    /// A load goes on under another organisation.
    pub(super) fn take_over_load<O: Observer>(&mut self, place: u32, to: usize, observer: &mut O) {
        if self.is_barred(to) {
            self.load_leaves(place, HubExit::Refused, observer);
            return;
        }
        let load = &mut self.hubs.loads[place as usize];
        load.organisation = to as u16;
        load.approved = false;
        let (hub, from) = (load.hub as usize, load.consignor as usize);
        observer.hub_reconsigned(self.now, hub, from, to);
        self.ask_for_load(place);
    }

    fn needs_approval(&self, organisation: u16, cargo: u16) -> bool {
        self.plan.organisations[organisation as usize].approval[cargo as usize].is_some()
    }

    /// A load asks for approval, where its organisation has to, or is ready.
    pub(super) fn ask_for_load(&mut self, place: u32) {
        let load = &self.hubs.loads[place as usize];
        let rule = &self.plan.organisations[load.organisation as usize].approval[load.cargo as usize];
        if let Some(rule) = rule.as_ref().filter(|_| !load.approved) {
            let lead = rule.lead.duration(self.draws.approval_lead.uniform(load.entity, 0));
            let event = Event::LoadApproval {
                load: place,
                life: load.life,
            };
            self.agenda.schedule(self.now + lead, Class::Return, event);
        } else {
            self.make_ready(place);
        }
    }

    /// A request is answered: the load may be taken, or leaves the hub.
    pub(super) fn load_answered<O: Observer>(&mut self, place: u32, life: u32, observer: &mut O) {
        let load = &self.hubs.loads[place as usize];
        if load.life != life || !load.there {
            return;
        }
        let rule = &self.plan.organisations[load.organisation as usize].approval[load.cargo as usize];
        let refused = rule.as_ref().map_or(0.0, |r| r.refused);
        if refused > 0.0 && self.draws.approval.pair(load.entity, 0)[1] < refused {
            self.load_leaves(place, HubExit::Denied, observer);
        } else {
            self.hubs.loads[place as usize].approved = true;
            self.make_ready(place);
        }
    }

    fn make_ready(&mut self, place: u32) {
        let load = &self.hubs.loads[place as usize];
        let set = self.set_of(load.cargo, load.organisation);
        let ready = Ready::Load { place, life: load.life };
        self.hubs.stocks[load.hub as usize].ready.put(set, load.entry, ready);
    }

    /// The set of ready loads of a class and an organisation.
    pub(super) fn set_of(&self, cargo: u16, organisation: u16) -> usize {
        self.plan.cargos[cargo as usize].rank * self.plan.organisations.len() + organisation as usize
    }

    /// A load leaves the hub before its first dispatch.
    pub(super) fn load_leaves<O: Observer>(&mut self, place: u32, why: HubExit, observer: &mut O) {
        let load = &self.hubs.loads[place as usize];
        let (hub, organisation, cargo) = (load.hub as usize, load.organisation as usize, load.cargo as usize);
        observer.hub_exit(self.now, hub, organisation, cargo, why);
        self.remove_load(place);
        self.tell_stock(hub, observer);
    }

    pub(super) fn remove_load(&mut self, place: u32) {
        let load = &mut self.hubs.loads[place as usize];
        load.there = false;
        load.life += 1;
        self.hubs.stocks[load.hub as usize].loads -= 1;
        self.hubs.free.push(place);
    }

    /// The shelf life of a load is over.
    pub(super) fn load_expires<O: Observer>(&mut self, place: u32, life: u32, observer: &mut O) {
        let load = &self.hubs.loads[place as usize];
        if load.life == life && load.there {
            self.load_leaves(place, HubExit::Expired, observer);
        }
    }

    /// The stock of a hub changes by a truck that comes back, or expires there.
    pub(super) fn change_stock<O: Observer>(&mut self, hub: usize, by: i32, observer: &mut O) {
        let stock = &mut self.hubs.stocks[hub];
        stock.loads = stock.loads.saturating_add_signed(by);
        self.tell_stock(hub, observer);
    }

    /// Tells the stock of a hub.
    pub(super) fn tell_stock<O: Observer>(&self, hub: usize, observer: &mut O) {
        observer.hub_stock(self.now, hub, self.hubs.stocks[hub].loads);
    }
}
