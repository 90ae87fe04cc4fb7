//! `letdown trial`: an experiment on herself, from the question to one page.

use super::{insights::wrapped, log::now};
use crate::{
    cli::{Cli, Trial, TrialOutcome, TrialStart, TrialStep},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use letdown_engine::{
    advice::TrialAsked,
    trials::{self as engine, ArmCount, Listed, Page, Planned},
};
use letdown_journal::entry::Entry;
use serde_json::json;

pub fn trial(cli: &Cli, options: &Trial) -> Result<(), Trouble> {
    match &options.what {
        None => list(cli),
        Some(TrialStep::Start(options)) => start(cli, options),
        Some(TrialStep::Next) => next(cli),
        Some(TrialStep::Show { id }) => show(cli, id.as_deref()),
        Some(TrialStep::Stop { undo: false }) => stop(cli),
        Some(TrialStep::Stop { undo: true }) => go_on(cli),
    }
}

fn list(cli: &Cli) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let trials =
        engine::list(journal.notebook.journal(), &clock::now(cli, journal.notebook.zone().as_ref())?);
    if cli.json {
        say::json(&json!({ "trials": trials }));
    } else if trials.is_empty() {
        say::print("No trial yet. `letdown trial start picture --dry-run` says what one would take.");
    }
    for trial in trials.iter().filter(|_| !cli.json) {
        say::print(&line(trial));
    }
    Ok(())
}

fn line(trial: &Listed) -> String {
    let day = trial.started.get(..10).unwrap_or(&trial.started);
    format!(
        "{}  {day}  {:<8} {} {} drawn of {}",
        trial.id, trial.state, trial.asks, trial.drawn, trial.planned
    )
}

fn start(cli: &Cli, options: &TrialStart) -> Result<(), Trouble> {
    let asked = asked(options);
    let question = asked.read().map_err(Trouble::wrong_use)?;
    let mut journal = Journal::open(cli)?;
    let now = now(cli, &journal.notebook)?;
    let running = journal.notebook.trials(&now).into_iter().find(|t| t.state == engine::RUNNING);
    if let Some(running) = running.filter(|_| !options.dry_run) {
        return Err(Trouble::could_not(format!(
            "a trial runs already: {} One at a time; `letdown trial stop` ends it",
            running.asks
        )));
    }
    if !question.latency {
        journal.notebook.fit(&now);
    }
    let planned = journal.notebook.plan_trial(&question, asked.smallest_percent(), &now)?;
    if options.dry_run {
        told(cli, &planned, None);
        return Ok(());
    }
    if let Some(flag) = planned.red_flags.first() {
        return Err(Trouble::could_not(format!("{flag} This trial waits until then")));
    }
    let [a, b, c, d, ..] = clock::random()?;
    let fields = planned.fields(u32::from_le_bytes([a, b, c, d]));
    let written = journal.store(|notebook| {
        Ok(vec![entry_of(&notebook.log("trial", fields.clone(), &now, clock::random()?)?)?])
    })?;
    let id = written.first().map(|entry| entry.root.to_string());
    told(cli, &planned, id.as_deref());
    Ok(())
}

fn asked(options: &TrialStart) -> TrialAsked {
    TrialAsked {
        question: options.question.clone(),
        latency: options.outcome == TrialOutcome::Latency,
        by_day: options.by_day,
        smallest_percent: options.smallest,
    }
}

fn told(cli: &Cli, planned: &Planned, id: Option<&str>) {
    if cli.json {
        say::json(&json!({ "id": id, "planned": planned }));
        return;
    }
    planned.red_flags.iter().for_each(|flag| paragraph(flag));
    paragraph(&planned.says);
    planned.cannot_tell.iter().for_each(|limit| paragraph(limit));
    say::print(if id.is_some() {
        "Begun. At the start of a session, `letdown trial next` says what it was drawn to be."
    } else {
        "Nothing was begun."
    });
}

fn next(cli: &Cli) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let mut told = None;
    journal.store(|notebook| {
        let (next, entry) = notebook.next_of_trial(&now(cli, notebook)?, clock::random()?)?;
        told = Some(next);
        entry.iter().map(entry_of).collect()
    })?;
    match told {
        Some(next) if cli.json => say::json(&next),
        Some(next) => paragraph(&next.says),
        None => {}
    }
    Ok(())
}

fn show(cli: &Cli, id: Option<&str>) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let page = journal.notebook.page_of_trial(&now(cli, &journal.notebook)?, id)?;
    if cli.json {
        say::json(&page);
    } else {
        words(&page);
    }
    Ok(())
}

fn words(page: &Page) {
    page.red_flags.iter().for_each(|flag| paragraph(flag));
    say::print(&page.asks);
    say::print("");
    paragraph(&page.says);
    say::print("");
    arm("With", &page.with);
    arm("Without", &page.without);
    if let Some(alone) = &page.alone {
        let percent = |p: f64| format!("{p:+.0}").replace('-', "\u{2212}");
        say::print(&format!(
            "  The trial alone: {} % (95 % range {} to {})",
            percent(alone.middle),
            percent(alone.low),
            percent(alone.high)
        ));
    }
    say::print("");
    page.cannot_tell.iter().for_each(|limit| paragraph(limit));
}

fn arm(name: &str, arm: &ArmCount) {
    let ml = match (arm.output_ml, arm.expected_ml) {
        (Some(came), Some(expected)) => format!(", {came:.0} mL where {expected:.0} were expected"),
        _ => String::new(),
    };
    let skipped = if arm.skipped > 0 { format!(", {} skipped", arm.skipped) } else { String::new() };
    let otherwise =
        if arm.otherwise > 0 { format!(", {} not as drawn", arm.otherwise) } else { String::new() };
    say::print(&format!("  {name:<8} {} drawn, {} counted{skipped}{otherwise}{ml}", arm.drawn, arm.counted));
}

fn stop(cli: &Cli) -> Result<(), Trouble> {
    turn(cli, false, "Ended. `letdown trial show` has its page; `letdown trial stop --undo` lets it go on.")
}

fn go_on(cli: &Cli) -> Result<(), Trouble> {
    turn(cli, true, "It goes on.")
}

/// Says the state of a trial anew.
fn turn(cli: &Cli, go_on: bool, said: &str) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let written = journal.store(|notebook| {
        let now = now(cli, notebook)?;
        Ok(vec![entry_of(&notebook.turn_trial(go_on, &now, clock::random()?)?)?])
    })?;
    match written.first() {
        Some(entry) if cli.json => say::print(&entry.write()),
        _ => say::print(said),
    }
    Ok(())
}

/// As long as a journal could read it back.
fn entry_of(entry: &Entry) -> Result<Entry, Trouble> {
    Entry::read(&entry.write()).map_err(Trouble::wrong_use)
}

fn paragraph(text: &str) {
    for line in wrapped(text, 92) {
        say::print(&line);
    }
}
