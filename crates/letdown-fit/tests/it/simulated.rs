//! Logs written by the model itself, so that the truth behind them is known.

use letdown_fit::{
    effects::{ALL_EFFECTS, Effect, With},
    log::{Breasts, Drank, Event, Growth, Log, Removal, Seen},
};
use letdown_model::{
    life::{By, Planned, Start, live},
    mother::Mother,
    random::Random,
    removal::{Session, Sides},
    supply::Supply,
};

/// What kind of log to write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) breasts: Breasts,
    pub(crate) days: u32,
    pub(crate) per_day: u32,
    pub(crate) step_ml: f64,
    pub(crate) lengths: bool,
    /// How much longer than 8 to 22 min they are then.
    pub(crate) longer_min: f64,
    /// Every so many-th event is a nursing (0: never).
    pub(crate) nursing_every: usize,
    /// Every so many-th session has no volume (0: never).
    pub(crate) unseen_every: usize,
    /// Every so many-th session is with massage (0: never).
    pub(crate) massage_every: usize,
    /// Of every so many-th event the baby was weighed before and after, when it is a nursing (0: never).
    pub(crate) weighed_every: usize,
    /// Over how many days growth tells of the feeds (0: never).
    pub(crate) growth_days: u32,
    /// Days after the birth at which it begins, where that is known.
    pub(crate) day_after_birth: Option<f64>,
    /// From this day on a session a day less every four days, down to one (0: never).
    pub(crate) weaning_from: u32,
    /// Minutes past the end of flow at every session of every other week, and whether they are written down.
    pub(crate) past_flow_min: f64,
    pub(crate) past_flow_written: bool,
    /// Appetite of a feed (mL).
    pub(crate) wanted_ml: f64,
}

pub(crate) const PLAIN: Kind = Kind {
    breasts: Breasts::One,
    days: 60,
    per_day: 7,
    step_ml: 5.0,
    lengths: false,
    longer_min: 0.0,
    nursing_every: 0,
    unseen_every: 0,
    massage_every: 0,
    weighed_every: 0,
    growth_days: 0,
    day_after_birth: None,
    weaning_from: 0,
    past_flow_min: 0.0,
    past_flow_written: false,
    wanted_ml: 90.0,
};

/// Lives through a jittered schedule and writes it down, rounded as she would.
pub(crate) fn log(mother: &Mother, kind: Kind, random: &mut Random) -> Log {
    let plan = plan(kind, random);
    let mut supply = Supply::steady(mother);
    if let Some(day) = kind.day_after_birth {
        for (held, breast) in supply.breasts.iter_mut().zip(&mother.breasts) {
            held.milk_ml *=
                breast.storage_at_ml(Some(day)) / breast.storage_ml * mother.activation.at(24.0 * day);
        }
    }
    let start = Start { days_after_birth: kind.day_after_birth, ..Start::established(supply, 0.0) };
    let taken = live(mother, &start, &plan, Some(random));
    let rounded = |ml: f64| (ml / kind.step_ml).round() * kind.step_ml;
    let fed: Vec<(f64, f64)> = plan
        .iter()
        .zip(&taken)
        .filter(|(p, _)| matches!(p.by, By::Baby { .. }))
        .map(|(p, t)| (p.at_h, t.total_ml()))
        .collect();
    let events = plan.iter().zip(taken).enumerate().map(|(i, (planned, taken))| {
        let By::Pump(session) = planned.by else {
            let ml = (taken.total_ml() + 7.0 * odd(i)).max(0.0).round();
            let drank = is_nth(kind.weighed_every, i).then_some(Drank { ml, step_ml: 1.0, sd_ml: 7.0 });
            return Event { at_h: planned.at_h, removal: Removal::Baby { sides: Sides::Both, drank } };
        };
        let unseen = is_nth(kind.unseen_every, i);
        let seen = match kind.breasts {
            _ if unseen => Seen::Nothing,
            Breasts::One => Seen::Total { ml: rounded(taken.total_ml()), step_ml: kind.step_ml },
            Breasts::Two => Seen::PerSide {
                ml: [Some(rounded(taken.ml[0])), Some(rounded(taken.ml[1]))],
                step_ml: kind.step_ml,
            },
        };
        let with = With::NOTHING.and(Effect::Massage, f64::from(u8::from(session.massaged)));
        let minutes = kind.lengths.then_some(session.minutes);
        let (sides, past_flow_min) = (Sides::Both, kind.past_flow_written.then_some(session.past_flow_min));
        Event { at_h: planned.at_h, removal: Removal::Pump { sides, seen, minutes, past_flow_min, with } }
    });
    let log = Log::new(kind.breasts, 0.0, events).unwrap().with_growth(grown(&fed, kind));
    kind.day_after_birth.map_or(log.clone(), |day| log.with_birth(-24.0 * day))
}

