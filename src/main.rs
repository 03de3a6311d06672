//! The `rafah` program: all it does is call [`rafah::cli::main`].

fn main() -> std::process::ExitCode {
    rafah::cli::main()
}
