//! Reads declared values: each is checked against its range, and a refusal names the key, the range and the unit.

use super::nearest::nearest;
use crate::{EngineError, error::Problem};
use std::cell::RefCell;
use toml::{Table, Value};

/// One table of a scenario while it is being read.
pub(crate) struct Keys<'a> {
    table: &'a Table,
    /// How its keys are called in a sentence: `events[2].` or nothing.
    at: String,
    known: RefCell<Vec<&'static str>>,
}

/// The text as a table, or one sentence that names the line.
pub(crate) fn table(toml: &str) -> Result<Table, EngineError> {
    toml.parse::<Table>().map_err(|e| {
        let line = e.span().map(|span| 1 + toml[..span.start.min(toml.len())].matches('\n').count());
        let place = line.map_or_else(String::new, |line| format!("line {line}: "));
        Problem::Scenario(format!("{place}{}", e.message().replace('\n', " "))).into()
    })
}

/// That a word is not known, and the one that was likely meant.
fn unknown(word: &str, known: &[&str]) -> String {
    let meant = nearest(word, known.iter().copied());
    meant.map_or_else(|| "is not known here".to_owned(), |meant| format!("is not known here, but {meant} is"))
}

impl<'a> Keys<'a> {
    pub(crate) fn of(table: &'a Table, at: impl Into<String>) -> Self {
        Self { table, at: at.into(), known: RefCell::new(Vec::new()) }
    }

    fn get(&self, key: &'static str) -> Option<&'a Value> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    pub(crate) fn refuse(&self, key: &str, detail: impl Into<String>) -> EngineError {
        Problem::ScenarioKey { key: format!("{}{key}", self.at), detail: detail.into() }.into()
    }

    /// A number between two bounds; what is left out is left to the caller.
    pub(crate) fn number(
        &self,
        key: &'static str,
        low: f64,
        high: f64,
        unit: &str,
    ) -> Result<Option<f64>, EngineError> {
        self.get(key).map(|value| self.bounded(key, value, low, high, unit)).transpose()
    }

    pub(crate) fn bounded(
        &self,
        key: &str,
        value: &Value,
        low: f64,
        high: f64,
        unit: &str,
    ) -> Result<f64, EngineError> {
        let number = match value {
            Value::Integer(i) => *i as f64,
            Value::Float(f) => *f,
            _ => return Err(self.refuse(key, format!("{value} is no number; it is {low} to {high} {unit}"))),
        };
        if low <= number && number <= high {
            Ok(number)
        } else {
            Err(self.refuse(key, format!("{number} must lie between {low} and {high} {unit}")))
        }
    }

    /// A whole number between two bounds.
    pub(crate) fn whole(
        &self,
        key: &'static str,
        low: u32,
        high: u32,
        unit: &str,
    ) -> Result<Option<u32>, EngineError> {
        let number = self.number(key, f64::from(low), f64::from(high), unit)?;
        match number {
            Some(n) if n.fract() != 0.0 => {
                Err(self.refuse(key, format!("{n} must be a whole number of {unit}")))
            }
            n => Ok(n.map(|n| n as u32)),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self, key: &'static str) -> Result<Option<bool>, EngineError> {
        let flag = |value: &Value| {
            value.as_bool().ok_or_else(|| self.refuse(key, format!("{value} is neither true nor false")))
        };
        self.get(key).map(flag).transpose()
    }

    /// Text.
    pub(crate) fn word(&self, key: &'static str) -> Result<Option<&'a str>, EngineError> {
        let word = |value: &'a Value| {
            value.as_str().ok_or_else(|| self.refuse(key, format!("{value} is not text in quotes")))
        };
        self.get(key).map(word).transpose()
    }

    /// One of some words.
    pub(crate) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Result<Option<T>, EngineError> {
        self.word(key)?.map(|word| self.choose(key, word, choices)).transpose()
    }

    pub(crate) fn choose<T: Copy>(
        &self,
        key: &str,
        word: &str,
        choices: &[(&str, T)],
    ) -> Result<T, EngineError> {
        let known = || choices.iter().map(|(w, _)| *w).collect::<Vec<_>>();
        let found = choices.iter().find(|(w, _)| *w == word);
        found.map(|(_, t)| *t).ok_or_else(|| {
            self.refuse(
                key,
                format!("{word:?} {}; it is one of {}", unknown(word, &known()), known().join(", ")),
            )
        })
    }

    /// Anything.
    pub(crate) fn value(&self, key: &'static str) -> Option<&'a Value> {
        self.get(key)
    }

    /// A table.
    pub(crate) fn table(&self, key: &'static str) -> Result<Option<Keys<'a>>, EngineError> {
        let inner = |value: &'a Value| {
            let table = value
                .as_table()
                .ok_or_else(|| self.refuse(key, format!("{value} is not a table of keys")))?;
            Ok(Keys::of(table, format!("{}{key}.", self.at)))
        };
        self.get(key).map(inner).transpose()
    }

    /// A list.
    pub(crate) fn list(&self, key: &'static str) -> Result<Option<&'a Vec<Value>>, EngineError> {
        let list = |value: &'a Value| {
            value.as_array().ok_or_else(|| self.refuse(key, format!("{value} is not a list in [ ]")))
        };
        self.get(key).map(list).transpose()
    }

    /// A list of tables.
    pub(crate) fn tables(&self, key: &'static str) -> Result<Option<Vec<Keys<'a>>>, EngineError> {
        let inner = |(i, value): (usize, &'a Value)| {
            let table = value
                .as_table()
                .ok_or_else(|| self.refuse(key, format!("{value} is not a table of keys")))?;
            Ok(Keys::of(table, format!("{}{key}[{}].", self.at, i + 1)))
        };
        self.list(key)?.map(|list| list.iter().enumerate().map(inner).collect()).transpose()
    }

    /// Refuses what nobody asked for.
    pub(crate) fn end(&self) -> Result<(), EngineError> {
        let mut known = self.known.borrow().clone();
        known.sort_unstable();
        known.dedup();
        match self.table.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let detail = format!("this key {}; the keys are {}", unknown(key, &known), known.join(", "));
                Err(self.refuse(key, detail))
            }
        }
    }
}
