//! The log-density of a log and its gradient: the filter of [`crate::belief`] run forwards, then backwards.
//!
//! Every line of the way back is the transpose of one line of the way there (reverse mode by hand). Slopes of the
//! log-likelihood by a belief's mean, covariance and memory travel backwards from the last step to the first; on the way
//! they leave what belongs to the traits. Checked against dual numbers and central differences in the tests.

use crate::{
    alone::{Alone, OnReach},
    belief::{
        Begin, Belief, Elapsed, GapTape, PLASTIC_H, RemovalTape, Remover, Seen, Step, Worked, dot, steps,
    },
    coordinates::Layout,
    effects::{EFFECTS, Effect},
    log::{Breasts, Growth, Log, Removal},
    reach::{FAR, Reached, Share},
    removed::{Met, Removed},
    traits::{COUNT, Trait, Traits, side_sign},
    unlogged::{Fork, halves},
};
use letdown_model::{demand::Memory, filling::FilledSlope};

/// The posterior log-density of one log in the coordinates of its layout.
#[derive(Clone, Debug)]
pub struct Density {
    layout: Layout,
    steps: Vec<Step>,
    halves: Vec<[Elapsed; 2]>,
    growth: Vec<Grown>,
    begin: Begin,
    /// Kept between calls: a fit asks thousands of times.
    tapes: Tapes,
    asked: usize,
}

/// What was passed on the way there: each sort in a list of its own, which keeps them short.
#[derive(Clone, Debug)]
struct Tape<const B: usize, const N: usize> {
    order: Vec<Passed>,
    gaps: Vec<GapTape<B, N>>,
    alone: Vec<Alone<N>>,
    both: Vec<RemovalTape<B, N>>,
    forks: Vec<Fork<B, N>>,
}

/// In which list the next one stands.
#[derive(Clone, Copy, Debug)]
enum Passed {
    Gap,
    Alone,
    Both,
    Fork,
}

impl<const B: usize, const N: usize> Default for Tape<B, N> {
    fn default() -> Self {
        Self { order: Vec::new(), gaps: Vec::new(), alone: Vec::new(), both: Vec::new(), forks: Vec::new() }
    }
}

impl<const B: usize, const N: usize> Tape<B, N> {
    fn clear(&mut self) {
        self.order.clear();
        self.gaps.clear();
        self.alone.clear();
        self.both.clear();
        self.forks.clear();
    }
}

/// What a log is to the filter.
#[derive(Clone, Copy, Debug)]
struct Told<'a> {
    steps: &'a [Step],
    /// Of doubted gaps, in order.
    halves: &'a [[Elapsed; 2]],
    growth: &'a [Grown],
    begin: &'a Begin,
}

fn halves_of(log: &Log) -> Vec<[Elapsed; 2]> {
    let pairs = log.events().windows(2).enumerate().filter(|(i, _)| log.is_doubted(i + 1));
    pairs.filter_map(|(_, pair)| halves(log, pair[0].at_h, pair[1].at_h)).collect()
}

#[derive(Clone, Debug, Default)]
struct Tapes {
    one: Tape<1, 2>,
    two: Tape<2, 3>,
}

impl Density {
    /// The density of a log.
    pub fn of(log: &Log) -> Self {
        let (layout, begin) = (Layout::of(log), Begin::of(log));
        let (steps, halves) = (steps(log), halves_of(log));
        Self { layout, steps, halves, growth: grown(log), begin, tapes: Tapes::default(), asked: 0 }
    }

