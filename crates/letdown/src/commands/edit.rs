//! `letdown edit`, `delete` and `undelete`: entries that are said anew, taken back, and let stand again.

use super::log::{answer, now, start};
use crate::{
    cli::{self, Cli},
    clock,
    journal::Journal,
    outcome::Trouble,
};
use letdown_engine::notebook::Notebook;
use letdown_journal::{
    body::Extra,
    entry::{Entry, EntryId},
};
use serde_json::Value;

pub fn edit(cli: &Cli, options: &cli::Edit) -> Result<(), Trouble> {
    let mut fields = fields(&options.fields)?;
    let mut journal = Journal::open(cli)?;
    if let Some(Value::String(text)) = fields.get("start") {
        let zone = clock::zone(cli, journal.notebook.zone().as_ref())?;
        let start = start(text, zone.as_ref())?;
        fields.insert("start".into(), start.into());
    }
    let written = journal.store(|notebook| {
        standing(notebook, &options.id, true)?;
        let entry = notebook.edit(&options.id, fields.clone(), &now(cli, notebook)?, clock::random()?);
        let entry = entry.map_err(Trouble::wrong_use)?;
        Ok(vec![Entry::read(&entry.write()).map_err(Trouble::wrong_use)?])
    })?;
    written.first().map_or(Ok(()), |entry| answer(cli, "Changed", entry))
}

pub fn delete(cli: &Cli, id: &str) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let stood = standing(&journal.notebook, id, true)?;
    let written = journal.store(|notebook| {
        standing(notebook, id, true)?;
        Ok(vec![notebook.remove(id, &now(cli, notebook)?, clock::random()?)?])
    })?;
    let said = if cli.json { written.first() } else { Some(&stood) };
    said.map_or(Ok(()), |entry| answer(cli, "Taken back", entry))
}

pub fn undelete(cli: &Cli, id: &str) -> Result<(), Trouble> {
    let mut journal = Journal::open(cli)?;
    let written = journal.store(|notebook| {
        standing(notebook, id, false)?;
        Ok(vec![notebook.restore(id, &now(cli, notebook)?, clock::random()?)?])
    })?;
    written.first().map_or(Ok(()), |entry| answer(cli, "Stands again", entry))
}

/// The newest version of an entry, which must stand, or must not.
fn standing(notebook: &Notebook, id: &str, stands: bool) -> Result<Entry, Trouble> {
    let root: EntryId = id.parse().map_err(Trouble::wrong_use)?;
    let fact = notebook.journal().fact(root).ok_or_else(|| {
        Trouble::could_not(format!("there is no entry {id}; `letdown list --ids` shows the id of each"))
    })?;
    match (fact.is_alive(), stands) {
        (false, true) => Err(Trouble::could_not(format!(
            "the entry {id} was taken back; `letdown undelete {id}` lets it stand again"
        ))),
        (true, false) => Err(Trouble::could_not(format!("the entry {id} stands; nothing was taken back"))),
        _ => Ok(fact.newest().clone()),
    }
}

/// Fields whose text is never a number or a list.
const TEXTS: [&str; 12] =
    ["start", "note", "text", "label", "model", "name", "dose", "device", "place", "baby", "until", "born"];
/// Fields that are lists of words.
const LISTS: [&str; 2] = ["techniques", "felt"];

fn fields(said: &[String]) -> Result<Extra, Trouble> {
    let mut fields = Extra::new();
    for field in said {
        let (name, value) = field.split_once('=').ok_or_else(|| {
            Trouble::WrongUse(format!("{field:?} is not written field=value, for example total_ml=120"))
        })?;
        fields.insert(name.trim().to_owned(), value_of(name.trim(), value));
    }
    Ok(fields)
}

/// Nothing takes a field away. A number, `true` or a list is one, unless the field is a text; all else is text.
fn value_of(name: &str, text: &str) -> Value {
    match text.trim() {
        "" => Value::Null,
        words if LISTS.contains(&name) && !words.starts_with('[') => {
            words.split(',').map(str::trim).map(Value::from).collect()
        }
        text if TEXTS.contains(&name) || name.ends_with("_typed") => text.into(),
        other => serde_json::from_str(other).unwrap_or_else(|_| other.into()),
    }
}
