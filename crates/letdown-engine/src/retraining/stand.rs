//! Where she stands on the way, by what her log holds: which way she goes, her tries, the step she is at.

use super::{
    evidence::Seen,
    follow::Habit,
    ladder::{Aim, Counts, Rung},
    occasion::At,
};
use crate::{limits::MOST_SESSIONS, observed::hours};
use jiff::{Timestamp, civil::Date};
use letdown_journal::moment::Moment;
use serde::Serialize;
use std::collections::BTreeSet;

/// One try: a session as aimed at of which it is known whether a let-down came in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Try {
    /// When it began.
    pub at: String,
    /// When milk let down (s), where that was noted.
    pub after_s: Option<f64>,
    /// Whether a let-down came in time.
    pub came: bool,
    /// Whether much stress or pain was logged around it; then no rule counts it.
    pub set_aside: bool,
}

/// Where she stands.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    pub aim: Aim,
    pub tries: Vec<Try>,
    pub counts: Counts,
    /// The step that her last sessions look like; `None` before the first.
    pub rung: Option<Rung>,
    /// The first day by whose tries it was done.
    pub done_on: Option<Date>,
    pub habit: Habit,
    /// Whether a baby was at the breast in the last week.
    pub nurses: bool,
    /// Whether she ever pumped beside nursing.
    pub has_begun: bool,
}

/// Tries and sessions beside nursing count for so long (days).
const COUNTS_DAYS: f64 = 14.0;
/// The step she is at is that of so many sessions, as aimed at or with the pump beside nursing.
const RECENT_SESSIONS: usize = 6;
/// What a day of hers looks like is taken from so many.
const RECENT_DAYS: f64 = 3.0;
const WEEK_DAYS: f64 = 7.0;
const MOSTLY: f64 = 0.6;
const HARDLY: f64 = 0.1;
const USUAL_AIMED: f64 = 5.0;
const USUAL_OTHER: f64 = 3.0;
/// Sessions a day at most.
pub(super) const MOST_A_DAY: u32 = MOST_SESSIONS as u32;

impl Stand {
    pub(super) fn of(seen: &[Seen], aim: Option<Aim>, within_s: f64, now: &Moment) -> Self {
        let aim = aim.unwrap_or_else(|| guess(seen));
        let aimed = aimed_at(aim);
        let age_days = |s: &Seen| hours(s.start.timestamp(), now.timestamp()) / 24.0;
        let within = |days: f64| seen.iter().filter(move |s| age_days(s) <= days);
        let is_try = |s: &&Seen| s.occasion.at == aimed;
        let tries: Vec<Try> = within(COUNTS_DAYS)
            .filter(is_try)
            .filter_map(|s| {
                Some(Try {
                    at: s.start.to_string(),
                    after_s: match s.what {
                        super::evidence::FirstLetDown::After(after_s) => Some(after_s),
                        _ => None,
                    },
                    came: s.what.came_within(within_s)?,
                    set_aside: s.is_hard,
                })
            })
            .collect();
        let beside = |days| within(days).filter(|s| s.occasion.at == At::Beside).count();
        let counts = Counts {
            beside: beside(COUNTS_DAYS),
            tries: tries.iter().filter(|t| !t.set_aside).map(|t| t.came).collect(),
        };
        let on_the_way = seen.iter().rev().filter(|s| s.occasion.at == At::Beside || s.occasion.at == aimed);
        let recent: Vec<At> = on_the_way.take(RECENT_SESSIONS).map(|s| s.occasion.at).collect();
        Self {
            aim,
            rung: if beside(COUNTS_DAYS) > 0 { Some(rung(aim, &recent)) } else { None },
            done_on: done_on(seen, aimed, within_s),
            habit: habit(seen, aim, within_s, now.timestamp()),
            nurses: within(WEEK_DAYS).any(|s| matches!(s.occasion.at, At::Beside | At::Baby)),
            has_begun: seen.iter().any(|s| s.occasion.at == At::Beside),
            tries,
            counts,
        }
    }

