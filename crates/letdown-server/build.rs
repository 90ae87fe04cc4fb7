//! Builds the crate again when the web app was built: a folder that did not exist leaves Cargo nothing to watch.

use std::path::Path;

fn main() {
    let built = "../../web/dist";
    let watched = if Path::new(built).exists() { built } else { "../../web" };
    println!("cargo::rerun-if-changed={watched}");
}
