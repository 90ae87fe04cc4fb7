//! What really happened in the bottle.
//!
//! A let-down begins with the first milk of its own that falls into the bottle: after cup, wetting, the way and the valve,
//! before any noise. It ends when the flow is back under a fifth of its peak, or with the next let-down. Flow is that which
//! comes to the valve, so that it does not stop in every cycle of the pump. A pulse counts as a let-down when it brings
//! [`LET_DOWN_ML`] and the flow visibly rises, by 1.2 mL a minute and by a quarter; others are *faint*: a watcher may see
//! them or not, and they end nothing.

use super::{GRID_S, spells::Spell};
use crate::found::{Doubt, LET_DOWN_ML, LetDown};

/// What really happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Truth {
    /// Its let-downs, in order, with full confidence.
    pub let_downs: Vec<LetDown>,
    /// When pulses began that are no let-downs to a watcher (s): too little milk, or no rise above the tail of the last one.
    pub faint_s: Vec<f64>,
    /// When the first let-down came (s).
    pub first_s: Option<f64>,
    /// When the flow of two minutes was first under 3 mL a minute after that (s).
    pub slowed_s: Option<f64>,
    /// Milk that fell into bottles (mL).
    pub total_ml: f64,
    /// The same at each whole second, from 0 s on (mL).
    pub milk_ml: Vec<f64>,
    /// What disturbed the scale, in order of time; a Hole is silence.
    pub doubts: Vec<Doubt>,
    /// When she massaged, in order; a regime whose touches never cease has none.
    pub massages: Vec<Spell>,
    /// When the pump stood, in order.
    pub stands: Vec<Spell>,
}

/// Flow rises visibly by at least this (mL/s), 1.2 mL a minute, ...
const RISE_ML_PER_S: f64 = 0.02;
/// ... and by at least this share of what flowed already (1).
const RISE: f64 = 0.25;
/// The end of a let-down, against its peak (1).
const ENDS_AT: f64 = 0.2;
const SLOW_ML_PER_S: f64 = 0.05;
const SLOW_OVER_S: f64 = 120.0;

/// When a pulse begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beginning {
    /// Its first milk comes to the valve (s).
    pub(super) valve_s: f64,
    /// The valve lets it fall (s).
    pub(super) bottle_s: f64,
}

pub(super) fn tell(
    flow_ml_per_s: &[f64],
    mut beginnings: Vec<Beginning>,
    fallen_ml: &[f64],
    doubts: Vec<Doubt>,
) -> Truth {
    let seconds = flow_ml_per_s.len() as f64 * GRID_S;
    beginnings.retain(|b| b.bottle_s < seconds);
    beginnings.sort_by(|a, b| a.bottle_s.total_cmp(&b.bottle_s));
    let milk_ml = by_second(fallen_ml);
    let total_ml = fallen_ml.iter().sum();
    let mut truth = Truth { total_ml, milk_ml, doubts, ..Truth::default() };
    let seen = |beginnings: &[Beginning]| -> Vec<Option<LetDown>> {
        let ends_s = beginnings.iter().skip(1).map(|b| b.bottle_s).chain([seconds]);
        beginnings.iter().zip(ends_s).map(|(b, until_s)| let_down(flow_ml_per_s, b, until_s)).collect()
    };
    let (mut clear, mut faint) = (Vec::new(), Vec::new());
    for (beginning, seen) in beginnings.iter().zip(seen(&beginnings)) {
        if seen.is_some() { clear.push(*beginning) } else { faint.push(beginning.bottle_s) }
    }
    // A faint pulse does not end the let-down before it.
    truth.let_downs = seen(&clear).into_iter().flatten().collect();
    truth.faint_s = faint;
    truth.first_s = truth.let_downs.first().map(|l| l.onset_s);
    truth.slowed_s = truth.first_s.and_then(|first_s| slowed_s(flow_ml_per_s, first_s));
    truth
}

fn by_second(fallen_ml: &[f64]) -> Vec<f64> {
    let mut milk_ml = vec![0.0];
    let mut so_far_ml = 0.0;
    for second in fallen_ml.chunks(super::steps_in(1.0)) {
        so_far_ml += second.iter().sum::<f64>();
        milk_ml.push(so_far_ml);
    }
    milk_ml
}

/// The let-down from one pulse to the next, when it is one.
fn let_down(flow_ml_per_s: &[f64], begins: &Beginning, until_s: f64) -> Option<LetDown> {
    let onset_s = begins.bottle_s;
    let before = super::steps_in(begins.valve_s).saturating_sub(1);
    let (from, to) = (super::steps_in(onset_s), super::steps_in(until_s));
    let own = flow_ml_per_s.get(from..to.min(flow_ml_per_s.len()))?;
    let at = (0..own.len()).max_by(|a, b| own[*a].total_cmp(&own[*b]))?;
    let peak = own[at];
    let lowest = flow_ml_per_s[before..=from + at].iter().copied().fold(peak, f64::min);
    let lasts = own[at..].iter().position(|flow| *flow < ENDS_AT * peak).map_or(own.len(), |i| at + i);
    let volume_ml = own[..lasts].iter().sum::<f64>() * GRID_S;
    let seen = LetDown {
        onset_s,
        onset_sd_s: 0.0,
        end_s: onset_s + lasts as f64 * GRID_S,
        volume_ml,
        volume_sd_ml: 0.0,
        peak_ml_per_min: 60.0 * peak,
        confidence: 1.0,
    };
    (peak - lowest >= RISE_ML_PER_S.max(RISE * lowest) && volume_ml >= LET_DOWN_ML).then_some(seen)
}

fn slowed_s(flow_ml_per_s: &[f64], first_s: f64) -> Option<f64> {
    let window = super::steps_in(SLOW_OVER_S);
    let from = super::steps_in(first_s);
    let mut came_ml: f64 = flow_ml_per_s.get(from..from + window)?.iter().sum::<f64>() * GRID_S;
    for i in from + window..flow_ml_per_s.len() {
        came_ml += (flow_ml_per_s[i] - flow_ml_per_s[i - window]) * GRID_S;
        if came_ml < SLOW_ML_PER_S * SLOW_OVER_S {
            return Some((i + 1) as f64 * GRID_S);
        }
    }
    None
}
