//! Milk made, by the model.

use crate::{Range, sides::Sides, today::Today};
use serde::Serialize;

/// Milk made at her usual hours, by the model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supply {
    /// Of both breasts in 24 h (mL).
    pub ml_per_day: Option<Range>,
    /// Of each, where the log tells them apart.
    pub sides: Option<Sides>,
    /// Sessions with a volume that it rests on.
    pub sessions: usize,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
    /// Why there is no number; `null` where there is one.
    pub not_known: Option<String>,
}

pub(super) fn supply(today: &Today) -> Supply {
    Supply {
        ml_per_day: today.supply_ml_per_day,
        sides: today.sides,
        sessions: today.twin.fitted_sessions,
        data_age_h: today.data_age_h,
        not_known: today.supply_ml_per_day.is_none().then(|| today.twin.message.clone()),
    }
}