    /// The layout of its coordinates.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked
    }

    /// Log-density at coordinates (up to a constant), and its gradient into `slope`.
    pub fn at(&mut self, coordinates: &[f64], slope: &mut [f64]) -> f64 {
        let placed = self.layout.placed(coordinates);
        let (likelihood, traits, by_trait) = self.with_slopes(&placed.deviations);
        self.layout.slope(&placed, &traits, &by_trait, slope);
        likelihood + self.layout.prior(&placed)
    }

    /// The same where the coordinates are the deviations of the fitted traits themselves, in the order of the layout:
    /// the posterior as another program would write it down.
    pub fn at_deviations(&mut self, z: &[f64], slope: &mut [f64]) -> f64 {
        let deviations = self.layout.spread_out(z);
        let (likelihood, traits, by_trait) = self.with_slopes(&deviations);
        self.layout.plain_slope(&deviations, &traits, &by_trait, slope);
        likelihood + Layout::plain_prior(z)
    }

    /// Log-likelihood at deviations, and its slopes by the traits there.
    fn with_slopes(&mut self, deviations: &[f64; COUNT]) -> (f64, Traits, [f64; COUNT]) {
        self.asked += 1;
        let traits = self.layout.traits(deviations);
        let told =
            Told { steps: &self.steps, halves: &self.halves, growth: &self.growth, begin: &self.begin };
        let (likelihood, by_trait) = match traits.breasts() {
            Breasts::One => backwards(&traits, told, &mut self.tapes.one),
            Breasts::Two => backwards(&traits, told, &mut self.tapes.two),
        };
        (likelihood, traits, by_trait)
    }

    /// Log-density at coordinates alone: half the work.
    pub fn height(&mut self, coordinates: &[f64]) -> f64 {
        let placed = self.layout.placed(coordinates);
        let traits = self.layout.traits(&placed.deviations);
        let told =
            Told { steps: &self.steps, halves: &self.halves, growth: &self.growth, begin: &self.begin };
        likelihood_of(&traits, told) + self.layout.prior(&placed)
    }
}

/// What was taken while babies were seen to grow.
#[derive(Clone, Copy, Debug)]
struct Grown {
    told: Growth,
    /// Feeds that are read, and those that the model expects (mL).
    taken_ml: f64,
}

fn grown(log: &Log) -> Vec<Grown> {
    let read_ml = |told: &Growth| {
        let within = log.events().iter().filter(|e| told.from_h <= e.at_h && e.at_h < told.to_h);
        let drank = within.filter_map(|e| match e.removal {
            Removal::Baby { drank, .. } => drank.map(|d| d.ml),
            Removal::Pump { .. } => None,
        });
        drank.sum()
    };
    log.growth().iter().map(|told| Grown { told: *told, taken_ml: read_ml(told) }).collect()
}

impl Grown {
    /// Log-likelihood, and its slope by what was taken.
    fn likelihood(&self) -> (f64, f64) {
        if self.taken_ml <= 0.0 {
            return (0.0, 0.0);
        }
        let off = libm::log(self.taken_ml / self.told.ml) / self.told.log_sd;
        (-0.5 * off * off, -off / (self.told.log_sd * self.taken_ml))
    }
}

/// The log-likelihood of a log under some traits.
pub fn log_likelihood(traits: &Traits, log: &Log) -> f64 {
    let (steps, halves, growth, begin) = (steps(log), halves_of(log), grown(log), Begin::of(log));
    likelihood_of(traits, Told { steps: &steps, halves: &halves, growth: &growth, begin: &begin })
}

fn likelihood_of(traits: &Traits, told: Told<'_>) -> f64 {
    let mut taken = told.growth.to_vec();
    match traits.breasts() {
        Breasts::One => forwards::<1, 2>(&Worked::of(traits), told, &mut taken, None),
        Breasts::Two => forwards::<2, 3>(&Worked::of(traits), told, &mut taken, None),
    }
}

