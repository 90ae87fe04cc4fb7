//! Where a likelihood is right, its slope at the truth is 0 on average over women drawn from the prior who keep a log. The
//! belief of the fit is an approximation: here is which way it pulls, and how hard against how far slopes stray. A fit is
//! pulled off by about that part of what a log leaves unknown of a trait alone.

use letdown_fit::{
    calibration::{Kind, Woman, drawn, lived},
    gradient::Density,
    log::Breasts,
    traits::{COUNT, Trait},
};
use letdown_model::random::Random;

/// A woman drawn from the prior, and her deviations from the median one.
fn woman(kind: &Kind, seed: u64) -> Option<([f64; COUNT], Woman)> {
    let mut random = Random::stream(90_210, seed);
    let deviations = drawn::deviations(&mut random);
    let truth = drawn::at_deviations(kind.breasts, &deviations);
    Some((deviations, lived(truth, kind, &mut random).ok()?))
}

/// The mean slope of the log-likelihood by each deviation over how far it strays from woman to woman, `off` the truth.
fn pulls(kind: &Kind, women: u64, off: impl Fn(Trait) -> f64) -> Vec<(Trait, f64)> {
    let (mut sums, mut traits) = (Vec::<[f64; 2]>::new(), Vec::new());
    for (deviations, woman) in (0..women).filter_map(|seed| woman(kind, seed)) {
        let mut density = Density::of(&woman.log);
        traits = density.layout().active().to_vec();
        let at: Vec<f64> = traits.iter().map(|t| deviations[*t as usize] + off(*t)).collect();
        let mut slope = vec![0.0; at.len()];
        density.at_deviations(&at, &mut slope);
        sums.resize(at.len(), [0.0; 2]);
        for ((sum, slope), z) in sums.iter_mut().zip(&slope).zip(&at) {
            // Without that of the prior.
            let slope = slope + z;
            *sum = [sum[0] + slope, sum[1] + slope * slope];
        }
    }
    let n = women as f64;
    let pull = |[sum, squares]: &[f64; 2]| sum / n / (squares / n - (sum / n) * (sum / n)).sqrt();
    traits.into_iter().zip(sums.iter().map(pull)).collect()
}

fn hardest(pulls: &[(Trait, f64)]) -> f64 {
    pulls.iter().map(|(_, pull)| pull.abs()).fold(0.0, f64::max)
}

const TOTALS: Kind = Kind { breasts: Breasts::One, days: 30, per_day: 7, step_ml: 5.0, lengths: false };

/// Within three standard errors of such means (0.08) and the pull that the belief is known to have, on `DaySd` most.
const PULL: f64 = 0.21;

#[test]
fn the_likelihood_hardly_pulls_away_from_the_truth() {
    for breasts in [Breasts::One, Breasts::Two] {
        let pulls = pulls(&Kind { breasts, ..TOTALS }, 1500, |_| 0.0);
        println!("{breasts:?}: {pulls:.3?}");
        assert!(hardest(&pulls) < PULL, "{breasts:?}: {pulls:.3?}");
    }
}

/// Half a deviation beside the truth it does.
#[test]
fn it_pulls_back_from_what_is_beside_the_truth() {
    for wrong in [Trait::Capacity, Trait::PumpShare, Trait::GapSd, Trait::DaySd] {
        let pulls = pulls(&TOTALS, 300, |t| if t == wrong { 0.5 } else { 0.0 });
        let pull = pulls.iter().find(|(t, _)| *t == wrong).unwrap().1;
        println!("{wrong:?}: {pull:.3}");
        assert!(pull < -PULL, "{wrong:?}: {pull}");
    }
}
