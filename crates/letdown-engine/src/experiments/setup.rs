//! One comparison as its file declares it: a scenario, what is changed in it, what is measured.

use super::measure::{Measure, Over, Window};
use crate::{
    EngineError,
    scenario::{Keys, Scenario, Sitting},
};
use toml::{Table, Value};

/// A scenario in up to four forms, and what is measured in each woman.
#[derive(Clone, Debug)]
pub struct Setup {
    id: String,
    /// As it stands, changed, both with the mechanism switched off: as many as are declared, in that order.
    forms: Vec<Form>,
    measure: Measure,
    over: Over,
    compare: Compare,
    window: Window,
    /// The days at which changed forms are looked at, when those are others.
    changed_window: Window,
    mothers: u32,
    seed: u64,
}

#[derive(Clone, Debug)]
enum Form {
    Session(Box<Sitting>),
    Weeks(Box<Scenario>),
}

/// How the changed form is held against the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// There is only one form.
    Alone,
    /// Changed divided by unchanged.
    Ratio,
    /// Changed minus unchanged.
    Difference,
    /// Changed against unchanged (%).
    Percent,
}

const COMPARES: [(&str, Compare); 3] =
    [("ratio", Compare::Ratio), ("difference", Compare::Difference), ("percent", Compare::Percent)];

impl Setup {
    pub(super) fn read(id: &str, keys: &Keys<'_>) -> Result<Self, EngineError> {
        let part = |key: &'static str| keys.value(key).and_then(Value::as_table);
        let (session, weeks) = (part("session"), part("weeks"));
        let form = |table: &Table| -> Result<Form, EngineError> {
            let inner = Keys::of(table, "");
            Ok(if weeks.is_some() {
                Form::Weeks(Box::new(Scenario::of(&inner)?))
            } else {
                Form::Session(Box::new(Sitting::of(&inner)?))
            })
        };
        let base = session.or(weeks).ok_or_else(|| keys.refuse("session", "say [session] or [weeks]"))?;
        let changed = part("changed").map(|over| merged(base, over));
        let changed_is_none = changed.is_none();
        let off = part("off");
        let mut tables = vec![base.clone()];
        tables.extend(changed.clone());
        if let Some(off) = off {
            tables.push(merged(base, off));
            tables.extend(changed.map(|changed| merged(&changed, off)));
        }
        let compare = keys.choice("compare", &COMPARES)?.unwrap_or(Compare::Alone);
        if (compare == Compare::Alone) != changed_is_none {
            return Err(keys.refuse(
                "compare",
                "a ratio, a difference or a percent needs [changed], and [changed] needs one of them",
            ));
        }
        Ok(Self {
            id: id.to_owned(),
            forms: tables.iter().map(form).collect::<Result<_, _>>()?,
            measure: Measure::read(keys)?,
            over: Over::read(keys)?,
            compare,
            window: Window::read(keys)?,
            changed_window: Window::read(keys)?.on(keys.whole(
                "changed_every_week_on",
                0,
                6,
                "days into the week",
            )?),
            mothers: keys.whole("mothers", 1, 10_000, "women")?.unwrap_or(200),
            seed: u64::from(keys.whole("seed", 0, 1_000_000, "")?.unwrap_or(1)),
        })
    }

    /// Which form is the first one with the mechanism switched off.
    pub(super) fn first_off(&self) -> usize {
        if self.compare == Compare::Alone { 1 } else { 2 }
    }

    /// How many forms there are.
    pub(super) fn forms(&self) -> usize {
        self.forms.len()
    }

    /// Its name.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many women it is set up with.
    pub fn mothers(&self) -> u32 {
        self.mothers
    }

    /// What is measured in one woman, form by form. The same woman and the same chances meet every form.
    pub fn one(&self, woman: u32) -> Vec<f64> {
        let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(woman));
        let window = |i: usize| if i % 2 == 1 { &self.changed_window } else { &self.window };
        self.forms.iter().enumerate().map(|(i, form)| self.measured(form, window(i), seed)).collect()
    }

    fn measured(&self, form: &Form, window: &Window, seed: u64) -> f64 {
        match form {
            Form::Session(sitting) => self.measure.of_session(sitting, seed),
            Form::Weeks(scenario) => {
                let lived = scenario.live(seed, &[], self.mothers > 1);
                self.measure.of_weeks(&lived, window)
            }
        }
    }

    /// The comparison of two forms over all women: their values, woman by woman.
    pub(super) fn compared(&self, women: &[&Vec<f64>], first: usize) -> f64 {
        let over = |form: usize| {
            let values: Vec<f64> = women.iter().map(|w| w[form]).filter(|v| v.is_finite()).collect();
            self.over.of(&values)
        };
        match self.compare {
            Compare::Alone => over(first),
            Compare::Ratio => over(first + 1) / over(first),
            Compare::Difference => over(first + 1) - over(first),
            Compare::Percent => 100.0 * (over(first + 1) / over(first) - 1.0),
        }
    }
}

/// A scenario with some keys set otherwise. Values of a woman are added to those she has.
fn merged(base: &Table, over: &Table) -> Table {
    let mut table = base.clone();
    for (key, value) in over {
        let merged = match (table.get(key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => Value::Table(merged(old, new)),
            (Some(Value::String(from)), Value::Table(new)) if key == "mother" => {
                let mut mother = new.clone();
                mother.insert("from".to_owned(), Value::String(from.clone()));
                Value::Table(mother)
            }
            _ => value.clone(),
        };
        table.insert(key.clone(), merged);
    }
    table
}
