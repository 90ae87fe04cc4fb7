//! A removal from one breast, the other being left alone: what nearly every step of a log is.
//!
//! With `b` the breast and `i` everything else:
//!
//! ```text
//! unread    M_b <- M_b - y',   P_ib <- d P_ib,   P_bb <- d^2 P_bb + n         d = 1 - h;   y' and n of `reach`
//! read      V+- = (h^2 (0.8 (P_bb - Q_bb) + o' Q_bb) + o' n+-  (+ scale)) w       r = v - y,   z(r) of V+-
//!           o = o' odder(r);   w 1, of the second side of a session 0.92
//!           with a the oddness:  p(a) = P_bb + (a - 1) Q_bb,   U+-(a) = h^2 p(a) + a n+- + e       e = step^2/12 (+ scale)
//!                                k_i = h P_ib,   k_b(a) = h p(a) + e
//!           a = o        s <- s + pull k(a)                                   pull(r) of U+-(a)
//!           a = 1.5 o    P_bb <- p(a) + e,   P <- P - tell k(a) k(a)'         tell(r) of U+-(a)
//!           M_b <- M_b - v
//! ```
//!
//! What is left behind is what was there less what was taken, and the reading tells that but for `e`: so it is the milk
//! *before* the session that is learnt about, and then the reading is taken from it.

use crate::{
    belief::{Belief, Odd, Seen},
    reach::Reached,
    removed::Met,
    rows::{dot, row, sum},
    spread::{Sloped, Spread},
    steps::{Read, Step},
    worked::Worked,
};
use letdown_model::number::Number;

/// What such a removal went through, kept for the way back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alone<const N: usize, T = f64> {
    pub met: Met,
    beside: bool,
    pub b: usize,
    pub each: Reached<T>,
    /// `h`
    slope: T,
    /// The roots of `n+` and `n-` (mL).
    strays: [T; 2],
    /// `o'`
    odd_before: T,
    /// `P_ib` before.
    column: [T; N],
    /// `Q_bb` before.
    fresh: T,
    update: Option<Update<N, T>>,
}

/// How its reading moved the belief.
#[derive(Clone, Copy, Debug)]
struct Update<const N: usize, T> {
    seen: Seen<T>,
    /// How the mean moved, by `pull`, and the covariance, by `tell`.
    mean: Move<N, T>,
    cov: Move<N, T>,
}

/// One of the two.
#[derive(Clone, Copy, Debug)]
struct Move<const N: usize, T> {
    /// `a`
    odd: T,
    /// `p(a)`
    milk: T,
    /// `k(a)`
    gain: [T; N],
    /// `pull` or `tell`
    by: Sloped<T>,
}

/// Slopes by what a move depends on.
#[derive(Clone, Copy, Debug)]
struct OnMove<T> {
    odd: T,
    milk: T,
    slope: T,
    residual: T,
    strays: [T; 2],
}

/// A Student t is likest to something normal where its own variance is 0.69 of that, and 0.83 of what is added to a t that
/// is wide already: what is known of the milk is normal, what a session leaves to chance is not.
const NORMAL: f64 = 0.8;
/// The second side of a session is a Student t of 5 degrees of freedom, the one of [`crate::rounded`] of 4: it is likest at
/// this part of the variance (that of least information lost, by quadrature).
const SECOND_SIDE: f64 = 0.92;
/// The variance that an odd session leaves behind, against the one at which it moves the mean: for a Student t they are
/// what is expected of its mixing variance and the inverse of what is expected of the inverse, `(t + 1)/(t - 1)` apart; 5/3
/// for one side and 3/2 for the second. Where nothing is read it stands, judged, for the 2 of such a t.
pub(crate) const LEFT_BEHIND: f64 = 1.5;

/// Slopes by what such a removal of one breast depends on, beside the covariance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OnReach<T> {
    /// By what was expected of it (mL).
    pub expected: T,
    /// By `h`.
    pub slope: T,
    /// By how far it strays up and down (mL).
    pub strays: [T; 2],
}

