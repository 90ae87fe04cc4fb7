//! What a removal meets in one breast: how much is within reach, how much of it is usually taken, and how far that strays.
//!
//! ```text
//! R = S up(M/S - rho, 0.01)                              milk within reach (mL), its corner rounded off; rho 0 for a baby
//! E(z) = 0.98 - up(0.98 - p(z) progress, 0.02)           share taken, z deviations above its median
//! p(z) = logistic(center + sd z)                         progress: against a session of 15 minutes with nothing
//! n+^(1/2) = R (E(2) - E(0))/2,  n-^(1/2) = R (E(0) - E(-2))/2       how far what is taken strays up and down (mL)
//! y  = R E(0)                                                         what is expected of a reading (mL)
//! y' = y + 0.4 (n+^(1/2) - n-^(1/2)),   n = 1.5 ((n+^(1/2) + n-^(1/2))/2)^2      what is taken where nothing is read, and how
//!                                                                     far that strays
//! ```

use crate::{
    alone::LEFT_BEHIND,
    belief::Belief,
    rows::{Rounded, row},
    steps::{Remover, Step},
    worked::Worked,
};
use letdown_model::{
    maths::{Maths as _, Quick},
    number::Number,
    removal::{MOST, STANDARD_MIN, logistic},
};

/// On which part of S the corner of what is within reach is rounded off. A rounder one (0.04) let places be believed in
/// which most of a great store is out of reach.
const REACH_CORNER: f64 = 0.01;
/// And of the share at [`MOST`].
const MOST_CORNER: f64 = 0.02;

/// How many deviations off the median a share is looked at to tell how far it strays: there its curve shows, and sessions
/// still come there.
pub(crate) const FAR: f64 = 2.0;

/// How far a mean lies from the median, against how much further a share strays down than up: for logit shares of 0.4, 0.7
/// and 0.85 whose logit strays by a Student t of 0.9 it is 0.38 to 0.39.
const LOPSIDED: f64 = 0.4;

/// A share that varies on the logit scale: [`FAR`] below its median, the median and as far above, with their slopes by the
/// logit of the median and by the logit sd.
///
/// The median, not the mean: with heavy tails it is what a reading is compared with, and the likelihood leans to it too.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Share<T = f64> {
    pub levels: [T; 3],
    pub levels_by: [[T; 2]; 3],
}

impl<T: Number> Share<T> {
    /// `logistic(center + sd z)` there, where the chances of several breasts average out.
    pub(crate) fn of(center: T, sd: T, chances: f64) -> Self {
        let z = [-FAR, 0.0, FAR].map(|z| z / libm::sqrt(chances));
        let levels = z.map(|z| (center + sd * z).map(logistic));
        let slope = |i: usize| levels[i] * (T::ONE - levels[i]);
        Self { levels, levels_by: row(|i| [slope(i), slope(i) * z[i]]) }
    }
}

/// One breast in one removal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reached<T = f64> {
    pub is: bool,
    /// S then, and the milk in it before (mL).
    pub storage: T,
    pub milk: T,
    /// Milk within reach over S.
    pub reach: Rounded<T>,
    pub share: T,
    /// How far the share strays up and down, a deviation's worth.
    pub up: T,
    pub down: T,
    /// Slopes of the share by its level times the progress, low, usual and high: 0 where it stands at its most.
    pub share_slopes: [T; 3],
    /// How far a session comes against one of 15 minutes with nothing.
    pub progress: T,
    pub progress_by_fullness: T,
    pub progress_by_pace: T,
    pub expected_ml: T,
}

impl<T: Number> Reached<T> {
    /// What is within reach (mL).
    #[inline]
    pub(crate) fn within_ml(&self) -> T {
        self.storage * self.reach.value
    }

    /// How far a removal strays above what is expected (mL).
    #[inline]
    pub(crate) fn up_ml(&self) -> T {
        self.up * self.within_ml()
    }

    /// And below.
    #[inline]
    pub(crate) fn down_ml(&self) -> T {
        self.down * self.within_ml()
    }

    /// What is taken on average where nothing is read (mL): less than the median where shares stray less far up than down.
    #[inline]
    pub(crate) fn on_average_ml(&self) -> T {
        self.expected_ml + (self.up_ml() - self.down_ml()) * LOPSIDED
    }

