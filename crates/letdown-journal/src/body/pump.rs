//! A pump session: output per side or in total, how long, with what help.

use super::{
    BodyError, Extra, SeenLetDown, Source,
    rules::{Amount, AnyOf, MINUTES, Many, Number, Text, TextUpTo},
    seen::{MAX_TRACE, SECONDS},
    wire,
    word::{Felt, words},
};
use crate::{moment::Moment, volume::Output};

/// A pump session.
///
/// Output may be known per side, in total, or not at all; a session without a volume still ends a gap. When both sides
/// and a total are given, the total stands as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Pump {
    /// When it began.
    pub start: Moment,
    /// How long it ran (min), both sides together.
    pub minutes: Option<f64>,
    /// How long the left side ran (min).
    pub left_minutes: Option<f64>,
    /// How long the right side ran (min).
    pub right_minutes: Option<f64>,
    /// Output of the left side.
    pub left: Option<Output>,
    /// Output of the right side.
    pub right: Option<Output>,
    /// Output of the session.
    pub total: Option<Output>,
    /// What was done beside pumping.
    pub techniques: Vec<Technique>,
    /// The vacuum the pump was set to (mmHg, 0 to 400).
    pub vacuum_mmhg: Option<f64>,
    /// Which pump, in her words.
    pub device: Option<String>,
    /// Where, in her words: "at work".
    pub place: Option<String>,
    /// What she felt when milk let down.
    pub felt: Vec<Felt>,
    /// The let-downs that a scale or her taps saw, in order.
    pub let_downs: Vec<SeenLetDown>,
    /// When flow had first slowed (s since the start, 0 to 21,600).
    pub slowed_s: Option<f64>,
    /// When she first said that it hurts (s since the start, 0 to 21,600).
    pub hurt_s: Option<f64>,
    /// What was kept of what the scale or her taps saw, at most 12,000 letters; nothing here reads it.
    pub trace: Option<String>,
    /// Who looked for the let-downs.
    pub detector: Option<String>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Pump "pump" begins {
    minutes: MINUTES,
    left_minutes: MINUTES,
    right_minutes: MINUTES,
    left "left_ml": Amount("left_typed"),
    right "right_ml": Amount("right_typed"),
    total "total_ml": Amount("total_typed"),
    techniques: AnyOf,
    vacuum_mmhg: Number(0.0, 400.0, " mmHg"),
    device: Text,
    place: Text,
    felt: AnyOf,
    let_downs: Many,
    slowed_s: SECONDS,
    hurt_s: SECONDS,
    trace: TextUpTo(MAX_TRACE),
    detector: TextUpTo(100),
});

impl Pump {
    /// Output of the session (mL): the total, else the sum of the sides that are known.
    pub fn output_ml(&self) -> Option<f64> {
        output_ml(self.total.as_ref(), self.left.as_ref(), self.right.as_ref())
    }

    /// How long it ran (min): as logged, else the longer side.
    pub fn length_min(&self) -> Option<f64> {
        let longer = || match (self.left_minutes, self.right_minutes) {
            (Some(l), Some(r)) => Some(l.max(r)),
            (l, r) => l.or(r),
        };
        self.minutes.or_else(longer)
    }

    /// How long it went on past the end of flow (min, >= 0): behind the later of when flow had slowed and the end of the
    /// last let-down. 0 where flow was not seen to slow; unknown where nobody watched, or the length is not known.
    ///
    /// ```
    /// use letdown_journal::body::Body;
    /// let watched = r#"{"start":"2026-05-03T07:10:00+02:00[Europe/Berlin]","minutes":20,"slowed_s":600,
    ///     "let_downs":[{"onset_s":70,"end_s":150},{"onset_s":700,"end_s":780}]}"#;
    /// let Some(Body::Pump(pump)) = Body::read("pump", watched)? else { unreachable!() };
    /// assert_eq!(pump.past_flow_min(), Some(7.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn past_flow_min(&self) -> Option<f64> {
        let last_end_s = self.let_downs.iter().map(|let_down| let_down.end_s).reduce(f64::max);
        let length_min = self.length_min()?;
        match (self.slowed_s, last_end_s) {
            (None, None) => None,
            (None, Some(_)) => Some(0.0),
            (Some(slowed_s), last_end_s) => {
                Some((length_min - slowed_s.max(last_end_s.unwrap_or(0.0)) / 60.0).max(0.0))
            }
        }
    }

    /// Let-downs stand in order.
    pub(super) fn check(&self) -> Result<(), BodyError> {
        SeenLetDown::check(&self.let_downs).map_err(|detail| wire::field("let_downs", detail))
    }
}

/// What both sides brought (mL): the total, else the sum of the sides that are known.
pub(super) fn output_ml(
    total: Option<&Output>,
    left: Option<&Output>,
    right: Option<&Output>,
) -> Option<f64> {
    let sides = || match (left, right) {
        (None, None) => None,
        (l, r) => Some([l, r].into_iter().flatten().map(Output::as_ml).sum()),
    };
    total.map(Output::as_ml).or_else(sides)
}

words! {
    /// What was done beside pumping.
    Technique {
        /// Massage or compression.
        Massage = "massage",
        /// A picture of the baby.
        Photo = "photo",
        /// A sound of the baby.
        Sound = "sound",
        /// Warmth.
        Warmth = "warmth",
        /// A pause with massage, then on.
        PauseMassage = "pause_massage",
        /// The smell of the baby.
        Smell = "smell",
        /// A thought of the baby.
        Thought = "thought",
        /// A baby nursed at the other breast.
        Nursing = "nursing",
    }
}
