//! Breasts have a long memory: let-downs after the last nursing or pumping, and what the learning model expects of them.
//!
//! Women drawn from the population learn by her own count of sessions ([`letdown_model::learning`]); then days pass. A cry and
//! the smell of a baby bring a let-down where their strength passes the threshold of the reflex, `1/(G tau_X)`. How fast a
//! woman learns, and how slowly she forgets, was never measured: the numbers say what the equations say, no more.

use super::{given::Given, known::count};
use crate::observed::{Session, What, hours};
use letdown_model::{
    learning::{Cue, Learned, Present},
    population::{self, Term},
    random::Random,
};
use serde::Serialize;

/// Let-downs after weaning.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AfterWeaning {
    /// Whether no milk was taken for two weeks or more.
    pub weaned: bool,
    /// Days since milk was last taken; `null` in an empty log.
    pub days_since: Option<f64>,
    /// Let-downs that were logged since then.
    pub let_downs_since: usize,
    /// What the learning model expects: the share of women with her sessions in whom a baby's cry and smell bring a
    /// let-down, so many days after the last session.
    pub expected: Vec<Expected>,
    /// The whole in plain words.
    pub says: String,
}

/// What is expected at a time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// Days after the last session.
    pub days: f64,
    /// The share (0 to 1).
    pub share: f64,
}

const WEANED_AFTER_DAYS: f64 = 14.0;
const LATER_DAYS: [f64; 4] = [30.0, 182.0, 365.0, 730.0];
const WOMEN: usize = 120;
const MOST_SESSIONS: usize = 1500;
const SEED: u64 = 9;
/// A usual session brings so much of the reward.
const REWARD: f64 = 0.8;

/// What is left of the reflex, and what is to come.
pub(super) fn after_weaning(given: &Given<'_>) -> AfterWeaning {
    let sessions = &given.observed.sessions;
    let last = sessions.iter().map(|s| s.end).max();
    let days_since = last.map(|end| given.age_h(end) / 24.0);
    let weaned = days_since.is_some_and(|days| days >= WEANED_AFTER_DAYS);
    let since = given.let_downs().filter(|l| last.is_some_and(|end| l.start.timestamp() > end)).count();
    let mut answer = AfterWeaning {
        weaned,
        days_since: days_since.map(crate::numbers::tenth),
        let_downs_since: since,
        expected: if sessions.is_empty() { Vec::new() } else { expected(sessions) },
        says: String::new(),
    };
    answer.says = says(&answer);
    answer
}

fn expected(sessions: &[Session]) -> Vec<Expected> {
    let mut random = Random::seeded(SEED);
    let recent = &sessions[sessions.len().saturating_sub(MOST_SESSIONS)..];
    let nursing = Present::cues(&[Cue::Suck, Cue::Smell, Cue::Cry]);
    // Who pumps for a baby sees and hears it beside the pump now and then; at half the presence.
    let pumping = Present::cues(&[Cue::PumpSound, Cue::PumpFeel, Cue::Chair, Cue::Preparing])
        .with(Cue::Smell, 0.25)
        .with(Cue::Cry, 0.25);
    let later = Present::cues(&[Cue::Cry, Cue::Smell]);
    let mut fires = [0usize; LATER_DAYS.len()];
    for _ in 0..WOMEN {
        let her = population::draw(&mut random, Term::Term);
        let mut learned = Learned::default();
        let mut earlier = None;
        for session in recent {
            let at = session.at.timestamp();
            learned.rest(earlier.map_or(0.0, |e| hours(e, at).max(0.0) / 24.0));
            earlier = Some(at);
            let present = if matches!(session.what, What::Nurse { .. }) { &nursing } else { &pumping };
            learned.teach(&her.learning, present, REWARD, 0);
        }
        let reflex = &her.ejection.reflex;
        let threshold = 1.0 / (reflex.gain_per_s * reflex.forgets_s);
        let mut rested = 0.0;
        for (count, days) in fires.iter_mut().zip(LATER_DAYS) {
            learned.rest(days - rested);
            rested = days;
            *count += usize::from(learned.drive(&later, 1) > threshold);
        }
    }
    let share = |(days, count): (f64, &usize)| Expected {
        days,
        share: (100.0 * *count as f64 / WOMEN as f64).round() / 100.0,
    };
    LATER_DAYS.into_iter().zip(&fires).map(share).collect()
}

fn says(answer: &AfterWeaning) -> String {
    let year = answer.expected.iter().find(|e| e.days == LATER_DAYS[2]).map_or(0.0, |e| e.share);
    let in_ten = (10.0 * year).round();
    let model = format!(
        "The learning model expects a baby's cry and smell to bring a let-down in about {in_ten:.0} of 10 women a year after; how \
         fast that fades was never measured."
    );
    match (answer.days_since, answer.weaned) {
        (None, _) => "Nothing is logged yet.".into(),
        (Some(_), false) => format!("You are not weaned by this log. {model}"),
        (Some(days), true) => format!(
            "The last session in your log was {days:.0} days ago, and it holds {} since. Where milk is no longer taken, let-downs long \
             after are usual: breasts have a long memory. {model}",
            count(answer.let_downs_since, "let-down")
        ),
    }
}
