//! Who lives through a scenario: a woman drawn, the woman of all medians, one of declared values, or her own twin.

use super::keys::Keys;
use crate::EngineError;
use letdown_model::{
    activation::Activation,
    learning::{Cue, Learned, Present},
    mother::Mother,
    population::{self, ACTIVATION_PRETERM_H, ACTIVATION_TERM_H, Term},
    random::Random,
    removal::logit,
    rhythm::Rhythm,
};
use toml::Value;

/// Who lives through a scenario.
#[derive(Clone, Debug)]
pub(crate) struct Who {
    from: From,
    term: Term,
    values: Vec<(&'static Trait, [f64; 2])>,
    rhythm: Option<Rhythm>,
    trained: Trained,
    says_what_was_learned: bool,
    /// Days since the last session: what was learned has faded so long.
    rested_days: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Draw,
    Median,
    Posterior,
}

/// What her reflex has learned before a scenario begins.
#[derive(Clone, Debug)]
enum Trained {
    Nothing,
    Nursing,
    Pump,
    Both,
    Values(Vec<(Cue, f64)>),
}

const FROM: [(&str, From); 3] =
    [("draw", From::Draw), ("median", From::Median), ("posterior", From::Posterior)];
const TRAINED: [(&str, u8); 4] = [("nothing", 0), ("nursing", 1), ("pump", 2), ("both", 3)];

/// A trait that a scenario may set.
#[derive(Debug)]
struct Trait {
    key: &'static str,
    low: f64,
    high: f64,
    unit: &'static str,
    set: fn(&mut Mother, [f64; 2]),
}

macro_rules! traits {
    ($($key:literal $low:literal $high:literal $unit:literal => $set:expr;)*) => {
        const TRAITS: &[Trait] = &[$(Trait { key: $key, low: $low, high: $high, unit: $unit, set: $set }),*];
    };
}

traits! {
    "capacity_ml_per_h" 0.0 150.0 "mL/h a breast" => |m, v| both(m, v, |b, x| b.capacity_ml_per_h = x);
    "storage_ml" 20.0 1000.0 "mL a breast" => |m, v| both(m, v, |b, x| b.storage_ml = x);
    "early_storage_ml" 10.0 1000.0 "mL a breast" => |m, v| both(m, v, |b, x| b.early_storage_ml = x);
    "half_fullness" 0.2 5.0 "(1)" => |m, v| m.brake.half_fullness = v[0];
    "steepness" 0.5 30.0 "(1)" => |m, v| m.brake.steepness = v[0];
    "set_fullness" 0.02 1.0 "(1)" => |m, v| m.demand.set_fullness = v[0];
    "memory_h" 1.0 1000.0 "h" => |m, v| m.demand.memory_h = v[0];
    "gain_per_day" 0.0 5.0 "1/day" => |m, v| m.demand.gain_per_day = v[0];
    "return_per_day" 0.0001 2.0 "1/day" => |m, v| m.demand.return_per_day = v[0];
    "early_gain" 0.0 20.0 "(1)" => |m, v| m.demand.early_gain = v[0];
    "retention_per_day" 0.0 5.0 "1/day" => |m, v| m.demand.retention_per_day = v[0];
    "past_flow_per_day" 0.0 0.1 "1/day and ten minutes" => |m, v| m.demand.past_flow_per_day = v[0];
    "ceiling" 1.0 20.0 "(1)" => |m, v| m.demand.ceiling = v[0];
    "activation_h" 1.0 400.0 "h" => |m, v| m.activation.half_h = v[0];
    "out_of_reach" 0.0 0.6 "(1)" => |m, v| m.pump.out_of_reach = v[0];
    "baby_share" 0.05 0.99 "(1)" => |m, v| m.baby.share_logit = logit(v[0]);
    "feed_logit_sd" 0.0 3.0 "logit" => |m, v| m.baby.feed_logit_sd = v[0];
    "session_logit_sd" 0.0 3.0 "logit" => |m, v| m.pump.session_logit_sd = v[0];
    "wander_day_sd" 0.0 0.5 "1/sqrt(day)" => |m, v| m.wander.day_sd = v[0];
    "wander_gap_sd" 0.0 1.0 "log sd" => |m, v| m.wander.gap_sd = v[0];
    "reflex_gain_per_s" 0.0 1.0 "1/s" => |m, v| m.ejection.reflex.gain_per_s = v[0];
    "reflex_forgets_s" 1.0 10000.0 "s" => |m, v| m.ejection.reflex.forgets_s = v[0];
    "period_s" 30.0 3000.0 "s" => |m, v| m.ejection.reflex.period_s = v[0];
    "pulse" 0.0 10.0 "(1)" => |m, v| m.ejection.reflex.pulse = v[0];
    "fatigue" 0.0 0.9 "(1)" => |m, v| m.ejection.reflex.fatigue = v[0];
    "fatigue_recovers_s" 1.0 10000.0 "s" => |m, v| m.ejection.reflex.recovers_s = v[0];
    "clears_per_s" 0.001 1.0 "1/s" => |m, v| m.ejection.gland.clears_per_s = v[0];
    "lag_s" 0.0 120.0 "s" => |m, v| m.ejection.gland.lag_s = v[0];
    "squeezes_per_s" 0.0 0.2 "1/s" => |m, v| m.ejection.ducts.squeezes_per_s = v[0];
    "takes_per_s" 0.0 0.5 "1/s" => |m, v| m.ejection.ducts.takes_per_s = v[0];
    "choked_ml" 0.1 1000.0 "mL" => |m, v| m.ejection.ducts.choked_ml = v[0];
    "back_s" 1.0 1_000_000.0 "s" => |m, v| m.ejection.ducts.back_s = v[0];
    "drip_ml_per_s" 0.0 0.1 "mL/s" => |m, v| m.ejection.ducts.drip_ml_per_s = v[0];
    "massage_helps" 0.0 3.0 "(1)" => |m, v| m.ejection.massage_helps = v[0];
    "distress_reaches" 0.0 3.0 "(1)" => |m, v| m.ejection.distress_reaches = v[0];
    "feels" -20.0 20.0 "logit" => |m, v| m.ejection.feels = v[0];
    "learning_rate" 0.0 1.0 "(1)" => |m, v| m.learning.rate = v[0];
    "competition" 0.0 1.0 "(1)" => |m, v| m.learning.competition = v[0];
}

fn both(mother: &mut Mother, values: [f64; 2], set: fn(&mut letdown_model::mother::Breast, f64)) {
    for (breast, value) in mother.breasts.iter_mut().zip(values) {
        set(breast, value);
    }
}

impl Who {
    /// Reads `mother`, `term` and `learned`.
    pub(crate) fn read(keys: &Keys<'_>) -> Result<Self, EngineError> {
        let term = term(keys)?;
        let rested_days =
            keys.number("rested_days", 0.0, 30_000.0, "days since the last session")?.unwrap_or(0.0);
        let mut who = Self {
            from: From::Draw,
            term,
            values: Vec::new(),
            rhythm: None,
            trained: trained(keys)?,
            says_what_was_learned: keys.value("learned").is_some(),
            rested_days,
        };
        match keys.value("mother") {
            None => {}
            Some(Value::String(word)) => who.from = keys.choose("mother", word, &FROM)?,
            Some(Value::Table(_)) => {
                if let Some(inner) = keys.table("mother")? {
                    who.declare(&inner)?;
                }
            }
            Some(other) => {
                return Err(keys.refuse(
                    "mother",
                    format!(
                        "{other} is no woman; it is \"draw\", \"median\", \"posterior\" or a table of values"
                    ),
                ));
            }
        }
        Ok(who)
    }

