//! A breast fills: the brake, and a whole gap between two removals in closed form.
//!
//! ```text
//! df/dt = (C/S) A r g(f)          g(f) = 1 / (1 + (f/f50)^n)         f = M/S
//! Phi(f2) = Phi(f1) + y           Phi(f) = f + f^(n+1) / ((n+1) f50^n)           y = (C/S) * integral of A r dt
//! integral of f over the gap = (Psi(f2) - Psi(f1)) S/C               Psi(f) = f^2/2 + f^(n+2) / ((n+2) f50^n)
//! ```
//!
//! `f` fullness (1 = full), `M` milk (mL), `S` storage capacity (mL), `C` synthesis capacity (mL/h), `y` the gap's
//! *charge*: how many times an unbraked breast would have filled. `f50` the fullness at which synthesis has halved,
//! `n` how sudden the brake is.
//!
//! The mean over the gap takes the rate as constant in it. Above `f = 1` milk leaks at 0.05/h of the excess; the leak is
//! taken at the end of the gap over the time spent above 1 (no human data; `docs/model.md`).
//!
//! Sources: linear filling to about 6 h (Daly 1996); slower in a full breast, but not in all (Daly 1993, PMID 8471241).
//! Range: gaps of 0 to 48 h. Left out: any memory inside the gap; C is constant between two removals.

use crate::{
    maths::{Exact, Maths, Quick},
    number::Number,
};

/// Leak of milk above the storage capacity (1/h).
pub const LEAK_PER_H: f64 = 0.05;

/// How synthesis slows in a filling breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brake<T = f64> {
    /// Fullness at which synthesis has halved (`f50`, 1).
    pub half_fullness: T,
    /// How sudden the brake is (`n`, 1).
    pub steepness: T,
}

/// The brake at one fullness: everything that follows from a single power.
#[derive(Clone, Copy, Debug, PartialEq)]
struct At<T = f64> {
    /// `f`
    f: T,
    /// `(f/f50)^n`
    power: T,
    /// `ln(f/f50)`
    log: T,
}

impl Brake {
    /// Share of the full rate at a fullness (`g`, 0 to 1).
    ///
    /// ```
    /// let brake = letdown_model::filling::Brake { half_fullness: 1.0, steepness: 6.0 };
    /// assert_eq!(brake.rate(1.0), 0.5);
    /// assert!(brake.rate(0.5) > 0.98);
    /// ```
    pub fn rate(&self, fullness: f64) -> f64 {
        self.at::<Exact>(fullness).rate()
    }

    /// Above the solution, so that steps from there come down to it.
    fn upper_bound(&self, y: f64) -> f64 {
        let n = self.steepness;
        let scaled = y / self.half_fullness;
        if scaled < 1.2 {
            return y;
        }
        y.min(self.half_fullness * libm::pow((n + 1.0) * scaled, 1.0 / (n + 1.0)))
    }
}

impl<T: Number> Brake<T> {
    /// That of one lane.
    #[inline]
    fn lane(&self, l: usize) -> Brake {
        Brake { half_fullness: self.half_fullness.lane(l), steepness: self.steepness.lane(l) }
    }

    #[inline]
    fn at<M: Maths>(&self, f: T) -> At<T> {
        let log = M::log(f.max(T::all(f64::MIN_POSITIVE)) / self.half_fullness);
        At { f, power: M::exp(self.steepness * log), log }
    }

    /// `Phi(f)`.
    #[inline]
    fn potential(&self, at: &At<T>) -> T {
        at.f * (at.power / (self.steepness + 1.0) + 1.0)
    }

    /// `Psi(f)`.
    #[inline]
    fn potential_of_mean(&self, at: &At<T>) -> T {
        at.f * at.f * (at.power / (self.steepness + 2.0) + 0.5)
    }

