//! Plans: which sessions, how long and when, so that a goal is reached with the least asked of her.
//!
//! A day is a list of sessions on a grid of quarter hours. Candidates are lived through by posterior draws of her, from the
//! state her log allows, with the equations of `letdown-model` ([`women`]); what they bring and what they ask of her is one
//! number ([`score`]); the day that costs least is looked for ([`search`]). Every clamp and every red flag is in
//! [`limits`], and what a search found is held to them once more before it is shown. Where the log is too short for a twin,
//! women of the population stand in, and the answer says so (`assumed`).
//!
//! The range of a gain is what is known of her, not the luck of single days; the range of the output holds both.

mod answer;
mod babies;
mod breasts;
mod calendar;
mod day;
mod feeding;
mod follow;
mod frame;
mod journey;
mod journey_words;
pub mod limits;
mod needs;
mod reminders;
mod request;
mod retrain;
mod score;
mod search;
mod stash;
mod tell;
mod travel;
mod wish;
mod women;
mod words;

#[cfg(test)]
mod clamps;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod regret;

pub use answer::{Alike, Expected, Limit, Line, Missed, Other, Plan, Reason, Session};
pub use breasts::FirstSide;
pub use feeding::Feeding;
pub use follow::{Followed, entry, followed};
pub use journey_words::Journeyed;
pub use needs::{BabyNeeds, MOST_BABIES, Needs, needs};
pub use reminders::calendar;
pub use request::{Break, FURTHEST_DAYS, Goal, Request, Stretch, WORKING_WEEK, week};
pub use stash::{Held, Stash, stash};
pub use travel::Travel;
pub use wish::Wish;

use crate::{
    EngineError,
    numbers::{mean, tenth},
    observed::Observed,
    retraining::{Asked, programme},
    twin::{Twin, TwinState},
};
use day::Day;
use frame::{Frame, Hers};
use journey::Journey;
use letdown_journal::fold::Folded;
use limits::Limits;
use score::{Aim, Judge};
use search::{Candidate, Effort, Farewell, Free, search};
use women::{Lived, SEARCHING, TELLING, Women};

/// A plan for a goal.
///
/// # Errors
/// When the day until which it is to reach lies behind, or too far ahead, or a journey does not fit; a sentence says so.
pub fn plan(
    journal: &Folded,
    observed: &Observed,
    twin: &Twin,
    request: &Request,
    seed: u64,
) -> Result<Plan, EngineError> {
    let today = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
    let journey = request.travel.as_ref().map(|travel| Journey::of(travel, observed)).transpose()?;
    let days = request.days(today, journey.as_ref().map(Journey::last_day))?;
    let limits = Limits::of(journal, observed, request.goal);
    let hers = Hers::of(observed);
    let frame = Frame::of(request, observed, (&limits, &hers), days);
    let needs = frame.calendar.dates.last().filter(|_| babies::asked(request));
    let needs = needs.map(|day| self::needs(journal, observed, request.babies, *day));
    let base = Base {
        observed,
        request,
        limits: &limits,
        hers: &hers,
        frame: &frame,
        needs,
        journey,
        twin: twin.state(),
    };
    if !limits.stops.is_empty() {
        return Ok(tell::stopped(&base));
    }
    if request.goal == Goal::Retrain {
        return Ok(retrain::told(&base, &programme(journal, observed, &Asked::default())));
    }
    let fitted = twin.fitted().ok();
    let women = match fitted {
        Some(fitted) => Women::hers(observed, fitted, TELLING, seed),
        None => Women::of_the_population(observed, &hers.day, TELLING, seed),
    };
    let as_now = as_now(&frame, &women);
    let aim = aim(&base, &as_now);
    let chosen = chosen(&base, &women, aim, seed);
    let mut plan = tell::told(&base, (&women, fitted), &as_now, &chosen, seed);
    if matches!(request.goal, Goal::Stash | Goal::Work) {
        plan.stash = stash(journal, &observed.now);
    }
    Ok(plan)
}

/// What is known before anything is searched.
struct Base<'a> {
    observed: &'a Observed,
    request: &'a Request,
    limits: &'a Limits,
    hers: &'a Hers,
    frame: &'a Frame,
    /// What her babies may drink, where the goal goes by that.
    needs: Option<Needs>,
    journey: Option<Journey>,
    twin: TwinState,
}

/// What was chosen.
struct Chosen {
    aim: Aim,
    days: Vec<Day>,
    /// The next best, of another kind each.
    others: Vec<Vec<Day>>,
}

