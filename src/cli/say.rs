//! Printing: results on standard output, everything else on standard error; colours only where somebody sees them.

use std::io::{self, Write};

use super::failure::Failure;

/// Prints a result.
pub(super) fn result(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    let printed = out
        .write_all(text.as_bytes())
        .and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
    printed.and_then(|()| out.flush()).map_err(|error| match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::NobodyListens,
        _ => Failure::Print(error),
    })
}

/// Prints a value as JSON.
pub(super) fn json(value: &serde_json::Value) -> Result<(), Failure> {
    result(&format!("{value:#}"))
}

/// Says something beside the results; nothing is not said.
pub(super) fn aside(text: &str) {
    if text.trim_end().is_empty() {
        return;
    }
    // Where standard error is closed there is nobody to tell.
    let _ = writeln!(anstream::stderr().lock(), "{}", text.trim_end());
}

/// Says what went wrong.
pub(super) fn error(text: &str) {
    aside(&format!("\u{1b}[1;31merror\u{1b}[0m: {text}"));
}
