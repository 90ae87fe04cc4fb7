//! Demand: how the body learns how much milk is wanted, over days and weeks.
//!
//! ```text
//! dF/dt    = A (f - F) / tau_F
//! d ln C/dt = [ k w A (F0 - F) + m_s Z - lam ln(C/C0) - k_ret step(F - 0.9) - k_max max(0, ln(C/Cmax)) ] / 24 h
//! ```
//!
//! `F` remembered fullness, the body's measure of demand: low when much is removed. `F0` the fullness at which capacity
//! holds still. `Z` minutes of pumping past the end of flow in the last 24 h, in tens; no trial measures `m_s`, so it is
//! shown as unproven. `k_ret` long fullness shuts glands down (no human data). `w` early weeks are plastic. `Cmax` is where
//! growth ends: a strong pull back (`k_max` 1/day) rather than a wall, so that everything stays smooth.
//!
//! *Hybrid by definition*: between two removals C is constant; at a removal F and ln C advance over the gap. F follows
//! its exponential toward the gap's mean fullness, ln C its linear law under the gap's mean of F:
//!
//! ```text
//! F'    = m + (F - m) E,    E = exp(-x),  x = A h / tau_F
//! mean F = m + (F - m) (1 - E) / x
//! c'    = c e + drive (1 - e) / lam,    e = exp(-lam h / 24),  c = ln(C/C0)
//! ```
//!
//! and what of `c'` lies above `ln(Cmax/C0)` is pulled back at the end of the gap.
//!
//! Sources: one more expression a day (Dewey 1986), frequency and volume (de Carvalho 1983, 1985), `docs/model.md`.

use crate::{
    maths::{Exact, Maths, Quick},
    number::Number,
};

/// How one woman's capacity answers to demand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand<T = f64> {
    /// Remembered fullness at which capacity holds still (`F0`, 1).
    pub set_fullness: T,
    /// How long fullness is remembered (`tau_F`, h).
    pub memory_h: T,
    /// Growth of ln C per day and unit of `F0 - F` (`k`, 1/day).
    pub gain_per_day: T,
    /// Return of ln C to its baseline (`lam`, 1/day).
    pub return_per_day: T,
    /// How much more plastic the first 14 days are (`w`, 1).
    pub early_gain: T,
    /// Loss of ln C per day when the breast stays full (`k_ret`, 1/day).
    pub retention_per_day: T,
    /// Growth of ln C per day and ten minutes past the end of flow (`m_s`, 1/day). Unproven.
    pub past_flow_per_day: T,
    /// Where growth of capacity ends, as a ratio to its baseline (`Cmax/C0`, 1).
    pub ceiling: T,
}

/// Where one breast stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory<T = f64> {
    /// Remembered fullness (`F`, 1).
    pub fullness: T,
    /// Capacity against its baseline (`ln(C/C0)`, 1).
    pub ln_capacity: T,
}

/// What a breast lived through in one gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lived<T = f64> {
    /// Mean fullness (1).
    pub mean_fullness: T,
    /// Length of the gap (h).
    pub hours: f64,
    /// Mean secretory activation in it (`A`, 1 once established).
    pub activation: T,
    /// Whether it lies in the first 14 days after the birth.
    pub early: bool,
    /// Minutes of pumping past the end of flow in the last 24 h.
    pub past_flow_min: f64,
}

impl<T: Number> Lived<T> {
    /// A gap in established lactation, with no pumping past the end of flow.
    pub fn established(mean_fullness: T, hours: f64) -> Self {
        Self { mean_fullness, hours, activation: T::ONE, early: false, past_flow_min: 0.0 }
    }
}

/// The remembered fullness above which glands begin to shut down, and how gradual that is (1).
pub(crate) const RETENTION_FROM: f64 = 0.9;
pub(crate) const RETENTION_GRADUAL: f64 = 0.05;
/// How hard capacity is pulled back under its ceiling (`k_max`, 1/day).
const CEILING_PULL_PER_DAY: f64 = 1.0;

/// The share that returns in a gap below which it is taken by its first powers, for `(1 - e) / lam` loses digits (1).
const STRAIGHT: f64 = 1e-4;

