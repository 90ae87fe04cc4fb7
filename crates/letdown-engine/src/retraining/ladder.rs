//! The steps of the programme, their rules, and what each asks of her.
//!
//! | step | a day of it | go on when | go back when |
//! |---|---|---|---|
//! | cue | the baby's smell and picture before and beside the pump; one try | the baby can be at the breast | |
//! | beside | the pump at one breast while the baby nurses the other; one try | 8 such sessions and 2 of the last 3 tries came | |
//! | fading | every second session without the first one's support | 3 of the last 4 tries came | none of the last 3 came |
//! | alone | all sessions as aimed at | 4 of the last 5 came: done | none of the last 3 came |
//! | new places | the same elsewhere | | |
//!
//! A try is a session as aimed at: nursing without the pump, or the pump without the baby. It came when a let-down came
//! within her limit. Tries under much stress or pain are set aside: they tell of the day, not of what was learned.

use crate::{EngineError, error::said};
use serde::Serialize;

/// Which way she goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aim {
    /// From the pump to the baby.
    Nursing,
    /// From the baby to the pump.
    Pump,
}

impl Aim {
    /// The way of a word.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(word: &str) -> Result<Self, EngineError> {
        match word.trim().to_lowercase().as_str() {
            "nursing" => Ok(Self::Nursing),
            "pump" => Ok(Self::Pump),
            other => Err(said(format!("{other:?} is no way I know; they are nursing and pump"))),
        }
    }
}

/// A step of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// A cue of the baby before the pump runs.
    Cue,
    /// The pump at one breast while the baby nurses the other.
    Beside,
    /// Every second session as aimed at.
    Fading,
    /// All sessions as aimed at.
    Alone,
    /// The same in other places.
    NewPlaces,
}

/// What a log, or a simulated life, says to the rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Counts {
    /// Sessions with the pump beside nursing.
    pub beside: usize,
    /// Tries in order: whether a let-down came in time.
    pub tries: Vec<bool>,
}

/// So many sessions beside each other before the pump is faded.
pub(super) const BESIDE_FIRST: usize = 8;
/// Done is so many ...
pub(super) const DONE: usize = 4;
/// ... of so many tries.
pub(super) const DONE_OF: usize = 5;

impl Counts {
    /// How many of the last `n` tries came; `None` where there are fewer.
    pub(super) fn of_last(&self, n: usize) -> Option<usize> {
        let from = self.tries.len().checked_sub(n)?;
        Some(self.tries[from..].iter().filter(|came| **came).count())
    }

    fn at_least(&self, came: usize, of: usize) -> bool {
        self.of_last(of).is_some_and(|n| n >= came)
    }

    /// Whether the last tries say that it is done.
    pub(super) fn is_done(&self) -> bool {
        self.at_least(DONE, DONE_OF)
    }

    /// Whether the pump may be faded.
    pub(super) fn may_fade(&self) -> bool {
        self.beside >= BESIDE_FIRST && self.at_least(2, 3)
    }

    /// Whether all sessions may be as aimed at.
    pub(super) fn may_go_alone(&self) -> bool {
        self.at_least(3, 4)
    }

    /// Whether support is taken up again: none of the last three came.
    pub(super) fn is_set_back(&self) -> bool {
        self.of_last(3) == Some(0)
    }

    /// The step after one, by the rules.
    pub(super) fn after(&self, now: Rung) -> Rung {
        match now {
            Rung::Fading | Rung::Alone | Rung::NewPlaces if self.is_set_back() => Rung::Beside,
            Rung::Beside if self.may_fade() => Rung::Fading,
            Rung::Fading if self.may_go_alone() => Rung::Alone,
            now => now,
        }
    }
}

/// A step in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its word.
    pub rung: Rung,
    /// What it is called.
    pub title: &'static str,
    /// What to do.
    pub does: &'static str,
    /// Why.
    pub why: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// How well that is known: `trials`, `measured in women`, `model`, `tradition`.
    pub grade: &'static str,
    /// What to log.
    pub log: &'static str,
    /// When to go on.
    pub go_on: &'static str,
    /// When to go back gently.
    pub go_back: &'static str,
}