    fn declare(&mut self, keys: &Keys<'_>) -> Result<(), EngineError> {
        self.from = keys.choice("from", &FROM)?.unwrap_or(From::Median);
        for known in TRAITS {
            let Some(value) = keys.value(known.key) else { continue };
            let one = |value: &Value| keys.bounded(known.key, value, known.low, known.high, known.unit);
            let values = match value {
                Value::Array(sides) if sides.len() == 2 => [one(&sides[0])?, one(&sides[1])?],
                value => [one(value)?; 2],
            };
            self.values.push((known, values));
        }
        let amplitude = keys.number("rhythm_amplitude", 0.0, 0.9, "(1)")?;
        let peak_h = keys.number("rhythm_peak_h", 0.0, 24.0, "clock h")?;
        self.rhythm = amplitude.map(|a| Rhythm::peaking(a, peak_h.unwrap_or(population::RHYTHM_PEAK_H)));
        keys.end()
    }

    /// Whether the scenario says what her reflex has learned.
    pub(crate) fn says_what_was_learned(&self) -> bool {
        self.says_what_was_learned
    }

    /// Whether the caller must bring women of a fitted twin.
    pub(crate) fn is_posterior(&self) -> bool {
        self.from == From::Posterior
    }

    /// The woman of a seed. `twins` are draws of a fitted twin, used when the scenario asks for them.
    pub(crate) fn mother(&self, random: &mut Random, twins: &[Mother]) -> Mother {
        let drawn = population::draw(random, self.term);
        let mut mother = match self.from {
            From::Draw => drawn,
            From::Median => self.median(),
            From::Posterior if twins.is_empty() => self.median(),
            From::Posterior => {
                let twin = &twins[random.below(twins.len())];
                Mother { ejection: drawn.ejection, learning: drawn.learning, ..two_breasts(twin) }
            }
        };
        for (known, values) in &self.values {
            (known.set)(&mut mother, *values);
        }
        if let Some(rhythm) = self.rhythm {
            mother.rhythm = rhythm;
        }
        mother
    }

