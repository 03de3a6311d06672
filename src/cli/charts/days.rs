//! Daily values of every alternative, replication by replication, and the need that they are held against.

use super::super::failure::Failure;
use super::Easel;
use super::need::{Need, of_goods};
use super::source::Alternative;
use crate::table::Frame;

/// What the table `daily` holds of the alternatives that are drawn.
pub(super) struct Daily {
    /// The first day of the period, from 1.
    pub(super) first: i64,
    /// Days of the period.
    pub(super) count: usize,
    /// The first alternative that has replications over the same days, by its place: the period is its own.
    pub(super) base: usize,
    /// By alternative; without replications where its days are not those of the first, or where its replications differ in theirs.
    pub(super) all: Vec<Days>,
    /// What is needed; where only some goods have a need, the tonnes are those of these goods.
    pub(super) need: Option<Need>,
}

impl Daily {
    /// Reads them; none where nothing is delivered.
    pub(super) fn read(easel: &Easel) -> Result<Option<Daily>, Failure> {
        let alternatives = easel.alternatives();
        let columns = ["alternative", "day", "delivered_tonnes", "closed_h", "incidents"];
        let frame = easel.folder().columns("daily", &columns)?;
        let mut all: Vec<Days> = alternatives.iter().map(|alternative| Days::read(&frame, alternative)).collect();
        let Some(base) = all.iter().position(|days| days.replications > 0) else {
            return Ok(None);
        };
        let (first, count) = (all[base].first, all[base].count);
        // The need of some goods stands beside the deliveries of these goods, or not at all.
        let need = Need::of(alternatives).filter(|need| need.goods.is_empty() || easel.folder().has("daily_cargo"));
        if let Some(need) = need.as_ref().filter(|need| !need.goods.is_empty()) {
            only_of(easel, &need.goods, &mut all)?;
        }
        for days in &mut all {
            if (days.first, days.count) != (first, count) {
                days.replications = 0;
            }
        }
        let is_any = all.iter().any(|days| days.replications > 0 && days.tonnes.iter().any(|t| *t > 0.0));
        Ok(is_any.then_some(Daily {
            first,
            count,
            base,
            all,
            need,
        }))
    }

    /// The goods that alone are counted, since they alone have a need; empty for all.
    pub(super) fn goods(&self) -> &[String] {
        self.need.as_ref().map_or(&[], |need| &need.goods)
    }

    /// " of food"; nothing for all goods.
    pub(super) fn of_goods(&self) -> String {
        of_goods(self.goods())
    }

    /// Whose values they are: " aid", " food".
    pub(super) fn what(&self) -> String {
        match self.of_goods() {
            all if all.is_empty() => " aid".to_owned(),
            some => some.trim_start_matches(" of").to_owned(),
        }
    }

    /// What stands beside the name of an alternative: its number of replications where that is its own, and what else there is to say of it.
    pub(super) fn aside(&self, days: &Days, more: String) -> String {
        let mut said = vec![self.own_n(days), more];
        said.retain(|words| !words.is_empty());
        said.join("; ")
    }

    /// How many replications an alternative has, where they have not all the same number: "n = 60"; else nothing. And why nothing is drawn of it.
    fn own_n(&self, days: &Days) -> String {
        let n = days.replications;
        if n == 0 {
            "not drawn: its days are others, or differ between replications".to_owned()
        } else if self.all.iter().all(|other| [0, n].contains(&other.replications)) {
            String::new()
        } else {
            format!("n = {}", super::super::numbers::whole(n as f64))
        }
    }
}

/// The date of a day of the table, from 1.
pub(super) fn dated_day(alternative: &Alternative, day: i64) -> String {
    alternative.loaded.scenario.horizon.origin.date_of_day(day - 1)
}

/// Daily values of one alternative, replication by replication.
pub(super) struct Days {
    /// The first day in the table, from 1.
    pub(super) first: i64,
    pub(super) count: usize,
    pub(super) replications: usize,
    pub(super) tonnes: Vec<f64>,
    pub(super) closed: Vec<f64>,
    pub(super) incidents: Vec<f64>,
}

impl Days {
    fn read(frame: &Frame, alternative: &Alternative) -> Days {
        let (mut first, mut last) = (i64::MAX, 0);
        let (mut tonnes, mut closed, mut incidents) = (Vec::new(), Vec::new(), Vec::new());
        for row in (0..frame.len()).filter(|&row| frame.columns[0].text(row) == Some(&alternative.name)) {
            let day = frame.columns[1].real(row) as i64;
            (first, last) = (first.min(day), last.max(day));
            tonnes.push(frame.columns[2].real(row));
            closed.push(frame.columns[3].real(row));
            incidents.push(frame.columns[4].real(row));
        }
        let count = usize::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or(0);
        let replications = tonnes.len().checked_div(count).unwrap_or(0);
        // With `stop = "when_empty"` replications may differ in their days; there is then no quantile over days.
        let whole = count * replications == tonnes.len();
        Days {
            first,
            count,
            replications: if whole { replications } else { 0 },
            tonnes,
            closed,
            incidents,
        }
    }

    /// The tonnes of each replication in turn; none where it has none.
    pub(super) fn each(&self) -> impl Iterator<Item = &[f64]> {
        let seen = if self.replications == 0 { 0 } else { self.tonnes.len() };
        self.tonnes[..seen].chunks(self.count.max(1))
    }

    /// The mean over replications of what a value a day becomes, day by day.
    pub(super) fn mean(&self, values: &[f64], of: impl Fn(f64) -> f64) -> Vec<f64> {
        let mut means = vec![0.0; self.count];
        for days in values.chunks(self.count.max(1)) {
            for (mean, value) in means.iter_mut().zip(days) {
                *mean += of(*value) / self.replications as f64;
            }
        }
        means
    }
}

/// Puts the tonnes of some goods in place of those of all.
fn only_of(easel: &Easel, goods: &[String], all: &mut [Days]) -> Result<(), Failure> {
    let columns = ["alternative", "replication", "day", "cargo", "delivered_tonnes"];
    let frame = easel.folder().columns("daily_cargo", &columns)?;
    let [names, replications, numbers, cargos, tonnes] = [0, 1, 2, 3, 4].map(|column| &frame.columns[column]);
    for (days, alternative) in all.iter_mut().zip(easel.alternatives()) {
        let mut sums: Vec<f64> = Vec::with_capacity(days.tonnes.len());
        let mut last = None;
        for row in (0..frame.len()).filter(|&row| names.text(row) == Some(&alternative.name)) {
            let day = Some((replications.real(row) as i64, numbers.real(row) as i64));
            if day != last {
                sums.push(0.0);
                last = day;
            }
            let one_of_them = cargos.text(row).is_some_and(|cargo| goods.iter().any(|good| good == cargo));
            if let Some(sum) = sums.last_mut().filter(|_| one_of_them) {
                *sum += tonnes.real(row);
            }
        }
        // The rows of both tables are those of the same days; if not, there is no fan over days.
        if sums.len() != days.tonnes.len() {
            days.replications = 0;
        }
        days.tonnes = sums;
    }
    Ok(())
}
