//! Slopes on their way back through the filter of [`crate::belief`].
//!
//! Every line of the way back is the transpose of one line of the way there (reverse mode by hand). Slopes of the
//! log-likelihood by a belief's mean, covariance and memory travel backwards from the last step to the first; on the way
//! they leave what belongs to the traits. Checked against dual numbers and central differences in the tests.

use crate::{
    alone::{Alone, OnReach},
    belief::{GapTape, RemovalTape, Seen},
    effects::{EFFECTS, Effect},
    reach::{FAR, Reached, Share},
    removed::{Met, Removed},
    rows::{dot, row, sum},
    steps::{Begin, PLASTIC_H, Remover},
    traits::{COUNT, Trait, Traits, side_sign},
    unlogged::Fork,
    worked::Worked,
};
use letdown_model::{demand::Memory, filling::FilledSlope, number::Number};

/// Slopes on their way back.
pub(crate) struct WayBack<'w, const B: usize, const N: usize, T> {
    w: &'w Worked<B, T>,
    mean: [T; N],
    cov: [[T; N]; N],
    memory: [Memory<T>; B],
    fresh: [T; B],
    /// By what the session under way has shown of its oddness.
    odd: T,
    capacity_log: [T; B],
    storage: [T; B],
    early_storage: [T; B],
    early_gain: T,
    activation_h: T,
    half_fullness: T,
    steepness: T,
    /// By the levels of the share, low, usual and high.
    pump_share: [T; 3],
    baby_share: [T; 3],
    day_sd: T,
    gap_sd: T,
    cosine: T,
    sine: T,
    set_fullness: T,
    memory_h: T,
    gain: T,
    back: T,
    past_flow: T,
    ceiling: T,
    start: T,
    out_of_reach: T,
    pace: T,
    effects: [T; EFFECTS],
}

fn nothing<T: Number>() -> Memory<T> {
    Memory { fullness: T::ZERO, ln_capacity: T::ZERO }
}

impl<'w, T: Number, const B: usize, const N: usize> WayBack<'w, B, N, T> {
    pub(crate) fn new(w: &'w Worked<B, T>) -> Self {
        Self {
            w,
            mean: [T::ZERO; N],
            cov: [[T::ZERO; N]; N],
            memory: [nothing(); B],
            fresh: [T::ZERO; B],
            odd: T::ZERO,
            capacity_log: [T::ZERO; B],
            storage: [T::ZERO; B],
            early_storage: [T::ZERO; B],
            early_gain: T::ZERO,
            activation_h: T::ZERO,
            half_fullness: T::ZERO,
            steepness: T::ZERO,
            pump_share: [T::ZERO; 3],
            baby_share: [T::ZERO; 3],
            day_sd: T::ZERO,
            gap_sd: T::ZERO,
            cosine: T::ZERO,
            sine: T::ZERO,
            set_fullness: T::ZERO,
            memory_h: T::ZERO,
            gain: T::ZERO,
            back: T::ZERO,
            past_flow: T::ZERO,
            ceiling: T::ZERO,
            start: T::ZERO,
            out_of_reach: T::ZERO,
            pace: T::ZERO,
            effects: [T::ZERO; EFFECTS],
        }
    }

