//! The let-down reflex: when the next pulse of oxytocin comes, and how large it is.
//!
//! ```text
//! E = max(0, u + min(0.6, sum V c)) exp(-s_c)     drive of the first pulse: touch u and learned cues, less stress s_c
//! D = max(0, u) exp(-s_c)                         drive of later pulses: cues start a let-down, touch keeps it coming
//! first   dX = (G E - X/tau_X) dt + 0.008 dW                                fires at X = 1
//! later   dX = (D/0.55)^0.4 exp(-0.7 s_c) / P_k dt + 0.008 dW               dead time 30 s
//!         P_k = P (1 + 0.10 (k - 1)) exp(0.25 z)                            k pulses so far; at rest while D = 0
//! size    J_k = J0 R (E exp(s_c)/0.55)^0.5 exp(0.35 z - 0.06),  D in place of E for k > 1
//! fatigue R <- R (1 - q) at a pulse,   dR/dt = (1 - R)/tau_R
//! ```
//!
//! A drive below `1/(G tau_X)`, about 0.19, never fires: that is milk made and not released. `P` is her own period, a trait;
//! her pattern repeats from session to session. Stress lowers how often pulses come, not their size.
//!
//! Sources: 5.1 pulses (SD 2.0) in 15 minutes of double pumping, the pattern her own for months (Prime 2011,
//! doi 10.1089/bfm.2011.0014); 3.3 and 3.7 in 10 minutes (Ramsay 2005); pulses at 0.54 of their number under sums or noise,
//! with hardly less milk (Ueda 1994); a rise before any touch in nearly all women with learned cues (`McNeilly` 1983).
//! Range: sessions of 1 s to 90 min, `u` 0 to 1.25, `s_c` 0 to 3. Left out: dose in blood as a concentration, what feeds the
//! hypothalamus, an inhibition that outlasts the stress.

use crate::random::Random;

/// The reflex of one woman.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reflex {
    /// How fast drive adds up to a first pulse (`G`, 1/s).
    pub gain_per_s: f64,
    /// How fast it is forgotten (`tau_X`, s).
    pub forgets_s: f64,
    /// Her own period (`P`, s).
    pub period_s: f64,
    /// Size of a fresh pulse (`J0`, 1).
    pub pulse: f64,
    /// What each pulse uses up (`q`, 1).
    pub fatigue: f64,
    /// How fast that comes back (`tau_R`, s).
    pub recovers_s: f64,
}

/// The most that learned cues add to touch (1).
pub const CUES_AT_MOST: f64 = 0.6;
/// Noise of the integrator (1/sqrt(s)).
const NOISE: f64 = 0.008;
/// After a pulse none follows for so long (s).
pub const DEAD_S: f64 = 30.0;
/// The touch at which a period and a pulse are defined: a pump at one breast.
const USUAL_TOUCH: f64 = super::touch::PUMP_TOUCH;
const PERIOD_SPREAD: f64 = 0.25;
const PERIOD_GROWS: f64 = 0.10;
const SIZE_SPREAD: f64 = 0.35;
const STRESS_DELAYS: f64 = 0.7;
/// Where the integrator stands when touch begins, at most (1).
const HEAD_START: f64 = 0.12;

/// What reaches the reflex at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drive {
    /// Touch of both sides (`u`, 0 to 1.25).
    pub touch: f64,
    /// Strength of the learned cues that are there (`sum V c`, 1).
    pub cues: f64,
    /// Stress at the centre (`s_c`, 0 to 3).
    pub stress: f64,
}

impl Drive {
    /// Touch and cues before stress weakens them.
    pub fn unstressed(&self) -> f64 {
        (self.touch + self.cues.min(CUES_AT_MOST)).max(0.0)
    }

    /// Drive of the first pulse (`E`, 1).
    pub fn first(&self) -> f64 {
        self.unstressed() * libm::exp(-self.stress)
    }

    /// Drive of later pulses, against that of a pump at one breast: `(D/0.55)^0.4 exp(-0.7 s_c)`.
    fn later(&self) -> f64 {
        if self.touch <= 0.0 {
            return 0.0;
        }
        libm::pow(self.touch / USUAL_TOUCH, 0.4) * libm::exp(-(0.4 + STRESS_DELAYS) * self.stress)
    }
}

/// The reflex in one session.
#[derive(Clone, Debug)]
pub struct Running {
    charge: f64,
    rested: f64,
    pulses: u32,
    since_pulse_s: f64,
    period_s: f64,
    /// Sizes and periods have a stream of their own: the third pulse is the same third pulse, whenever it comes.
    pulse_chance: Random,
}

