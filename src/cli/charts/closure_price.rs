//! What an hour of closure costs, by the hour of the day at which the closure begins and by how long it lasts.

use std::collections::BTreeMap;

use super::super::failure::Failure;
use super::super::numbers::counted;
use super::ends::{Telling, alternatives};
use super::{Chart, Easel, Numbers, Picture, numbers_of, real, whole, words};
use crate::experiment::price_levels;
use crate::figure::charts::{ClosurePrice, Kind, Price, Priced, closure_price};
use crate::stats::{self, Estimate};
use crate::table::Frame;

/// Its row among the charts.
pub(super) const CHART: Chart = Chart {
    name: "closure-price",
    shows: "the tonnes that a closed hour costs, by the hour of the day at which the closure begins and by how long it lasts",
    when: "closures, and `rafah compare --closure-price`",
    tables: &["closure_price"],
    also: &[],
    of_study: true,
    draw,
};

const UNIT: &str = "t/h";
/// The groups of closures that are drawn, with the heading of each.
const GROUPS: [(&str, &str); 3] = [("all", ""), ("hour", "Begins at"), ("length", "Lasts")];

fn draw(easel: &Easel) -> Result<Vec<Picture>, Failure> {
    let table = Table::read(easel)?;
    let names: Vec<&str> = easel
        .alternatives()
        .iter()
        .map(|of| of.name.as_str())
        .filter(|name| table.is_priced(name))
        .collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = table.kinds(&names);
    let labels: Vec<String> = kinds.iter().map(|(_, level)| label(level)).collect();
    let shown: Vec<Kind> = (kinds.iter().zip(&labels))
        .map(|((group, _), name)| Kind {
            group: GROUPS.iter().find(|(known, _)| known == group).map_or("", |(_, heading)| *heading),
            name,
        })
        .collect();
    let prices: Vec<Vec<Price>> = (names.iter())
        .map(|name| kinds.iter().map(|(group, level)| table.price(name, group, level)).collect())
        .collect();
    let alternatives: Vec<Priced> = (names.iter().zip(&prices)).map(|(name, prices)| Priced { name, prices }).collect();
    let at_once = match table.looked_at(&names) {
        0 | 1 => String::new(),
        pairs => format!("; the title tells hours and lengths apart where that holds for all {pairs} pairs at once"),
    };
    let chart = ClosurePrice {
        heading: easel.heading(
            title(&table, &names, easel.source.all() > easel.alternatives().len()),
            easel.subtitle(&format!(
                "Tonnes not delivered by the end of the run for each hour that one closure takes while all others stand, in {}{at_once}",
                counted(table.replications, "replication")
            )),
            easel.only(),
        ),
        width: easel.width,
        quantity: "Aid lost per closed hour",
        unit: UNIT,
        confidence: table.confidence,
        kinds: &shown,
        alternatives: &alternatives,
    };
    Ok(vec![Picture {
        name: "closure-price".to_owned(),
        scene: closure_price(&chart),
        numbers: numbers(&kinds, &alternatives),
    }])
}

/// The rows of the table that are drawn.
struct Table {
    /// By alternative, group and level.
    prices: BTreeMap<(String, String, String), Price>,
    confidence: f64,
    replications: usize,
}

impl Table {
    fn read(easel: &Easel) -> Result<Table, Failure> {
        let columns = [
            "alternative",
            "group",
            "level",
            "n",
            "tonnes_per_closed_hour",
            "lower",
            "upper",
            "confidence",
            "replications",
        ];
        let frame = easel.folder().columns("closure_price", &columns)?;
        let mut table = Table {
            prices: BTreeMap::new(),
            confidence: easel.folder().manifest().confidence,
            replications: 0,
        };
        for row in 0..frame.len() {
            let text = |place: usize| frame.columns[place].text(row).unwrap_or_default().to_owned();
            let real = |place: usize| frame.columns[place].real(row);
            let price = Price {
                price: Estimate {
                    value: real(4),
                    lower: real(5),
                    upper: real(6),
                },
                n: real(3) as usize,
            };
            table.prices.insert((text(0), text(1), text(2)), price);
            table.confidence = real(7);
            table.replications = real(8) as usize;
        }
        Ok(table)
    }