/// Slopes by what a removal leaves to chance.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnChance<T> {
    /// By `Q`.
    pub fresh: T,
    /// By the oddness that a session has shown.
    pub odd: T,
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

impl<T: Number, const N: usize> Alone<N, T> {
    /// The log-likelihood of its reading; 0 without one.
    pub(crate) fn likelihood(&self) -> T {
        self.update.map_or(T::ZERO, |u| u.seen.likelihood.value)
    }

    /// How far what it takes strays, where nothing is read.
    pub(crate) fn spread(&self) -> Spread<T> {
        self.strays_by(self.known_ml2(T::ONE), T::ONE, 1.0)
    }

    /// What of the variance of a reading is known of before it (mL^2), the other side having shown an oddness.
    #[inline]
    fn known_ml2(&self, odd_before: T) -> T {
        self.slope * self.slope * self.known_milk_ml2(odd_before)
    }

    /// And of that of the milk.
    #[inline]
    fn known_milk_ml2(&self, odd_before: T) -> T {
        (self.column[self.b] - self.fresh) * NORMAL + odd_before * self.fresh
    }

    /// Carries slopes back, that by the oddness being `on_odd`: those by the covariance (symmetric) are moved, the others are
    /// returned.
    #[inline]
    pub(crate) fn back(
        &self,
        mean: &[T; N],
        cov: &mut [[T; N]; N],
        on_odd: T,
        on_likelihood: T,
    ) -> (OnReach<T>, OnChance<T>) {
        let Self { b, slope: h, column, fresh, odd_before, strays: [up, down], .. } = *self;
        let milk = column[b];
        let Some(u) = &self.update else {
            let d = T::ONE - h;
            let across = sum((0..N).map(|i| cov[i][b] * column[i])) - cov[b][b] * milk;
            let on_slope = (across + d * cov[b][b] * milk) * -2.0;
            let strays = self.each.back_unread(-mean[b], cov[b][b]);
            (0..N).for_each(|i| scale(cov, i, b, d));
            cov[b][b] *= d;
            return (OnReach { expected: -mean[b], slope: on_slope, strays }, OnChance::default());
        };
        let pulled: [T; N] = row(|i| dot(&cov[i], &u.cov.gain));
        let on_told = pulled.map(|p| u.cov.by.value * -2.0 * p);
        let of_cov = self.back_move(&u.cov, cov[b][b], -dot(&pulled, &u.cov.gain), &on_told);
        let on_pulled = mean.map(|m| u.mean.by.value * m);
        let of_mean = self.back_move(&u.mean, T::ZERO, dot(mean, &u.mean.gain), &on_pulled);

        let on_oddness = of_mean.odd + of_cov.odd * LEFT_BEHIND + on_odd;
        let on_odder = on_oddness * odd_before;
        let Seen { likelihood, odder, .. } = &u.seen;
        let met = |of: fn(&Sloped<T>) -> T| on_likelihood * of(likelihood) + on_odder * of(odder);
        let whole = self.whole();
        let [met_up, met_down] = [met(|s| s.by_up) * whole, met(|s| s.by_down) * whole];
        let met_both = (met_up + met_down) * h * h;
        let on_odd_before =
            on_oddness * odder.value + met_up * up * up + met_down * down * down + met_both * fresh;
        let on_chance = OnChance {
            fresh: of_mean.milk * (u.mean.odd - 1.0)
                + of_cov.milk * (u.cov.odd - 1.0)
                + met_both * (odd_before - NORMAL),
            // The first side of a session met no oddness.
            odd: if self.beside { on_odd_before } else { T::ZERO },
        };
        let stray =
            |i: usize, met: T| of_mean.strays[i] + of_cov.strays[i] + self.strays[i] * 2.0 * odd_before * met;
        let on = OnReach {
            expected: -(of_mean.residual + of_cov.residual + met(|s| s.by_residual)),
            slope: of_mean.slope
                + of_cov.slope
                + (met_up + met_down) * 2.0 * h * self.known_milk_ml2(odd_before),
            strays: [stray(0, met_up), stray(1, met_down)],
        };
        for i in (0..N).filter(|i| *i != b) {
            let on = cov[i][b] + h * 0.5 * (on_pulled[i] + on_told[i]);
            (cov[i][b], cov[b][i]) = (on, on);
        }
        cov[b][b] = of_mean.milk + of_cov.milk + met_both * NORMAL;
        (on, on_chance)
    }

