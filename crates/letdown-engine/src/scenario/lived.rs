//! Declared weeks are lived through.

use super::{
    sitting::sd,
    weeks::{Detail, Entry, Scenario},
};
use crate::{
    EngineError,
    numbers::{mean, tenth},
};
use jiff::{ToSpan, civil::Date};
use letdown_journal::{
    body::{Body as EntryBody, Pump},
    volume::Output,
};
use letdown_model::{
    body::Body,
    life::{By, Planned, Start, live},
    mother::Mother,
    random::Random,
    session::touch::Source,
    supply::Supply,
    surrogate::{PAIRS, PAIRS_IN_A_CROWD, Surrogate, Technique},
};
use serde::Serialize;

/// One session that was lived through.
#[derive(Clone, Debug, PartialEq)]
pub struct Lived {
    /// Hours from the first midnight.
    pub at_h: f64,
    /// Length (min).
    pub minutes: f64,
    /// Collected by pump or hand, left and right (mL).
    pub pumped_ml: [f64; 2],
    /// Drunk at the breast, left and right (mL).
    pub nursed_ml: [f64; 2],
    /// Whether milk was collected, left and right.
    pub collected: [bool; 2],
    /// Whether a baby was at a breast.
    pub is_nursed: bool,
    /// When the first let-down came (s); unknown in hours' detail.
    pub first_s: Option<f64>,
    /// Whether one came within five minutes; unknown in hours' detail.
    pub worked: Option<bool>,
    /// Milk in both breasts when it began (mL).
    pub held_ml: [f64; 2],
}

impl Lived {
    /// Whether milk was collected.
    pub fn is_pumped(&self) -> bool {
        self.collected != [false; 2]
    }

    /// Milk that left the breasts (mL).
    pub fn removed_ml(&self) -> f64 {
        self.pumped_ml.iter().chain(&self.nursed_ml).sum()
    }
}

/// One day of a life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LivedDay {
    /// Milk that left the breasts (mL).
    pub removed_ml: f64,
    /// Of this collected (mL).
    pub pumped_ml: f64,
    /// Of this drunk at the breast (mL).
    pub nursed_ml: f64,
    /// Sessions.
    pub sessions: f64,
    /// Sessions of which it is known whether a let-down came within five minutes, and those in which one did.
    pub watched: f64,
    /// See `watched`.
    pub worked: f64,
}

/// One simulated day: means over women.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedDay {
    /// The day.
    pub date: String,
    /// Milk that left the breasts, by pump, hand or baby (mL).
    pub ml: f64,
    /// Its standard deviation between women (mL), when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ml_sd: Option<f64>,
    /// Of this collected (output, mL).
    pub pumped_ml: f64,
    /// Of this drunk at the breast (intake, mL).
    pub nursed_ml: f64,
    /// Sessions.
    pub sessions: f64,
    /// Share of sessions with a let-down within five minutes, where sessions were lived through second by second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub works_within_5_min: Option<f64>,
}

impl Scenario {
    /// The sessions of one woman.
    pub fn live(&self, seed: u64, twins: &[Mother], in_a_crowd: bool) -> Vec<Lived> {
        let mut random = Random::seeded(seed);
        let her = self.who.mother(&mut random, twins);
        let supply = match self.day_after_birth {
            Some(day) if day < 1.0 => Supply::at_birth(&her),
            _ => Supply::steady(&her),
        };
        let calendar = self.calendar(&mut random);
        match self.detail() {
            Detail::Hours => self.by_hours(&her, supply, &calendar, &mut random, in_a_crowd),
            Detail::Seconds => self.by_seconds(&her, supply, &calendar, &mut random),
        }
    }

