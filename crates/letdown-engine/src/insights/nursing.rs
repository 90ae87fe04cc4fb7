//! What a log of nursings can say without volumes, and what it cannot.
//!
//! What a baby *must have drunk* to grow as it did, in balance:
//!
//! ```text
//! milk (mL/day) = (w W + g G) / (0.65 kcal/g * 1.03 g/mL)        W weight (kg), G gain (g/day)
//! w = 63 kcal/kg at 1 month to 73 at 6      g = 5.5 kcal/g to 3 months, then falling to 2.5 at 6
//! ```
//!
//! from the energy that babies need (Butte 2005, doi 10.1079/phn2005790: 460 kJ/kg a day at 1 month and 339 at 6, of this
//! 40 % laid down at 1 month), a little lower for babies at the breast; split and interpolated by us, hence a wide range
//! (log sd 0.18). Only where no bottle was logged between the two weights, and to six months.

use super::{
    given::Given,
    known::{count, mean_sd},
};
use crate::{
    Range,
    numbers::{median, tenth},
    observed::Session,
};
use jiff::civil::Date;
use letdown_journal::body::{Body, Nurse, Side, Weight};
use letdown_model::random::Random;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What nursings say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nursing {
    /// Nursings of the last 28 days.
    pub n: usize,
    /// Days of them with a nursing.
    pub days: usize,
    /// Nursings a day: mean over these days, and how far days differ (sd).
    pub feeds_per_day: Option<[f64; 2]>,
    /// Their length (min), where it is logged.
    pub minutes: Option<f64>,
    /// The longest time between two, usually (h).
    pub longest_gap_h: Option<f64>,
    /// Minutes at the left breast, of all whose side is known (0 to 1).
    pub left_share: Option<f64>,
    /// What babies drank at weighed feeds (mL): intake.
    pub weighed: Option<Weighed>,
    /// What a baby that only nursed must have drunk to grow as it did (mL/day): intake.
    pub needed: Option<Needed>,
    /// The whole in plain words.
    pub says: String,
}

/// Weighed feeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Weighed {
    /// How many.
    pub n: usize,
    /// Intake of one (mL): mean.
    pub intake_ml: f64,
}

/// What growth needed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Needed {
    /// From this day ...
    pub from: String,
    /// ... to that one.
    pub to: String,
    /// Gain (g/day).
    pub gain_g_per_day: f64,
    /// Intake (mL/day).
    pub intake_ml_per_day: Range,
}

const DAYS: i32 = 28;
const SPREAD: f64 = 0.18;
const SAMPLES: usize = 1000;
const SEED: u64 = 20_261_127;
const KCAL_PER_ML: f64 = 0.65 * 1.03;
/// How well a baby's weight is known, clothes and feeds included (g).
const WEIGHT_SD_G: f64 = 60.0;
/// A baby whose day of birth is not known, and that weighs more, may eat other things (g).
const UNBORN_MOST_G: f64 = 7_500.0;

/// What nursings say, and equally likely intakes (mL/day) where growth tells them.
pub(super) fn nursing(given: &Given<'_>) -> (Nursing, Option<Vec<f64>>) {
    // The newest four weeks of the log, not of the calendar: an old log is told as it was.
    let newest = given.nursings().map(|n| n.start.date()).max();
    let recent: Vec<&Nurse> = given
        .nursings()
        .filter(|n| newest.is_some_and(|newest| (newest - n.start.date()).get_days() < DAYS))
        .collect();
    let days: BTreeSet<Date> = recent.iter().map(|n| n.start.date()).collect();
    let needed = needed(given);
    let mut nursing = Nursing {
        n: recent.len(),
        days: days.len(),
        feeds_per_day: feeds_per_day(&recent),
        minutes: median(&mut recent.iter().filter_map(|n| n.length_min()).collect::<Vec<_>>()).map(tenth),
        longest_gap_h: longest_gap_h(given, &days),
        left_share: left_share(&recent),
        weighed: weighed(given),
        needed: needed.as_ref().map(|(needed, _)| needed.clone()),
        says: String::new(),
    };
    nursing.says = says(&nursing, given);
    (nursing, needed.map(|(_, ml)| ml))
}

fn feeds_per_day(recent: &[&Nurse]) -> Option<[f64; 2]> {
    let mut per_day: BTreeMap<Date, f64> = BTreeMap::new();
    for nurse in recent {
        *per_day.entry(nurse.start.date()).or_default() += 1.0;
    }
    // The first and the last day are rarely whole.
    let whole: Vec<f64> = per_day.values().copied().skip(1).collect();
    let whole = &whole[..whole.len().saturating_sub(1)];
    let (mean, sd) = mean_sd(whole);
    (whole.len() >= 3).then(|| [tenth(mean), tenth(sd)])
}

/// The usual longest time between two sessions of a day and its night (h).
fn longest_gap_h(given: &Given<'_>, days: &BTreeSet<Date>) -> Option<f64> {
    let mut longest: BTreeMap<Date, f64> = BTreeMap::new();
    let sessions: Vec<&Session> =
        given.observed.sessions.iter().filter(|s| days.contains(&s.day())).collect();
    for pair in sessions.windows(2) {
        let gap_h = crate::observed::hours(pair[0].at.timestamp(), pair[1].at.timestamp());
        let day = longest.entry(pair[1].day()).or_default();
        *day = day.max(gap_h);
    }
    let mut usual = longest.into_values().filter(|h| *h < 24.0).collect::<Vec<_>>();
    if usual.len() < 3 { None } else { median(&mut usual).map(tenth) }
}

