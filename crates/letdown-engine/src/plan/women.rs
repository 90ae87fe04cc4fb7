//! The women whom a schedule is tried on: posterior draws of her, or women of the population where her log is too short.
//! Each lives through every schedule from the same state, so that only schedules differ.

use super::day::{Day, Sitting};
use crate::{
    observed::{Observed, clock_h},
    twin::Fitted,
    whatif::{Effects, Lengths},
};
use letdown_fit::{past_flow::PastFlowAhead, predict::Outlook};
use letdown_journal::body::Technique;
use letdown_model::{
    eight::{EIGHT, Eight},
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{Term, draw},
    random::Random,
    removal::{Session, Sides, logit},
    supply::Supply,
};

/// Women of the population live with her days for so long first.
const SETTLING_DAYS: u32 = 14;
/// How many are tried on while plans are looked for, and at the end.
pub(super) const SEARCHING: usize = 16;
pub(super) const TELLING: usize = 64;
/// Futures with chance behind the range of what comes.
const FUTURES: usize = 192;
/// Above this fullness a breast is uncomfortable (1).
const FULL: f64 = 0.9;
/// More than any baby wants of a feed (mL): it takes its share of what is there, as in a fit.
const MUCH_ML: f64 = 1e6;

/// What happens at an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Event {
    /// Hours from now.
    pub at_h: f64,
    /// A pump session, or a baby.
    pub does: Does,
}

/// What removes milk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Does {
    Pump { minutes: f64, massage: bool },
    Nurse,
}

/// A course of events and how it is counted (hours from now).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Course {
    pub events: Vec<Event>,
    /// The whole days of it.
    pub days_h: (f64, f64),
    /// Those at its end.
    pub end_h: (f64, f64),
}

/// What a course brought each woman.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Lived {
    /// Output a day over the days at its end (mL).
    pub end_ml: Vec<f64>,
    /// Output of all whole days (mL).
    pub total_ml: Vec<f64>,
    /// What pump and baby took a day over the days at its end (mL).
    pub removed_ml: Vec<f64>,
    /// Hours a day with a breast that full.
    pub full_h: Vec<f64>,
}

/// Women, as they stand now.
#[derive(Clone, Debug)]
pub(super) struct Women {
    mothers: Vec<Mother>,
    starts: Vec<Start>,
    /// How long a session to come goes on past the end of flow (min).
    past_flow_min: f64,
}

impl Women {
    /// Draws of her.
    pub(super) fn hers(observed: &Observed, fitted: &Fitted, count: usize, seed: u64) -> Self {
        let log = observed.fit_log(&fitted.reading).unwrap_or_else(|| fitted.log.clone());
        let hour = observed.hour_of(observed.now.timestamp());
        let few = Fitted {
            at: fitted.at.clone(),
            log: fitted.log.clone(),
            reading: fitted.reading,
            posterior: fitted.posterior.thinned(count),
            basis: fitted.basis,
        };
        let outlook = Outlook::at(&few.posterior, &log, hour);
        let effects = Effects::of(observed, &few);
        let lengths = Lengths::of(observed, fitted.reading.lengths);
        let draws = outlook.draws().max(1);
        let one = |i: usize| {
            let draw = i * draws / count.max(1);
            let (mother, supply) = outlook.sample(draw, &mut Random::stream(seed, 2 * i as u64))?;
            let random = &mut Random::stream(seed, 2 * i as u64 + 1);
            let massage = effects.multiplier(draw, &Technique::Massage, random);
            Some((adapted(mother, &lengths, massage), supply))
        };
        let (mothers, supplies): (Vec<Mother>, Vec<Supply>) = (0..count).filter_map(one).unzip();
        let day = log.day(hour);
        let PastFlowAhead { remembered, usual_min: past_flow_min, .. } = outlook.past_flow().clone();
        let start = |supply| Start {
            days_after_birth: day,
            past_flow: remembered.clone(),
            ..Start::established(supply, clock_h(&observed.now))
        };
        let starts = supplies.into_iter().map(start).collect();
        Self { mothers, starts, past_flow_min }
    }