    fn by_hours(
        &self,
        her: &Mother,
        supply: Supply,
        calendar: &[Entry],
        random: &mut Random,
        in_a_crowd: bool,
    ) -> Vec<Lived> {
        let longest_min = calendar.iter().map(|e| e.setting.minutes).fold(1.0, f64::max);
        let pairs = if in_a_crowd { PAIRS_IN_A_CROWD } else { PAIRS };
        let mut techniques: Vec<Technique> = Vec::new();
        let schedule: Vec<Planned> = calendar.iter().map(|e| planned(e, &mut techniques)).collect();
        let tables = techniques.iter().map(|t| Surrogate::of_pairs(pairs, her, t, longest_min)).collect();
        let start =
            Start { days_after_birth: self.day_after_birth, tables, ..Start::established(supply, 0.0) };
        let taken = live(her, &start, &schedule, Some(random));
        let lived = |(entry, taken): (&Entry, letdown_model::supply::Taken)| {
            let ml = two(&taken.ml);
            let nursed = entry.setting.is_nursing();
            Lived {
                pumped_ml: if nursed { [0.0; 2] } else { ml },
                nursed_ml: if nursed { ml } else { [0.0; 2] },
                held_ml: two(&taken.held_ml),
                ..nothing(entry)
            }
        };
        calendar.iter().zip(taken).map(lived).collect()
    }

    fn by_seconds(
        &self,
        her: &Mother,
        supply: Supply,
        calendar: &[Entry],
        random: &mut Random,
    ) -> Vec<Lived> {
        let mut body = Body::new(her, supply, 0.0, self.day_after_birth);
        body.learned = self.who.learned(her);
        let mut now_h = 0.0;
        let mut carried_ml = 0.0;
        let mut lived = Vec::with_capacity(calendar.len());
        for entry in calendar {
            body.pass(entry.at_h - now_h, Some(random));
            now_h = now_h.max(entry.at_h);
            let babies = f64::from(entry.babies().max(1));
            let wanted_ml = (entry.wanted_ml + carried_ml / babies).min(self.stomach_ml(now_h));
            let place = self.place(&entry.setting.place);
            let held: Vec<f64> = body.supply.breasts.iter().map(|b| b.milk_ml).collect();
            let course = body.meet(&entry.setting.meeting(wanted_ml, place), random);
            let session = lived_session(entry, &course, two(&held));
            if entry.setting.is_nursing() {
                let unmet_ml = babies * entry.wanted_ml + carried_ml - session.nursed_ml.iter().sum::<f64>();
                carried_ml = unmet_ml.clamp(0.0, 2.0 * babies * entry.wanted_ml);
            }
            lived.push(session);
        }
        lived
    }

    fn stomach_ml(&self, now_h: f64) -> f64 {
        let day = self.day_after_birth.map(|day| day + now_h / 24.0);
        day.map_or(f64::INFINITY, letdown_model::removal::stomach_cap_ml)
    }

    /// The days of one woman.
    pub fn lived_days(&self, lived: &[Lived]) -> Vec<LivedDay> {
        let mut days = vec![LivedDay::default(); self.days as usize];
        for session in lived {
            let day = &mut days[((session.at_h / 24.0) as usize).min(self.days as usize - 1)];
            day.removed_ml += session.removed_ml();
            day.pumped_ml += session.pumped_ml.iter().sum::<f64>();
            day.nursed_ml += session.nursed_ml.iter().sum::<f64>();
            day.sessions += 1.0;
            if let Some(worked) = session.worked {
                day.watched += 1.0;
                day.worked += f64::from(u8::from(worked));
            }
        }
        days
    }

    /// Means over women of their days.
    pub fn mean_days(&self, women: &[Vec<LivedDay>]) -> Vec<SimulatedDay> {
        let date = |day: usize| -> Date { self.start.saturating_add(i64::try_from(day).unwrap_or(0).days()) };
        let of = |day: usize, value: fn(&LivedDay) -> f64| -> Vec<f64> {
            women.iter().map(|days| value(&days[day])).collect()
        };
        let one = |day: usize| {
            let ml = of(day, |d| d.removed_ml);
            let watched: f64 = of(day, |d| d.watched).iter().sum();
            let worked: f64 = of(day, |d| d.worked).iter().sum();
            SimulatedDay {
                date: date(day).to_string(),
                ml: tenth(mean(&ml)),
                ml_sd: (women.len() > 1).then(|| tenth(sd(&ml))),
                pumped_ml: tenth(mean(&of(day, |d| d.pumped_ml))),
                nursed_ml: tenth(mean(&of(day, |d| d.nursed_ml))),
                sessions: tenth(mean(&of(day, |d| d.sessions))),
                works_within_5_min: (watched > 0.0).then(|| (100.0 * worked / watched).round() / 100.0),
            }
        };
        (0..self.days as usize).map(one).collect()
    }

