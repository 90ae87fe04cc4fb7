//! What if: the days to come as she does it, and with a change.
//!
//! Both ways are lived through with the *same* draws of her traits, the same states, days and chances, so that only the
//! change differs; the range of the difference is its own, and narrower than that of two forecasts. It rests on the model
//! alone: nothing that past forecasts got wrong is put right here. Output only: what a baby drinks is not in these numbers.
//!
//! What does not rest on a measurement says so: no trial shows that minutes past the end of flow make more milk, so a longer
//! session counts for the milk that it takes, and for more only where her own log told what such minutes went with. Where advice stops ([`crate::red_flags`]), the answer begins with whom to
//! ask.

mod change;
mod course;
mod effect;
mod lives;
mod words;

pub use change::Change;
pub(crate) use effect::Effects;
pub(crate) use lives::Lengths;

use crate::{
    EngineError, Spread,
    error::{Problem, said},
    habit::Habit,
    numbers::tenth,
    observed::Observed,
    red_flags::red_flags,
    twin::{Twin, TwinState},
};
use jiff::ToSpan;
use letdown_fit::{predict::Outlook, traits::Trait};
use letdown_journal::fold::Folded;
use lives::{Lived, Ways};
use serde::Serialize;

/// What a change would bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// When it was asked for.
    pub now: String,
    /// The change as it was typed.
    pub change: String,
    /// As she does it.
    pub baseline: Course,
    /// With the change.
    pub changed: Course,
    /// With the change, less as she does it: future by future.
    pub difference: Course,
    /// What in it no measurement bears out: sentences.
    pub unproven: Vec<String>,
    /// Why no advice is given now, and whom to ask: sentences.
    pub stops: Vec<String>,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// The twin behind it.
    pub twin: TwinState,
    /// The whole in plain words.
    pub says: String,
}

/// A course of days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// Whole days after today.
    pub days: Vec<Day>,
    /// Output of all of them (mL).
    pub total_ml: Spread,
    /// Output a day, over all of them (mL).
    pub ml_per_day: Spread,
    /// Milk made a day, over all of them, whoever takes it (mL).
    pub made_ml_per_day: Spread,
    /// Pump sessions a day.
    pub sessions_per_day: f64,
    /// Nursings a day.
    pub nursings_per_day: f64,
    /// Minutes at the pump a day.
    pub minutes_per_day: f64,
}

/// One whole day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// The day, on her calendar.
    pub date: String,
    /// Output (mL).
    pub ml: Spread,
    /// Milk made (mL).
    pub made_ml: Spread,
}

/// The days of a what-if when none are said.
pub const USUAL_DAYS: u32 = 14;

/// What a change would bring in `days` whole days after today.
///
/// # Errors
/// When the twin is not ready, no day is known that could be a pattern for others, or the change speaks of a session that
/// her days do not have; a sentence says so.
pub fn what_if(
    journal: &Folded,
    observed: &Observed,
    twin: &Twin,
    change: &Change,
    days: u32,
    seed: u64,
) -> Result<WhatIf, EngineError> {
    let fitted = twin.fitted()?;
    let habit = Habit::of(observed);
    if !habit.is_known() || days == 0 {
        return Err(Problem::NoTwin(words::NO_HABIT.into()).into());
    }
    is_there(observed, &habit, change)?;
    // The log of now, read as it was when it was fitted: entries since then are known too.
    let log = observed.fit_log(&fitted.reading).unwrap_or_else(|| fitted.log.clone());
    let outlook = Outlook::at(&fitted.posterior, &log, observed.hour_of(observed.now.timestamp()));
    let effects = effect::Effects::of(observed, fitted);
    let lengths = Lengths::of(observed, fitted.reading.lengths);
    let multiplier = |draw: usize, technique: &_, random: &mut _| effects.multiplier(draw, technique, random);
    let ways = Ways { observed, outlook: &outlook, habit: &habit, lengths, multiplier: &multiplier };
    let both = ways.live(change, days, seed);
    let first = ways.first_day();
    let dates: Vec<String> =
        (0..i64::from(days)).map(|ahead| first.saturating_add(ahead.days()).to_string()).collect();
    let difference: Vec<Lived> = both.changed.iter().zip(&both.as_it_is).map(|(a, b)| a.less(b)).collect();
    let is_told = fitted.posterior.fitted().contains(&Trait::PastFlow);
    let grows = is_told && outlook.past_flow().usual_min > 0.0;
    let mut answer = WhatIf {
        now: observed.now.to_string(),
        change: change.as_typed().to_owned(),
        baseline: told(&dates, &both.as_it_is),
        changed: told(&dates, &both.changed),
        difference: told(&dates, &difference),
        unproven: words::unproven(change, &effects, grows),
        stops: red_flags(journal, observed).for_a_change(adds_pumping(change)),
        data_age_h: observed.data_age_h().map(tenth),
        twin: twin.state(),
        says: String::new(),
    };
    answer.says = words::says(&answer, change, &lengths);
    Ok(answer)
}

/// Whether a change asks for more at the pump.
fn adds_pumping(change: &Change) -> bool {
    change.parts.iter().any(|part| match part {
        change::Part::Add(_) => true,
        change::Part::Longer(minutes) => *minutes > 0.0,
        _ => false,
    })
}

/// Whether her most typical day holds the sessions of which a change speaks.
fn is_there(observed: &Observed, habit: &Habit, change: &Change) -> Result<(), EngineError> {
    let usual = course::as_it_is(habit.typical(&observed.now, 1));
    let Some(time) = course::missing(&usual, change) else { return Ok(()) };
    let mut clocks: Vec<String> = usual
        .iter()
        .filter(|sitting| course::is_pump(sitting))
        .map(|sitting| sitting.likely.at.strftime("%H:%M").to_string())
        .collect();
    clocks.sort();
    clocks.dedup();
    let time = time.strftime("%H:%M");
    Err(said(if clocks.is_empty() {
        format!("your usual days hold no pump session, so there is none at {time}")
    } else {
        format!("your usual days hold no pump session near {time}; yours are about {}", clocks.join(", "))
    }))
}

impl Lived {
    /// One way less another.
    fn less(&self, other: &Self) -> Self {
        let each = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect();
        Self {
            output_ml: each(&self.output_ml, &other.output_ml),
            made_ml: each(&self.made_ml, &other.made_ml),
            sessions: self.sessions - other.sessions,
            nursings: self.nursings - other.nursings,
            minutes: self.minutes - other.minutes,
        }
    }
}

fn told(dates: &[String], lived: &[Lived]) -> Course {
    let days = dates.len() as f64;
    let spread =
        |of: &dyn Fn(&Lived) -> f64| Spread::of_samples(&mut lived.iter().map(of).collect::<Vec<f64>>());
    let mean = |of: &dyn Fn(&Lived) -> f64| {
        tenth(lived.iter().map(of).sum::<f64>() / (lived.len().max(1) as f64 * days))
    };
    let day = |(i, date): (usize, &String)| Day {
        date: date.clone(),
        ml: spread(&|l| l.output_ml[i]),
        made_ml: spread(&|l| l.made_ml[i]),
    };
    Course {
        days: dates.iter().enumerate().map(day).collect(),
        total_ml: spread(&|l| l.output_ml.iter().sum()),
        ml_per_day: spread(&|l| l.output_ml.iter().sum::<f64>() / days),
        made_ml_per_day: spread(&|l| l.made_ml.iter().sum::<f64>() / days),
        sessions_per_day: mean(&|l| l.sessions),
        nursings_per_day: mean(&|l| l.nursings),
        minutes_per_day: mean(&|l| l.minutes),
    }
}