impl Rung {
    /// All steps in order.
    pub const ALL: [Self; 5] = [Self::Cue, Self::Beside, Self::Fading, Self::Alone, Self::NewPlaces];

    /// The step in words.
    pub fn step(self, aim: Aim) -> Step {
        match aim {
            Aim::Nursing => to_nursing(self),
            Aim::Pump => to_the_pump(self),
        }
    }
}

const TIMED: &str = "each nursing: after how many seconds milk let down, or that it did not";
const TIMED_PUMP: &str =
    "each pump session watched by a scale or by taps, so that the first let-down has its second";
const BACK: &str = "none of the last three tries came: two days with the pump beside nursing, then on";
const MODEL: &str = "the learning model (Rescorla and Wagner's rule)";

fn to_nursing(rung: Rung) -> Step {
    match rung {
        Rung::Cue => Step {
            rung,
            title: "The baby beside the pump",
            does: "Before each pump session take two minutes with something that smells of your baby and a picture; keep both \
                   in reach while you pump. Bring the baby to the breast once a day when it is calm.",
            why: "What is there when milk comes learns to bring it. The smell comes along to the breast, the pump's chair does \
                  not.",
            source: "let-downs at a cry and before any touch, in women (McNeilly 1983); pictures and relaxation at the pump in \
                     trials with mixed results",
            grade: "measured in women that it happens; model how far it carries",
            log: "each pump session with what was there: smell, picture",
            go_on: "as soon as a baby can be at the breast",
            go_back: "nothing to go back from",
        },
        Rung::Beside => Step {
            rung,
            title: "The pump at one breast, the baby at the other",
            does: "Nurse at one breast while the pump runs at the other, about four times a day, in place of pumping \
                   afterwards. Once a day, when the baby is calm, try the first five minutes without the pump.",
            why: "The pump brings the let-down in both breasts at once, and the baby is there when milk comes: so suck and \
                  smell learn.",
            source: "mothers who did it, no trial; both breasts let down together (Prime 2009); the learning model",
            grade: "tradition, and model",
            log: "the session as a pump session with the baby at the other breast; the try as a nursing, with the seconds until milk \
                  let down, or that it did not",
            go_on: "eight such sessions, and two of the last three tries with a let-down in time",
            go_back: "nothing to go back from; more of it is no setback",
        },
        Rung::Fading => Step {
            rung,
            title: "Every second nursing without the pump",
            does: "Leave the pump out of every second nursing, the calmest ones. If nothing lets down in five minutes, switch \
                   it on at the other breast.",
            why: "What was learned beside the pump is asked for alone while milk still comes in most sessions.",
            source: MODEL,
            grade: "model",
            log: TIMED,
            go_on: "three of the last four tries with a let-down in time",
            go_back: BACK,
        },
        Rung::Alone => Step {
            rung,
            title: "Nursing alone",
            does: "Nurse without the pump, in the usual place, with a calm beginning. The pump stays in reach, not at the \
                   breast.",
            why: "Each nursing with milk teaches on.",
            source: MODEL,
            grade: "model",
            log: TIMED,
            go_on: "four of the last five nursings with a let-down in time: then it is done",
            go_back: BACK,
        },
        Rung::NewPlaces => Step {
            rung,
            title: "Other places",
            does: "Nurse in another room, at a friend's, outside; one new place at a time, first when you are calm.",
            why: "What was unlearned is bound to its place; what was learned is not. A few sessions make a place usual.",
            source: "animals (Bouton 2004); whether place matters to a let-down was never measured in women",
            grade: "model",
            log: "each nursing with its place, and the seconds until milk let down",
            go_on: "it works wherever you are",
            go_back: BACK,
        },
    }
}

