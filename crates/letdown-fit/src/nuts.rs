//! Chains of draws by the No-U-Turn sampler, in the whitened coordinates of [`crate::mode`].
//!
//! `nuts-rs` moves; this file hands it the density, starts the chains apart from each other, and keeps what it says about
//! itself. A chain depends only on its seed, so chains may run side by side. It is the last resort of a fit, and what turns
//! ([`crate::turns`]) are checked against; a browser does without it (feature `nuts`).

use crate::{
    FitError,
    error::Problem,
    gradient::Density,
    mode::Mode,
    sample::{Length, Walk},
    settle::lost,
};
use nuts_rs::{
    Chain, CpuLogpFunc, CpuMath, CpuMathError, DiagNutsSettings, HasDims, KineticEnergyKind, LogpError,
    Settings as _,
    rand::{Rng, SeedableRng as _, rngs::ChaCha8Rng},
};

/// Runs all chains; side by side where there are threads.
///
/// # Errors
/// When the sampler cannot go on.
pub(crate) fn walks(
    density: &Density,
    mode: &Mode,
    length: Length,
    seed: u64,
) -> Result<Vec<Walk>, FitError> {
    let one = |chain: usize| walk(density, mode, length, seed, chain as u64);
    if cfg!(target_family = "wasm") {
        return (0..length.chains).map(one).collect();
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..length.chains).map(|c| scope.spawn(move || one(c))).collect();
        running.into_iter().map(|r| r.join().map_err(|_| lost())?).collect()
    })
}

fn walk(density: &Density, mode: &Mode, length: Length, seed: u64, chain: u64) -> Result<Walk, FitError> {
    let stopped = |e: &dyn std::fmt::Display| FitError::from(Problem::Sampler { detail: e.to_string() });
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(chain);
    let white =
        White { density: density.clone(), mode, z: vec![0.0; mode.z.len()], by_z: vec![0.0; mode.z.len()] };
    let start: Vec<f64> = (0..mode.z.len()).map(|_| uniform(&mut rng) * 3.0 - 1.5).collect();
    let mut sampler =
        settings(length).new_chain(chain, CpuMath::new(white), &mut rng).map_err(|e| stopped(&e))?;
    sampler.set_position(&start).map_err(|e| stopped(&e))?;

    let mut walk = Walk { z: Vec::with_capacity(length.draws), divergences: 0, gradients: 0 };
    for step in 0..length.tune + length.draws {
        let (x, progress) = sampler.draw().map_err(|e| stopped(&e))?;
        walk.gradients += progress.num_gradients as usize;
        if step >= length.tune {
            walk.divergences += usize::from(progress.diverging);
            let mut z = vec![0.0; x.len()];
            mode.color(&x, &mut z);
            walk.z.push(z);
        }
    }
    Ok(walk)
}

/// In whitened coordinates the posterior is nearly a standard normal, for which this kinetic energy moves without error;
/// what is left is a valley that narrows where capacity returns slowly, which `accept` keeps the steps short enough for.
#[expect(clippy::field_reassign_with_default, reason = "the sampler's settings cannot be built otherwise")]
fn settings(length: Length) -> DiagNutsSettings {
    let mut settings = DiagNutsSettings::default();
    settings.num_tune = length.tune as u64;
    settings.num_draws = length.draws as u64;
    settings.maxdepth = 8;
    settings.trajectory_kind = KineticEnergyKind::ExactNormal;
    settings.adapt_options.step_size_settings.target_accept = length.accept;
    settings
}

fn uniform(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / (1u64 << 53) as f64
}

/// The density in whitened coordinates, as the sampler asks for it.
struct White<'a> {
    density: Density,
    mode: &'a Mode,
    z: Vec<f64>,
    by_z: Vec<f64>,
}

/// A point at which the density is not a number: the sampler counts a divergence and turns back.
#[derive(Debug, thiserror::Error)]
#[error("the density is not finite here")]
struct NotFinite;

impl LogpError for NotFinite {
    fn is_recoverable(&self) -> bool {
        true
    }
}

impl HasDims for White<'_> {
    #[expect(clippy::disallowed_types, reason = "the sampler asks for this type; it holds one entry")]
    fn dim_sizes(&self) -> std::collections::HashMap<String, u64> {
        std::collections::HashMap::from([("unconstrained_parameter".to_owned(), self.mode.z.len() as u64)])
    }
}

impl CpuLogpFunc for White<'_> {
    type LogpError = NotFinite;
    type ExpandedVector = Vec<f64>;
    type FlowParameters = ();

    fn dim(&self) -> usize {
        self.mode.z.len()
    }

    fn logp(&mut self, x: &[f64], by_x: &mut [f64]) -> Result<f64, NotFinite> {
        self.mode.color(x, &mut self.z);
        let value = self.density.at(&self.z, &mut self.by_z);
        self.mode.slope(&self.by_z, by_x);
        let finite = value.is_finite() && by_x.iter().all(|g| g.is_finite());
        finite.then_some(value).ok_or(NotFinite)
    }

    fn expand_vector<R: Rng + ?Sized>(&mut self, _rng: &mut R, x: &[f64]) -> Result<Vec<f64>, CpuMathError> {
        Ok(x.to_vec())
    }
}
