//! What a log says about her: draws of her traits, and whether they can be trusted.

use crate::{
    FitError,
    carried::Carried,
    coordinates::Layout,
    diagnostics::{bulk_ess, r_hat},
    error::Problem,
    gradient::{ABREAST, Density},
    log::{Breasts, Log},
    mode::{Mode, climb},
    sample::{Length, Walk},
    settle::{Settled, turned},
    traits::{Trait, Traits},
    weights::Weights,
};
use letdown_model::random::Random;
use std::sync::OnceLock;

/// The fewest sessions with a volume a fit is made from.
pub const FEWEST_SESSIONS: usize = 10;

/// Below this share of draws that still count, draws of an earlier fit do not stand for a newer log.
const LEAST_KEPT: f64 = 0.25;

/// How much to compute, and where to begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Effort {
    /// How long to sample.
    pub length: Length,
    /// Whether chains look for their own length of each move (No-U-Turn) instead of a quarter turn: slower, and more at home
    /// where the posterior is far from an ellipse.
    pub careful: bool,
    /// Where to begin climbing: the mode of an earlier fit of the same woman.
    pub warm: Option<Warm>,
}

/// Where an earlier fit stood: its mode, trait by trait.
#[derive(Clone, Debug, PartialEq)]
pub struct Warm(pub(crate) Vec<(Trait, f64)>);

impl Effort {
    /// Enough for every number shown: 4 chains of 90 + 200, and up to eight times as many draws while chains differ.
    pub fn usual() -> Self {
        Self {
            length: Length { chains: 4, tune: 90, draws: 200, accept: 0.8, most: 1600 },
            careful: false,
            warm: None,
        }
    }

    /// A rough fit: 2 chains of 120 + 200.
    pub fn quick() -> Self {
        Self {
            length: Length { chains: 2, tune: 120, draws: 200, accept: 0.8, most: 200 },
            careful: false,
            warm: None,
        }
    }

    /// Where the usual effort was not enough: shorter steps, and twice as many.
    pub fn patient() -> Self {
        Self {
            length: Length { chains: 4, tune: 240, draws: 400, accept: 0.95, most: 2400 },
            careful: false,
            warm: None,
        }
    }

    /// Where that was not enough either: chains that look for the length of each move, some
    /// three times the work.
    pub fn careful() -> Self {
        Self {
            length: Length { chains: 4, tune: 300, draws: 300, accept: 0.98, most: 300 },
            careful: true,
            warm: None,
        }
    }

    /// The same effort, beginning where an earlier fit stood.
    #[must_use]
    pub fn from(self, earlier: &Posterior) -> Self {
        Self { warm: Some(earlier.warm.clone()), ..self }
    }
}

/// Draws of her traits.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// The draws.
    pub draws: Vec<Traits>,
    /// The sampler's account of itself.
    pub report: Report,
    log: Log,
    layout: Layout,
    warm: Warm,
    carried: OnceLock<Carried>,
}

/// The sampler's account of itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// Sessions with a volume it was fitted to.
    pub sessions: usize,
    /// The largest R-hat of any trait.
    pub r_hat: f64,
    /// The smallest effective sample size of any trait.
    pub ess: f64,
    /// Draws at which the sampler lost the energy.
    pub divergences: usize,
    /// Draws that were computed; a posterior keeps some of them.
    pub drawn: usize,
    /// Gradients computed while the mode was climbed.
    pub climbing: usize,
    /// Gradients computed while chains walked.
    pub gradients: usize,
}

impl Report {
    /// Whether numbers from these draws may be shown: the chains agree and none lost its energy more than once in a
    /// hundred draws.
    pub fn is_sound(&self) -> bool {
        self.r_hat <= 1.05 && self.divergences * 100 <= self.drawn && self.ess >= 50.0
    }
}

