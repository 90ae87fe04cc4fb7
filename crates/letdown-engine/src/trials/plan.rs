//! Before a trial: how many sessions would tell, and what it cannot tell.

use super::{
    Part,
    came::came,
    question::Question,
    size::{noise, size, tells},
};
use crate::{
    EngineError,
    error::said,
    insights::known::{count, mean_sd},
    limits::LONGEST_MIN,
    numbers::{median, tenth, thousandth},
    observed::{Observed, hours},
    red_flags::red_flags,
    twin::Twin,
};
use jiff::{SignedDuration, civil::Date};
use letdown_journal::{body::Extra, fold::Folded};
use serde::Serialize;
use std::collections::BTreeMap;

/// A trial before it begins.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Planned {
    /// What is tried: its word in the journal.
    pub technique: String,
    /// How much longer (min), where it is more minutes.
    pub more_minutes: Option<f64>,
    /// `milk` or `latency`.
    pub outcome: &'static str,
    /// The question.
    pub asks: String,
    /// Whether whole days are drawn.
    pub by_day: bool,
    /// The smallest effect she would care about (%).
    pub smallest_percent: f64,
    /// How far one of her sessions, or days, scatters around what is expected of it (log sd).
    pub noise: f64,
    /// Past sessions, or days, that say so; 0 where a usual noise stands in.
    pub noise_from: usize,
    /// Sessions, or days, that it takes.
    pub sessions: usize,
    /// About how many days that is at her pace; `null` where it has no pace yet.
    pub days: Option<u32>,
    /// The share of trials that find such an effect where it is there.
    pub power: f64,
    /// What stops this trial now; empty where nothing does.
    pub red_flags: Vec<String>,
    /// What it cannot tell.
    pub cannot_tell: Vec<String>,
    /// In plain words.
    pub says: String,
}

/// The usual smallest effect (%): milk, and seconds to the first let-down.
pub const SMALLEST_MILK: f64 = 10.0;
/// The same of seconds.
pub const SMALLEST_LATENCY: f64 = 25.0;
/// Days behind her that say how far sessions scatter, and her pace.
const PAST_DAYS: i64 = 28;
const PACE_DAYS: f64 = 14.0;
/// Beyond this nobody waits.
const MOST_SESSIONS: usize = 400;
const MOST_DAYS: usize = 80;
/// The noise of a session, of a day and of a latency where hers is not known yet (log sd; judged).
const USUAL: f64 = 0.22;
const USUAL_DAY: f64 = 0.10;
const USUAL_LATENCY: f64 = 0.5;

/// Plans a trial. `twin` is that of the log as it is now.
///
/// # Errors
/// When a trial could not tell within reason, or would make sessions too long; the sentence says what could be done.
pub fn plan(
    journal: &Folded,
    observed: &Observed,
    twin: &Twin,
    question: &Question,
    smallest_percent: f64,
) -> Result<Planned, EngineError> {
    if !(1.0..=100.0).contains(&smallest_percent) {
        return Err(said(format!("the smallest effect is 1 to 100 %, not {smallest_percent} %")));
    }
    if let Some(more) = question.more_minutes {
        short_enough(observed, more)?;
    }
    let past = past(journal, observed, twin, question);
    let hers = noise(&past);
    let usual = if question.latency {
        USUAL_LATENCY
    } else if question.by_day {
        USUAL_DAY
    } else {
        USUAL
    };
    let noise = hers.unwrap_or(usual);
    let sessions = size(noise, smallest_percent);
    let most = if question.by_day { MOST_DAYS } else { MOST_SESSIONS };
    if sessions > most {
        return Err(said(format!(
            "an effect of {smallest_percent} % would take {sessions} {}s; {most} would tell one of {:.0} %, so ask for that or more",
            question.unit(),
            tells(noise, most).ceil(),
        )));
    }
    let days = if question.by_day { Some(sessions as u32) } else { days(observed, sessions) };
    let flags = red_flags(journal, observed);
    let red_flags = if question.more_minutes.is_some() { flags.for_a_change(true) } else { Vec::new() };
    Ok(Planned {
        technique: question.technique.as_str().to_owned(),
        more_minutes: question.more_minutes,
        outcome: if question.latency { "latency" } else { "milk" },
        asks: question.asks(),
        by_day: question.by_day,
        smallest_percent,
        noise: thousandth(noise),
        noise_from: hers.map_or(0, |_| past.len()),
        sessions,
        days,
        power: 0.8,
        says: says(question, smallest_percent, sessions, days, hers.map(|_| past.len())),
        red_flags,
        cannot_tell: cannot_tell(question),
    })
}

