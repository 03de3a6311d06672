//! Trucks and grams by kind of goods, by organisation and by what became of them.

use crate::scenario::End;

/// Trucks and their load in grams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) trucks: i64,
    pub(super) grams: i64,
}

impl Load {
    /// One truck more.
    pub(super) const fn add(&mut self, grams: i64) {
        self.trucks += 1;
        self.grams += grams;
    }

    pub(super) const fn join(&mut self, other: Load) {
        self.trucks += other.trucks;
        self.grams += other.grams;
    }

    /// The load in tonnes.
    pub(super) fn tonnes(self) -> f64 {
        self.grams as f64 / 1e6
    }
}

/// Dispatched, and each end.
const FATES: usize = 1 + End::ALL.len();

/// What was dispatched and what became of it, in a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flows {
    by_cargo: Vec<[Load; FATES]>,
    /// Where there is but one organisation, it is left empty until the stretch is complete.
    by_organisation: Vec<[Load; FATES]>,
    /// By organisation, what became of its requests and of its loads before their first dispatch.
    pub(super) senders: Vec<Sender>,
    /// By counter, trucks that left a stage which counts under it.
    pub(super) counted: Vec<i64>,
    /// Dispatches of trucks that try again.
    pub(super) again: i64,
    /// Returns, tried again or not.
    pub(super) returns: i64,
    /// Of those, because no time was left at closing.
    pub(super) timed_out: i64,
    /// By stream of travellers, people who left their last stage.
    pub(super) crossed: Vec<i64>,
    pub(super) incidents: i64,
    /// Microseconds with at least one stage closed.
    pub(super) closed: i64,
    /// Microseconds with a stage restricted and none closed.
    pub(super) restricted: i64,
}

/// What became of an organisation's requests, and of its loads before their first dispatch; of trucks that went on under another name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sender {
    /// Its trucks and loads that went on under another organisation.
    pub(super) reconsigned: i64,
    /// Requests refused.
    pub(super) denied: i64,
    /// Loads held in a hub until it is registered.
    pub(super) held: i64,
    /// Loads refused in a hub.
    pub(super) refused: i64,
    /// Loads whose shelf life ended in a hub.
    pub(super) expired: i64,
}

impl Sender {
    const fn join(&mut self, other: Sender) {
        self.reconsigned += other.reconsigned;
        self.denied += other.denied;
        self.held += other.held;
        self.refused += other.refused;
        self.expired += other.expired;
    }
}

/// The fate of being dispatched.
const DISPATCHED: usize = 0;

impl Flows {
    pub(super) fn new(cargos: usize, organisations: usize, counters: usize, travellers: usize) -> Flows {
        Flows {
            by_cargo: vec![[Load::default(); FATES]; cargos],
            by_organisation: vec![[Load::default(); FATES]; organisations],
            senders: vec![Sender::default(); organisations],
            counted: vec![0; counters],
            again: 0,
            returns: 0,
            timed_out: 0,
            crossed: vec![0; travellers],
            incidents: 0,
            closed: 0,
            restricted: 0,
        }
    }

    pub(super) fn clear(&mut self) {
        self.by_cargo.fill([Load::default(); FATES]);
        self.by_organisation.fill([Load::default(); FATES]);
        self.senders.fill(Sender::default());
        self.counted.fill(0);
        self.crossed.fill(0);
        (self.again, self.returns) = (0, 0);
        (self.timed_out, self.incidents, self.closed, self.restricted) = (0, 0, 0, 0);
    }

    /// Adds another stretch of time.
    pub(super) fn join(&mut self, other: &Flows) {
        let kinds = self.by_cargo.iter_mut().zip(&other.by_cargo);
        let fates = kinds.chain(self.by_organisation.iter_mut().zip(&other.by_organisation));
        for (mine, theirs) in fates {
            // All fates of one kind together, which vector instructions add at once.
            for (a, b) in mine.iter_mut().zip(theirs) {
                a.join(*b);
            }
        }
        self.senders.iter_mut().zip(&other.senders).for_each(|(a, b)| a.join(*b));
        let mine = self.counted.iter_mut().chain(&mut self.crossed);
        mine.zip(other.counted.iter().chain(&other.crossed)).for_each(|(a, b)| *a += b);
        self.again += other.again;
        self.returns += other.returns;
        self.timed_out += other.timed_out;
        self.incidents += other.incidents;
        self.closed += other.closed;
        self.restricted += other.restricted;
    }

