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
    belief::{Belief, Remover, Rounded, Step, Worked},
};
use letdown_model::{
    maths::{Maths as _, Quick},
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
pub(crate) struct Share {
    pub levels: [f64; 3],
    pub levels_by: [[f64; 2]; 3],
}

impl Share {
    /// `logistic(center + sd z)` there, where the chances of several breasts average out.
    pub(crate) fn of(center: f64, sd: f64, chances: f64) -> Self {
        let z = [-FAR, 0.0, FAR].map(|z| z / libm::sqrt(chances));
        let levels = z.map(|z| logistic(center + sd * z));
        let slope = |i: usize| levels[i] * (1.0 - levels[i]);
        Self { levels, levels_by: std::array::from_fn(|i| [slope(i), slope(i) * z[i]]) }
    }
}

/// One breast in one removal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Reached {
    pub is: bool,
    /// S then, and the milk in it before (mL).
    pub storage: f64,
    pub milk: f64,
    /// Milk within reach over S.
    pub reach: Rounded,
    pub share: f64,
    /// How far the share strays up and down, a deviation's worth.
    pub up: f64,
    pub down: f64,
    /// Slopes of the share by its level times the progress, low, usual and high: 0 where it stands at its most.
    pub share_slopes: [f64; 3],
    /// How far a session comes against one of 15 minutes with nothing.
    pub progress: f64,
    pub progress_by_fullness: f64,
    pub progress_by_pace: f64,
    pub expected_ml: f64,
}

impl Reached {
    /// What is within reach (mL).
    pub(crate) fn within_ml(&self) -> f64 {
        self.storage * self.reach.value
    }

    /// How far a removal strays above what is expected (mL).
    pub(crate) fn up_ml(&self) -> f64 {
        self.up * self.within_ml()
    }

    /// And below.
    pub(crate) fn down_ml(&self) -> f64 {
        self.down * self.within_ml()
    }

    /// What is taken on average where nothing is read (mL): less than the median where shares stray less far up than down.
    pub(crate) fn on_average_ml(&self) -> f64 {
        self.expected_ml + LOPSIDED * (self.up_ml() - self.down_ml())
    }

    /// How far it strays, up and down alike (mL^2).
    pub(crate) fn even_ml2(&self) -> f64 {
        let strays_ml = 0.5 * (self.up_ml() + self.down_ml());
        strays_ml * strays_ml
    }

    /// The same where nothing is read.
    pub(crate) fn unread_ml2(&self) -> f64 {
        LEFT_BEHIND * self.even_ml2()
    }

    /// The slopes by how far it strays up and down (mL), from those by the two.
    pub(crate) fn back_unread(&self, on_average: f64, on_unread: f64) -> [f64; 2] {
        let on_both = LEFT_BEHIND * on_unread * 0.5 * (self.up_ml() + self.down_ml());
        [on_both + LOPSIDED * on_average, on_both - LOPSIDED * on_average]
    }
}

impl<const B: usize, const N: usize> Belief<B, N> {
    #[inline]
    pub(crate) fn reached(
        &self,
        w: &Worked<B>,
        step: &Step,
        (multiplier, storage): (f64, f64),
        b: usize,
    ) -> Reached {
        let fullness = self.mean[b] / storage;
        let (levels, floor) = match step.by {
            Remover::Pump(_) => (&w.share.levels, w.out_of_reach),
            Remover::Baby => (&w.baby.levels, 0.0),
        };
        let reach = Rounded::of(fullness - floor, REACH_CORNER);
        let (progress, progress_by_fullness, progress_by_pace) = match step.by {
            Remover::Pump(Some(minutes)) => progress(minutes, fullness, w.pace_min),
            _ => (1.0, 0.0, 0.0),
        };
        let progress = multiplier * progress;
        let short_of_most = levels.map(|level| Rounded::of(MOST - level * progress, MOST_CORNER));
        let share = MOST - short_of_most[1].value;
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
fn progress(minutes: f64, fullness: f64, pace_min: f64) -> (f64, f64, f64) {
    let stretch = 1.0 + fullness.max(0.0);
    let time = pace_min * stretch;
    // What is not done yet, and how that rises with the time.
    let left = |min: f64| Quick::exp(-min / time);
    let (far_left, standard_left) = (left(minutes), left(STANDARD_MIN));
    let by_time = |min: f64, left: f64| -left * min / (time * time);
    let (far, standard) = (1.0 - far_left, 1.0 - standard_left);
    let slope = (by_time(minutes, far_left) * standard - far * by_time(STANDARD_MIN, standard_left))
        / (standard * standard);
    let by_fullness = if fullness > 0.0 { slope * pace_min } else { 0.0 };
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
