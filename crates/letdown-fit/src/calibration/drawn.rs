//! A woman drawn from the prior of the fit, with all that techniques would do for her.

use crate::{
    coordinates::traits_at,
    log::Breasts,
    traits::{COUNT, Traits},
};
use letdown_model::random::Random;

/// Her traits, each as likely as the prior says.
///
/// ```
/// use letdown_fit::{calibration::drawn, log::Breasts, traits::Trait};
/// use letdown_model::random::Random;
/// let her = drawn(Breasts::One, &mut Random::seeded(1));
/// assert!(her.get(Trait::Storage) > 0.0);
/// ```
pub fn drawn(breasts: Breasts, random: &mut Random) -> Traits {
    at_deviations(breasts, &deviations(random))
}

/// How far a woman is from the median one, a trait each (standard deviations of the prior).
pub fn deviations(random: &mut Random) -> [f64; COUNT] {
    core::array::from_fn(|_| random.normal())
}

/// The traits of a woman so far from the median one.
pub fn at_deviations(breasts: Breasts, deviations: &[f64; COUNT]) -> Traits {
    traits_at(breasts, deviations, |_| true)
}
