//! What feeding two babies or more costs in time, at one time or one after the other.
//!
//! A baby at the breast took 7.6 meals a day of 36 minutes at one month, 6.6 of 29 at three, 6.6 of 23 at six (Kent 2013); in
//! between they run straight. At two breasts two drink at one time.

use serde::Serialize;

/// Time for feeds a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feeding {
    /// Two at one time (min a day).
    pub together_min_per_day: f64,
    /// One after the other (min a day).
    pub in_turn_min_per_day: f64,
    /// In plain words.
    pub says: String,
}

/// Age (days), meals a day, minutes of a meal.
const MEALS: [(f64, f64, f64); 3] = [(30.0, 7.6, 36.0), (91.0, 6.6, 29.0), (183.0, 6.6, 23.0)];

/// Of babies of these ages, corrected (days); `None` for one alone.
pub(super) fn feeding(ages_days: &[f64]) -> Option<Feeding> {
    if ages_days.len() < 2 {
        return None;
    }
    let each: Vec<f64> = ages_days.iter().map(|age| minutes_a_day(*age)).collect();
    let in_turn: f64 = each.iter().sum();
    let pairs = each.len().div_ceil(2) as f64;
    let together = in_turn / each.len() as f64 * pairs;
    let tens = |min: f64| (min / 10.0).round() * 10.0;
    let (together, in_turn) = (tens(together), tens(in_turn));
    let says = format!(
        "Two at one time take about {together:.0} min a day to feed. One after the other it is about {in_turn:.0} min. \
         Babies differ a lot in that."
    );
    Some(Feeding { together_min_per_day: together, in_turn_min_per_day: in_turn, says })
}

fn minutes_a_day(age_days: f64) -> f64 {
    let [first, .., last] = MEALS;
    let age = age_days.clamp(first.0, last.0);
    let between = MEALS.windows(2).find(|pair| age <= pair[1].0);
    let (from, to) = between.map_or((last, last), |pair| (pair[0], pair[1]));
    let part = if to.0 > from.0 { (age - from.0) / (to.0 - from.0) } else { 0.0 };
    (from.1 + part * (to.1 - from.1)) * (from.2 + part * (to.2 - from.2))
}
