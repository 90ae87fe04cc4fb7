//! How quiet a scale usually is: what counts as a touch depends on it.

/// Levels bend and spread about so much when nothing touches the scale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quiet {
    bend_g: f64,
    spread_g: f64,
}

/// The usual is learned over so many seconds.
const OVER_S: f64 = 15.0;
const TROUBLED_OVER_S: f64 = 90.0;
/// An unusual second counts at most so many times the usual.
const AT_MOST: f64 = 3.0;
/// The quietest a scale is taken to be (g).
const BEND_G: f64 = 0.06;
const SPREAD_G: f64 = 0.2;
/// Mean absolute bend of white noise of SD 1 in the levels: sqrt(6) times 0.798.
const BEND_OF_ONE: f64 = 1.954;

impl Quiet {
    pub(crate) fn new() -> Self {
        Self { bend_g: BEND_G, spread_g: SPREAD_G }
    }

    /// Three levels one after the other, and the spread of the last second. What is troubled teaches little, but a scale
    /// that has become noisier for good is believed in the end.
    pub(crate) fn see(&mut self, levels_g: [f64; 3], spread_g: f64, troubled: bool) {
        let over_s = if troubled { TROUBLED_OVER_S } else { OVER_S };
        let bend = (levels_g[2] - 2.0 * levels_g[1] + levels_g[0]).abs().min(AT_MOST * self.bend_g);
        self.bend_g = (self.bend_g + (bend - self.bend_g) / over_s).max(BEND_G);
        let spread = spread_g.min(AT_MOST * self.spread_g);
        self.spread_g = (self.spread_g + (spread - self.spread_g) / over_s).max(SPREAD_G);
    }

    /// Usual noise of a level (g, one SD).
    pub(crate) fn level_sd_g(&self) -> f64 {
        self.bend_g / BEND_OF_ONE
    }

    /// A second that nothing touched spreads no further than this (g).
    pub(crate) fn usual_spread_g(&self, flow_g_per_s: f64) -> f64 {
        1.6 * self.spread_g + 0.1 + flow_g_per_s
    }

    /// A second that spreads further than this was touched (g).
    pub(crate) fn touched_spread_g(&self, flow_g_per_s: f64) -> f64 {
        3.0 * self.spread_g + 0.4 + 2.0 * flow_g_per_s
    }
}
