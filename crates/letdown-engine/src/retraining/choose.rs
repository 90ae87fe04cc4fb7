//! Which step next: each that the rules allow is followed ahead by women who may be her, with the same chances, and the one
//! that comes to done with the least trouble is taken.

use super::{
    belief::{Belief, Chance, percent},
    follow::{Followed, Habit, follow},
    ladder::{Counts, Rung},
    woman::Woman,
};
use letdown_fit::predict::quantile_of_sorted;
use serde::Serialize;

/// A step that could be next, as the model expects it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ahead {
    /// Which step.
    pub rung: Rung,
    /// What it is called.
    pub title: &'static str,
    /// Days to done when she begins with it: one in ten, half, nine in ten are done by then; `null` beyond six weeks.
    pub days: [Option<u32>; 3],
    /// Sessions with the pump beside nursing until then: the middle.
    pub beside: usize,
    /// Trouble on the first day (min): cues, parts to wash, milk that did not come; judged.
    pub trouble_min_per_day: f64,
    /// Trouble until done (min), on average.
    pub trouble_min: f64,
    /// What a week of it adds to the chance of a try (points of 100), on average.
    pub learned_in_a_week: f64,
}

/// A step followed ahead, and the chance of a try by day.
pub(super) struct Followers {
    pub ahead: Ahead,
    pub chance: Vec<Chance>,
}

/// So far is looked ahead (days).
pub(super) const AHEAD_DAYS: u32 = 42;
const WOMEN: usize = 80;
const SEED: u64 = 4_117;
const WEEK: usize = 7;
const HARDLY_DIFFERS: f64 = 1.15;

/// Steps followed ahead, the one to take first: the one with the least trouble, and of those that hardly differ the furthest.
pub(super) fn choose(belief: &Belief, habit: &Habit, counts: &Counts, allowed: &[Rung]) -> Vec<Followers> {
    let women = belief.drawn(WOMEN);
    let mut all: Vec<Followers> =
        allowed.iter().map(|rung| followers(&women, habit, counts, *rung)).collect();
    let least = all.iter().map(|f| f.ahead.trouble_min).fold(f64::INFINITY, f64::min);
    let is_close = |f: &Followers| f.ahead.trouble_min <= HARDLY_DIFFERS * least;
    all.sort_by(|a, b| {
        let by_trouble = a.ahead.trouble_min.total_cmp(&b.ahead.trouble_min);
        let furthest_first = b.ahead.rung.cmp(&a.ahead.rung);
        is_close(b).cmp(&is_close(a)).then(if is_close(a) { furthest_first } else { by_trouble })
    });
    all
}

fn followers(women: &[Woman], habit: &Habit, counts: &Counts, rung: Rung) -> Followers {
    let followed: Vec<Followed> = women
        .iter()
        .enumerate()
        .map(|(i, her)| follow(her.clone(), habit, rung, counts, AHEAD_DAYS, SEED + i as u64))
        .collect();
    let n = followed.len().max(1) as f64;
    let works = |her: &Woman| her.chance(&habit.aimed_at(), habit.within_s);
    let now = women.iter().map(works).sum::<f64>() / n;
    let in_a_week = followed.iter().filter_map(|f| f.chance.get(WEEK - 1)).sum::<f64>() / n;
    let mut days: Vec<u32> = followed.iter().filter_map(|f| f.done_day).collect();
    days.sort_unstable();
    let mut beside: Vec<usize> = followed.iter().map(|f| f.beside).collect();
    beside.sort_unstable();
    let at = |p: f64| days.get((p * n) as usize).copied();
    Followers {
        ahead: Ahead {
            rung,
            title: rung.step(habit.aim).title,
            days: [at(0.1), at(0.5), at(0.9)],
            beside: beside.get(beside.len() / 2).copied().unwrap_or(0),
            trouble_min_per_day: habit.trouble_min(rung, now).round(),
            trouble_min: (followed.iter().map(|f| f.trouble_min).sum::<f64>() / n).round(),
            learned_in_a_week: (100.0 * (in_a_week - now)).round() + 0.0,
        },
        chance: (0..AHEAD_DAYS as usize).map(|day| spread(&followed, day)).collect(),
    }
}

fn spread(followed: &[Followed], day: usize) -> Chance {
    let mut all: Vec<f64> = followed.iter().filter_map(|f| f.chance.get(day).copied()).collect();
    all.sort_by(f64::total_cmp);
    let at = |p: f64| percent(quantile_of_sorted(&all, p));
    Chance {
        p10: at(0.1),
        p50: at(0.5),
        p90: at(0.9),
        mean: percent(all.iter().sum::<f64>() / all.len().max(1) as f64),
    }
}