fn forwards<const B: usize, const N: usize>(
    w: &Worked<B>,
    told: Told<'_>,
    growth: &mut [Grown],
    mut tape: Option<&mut Tape<B, N>>,
) -> f64 {
    let mut belief = Belief::<B, N>::first(w, told.begin);
    let mut sum = 0.0;
    let mut halves = told.halves.iter();
    let mut rest = told.steps;
    while let Some((step, behind)) = rest.split_first() {
        if let Some(halves) = step.doubted.then(|| halves.next()).flatten() {
            let sides = 1 + behind.iter().take_while(|s| s.gap.is_none()).count();
            let fork = Fork::through(&mut belief, w, &rest[..sides], halves);
            sum += fork.likelihood;
            if let Some(tape) = &mut tape {
                tape.order.push(Passed::Fork);
                tape.forks.push(fork);
            }
            rest = &rest[sides..];
            continue;
        }
        rest = behind;
        if let Some(gap) = &step.gap {
            let passed = belief.pass(w, gap);
            if let Some(tape) = &mut tape {
                tape.order.push(Passed::Gap);
                tape.gaps.push(passed);
            }
        }
        let removed = belief.remove(w, step);
        sum += removed.likelihood();
        if let Some(grown) = step.growth.and_then(|g| growth.get_mut(g)) {
            grown.taken_ml += removed.on_average_ml();
        }
        if let Some(tape) = &mut tape {
            match removed {
                Removed::Alone(alone) => {
                    tape.order.push(Passed::Alone);
                    tape.alone.push(alone);
                }
                Removed::Both(both) => {
                    tape.order.push(Passed::Both);
                    tape.both.push(both);
                }
            }
        }
    }
    sum + growth.iter().map(|g| g.likelihood().0).sum::<f64>()
}

fn backwards<const B: usize, const N: usize>(
    traits: &Traits,
    told: Told<'_>,
    tape: &mut Tape<B, N>,
) -> (f64, [f64; COUNT]) {
    let w = Worked::<B>::of(traits);
    tape.clear();
    let mut growth = told.growth.to_vec();
    let likelihood = forwards::<B, N>(&w, told, &mut growth, Some(tape));
    let on_taken = |met: &Met| met.growth.and_then(|g| growth.get(g)).map_or(0.0, |g| g.likelihood().1);
    let mut way = WayBack::<B, N>::new(&w);
    let (mut gaps, mut alone) = (tape.gaps.iter().rev(), tape.alone.iter().rev());
    let (mut both, mut forks) = (tape.both.iter().rev(), tape.forks.iter().rev());
    for passed in tape.order.iter().rev() {
        match passed {
            Passed::Gap => gaps.next().into_iter().for_each(|t| way.through_gap(t)),
            Passed::Alone => {
                alone.next().into_iter().for_each(|t| way.through_alone(t, on_taken(&t.met), 1.0));
            }
            Passed::Both => {
                both.next().into_iter().for_each(|t| way.through_removal(t, on_taken(&t.met), 1.0));
            }
            Passed::Fork => forks.next().into_iter().for_each(|t| way.through_fork(t)),
        }
    }
    way.through_first(told.begin);
    (likelihood, way.by_trait(traits))
}

/// Slopes on their way back.
struct WayBack<'w, const B: usize, const N: usize> {
    w: &'w Worked<B>,
    mean: [f64; N],
    cov: [[f64; N]; N],
    memory: [Memory; B],
    fresh: [f64; B],
    /// By what the session under way has shown of its oddness.
    odd: f64,
    capacity_log: [f64; B],
    storage: [f64; B],
    early_storage: [f64; B],
    early_gain: f64,
    activation_h: f64,
    half_fullness: f64,
    steepness: f64,
    /// By the levels of the share, low, usual and high.
    pump_share: [f64; 3],
    baby_share: [f64; 3],
    day_sd: f64,
    gap_sd: f64,
    cosine: f64,
    sine: f64,
    set_fullness: f64,
    memory_h: f64,
    gain: f64,
    back: f64,
    past_flow: f64,
    ceiling: f64,
    start: f64,
    out_of_reach: f64,
    pace: f64,
    effects: [f64; EFFECTS],
}

const NOTHING: Memory = Memory { fullness: 0.0, ln_capacity: 0.0 };

