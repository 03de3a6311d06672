//! What is asked of alternatives that are held against each other.

use super::failure::Failure;
use crate::stats::Better;

/// What a study asks: which of its alternatives does best, by which responses, against which of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The alternative against which the others are held, by index.
    pub reference: usize,
    /// The responses that decide, in the order in which they are told.
    pub responses: Vec<Asked>,
}

/// A response that decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// A column of `replications`, or one of a table with a key, such as `stage.gate.mean_wait_min`.
    pub response: String,
    /// Which of two values is better; none: neither, and nothing is called best.
    pub better: Option<Better>,
}

/// The file of a study, which stands in its result beside the scenarios.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyText {
    /// The study's short name.
    pub name: String,
    /// One line for people; may be empty.
    pub title: String,
    /// What it asks, for people; may be empty.
    pub question: String,
    /// The file's text.
    pub text: String,
    /// BLAKE3 of the text.
    pub hash: String,
}

impl StudyText {
    /// A text with its hash, and what it says of itself: short name, title and question.
    pub fn new([name, title, question]: [&str; 3], text: String) -> StudyText {
        StudyText {
            name: name.to_owned(),
            title: title.trim().to_owned(),
            question: question.trim().to_owned(),
            hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
            text,
        }
    }
}

impl Question {
    /// Whether it may be asked of so many alternatives; that there are such responses is asked of the tables.
    pub(crate) fn check(&self, alternatives: usize) -> Result<(), Failure> {
        if self.reference >= alternatives {
            let place = self.reference + 1;
            return Err(Failure::Usage(format!("the reference is alternative {place} of {alternatives}")));
        }
        for (i, asked) in self.responses.iter().enumerate() {
            if self.responses[..i].iter().any(|other| other.response == asked.response) {
                return Err(Failure::Usage(format!("the response `{}` is asked for twice", asked.response)));
            }
        }
        Ok(())
    }
}
