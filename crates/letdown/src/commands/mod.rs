//! One file per command.

mod backtest;
mod backup;
mod coach;
mod detect;
mod edit;
mod erase;
mod experiments;
mod export;
mod forecast;
mod import;
mod init;
mod insights;
mod list;
mod log;
mod page;
mod plan;
mod restore;
mod retrain;
mod scale;
mod serve;
mod session;
mod simulate_log;
mod today;
mod trial;
mod whatif;

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
        Command::Edit(options) => edit::edit(cli, options),
        Command::Delete { id } => edit::delete(cli, id),
        Command::Undelete { id } => edit::undelete(cli, id),
        Command::List(options) => list::list(cli, options),
        Command::Today => today::today(cli),
        Command::Forecast { days } => forecast::forecast(cli, *days),
        Command::Whatif(options) => whatif::whatif(cli, options),
        Command::Plan(options) => plan::plan(cli, options),
        Command::Insights => insights::insights(cli),
        Command::Trial(options) => trial::trial(cli, options),
        Command::Retrain(options) => retrain::retrain(cli, options),
        Command::Backtest { from, to, plot } => {
            backtest::backtest(cli, from.as_deref(), to.as_deref(), plot.as_deref())
        }
        Command::Export(options) => export::export(cli, options),
        Command::Backup(options) => backup::backup(cli, options),
        Command::Restore(options) => restore::restore(cli, options),
        Command::Erase(options) => erase::erase(cli, options),
        Command::Detect(options) => detect::detect(cli, options),
        Command::Session(options) => session::session(cli, options),
        Command::Coach(options) => coach::coach(cli, options),
        Command::Experiments(options) => experiments::experiments(cli, options),
        Command::SimulateLog(options) => simulate_log::simulate_log(cli, options),
        Command::Scale(options) => scale::scale(cli, options),
        Command::Serve(options) => serve::serve(cli, options),
    }
}
