//! A removal from one breast, the other being left alone: what nearly every step of a log is.
//!
//! All but one of the slopes `h` are 0 then, and so are all but one of the `n`, so that the lines of [`crate::belief`] need
//! one column of `P`. With `b` the breast, `d = 1 - h` and `i`, `j` everything else:
//!
//! ```text
//! V+-  = h^2 (P_bb + (o' - 1) Q_bb) + o' n+- (+ scale)         n = n- + (n+ - n-) up(r),   o = o' odder(r)
//! P_bb <- P_bb + (o - 1) Q_bb =: p,   n <- o n
//! k_i  = h P_ib,   k_b = d h p - n      W = h^2 p + n + step^2/12 (+ scale)
//! P_ij <- P_ij - k_i k_j/W,   P_ib <- d P_ib - k_i k_b/W,   P_bb <- d^2 p + n - k_b^2/W
//! ```

use crate::{
    belief::{Belief, Odd, Seen, Step, Worked},
    reach::Reached,
    removed::Met,
    spread::{Sloped, Spread},
};

/// What such a removal went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone<const N: usize> {
    pub met: Met,
    beside: bool,
    pub b: usize,
    pub each: Reached,
    /// `h`
    slope: f64,
    /// The roots of `n+` and `n-` (mL).
    strays: [f64; 2],
    /// `n`, before the oddness.
    noise: f64,
    /// `o'`
    odd_before: f64,
    /// `P_ib` before.
    column: [f64; N],
    /// `Q_bb` before.
    fresh: f64,
    /// `V`, where nothing is read.
    pub variance: f64,
    update: Option<Update<N>>,
}

/// How its reading moved the belief.
#[derive(Clone, Copy, Debug)]
struct Update<const N: usize> {
    seen: Seen,
    /// `o`
    oddness: f64,
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
    /// By how far it strays up and down (mL).
    pub strays: [f64; 2],
}

