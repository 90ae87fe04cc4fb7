//! Which session is with and which without: a pure function of the seed in the trial's entry.
//!
//! Sessions of one part of the day are taken in blocks of four, two with and two without, in one of the six orders, each as
//! likely as any other. So both arms see the same hours and the same weeks. Trials by whole days have one part, the day.

use crate::observed::clock_h;
use letdown_journal::moment::Moment;
use letdown_model::random::Random;
use serde::Serialize;

/// What a session was drawn to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// With what is tried.
    With,
    /// As she does it else.
    Without,
}

/// A part of the day within which sessions are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// 0:00 to 6:00.
    Night,
    /// 6:00 to 12:00.
    Morning,
    /// 12:00 to 18:00.
    Afternoon,
    /// 18:00 to 24:00.
    Evening,
    /// The whole of it: one arm a day.
    Day,
}

/// Every part.
pub const PARTS: [Part; 5] = [Part::Night, Part::Morning, Part::Afternoon, Part::Evening, Part::Day];

impl Part {
    /// The part of the day of a session that begins now.
    pub fn of(at: &Moment) -> Self {
        match clock_h(at) {
            h if h < 6.0 => Self::Night,
            h if h < 12.0 => Self::Morning,
            h if h < 18.0 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// Its word in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Night => "night",
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
            Self::Day => "day",
        }
    }

    /// The part of a word.
    pub fn named(word: &str) -> Option<Self> {
        PARTS.into_iter().find(|part| part.as_str() == word)
    }
}

/// A place in the order of draws: the session so many of its part of the day, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which part of the day.
    pub part: Part,
    /// Which of its sessions, from 0.
    pub number: u32,
}

impl Place {
    /// The block it lies in.
    pub(super) fn block(self) -> (Part, u32) {
        (self.part, self.number / BLOCK)
    }
}

/// Sessions of a block.
pub(super) const BLOCK: u32 = 4;

/// The orders of a block; `true` is with.
const ORDERS: [[bool; BLOCK as usize]; 6] = [
    [true, true, false, false],
    [true, false, true, false],
    [true, false, false, true],
    [false, true, true, false],
    [false, true, false, true],
    [false, false, true, true],
];

/// What the session at a place is drawn to be.
///
/// ```
/// use letdown_engine::trials::{Arm, Part, Place, arm};
/// let block: Vec<Arm> = (0..4).map(|number| arm(7, Place { part: Part::Morning, number })).collect();
/// assert_eq!(block.iter().filter(|arm| **arm == Arm::With).count(), 2);
/// assert_eq!(arm(7, Place { part: Part::Morning, number: 2 }), block[2]);
/// ```
pub fn arm(seed: u32, place: Place) -> Arm {
    let (part, block) = place.block();
    let stream = ((part as u64) << 32) | u64::from(block);
    in_order(place, Random::stream(u64::from(seed), stream).below(ORDERS.len()))
}

/// The orders of so many blocks, drawn anew.
pub(super) fn redraw(random: &mut Random, orders: &mut [usize]) {
    for order in orders {
        *order = random.below(ORDERS.len());
    }
}

/// What a place is in one of the six orders of its block.
pub(super) fn in_order(place: Place, order: usize) -> Arm {
    let with =
        ORDERS.get(order).and_then(|o| o.get((place.number % BLOCK) as usize)).copied().unwrap_or(false);
    if with { Arm::With } else { Arm::Without }
}