    /// Women of the population who have lived with these days for a while.
    pub(super) fn of_the_population(observed: &Observed, day: &Day, count: usize, seed: u64) -> Self {
        let mothers: Vec<Mother> =
            (0..count).map(|i| draw(&mut Random::stream(seed, i as u64), Term::Term)).collect();
        let clock_h = clock_h(&observed.now);
        let first = |mother: &Mother| Start::established(Supply::steady(mother), clock_h);
        let starts = mothers.iter().map(first).collect();
        let mut women = Self { starts, mothers, past_flow_min: 0.0 };
        let mut events: Vec<Event> = Vec::new();
        for ahead in 0..=SETTLING_DAYS {
            events.extend(day.0.iter().map(|s| s.event(24.0 * f64::from(ahead) + s.clock_h() - clock_h)));
        }
        events.retain(|e| 0.0 < e.at_h && e.at_h <= 24.0 * f64::from(SETTLING_DAYS));
        let settled: Vec<Supply> = women
            .ready()
            .cohorts
            .into_iter()
            .flat_map(|mut cohort| {
                for event in &events {
                    cohort.step(&event.planned(0.0));
                }
                let end = 24.0 * f64::from(SETTLING_DAYS);
                cohort.step(&Planned { at_h: end, by: By::Nothing });
                cohort.supplies()
            })
            .collect();
        women.starts.iter_mut().zip(settled).for_each(|(start, supply)| start.supply = supply);
        women
    }

    /// A few of them, evenly chosen.
    pub(super) fn few(&self, count: usize) -> Self {
        let every = (self.mothers.len() / count.max(1)).max(1);
        let some = |i: &usize| i.is_multiple_of(every);
        let places: Vec<usize> = (0..self.mothers.len()).filter(some).take(count).collect();
        Self {
            mothers: places.iter().map(|i| self.mothers[*i].clone()).collect(),
            starts: places.iter().map(|i| self.starts[*i].clone()).collect(),
            past_flow_min: self.past_flow_min,
        }
    }

    /// Ready to live through many courses.
    pub(super) fn ready(&self) -> Ready<'_> {
        let count = self.mothers.len();
        let each = |chunk: usize| -> [usize; EIGHT] {
            // The last lanes are filled with women who are counted once only.
            std::array::from_fn(|l| (EIGHT * chunk + l) % count.max(1))
        };
        let chunks = if count == 0 { 0 } else { count.div_ceil(EIGHT) };
        let cohort = |chunk: usize| {
            let places = each(chunk);
            Eight::new(places.map(|i| &self.mothers[i]), places.map(|i| &self.starts[i]))
        };
        Ready { cohorts: (0..chunks).map(cohort).collect(), count, past_flow_min: self.past_flow_min }
    }

    /// Output a day over the days at the end of a course (mL), with chance: one value for each future.
    pub(super) fn by_chance_ml(&self, course: &Course, seed: u64) -> Vec<f64> {
        let schedule: Vec<Planned> = course.events.iter().map(|e| e.planned(self.past_flow_min)).collect();
        let days = (course.end_h.1 - course.end_h.0) / 24.0;
        let future = |i: usize| {
            let place = i * self.mothers.len() / FUTURES;
            let (mother, start) = (self.mothers.get(place)?, self.starts.get(place)?);
            let taken = live(mother, start, &schedule, Some(&mut Random::stream(seed, i as u64)));
            let counted = course.events.iter().zip(&taken).filter(|(e, _)| e.is_output(course.end_h));
            Some(counted.map(|(_, taken)| taken.total_ml()).sum::<f64>() / days)
        };
        (0..FUTURES).filter_map(future).collect()
    }
}

/// Women ready to live through courses.
#[derive(Clone, Debug)]
pub(super) struct Ready<'a> {
    pub cohorts: Vec<Eight<'a>>,
    pub count: usize,
    /// How long a pump session goes on past the end of flow (min).
    pub past_flow_min: f64,
}

