//! Whether a display stands again: after a touch it is believed once it does.

use super::gate::FASTEST_G_PER_S;

/// A display stands when it has gained like milk for so many seconds.
const STANDS_S: usize = 2;
const RISES_S: usize = 5;
/// Gains are alike when they differ from their mean by no more than this share, noise apart.
const ALIKE_SHARE: f64 = 0.4;

/// The last levels of a display that may stand again, the newest last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    levels_g: [f64; RISES_S + 1],
    /// So many of them follow each other untouched.
    untouched: usize,
}

impl Standing {
    pub(super) fn nowhere() -> Self {
        Self { levels_g: [0.0; RISES_S + 1], untouched: 0 }
    }

    pub(super) fn then(mut self, level_g: f64, untouched: bool) -> Self {
        self.levels_g.rotate_left(1);
        self.levels_g[RISES_S] = level_g;
        self.untouched = if untouched { self.untouched + 1 } else { 0 };
        self
    }

    pub(super) fn level_g(&self) -> f64 {
        self.levels_g[RISES_S]
    }

    /// The level so many seconds ago (g).
    pub(super) fn ago_g(&self, seconds: usize) -> f64 {
        self.levels_g[RISES_S - seconds.min(RISES_S)]
    }

    /// The gain of a second so many seconds ago (g).
    fn gain_g(&self, ago: usize) -> f64 {
        self.ago_g(ago) - self.ago_g(ago + 1)
    }

    /// For how many seconds the display has stood: still, as before with such a flow, or rising evenly.
    pub(super) fn stands_s(&self, flow_g_per_s: f64, noise_g: f64) -> Option<usize> {
        let as_before = |gain_g: f64| (gain_g - flow_g_per_s).abs() <= 0.5 * (noise_g + flow_g_per_s) + 0.05;
        if self.untouched > STANDS_S && (0..STANDS_S).all(|ago| as_before(self.gain_g(ago))) {
            return Some(STANDS_S);
        }
        // What a filter of the scale lets settle slows down from second to second; milk does not.
        let mean_g = (self.level_g() - self.ago_g(RISES_S)) / RISES_S as f64;
        let even = |gain_g: f64| (gain_g - mean_g).abs() <= ALIKE_SHARE * mean_g.max(0.0) + 0.5 * noise_g;
        let rises = self.untouched > RISES_S && (0..RISES_S).all(|ago| even(self.gain_g(ago)));
        (rises && mean_g <= FASTEST_G_PER_S).then_some(RISES_S)
    }
}
