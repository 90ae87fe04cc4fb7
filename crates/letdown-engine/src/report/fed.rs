//! What babies drank, and how they were fed. Everything here is intake; nothing of it is output.

use super::{
    given::{Child, Given},
    seen::Seen,
};
use crate::{
    insights::{Insights, Needed},
    numbers::tenth,
};
use jiff::civil::Date;
use letdown_journal::{
    body::{Body, Bottle, Nurse},
    volume::Intake,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What babies drank, over the days that the page looks at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fed {
    /// Drunk from bottles in a day, all babies together (mL), of days on which every bottle has an amount.
    pub bottle_ml_per_day: Option<Seen>,
    /// Bottles a day, all babies together.
    pub bottles_per_day: Option<Seen>,
    /// What was in them.
    pub milks: Vec<MilkFed>,
    /// Days on which a bottle lacks its amount.
    pub days_in_part: usize,
    /// Drunk at a weighed feed (mL).
    pub weighed_ml: Option<Seen>,
    /// Minutes of a nursing.
    pub nursing_minutes: Option<Seen>,
    /// Of the minutes at the breast, those at the left one (0 to 1), over the newest four weeks with nursings.
    pub left_share: Option<f64>,
    /// What a baby that only nursed must have drunk to grow as it did (mL a day).
    pub needed: Option<Needed>,
    /// The same by baby, where there are several.
    pub babies: Vec<BabyFed>,
}

/// What was in bottles.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MilkFed {
    /// `expressed`, `fortified`, `formula`, `unknown`.
    pub milk: String,
    /// Of what was drunk from bottles, its share (0 to 1).
    pub share: f64,
}

/// How one baby was fed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BabyFed {
    /// Its name.
    pub name: Option<String>,
    /// Nursings a day.
    pub nursings_per_day: Option<Seen>,
    /// Bottles a day.
    pub bottles_per_day: Option<Seen>,
    /// Drunk from bottles in a day (mL).
    pub bottle_ml_per_day: Option<Seen>,
    /// Drunk at a weighed feed (mL).
    pub weighed_ml: Option<Seen>,
}

/// Feeds of one baby, or of all.
struct Feeds<'a> {
    bottles: Vec<(&'a Bottle, bool)>,
    nursings: Vec<(&'a Nurse, bool)>,
    logged: &'a BTreeSet<Date>,
}

pub(super) fn fed(given: &Given<'_>, told: &Insights) -> Fed {
    let all = Feeds::of(given, |_| true);
    let (ml_per_day, days_in_part) = all.bottle_ml_per_day();
    let several = given.children.len() > 1;
    Fed {
        bottle_ml_per_day: Seen::of(ml_per_day),
        bottles_per_day: all.bottles_per_day(),
        milks: all.milks(),
        days_in_part,
        weighed_ml: all.weighed_ml(),
        nursing_minutes: Seen::of(all.nursings.iter().filter_map(|(n, _)| n.length_min()).collect()),
        left_share: told.nursing.left_share,
        needed: told.nursing.needed.clone(),
        babies: if several { given.children.iter().map(|c| of_baby(given, c)).collect() } else { Vec::new() },
    }
}

fn of_baby(given: &Given<'_>, child: &Child) -> BabyFed {
    let feeds = Feeds::of(given, |named| child.is(named));
    BabyFed {
        name: child.name.clone(),
        nursings_per_day: feeds.nursings_per_day(),
        bottles_per_day: feeds.bottles_per_day(),
        bottle_ml_per_day: Seen::of(feeds.bottle_ml_per_day().0),
        weighed_ml: feeds.weighed_ml(),
    }
}

impl<'a> Feeds<'a> {
    fn of(given: &'a Given<'_>, is: impl Fn(Option<&str>) -> bool) -> Self {
        let mut feeds = Self { bottles: Vec::new(), nursings: Vec::new(), logged: &given.logged };
        for body in given.within(given.days) {
            match body {
                Body::Bottle(b) if is(b.baby.as_deref()) => feeds.bottles.push((b, given.trusted(body))),
                Body::Nurse(n) if is(n.baby.as_deref()) => feeds.nursings.push((n, given.trusted(body))),
                _ => {}
            }
        }
        feeds
    }

    /// How many a day, days without one counted where milk was logged on them.
    fn per_day(&self, days: impl Iterator<Item = Date>) -> Option<Seen> {
        let mut counts: BTreeMap<Date, f64> = self.logged.iter().map(|day| (*day, 0.0)).collect();
        let mut any = false;
        for day in days {
            *counts.entry(day).or_default() += 1.0;
            any = true;
        }
        any.then(|| Seen::of(counts.into_values().collect())).flatten()
    }

    fn bottles_per_day(&self) -> Option<Seen> {
        self.per_day(self.bottles.iter().map(|(b, _)| b.start.date()))
    }

    fn nursings_per_day(&self) -> Option<Seen> {
        self.per_day(self.nursings.iter().map(|(n, _)| n.start.date()))
    }

    /// Drunk from bottles on each day of which every bottle has an amount (mL), and how many days have not.
    fn bottle_ml_per_day(&self) -> (Vec<f64>, usize) {
        if self.bottles.is_empty() {
            return (Vec::new(), 0);
        }
        let mut days: BTreeMap<Date, Option<f64>> = self.logged.iter().map(|day| (*day, Some(0.0))).collect();
        for (bottle, trusted) in &self.bottles {
            let sum = days.entry(bottle.start.date()).or_insert(Some(0.0));
            let ml = bottle.intake.as_ref().filter(|_| *trusted).map(Intake::as_ml);
            *sum = sum.zip(ml).map(|(sum, ml)| sum + ml);
        }
        let whole: Vec<f64> = days.values().flatten().copied().collect();
        let in_part = days.len() - whole.len();
        (whole, in_part)
    }

    fn milks(&self) -> Vec<MilkFed> {
        let mut by_milk: BTreeMap<&str, f64> = BTreeMap::new();
        for (bottle, trusted) in &self.bottles {
            let ml = bottle.intake.as_ref().filter(|_| *trusted).map_or(0.0, Intake::as_ml);
            *by_milk.entry(bottle.milk.as_str()).or_default() += ml;
        }
        let whole: f64 = by_milk.values().sum();
        let share = |(milk, ml): (&str, f64)| MilkFed {
            milk: milk.to_owned(),
            share: crate::numbers::thousandth(ml / whole),
        };
        let mut milks: Vec<MilkFed> = by_milk.into_iter().filter(|(_, ml)| *ml > 0.0).map(share).collect();
        milks.sort_by(|a, b| b.share.total_cmp(&a.share));
        milks
    }

    fn weighed_ml(&self) -> Option<Seen> {
        let trusted = self.nursings.iter().filter(|(n, trusted)| *trusted && n.weighed.is_some());
        Seen::of(trusted.filter_map(|(n, _)| n.intake_ml()).map(tenth).collect())
    }
}