/// Slopes by what a removal leaves to chance.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnChance {
    /// By `Q`.
    pub fresh: f64,
    /// By the oddness that a session has shown.
    pub odd: f64,
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

    /// Carries slopes back, that by the oddness being `on_odd`: those by the covariance (symmetric) are moved, the others are
    /// returned.
    #[inline]
    pub(crate) fn back(
        &self,
        mean: &[f64; N],
        cov: &mut [[f64; N]; N],
        on_odd: f64,
        on_likelihood: f64,
    ) -> (OnReach, OnChance) {
        let Self { b, slope: h, noise: n, column, fresh, odd_before, strays: [up, down], .. } = *self;
        let (d, milk) = (1.0 - h, column[b]);
        let across: f64 = (0..N).map(|i| cov[i][b] * column[i]).sum::<f64>() - cov[b][b] * milk;
        let Some(u) = &self.update else {
            let on_slope = -2.0 * (across + d * cov[b][b] * milk);
            let on_stray = cov[b][b] * 0.5 * (up + down);
            (0..N).for_each(|i| scale(cov, i, b, d));
            cov[b][b] *= d;
            let on = OnReach { expected: -mean[b], slope: on_slope, strays: [on_stray; 2] };
            return (on, OnChance::default());
        };
        let Update { seen, oddness, gain, weight } = *u;
        let odd_milk = milk + (oddness - 1.0) * fresh;
        let pulled: [f64; N] = std::array::from_fn(|i| dot(&cov[i], &gain));
        let moved = dot(mean, &gain);
        let on_spread = -weight * weight * (seen.residual * moved - dot(&pulled, &gain));
        let on_gain: [f64; N] = std::array::from_fn(|i| weight * (seen.residual * mean[i] - 2.0 * pulled[i]));

        let on_stay = 2.0 * (across + d * cov[b][b] * odd_milk) + on_gain[b] * h * odd_milk;
        let on_odd_milk = cov[b][b] * d * d + on_gain[b] * d * h + on_spread * h * h;
        let on_odd_noise = cov[b][b] - on_gain[b] + on_spread;
        let on_oddness = on_odd_noise * n + on_odd_milk * fresh + on_odd;
        let by_others: f64 = (0..N).map(|i| on_gain[i] * column[i]).sum::<f64>() - on_gain[b] * milk;

        let on_noise = on_odd_noise * oddness;
        let (on_up_part, on_odder) = (on_noise * (up * up - down * down), on_oddness * odd_before);
        let on = |of: fn(&Sloped) -> f64| {
            on_likelihood * of(&seen.likelihood) + on_odder * of(&seen.odder) + on_up_part * of(&seen.up)
        };
        let on_residual = weight * moved + on(|s| s.by_residual);
        let (on_above, on_below) = (on(|s| s.by_up), on(|s| s.by_down));
        let on_both = on_above + on_below;
        let met_milk = milk + (odd_before - 1.0) * fresh;
        let on_odd_before = on_oddness * seen.odder.value
            + on_above * up * up
            + on_below * down * down
            + on_both * h * h * fresh;
        let on_chance = OnChance {
            fresh: on_odd_milk * (oddness - 1.0) + on_both * h * h * (odd_before - 1.0),
            // The first side of a session met no oddness.
            odd: if self.beside { on_odd_before } else { 0.0 },
        };

        for i in (0..N).filter(|i| *i != b) {
            let on = cov[i][b] * d + 0.5 * on_gain[i] * h;
            (cov[i][b], cov[b][i]) = (on, on);
        }
        cov[b][b] = on_odd_milk + on_both * h * h;
        let on_slope = by_others + (on_gain[b] * d + 2.0 * on_spread * h) * odd_milk - on_stay
            + 2.0 * on_both * h * met_milk;
        let part = seen.up.value;
        let on = OnReach {
            expected: -mean[b] - on_residual,
            slope: on_slope,
            strays: [
                2.0 * up * (on_noise * part + on_above * odd_before),
                2.0 * down * (on_noise * (1.0 - part) + on_below * odd_before),
            ],
        };
        (on, on_chance)
    }
}

impl<const B: usize, const N: usize> Belief<B, N> {
    /// Takes milk from one breast, and learns from a reading when there is one.
    #[inline]
    pub(crate) fn remove_alone(&mut self, w: &Worked<B>, step: &Step, b: usize) -> Alone<N> {
        let multiplier = step.with.as_ref().map_or(1.0, |with| w.multiplier(with));
        let each = self.reached(w, step, (multiplier, w.storage_at(b, step.early)), b);
        let h = each.share * each.reach.slope;
        let column: [f64; N] = std::array::from_fn(|i| self.cov[i][b]);
        let (fresh, before) = (self.fresh[b], self.odd);
        let strays = [each.up_ml(), each.down_ml()];
        let strays_on_average = 0.5 * (strays[0] + strays[1]);
        let error = step.reading.map_or(0.0, |read| read.error_ml2);
        let variance = h * h * column[b] + strays_on_average * strays_on_average + error;
        let seen = step.reading.map(|read| {
            let known = h * h * (column[b] + (before.by - 1.0) * fresh) + error;
            let [above, below] = strays.map(|ml| known + before.by * ml * ml);
            Seen::of(&read, each.expected_ml, &Spread::of(above, below), before.tails)
        });

        let oddness = seen.map_or(1.0, |s| before.by * s.odder.value);
        let noise = seen.map_or(strays_on_average * strays_on_average, |s| {
            let [up, down] = strays.map(|ml| ml * ml);
            down + (up - down) * s.up.value
        });
        if seen.is_some() {
            self.odd = Odd { by: oddness, tails: before.tails + 1.0 };
        }
        let d = 1.0 - h;
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
            Update { seen, oddness, gain, weight }
        });
        let (met, beside, odd_before) = (Met::of(step), step.beside, before.by);
        Alone { met, beside, b, each, slope: h, strays, noise, odd_before, column, fresh, variance, update }
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
