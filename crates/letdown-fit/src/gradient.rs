//! The log-density of a log and its gradient: the filter of [`crate::belief`] run forwards, then backwards.
//!
//! Every line of the way back ([`crate::way_back`]) is the transpose of one line of the way there.

use crate::{
    alone::Alone,
    belief::{Belief, GapTape, RemovalTape},
    coordinates::Layout,
    log::{Breasts, Growth, Log, Removal},
    removed::{Met, Removed},
    steps::{Begin, Elapsed, Step, steps},
    traits::{COUNT, Traits},
    unlogged::{Fork, halves},
    way_back::WayBack,
    worked::Worked,
};
use letdown_model::number::{Lanes, Number};

/// The posterior log-density of one log in the coordinates of its layout.
#[derive(Clone, Debug)]
pub struct Density {
    layout: Layout,
    steps: Vec<Step>,
    halves: Vec<[Elapsed; 2]>,
    growth: Vec<Grown>,
    begin: Begin,
    /// Kept between calls: a fit asks thousands of times.
    tapes: Tapes<f64>,
    abreast: Tapes<Lanes<ABREAST>>,
    asked: usize,
}

/// What was passed on the way there: each sort in a list of its own, which keeps them short.
#[derive(Clone, Debug)]
struct Tape<const B: usize, const N: usize, T> {
    order: Vec<Passed>,
    gaps: Vec<GapTape<B, N, T>>,
    alone: Vec<Alone<N, T>>,
    both: Vec<RemovalTape<B, N, T>>,
    forks: Vec<Fork<B, N, T>>,
}

/// In which list the next one stands.
#[derive(Clone, Copy, Debug)]
enum Passed {
    Gap,
    Alone,
    Both,
    Fork,
}

impl<const B: usize, const N: usize, T> Default for Tape<B, N, T> {
    fn default() -> Self {
        Self { order: Vec::new(), gaps: Vec::new(), alone: Vec::new(), both: Vec::new(), forks: Vec::new() }
    }
}

impl<const B: usize, const N: usize, T> Tape<B, N, T> {
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
struct Tapes<T> {
    one: Tape<1, 2, T>,
    two: Tape<2, 3, T>,
}

/// A browser downloads every form of the equations, so there is one.
const IS_SMALL: bool = cfg!(target_family = "wasm");

/// How many places are looked at side by side: as many as a processor has the width for, and no more than chains share a
/// thread. One in a browser, where it would be more to download.
pub const ABREAST: usize = if IS_SMALL { 1 } else { 2 };

impl Density {
    /// The density of a log.
    pub fn of(log: &Log) -> Self {
        let (layout, begin) = (Layout::of(log), Begin::of(log));
        let (steps, halves) = (steps(log), halves_of(log));
        Self {
            layout,
            steps,
            halves,
            growth: grown(log),
            begin,
            tapes: Tapes::default(),
            abreast: Tapes::default(),
            asked: 0,
        }
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

    /// The same at some places side by side, in little more time than at one: log-densities at coordinates, and their
    /// gradients into the slopes beside them.
    pub fn at_abreast(&mut self, places: [(&[f64], &mut [f64]); ABREAST]) -> [f64; ABREAST] {
        if IS_SMALL {
            return places.map(|(coordinates, slope)| self.at(coordinates, slope));
        }
        self.asked += ABREAST;
        let placed = places.each_ref().map(|(coordinates, _)| self.layout.placed(coordinates));
        let traits = placed.each_ref().map(|placed| self.layout.traits(&placed.deviations));
        let told =
            Told { steps: &self.steps, halves: &self.halves, growth: &self.growth, begin: &self.begin };
        let (Lanes(mut heights), by_trait) = likelihood_with_slopes(&traits, told, &mut self.abreast);
        for (l, (_, slope)) in places.into_iter().enumerate() {
            self.layout.slope(&placed[l], &traits[l], &by_trait.map(|by| by.0[l]), slope);
            heights[l] += self.layout.prior(&placed[l]);
        }
        heights
    }

    /// Log-densities alone at some places side by side.
    pub fn heights_abreast(&mut self, places: [&[f64]; ABREAST]) -> [f64; ABREAST] {
        if IS_SMALL {
            return places.map(|coordinates| self.height(coordinates));
        }
        let placed = places.map(|coordinates| self.layout.placed(coordinates));
        let traits = placed.each_ref().map(|placed| self.layout.traits(&placed.deviations));
        let told =
            Told { steps: &self.steps, halves: &self.halves, growth: &self.growth, begin: &self.begin };
        let Lanes(mut heights) = likelihood_of(&traits, told);
        heights.iter_mut().zip(&placed).for_each(|(height, placed)| *height += self.layout.prior(placed));
        heights
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
        let (likelihood, by_trait) =
            likelihood_with_slopes(std::slice::from_ref(&traits), told, &mut self.tapes);
        (likelihood, traits, by_trait)
    }

    /// Log-density at coordinates alone: three quarters of the work.
    pub fn height(&mut self, coordinates: &[f64]) -> f64 {
        let placed = self.layout.placed(coordinates);
        let traits = self.layout.traits(&placed.deviations);
        let told =
            Told { steps: &self.steps, halves: &self.halves, growth: &self.growth, begin: &self.begin };
        let likelihood: f64 = likelihood_of(std::slice::from_ref(&traits), told);
        likelihood + self.layout.prior(&placed)
    }
}

fn likelihood_with_slopes<T: Number>(
    women: &[Traits],
    told: Told<'_>,
    tapes: &mut Tapes<T>,
) -> (T, [T; COUNT]) {
    match women[0].breasts() {
        Breasts::One => backwards(women, told, &mut tapes.one),
        Breasts::Two => backwards(women, told, &mut tapes.two),
    }
}

/// What was taken while babies were seen to grow.
#[derive(Clone, Copy, Debug)]
struct Grown<T = f64> {
    told: Growth,
    /// Feeds that are read, and those that the model expects (mL).
    taken_ml: T,
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

impl<T: Number> Grown<T> {
    fn side_by_side(grown: &Grown) -> Self {
        Self { told: grown.told, taken_ml: T::all(grown.taken_ml) }
    }

