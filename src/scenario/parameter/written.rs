//! Laws as they were written, so that one of their parameters can change: the law is then made anew.

use super::cell::Change;
use super::rows::Measure;
use crate::random::{COUNT_FAMILIES, CountLaw, FAMILIES, Given, Law, ParameterKind, build_count, build_law};

/// A law as it was written: its family and what was given, in the base unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::scenario) struct Written {
    /// Name of the family.
    pub family: &'static str,
    /// Whether its quantities are times.
    pub is_time: bool,
    /// Numbers by name of the parameter.
    pub numbers: Vec<(&'static str, f64)>,
    /// Arrays of numbers.
    pub lists: Vec<(&'static str, Vec<f64>)>,
    /// Arrays of laws.
    pub laws: Vec<(&'static str, Vec<Written>)>,
    /// The bounds that truncate, where they are no parameters of the family.
    pub min: Option<f64>,
    /// Likewise.
    pub max: Option<f64>,
    /// What is added to a count.
    pub plus: f64,
}

/// A number inside a law.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Leaf {
    /// Keys and elements that lead to it.
    pub keys: Vec<String>,
    /// What it is measured in.
    pub measure: Measure,
}

impl Written {
    /// The number inside that keys lead to.
    ///
    /// # Errors
    /// The keys that would lead on from where these went astray.
    pub(in crate::scenario) fn leaf(&self, keys: &[String]) -> Result<Leaf, Vec<String>> {
        let mut law = self;
        let mut rest = keys;
        loop {
            let Some((key, after)) = rest.split_first() else {
                return Err(law.known());
            };
            if let (Some((_, laws)), Some((item, further))) = (law.laws.iter().find(|(k, _)| k == key), after.split_first()) {
                law = element(laws, item).ok_or_else(|| elements(laws.len()))?;
                rest = further;
                continue;
            }
            let leaf = Leaf {
                keys: keys.to_vec(),
                measure: law.measure(key),
            };
            return if law.number_at(rest).is_some() {
                Ok(leaf)
            } else {
                Err(law.known())
            };
        }
    }

    fn known(&self) -> Vec<String> {
        let own = self.numbers.iter().map(|(k, _)| *k);
        let bounds = [("min", self.min), ("max", self.max)]
            .into_iter()
            .filter(|(_, b)| b.is_some())
            .map(|(k, _)| k);
        let arrays = self.lists.iter().map(|(k, _)| *k).chain(self.laws.iter().map(|(k, _)| *k));
        own.chain(bounds).chain(arrays).map(str::to_owned).collect()
    }

    fn measure(&self, key: &str) -> Measure {
        let parameters = FAMILIES.iter().find(|f| f.name == self.family).map(|f| f.parameters);
        let parameters = parameters.or_else(|| COUNT_FAMILIES.iter().find(|f| f.name == self.family).map(|f| f.parameters));
        let kind = parameters.into_iter().flatten().find(|p| p.name == key).map(|p| p.kind);
        match kind {
            Some(ParameterKind::Number | ParameterKind::Weights) => Measure::Free,
            Some(ParameterKind::Whole) => Measure::Whole(0),
            Some(ParameterKind::Probability) => Measure::Share,
            _ if self.is_time => Measure::FreeTime,
            None if key == "plus" => Measure::Whole(0),
            _ => Measure::Free,
        }
    }

    fn number_at(&self, keys: &[String]) -> Option<f64> {
        self.clone().place(keys).copied()
    }

    /// The number of a leaf.
    pub(in crate::scenario) fn number(&self, leaf: &Leaf) -> Option<f64> {
        self.number_at(&leaf.keys)
    }

    /// The place of the number that keys lead to.
    fn place(&mut self, keys: &[String]) -> Option<&mut f64> {
        match keys {
            [key] => match self.numbers.iter_mut().find(|(k, _)| k == key) {
                Some((_, number)) => Some(number),
                None if key == "min" => self.min.as_mut(),
                None if key == "max" => self.max.as_mut(),
                None if key == "plus" && self.plus > 0.0 => Some(&mut self.plus),
                None => None,
            },
            [key, item] if self.lists.iter().any(|(k, _)| k == key) => {
                let (_, list) = self.lists.iter_mut().find(|(k, _)| k == key)?;
                list.get_mut(item.parse::<usize>().ok()?.checked_sub(1)?)
            }
            [key, item, rest @ ..] => {
                let (_, laws) = self.laws.iter_mut().find(|(k, _)| k == key)?;
                laws.get_mut(item.parse::<usize>().ok()?.checked_sub(1)?)?.place(rest)
            }
            [] => None,
        }
    }

    /// Changes a number inside.
    pub(super) fn apply(&mut self, leaf: &Leaf, change: Change) {
        let measure = leaf.measure;
        if let Some(number) = self.place(&leaf.keys) {
            let new = measure.clamped(change.number(*number));
            *number = if measure.is_whole() { new.round() } else { new };
        }
    }

    /// Puts a number inside.
    pub(super) fn put(&mut self, leaf: &Leaf, value: f64) {
        if let Some(number) = self.place(&leaf.keys) {
            *number = value;
        }
    }

    /// The law of a quantity.
    ///
    /// # Errors
    /// Why its parameters make no law.
    pub(in crate::scenario) fn law(&self) -> Result<Law, String> {
        let family = FAMILIES.iter().find(|f| f.name == self.family).ok_or("an unknown family")?;
        build_law(family, &self.given()?, self.min, self.max).map_err(|fault| fault.message)
    }

    /// The law of a count.
    ///
    /// # Errors
    /// Why its parameters make no law.
    pub(in crate::scenario) fn count(&self) -> Result<CountLaw, String> {
        let whole = |bound: Option<f64>| bound.map(|b| b.round().max(0.0) as u64);
        let plus = self.plus.round().max(0.0) as u64;
        let Some(family) = COUNT_FAMILIES.iter().find(|f| f.name == self.family) else {
            return Ok(CountLaw::whole_part_of(self.law()?).plus(plus));
        };
        build_count(family, &self.given()?, plus, whole(self.min), whole(self.max)).map_err(|fault| fault.message)
    }

    fn given(&self) -> Result<Given<'static>, String> {
        let mut given = Given::new();
        for (name, number) in &self.numbers {
            given = given.with(name, *number);
        }
        for (name, list) in &self.lists {
            given = given.with_list(name, list.clone());
        }
        for (name, laws) in &self.laws {
            given = given.with_laws(name, laws.iter().map(Written::law).collect::<Result<_, _>>()?);
        }
        Ok(given)
    }
}

fn element<'a>(laws: &'a [Written], item: &str) -> Option<&'a Written> {
    laws.get(item.parse::<usize>().ok()?.checked_sub(1)?)
}

fn elements(count: usize) -> Vec<String> {
    (1..=count).map(|n| n.to_string()).collect()
}
