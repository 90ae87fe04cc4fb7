use letdown_model::energy::{STORES_KCAL_PER_DAY, ledger};
use proptest::prelude::*;

#[test]
fn a_day_of_nursing_costs_about_six_hundred_kilocalories() {
    let day = ledger(750.0);
    assert!((550.0..650.0).contains(&day.kcal_per_day), "{day:?}");
    assert!((day.food_kcal_per_day - 425.0).abs() < 5.0, "less 170 from stores: {day:?}");
    // The same in other units: 2.8 kJ/g (0.67 kcal/g) at 87 % over 772.5 g are 2.49 MJ.
    assert!((day.kcal_per_day * 4.184e-3 - 772.5 * 2.803e-3 / 0.87).abs() < 0.003);
}

#[test]
fn no_milk_costs_nothing() {
    for milk_ml in [0.0, -5.0] {
        let day = ledger(milk_ml);
        assert!(day.kcal_per_day.abs() + day.food_kcal_per_day.abs() + day.stores_kcal_per_day.abs() < 1e-12);
    }
}

#[test]
fn little_milk_is_made_from_stores_alone() {
    let day = ledger(100.0);
    assert!(day.food_kcal_per_day.abs() < 1e-12 && day.stores_kcal_per_day < STORES_KCAL_PER_DAY);
    assert!(ledger(400.0).food_kcal_per_day > 100.0, "the control");
}

proptest! {
    #[test]
    fn the_books_balance(milk_ml in 0.0..4000.0f64, more_ml in 0.001..500.0f64) {
        let (day, richer) = (ledger(milk_ml), ledger(milk_ml + more_ml));
        prop_assert!((day.food_kcal_per_day + day.stores_kcal_per_day - day.kcal_per_day).abs() < 1e-9);
        prop_assert!(day.food_kcal_per_day >= 0.0 && (0.0..=STORES_KCAL_PER_DAY).contains(&day.stores_kcal_per_day));
        prop_assert!(day.kcal_per_day < richer.kcal_per_day);
        prop_assert!(day.food_kcal_per_day <= richer.food_kcal_per_day);
        prop_assert!(day.stores_kcal_per_day <= richer.stores_kcal_per_day);
        // Straight through the origin.
        prop_assert!((day.kcal_per_day - milk_ml / 1000.0 * ledger(1000.0).kcal_per_day).abs() < 1e-9);
    }
}
