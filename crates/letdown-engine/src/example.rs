//! The example: a simulated mother, so that an empty journal can be tried. Every entry of hers says that it is simulated.
//!
//! It is lived through hour by hour with the model itself and needs no scenario: what reads scenarios stays out of the
//! page's engine.

use crate::EngineError;
use jiff::{SignedDuration, ToSpan, civil::Date};
use letdown_journal::{
    body::{Body, Pump},
    moment::{self, Moment},
    volume::Output,
};
use letdown_model::{
    life::{By, Planned, Start, live},
    mother::Mother,
    random::Random,
    removal::Session,
    supply::{Supply, Taken},
};

pub use letdown_journal::body::SIMULATED as MARK;

/// How many days the example has behind it.
const DAYS: i32 = 60;

/// Her usual hours (h).
const SCHEDULE_H: [f64; 7] = [0.5, 5.5, 8.5, 11.5, 14.75, 18.0, 21.25];
/// How far she is from them (sd, h), and how many she leaves out (0 to 1).
const JITTER_H: f64 = 25.0 / 60.0;
const LEFT_OUT: f64 = 0.04;

const MINUTES: f64 = 18.0;
/// To which step she reads her bottles (mL).
const READING_ML: f64 = 5.0;

/// The example's pump sessions up to `now`, in the zone of `now`.
///
/// # Errors
/// When a simulated volume is no volume.
pub fn example(now: &Moment, seed: u64) -> Result<Vec<Body>, EngineError> {
    let her = Mother::typical();
    let mut random = Random::seeded(seed);
    let sessions_h = calendar(&mut random);
    let planned = sessions_h.iter().map(|at_h| Planned { at_h: *at_h, by: By::Pump(Session::both(MINUTES)) });
    let planned: Vec<Planned> = planned.collect();
    let start = Start::established(Supply::steady(&her), 0.0);
    let taken = live(&her, &start, &planned, Some(&mut random));
    let first_day = now.date().saturating_sub(DAYS.days());
    let mut bodies = Vec::with_capacity(taken.len());
    for (at_h, taken) in sessions_h.iter().zip(&taken) {
        let body = written(now, first_day, *at_h, taken)?;
        if body.end().timestamp() <= now.timestamp() {
            bodies.push(body);
        }
    }
    Ok(bodies)
}

/// When she pumped (h from the first midnight), to the minute, in order.
fn calendar(random: &mut Random) -> Vec<f64> {
    let mut sessions_h = Vec::new();
    for day in 0..=DAYS {
        for usual_h in SCHEDULE_H {
            let late_h = JITTER_H * random.normal();
            if random.uniform() >= LEFT_OUT {
                let at_h = (24.0 * f64::from(day) + usual_h + late_h).max(0.0);
                sessions_h.push((60.0 * at_h).round() / 60.0);
            }
        }
    }
    sessions_h.sort_by(f64::total_cmp);
    sessions_h
}

fn written(now: &Moment, first_day: Date, at_h: f64, taken: &Taken) -> Result<Body, EngineError> {
    let after = SignedDuration::from_mins((60.0 * at_h).round() as i64);
    let start = moment::place(first_day.at(0, 0, 0, 0).saturating_add(after), now.time_zone()).at;
    let read = |ml: f64| Output::ml((ml / READING_ML).round() * READING_ML);
    let mut pump = Pump {
        minutes: Some(MINUTES),
        left: Some(read(taken.ml[0])?),
        right: Some(read(taken.ml[1])?),
        ..Pump::at(start)
    };
    pump.extra.insert(MARK.into(), true.into());
    Ok(Body::Pump(pump))
}

/// Whether a body's JSON text says that it belongs to the example.
pub fn is_marked(json: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(json)
        .is_ok_and(|body| body.get(MARK).and_then(serde_json::Value::as_bool) == Some(true))
}
