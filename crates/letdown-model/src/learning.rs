//! Cues are learned: days to years.
//!
//! ```text
//! V_i  = a_i + r_i - h_ip                     lasting and recent strength, less the extinction learned in place p
//! y    = sum of J_k within 240 s of the start of touch, while touched, at most 1     (no touch: y = 0)
//! e_i  = exp(-gap_i/60 s)                     from the end of cue i to the start of touch; 1 while it is there
//! d_i  = lambda y - [ (1 - mu) V_i + mu sum_j V_j c_j e_j ]        lambda 0.6; mu how far cues compete
//! d_i > 0:  r_i  += alpha min(d_i, lambda y) c_i e_i         d_i < 0:  h_ip += 0.3 alpha |d_i| c_i
//! days:  a' = rho_a r - a/tau_a,   r' = -r/tau_r,   h' = -h/tau_h       tau_r 20 d, tau_h 12 d, rho_a 0.02/d, tau_a 6 y
//! ```
//!
//! `c_i` presence of a cue (0 to 1). `y` counts only while a breast is touched: otherwise a recorded cry that brings a
//! let-down would reinforce itself for ever. Extinction is new learning, bound to where it happened, and is forgotten sooner
//! than what it covers: the reflex comes back by itself, and in another place it never left. Lasting strength fades over
//! years: breasts have a long memory.
//!
//! Sources: let-downs at the cry or before the first touch (`McNeilly` 1983); conditioned ejection in animals; error-driven
//! learning and competition (Rescorla, Wagner 1972), extinction bound to place (Bouton 2004). How fast a woman's reflex is
//! conditioned has never been measured: `alpha` is an assumption, wide on purpose. Left out: sleep, attention, cues that are
//! compounds of others.

use crate::session::reflex::CUES_AT_MOST;
use alloc::vec::Vec;

/// What can come to stand for milk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cue {
    /// A baby sucks.
    Suck,
    /// The baby's smell.
    Smell,
    /// The baby cries.
    Cry,
    /// A picture of the baby.
    Picture,
    /// A recording of the baby.
    Recording,
    /// The pump's sound.
    PumpSound,
    /// The pump's feel.
    PumpFeel,
    /// The usual chair.
    Chair,
    /// Preparing.
    Preparing,
    /// Thinking of the baby, or of a let-down.
    Thought,
}

impl Cue {
    /// All cues.
    pub const ALL: [Self; 10] = [
        Self::Suck,
        Self::Smell,
        Self::Cry,
        Self::Picture,
        Self::Recording,
        Self::PumpSound,
        Self::PumpFeel,
        Self::Chair,
        Self::Preparing,
        Self::Thought,
    ];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Suck => "suck",
            Self::Smell => "smell",
            Self::Cry => "cry",
            Self::Picture => "picture",
            Self::Recording => "recording",
            Self::PumpSound => "pump_sound",
            Self::PumpFeel => "pump_feel",
            Self::Chair => "chair",
            Self::Preparing => "preparing",
            Self::Thought => "thought",
        }
    }

    /// The cue of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cue| cue.word() == word)
    }

    /// From the end of this cue to the first touch, usually (s): a cry has stopped, the preparing is over.
    pub fn usual_gap_s(self) -> f64 {
        match self {
            Self::Cry => 60.0,
            Self::Preparing => 120.0,
            _ => 0.0,
        }
    }
}

const CUES: usize = Cue::ALL.len();

/// How fast one woman learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learning {
    /// Share of the surprise that one session teaches (`alpha`, 1).
    pub rate: f64,
    /// How far cues compete for what is to be learned (`mu`): 0 every cue alone, 1 full competition.
    pub competition: f64,
}

/// Most that can be learned (`lambda`, 1).
pub const MOST: f64 = 0.6;
/// Touch within so long counts as reward (s).
pub const REWARD_WITHIN_S: f64 = 240.0;
/// A cue's trace fades with this time (s).
pub const TRACE_S: f64 = 60.0;
const EXTINCTION: f64 = 0.3;
const RECENT_DAYS: f64 = 20.0;
const EXTINCTION_DAYS: f64 = 12.0;
const SETTLES_PER_DAY: f64 = 0.02;
const LASTING_DAYS: f64 = 6.0 * 365.0;

/// The cues of a session: how present each is (0 to 1), and how long before touch it ended (s).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Present {
    presence: [f64; CUES],
    trace: [f64; CUES],
}

impl Present {
    /// Nothing is there.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Cues that are fully there, each with its usual gap before touch.
    pub fn cues(cues: &[Cue]) -> Self {
        cues.iter().fold(Self::nothing(), |present, cue| present.with(*cue, 1.0))
    }

    /// One more cue at a presence (0 to 1).
    #[must_use]
    pub fn with(mut self, cue: Cue, presence: f64) -> Self {
        self.presence[cue as usize] = presence;
        self.trace[cue as usize] = libm::exp(-cue.usual_gap_s() / TRACE_S);
        self
    }