/// A number between -1 and 1 that goes with `i` and nothing else.
fn odd(i: usize) -> f64 {
    ((i * 7919) % 101) as f64 / 50.0 - 1.0
}

/// What growth tells, some 15 % off each time.
fn grown(fed: &[(f64, f64)], kind: Kind) -> Vec<Growth> {
    let days = f64::from(kind.growth_days);
    let windows = kind.days.checked_div(kind.growth_days).unwrap_or(0);
    (0..windows)
        .map(|i| {
            let (from_h, to_h) = (24.0 * days * f64::from(i), 24.0 * days * f64::from(i + 1));
            let ml: f64 = fed.iter().filter(|(at, _)| (from_h..to_h).contains(at)).map(|(_, ml)| ml).sum();
            Growth { from_h, to_h, ml: ml * (1.0 + 0.25 * odd(i as usize)), log_sd: 0.2 }
        })
        .collect()
}

/// Whether a session of the usual day falls away while she weans: those that stay are spread over the day.
fn is_weaned(kind: Kind, i: u32) -> bool {
    let (day, of_day) = (i / kind.per_day, i % kind.per_day);
    if kind.weaning_from == 0 || day < kind.weaning_from {
        return false;
    }
    let left = kind.per_day.saturating_sub(1 + (day - kind.weaning_from) / 4).max(1);
    let slot = |of_day: u32| of_day * left / kind.per_day;
    of_day > 0 && slot(of_day) == slot(of_day - 1)
}

/// None in the first week, so much in the second, and so on.
fn past_flow_min(kind: Kind, i: u32) -> f64 {
    let week = i / kind.per_day / 7;
    if week % 2 == 1 { kind.past_flow_min } else { 0.0 }
}

fn is_nth(every: usize, i: usize) -> bool {
    every > 0 && i.is_multiple_of(every)
}

/// The same log with one session in ten not written down.
pub(crate) fn with_holes(log: &Log, random: &mut Random) -> Log {
    let events = log.events().iter().filter(|_| random.uniform() >= 0.1).copied();
    Log::new(log.breasts(), log.clock_h(0.0), events).unwrap()
}

/// The same log, every session with something of everything.
pub(crate) fn with_everything(log: &Log, random: &mut Random) -> Log {
    let mut with = || {
        ALL_EFFECTS.iter().fold(With::NOTHING, |with, e| match e {
            Effect::Stress | Effect::Pain => with.and(*e, 10.0 * random.uniform()),
            Effect::Vacuum => with.and(*e, 0.3 * random.normal()),
            Effect::Flange => with.and(*e, -3.0 + random.normal().round()),
            _ => with.and(*e, f64::from(u8::from(random.uniform() < 0.4))),
        })
    };
    let events = log.events().iter().map(|event| match event.removal {
        Removal::Pump { sides, seen, minutes, past_flow_min, .. } => {
            Event { removal: Removal::Pump { sides, seen, minutes, past_flow_min, with: with() }, ..*event }
        }
        Removal::Baby { .. } => *event,
    });
    Log::new(log.breasts(), log.clock_h(0.0), events).unwrap()
}

fn plan(kind: Kind, random: &mut Random) -> Vec<Planned> {
    let apart_h = 24.0 / f64::from(kind.per_day);
    (0..kind.days * kind.per_day)
        .filter(|i| !is_weaned(kind, *i))
        .map(|i| {
            let at_h = apart_h * (f64::from(i) + 0.5 + 0.6 * (random.uniform() - 0.5));
            let nursing = kind.nursing_every > 0 && i as usize % kind.nursing_every == 1;
            let by = if nursing {
                By::Baby { sides: Sides::Both, wanted_ml: kind.wanted_ml }
            } else {
                let minutes =
                    if kind.lengths { kind.longer_min + 8.0 + 14.0 * random.uniform() } else { 15.0 };
                By::Pump(Session {
                    massaged: is_nth(kind.massage_every, i as usize),
                    past_flow_min: past_flow_min(kind, i),
                    ..Session::both(minutes)
                })
            };
            Planned { at_h, by }
        })
        .collect()
}