/// Fits a log.
///
/// # Errors
/// When the log holds fewer than [`FEWEST_SESSIONS`] volumes, or no mode is found, or the sampler stops.
pub fn fit(log: &Log, effort: &Effort, seed: u64) -> Result<Posterior, FitError> {
    let sessions = enough(log)?;
    let mut density = Density::of(log);
    let layout = density.layout().clone();
    let mode = climb(&mut density, &starts(&layout, effort.warm.as_ref()))?;
    let length = suited(effort, log);
    let (mode, walks) = if effort.careful {
        careful(&mut density, mode, length, seed)
    } else {
        turns(&mut density, mode, length, seed)
    }?;
    let report = report(sessions, density.asked(), layout.dim(), &walks);
    let all: Vec<&Vec<f64>> = walks.iter().flat_map(|w| &w.z).collect();
    let count = all.len().min(MOST_DRAWS);
    let kept: Vec<&Vec<f64>> = (0..count).map(|i| all[i * all.len() / count]).collect();
    Ok(Posterior::of(log, layout, mode, &kept, report, seed))
}

/// More draws than these are taken only to be sure of them: they are thinned evenly.
const MOST_DRAWS: usize = 800;

/// Draws of a first look, and the degrees of freedom of the Student t they come from.
const FIRST_DRAWS: usize = 600;
const FIRST_TAILS: u32 = 6;
const _: () = assert!(FIRST_DRAWS.is_multiple_of(ABREAST));

/// A first look at a log, in the time of a few hundred gradients: draws of a Student t around the mode, as wide as the
/// curvature there says, weighted by the density. There are no chains that could agree, so its R-hat is not a number; its
/// effective sample size says how many draws the weights are worth.
///
/// # Errors
/// As [`fit`].
pub fn first_look(log: &Log, seed: u64) -> Result<Posterior, FitError> {
    let sessions = enough(log)?;
    let mut density = Density::of(log);
    let layout = density.layout().clone();
    let mode = climb(&mut density, &starts(&layout, None))?;
    let (mut random, dim) = (Random::stream(seed, u64::MAX - 1), layout.dim());
    let (mut places, mut logs) = (Vec::with_capacity(FIRST_DRAWS), Vec::with_capacity(FIRST_DRAWS));
    let tails = f64::from(FIRST_TAILS);
    let mut one = || {
        let mixing = (0..FIRST_TAILS).map(|_| random.normal()).map(|z| z * z).sum::<f64>() / tails;
        let x: Vec<f64> = (0..dim).map(|_| random.normal() / mixing.sqrt()).collect();
        let mut z = vec![0.0; dim];
        mode.color(&x, &mut z);
        let squares: f64 = x.iter().map(|x| x * x).sum();
        (z, 0.5 * (tails + dim as f64) * libm::log1p(squares / tails))
    };
    for _ in 0..FIRST_DRAWS / ABREAST {
        let some: [(Vec<f64>, f64); ABREAST] = std::array::from_fn(|_| one());
        let heights = density.heights_abreast(some.each_ref().map(|(z, _)| &z[..]));
        for ((z, rarity), height) in some.into_iter().zip(heights) {
            logs.push(height + rarity);
            places.push(z);
        }
    }
    let weights = Weights::of(&logs);
    let report = Report {
        sessions,
        r_hat: f64::NAN,
        ess: weights.size(),
        divergences: 0,
        drawn: FIRST_DRAWS,
        climbing: density.asked(),
        gradients: 0,
    };
    let chosen: Vec<&Vec<f64>> = weights.chosen().into_iter().map(|i| &places[i]).collect();
    Ok(Posterior::of(log, layout, mode, &chosen, report, seed))
}

/// Sessions with a volume, when they are enough.
fn enough(log: &Log) -> Result<usize, FitError> {
    let sessions = log.measured();
    if sessions < FEWEST_SESSIONS {
        return Err(Problem::TooFew { have: sessions, need: FEWEST_SESSIONS }.into());
    }
    Ok(sessions)
}

