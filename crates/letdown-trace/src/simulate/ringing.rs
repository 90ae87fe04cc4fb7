//! A bottle on a scale rings for a moment when milk falls in or something touches it: a damped oscillation.

use super::GRID_S;
use crate::random::{Between, Random};

/// Ringing, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ringing {
    /// How far it swings when half a millilitre falls at once (g).
    pub swings_g: Between,
    /// How often (1/s).
    pub per_s: Between,
    /// How long until it is down to 37 % (s).
    pub lasts_s: Between,
}

/// The fall that swings it so far (mL).
const FALLS_ML: f64 = 0.5;
/// A touch swings it as far as so many falls (1).
const TOUCH: f64 = 3.0;
/// More than this it never swings (1, of the regime's swing).
const AT_MOST: f64 = 4.0;

/// How it rings (g, on the grid): `fallen_ml` milk that arrives in each step, `touched_s` when something touched it.
pub(super) fn ring(ringing: &Ringing, fallen_ml: &[f64], touched_s: &[f64], random: &mut Random) -> Vec<f64> {
    let swings_g = ringing.swings_g.draw(random);
    let turn = 2.0 * core::f64::consts::PI * ringing.per_s.draw(random) * GRID_S;
    let keeps = libm::exp(-GRID_S / ringing.lasts_s.draw(random));
    let (cos, sin) = (keeps * libm::cos(turn), keeps * libm::sin(turn));
    let mut touches = touched_s.iter().map(|s| super::steps_in(*s)).peekable();
    let (mut x, mut y) = (0.0, 0.0);
    let step = |(i, ml): (usize, &f64)| {
        (x, y) = (cos * x - sin * y, sin * x + cos * y);
        y += swings_g * ml / FALLS_ML;
        while touches.next_if(|touch| *touch <= i).is_some() {
            y += TOUCH * swings_g;
        }
        let most_g = AT_MOST * swings_g;
        (x, y) = (x.clamp(-most_g, most_g), y.clamp(-most_g, most_g));
        x
    };
    fallen_ml.iter().enumerate().map(step).collect()
}