    /// Solves `Phi(f) = y` from a guess, with the number of steps taken.
    #[inline]
    fn fullness_at<M: Maths>(&self, y: T, guess: T) -> (At<T>, u32) {
        let n = self.steepness;
        let mut f = guess;
        for step in 1..40 {
            let at = self.at::<M>(f);
            let slope = at.power + 1.0;
            let newton = (self.potential(&at) - y) / slope;
            // Halley's correction: Phi'' / Phi' = n power / (f (1 + power)).
            let bend = newton * 0.5 * n * at.power / (f * slope);
            let change = newton / (T::ONE - bend).max(T::all(0.5));
            f -= change;
            // The method is cubic: behind a step this small the error is some 1e-13.
            let small = f * 3e-5 - change.map(f64::abs);
            if small.each(|left| left >= 0.0) {
                return (at.moved_to(f, n), step);
            }
        }
        (self.at::<M>(f), 40)
    }
}

impl<T: Number> At<T> {
    /// That of one lane.
    #[inline]
    fn lane(&self, l: usize) -> At {
        At { f: self.f.lane(l), power: self.power.lane(l), log: self.log.lane(l) }
    }

    /// The same at a fullness that differs by a few hundred-thousandths: a short series instead of a new power.
    #[inline]
    fn moved_to(&self, f: T, steepness: T) -> Self {
        let d = (f - self.f) / self.f;
        let third = (steepness - 2.0) * d / 3.0 + 1.0;
        let series = steepness * d * ((steepness - 1.0) * 0.5 * d * third + 1.0) + 1.0;
        Self { f, power: self.power * series, log: self.log + d * (T::ONE - d * (T::all(0.5) - d / 3.0)) }
    }

    #[inline]
    fn rate(&self) -> T {
        T::ONE / (self.power + 1.0)
    }
}

/// A breast at the end of a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Filled<T = f64> {
    /// Fullness at the end (1).
    pub fullness: T,
    /// Mean fullness over the gap (1).
    pub mean_fullness: T,
    /// What leaked, as a share of the storage capacity (1).
    pub leaked: T,
    /// Share of the full rate at the start (`g(f1)`).
    pub rate_start: T,
    /// Share of the full rate at the end, before the leak (`g(f2)`).
    pub rate_end: T,
    /// Steps the solver took.
    pub steps: u32,
    before: At<T>,
    after: At<T>,
}

/// Fills a breast over one gap.
///
/// `fullness` >= 0 at the start, `charge` >= 0 as in the module's text, `hours` >= 0 the gap's length (it only sets how
/// long milk above 1 leaks).
///
/// ```
/// use letdown_model::filling::{Brake, fill};
/// let brake = Brake { half_fullness: 1.0, steepness: 6.0 };
/// let three_hours = fill(&brake, 0.25, 17.0 / 185.0 * 3.0, 3.0);
/// assert!((three_hours.fullness - 0.525).abs() < 0.002);
/// ```
pub fn fill(brake: &Brake, fullness: f64, charge: f64, hours: f64) -> Filled {
    filled::<f64, Exact>(brake, fullness, charge, hours, |y| brake.upper_bound(y))
}

#[inline]
fn filled<T: Number, M: Maths>(
    brake: &Brake<T>,
    fullness: T,
    charge: T,
    hours: f64,
    guess: impl Fn(T) -> T,
) -> Filled<T> {
    let before = brake.at::<M>(fullness);
    let y = brake.potential(&before) + charge;
    let (after, steps) = brake.fullness_at::<M>(y, guess(y));
    let mean_fullness = mean(brake, &before, &after, charge);
    let fullness = leaked::<T, M>(brake, &before, &after, charge, hours);
    Filled {
        fullness,
        mean_fullness,
        leaked: after.f - fullness,
        rate_start: before.rate(),
        rate_end: after.rate(),
        steps,
        before,
        after,
    }
}

/// A brake that is asked many times: [`fill`] by [`crate::maths::Quick`], begun from a table of the solutions. Within 1e-11
/// of it, and as smooth (tested).
#[derive(Clone, Copy, Debug)]
pub struct GuessedBrake<T = f64> {
    /// The brake itself.
    pub brake: Brake<T>,
    /// `f` in each cell of `y`, as a cubic in how far one is within it.
    cubics: [[T; 4]; GUESSES],
}

const GUESSES: usize = 48;
/// How far the table reaches (`y`).
const GUESSED_TO: f64 = 1.6;

