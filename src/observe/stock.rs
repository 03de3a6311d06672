//! Stocks in Gaza: deliveries add to them, need consumes them evenly, nothing falls below 0.
//!
//! A stock is kept as the time for which it covers the need, so that it falls by a microsecond in a microsecond. Between two
//! deliveries it is a straight line down to 0, and every integral is exact.

use crate::scenario::Scenario;
use crate::time::{DAY_US, Time};

/// What a stretch of time did to a stock.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cover {
    /// Its length, in microseconds.
    pub(super) length: i64,
    /// The stock times microseconds.
    area: f64,
    /// Microseconds without any.
    empty: f64,
    /// The least that it was, in microseconds.
    least: f64,
    /// What it was at the end, in microseconds.
    end: f64,
}

/// Shorter times without stock are the rounding of a stock that was used up as the next came.
const SLACK_US: f64 = 0.5;

impl Cover {
    const NONE: Cover = Cover {
        length: 0,
        area: 0.0,
        empty: 0.0,
        least: f64::INFINITY,
        end: 0.0,
    };

    fn join(&mut self, other: &Cover) {
        self.length += other.length;
        self.area += other.area;
        self.empty += other.empty;
        self.least = self.least.min(other.least);
        self.end = other.end;
    }

    /// Days of supply on average; NaN over no time.
    pub(super) fn mean_days(&self) -> f64 {
        if self.length > 0 {
            self.area / self.length as f64 / DAY_US as f64
        } else {
            f64::NAN
        }
    }

    /// The least days of supply; NaN over no time.
    pub(super) fn least_days(&self) -> f64 {
        if self.length > 0 { self.least / DAY_US as f64 } else { f64::NAN }
    }

    /// Days of supply at the end.
    pub(super) fn end_days(&self) -> f64 {
        self.end / DAY_US as f64
    }

    /// Share of the need that was not covered; NaN over no time.
    pub(super) fn unmet(&self) -> f64 {
        let empty = if self.is_short() { self.empty } else { 0.0 };
        if self.length > 0 { empty / self.length as f64 } else { f64::NAN }
    }

    /// Whether there was none for some time.
    fn is_short(&self) -> bool {
        self.empty > SLACK_US
    }
}

/// The stock of one kind of goods.
#[derive(Clone, Debug)]
struct Stock {
    /// Tonnes needed a day.
    need: f64,
    initial: f64,
    /// For how many microseconds it lasts.
    now: f64,
    last: Time,
    /// Since the last midnight, since the end of the warm-up.
    today: Cover,
    period: Cover,
    /// By calendar day, reused.
    days: Vec<Cover>,
}

impl Stock {
    fn advance(&mut self, at: Time) {
        let dt = (at - self.last).0;
        if dt == 0 {
            return;
        }
        self.last = at;
        let length = dt as f64;
        let covered = self.now.min(length);
        let left = self.now - covered;
        let stretch = Cover {
            length: dt,
            area: covered * (self.now + left) / 2.0,
            empty: length - covered,
            least: left,
            end: left,
        };
        self.now = left;
        self.today.join(&stretch);
        self.period.join(&stretch);
    }
}

/// What the responses of all stocks together are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Supply {
    /// Days of supply on average and at the least, share of the need not covered, share of days without.
    pub(super) mean_days: f64,
    pub(super) least_days: f64,
    pub(super) unmet: f64,
    pub(super) days_without: f64,
}

impl Supply {
    /// No stock is stated.
    const NONE: Supply = Supply {
        mean_days: f64::NAN,
        least_days: f64::NAN,
        unmet: f64::NAN,
        days_without: f64::NAN,
    };
}

/// The stocks of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Stocks {
    stocks: Vec<Stock>,
    /// By kind of goods, its stock.
    of_cargo: Vec<Option<usize>>,
}

