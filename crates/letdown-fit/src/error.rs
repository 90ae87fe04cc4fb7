//! Why there is no fit.

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct FitError(#[from] Problem);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("event {index} at {at_h} h comes before the one ahead of it")]
    OutOfOrder { index: usize, at_h: f64 },
    #[error("event {index}: {what} is {value}, which is no number to fit")]
    Unusable { index: usize, what: &'static str, value: f64 },
    #[error("{have} sessions with a volume are too few to learn from; {need} are needed")]
    TooFew { have: usize, need: usize },
    #[error("the fit found no state of the body that could have written this log")]
    NoMode,
    #[error("the sampler stopped: {detail}")]
    Sampler { detail: String },
    #[error("the fit that was kept is of no use: {why}")]
    Kept { why: &'static str },
}

impl FitError {
    /// How many sessions with a volume there are and how many are needed, when that is the reason.
    pub fn too_few(&self) -> Option<(usize, usize)> {
        match self.0 {
            Problem::TooFew { have, need } => Some((have, need)),
            _ => None,
        }
    }
}
