//! Weeks of a life written down as she would: a declared scenario becomes a log.
//!
//! ```toml
//! days = 60
//! start = "2026-09-01"            # the first day
//! zone = "Europe/Berlin"
//! mother = "draw"                 # draw | median
//! day_after_birth = 20            # left out: established lactation
//! term = true                     # false: pumping for a preterm baby
//! schedule = ["03:00", "07:00", "11:00", "15:00", "19:00", "23:00"]
//! jitter_min = 25                 # spread of each start
//! minutes = 18                    # length of a session
//! skip = 0.03                     # share of sessions left out
//! per_side = true                 # volumes per side, else one total
//! reading_ml = 5                  # to which step she reads the bottle
//! ```
//!
//! Every key has the value above when it is left out, but for `day_after_birth`.

use crate::error::Problem;
use crate::{EngineError, numbers::tenth};
use jiff::{
    SignedDuration, ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use letdown_journal::{
    body::{Body, Pump},
    moment,
    volume::Output,
};
use letdown_model::{
    activation::Activation,
    life::{By, Planned, Start, live},
    mother::Mother,
    population::{ACTIVATION_PRETERM_H, ACTIVATION_TERM_H, Term, draw},
    random::Random,
    removal::Session,
    supply::{Supply, Taken},
};
use serde::{Deserialize, Serialize};

/// A declared scenario, checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    days: u32,
    start: Date,
    zone: TimeZone,
    mother: Who,
    day_after_birth: Option<f64>,
    term: Term,
    schedule: Vec<Time>,
    jitter_min: f64,
    minutes: f64,
    skip: f64,
    per_side: bool,
    reading_ml: f64,
}

/// Who lives through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Who {
    /// A woman drawn from the population.
    Draw,
    /// The woman of all medians.
    Median,
}

/// A scenario as it is declared; [`Scenario::of`] checks it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the keys of the text above")]
pub struct Declared {
    pub days: u32,
    pub start: String,
    pub zone: String,
    pub mother: Who,
    pub day_after_birth: Option<f64>,
    pub term: bool,
    pub schedule: Vec<String>,
    pub jitter_min: f64,
    pub minutes: f64,
    pub skip: f64,
    pub per_side: bool,
    pub reading_ml: f64,
}

impl Default for Declared {
    fn default() -> Self {
        Self {
            days: 60,
            start: "2026-09-01".into(),
            zone: "Europe/Berlin".into(),
            mother: Who::Draw,
            day_after_birth: None,
            term: true,
            schedule: ["03:00", "07:00", "11:00", "15:00", "19:00", "23:00"].map(str::to_owned).into(),
            jitter_min: 25.0,
            minutes: 18.0,
            skip: 0.03,
            per_side: true,
            reading_ml: 5.0,
        }
    }
}

/// The longest scenario (days).
const MOST_DAYS: u32 = 1000;

impl Scenario {
    /// Reads a scenario from TOML text.
    ///
    /// # Errors
    /// When the text is not TOML, names an unknown key, or a value lies outside its range; the error names the key, the
    /// range and the unit.
    pub fn read(toml: &str) -> Result<Self, EngineError> {
        Self::of(&toml::from_str(toml).map_err(|e| Problem::Scenario(e.to_string()))?)
    }

    /// A scenario from its declaration.
    ///
    /// # Errors
    /// When a value lies outside its range; the error names the key, the range and the unit.
    pub fn of(wire: &Declared) -> Result<Self, EngineError> {
        let date = |text: &str| {
            text.parse::<Date>()
                .map_err(|_| key("start", format!("{text:?} is not a day; write it like 2026-09-01")))
        };
        let time = |text: &String| {
            text.parse::<Time>()
                .map_err(|_| key("schedule", format!("{text:?} is not a time; write it like 07:00")))
        };
        let mut schedule = wire.schedule.iter().map(time).collect::<Result<Vec<Time>, EngineError>>()?;
        schedule.sort_unstable();
        if !(1..=24).contains(&schedule.len()) {
            return Err(key("schedule", format!("{} sessions a day; 1 to 24 are possible", schedule.len())));
        }
        Ok(Self {
            days: u32::try_from(
                between("days", f64::from(wire.days), 1.0, f64::from(MOST_DAYS), "days")? as i64
            )
            .unwrap_or(MOST_DAYS),
            start: date(&wire.start)?,
            zone: moment::zone(&wire.zone).map_err(|e| key("zone", e.to_string()))?,
            mother: wire.mother,
            day_after_birth: wire
                .day_after_birth
                .map(|d| between("day_after_birth", d, 0.0, 1000.0, "days"))
                .transpose()?,
            term: if wire.term { Term::Term } else { Term::Preterm },
            schedule,
            jitter_min: between("jitter_min", wire.jitter_min, 0.0, 180.0, "min")?,
            minutes: between("minutes", wire.minutes, 1.0, 90.0, "min")?,
            skip: between("skip", wire.skip, 0.0, 0.9, "of sessions")?,
            per_side: wire.per_side,
            reading_ml: between("reading_ml", wire.reading_ml, 0.1, 60.0, "mL")?,
        })
    }

