//! Set-up, build and tests of Letdown: `cargo xtask run`, `build`, `test`, `tidy`, `bench`,
//! `calibrate`, `fuzz`.
//!
//! On a fresh machine with Rust, Node and a C compiler, these commands install what else they need, and say in one line
//! what they cannot install and which command would.

mod bench;
mod calibrate;
mod fuzz;
mod peers;
mod run;
mod stories;
mod stories_log;
mod test;
mod tidy;

mod deny;
mod setup;
mod wasm;
mod web;

mod place;
mod say;
mod trouble;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use trouble::Trouble;

/// Set-up, build and tests of Letdown.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build everything, and start Letdown on this machine.
    Run(run::Options),
    /// Install what is missing and build everything: target/release/letdown is the result.
    Build,
    /// Build the engine for the browser, which `web` needs.
    Wasm,
    /// Install what is missing, build everything, and run every test; prints a table of the parts.
    Test(test::Options),
    /// Measure something and print the table.
    Bench(bench::Options),
    /// Fit hundreds of simulated women, and print where the truth stood among the draws.
    Calibrate(calibrate::Options),
    /// Check what compilers do not: the walls between the crates, documentation, words.
    Tidy,
    /// Try hostile bytes on an importer; without a name, list them. Needs a C++ compiler.
    Fuzz(fuzz::Options),
}

fn main() -> ExitCode {
    match start(Cli::parse().task) {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("\n{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn start(task: Task) -> Result<ExitCode, Trouble> {
    match task {
        Task::Run(options) => run::run(&options).map(|()| ExitCode::SUCCESS),
        Task::Build => run::build().map(|_| ExitCode::SUCCESS),
        Task::Wasm => wasm::build().map(|()| ExitCode::SUCCESS),
        Task::Test(options) => Ok(test::test(&options)),
        Task::Bench(options) => bench::bench(&options).map(|()| ExitCode::SUCCESS),
        Task::Calibrate(options) => calibrate::calibrate(&options).map(|()| ExitCode::SUCCESS),
        Task::Tidy => tidy::tidy().map(|()| ExitCode::SUCCESS),
        Task::Fuzz(options) => fuzz::fuzz(&options).map(|()| ExitCode::SUCCESS),
    }
}
