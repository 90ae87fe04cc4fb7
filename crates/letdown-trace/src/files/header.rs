//! What the columns of a table mean.
//!
//! A name is taken apart into words: `Weight (kg)`, `weight_kg` and `weightKg` are the same. The last may be a unit. A
//! word in brackets must be one.

use super::{
    Remark,
    unit::{self, GRAM, SECOND, Unit},
};
use crate::error::Problem;

/// A column, and the unit of its cells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) unit: Unit,
    /// How surely its name means it; less is surer.
    rank: u8,
    has_unit: bool,
}

/// The columns that count.
pub(super) struct Header {
    pub(super) time: Column,
    pub(super) masses: Masses,
    pub(super) is_decent: bool,
}

/// Of one scale or of two.
pub(super) enum Masses {
    One(Column),
    Two { left: Column, right: Column },
}

impl Header {
    pub(super) fn read(file: &str, names: &[impl AsRef<str>]) -> Result<Self, Problem> {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let listed = || names.join(", ");
        let missing = |what, example| Problem::NoColumn {
            file: file.to_owned(),
            what,
            columns: crate::error::shown(&listed()),
            example,
        };
        let columns = |kind: &Kind| columns(file, &names, kind);
        let time = surest(columns(&TIME)?).ok_or_else(|| missing("the time", "t_s"))?;
        let masses = match (surest(columns(&LEFT)?), surest(columns(&RIGHT)?)) {
            (Some(left), Some(right)) => Masses::Two { left, right },
            (Some(one), None) | (None, Some(one)) => Masses::One(one),
            (None, None) => {
                Masses::One(mass(file, columns(&MASS)?)?.ok_or_else(|| missing("the mass", "mass_g"))?)
            }
        };
        let is_decent = names.contains(&"espresso_elapsed");
        Ok(Self { time, masses, is_decent })
    }

    /// The units that no column named.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let masses = match &self.masses {
            Masses::One(one) => vec![one],
            Masses::Two { left, right } => vec![left, right],
        };
        // Decent's log is always in seconds and grams.
        let unnamed = |column: &&Column| !column.has_unit && !self.is_decent;
        let assumed = |column: &Column, unit| Remark::Assumed { column: column.name.clone(), unit };
        let time = [&self.time].into_iter().filter(unnamed).map(|column| assumed(column, "seconds"));
        time.chain(masses.into_iter().filter(unnamed).map(|column| assumed(column, "grams"))).collect()
    }
}

