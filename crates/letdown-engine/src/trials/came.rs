//! What sessions brought over what was expected of them, when nobody knew yet.
//!
//! The twin of the log as it was when the trial began, or when it is planned, expects each session from everything before
//! it; that it was with what is tried is hidden from it, there and in what it takes in. So a number depends on volumes and
//! hours alone, and is never revised. Without a twin the straight line through her gaps of 14 days expects instead. A trial
//! by days expects a day from its midnight: what the day took from the next session counts.

use super::{Part, question::Question};
use crate::{
    baselines::{guesses, rows},
    beside,
    observed::{Observed, Session, What, midnight},
    twin::Twin,
    visible::visible,
};
use jiff::Timestamp;
use letdown_fit::{effects::Effect, predict::ahead};
use letdown_journal::{
    body::{Body, Pump, Technique},
    entry::EntryId,
    fold::Folded,
};
use std::collections::BTreeMap;

/// One pump session.
#[derive(Clone, Debug)]
pub(super) struct Came {
    pub session: Session,
    /// What was done, as logged.
    pub pump: Option<Pump>,
    /// Output (mL), where it is taken at its word.
    pub output_ml: Option<f64>,
    /// What was expected (mL).
    pub expected_ml: Option<f64>,
    /// ln of what came over what was expected, or less ln of seconds to the first let-down.
    pub ln_ratio: Option<f64>,
}

impl Came {
    pub(super) fn part(&self) -> Part {
        Part::of(&self.session.at)
    }
}

/// Draws that expect.
const DRAWS: usize = 40;
/// Less than this is no session to compare with (mL).
const LEAST_ML: f64 = 10.0;
/// A session that brought less than a tenth of what was expected counts as a tenth.
const LEAST_SHARE: f64 = 0.1;

/// The twin as the log was before an instant.
pub fn twin_before(observed: &Observed, at: Timestamp, seed: u64) -> Twin {
    Twin::usual(&observed.before(at), seed)
}

/// Every pump session from an instant on.
pub(super) fn came(
    journal: &Folded,
    observed: &Observed,
    twin: &Twin,
    question: &Question,
    from: Timestamp,
) -> Vec<Came> {
    let blind = blinded(observed, question, from);
    let expected =
        if question.latency { BTreeMap::new() } else { expected(&blind, twin, question.by_day, from) };
    let mut pumps: BTreeMap<EntryId, Pump> = visible(journal, &observed.now)
        .into_iter()
        .filter_map(|(root, body)| if let Body::Pump(pump) = body { Some((root, pump)) } else { None })
        .collect();
    let sessions = observed.sessions.iter().filter(|s| s.is_pump() && s.at.timestamp() >= from);
    sessions
        .map(|session| {
            let pump = pumps.remove(&session.root);
            let output_ml = session.output_ml().filter(|_| !session.doubtful);
            let expected_ml = expected.get(&session.root).copied().filter(|ml| *ml >= LEAST_ML);
            let ln_ratio = if question.latency {
                pump.as_ref().and_then(first_s).map(|s| -s.ln())
            } else {
                output_ml.zip(expected_ml).map(|(came, ml)| (came / ml).max(LEAST_SHARE).ln())
            };
            Came { session: session.clone(), pump, output_ml, expected_ml, ln_ratio }
        })
        .collect()
}

/// Seconds to the first let-down that was seen, at least one.
fn first_s(pump: &Pump) -> Option<f64> {
    pump.let_downs.first().map(|first| first.onset_s.max(1.0))
}

/// The log without what was tried, from an instant on.
fn blinded(observed: &Observed, question: &Question, from: Timestamp) -> Observed {
    let mut blind = observed.clone();
    for session in blind.sessions.iter_mut().filter(|s| s.at.timestamp() >= from) {
        if let What::Pump { with, minutes, past_flow_min, .. } = &mut session.what {
            if let Some(effect) = tried(&question.technique) {
                *with = with.and(effect, 0.0);
            }
            if question.more_minutes.is_some() {
                (*minutes, *past_flow_min) = (None, None);
            }
        }
    }
    blind
}

/// What a fit knows of what is tried. Another flange is told by the device that is in use.
fn tried(technique: &Technique) -> Option<Effect> {
    if technique.as_str() == "flange" { Some(Effect::Flange) } else { beside::effect(technique) }
}

/// What was expected of each session (mL).
fn expected(blind: &Observed, twin: &Twin, by_day: bool, from: Timestamp) -> BTreeMap<EntryId, f64> {
    let known_until = |session: &Session| {
        if by_day { midnight(session.day(), session.at.time_zone()) } else { session.at.timestamp() }
    };
    match by_twin(blind, twin, &known_until, from) {
        Some(expected) => expected,
        None => by_line(blind, &known_until, from),
    }
}

fn by_twin(
    blind: &Observed,
    twin: &Twin,
    known_until: &dyn Fn(&Session) -> Timestamp,
    from: Timestamp,
) -> Option<BTreeMap<EntryId, f64>> {
    let fitted = twin.fitted().ok()?;
    let log = blind.fit_log(&fitted.reading)?;
    let pumps = blind.sessions.iter().filter(|s| s.is_pump() && s.at.timestamp() >= from);
    let mut cuts: Vec<f64> = pumps.map(|s| blind.hour_of(known_until(s))).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let forecasts = ahead(&fitted.posterior.thinned(DRAWS), &log, &cuts);
    let first = blind.sessions.len().checked_sub(forecasts.len())?;
    let told = blind.sessions.get(first..)?.iter().zip(forecasts);
    Some(told.filter_map(|(session, forecast)| Some((session.root, forecast?.quantile(0.5)))).collect())
}

fn by_line(
    blind: &Observed,
    known_until: &dyn Fn(&Session) -> Timestamp,
    from: Timestamp,
) -> BTreeMap<EntryId, f64> {
    let rows = rows(blind);
    let mut told = BTreeMap::new();
    let mut gap_from: Option<f64> = None;
    for (session, _) in &rows {
        let at_h = blind.hour_of(session.at.timestamp());
        let gap_h = gap_from.replace(at_h).map(|before| at_h - before);
        if session.at.timestamp() < from {
            continue;
        }
        let origin_h = blind.hour_of(known_until(session));
        let earlier: Vec<_> = rows
            .iter()
            .filter(|(s, _)| !s.doubtful)
            .filter_map(|(_, row)| *row)
            .filter(|row| row.at_h < origin_h)
            .collect();
        if let Some([_, _, line, _]) = guesses(&earlier, origin_h, gap_h, session.clock_h()) {
            told.insert(session.root, line);
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twin_does_not_know_of_what_is_tried() {
        let tried = |word: &str| tried(&Technique::from(word.to_owned()));
        assert_eq!(tried("flange"), Some(Effect::Flange));
        assert_eq!(tried("massage"), Some(Effect::Massage));
        assert_eq!(tried("longer"), None, "its minutes are hidden instead");
    }
}
