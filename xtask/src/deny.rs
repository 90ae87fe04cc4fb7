//! Licences, duplicate and wild-card dependencies, and where they come from, by `deny.toml`.
//!
//! Advisories need a database from the network, which a build must not depend on; they are looked at when dependencies
//! are updated.

use crate::{say, setup, trouble::Trouble};
use std::process::Command;

pub(crate) fn check() -> Result<(), Trouble> {
    let cargo_deny = setup::cargo_deny()?;
    // It looks at the crates of every platform, and a build fetches those of its own alone.
    say::step("crates of every platform", setup::cargo().args(["fetch", "--locked"]))?;
    let mut command = Command::new(cargo_deny);
    command.args(["--all-features", "--offline", "check", "licenses", "bans", "sources"]);
    say::step("cargo deny", &mut command)
}
