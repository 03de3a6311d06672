//! The report of a result: what was asked, the answer, the charts, the scenario, where every number comes from, how it was done, how to do
//! it again, and what it does not say.

#![expect(dead_code, reason = "the sections are written before the page that shows them")]

mod again;
mod content;
mod estimation;
mod facts;
mod inputs;
mod limits;
mod method;
mod odd;
mod rules;
mod said;
mod scenario;
mod system;

#[cfg(test)]
mod tests;
