//! From the display to the listener: readings come at the scale's rate, not quite evenly; some come twice, some overtake
//! each other, and now and then nothing comes for seconds.

use super::GRID_S;
use crate::{
    found::{Doubt, DoubtKind},
    random::{Between, Random},
    reading::Reading,
};

/// The way of readings, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Air {
    /// Readings (1/s).
    pub rate_hz: f64,
    /// How unevenly they come (1, standard deviation against the time between two).
    pub jitter: f64,
    /// Holes (1/min).
    pub holes_per_min: f64,
    /// How long a hole is (s).
    pub hole_s: Between,
    /// Share of readings that come twice (1).
    pub twice: f64,
    /// Share of readings that the next one overtakes (1).
    pub overtaken: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heard {
    pub(super) readings: Vec<Reading>,
    pub(super) doubts: Vec<Doubt>,
}

pub(super) fn hear(air: &Air, display_g: &[f64], random: &mut Random) -> Heard {
    let seconds = display_g.len() as f64 * GRID_S;
    let starts_s = random.arrivals(air.holes_per_min / 60.0, seconds);
    let hole = |start_s: &f64| {
        let end_s = (start_s + air.hole_s.draw(random)).min(seconds);
        Doubt { kind: DoubtKind::Hole, start_s: *start_s, end_s, offset_g: 0.0 }
    };
    let doubts: Vec<Doubt> = starts_s.iter().map(hole).collect();
    let is_heard = |t_s: f64| !doubts.iter().any(|hole| hole.start_s <= t_s && t_s < hole.end_s);

    let mut readings = Vec::new();
    for k in 0..(seconds * air.rate_hz) as usize {
        let shown_s = k as f64 / air.rate_hz;
        let late_s = air.jitter / air.rate_hz * random.normal();
        let comes_twice = random.happens(air.twice);
        let Some(mass_g) = display_g.get((shown_s / GRID_S) as usize) else { break };
        if is_heard(shown_s) {
            let reading = Reading::new((shown_s + late_s).max(0.0), *mass_g);
            readings.extend(core::iter::repeat_n(reading, 1 + usize::from(comes_twice)));
        }
    }
    let mut i = 1;
    while i < readings.len() {
        if random.happens(air.overtaken) {
            readings.swap(i - 1, i);
            i += 1;
        }
        i += 1;
    }
    Heard { readings, doubts }
}
