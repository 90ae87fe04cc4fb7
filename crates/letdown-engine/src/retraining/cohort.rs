//! How long it takes, by kind of mother: simulated women who follow the steps.
//!
//! Their reflexes are drawn from the population. How fast women learn was never measured, so the days are those of the model
//! and of nobody else; what can be trusted is the order at most.

use super::{
    follow::{Followed, Habit, follow},
    ladder::{Aim, Counts, Rung},
    woman::Woman,
};
use crate::numbers::hundredth;
use letdown_model::{population::COMPETITION, random::Random};
use serde::Serialize;

/// A kind of mother.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Kind {
    /// Its word.
    pub word: &'static str,
    /// In plain words.
    pub says: &'static str,
    /// Which way she goes.
    pub aim: Aim,
    /// Weeks behind her.
    pub weeks: f64,
    /// Share of them at the breast (0 to 1).
    pub nursed: f64,
    /// Suck strength of her baby (0 to 1).
    pub suck: f64,
    /// Her usual stress (`s_c`).
    pub stress: f64,
}

/// How long it takes women of a kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HowLong {
    /// Which kind.
    pub kind: Kind,
    /// How many women.
    pub women: usize,
    /// Days to done: one in ten, half, nine in ten are done by then; `null` where fewer are within the days followed.
    pub days: [Option<u32>; 3],
    /// Sessions with the pump beside nursing until done, of those who are: the middle.
    pub beside: Option<usize>,
    /// Share who are done within the days followed (0 to 1).
    pub done: f64,
    /// Share of tries that worked before the first step (0 to 1).
    pub before: f64,
    /// The same at the end.
    pub after: f64,
    /// The same at the end of women who go on alone from the first day.
    pub without: f64,
}

/// So long women are followed (days).
pub const FOLLOWED_DAYS: u32 = 56;

/// The kinds that are told of.
pub const KINDS: [Kind; 5] = [
    Kind {
        word: "term_late_start",
        says: "a term baby that comes to the breast after three weeks of pumping",
        aim: Aim::Nursing,
        weeks: 3.0,
        nursed: 0.0,
        suck: 0.5,
        stress: 0.3,
    },
    Kind {
        word: "preterm_twins",
        says: "twins born early, six weeks of pumping, a weak suck, some stress",
        aim: Aim::Nursing,
        weeks: 6.0,
        nursed: 0.0,
        suck: 0.3,
        stress: 0.6,
    },
    Kind {
        word: "much_stress",
        says: "the same under much stress",
        aim: Aim::Nursing,
        weeks: 6.0,
        nursed: 0.0,
        suck: 0.3,
        stress: 0.9,
    },
    Kind {
        word: "begins_to_pump",
        says: "three months of nursing, now she must pump",
        aim: Aim::Pump,
        weeks: 12.0,
        nursed: 1.0,
        suck: 0.8,
        stress: 0.3,
    },
    Kind {
        word: "pumps_at_work",
        says: "the same, at work and under much stress",
        aim: Aim::Pump,
        weeks: 12.0,
        nursed: 1.0,
        suck: 0.8,
        stress: 1.2,
    },
];

impl Kind {
    /// Five sessions a day on the way, three of the old kind.
    pub(super) fn habit(&self, within_s: f64) -> Habit {
        Habit { aim: self.aim, aimed: 5, other: 3, within_s }
    }

    pub(super) fn woman(&self, seed: u64, competition: f64) -> Woman {
        let mut random = Random::stream(seed, 0);
        let mut her = Woman::draw(&mut random);
        (her.suck, her.suck_per_day) = (self.suck, 0.0);
        (her.stress, her.usual_stress) = (self.stress, self.stress);
        her.learning.competition = competition;
        her.lived(7.0 * self.weeks, self.nursed, &mut random);
        her
    }
}

/// How long it takes women of a kind; cues compete in the measure of the population (`mu` 0.5).
pub fn how_long(kind: &Kind, women: usize, within_s: f64) -> HowLong {
    how_long_if(kind, women, within_s, COMPETITION)
}