impl<T: Number> GuessedBrake<T> {
    /// Solves in the middle of things: a microsecond or two.
    pub fn of(brake: Brake<T>) -> Self {
        let step = GUESSED_TO / GUESSES as f64;
        let mut cubics = [[T::ZERO; 4]; GUESSES];
        let (mut f, mut slope) = (T::ZERO, T::ONE);
        for (i, cubic) in cubics.iter_mut().enumerate() {
            let y = step * (i + 1) as f64;
            let (to, _) = brake.fullness_at::<Quick>(T::all(y), f + slope * step);
            let (rise, leave, arrive) = (to.f - f, slope * step, to.rate() * step);
            *cubic = [f, leave, rise * 3.0 - leave * 2.0 - arrive, leave + arrive - rise * 2.0];
            (f, slope) = (to.f, to.rate());
        }
        Self { brake, cubics }
    }

    /// As [`fill`].
    #[inline]
    pub fn fill(&self, fullness: T, charge: T, hours: f64) -> Filled<T> {
        filled::<T, Quick>(&self.brake, fullness, charge, hours, |y| self.guess(y))
    }

    /// As [`fill_gradient`], of what [`GuessedBrake::fill`] filled.
    #[inline]
    pub fn gradient(
        &self,
        filled: &Filled<T>,
        charge: T,
        hours: f64,
        slope: &FilledSlope<T>,
    ) -> FillGradient<T> {
        carried_back::<T, Quick>(&self.brake, filled, charge, hours, slope)
    }

    #[inline]
    fn guess(&self, y: T) -> T {
        T::of(|l| self.guess_of(l, y.lane(l)))
    }

    /// That of one lane, on the table or beyond it.
    #[inline]
    fn guess_of(&self, l: usize, y: f64) -> f64 {
        let place = y * (GUESSES as f64 / GUESSED_TO);
        match self.cubics.get(place as usize).map(|cubic| cubic.map(|c| c.lane(l))) {
            Some([c0, c1, c2, c3]) => {
                let t = place - (place as usize) as f64;
                c0 + t * (c1 + t * (c2 + t * c3))
            }
            None => self.brake.lane(l).upper_bound(y),
        }
    }
}

/// Below this charge the mean is taken as the middle: the difference of potentials would cancel.
const TINY_CHARGE: f64 = 1e-6;

#[inline]
fn mean<T: Number>(brake: &Brake<T>, before: &At<T>, after: &At<T>, charge: T) -> T {
    let mean = (brake.potential_of_mean(after) - brake.potential_of_mean(before)) / charge;
    // Far above full the difference cancels; the mean lies between the ends all the same.
    let between = mean.max(before.f).min(after.f);
    if charge.each(|charge| charge >= TINY_CHARGE) {
        return between;
    }
    let middle = (before.f + after.f) * 0.5;
    T::of(|l| if charge.lane(l) < TINY_CHARGE { middle.lane(l) } else { between.lane(l) })
}

/// Milk above 1 leaves over the time spent there.
struct Leak {
    /// Fullness behind the leak.
    fullness: f64,
    /// `LEAK_PER_H` times the hours spent above 1.
    turns: f64,
    /// Charge needed to reach 1 (0 when it began above).
    charge_to_full: f64,
}

impl Leak {
    fn over<M: Maths>(brake: &Brake, before: &At, after: &At, charge: f64, hours: f64) -> Self {
        if after.f <= 1.0 {
            return Self { fullness: after.f, turns: 0.0, charge_to_full: 0.0 };
        }
        let charge_to_full = (brake.potential(&brake.at::<M>(1.0)) - brake.potential(before)).max(0.0);
        let turns = if charge > 0.0 {
            LEAK_PER_H * hours * (1.0 - charge_to_full / charge)
        } else {
            LEAK_PER_H * hours
        };
        let (kept, fresh) = ((before.f - 1.0).max(0.0), after.f - before.f.max(1.0));
        Self { fullness: 1.0 + kept * M::exp(-turns) + fresh * leaving(turns), turns, charge_to_full }
    }
}

/// The fullness behind the leak: most breasts are not full, and have none.
#[inline]
fn leaked<T: Number, M: Maths>(brake: &Brake<T>, before: &At<T>, after: &At<T>, charge: T, hours: f64) -> T {
    if after.f.each(|f| f <= 1.0) {
        return after.f;
    }
    T::of(|l| {
        Leak::over::<M>(&brake.lane(l), &before.lane(l), &after.lane(l), charge.lane(l), hours).fullness
    })
}