    /// The price of a kind of closure; none where no such closure was looked at.
    fn price(&self, name: &str, group: &str, level: &str) -> Price {
        let nothing = Price {
            price: Estimate {
                value: f64::NAN,
                lower: f64::NAN,
                upper: f64::NAN,
            },
            n: 0,
        };
        let key = (name.to_owned(), group.to_owned(), level.to_owned());
        self.prices.get(&key).copied().unwrap_or(nothing)
    }

    fn is_priced(&self, name: &str) -> bool {
        self.price(name, "all", "all").price.value.is_finite()
    }

    /// The kinds of closures of which one of the alternatives has a price, in order.
    fn kinds(&self, names: &[&str]) -> Vec<(&'static str, &'static str)> {
        let levels = |(group, _): &(&'static str, &str)| {
            let group: &'static str = group;
            let levels = if group == "all" { vec!["all"] } else { price_levels(group) };
            levels.into_iter().map(move |level| (group, level))
        };
        let is_priced = |(group, level): &(&str, &str)| names.iter().any(|name| self.price(name, group, level).n > 0);
        GROUPS.iter().flat_map(levels).filter(is_priced).collect()
    }

    /// The pairs of levels of a group that have an interval both, of one alternative, in either order.
    fn pairs(&self, name: &str, group: &str) -> Vec<[&'static str; 2]> {
        let mut levels = price_levels(group);
        levels.retain(|level| self.price(name, group, level).price.lower.is_finite());
        let each = levels.iter().flat_map(|dear| levels.iter().map(|cheap| [*dear, *cheap]));
        each.filter(|[dear, cheap]| dear != cheap).collect()
    }

    /// How many pairs of levels are looked at in all, whichever of the two is dearer.
    fn looked_at(&self, names: &[&str]) -> usize {
        let groups = ["hour", "length"];
        let of = |name: &&str| groups.map(|group| self.pairs(name, group).len() / 2).iter().sum::<usize>();
        names.iter().map(of).sum()
    }

    /// The two levels of a group, of one alternative, that are furthest apart: the dearer and the cheaper one, where that is shown though it is one of so
    /// many pairs (Bonferroni). The closures of two levels come from different replications, so their errors add as squares.
    fn apart(&self, name: &str, group: &'static str, looked_at: usize) -> Option<[&'static str; 2]> {
        let gap = |[dear, cheap]: [&str; 2]| {
            let [dear, cheap] = [dear, cheap].map(|level| self.price(name, group, level));
            let df = dear.n.min(cheap.n).saturating_sub(1) as f64;
            let t = |confidence: f64| stats::student_quantile(0.5 + confidence / 2.0, df);
            let wider = t(stats::confidence_at_once(self.confidence, looked_at)) / t(self.confidence);
            let half = |of: Price| (of.price.upper - of.price.lower) / 2.0;
            dear.price.value - cheap.price.value - libm::hypot(half(dear), half(cheap)) * wider
        };
        let found = self.pairs(name, group).into_iter().filter(|pair| gap(*pair) > 0.0);
        found.reduce(|widest, pair| if gap(pair) > gap(widest) { pair } else { widest })
    }
}

fn label(level: &str) -> String {
    if level == "all" {
        "all closures".to_owned()
    } else {
        // From one hour to another.
        level.replace("00-", "00–")
    }
}

fn numbers(kinds: &[(&str, &str)], alternatives: &[Priced]) -> Numbers {
    let columns = vec![
        words("alternative", "name of the scenario or alternative"),
        words("group", "by what closures are told apart, as in the table `closure_price`"),
        words("level", "which of them"),
        real("tonnes_per_closed_hour", UNIT, "tonnes lost for each hour closed"),
        real("lower", UNIT, "lower end of its interval; empty of too few closures"),
        real("upper", UNIT, "upper end of it"),
        whole("n", "closures", "that it comes from"),
    ];
    let table = numbers_of("closure-price", 3, columns);
    let mut frame = Frame::new(&table);
    for alternative in alternatives {
        for ((group, level), Price { price, n }) in kinds.iter().zip(alternative.prices) {
            let row = frame.row().text(alternative.name).text(group).text(level);
            row.real(price.value).real(price.lower).real(price.upper).whole(*n as i64).end();
        }
    }
    (table, frame)
}

