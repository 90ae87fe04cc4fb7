//! Without a scale: she taps when she sees milk come, and when it reaches a mark of the bottle.
//!
//! Milk is noticed some seconds late, and sometimes not at all. A mark is read with an error, and late.

use super::Truth;
use crate::random::{Between, Random};

/// One tap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tapped {
    /// When (s).
    pub t_s: f64,
    /// What.
    pub what: Tap,
}

/// What a tap says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tap {
    /// Milk comes.
    MilkCame,
    /// The bottle stands at this mark (mL).
    Mark(f64),
}

/// How someone taps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tapping {
    /// Milk is noticed so late (s).
    pub notices_s: Between,
    /// And missed in such a share of let-downs (1).
    pub misses: f64,
    /// Marks of the bottle (mL apart); none when 0.
    pub marks_ml: f64,
    /// How well a mark is read (mL, standard deviation).
    pub reads_ml: f64,
    /// A mark is tapped so late (s).
    pub late_s: Between,
    /// And missed in such a share (1).
    pub misses_marks: f64,
}

impl Tapping {
    /// Somebody who looks now and then: milk 2 to 6 s late, one let-down in twenty missed, marks every 10 mL read to 1 mL.
    pub fn usual() -> Self {
        Self {
            notices_s: Between::new(2.0, 6.0),
            misses: 0.05,
            marks_ml: 10.0,
            reads_ml: 1.0,
            late_s: Between::new(0.5, 5.0),
            misses_marks: 0.1,
        }
    }
}

/// The taps of a session, in order.
pub fn tap(tapping: &Tapping, truth: &Truth, seed: u64) -> Vec<Tapped> {
    let mut random = Random::stream(seed, 200);
    let mut taps = Vec::new();
    for let_down in &truth.let_downs {
        let t_s = let_down.onset_s + tapping.notices_s.draw(&mut random);
        if !random.happens(tapping.misses) {
            taps.push(Tapped { t_s, what: Tap::MilkCame });
        }
    }
    if tapping.marks_ml > 0.0 {
        marks(tapping, &truth.milk_ml, &mut random, &mut taps);
    }
    taps.sort_by(|a, b| a.t_s.total_cmp(&b.t_s));
    taps
}

fn marks(tapping: &Tapping, bottle_ml: &[f64], random: &mut Random, taps: &mut Vec<Tapped>) {
    let total_ml = bottle_ml.last().copied().unwrap_or(0.0);
    for mark in 1..=(total_ml / tapping.marks_ml) as usize {
        let mark_ml = mark as f64 * tapping.marks_ml;
        let seems_ml = mark_ml + tapping.reads_ml * random.normal();
        let t_s = bottle_ml.iter().position(|ml| *ml >= seems_ml).unwrap_or(bottle_ml.len()) as f64;
        let t_s = t_s + tapping.late_s.draw(random);
        if !random.happens(tapping.misses_marks) {
            taps.push(Tapped { t_s, what: Tap::Mark(mark_ml) });
        }
    }
}
