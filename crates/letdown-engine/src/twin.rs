//! The twin of one mother: her log fitted, or the reason why not.

use crate::{
    error::Problem,
    observed::{Observed, Reading},
};
use letdown_fit::{
    FitError,
    log::Log,
    posterior::{Effort, Posterior, fit},
};
use serde::Serialize;

/// The twin of one mother.
#[derive(Clone, Debug)]
pub enum Twin {
    /// Nothing was fitted yet.
    Pending,
    /// Fitted, and the draws can be trusted.
    Ready(Box<Fitted>),
    /// There is too little to learn from.
    TooLittle {
        /// Sessions with a volume there are.
        have: usize,
        /// Sessions with a volume that are needed.
        need: usize,
    },
    /// The draws cannot be trusted, or there are none: no number is shown.
    Unsound {
        /// Why.
        why: String,
    },
}

/// A fitted log.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The log as it was fitted.
    pub log: Log,
    /// How it was read.
    pub reading: Reading,
    /// The draws.
    pub posterior: Posterior,
}

impl Fitted {
    /// The women whom the draws stand for: each as likely as any other, given the log.
    pub fn women(&self) -> Vec<letdown_model::mother::Mother> {
        self.posterior.draws.iter().map(letdown_fit::traits::Traits::mother).collect()
    }
}

/// What is said of a twin.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TwinState {
    /// `pending`, `ready`, `too_little` or `unsound`.
    pub state: &'static str,
    /// A sentence for her.
    pub message: String,
    /// Pump sessions and nursings in the log.
    pub sessions: usize,
    /// Sessions whose volume was fitted.
    pub fitted_sessions: usize,
    /// Draws.
    pub draws: usize,
    /// The largest R-hat of any trait; `null` without draws.
    pub r_hat: Option<f64>,
    /// The smallest effective sample size of any trait.
    pub ess: Option<f64>,
    /// Draws at which the sampler lost the energy.
    pub divergences: Option<usize>,
}

impl Twin {
    /// The twin as well as it can be had.
    pub fn usual(observed: &Observed, seed: u64) -> Self {
        Self::with(observed, &Effort::usual(), seed)
    }

    /// A first look.
    pub fn quick(observed: &Observed, seed: u64) -> Self {
        Self::with(observed, &Effort::quick(), seed)
    }

    /// The twin, with a given effort; where its chains do not agree, once more with care.
    pub fn with(observed: &Observed, effort: &Effort, seed: u64) -> Self {
        let reading = observed.reading();
        let Some(log) = observed.fit_log(&reading) else {
            return Self::TooLittle { have: 0, need: letdown_fit::posterior::FEWEST_SESSIONS };
        };
        let tried = fit(&log, effort, seed);
        let sound = |p: &Posterior| p.report.is_sound(p.draws.len());
        let settled = match tried {
            Ok(posterior) if !sound(&posterior) => fit(&log, &Effort::careful().from(&posterior), seed),
            other => other,
        };
        match settled {
            Ok(posterior) if sound(&posterior) => Self::Ready(Box::new(Fitted { log, reading, posterior })),
            Ok(posterior) => Self::Unsound { why: disagreement(&posterior) },
            Err(error) => Self::without(&error),
        }
    }

    fn without(error: &FitError) -> Self {
        match error.too_few() {
            Some((have, need)) => Self::TooLittle { have, need },
            None => Self::Unsound { why: error.to_string() },
        }
    }

    /// The fitted log.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    pub fn fitted(&self) -> Result<&Fitted, crate::EngineError> {
        match self {
            Self::Ready(fitted) => Ok(fitted),
            _ => Err(Problem::NoTwin(self.state().message).into()),
        }
    }

    /// What is said of it.
    pub fn state(&self) -> TwinState {
        let none = |state, message: String, sessions| TwinState {
            state,
            message,
            sessions,
            fitted_sessions: 0,
            draws: 0,
            r_hat: None,
            ess: None,
            divergences: None,
        };
        match self {
            Self::Pending => none("pending", "Your log has not been read yet.".into(), 0),
            Self::TooLittle { have, need } => none("too_little", too_little(*have, *need), *have),
            Self::Unsound { why } => none(
                "unsound",
                format!("The fit of your log cannot be trusted, so no number is shown: {why}."),
                0,
            ),
            Self::Ready(fitted) => ready(fitted),
        }
    }
}

fn disagreement(posterior: &Posterior) -> String {
    let report = &posterior.report;
    format!("the chains do not agree (R-hat {:.2}, {} divergences)", report.r_hat, report.divergences)
}

fn ready(fitted: &Fitted) -> TwinState {
    let report = &fitted.posterior.report;
    TwinState {
        state: "ready",
        message: format!("Fitted to {} sessions with a volume.", report.sessions),
        sessions: fitted.log.events().len(),
        fitted_sessions: report.sessions,
        draws: fitted.posterior.draws.len(),
        r_hat: Some(crate::numbers::thousandth(report.r_hat)),
        ess: Some(report.ess.round()),
        divergences: Some(report.divergences),
    }
}

fn too_little(have: usize, need: usize) -> String {
    let more = need.saturating_sub(have);
    let sessions = if more == 1 { "session" } else { "sessions" };
    match have {
        0 => format!("After {need} pump sessions with a volume there will be a forecast here."),
        _ => format!("{more} more pump {sessions} with a volume, and there will be a forecast here."),
    }
}