/// What a closed hour costs, and whether hour or length make a difference; there may be more alternatives than are shown.
fn title(table: &Table, names: &[&str], are_more: bool) -> String {
    let overall: Vec<(&str, Price)> = names.iter().map(|name| (*name, table.price(name, "all", "all"))).collect();
    let telling = Telling {
        unit: "t",
        confidence: table.confidence,
    };
    let told = |price: &Price| {
        let (value, interval) = telling.parts(price.price);
        (value, interval.unwrap_or_else(|| counted(price.n, "closure")))
    };
    let order = |a: &&(&str, Price), b: &&(&str, Price)| a.1.price.value.total_cmp(&b.1.price.value);
    let costs = match (overall.as_slice(), overall.iter().min_by(order).zip(overall.iter().max_by(order))) {
        ([(_, one)], _) => {
            let (value, interval) = told(one);
            format!("A closed hour costs {value} ({interval})")
        }
        (several, Some((least, most))) if most.1.price.value - least.1.price.value <= 1e-12 => {
            let (value, _) = told(&least.1);
            format!(
                "A closed hour costs {value} under each {}",
                alternatives(several.len(), several.len(), several.len() + usize::from(are_more))
            )
        }
        (several, Some((least, most))) => {
            let [low, high] = [least, most].map(|(name, price)| {
                let (value, interval) = told(price);
                format!("{value} ({name}, {interval})")
            });
            let shown = if are_more {
                format!(", {},", alternatives(several.len(), several.len(), several.len() + 1))
            } else {
                String::new()
            };
            let intervals = several.iter().filter(|(_, of)| telling.parts(of.price).1.is_some()).count();
            // The cheapest and the dearest are picked by what they cost.
            let each = if intervals > 1 { "; intervals each for itself" } else { "" };
            format!("A closed hour costs{shown} from {low} to {high}{each}")
        }
        _ => "What a closed hour costs".to_owned(),
    };
    let looked_at = table.looked_at(names);
    let by: Vec<String> = [("hour", "begins at"), ("length", "lasts")]
        .into_iter()
        .filter_map(|(group, verb)| apart_in_words(table, names, looked_at, (group, verb)))
        .collect();
    match by.as_slice() {
        [] if looked_at == 0 => format!("{costs}; there are too few closures to tell hours and lengths apart"),
        [] => format!("{costs}; neither hour nor length is shown to make a difference"),
        some => format!("{costs}; {}", some.join("; ")),
    }
}

