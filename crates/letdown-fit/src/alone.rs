//! A removal from one breast, the other being left alone: what nearly every step of a log is.
//!
//! All but one of the slopes `h` are 0 then, and so are all but one of the `n`, so that the lines of [`crate::belief`] need
//! one column of `P`. With `b` the breast, `d = 1 - h` and `i`, `j` everything else:
//!
//! ```text
//! V    = h^2 P_bb + n (+ scale)         P_bb <- P_bb + (o - 1) Q_bb =: p,   n <- o n
//! k_i  = h P_ib,   k_b = d h p - n      W = h^2 p + n + step^2/12 (+ scale)
//! P_ij <- P_ij - k_i k_j/W,   P_ib <- d P_ib - k_i k_b/W,   P_bb <- d^2 p + n - k_b^2/W
//! ```

use crate::{
    belief::{Belief, Reached, Seen, Step, Worked},
    removed::Met,
};

/// What such a removal went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone<const N: usize> {
    pub met: Met,
    pub b: usize,
    pub each: Reached,
    /// `h`
    slope: f64,
    /// `n`, before the oddness.
    noise: f64,
    /// `P_ib` before.
    column: [f64; N],
    /// `Q_bb` before.
    fresh: f64,
    /// `V`
    pub variance: f64,
    update: Option<Update<N>>,
}

/// How its reading moved the belief.
#[derive(Clone, Copy, Debug)]
struct Update<const N: usize> {
    seen: Seen,
    /// `k`
    gain: [f64; N],
    /// `1/W`
    weight: f64,
}

/// Slopes by what such a removal of one breast depends on, beside the covariance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnReach {
    /// By what was expected of it (mL).
    pub expected: f64,
    /// By `h`.
    pub slope: f64,
    /// By `n`.
    pub noise: f64,
}

impl Step {
    /// The breast it reaches, when it is one.
    pub(crate) fn alone<const B: usize>(&self) -> Option<usize> {
        match self.reached {
            _ if B == 1 => Some(0),
            [true, false] => Some(0),
            [false, true] => Some(1),
            _ => None,
        }
    }
}

impl<const N: usize> Alone<N> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> f64 {
        self.update.map_or(0.0, |u| u.seen.likelihood.value)
    }

    /// Carries slopes back: those by the covariance (symmetric) and by `Q_bb` are moved, those by the rest are returned.
    #[inline]
    pub(crate) fn back(
        &self,
        mean: &[f64; N],
        cov: &mut [[f64; N]; N],
        fresh: &mut f64,
        on_likelihood: f64,
    ) -> OnReach {
        let Self { b, slope: h, noise: n, column, .. } = *self;
        let (d, milk) = (1.0 - h, column[b]);
        let across: f64 = (0..N).map(|i| cov[i][b] * column[i]).sum::<f64>() - cov[b][b] * milk;
        let Some(u) = &self.update else {
            let on_slope = -2.0 * (across + d * cov[b][b] * milk);
            let on_noise = cov[b][b];
            (0..N).for_each(|i| scale(cov, i, b, d));
            cov[b][b] *= d;
            *fresh = 0.0;
            return OnReach { expected: -mean[b], slope: on_slope, noise: on_noise };
        };
        let Update { seen, gain, weight } = *u;
        let odd_milk = milk + (seen.oddness - 1.0) * self.fresh;
        let pulled: [f64; N] = std::array::from_fn(|i| dot(&cov[i], &gain));
        let moved = dot(mean, &gain);
        let on_spread = -weight * weight * (seen.residual * moved - dot(&pulled, &gain));
        let on_gain: [f64; N] = std::array::from_fn(|i| weight * (seen.residual * mean[i] - 2.0 * pulled[i]));

        let on_stay = 2.0 * (across + d * cov[b][b] * odd_milk) + on_gain[b] * h * odd_milk;
        let on_odd_milk = cov[b][b] * d * d + on_gain[b] * d * h + on_spread * h * h;
        let on_odd_noise = cov[b][b] - on_gain[b] + on_spread;
        let on_oddness = on_odd_noise * n + on_odd_milk * self.fresh;
        let by_others: f64 = (0..N).map(|i| on_gain[i] * column[i]).sum::<f64>() - on_gain[b] * milk;

        let by_ratio = on_oddness * seen.oddness_by_ratio;
        let ratio = seen.residual / self.variance;
        let on_residual =
            weight * moved + on_likelihood * seen.likelihood.by_residual + by_ratio * 2.0 * ratio;
        let on_variance = on_likelihood * seen.likelihood.by_variance - by_ratio * ratio * ratio;

        for i in (0..N).filter(|i| *i != b) {
            let on = cov[i][b] * d + 0.5 * on_gain[i] * h;
            (cov[i][b], cov[b][i]) = (on, on);
        }
        cov[b][b] = on_odd_milk + on_variance * h * h;
        *fresh = on_odd_milk * (seen.oddness - 1.0);
        let on_slope = by_others + (on_gain[b] * d + 2.0 * on_spread * h) * odd_milk - on_stay
            + 2.0 * on_variance * h * milk;
        OnReach {
            expected: -mean[b] - on_residual,
            slope: on_slope,
            noise: on_odd_noise * seen.oddness + on_variance,
        }
    }
}

impl<const B: usize, const N: usize> Belief<B, N> {
    /// Takes milk from one breast, and learns from a reading when there is one.
    #[inline]
    pub(crate) fn remove_alone(&mut self, w: &Worked<B>, step: &Step, b: usize) -> Alone<N> {
        let multiplier = step.with.as_ref().map_or(1.0, |with| w.multiplier(with));
        let each = self.reached(w, step, (multiplier, w.storage_at(b, step.early)), b);
        let h = each.share * each.reach.slope;
        let amount = each.storage * each.reach.value * each.progress;
        let noise = w.variance_of(step.by) * amount * amount;
        let column: [f64; N] = std::array::from_fn(|i| self.cov[i][b]);
        let error = step.reading.map_or(0.0, |read| read.error_ml2);
        let variance = h * h * column[b] + noise + error;
        let seen = step.reading.map(|read| Seen::of(&read, each.expected_ml, variance));

        let oddness = seen.map_or(1.0, |s| s.oddness);
        let (d, fresh) = (1.0 - h, self.fresh[b]);
        let odd_milk = column[b] + (oddness - 1.0) * fresh;
        let odd_noise = oddness * noise;
        self.fresh[b] = 0.0;
        (0..N).for_each(|i| scale(&mut self.cov, i, b, d));
        self.cov[b][b] = d * d * odd_milk + odd_noise;
        self.mean[b] -= each.expected_ml;
        let update = seen.map(|seen| {
            let mut gain = column.map(|c| h * c);
            gain[b] = d * h * odd_milk - odd_noise;
            let weight = 1.0 / (h * h * odd_milk + odd_noise + seen.rounding);
            for i in 0..N {
                self.mean[i] += weight * seen.residual * gain[i];
                for j in 0..N {
                    self.cov[i][j] -= weight * gain[i] * gain[j];
                }
            }
            Update { seen, gain, weight }
        });
        Alone { met: Met::of(step), b, each, slope: h, noise, column, fresh, variance, update }
    }
}

/// Scales the entries of a symmetric matrix by two places; that on its diagonal once.
#[inline]
fn scale<const N: usize>(matrix: &mut [[f64; N]; N], i: usize, b: usize, by: f64) {
    let scaled = matrix[i][b] * by;
    (matrix[i][b], matrix[b][i]) = (scaled, scaled);
}

#[inline]
fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    crate::belief::dot(a, b)
}
