//! Traces whose truth is known.
//!
//! Milk leaves a breast ([`outflow`]; whole sessions of it are drawn in [`families`]). On its way it wets walls and fills
//! the cup above the valve ([`way`]), falls in the release part of each pump cycle ([`pump`]) and at low flow in single
//! drops ([`drops`]). The scale feels more than milk: ringing ([`ringing`]), the pull of the tube ([`tube`]), touches
//! ([`bumps`]), hands on the bottle ([`handling`]). For a while she may massage, or the pump stand ([`spells`]). It has a mind of its own ([`scale`]), and not all it says is heard
//! ([`air`]). How much of each is a [`Regime`]. What really happened is the [`Truth`].
//!
//! `docs/simulated-traces.md` has the numbers in one place; they are judged where none is published. Left out: evaporation, foam, a bottle that
//! leaks, temperature.
//!
//! ```
//! use letdown_trace::simulate::{Regime, families::{Family, Session}, simulate};
//!
//! let session = Session::drawn(Family::Gamma, 15.0, 7);
//! let seen = simulate(&session.breasts, &Regime::quiet(), 7);
//! assert!(!seen.truth.let_downs.is_empty());
//! assert!(seen.readings.len() > 8_000);
//! ```

pub mod families;
pub mod outflow;

pub mod drops;
pub mod pump;
pub mod way;

pub mod bumps;
pub mod handling;
pub mod ringing;
pub mod spells;
pub mod tube;

pub mod air;
pub mod scale;
pub mod taps;

mod regime;
mod truth;

pub use outflow::{Outflow, Pulse};
pub use regime::Regime;
pub use truth::Truth;

use crate::{
    random::Random,
    reading::{MILK_G_PER_ML, Reading},
};

/// The step of the simulation (s): a fast pump releases for 0.15 s.
pub const GRID_S: f64 = 0.02;

/// A simulated trace and what really happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// What was heard, in the order in which it was heard.
    pub readings: Vec<Reading>,
    /// What happened.
    pub truth: Truth,
    /// What stayed in cups, on walls and on its way (mL).
    pub kept_ml: f64,
}

/// Milk of one or two breasts falls into one bottle on a scale. The same seed gives the same bytes; every disturbance has its
/// own stream of a seed, so that two regimes see the same milk.
pub fn simulate(breasts: &[Outflow], regime: &Regime, seed: u64) -> Simulated {
    let stream = |number: u64| Random::stream(seed, number);
    let seconds = breasts.iter().map(Outflow::seconds).fold(0.0, f64::max);
    let steps = steps_in(seconds);

    let mut passed = way::pass(breasts, &regime.way, steps, &mut stream(1));
    let stands = spells::draw(&regime.stands, seconds, &mut stream(9));
    spells::stop(&mut passed.flow_ml_per_s, &stands);
    let pump = pump::Pump::drawn(&regime.pump, &passed.onsets_s, seconds, &stands, &mut stream(2));
    let fallen_ml = drops::fall(&pump.let_fall(&passed.flow_ml_per_s), &passed.flow_ml_per_s);

    let massages = spells::draw(&regime.massages.spells, seconds, &mut stream(10));
    let mut touched = bumps::touch(&regime.bumps, seconds, &mut stream(3));
    touched.add(bumps::massage(&regime.bumps, &regime.massages, &massages, seconds, &mut stream(11)));
    let handled = handling::handle(&regime.handling, seconds, &mut stream(4));
    let pull = tube::pull(&regime.tube, &pump, seconds, &mut stream(5));
    touched.doubts.extend(pull.doubts);

    let mut force_g = handled.weigh(&fallen_ml.iter().map(|ml| ml * MILK_G_PER_ML).collect::<Vec<_>>());
    let rings_g = ringing::ring(&regime.ringing, &fallen_ml, &touched.starts_s(), &mut stream(6));
    for (i, force) in force_g.iter_mut().enumerate() {
        let more = [&pull.force_g, &touched.force_g, &rings_g];
        *force += more.iter().filter_map(|series| series.get(i)).sum::<f64>();
    }
    let display_g = scale::show(&regime.scale, &force_g, &handled.tares_s, &mut stream(7));
    let heard = air::hear(&regime.air, &display_g, &mut stream(8));

    let mut doubts = [touched.doubts, handled.doubts, heard.doubts].concat();
    doubts.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let begins =
        |valve_s: &f64| truth::Beginning { valve_s: *valve_s, bottle_s: pump.next_release_s(*valve_s) };
    let beginnings = passed.onsets_s.iter().flatten().map(begins).collect();
    let truth = truth::tell(&passed.flow_ml_per_s, beginnings, &fallen_ml, doubts);
    let truth = Truth { massages, stands, ..truth };
    let came_ml: f64 = breasts.iter().map(Outflow::total_ml).sum();
    Simulated { readings: heard.readings, kept_ml: came_ml - truth.total_ml, truth }
}

fn steps_in(seconds: f64) -> usize {
    (seconds / GRID_S).round().max(0.0) as usize
}