/// Where little is known, or NUTS tells two breasts apart, the posterior has narrower valleys: shorter steps, and more of
/// them to settle in.
fn suited(effort: &Effort, log: &Log) -> Length {
    const LITTLE: usize = 60;
    let length = effort.length;
    let (accept, tune) = match log.breasts() {
        _ if log.measured() < LITTLE && effort.careful => (0.97, 250),
        _ if log.measured() < LITTLE => (0.9, 150),
        Breasts::Two if effort.careful => (0.97, 150),
        Breasts::Two => (0.87, 0),
        Breasts::One => (0.0, 0),
    };
    Length { accept: length.accept.max(accept), tune: length.tune.max(tune), ..length }
}

/// A place higher than the mode by this much (log-density) was on the other side of a valley.
const HIGHER: f64 = 0.5;

/// Chains that turn, around the highest top that they come by.
fn turns(
    density: &mut Density,
    mut mode: Mode,
    length: Length,
    seed: u64,
) -> Result<(Mode, Vec<Walk>), FitError> {
    let settled = settled(density, &mut mode, length, seed)?;
    Ok((mode, settled.walks))
}

/// Chains that have settled, the mode being moved to the highest top that they came by: a climb can end on the wrong side
/// of a valley.
fn settled(density: &mut Density, mode: &mut Mode, length: Length, seed: u64) -> Result<Settled, FitError> {
    let mut settled = turned(density, mode, length, seed)?;
    let higher = settled.top.take().filter(|(height, _)| *height > density.height(&mode.z) + HIGHER);
    if let Some((_, z)) = higher {
        *mode = climb(density, &[z])?;
        settled = turned(density, mode, length, seed)?;
    }
    Ok(settled)
}

/// Chains that look for the length of each move, in the whitening of chains that settled.
#[cfg(feature = "nuts")]
fn careful(
    density: &mut Density,
    mut mode: Mode,
    length: Length,
    seed: u64,
) -> Result<(Mode, Vec<Walk>), FitError> {
    let settling = Length { draws: 0, most: 0, ..length };
    let settled = settled(density, &mut mode, settling, seed)?;
    let walks = crate::nuts::walks(density, &settled.at, length, seed)?;
    Ok((mode, walks))
}

/// Where there are no such chains: the usual ones, with far more patience.
#[cfg(not(feature = "nuts"))]
fn careful(
    density: &mut Density,
    mode: Mode,
    length: Length,
    seed: u64,
) -> Result<(Mode, Vec<Walk>), FitError> {
    turns(density, mode, Length { tune: 2 * length.tune, most: 8 * length.most, ..length }, seed)
}

/// Where to begin climbing: where an earlier fit stood, else at the median woman and at one in whom more is left to
/// chance. The second keeps chance from being explained away by a wild answer to demand.
fn starts(layout: &Layout, warm: Option<&Warm>) -> Vec<Vec<f64>> {
    let from = |at: &dyn Fn(&Trait) -> f64| layout.active().iter().map(at).collect::<Vec<f64>>();
    let chancy = |t: &Trait| match t {
        Trait::DaySd => 2.0,
        Trait::GapSd => 1.0,
        _ => 0.0,
    };
    let stood = |w: &Warm| from(&|t| w.0.iter().find(|(known, _)| known == t).map_or(0.0, |(_, z)| *z));
    warm.map(stood).into_iter().chain([from(&|_| 0.0), from(&chancy)]).collect()
}

fn report(sessions: usize, climbing: usize, dim: usize, walks: &[Walk]) -> Report {
    let chains =
        |i: usize| walks.iter().map(|w| w.z.iter().map(|z| z[i]).collect()).collect::<Vec<Vec<f64>>>();
    let over = |f: fn(&[Vec<f64>]) -> f64| (0..dim).map(move |i| f(&chains(i)));
    Report {
        sessions,
        r_hat: over(r_hat).fold(1.0, f64::max),
        ess: over(bulk_ess).fold(f64::INFINITY, f64::min),
        divergences: walks.iter().map(|w| w.divergences).sum(),
        drawn: walks.iter().map(|w| w.z.len()).sum(),
        climbing,
        gradients: walks.iter().map(|w| w.gradients).sum(),
    }
}

