//! A plan in plain words.

use super::{
    Base, Chosen,
    answer::{Limit, Line, Plan, Reason},
    calendar::{Calendar, time},
    day::{Day, Sitting, around},
    limits::{Limits, OLD_H},
    request::{Goal, Request},
    score::{Aim, is_night},
};
use crate::numbers::about_ml;
use jiff::civil::{Date, Weekday};
use std::cmp::Ordering;

/// Where advice stops.
pub(super) fn stopped(limits: &Limits) -> String {
    let mut said: Vec<String> = limits.stops.iter().map(|stop| stop.text.clone()).collect();
    said.push("So there is no plan now. Logging goes on, and so can you as you do.".into());
    said.join(" ")
}

/// What had to be assumed.
pub(super) fn assumed(base: &Base<'_>) -> Option<String> {
    let mut said = Vec::new();
    if base.twin.state != "ready" {
        said.push(
            "Your log does not say enough about you yet, so this is reckoned with simulated women of the population, not \
             with you. The range is as wide as women differ.",
        );
    }
    if !base.hers.known {
        said.push("The last 14 days hold no whole day of sessions; seven pump sessions of 15 minutes a day are assumed.");
    } else if base.hers.day.0.is_empty() {
        said.push("Your days hold no pump session yet.");
    }
    said.extend(base.needs.as_ref().and_then(|needs| needs.assumed.as_deref()));
    (!said.is_empty()).then(|| said.join(" "))
}

/// What had to be assumed of her days alone.
pub(super) fn assumed_day(base: &Base<'_>) -> Option<String> {
    (!base.hers.known)
        .then(|| "The last 14 days hold no whole day of sessions; usual hours are assumed.".into())
}

/// The word for a baby at the other breast.
pub(super) const BESIDE: &str = "nursing_beside";

pub(super) fn beside(s: Sitting) -> Line {
    Line {
        clock: clock(s.slot),
        minutes: f64::from(s.minutes),
        technique: Some(BESIDE),
        why: "the baby at one breast, the pump at the other".into(),
        home: None,
    }
}

/// Which days are of a kind.
pub(super) fn when(request: &Request, calendar: &Calendar, kind: usize) -> String {
    let dates =
        || calendar.dates.iter().zip(&calendar.kinds).filter(|(_, k)| **k == kind).map(|(date, _)| *date);
    match request.goal {
        Goal::Work if kind == 0 => week(&request.away_on),
        Goal::Work => "other days".into(),
        Goal::Wean => match (dates().next(), dates().next_back()) {
            (Some(from), Some(until)) if from != until => format!("{} to {}", short(from), short(until)),
            (Some(from), _) => short(from),
            _ => String::new(),
        },
        _ => "every day".into(),
    }
}

pub(super) fn short(date: Date) -> String {
    date.strftime("%-d %b").to_string()
}

