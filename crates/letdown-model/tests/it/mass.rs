use letdown_model::{
    filling::{Brake, fill},
    population::{Term, draw},
    random::Random,
    removal::{Appetite, Session, Sides},
    supply::{Chance, Gap, Supply},
};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn what_is_made_is_stored_or_taken(
        seed in 0u64..10_000,
        gaps in prop::collection::vec((0.2..14.0f64, 2.0..40.0f64, any::<bool>()), 1..60),
    ) {
        let mut random = Random::seeded(seed);
        let her = draw(&mut random, Term::Term);
        let mut supply = Supply::steady(&her);
        let (start_ml, mut made_ml, mut taken_ml) = (supply.milk_ml(), 0.0, 0.0);
        for (hours, minutes, baby) in gaps {
            let chance = Chance::draw(&mut random, 2);
            made_ml += supply.advance(&her, &Gap::of(hours), Some(&chance));
            let z = &chance.takes;
            taken_ml += if baby {
                let appetite = Appetite { wanted_ml: 90.0, carried_ml: 20.0 };
                supply.nurse(&her, Sides::Both, appetite, Some(40.0), Some(z)).0.total_ml()
            } else {
                supply.pump(&her, &Session::both(minutes), None, Some(z)).total_ml()
            };
            prop_assert!(supply.breasts.iter().all(|b| b.milk_ml >= 0.0));
        }
        let lost_ml = start_ml + made_ml - taken_ml - supply.milk_ml();
        prop_assert!(lost_ml.abs() < 1e-9 * (1.0 + taken_ml), "{lost_ml} mL");
    }

    #[test]
    fn a_gap_brings_what_the_brake_lets_through(
        half_fullness in 0.5..1.8f64,
        steepness in 1.5..20.0f64,
        f in 0.0..1.2f64,
        charge in 1e-3..8.0f64,
    ) {
        let brake = Brake { half_fullness, steepness };
        // Unbraked it would bring the charge; what the brake held back is its own integral, so both sides are reckoned apart.
        let potential =
            |f: f64| f + f * power(f / half_fullness, steepness) / (steepness + 1.0);
        let brought = potential(fill(&brake, f, charge, 0.0).fullness) - potential(f);
        prop_assert!((brought - charge).abs() < 1e-9 * (potential(f) + charge), "{brought} of {charge}");
    }

    #[test]
    fn nobody_takes_more_than_there_is(seed in 0u64..10_000, minutes in 0.1..120.0f64, z in -4.0..4.0f64) {
        let her = draw(&mut Random::seeded(seed), Term::Preterm);
        let mut supply = Supply::steady(&her);
        let held: Vec<f64> = supply.breasts.iter().map(|b| b.milk_ml).collect();
        let massage = Session { massaged: true, ..Session::both(minutes) };
        let taken = supply.pump(&her, &massage, None, Some(&[z, -z]));
        prop_assert!(taken.ml.iter().zip(held).all(|(t, h)| 0.0 <= *t && *t < h));
    }
}

#[test]
fn one_side_leaves_the_other_alone() {
    let her = letdown_model::mother::Mother::typical();
    let mut supply = Supply::steady(&her);
    let right_ml = supply.breasts[1].milk_ml;
    let taken = supply.pump(&her, &Session { sides: Sides::Left, ..Session::both(15.0) }, None, None);
    assert!(taken.ml[0] > 0.0 && taken.ml[1] == 0.0);
    assert_eq!(supply.breasts[1].milk_ml.to_bits(), right_ml.to_bits());
}

#[expect(clippy::disallowed_methods, reason = "a test may ask the platform for a power")]
fn power(x: f64, y: f64) -> f64 {
    x.powf(y)
}
