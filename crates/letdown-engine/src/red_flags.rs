//! Where advice about supply stops, and whom to ask then. Logging never stops.
//!
//! | what the log says | from |
//! |---|---|
//! | a newborn weighs less than 90 % of its birth weight | two weights, to day 14 |
//! | not back at birth weight | a weight from day 14 to 90 |
//! | less than 20 g a day | two weights 7 to 30 days apart, to day 91 |
//! | fewer than 5 wet diapers a day after day 6 | three whole days with diapers, to day 180 |
//! | fever of 38.5 °C or more with a sore breast | symptoms of 48 h |
//! | four sessions in 24 h without milk | volumes of 24 h |
//! | for more pumping only: a hard, red or sore breast; 1,500 mL a day and more | symptoms of 48 h; volumes of 7 days |
//!
//! The limits are those of common guidance for newborns, stated in `docs/safety.md`. That no flag is raised says nothing:
//! a log holds what was written down.

use crate::{
    observed::{Observed, hours},
    today::no_milk_today,
    visible::visible,
};
use jiff::civil::Date;
use letdown_journal::{
    body::{Baby, Body, Diaper, Symptom, SymptomKind, Weight, multiples},
    fold::Folded,
};
use std::collections::BTreeMap;

/// Why no advice about supply is given now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RedFlags {
    /// Sentences that stop every advice about supply.
    pub always: Vec<String>,
    /// Sentences that stop every advice about supply but that on weaning.
    pub unless_weaning: Vec<String>,
    /// Sentences that stop advice to pump more.
    pub more_pumping: Vec<String>,
    /// Whether a hard, red or sore breast was logged.
    pub sore: bool,
}

const LOST_SHARE: f64 = 0.10;
const GAIN_G_PER_DAY: f64 = 20.0;
const WET_A_DAY: usize = 5;
const FEVER_C: f64 = 38.5;
const SYMPTOM_H: f64 = 48.0;
const MUCH_ML_PER_DAY: f64 = 1_500.0;

/// The red flags in a journal.
pub fn red_flags(journal: &Folded, observed: &Observed) -> RedFlags {
    let bodies = visible(journal, &observed.now);
    let today = observed.now.date();
    let mut flags = RedFlags::default();
    let babies: Vec<&Baby> =
        bodies.iter().filter_map(|(_, b)| if let Body::Baby(b) = b { Some(b) } else { None }).collect();
    for baby in &babies {
        let only = babies.len() == 1;
        let Some(born) = baby.born else { continue };
        let is_hers = |name: &Option<String>| *name == baby.name || (only && name.is_none());
        let weights: Vec<&Weight> = bodies
            .iter()
            .filter_map(|(_, b)| if let Body::Weight(w) = b { Some(w) } else { None })
            .filter(|w| is_hers(&w.baby))
            .collect();
        flags.always.extend(weighed(baby, born, &weights, today));
        let diapers = bodies.iter().filter_map(|(_, b)| if let Body::Diaper(d) = b { Some(d) } else { None });
        flags.always.extend(wet(born, diapers.filter(|d| is_hers(&d.baby)), today));
    }
    let recent = |s: &&Symptom| hours(s.start.timestamp(), observed.now.timestamp()) <= SYMPTOM_H;
    let symptoms = bodies.iter().filter_map(|(_, b)| if let Body::Symptom(s) = b { Some(s) } else { None });
    flags.feel(&symptoms.filter(recent).collect::<Vec<_>>());
    if no_milk_today(observed) {
        flags.unless_weaning.push(
            "Four or more sessions in 24 hours brought no milk. If you are not weaning, please talk to a midwife, a \
             lactation consultant or a doctor today."
                .into(),
        );
    }
    let twins = babies.iter().map(|baby| (*baby).clone()).collect::<Vec<Baby>>();
    if multiples(&twins).unwrap_or(1) < 2
        && recent_ml_per_day(observed).is_some_and(|ml| ml >= MUCH_ML_PER_DAY)
    {
        flags.more_pumping.push(
            "You already pump a great deal of milk. Please talk to a lactation consultant before you add pumping."
                .into(),
        );
    }
    flags
}

