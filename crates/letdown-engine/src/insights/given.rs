//! What the insights look at: the facts at an hour, the log, and what the fit left over.

use crate::{
    observed::{Observed, Session, hours},
    twin::{Fitted, Twin},
    visible::visible,
};
use jiff::{Timestamp, civil::Date};
use letdown_fit::{
    posterior::Posterior,
    predict::{Outlook, ahead},
};
use letdown_journal::{
    body::{Body, Bottle, Cue, Drink, Letdown, Nurse, Pump, Weight},
    entry::EntryId,
    fold::Folded,
};
use std::collections::BTreeMap;

/// What the insights look at.
pub(super) struct Given<'a> {
    pub observed: &'a Observed,
    pub fitted: Option<&'a Fitted>,
    pub bodies: Vec<(EntryId, Body)>,
}

/// Draws that forecast what is compared with what came.
const DRAWS: usize = 40;

/// One pump session, forecast and come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Residual {
    pub day: Date,
    pub forecast_ml: f64,
    pub output_ml: f64,
}

impl<'a> Given<'a> {
    pub(super) fn of(journal: &Folded, observed: &'a Observed, twin: &'a Twin) -> Self {
        Self { observed, fitted: twin.fitted().ok(), bodies: visible(journal, &observed.now) }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.observed.now.timestamp()
    }

    /// Hours from an instant to now.
    pub(super) fn age_h(&self, at: Timestamp) -> f64 {
        hours(at, self.now())
    }

    pub(super) fn pumps(&self) -> impl Iterator<Item = (EntryId, &Pump)> {
        self.bodies
            .iter()
            .filter_map(|(root, body)| if let Body::Pump(b) = body { Some((*root, b)) } else { None })
    }

    pub(super) fn nursings(&self) -> impl Iterator<Item = &Nurse> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Nurse(b) = body { Some(b) } else { None })
    }

    pub(super) fn bottles(&self) -> impl Iterator<Item = &Bottle> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Bottle(b) = body { Some(b) } else { None })
    }

    pub(super) fn weights(&self) -> impl Iterator<Item = &Weight> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Weight(b) = body { Some(b) } else { None })
    }

    pub(super) fn drinks(&self) -> impl Iterator<Item = &Drink> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Drink(b) = body { Some(b) } else { None })
    }

    pub(super) fn cues(&self) -> impl Iterator<Item = &Cue> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Cue(b) = body { Some(b) } else { None })
    }

    pub(super) fn let_downs(&self) -> impl Iterator<Item = &Letdown> {
        self.bodies.iter().filter_map(|(_, body)| if let Body::Letdown(b) = body { Some(b) } else { None })
    }

    pub(super) fn posterior(&self) -> Option<Posterior> {
        Some(self.fitted?.posterior.thinned(DRAWS))
    }

    /// What is believed now.
    pub(super) fn outlook(&self) -> Option<Outlook> {
        let fitted = self.fitted?;
        let log = self.observed.fit_log(&fitted.reading)?;
        Some(Outlook::at(&fitted.posterior.thinned(200), &log, self.observed.hour_of(self.now())))
    }

    /// The day after the first of which anything can be forecast, up to the last.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        let first = self.observed.sessions.first()?.day();
        Some((first, self.observed.sessions.last()?.day()))
    }

    /// Every pump session with a volume, as the model alone forecasts it from the midnights of some days.
    pub(super) fn residuals(&self, posterior: &Posterior, cuts: &[Date]) -> Vec<Residual> {
        let Some(fitted) = self.fitted else { return Vec::new() };
        let Some(log) = self.observed.fit_log(&fitted.reading) else { return Vec::new() };
        let at_h: Vec<f64> =
            cuts.iter().map(|day| self.observed.hour_of(self.observed.day_start(*day))).collect();
        if !at_h.is_sorted() {
            return Vec::new();
        }
        let forecasts = ahead(posterior, &log, &at_h);
        let first = self.observed.sessions.len() - forecasts.len();
        let residual = |(session, forecast): (&Session, Option<letdown_fit::predict::Mixture>)| {
            let output_ml = session.output_ml().filter(|_| !session.doubtful)?;
            let forecast_ml = forecast?.quantile(0.5);
            (forecast_ml >= LEAST_ML).then(|| Residual { day: session.day(), forecast_ml, output_ml })
        };
        self.observed.sessions[first..].iter().zip(forecasts).filter_map(residual).collect()
    }

    /// Per day: what came, over what was forecast (log), where most of its sessions have volumes.
    pub(super) fn by_day(residuals: &[Residual]) -> BTreeMap<Date, f64> {
        let mut sums: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
        for r in residuals {
            let sum = sums.entry(r.day).or_default();
            sum.0 += r.output_ml;
            sum.1 += r.forecast_ml;
        }
        sums.into_iter()
            .filter(|(_, (came, _))| *came > 0.0)
            .map(|(day, (came, f))| (day, (came / f).ln()))
            .collect()
    }
}

/// Less than this is no session to compare with (mL).
const LEAST_ML: f64 = 10.0;
