//! The same futures, once as she does it and once with the change: the same draws, states, chances and days.

use super::{
    change::Change,
    course::{ChanceOf, Sitting, as_it_is, changed, is_pump},
};
use crate::{habit::Habit, limits::LONGEST_MIN, observed::Observed};
use jiff::{ToSpan, civil::Date};
use letdown_fit::predict::Outlook;
use letdown_journal::{body::Technique, moment::Moment};
use letdown_model::{
    mother::Mother,
    random::Random,
    removal::{MOST, STANDARD_MIN},
    supply::{Chance, Gap, Supply},
};

/// How many futures are lived through.
pub(super) const FUTURES: usize = 600;
/// No session is made shorter than this (min).
const SHORTEST_MIN: f64 = 3.0;
/// The most that technique lifts a share to (1).
const MOST_BY_TECHNIQUE: f64 = 0.95;

/// What both ways bring, day by day.
#[derive(Clone, Debug, Default)]
pub(super) struct Both {
    pub as_it_is: Vec<Lived>,
    pub changed: Vec<Lived>,
}

/// One future, per whole day after today.
#[derive(Clone, Debug)]
pub(super) struct Lived {
    /// Output (mL).
    pub output_ml: Vec<f64>,
    /// Milk made (mL).
    pub made_ml: Vec<f64>,
    /// Pump sessions.
    pub sessions: f64,
    /// Nursings.
    pub nursings: f64,
    /// Minutes at the pump.
    pub minutes: f64,
}

/// How long her sessions are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lengths {
    /// As a fit knows it (min).
    pub fitted_min: f64,
    /// As she logs it (min).
    pub logged_min: f64,
}

impl Lengths {
    /// Those of the last weeks.
    pub(crate) fn of(observed: &Observed, fitted: bool) -> Self {
        let lengths = observed.sessions.iter().rev().filter_map(|s| match s.what {
            crate::observed::What::Pump { minutes, .. } => minutes.filter(|m| *m > 0.0 && !s.length_doubtful),
            _ => None,
        });
        let mut recent: Vec<f64> = lengths.take(60).collect();
        recent.sort_by(f64::total_cmp);
        let usual = letdown_fit::predict::quantile_of_sorted(&recent, 0.5);
        let logged_min = if usual.is_finite() { usual } else { STANDARD_MIN };
        Self { fitted_min: if fitted { logged_min } else { STANDARD_MIN }, logged_min }
    }

    /// Minutes of a session that is so much longer.
    pub(super) fn with(&self, longer_min: f64) -> f64 {
        let most = LONGEST_MIN.max(self.logged_min);
        (self.logged_min + longer_min).clamp(SHORTEST_MIN.min(self.logged_min), most)
    }
}

/// What a technique multiplies the share of a session by, in one future.
pub(super) type Multipliers<'a> = dyn Fn(usize, &Technique, &mut Random) -> f64 + 'a;

/// What lives through futures.
pub(super) struct Ways<'a> {
    pub observed: &'a Observed,
    pub outlook: &'a Outlook,
    pub habit: &'a Habit,
    pub lengths: Lengths,
    pub multiplier: &'a Multipliers<'a>,
}

impl Ways<'_> {
    /// Lives through both ways.
    pub(super) fn live(&self, change: &Change, days: u32, seed: u64) -> Both {
        let mut both = Both::default();
        let outlook = self.outlook;
        let zone = self.observed.zone();
        let mut courses = self.habit.courses();
        for future in 0..FUTURES {
            let stream = |part: u64| Random::stream(seed, 8 * future as u64 + part);
            let draw = future * outlook.draws() / FUTURES;
            let Some((mother, supply)) = outlook.sample(draw, &mut stream(0)) else { continue };
            let course = as_it_is(courses.draw(&self.observed.now, days, &mut stream(1)));
            let other = changed(&course, change, (&self.observed.now, &zone), days);
            let breasts = mother.breasts.len();
            let chances = |part: u64, count: usize| -> Vec<Chance> {
                let mut random = stream(part);
                (0..count).map(|_| Chance::draw(&mut random, breasts)).collect()
            };
            let new = other.iter().filter(|s| matches!(s.chance, ChanceOf::New(_))).count();
            let (kept, new) = (chances(2, course.len()), chances(3, new));
            let lift = |technique: &Technique| (self.multiplier)(draw, technique, &mut stream(4));
            let life = Life { ways: self, mother, kept: &kept, new: &new, lift: &lift };
            both.as_it_is.push(life.through(supply.clone(), &course, days));
            both.changed.push(life.through(supply, &other, days));
        }
        both
    }

    /// The first whole day after today.
    pub(super) fn first_day(&self) -> Date {
        let today = self.observed.now.timestamp().to_zoned_datetime(self.observed.zone()).date();
        today.saturating_add(1.days())
    }
}