/// More a day, when it is not said how much (1).
const RAISE: f64 = 1.10;
/// Milk to put by, when it is not said how much (mL).
const STASH_ML: f64 = 1_000.0;
/// Less than this share of what is taken now is no longer held (1).
const HELD: f64 = 0.98;
/// Aimed at by who pumps next to nothing now (mL a day).
const FIRST_ML: f64 = 100.0;

fn aim(base: &Base<'_>, as_now: &Lived) -> Aim {
    if let Some(aim) = babies::aim(base, as_now) {
        return aim;
    }
    match (base.request.goal, base.request.to_ml) {
        (Goal::Raise, Some(ml)) => Aim::PerDay(ml),
        (Goal::Raise, None) if mean(&as_now.end_ml) < FIRST_ML => Aim::PerDay(FIRST_ML),
        (Goal::Raise, None) => Aim::More(RAISE),
        (Goal::Stash, ml) => Aim::InAll(ml.unwrap_or(STASH_ML)),
        (Goal::Hold | Goal::Work | Goal::Home, _) => Aim::Kept(HELD),
        (Goal::Wean | Goal::Retrain, _) => Aim::Nothing,
    }
}

fn as_now(frame: &Frame, women: &Women) -> Lived {
    women.ready().live(&frame.calendar.course(&frame.hers, &frame.now))
}

fn chosen(base: &Base<'_>, women: &Women, aim: Aim, seed: u64) -> Chosen {
    let few = women.few(SEARCHING);
    let judge = judge(base.frame, aim, &few);
    let (all, frame) = (self::judge(base.frame, aim, women), base.frame);
    let days = frame.calendar.dates.len() as u64;
    let effort =
        Effort { steps: (12_000 / days).clamp(60, 700), asks: (24_000 / days as usize).clamp(150, 1_500) };
    if base.request.goal == Goal::Wean {
        let day = frame.first[0].clone();
        let order = (0..day.0.len()).collect();
        let first = Farewell { day, order, shorter: true };
        let found = search(&judge, first, effort, seed);
        let kind = |c: &Farewell| c.order.first().copied();
        best_of(aim, &all, found.seen, kind)
    } else {
        // What massage brings is contested, so milk that is there is not made to hang on it.
        let massage = aim.wants_more();
        let first =
            Free { days: frame.first.clone(), open: frame.free.clone(), massage, usual: base.hers.length() };
        let found = search(&judge, first, effort, seed);
        best_of(aim, &all, found.seen, kind_of)
    }
}

fn judge<'a>(frame: &'a Frame, aim: Aim, women: &'a Women) -> Judge<'a> {
    Judge {
        calendar: &frame.calendar,
        rooms: &frame.rooms,
        hers: &frame.hers,
        aim,
        as_now: as_now(frame, women),
        women: women.ready(),
    }
}

/// What makes days differ in kind: how many sessions, how many at night, with massage or not.
fn kind_of(candidate: &Free) -> (usize, usize, bool) {
    let sittings = || candidate.days.first().into_iter().flat_map(|day| &day.0);
    let nights = sittings().filter(|s| score::is_night(s.slot)).count();
    (sittings().count(), nights, sittings().any(|s| s.massage))
}

/// How many of what a few women liked best all of them are asked about.
const ASKED_AGAIN: usize = 12;

/// The best of what was looked at, as all women judge it, and the best of two other kinds.
fn best_of<C: Candidate, K: PartialEq>(
    aim: Aim,
    judge: &Judge<'_>,
    mut seen: Vec<(f64, C)>,
    kind: impl Fn(&C) -> K,
) -> Chosen {
    seen.dedup_by(|a, b| a.1 == b.1);
    let again = seen.iter().take(ASKED_AGAIN).map(|(_, c)| (judge.cost(&c.days()), c));
    let best = again.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, c)| c);
    let mut kinds: Vec<K> = best.map(&kind).into_iter().collect();
    let mut others = Vec::new();
    for (_, candidate) in &seen {
        let of = kind(candidate);
        if others.len() < 2 && !kinds.contains(&of) {
            others.push(candidate.days());
            kinds.push(of);
        }
    }
    Chosen { aim, days: best.map(Candidate::days).unwrap_or_default(), others }
}

/// A target of an aim as it is shown (mL): the mean of what is aimed at for each woman.
fn target_ml(aim: Aim, as_now: &Lived) -> Option<f64> {
    match aim {
        Aim::PerDay(ml) | Aim::Taken(ml) | Aim::InAll(ml) => Some(tenth(ml)),
        Aim::More(share) => Some(tenth(share * mean(&as_now.end_ml))),
        Aim::Kept(share) => Some(tenth(share * mean(&as_now.removed_ml))),
        Aim::Nothing => None,
    }
}