/// `(1 - exp(-x))/x` by its first powers, for a share `x` that returns too little to ask `exp`.
pub(crate) fn straight(returned: f64) -> Option<f64> {
    (returned < STRAIGHT).then(|| 1.0 - returned * (0.5 - returned / 6.0))
}

/// What a gap does to a memory, whatever it is: the part that time alone decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lapse<T = f64> {
    days: f64,
    /// `x`
    x: T,
    /// `E`
    decay: T,
    /// `(1 - E)/x`
    share: T,
    /// `e`
    held: T,
}

/// A memory after a gap, with the steps that led there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remembered<T = f64> {
    /// The memory.
    pub memory: Memory<T>,
    /// What a deviation of ln C from its baseline keeps over the gap (`e`, 1).
    pub held: T,
    distance: T,
    before_ln_capacity: T,
    x: T,
    decay: T,
    share: T,
    mean_memory: T,
    sensitivity: T,
    retention: T,
    /// `Z`
    past_flow_tens: f64,
    drive: T,
    days: f64,
    ceiling: Ceiling<T>,
}

/// What the ceiling did in a gap: the slopes of ln C by its free course, by where it began, and by ln of the ceiling.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_field_names, reason = "slopes are named by what they are by")]
struct Ceiling<T = f64> {
    by_free: T,
    by_before: T,
    by_ln_ceiling: T,
}

/// From below the ceiling to above it within one gap: free until it is crossed, pulled for the `t` days left.
///
/// ```text
/// s = (free - before)/days      t = (free - c)/s      ln C = c + s (1 - exp(-p t)) / p
/// ```
fn rising_through(before: f64, free: f64, ln_ceiling: f64, days: f64) -> (f64, Ceiling) {
    let rise = (free - before) / days;
    let left = (free - ln_ceiling) / rise;
    let kept = libm::exp(-CEILING_PULL_PER_DAY * left);
    let by_rise = (1.0 - kept) / CEILING_PULL_PER_DAY - left * kept;
    let slopes =
        Ceiling { by_free: by_rise / days + kept, by_before: -by_rise / days, by_ln_ceiling: 1.0 - kept };
    (ln_ceiling + rise * (1.0 - kept) / CEILING_PULL_PER_DAY, slopes)
}

/// From above the ceiling to below it within one gap: pulled until it is crossed after `t` days, free behind it.
///
/// ```text
/// q = (before - free)/days      t = ln(1 + p (before - c)/q) / p      ln C = c - q (days - t)
/// ```
fn falling_through(before: f64, free: f64, ln_ceiling: f64, days: f64) -> (f64, Ceiling) {
    let fall = (before - free) / days;
    let above = before - ln_ceiling;
    let stretch = 1.0 + CEILING_PULL_PER_DAY * above / fall;
    let until = libm::log(stretch) / CEILING_PULL_PER_DAY;
    let by_above = 1.0 / stretch;
    let by_fall = until - above / fall * by_above;
    let slopes = Ceiling {
        by_free: 1.0 - by_fall / days,
        by_before: by_above - 1.0 + by_fall / days,
        by_ln_ceiling: 1.0 - by_above,
    };
    (ln_ceiling - fall * (days - until), slopes)
}

impl Demand {
    /// The memory after a gap.
    ///
    /// ```
    /// use letdown_model::{demand::{Lived, Memory}, mother::Mother};
    /// let demand = Mother::typical().demand;
    /// let start = Memory { fullness: demand.set_fullness, ln_capacity: 0.0 };
    /// let emptier = demand.after(&start, &Lived::established(0.1, 24.0)).memory;
    /// let fuller = demand.after(&start, &Lived::established(0.8, 24.0)).memory;
    /// assert!(fuller.ln_capacity < 0.0 && 0.0 < emptier.ln_capacity);
    /// ```
    pub fn after(&self, memory: &Memory, lived: &Lived) -> Remembered {
        self.after_by::<Exact>(memory, lived, &self.lapse_by::<Exact>(lived.hours, lived.activation))
    }
}

impl<T: Number> Demand<T> {
    /// What a gap does to every memory, by [`Quick`].
    #[inline]
    pub fn lapse(&self, hours: f64, activation: T) -> Lapse<T> {
        self.lapse_by::<Quick>(hours, activation)
    }

