//! The coach of a pump session: one prompt at a time, each with its reason, what it rests on and where it ends.
//!
//! [`Coach::step`] is a pure machine. What goes in: how late it is, the [live picture](Look) of the session, what was known
//! [before it](Knows), and what was [said so far](Said), by the coach and by her. What comes out: at most one [`Prompt`].
//! No clock, no chance: the same session gets the same prompts, also when a phone slept or reloaded in between.
//!
//! ```text
//! limits   pain and 30 minutes end the session's advice; a red flag says whom to ask and then nothing more
//! silence  when she is tense; when she said "not now" twice; when five prompts were shown
//! before   a cue to start with; her usual wait; a break when none came in five minutes
//! milk     it came
//! slowed   two minutes of massage, then five more (the chance and the mL stand beside it); or enough
//! past     five minutes past the end of flow, when she wants to raise her supply: unproven
//! ```
//!
//! ```
//! use letdown_engine::{coach::{Coach, Knows}, live::Live};
//!
//! let mut coach = Coach::new(Knows::default());
//! let look = Live::taps(r#"{"v": 1, "taps": []}"#)?.look(2.0)?;
//! let prompt = coach.step(2.0, &look).expect("a cue to start with");
//! assert_eq!(prompt.id.word(), "cue");
//! assert!(prompt.text.contains("picture of your baby"));
//! # Ok::<(), letdown_engine::EngineError>(())
//! ```

mod chance;
mod choose;
mod limits;
mod moment;
mod said;
mod words;

mod knows;
mod rehearsal;

pub use chance::{Lull, Odds, Way, odds};
pub use knows::{Best, Cue, Gaps, Goal, Knows, Shows};
pub use limits::{BUDGET, LONGEST_S};
pub use rehearsal::{Rehearsal, Told};
pub use said::{Said, What};
pub use words::{Grade, clock, every_wording};

use crate::live::Look;
use serde::{Deserialize, Serialize};

/// What a prompt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Id {
    /// It hurts: stop.
    Pain,
    /// Thirty minutes: stop.
    Long,
    /// A red flag: whom to ask.
    AskFirst,
    /// She is tense: a breath, then silence.
    Calm,
    /// A cue to start with.
    Cue,
    /// Her usual wait is over, and it can still come.
    Wait,
    /// None came in five minutes.
    NoneYet,
    /// Milk came.
    Came,
    /// Flow has slowed: massage, then five more minutes.
    MassageThenFive,
    /// The minutes of massage.
    Massage,
    /// Massage is over.
    PumpAgain,
    /// It came again.
    CameAgain,
    /// The minutes are over.
    Over,
    /// Most of what is within reach came.
    Enough,
    /// More pumping is not the help now.
    Comfortable,
    /// Five minutes past the end of flow.
    PastFlow,
}

impl Id {
    /// Each of them.
    pub const ALL: [Self; 16] = [
        Self::Pain,
        Self::Long,
        Self::AskFirst,
        Self::Calm,
        Self::Cue,
        Self::Wait,
        Self::NoneYet,
        Self::Came,
        Self::MassageThenFive,
        Self::Massage,
        Self::PumpAgain,
        Self::CameAgain,
        Self::Over,
        Self::Enough,
        Self::Comfortable,
        Self::PastFlow,
    ];

    /// Its name in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pain => "pain",
            Self::Long => "long",
            Self::AskFirst => "ask_first",
            Self::Calm => "calm",
            Self::Cue => "cue",
            Self::Wait => "wait",
            Self::NoneYet => "none_yet",
            Self::Came => "came",
            Self::MassageThenFive => "massage_then_five",
            Self::Massage => "massage",
            Self::PumpAgain => "pump_again",
            Self::CameAgain => "came_again",
            Self::Over => "over",
            Self::Enough => "enough",
            Self::Comfortable => "comfortable",
            Self::PastFlow => "past_flow",
        }
    }
}

/// One prompt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prompt {
    /// What it is about.
    pub id: Id,
    /// When it was first shown (s since the session began).
    pub since_s: f64,
    /// What is said.
    pub text: String,
    /// The reason.
    pub why: String,
    /// What it rests on.
    pub rests_on: Grade,
    /// The same in words.
    pub source: String,
    /// Where it ends.
    pub limits: String,
    /// What she may answer. Stopping is always among it.
    pub offers: Vec<Offer>,
    /// That another visible let-down comes (0 to 1), where it is about one.
    pub chance: Option<f64>,
    /// What that brings (mL).
    pub ml: Option<crate::Range>,
}

/// An answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What it is.
    pub answer: What,
    /// On its button.
    pub text: &'static str,
}

/// What is known, and what was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Coach {
    knows: Knows,
    said: Vec<Said>,
}

impl Coach {
    /// At the beginning of a session.
    pub fn new(knows: Knows) -> Self {
        Self::again(knows, Vec::new())
    }

    /// In a session that goes on: what was said so far, in order.
    pub fn again(knows: Knows, said: Vec<Said>) -> Self {
        Self { knows, said }
    }

    /// What is said now, if anything. A prompt that is new is remembered as shown.
    pub fn step(&mut self, now_s: f64, look: &Look) -> Option<Prompt> {
        let moment = moment::Moment { now_s, look, knows: &self.knows, said: &self.said };
        let chosen = choose::choose(&moment)?;
        let prompt = words::prompt(&moment, &chosen);
        if chosen.is_new {
            self.said.push(Said { at_s: now_s, what: What::Shown, id: Some(chosen.id) });
        }
        Some(prompt)
    }

    /// What she says at a moment: an answer to the prompt that stands, or that it hurts, or that she is tense.
    pub fn hear(&mut self, at_s: f64, what: What, id: Option<Id>) {
        let id = id.or_else(|| said::standing(&self.said, at_s).map(|(id, _)| id));
        self.said.push(Said { at_s, what, id: id.filter(|_| what.is_answer()) });
    }

    /// What was said so far.
    pub fn said(&self) -> &[Said] {
        &self.said
    }
}