    /// Log-likelihood, and its slope by what was taken.
    fn likelihood(&self) -> (T, T) {
        let Growth { ml, log_sd, .. } = self.told;
        let off = |l: usize| {
            Some(self.taken_ml.lane(l)).filter(|taken| *taken > 0.0).map(|t| libm::log(t / ml) / log_sd)
        };
        let height = T::of(|l| off(l).map_or(0.0, |off| -0.5 * off * off));
        (height, T::of(|l| off(l).map_or(0.0, |off| -off / (log_sd * self.taken_ml.lane(l)))))
    }
}

/// The log-likelihood of a log under some traits.
pub fn log_likelihood(traits: &Traits, log: &Log) -> f64 {
    let (steps, halves, growth, begin) = (steps(log), halves_of(log), grown(log), Begin::of(log));
    likelihood_of(
        std::slice::from_ref(traits),
        Told { steps: &steps, halves: &halves, growth: &growth, begin: &begin },
    )
}

fn likelihood_of<T: Number>(women: &[Traits], told: Told<'_>) -> T {
    let mut taken: Vec<Grown<T>> = told.growth.iter().map(Grown::side_by_side).collect();
    match women[0].breasts() {
        Breasts::One => forwards::<T, 1, 2>(&Worked::side_by_side(women), told, &mut taken, None),
        Breasts::Two => forwards::<T, 2, 3>(&Worked::side_by_side(women), told, &mut taken, None),
    }
}

fn forwards<T: Number, const B: usize, const N: usize>(
    w: &Worked<B, T>,
    told: Told<'_>,
    growth: &mut [Grown<T>],
    mut tape: Option<&mut Tape<B, N, T>>,
) -> T {
    let mut belief = Belief::<B, N, T>::first(w, told.begin);
    let mut sum = T::ZERO;
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
    growth.iter().fold(sum, |sum, g| sum + g.likelihood().0)
}

fn backwards<T: Number, const B: usize, const N: usize>(
    women: &[Traits],
    told: Told<'_>,
    tape: &mut Tape<B, N, T>,
) -> (T, [T; COUNT]) {
    let w = Worked::<B, T>::side_by_side(women);
    tape.clear();
    let mut growth = told.growth.iter().map(Grown::side_by_side).collect::<Vec<Grown<T>>>();
    let likelihood = forwards::<T, B, N>(&w, told, &mut growth, Some(tape));
    let on_taken = |met: &Met| met.growth.and_then(|g| growth.get(g)).map_or(T::ZERO, |g| g.likelihood().1);
    let mut way = WayBack::<B, N, T>::new(&w);
    let (mut gaps, mut alone) = (tape.gaps.iter().rev(), tape.alone.iter().rev());
    let (mut both, mut forks) = (tape.both.iter().rev(), tape.forks.iter().rev());
    for passed in tape.order.iter().rev() {
        match passed {
            Passed::Gap => gaps.next().into_iter().for_each(|t| way.through_gap(t)),
            Passed::Alone => {
                alone.next().into_iter().for_each(|t| way.through_alone(t, on_taken(&t.met), T::ONE));
            }
            Passed::Both => {
                both.next().into_iter().for_each(|t| way.through_removal(t, on_taken(&t.met), T::ONE));
            }
            Passed::Fork => forks.next().into_iter().for_each(|t| way.through_fork(t)),
        }
    }
    way.through_first(told.begin);
    (likelihood, way.by_trait(women))
}
