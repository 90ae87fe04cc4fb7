//! `letdown import`: the exports of other apps, all or nothing.

use crate::{
    babybuddy_server,
    cli::{self, Cli},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use letdown_engine::notebook::Notebook;
use letdown_journal::import::{AnswersWire, FileCounts, MAX_BYTES, NamedBytes, Preview, Progress};
use serde::Serialize;
use std::{
    fs::File,
    io::Read as _,
    path::PathBuf,
    time::{Duration, Instant},
};

#[derive(Serialize)]
struct Imported<'a> {
    batch: &'a str,
    files: &'a [FileCounts],
    dry_run: bool,
}

#[derive(Serialize)]
struct Undone<'a> {
    batch: &'a str,
    entries: usize,
}

pub fn import(cli: &Cli, options: &cli::Import) -> Result<(), Trouble> {
    match &options.undo {
        Some(batch) => undo(cli, batch),
        None => bring_in(cli, options),
    }
}

fn bring_in(cli: &Cli, options: &cli::Import) -> Result<(), Trouble> {
    let contents = match &options.babybuddy {
        Some(url) => vec![babybuddy_server::records(url, &babybuddy_server::token(options.token_stdin)?)?],
        None => options.files.iter().map(read).collect::<Result<Vec<_>, _>>()?,
    };
    let files: Vec<NamedBytes<'_>> =
        contents.iter().map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let answers = answers(cli, options);
    let preview = if options.dry_run {
        preview(cli, &files, &answers)?
    } else {
        // A file that cannot be read leaves no empty journal behind: look before one is made.
        if !Journal::is_there(cli)? {
            preview(cli, &files, &answers)?;
        }
        keep(cli, &files, &answers)?
    };
    report(cli, &preview, options.dry_run);
    Ok(())
}