fn week(days: &[Weekday]) -> String {
    let name = |day: &Weekday| format!("{day:?}").chars().take(3).collect::<String>();
    match days {
        [first, .., last] if days.len() > 2 && is_a_run(days) => format!("{} to {}", name(first), name(last)),
        _ => days.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

fn is_a_run(days: &[Weekday]) -> bool {
    days.windows(2).all(|pair| pair[0].next() == pair[1])
}

/// The sessions of a day, each with why it is there.
pub(super) fn lines(day: &Day, hers: &Day, goal: Goal) -> Vec<Line> {
    let mut left = hers.0.clone();
    // Whose place each took: first those at the same time, then the nearest.
    let mut came: Vec<Option<Sitting>> = vec![None; day.0.len()];
    for far in 0..=12u8 {
        for (i, s) in day.0.iter().enumerate() {
            let near = |own: &Sitting| around(own.slot, s.slot).min(around(s.slot, own.slot)) <= far;
            if came[i].is_none()
                && let Some(place) = left.iter().position(near)
            {
                came[i] = Some(left.remove(place));
            }
        }
    }
    let line = |(s, own): (&Sitting, &Option<Sitting>)| Line {
        clock: clock(s.slot),
        minutes: f64::from(s.minutes),
        technique: s.massage.then_some("massage"),
        why: why(*s, *own, goal),
        home: None,
    };
    day.0.iter().zip(&came).map(line).collect()
}

fn why(s: Sitting, own: Option<Sitting>, goal: Goal) -> String {
    let Some(own) = own else { return "new".into() };
    let mut said = Vec::new();
    if own.slot != s.slot {
        said.push(format!("instead of {}", clock(own.slot)));
    }
    match i16::from(s.minutes) - i16::from(own.minutes) {
        0 => {}
        more if more > 0 => said.push(format!("{more} min longer")),
        fewer if goal == Goal::Wean => said.push(format!("{} min shorter, it goes next", -fewer)),
        fewer => said.push(format!("{} min shorter", -fewer)),
    }
    if said.is_empty() { "as you do".into() } else { said.join(", ") }
}

fn clock(slot: u8) -> String {
    time(slot).strftime("%H:%M").to_string()
}

/// Why a plan is as it is.
pub(super) fn reasons(base: &Base<'_>, chosen: &Chosen) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let mut say = |text: &str, source, grade| reasons.push(Reason { text: text.into(), source, grade });
    let day = chosen.days.first().cloned().unwrap_or_default();
    let hers = &base.hers.day;
    let goal = base.request.goal;
    if goal.wants_more() && day.0.len() > hers.0.len() {
        let text = "More removed, more made: one more expression a day brought 124 g a day after two weeks.";
        say(
            text,
            "Dewey, Lönnerdal 1986, doi 10.1111/j.1651-2227.1986.tb10313.x (dewey86.gain), 18 women",
            "trial",
        );
    }
    if goal.wants_more() && day.minutes() > hers.minutes() && day.0.len() <= hers.0.len() {
        let text = "A longer session takes more of the milk that is there; whether minutes past the end of flow make \
                    more is unproven and not counted.";
        say(text, "docs/model.md, section 4", "model");
    }
    if day.0.iter().any(|s| s.massage) {
        let text = "Massage while pumping took half as much again in one trial, and made no difference over weeks in \
                    another; yours is reckoned with both in view.";
        say(text, "Jones, Dimmock, Spencer 2001 (tech.jones01); Hill 1999 (tech.hill99.null)", "contested");
    }
    if goal == Goal::Wean {
        let text = "A breast that stays full makes less, and one step at a time leaves it time; no trial has followed \
                    how milk stops.";
        say(text, "docs/model.md, section 5 (down.human_rate)", "model");
    }
    if matches!(chosen.aim, Aim::Kept(_)) {
        let text = "What is made follows how empty the breasts are kept, not how many sessions there are.";
        say(text, "Kent 2006, doi 10.1542/peds.2005-1417 (kent06.freq_null), 71 women", "measured");
    }
    if base.limits.early_until.is_some() {
        let text = "In the first two weeks frequent removal matters most: 9.9 feeds a day against 7.3 brought 44 % more \
                    on day 15.";
        say(text, "de Carvalho 1983, doi 10.1542/peds.72.3.307 (freq.dc83), 44 women", "trial");
    }
    let nights = |day: &Day| day.0.iter().filter(|s| is_night(s.slot)).count();
    if nights(&day) < nights(hers) && goal != Goal::Wean {
        say("A night with fewer sessions: the others make up for it in the model.", "docs/plan.md", "model");
    }
    reasons
}

/// The whole.
pub(super) fn says(plan: &Plan, base: &Base<'_>) -> String {
    let mut said = Vec::new();
    let Some(expected) = &plan.expected else { return String::new() };
    let change = &expected.change_range_ml;
    let day = base.frame.calendar.dates.last().map_or_else(String::new, |date| short(*date));
    match plan.goal {
        Goal::Wean => {
            let after = base.frame.weaned_after.unwrap_or(0);
            let last = base.frame.calendar.dates.get(after as usize).map_or_else(String::new, |d| short(*d));
            said.push(format!(
                "One session after the other goes, the last by {last}. Breasts are over nine tenths full for about \
                 {:.1} hours a day on the way.",
                expected.full_h_per_day
            ));
        }
        Goal::Stash => said.push(format!(
            "By {day} about {} more in all than as you do it (likely {} to {}).",
            about_ml(expected.more_in_all_ml.p50),
            signed(expected.more_in_all_ml.p10),
            signed(expected.more_in_all_ml.p90)
        )),
        _ => said.push(format!(
            "By {day} about {} a day (likely {} to {}); as you do it, {}. The difference is likely {} to {}.",
            about_ml(expected.ml_per_day.p50),
            about_ml(expected.ml_per_day.p10),
            about_ml(expected.ml_per_day.p90),
            about_ml(expected.as_now_ml_per_day.p50),
            signed(change.p10),
            signed(change.p90)
        )),
    }
    said.push(costs(expected.cost_min_per_day));
    if let Some(age_h) = plan.data_age_h.filter(|h| *h > OLD_H) {
        said.push(format!("Your newest session is {:.0} days old, and so is this plan.", age_h / 24.0));
    }
    said.join(" ")
}

fn costs(minutes: f64) -> String {
    match minutes.round() {
        m if m > 0.0 => format!("It costs about {m:.0} minutes more at the pump a day."),
        m if m < 0.0 => format!("It saves about {:.0} minutes at the pump a day.", -m),
        _ => "It costs no more minutes at the pump.".into(),
    }
}

/// Another plan, by what differs.
pub(super) fn other(
    base: &Base<'_>,
    (days, best): (&[Day], &[Day]),
    change_ml: f64,
    cost_min: f64,
) -> String {
    let (Some(day), Some(best)) = (days.first(), best.first()) else { return String::new() };
    let beside = format!("{} a day, {}", signed(change_ml), minutes(cost_min));
    if base.request.goal == Goal::Wean {
        let next =
            days.get(1).and_then(|after| day.0.iter().find(|s| !after.0.iter().any(|a| a.slot == s.slot)));
        return next.map_or(beside, |s| format!("Begin with the session at {}", clock(s.slot)));
    }
    let nights = |day: &Day| day.0.iter().filter(|s| is_night(s.slot)).count();
    let massage = |day: &Day| day.0.iter().any(|s| s.massage);
    let mut differs = Vec::new();
    match day.0.len().cmp(&best.0.len()) {
        Ordering::Equal => {}
        Ordering::Greater => differs.push(format!("{} sessions", day.0.len())),
        Ordering::Less => differs.push(format!("only {} sessions", day.0.len())),
    }
    match (massage(day), massage(best)) {
        (true, false) => differs.push("with massage".into()),
        (false, true) => differs.push("without massage".into()),
        _ => {}
    }
    match (nights(day), nights(best)) {
        (a, b) if a == b => {}
        (0, _) => differs.push("none at night".into()),
        (n, _) => differs.push(format!("{n} at night")),
    }
    format!("{}: {beside}", sentence(&differs.join(", ")))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn minutes(cost_min: f64) -> String {
    match cost_min.round() {
        m if m > 0.0 => format!("{m:.0} min more"),
        m if m < 0.0 => format!("{:.0} min fewer", -m),
        _ => "as many minutes".into(),
    }
}

/// One session missed.
pub(super) fn missed(then_ml: f64, end_ml: f64, of_ml: f64) -> String {
    if then_ml < 5.0 && end_ml < 5.0 {
        return "A session missed costs next to no milk. Go on with the next one.".into();
    }
    let later = if end_ml < 0.01 * of_ml.max(1.0) {
        "by the end nothing of it is left".to_owned()
    } else {
        format!("by the end about {} a day", about_ml(end_ml))
    };
    format!(
        "A session missed costs at most about {} within two days; {later}. Go on with the next one.",
        about_ml(then_ml.max(0.0))
    )
}

pub(super) fn out_of_reach() -> Limit {
    Limit {
        rule: "out_of_reach",
        text: "Within these limits the target is likely not reached; this is the nearest.".into(),
    }
}

pub(super) fn no_room() -> Limit {
    let text = "Your breaks leave less room than your days have now; one more break would help most.".into();
    Limit { rule: "no_room", text }
}

/// "+60 mL", "−20 mL", "0 mL".
pub(super) fn signed(ml: f64) -> String {
    match (ml / 10.0).round() as i64 {
        0 => "0 mL".into(),
        m if m > 0 => format!("+{}", about_ml(ml)),
        _ => format!("\u{2212}{}", about_ml(-ml)),
    }
}
