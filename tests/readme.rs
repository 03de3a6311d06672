//! The console blocks of README.md are run: what it shows is what comes out.

#[test]
fn readme_shows_what_comes_out() {
    trycmd::TestCases::new().case("README.md");
}

/// The block that shows a faulty scenario is no console block, since its exit status would stand in it.
#[test]
fn readme_shows_how_a_fault_is_told() {
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_rafah"))
        .args(["check", "tests/wrong/word-unknown.toml"])
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(65));
    let told = String::from_utf8(ran.stderr).unwrap();
    let readme = std::fs::read_to_string("README.md").unwrap();
    let block = readme.split("$ rafah check tests/wrong/word-unknown.toml\n").nth(1).unwrap();
    let block = block.split("```").next().unwrap();
    for part in block.split("...\n") {
        assert!(told.contains(part.trim()), "{part}\nis not in\n{told}");
    }
}