/// Of how many alternatives a kind of closure costs more than another of its group; none where of no alternative one does.
fn apart_in_words(table: &Table, names: &[&str], looked_at: usize, (group, verb): (&'static str, &str)) -> Option<String> {
    let found: Vec<[&str; 2]> = names.iter().filter_map(|name| table.apart(name, group, looked_at)).collect();
    let (first, by) = (found.first()?, if group == "hour" { "when it begins" } else { "how long it lasts" });
    if found.iter().all(|pair| pair == first) {
        let [dear, cheap] = first.map(label);
        let under = match (found.len(), names.len()) {
            (_, 1) => String::new(),
            (some, all) if some == all => " under all alternatives".to_owned(),
            (some, all) => format!(" under {some} of {all} alternatives"),
        };
        return Some(format!("more where it {verb} {dear} than where it {verb} {cheap}{under}"));
    }
    Some(format!(
        "{by} makes a difference under {} of {} alternatives",
        found.len(),
        names.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str, &str, [f64; 3])]) -> Table {
        let price = |[value, lower, upper]: [f64; 3]| Price {
            price: Estimate { value, lower, upper },
            n: 40,
        };
        let key = |(name, group, level, of): &(&str, &str, &str, [f64; 3])| {
            ((String::from(*name), String::from(*group), String::from(*level)), price(*of))
        };
        Table {
            prices: rows.iter().map(key).collect(),
            confidence: 0.95,
            replications: 400,
        }
    }

    #[test]
    fn a_title_says_what_an_hour_costs_and_when_more() {
        let of_one = table(&[("a", "all", "all", [20.0, 18.0, 22.0])]);
        assert_eq!(
            title(&of_one, &["a"], false),
            "A closed hour costs 20.0 t (95 % interval 18.0 to 22.0 t); there are too few closures to tell hours and lengths apart"
        );
        let alike = table(&[
            ("a", "all", "all", [20.0, 18.0, 22.0]),
            ("a", "hour", "00:00-06:00", [30.0, 5.0, 55.0]),
            ("a", "hour", "06:00-12:00", [10.0, 5.0, 15.0]),
        ]);
        assert!(title(&alike, &["a"], false).ends_with("; neither hour nor length is shown to make a difference"));
        let of_two = table(&[
            ("a", "all", "all", [20.0, 18.0, 22.0]),
            ("b", "all", "all", [9.0, f64::NAN, f64::NAN]),
            ("a", "hour", "00:00-06:00", [30.0, 25.0, 35.0]),
            ("a", "hour", "06:00-12:00", [10.0, 5.0, 15.0]),
            ("a", "length", "under 6 h", [10.0, 5.0, 15.0]),
            ("a", "length", "3 d and more", [11.0, 6.0, 16.0]),
        ]);
        assert_eq!(
            title(&of_two, &["a", "b"], false),
            "A closed hour costs from 9 t (b, 40 closures) to 20.0 t (a, 95 % interval 18.0 to 22.0 t); more where it begins at 00:00–06:00 than \
             where it begins at 06:00–12:00 under 1 of 2 alternatives"
        );
    }

    #[test]
    fn the_intervals_of_the_cheapest_and_the_dearest_are_said_to_be_each_for_itself() {
        let of_two = table(&[("a", "all", "all", [20.0, 18.0, 22.0]), ("b", "all", "all", [9.0, 8.0, 10.0])]);
        assert!(
            title(&of_two, &["a", "b"], false)
                .starts_with("A closed hour costs from 9.0 t (b, 95 % interval 8.0 to 10.0 t) to 20.0 t (a, 95 % interval 18.0 to 22.0 t); intervals each for itself;")
        );
        assert!(title(&of_two, &["a", "b"], true).starts_with("A closed hour costs, of the 2 alternatives shown, from 9.0 t"));
        let free = table(&[("a", "all", "all", [0.0; 3]), ("b", "all", "all", [0.0; 3])]);
        assert!(title(&free, &["a", "b"], false).starts_with("A closed hour costs 0 t under each of 2 alternatives;"));
    }

    #[test]
    fn two_kinds_apart_among_many_pairs_are_not_told_apart() {
        // Alone 10 ± 5 and 20 ± 4.5 lie apart by more than chance; as one of 12 pairs they do not.
        let mut rows = vec![
            ("a", "all", "all", [15.0, 12.0, 18.0]),
            ("a", "hour", "00:00-06:00", [20.0, 15.5, 24.5]),
            ("a", "hour", "06:00-12:00", [10.0, 5.0, 15.0]),
        ];
        let of_two = table(&rows);
        assert!(of_two.apart("a", "hour", of_two.looked_at(&["a"])).is_some());
        rows.extend([
            ("a", "hour", "12:00-18:00", [15.0, 5.0, 25.0]),
            ("a", "hour", "18:00-24:00", [15.0, 5.0, 25.0]),
            ("b", "hour", "00:00-06:00", [15.0, 5.0, 25.0]),
            ("b", "hour", "06:00-12:00", [15.0, 5.0, 25.0]),
            ("b", "hour", "12:00-18:00", [15.0, 5.0, 25.0]),
            ("b", "hour", "18:00-24:00", [15.0, 5.0, 25.0]),
        ]);
        let of_many = table(&rows);
        assert_eq!(of_many.looked_at(&["a", "b"]), 12);
        assert!(of_many.apart("a", "hour", 12).is_none());
    }

    #[test]
    fn kinds_stand_in_the_order_of_the_day_and_of_lengths() {
        let table = table(&[
            ("a", "all", "all", [1.0; 3]),
            ("a", "length", "3 d and more", [1.0; 3]),
            ("a", "hour", "18:00-24:00", [1.0; 3]),
            ("b", "length", "under 6 h", [1.0; 3]),
            ("b", "hour", "00:00-06:00", [1.0; 3]),
            ("b", "cause", "major", [1.0; 3]),
        ]);
        let levels: Vec<&str> = table.kinds(&["a", "b"]).into_iter().map(|(_, level)| level).collect();
        assert_eq!(levels, ["all", "00:00-06:00", "18:00-24:00", "under 6 h", "3 d and more"]);
        assert_eq!(table.kinds(&["a"]).len(), 3);
    }
}
