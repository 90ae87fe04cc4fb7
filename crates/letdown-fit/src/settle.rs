//! Chains that settle together, and are drawn from until they agree.

use crate::{
    FitError,
    diagnostics::{Scores, bulk_ess_by, r_hat_by},
    error::Problem,
    gradient::{ABREAST, Density},
    mode::Mode,
    sample::{Length, Walk},
    turns::{Chain, Chains, Stood},
};

/// Runs chains that turn ([`crate::turns`]): they settle in the whitening of the mode, then in that of where
/// they stood, share what they learned about their steps, and are drawn from until they agree.
///
/// # Errors
/// When a chain was lost.
pub(crate) fn turned(density: &Density, mode: &Mode, length: Length, seed: u64) -> Result<Settled, FitError> {
    let begun = |first: usize| Chains::at(density, mode, seed, first);
    let mut chains: Vec<Chains> = (0..length.chains).step_by(ABREAST).map(begun).collect();
    let third = length.tune / 3;

    let pilot = side_by_side(&mut chains, |c| c.tune(mode, third, length.accept))?;
    let late = |stood: &[Vec<Stood>]| -> Vec<Stood> {
        stood.iter().flat_map(|s| &s[s.len() / 3..]).cloned().collect()
    };
    let mut known = late(&pilot);
    let mut at = mode.settled(&known).unwrap_or_else(|| mode.clone());
    for _ in 0..2 {
        share_steps(&mut chains);
        let moved = side_by_side(&mut chains, |c| c.tune(&at, third, length.accept))?;
        known.extend(late(&moved));
        at = at.settled(&known).unwrap_or(at);
    }
    share_steps(&mut chains);
    let top = each(&chains).map(|c| c.top.clone()).max_by(|a, b| a.0.total_cmp(&b.0));
    chains.iter_mut().flat_map(|c| &mut c.each).for_each(|c| c.divergences = 0);

    let mut drawn: Vec<Vec<Vec<f64>>> = vec![Vec::new(); length.chains];
    let mut moves = length.draws;
    loop {
        let more = side_by_side(&mut chains, |c| c.draw(&at, moves))?;
        drawn.iter_mut().zip(more).for_each(|(all, new)| all.extend(new));
        let have = drawn.first().map_or(0, Vec::len);
        moves = MORE.min(length.most.saturating_sub(have));
        if moves == 0 || agree(&drawn) {
            break;
        }
    }
    let walk =
        |(z, c): (Vec<Vec<f64>>, &Chain)| Walk { z, divergences: c.divergences, gradients: c.gradients };
    Ok(Settled { walks: drawn.into_iter().zip(each(&chains)).map(walk).collect(), at, top })
}

/// Chains that turned.
pub(crate) struct Settled {
    pub walks: Vec<Walk>,
    /// The whitening they settled in.
    #[cfg_attr(not(feature = "nuts"), expect(dead_code, reason = "NUTS goes on from it"))]
    pub at: Mode,
    /// The highest place they came by while they settled.
    pub top: Option<(f64, Vec<f64>)>,
}

/// One by one.
fn each(chains: &[Chains]) -> impl Iterator<Item = &Chain> {
    chains.iter().flat_map(|abreast| &abreast.each)
}

/// All chains go on with the steps that most of them found.
fn share_steps(chains: &mut [Chains]) {
    let mean = chains.iter().map(|c| libm::log(c.steps_per_rad())).sum::<f64>() / chains.len() as f64;
    for chains in chains {
        chains.begin(libm::exp(mean));
    }
}

/// R-hat up to which chains agree, and how many independent draws every trait is to have.
pub(crate) const AGREE: f64 = 1.01;
const ENOUGH: f64 = 400.0;
/// How many more draws of each chain are taken at a time.
const MORE: usize = 50;

fn agree(drawn: &[Vec<Vec<f64>>]) -> bool {
    let dim = drawn.first().and_then(|d| d.first()).map_or(0, Vec::len);
    let chains =
        |i: usize| -> Vec<Vec<f64>> { drawn.iter().map(|d| d.iter().map(|z| z[i]).collect()).collect() };
    let scores = Scores::of(&chains(0));
    let agrees = |c: Vec<Vec<f64>>| r_hat_by(&c, &scores) <= AGREE && bulk_ess_by(&c, &scores) >= ENOUGH;
    (0..dim).all(|i| agrees(chains(i)))
}

/// What each chain brings back, those abreast on a thread of their own.
fn side_by_side<T: Send>(
    chains: &mut [Chains],
    abreast: impl Fn(&mut Chains) -> [T; ABREAST] + Sync,
) -> Result<Vec<T>, FitError> {
    if cfg!(target_family = "wasm") {
        return Ok(chains.iter_mut().flat_map(abreast).collect());
    }
    let abreast = &abreast;
    std::thread::scope(|scope| {
        let running: Vec<_> = chains.iter_mut().map(|c| scope.spawn(move || abreast(c))).collect();
        running.into_iter().map(|r| r.join().map_err(|_| lost())).collect::<Result<Vec<_>, _>>()
    })
    .map(|all| all.into_iter().flatten().collect())
}

pub(crate) fn lost() -> FitError {
    Problem::Sampler { detail: "a chain was lost".into() }.into()
}
