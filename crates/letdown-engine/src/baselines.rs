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

use crate::correction::around_the_clock;

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
    let whole_mean = mean(earlier.iter().map(|r| (r.ml, 1.0)))?;
    let of_days = |days: f64| -> Vec<Row> {
        earlier.iter().filter(|r| r.at_h >= origin_h - 24.0 * days).copied().collect()
    };
    let (week, fortnight) = (of_days(7.0), of_days(14.0));
    let or_whole = |rows: &[Row], guess: Option<f64>| {
        guess.filter(|g| rows.len() >= FEWEST && g.is_finite()).unwrap_or(whole_mean)
    };
    let aged = fortnight.iter().map(|r| (r.ml, (-(origin_h - r.at_h) / 72.0).exp()));
    let near = fortnight.iter().map(|r| {
        let apart = around_the_clock(r.clock_h - clock_h);
        (r.ml, (-0.5 * apart * apart).exp())
    });
    Some([
        or_whole(&week, mean(week.iter().map(|r| (r.ml, 1.0)))),
        or_whole(&fortnight, mean(aged)),
        or_whole(&fortnight, linear(&fortnight, gap_h)),
        or_whole(&fortnight, mean(near)),
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

fn linear(rows: &[Row], gap_h: Option<f64>) -> Option<f64> {
    let points: Vec<(f64, f64)> =
        rows.iter().filter_map(|r| Some((r.gap_h?.min(LONGEST_GAP_H), r.ml))).collect();
    let x = mean(points.iter().map(|p| (p.0, 1.0)))?;
    let y = mean(points.iter().map(|p| (p.1, 1.0)))?;
    let spread: f64 = points.iter().map(|p| (p.0 - x) * (p.0 - x)).sum();
    let together: f64 = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum();
    if spread < 1e-9 {
        return Some(y);
    }
    Some(y + together / spread * (gap_h?.min(LONGEST_GAP_H) - x))
}
