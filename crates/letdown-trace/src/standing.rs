//! The pump stands: a good flow stops from one second to the next, and later comes again.
//!
//! No let-down ends like that: it ebbs away over half a minute. Where little flows before, nothing is told, and nothing
//! before milk is back: a session may as well have ended there.

use crate::series::{MilkSeries, Second};

/// Flow is looked at over so many seconds before ...
const BEFORE_S: usize = 4;
/// ... and after; between lies what blurs a stop: the last drops, and the scale's own filter.
const AFTER_S: usize = 8;
const BLURS_S: usize = 2;
/// So many seconds of these may look touched.
const TOUCHED_S: usize = 3;
/// So much must have come in [`BEFORE_S`] (g): 4 mL a minute.
const CAME_G: f64 = 0.3;
/// A stop is sharp when the flow before it had not ebbed below this share of what it was a moment earlier (1) ...
const EBBED: f64 = 0.75;
/// ... and no more than this share of it comes after (1).
const DRIPS: f64 = 0.1;
/// Milk is back when so much comes in [`BEFORE_S`] (g).
const BACK_G: f64 = 0.25;
/// A pump stands for at least so long (s).
const SHORTEST_S: usize = 10;
/// A pump that stands for longer than this (s) was put away.
const LONGEST_S: usize = 240;

/// Whether the pump stood, for each second.
pub(crate) fn stood(series: &MilkSeries) -> Vec<bool> {
    let milk = Milk { series, step_g: f64::from(series.step_cg) / 100.0 };
    let mut stood = vec![false; series.seconds.len()];
    let mut i = 0;
    while i < stood.len() {
        let back = milk.stops(i).then(|| milk.back(i)).flatten();
        if let Some(back) = back {
            stood.iter_mut().take(back).skip(i + 1).for_each(|second| *second = true);
        }
        i = back.unwrap_or(i + 1);
    }
    stood
}

struct Milk<'a> {
    series: &'a MilkSeries,
    step_g: f64,
}

impl Milk<'_> {
    /// What came between two seconds (g), where a bottle stood and was heard; the stop itself may look like a touch.
    fn came_g(&self, from: usize, to: usize) -> Option<f64> {
        let seconds = self.series.seconds.get(from..=to)?;
        let is_sure = seconds.iter().filter(|second| !second.is_sure()).count() <= TOUCHED_S
            && seconds.iter().all(|second| second.flags & (Second::AWAY | Second::HOLE) == 0);
        let (first, last) = (seconds.first()?, seconds.last()?);
        is_sure.then_some(last.milk_g() - first.milk_g())
    }

    /// What came in the [`BEFORE_S`] up to a second, and in those before, and before (g).
    fn before_g(&self, at: usize) -> Option<[f64; 3]> {
        let came_g = |ago: usize| {
            let to = at.checked_sub(ago * BEFORE_S)?;
            self.came_g(to.checked_sub(BEFORE_S)?, to)
        };
        Some([came_g(0)?, came_g(1)?, came_g(2)?])
    }

    fn stops(&self, at: usize) -> bool {
        let after_g = self.came_g(at + BLURS_S, at + BLURS_S + AFTER_S);
        let Some((before_g, after_g)) = self.before_g(at).zip(after_g) else { return false };
        let [last_g, earlier_g, first_g] = before_g;
        let steady = |a: f64, b: f64| a >= EBBED * b && b >= EBBED * a;
        let usual_g = last_g * AFTER_S as f64 / BEFORE_S as f64;
        last_g >= CAME_G.max(3.0 * self.step_g)
            && steady(last_g, earlier_g)
            && steady(earlier_g, first_g)
            && after_g <= DRIPS * usual_g + 0.5 * self.step_g
    }

    /// The second at which milk comes again after a stop, as suddenly as it went.
    fn back(&self, stop: usize) -> Option<usize> {
        let from = stop + BLURS_S + AFTER_S - BEFORE_S;
        let shortest = stop + SHORTEST_S;
        let enough_g = BACK_G.max(2.5 * self.step_g);
        let comes = |at: &usize| self.came_g(*at, at + BEFORE_S).is_none_or(|came_g| came_g >= enough_g);
        let back = (from..stop + LONGEST_S).find(comes).filter(|back| shortest <= *back)?;
        let soon_g = self.came_g(back + BLURS_S, back + BLURS_S + BEFORE_S)?;
        let later_g = self.came_g(back + BLURS_S + BEFORE_S, back + BLURS_S + 2 * BEFORE_S)?;
        (soon_g >= BACK_G && soon_g >= EBBED * later_g && later_g >= EBBED * soon_g).then_some(back + 1)
    }
}
