//! Whose log, of which time, made when.

use super::given::Given;
use crate::numbers::tenth;
use letdown_journal::body::{Body, SIMULATED};
use serde::Serialize;

/// Whose log, of which time, made when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// When the page was made, with its zone.
    pub made_at: String,
    /// Her name, where she wrote it down.
    pub mother: Option<String>,
    /// The day on which she gave birth, where it is known.
    pub gave_birth: Option<String>,
    /// Days since then.
    pub days_since_birth: Option<i32>,
    /// The babies' names; `null` where a baby has none.
    pub babies: Vec<Option<String>>,
    /// The first day of the log; `null` of an empty one.
    pub from: Option<String>,
    /// The last day of the log.
    pub to: Option<String>,
    /// Pump sessions, nursings and milk expressed by hand in all of it.
    pub sessions: usize,
    /// Hours since the newest of these ended.
    pub data_age_h: Option<f64>,
    /// Entries that were simulated.
    pub simulated: usize,
    /// The days that the page looks at, where nothing else is said: the first ...
    pub looks_from: String,
    /// ... and the last.
    pub looks_to: String,
    /// Of these, days on which milk was logged.
    pub looks_days_logged: usize,
}

pub(super) fn heading(given: &Given<'_>) -> Heading {
    let observed = given.observed;
    let mother = given.bodies.iter().rev().find_map(|(_, body)| match body {
        Body::Mother(mother) => mother.name.clone().filter(|name| !name.trim().is_empty()),
        _ => None,
    });
    let day = |body: Option<&Body>| body.map(|body| body.start().date().to_string());
    let is_logged = |body: &&Body| !matches!(body, Body::Baby(_) | Body::Mother(_) | Body::Device(_));
    let mut logged = given.bodies.iter().map(|(_, body)| body).filter(is_logged);
    let first = logged.next();
    let last = logged.next_back().or(first);
    let is_simulated =
        |body: &Body| body.extra().get(SIMULATED).and_then(serde_json::Value::as_bool) == Some(true);
    Heading {
        made_at: observed.now.to_string(),
        mother,
        gave_birth: observed.birth.map(|day| day.to_string()),
        days_since_birth: observed.birth.map(|day| given.age_days(day)),
        babies: given.children.iter().map(|child| child.name.clone()).collect(),
        from: day(first),
        to: day(last),
        sessions: observed.sessions.len(),
        data_age_h: given.age_h().map(tenth),
        simulated: given.bodies.iter().filter(|(_, body)| is_simulated(body)).count(),
        looks_from: given.days.from.to_string(),
        looks_to: given.days.to.to_string(),
        looks_days_logged: given.logged.len(),
    }
}
