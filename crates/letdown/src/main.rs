//! The `letdown` command: everything below it, offline, on one data folder.

#![allow(unreachable_pub, reason = "a program has no reach beyond itself")]

mod babybuddy_server;
mod cli;
mod clock;
mod commands;
mod holding;
mod journal;
mod many;
mod outcome;
mod said;
mod say;
#[cfg(feature = "bluetooth")]
mod scale;
mod scenario_file;
mod whole_file;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("letdown: {trouble}");
            trouble.exit_code()
        }
    }
}
