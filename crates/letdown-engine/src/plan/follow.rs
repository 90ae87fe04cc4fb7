//! A plan that was kept, against what came of it; and what to ask for next. Never a verdict: a plan that did not fit her days
//! is planned anew to fit them.

use super::{
    request::{Goal, Request, hours},
    travel::Travel,
    wish::Wish,
};
use crate::{EngineError, error::said, observed::Observed, visible::visible};
use jiff::{ToSpan, civil::Date};
use letdown_journal::{
    body::{self, Body, Extra},
    fold::Folded,
    moment,
};
use serde::Serialize;
use serde_json::{Value, json};

/// What came of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Followed {
    /// What it was for.
    pub goal: Goal,
    /// The day on which it was made.
    pub since: String,
    /// Whole days since then.
    pub days: usize,
    /// Pump sessions a day that it held, and that came.
    pub planned_per_day: f64,
    /// Pump sessions a day that came, at whatever hour.
    pub came_per_day: f64,
    /// Hours of it at which a session came on fewer than half of the days: `03:00`.
    pub seldom: Vec<String>,
    /// In plain words.
    pub says: String,
}

/// A session within this of its hour is that session (h).
const NEAR_H: f64 = 1.5;

/// The newest plan that was kept, against what came, and the request for the next one. `None` where none was kept.
pub fn followed(journal: &Folded, observed: &Observed) -> Option<(Followed, Request)> {
    let kept = visible(journal, &observed.now).into_iter().rev();
    let (plan, goal) = kept
        .filter_map(|(_, b)| if let Body::Plan(plan) = b { Some(plan) } else { None })
        .find_map(|plan| Goal::read(plan.goal.as_str()).ok().map(|goal| (plan, goal)))?;
    let days = whole_days(observed, &plan);
    let came = |date: &Date| -> Vec<f64> {
        let of_day = observed.sessions.iter().filter(|s| s.is_pump() && s.day() == *date);
        of_day.map(crate::observed::Session::clock_h).collect()
    };
    let came: Vec<Vec<f64>> = days.iter().map(came).collect();
    let near = |clock_h: f64, day: &Vec<f64>| day.iter().any(|at_h| (at_h - clock_h).abs() <= NEAR_H);
    let seldom = plan.steps.iter().filter(|step| {
        let times = came.iter().filter(|day| near(hours(step.clock), day)).count();
        !came.is_empty() && 2 * times < came.len()
    });
    let seldom: Vec<String> = seldom.map(|step| step.clock.strftime("%H:%M").to_string()).collect();
    let per_day = came.iter().map(Vec::len).sum::<usize>() as f64 / came.len().max(1) as f64;
    let mut followed = Followed {
        goal,
        since: plan.start.date().to_string(),
        days: days.len(),
        planned_per_day: plan.steps.len() as f64,
        came_per_day: crate::numbers::tenth(per_day),
        seldom,
        says: String::new(),
    };
    followed.says = says(&followed);
    let next = next(&plan, goal, observed, &followed);
    Some((followed, next))
}

/// Whole days behind a plan, until yesterday and not beyond its end.
fn whole_days(observed: &Observed, plan: &body::Plan) -> Vec<Date> {
    let today = observed.now.date();
    let from = plan.start.date().saturating_add(1.days());
    let is_of_it = |day: &Date| *day < today && plan.until.is_none_or(|until| *day <= until);
    from.series(1.days()).take_while(is_of_it).collect()
}

/// The same goal and what she said beside it, with at most one session more than came.
fn next(plan: &body::Plan, goal: Goal, observed: &Observed, followed: &Followed) -> Request {
    let ahead = plan.until.filter(|until| observed.now.date() < *until);
    let fewer = followed.days > 0 && followed.came_per_day + 0.5 < followed.planned_per_day;
    let most = (followed.came_per_day.ceil() as usize + 1).max(1);
    let before = Request {
        by: ahead,
        to_ml: plan.target.as_ref().map(letdown_journal::volume::Output::as_ml),
        most_for_now: (fewer && goal != Goal::Wean).then_some(most),
        ..Request::of(goal)
    };
    let request = said_before(&plan.extra, before);
    let home = observed.zone();
    let ahead = |travel: &Travel| observed.now < moment::place(travel.departs, &home).at;
    Request { travel: request.travel.clone().filter(ahead), ..request }
}

