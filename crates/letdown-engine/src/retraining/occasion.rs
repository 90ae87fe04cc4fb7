//! What a session is to the reflex: what touches her, which cues are there, where, in which mood.

use letdown_model::{
    learning::{Cue, Present},
    session::touch::{BABY_TOUCH, MASSAGE_TOUCH, PUMP_TOUCH},
};

/// What is at her breasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// The pump alone.
    Pump,
    /// The pump at one breast while a baby nurses the other.
    Beside,
    /// A baby alone.
    Baby,
    /// Nothing: a cue alone.
    Nothing,
}

/// One session as the reflex meets it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Occasion {
    pub at: At,
    pub both_breasts: bool,
    pub massaged: bool,
    /// Cues of hers beside those that pump and baby bring.
    pub cues: Vec<Cue>,
    /// Extinction is bound to a place; the usual one is 0.
    pub place: u32,
    /// Stress and pain (`s_c`) where they were logged; else as is usual for her.
    pub distress: Option<f64>,
}

/// A place where she has never been.
pub(super) const ELSEWHERE: u32 = u32::MAX;

impl Occasion {
    pub(super) fn usual(at: At) -> Self {
        Self { at, both_breasts: at == At::Pump, massaged: false, cues: Vec::new(), place: 0, distress: None }
    }

    pub(super) fn with(self, cues: &[Cue]) -> Self {
        Self { cues: cues.to_vec(), ..self }
    }

    /// The cues that are there. The pump has its chair and its preparing, which nursing does not share.
    pub(super) fn present(&self) -> Present {
        let own: &[Cue] = match self.at {
            At::Pump => &[Cue::PumpSound, Cue::PumpFeel, Cue::Chair, Cue::Preparing],
            At::Beside => &[Cue::PumpSound, Cue::PumpFeel, Cue::Suck, Cue::Smell],
            At::Baby => &[Cue::Suck, Cue::Smell],
            At::Nothing => &[],
        };
        self.cues.iter().fold(Present::cues(own), |present, cue| present.with(*cue, 1.0))
    }

    /// Touch (`u`, 1) by a baby of a suck strength (0 to 1).
    pub(super) fn touch(&self, suck: f64) -> f64 {
        let baby = BABY_TOUCH * suck;
        let [one, other] = match (self.at, self.both_breasts) {
            (At::Pump, true) => [PUMP_TOUCH; 2],
            (At::Pump, false) => [PUMP_TOUCH, 0.0],
            (At::Beside, _) => [PUMP_TOUCH, baby],
            (At::Baby, _) => [baby, 0.0],
            (At::Nothing, _) => [0.0; 2],
        };
        let massage = if self.massaged { MASSAGE_TOUCH } else { 0.0 };
        1.0 - (1.0 - one) * (1.0 - other) + massage
    }
}
