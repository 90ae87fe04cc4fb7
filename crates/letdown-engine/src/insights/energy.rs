//! What her milk costs her in energy, and where that comes from: `letdown_model::energy`, with what is not known about it.

use super::given::Given;
use crate::{
    Range,
    habit::{Habit, coming},
    observed::hours,
};
use letdown_model::{
    energy::{DENSITY_G_PER_ML, EFFICIENCY, KCAL_PER_G, STORES_KCAL_PER_DAY},
    random::Random,
};
use serde::Serialize;

/// The energy of a day of milk (kcal).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Energy {
    /// All of it.
    pub kcal_per_day: Option<Range>,
    /// Of this from food.
    pub food: Option<Range>,
    /// Of this from what her body laid down before the birth.
    pub stores: Option<Range>,
    /// The milk it is reckoned from: `made` by the twin, `pumped` as logged, `growth` of the baby; `null` where none is
    /// known.
    pub from: Option<&'static str>,
    /// The whole in plain words.
    pub says: String,
}

/// How little each number is known (log sd).
const KCAL_SD: f64 = 0.05;
const EFFICIENCY_SD: f64 = 0.08;
/// Judged: women differ widely in what they take from stores.
const STORES_SD: f64 = 0.35;
const SAMPLES: usize = 1000;
const SEED: u64 = 20_261_126;

/// What a day of her milk costs; `growth_ml` what a baby that only nurses must have drunk to grow as it did (mL/day).
pub(super) fn energy(given: &Given<'_>, growth_ml: Option<&[f64]>) -> Energy {
    let made = made_ml(given).map(|ml| ("made", ml));
    let growth = growth_ml.map(|ml| ("growth", ml.to_vec()));
    let pumped = pumped_ml(given).map(|ml| ("pumped", ml));
    let Some((from, ml)) = made.or(growth).or(pumped) else {
        return Energy {
            kcal_per_day: None,
            food: None,
            stores: None,
            from: None,
            says: "What your milk costs you in energy is not known yet: volumes, or two weights of a baby that only nurses, \
                   would tell. Drink to thirst."
                .into(),
        };
    };
    let (mut all, mut food, mut stores) = reckoned(&ml);
    let energy = Energy {
        kcal_per_day: Some(Range::of_samples(&mut all)),
        food: Some(Range::of_samples(&mut food)),
        stores: Some(Range::of_samples(&mut stores)),
        from: Some(from),
        says: String::new(),
    };
    Energy { says: says(&energy, from), ..energy }
}

/// All of it, from food, from stores (kcal/day), for equally likely volumes (mL/day).
fn reckoned(ml: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<f64>) {
    let mut random = Random::seeded(SEED);
    let (mut all, mut food, mut stores) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..SAMPLES {
        let mut spread = |sd: f64| (sd * random.normal()).exp();
        let efficiency = (EFFICIENCY * spread(EFFICIENCY_SD)).min(1.0);
        let volume = ml[i * ml.len() / SAMPLES].max(0.0);
        let kcal = DENSITY_G_PER_ML * volume * KCAL_PER_G * spread(KCAL_SD) / efficiency;
        let stored = (STORES_KCAL_PER_DAY * spread(STORES_SD)).min(kcal);
        all.push(kcal);
        stores.push(stored);
        food.push(kcal - stored);
    }
    (all, food, stores)
}

fn says(energy: &Energy, from: &str) -> String {
    let (Some(all), Some(food), Some(stores)) = (&energy.kcal_per_day, &energy.food, &energy.stores) else {
        return String::new();
    };
    let about = |kcal: f64| (kcal / 10.0).round() * 10.0;
    let milk = match from {
        "made" => "The milk you make costs",
        "growth" => "The milk your baby grows on costs",
        _ => "The milk you pump costs",
    };
    format!(
        "{milk} about {} kcal a day (likely {} to {}): about {} from food, and about {} from what your body has put by. Milk is \
         made from blood and body fat; you need not drink milk for it. Drink to thirst.",
        about(all.p50),
        about(all.p10),
        about(all.p90),
        about(food.p50),
        about(stores.p50)
    )
}

/// What every draw expects to be made in 24 h at her usual hours (mL).
fn made_ml(given: &Given<'_>) -> Option<Vec<f64>> {
    let observed = given.observed;
    let course = Habit::of(observed).typical(&observed.now, 2);
    let length_h = hours(observed.now.timestamp(), course.last()?.at.timestamp());
    let made = given.outlook()?.expected(&coming(observed, &course));
    Some(made.iter().map(|f| f.made_ml / length_h * 24.0).collect())
}

/// Output of each of the last 14 whole days that hold volumes (mL).
fn pumped_ml(given: &Given<'_>) -> Option<Vec<f64>> {
    let days = crate::history::history(given.observed, 15).days;
    let whole = days.iter().take(14).filter_map(|d| d.output_ml);
    let ml: Vec<f64> = whole.collect();
    (ml.len() >= 3).then_some(ml)
}