fn left_share(recent: &[&Nurse]) -> Option<f64> {
    let mut minutes = [0.0, 0.0];
    for stint in recent.iter().flat_map(|n| &n.stints) {
        minutes[usize::from(stint.side == Side::Right)] += stint.minutes.unwrap_or(0.0);
    }
    let whole = minutes[0] + minutes[1];
    (whole >= 60.0).then(|| crate::numbers::thousandth(minutes[0] / whole))
}

fn weighed(given: &Given<'_>) -> Option<Weighed> {
    let ml: Vec<f64> = given.nursings().filter_map(Nurse::intake_ml).collect();
    (!ml.is_empty()).then(|| Weighed { n: ml.len(), intake_ml: tenth(mean_sd(&ml).0) })
}

/// The newest two weights between which milk from the breast was all that is logged.
fn needed(given: &Given<'_>) -> Option<(Needed, Vec<f64>)> {
    let weights: Vec<&Weight> = given.weights().collect();
    weights.iter().rev().find_map(|newest| {
        let same = |w: &&&Weight| w.baby == newest.baby;
        let apart = |w: &&&Weight| (10..=60).contains(&(newest.start.date() - w.start.date()).get_days());
        let earlier = weights.iter().filter(same).find(|w| apart(w))?;
        between(given, earlier, newest)
    })
}

fn between(given: &Given<'_>, earlier: &Weight, newest: &Weight) -> Option<(Needed, Vec<f64>)> {
    let (from, to) = (earlier.start.date(), newest.start.date());
    let within = |at: Date| from <= at && at <= to;
    let bottles = given.bottles().filter(|b| within(b.start.date())).count();
    let fed: BTreeSet<Date> = given.nursings().map(|n| n.start.date()).filter(|at| within(*at)).collect();
    let days = f64::from((to - from).get_days());
    // A log with holes, or with bottles, does not say what was drunk at the breast.
    if bottles > 0 || (fed.len() as f64) < 0.9 * days {
        return None;
    }
    let months = born(given, newest).map(|born| f64::from((to - born).get_days()) / 30.4);
    let is_small = months.map_or(newest.weight_g <= UNBORN_MOST_G, |months| (0.3..=6.5).contains(&months));
    if !is_small {
        return None;
    }
    let gain = (newest.weight_g - earlier.weight_g) / days;
    let kg = 0.5 * (newest.weight_g + earlier.weight_g) / 1000.0;
    let mut random = Random::seeded(SEED);
    let mut ml: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            // Where the day of birth is not known, any age up to six months may be the baby's.
            let months = months.unwrap_or_else(|| 0.5 + 5.5 * random.uniform());
            let gain = gain + WEIGHT_SD_G * std::f64::consts::SQRT_2 / days * random.normal();
            let spread = (SPREAD * random.normal()).exp();
            (spread * (kg * upkeep(months) + gain.max(0.0) * growth(months)) / KCAL_PER_ML).max(0.0)
        })
        .collect();
    let needed = Needed {
        from: from.to_string(),
        to: to.to_string(),
        gain_g_per_day: tenth(gain),
        intake_ml_per_day: Range::of_samples(&mut ml),
    };
    Some((needed, ml))
}

/// Energy that a day takes without growth (kcal/kg).
fn upkeep(months: f64) -> f64 {
    63.0 + 2.0 * (months - 1.0).clamp(0.0, 5.0)
}

/// Energy laid down in a gram of growth (kcal/g).
fn growth(months: f64) -> f64 {
    5.5 - (months - 3.0).clamp(0.0, 3.0)
}

/// The day of birth: as it was written down.
fn born(given: &Given<'_>, weight: &Weight) -> Option<Date> {
    let babies = given.bodies.iter().filter_map(|(_, b)| if let Body::Baby(b) = b { Some(b) } else { None });
    let babies: Vec<_> = babies.filter(|b| b.born.is_some()).collect();
    let named = babies.iter().find(|b| b.name.is_some() && b.name == weight.baby);
    named.or(if babies.len() == 1 { babies.first() } else { None })?.born
}

fn says(nursing: &Nursing, given: &Given<'_>) -> String {
    let volumes = given.observed.trusted_outputs_ml().len();
    if nursing.n == 0 {
        return "No nursings are logged.".into();
    }
    let mut said = Vec::new();
    if let Some([mean, sd]) = nursing.feeds_per_day {
        said.push(format!("About {mean:.0} nursings a day, give or take {:.0}.", sd.max(1.0)));
    }
    if let Some(hours) = nursing.longest_gap_h {
        said.push(format!("The longest time between two is usually {hours:.0} h."));
    }
    if let Some(weighed) = &nursing.weighed {
        said.push(format!(
            "Weighed feeds brought {:.0} mL on average ({}).",
            weighed.intake_ml,
            count(weighed.n, "feed")
        ));
    }
    if let Some(needed) = &nursing.needed {
        let range = &needed.intake_ml_per_day;
        said.push(format!(
            "To gain {:.0} g a day from {} to {}, on your milk alone, takes about {} drunk a day (likely {} to {}).",
            needed.gain_g_per_day,
            needed.from,
            needed.to,
            crate::numbers::about_ml(range.p50),
            crate::numbers::about_ml(range.p10),
            crate::numbers::about_ml(range.p90)
        ));
    } else if nursing.weighed.is_none() {
        said.push(
            "What your baby drinks is not known: a weighed feed, or two weights ten days apart with no bottle between them, \
             would tell."
                .into(),
        );
    }
    if volumes == 0 {
        said.push("Your log holds no volumes, so supply per breast cannot be known.".into());
    }
    said.join(" ")
}
