//! The console blocks of README.md are run: what it shows is what comes out.

#[test]
fn readme_shows_what_comes_out() {
    trycmd::TestCases::new().case("README.md");
}