/// A request with what she had said when the plan was kept. What cannot be read is left as usual.
fn said_before(kept: &Extra, request: Request) -> Request {
    let text = |name| kept.get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name| kept.get(name).and_then(Value::as_u64);
    let breaks = kept.get("breaks").and_then(Value::as_array).into_iter().flatten();
    let each = [
        Wish { sleep: text("sleep"), ..Wish::default() },
        Wish { away: text("away"), ..Wish::default() },
        Wish { days: text("days"), ..Wish::default() },
        Wish { babies: number("babies").and_then(|n| n.try_into().ok()), ..Wish::default() },
        Wish { travel: text("travel"), to_zone: text("to_zone"), ..Wish::default() },
        Wish { commute_min: number("commute_min").and_then(|n| n.try_into().ok()), ..Wish::default() },
        Wish { breaks: breaks.filter_map(Value::as_str).map(str::to_owned).collect(), ..Wish::default() },
        Wish { most_sessions: number("most_sessions").and_then(|n| n.try_into().ok()), ..Wish::default() },
    ];
    each.iter().fold(request, |request, wish| wish.on(request.clone()).unwrap_or(request))
}

/// What she said beside the goal, as she may type it.
fn said_now(request: &Request, fields: &mut Extra) {
    let mut say = |name: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    };
    let days: Vec<String> = request
        .away_on
        .iter()
        .map(|day| format!("{day:?}").to_lowercase().chars().take(3).collect())
        .collect();
    let breaks: Vec<String> = request.breaks.iter().map(ToString::to_string).collect();
    say("sleep", request.sleep.map(|sleep| json!(sleep.to_string())));
    say("away", request.away.map(|away| json!(away.to_string())));
    say("days", request.away.map(|_| json!(days.join(","))));
    let commute = Some(request.commute_min).filter(|minutes| 0.0 < *minutes);
    say("commute_min", commute.map(|minutes| json!(minutes.round() as u64)));
    say("breaks", (!breaks.is_empty()).then(|| json!(breaks)));
    say("travel", request.travel.as_ref().map(|travel| json!(travel.to_string())));
    say("to_zone", request.travel.as_ref().map(|travel| json!(travel.zone)));
    say("babies", request.babies.map(|babies| json!(babies)));
    say("most_sessions", request.most_sessions.map(|most| json!(most)));
}

fn says(followed: &Followed) -> String {
    let Followed { days, planned_per_day, came_per_day, seldom, .. } = followed;
    if *days == 0 {
        return format!("Planned on {}; no whole day has passed since.", followed.since);
    }
    let rarely = match seldom.as_slice() {
        [] => String::new(),
        hours => {
            format!(" Least often at {}; an hour that does not suit your days is no loss.", hours.join(", "))
        }
    };
    let next = if came_per_day + 0.5 < *planned_per_day {
        " The next plan holds at most one session more than came."
    } else {
        ""
    };
    let word = if *days == 1 { "day" } else { "days" };
    format!(
        "In {days} whole {word} since {} about {came_per_day:.1} pump sessions a day, of {planned_per_day:.0} \
         planned.{rarely}{next}",
        followed.since
    )
}

/// What a plan is kept as: the body of an entry of the kind `plan`. Of a plan whose days differ, the first kind of them.
///
/// # Errors
/// When the plan is none that a journal takes; the sentence names the field.
pub fn entry(plan: &super::Plan, request: &Request) -> Result<Body, EngineError> {
    // Those of a journey's last days are the hours that stay.
    let day = if plan.travel.is_some() { plan.days.last() } else { plan.days.first() };
    let steps = day.map_or(&[][..], |alike| &alike.sessions);
    let step = |line: &super::Line| {
        let mut step = json!({"clock": line.clock, "minutes": line.minutes, "side": "both"});
        if line.technique == Some("massage") {
            step["technique"] = json!("massage");
        }
        step
    };
    let mut fields = Extra::new();
    fields.insert("start".into(), json!(plan.now));
    fields.insert("goal".into(), json!(plan.goal.word()));
    fields.insert("until".into(), json!(plan.until));
    fields.insert("steps".into(), steps.iter().map(step).collect());
    if let Some(ml) = request.to_ml {
        fields.insert("target_ml".into(), json!(ml));
    }
    said_now(request, &mut fields);
    let body = Body::read("plan", &Value::Object(fields).to_string()).map_err(|e| said(e.to_string()))?;
    body.ok_or_else(|| said("this version keeps no plans".into()))
}
