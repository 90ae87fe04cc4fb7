//! `letdown export --format pdf`: the log summed up on one page, for a consultant.

use crate::{
    cli::{self, Cli, Paper},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
    whole_file::{self, Replace},
};
use letdown_engine::{
    observed::Observed,
    report::{Report, report},
};
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Exported<'a> {
    file: String,
    format: &'static str,
    paper: &'static str,
    bytes: usize,
    report: &'a Report,
}

/// Makes the page. With `--json` alone, says the numbers that it would hold.
pub fn page(cli: &Cli, options: &cli::Export) -> Result<(), Trouble> {
    let chosen = [options.kind.is_some(), options.from.is_some(), options.to.is_some()];
    if chosen.contains(&true) {
        let what = "the page sums up the whole log, so --kind, --from and --to do not go with it; --at TIME makes it as \
                    of an earlier day";
        return Err(Trouble::wrong_use(what));
    }
    if options.out.is_none() && !cli.json && say::to_a_person() {
        return Err(Trouble::wrong_use(
            "a PDF cannot be read on a terminal; say where it goes with --out FILE",
        ));
    }
    let journal = Journal::open(cli)?;
    let report = made(cli, &journal)?;
    match &options.out {
        None if cli.json => say::json(&report),
        None => say::raw(pdf(&report, options.paper)?),
        Some(file) => keep(cli, options, file, &report, journal.folder.path())?,
    }
    Ok(())
}

fn made(cli: &Cli, journal: &Journal) -> Result<Report, Trouble> {
    let folded = journal.notebook.journal();
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(folded, &now);
    let twin = journal.twin(&observed);
    Ok(report(folded, &observed, &twin))
}

fn pdf(report: &Report, paper: Paper) -> Result<Vec<u8>, Trouble> {
    let paper = match paper {
        Paper::A4 => letdown_report::Paper::A4,
        Paper::Letter => letdown_report::Paper::Letter,
    };
    letdown_report::pdf(report, paper).map_err(Trouble::could_not)
}

fn keep(cli: &Cli, options: &cli::Export, file: &Path, report: &Report, data: &Path) -> Result<(), Trouble> {
    let pdf = pdf(report, options.paper)?;
    whole_file::write(file, &pdf, Replace::when(options.force), data)?;
    let file = file.display().to_string();
    if cli.json {
        let paper = match options.paper {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        };
        say::json(&Exported { file, format: "pdf", paper, bytes: pdf.len(), report });
    } else {
        say::print(&format!(
            "Wrote one page to {file}. Look it over before you share it: it holds what you logged."
        ));
    }
    Ok(())
}
