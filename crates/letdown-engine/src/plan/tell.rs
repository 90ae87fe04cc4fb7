//! From the days that were chosen to an answer.

use super::{
    Base, Chosen,
    answer::{Alike, Expected, Limit, Line, Missed, Other, Plan, Planned},
    babies, breasts,
    day::Day,
    journey::{self, Journey, Moved},
    journey_words,
    limits::{self, LONGEST_MIN, MOST_SESSIONS, kept},
    request::Goal,
    score::Aim,
    target_ml,
    women::{Course, Lived, Women},
    words,
};
use crate::{
    Range,
    numbers::{mean, tenth},
    twin::Fitted,
};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The answer where advice stops: whom to ask, and no schedule.
pub(super) fn stopped(base: &Base<'_>) -> Plan {
    let mut plan = empty(base);
    plan.limits_hit.clone_from(&base.limits.stops);
    plan.limits_hit.extend(limits::old_data(base.observed.data_age_h()));
    plan.says = words::stopped(base.limits);
    plan
}

/// An answer that says nothing yet.
pub(super) fn empty(base: &Base<'_>) -> Plan {
    let until = base.frame.calendar.dates.last().map(ToString::to_string);
    Plan {
        now: base.observed.now.to_string(),
        goal: base.request.goal,
        until: until.unwrap_or_default(),
        target_ml: None,
        reaches: None,
        schedule: Vec::new(),
        days: Vec::new(),
        expected: None,
        next_best: Vec::new(),
        if_missed: None,
        needs: base.needs.clone(),
        first_side: None,
        travel: None,
        stash: None,
        reasons: Vec::new(),
        limits_hit: Vec::new(),
        assumed: None,
        data_age_h: base.observed.data_age_h().map(tenth),
        twin: base.twin.clone(),
        says: String::new(),
    }
}

/// The answer.
pub(super) fn told(
    base: &Base<'_>,
    (women, fitted): (&Women, Option<&Fitted>),
    as_now: &Lived,
    chosen: &Chosen,
    seed: u64,
) -> Plan {
    let frame = base.frame;
    let last = base.observed.sessions.last().map(|s| s.at.timestamp());
    let usual = (base.hers.day.0.len(), base.hers.day.minutes());
    let (moved, safe_h) = moved(base, women, &chosen.days, last);
    let nursed = &moved.nursed;
    let (rows, hit) = kept(
        base.limits,
        moved.rows.clone(),
        (&base.observed.now, last, frame.calendar.ends()),
        nursed,
        usual,
    );
    let course = frame.calendar.course_of(&rows, nursed);
    let lived = women.ready().live(&course);
    let is = frame.calendar.course(&frame.hers, &frame.now);
    let expected = expected(base, women, (&is, as_now), (&course, &lived), chosen, seed);
    let short = mean(&chosen.aim.lacks_ml(&lived, as_now, frame.calendar.whole_days()));
    let mut plan = empty(base);
    plan.target_ml = babies::target_ml(base).or_else(|| target_ml(chosen.aim, as_now));
    plan.reaches = (chosen.aim != Aim::Nothing).then_some(short <= NEAR_ML);
    plan.schedule = rows.iter().map(Planned::told).collect();
    plan.first_side = breasts::first_side(fitted, women, &course);
    if let Some(first) = &plan.first_side {
        plan.schedule = rows.iter().zip(plan.schedule).map(|(row, said)| first.said(row, said)).collect();
    }
    plan.days = alike(base, &chosen.days);
    if let Some(journey) = &base.journey {
        add_journey(&mut plan, base, journey, &moved, (&rows, safe_h), &chosen.days);
    }
    plan.next_best = chosen.others.iter().map(|days| other(base, women, as_now, days, chosen)).collect();
    plan.if_missed = missed(base, women, (&rows, nursed), &lived);
    plan.assumed = words::assumed(base);
    plan.limits_hit = limits_hit(base, chosen, &rows, hit, short);
    plan.reasons = babies::reasons(base);
    plan.reasons.extend(babies::elsewhere(base, plan.reaches));
    plan.reasons.extend(base.journey.iter().flat_map(|_| journey_words::reasons()));
    plan.reasons.extend(words::reasons(base, chosen));
    plan.reasons.extend(plan.first_side.iter().map(breasts::reason));
    plan.expected = Some(expected);
    let journey = plan.travel.as_ref().map(|journey| journey.says.clone());
    plan.says = [babies::says(base, chosen.aim), Some(words::says(&plan, base)), journey]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    plan
}