    /// From the slopes by a move's `p`, its `pull` or `tell` and its `k`.
    #[inline]
    fn back_move(&self, m: &Move<N, T>, on_milk: T, on_by: T, on_gain: &[T; N]) -> OnMove<T> {
        let Self { b, slope: h, strays: [up, down], .. } = *self;
        let (on_up, on_down) = (on_by * m.by.by_up, on_by * m.by.by_down);
        let on_both = on_up + on_down;
        let milk = on_milk + on_gain[b] * h + on_both * h * h;
        let by_others = dot(on_gain, &self.column) - on_gain[b] * self.column[b];
        OnMove {
            odd: self.fresh * milk + on_up * up * up + on_down * down * down,
            milk,
            slope: by_others + (on_gain[b] + on_both * 2.0 * h) * m.milk,
            residual: on_by * m.by.by_residual,
            strays: [up * 2.0 * m.odd * on_up, down * 2.0 * m.odd * on_down],
        }
    }

    /// `w`
    #[inline]
    fn whole(&self) -> f64 {
        if self.beside { SECOND_SIDE } else { 1.0 }
    }

    /// How far a residual strays, `known` being the variance of what is known of it (mL^2) and `odd` the oddness of the rest.
    #[inline]
    fn strays_by(&self, known: T, odd: T, whole: f64) -> Spread<T> {
        let [above, below] = self.strays.map(|ml| (known + odd * ml * ml) * whole);
        Spread::of(above, below)
    }

    #[inline]
    fn move_of(&self, seen: &Seen<T>, odd: T, by: impl Fn(&Spread<T>, T) -> Sloped<T>) -> Move<N, T> {
        let Self { b, slope: h, .. } = *self;
        let milk = self.column[b] + (odd - 1.0) * self.fresh;
        let mut gain = self.column.map(|c| h * c);
        gain[b] = h * milk + seen.rounding;
        let spread = self.strays_by(h * h * milk + seen.rounding, odd, 1.0);
        Move { odd, milk, gain, by: by(&spread, seen.residual) }
    }
}

impl<T: Number, const B: usize, const N: usize> Belief<B, N, T> {
    /// Takes milk from one breast, and learns from a reading when there is one.
    #[inline]
    pub(crate) fn remove_alone(&mut self, w: &Worked<B, T>, step: &Step, b: usize) -> Alone<N, T> {
        let multiplier = step.with.as_ref().map_or(T::ONE, |with| w.multiplier(with));
        let each = self.reached(w, step, (multiplier, w.storage_at(b, step.early)), b);
        let h = each.share * each.reach.slope;
        let column: [T; N] = row(|i| self.cov[i][b]);
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
        self.fresh[b] = T::ZERO;
        match &step.reading {
            Some(read) => removed.update = Some(self.learn_alone(&removed, read)),
            None => self.leave_alone(&removed),
        }
        removed
    }

    /// Nothing was read: what is usual is taken.
    #[inline]
    fn leave_alone(&mut self, removed: &Alone<N, T>) {
        let (b, d) = (removed.b, T::ONE - removed.slope);
        (0..N).for_each(|i| scale(&mut self.cov, i, b, d));
        self.cov[b][b] = d * self.cov[b][b] + removed.each.unread_ml2();
        self.mean[b] -= removed.each.on_average_ml();
    }