impl Stocks {
    /// Those kinds of goods have one that state both a need and a stock at the start.
    pub(super) fn new(scenario: &Scenario) -> Stocks {
        let mut stocks = Vec::new();
        let mut of_cargo = vec![None; scenario.cargos.len()];
        for (cargo, stated) in scenario.cargos.iter().enumerate() {
            if let (Some(days), Some(need)) = (stated.gaza_stock_days, stated.need_tonnes_per_day.filter(|&n| n > 0.0)) {
                of_cargo[cargo] = Some(stocks.len());
                stocks.push(Stock {
                    need,
                    initial: days * DAY_US as f64,
                    now: days * DAY_US as f64,
                    last: Time::ZERO,
                    today: Cover::NONE,
                    period: Cover::NONE,
                    days: Vec::new(),
                });
            }
        }
        Stocks { stocks, of_cargo }
    }

    pub(super) fn reset(&mut self) {
        for stock in &mut self.stocks {
            (stock.now, stock.last) = (stock.initial, Time::ZERO);
            (stock.today, stock.period) = (Cover::NONE, Cover::NONE);
            stock.days.clear();
        }
    }

    /// Time has passed.
    pub(super) fn advance(&mut self, at: Time) {
        self.stocks.iter_mut().for_each(|s| s.advance(at));
    }

    /// The period that counts begins; what is there stays there.
    pub(super) fn begin(&mut self) {
        self.stocks.iter_mut().for_each(|s| s.period = Cover::NONE);
    }

    /// The day under way is over, up to which time has passed.
    pub(super) fn close_day(&mut self) {
        for stock in &mut self.stocks {
            stock.days.push(stock.today);
            stock.today = Cover::NONE;
        }
    }

    /// A load has been delivered.
    #[inline]
    pub(super) fn delivered(&mut self, at: Time, cargo: u16, grams: i64) {
        if let Some(&Some(stock)) = self.of_cargo.get(cargo as usize) {
            let stock = &mut self.stocks[stock];
            stock.advance(at);
            stock.now += grams as f64 * (DAY_US as f64 / (stock.need * 1e6));
        }
    }

    fn of(&self, cargo: usize) -> Option<&Stock> {
        self.of_cargo.get(cargo).copied().flatten().map(|s| &self.stocks[s])
    }

    /// The stock of a kind of goods on a day.
    pub(super) fn on_day(&self, cargo: usize, day: i64) -> Option<&Cover> {
        self.of(cargo)?.days.get(day as usize)
    }

    /// One kind of goods by itself; `counts` tells the days that count.
    pub(super) fn supply_of(&self, cargo: usize, counts: impl Fn(usize) -> bool) -> Supply {
        self.of(cargo).map_or(Supply::NONE, |stock| Supply {
            mean_days: stock.period.mean_days(),
            least_days: stock.period.least_days(),
            unmet: stock.period.unmet(),
            days_without: share_of_days(stock.days.len(), counts, |day| stock.days[day].is_short()),
        })
    }

    /// All kinds of goods together: days of supply and unmet need are weighted by the needs in tonnes, the least days of supply are those
    /// of the scarcest, and a day is without stock if some kind of goods was.
    pub(super) fn supply(&self, counts: impl Fn(usize) -> bool) -> Supply {
        if self.stocks.is_empty() {
            return Supply::NONE;
        }
        let (mut needs, mut days, mut unmet, mut least) = (0.0, 0.0, 0.0, f64::INFINITY);
        for stock in &self.stocks {
            needs += stock.need;
            days += stock.need * stock.period.mean_days();
            unmet += stock.need * stock.period.unmet();
            least = least.min(stock.period.least);
        }
        let known = self.stocks[0].period.length > 0;
        let length = self.stocks[0].days.len();
        Supply {
            mean_days: days / needs,
            least_days: if known { least / DAY_US as f64 } else { f64::NAN },
            unmet: unmet / needs,
            days_without: share_of_days(length, counts, |day| self.stocks.iter().any(|s| s.days[day].is_short())),
        }
    }
}

/// Share of the days that count on which something holds; NaN over none.
fn share_of_days(days: usize, counts: impl Fn(usize) -> bool, holds: impl Fn(usize) -> bool) -> f64 {
    let (mut counted, mut found) = (0_i64, 0_i64);
    for day in (0..days).filter(|&day| counts(day)) {
        counted += 1;
        found += i64::from(holds(day));
    }
    if counted > 0 { found as f64 / counted as f64 } else { f64::NAN }
}
