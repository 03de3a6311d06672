//! One file a command: arguments in, issues, tables and progress out.

/// Runs the program as its command line says and tells how it ended.
pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(2)
}
