//! The twin of one mother: her log fitted, or the reason why not.

use crate::{
    error::Problem,
    observed::{Observed, Reading},
};
use letdown_fit::{
    FitError,
    log::Log,
    posterior::{Effort, Posterior, first_look, fit},
};
use letdown_journal::moment::Moment;
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
        /// The largest R-hat of any trait, where there are draws.
        r_hat: Option<f64>,
        /// Draws at which the sampler lost the energy.
        divergences: Option<usize>,
    },
}

/// A fitted log.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The hour whose log it is.
    pub at: Moment,
    /// The log as it was fitted.
    pub log: Log,
    /// How it was read.
    pub reading: Reading,
    /// The draws.
    pub posterior: Posterior,
    /// Where they come from.
    pub basis: Basis,
}

/// Where draws come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A fit of this log.
    Fit,
    /// The last fit, weighted by what was logged since.
    TakenIn,
    /// A first look around the mode.
    FirstLook,
}

impl Basis {
    /// `fresh`, or `provisional` until a fit of this log is there.
    fn standing(self) -> &'static str {
        if self == Self::Fit { "fresh" } else { "provisional" }
    }
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
    /// `fresh`: a fit of this very log. `provisional`: from the last fit, with what was logged since taken in, or a first
    /// look. `null` without a twin.
    pub standing: Option<&'static str>,
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

    /// The twin, with a given effort; where its chains do not agree, again, with more patience and then with care.
    pub fn with(observed: &Observed, effort: &Effort, seed: u64) -> Self {
        let reading = observed.reading();
        let Some(log) = observed.fit_log(&reading) else {
            return Self::TooLittle { have: 0, need: letdown_fit::posterior::FEWEST_SESSIONS };
        };
        let sound = |p: &Posterior| p.report.is_sound();
        let mut settled = fit(&log, effort, seed);
        for more in [Effort::patient(), Effort::careful()] {
            match settled {
                Ok(posterior) if !sound(&posterior) => settled = fit(&log, &more.from(&posterior), seed),
                _ => break,
            }
        }
        match settled {
            Ok(posterior) if sound(&posterior) => {
                let at = observed.now.clone();
                Self::Ready(Box::new(Fitted { at, log, reading, posterior, basis: Basis::Fit }))
            }
            Ok(posterior) => {
                let report = &posterior.report;
                let r_hat = Some(crate::numbers::thousandth(report.r_hat));
                Self::Unsound { r_hat, divergences: Some(report.divergences) }
            }
            Err(error) => Self::without(&error),
        }
    }

    /// A twin at once: an earlier fit where nothing was logged since, else its draws, weighted by what was; a first look
    /// where there is no earlier fit, or too much is new. `None` where only a fit can tell.
    pub fn at_once(observed: &Observed, earlier: Option<&Fitted>, seed: u64) -> Option<Self> {
        let reading = observed.reading();
        let log = observed.fit_log(&reading)?;
        if let Some(earlier) = earlier.filter(|e| e.log == log) {
            return Some(Self::Ready(Box::new(earlier.clone())));
        }
        let ready = |posterior, basis| {
            let at = observed.now.clone();
            Self::Ready(Box::new(Fitted { at, log: log.clone(), reading, posterior, basis }))
        };
        if let Some(posterior) = earlier.and_then(|e| e.posterior.with(&log)) {
            return Some(ready(posterior, Basis::TakenIn));
        }
        match first_look(&log, seed) {
            Ok(posterior) if posterior.report.ess >= ENOUGH_TO_LOOK => {
                Some(ready(posterior, Basis::FirstLook))
            }
            Ok(_) => None,
            Err(error) => error.too_few().map(|(have, need)| Self::TooLittle { have, need }),
        }
    }

    /// The twin: an earlier fit where it is one of this very log, else as [`Twin::usual`].
    pub fn usual_after(observed: &Observed, earlier: Option<&Fitted>, seed: u64) -> Self {
        let log = observed.fit_log(&observed.reading());
        match earlier.filter(|e| e.basis == Basis::Fit && log.as_ref() == Some(&e.log)) {
            Some(earlier) => Self::Ready(Box::new(earlier.clone())),
            None => Self::usual(observed, seed),
        }
    }

    fn without(error: &FitError) -> Self {
        match error.too_few() {
            Some((have, need)) => Self::TooLittle { have, need },
            None => Self::Unsound { r_hat: None, divergences: None },
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
            standing: None,
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
            Self::Unsound { r_hat, divergences } => {
                TwinState { r_hat: *r_hat, divergences: *divergences, ..none("unsound", UNSETTLED.into(), 0) }
            }
            Self::Ready(fitted) => ready(fitted),
        }
    }
}

const UNSETTLED: &str = "Your log does not lead to one answer yet, so no number is shown. More pump sessions with a volume may \
                         settle it.";

/// Below this many independent draws a first look says too little.
const ENOUGH_TO_LOOK: f64 = 10.0;

fn ready(fitted: &Fitted) -> TwinState {
    let report = &fitted.posterior.report;
    let sessions = report.sessions;
    let message = match fitted.basis {
        Basis::Fit => format!("Learned from {sessions} sessions with a volume."),
        Basis::TakenIn => "From your last fit, with the newest session taken in.".into(),
        Basis::FirstLook => format!("A first look at {sessions} sessions with a volume."),
    };
    TwinState {
        state: "ready",
        message,
        standing: Some(fitted.basis.standing()),
        sessions: fitted.log.events().len(),
        fitted_sessions: report.sessions,
        draws: fitted.posterior.draws.len(),
        r_hat: (fitted.basis == Basis::Fit).then(|| crate::numbers::thousandth(report.r_hat)),
        ess: Some(report.ess.round()),
        divergences: (fitted.basis == Basis::Fit).then_some(report.divergences),
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
