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
//!
//! Chains step *abreast*: their turns take as many steps over the same angle, so that a gradient is asked for several places
//! at once ([`Density::at_abreast`]), which costs little more than for one. Momenta and chances are each chain's own.

use crate::{
    gradient::{ABREAST, Density},
    mode::Mode,
};
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

/// Chains that step abreast.
#[derive(Clone, Debug)]
pub(crate) struct Chains {
    density: Density,
    /// What they share: angles and steps.
    random: Random,
    pub each: [Chain; ABREAST],
    tuning: Tuning,
}

/// One chain.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    random: Random,
    z: Vec<f64>,
    height: f64,
    by_z: Vec<f64>,
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

/// What each of the chains has.
type Each<T> = [T; ABREAST];

impl Chains {
    /// Chains at whitened coordinates from a number on, the chance of each apart from that of every other.
    pub(crate) fn at(density: &Density, mode: &Mode, seed: u64, first: usize) -> Self {
        let mut density = density.clone();
        let each = std::array::from_fn(|l| Chain::at(&mut density, mode, seed, (first + l) as u64));
        let random = Random::stream(seed, u64::MAX - 2 - first as u64);
        Self { density, random, each, tuning: Tuning::around(FIRST_STEPS_PER_RAD) }
    }

    /// How many steps a rad of their turns takes.
    pub(crate) fn steps_per_rad(&self) -> f64 {
        libm::exp(self.tuning.averaged)
    }

    /// Tune anew from so many steps.
    pub(crate) fn begin(&mut self, steps_per_rad: f64) {
        self.tuning = Tuning::around(steps_per_rad.clamp(STEPS_PER_RAD.0, STEPS_PER_RAD.1));
    }

    /// Move and are tuned, aiming to accept a share of moves.
    pub(crate) fn tune(&mut self, mode: &Mode, moves: usize, aim: f64) -> Each<Vec<Stood>> {
        let mut stood: Each<Vec<Stood>> = std::array::from_fn(|_| Vec::with_capacity(moves));
        for _ in 0..moves {
            let accepted = self.turn(mode, TUNING_TURN, libm::exp(self.tuning.ln_steps));
            self.tuning.learn(accepted.iter().sum::<f64>() / ABREAST as f64, aim);
            for (stood, chain) in stood.iter_mut().zip(&mut self.each) {
                if chain.height > chain.top.0 {
                    chain.top = (chain.height, chain.z.clone());
                }
                stood.push(Stood { z: chain.z.clone(), by_z: chain.by_z.clone() });
            }
        }
        stood
    }

    /// Move as they are tuned.
    pub(crate) fn draw(&mut self, mode: &Mode, moves: usize) -> Each<Vec<Vec<f64>>> {
        let steps_per_rad = self.steps_per_rad();
        let mut drawn: Each<Vec<Vec<f64>>> = std::array::from_fn(|_| Vec::with_capacity(moves));
        for _ in 0..moves {
            self.turn(mode, TURN, steps_per_rad);
            drawn.iter_mut().zip(&self.each).for_each(|(all, chain)| all.push(chain.z.clone()));
        }
        drawn
    }

    /// One move of each; returns the chances of their first tries to be accepted.
    fn turn(&mut self, mode: &Mode, turn: f64, steps_per_rad: f64) -> Each<f64> {
        let angle = turn * (1.0 + TURN_VARIES * (2.0 * self.random.uniform() - 1.0));
        let steps = steps_per_rad * turn;
        let count = (steps.floor() + f64::from(u8::from(self.random.uniform() < steps.fract()))).max(1.0);
        let arc = Arc { angle, count: count as usize };
        let start = self.each.each_mut().map(Chain::pushed);
        let first = self.along(mode, start.each_ref().map(Some), arc);
        let lost = first.each_ref().map(Option::is_none);
        let second = self.finely(mode, std::array::from_fn(|l| lost[l].then_some(&start[l])), arc);
        let mut ends = first.into_iter().zip(second).map(|(first, second)| first.or(second));
        std::array::from_fn(|l| {
            let Some(end) = ends.next().flatten() else { return 0.0 };
            let chance = self.each[l].move_to(&start[l], end);
            if lost[l] { 0.0 } else { chance }
        })
    }

    /// The second try of turns that were lost; none where that is lost too, or the way back would not have been tried
    /// finely.
    fn finely(&mut self, mode: &Mode, lost: Each<Option<&Place>>, arc: Arc) -> Each<Option<Place>> {
        if lost.iter().all(Option::is_none) {
            return Each::default();
        }
        let ends = self.along(mode, lost, Arc { count: FINER * arc.count, ..arc });
        for ((chain, end), lost) in self.each.iter_mut().zip(&ends).zip(lost) {
            chain.divergences += usize::from(lost.is_some() && end.is_none());
        }
        let back = ends.each_ref().map(|end| end.as_ref().map(Place::turned_back));
        let comes_back = self.along(mode, back.each_ref().map(Option::as_ref), arc);
        let mut comes_back = comes_back.iter().map(Option::is_some);
        ends.map(|end| end.filter(|_| !comes_back.next().unwrap_or(false)))
    }