impl Planned {
    /// The fields of the journal's entry.
    pub fn fields(&self, seed: u32) -> Extra {
        let mut fields = Extra::new();
        fields.insert("technique".into(), self.technique.clone().into());
        if let Some(minutes) = self.more_minutes {
            fields.insert("more_minutes".into(), minutes.into());
        }
        fields.insert("outcome".into(), self.outcome.into());
        fields.insert("smallest_percent".into(), self.smallest_percent.into());
        fields.insert("by_day".into(), self.by_day.into());
        fields.insert("sessions".into(), self.sessions.into());
        fields.insert("seed".into(), seed.into());
        fields.insert("state".into(), "running".into());
        fields
    }
}

/// What lies behind her, as a trial would see it.
fn past(journal: &Folded, observed: &Observed, twin: &Twin, question: &Question) -> Vec<(Part, f64)> {
    let now = observed.now.timestamp();
    let from = now.saturating_sub(SignedDuration::from_hours(24 * PAST_DAYS)).unwrap_or(now);
    let came = came(journal, observed, twin, question, from);
    if !question.by_day {
        return came.iter().filter_map(|c| Some((c.part(), c.ln_ratio?))).collect();
    }
    let mut days: BTreeMap<Date, Vec<(f64, f64)>> = BTreeMap::new();
    for c in &came {
        let day = days.entry(c.session.day()).or_default();
        day.extend(c.output_ml.zip(c.expected_ml));
    }
    let whole = days.into_values().filter(|day| day.len() >= 2).map(|day| {
        let (came, ml) = day.iter().skip(1).fold((0.0, 0.0), |(a, b), (came, ml)| (a + came, b + ml));
        (Part::Day, (came / ml).max(0.1).ln())
    });
    whole.collect()
}

/// About how many days so many sessions take at her pace.
fn days(observed: &Observed, sessions: usize) -> Option<u32> {
    let age_days = |at: jiff::Timestamp| hours(at, observed.now.timestamp()) / 24.0;
    let measured = observed.sessions.iter().filter(|s| s.output_ml().is_some());
    let recent: Vec<f64> = measured.map(|s| age_days(s.at.timestamp())).filter(|d| *d <= PACE_DAYS).collect();
    let first = recent.first().copied().filter(|first| *first >= 1.0)?;
    Some((sessions as f64 * first / recent.len() as f64).ceil() as u32)
}

/// Her usual length (min), the middle of what was logged before an instant.
pub(super) fn usual_min(observed: &Observed, before: jiff::Timestamp) -> Option<f64> {
    let earlier = observed.sessions.iter().filter(|s| s.at.timestamp() < before);
    let mut lengths: Vec<f64> = earlier.filter_map(crate::observed::Session::trusted_minutes).collect();
    median(&mut lengths)
}

fn short_enough(observed: &Observed, more: f64) -> Result<(), EngineError> {
    match usual_min(observed, observed.now.timestamp()) {
        Some(usual) if usual + more > LONGEST_MIN => Err(said(format!(
            "your sessions run {usual:.0} min; with {more} more they would pass {LONGEST_MIN} min, and longer than that is not \
             tried here"
        ))),
        _ => Ok(()),
    }
}

fn says(
    question: &Question,
    smallest: f64,
    sessions: usize,
    days: Option<u32>,
    from: Option<usize>,
) -> String {
    let unit = question.unit();
    let pace = match days {
        Some(days) if !question.by_day => format!(", {} at your pace", count(days as usize, "day")),
        _ => String::new(),
    };
    let noise = match from {
        Some(n) => format!("From your last {n} {unit}s"),
        None => format!("How much your {unit}s differ is not known yet, so with what is usual"),
    };
    let told = if question.latency { "sooner or later" } else { "more or less" };
    format!(
        "{} About {sessions} {unit}s{pace}. {noise}: if it is {smallest:.0} % {told}, eight of ten such trials find it, and if \
         it does nothing, at most one in twenty says otherwise.",
        question.asks()
    )
}

/// What no trial of this kind can tell.
pub(super) fn cannot_tell(question: &Question) -> Vec<String> {
    let mut said = vec![
        "You know which it is each time, and what one hopes for can help or hold back by itself: a trial on oneself cannot \
         take that apart."
            .to_owned(),
        "It answers for you, in these weeks, and not for other women or other months.".to_owned(),
    ];
    if question.by_day {
        said.push("Days are compared with days, so what builds up over weeks does not show.".to_owned());
    } else if !question.latency {
        said.push(
            "Milk that comes more in one session may be missing in the next: it says what a session brings, not what you \
             make."
                .to_owned(),
        );
    }
    said
}

/// A mean, to a tenth.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| tenth(mean_sd(values).0))
}
