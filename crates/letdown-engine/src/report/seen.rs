//! What was logged, in three numbers.

use crate::numbers::tenth;
use letdown_fit::predict::quantile_of_sorted;
use serde::Serialize;

/// What was logged: the middle, and from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Seen {
    /// Half lie below.
    pub middle: f64,
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// How many there are.
    pub n: usize,
}

impl Seen {
    /// Of some values; `None` of none.
    pub(super) fn of(mut values: Vec<f64>) -> Option<Self> {
        values.retain(|value| value.is_finite());
        values.sort_by(f64::total_cmp);
        let (least, most) = (tenth(*values.first()?), tenth(*values.last()?));
        Some(Self { middle: tenth(quantile_of_sorted(&values, 0.5)), least, most, n: values.len() })
    }
}
