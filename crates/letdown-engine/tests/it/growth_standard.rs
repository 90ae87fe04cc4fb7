use letdown_engine::report::who::{CENTILE_Z, LAST_DAY, Lms, Sex, between_centiles};

/// The WHO's own simplified tables of weight for age, by months: kg at -3, -2, 0, +2 and +3 standard deviations, as
/// printed, to 0.1 kg.
const PRINTED: [(Sex, f64, [f64; 5]); 10] = [
    (Sex::Boy, 0.0, [2.1, 2.5, 3.3, 4.4, 5.0]),
    (Sex::Boy, 61.0, [3.8, 4.3, 5.6, 7.1, 8.0]),
    (Sex::Boy, 183.0, [5.7, 6.4, 7.9, 9.8, 10.9]),
    (Sex::Boy, 365.0, [6.9, 7.7, 9.6, 12.0, 13.3]),
    (Sex::Boy, 730.0, [8.6, 9.7, 12.2, 15.3, 17.1]),
    (Sex::Girl, 0.0, [2.0, 2.4, 3.2, 4.2, 4.8]),
    (Sex::Girl, 61.0, [3.4, 3.9, 5.1, 6.6, 7.5]),
    (Sex::Girl, 183.0, [5.1, 5.7, 7.3, 9.3, 10.6]),
    (Sex::Girl, 365.0, [6.3, 7.0, 8.9, 11.5, 13.1]),
    (Sex::Girl, 730.0, [8.1, 9.0, 11.5, 14.8, 17.0]),
];

#[test]
fn weights_are_those_that_the_who_printed() {
    for (sex, day, printed) in PRINTED {
        let lms = Lms::at(sex, day).unwrap();
        for (z, kg) in [-3.0, -2.0, 0.0, 2.0, 3.0].into_iter().zip(printed) {
            // Months are whole days here: half a day of growth, and the rounding of the table.
            assert!((lms.kg(z) - kg).abs() < 0.075, "{sex:?} day {day}, z {z}: {} against {kg}", lms.kg(z));
        }
    }
}

/// The same, by centiles: girls of six months.
#[test]
fn centiles_are_those_that_the_who_printed() {
    let lms = Lms::at(Sex::Girl, 183.0).unwrap();
    for (z, kg) in CENTILE_Z.into_iter().zip([5.8, 6.4, 7.3, 8.3, 9.2]) {
        assert!((lms.kg(z) - kg).abs() < 0.051, "{z}: {} against {kg}", lms.kg(z));
    }
}

/// Days between two rows of the table here, as the WHO's table of every day has them.
#[test]
fn between_the_rows_it_lies_close_to_the_table_of_every_day() {
    for (sex, day, l, m, s) in [
        (Sex::Boy, 8.0, 0.2742, 3.5222, 0.14436),
        (Sex::Boy, 100.0, 0.1682, 6.5699, 0.11588),
        (Sex::Girl, 100.0, 0.0264, 6.0229, 0.12545),
        (Sex::Girl, 500.0, -0.2515, 9.9023, 0.12304),
    ] {
        let here = Lms::at(sex, day).unwrap();
        let there = Lms { l, m, s };
        for z in [-2.0, 0.0, 2.0] {
            assert!((here.kg(z) - there.kg(z)).abs() < 0.008, "{sex:?} day {day} z {z}");
        }
    }
}

#[test]
fn a_weight_and_its_deviations_are_each_other() {
    for sex in [Sex::Girl, Sex::Boy] {
        for day in 0..=730 {
            let lms = Lms::at(sex, f64::from(day)).unwrap();
            for z in [-6.0, -3.5, -3.0, -1.2, 0.0, 0.4, 2.9, 3.1, 5.0] {
                let kg = lms.kg(z);
                assert!(kg > 0.0 && (lms.z(kg) - z).abs() < 1e-6, "{sex:?} {day} {z}: {kg} is {}", lms.z(kg));
            }
        }
    }
}

#[test]
fn the_curve_begins_at_birth_and_ends_at_two_years() {
    assert!(Lms::at(Sex::Girl, -1.0).is_none() && Lms::at(Sex::Girl, LAST_DAY + 1.0).is_none());
    assert!(Lms::at(Sex::Boy, f64::NAN).is_none());
}

#[test]
fn centiles_are_told_in_words() {
    let told: Vec<&str> = [-2.0, -1.5, -0.1, 0.1, 1.5, 2.0].into_iter().map(between_centiles).collect();
    let words =
        ["below the 3rd", "3rd to 15th", "15th to 50th", "50th to 85th", "85th to 97th", "above the 97th"];
    assert_eq!(told, words);
}
