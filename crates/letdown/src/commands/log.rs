//! `letdown log`: one entry.

use crate::{
    cli::{Cli, Log, LogPump},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use jiff::tz::TimeZone;
use letdown_engine::notebook::{Notebook, PumpDraft};
use letdown_journal::{body::Technique, entry::Entry, moment};

pub fn log(cli: &Cli, kind: &Log) -> Result<(), Trouble> {
    match kind {
        Log::Pump(options) => pump(cli, options),
    }
}

fn pump(cli: &Cli, options: &LogPump) -> Result<(), Trouble> {
    // What cannot be written down leaves no empty journal behind: look before one is made.
    let notebook = Journal::peek(cli)?;
    let draft = draft(options, clock::zone(cli, notebook.zone().as_ref())?.as_ref())?;
    entry(cli, &draft, &notebook)?;
    let mut journal = Journal::open_or_make(cli)?;
    let written = journal.store(|notebook| Ok(vec![entry(cli, &draft, notebook)?]))?;
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

/// The entry of a draft, as long as a journal could read it back.
fn entry(cli: &Cli, draft: &PumpDraft, notebook: &Notebook) -> Result<Entry, Trouble> {
    let now = clock::now(cli, notebook.zone().as_ref())?;
    if now.time_zone().is_unknown() {
        let what = "this machine does not say in which time zone it is; say it with --tz, for example --tz Europe/Berlin";
        return Err(Trouble::NeedsAnswer(what.into()));
    }
    let written = notebook.log_pump(draft.clone(), &now, clock::random()?).map_err(Trouble::wrong_use)?;
    Entry::read(&written.write()).map_err(Trouble::wrong_use)
}

fn draft(options: &LogPump, zone: Option<&TimeZone>) -> Result<PumpDraft, Trouble> {
    let techniques = [(options.massage, Technique::Massage), (options.photo, Technique::Photo)];
    Ok(PumpDraft {
        start: options.start.as_deref().map(|text| start(text, zone)).transpose()?,
        total_ml: options.total,
        left_ml: options.left,
        right_ml: options.right,
        minutes: options.minutes,
        techniques: techniques.into_iter().filter(|(used, _)| *used).map(|(_, t)| t).collect(),
        note: options.note.clone(),
        typed: None,
    })
}

fn start(text: &str, zone: Option<&TimeZone>) -> Result<String, Trouble> {
    let placed = moment::parse(text, zone)?;
    if let Some(oddity) = placed.oddity {
        say::aside(&format!("{text}: {}", oddity.what()));
    }
    Ok(placed.at.to_string())
}
