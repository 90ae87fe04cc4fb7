//! How much each breast makes: left and right told apart, each draw with its own chance.

use crate::{
    Range,
    forecast::Ahead,
    habit::Habit,
    observed::{Observed, hours},
};
use letdown_fit::{past_flow::PastFlowAhead, steps::Remover};
use letdown_model::{
    mother::Mother,
    random::Random,
    removal::{STANDARD_MIN, Session},
    supply::{Chance, Gap, Supply},
};
use serde::Serialize;

/// Milk that each breast makes in 24 hours at her usual hours (mL).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sides {
    /// The left one.
    pub left: Range,
    /// The right one.
    pub right: Range,
}

/// The breasts told apart; `None` where one stands for both, or nothing is known of her hours.
pub(crate) fn sides(
    observed: &Observed,
    ahead: &Ahead<'_>,
    habit: &Habit,
    random: &mut Random,
) -> Option<Sides> {
    let course = habit.typical(&observed.now, 2);
    let days = hours(observed.now.timestamp(), course.last()?.at.timestamp()) / 24.0;
    let outlook = ahead.outlook();
    let mut made: [Vec<f64>; 2] = Default::default();
    for draw in 0..outlook.draws() {
        let Some((mother, supply)) = outlook.sample(draw, random) else { continue };
        let past_flow = outlook.past_flow().clone();
        for (all, ml) in made.iter_mut().zip(made_ml(observed, mother, (supply, past_flow), &course, random)?)
        {
            all.push(ml / days);
        }
    }
    let [left, right] = &mut made;
    Some(Sides { left: Range::of_samples(left), right: Range::of_samples(right) })
}

/// What the left and the right breast make until the last session of a course (mL).
fn made_ml(
    observed: &Observed,
    mother: &Mother,
    (mut supply, mut past_flow): (Supply, PastFlowAhead),
    course: &[crate::habit::Likely],
    random: &mut Random,
) -> Option<[f64; 2]> {
    let mut made = [0.0; 2];
    let mut now = observed.now.clone();
    for likely in course {
        let chance = Chance::draw(random, supply.breasts.len());
        let length_h = hours(now.timestamp(), likely.at.timestamp());
        if length_h > 0.0 {
            let before = held(&supply)?;
            let past_flow_min = past_flow.minutes(hours(observed.now.timestamp(), now.timestamp()));
            let from_clock_h = clock_of_fit(observed, now.timestamp())?;
            supply.advance(mother, &Gap { from_clock_h, past_flow_min, ..Gap::of(length_h) }, Some(&chance));
            let after = held(&supply)?;
            made = [0, 1].map(|b: usize| made[b] + after[b] - before[b]);
            now = likely.at.clone();
        }
        match likely.by {
            Remover::Pump(minutes) => {
                // With what she usually pumps with: its multiplier stands where the model keeps that of massage.
                let alone = Session::both(minutes.unwrap_or(STANDARD_MIN));
                supply.pump(mother, &Session { massaged: true, ..alone }, None, Some(&chance.takes));
                past_flow.pumped(hours(observed.now.timestamp(), now.timestamp()));
            }
            Remover::Baby => {
                supply.suckle(mother, Some(&chance.takes));
            }
        }
    }
    Some(made)
}

/// The clock that a fit goes by: that of the first session, never put forward or back (h).
fn clock_of_fit(observed: &Observed, at: jiff::Timestamp) -> Option<f64> {
    Some(observed.sessions.first()?.clock_h() + observed.hour_of(at))
}

/// Milk in the left and the right breast (mL).
fn held(supply: &Supply) -> Option<[f64; 2]> {
    match supply.breasts.as_slice() {
        [left, right] => Some([left.milk_ml, right.milk_ml]),
        _ => None,
    }
}
