//! Four plain ways to guess a session's volume, to measure the model against.
//!
//! All stand at the same origin, the midnight before the session, and look at sessions with a volume in the window
//! `[origin - 7 or 14 days, origin)`. With fewer than 3 of them each takes the mean of all earlier ones.
//!
//! | name | guess |
//! |---|---|
//! | `mean7` | the mean of 7 days |
//! | `ewma` | the mean of 14 days, weight `exp(-age / 72 h)` |
//! | `linear_gap14` | least squares over 14 days on `min(gap, 12 h)`, gap from start to start |
//! | `hour_knn14` | the mean of 14 days, weight `exp(-d^2/2)`, `d` hours apart around the clock |

use crate::{
    correction::around_the_clock,
    observed::{Observed, Session, hours},
};
use jiff::Timestamp;

/// A session as the baselines see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// When it began (h).
    pub at_h: f64,
    /// Hours since the pump session before it, when there is one.
    pub gap_h: Option<f64>,
    /// What her clock showed (h).
    pub clock_h: f64,
    /// Its volume (mL).
    pub ml: f64,
}

/// Pump sessions, with what baselines see of those that have a volume.
pub(crate) fn rows(observed: &Observed) -> Vec<(&Session, Option<Row>)> {
    let mut earlier: Option<f64> = None;
    let pumped = observed.sessions.iter().filter(|s| s.is_pump());
    pumped
        .map(|s| {
            let at_h = observed.hour_of(s.at.timestamp());
            let gap_h = earlier.replace(at_h).map(|e| at_h - e);
            (s, s.output_ml().map(|ml| Row { at_h, gap_h, clock_h: s.clock_h(), ml }))
        })
        .collect()
}

/// Hours since the pump session before an instant, when there is one.
pub(crate) fn gap_h(observed: &Observed, at: Timestamp) -> Option<f64> {
    let before = observed.sessions.iter().rev().filter(|s| s.is_pump()).find(|s| s.at.timestamp() < at);
    before.map(|earlier| hours(earlier.at.timestamp(), at))
}

/// The names, in the order of [`guesses`].
pub const NAMES: [&str; 4] = ["mean7", "ewma", "linear_gap14", "hour_knn14"];

/// The four guesses (mL) for a session, `earlier` being all sessions with a volume before the origin. `None` when there
/// are none.
///
/// ```
/// use letdown_engine::baselines::{Row, guesses};
/// let row = |i: u32| {
///     let gap = 3.0 + f64::from(i % 2);
///     Row { at_h: 3.5 * f64::from(i), gap_h: Some(gap), clock_h: 12.0, ml: 30.0 * gap }
/// };
/// let earlier: Vec<Row> = (0..40).map(row).collect();
/// let [mean7, _, linear, _] = guesses(&earlier, 140.0, Some(5.0), 12.0).unwrap();
/// assert!((mean7 - 105.0).abs() < 1e-9 && (linear - 150.0).abs() < 1e-9);
/// ```
pub fn guesses(earlier: &[Row], origin_h: f64, gap_h: Option<f64>, clock_h: f64) -> Option<[f64; 4]> {
    Some(plain(earlier, origin_h, gap_h, clock_h)?.map(|spread| spread.ml))
}

/// The continuous ranked probability score (mL) of the four for what came. The range of a mean is that of the sessions it
/// is a mean of, weighted as they are; that of the straight line are its own errors around it.
pub fn scores(
    earlier: &[Row],
    origin_h: f64,
    gap_h: Option<f64>,
    clock_h: f64,
    came_ml: f64,
) -> Option<[f64; 4]> {
    Some(plain(earlier, origin_h, gap_h, clock_h)?.map(|spread| spread.crps(came_ml)))
}

/// A guess, and values (mL) around it with their weights.
struct Spread {
    ml: f64,
    around: Vec<(f64, f64)>,
}

impl Spread {
    /// A weighted mean.
    fn mean(weighted: Vec<(f64, f64)>) -> Option<Self> {
        Some(Self { ml: mean(weighted.iter().copied())?, around: weighted })
    }

    /// `sum w |x - y| - 1/2 sum sum w w' |x - x'|`, weights summing to 1.
    fn crps(mut self, came_ml: f64) -> f64 {
        self.around.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = self.around.iter().map(|(_, w)| w).sum();
        let (mut below, mut score) = (0.0, 0.0);
        for (x, w) in self.around {
            let w = w / whole;
            score += w * ((x - came_ml).abs() - x * (2.0 * below + w - 1.0));
            below += w;
        }
        score
    }
}

fn plain(earlier: &[Row], origin_h: f64, gap_h: Option<f64>, clock_h: f64) -> Option<[Spread; 4]> {
    let alike = |rows: &[Row]| Spread::mean(rows.iter().map(|r| (r.ml, 1.0)).collect());
    alike(earlier)?;
    let of_days = |days: f64| -> Vec<Row> {
        earlier.iter().filter(|r| r.at_h >= origin_h - 24.0 * days).copied().collect()
    };
    let (week, fortnight) = (of_days(7.0), of_days(14.0));
    let or_whole = |rows: &[Row], guess: Option<Spread>| {
        guess.filter(|g| rows.len() >= FEWEST && g.ml.is_finite()).or_else(|| alike(earlier))
    };
    let aged = fortnight.iter().map(|r| (r.ml, (-(origin_h - r.at_h) / 72.0).exp())).collect();
    let near = fortnight.iter().map(|r| {
        let apart = around_the_clock(r.clock_h - clock_h);
        (r.ml, (-0.5 * apart * apart).exp())
    });
    Some([
        or_whole(&week, alike(&week))?,
        or_whole(&fortnight, Spread::mean(aged))?,
        or_whole(&fortnight, linear(&fortnight, gap_h))?,
        or_whole(&fortnight, Spread::mean(near.collect()))?,
    ])
}

/// The fewest sessions a window speaks with.
const FEWEST: usize = 3;
/// Gaps are taken as no longer than this (h).
const LONGEST_GAP_H: f64 = 12.0;

fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let (sum, whole) = weighted.fold((0.0, 0.0), |(s, w), (x, weight)| (s + weight * x, w + weight));
    (whole > 0.0).then(|| sum / whole)
}

fn linear(rows: &[Row], gap_h: Option<f64>) -> Option<Spread> {
    let points: Vec<(f64, f64)> =
        rows.iter().filter_map(|r| Some((r.gap_h?.min(LONGEST_GAP_H), r.ml))).collect();
    let x = mean(points.iter().map(|p| (p.0, 1.0)))?;
    let y = mean(points.iter().map(|p| (p.1, 1.0)))?;
    let spread: f64 = points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum();
    let together: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    let (slope, ml) = if spread < 1e-9 {
        (0.0, y)
    } else {
        let slope = together / spread;
        (slope, y + slope * (gap_h?.min(LONGEST_GAP_H) - x))
    };
    let around = points.iter().map(|p| (ml + p.1 - y - slope * (p.0 - x), 1.0)).collect();
    Some(Spread { ml, around })
}
