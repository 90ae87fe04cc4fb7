//! `letdown log`: one entry.

use crate::{
    cli::{Cli, Log, LogPump},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use letdown_engine::notebook::PumpDraft;
use letdown_journal::body::Technique;

pub fn log(cli: &Cli, kind: &Log) -> Result<(), Trouble> {
    match kind {
        Log::Pump(options) => pump(cli, options),
    }
}

fn pump(cli: &Cli, options: &LogPump) -> Result<(), Trouble> {
    let mut journal = Journal::open_or_make(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let random = clock::random()?;
    let written = journal.store(|notebook| Ok(vec![notebook.log_pump(draft(options), &now, random)?]))?;
    let Some(entry) = written.first() else { return Ok(()) };
    if cli.json {
        say::print(&entry.write());
        return Ok(());
    }
    if let Ok(Some(body)) = entry.body() {
        let letdown_journal::body::Body::Pump(pump) = &body else { return Ok(()) };
        let output = pump.output_ml().map_or_else(|| "no volume".to_owned(), |ml| format!("{ml:.0} mL"));
        say::print(&format!("Saved: {output} at {}.", pump.start.strftime("%H:%M on %A, %-d %B")));
    }
    Ok(())
}

fn draft(options: &LogPump) -> PumpDraft {
    let techniques = [(options.massage, Technique::Massage), (options.photo, Technique::Photo)];
    PumpDraft {
        start: options.start.clone(),
        total_ml: options.total,
        left_ml: options.left,
        right_ml: options.right,
        minutes: options.minutes,
        techniques: techniques.into_iter().filter(|(used, _)| *used).map(|(_, t)| t).collect(),
        note: options.note.clone(),
        typed: None,
    }
}
