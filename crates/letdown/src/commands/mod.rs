//! One file per command.

mod backtest;
mod forecast;
mod import;
mod init;
mod list;
mod log;
mod serve;
mod simulate_log;
mod today;

use crate::{
    cli::{Cli, Command},
    outcome::Trouble,
};

/// Does what was asked.
pub fn run(cli: &Cli) -> Result<(), Trouble> {
    match &cli.command {
        Command::Init => init::init(cli),
        Command::Import(options) => import::import(cli, options),
        Command::Log { kind } => log::log(cli, kind),
        Command::List(options) => list::list(cli, options),
        Command::Today => today::today(cli),
        Command::Forecast { days } => forecast::forecast(cli, *days),
        Command::Backtest { from, to } => backtest::backtest(cli, from.as_deref(), to.as_deref()),
        Command::SimulateLog(options) => simulate_log::simulate_log(cli, options),
        Command::Serve(options) => serve::serve(cli, options),
    }
}
