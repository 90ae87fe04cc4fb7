//! `letdown export`: everything out again, as a table, as lines of JSON or as a calendar; or summed up on one page.

use super::{list::edge, page};
use crate::{
    cli::{self, Cli, ExportFormat},
    clock,
    holding::Holding,
    journal::Journal,
    outcome::Trouble,
    say,
    whole_file::{self, Replace},
};
use letdown_journal::{
    entry::Entry,
    export::{self, Choice, calendar, csv, json_lines},
};
use letdown_store::Store as _;
use serde::Serialize;
use std::{collections::BTreeSet, path::Path};

#[derive(Serialize)]
struct Exported<'a> {
    file: String,
    format: &'a str,
    #[serde(flatten)]
    holding: Holding,
}

pub fn export(cli: &Cli, options: &cli::Export) -> Result<(), Trouble> {
    if let ExportFormat::Pdf = options.format {
        return page::page(cli, options);
    }
    if cli.json && options.out.is_none() {
        let what =
            "--json says what was written, and needs --out FILE; for entries as JSON say --format json";
        return Err(Trouble::wrong_use(what));
    }
    let journal = Journal::open(cli)?;
    let entries = journal.folder.store().all()?;
    let choice = choice(cli, options, &journal)?;
    let (text, holding) = written(&journal, &entries, &choice, options.format);
    if holding.entries == 0 {
        let kinds: BTreeSet<&str> = journal.notebook.journal().alive().map(|e| e.kind.as_str()).collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let there = if kinds.is_empty() { "nothing yet".to_owned() } else { kinds.join(", ") };
        say::aside(&format!("no entries of this kind and time; the journal holds {there}"));
    }
    match &options.out {
        None => say::raw(&text),
        Some(file) => keep(cli, options, file, &text, holding, journal.folder.path())?,
    }
    Ok(())
}

fn choice(cli: &Cli, options: &cli::Export, journal: &Journal) -> Result<Choice, Trouble> {
    let zone = clock::zone(cli, journal.notebook.zone().as_ref())?;
    let at = |text: Option<&str>, end| text.map(|text| edge(text, zone.as_ref(), end)).transpose();
    Ok(Choice {
        kind: options.kind.clone(),
        from: at(options.from.as_deref(), false)?,
        before: at(options.to.as_deref(), true)?,
    })
}

fn written(journal: &Journal, entries: &[Entry], choice: &Choice, format: ExportFormat) -> (String, Holding) {
    let mut facts = export::standing(journal.notebook.journal(), choice);
    match format {
        ExportFormat::Pdf => (String::new(), Holding::of_facts(&facts)),
        ExportFormat::Csv => (csv::table(&facts), Holding::of_facts(&facts)),
        ExportFormat::Ics => {
            facts.retain(|fact| calendar::is_session(fact));
            (calendar::calendar(&facts), Holding::of_facts(&facts))
        }
        ExportFormat::Json => {
            let versions = export::versions(entries, choice);
            let holding = Holding { entries: versions.len(), ..Holding::of_facts(&facts) };
            (json_lines::lines(versions), holding)
        }
    }
}

fn keep(
    cli: &Cli,
    options: &cli::Export,
    file: &Path,
    text: &str,
    holding: Holding,
    data: &Path,
) -> Result<(), Trouble> {
    whole_file::write(file, text, Replace::when(options.force), data)?;
    if cli.json {
        let file = file.display().to_string();
        say::json(&Exported { file, format: options.format.name(), holding });
    } else {
        say::print(&format!("Wrote {} to {}.", holding.words(), file.display()));
    }
    Ok(())
}