    /// How present a cue is (0 to 1).
    pub fn presence(&self, cue: Cue) -> f64 {
        self.presence[cue as usize]
    }
}

/// What her body has learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    lasting: [f64; CUES],
    recent: [f64; CUES],
    /// Extinction by place, in the order in which places came up.
    extinction: Vec<(u32, [f64; CUES])>,
}

impl Default for Learned {
    fn default() -> Self {
        Self { lasting: [0.0; CUES], recent: [0.0; CUES], extinction: Vec::new() }
    }
}

impl Learned {
    /// Strength of a cue in a place (`V`, 1).
    pub fn strength(&self, cue: Cue, place: u32) -> f64 {
        self.at(cue as usize, place)
    }

    fn at(&self, i: usize, place: u32) -> f64 {
        let extinct = self.extinction.iter().find(|(p, _)| *p == place).map_or(0.0, |(_, h)| h[i]);
        self.lasting[i] + self.recent[i] - extinct
    }

    /// The same, with a cue at a strength that lasts.
    #[must_use]
    pub fn with(mut self, cue: Cue, strength: f64) -> Self {
        self.recent[cue as usize] = 0.0;
        self.lasting[cue as usize] = strength;
        self
    }

    /// What the cues that are there add to touch (`sum V c`, at most 0.6), before stress.
    pub fn drive(&self, present: &Present, place: u32) -> f64 {
        let sum: f64 = (0..CUES).map(|i| self.at(i, place) * present.presence[i]).sum();
        sum.min(CUES_AT_MOST)
    }

    /// One session teaches: `reward` is what let-downs came soon after touch began (`y`, 0 to 1).
    ///
    /// ```
    /// use letdown_model::{learning::{Cue, Learned, Present}, mother::Mother};
    /// let her = Mother::typical();
    /// let pumping = Present::cues(&[Cue::PumpSound, Cue::PumpFeel]);
    /// let mut learned = Learned::default();
    /// for _ in 0..300 {
    ///     learned.teach(&her.learning, &pumping, 1.0, 0);
    ///     learned.rest(0.125);
    /// }
    /// assert!(learned.strength(Cue::PumpSound, 0) > 0.25);
    /// assert_eq!(learned.strength(Cue::Cry, 0), 0.0);
    /// ```
    pub fn teach(&mut self, learning: &Learning, present: &Present, reward: f64, place: u32) {
        let expected: f64 =
            (0..CUES).map(|i| self.at(i, place) * present.presence[i] * present.trace[i]).sum();
        for i in 0..CUES {
            let (presence, trace) = (present.presence[i], present.trace[i]);
            if presence <= 0.0 {
                continue;
            }
            let alone = self.at(i, place);
            let taught = MOST * reward.clamp(0.0, 1.0);
            let surprise = taught - (1.0 - learning.competition) * alone - learning.competition * expected;
            if surprise > 0.0 {
                // Below nothing a cue foresees failure: that failure comes as foreseen is no reward.
                self.recent[i] += learning.rate * surprise.min(taught) * presence * trace;
            } else {
                self.extinguish(place, i, -EXTINCTION * learning.rate * surprise * presence);
            }
        }
    }

    fn extinguish(&mut self, place: u32, i: usize, by: f64) {
        if let Some((_, by_cue)) = self.extinction.iter_mut().find(|(p, _)| *p == place) {
            by_cue[i] += by;
            return;
        }
        let mut by_cue = [0.0; CUES];
        by_cue[i] = by;
        self.extinction.push((place, by_cue));
    }

    /// Days pass; exact.
    pub fn rest(&mut self, days: f64) {
        let recent = libm::exp(-days / RECENT_DAYS);
        let lasting = libm::exp(-days / LASTING_DAYS);
        let extinct = libm::exp(-days / EXTINCTION_DAYS);
        // a' = rho r - a/tau_a under r = r0 exp(-t/tau_r).
        let settled = SETTLES_PER_DAY / (1.0 / RECENT_DAYS - 1.0 / LASTING_DAYS) * (lasting - recent);
        for i in 0..CUES {
            self.lasting[i] = self.lasting[i] * lasting + self.recent[i] * settled;
            self.recent[i] *= recent;
        }
        for (_, by_cue) in &mut self.extinction {
            for h in by_cue {
                *h *= extinct;
            }
        }
    }
}

/// The reward of a session (`y`, 0 to 1): pulses, as time after the first touch (s) and size, while touched.
pub fn reward(pulses: impl Iterator<Item = (f64, f64)>) -> f64 {
    let soon = pulses.filter(|(at_s, _)| (0.0..=REWARD_WITHIN_S).contains(at_s));
    soon.map(|(_, size)| size).sum::<f64>().min(1.0)
}