impl<'w, const B: usize, const N: usize> WayBack<'w, B, N> {
    fn new(w: &'w Worked<B>) -> Self {
        Self {
            w,
            mean: [0.0; N],
            cov: [[0.0; N]; N],
            memory: [NOTHING; B],
            fresh: [0.0; B],
            odd: 0.0,
            capacity_log: [0.0; B],
            storage: [0.0; B],
            early_storage: [0.0; B],
            early_gain: 0.0,
            activation_h: 0.0,
            half_fullness: 0.0,
            steepness: 0.0,
            pump_share: [0.0; 3],
            baby_share: [0.0; 3],
            day_sd: 0.0,
            gap_sd: 0.0,
            cosine: 0.0,
            sine: 0.0,
            set_fullness: 0.0,
            memory_h: 0.0,
            gain: 0.0,
            back: 0.0,
            past_flow: 0.0,
            ceiling: 0.0,
            start: 0.0,
            out_of_reach: 0.0,
            pace: 0.0,
            effects: [0.0; EFFECTS],
        }
    }

    /// Names are those of the text of `belief`: `k`, `W`, `o`; "odd" is what stands behind the oddness.
    #[expect(
        clippy::needless_range_loop,
        reason = "indices are those of the matrices in the text of `belief`"
    )]
    fn through_removal(&mut self, t: &RemovalTape<B, N>, on_taken: f64, on_likelihood: f64) {
        let after = self.cov;
        let both = |i: usize, j: usize| after[i][j] + after[j][i];
        let stay: [f64; N] = std::array::from_fn(|i| 1.0 - t.slope[i]);
        let oddness = t.update.map_or(1.0, |u| u.seen.odder.value);
        self.odd = 0.0;
        let fresh = |b: usize| if b < B && t.each[b].is { t.before.fresh[b] } else { 0.0 };
        let odd_cov =
            |i: usize, j: usize| t.before.cov[i][j] + if i == j { (oddness - 1.0) * fresh(i) } else { 0.0 };

        let mut odd_noise: [f64; N] = std::array::from_fn(|i| after[i][i]);
        let mut slope: [f64; N] =
            std::array::from_fn(|i| -(0..N).map(|j| both(i, j) * odd_cov(i, j) * stay[j]).sum::<f64>());
        let mut expected: [f64; N] = std::array::from_fn(|i| on_taken - self.mean[i]);
        let mut cov: [[f64; N]; N] =
            std::array::from_fn(|i| std::array::from_fn(|j| after[i][j] * stay[i] * stay[j]));
        let mut noise = odd_noise;
        let mut on_fresh = [0.0; B];
        if let Some(u) = &t.update {
            let moved = dot(&self.mean, &u.gain);
            let shrunk: f64 = (0..N).map(|i| u.gain[i] * dot(&after[i], &u.gain)).sum();
            let on_spread = -u.weight * u.weight * (u.seen.residual * moved - shrunk);
            let mut odd_towards = [0.0; N];
            for i in 0..N {
                let pull: f64 = (0..N).map(|j| both(i, j) * u.gain[j]).sum();
                let on_gain = u.weight * (u.seen.residual * self.mean[i] - pull);
                slope[i] += (on_spread - on_gain) * u.odd_towards[i];
                odd_towards[i] = on_gain * stay[i] + on_spread * t.slope[i];
                odd_noise[i] += on_spread - on_gain;
            }
            let mut on_oddness = 0.0;
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
                slope[i] += 2.0 * on_variance * t.towards[i];
                noise[i] += on_variance;
                expected[i] -= on_residual;
                for j in 0..N {
                    cov[i][j] += on_variance * t.slope[i] * t.slope[j];
                }
            }
        }
        self.cov = std::array::from_fn(|i| std::array::from_fn(|j| 0.5 * (cov[i][j] + cov[j][i])));
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
    fn through_alone(&mut self, t: &Alone<N>, on_taken: f64, on_likelihood: f64) {
        let (mut on, on_chance) = t.back(&self.mean, &mut self.cov, self.odd, on_likelihood);
        (self.fresh[t.b], self.odd) = (on_chance.fresh, on_chance.odd);
        on.expected += on_taken;
        let on_strays = t.each.back_unread(on_taken, 0.0);
        on.strays.iter_mut().zip(on_strays).for_each(|(sum, on)| *sum += on);
        self.through_reach(&t.met, &t.each, t.b, on);
    }

    fn through_removed(&mut self, removed: &Removed<B, N>, on_likelihood: f64) {
        match removed {
            Removed::Alone(t) => self.through_alone(t, 0.0, on_likelihood),
            Removed::Both(t) => self.through_removal(t, 0.0, on_likelihood),
        }
    }

    /// Both courses of [`crate::unlogged`]: `on_weight` is the slope by `w`.
    fn through_fork(&mut self, f: &Fork<B, N>) {
        let (mean, cov, memory, fresh) = (self.mean, self.cov, self.memory, self.fresh);
        let apart = [f.apart(0), f.apart(1)];
        let on_weight = [0, 1].map(|k| {
            let end = &f.ends[k];
            let of_cov = |i: usize| {
                (0..N).map(|j| cov[i][j] * (end.cov[i][j] + apart[k][i] * apart[k][j])).sum::<f64>()
            };
            let of_breast = |b: usize| {
                memory[b].fullness * end.memory[b].fullness
                    + memory[b].ln_capacity * end.memory[b].ln_capacity
                    + fresh[b] * end.fresh[b]
            };
            dot(&mean, &end.mean) + (0..N).map(of_cov).sum::<f64>() + (0..B).map(of_breast).sum::<f64>()
        });
        let usual = f.weights[0] * on_weight[0] + f.weights[1] * on_weight[1];
        let mut sum = ([0.0; N], [[0.0; N]; N], [NOTHING; B], [0.0; B]);
        for k in [0, 1] {
            let w = f.weights[k];
            self.mean = std::array::from_fn(|i| {
                let spread: f64 = (0..N).map(|j| (cov[i][j] + cov[j][i]) * apart[k][j]).sum();
                w * (mean[i] + spread)
            });
            self.cov = cov.map(|row| row.map(|c| w * c));
            self.memory = memory.map(|m| Memory { fullness: w * m.fullness, ln_capacity: w * m.ln_capacity });
            self.fresh = fresh.map(|v| w * v);
            self.odd = 0.0;
            for (gap, removal) in f.courses[k].iter().rev() {
                self.through_removed(removal, w * (1.0 + on_weight[k] - usual));
                if let Some(gap) = gap {
                    self.through_gap(gap);
                }
            }
            for i in 0..N {
                sum.0[i] += self.mean[i];
                for j in 0..N {
                    sum.1[i][j] += self.cov[i][j];
                }
            }
            for b in 0..B {
                sum.2[b].fullness += self.memory[b].fullness;
                sum.2[b].ln_capacity += self.memory[b].ln_capacity;
                sum.3[b] += self.fresh[b];
            }
        }
        (self.mean, self.cov, self.memory, self.fresh) = sum;
    }

    #[inline]
    fn through_reach(&mut self, met: &Met, e: &Reached, b: usize, on: OnReach) {
        let OnReach { expected, slope, strays: [on_up, on_down] } = on;
        let (storage, within) = (e.storage, e.within_ml());
        let on_within = expected * e.share + on_up * e.up + on_down * e.down;
        let (on_reach, on_reach_slope) = (on_within * storage, slope * e.share);
        self.on_storage(b, met.early, on_within * e.reach.value);

        // Low, usual and high: what strays lies between them.
        let (on_low, on_high) = (-on_down * within / FAR, on_up * within / FAR);
        let on_usual = expected * within + slope * e.reach.slope - on_low - on_high;
        let on_shares = [on_low, on_usual, on_high];
        let on_grown: [f64; 3] = std::array::from_fn(|i| on_shares[i] * e.share_slopes[i]);
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
    fn on_storage(&mut self, b: usize, early: f64, slope: f64) {
        self.storage[b] += (1.0 - early) * slope;
        self.early_storage[b] += early * slope;
    }

    fn through_gap(&mut self, t: &GapTape<B, N>) {
        let after = self.cov;
        let (mut on_to_milk, mut on_to_wander) = ([0.0; B], [0.0; B]);
        for i in 0..B {
            // `A` before the wandering row by row: (0 .. to_milk .. 0, to_wander), and last (0 .. 0, 1).
            let into = |j: usize| t.to_milk[j] * t.wandered[j][i] + t.to_wander[j] * t.wandered[B][i];
            let milk: f64 = (0..B).map(|j| after[i][j] * into(j)).sum();
            on_to_milk[i] = 2.0 * (milk + after[i][B] * t.wandered[B][i]);
            on_to_wander[i] = 2.0 * dot(&after[i], &t.last);
            let on_surprise = after[i][i] + self.fresh[i];
            let own = on_surprise * 2.0 * self.w.gap_variance_share * self.w.gap_sd * t.to_wander[i];
            self.fresh[i] = 0.0;
            on_to_wander[i] += own * self.w.gap_sd;
            self.gap_sd += own * t.to_wander[i];
        }
        let through: [f64; N] =
            std::array::from_fn(|i| (0..B).map(|k| after[i][k] * t.to_wander[k]).sum::<f64>() + after[i][B]);
        let mut wandered = after;
        for i in 0..B {
            for j in 0..B {
                wandered[i][j] *= t.to_milk[i] * t.to_milk[j];
            }
            let last = t.to_milk[i] * through[i];
            (wandered[i][B], wandered[B][i]) = (last, last);
        }
        wandered[B][B] = (0..B).map(|k| t.to_wander[k] * through[k]).sum::<f64>() + through[B];

        let mut on_weighted_h = 0.0;
        let mut on_wander_mean = self.mean[B];
        let mut on_activation = 0.0;
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
            let rise = self.w.activation.at(from_h + t.gap.hours) - self.w.activation.at(from_h);
            self.activation_h -= on_activation * rise / t.gap.hours;
        }
        self.through_wander(t, &wandered, on_wander_mean);
    }

    /// Returns the slope by the weighted hours.
    fn through_filling(
        &mut self,
        t: &GapTape<B, N>,
        b: usize,
        [on_to_milk, on_to_wander]: [f64; 2],
        on_wander_mean: &mut f64,
        on_activation: &mut f64,
    ) -> f64 {
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

    fn through_wander(&mut self, t: &GapTape<B, N>, wandered: &[[f64; N]; N], on_wander_mean: f64) {
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
    fn through_first(&mut self, begin: &Begin) {
        for b in 0..B {
            let storage = self.w.storage_at(b, begin.early);
            let on_storage =
                self.mean[b] * begin.fullness + self.cov[b][b] * 2.0 * begin.sd * begin.sd * storage;
            self.on_storage(b, begin.early, on_storage);
            self.set_fullness += self.memory[b].fullness;
            self.start += self.memory[b].ln_capacity;
        }
    }

    fn by_trait(&self, traits: &Traits) -> [f64; COUNT] {
        let sum = |v: [f64; B]| v.iter().sum::<f64>();
        let balance = |v: [f64; B]| v.iter().enumerate().map(|(b, x)| 0.5 * side_sign(b) * x).sum::<f64>();
        let mut storage_log: [f64; B] = std::array::from_fn(|b| self.storage[b] * self.w.storage[b]);
        let early_log: [f64; B] = std::array::from_fn(|b| self.early_storage[b] * self.w.early_storage[b]);
        let is_early = traits.get(Trait::EarlyStorage) != 0.0;
        let early_own = if is_early { sum(early_log) / traits.get(Trait::EarlyStorage) } else { 0.0 };
        let balanced: [f64; B] = std::array::from_fn(|b| storage_log[b] + early_log[b]);
        if !is_early {
            storage_log = balanced;
        }
        let share = |s: &Share, on: &[f64; 3], i: usize| (0..3).map(|k| on[k] * s.levels_by[k][i]).sum();
        let pump = |i| share(&self.w.share, &self.pump_share, i);
        crate::traits::ALL.map(|t| match t {
            Trait::Capacity => sum(self.capacity_log) / traits.get(t),
            Trait::CapacityBalance => balance(self.capacity_log),
            Trait::Storage => sum(storage_log) / traits.get(t),
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
            t => Effect::of(t).map_or(0.0, |effect| self.effects[effect as usize]),
        })
    }
}