    #[inline]
    fn learn_alone(&mut self, removed: &Alone<N, T>, read: &Read) -> Update<N, T> {
        let b = removed.b;
        let Odd { by: before, tails } = self.odd;
        let known = removed.known_ml2(before) + read.error_ml2;
        let met = removed.strays_by(known, before, removed.whole());
        let seen = Seen::of(read, removed.each.expected_ml, &met, tails);
        let oddness = before * seen.odder.value;
        self.odd = Odd { by: oddness, tails: tails + 1.0 };

        let mean = removed.move_of(&seen, oddness, Spread::pull);
        let cov = removed.move_of(&seen, oddness * LEFT_BEHIND, Spread::tell);
        self.cov[b][b] = cov.milk + seen.rounding;
        for i in 0..N {
            self.mean[i] += mean.by.value * mean.gain[i];
            for j in 0..N {
                self.cov[i][j] -= cov.by.value * cov.gain[i] * cov.gain[j];
            }
        }
        self.mean[b] -= read.ml;
        Update { seen, mean, cov }
    }
}

/// Scales the entries of a symmetric matrix by two places; that on its diagonal once.
#[inline]
fn scale<T: Number, const N: usize>(matrix: &mut [[T; N]; N], i: usize, b: usize, by: T) {
    let scaled = matrix[i][b] * by;
    (matrix[i][b], matrix[b][i]) = (scaled, scaled);
}

#[cfg(test)]
mod tests {
    use super::{NORMAL, SECOND_SIDE};
    use crate::rounded::TAILS;

    const STRIPS: u32 = 4000;

    /// Sums a function over the middles of strips.
    fn sum(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
        let width = (to - from) / f64::from(STRIPS);
        (0..STRIPS).map(|i| f(from + (f64::from(i) + 0.5) * width)).sum::<f64>() * width
    }

    /// The squared scale at which a Student t of [`TAILS`] is likest to what strays by a density: there its slope is 0.
    fn likest(density: impl Fn(f64) -> f64) -> f64 {
        let slope = |scale2: f64| {
            sum(-80.0, 80.0, |x| ((TAILS + 1.0) * x * x / (TAILS * scale2 + x * x) - 1.0) * density(x))
        };
        let (mut low, mut high) = (0.2, 2.0);
        for _ in 0..30 {
            let middle = 0.5 * (low + high);
            *(if slope(middle) > 0.0 { &mut low } else { &mut high }) = middle;
        }
        low
    }

    fn normal(x: f64, variance: f64) -> f64 {
        libm::exp(-0.5 * x * x / variance) / (2.0 * core::f64::consts::PI * variance).sqrt()
    }

    fn of_five(x: f64) -> f64 {
        8.0 / (3.0 * core::f64::consts::PI * 5.0_f64.sqrt()) * libm::pow(1.0 + x * x / 5.0, -3.0)
    }

    #[test]
    fn a_second_side_is_likest_at_its_part_of_the_variance() {
        let part = likest(of_five);
        assert!((part - 0.924).abs() < 0.002 && (part - SECOND_SIDE).abs() < 0.01, "{part}");
    }

    #[test]
    fn what_is_normal_weighs_between_what_it_does_alone_and_beside_something_odd() {
        let alone = likest(|x| normal(x, 1.0));
        // Nine parts of a Student t of four degrees of freedom (its mixing weight a gamma of two) and one that is normal.
        let weight = |l: f64| 4.0 * l * libm::exp(-2.0 * l);
        let mixing: Vec<(f64, f64)> =
            (0..400).map(|i| 0.02 * (f64::from(i) + 0.5)).map(|l| (l, 0.02 * weight(l))).collect();
        let beside = likest(|x| mixing.iter().map(|(l, w)| w * normal(x, 0.1 + 0.9 / l)).sum());
        let beside = (beside - 0.9) / 0.1;
        assert!((alone - 0.69).abs() < 0.005 && (beside - 0.82).abs() < 0.02, "{alone} and {beside}");
        assert!(alone < NORMAL && NORMAL < beside, "{alone} and {beside}");
    }
}