/// What would come in, into the journal that is there or into an empty one.
fn preview(cli: &Cli, files: &[NamedBytes<'_>], answers: &AnswersWire) -> Result<Preview, Trouble> {
    read_into(cli, &mut Journal::peek(cli)?, files, answers)
}

fn keep(cli: &Cli, files: &[NamedBytes<'_>], answers: &AnswersWire) -> Result<Preview, Trouble> {
    let mut journal = Journal::open_or_make(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let mut random = clock::distinct()?;
    let mut kept = None;
    journal.store(|notebook| {
        kept = Some(read_into(cli, notebook, files, answers)?);
        Ok(notebook.take_import(&now, &mut random)?)
    })?;
    kept.ok_or_else(|| Trouble::could_not("nothing was imported"))
}

/// The longest a reading may take. The largest log that is read takes seconds.
const PATIENCE: Duration = Duration::from_mins(10);

fn read_into(
    cli: &Cli,
    notebook: &mut Notebook,
    files: &[NamedBytes<'_>],
    answers: &AnswersWire,
) -> Result<Preview, Trouble> {
    let now = clock::now(cli, notebook.zone().as_ref())?;
    let (began, progress) = (Instant::now(), say::Progress::of("reading"));
    let mut watch = |seen: Progress| {
        progress.show(seen.done, seen.all);
        began.elapsed() < PATIENCE
    };
    Ok(notebook.read_import_watched(files, answers, &now, &mut watch)?)
}

fn answers(cli: &Cli, options: &cli::Import) -> AnswersWire {
    AnswersWire {
        tz: cli.tz.clone(),
        date_order: options.date_order.map(|o| match o {
            cli::DateOrder::Mdy => "mdy".into(),
            cli::DateOrder::Dmy => "dmy".into(),
        }),
        unit: options.unit.map(|u| match u {
            cli::Unit::Ml => "ml".into(),
            cli::Unit::Oz => "oz".into(),
        }),
        weight_unit: options.weight_unit.map(|u| match u {
            cli::WeightUnit::Kg => "kg".into(),
            cli::WeightUnit::G => "g".into(),
            cli::WeightUnit::Lb => "lb".into(),
        }),
        map: options.map.clone(),
        format: options.format.clone(),
        baby: options.baby.clone(),
    }
}

/// A file's name and content. What is too large is not read to its end, since a pipe or a device may have none.
fn read(path: &PathBuf) -> Result<(String, Vec<u8>), Trouble> {
    let name = path.display().to_string();
    let could_not = |what: String| Trouble::could_not(format!("{name}: {what}; the journal is unchanged"));
    let most = MAX_BYTES / 1_048_576;
    let file = File::open(path).map_err(|e| could_not(format!("it cannot be opened ({e})")))?;
    let about = file.metadata().map_err(|e| could_not(format!("it cannot be opened ({e})")))?;
    if about.is_dir() {
        return Err(could_not("this is a folder; name the files in it".into()));
    }
    if about.len() > MAX_BYTES as u64 {
        let megabytes = about.len() / 1_048_576;
        let what = format!("{megabytes} MiB are more than a log of milk can be (at most {most} MiB)");
        return Err(could_not(what));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| could_not(format!("it cannot be read ({e})")))?;
    if bytes.len() > MAX_BYTES {
        return Err(could_not(format!("it goes on beyond {most} MiB, the most a log of milk can be")));
    }
    let short = path.file_name().map_or_else(|| name.clone(), |n| n.to_string_lossy().into_owned());
    Ok((short, bytes))
}

fn report(cli: &Cli, preview: &Preview, dry_run: bool) {
    if cli.json {
        return say::json(&Imported { batch: &preview.batch, files: &preview.files, dry_run });
    }
    for file in &preview.files {
        file_report(file);
    }
    match (dry_run, preview.entries) {
        (true, n) => say::print(&format!("\nNothing was changed: {} would come in.", entries(n))),
        (false, 0) if preview.files.iter().all(|file| file.skipped.is_empty()) => {
            say::print("\nNothing new: the journal knew all of it.");
        }
        (false, 0) => say::print("\nNothing new came in."),
        (false, n) if n == preview.as_they_are => {
            say::print(&format!("\n{} came in as they were written.", capital(&entries(n))));
        }
        (false, n) => say::print(&format!(
            "\n{} came in. To take them back: letdown import --undo {}",
            capital(&entries(n)),
            preview.batch
        )),
    }
}

/// How many rows of a file are shown.
const SHOWN: usize = 5;

fn file_report(file: &FileCounts) {
    say::print(&format!("{} ({})", file.file, file.format.as_str()));
    say::print(&format!(
        "  {} rows read: {} new, {} known, {} left out",
        say::count(file.read),
        say::count(file.rows_imported),
        say::count(file.rows_duplicate),
        say::count(file.skipped.len())
    ));
    let changed: usize = file.changed.values().sum();
    if changed > 0 {
        say::print(&format!("  {} that the app has changed since", entries(changed)));
    }
    for skipped in file.skipped.iter().take(SHOWN) {
        say::print(&format!("  row {}: left out, {}", skipped.row, skipped.reason));
    }
    for flag in file.flags.iter().take(SHOWN) {
        say::print(&format!("  row {}: {}", flag.row, flag.what));
    }
    let more = file.skipped.len().saturating_sub(SHOWN) + file.flags.len().saturating_sub(SHOWN);
    if more > 0 {
        say::print(&format!("  and {more} more; --json shows all"));
    }
}

fn entries(n: usize) -> String {
    if n == 1 { "one entry".into() } else { format!("{} entries", say::count(n)) }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn undo(cli: &Cli, batch: &str) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let mut random = clock::distinct()?;
    let taken_back = journal.store(|notebook| Ok(notebook.undo_import(batch, &now, &mut random)?))?;
    if cli.json {
        say::json(&Undone { batch, entries: taken_back.len() });
    } else {
        say::print(&format!(
            "Took back {} of the import {batch}. It may be made again.",
            entries(taken_back.len())
        ));
    }
    Ok(())
}
