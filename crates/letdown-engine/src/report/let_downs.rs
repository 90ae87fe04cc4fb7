//! Let-downs of the last four weeks of the log: seen by a scale or by taps, and felt.

use super::{given::Given, seen::Seen};
use crate::insights::{Insights, Share};
use letdown_journal::body::{Body, Pump};
use serde::Serialize;

/// Let-downs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetDowns {
    /// Days that were looked at.
    pub days: i32,
    /// Pump sessions that a scale or taps watched.
    pub watched: usize,
    /// From the start of a session to the first let-down (s).
    pub first_s: Option<Seen>,
    /// From the start of a session until flow had slowed (s).
    pub slowed_s: Option<Seen>,
    /// Let-downs of a watched session.
    pub per_session: Option<Seen>,
    /// What a let-down brought (mL): output.
    pub ml: Option<Seen>,
    /// Sessions and nursings in which she felt one.
    pub felt: Option<Share>,
    /// Let-downs without a touch, in these days.
    pub by_themselves: usize,
    /// What most often came before them.
    pub most_often_at: Option<String>,
}

const DAYS: i32 = 28;

pub(super) fn let_downs(given: &Given<'_>, told: &Insights) -> LetDowns {
    let days = given.days.back(DAYS);
    let pumps: Vec<&Pump> =
        given.within(days).filter_map(|b| if let Body::Pump(p) = b { Some(p) } else { None }).collect();
    let is_watched = |p: &&&Pump| p.trace.is_some() || p.detector.is_some() || !p.let_downs.is_empty();
    let watched: Vec<&Pump> = pumps.iter().filter(is_watched).copied().collect();
    let each = || watched.iter().flat_map(|p| &p.let_downs);
    LetDowns {
        days: DAYS,
        watched: watched.len(),
        first_s: Seen::of(watched.iter().filter_map(|p| Some(p.let_downs.first()?.onset_s)).collect()),
        slowed_s: Seen::of(pumps.iter().filter_map(|p| p.slowed_s).collect()),
        per_session: Seen::of(watched.iter().map(|p| p.let_downs.len() as f64).collect()),
        ml: Seen::of(each().filter_map(|l| l.volume_ml).collect()),
        felt: told.felt.recent,
        by_themselves: given.within(days).filter(|body| matches!(body, Body::Letdown(_))).count(),
        most_often_at: told
            .cues
            .spontaneous
            .first()
            .map(|most| most.trigger.clone())
            .filter(|trigger| !["none", "not said"].contains(&trigger.as_str())),
    }
}