    fn median(&self) -> Mother {
        let activation = match self.term {
            Term::Term => ACTIVATION_TERM_H,
            Term::Preterm => ACTIVATION_PRETERM_H,
        };
        Mother { activation: Activation { half_h: activation.at(0.0) }, ..Mother::typical() }
    }

    /// What her reflex has learned when the scenario begins.
    pub(crate) fn learned(&self, mother: &Mother) -> Learned {
        let nursing: &[Cue] = &[Cue::Suck, Cue::Smell, Cue::Cry];
        let pumping: &[Cue] = &[Cue::PumpSound, Cue::PumpFeel, Cue::Chair, Cue::Preparing];
        let mut learned = match &self.trained {
            Trained::Nothing => Learned::default(),
            Trained::Nursing => train(mother, &[nursing]),
            Trained::Pump => train(mother, &[pumping]),
            Trained::Both => train(mother, &[nursing, pumping]),
            Trained::Values(values) => values.iter().fold(Learned::default(), |l, (cue, v)| l.with(*cue, *v)),
        };
        learned.rest(self.rested_days);
        learned
    }
}

/// Six weeks of eight rewarded sessions a day, of each kind in turn.
fn train(mother: &Mother, kinds: &[&[Cue]]) -> Learned {
    const SESSIONS: usize = 42 * 8;
    let mut learned = Learned::default();
    for session in 0..SESSIONS * kinds.len() {
        let present = Present::cues(kinds[session % kinds.len()]);
        learned.teach(&mother.learning, &present, 1.0, 0);
        learned.rest(1.0 / (8.0 * kinds.len() as f64));
    }
    learned
}

/// One virtual breast, split into the two it stands for.
fn two_breasts(twin: &Mother) -> Mother {
    let mut twin = twin.clone();
    if let [one] = twin.breasts[..] {
        let half = letdown_model::mother::Breast {
            capacity_ml_per_h: 0.5 * one.capacity_ml_per_h,
            storage_ml: 0.5 * one.storage_ml,
            early_storage_ml: 0.5 * one.early_storage_ml,
        };
        twin.breasts = vec![half; 2];
    }
    twin
}

/// `true`, `false`, or the word.
fn term(keys: &Keys<'_>) -> Result<Term, EngineError> {
    if let Some(Value::String(word)) = keys.value("term") {
        return keys.choose("term", word, &[("term", Term::Term), ("preterm", Term::Preterm)]);
    }
    Ok(if keys.flag("term")?.unwrap_or(true) { Term::Term } else { Term::Preterm })
}

fn trained(keys: &Keys<'_>) -> Result<Trained, EngineError> {
    match keys.value("learned") {
        None => Ok(Trained::Nursing),
        Some(Value::String(word)) => Ok(match keys.choose("learned", word, &TRAINED)? {
            0 => Trained::Nothing,
            1 => Trained::Nursing,
            2 => Trained::Pump,
            _ => Trained::Both,
        }),
        Some(_) => {
            let Some(inner) = keys.table("learned")? else { return Ok(Trained::Nothing) };
            let mut values = Vec::new();
            for cue in Cue::ALL {
                if let Some(strength) = inner.number(cue.word(), 0.0, 1.0, "(1)")? {
                    values.push((cue, strength));
                }
            }
            inner.end()?;
            Ok(Trained::Values(values))
        }
    }
}