    /// Where turns lead; none where there is none, and where one loses its energy.
    fn along(&mut self, mode: &Mode, start: Each<Option<&Place>>, arc: Arc) -> Each<Option<Place>> {
        let mut ways = start.map(|start| start.map(|start| Way::from(start, mode, arc)));
        for step in 0..arc.count {
            ways.iter_mut().flatten().for_each(|way| way.rotate(mode));
            self.look(&mut ways);
            for (chain, way) in self.each.iter_mut().zip(&mut ways) {
                chain.gradients += usize::from(way.is_some());
                *way = way.take().and_then(|way| way.push(mode, step + 1 == arc.count));
            }
            if ways.iter().all(Option::is_none) {
                break;
            }
        }
        ways.map(|way| way.map(|way| way.at))
    }

    /// Log-densities and slopes where ways stand: side by side where all go on.
    fn look(&mut self, ways: &mut Each<Option<Way>>) {
        let on: Vec<&mut Place> = ways.iter_mut().flatten().map(|way| &mut way.at).collect();
        match <Each<&mut Place>>::try_from(on) {
            Ok(mut all) => {
                let places = all.each_mut().map(|at| (&at.z[..], &mut at.by_z[..]));
                let heights = self.density.at_abreast(places);
                all.into_iter().zip(heights).for_each(|(at, height)| at.height = height);
            }
            Err(some) => {
                for at in some {
                    at.height = self.density.at(&at.z, &mut at.by_z);
                }
            }
        }
    }
}

impl Chain {
    fn at(density: &mut Density, mode: &Mode, seed: u64, stream: u64) -> Self {
        let dim = mode.z.len();
        let mut chain = Self {
            random: Random::stream(seed, stream),
            z: vec![0.0; dim],
            height: f64::NEG_INFINITY,
            by_z: vec![0.0; dim],
            top: (f64::NEG_INFINITY, Vec::new()),
            gradients: 0,
            divergences: 0,
        };
        // Apart from each other, and nearer to the top where the density is not a number.
        let mut reach = 1.5;
        while !chain.height.is_finite() && reach > 1e-3 {
            let x: Vec<f64> = (0..dim).map(|_| reach * (2.0 * chain.random.uniform() - 1.0)).collect();
            mode.color(&x, &mut chain.z);
            chain.height = density.at(&chain.z, &mut chain.by_z);
            chain.gradients += 1;
            reach *= 0.5;
        }
        chain
    }

    /// Where it stands, with a momentum of its own.
    fn pushed(&mut self) -> Place {
        Place {
            p: (0..self.z.len()).map(|_| self.random.normal()).collect(),
            z: self.z.clone(),
            by_z: self.by_z.clone(),
            height: self.height,
        }
    }

    /// Moves to where a turn led, by chance; returns that chance.
    fn move_to(&mut self, start: &Place, end: Place) -> f64 {
        let chance = libm::exp((end.energy() - start.energy()).min(0.0));
        if self.random.uniform() < chance {
            (self.z, self.by_z, self.height) = (end.z, end.by_z, end.height);
        }
        chance
    }
}

/// A turn under way, in whitened coordinates.
struct Way {
    at: Place,
    x: Vec<f64>,
    by_x: Vec<f64>,
    /// The angle of a step (rad), its sine and cosine.
    push: f64,
    sin: f64,
    cos: f64,
    began_with: f64,
}

impl Way {
    fn from(start: &Place, mode: &Mode, Arc { angle, count }: Arc) -> Self {
        let push = angle / count as f64;
        let (mut x, mut by_x) = (vec![0.0; start.z.len()], vec![0.0; start.z.len()]);
        mode.whiten(&start.z, &mut x);
        mode.slope(&start.by_z, &mut by_x);
        let (sin, cos) = (libm::sin(push), libm::cos(push));
        let mut way = Self { at: start.clone(), x, by_x, push, sin, cos, began_with: start.energy() };
        way.kick(0.5);
        way
    }

    fn rotate(&mut self, mode: &Mode) {
        let Self { at, x, sin, cos, .. } = self;
        for (x, p) in x.iter_mut().zip(&mut at.p) {
            (*x, *p) = (*x * *cos + *p * *sin, *p * *cos - *x * *sin);
        }
        mode.color(x, &mut at.z);
    }

    /// On by the slope where it stands, half a step's worth behind the last; none when it has lost its energy.
    fn push(mut self, mode: &Mode, is_last: bool) -> Option<Self> {
        mode.slope(&self.at.by_z, &mut self.by_x);
        let is_number = self.at.height.is_finite() && self.by_x.iter().all(|g| g.is_finite());
        let keeps = is_number && self.began_with - self.at.energy() <= DIVERGED;
        self.kick(if is_last { 0.5 } else { 1.0 });
        keeps.then_some(self)
    }

    fn kick(&mut self, part: f64) {
        for ((p, x), by) in self.at.p.iter_mut().zip(&self.x).zip(&self.by_x) {
            *p += part * self.push * (by + x);
        }
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
    /// The same place, the other way round.
    fn turned_back(&self) -> Self {
        Self { p: self.p.iter().map(|p| -p).collect(), ..self.clone() }
    }

    /// Log-density less kinetic energy.
    fn energy(&self) -> f64 {
        self.height - 0.5 * squares(&self.p)
    }
}

fn squares(v: &[f64]) -> f64 {
    v.iter().map(|x| x * x).sum()
}
