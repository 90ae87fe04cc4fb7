//! Numbers as answers show them: ranges, rounded so that no digit says more than is known.

use serde::Serialize;

/// A median with its 80 % range.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// One in ten lies below.
    pub p10: f64,
    /// Half lie below.
    pub p50: f64,
    /// Nine in ten lie below.
    pub p90: f64,
}

/// A median with its 50, 80 and 90 % ranges.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each is the quantile it is named after")]
pub struct Spread {
    pub p05: f64,
    pub p10: f64,
    pub p25: f64,
    pub p50: f64,
    pub p75: f64,
    pub p90: f64,
    pub p95: f64,
}

impl Range {
    /// From a quantile function.
    pub fn of(quantile: impl Fn(f64) -> f64) -> Self {
        let at = |p| tenth(quantile(p));
        Self { p10: at(0.10), p50: at(0.50), p90: at(0.90) }
    }

    /// From equally likely values.
    pub fn of_samples(samples: &mut [f64]) -> Self {
        samples.sort_by(f64::total_cmp);
        Self::of(|p| letdown_fit::predict::quantile_of_sorted(samples, p))
    }
}

impl Spread {
    /// From a quantile function.
    pub fn of(quantile: impl Fn(f64) -> f64) -> Self {
        let at = |p| tenth(quantile(p));
        Self {
            p05: at(0.05),
            p10: at(0.10),
            p25: at(0.25),
            p50: at(0.50),
            p75: at(0.75),
            p90: at(0.90),
            p95: at(0.95),
        }
    }

    /// From equally likely values.
    pub fn of_samples(samples: &mut [f64]) -> Self {
        samples.sort_by(f64::total_cmp);
        Self::of(|p| letdown_fit::predict::quantile_of_sorted(samples, p))
    }
}

/// Rounded to a tenth: answers in JSON; screens round further.
pub(crate) fn tenth(x: f64) -> f64 {
    // The sum of nothing is -0; adding 0 makes it 0.
    (x * 10.0).round() / 10.0 + 0.0
}

/// Rounded to a hundredth: shares.
pub(crate) fn hundredth(x: f64) -> f64 {
    (100.0 * x).round() / 100.0 + 0.0
}

/// Rounded to a thousandth: scores.
pub(crate) fn thousandth(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0 + 0.0
}

/// Rounded as the body does, to 10 mL, in words.
pub(crate) fn about_ml(ml: f64) -> String {
    let whole = (ml / 10.0).round() as i64 * 10;
    match (whole / 1000, whole % 1000) {
        (0, rest) => format!("{rest} mL"),
        (thousands, rest) => format!("{thousands},{rest:03} mL"),
    }
}

/// A probability in words, never as a certainty: "94", "more than 99", "fewer than 1"; "in 100" goes behind it.
pub(crate) fn of_100(p: f64) -> String {
    match (100.0 * p).round() {
        whole if whole >= 100.0 => "more than 99".to_owned(),
        whole if whole < 1.0 => "fewer than 1".to_owned(),
        whole => format!("{whole}"),
    }
}

/// Of a normal law one in ten lies beyond so many standard deviations, on either side.
pub(crate) const TENTH_Z: f64 = 1.281_551_565_544_6;

/// The mean of some values; 0 of none.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The middle of some values; `None` of none.
pub(crate) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    Some(letdown_fit::predict::quantile_of_sorted(values, 0.5)).filter(|m| m.is_finite())
}
