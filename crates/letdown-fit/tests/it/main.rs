//! The fit, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::disallowed_methods, reason = "an oracle may ask the platform for a logarithm")]

/// Logs made by the model itself.
mod simulated;

/// The hand-written gradient against central differences.
mod gradient;

/// The density of a whole log against a second implementation, written from the book in forty digits.
mod density;

/// The likelihood of a reading against the density integrated by brute force.
mod reading;

/// The belief along a log against thousands of lives lived by the model.
mod particles;

/// R-hat, effective sample size and normal quantiles against what is known in closed form.
mod chains;

/// The truth behind fifty simulated logs against the ranges fitted to them, and their next days against the forecasts.
mod recovery;

/// The truth stands anywhere among its draws.
mod calibrated;

/// A fit as bytes.
mod kept;

/// Logs that are not what the model takes them to be.
mod misspecified;

/// What a baby takes: found again from weighed feeds and from growth.
mod babies;

/// What techniques, pumps and feelings do to a session, found again.
mod effects;

/// Minutes past the end of flow: found again, and silent where a log does not tell.
mod past_flow;

/// Sessions to come are as long as hers.
mod lengths;

/// The first weeks after a birth, and weaning.
mod regimes;

/// The slope of the likelihood at the truth is 0 on average.
mod scores;

/// One more entry: draws weighted by it against a fit of the whole log, and when they no longer do.
mod news;

/// Sessions that were not written down.
mod unlogged;

/// What a fit refuses, and that it gives the same draws for the same log.
mod promises;
