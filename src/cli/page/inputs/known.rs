//! How the numbers of scenarios are known, counted: from a source, by an assumption, or by nothing.

use super::super::content::Block;
use super::super::facts::Facts;
use super::super::said::is_or_are;
use crate::cli::charts::Source;
use crate::cli::numbers::{counted, whole};
use crate::scenario::ParameterLine;

/// How a parameter is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::page) enum Known {
    /// From a source that is cited.
    Source,
    /// It is called an assumption, with its reason.
    Assumption,
    /// Nobody stated it: it is what the program takes.
    Default,
    /// It is a number without source and reason.
    Neither,
    /// It is a word: which stage follows, which calendar, which rule.
    Structure,
}

impl Known {
    /// How a parameter is known.
    pub(in crate::cli::page) fn of(line: &ParameterLine) -> Known {
        match (&line.source, &line.assumption) {
            (Some(_), _) => Known::Source,
            (None, Some(_)) => Known::Assumption,
            // The scenario of a result is written with its defaults filled in.
            (None, None) if line.is_default || line.is_usual => Known::Default,
            (None, None) if line.is_quantity => Known::Neither,
            (None, None) => Known::Structure,
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Known::Source => "source",
            Known::Assumption => "assumption",
            Known::Default => "default",
            Known::Neither => "not stated",
            Known::Structure => "structure",
        }
    }
}

/// How many parameters are known how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli::page) struct Counts {
    pub(in crate::cli::page) all: usize,
    pub(in crate::cli::page) sources: usize,
    pub(in crate::cli::page) assumptions: usize,
    pub(in crate::cli::page) defaults: usize,
    pub(in crate::cli::page) neither: usize,
    pub(in crate::cli::page) structure: usize,
    /// Of those with a source or a reason, how many state a range.
    pub(in crate::cli::page) ranges: usize,
}

impl Counts {
    pub(in crate::cli::page) fn of(lines: &[ParameterLine]) -> Counts {
        let n = |known: Known| lines.iter().filter(|line| Known::of(line) == known).count();
        Counts {
            all: lines.len(),
            sources: n(Known::Source),
            assumptions: n(Known::Assumption),
            defaults: n(Known::Default),
            neither: n(Known::Neither),
            structure: n(Known::Structure),
            ranges: lines.iter().filter(|line| line.range.is_some()).count(),
        }
    }

    /// What is known of how many, in a sentence.
    pub(in crate::cli::page) fn sentence(self) -> String {
        let told = [
            (self.sources, "with a cited source"),
            (self.assumptions, "called an assumption, with the reason"),
            (self.neither, "given as a number with neither a source nor a reason"),
            (self.defaults, "at the value that the program takes where none is stated"),
            (
                self.structure,
                "of structure, in words (which stage follows, which calendar, which rule)",
            ),
        ];
        let told = told.iter().filter(|(n, _)| *n > 0);
        let told: Vec<String> = told.map(|(n, what)| format!("{} {what}", whole(*n as f64))).collect();
        format!("{}: {}.", counted(self.all, "parameter"), told.join("; "))
    }
}

/// How many of the numbers that scenarios state themselves are known how; words and defaults of the program are none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli::page) struct Stated {
    pub(in crate::cli::page) all: usize,
    pub(in crate::cli::page) sources: usize,
    pub(in crate::cli::page) assumptions: usize,
    pub(in crate::cli::page) neither: usize,
}

impl Stated {
    /// Of all alternatives that are told of: a number that several state alike counts once.
    pub(in crate::cli::page) fn of(source: &Source) -> Stated {
        let mut lines: Vec<ParameterLine> = Vec::new();
        for alternative in &source.alternatives {
            let own = alternative.loaded.parameters();
            let new: Vec<ParameterLine> = own.into_iter().filter(|line| !lines.contains(line)).collect();
            lines.extend(new);
        }
        Stated::among(&lines)
    }

    fn among(lines: &[ParameterLine]) -> Stated {
        let n = |known: Known| lines.iter().filter(|line| line.is_quantity && Known::of(line) == known).count();
        let [sources, assumptions, neither] = [Known::Source, Known::Assumption, Known::Neither].map(n);
        Stated {
            all: sources + assumptions + neither,
            sources,
            assumptions,
            neither,
        }
    }

    /// What must be said of a world of which no number has a source; nothing where one has.
    pub(in crate::cli::page) fn without_source(self, facts: Facts) -> Option<String> {
        if self.sources > 0 || self.all == 0 {
            return None;
        }
        let reasons = match (self.assumptions, self.neither) {
            (0, _) => String::new(),
            (n, 0) => format!(" (all {} are assumptions, each with its reason)", whole(n as f64)),
            (n, neither) => format!(
                " ({} {} with a reason, {} {} neither a source nor a reason)",
                counted(n, "assumption"),
                is_or_are(n),
                whole(neither as f64),
                if neither == 1 { "has" } else { "have" }
            ),
        };
        Some(format!(
            "No number of {} has a source{reasons}. The results show what follows from these numbers and how the program works; they do not show what happens \
             at the crossing.",
            if facts.has_several() { "these scenarios" } else { "this scenario" }
        ))
    }

    /// How many numbers have a source, with where they are listed; nothing where none has, which is said before.
    pub(in crate::cli::page) fn counted(self, facts: Facts) -> Option<Block> {
        if self.sources == 0 {
            return None;
        }
        let states = if facts.has_several() {
            "the scenarios state"
        } else {
            "the scenario states"
        };
        let told = if self.sources == self.all {
            format!("All {} numbers that {states} have a cited source:", whole(self.all as f64))
        } else {
            let n = |n: usize| whole(n as f64);
            let have = |n: usize| if n == 1 { "has" } else { "have" };
            format!(
                "Of the {} numbers that {states}, {} {} a cited source, {} {} called an assumption with a reason, and {} {} neither:",
                n(self.all),
                n(self.sources),
                have(self.sources),
                n(self.assumptions),
                is_or_are(self.assumptions),
                n(self.neither),
                have(self.neither)
            )
        };
        Some(Block::See(told, "inputs", "Inputs and their sources"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_one_kind_alone_is_whole() {
        let counts = Counts {
            all: 60,
            neither: 55,
            defaults: 5,
            ..Counts::default()
        };
        assert!(
            counts
                .sentence()
                .starts_with("60 parameters: 55 given as a number with neither a source nor a reason; 5 at the value")
        );
    }
}
