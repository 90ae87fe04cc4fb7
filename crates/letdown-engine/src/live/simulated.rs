//! Sessions of simulated women in front of a simulated scale, as they were kept: the page that shows one need not carry
//! the woman, the pump and the scale along. A test makes them anew ([`crate::traces`]) and compares.

use letdown_trace::{packed, reading::Reading};

/// How long a simulated session is (min).
pub const SIMULATED_MIN: f64 = 20.0;

/// A session that was simulated, and its milk second by second.
#[derive(Clone, Copy, Debug)]
pub struct Simulated {
    /// The seed of [`crate::traces::Seen::drawn`], in the quiet regime.
    pub seed: u64,
    /// Its milk, as [`letdown_trace::packed`] keeps it.
    pub trace: &'static str,
}

/// Sessions of several let-downs each.
pub const SIMULATED: [Simulated; 3] = [
    Simulated { seed: 11, trace: include_str!("simulated-11.txt") },
    Simulated { seed: 29, trace: include_str!("simulated-29.txt") },
    Simulated { seed: 32, trace: include_str!("simulated-32.txt") },
];

/// How often the scale sends (1/s).
const RATE: u32 = 4;

/// What the scale sends: milk on a straight line from second to second, in the steps of its display.
pub(super) fn readings(chance: u64) -> Vec<Reading> {
    let which = usize::try_from(chance).unwrap_or(0).checked_rem(SIMULATED.len()).unwrap_or(0);
    let series = SIMULATED.get(which).and_then(|simulated| packed::unpack(simulated.trace.trim_end()).ok());
    let series = series.unwrap_or_default();
    let step_g = f64::from(series.step_cg.max(1)) / 100.0;
    let mut readings = Vec::new();
    for (i, two) in series.seconds.windows(2).enumerate() {
        let [from, to] = two else { continue };
        for part in 0..RATE {
            let gone = f64::from(part) / f64::from(RATE);
            let milk_g = from.milk_g() + gone * (to.milk_g() - from.milk_g());
            readings.push(Reading::new(series.t_s(i) + gone, (milk_g / step_g).round() * step_g));
        }
    }
    readings
}
