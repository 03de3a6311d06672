//! Ctrl-C: the first press asks to finish the block under way, the second ends at once.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::say;

/// A flag that the first Ctrl-C sets.
pub(super) fn flag() -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    // Where the system offers no handler, Ctrl-C ends the program as it does any other.
    let _ = ctrlc::set_handler(move || {
        if raised.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        // On a terminal `^C` stands on the line.
        let new_line = if std::io::stderr().is_terminal() { "\n" } else { "" };
        say::aside(&format!(
            "{new_line}Interrupted: finishing what is under way, to keep it. Press Ctrl-C again to stop at once."
        ));
    });
    flag
}
