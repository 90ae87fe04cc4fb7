use letdown_fit::diagnostics::{bulk_ess, normal_quantile, r_hat};
use letdown_model::random::Random;

/// Chains that remember a share `phi` of their last step; each around its own center.
fn chains(phi: f64, centers: &[f64], length: usize, random: &mut Random) -> Vec<Vec<f64>> {
    let spread = f64::sqrt(1.0 - phi * phi);
    let mut chain = |center: &f64| {
        let mut at = random.normal();
        let mut step = || {
            at = phi * at + spread * random.normal();
            center + at
        };
        (0..length).map(|_| step()).collect()
    };
    centers.iter().map(&mut chain).collect()
}

#[test]
fn independent_draws_agree() {
    let mut random = Random::seeded(1);
    for _ in 0..20 {
        let good = chains(0.0, &[0.0; 4], 250, &mut random);
        assert!(r_hat(&good) < 1.02, "{}", r_hat(&good));
    }
}

/// Four chains at centers `c` of variance `B` between them and 1 within: `R-hat = sqrt(1 + B)`, ranks or not, as long as
/// the whole is nearly normal.
#[test]
fn chains_apart_disagree_by_as_much_as_they_are_apart() {
    let centers = [-0.3, -0.1, 0.1, 0.3];
    let between = centers.iter().map(|c| c * c).sum::<f64>() / 4.0;
    let apart = r_hat(&chains(0.0, &centers, 20_000, &mut Random::seeded(2)));
    assert!((apart - f64::sqrt(1.0 + between)).abs() < 0.005, "{apart}");
}

#[test]
fn a_chain_of_another_width_is_seen() {
    let mut wide = chains(0.0, &[0.0; 4], 500, &mut Random::seeded(3));
    wide[0].iter_mut().for_each(|x| *x *= 3.0);
    assert!(r_hat(&wide) > 1.05, "{}", r_hat(&wide));
}

/// A chain with correlation `phi` from step to step is worth `(1 - phi) / (1 + phi)` of its length.
#[test]
fn sticky_chains_are_worth_less() {
    let mut random = Random::seeded(4);
    for phi in [0.0, 0.5, 0.9] {
        let worth = bulk_ess(&chains(phi, &[0.0; 4], 5000, &mut random)) / 20_000.0;
        let known = (1.0 - phi) / (1.0 + phi);
        assert!((worth / known - 1.0).abs() < 0.15, "phi {phi}: {worth} and {known}");
    }
}

/// Abramowitz and Stegun, table 26.5, and symmetry.
#[test]
fn normal_quantiles_are_those_of_the_tables() {
    for (p, z) in [(0.5, 0.0), (0.9, 1.281_551_565_5), (0.99, 2.326_347_874_0), (0.999_9, 3.719_016_485_5)] {
        assert!((normal_quantile(p) - z).abs() < 1e-9, "{p}");
        assert!((normal_quantile(1.0 - p) + z).abs() < 1e-9, "{p}");
    }
}