    /// [`Demand::after`] by [`Quick`], in a lapse that breasts share.
    #[inline]
    pub fn after_lapse(&self, memory: &Memory<T>, lived: &Lived<T>, lapse: &Lapse<T>) -> Remembered<T> {
        self.after_by::<Quick>(memory, lived, lapse)
    }

    #[inline]
    fn lapse_by<M: Maths>(&self, hours: f64, activation: T) -> Lapse<T> {
        let days = hours / 24.0;
        let x = activation * hours / self.memory_h;
        let decay = M::exp(-x);
        let share = share_of(x, decay);
        Lapse { days, x, decay, share, held: M::exp(-self.return_per_day * days) }
    }

    #[inline]
    fn after_by<M: Maths>(&self, memory: &Memory<T>, lived: &Lived<T>, lapse: &Lapse<T>) -> Remembered<T> {
        let Lapse { days, x, decay, share, held } = *lapse;
        let distance = memory.fullness - lived.mean_fullness;
        let mean_memory = lived.mean_fullness + distance * share;
        let sensitivity = lived.activation * if lived.early { self.early_gain } else { T::ONE };
        let retention = T::ONE / (M::exp(-(mean_memory - RETENTION_FROM) / RETENTION_GRADUAL) + 1.0);
        let drive = self.gain_per_day * sensitivity * (self.set_fullness - mean_memory)
            + self.past_flow_per_day * lived.past_flow_min / 10.0
            - self.retention_per_day * retention;
        let free = memory.ln_capacity * held + self.driven(drive, days, held);
        let (ln_capacity, ceiling) = self.below_ceiling::<M>(memory.ln_capacity, free, days);
        Remembered {
            memory: Memory { fullness: lived.mean_fullness + distance * decay, ln_capacity },
            held,
            distance,
            before_ln_capacity: memory.ln_capacity,
            x,
            decay,
            share,
            mean_memory,
            sensitivity,
            retention,
            past_flow_tens: lived.past_flow_min / 10.0,
            drive,
            days,
            ceiling,
        }
    }

    /// What a drive adds to ln C in a gap: `drive (1 - e) / lam`, and its limit `drive h/24` where nothing returns.
    #[inline]
    fn driven(&self, drive: T, days: f64, held: T) -> T {
        let returned = self.return_per_day * days;
        let bent = drive * (T::ONE - held) / self.return_per_day;
        if returned.each(|x| x >= STRAIGHT) {
            return bent;
        }
        T::of(|l| match straight(returned.lane(l)) {
            Some(share) => drive.lane(l) * days * share,
            None => bent.lane(l),
        })
    }

    /// The slope of [`Demand::driven`] by `lam`.
    #[inline]
    fn driven_by_return(&self, drive: T, days: f64, held: T) -> T {
        let returned = self.return_per_day * days;
        let bent = drive * (held * days - (T::ONE - held) / self.return_per_day) / self.return_per_day;
        if returned.each(|x| x >= STRAIGHT) {
            return bent;
        }
        T::of(|l| match returned.lane(l) {
            x if x < STRAIGHT => drive.lane(l) * days * days * (x * (1.0 / 3.0 - x / 8.0) - 0.5),
            _ => bent.lane(l),
        })
    }

    /// Pulls the free course of ln C back under its ceiling.
    #[inline]
    fn below_ceiling<M: Maths>(&self, before: T, free: T, days: f64) -> (T, Ceiling<T>) {
        // A ceiling lies above the baseline, so most gaps need no logarithm.
        if free.max(before).each(|highest| highest <= 0.0) || days <= 0.0 {
            return (free, Ceiling::untouched());
        }
        let ln_ceiling = M::log(self.ceiling);
        if (free.max(before) - ln_ceiling).each(|above| above <= 0.0) {
            return (free, Ceiling::untouched());
        }
        let mut slopes = Ceiling::<T>::untouched();
        let ln_capacity = T::of(|l| {
            let (ln_capacity, of) = below::<M>(before.lane(l), free.lane(l), ln_ceiling.lane(l), days);
            slopes.by_free = slopes.by_free.with(l, of.by_free);
            slopes.by_before = slopes.by_before.with(l, of.by_before);
            slopes.by_ln_ceiling = slopes.by_ln_ceiling.with(l, of.by_ln_ceiling);
            ln_capacity
        });
        (ln_capacity, slopes)
    }

