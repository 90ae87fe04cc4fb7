//! The equations, tested from outside: one file per promise.
#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up should stop")]

/// Capacity under its ceiling against small steps.
mod ceiling;

/// Lives side by side against each of them alone.
mod cohort;

/// The tabulated curve of a gap against the solver.
mod curve;

/// The closed form of a gap against an adaptive solver, and its properties.
mod filling;

/// Reverse-mode derivatives against central differences.
mod gradients;

/// The hybrid in the hands of an adaptive solver, for `oracle` and the benches.
mod hybrid;

/// Milk is neither made from nothing nor lost.
mod mass;

/// Gaps and weeks against an adaptive solver.
mod oracle;

/// What comes out of the equations without being written in.
mod physiology;

/// Same seed, same bytes.
mod seeds;

/// Two time scales of one session agree.
mod surrogate;

/// Milk is neither made from nothing nor lost within a session.
mod session_mass;

/// A session and its step, its seed, its watcher.
mod session_steps;

/// When pulses come and how large they are, against closed forms.
mod reflex;

/// Oxytocin and contraction against closed forms.
mod squeeze;

/// Milk on its way through the ducts against closed forms.
mod ducts;

/// Cues against a second, plain implementation, and what is known of conditioning.
mod learning;

/// What milk costs.
mod energy;

/// What a session leaves behind in a body, and what it learns of it.
mod body;

/// What touches a breast, and how well it takes.
mod touch;
