//! Massage: touches so close together, for so long, that an elbow now and then does not explain them.
//!
//! A second is touched or it is not, and two states take turns unseen: ordinary, where a touch comes every other minute,
//! and massage, where they come one upon the other. The likeliest course of states is told (Viterbi 1967). What a lifted
//! bottle or a hole hides counts for neither.

use crate::series::{MilkSeries, Second};

/// A state: how often a touch begins in a calm second, and how often a touched second is followed by another (1).
struct State {
    begins: f64,
    goes_on: f64,
}

/// A touch every other minute, of three seconds until the display stands again.
const ORDINARY: State = State { begins: 0.008, goes_on: 0.75 };
/// Touches every ten seconds or so.
const MASSAGE: State = State { begins: 0.10, goes_on: 0.85 };
/// Massage begins once in half an hour of pumping, and lasts a minute and a half (1/s).
const BEGINS: f64 = 1.0 / 1_800.0;
const ENDS: f64 = 1.0 / 90.0;

/// A display that does not stand for longer than this (s) tells nothing more by it.
const LONGEST_S: usize = 20;
/// A step of the display (hundredths of a gram) that is too coarse to tell a massage from a touch.
const COARSE_CG: u16 = 100;

/// What a second says.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Said {
    Calm,
    Touched,
    Nothing,
}

/// Whether she massaged, for each second.
pub(crate) fn massaged(series: &MilkSeries) -> Vec<bool> {
    if series.step_cg >= COARSE_CG {
        return vec![false; series.seconds.len()];
    }
    let said = said(series);
    // By how much massage is likelier than the ordinary, of the best course that ends in each state.
    let (mut ordinary, mut massage) = (0.0, libm::log(BEGINS));
    let mut before = Said::Nothing;
    let mut came_from = Vec::with_capacity(said.len());
    for now in &said {
        let (stays, enters) = (ordinary + libm::log(1.0 - BEGINS), ordinary + libm::log(BEGINS));
        let (goes_on, leaves) = (massage + libm::log(1.0 - ENDS), massage + libm::log(ENDS));
        came_from.push((leaves > stays, goes_on >= enters));
        ordinary = stays.max(leaves);
        massage = goes_on.max(enters) + speaks_for_massage(before, *now);
        before = *now;
    }
    let mut is_massage = massage > ordinary;
    let mut massaged = vec![false; said.len()];
    for (second, (left, went_on)) in massaged.iter_mut().zip(came_from).rev() {
        *second = is_massage;
        is_massage = if is_massage { went_on } else { left };
    }
    massaged
}

/// How much likelier (log) two seconds after each other are in massage.
fn speaks_for_massage(before: Said, now: Said) -> f64 {
    let of = |state: &State| match (before, now) {
        (Said::Touched, Said::Touched) => state.goes_on,
        (Said::Touched, Said::Calm) => 1.0 - state.goes_on,
        (_, Said::Touched) => state.begins,
        (_, Said::Calm) => 1.0 - state.begins,
        (_, Said::Nothing) => 1.0,
    };
    libm::log(of(&MASSAGE) / of(&ORDINARY))
}

/// A disturbance at the beginning, or one that goes over into an absence of the bottle, is no touch.
fn said(series: &MilkSeries) -> Vec<Said> {
    let mut said: Vec<Said> = series.seconds.iter().map(|second| of(*second)).collect();
    let mut hides = true;
    for i in 0..said.len() {
        hides = hidden(&mut said, i, hides, series);
    }
    let mut hides = false;
    for i in (0..said.len()).rev() {
        hides = hidden(&mut said, i, hides, series);
    }
    let mut run = 0;
    for now in &mut said {
        run = if *now == Said::Touched { run + 1 } else { 0 };
        if run > LONGEST_S {
            *now = Said::Nothing;
        }
    }
    said
}

fn of(second: Second) -> Said {
    match second.flags {
        0 => Said::Calm,
        Second::DISTURBED => Said::Touched,
        _ => Said::Nothing,
    }
}

/// A touched second beside a hidden one is hidden as well.
fn hidden(said: &mut [Said], i: usize, beside: bool, series: &MilkSeries) -> bool {
    let is_away = series.seconds.get(i).is_some_and(|second| second.flags & Second::AWAY != 0);
    let Some(now) = said.get_mut(i) else { return false };
    if beside && *now == Said::Touched {
        *now = Said::Nothing;
    }
    is_away || (beside && *now == Said::Nothing)
}