    /// One woman's log: pump sessions in order of time.
    ///
    /// # Errors
    /// When a simulated volume is no volume.
    pub fn log(&self, seed: u64) -> Result<Vec<Body>, EngineError> {
        let life = self.life(seed);
        life.iter().map(|(at, taken)| self.session(*at, taken)).collect()
    }

    /// Output per day of `mothers` women: mean and spread over them.
    pub fn days(&self, mothers: u32, seed: u64) -> Vec<SimulatedDay> {
        let mut ml = vec![Vec::new(); self.days as usize];
        let mut sessions = vec![Vec::new(); self.days as usize];
        for mother in 0..mothers.max(1) {
            let (mut day_ml, mut count) = (vec![0.0; ml.len()], vec![0.0; ml.len()]);
            for (at_h, taken) in self.life(seed.wrapping_add(u64::from(mother))) {
                let day = ((at_h / 24.0) as usize).min(day_ml.len() - 1);
                day_ml[day] += taken.total_ml();
                count[day] += 1.0;
            }
            for day in 0..ml.len() {
                ml[day].push(day_ml[day]);
                sessions[day].push(count[day]);
            }
        }
        let date = |day: i64| self.start.saturating_add(day.days()).to_string();
        ml.iter()
            .zip(&sessions)
            .zip(0..)
            .map(|((ml, sessions), day)| SimulatedDay {
                date: date(day),
                ml: tenth(mean(ml)),
                ml_sd: (mothers > 1).then(|| tenth(sd(ml))),
                sessions: tenth(mean(sessions)),
            })
            .collect()
    }

    /// When (h from the first midnight) each session began, and what it took.
    fn life(&self, seed: u64) -> Vec<(f64, Taken)> {
        let mut random = Random::seeded(seed);
        let her = match self.mother {
            Who::Draw => draw(&mut random, self.term),
            Who::Median => median(self.term),
        };
        let supply = match self.day_after_birth {
            Some(day) if day < 1.0 => Supply::at_birth(&her),
            _ => Supply::steady(&her),
        };
        let start = Start { supply, clock_h: 0.0, days_after_birth: self.day_after_birth, tables: Vec::new() };
        let plan = self.plan(&mut random);
        let taken = live(&her, &start, &plan, Some(&mut random));
        plan.iter().map(|p| p.at_h).zip(taken).collect()
    }

    fn plan(&self, random: &mut Random) -> Vec<Planned> {
        let mut starts = Vec::new();
        for day in 0..self.days {
            for time in &self.schedule {
                let usual_h = f64::from(time.hour()) + f64::from(time.minute()) / 60.0;
                let at_h = 24.0 * f64::from(day) + usual_h + self.jitter_min / 60.0 * random.normal();
                let left_out = random.uniform() < self.skip;
                if !left_out {
                    // She writes down whole minutes.
                    starts.push((at_h.max(0.0) * 60.0).round() / 60.0);
                }
            }
        }
        starts.sort_by(f64::total_cmp);
        let by = By::Pump(Session::both(self.minutes));
        starts.into_iter().map(|at_h| Planned { at_h, by }).collect()
    }

    fn session(&self, at_h: f64, taken: &Taken) -> Result<Body, EngineError> {
        let midnight = moment::place(self.start.at(0, 0, 0, 0), &self.zone).at;
        let start = midnight.saturating_add(SignedDuration::from_secs((at_h * 3600.0).round() as i64));
        let read = |ml: f64| Output::ml((ml / self.reading_ml).round() * self.reading_ml);
        let pump = Pump { minutes: Some(self.minutes), ..Pump::at(start) };
        Ok(Body::Pump(if self.per_side {
            Pump { left: Some(read(taken.ml[0])?), right: Some(read(taken.ml[1])?), ..pump }
        } else {
            Pump { total: Some(read(taken.total_ml())?), ..pump }
        }))
    }
}

/// The woman of all medians after a birth at term or before it.
fn median(term: Term) -> Mother {
    let activation = match term {
        Term::Term => ACTIVATION_TERM_H,
        Term::Preterm => ACTIVATION_PRETERM_H,
    };
    Mother { activation: Activation { half_h: activation.at(0.0) }, ..Mother::typical() }
}

/// One simulated day: means over women.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SimulatedDay {
    /// The day.
    pub date: String,
    /// Output (mL).
    pub ml: f64,
    /// Its standard deviation between women (mL), when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ml_sd: Option<f64>,
    /// Sessions.
    pub sessions: f64,
}

fn between(name: &'static str, value: f64, low: f64, high: f64, unit: &str) -> Result<f64, EngineError> {
    if low <= value && value <= high {
        Ok(value)
    } else {
        Err(key(name, format!("{value} must lie between {low} and {high} {unit}")))
    }
}

fn key(key: &'static str, detail: String) -> EngineError {
    Problem::ScenarioKey { key, detail }.into()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (values.len() as f64 - 1.0)).sqrt()
}
