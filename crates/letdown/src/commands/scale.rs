//! `letdown scale`: what a Bluetooth scale under the bottle shows, while it shows it.

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
    say,
};
use letdown_trace::scales::{Kind, Name, Sheet};
use serde::Serialize;

pub fn scale(cli: &Cli, options: &cli::Scale) -> Result<(), Trouble> {
    if options.known {
        known(cli);
        return Ok(());
    }
    listen(cli, options)
}

#[cfg(feature = "bluetooth")]
use crate::scale::listen;

#[cfg(not(feature = "bluetooth"))]
fn listen(_: &Cli, _: &cli::Scale) -> Result<(), Trouble> {
    Err(Trouble::could_not(
        "this letdown was built without Bluetooth; build one that has it with `cargo build --release -p letdown \
         --features bluetooth` (Debian and Ubuntu need `sudo apt install libdbus-1-dev pkg-config` first)",
    ))
}

#[derive(Serialize)]
struct Known {
    scales: Vec<KnownScale>,
}

#[derive(Serialize)]
struct KnownScale {
    word: &'static str,
    title: &'static str,
    names: Vec<String>,
    step_g: f64,
    is_stream: bool,
}

impl KnownScale {
    fn of(sheet: &Sheet) -> Self {
        let name = |name: &Name| match name {
            Name::Begins(start) => format!("{start}..."),
            Name::Holds(part) => format!("...{part}..."),
        };
        Self {
            word: sheet.word,
            title: sheet.title,
            names: sheet.names.iter().map(name).collect(),
            step_g: sheet.step_g,
            is_stream: sheet.is_stream,
        }
    }

    fn line(&self) -> String {
        let use_ = if self.is_stream { "" } else { "; for weighing before and after a feed" };
        let names = self.names.join(" or ");
        format!("{:15} {} (steps of {} g{use_}; its name: {names})", self.word, self.title, self.step_g)
    }
}

fn known(cli: &Cli) {
    let scales: Vec<KnownScale> = Kind::ALL.iter().map(|kind| KnownScale::of(kind.sheet())).collect();
    if cli.json {
        say::json(&Known { scales });
    } else {
        for scale in &scales {
            say::print(&scale.line());
        }
        say::print(
            "None of them was tried yet; their bytes are read as makers and open drivers describe them.",
        );
    }
}