/// The pump sessions and nursings of days, moved where there is a journey; and what is a safe gap then (h).
fn moved(base: &Base<'_>, women: &Women, days: &[Day], last: Option<Timestamp>) -> (Moved, f64) {
    let (calendar, rooms) = (&base.frame.calendar, &base.frame.rooms);
    let (Some(journey), Some(day), Some(room)) = (&base.journey, days.first(), rooms.first()) else {
        let (rows, nursed) = (calendar.sessions(days), calendar.nursed(rooms));
        return (Moved { rows, nursed, ..Moved::default() }, 0.0);
    };
    let hers = journey::widest_h(&base.hers.day, room);
    let minutes = day.0.first().map_or(15.0, |s| f64::from(s.minutes));
    let safe_h =
        journey::safe_gap_h(&women.few(super::SEARCHING), minutes, hers.max(journey::widest_h(day, room)));
    (journey.moved(calendar, (day, room), last, safe_h), safe_h)
}

fn add_journey(
    plan: &mut Plan,
    base: &Base<'_>,
    journey: &Journey,
    moved: &Moved,
    (rows, safe_h): (&[Planned], f64),
    days: &[Day],
) {
    let day = days.first().cloned().unwrap_or_default();
    plan.days = journey_words::days(base, journey, moved, rows, &day);
    plan.travel = Some(journey_words::journeyed(journey, moved, rows, safe_h));
    for (session, row) in plan.schedule.iter_mut().zip(rows) {
        let away = journey.arrives <= row.at.timestamp();
        session.home_at = away.then(|| row.at.with_time_zone(journey.home.clone()).to_string());
    }
}

/// So little short of a target is there (mL a day).
const NEAR_ML: f64 = 5.0;

fn expected(
    base: &Base<'_>,
    women: &Women,
    (is, as_now): (&Course, &Lived),
    (course, lived): (&Course, &Lived),
    chosen: &Chosen,
    seed: u64,
) -> Expected {
    let less = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<f64>>();
    let mut change = less(&lived.end_ml, &as_now.end_ml);
    let mut in_all = less(&lived.total_ml, &as_now.total_ml);
    let change_range_ml = Range::of_samples(&mut change);
    let (minutes, sessions) = a_day(base, &chosen.days);
    let (minutes_now, _) = a_day(base, &base.frame.hers);
    Expected {
        ml_per_day: Range::of_samples(&mut women.by_chance_ml(course, seed)),
        as_now_ml_per_day: Range::of_samples(&mut women.by_chance_ml(is, seed)),
        change_ml: change_range_ml.p50,
        change_range_ml,
        more_in_all_ml: Range::of_samples(&mut in_all),
        cost_min_per_day: tenth(minutes - minutes_now),
        minutes_per_day: tenth(minutes),
        sessions_per_day: tenth(sessions),
        full_h_per_day: tenth(mean(&lived.full_h)),
    }
}

/// Minutes at the pump and sessions a day, over all whole days.
fn a_day(base: &Base<'_>, days: &[Day]) -> (f64, f64) {
    let calendar = &base.frame.calendar;
    let sum = |of: &dyn Fn(&Day) -> f64| {
        let each = days.iter().enumerate().map(|(kind, day)| calendar.count(kind) * of(day));
        each.sum::<f64>() / calendar.whole_days()
    };
    (sum(&Day::minutes), sum(&|day| day.0.len() as f64))
}

/// The days, those that are alike together.
fn alike(base: &Base<'_>, days: &[Day]) -> Vec<Alike> {
    let calendar = &base.frame.calendar;
    let hers = |kind: usize| base.frame.hers.get(kind).cloned().unwrap_or_default();
    let one = |(kind, day): (usize, &Day)| Alike {
        when: words::when(base.request, calendar, kind),
        sessions: words::lines(day, &hers(kind), base.request.goal),
    };
    let all = days.iter().enumerate().filter(|(kind, _)| calendar.kinds.contains(kind));
    all.map(one).collect()
}

