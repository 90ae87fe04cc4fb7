//! Which babies there are. An entry names its baby in words; a baby that was written down may have been called otherwise
//! before, and whatever named it then is still about it.

use crate::standing::Standing;
use letdown_journal::{
    body::{Baby, Body},
    fold::{Fact, Folded},
};
use serde::Serialize;
use std::collections::BTreeSet;

/// A baby, as a screen offers it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Known {
    /// The fact by which it was written down; `None` where only the log names it.
    pub root: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it was called before.
    pub also: Vec<String>,
    /// The day of birth, `2026-10-03`.
    pub born: Option<String>,
    /// How long the pregnancy was (days).
    pub gestation_days: Option<u32>,
}

/// The babies, those that were written down first, in the order of their birth.
pub(crate) fn babies(journal: &Folded, standing: &Standing) -> Vec<Known> {
    let mut written: Vec<(&Baby, Known)> = standing
        .newest_first()
        .filter(|reading| reading.entry().kind == "baby")
        .filter_map(|reading| {
            let Body::Baby(baby) = reading.body().ok()?? else { return None };
            Some((baby, known(baby, journal.fact(reading.entry().root)?)?))
        })
        .collect();
    written.sort_by_key(|(baby, known)| {
        (baby.born.is_none(), baby.born, baby.start.timestamp(), known.root.clone())
    });
    let mut all: Vec<Known> = written.into_iter().map(|(_, known)| known).collect();
    let named: BTreeSet<&str> = standing.all().filter_map(|reading| named(reading.baby()?)).collect();
    let is_told = |name: &str| all.iter().any(|k| k.name == name || k.also.iter().any(|also| also == name));
    let only_named: Vec<&str> = named.into_iter().filter(|name| !is_told(name)).collect();
    all.extend(only_named.into_iter().map(|name| Known {
        root: None,
        name: name.to_owned(),
        also: Vec::new(),
        born: None,
        gestation_days: None,
    }));
    all
}

fn named(name: &str) -> Option<&str> {
    Some(name.trim()).filter(|name| !name.is_empty())
}

fn known(baby: &Baby, fact: &Fact) -> Option<Known> {
    let name = baby.name.as_deref().and_then(named)?;
    let names = fact.versions().iter().filter_map(|version| match version.body() {
        Ok(Some(Body::Baby(earlier))) => earlier.name.as_deref().and_then(named).map(str::to_owned),
        _ => None,
    });
    let also: BTreeSet<String> = names.filter(|earlier| earlier != name).collect();
    Some(Known {
        root: Some(fact.newest().root.to_string()),
        name: name.to_owned(),
        also: also.into_iter().collect(),
        born: baby.born.map(|day| day.to_string()),
        gestation_days: baby.gestation_days,
    })
}
