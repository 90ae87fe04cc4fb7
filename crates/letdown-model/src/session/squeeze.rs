//! From a pulse in the blood to alveoli that are squeezed.
//!
//! ```text
//! dB/dt = sum J_k delta(t - t_k) - k_B B                        oxytocin in the blood (1)
//! dA/dt = (H - A)/tau,  tau 9 s up, 22 s down                   contraction (0 to 1)
//! H     = B(t-L)^3 / (B(t-L)^3 + 0.42^3) (1 - 0.35 s_p)         L lag (s); s_p adrenaline at the gland (0 to 2)
//! ```
//!
//! One set of pulses serves both breasts. Between pulses `B` is exact; `A` is exact for an `H` that holds over a step.
//!
//! Sources: oxytocin's half-life in lactating women is well under a minute in the fast phase; a duct is wide for 45 s to
//! 3.5 min per ejection (Gardner 2015, doi 10.1186/s12884-015-0583-3); left and right rises coincide in 95.5 % of double
//! pumping (Prime 2009, doi 10.1186/1746-4358-4-10); adrenaline acts at the gland in animals. Left out: vessels.

use alloc::vec::Vec;

/// How one woman's glands answer to a pulse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gland {
    /// How fast oxytocin leaves the blood (`k_B`, 1/s).
    pub clears_per_s: f64,
    /// From pulse to squeeze (`L`, s).
    pub lag_s: f64,
}

const HALF_SQUEEZE: f64 = 0.42;
const RISES_S: f64 = 9.0;
const FALLS_S: f64 = 22.0;
/// What adrenaline at the gland takes from a squeeze (1).
const ADRENALINE: f64 = 0.35;

/// Oxytocin and contraction in one session.
#[derive(Clone, Debug, Default)]
pub struct Squeeze {
    on_the_way: Vec<(f64, f64)>,
    blood: f64,
    /// Contraction (`A`, 0 to 1).
    pub contraction: f64,
}

/// What a step length makes of the decays, worked out once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decay {
    blood: f64,
    rising: f64,
    falling: f64,
}

impl Decay {
    /// Decays over `dt_s` seconds.
    pub fn over(gland: &Gland, dt_s: f64) -> Self {
        Self {
            blood: libm::exp(-gland.clears_per_s * dt_s),
            rising: 1.0 - libm::exp(-dt_s / RISES_S),
            falling: 1.0 - libm::exp(-dt_s / FALLS_S),
        }
    }
}

impl Squeeze {
    /// A pulse of a size left the brain at `t_s`.
    pub fn pulse(&mut self, gland: &Gland, t_s: f64, size: f64) {
        self.on_the_way.push((t_s + gland.lag_s, size));
    }

    /// Oxytocin as the gland meets it (`B(t - L)`, 1).
    pub fn at_the_gland(&self) -> f64 {
        self.blood
    }

    /// The step that ends at `t_s`; `adrenaline` at the gland (`s_p`, 0 to 2).
    pub fn step(&mut self, decay: &Decay, t_s: f64, adrenaline: f64) {
        self.blood *= decay.blood;
        let blood = &mut self.blood;
        self.on_the_way.retain(|(at_s, size)| {
            let arrived = *at_s <= t_s;
            if arrived {
                *blood += size;
            }
            !arrived
        });
        let toward = answer(self.blood, adrenaline);
        let step = if toward > self.contraction { decay.rising } else { decay.falling };
        self.contraction += step * (toward - self.contraction);
    }
}

/// `H`: the contraction that a level of oxytocin holds (0 to 1).
pub fn answer(blood: f64, adrenaline: f64) -> f64 {
    const HALF: f64 = HALF_SQUEEZE * HALF_SQUEEZE * HALF_SQUEEZE;
    let cubed = blood * blood * blood;
    cubed / (cubed + HALF) * (1.0 - ADRENALINE * adrenaline).max(0.0)
}
