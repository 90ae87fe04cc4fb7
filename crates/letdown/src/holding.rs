//! What a journal holds, in a line: how much, and from when to when.

use crate::say;
use letdown_journal::{
    entry::Entry,
    export::{self, Choice},
    fold::Folded,
    moment::Moment,
};
use serde::Serialize;

/// How many entries, and when the first and the last of those that stand began.
#[derive(Clone, Debug, Serialize)]
pub struct Holding {
    /// All entries: every version and every deletion.
    pub entries: usize,
    /// Those that stand.
    pub standing: usize,
    /// The start of the oldest that stands.
    pub from: Option<String>,
    /// The start of the newest that stands.
    pub to: Option<String>,
}

impl Holding {
    /// What these entries are.
    pub fn of(entries: &[Entry]) -> Self {
        let journal = Folded::of(entries.iter().cloned());
        Self { entries: entries.len(), ..Self::of_facts(&export::standing(&journal, &Choice::default())) }
    }

    /// What these facts are, the oldest first.
    pub fn of_facts(facts: &[&Entry]) -> Self {
        let mut starts = facts.iter().filter_map(|fact| export::start(fact));
        let from = starts.next();
        let to = starts.next_back().or_else(|| from.clone());
        let text = |at: Option<Moment>| at.map(|at| at.to_string());
        Self { entries: facts.len(), standing: facts.len(), from: text(from), to: text(to) }
    }

    /// "407 entries from 1 June 2026 to 30 July 2026".
    pub fn words(&self) -> String {
        let day = |at: &Option<String>| {
            let at = at.as_ref().and_then(|at| at.parse::<Moment>().ok());
            at.map(|at| at.strftime("%-d %B %Y").to_string())
        };
        let days = match (day(&self.from), day(&self.to)) {
            (Some(from), Some(to)) if from == to => format!(" of {from}"),
            (Some(from), Some(to)) => format!(" from {from} to {to}"),
            _ => String::new(),
        };
        let all = if self.entries == self.standing {
            String::new()
        } else {
            format!(" ({} with earlier versions and deletions)", entries(self.entries))
        };
        format!("{}{days}{all}", entries(self.standing))
    }
}

fn entries(n: usize) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{} entries", say::count(n)) }
}
