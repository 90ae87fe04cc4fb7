//! Today: how much she makes, what is in the breasts now, what was last and what is next.

use crate::{
    Range,
    forecast::{Ahead, Next, logged_ml},
    habit::{Habit, coming},
    limits::OLD_H,
    numbers::tenth,
    observed::{Observed, Session, hours},
    red_flags::RedFlags,
    sides::{Sides, sides},
    twin::{Twin, TwinState},
};
use letdown_model::random::Random;
use serde::Serialize;

/// Today, in numbers with their ranges and their age.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Today {
    /// When it was asked for.
    pub now: String,
    /// What she makes in 24 hours at her usual hours (mL).
    pub supply_ml_per_day: Option<Range>,
    /// The same of each breast, where her log tells them apart.
    pub sides: Option<Sides>,
    /// Milk in the breasts now (mL).
    pub in_breast_ml: Option<Range>,
    /// The last pump session.
    pub last: Option<Last>,
    /// The next pump session at her usual hours.
    pub next: Option<NextSession>,
    /// Output logged today (mL).
    pub logged_today_ml: f64,
    /// Pump sessions today.
    pub sessions_today: usize,
    /// What is worth a look.
    pub flags: Vec<Flag>,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// The twin behind the numbers.
    pub twin: TwinState,
}

/// The last pump session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Last {
    /// When it began.
    pub at: String,
    /// Its output (mL), when a volume was recorded.
    pub output_ml: Option<f64>,
    /// How long it ran (min).
    pub minutes: Option<f64>,
    /// Hours since it began.
    pub hours_ago: f64,
}

/// The next pump session.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextSession {
    /// When, by habit.
    pub at: String,
    /// Its output (mL), when there is a twin.
    pub ml: Option<Range>,
}

/// Something worth a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Flag {
    /// A sentence.
    pub what: String,
}

/// Today, from a log, its twin and its red flags, which come first among what is worth a look. Of these only what concerns
/// her whatever she asks: what would speak against more pumping belongs to an answer about more pumping.
pub fn today(observed: &Observed, twin: &Twin, red_flags: &RedFlags) -> Today {
    let habit = Habit::of(observed);
    let day = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
    let ahead = twin.fitted().ok().map(|fitted| Ahead::new(observed, fitted));
    let mut random = Random::seeded(SEED);
    let pumped = || observed.sessions.iter().filter(|s| s.is_pump());
    Today {
        now: observed.now.to_string(),
        supply_ml_per_day: ahead.as_ref().and_then(|a| supply(observed, a, &habit)),
        sides: ahead.as_ref().and_then(|a| sides(observed, a, &habit, &mut Random::seeded(SEED))),
        in_breast_ml: ahead.as_ref().map(|a| Range::of_samples(&mut a.outlook().in_breast_ml(&mut random))),
        last: pumped().next_back().map(|s| last(observed, s)),
        next: next(observed, ahead.as_ref(), &habit, &mut random),
        logged_today_ml: tenth(logged_ml(observed, day)),
        sessions_today: pumped().filter(|s| s.day() == day).count(),
        flags: flags(observed, red_flags),
        data_age_h: observed.data_age_h().map(tenth),
        twin: twin.state(),
    }
}

/// Samples shown are the same each time the same log is asked.
const SEED: u64 = 20_261_124;

/// What is made until the last usual session of the next two days, per 24 hours. Each draw lives through it once, with its
/// own chance: one day brings more than the next, and the range holds that.
fn supply(observed: &Observed, ahead: &Ahead<'_>, habit: &Habit) -> Option<Range> {
    let course = habit.typical(&observed.now, 2);
    let until = course.last()?.at.timestamp();
    let length_h = hours(observed.now.timestamp(), until);
    let (outlook, plan) = (ahead.outlook(), coming(observed, &course));
    let made = outlook.futures(outlook.draws(), &mut Random::seeded(SEED), |_| plan.clone());
    let mut per_day: Vec<f64> = made.iter().map(|f| f.made_ml / length_h * 24.0).collect();
    Some(Range::of_samples(&mut per_day))
}

fn last(observed: &Observed, session: &Session) -> Last {
    let minutes = match session.what {
        crate::observed::What::Pump { minutes, .. } => minutes,
        crate::observed::What::Nurse { .. } | crate::observed::What::Hand { .. } => None,
    };
    Last {
        at: session.at.to_string(),
        output_ml: session.output_ml().map(tenth),
        minutes,
        hours_ago: tenth(hours(session.at.timestamp(), observed.now.timestamp())),
    }
}

fn next(
    observed: &Observed,
    ahead: Option<&Ahead<'_>>,
    habit: &Habit,
    random: &mut Random,
) -> Option<NextSession> {
    if let Some(ahead) = ahead {
        let Next { at, ml } = ahead.sessions(habit, random).into_iter().next()?;
        return Some(NextSession { at, ml: Some(ml) });
    }
    let usual = habit.typical(&observed.now, 2);
    let pumped = usual.into_iter().find(|l| l.by != letdown_fit::steps::Remover::Baby);
    pumped.map(|l| NextSession { at: l.at.to_string(), ml: None })
}

fn flags(observed: &Observed, red_flags: &RedFlags) -> Vec<Flag> {
    let mut flags = red_flags.for_a_change(false);
    if let Some(age_h) = observed.data_age_h().filter(|h| *h > OLD_H) {
        flags.push(format!(
            "The newest session is {:.0} days old; these numbers are as old as it is.",
            age_h / 24.0
        ));
    }
    flags.extend(observed.doubts.iter().cloned());
    if observed.unreadable > 0 {
        flags.push(format!("{} entries could not be read; they are kept as they are.", observed.unreadable));
    }
    flags.into_iter().map(|what| Flag { what }).collect()
}

/// Four or more sessions within 24 hours, all written down with no milk.
pub(crate) fn no_milk_today(observed: &Observed) -> bool {
    let since = |s: &&Session| hours(s.at.timestamp(), observed.now.timestamp()) < 24.0;
    let volumes: Vec<f64> = observed.sessions.iter().filter(since).filter_map(Session::output_ml).collect();
    volumes.len() >= 4 && volumes.iter().all(|ml| *ml == 0.0)
}
