//! A chain of draws that turns: Hamiltonian Monte Carlo where the posterior is nearly a standard normal.
//!
//! In whitened coordinates `x` of [`crate::mode`] the log-density is `-x'x/2` and a rest whose slope is `r(x)`. A move draws
//! a momentum `p`, and with steps of `e` turns both around each other, as a standard normal would have it, while the rest
//! pushes:
//!
//! ```text
//! p <- p + e/2 r(x);     (x, p) <- (x cos e + p sin e,  p cos e - x sin e);     p <- p + e/2 r(x)
//! ```
//!
//! (Shahbaba, Lan, Johnson, Neal 2014, doi 10.1007/s11222-012-9373-1). A turn of 90 degrees forgets where it came from;
//! draws turn a little further, so that what one had too much of the next has too little, and a chain that is tuned a little
//! less, which costs less. How fine steps are is tuned by the share of moves that are accepted (dual averaging, Hoffman and
//! Gelman 2014).
//!
//! *A turn that loses its energy* is tried once more in finer steps (delayed rejection; Modi, Barnett, Carpenter 2023, doi
//! 10.1214/23-BA1360). The way back from where that leads must be one that would have been tried finely too: its own turn
//! in coarse steps must lose the energy as well. Otherwise the chain stays, as after any move that is turned down. Where
//! finer steps lose the energy too the draw counts as diverged.

use crate::{gradient::Density, mode::Mode};
use letdown_model::random::Random;

/// How far a draw turns on average (rad), how far a move that tunes, and by which part of that they vary.
const TURN: f64 = 0.58 * core::f64::consts::PI;
const TUNING_TURN: f64 = 0.45 * core::f64::consts::PI;
const TURN_VARIES: f64 = 0.2;
/// The fewest and the most steps of a rad.
const STEPS_PER_RAD: (f64, f64) = (0.5, 28.0);
/// How many a chain begins with.
const FIRST_STEPS_PER_RAD: f64 = 2.8;
/// Energy lost beyond which a turn is lost.
const DIVERGED: f64 = 1000.0;
/// How many steps a second try takes for one of the first.
const FINER: usize = 8;

/// Of the dual averaging: how gently it answers, how many moves it begins as if with, how its mean forgets.
const GAMMA: f64 = 0.15;
const FIRST: f64 = 8.0;
const FADES: f64 = 0.75;

/// One chain.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    density: Density,
    random: Random,
    z: Vec<f64>,
    height: f64,
    by_z: Vec<f64>,
    tuning: Tuning,
    /// The highest place it stood at while it was tuned.
    pub top: (f64, Vec<f64>),
    pub gradients: usize,
    pub divergences: usize,
}

/// Where a chain stood: coordinates, and the slope of the log-density there.
#[derive(Clone, Debug)]
pub(crate) struct Stood {
    pub z: Vec<f64>,
    pub by_z: Vec<f64>,
}

/// How many steps a rad takes.
#[derive(Clone, Copy, Debug)]
struct Tuning {
    ln_steps: f64,
    averaged: f64,
    center: f64,
    missed: f64,
    count: f64,
}

impl Tuning {
    fn around(steps_per_rad: f64) -> Self {
        let ln_steps = libm::log(steps_per_rad);
        Self { ln_steps, averaged: ln_steps, center: ln_steps, missed: 0.0, count: 0.0 }
    }

    fn learn(&mut self, accepted: f64, aim: f64) {
        self.count += 1.0;
        let weight = 1.0 / (self.count + FIRST);
        self.missed += weight * (aim - accepted - self.missed);
        let free = self.center + self.missed * self.count.sqrt() / GAMMA;
        self.ln_steps = free.clamp(libm::log(STEPS_PER_RAD.0), libm::log(STEPS_PER_RAD.1));
        let new = libm::pow(self.count, -FADES);
        self.averaged += new * (self.ln_steps - self.averaged);
    }
}

impl Chain {
    /// A chain at whitened coordinates, its chance apart from that of every other.
    pub(crate) fn at(density: &Density, mode: &Mode, seed: u64, stream: u64) -> Self {
        let mut random = Random::stream(seed, stream);
        let dim = mode.z.len();
        let mut chain = Self {
            density: density.clone(),
            random: random.clone(),
            z: vec![0.0; dim],
            height: f64::NEG_INFINITY,
            by_z: vec![0.0; dim],
            tuning: Tuning::around(FIRST_STEPS_PER_RAD),
            top: (f64::NEG_INFINITY, Vec::new()),
            gradients: 0,
            divergences: 0,
        };
        // Apart from each other, and nearer to the top where the density is not a number.
        let mut reach = 1.5;
        while !chain.height.is_finite() && reach > 1e-3 {
            let x: Vec<f64> = (0..dim).map(|_| reach * (2.0 * random.uniform() - 1.0)).collect();
            let mut z = vec![0.0; dim];
            mode.color(&x, &mut z);
            (chain.height, chain.z) = (chain.density.at(&z, &mut chain.by_z), z);
            chain.gradients += 1;
            reach *= 0.5;
        }
        chain.random = random;
        chain
    }

