//! The days behind her: what was logged.

use crate::{
    numbers::{about_ml, tenth},
    observed::Observed,
};
use jiff::ToSpan;
use serde::Serialize;

/// The days behind her, oldest first, today last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The days.
    pub days: Vec<Day>,
    /// The whole in a sentence.
    pub summary: String,
}

/// One day as it was logged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Day {
    /// The day, on her calendar.
    pub date: String,
    /// Output (mL); `null` when no volume was logged, which is not 0.
    pub output_ml: Option<f64>,
    /// Pump sessions.
    pub sessions: usize,
    /// Of them, those with a volume.
    pub sessions_with_volume: usize,
}

/// The last `days` days, today included.
pub fn history(observed: &Observed, days: u32) -> History {
    let today = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
    let of_day = |back: u32| {
        let date = today.saturating_sub(i64::from(back).days());
        let sessions: Vec<_> = observed.sessions.iter().filter(|s| s.is_pump() && s.day() == date).collect();
        let volumes: Vec<f64> = sessions.iter().filter_map(|s| s.output_ml()).collect();
        Day {
            date: date.to_string(),
            output_ml: (!volumes.is_empty()).then(|| tenth(volumes.iter().sum())),
            sessions: sessions.len(),
            sessions_with_volume: volumes.len(),
        }
    };
    let days: Vec<Day> = (0..days).rev().map(of_day).collect();
    History { summary: summary(&days), days }
}

fn summary(days: &[Day]) -> String {
    let whole = &days[..days.len().saturating_sub(1)];
    let mut logged: Vec<f64> = whole.iter().filter_map(|d| d.output_ml).collect();
    logged.sort_by(f64::total_cmp);
    match (logged.first(), logged.last()) {
        (Some(least), Some(most)) => format!(
            "Of the last {} whole days {} have volumes: {} to {} a day.",
            whole.len(),
            logged.len(),
            about_ml(*least),
            about_ml(*most)
        ),
        _ => format!("None of the last {} whole days has a volume yet.", whole.len()),
    }
}
