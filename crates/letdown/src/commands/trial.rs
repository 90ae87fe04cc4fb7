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
    notebook::SEED,
    observed::Observed,
    trials::{self as engine, ArmCount, Listed, Page, Question},
    twin::Twin,
};
use letdown_journal::{body::Extra, entry::Entry};
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
    let mut question = Question::read(&options.question).map_err(Trouble::wrong_use)?;
    question.latency = options.outcome == TrialOutcome::Latency;
    question.by_day |= options.by_day;
    if question.latency && question.by_day {
        return Err(Trouble::WrongUse("seconds are compared between sessions, not between days".into()));
    }
    let mut journal = Journal::open(cli)?;
    let observed = observed(cli, &journal)?;
    let listed = engine::list(journal.notebook.journal(), &observed.now);
    if let Some(running) = listed.iter().find(|t| t.state == "running").filter(|_| !options.dry_run) {
        return Err(Trouble::could_not(format!(
            "a trial runs already: {} One at a time; `letdown trial stop` ends it",
            running.asks
        )));
    }
    let twin = if question.latency { Twin::Pending } else { Twin::usual(&observed, SEED) };
    let usual = if question.latency { engine::SMALLEST_LATENCY } else { engine::SMALLEST_MILK };
    let smallest = options.smallest.unwrap_or(usual);
    let planned = engine::plan(journal.notebook.journal(), &observed, &twin, &question, smallest)?;
    let waits = planned.red_flags.first().cloned();
    if let Some(flag) = waits.filter(|_| !options.dry_run) {
        return Err(Trouble::could_not(format!("{flag} This trial waits until then")));
    }
    let written = match options.dry_run {
        true => None,
        false => {
            let [a, b, c, d, ..] = clock::random()?;
            let seed = u32::from_le_bytes([a, b, c, d]);
            Some(write(cli, &mut journal, "trial", &planned.fields(seed))?)
        }
    };
    if cli.json {
        let id = written.map(|entry| entry.root.to_string());
        say::json(&json!({ "id": id, "planned": planned }));
        return Ok(());
    }
    planned.red_flags.iter().for_each(|flag| paragraph(flag));
    paragraph(&planned.says);
    planned.cannot_tell.iter().for_each(|limit| paragraph(limit));
    say::print(match written {
        Some(_) => "Begun. At the start of a session, `letdown trial next` says what it was drawn to be.",
        None => "Nothing was begun.",
    });
    Ok(())
}

fn next(cli: &Cli) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let mut told = None;
    journal.store(|notebook| {
        let now = now(cli, notebook)?;
        let next = engine::next(notebook.journal(), &Observed::at(notebook.journal(), &now))?;
        let entry = match next.fresh {
            true => Some(entry_of(notebook.log("assignment", next.fields(), &now, clock::random()?)?)?),
            false => None,
        };
        told = Some(next);
        Ok(entry.into_iter().collect())
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
    let folded = journal.notebook.journal();
    let observed = observed(cli, &journal)?;
    let (began, needs_twin) = engine::began(folded, &observed.now, id)?;
    let twin = if needs_twin { engine::twin_before(&observed, began, SEED) } else { Twin::Pending };
    let page = engine::page(folded, &observed, &twin, id)?;
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
    let said = "Ended. `letdown trial show` has its page; `letdown trial stop --undo` lets it go on.";
    change(cli, "running", "stopped", "no trial runs, so there is none to end", said)
}

fn go_on(cli: &Cli) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    if engine::list(journal.notebook.journal(), &now).iter().any(|t| t.state == "running") {
        return Err(Trouble::could_not("a trial runs already; one at a time"));
    }
    change(cli, "stopped", "running", "no trial was ended, so there is none to go on with", "It goes on.")
}

/// Says the state of the newest trial that is in one anew.
fn change(cli: &Cli, from: &str, to: &str, none: &str, said: &str) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let written = journal.store(|notebook| {
        let now = now(cli, notebook)?;
        let trials = engine::list(notebook.journal(), &now);
        let trial = trials.iter().find(|t| t.state == from).ok_or_else(|| Trouble::could_not(none))?;
        let fields = Extra::from_iter([("state".to_owned(), to.into())]);
        Ok(vec![entry_of(notebook.edit(&trial.id, fields, &now, clock::random()?)?)?])
    })?;
    match written.first() {
        Some(entry) if cli.json => say::print(&entry.write()),
        _ => say::print(said),
    }
    Ok(())
}

fn observed(cli: &Cli, journal: &Journal) -> Result<Observed, Trouble> {
    Ok(Observed::at(journal.notebook.journal(), &now(cli, &journal.notebook)?))
}

fn write(cli: &Cli, journal: &mut Journal, kind: &str, fields: &Extra) -> Result<Entry, Trouble> {
    let written = journal.store(|notebook| {
        let entry = notebook.log(kind, fields.clone(), &now(cli, notebook)?, clock::random()?)?;
        Ok(vec![entry_of(entry)?])
    })?;
    written.into_iter().next().ok_or_else(|| Trouble::could_not("nothing was written"))
}

/// As long as a journal could read it back.
fn entry_of(entry: Entry) -> Result<Entry, Trouble> {
    Entry::read(&entry.write()).map_err(Trouble::wrong_use)
}

fn paragraph(text: &str) {
    wrapped(text, 92).iter().for_each(|line| say::print(line));
}