    /// Carries slopes back through [`Demand::after`] (reverse mode): given those by its result, those by its arguments.
    #[inline]
    pub fn gradient(&self, s: &Remembered<T>, slope: &Memory<T>) -> DemandGradient<T> {
        let on_free = slope.ln_capacity * s.ceiling.by_free;
        let on_drive = on_free * self.driven(T::ONE, s.days, s.held);
        let retention_slope = s.retention * (T::ONE - s.retention) / RETENTION_GRADUAL;
        let on_mean_memory =
            -on_drive * (self.gain_per_day * s.sensitivity + self.retention_per_day * retention_slope);
        let on_x = s.distance * (on_mean_memory * share_by(s.x, s.decay, s.share) - slope.fullness * s.decay);
        DemandGradient {
            fullness: on_mean_memory * s.share + slope.fullness * s.decay,
            mean_fullness: on_mean_memory * (T::ONE - s.share) + slope.fullness * (T::ONE - s.decay),
            ln_capacity: on_free * s.held + slope.ln_capacity * s.ceiling.by_before,
            ceiling: slope.ln_capacity * s.ceiling.by_ln_ceiling / self.ceiling,
            set_fullness: on_drive * self.gain_per_day * s.sensitivity,
            memory_h: -on_x * s.x / self.memory_h,
            gain_per_day: on_drive * s.sensitivity * (self.set_fullness - s.mean_memory),
            past_flow_per_day: on_drive * s.past_flow_tens,
            return_per_day: on_free
                * (self.driven_by_return(s.drive, s.days, s.held) - s.before_ln_capacity * s.days * s.held),
        }
    }
}

/// `(1 - E)/x`.
#[inline]
fn share_of<T: Number>(x: T, decay: T) -> T {
    let share = (T::ONE - decay) / x;
    if x.each(|x| x >= TINY) { share } else { T::of(|l| if x.lane(l) < TINY { 1.0 } else { share.lane(l) }) }
}

/// Its slope by `x`.
#[inline]
fn share_by<T: Number>(x: T, decay: T, share: T) -> T {
    let by = (decay - share) / x;
    if x.each(|x| x >= TINY) { by } else { T::of(|l| if x.lane(l) < TINY { -0.5 } else { by.lane(l) }) }
}

/// Below this `x` it is taken by its limit.
const TINY: f64 = 1e-8;

impl<T: Number> Ceiling<T> {
    fn untouched() -> Self {
        Self { by_free: T::ONE, by_before: T::ZERO, by_ln_ceiling: T::ZERO }
    }
}

/// One free course of ln C, pulled back under its ceiling.
fn below<M: Maths>(before: f64, free: f64, ln_ceiling: f64, days: f64) -> (f64, Ceiling) {
    if free.max(before) <= ln_ceiling {
        return (free, Ceiling::untouched());
    }
    if before < ln_ceiling {
        return rising_through(before, free, ln_ceiling, days);
    }
    let kept = M::exp(-CEILING_PULL_PER_DAY * days);
    let fresh = (1.0 - kept) / (CEILING_PULL_PER_DAY * days);
    let above = (before - ln_ceiling) * kept + (free - before) * fresh;
    if above >= 0.0 {
        let slopes = Ceiling { by_free: fresh, by_before: kept - fresh, by_ln_ceiling: 1.0 - kept };
        return (ln_ceiling + above, slopes);
    }
    falling_through(before, free, ln_ceiling, days)
}

/// Derivatives of a scalar by what [`Demand::after`] depends on in established lactation.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DemandGradient<T = f64> {
    /// By the remembered fullness before the gap.
    pub fullness: T,
    /// By `ln(C/C0)` before the gap.
    pub ln_capacity: T,
    /// By the gap's mean fullness.
    pub mean_fullness: T,
    /// By `F0`.
    pub set_fullness: T,
    /// By `tau_F`.
    pub memory_h: T,
    /// By `k`.
    pub gain_per_day: T,
    /// By `lam`.
    pub return_per_day: T,
    /// By `m_s`.
    pub past_flow_per_day: T,
    /// By `Cmax/C0`.
    pub ceiling: T,
}