/// The same where cues compete in another measure (0 not at all, 1 fully).
pub fn how_long_if(kind: &Kind, women: usize, within_s: f64, competition: f64) -> HowLong {
    let habit = kind.habit(within_s);
    let first = if kind.aim == Aim::Pump { Rung::Cue } else { Rung::Beside };
    let from = |rung: Rung| -> Vec<Followed> {
        let one = |seed: u64| {
            follow(kind.woman(seed, competition), &habit, rung, &Counts::default(), FOLLOWED_DAYS, seed)
        };
        (0..women as u64).map(one).collect()
    };
    let followed = from(first);
    let alone = (0..women as u64).map(|seed| alone(kind.woman(seed, competition), &habit, seed));
    let before =
        (0..women as u64).map(|seed| kind.woman(seed, competition).chance(&habit.aimed_at(), within_s));
    let mut days: Vec<u32> = followed.iter().filter_map(|f| f.done_day).collect();
    days.sort_unstable();
    let mut beside: Vec<usize> = followed.iter().filter(|f| f.done_day.is_some()).map(|f| f.beside).collect();
    beside.sort_unstable();
    let at = |p: f64| days.get((p * women as f64) as usize).copied();
    let mean = |values: Vec<f64>| hundredth(values.iter().sum::<f64>() / values.len().max(1) as f64);
    HowLong {
        kind: *kind,
        women,
        days: [at(0.1), at(0.5), at(0.9)],
        beside: beside.get(beside.len() / 2).copied(),
        done: hundredth(days.len() as f64 / women.max(1) as f64),
        before: mean(before.collect()),
        after: mean(followed.iter().filter_map(|f| f.chance.last().copied()).collect()),
        without: mean(alone.collect()),
    }
}

/// The chance of a try at the end, of a woman who never takes a step.
fn alone(mut her: Woman, habit: &Habit, seed: u64) -> f64 {
    let mut random = Random::stream(seed, 1);
    let occasion = habit.aimed_at();
    for _ in 0..FOLLOWED_DAYS * habit.aimed {
        let came_s = her.comes_s(her.drive(&occasion), random.uniform());
        her.learn(&occasion, came_s);
        her.rest(1.0 / f64::from(habit.aimed));
    }
    her.chance(&occasion, habit.within_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retraining::occasion::{At, Occasion};

    /// The share of 200 women in whom nursing alone works within five minutes, after so many paired sessions at four a day and
    /// so many days of nursing alone after them.
    fn after_paired(kind: &Kind, competition: f64, paired: u32, alone_days: u32) -> f64 {
        let works = (0..200).map(|seed| {
            let mut her = kind.woman(seed, competition);
            let mut random = Random::stream(seed, 5);
            let sessions = (0..paired).map(|_| At::Beside).chain((0..4 * alone_days).map(|_| At::Baby));
            for at in sessions {
                let occasion = Occasion::usual(at);
                let came_s = her.comes_s(her.drive(&occasion), random.uniform());
                her.learn(&occasion, came_s);
                her.rest(0.25);
            }
            her.chance(&Occasion::usual(At::Baby), 300.0)
        });
        works.sum::<f64>() / 200.0
    }

    /// `docs/model.md`, section 23, second by second: 13 % before, 64 after 24, 76 after 56 paired sessions; with full
    /// competition 35 after 24; two weeks later as before; nursing alone for 28 days 19 %.
    #[test]
    fn paired_sessions_teach_as_they_do_second_by_second() {
        let twins = KINDS[1];
        let near = |(competition, paired, days): (f64, u32, u32), expected: f64| {
            let came = after_paired(&twins, competition, paired, days);
            println!("mu {competition}, {paired} beside, {days} days alone: {:.0} of 100", 100.0 * came);
            assert!(
                (came - expected).abs() < 0.10,
                "{paired} paired, {days} days: {came} against {expected}"
            );
        };
        near((0.5, 0, 0), 0.13);
        near((0.5, 24, 0), 0.64);
        near((0.5, 56, 0), 0.76);
        near((1.0, 24, 0), 0.35);
        near((0.5, 0, 28), 0.19);
        near((0.5, 56, 14), 0.73);
    }

    #[test]
    fn kinds_take_their_time_in_the_order_that_their_stories_say() {
        let all: Vec<HowLong> = KINDS.iter().map(|kind| how_long(kind, 200, 300.0)).collect();
        let days = |i: usize| all[i].days[1].unwrap_or(FOLLOWED_DAYS);
        assert!(days(0) < days(1) && days(1) < days(2), "{all:?}");
        assert!(days(3) <= days(4) && days(3) < days(1), "{all:?}");
        assert!(all[1].done > 0.7 && all[1].without + 0.3 < all[1].after, "{:?}", all[1]);
    }
}
