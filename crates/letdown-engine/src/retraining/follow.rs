//! A woman follows the steps, day by day: what is to come, and how long it takes by kind of mother.
//!
//! A day holds so many sessions with the baby (to nursing) or at the pump (to the pump), divided by the step she is at, and
//! pump sessions or nursings beside them. Every try comes or does not, by the law of her first pulse, and the rules of
//! [`super::ladder`] move her on or back at the end of the day. The same chances meet every choice of a first step.

use super::{
    ladder::{Aim, Counts, Rung},
    occasion::{At, Occasion},
    woman::Woman,
};
use letdown_model::{learning::Cue, random::Random};

/// How a day is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Habit {
    pub aim: Aim,
    /// Sessions a day at what she aims at, or on the way there.
    pub aimed: u32,
    /// Sessions a day of the old kind beside them.
    pub other: u32,
    /// Her limit (s).
    pub within_s: f64,
}

/// What became of one woman.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Followed {
    /// The day, from 1, at whose end it is done.
    pub done_day: Option<u32>,
    /// Sessions with the pump beside nursing until then, or until the end.
    pub beside: usize,
    /// Trouble until then, or until the end (min).
    pub trouble_min: f64,
    /// The chance that a try works, at the end of each day (0 to 1).
    pub chance: Vec<f64>,
}

/// Two minutes with a smell and a picture, parts to put together and to wash, and milk that did not come when a baby was at
/// the breast: what each costs her (min), judged.
const CUE_MIN: f64 = 2.0;
const BESIDE_MIN: f64 = 5.0;
const NONE_CAME_MIN: f64 = 15.0;
/// Cues of the baby that she can bring.
pub(super) const BROUGHT: [Cue; 2] = [Cue::Smell, Cue::Picture];

impl Habit {
    /// A session as aimed at.
    pub(super) fn aimed_at(&self) -> Occasion {
        Occasion::usual(match self.aim {
            Aim::Nursing => At::Baby,
            Aim::Pump => At::Pump,
        })
    }

    fn old_kind(&self) -> Occasion {
        Occasion::usual(match self.aim {
            Aim::Nursing => At::Pump,
            Aim::Pump => At::Baby,
        })
    }

    /// How many sessions of a day at a step are tries.
    pub(super) fn tries(&self, rung: Rung) -> u32 {
        match (rung, self.aim) {
            (Rung::Beside, _) | (Rung::Cue, Aim::Nursing) => self.aimed.min(1),
            (Rung::Fading, _) => self.aimed.div_ceil(2),
            (Rung::Cue, Aim::Pump) | (Rung::Alone | Rung::NewPlaces, _) => self.aimed,
        }
    }

    /// Trouble of a day at a step (min), when a share of the tries works.
    pub(super) fn trouble_min(&self, rung: Rung, works: f64) -> f64 {
        let tries = f64::from(self.tries(rung));
        let rest = f64::from(self.aimed) - tries;
        let none = NONE_CAME_MIN * tries * (1.0 - works);
        none + match (rung, self.aim) {
            (Rung::Cue, Aim::Nursing) => CUE_MIN * (f64::from(self.other) + rest),
            (Rung::Cue, Aim::Pump) => CUE_MIN * tries,
            (Rung::Beside | Rung::Fading, _) => BESIDE_MIN * rest,
            (Rung::Alone | Rung::NewPlaces, _) => 0.0,
        }
    }

    /// The sessions of a day at a step, tries first said as `true`.
    fn day(&self, rung: Rung) -> Vec<(bool, Occasion)> {
        let tries = self.tries(rung);
        let rest = self.aimed - tries;
        let cued = rung == Rung::Cue;
        let beside = |_| match (rung, self.aim) {
            (Rung::Cue, Aim::Nursing) => (false, self.old_kind().with(&BROUGHT)),
            _ => (false, Occasion::usual(At::Beside)),
        };
        let aimed =
            if cued && self.aim == Aim::Pump { self.aimed_at().with(&BROUGHT) } else { self.aimed_at() };
        let other =
            if cued && self.aim == Aim::Nursing { self.old_kind().with(&BROUGHT) } else { self.old_kind() };
        let mut day: Vec<(bool, Occasion)> = (0..rest).map(beside).collect();
        // Tries and supported sessions in turn, the old kind between them.
        let every = (day.len() / tries.max(1) as usize).max(1);
        for i in 0..tries as usize {
            let at = (i * (every + 1) + every).min(day.len());
            day.insert(at, (true, aimed.clone()));
        }
        for i in 0..self.other as usize {
            let at = (2 * i + 1).min(day.len());
            day.insert(at, (false, other.clone()));
        }
        day
    }
}

/// The first step is held for so many days, whatever the rules say.
const HELD_DAYS: u32 = 3;

/// Follows one woman for so many days from a step on.
pub(super) fn follow(
    mut her: Woman,
    habit: &Habit,
    from: Rung,
    counts: &Counts,
    days: u32,
    seed: u64,
) -> Followed {
    let mut random = Random::stream(seed, 1);
    let mut counts = counts.clone();
    let (mut rung, mut followed) = (from, Followed::default());
    for day in 1..=days {
        let sessions = habit.day(rung);
        let rest = 1.0 / sessions.len().max(1) as f64;
        let (mut tried, mut worked) = (0.0, 0.0);
        for (is_try, occasion) in &sessions {
            // One chance a session, drawn in any case, so that the same day is the same day at every step.
            let came_s = her.comes_s(her.drive(occasion), random.uniform());
            her.learn(occasion, came_s);
            if *is_try {
                let in_time = came_s.is_some_and(|s| s <= habit.within_s);
                counts.tries.push(in_time);
                tried += 1.0;
                worked += f64::from(u8::from(in_time));
            } else if occasion.at == At::Beside {
                counts.beside += 1;
                followed.beside += usize::from(followed.done_day.is_none());
            }
            her.rest(rest);
        }
        followed.chance.push(her.chance(&habit.aimed_at(), habit.within_s));
        if followed.done_day.is_none() {
            followed.trouble_min += habit.trouble_min(rung, if tried > 0.0 { worked / tried } else { 1.0 });
            followed.done_day = counts.is_done().then_some(day);
        }
        let is_held = day < HELD_DAYS && followed.done_day.is_none();
        rung = if is_held { rung } else { next(rung, &counts, habit.aim) };
    }
    followed
}

/// The step of the next day: as the rules say. A cue alone goes on to sessions beside each other, or to all sessions alone.
fn next(now: Rung, counts: &Counts, aim: Aim) -> Rung {
    match (now, aim) {
        (_, _) if counts.is_done() => Rung::Alone,
        (Rung::Cue, Aim::Pump) if counts.may_go_alone() => Rung::Alone,
        (Rung::Cue, Aim::Pump) if !counts.is_set_back() => Rung::Cue,
        (Rung::Cue, _) => Rung::Beside,
        (now, _) => counts.after(now),
    }
}
