//! How long she has pumped past the end of flow within a day (`Z` of [`crate::demand`]).

use alloc::vec::Vec;

/// How long a session past the end of flow is remembered (h).
pub const REMEMBERED_H: f64 = 24.0;

/// The minutes past the end of flow that a day still remembers.
///
/// ```
/// use letdown_model::past_flow::PastFlow;
/// let mut past_flow = PastFlow::default();
/// past_flow.add(8.0, 5.0);
/// past_flow.add(20.0, 10.0);
/// assert_eq!(past_flow.minutes(21.0), 15.0);
/// assert_eq!(past_flow.minutes(33.0), 10.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastFlow {
    /// When (h) and how long (min).
    sessions: Vec<(f64, f64)>,
}

impl PastFlow {
    /// A session at `at_h` went on for so many minutes past the end of flow.
    pub fn add(&mut self, at_h: f64, minutes: f64) {
        if minutes > 0.0 {
            self.sessions.push((at_h, minutes));
        }
    }

    /// Minutes within the day before `now_h` (min).
    pub fn minutes(&mut self, now_h: f64) -> f64 {
        self.sessions.retain(|(at_h, _)| *at_h > now_h - REMEMBERED_H);
        self.sessions.iter().map(|(_, minutes)| minutes).sum()
    }
}
