//! `letdown serve`: the web app on this machine.

use crate::{
    cli::{self, Cli},
    journal::Journal,
    outcome::Trouble,
    say,
};
use letdown_server::{Settings, serve as answer};
use tokio::net::TcpListener;

pub fn serve(cli: &Cli, options: &cli::Serve) -> Result<(), Trouble> {
    refuse_a_time(cli)?;
    let journal = Journal::open_or_make(cli)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Trouble::could_not)?;
    runtime.block_on(listen(journal, options))
}

/// A page has the clock and the zone of its own machine, and would not be asked for another in silence.
fn refuse_a_time(cli: &Cli) -> Result<(), Trouble> {
    let given = [("--at", cli.at.is_some()), ("--tz", cli.tz.is_some())];
    given.into_iter().find(|(_, given)| *given).map_or(Ok(()), |(option, _)| {
        let what = format!(
            "serve has no use for {option}: the page goes by the clock of the machine it is shown on; leave {option} out"
        );
        Err(Trouble::WrongUse(what))
    })
}

async fn listen(journal: Journal, options: &cli::Serve) -> Result<(), Trouble> {
    let place = journal.folder.path().display().to_string();
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|e| {
        Trouble::could_not(format!(
            "port {} cannot be used ({e}); another Letdown may be running, or say another with --port",
            options.port
        ))
    })?;
    let address = listener.local_addr().map_err(Trouble::could_not)?;
    say::print(&format!("Letdown is at http://{address}  (journal: {place}; stop with Ctrl-C)"));
    let settings = Settings { allowed_hosts: options.host.clone() };
    let stop = async {
        // Without a signal handler the server would only end with the process, which is what Ctrl-C does anyway.
        let _ = tokio::signal::ctrl_c().await;
    };
    answer(listener, journal.folder.into_store(), settings, stop).await.map_err(Trouble::could_not)
}