impl Ready<'_> {
    /// What a course brings each of them, without chance.
    pub(super) fn live(&self, course: &Course) -> Lived {
        let mut lived = Lived::default();
        let days = |(from, to): (f64, f64)| ((to - from) / 24.0).max(1e-9);
        for cohort in &self.cohorts {
            let mut cohort = cohort.clone();
            let (mut end, mut total) = ([0.0; EIGHT], [0.0; EIGHT]);
            let (mut removed, mut full) = ([0.0; EIGHT], [0.0; EIGHT]);
            let mut left: Vec<[f64; EIGHT]> = cohort.fullness().collect();
            let mut now_h = 0.0;
            let mut rest = |cohort: &mut Eight<'_>, until_h: f64, left: &[[f64; EIGHT]]| {
                cohort.step(&Planned { at_h: until_h, by: By::Nothing });
                for (from, to) in left.iter().zip(cohort.fullness()) {
                    for (l, full) in full.iter_mut().enumerate() {
                        *full += time_full(from[l], to[l], until_h - now_h) / left.len() as f64;
                    }
                }
                now_h = until_h;
            };
            for event in &course.events {
                rest(&mut cohort, event.at_h, &left);
                let taken = cohort.step(&event.planned(self.past_flow_min));
                let count = |sums: &mut [f64; EIGHT]| {
                    for ml in taken {
                        sums.iter_mut().zip(ml).for_each(|(sum, ml)| *sum += ml);
                    }
                };
                if event.is_output(course.end_h) {
                    count(&mut end);
                }
                if event.is_output(course.days_h) {
                    count(&mut total);
                }
                if event.is_within(course.end_h) {
                    count(&mut removed);
                }
                left.clear();
                left.extend(cohort.fullness());
            }
            rest(&mut cohort, course.days_h.1, &left);
            lived.end_ml.extend(end.map(|ml| ml / days(course.end_h)));
            lived.total_ml.extend(total);
            lived.removed_ml.extend(removed.map(|ml| ml / days(course.end_h)));
            lived.full_h.extend(full.map(|h| h / days((0.0, course.days_h.1))));
        }
        for each in [&mut lived.end_ml, &mut lived.total_ml, &mut lived.removed_ml, &mut lived.full_h] {
            each.truncate(self.count);
        }
        lived
    }
}

/// How long a breast was over [`FULL`], as if it filled evenly (h).
fn time_full(from: f64, to: f64, hours: f64) -> f64 {
    match to - from {
        _ if to <= FULL => 0.0,
        rise if rise > 0.0 => hours * ((to - FULL) / rise).min(1.0),
        _ => hours,
    }
}

impl Event {
    /// As the model lives it, a pump session going so long past the end of flow (min).
    pub(super) fn planned(&self, past_flow_min: f64) -> Planned {
        let by = match self.does {
            Does::Pump { minutes, massage } => {
                By::Pump(Session { massaged: massage, past_flow_min, ..Session::both(minutes) })
            }
            Does::Nurse => By::Baby { sides: Sides::Both, wanted_ml: MUCH_ML },
        };
        Planned { at_h: self.at_h, by }
    }

    fn is_output(&self, span_h: (f64, f64)) -> bool {
        matches!(self.does, Does::Pump { .. }) && self.is_within(span_h)
    }

    fn is_within(&self, (from_h, to_h): (f64, f64)) -> bool {
        from_h <= self.at_h && self.at_h < to_h
    }
}

impl Sitting {
    pub(super) fn event(self, at_h: f64) -> Event {
        Event { at_h, does: Does::Pump { minutes: f64::from(self.minutes), massage: self.massage } }
    }
}

/// Where lengths are judged (1).
const HALF_FULL: f64 = 0.5;

/// Her as the planner takes her: the share of a session with what she usually pumps with, and what massage multiplies it by.
fn adapted(mother: &Mother, lengths: &Lengths, massage: f64) -> Mother {
    let pump = &mother.pump;
    let usual = pump.standard_share(true, 0.0) * pump.progress(lengths.fitted_min, HALF_FULL)
        / pump.progress(lengths.logged_min, HALF_FULL);
    let mut her = mother.clone();
    her.pump.share_logit = logit(usual.clamp(0.01, 0.97));
    her.pump.massage = massage;
    her
}
