//! `letdown log`: one entry.

mod trace;

use crate::{
    cli::{Cli, Log, LogPump},
    clock,
    journal::Journal,
    outcome::Trouble,
    said::Said,
    say,
};
use jiff::tz::TimeZone;
use letdown_engine::notebook::{Notebook, let_downs, says};
use letdown_journal::{
    body::Body,
    entry::Entry,
    moment::{self, Moment},
};

pub fn log(cli: &Cli, kind: &Log) -> Result<(), Trouble> {
    // What cannot be written down leaves no empty journal behind: look before one is made.
    let notebook = Journal::peek(cli)?;
    let mut said = Said::of(kind);
    if let Log::Pump(LogPump { trace: Some(file), .. }) = kind {
        said.seen(trace::fields(file)?);
    }
    if let Some(text) = &said.start {
        let start = start(text, clock::zone(cli, notebook.zone().as_ref())?.as_ref())?;
        said.fields.insert("start".into(), start.into());
    }
    entry(cli, &said, &notebook)?;
    let mut journal = Journal::open_or_make(cli)?;
    let written = journal.store(|notebook| Ok(vec![entry(cli, &said, notebook)?]))?;
    written.first().map_or(Ok(()), |entry| answer(cli, "Saved", entry))
}

/// Says what was written.
pub fn answer(cli: &Cli, done: &str, entry: &Entry) -> Result<(), Trouble> {
    if cli.json {
        say::print(&entry.write());
    } else if let Some(body) = entry.body().map_err(Trouble::could_not)? {
        say::print(&format!("{done}: {} at {}.", words(&body), body.start().strftime("%H:%M on %A, %-d %B")));
    }
    Ok(())
}

fn words(body: &Body) -> String {
    match body {
        Body::Pump(pump) => {
            let amount = pump.output_ml().map_or_else(|| "no volume".to_owned(), |ml| format!("{ml:.0} mL"));
            [Some(amount), let_downs(&pump.let_downs)].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        other => match says(other) {
            nothing if nothing.is_empty() => other.kind().to_owned(),
            says => format!("{}, {says}", other.kind()),
        },
    }
}

/// The present, as long as it has a zone that an entry can be written in.
pub fn now(cli: &Cli, notebook: &Notebook) -> Result<Moment, Trouble> {
    let now = clock::now(cli, notebook.zone().as_ref())?;
    if now.time_zone().is_unknown() {
        let what = "this machine does not say in which time zone it is; say it with --tz, for example --tz Europe/Berlin";
        return Err(Trouble::NeedsAnswer(what.into()));
    }
    Ok(now)
}

/// The entry that was said, as long as a journal could read it back.
fn entry(cli: &Cli, said: &Said, notebook: &Notebook) -> Result<Entry, Trouble> {
    let now = now(cli, notebook)?;
    let written = notebook.log(said.kind, said.fields.clone(), &now, clock::random()?);
    let written = written.map_err(|e| Trouble::WrongUse(said.about_flags(&e.to_string())))?;
    Entry::read(&written.write()).map_err(Trouble::wrong_use)
}

/// A time as typed, in its zone.
pub fn start(text: &str, zone: Option<&TimeZone>) -> Result<String, Trouble> {
    let placed = moment::parse(text, zone)?;
    if let Some(oddity) = placed.oddity {
        say::aside(&format!("{text}: {}", oddity.what()));
    }
    Ok(placed.at.to_string())
}
