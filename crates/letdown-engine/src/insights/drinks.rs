//! Does drinking more the day before bring more milk? A test on her own log; it enters no forecast.
//!
//! `ln(output / forecast) of a day = a + b ln(drunk the day before / her usual)`, least squares, prior `b ~ N(0, 0.03)`.
//! Three days of much more or much less fluid changed nothing in published trials (`docs/evidence.md`).

use super::{
    given::Given,
    known::{Belief, Effect, mean_sd, not_yet},
};
use crate::numbers::thousandth;
use jiff::{ToSpan, civil::Date};
use letdown_journal::volume::Volume;
use serde::Serialize;
use std::collections::BTreeMap;

/// Drinks and milk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drinks {
    /// The change of output (%) on a day after she drank a tenth more than usual.
    pub tenth_more: Effect,
    /// The same as an elasticity: `{p10, p50, p90}`.
    pub elasticity: [f64; 3],
    /// Days with both drinks and output.
    pub n: usize,
    /// The whole in plain words.
    pub says: String,
}

const PRIOR_SD: f64 = 0.03;
/// An elasticity worth knowing.
const WORTH: f64 = 0.05;
const FEWEST_DAYS: usize = 7;
/// The spread of a day's output (log) and of a day's drinks (log) where they are not known yet.
const USUAL_DAY_SD: f64 = 0.08;
const USUAL_DRINKS_SD: f64 = 0.3;
const TENTH_MORE: f64 = 1.1;

/// Whether drinks show in her milk.
pub(super) fn drinks(given: &Given<'_>) -> Drinks {
    let pairs = pairs(given);
    let n = pairs.len();
    let (mean_x, sd_x) = mean_sd(&pairs.iter().map(|p| p.0).collect::<Vec<_>>());
    let (mean_y, sd_y) = mean_sd(&pairs.iter().map(|p| p.1).collect::<Vec<_>>());
    let square: f64 = pairs.iter().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum();
    let product: f64 = pairs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let told = n >= FEWEST_DAYS && sd_x > 0.02;
    let slope = if told { product / square } else { 0.0 };
    let rest: f64 = pairs.iter().map(|(x, y)| (y - mean_y - slope * (x - mean_x)).powi(2)).sum();
    let day_sd = if told { (rest / (n as f64 - 2.0)).sqrt().max(0.01) } else { USUAL_DAY_SD.max(sd_y) };
    let unit_sd = day_sd / if told { sd_x } else { USUAL_DRINKS_SD };
    let prior = Belief { mean: 0.0, sd: PRIOR_SD };
    let belief = if told { prior.given(slope, unit_sd / (n as f64).sqrt()) } else { prior };
    let scale = TENTH_MORE.ln();
    let scaled = |x: f64| x * scale;
    let mut tenth_more = Effect::of(
        Belief { mean: 0.0, sd: scaled(PRIOR_SD) },
        scaled(slope),
        scaled(unit_sd),
        if told { n } else { 0 },
        scaled(WORTH),
    );
    tenth_more.n = n;
    let elasticity = [0.1, 0.5, 0.9].map(|p| thousandth(belief.quantile(p)));
    let says = says(&tenth_more, given.drinks().count());
    Drinks { tenth_more, elasticity, n, says }
}

fn says(effect: &Effect, logged: usize) -> String {
    let thirst = "Drink to thirst.";
    if logged == 0 {
        return format!(
            "No drinks are logged, and none need be: drinking more does not make more milk. {thirst}"
        );
    }
    if effect.known {
        return format!(
            "After days with a tenth more to drink your milk changed by {:.1} % ({:.1} to {:.1}), from {} days. Trials found no \
             such effect; chance and busy days can look like it. {thirst}",
            effect.percent.p50, effect.percent.p10, effect.percent.p90, effect.n
        );
    }
    let yet = not_yet(effect.more, "day");
    format!("Whether what you drink shows in your milk is {yet}. Trials found that it does not. {thirst}")
}

/// Per day: ln of what was drunk the day before, and ln of output over forecast.
fn pairs(given: &Given<'_>) -> Vec<(f64, f64)> {
    let mut drunk: BTreeMap<Date, f64> = BTreeMap::new();
    for drink in given.drinks() {
        let ml = drink.volume.as_ref().map_or(0.0, Volume::as_ml);
        *drunk.entry(drink.start.date()).or_default() += ml;
    }
    drunk.retain(|_, ml| *ml >= 100.0);
    let Some((posterior, (first, last))) = given.posterior().zip(given.days()) else { return Vec::new() };
    if drunk.is_empty() {
        return Vec::new();
    }
    let from = first.saturating_add(2.days());
    let cuts: Vec<Date> =
        (0..=(last - from).get_days()).map(|ahead| from.saturating_add(ahead.days())).collect();
    let residuals = given.residuals(&posterior, &cuts);
    let today = given.observed.now.date();
    let days = Given::by_day(&residuals).into_iter().filter(|(day, _)| *day < today);
    days.filter_map(|(day, came)| Some((drunk.get(&day.yesterday().ok()?)?.ln(), came))).collect()
}
