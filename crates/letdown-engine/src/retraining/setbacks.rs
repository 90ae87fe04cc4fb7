//! What will set it back for a day, before it does: stress, another place, a pause. None of it undoes what was learned.

use super::{
    belief::{Belief, Chance},
    follow::Habit,
    ladder::Aim,
    occasion::{ELSEWHERE, Occasion},
};
use serde::Serialize;

/// Something that can come between.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setback {
    /// Its word: `stress`, `new_place`, `pause`.
    pub what: &'static str,
    /// The chance of a let-down in time then (%).
    pub chance: Chance,
    /// In plain words.
    pub says: String,
}

/// Doing sums, or loud noise, on top of a usual day (`s_c`).
const MORE_STRESS: f64 = 0.6;
const PAUSE_DAYS: f64 = 7.0;

pub(super) fn setbacks(belief: &Belief, habit: &Habit) -> Vec<Setback> {
    let aimed = habit.aimed_at();
    let session = match habit.aim {
        Aim::Nursing => "nursing",
        Aim::Pump => "pumping",
    };
    let stressed = belief.over(|her| {
        let distress = Some(her.stress + MORE_STRESS);
        her.chance(&Occasion { distress, ..aimed.clone() }, habit.within_s)
    });
    let elsewhere = belief.chance(&Occasion { place: ELSEWHERE, ..aimed.clone() }, habit.within_s);
    let rested = belief.over(|her| {
        let mut her = her.clone();
        her.rest(PAUSE_DAYS);
        her.chance(&aimed, habit.within_s)
    });
    vec![
        Setback {
            what: "stress",
            says: format!(
                "On a day of much stress a let-down comes in time in about {:.0} of 100. That is the day, not what you have \
                 learned.",
                stressed.mean
            ),
            chance: stressed,
        },
        Setback {
            what: "new_place",
            says: format!(
                "In a place where you have never been: about {:.0} of 100, at the stress you are used to.",
                elsewhere.mean
            ),
            chance: elsewhere,
        },
        Setback {
            what: "pause",
            says: format!(
                "After a week without {session} this way: about {:.0} of 100. What was learned fades slowly, what was unlearned \
                 faster; both come back with use.",
                rested.mean
            ),
            chance: rested,
        },
    ]
}
