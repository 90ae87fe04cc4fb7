//! Retraining as a plan: what the [programme](crate::retraining) says next, and when the pump runs beside a nursing where its
//! step asks for that. What it brings is no matter of milk, so nothing is counted.

use super::{
    Base,
    answer::{Alike, Limit, Plan, Planned, Reason, Session},
    day::{Day, Sitting},
    limits::{self, Limits, kept},
    score::is_night,
    tell::empty,
    words,
};
use crate::retraining::{Aim, Programme, Rung, Step};

const BESIDE_MIN: u8 = 15;

/// The answer to retraining.
pub(super) fn told(base: &Base<'_>, programme: &Programme) -> Plan {
    let mut plan = empty(base);
    let next = programme.next.as_ref();
    let age = limits::old_data(base.observed.data_age_h());
    // The age of the log, which comes last there, is said by the limit of all plans.
    let own = programme.limits.len().saturating_sub(usize::from(age.is_some()));
    let own = programme.limits.iter().take(own);
    plan.limits_hit = own.map(|text| Limit { rule: "most_sessions", text: text.clone() }).collect();
    let day = next.map_or_else(Day::default, |next| beside(base, times(&next.step, programme.to)));
    if !day.0.is_empty() {
        let (rows, hit) = rows(base, &day);
        plan.schedule = rows;
        plan.days = vec![Alike {
            when: "every day".into(),
            sessions: day.0.iter().map(|s| words::beside(*s)).collect(),
        }];
        plan.limits_hit.extend(hit);
        plan.assumed = words::assumed_day(base);
    }
    plan.limits_hit.extend(age);
    plan.reasons = next.map(|next| reason(&next.step)).into_iter().collect();
    plan.says = says(programme);
    plan
}

/// How often a day the pump runs beside a nursing, at most.
fn times(step: &Step, to: Aim) -> usize {
    match (step.rung, to) {
        (Rung::Beside, Aim::Nursing) => 4,
        (Rung::Beside, Aim::Pump) | (Rung::Fading, Aim::Nursing) => 2,
        (Rung::Fading, Aim::Pump) => 1,
        (Rung::Cue | Rung::Alone | Rung::NewPlaces, _) => 0,
    }
}

/// A day with so many of them: at her nursings, by day first; at her pump sessions where none is known.
fn beside(base: &Base<'_>, times: usize) -> Day {
    let hers = base.hers;
    let own: Vec<u8> = hers.day.0.iter().map(|s| s.slot).collect();
    let mut slots = if hers.nursings.is_empty() { own } else { hers.nursings.clone() };
    slots.sort_by_key(|slot| (is_night(*slot), *slot));
    slots.truncate(times);
    Day::of(slots.iter().map(|slot| Sitting { slot: *slot, minutes: BESIDE_MIN, massage: false }).collect())
}

fn rows(base: &Base<'_>, day: &Day) -> (Vec<Session>, Vec<Limit>) {
    let (frame, hers) = (base.frame, base.hers);
    let rows = frame.calendar.sessions(std::slice::from_ref(day));
    let last = base.observed.sessions.last().map(|s| s.at.timestamp());
    // These are not the removals by which a supply is made: gaps between them say nothing.
    let limits = Limits { early_until: None, ..base.limits.clone() };
    let usual = (hers.day.0.len(), hers.day.minutes());
    let (rows, hit) = kept(&limits, rows, (&base.observed.now, last, frame.calendar.ends()), &[], usual);
    let beside = |session: Session| Session { technique: Some(words::BESIDE), side: "other", ..session };
    (rows.iter().map(Planned::told).map(beside).collect(), hit)
}

fn reason(step: &Step) -> Reason {
    Reason { text: step.why.into(), source: step.source, grade: step.grade }
}

fn says(programme: &Programme) -> String {
    let mut said = vec![programme.says.clone()];
    if let Some(next) = &programme.next {
        said.push(format!("Next: {}.", next.step.title));
        said.push(next.says.clone());
        said.push(programme.unmeasured.into());
    }
    said.retain(|sentence| !sentence.is_empty());
    said.join(" ")
}