    #[inline]
    pub(super) fn dispatch(&mut self, cargo: u16, organisation: u16, grams: i64) {
        self.by_cargo[cargo as usize][DISPATCHED].add(grams);
        if self.by_organisation.len() > 1 {
            self.by_organisation[organisation as usize][DISPATCHED].add(grams);
        }
    }

    #[inline]
    pub(super) fn end(&mut self, cargo: u16, organisation: u16, grams: i64, end: End) {
        self.by_cargo[cargo as usize][1 + end as usize].add(grams);
        if self.by_organisation.len() > 1 {
            self.by_organisation[organisation as usize][1 + end as usize].add(grams);
        }
    }

    /// Many trucks of one kind of goods and one organisation are dispatched or, so, end.
    pub(super) fn join_load(&mut self, cargo: u16, organisation: u16, load: Load, end: Option<End>) {
        let fate = end.map_or(DISPATCHED, |end| 1 + end as usize);
        self.by_cargo[cargo as usize][fate].join(load);
        self.by_organisation[organisation as usize][fate].join(load);
    }

    /// A part of a truck's load is rejected, the truck goes on.
    pub(super) fn repacked(&mut self, cargo: u16, organisation: u16, grams: i64) {
        let rejected = 1 + End::Rejected as usize;
        self.by_cargo[cargo as usize][rejected].grams += grams;
        if self.by_organisation.len() > 1 {
            self.by_organisation[organisation as usize][rejected].grams += grams;
        }
    }

    /// Everything that happened in the stretch has been told.
    pub(super) fn complete(&mut self) {
        if let [only] = &mut self.by_organisation[..] {
            *only = [Load::default(); FATES];
            for cargo in &self.by_cargo {
                only.iter_mut().zip(cargo).for_each(|(sum, load)| sum.join(*load));
            }
        }
    }

    /// Requests refused, and trucks and loads that went on under another organisation, of all senders.
    pub(super) fn all_senders(&self) -> Sender {
        let mut sum = Sender::default();
        self.senders.iter().for_each(|s| sum.join(*s));
        sum
    }

    /// What was dispatched and what ended, of one kind of goods.
    pub(super) fn of_cargo(&self, cargo: usize) -> Fates<'_> {
        Fates(&self.by_cargo[cargo])
    }

    /// What was dispatched and what ended, of one organisation.
    pub(super) fn of_organisation(&self, organisation: usize) -> Fates<'_> {
        Fates(&self.by_organisation[organisation])
    }

    /// Everything that was dispatched.
    pub(super) fn dispatched(&self) -> Load {
        self.sum(DISPATCHED)
    }

    /// Everything that ended so.
    pub(super) fn ended(&self, end: End) -> Load {
        self.sum(1 + end as usize)
    }

    fn sum(&self, fate: usize) -> Load {
        let mut sum = Load::default();
        self.by_cargo.iter().for_each(|fates| sum.join(fates[fate]));
        sum
    }
}

/// What became of one kind of trucks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fates<'a>(&'a [Load; FATES]);

impl Fates<'_> {
    pub(super) const fn dispatched(self) -> Load {
        self.0[DISPATCHED]
    }

    pub(super) const fn ended(self, end: End) -> Load {
        self.0[1 + end as usize]
    }

    /// Trucks dispatched less those that ended.
    pub(super) fn added(self) -> i64 {
        self.0[DISPATCHED].trucks - self.0[DISPATCHED + 1..].iter().map(|load| load.trucks).sum::<i64>()
    }
}