impl Running {
    /// The reflex at the first touch or cue.
    pub fn begin(reflex: &Reflex, random: &mut Random) -> Self {
        let charge = HEAD_START * random.uniform();
        let mut pulse_chance = random.branch();
        let period_s = reflex.period_s * libm::exp(PERIOD_SPREAD * pulse_chance.normal());
        Self { charge, rested: 1.0, pulses: 0, since_pulse_s: f64::INFINITY, period_s, pulse_chance }
    }

    /// Pulses so far.
    pub fn pulses(&self) -> u32 {
        self.pulses
    }

    /// How near the next pulse is (0 to 1).
    pub fn charge(&self) -> f64 {
        self.charge
    }

    /// The next `dt_s` seconds under a drive. Returns the size of a pulse that came (1).
    pub fn step(&mut self, reflex: &Reflex, pace: &Pace, dt_s: f64, random: &mut Random) -> Option<f64> {
        self.since_pulse_s += dt_s;
        let noise = pace.noise * random.normal();
        self.rested += (1.0 - self.rested) * dt_s / reflex.recovers_s;
        if self.pulses == 0 {
            self.charge = (self.charge * pace.kept + pace.gained + noise).max(0.0);
        } else if pace.later > 0.0 {
            self.charge = (self.charge + pace.later * dt_s / self.period_s + noise).max(0.0);
        } else {
            // Touch keeps pulses coming: without it nothing adds up, and noise alone must not.
            return None;
        }
        (self.charge >= 1.0 && self.since_pulse_s > DEAD_S).then(|| self.fire(reflex, pace))
    }

    fn fire(&mut self, reflex: &Reflex, pace: &Pace) -> f64 {
        let push = if self.pulses == 0 { pace.unstressed } else { pace.touch };
        let odd = libm::exp(SIZE_SPREAD * self.pulse_chance.normal() - 0.5 * SIZE_SPREAD * SIZE_SPREAD);
        let size = reflex.pulse * self.rested * libm::sqrt(push / USUAL_TOUCH) * odd;
        self.pulses += 1;
        self.rested *= 1.0 - reflex.fatigue;
        self.charge = 0.0;
        self.since_pulse_s = 0.0;
        let later = 1.0 + PERIOD_GROWS * f64::from(self.pulses - 1);
        self.period_s = reflex.period_s * later * libm::exp(PERIOD_SPREAD * self.pulse_chance.normal());
        size
    }
}

/// What a drive does to the integrator in one step, worked out once per drive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    kept: f64,
    gained: f64,
    later: f64,
    noise: f64,
    unstressed: f64,
    touch: f64,
}

impl Pace {
    /// The pace of a drive at steps of `dt_s` seconds; the leak of the first pulse's integrator is exact.
    pub fn of(reflex: &Reflex, drive: &Drive, dt_s: f64) -> Self {
        let kept = libm::exp(-dt_s / reflex.forgets_s);
        Self {
            kept,
            gained: reflex.gain_per_s * drive.first() * reflex.forgets_s * (1.0 - kept),
            later: drive.later(),
            noise: NOISE * libm::sqrt(dt_s),
            unstressed: drive.unstressed(),
            touch: drive.touch.max(0.0),
        }
    }
}

/// The pulses of a reflex alone, without milk: times (s) and sizes (1) under a steady drive.
///
/// ```
/// use letdown_model::{mother::Mother, random::Random, session::reflex::{Drive, pulses}};
/// let her = Mother::typical();
/// let nursing = Drive { touch: 0.95, cues: 0.4, stress: 0.0 };
/// assert!(!pulses(&her.ejection.reflex, &nursing, 300.0, &mut Random::seeded(1)).is_empty());
/// let thought = Drive { touch: 0.0, cues: 0.05, stress: 0.0 };
/// assert!(pulses(&her.ejection.reflex, &thought, 300.0, &mut Random::seeded(1)).is_empty());
/// ```
pub fn pulses(
    reflex: &Reflex,
    drive: &Drive,
    seconds: f64,
    random: &mut Random,
) -> alloc::vec::Vec<(f64, f64)> {
    const STEP_S: f64 = 0.5;
    let pace = Pace::of(reflex, drive, STEP_S);
    let mut running = Running::begin(reflex, random);
    let steps = (seconds / STEP_S) as u32;
    let mut came = alloc::vec::Vec::new();
    for i in 1..=steps {
        if running.pulses == 1 && pace.later <= 0.0 {
            break;
        }
        if let Some(size) = running.step(reflex, &pace, STEP_S, random) {
            came.push((STEP_S * f64::from(i), size));
        }
    }
    came
}