/// `(1 - e^-u) / u`: what is left of milk that arrived evenly while it leaked.
fn leaving(u: f64) -> f64 {
    if u < 1e-8 { 1.0 - 0.5 * u } else { -libm::expm1(-u) / u }
}

fn leaving_slope(u: f64) -> f64 {
    if u < 1e-4 { -0.5 + u / 3.0 } else { (libm::exp(-u) * (1.0 + u) - 1.0) / (u * u) }
}

/// Derivatives of a scalar by everything [`fill`] and its rates depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FillGradient<T = f64> {
    /// By the fullness at the start.
    pub fullness: T,
    /// By the charge.
    pub charge: T,
    /// By `f50`.
    pub half_fullness: T,
    /// By `n`.
    pub steepness: T,
}

/// What a scalar's slope is with respect to each result of [`fill`].
#[derive(Clone, Copy, Debug, Default)]
pub struct FilledSlope<T = f64> {
    /// By [`Filled::fullness`].
    pub fullness: T,
    /// By [`Filled::mean_fullness`].
    pub mean_fullness: T,
    /// By [`Filled::rate_start`].
    pub rate_start: T,
    /// By [`Filled::rate_end`].
    pub rate_end: T,
}

/// Carries slopes back through [`fill`] (reverse mode): given its result and the slopes by it, those by its arguments.
/// `charge` and `hours` are those `filled` was made with.
///
/// With `Phi_n`, `Psi_n`, `g_n` the derivatives by `n` (and likewise by `f50`) and `f2` the fullness before the leak:
///
/// ```text
/// df2 = g2 (df1 / g1 + dy + (Phi_n(f1) - Phi_n(f2)) dn)
/// dm  = (f2 Phi'(f2) df2 - f1 Phi'(f1) df1 + (Psi_n(f2) - Psi_n(f1)) dn - m dy) / y
/// dg  = -g^2 (f/f50)^n (n df/f + ln(f/f50) dn - n df50/f50)
/// ```
pub fn fill_gradient(
    brake: &Brake,
    filled: &Filled,
    charge: f64,
    hours: f64,
    slope: &FilledSlope,
) -> FillGradient {
    carried_back::<f64, Exact>(brake, filled, charge, hours, slope)
}

#[inline]
fn carried_back<T: Number, M: Maths>(
    brake: &Brake<T>,
    filled: &Filled<T>,
    charge: T,
    hours: f64,
    slope: &FilledSlope<T>,
) -> FillGradient<T> {
    let (before, after) = (filled.before, filled.after);
    let mut out = FillGradient::default();
    let mut on_after =
        back_through_leaks::<T, M>(brake, &before, &after, charge, hours, slope.fullness, &mut out);
    back_through_mean(brake, &before, &after, charge, slope.mean_fullness, &mut on_after, &mut out);
    back_through_rate(brake, &after, slope.rate_end, &mut on_after, &mut out);
    let mut on_before = T::ZERO;
    back_through_rate(brake, &before, slope.rate_start, &mut on_before, &mut out);
    back_through_solution(brake, &before, &after, on_after, &mut out);
    out.fullness += on_before;
    out
}

/// Returns the slope by the fullness before the leak.
#[inline]
fn back_through_leaks<T: Number, M: Maths>(
    brake: &Brake<T>,
    before: &At<T>,
    after: &At<T>,
    charge: T,
    hours: f64,
    slope: T,
    out: &mut FillGradient<T>,
) -> T {
    if after.f.each(|f| f <= 1.0) {
        return slope;
    }
    T::of(|l| {
        let mut of = FillGradient::default();
        let on_after = back_through_leak::<M>(
            &brake.lane(l),
            &before.lane(l),
            &after.lane(l),
            charge.lane(l),
            hours,
            slope.lane(l),
            &mut of,
        );
        out.add(l, &of);
        on_after
    })
}