    /// The steps that the rules allow now.
    pub(super) fn allowed(&self, chance: f64) -> Vec<Rung> {
        let furthest = self.furthest(chance);
        let has_begun = self.rung.is_some();
        let is_allowed = |rung: &Rung| match (rung, self.aim) {
            // Cues are for as long as no baby can be at the breast; at the pump they may always be there.
            (Rung::Cue, Aim::Nursing) => furthest == Rung::Cue,
            (Rung::Cue, Aim::Pump) => furthest <= Rung::Beside,
            (Rung::Beside, _) => {
                self.nurses && Rung::Beside <= furthest && (has_begun || furthest != Rung::Alone)
            }
            (Rung::Fading, _) => Rung::Fading <= furthest && (has_begun || furthest != Rung::Alone),
            (Rung::Alone, _) => Rung::Alone <= furthest,
            (Rung::NewPlaces, _) => false,
        };
        Rung::ALL.into_iter().filter(is_allowed).collect()
    }

    /// The step that the rules allow at most, from where she is; the support that is left out comes before it.
    fn furthest(&self, chance: f64) -> Rung {
        match self.rung {
            Some(rung) => self.counts.after(rung),
            None if self.counts.is_set_back() => self.first(),
            None if self.counts.may_go_alone() => Rung::Alone,
            None if self.counts.of_last(3).is_some_and(|came| came >= 2) => Rung::Fading,
            None if self.nurses && self.counts.tries.len() < 3 && chance >= LIKELY => Rung::Alone,
            None => self.first(),
        }
    }

    fn first(&self) -> Rung {
        let has_both = match self.aim {
            Aim::Nursing => self.nurses,
            Aim::Pump => self.nurses && self.counts.is_set_back(),
        };
        if has_both { Rung::Beside } else { Rung::Cue }
    }
}

/// Whose first tries likely work goes alone at once (%).
const LIKELY: f64 = 70.0;

pub(super) fn aimed_at(aim: Aim) -> At {
    match aim {
        Aim::Nursing => At::Baby,
        Aim::Pump => At::Pump,
    }
}

/// From the kind that came first to the other one; without any difference from the pump to the baby.
fn guess(seen: &[Seen]) -> Aim {
    let Some(first) = seen.first() else { return Aim::Nursing };
    let early = seen.iter().filter(|s| hours(first.start.timestamp(), s.start.timestamp()) <= 24.0 * 14.0);
    let (mut nursed, mut pumped) = (0, 0);
    for s in early {
        match s.occasion.at {
            At::Baby => nursed += 1,
            At::Pump => pumped += 1,
            At::Beside | At::Nothing => {}
        }
    }
    if nursed > pumped { Aim::Pump } else { Aim::Nursing }
}

fn rung(aim: Aim, recent: &[At]) -> Rung {
    let beside = recent.iter().filter(|at| **at == At::Beside).count();
    let share = beside as f64 / recent.len().max(1) as f64;
    // Pumping alone goes on beside the way to the pump; there the sessions beside nursing are the few.
    let mostly = if aim == Aim::Pump { 0.5 * MOSTLY } else { MOSTLY };
    match share {
        s if s >= mostly => Rung::Beside,
        s if s > HARDLY => Rung::Fading,
        _ => Rung::Alone,
    }
}

fn done_on(seen: &[Seen], aimed: At, within_s: f64) -> Option<Date> {
    let mut counts = Counts::default();
    seen.iter().filter(|s| s.occasion.at == aimed && !s.is_hard).find_map(|s| {
        counts.tries.push(s.what.came_within(within_s)?);
        counts.is_done().then(|| s.start.date())
    })
}

/// How her last days were filled.
fn habit(seen: &[Seen], aim: Aim, within_s: f64, now: Timestamp) -> Habit {
    let recent: Vec<&Seen> =
        seen.iter().filter(|s| hours(s.start.timestamp(), now) <= 24.0 * RECENT_DAYS).collect();
    let days: BTreeSet<Date> = recent.iter().map(|s| s.start.date()).collect();
    let a_day = |of: &dyn Fn(At) -> bool| {
        recent.iter().filter(|s| of(s.occasion.at)).count() as f64 / days.len().max(1) as f64
    };
    let on_the_way = a_day(&|at| at == At::Beside || at == aimed_at(aim));
    let other = a_day(&|at| matches!(at, At::Pump | At::Baby) && at != aimed_at(aim));
    let (aimed, other) = match (on_the_way, other) {
        (0.0, 0.0) => (USUAL_AIMED, USUAL_OTHER),
        // She has not begun: some of what she does takes the new way.
        (0.0, other) => ((0.6 * other).min(USUAL_AIMED), 0.4 * other),
        both => both,
    };
    let aimed = (aimed.round() as u32).clamp(2, MOST_A_DAY);
    Habit { aim, aimed, other: (other.round() as u32).min(MOST_A_DAY - aimed), within_s }
}
