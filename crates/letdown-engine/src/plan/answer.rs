//! What a plan says.

use super::{breasts::FirstSide, journey_words::Journeyed, needs::Needs, request::Goal, stash::Stash};
use crate::{Range, twin::TwinState};
use letdown_journal::moment::Moment;
use serde::Serialize;

/// A plan: sessions to come, what they would bring, and what they cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// When it was asked for.
    pub now: String,
    /// What for.
    pub goal: Goal,
    /// Until which day it reaches.
    pub until: String,
    /// What is aimed at: mL a day, or in all for `stash`; `null` where nothing is counted.
    pub target_ml: Option<f64>,
    /// Whether the middle of what is expected reaches it.
    pub reaches: Option<bool>,
    /// Every pump session until then; none where advice stops.
    pub schedule: Vec<Session>,
    /// The same by days that are alike.
    pub days: Vec<Alike>,
    /// What it would bring; `null` where advice stops.
    pub expected: Option<Expected>,
    /// The next best.
    pub next_best: Vec<Other>,
    /// What it does when one session is missed; `null` when weaning, where none is missed.
    pub if_missed: Option<Missed>,
    /// What her babies may drink a day: intake, which the plan takes as milk to have ready; for the goal `home`, and where
    /// she said how many there are.
    pub needs: Option<Needs>,
    /// Which breast to begin with, where her log tells; `null` where it is both.
    pub first_side: Option<FirstSide>,
    /// A journey to another zone, where one was asked for.
    pub travel: Option<Journeyed>,
    /// What is put by, and which to use first; for the goals `stash` and `work`, where a bag was ever logged.
    pub stash: Option<Stash>,
    /// Why it is so.
    pub reasons: Vec<Reason>,
    /// Which limits it met.
    pub limits_hit: Vec<Limit>,
    /// What had to be assumed, for the log does not say it; `null` when nothing had to be.
    pub assumed: Option<String>,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// The twin behind it.
    pub twin: TwinState,
    /// The whole in plain words.
    pub says: String,
}

/// One pump session to come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Session {
    /// When.
    pub at: String,
    /// How long (min).
    pub minutes: f64,
    /// What is done beside pumping, more than she does anyway.
    pub technique: Option<&'static str>,
    /// Which breasts: `both`, or which of them first, `left_first`, `right_first`; `other` than the baby's.
    pub side: &'static str,
    /// How long the left one (min), where one is first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_minutes: Option<f64>,
    /// How long the right one (min), where one is first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right_minutes: Option<f64>,
    /// When that is at home, where her clock shows another zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home_at: Option<String>,
}

/// The same before it is written down.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Planned {
    pub at: Moment,
    pub minutes: f64,
    pub massage: bool,
}

impl Planned {
    pub(super) fn new(at: Moment, minutes: f64) -> Self {
        Self { at, minutes, massage: false }
    }

    pub(super) fn told(&self) -> Session {
        Session {
            at: self.at.to_string(),
            minutes: self.minutes,
            technique: self.massage.then_some("massage"),
            side: "both",
            left_minutes: None,
            right_minutes: None,
            home_at: None,
        }
    }
}

/// Days of a plan that are alike.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alike {
    /// Which they are: `every day`, `Mon to Fri`, `from 3 to 6 December`.
    pub when: String,
    /// Their pump sessions.
    pub sessions: Vec<Line>,
}

/// A pump session of such days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// At which hour: `06:30`.
    pub clock: String,
    /// How long (min).
    pub minutes: f64,
    /// What is done beside pumping, more than she does anyway.
    pub technique: Option<&'static str>,
    /// Why it is there, in a few words.
    pub why: String,
    /// What the clock at home shows then, where hers shows another zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub home: Option<String>,
}

/// What a plan would bring.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// Output a day over its last days (mL).
    pub ml_per_day: Range,
    /// The same as she does it now (mL).
    pub as_now_ml_per_day: Range,
    /// How much more that is: the middle (mL a day).
    pub change_ml: f64,
    /// And its range: what is known of her, not the luck of single days (mL a day).
    pub change_range_ml: Range,
    /// Output in all until its end, more than as she does it now (mL).
    pub more_in_all_ml: Range,
    /// More minutes at the pump a day.
    pub cost_min_per_day: f64,
    /// Minutes at the pump a day.
    pub minutes_per_day: f64,
    /// Pump sessions a day.
    pub sessions_per_day: f64,
    /// Hours a day with a breast over nine tenths full.
    pub full_h_per_day: f64,
}

/// Another plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Other {
    /// What differs, in words.
    pub says: String,
    /// Its day.
    pub sessions: Vec<Line>,
    /// What it would bring: output a day over its last days, more than as she does it now (mL).
    pub change_ml: f64,
    /// More minutes at the pump a day.
    pub cost_min_per_day: f64,
}

/// One session missed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Missed {
    /// Output less, that day and the next (mL).
    pub then_ml: f64,
    /// Output a day less at the end (mL).
    pub at_the_end_ml_per_day: f64,
    /// In plain words.
    pub says: String,
}

/// Why a plan is as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// A sentence.
    pub text: String,
    /// Where that is from.
    pub source: &'static str,
    /// How well it is known: `trial`, `measured`, `contested`, `model`, `care`; of a step of retraining in the words that
    /// stand with it.
    pub grade: &'static str,
}

/// A limit that a plan met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Which.
    pub rule: &'static str,
    /// In plain words.
    pub text: String,
}
