//! The milk that was put by: what is left of it, which to use first, and until when.
//!
//! Bags come and go in the journal. A bag that was taken out is the one with its label; without one, the oldest that fits its
//! place and amount; else the oldest. Milk is used oldest first.
//!
//! How long milk keeps, for a healthy baby born at term, at home: 4 h at room temperature, 4 days in the fridge, best within 6
//! months in the freezer and at most 12; thawed in the fridge 24 h, and never frozen again (CDC; ABM protocol 8, 2017, doi
//! 10.1089/bfm.2017.29047.aje).

use crate::visible::visible;
use jiff::ToSpan;
use letdown_journal::{
    body::{Bag, Body, Place, Way},
    fold::Folded,
    moment::Moment,
    volume::Volume,
};
use serde::Serialize;

/// The milk that is put by.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stash {
    /// Milk in all bags of which the amount is known (mL).
    pub held_ml: f64,
    /// The bags that are left, the first to use first.
    pub bags: Vec<Held>,
    /// In plain words.
    pub says: String,
}

/// A bag that is left.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Held {
    /// The entry that put it by.
    pub root: String,
    /// How much (mL).
    pub ml: Option<f64>,
    /// Where it is kept; the freezer where that was not said.
    pub place: String,
    /// What is written on it.
    pub label: Option<String>,
    /// The day it was put by.
    pub put_by: String,
    /// Until when it is at its best.
    pub best_by: String,
    /// Until when it can be used.
    pub use_by: String,
    /// Whether that is past.
    pub over: bool,
}

/// Two amounts within this are one bag (mL).
const ALIKE_ML: f64 = 1.0;

/// What is left of the milk that was put by; `None` where no bag was ever logged.
pub fn stash(journal: &Folded, now: &Moment) -> Option<Stash> {
    let mut left: Vec<(String, Bag)> = Vec::new();
    let mut any = false;
    for (root, body) in visible(journal, now) {
        let Body::Bag(bag) = body else { continue };
        any = true;
        if bag.way == Way::In {
            left.push((root.to_string(), bag));
        } else if let Some(at) = taken(&left, &bag) {
            left.remove(at);
        }
    }
    let mut bags: Vec<Held> = left.iter().map(|(root, bag)| held(root, bag, now)).collect();
    bags.sort_by(|a, b| (a.over, &a.use_by, &a.root).cmp(&(b.over, &b.use_by, &b.root)));
    let held_ml = bags.iter().filter(|bag| !bag.over).filter_map(|bag| bag.ml).sum();
    let says = says(&bags, held_ml);
    any.then_some(Stash { held_ml, bags, says })
}

/// Which of the bags was taken out.
fn taken(left: &[(String, Bag)], out: &Bag) -> Option<usize> {
    let same_label = |bag: &Bag| out.label.is_some() && bag.label == out.label;
    let same_place = |bag: &Bag| out.place.is_none() || bag.place == out.place;
    let alike = |bag: &Bag| match (ml(bag), ml(out)) {
        (Some(a), Some(b)) => (a - b).abs() <= ALIKE_ML,
        _ => out.volume.is_none(),
    };
    let find = |fits: &dyn Fn(&Bag) -> bool| left.iter().position(|(_, bag)| fits(bag));
    find(&same_label)
        .or_else(|| find(&|bag| same_place(bag) && alike(bag)))
        .or_else(|| find(&same_place))
        .or_else(|| find(&|_| true))
}

fn ml(bag: &Bag) -> Option<f64> {
    bag.volume.as_ref().map(Volume::as_ml)
}

fn held(root: &str, bag: &Bag, now: &Moment) -> Held {
    let place = bag.place.clone().unwrap_or(Place::Freezer);
    let (best, most) = match place {
        Place::Room => (4.hours(), 4.hours()),
        Place::Fridge => (4.days(), 4.days()),
        _ => (6.months(), 12.months()),
    };
    let from = &bag.start;
    let until = |span| from.checked_add(span).unwrap_or_else(|_| from.clone());
    let (best, most) = (until(best), until(most));
    let over = most.timestamp() < now.timestamp();
    let told = |at: &Moment| match place {
        Place::Room => at.strftime("%Y-%m-%d %H:%M").to_string(),
        _ => at.date().to_string(),
    };
    Held {
        root: root.to_owned(),
        ml: ml(bag),
        place: place.as_str().to_owned(),
        label: bag.label.clone(),
        put_by: from.date().to_string(),
        best_by: told(&best),
        use_by: told(&most),
        over,
    }
}

fn says(bags: &[Held], held_ml: f64) -> String {
    let good: Vec<&Held> = bags.iter().filter(|bag| !bag.over).collect();
    let past = bags.len() - good.len();
    let Some(first) = good.first() else {
        return if past == 0 { "Nothing is put by now.".into() } else { past_its_time(past) };
    };
    let count = if good.len() == 1 { "1 bag".to_owned() } else { format!("{} bags", good.len()) };
    let amount = first.ml.map_or_else(String::new, |ml| format!("{ml:.0} mL "));
    let name = first.label.as_ref().map_or_else(String::new, |label| format!(", \u{201c}{label}\u{201d}"));
    let best = if first.best_by == first.use_by {
        format!("good until {}", first.use_by)
    } else {
        format!("at its best until {}, good until {}", first.best_by, first.use_by)
    };
    let past = if past == 0 { String::new() } else { format!(" {}", past_its_time(past)) };
    format!(
        "Put by: {held_ml:.0} mL in {count}. Use first the {amount}of {}{name} ({}, {best}). Thaw overnight in the fridge, use it \
         within 24 hours of thawing, and do not freeze it again.{past}",
        first.put_by, first.place
    )
}

fn past_its_time(bags: usize) -> String {
    let which = if bags == 1 { "1 bag is".to_owned() } else { format!("{bags} bags are") };
    format!("{which} past the time that milk keeps; if it was used, log it as taken out.")
}