    /// Output per day of `mothers` women: mean and spread over them.
    pub fn days(&self, mothers: u32, seed: u64) -> Vec<SimulatedDay> {
        let one =
            |mother: u32| self.lived_days(&self.live(seed.wrapping_add(u64::from(mother)), &[], mothers > 1));
        self.mean_days(&(0..mothers.max(1)).map(one).collect::<Vec<_>>())
    }

    /// One woman's log: pump sessions in order of time.
    ///
    /// # Errors
    /// When a simulated volume is no volume.
    pub fn log(&self, seed: u64) -> Result<Vec<EntryBody>, EngineError> {
        self.written(&self.live(seed, &[], false))
    }

    /// What she writes down of the sessions that collected milk.
    ///
    /// # Errors
    /// When a simulated volume is no volume.
    pub fn written(&self, lived: &[Lived]) -> Result<Vec<EntryBody>, EngineError> {
        lived.iter().filter(|s| s.is_pumped()).map(|s| self.session(s)).collect()
    }

    pub(super) fn session(&self, lived: &Lived) -> Result<EntryBody, EngineError> {
        let start = self.moment(lived.at_h);
        let read = |ml: f64| Output::ml((ml / self.reading_ml).round() * self.reading_ml);
        let pump = Pump { minutes: Some(lived.minutes), ..Pump::at(start) };
        Ok(EntryBody::Pump(if self.per_side {
            let side = |b: usize| lived.collected[b].then(|| read(lived.pumped_ml[b])).transpose();
            Pump { left: side(0)?, right: side(1)?, ..pump }
        } else {
            Pump { total: Some(read(lived.pumped_ml.iter().sum())?), ..pump }
        }))
    }
}

fn nothing(entry: &Entry) -> Lived {
    Lived {
        at_h: entry.at_h,
        minutes: entry.setting.minutes,
        pumped_ml: [0.0; 2],
        nursed_ml: [0.0; 2],
        collected: entry.setting.collects(),
        is_nursed: entry.setting.is_nursing(),
        first_s: None,
        worked: None,
        held_ml: [0.0; 2],
    }
}

fn lived_session(entry: &Entry, course: &letdown_model::session::Course, held_ml: [f64; 2]) -> Lived {
    let plan = entry.setting.plan(0.0);
    let drinks = |b: usize| plan.phases.iter().any(|p| matches!(p.sides[b.min(1)].source, Source::Baby(_)));
    let mut lived = nothing(entry);
    for (b, ml) in course.taken_ml.iter().enumerate().take(2) {
        let to = if drinks(b) { &mut lived.nursed_ml } else { &mut lived.pumped_ml };
        to[b] = *ml;
    }
    lived.minutes = (course.seconds / 60.0).round();
    lived.first_s = course.first_s();
    lived.worked = Some(course.first_s().is_some_and(|s| s <= super::sitting::WORKS_WITHIN_S));
    lived.held_ml = held_ml;
    lived
}

/// Left and right of one value per breast.
fn two(by_breast: &[f64]) -> [f64; 2] {
    [0, 1].map(|b| by_breast.get(b).copied().unwrap_or(0.0))
}

fn planned(entry: &Entry, techniques: &mut Vec<Technique>) -> Planned {
    let setting = &entry.setting;
    let by = match setting.reached() {
        None => By::Nothing,
        Some(sides) if setting.is_nursing() => {
            By::Baby { sides, wanted_ml: entry.wanted_ml * f64::from(setting.babies) }
        }
        Some(sides) => {
            let technique = setting.technique();
            let table = techniques.iter().position(|t| *t == technique).unwrap_or_else(|| {
                techniques.push(technique);
                techniques.len() - 1
            });
            By::Milking { table, sides, minutes: setting.minutes, past_flow_min: setting.past_flow_min }
        }
    };
    Planned { at_h: entry.at_h, by }
}