    /// How many steps a rad of its turns takes.
    pub(crate) fn steps_per_rad(&self) -> f64 {
        libm::exp(self.tuning.averaged)
    }

    /// Tunes anew from so many steps.
    pub(crate) fn begin(&mut self, steps_per_rad: f64) {
        self.tuning = Tuning::around(steps_per_rad.clamp(STEPS_PER_RAD.0, STEPS_PER_RAD.1));
    }

    /// Moves and tunes itself, aiming to accept a share of moves.
    pub(crate) fn tune(&mut self, mode: &Mode, moves: usize, aim: f64) -> Vec<Stood> {
        let mut stood = Vec::with_capacity(moves);
        for _ in 0..moves {
            let accepted = self.turn(mode, TUNING_TURN, libm::exp(self.tuning.ln_steps));
            self.tuning.learn(accepted, aim);
            if self.height > self.top.0 {
                self.top = (self.height, self.z.clone());
            }
            stood.push(Stood { z: self.z.clone(), by_z: self.by_z.clone() });
        }
        stood
    }

    /// Moves as it is tuned.
    pub(crate) fn draw(&mut self, mode: &Mode, moves: usize) -> Vec<Vec<f64>> {
        let steps_per_rad = self.steps_per_rad();
        let mut one = || {
            self.turn(mode, TURN, steps_per_rad);
            self.z.clone()
        };
        (0..moves).map(|_| one()).collect()
    }

    /// One move; returns the chance of its first try to be accepted.
    fn turn(&mut self, mode: &Mode, turn: f64, steps_per_rad: f64) -> f64 {
        let angle = turn * (1.0 + TURN_VARIES * (2.0 * self.random.uniform() - 1.0));
        let steps = steps_per_rad * turn;
        let count = (steps.floor() + f64::from(u8::from(self.random.uniform() < steps.fract()))).max(1.0);
        let arc = Arc { angle, count: count as usize };
        let start = Place {
            p: (0..self.z.len()).map(|_| self.random.normal()).collect(),
            z: self.z.clone(),
            by_z: self.by_z.clone(),
            height: self.height,
        };
        let first = self.along(mode, &start, arc);
        let is_first = first.is_some();
        let Some(end) = first.or_else(|| self.finely(mode, &start, arc)) else { return 0.0 };
        let chance = libm::exp((end.energy() - start.energy()).min(0.0));
        if self.random.uniform() < chance {
            (self.z, self.by_z, self.height) = (end.z, end.by_z, end.height);
        }
        if is_first { chance } else { 0.0 }
    }

    /// The second try of a turn that was lost; none when that is lost too, or the way back would not have been tried finely.
    fn finely(&mut self, mode: &Mode, start: &Place, arc: Arc) -> Option<Place> {
        let Some(end) = self.along(mode, start, Arc { count: FINER * arc.count, ..arc }) else {
            self.divergences += 1;
            return None;
        };
        let back = Place { p: end.p.iter().map(|p| -p).collect(), ..end.clone() };
        self.along(mode, &back, arc).is_none().then_some(end)
    }

    /// Where a turn leads; none when it loses its energy.
    fn along(&mut self, mode: &Mode, start: &Place, Arc { angle, count }: Arc) -> Option<Place> {
        let push = angle / count as f64;
        let (sin, cos) = (libm::sin(push), libm::cos(push));
        let dim = start.z.len();
        let (mut x, mut by_x) = (vec![0.0; dim], vec![0.0; dim]);
        mode.whiten(&start.z, &mut x);
        mode.slope(&start.by_z, &mut by_x);
        let mut at = start.clone();
        kick(&mut at.p, &x, &by_x, 0.5 * push);
        for step in 0..count {
            for (x, p) in x.iter_mut().zip(&mut at.p) {
                (*x, *p) = (*x * cos + *p * sin, *p * cos - *x * sin);
            }
            mode.color(&x, &mut at.z);
            at.height = self.density.at(&at.z, &mut at.by_z);
            self.gradients += 1;
            mode.slope(&at.by_z, &mut by_x);
            let is_number = at.height.is_finite() && by_x.iter().all(|g| g.is_finite());
            if !is_number || start.energy() - at.energy() > DIVERGED {
                return None;
            }
            kick(&mut at.p, &x, &by_x, if step + 1 == count { 0.5 * push } else { push });
        }
        Some(at)
    }
}

/// How far a turn leads (rad), in how many steps.
#[derive(Clone, Copy, Debug)]
struct Arc {
    angle: f64,
    count: usize,
}

/// Where a turn stands: coordinates with the log-density and its slope there, and the momentum in whitened ones.
#[derive(Clone, Debug)]
struct Place {
    z: Vec<f64>,
    by_z: Vec<f64>,
    height: f64,
    p: Vec<f64>,
}

impl Place {
    /// Log-density less kinetic energy.
    fn energy(&self) -> f64 {
        self.height - 0.5 * squares(&self.p)
    }
}

fn kick(p: &mut [f64], x: &[f64], by_x: &[f64], push: f64) {
    for ((p, x), by) in p.iter_mut().zip(x).zip(by_x) {
        *p += push * (by + x);
    }
}

fn squares(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum()
}
