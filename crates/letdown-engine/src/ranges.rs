//! Ranges as wide as her own past errors were.
//!
//! An error is counted in widths of the range that was forecast, on its own side of the median. At each of three levels
//! the stretch is the weighted quantile of past errors so counted, as in split conformal prediction with weights (Vovk
//! 2005; Barber, Candes, Ramdas and Tibshirani 2023, doi 10.1214/23-AOS2276):
//!
//! ```text
//! miss    = (|error| - slack)+ / (from the median to that end of the range)     slack: half the step of the log
//! stretch = the weighted quantile of misses at  level (1 + 1/n),   n = sum of the weights
//! with fewer than some 20 errors not below 1, and drawn towards 1 as if by 5 errors; that of a wider range not below
//! that of a narrower one
//! ```
//!
//! Were errors exchangeable and not weighted, the range would hold with the level's chance. Hers drift, so recent ones
//! weigh more, and how often ranges hold is measured by the backtest. Of days there are few errors, and one day seen from many
//! midnights is not many days: there the level is taken as it is, and a range may become narrower at once
//! ([`Stretch::of_few`]).

/// The central ranges that are stretched, each on its own.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];
/// Ends of those ranges.
const TAILS: [(f64, f64); 3] = [(0.25, 0.75), (0.1, 0.9), (0.025, 0.975)];
const CAUTION: f64 = 5.0;
const FEW: f64 = 20.0;
const BOUNDS: (f64, f64) = (0.3, 4.0);

/// How far the ends of a forecast's ranges lie from its median (mL), by level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offsets {
    below_ml: [f64; 3],
    above_ml: [f64; 3],
}

impl Offsets {
    /// Those of a quantile function (mL).
    pub fn of(quantile_ml: impl Fn(f64) -> f64) -> Self {
        let median_ml = quantile_ml(0.5);
        Self {
            below_ml: TAILS.map(|(low, _)| median_ml - quantile_ml(low)),
            above_ml: TAILS.map(|(_, high)| quantile_ml(high) - median_ml),
        }
    }

    /// An error (mL; what came minus what was expected) in widths of each range.
    pub fn misses(&self, error_ml: f64, slack_ml: f64) -> [f64; 3] {
        let widths_ml = if error_ml < 0.0 { self.below_ml } else { self.above_ml };
        let beyond_ml = (error_ml.abs() - slack_ml).max(0.0);
        widths_ml.map(|width_ml| beyond_ml / width_ml.max(1e-6))
    }
}

/// What each range is multiplied by (1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch([f64; 3]);

impl Stretch {
    /// Ranges as they are.
    pub const NONE: Self = Self([1.0; 3]);

    /// From misses by level, each with its weight (0 to 1).
    ///
    /// ```
    /// use letdown_engine::ranges::Stretch;
    /// let twice_as_far: Vec<([f64; 3], f64)> = (0..200).map(|i| ([f64::from(i) / 80.0; 3], 1.0)).collect();
    /// let stretch = Stretch::learned(&twice_as_far);
    /// assert!((stretch.at_level(0.8) - 2.0).abs() < 0.05);
    /// ```
    pub fn learned(misses: &[([f64; 3], f64)]) -> Self {
        Self::with_care(misses, FEW, 1.0)
    }

    /// The same where errors are always few, as those of days are: a range may become narrower from the first of them on, and
    /// none is counted beyond all.
    pub fn of_few(misses: &[([f64; 3], f64)]) -> Self {
        Self::with_care(misses, 0.0, 0.0)
    }

    fn with_care(misses: &[([f64; 3], f64)], few: f64, beyond: f64) -> Self {
        let n: f64 = misses.iter().map(|(_, weight)| weight).sum();
        let mut times = [1.0; 3];
        for (level, times) in times.iter_mut().enumerate() {
            let wanted = LEVELS[level] * (n + beyond);
            let raw = quantile(misses.iter().map(|(m, weight)| (m[level], *weight)).collect(), wanted);
            let drawn = (n * raw + CAUTION) / (n + CAUTION);
            *times = if n < few { drawn.max(1.0) } else { drawn }.clamp(BOUNDS.0, BOUNDS.1);
        }
        // A wider range is stretched no less than a narrower one, so that it holds it.
        times[1] = times[1].max(times[0]);
        times[2] = times[2].max(times[1]);
        Self(times)
    }

    /// At a central range's level (0 to 1), straight between the levels.
    pub fn at_level(&self, level: f64) -> f64 {
        let [half, most, nearly_all] = self.0;
        let between = |from: usize, a: f64, b: f64| {
            a + (b - a) * ((level - LEVELS[from]) / (LEVELS[from + 1] - LEVELS[from])).clamp(0.0, 1.0)
        };
        if level < LEVELS[1] { between(0, half, most) } else { between(1, most, nearly_all) }
    }

    /// The quantile `p` (mL) of a forecast put around `center_ml` and stretched; never below 0.
    pub fn quantile(&self, center_ml: f64, quantile_ml: impl Fn(f64) -> f64, p: f64) -> f64 {
        let offset_ml = quantile_ml(p) - quantile_ml(0.5);
        (center_ml + self.at_level((2.0 * p - 1.0).abs()) * offset_ml).max(0.0)
    }
}

/// The miss up to which misses weigh as much as is wanted; the largest where all weigh less, 1 where there is none.
fn quantile(mut misses: Vec<(f64, f64)>, wanted: f64) -> f64 {
    misses.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut sum = 0.0;
    let reached = misses.iter().find(|(_, weight)| {
        sum += weight;
        sum >= wanted - 1e-9
    });
    reached.or(misses.last()).map_or(1.0, |(miss, _)| *miss)
}