/// The same of one lane.
fn back_through_leak<M: Maths>(
    brake: &Brake,
    before: &At,
    after: &At,
    charge: f64,
    hours: f64,
    slope: f64,
    out: &mut FillGradient,
) -> f64 {
    if after.f <= 1.0 {
        return slope;
    }
    let leak = Leak::over::<M>(brake, before, after, charge, hours);
    let (kept, fresh) = ((before.f - 1.0).max(0.0), after.f - before.f.max(1.0));
    let left = leaving(leak.turns);
    if before.f > 1.0 {
        out.fullness += slope * (M::exp(-leak.turns) - left);
    }
    let on_turns = slope * (fresh * leaving_slope(leak.turns) - kept * M::exp(-leak.turns));
    if leak.charge_to_full > 0.0 {
        let on_to_full = -on_turns * LEAK_PER_H * hours / charge;
        out.charge -= on_to_full * leak.charge_to_full / charge;
        let full = brake.at::<M>(1.0);
        out.fullness -= on_to_full / before.rate();
        out.steepness += on_to_full * (brake.potential_by_n(&full) - brake.potential_by_n(before));
        out.half_fullness += on_to_full * (brake.potential_by_f50(&full) - brake.potential_by_f50(before));
    }
    slope * left
}

impl<T: Number> FillGradient<T> {
    fn add(&mut self, l: usize, of: &FillGradient) {
        let sum = |all: &mut T, one: f64| *all = all.with(l, all.lane(l) + one);
        sum(&mut self.fullness, of.fullness);
        sum(&mut self.charge, of.charge);
        sum(&mut self.half_fullness, of.half_fullness);
        sum(&mut self.steepness, of.steepness);
    }
}

#[inline]
fn back_through_mean<T: Number>(
    brake: &Brake<T>,
    before: &At<T>,
    after: &At<T>,
    charge: T,
    slope: T,
    on_after: &mut T,
    out: &mut FillGradient<T>,
) {
    // So short a gap has its mean in the middle.
    let is_tiny = |l: usize| charge.lane(l) < TINY_CHARGE;
    let share = T::of(|l| if is_tiny(l) { 0.0 } else { slope.lane(l) / charge.lane(l) });
    let half = T::of(|l| if is_tiny(l) { 0.5 * slope.lane(l) } else { 0.0 });
    *on_after += share * after.f / after.rate() + half;
    out.fullness += half - share * before.f / before.rate();
    out.charge -= share * mean(brake, before, after, charge);
    out.steepness += share * (brake.mean_by_n(after) - brake.mean_by_n(before));
    out.half_fullness += share * (brake.mean_by_f50(after) - brake.mean_by_f50(before));
}

#[inline]
fn back_through_rate<T: Number>(
    brake: &Brake<T>,
    at: &At<T>,
    slope: T,
    on_f: &mut T,
    out: &mut FillGradient<T>,
) {
    let rate = at.rate();
    let scaled = -slope * rate * rate * at.power;
    // An empty breast has no power either.
    *on_f += scaled * brake.steepness / at.f.max(T::all(f64::MIN_POSITIVE));
    out.steepness += scaled * at.log;
    out.half_fullness -= scaled * brake.steepness / brake.half_fullness;
}

#[inline]
fn back_through_solution<T: Number>(
    brake: &Brake<T>,
    before: &At<T>,
    after: &At<T>,
    on_after: T,
    out: &mut FillGradient<T>,
) {
    let on_potential = on_after * after.rate();
    out.fullness += on_potential / before.rate();
    out.charge += on_potential;
    out.steepness += on_potential * (brake.potential_by_n(before) - brake.potential_by_n(after));
    out.half_fullness += on_potential * (brake.potential_by_f50(before) - brake.potential_by_f50(after));
}

impl<T: Number> Brake<T> {
    #[inline]
    fn potential_by_n(&self, at: &At<T>) -> T {
        let m = self.steepness + 1.0;
        at.f * at.power / m * (at.log - T::ONE / m)
    }

    #[inline]
    fn potential_by_f50(&self, at: &At<T>) -> T {
        -self.steepness * at.f * at.power / (self.half_fullness * (self.steepness + 1.0))
    }

    #[inline]
    fn mean_by_n(&self, at: &At<T>) -> T {
        let m = self.steepness + 2.0;
        at.f * at.f * at.power / m * (at.log - T::ONE / m)
    }

    #[inline]
    fn mean_by_f50(&self, at: &At<T>) -> T {
        -self.steepness * at.f * at.f * at.power / (self.half_fullness * (self.steepness + 2.0))
    }
}
