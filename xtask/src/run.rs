//! `cargo xtask run` and `build`: from a fresh clone to a page that answers.

use crate::{
    place::target,
    say,
    setup::{self, cargo},
    trouble::Trouble,
    wasm, web,
};
use clap::Args;
use std::{path::PathBuf, process::Command};

/// What `letdown serve` is told.
#[derive(Args)]
pub(crate) struct Options {
    /// The port on this machine.
    #[arg(long, default_value_t = 8017)]
    port: u16,
    /// The folder that holds the journal (default: as `letdown` chooses).
    #[arg(long)]
    data: Option<PathBuf>,
    /// More for `letdown serve`, behind `--`.
    #[arg(last = true)]
    more: Vec<String>,
}

/// Builds everything and becomes the server.
pub(crate) fn run(options: &Options) -> Result<(), Trouble> {
    let letdown = build()?;
    let mut serve = Command::new(&letdown);
    serve.arg("serve").arg("--port").arg(options.port.to_string());
    if let Some(data) = &options.data {
        serve.arg("--data").arg(data);
    }
    serve.args(&options.more);
    say::line(&format!("\nLetdown is on http://127.0.0.1:{} (Ctrl-C ends it)\n", options.port));
    become_program(serve)
}

/// Builds engine, web app and program; the program holds the other two.
pub(crate) fn build() -> Result<PathBuf, Trouble> {
    setup::npm_packages("web")?;
    wasm::build()?;
    web::build()?;
    program()
}

/// Builds the program around what `web/dist` holds.
pub(crate) fn program() -> Result<PathBuf, Trouble> {
    let mut command = cargo();
    command.args(["build", "--release", "--package", "letdown"]).arg("--target-dir").arg(target());
    say::step("program", &mut command)?;
    Ok(target().join("release").join("letdown"))
}

/// The server takes the place of this process, so that Ctrl-C and signals reach it and nothing else.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result<(), Trouble> {
    use std::os::unix::process::CommandExt;
    let source = command.exec();
    Err(Trouble::Start { program: "letdown serve".to_owned(), source })
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<(), Trouble> {
    let started = command.status();
    let status = started.map_err(|source| Trouble::Start { program: "letdown serve".to_owned(), source })?;
    std::process::exit(status.code().unwrap_or(1))
}