    /// How far it strays, up and down alike (mL^2).
    #[inline]
    pub(crate) fn even_ml2(&self) -> T {
        let strays_ml = (self.up_ml() + self.down_ml()) * 0.5;
        strays_ml * strays_ml
    }

    /// The same where nothing is read.
    #[inline]
    pub(crate) fn unread_ml2(&self) -> T {
        self.even_ml2() * LEFT_BEHIND
    }

    /// The slopes by how far it strays up and down (mL), from those by the two.
    #[inline]
    pub(crate) fn back_unread(&self, on_average: T, on_unread: T) -> [T; 2] {
        let on_both = on_unread * (0.5 * LEFT_BEHIND) * (self.up_ml() + self.down_ml());
        [on_both + on_average * LOPSIDED, on_both - on_average * LOPSIDED]
    }
}

impl<T: Number, const B: usize, const N: usize> Belief<B, N, T> {
    #[inline]
    pub(crate) fn reached(
        &self,
        w: &Worked<B, T>,
        step: &Step,
        (multiplier, storage): (T, T),
        b: usize,
    ) -> Reached<T> {
        let fullness = self.mean[b] / storage;
        let (levels, floor) = match step.by {
            Remover::Pump(_) => (&w.share.levels, w.out_of_reach),
            Remover::Baby => (&w.baby.levels, T::ZERO),
        };
        let reach = Rounded::of(fullness - floor, REACH_CORNER);
        let (progress, progress_by_fullness, progress_by_pace) = match step.by {
            Remover::Pump(Some(minutes)) => progress(minutes, fullness, w.pace_min),
            _ => (T::ONE, T::ZERO, T::ZERO),
        };
        let progress = multiplier * progress;
        let short_of_most = levels.map(|level| Rounded::of(T::all(MOST) - level * progress, MOST_CORNER));
        let share = T::all(MOST) - short_of_most[1].value;
        Reached {
            is: true,
            storage,
            milk: self.mean[b],
            reach,
            share,
            up: (short_of_most[1].value - short_of_most[2].value) / FAR,
            down: (short_of_most[0].value - short_of_most[1].value) / FAR,
            share_slopes: short_of_most.map(|short| short.slope),
            progress,
            progress_by_fullness: multiplier * progress_by_fullness,
            progress_by_pace: multiplier * progress_by_pace,
            expected_ml: share * storage * reach.value,
        }
    }
}

/// How far a session has come against one of [`STANDARD_MIN`], with slopes by fullness and pace.
#[inline]
fn progress<T: Number>(minutes: f64, fullness: T, pace_min: T) -> (T, T, T) {
    let stretch = fullness.max(T::ZERO) + 1.0;
    let time = pace_min * stretch;
    // What is not done yet, and how that rises with the time.
    let left = |min: f64| Quick::exp(T::all(-min) / time);
    let (far_left, standard_left) = (left(minutes), left(STANDARD_MIN));
    let by_time = |min: f64, left: T| left * -min / (time * time);
    let (far, standard) = (T::ONE - far_left, T::ONE - standard_left);
    let slope = (by_time(minutes, far_left) * standard - far * by_time(STANDARD_MIN, standard_left))
        / (standard * standard);
    let on_stretch = slope * pace_min;
    let by_fullness = T::of(|l| if fullness.lane(l) > 0.0 { on_stretch.lane(l) } else { 0.0 });
    (far / standard, by_fullness, slope * stretch)
}

#[cfg(test)]
mod tests {
    use super::{FAR, LOPSIDED, MOST, MOST_CORNER, Rounded, logistic};
    use crate::rounded::density;
    use letdown_model::removal::logit;

    #[test]
    fn a_mean_lies_from_its_median_by_the_part_that_is_said() {
        for share in [0.4, 0.7, 0.85] {
            let at = |z: f64| MOST - Rounded::of(MOST - logistic(logit(share) + 0.9 * z), MOST_CORNER).value;
            let strip = |i: i32| 0.005 * f64::from(i);
            let mean: f64 = (-20_000..=20_000).map(strip).map(|z| 0.005 * density(z) * at(z)).sum();
            let lopsided = (at(FAR) - 2.0 * at(0.0) + at(-FAR)) / FAR;
            let part = (mean - at(0.0)) / lopsided;
            assert!((part - LOPSIDED).abs() < 0.05, "{share}: {part}");
        }
    }
}
