//! A removal from one breast, the other being left alone: what nearly every step of a log is.
//!
//! With `b` the breast and `i` everything else:
//!
//! ```text
//! unread    M_b <- M_b - y,   P_ib <- d P_ib,   P_bb <- d^2 P_bb + n         d = 1 - h,   n = ((n+^(1/2) + n-^(1/2))/2)^2
//! read      V+- = h^2 (P_bb + (o' - 1) Q_bb) + o' n+-  (+ scale),   r = v - y,   z(r) of V+-
//!           o = o' odder(r),   p = P_bb + (1.2 o - 1) Q_bb
//!           U+- = h^2 p + o n+- + e,   pull(r) and tell(r) of U+-            e = step^2/12 (+ scale)
//!           k_i = h P_ib,   k_b = h p + e,   P_bb <- p + e
//!           s <- s + pull k,   P <- P - tell k k',   M_b <- M_b - v
//! ```
//!
//! What is left behind is what was there less what was taken, and the reading tells that but for `e`: so it is the milk
//! *before* the session that is learnt about, and then the reading is taken from it.

use crate::{
    belief::{Belief, FRESH, Odd, Read, Seen, Step, Worked},
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
    /// `o'`
    odd_before: f64,
    /// `P_ib` before.
    column: [f64; N],
    /// `Q_bb` before.
    fresh: f64,
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
    pull: Sloped,
    tell: Sloped,
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

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread {
        let known = self.slope * self.slope * self.column[self.b];
        let [above, below] = self.strays.map(|ml| known + ml * ml);
        Spread::of(above, below)
    }

    fn strays_on_average_ml(&self) -> f64 {
        0.5 * (self.strays[0] + self.strays[1])
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
        let Self { b, slope: h, column, fresh, odd_before, strays: [up, down], .. } = *self;
        let milk = column[b];
        let Some(u) = &self.update else {
            let d = 1.0 - h;
            let across: f64 = (0..N).map(|i| cov[i][b] * column[i]).sum::<f64>() - cov[b][b] * milk;
            let on_slope = -2.0 * (across + d * cov[b][b] * milk);
            let on_stray = cov[b][b] * self.strays_on_average_ml();
            (0..N).for_each(|i| scale(cov, i, b, d));
            cov[b][b] *= d;
            let on = OnReach { expected: -mean[b], slope: on_slope, strays: [on_stray; 2] };
            return (on, OnChance::default());
        };
        let Update { seen, oddness, gain, pull, tell } = *u;
        let odd_milk = milk + (FRESH * oddness - 1.0) * fresh;
        let pulled: [f64; N] = std::array::from_fn(|i| dot(&cov[i], &gain));
        let (on_pull, on_tell) = (dot(mean, &gain), -dot(&pulled, &gain));
        let on_gain: [f64; N] = std::array::from_fn(|i| pull.value * mean[i] - 2.0 * tell.value * pulled[i]);
        let moved = |of: fn(&Sloped) -> f64| on_pull * of(&pull) + on_tell * of(&tell);
        let [moved_up, moved_down] = [moved(|s| s.by_up), moved(|s| s.by_down)];
        let moved_both = moved_up + moved_down;

        let on_odd_milk = cov[b][b] + on_gain[b] * h + moved_both * h * h;
        let on_oddness = FRESH * fresh * on_odd_milk + moved_up * up * up + moved_down * down * down + on_odd;
        let on_odder = on_oddness * odd_before;
        let met = |of: fn(&Sloped) -> f64| on_likelihood * of(&seen.likelihood) + on_odder * of(&seen.odder);
        let [met_up, met_down] = [met(|s| s.by_up), met(|s| s.by_down)];
        let met_both = met_up + met_down;
        let on_odd_before = on_oddness * seen.odder.value
            + met_up * up * up
            + met_down * down * down
            + met_both * h * h * fresh;
        let on_chance = OnChance {
            fresh: on_odd_milk * (FRESH * oddness - 1.0) + met_both * h * h * (odd_before - 1.0),
            // The first side of a session met no oddness.
            odd: if self.beside { on_odd_before } else { 0.0 },
        };

        let by_others: f64 = (0..N).map(|i| on_gain[i] * column[i]).sum::<f64>() - on_gain[b] * milk;
        let met_milk = milk + (odd_before - 1.0) * fresh;
        let on = OnReach {
            expected: -(moved(|s| s.by_residual) + met(|s| s.by_residual)),
            slope: by_others + (on_gain[b] + 2.0 * moved_both * h) * odd_milk + 2.0 * met_both * h * met_milk,
            strays: [
                2.0 * up * (moved_up * oddness + met_up * odd_before),
                2.0 * down * (moved_down * oddness + met_down * odd_before),
            ],
        };
        for i in (0..N).filter(|i| *i != b) {
            let on = cov[i][b] + 0.5 * on_gain[i] * h;
            (cov[i][b], cov[b][i]) = (on, on);
        }
        cov[b][b] = on_odd_milk + met_both * h * h;
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
        let mut removed = Alone {
            met: Met::of(step),
            beside: step.beside,
            b,
            each,
            slope: h,
            strays: [each.up_ml(), each.down_ml()],
            odd_before: self.odd.by,
            column,
            fresh: self.fresh[b],
            update: None,
        };
        self.fresh[b] = 0.0;
        match &step.reading {
            Some(read) => removed.update = Some(self.learn_alone(&removed, read)),
            None => self.leave_alone(&removed),
        }
        removed
    }

    /// Nothing was read: what is usual is taken.
    fn leave_alone(&mut self, removed: &Alone<N>) {
        let (b, d) = (removed.b, 1.0 - removed.slope);
        let strays_ml = removed.strays_on_average_ml();
        (0..N).for_each(|i| scale(&mut self.cov, i, b, d));
        self.cov[b][b] = d * self.cov[b][b] + strays_ml * strays_ml;
        self.mean[b] -= removed.each.expected_ml;
    }

    #[inline]
    fn learn_alone(&mut self, removed: &Alone<N>, read: &Read) -> Update<N> {
        let Alone { b, slope: h, strays, column, fresh, .. } = *removed;
        let before = self.odd;
        let spread = |known: f64, odd: f64| {
            let [above, below] = strays.map(|ml| known + odd * ml * ml);
            Spread::of(above, below)
        };
        let met = h * h * (column[b] + (before.by - 1.0) * fresh) + read.error_ml2;
        let seen = Seen::of(read, removed.each.expected_ml, &spread(met, before.by), before.tails);
        let oddness = before.by * seen.odder.value;
        self.odd = Odd { by: oddness, tails: before.tails + 1.0 };

        let odd_milk = column[b] + (FRESH * oddness - 1.0) * fresh;
        let moves = spread(h * h * odd_milk + seen.rounding, oddness);
        let (pull, tell) = moves.pull_and_tell(seen.residual);
        let mut gain = column.map(|c| h * c);
        gain[b] = h * odd_milk + seen.rounding;
        self.cov[b][b] = odd_milk + seen.rounding;
        for i in 0..N {
            self.mean[i] += pull.value * gain[i];
            for j in 0..N {
                self.cov[i][j] -= tell.value * gain[i] * gain[j];
            }
        }
        self.mean[b] -= read.ml;
        Update { seen, oddness, gain, pull, tell }
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