/// A kind of column: its names, the surest first, and its units.
struct Kind {
    what: &'static str,
    side: Option<&'static str>,
    names: &'static [&'static [&'static str]],
    unit: fn(&str) -> Option<Unit>,
    known: &'static str,
    usual: Unit,
}

const TIME: Kind = Kind {
    what: "a time",
    side: None,
    names: &[
        &["t"],
        &["elapsed", "elapsed time", "time elapsed", "espresso elapsed", "session time"],
        &["time", "zeit", ""],
        &["timestamp", "clock", "uhrzeit"],
    ],
    unit: unit::of_time,
    known: "s, ms or min",
    usual: SECOND,
};
const MASS_NAMES: &[&[&str]] = &[
    &["mass"],
    &["raw mass", "mass raw", "raw weight", "weight raw"],
    &["weight", "scale weight", "espresso weight", "actual weight", "gewicht", "masse"],
    &["scale", "reading", "value", ""],
];
const MASS: Kind = Kind {
    what: "a mass",
    side: None,
    names: MASS_NAMES,
    unit: unit::of_mass,
    known: "g, kg, oz or lb",
    usual: GRAM,
};
const LEFT: Kind = Kind { side: Some("left"), ..MASS };
const RIGHT: Kind = Kind { side: Some("right"), ..MASS };

fn columns(file: &str, names: &[&str], kind: &Kind) -> Result<Vec<Column>, Problem> {
    let of = |(at, name): (usize, &&str)| kind.column(file, at, name).transpose();
    names.iter().enumerate().filter_map(of).collect()
}

impl Kind {
    fn column(&self, file: &str, at: usize, name: &str) -> Result<Option<Column>, Problem> {
        let (outside, bracket) = bracket(name);
        let mut words = words(outside);
        let mut unit = None;
        if bracket.is_none()
            && let Some(found) = words.last().and_then(|word| (self.unit)(word))
        {
            unit = Some(found);
            words.pop();
        }
        let is_bare = words.is_empty() && unit.is_none();
        if let Some(side) = self.side {
            match words.iter().position(|word| word == side) {
                Some(at) => drop(words.remove(at)),
                None => return Ok(None),
            }
        } else if is_bare {
            return Ok(None);
        }
        let phrase = words.join(" ");
        let Some(rank) = self.names.iter().position(|same| same.contains(&phrase.as_str())) else {
            return Ok(None);
        };
        if let Some(text) = bracket {
            let unknown = || Problem::Unit {
                file: file.to_owned(),
                column: name.to_owned(),
                unit: text.to_owned(),
                what: self.what,
                known: self.known,
            };
            unit = Some((self.unit)(&text.trim().to_lowercase()).ok_or_else(unknown)?);
        }
        let has_unit = unit.is_some();
        Ok(Some(Column {
            at,
            name: name.to_owned(),
            unit: unit.unwrap_or(self.usual),
            rank: rank as u8,
            has_unit,
        }))
    }
}

fn surest(columns: Vec<Column>) -> Option<Column> {
    // The first of those that are as sure.
    columns.into_iter().min_by_key(|column| column.rank)
}

/// The surest column of masses; two that are as sure are a question.
fn mass(file: &str, columns: Vec<Column>) -> Result<Option<Column>, Problem> {
    let rank = columns.iter().map(|column| column.rank).min();
    let mut best = columns.into_iter().filter(|column| Some(column.rank) == rank);
    let Some(one) = best.next() else { return Ok(None) };
    let others: Vec<String> = best.map(|column| column.name).collect();
    if others.is_empty() {
        return Ok(Some(one));
    }
    Err(Problem::WhichMass { file: file.to_owned(), columns: format!("{}, {}", one.name, others.join(", ")) })
}

/// What stands in brackets at the end of a name, and the name without it.
fn bracket(name: &str) -> (&str, Option<&str>) {
    let inside = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    let inside = inside.or_else(|| name.strip_suffix(']').and_then(|name| name.rsplit_once('[')));
    inside.map_or((name, None), |(outside, inside)| (outside, Some(inside)))
}

/// The words of a name, small: cut where a letter or digit ends, and before a capital behind a small letter.
fn words(name: &str) -> Vec<String> {
    let (mut words, mut was_small) = (vec![String::new()], false);
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (was_small && letter.is_uppercase()) {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        was_small = letter.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &[&str]) -> String {
        let column = |c: &Column| format!("{} x{}", c.name, c.unit.0);
        match Header::read("x.csv", names) {
            Err(problem) => problem.to_string(),
            Ok(header) => match &header.masses {
                Masses::One(one) => format!("{} | {}", column(&header.time), column(one)),
                Masses::Two { left, right } => {
                    format!("{} | {} + {}", column(&header.time), column(left), column(right))
                }
            },
        }
    }

    #[test]
    fn columns_are_known_by_their_names() {
        for (names, header) in [
            (&["t_s", "mass_g"][..], "t_s x1 | mass_g x1"),
            (&["note", "Weight (kg)", "Time [ms]"], "Time [ms] x0.001 | Weight (kg) x1000"),
            (&["elapsedMin", "weightOz"], "elapsedMin x60 | weightOz x28.349523125"),
            (&["seconds", "grams"], "seconds x1 | grams x1"),
            (&["timestamp", "elapsed_s", "weight"], "elapsed_s x1 | weight x1"),
            (&["t_s", "left_g", "right_g", "mass_g"], "t_s x1 | left_g x1 + right_g x1"),
            (&["t", "weight left (g)", "mass_right_kg"], "t x1 | weight left (g) x1 + mass_right_kg x1000"),
            (&["t_s", "left_g"], "t_s x1 | left_g x1"),
            (&["t_s", "smoothed_weight_g", "weight_g", "flow_g"], "t_s x1 | weight_g x1"),
            (
                &["espresso_elapsed", "espresso_weight", "espresso_flow_weight"],
                "espresso_elapsed x1 | espresso_weight x1",
            ),
            (&["Zeit", "Gewicht"], "Zeit x1 | Gewicht x1"),
        ] {
            assert_eq!(said(names), header);
        }
    }

    #[test]
    fn what_is_not_said_is_asked() {
        for (names, problem) in [
            (
                &["mass_g"][..],
                "x.csv has no column for the time. Its columns are: \"mass_g\". Name one of them t_s",
            ),
            (
                &["t_s", "flow"],
                "no column for the mass. Its columns are: \"t_s, flow\". Name one of them mass_g",
            ),
            (
                &["t_s", "weight_g", "weight_oz"],
                "several columns for the mass: weight_g, weight_oz. Name the one",
            ),
            (
                &["time (h)", "mass_g"],
                "column \"time (h)\": \"h\" is no unit I know for a time; write it in s, ms or min",
            ),
            (&["t_s", "mass (st)"], "\"st\" is no unit I know for a mass; write it in g, kg, oz or lb"),
        ] {
            assert!(said(names).contains(problem), "{}", said(names));
        }
    }
}