impl RedFlags {
    /// The sentences for a change; `more` when it asks for more at the pump.
    pub fn for_a_change(&self, more: bool) -> Vec<String> {
        let more_pumping = self.more_pumping.iter().filter(|_| more);
        self.always.iter().chain(&self.unless_weaning).chain(more_pumping).cloned().collect()
    }

    fn feel(&mut self, symptoms: &[&Symptom]) {
        let is_breast = |s: &&&Symptom| {
            matches!(s.what, SymptomKind::Engorgement | SymptomKind::BlockedDuct | SymptomKind::Redness)
        };
        let sore = symptoms.iter().any(|s| is_breast(&s));
        let hottest = symptoms.iter().filter_map(|s| s.temperature_c).fold(f64::NEG_INFINITY, f64::max);
        if sore && hottest >= FEVER_C {
            self.always.push(
                "You logged a fever and a sore breast. Please call a doctor or a midwife today; you can go on feeding or \
                 pumping as you do."
                    .into(),
            );
        }
        self.sore = sore;
        if sore {
            self.more_pumping.push(
                "You logged a hard, red or sore breast. More pumping is not the help for that; please ask a midwife or a \
                 lactation consultant first."
                    .into(),
            );
        }
    }
}

fn weighed(baby: &Baby, born: Date, weights: &[&Weight], today: Date) -> Option<String> {
    let age = |w: &Weight| (w.start.date() - born).get_days();
    let name = baby.name.as_deref().unwrap_or("your baby");
    let call = "Please call a midwife or a pediatrician today.";
    let first = weights.iter().find(|w| age(w) == 0).map(|w| w.weight_g);
    let newest = weights.last()?;
    if (today - newest.start.date()).get_days() > 7 {
        return None;
    }
    if let Some(birth_g) = baby.birth_weight_g.or(first) {
        if age(newest) <= 14 && newest.weight_g < (1.0 - LOST_SHARE) * birth_g {
            return Some(format!("By your log {name} weighs over a tenth less than at birth. {call}"));
        }
        if (14..=90).contains(&age(newest)) && newest.weight_g < birth_g {
            return Some(format!("By your log {name} is not back at the weight of birth. {call}"));
        }
    }
    let apart = |w: &&&Weight| (7..=30).contains(&(newest.start.date() - w.start.date()).get_days());
    let earlier = weights.iter().rev().find(|w| apart(w) && age(w) >= 5)?;
    let days = f64::from((newest.start.date() - earlier.start.date()).get_days());
    let gain = (newest.weight_g - earlier.weight_g) / days;
    let slow = age(newest) < 91 && gain < GAIN_G_PER_DAY;
    slow.then(|| format!("By your log {name} gained {gain:.0} g a day. {call}"))
}

fn wet<'a>(born: Date, diapers: impl Iterator<Item = &'a Diaper>, today: Date) -> Option<String> {
    let age = (today - born).get_days();
    if !(8..=180).contains(&age) {
        return None;
    }
    // Days back: how many diapers, and of these how many wet.
    let mut days: BTreeMap<i32, (usize, usize)> = BTreeMap::new();
    for diaper in diapers {
        let day = days.entry((today - diaper.start.date()).get_days()).or_default();
        day.0 += 1;
        day.1 += usize::from(diaper.wet);
    }
    let is_kept = (1..=3).all(|back| days.get(&back).is_some_and(|(all, _)| *all >= 2));
    let (_, wet) = days.get(&1)?;
    (is_kept && *wet < WET_A_DAY).then(|| {
        format!(
            "Your log holds {wet} wet diapers of yesterday. If there were no more, please call a midwife or a pediatrician \
             today."
        )
    })
}

/// Output a day over the last 7 days, where most of them hold volumes (mL).
fn recent_ml_per_day(observed: &Observed) -> Option<f64> {
    let mut days: BTreeMap<Date, f64> = BTreeMap::new();
    for session in &observed.sessions {
        let back = (observed.now.date() - session.day()).get_days();
        if let Some(ml) = session.output_ml().filter(|_| (1..=7).contains(&back) && !session.doubtful) {
            *days.entry(session.day()).or_default() += ml;
        }
    }
    (days.len() >= 5).then(|| days.values().sum::<f64>() / days.len() as f64)
}
