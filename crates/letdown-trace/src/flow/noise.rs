//! How far a second's milk may be off, and how far flow may wander from a smooth shape; learned as the trace goes.

/// What is known of the noise at a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Noise {
    /// Variance of the level (g²): what the scale adds.
    pub(crate) level: f64,
    /// Variance that milk gathers in a second beside any smooth shape (g²): drops, cycles of the pump, a shape that is
    /// not quite hers.
    pub(crate) wander: f64,
    /// Flow of the last seconds (g/s).
    pub(crate) flow_g_per_s: f64,
    /// Whether the level gained so much more or less than that flow that more than milk may have moved it.
    pub(crate) leaps: bool,
}

/// Watches the levels and says how noisy they are.
#[derive(Clone, Debug)]
pub(crate) struct NoiseWatch {
    floor: f64,
    step_g: f64,
    before_g: [Option<f64>; 2],
    bend_g: f64,
    flow_g_per_s: f64,
}

/// No bench scale in a kitchen is quieter (g).
const QUIETEST_G: f64 = 0.02;
/// Bends are averaged over so many seconds.
const BEND_OVER_S: f64 = 30.0;
/// A bend counts at most so many times the usual one: a touch is no noise.
const BEND_AT_MOST: f64 = 4.0;
/// Mean of |x| of a normal x with SD 1.
const MEAN_OF_ABSOLUTE: f64 = 0.797_884_560_802_865_4;
/// A bend `y_k - 2 y_(k-1) + y_(k-2)` of white noise has so many times its variance.
const BEND_VARIANCE: f64 = 6.0;
/// A gain that is off the flow by so many SD of the difference of two levels may be a leap.
const LEAPS: f64 = 3.0;
/// Flow is averaged over so many seconds.
const FLOW_OVER_S: f64 = 5.0;
/// Longer on a coarse display, which shows flow in jumps (s for each g of its step).
const FLOW_OVER_S_PER_G: f64 = 10.0;
/// Without flow, milk wanders so far in a second (g).
const STILL_WANDER_G: f64 = 0.015;
/// Flow strays from its shape by so much of itself in a second.
const FLOW_WANDER: f64 = 0.65;
/// On a coarse display, where flow comes in jumps and looks stronger than it is, by less (1 for each g of its step).
const COARSE_WANDER: f64 = 0.4;

impl NoiseWatch {
    pub(crate) fn new() -> Self {
        let bend_g = libm::sqrt(BEND_VARIANCE) * QUIETEST_G * MEAN_OF_ABSOLUTE;
        Self { floor: QUIETEST_G * QUIETEST_G, step_g: 0.0, before_g: [None; 2], bend_g, flow_g_per_s: 0.0 }
    }

    /// The scale has such steps (g): a coarse one hides its noise, but not that it is coarse.
    pub(crate) fn step(&mut self, step_g: f64) {
        self.step_g = step_g;
        self.floor = (step_g * step_g / 12.0).max(QUIETEST_G * QUIETEST_G);
    }

    /// The step (g).
    pub(crate) fn step_g(&self) -> f64 {
        self.step_g
    }

    /// Milk stands at `level_g`, and nothing was wrong.
    pub(crate) fn see(&mut self, level_g: f64) -> Noise {
        if let [Some(last), Some(earlier)] = self.before_g {
            let bend = (level_g - 2.0 * last + earlier).abs().min(BEND_AT_MOST * self.bend_g);
            self.bend_g += (bend - self.bend_g) / BEND_OVER_S;
        }
        let mut leaps = false;
        if let Some(last) = self.before_g[0] {
            let off_g = level_g - last - self.flow_g_per_s;
            let over_s = FLOW_OVER_S + FLOW_OVER_S_PER_G * self.step_g;
            self.flow_g_per_s += off_g / over_s;
            leaps = off_g * off_g > LEAPS * LEAPS * 2.0 * self.noise().level;
        }
        self.before_g = [Some(level_g), self.before_g[0]];
        Noise { leaps, ..self.noise() }
    }

    /// A second of which nothing is known.
    pub(crate) fn miss(&mut self) -> Noise {
        self.before_g = [None; 2];
        self.noise()
    }

    fn noise(&self) -> Noise {
        let sd_g = self.bend_g / MEAN_OF_ABSOLUTE;
        let strays_g = FLOW_WANDER / (1.0 + COARSE_WANDER * self.step_g) * self.flow_g_per_s.max(0.0);
        Noise {
            level: (sd_g * sd_g / BEND_VARIANCE).max(self.floor),
            wander: STILL_WANDER_G * STILL_WANDER_G + strays_g * strays_g,
            flow_g_per_s: self.flow_g_per_s.max(0.0),
            leaps: false,
        }
    }
}
