//! Licences, duplicate and wild-card dependencies, and where they come from, by `deny.toml`.
//!
//! Advisories need a database from the network, which a build must not depend on; they are looked at when dependencies
//! are updated.

use crate::{say, setup, trouble::Trouble};
use std::process::Command;

pub(crate) fn check() -> Result<(), Trouble> {
    let cargo_deny = setup::cargo_deny()?;
    let mut command = Command::new(cargo_deny);
    command.args(["--all-features", "--offline", "check", "licenses", "bans", "sources"]);
    say::step("cargo deny", &mut command)
}