fn other(base: &Base<'_>, women: &Women, as_now: &Lived, days: &[Day], chosen: &Chosen) -> Other {
    let lived = women.ready().live(&base.frame.calendar.course(days, &base.frame.rooms));
    let change_ml = tenth(mean(&lived.end_ml) - mean(&as_now.end_ml));
    let (minutes, _) = a_day(base, days);
    let (minutes_now, _) = a_day(base, &base.frame.hers);
    let cost_min_per_day = tenth(minutes - minutes_now);
    let first = days.first().cloned().unwrap_or_default();
    let hers = base.frame.hers.first().cloned().unwrap_or_default();
    let sessions: Vec<Line> = words::lines(&first, &hers, base.request.goal);
    let says = words::other(base, (days, &chosen.days), change_ml, cost_min_per_day);
    Other { says, sessions, change_ml, cost_min_per_day }
}

/// The one session of the first whole day that is missed most.
fn missed(
    base: &Base<'_>,
    women: &Women,
    (rows, nursed): (&[Planned], &[Timestamp]),
    lived: &Lived,
) -> Option<Missed> {
    if base.request.goal == Goal::Wean {
        return None;
    }
    let calendar = &base.frame.calendar;
    let tomorrow = calendar.dates.get(1)?;
    let few = women.few(super::SEARCHING);
    let ready = few.ready();
    let span =
        |course: &Course| Course { end_h: (course.days_h.0, course.days_h.0 + 48.0), ..course.clone() };
    let whole = calendar.course_of(rows, nursed);
    let (then, at_the_end) = (ready.live(&span(&whole)), ready.live(&whole));
    let without = |place: usize| {
        let left: Vec<Planned> =
            rows.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, row)| row.clone()).collect();
        let course = calendar.course_of(&left, nursed);
        let less = |a: &Lived, b: &Lived| mean(&a.end_ml) - mean(&b.end_ml);
        (2.0 * less(&then, &ready.live(&span(&course))), less(&at_the_end, &ready.live(&course)))
    };
    let places = (0..rows.len()).filter(|place| rows[*place].at.date() == *tomorrow);
    let worst = places.map(without).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (then_ml, at_the_end_ml_per_day) = (tenth(worst.0), tenth(worst.1));
    let says = words::missed(then_ml, at_the_end_ml_per_day, mean(&lived.end_ml));
    Some(Missed { then_ml, at_the_end_ml_per_day, says })
}

fn limits_hit(
    base: &Base<'_>,
    chosen: &Chosen,
    rows: &[Planned],
    mut hit: Vec<Limit>,
    short_ml: f64,
) -> Vec<Limit> {
    let (frame, request) = (base.frame, base.request);
    let mut a_day: BTreeMap<jiff::civil::Date, usize> = BTreeMap::new();
    for row in rows {
        *a_day.entry(row.at.date()).or_default() += 1;
    }
    let is_short = short_ml > NEAR_ML;
    if frame.woken {
        hit.push(limits::widest_gap());
    }
    let full = a_day.values().any(|sessions| *sessions >= MOST_SESSIONS);
    if (is_short && full) || base.hers.day.0.len() > MOST_SESSIONS {
        hit.push(limits::most_sessions());
    }
    let long = rows.iter().filter(|row| row.minutes >= LONGEST_MIN).count() * 2 > rows.len();
    let longer = base.hers.day.0.iter().any(|s| f64::from(s.minutes) > LONGEST_MIN);
    if (is_short && long) || longer {
        hit.push(limits::longest_session());
    }
    if let Some(days) = frame.weaned_after.filter(|after| request_days(base) < *after) {
        hit.push(limits::slow_weaning(days));
    }
    hit.extend(base.limits.no_more.iter().cloned().map(limits::no_more_pumping));
    let no_room = request.goal == Goal::Work
        && chosen.days.first().is_some_and(|day| day.0.len() < base.hers.day.0.len() && is_short);
    if no_room {
        hit.push(words::no_room());
    }
    if is_short {
        hit.push(words::out_of_reach());
    }
    hit.extend(limits::old_data(base.observed.data_age_h()));
    hit.dedup();
    hit
}

fn request_days(base: &Base<'_>) -> i64 {
    let today = base.frame.calendar.dates.first().copied();
    today.and_then(|today| base.request.days(today, None).ok()).unwrap_or(0)
}