struct Life<'a> {
    ways: &'a Ways<'a>,
    mother: &'a Mother,
    kept: &'a [Chance],
    new: &'a [Chance],
    lift: &'a dyn Fn(&Technique) -> f64,
}

impl Life<'_> {
    fn through(&self, mut supply: Supply, course: &[Sitting], days: u32) -> Lived {
        let none = vec![0.0; days as usize];
        let mut lived =
            Lived { output_ml: none.clone(), made_ml: none, sessions: 0.0, nursings: 0.0, minutes: 0.0 };
        let first = self.ways.first_day();
        let mut now = self.ways.observed.now.clone();
        let mut past_flow = self.ways.outlook.past_flow().clone();
        let since_now_h =
            |at: &Moment| crate::observed::hours(self.ways.observed.now.timestamp(), at.timestamp());
        for sitting in course {
            let day = usize::try_from((sitting.likely.at.date() - first).get_days()).ok();
            let chance = match sitting.chance {
                ChanceOf::Kept(i) => self.kept.get(i),
                ChanceOf::New(i) => self.new.get(i),
            };
            let hours = crate::observed::hours(now.timestamp(), sitting.likely.at.timestamp());
            if hours > 0.0 {
                let past_flow_min = past_flow.minutes(since_now_h(&now));
                let from_clock_h = crate::observed::clock_h(&now);
                let gap = Gap { from_clock_h, past_flow_min, ..Gap::of(hours) };
                let made_ml = supply.advance(self.mother, &gap, chance);
                add(&mut lived.made_ml, day, made_ml);
                now = sitting.likely.at.clone();
            }
            let z = chance.map(|c| c.takes.as_slice());
            if is_pump(sitting) {
                add(&mut lived.output_ml, day, self.pump(&mut supply, sitting, z));
                let goes_on_min = self.past_flow_min(sitting);
                past_flow.remembered.add(since_now_h(&now), goes_on_min);
            } else {
                supply.suckle(self.mother, z);
            }
            if day.is_some_and(|day| day < days as usize) {
                lived.count(sitting, &self.ways.lengths);
            }
        }
        lived
    }

    /// How long a pump session goes on past the end of flow (min).
    fn past_flow_min(&self, sitting: &Sitting) -> f64 {
        let (past_flow, lengths) = (self.ways.outlook.past_flow(), &self.ways.lengths);
        if sitting.longer_min == 0.0 {
            return past_flow.usual_min;
        }
        past_flow.changed_min(lengths.with(sitting.longer_min) - lengths.logged_min)
    }

    /// A pump session of both breasts (mL): as in the model, with her usual length and what is done beside.
    fn pump(&self, supply: &mut Supply, sitting: &Sitting, z: Option<&[f64]>) -> f64 {
        let (pump, lengths) = (&self.mother.pump, &self.ways.lengths);
        let lift: f64 = sitting.with.iter().map(self.lift).product();
        let mut taken_ml = 0.0;
        for (i, (held, breast)) in supply.breasts.iter_mut().zip(&self.mother.breasts).enumerate() {
            let fullness = held.milk_ml / breast.storage_ml;
            // With what she usually pumps with: its multiplier stands where the model keeps that of massage.
            let usual = pump.standard_share(true, z.and_then(|z| z.get(i)).copied().unwrap_or(0.0));
            let lifted = (usual * lift).min(MOST_BY_TECHNIQUE.max(usual));
            let longer = if sitting.longer_min == 0.0 {
                1.0
            } else {
                pump.progress(lengths.with(sitting.longer_min), fullness)
                    / pump.progress(lengths.logged_min, fullness)
            };
            let share = (lifted * pump.progress(lengths.fitted_min, fullness) * longer).min(MOST);
            let ml = share * (held.milk_ml - pump.out_of_reach * breast.storage_ml).max(0.0);
            held.milk_ml -= ml;
            taken_ml += ml;
        }
        taken_ml
    }
}

impl Lived {
    fn count(&mut self, sitting: &Sitting, lengths: &Lengths) {
        if is_pump(sitting) {
            self.sessions += 1.0;
            self.minutes += lengths.with(sitting.longer_min);
        } else {
            self.nursings += 1.0;
        }
    }
}

fn add(days: &mut [f64], day: Option<usize>, ml: f64) {
    if let Some(day) = day.and_then(|day| days.get_mut(day)) {
        *day += ml;
    }
}
