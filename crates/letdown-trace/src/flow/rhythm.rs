//! When let-downs are to be expected: the prior of the gaps between them.
//!
//! The first comes about a minute after the pump is put on, later ones about three minutes apart, and both differ between
//! women (4.2 let-downs in 15 minutes, SD 2.0: Prime et al. 2009, Int Breastfeed J 4:10; 221 s between high flows, 68 to
//! 371: Idei et al. 2024). A gap is log-normal about her own period; one in ten is anything, so that no let-down is ever
//! ruled out by the clock alone.

/// Her rhythm: what is expected before a trace is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// From the start to the first let-down (s), the median.
    pub first_s: f64,
    /// From onset to onset (s), the median.
    pub period_s: f64,
    /// How far a gap may be from the median (SD of its logarithm).
    pub spread: f64,
}

impl Default for Rhythm {
    /// Women in general.
    fn default() -> Self {
        Self { first_s: 70.0, period_s: 165.0, spread: 0.5 }
    }
}

/// Two let-downs are never closer than this (s): a nerve that has just fired rests.
pub(crate) const CLOSEST_S: usize = 25;

/// Of a gap: how unlikely it is to end now, and to have lasted so long (both as minus the logarithm of the chance).
#[derive(Clone, Debug)]
pub(crate) struct Gaps {
    ends: Vec<f64>,
    lasts: Vec<f64>,
}

const FIRST_SPREAD: f64 = 0.8;
/// So many gaps of a hundred follow no rhythm.
const ANYHOW: f64 = 0.1;
const ANYHOW_S: f64 = 600.0;

impl Gaps {
    /// Of the gaps between two.
    pub(crate) fn between(rhythm: &Rhythm, longest_s: usize) -> Self {
        Self::log_normal(rhythm.period_s, rhythm.spread, longest_s)
    }

    /// Of the wait for the first.
    pub(crate) fn first(rhythm: &Rhythm, longest_s: usize) -> Self {
        Self::log_normal(rhythm.first_s, FIRST_SPREAD, longest_s)
    }

    fn log_normal(median_s: f64, spread: f64, longest_s: usize) -> Self {
        let (mut ends, mut lasts) = (Vec::with_capacity(longest_s + 1), Vec::with_capacity(longest_s + 1));
        for gap in 0..=longest_s {
            let z = libm::log((gap as f64 + 0.5) / median_s) / spread;
            let density = libm::exp(-0.5 * z * z)
                / ((gap as f64 + 0.5) * spread * libm::sqrt(2.0 * core::f64::consts::PI));
            let survival = 0.5 * libm::erfc(z * core::f64::consts::FRAC_1_SQRT_2);
            let any = libm::exp(-(gap as f64) / ANYHOW_S);
            ends.push(-libm::log((1.0 - ANYHOW) * density + ANYHOW * any / ANYHOW_S));
            lasts.push(-libm::log((1.0 - ANYHOW) * survival + ANYHOW * any));
        }
        Self { ends, lasts }
    }

    /// That a gap ends after just so many seconds.
    pub(crate) fn ends(&self, gap: usize) -> f64 {
        self.ends[gap.min(self.ends.len() - 1)]
    }

    /// That a gap has lasted so many seconds and goes on.
    pub(crate) fn lasts(&self, gap: usize) -> f64 {
        self.lasts[gap.min(self.lasts.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chances_of_all_gaps_make_one() {
        for gaps in [Gaps::between(&Rhythm::default(), 6000), Gaps::first(&Rhythm::default(), 6000)] {
            let all: f64 = (0..6000).map(|g| libm::exp(-gaps.ends(g))).sum();
            assert!((all - 1.0).abs() < 0.01, "{all}");
            let later: f64 = (200..6000).map(|g| libm::exp(-gaps.ends(g))).sum();
            assert!((later - libm::exp(-gaps.lasts(200))).abs() < 0.01);
        }
    }
}