fn to_the_pump(rung: Rung) -> Step {
    match rung {
        Rung::Cue => Step {
            rung,
            title: "Your baby's cues at the pump",
            does: "Pump with something that smells of your baby, a picture and a recording; take two minutes with them before \
                   you switch it on. Both breasts at once.",
            why: "Your reflex knows your baby. Its cues start the let-down until the pump has cues of its own.",
            source: "let-downs at a cry and before any touch, in women (McNeilly 1983); pictures and relaxation at the pump in \
                     trials with mixed results",
            grade: "measured in women that it happens; trials contested how much it helps",
            log: TIMED_PUMP,
            go_on: "three of the last four pump sessions with a let-down in time",
            go_back: "nothing to go back from",
        },
        Rung::Beside => Step {
            rung,
            title: "The pump at one breast, the baby at the other",
            does: "Let the pump run at one breast while your baby nurses the other, once or twice a day, in place of a pump \
                   session.",
            why: "The baby brings the let-down in both breasts at once, and the pump's sound and feel are there when milk \
                  comes.",
            source: "both breasts let down together (Prime 2009); the learning model",
            grade: "tradition, and model",
            log: "the session as a pump session with the baby at the other breast; each pump session alone, watched",
            go_on: "eight such sessions, and two of the last three pump sessions alone with a let-down in time",
            go_back: "nothing to go back from; more of it is no setback",
        },
        Rung::Fading => Step {
            rung,
            title: "Every second pump session without the baby beside it",
            does: "Pump alone in every second session, with the picture or the smell.",
            why: "What was learned beside the baby is asked for alone while milk still comes in most sessions.",
            source: MODEL,
            grade: "model",
            log: TIMED_PUMP,
            go_on: "three of the last four pump sessions alone with a let-down in time",
            go_back: BACK,
        },
        Rung::Alone => Step {
            rung,
            title: "The pump alone",
            does: "Pump alone, in the same chair, with the same two minutes before. Leave the picture out when you like.",
            why: "Each session with milk teaches on.",
            source: MODEL,
            grade: "model",
            log: TIMED_PUMP,
            go_on: "four of the last five pump sessions with a let-down in time: then it is done",
            go_back: BACK,
        },
        Rung::NewPlaces => Step {
            rung,
            title: "Other places",
            does: "Pump where you will need it: at work, on the road. Bring the smell and the picture the first times.",
            why: "What was unlearned is bound to its place; what was learned is not.",
            source: "animals (Bouton 2004); whether place matters to a let-down was never measured in women",
            grade: "model",
            log: TIMED_PUMP,
            go_on: "it works wherever you are",
            go_back: BACK,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(beside: usize, tries: &str) -> Counts {
        Counts { beside, tries: tries.chars().map(|c| c == '+').collect() }
    }

    #[test]
    fn the_rules_are_those_of_the_table() {
        assert_eq!(counts(7, "+++").after(Rung::Beside), Rung::Beside);
        assert_eq!(counts(8, "-++").after(Rung::Beside), Rung::Fading);
        assert_eq!(counts(8, "++--").after(Rung::Beside), Rung::Beside);
        assert_eq!(counts(8, "+").after(Rung::Beside), Rung::Beside, "too few tries");
        assert_eq!(counts(8, "+-++").after(Rung::Fading), Rung::Alone);
        assert_eq!(counts(8, "++---").after(Rung::Fading), Rung::Beside);
        assert_eq!(counts(8, "++---").after(Rung::Alone), Rung::Beside);
        assert_eq!(counts(8, "+--").after(Rung::Alone), Rung::Alone, "one hard morning is no setback");
        assert!(counts(8, "-++++").is_done() && counts(0, "++-++").is_done());
        assert!(!counts(8, "++++").is_done() && !counts(8, "+++--").is_done());
    }

    #[test]
    fn every_step_says_all_there_is_to_say() {
        for aim in [Aim::Nursing, Aim::Pump] {
            for rung in Rung::ALL {
                let step = rung.step(aim);
                let texts = [
                    step.title,
                    step.does,
                    step.why,
                    step.source,
                    step.grade,
                    step.log,
                    step.go_on,
                    step.go_back,
                ];
                assert!(texts.iter().all(|text| text.len() > 4 && !text.contains("  ")), "{step:?}");
                assert!(texts.iter().all(|text| !text.contains("--")), "an option of the command: {step:?}");
            }
        }
    }
}
