//! What a watcher sees of a session: flow that slows, let-downs that bring milk.
//!
//! Another *pulse* is due almost surely within five minutes. What she sees is a **visible** let-down: one that brings at
//! least 3 mL. Flow has *slowed* when, after milk has come, the mean flow over two minutes is below 0.05 mL/s (3 mL a minute)
//! from both breasts together: longer than the lull between two let-downs of most women.

/// What a let-down must bring to be seen (mL).
pub const VISIBLE_ML: f64 = 3.0;
/// Mean flow below which it has slowed (mL/s).
pub const SLOW_ML_PER_S: f64 = 0.05;
/// Over so long (s).
pub const SLOW_OVER_S: f64 = 120.0;

/// One let-down of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LetDown {
    /// When the pulse left the brain (s).
    pub pulse_s: f64,
    /// Size of the pulse (`J`, 1).
    pub pulse: f64,
    /// When the alveoli begin to be squeezed (s).
    pub at_s: f64,
    /// Milk taken from then to the next one or to the end (mL).
    pub volume_ml: f64,
    /// Strongest contraction (0 to 1).
    pub peak: f64,
    /// Whether she felt it.
    pub felt: bool,
}

impl LetDown {
    /// Whether it brought enough milk to be seen.
    pub fn is_visible(&self) -> bool {
        self.volume_ml >= VISIBLE_ML
    }
}

/// Watches flow for the moment at which it has slowed.
#[derive(Clone, Debug)]
pub struct Slowing {
    /// Milk taken up to each whole second of the last two minutes (mL), a ring.
    ring: [f64; SLOW_OVER_S as usize],
    next_s: f64,
    seen: usize,
    /// When flow had slowed (s).
    pub slowed_s: Option<f64>,
}

impl Slowing {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self { ring: [0.0; SLOW_OVER_S as usize], next_s: 1.0, seen: 0, slowed_s: None }
    }

    /// At `t_s` so much had been taken from both breasts (mL); `came_s` when milk first came.
    pub fn see(&mut self, t_s: f64, taken_ml: f64, came_s: Option<f64>) {
        if t_s < self.next_s {
            return;
        }
        self.next_s += 1.0;
        let slot = self.seen % self.ring.len();
        let earlier_ml = self.ring[slot];
        self.ring[slot] = taken_ml;
        self.seen += 1;
        let watched = came_s.is_some_and(|s| t_s - s > SLOW_OVER_S) && self.seen > self.ring.len();
        if self.slowed_s.is_none() && watched && taken_ml - earlier_ml < SLOW_ML_PER_S * SLOW_OVER_S {
            self.slowed_s = Some(t_s);
        }
    }
}

impl Default for Slowing {
    fn default() -> Self {
        Self::new()
    }
}
