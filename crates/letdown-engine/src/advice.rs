//! What the pages that advise hold: a notebook with the fit that was made elsewhere, and the plan that was asked for last.
//!
//! ```
//! use letdown_engine::{advice::Advice, plan::Wish};
//! use letdown_journal::moment;
//!
//! let mut advice = Advice::new("phone")?;
//! let now = moment::parse("2026-10-30T20:00:00+01:00[Europe/Berlin]", None)?.at;
//! let answer = advice.plan(&Wish::of("hold"), &now)?;
//! assert!(answer.plan.assumed.is_some(), "nothing is logged, so it is a plan for women like her");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::{
    EngineError,
    error::said,
    notebook::{Notebook, SEED},
    plan::{self, Followed, Plan, Request, Wish},
    report::{Report, report},
    retraining::{Aim, Asked, Programme, programme},
    trials::{self, Planned, Question},
};
use letdown_journal::{entry::Entry, moment::Moment};
use serde::{Deserialize, Serialize};

/// A notebook, and the plan that was asked for last.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The journal and the twin.
    pub notebook: Notebook,
    asked: Option<(Plan, Request)>,
}

/// A plan, and what came of the one before when that was asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The plan.
    #[serde(flatten)]
    pub plan: Plan,
    /// What came of the one that was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub followed: Option<Followed>,
}

/// Which way a reflex is retrained, as a page asks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retraining {
    /// `nursing` or `pump`; none: from what the log began with to the other.
    pub to: Option<String>,
    /// Within how many minutes a first let-down is in time.
    pub within_min: Option<f64>,
}

/// A trial, as a page asks for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrialAsked {
    /// `picture`, `massage`, `+5min`, `warmth`, `flange`, ...
    pub question: String,
    /// Whether seconds to the first let-down are compared instead of milk.
    #[serde(default)]
    pub latency: bool,
    /// Whether whole days are drawn.
    #[serde(default)]
    pub by_day: bool,
    /// The smallest effect that would matter to her (%).
    pub smallest_percent: Option<f64>,
}

impl TrialAsked {
    /// The question.
    ///
    /// # Errors
    /// When it is none that can be drawn at random without harm.
    pub fn read(&self) -> Result<Question, EngineError> {
        let mut question = Question::read(&self.question)?;
        question.latency = self.latency;
        question.by_day |= self.by_day;
        if question.latency && question.by_day {
            return Err(said("seconds are compared between sessions, not between days".into()));
        }
        Ok(question)
    }

    /// The smallest effect that would matter (%).
    pub fn smallest_percent(&self) -> f64 {
        let usual = if self.latency { trials::SMALLEST_LATENCY } else { trials::SMALLEST_MILK };
        self.smallest_percent.unwrap_or(usual)
    }
}

impl Advice {
    /// An empty notebook of a device.
    ///
    /// # Errors
    /// When the device's name does not fit.
    pub fn new(device: &str) -> Result<Self, EngineError> {
        Ok(Self { notebook: Notebook::new(device)?, asked: None })
    }

    /// A plan for a wish. Where the wish names no goal, that of the plan that was kept, from what came of it.
    ///
    /// # Errors
    /// When something of the wish cannot be read, or there is no plan to follow.
    pub fn plan(&mut self, wish: &Wish, now: &Moment) -> Result<Answer, EngineError> {
        let observed = self.notebook.observed(now);
        let journal = self.notebook.journal();
        let (request, followed) = if wish.goal.is_some() {
            (wish.request()?, None)
        } else {
            let (followed, next) =
                plan::followed(journal, &observed).ok_or_else(|| said(NONE_KEPT.into()))?;
            (wish.on(next)?, Some(followed))
        };
        let plan = plan::plan(journal, &observed, self.notebook.twin(), &request, SEED)?;
        self.asked = Some((plan.clone(), request));
        Ok(Answer { plan, followed })
    }

    /// What came of the plan that was kept; `None` where none was.
    pub fn followed(&self, now: &Moment) -> Option<Followed> {
        let observed = self.notebook.observed(now);
        plan::followed(self.notebook.journal(), &observed).map(|(followed, _)| followed)
    }

    /// The entry that keeps the plan that was asked for last.
    ///
    /// # Errors
    /// When none was, or it holds no session.
    pub fn keep_plan(&self, now: &Moment, random: [u8; 10]) -> Result<Entry, EngineError> {
        let (plan, request) = self.last()?;
        if plan.expected.is_none() {
            return Err(said("there is nothing in this plan that could be kept".into()));
        }
        Ok(self.notebook.write(&plan::entry(plan, request)?, now, random))
    }

    /// The plan that was asked for last as a calendar file.
    ///
    /// # Errors
    /// When none was.
    pub fn plan_calendar(&self, now: &Moment, remind_min: u32) -> Result<String, EngineError> {
        plan::calendar(&self.last()?.0, now, remind_min)
    }

    fn last(&self) -> Result<&(Plan, Request), EngineError> {
        self.asked.as_ref().ok_or_else(|| said("no plan was asked for yet".into()))
    }

    /// How her reflex is retrained.
    ///
    /// # Errors
    /// When the way is none.
    pub fn retraining(&self, asked: &Retraining, now: &Moment) -> Result<Programme, EngineError> {
        let to = asked.to.as_deref().map(Aim::read).transpose()?;
        let asked = Asked { to, within_min: asked.within_min };
        Ok(programme(self.notebook.journal(), &self.notebook.observed(now), &asked))
    }

    /// What a trial would take.
    ///
    /// # Errors
    /// When it could not tell within reason; the sentence says what could.
    pub fn plan_trial(&self, asked: &TrialAsked, now: &Moment) -> Result<Planned, EngineError> {
        self.notebook.plan_trial(&asked.read()?, asked.smallest_percent(), now)
    }

    /// The entry that begins a trial. `random`: ten bytes for the entry, four for the seal of what is drawn.
    ///
    /// # Errors
    /// When another one runs, a red flag says to wait, or it could not tell within reason.
    pub fn start_trial(
        &self,
        asked: &TrialAsked,
        now: &Moment,
        random: ([u8; 10], [u8; 4]),
    ) -> Result<Entry, EngineError> {
        if let Some(running) = self.notebook.trials(now).into_iter().find(|t| t.state == trials::RUNNING) {
            return Err(said(format!("a trial runs already: {} One at a time", running.asks)));
        }
        let planned = self.plan_trial(asked, now)?;
        if let Some(flag) = planned.red_flags.first() {
            return Err(said(format!("{flag} This trial waits until then")));
        }
        self.notebook.log("trial", planned.fields(u32::from_le_bytes(random.1)), now, random.0)
    }

    /// One page for a consultant.
    pub fn report(&self, now: &Moment) -> Report {
        report(self.notebook.journal(), &self.notebook.observed(now), self.notebook.twin())
    }
}

const NONE_KEPT: &str = "no plan was kept yet; ask for one and keep it";