impl Posterior {
    fn of(log: &Log, layout: Layout, mode: Mode, at: &[&Vec<f64>], report: Report, seed: u64) -> Self {
        let mut rest = Random::stream(seed, u64::MAX);
        let draws = at.iter().map(|z| layout.traits(&layout.deviations(z, || rest.normal()))).collect();
        let warm = Warm(layout.active().iter().copied().zip(mode.z).collect());
        Self { draws, report, log: log.clone(), layout, warm, carried: OnceLock::new() }
    }

    /// A fit that was kept ([`crate::kept`]).
    pub(crate) fn again(log: &Log, layout: Layout, warm: Warm, draws: Vec<Traits>, report: Report) -> Self {
        Self { draws, report, log: log.clone(), layout, warm, carried: OnceLock::new() }
    }

    /// The log it was fitted to.
    pub fn log(&self) -> &Log {
        &self.log
    }

    pub(crate) fn warm(&self) -> &Warm {
        &self.warm
    }

    /// The traits that were fitted; the others follow the prior.
    pub fn fitted(&self) -> &[Trait] {
        self.layout.active()
    }

    /// A quantile (0 to 1) of one trait over the draws, in its unit.
    pub fn quantile(&self, t: Trait, p: f64) -> f64 {
        let mut values: Vec<f64> = self.draws.iter().map(|d| d.get(t)).collect();
        values.sort_by(f64::total_cmp);
        crate::predict::quantile_of_sorted(&values, p)
    }

    /// What is believed where its log ends.
    pub(crate) fn carried(&self) -> &Carried {
        self.carried.get_or_init(|| Carried::along(&self.draws, &self.log))
    }

    /// Gets ready what [`Posterior::with`] and the forecasts begin from: one walk along the log with every draw.
    pub fn carry(&self) {
        self.carried();
    }

    /// The same draws, weighted by what another log says that the one they were fitted to did not: it goes on from there,
    /// or differs in some entries. `None` when the two differ by so much that the log must be fitted anew: other breasts
    /// are told apart, other traits are spoken of, or few draws would have to stand for all.
    pub fn with(&self, log: &Log) -> Option<Self> {
        let layout = Layout::of(log);
        if layout.active() != self.layout.active() || log.breasts() != self.log.breasts() {
            return None;
        }
        let before = self.carried();
        if !self.grew_alike(log, before.shared(log)) {
            return None;
        }
        let after = before.onto(&self.draws, log);
        let news =
            after.ln_likelihoods().into_iter().zip(before.ln_likelihoods()).map(|(new, old)| new - old);
        let weights = Weights::of(&news.collect::<Vec<f64>>());
        let kept = weights.size() / self.draws.len() as f64;
        if !weights.are_sound() || kept < LEAST_KEPT {
            return None;
        }
        let chosen = weights.chosen();
        let report = Report { sessions: log.measured(), ess: kept * self.report.ess, ..self.report };
        Some(Self {
            draws: chosen.iter().map(|i| self.draws[*i].clone()).collect(),
            report,
            log: log.clone(),
            layout,
            warm: self.warm.clone(),
            carried: OnceLock::from(after.chosen(&chosen)),
        })
    }

    /// Whether growth tells the same of another log that shares so many first events: what it tells is about all feeds of
    /// weeks, so a walk that begins later cannot weigh it.
    fn grew_alike(&self, log: &Log, shared: usize) -> bool {
        let last_h = log.growth().last().map_or(f64::NEG_INFINITY, |g| g.to_h);
        let same_until_h = log.events().get(shared).map_or(f64::INFINITY, |e| e.at_h);
        log.growth() == self.log.growth() && last_h <= same_until_h
    }

    /// The same posterior with about `most` draws, evenly thinned.
    #[must_use]
    pub fn thinned(&self, most: usize) -> Self {
        let every = self.draws.len().div_ceil(most.max(1)).max(1);
        let draws = self.draws.iter().step_by(every).cloned().collect();
        Self { draws, carried: OnceLock::new(), ..self.clone() }
    }
}