    /// Names are those of the text of `belief`: `k`, `W`, `o`; "odd" is what stands behind the oddness.
    #[expect(
        clippy::needless_range_loop,
        reason = "indices are those of the matrices in the text of `belief`"
    )]
    pub(crate) fn through_removal(&mut self, t: &RemovalTape<B, N, T>, on_taken: T, on_likelihood: T) {
        let after = self.cov;
        let both = |i: usize, j: usize| after[i][j] + after[j][i];
        let stay: [T; N] = row(|i| T::ONE - t.slope[i]);
        let oddness = t.update.map_or(T::ONE, |u| u.seen.odder.value);
        self.odd = T::ZERO;
        let fresh = |b: usize| if b < B && t.each[b].is { t.before.fresh[b] } else { T::ZERO };
        let odd_cov = |i: usize, j: usize| {
            if i == j { t.before.cov[i][j] + (oddness - 1.0) * fresh(i) } else { t.before.cov[i][j] }
        };

        let mut odd_noise: [T; N] = row(|i| after[i][i]);
        let mut slope: [T; N] = row(|i| -sum((0..N).map(|j| both(i, j) * odd_cov(i, j) * stay[j])));
        let mut expected: [T; N] = row(|i| on_taken - self.mean[i]);
        let mut cov: [[T; N]; N] = row(|i| row(|j| after[i][j] * stay[i] * stay[j]));
        let mut noise = odd_noise;
        let mut on_fresh = [T::ZERO; B];
        if let Some(u) = &t.update {
            let moved = dot(&self.mean, &u.gain);
            let shrunk: T = sum((0..N).map(|i| u.gain[i] * dot(&after[i], &u.gain)));
            let on_spread = -u.weight * u.weight * (u.seen.residual * moved - shrunk);
            let mut odd_towards = [T::ZERO; N];
            for i in 0..N {
                let pull: T = sum((0..N).map(|j| both(i, j) * u.gain[j]));
                let on_gain = u.weight * (u.seen.residual * self.mean[i] - pull);
                slope[i] += (on_spread - on_gain) * u.odd_towards[i];
                odd_towards[i] = on_gain * stay[i] + on_spread * t.slope[i];
                odd_noise[i] += on_spread - on_gain;
            }
            let mut on_oddness = T::ZERO;
            for i in 0..N {
                for j in 0..N {
                    cov[i][j] += odd_towards[i] * t.slope[j];
                    slope[j] += odd_towards[i] * odd_cov(i, j);
                }
            }
            for i in 0..N {
                on_oddness += odd_noise[i] * t.noise[i] + cov[i][i] * fresh(i);
                noise[i] = odd_noise[i] * oddness;
            }
            for b in 0..B {
                on_fresh[b] = cov[b][b] * (oddness - 1.0);
            }

            let Seen { likelihood, odder, .. } = u.seen;
            let on_residual =
                u.weight * moved + on_likelihood * likelihood.by_residual + on_oddness * odder.by_residual;
            // Up and down are alike here.
            let on_variance = on_likelihood * (likelihood.by_up + likelihood.by_down)
                + on_oddness * (odder.by_up + odder.by_down);
            for i in 0..N {
                slope[i] += on_variance * 2.0 * t.towards[i];
                noise[i] += on_variance;
                expected[i] -= on_residual;
                for j in 0..N {
                    cov[i][j] += on_variance * t.slope[i] * t.slope[j];
                }
            }
        }
        self.cov = row(|i| row(|j| (cov[i][j] + cov[j][i]) * 0.5));
        for b in 0..B {
            if t.each[b].is {
                self.fresh[b] = on_fresh[b];
                let e = &t.each[b];
                let strays = match t.update {
                    Some(_) => [noise[b] * 0.5 * (e.up_ml() + e.down_ml()); 2],
                    None => e.back_unread(on_taken - self.mean[b], noise[b]),
                };
                let on = OnReach { expected: expected[b], slope: slope[b], strays };
                self.through_reach(&t.met, &t.each[b], b, on);
            }
        }
    }

    #[inline]
    pub(crate) fn through_alone(&mut self, t: &Alone<N, T>, on_taken: T, on_likelihood: T) {
        let (mut on, on_chance) = t.back(&self.mean, &mut self.cov, self.odd, on_likelihood);
        (self.fresh[t.b], self.odd) = (on_chance.fresh, on_chance.odd);
        on.expected += on_taken;
        let on_strays = t.each.back_unread(on_taken, T::ZERO);
        on.strays.iter_mut().zip(on_strays).for_each(|(sum, on)| *sum += on);
        self.through_reach(&t.met, &t.each, t.b, on);
    }

    fn through_removed(&mut self, removed: &Removed<B, N, T>, on_likelihood: T) {
        match removed {
            Removed::Alone(t) => self.through_alone(t, T::ZERO, on_likelihood),
            Removed::Both(t) => self.through_removal(t, T::ZERO, on_likelihood),
        }
    }

    /// Both courses of [`crate::unlogged`]: `on_weight` is the slope by `w`.
    pub(crate) fn through_fork(&mut self, f: &Fork<B, N, T>) {
        let (mean, cov, memory, fresh) = (self.mean, self.cov, self.memory, self.fresh);
        let apart = [f.apart(0), f.apart(1)];
        let on_weight = [0, 1].map(|k| {
            let end = &f.ends[k];
            let of_cov =
                |i: usize| sum((0..N).map(|j| cov[i][j] * (end.cov[i][j] + apart[k][i] * apart[k][j])));
            let of_breast = |b: usize| {
                memory[b].fullness * end.memory[b].fullness
                    + memory[b].ln_capacity * end.memory[b].ln_capacity
                    + fresh[b] * end.fresh[b]
            };
            dot(&mean, &end.mean) + sum((0..N).map(of_cov)) + sum((0..B).map(of_breast))
        });
        let usual = f.weights[0] * on_weight[0] + f.weights[1] * on_weight[1];
        let mut both = ([T::ZERO; N], [[T::ZERO; N]; N], [nothing(); B], [T::ZERO; B]);
        for k in [0, 1] {
            let w = f.weights[k];
            self.mean = row(|i| {
                let spread: T = sum((0..N).map(|j| (cov[i][j] + cov[j][i]) * apart[k][j]));
                w * (mean[i] + spread)
            });
            self.cov = cov.map(|row| row.map(|c| w * c));
            self.memory = memory.map(|m| Memory { fullness: w * m.fullness, ln_capacity: w * m.ln_capacity });
            self.fresh = fresh.map(|v| w * v);
            self.odd = T::ZERO;
            for (gap, removal) in f.courses[k].iter().rev() {
                self.through_removed(removal, w * (on_weight[k] - usual + 1.0));
                if let Some(gap) = gap {
                    self.through_gap(gap);
                }
            }
            for i in 0..N {
                both.0[i] += self.mean[i];
                for j in 0..N {
                    both.1[i][j] += self.cov[i][j];
                }
            }
            for b in 0..B {
                both.2[b].fullness += self.memory[b].fullness;
                both.2[b].ln_capacity += self.memory[b].ln_capacity;
                both.3[b] += self.fresh[b];
            }
        }
        (self.mean, self.cov, self.memory, self.fresh) = both;
    }

    #[inline]
    fn through_reach(&mut self, met: &Met, e: &Reached<T>, b: usize, on: OnReach<T>) {
        let OnReach { expected, slope, strays: [on_up, on_down] } = on;
        let (storage, within) = (e.storage, e.within_ml());
        let on_within = expected * e.share + on_up * e.up + on_down * e.down;
        let (on_reach, on_reach_slope) = (on_within * storage, slope * e.share);
        self.on_storage(b, met.early, on_within * e.reach.value);

        // Low, usual and high: what strays lies between them.
        let (on_low, on_high) = (-on_down * within / FAR, on_up * within / FAR);
        let on_usual = expected * within + slope * e.reach.slope - on_low - on_high;
        let on_shares = [on_low, on_usual, on_high];
        let on_grown: [T; 3] = row(|i| on_shares[i] * e.share_slopes[i]);
        let on_progress = dot(&on_grown, &self.w.share_of(met.by).levels);
        if let Some(with) = &met.with {
            let on_ln = on_progress * e.progress;
            self.effects.iter_mut().zip(with.amounts()).for_each(|(sum, amount)| *sum += on_ln * amount);
        }
        let on_levels = if met.by == Remover::Baby { &mut self.baby_share } else { &mut self.pump_share };
        on_levels.iter_mut().zip(on_grown).for_each(|(sum, on)| *sum += on * e.progress);

        let on_above = on_reach * e.reach.slope + on_reach_slope * e.reach.bend;
        if met.by != Remover::Baby {
            self.out_of_reach -= on_above;
        }
        self.pace += on_progress * e.progress_by_pace;
        let on_fullness = on_above + on_progress * e.progress_by_fullness;
        self.mean[b] += on_fullness / storage;
        self.on_storage(b, met.early, -on_fullness * e.milk / (storage * storage));
    }

    /// A slope by the storage of a day, carried on to S and S5.
    fn on_storage(&mut self, b: usize, early: f64, slope: T) {
        self.storage[b] += slope * (1.0 - early);
        self.early_storage[b] += slope * early;
    }

    pub(crate) fn through_gap(&mut self, t: &GapTape<B, N, T>) {
        let after = self.cov;
        let (mut on_to_milk, mut on_to_wander) = ([T::ZERO; B], [T::ZERO; B]);
        for i in 0..B {
            // `A` before the wandering row by row: (0 .. to_milk .. 0, to_wander), and last (0 .. 0, 1).
            let into = |j: usize| t.to_milk[j] * t.wandered[j][i] + t.to_wander[j] * t.wandered[B][i];
            let milk: T = sum((0..B).map(|j| after[i][j] * into(j)));
            on_to_milk[i] = (milk + after[i][B] * t.wandered[B][i]) * 2.0;
            on_to_wander[i] = dot(&after[i], &t.last) * 2.0;
            let on_surprise = after[i][i] + self.fresh[i];
            let own = on_surprise * (2.0 * self.w.gap_variance_share) * self.w.gap_sd * t.to_wander[i];
            self.fresh[i] = T::ZERO;
            on_to_wander[i] += own * self.w.gap_sd;
            self.gap_sd += own * t.to_wander[i];
        }
        let through: [T; N] = row(|i| sum((0..B).map(|k| after[i][k] * t.to_wander[k])) + after[i][B]);
        let mut wandered = after;
        for i in 0..B {
            for j in 0..B {
                wandered[i][j] *= t.to_milk[i] * t.to_milk[j];
            }
            let last = t.to_milk[i] * through[i];
            (wandered[i][B], wandered[B][i]) = (last, last);
        }
        wandered[B][B] = sum((0..B).map(|k| t.to_wander[k] * through[k])) + through[B];

        let mut on_weighted_h = T::ZERO;
        let mut on_wander_mean = self.mean[B];
        let mut on_activation = T::ZERO;
        for b in 0..B {
            on_weighted_h += self.through_filling(
                t,
                b,
                [on_to_milk[b], on_to_wander[b]],
                &mut on_wander_mean,
                &mut on_activation,
            );
        }
        self.cosine += on_weighted_h * t.activation * t.gap.hours * t.gap.rhythm.0;
        self.sine += on_weighted_h * t.activation * t.gap.hours * t.gap.rhythm.1;
        if let Some(from_h) = t.gap.young_h {
            on_activation += on_weighted_h * t.weighted_h / t.activation;
            let rise = self.w.activation(|a| a.at(from_h + t.gap.hours) - a.at(from_h));
            self.activation_h -= on_activation * rise / t.gap.hours;
        }
        self.through_wander(t, &wandered, on_wander_mean);
    }

    /// Returns the slope by the weighted hours.
    fn through_filling(
        &mut self,
        t: &GapTape<B, N, T>,
        b: usize,
        [on_to_milk, on_to_wander]: [T; 2],
        on_wander_mean: &mut T,
        on_activation: &mut T,
    ) -> T {
        let (storage, filled, start) = (t.storage[b], &t.filled[b], &t.start[b]);
        let demand = self.w.demand.gradient(&t.remembered[b], &self.memory[b]);
        self.set_fullness += demand.set_fullness;
        self.memory_h += demand.memory_h;
        self.gain += demand.gain_per_day;
        self.back += demand.return_per_day;
        self.past_flow += demand.past_flow_per_day;
        self.ceiling += demand.ceiling;
        if let Some(from_h) = t.gap.young_h {
            // Activation stands beside `k` and over `tau_F`, early plasticity beside `k`.
            let on_ln_gain = demand.gain_per_day * self.w.demand.gain_per_day;
            *on_activation += (on_ln_gain - demand.memory_h * self.w.demand.memory_h) / t.activation;
            if from_h < PLASTIC_H {
                self.early_gain += on_ln_gain / self.w.demand.early_gain;
            }
        }

        let ratio = filled.rate_end / filled.rate_start;
        let slope = FilledSlope {
            fullness: self.mean[b] * storage,
            mean_fullness: demand.mean_fullness,
            rate_start: -on_to_milk * start.slope * ratio / filled.rate_start,
            rate_end: on_to_milk * start.slope / filled.rate_start + on_to_wander * t.rate[b] * t.weighted_h,
        };
        let g = self.w.brake.gradient(filled, t.charge[b], t.gap.hours, &slope);
        self.half_fullness += g.half_fullness;
        self.steepness += g.steepness;

        let on_rate = g.charge * t.weighted_h / storage + on_to_wander * filled.rate_end * t.weighted_h;
        let on_rate_log = on_rate * t.rate[b];
        self.capacity_log[b] += on_rate_log;
        *on_wander_mean += on_rate_log;
        self.memory[b] = Memory { fullness: demand.fullness, ln_capacity: demand.ln_capacity + on_rate_log };

        let on_start = g.fullness * start.slope + on_to_milk * ratio * start.bend;
        let on_storage = self.mean[b] * filled.fullness
            - g.charge * t.charge[b] / storage
            - on_start * t.milk[b] / (storage * storage);
        self.on_storage(b, t.gap.early, on_storage);
        self.mean[b] = on_start / storage;
        g.charge * t.rate[b] / storage + on_to_wander * filled.rate_end * t.rate[b]
    }

    fn through_wander(&mut self, t: &GapTape<B, N, T>, wandered: &[[T; N]; N], on_wander_mean: T) {
        self.mean[B] = on_wander_mean * t.gap.wander.0;
        self.cov = *wandered;
        for i in 0..B {
            self.cov[i][B] *= t.gap.wander.0;
            self.cov[B][i] *= t.gap.wander.0;
        }
        self.cov[B][B] *= t.gap.wander.0 * t.gap.wander.0;
        self.day_sd += wandered[B][B] * 2.0 * self.w.day_sd * t.gap.wander.1;
    }

    /// Through [`Belief::first`].
    pub(crate) fn through_first(&mut self, begin: &Begin) {
        for b in 0..B {
            let storage = self.w.storage_at(b, begin.early);
            let on_storage =
                self.mean[b] * begin.fullness + self.cov[b][b] * (2.0 * begin.sd * begin.sd) * storage;
            self.on_storage(b, begin.early, on_storage);
            self.set_fullness += self.memory[b].fullness;
            self.start += self.memory[b].ln_capacity;
        }
    }

    pub(crate) fn by_trait(&self, women: &[Traits]) -> [T; COUNT] {
        let fitted = |t: Trait| T::of(|l| women[l].get(t));
        let balance = |v: [T; B]| sum(v.into_iter().enumerate().map(|(b, x)| x * (0.5 * side_sign(b))));
        let mut storage_log: [T; B] = row(|b| self.storage[b] * self.w.storage[b]);
        let early_log: [T; B] = row(|b| self.early_storage[b] * self.w.early_storage[b]);
        let is_early = women[0].get(Trait::EarlyStorage) != 0.0;
        let early_own =
            if is_early { sum(early_log.into_iter()) / fitted(Trait::EarlyStorage) } else { T::ZERO };
        let balanced: [T; B] = row(|b| storage_log[b] + early_log[b]);
        if !is_early {
            storage_log = balanced;
        }
        let share = |s: &Share<T>, on: &[T; 3], i: usize| sum((0..3).map(|k| on[k] * s.levels_by[k][i]));
        let pump = |i| share(&self.w.share, &self.pump_share, i);
        crate::traits::ALL.map(|t| match t {
            Trait::Capacity => sum(self.capacity_log.into_iter()) / fitted(t),
            Trait::CapacityBalance => balance(self.capacity_log),
            Trait::Storage => sum(storage_log.into_iter()) / fitted(t),
            Trait::StorageBalance => balance(balanced),
            Trait::HalfFullness => self.half_fullness,
            Trait::Steepness => self.steepness,
            Trait::PumpShare => pump(0),
            Trait::SessionSd => pump(1),
            Trait::DaySd => self.day_sd,
            Trait::GapSd => self.gap_sd,
            Trait::Cosine => self.cosine,
            Trait::Sine => self.sine,
            Trait::SetFullness => self.set_fullness,
            Trait::MemoryH => self.memory_h,
            Trait::Gain => self.gain,
            Trait::Return => self.back,
            Trait::Ceiling => self.ceiling,
            Trait::Start => self.start,
            Trait::OutOfReach => self.out_of_reach,
            Trait::Pace => self.pace,
            Trait::BabyShare => share(&self.w.baby, &self.baby_share, 0),
            Trait::EarlyStorage => early_own,
            Trait::EarlyGain => self.early_gain,
            Trait::ActivationH => self.activation_h,
            Trait::PastFlow => self.past_flow,
            t => Effect::of(t).map_or(T::ZERO, |effect| self.effects[effect as usize]),
        })
    }
}
