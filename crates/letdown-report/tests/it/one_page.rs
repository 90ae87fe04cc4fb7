use crate::journals::{baby, fever, page, pumping, pumping_page, twins, weight};
use letdown_engine::report::Report;
use letdown_journal::body::{Body, Mother};
use letdown_report::{Paper, arranged};
use proptest::prelude::*;

/// Everything stands within the margins of either paper.
fn holds(report: &Report) {
    for paper in [Paper::A4, Paper::Letter] {
        let (width, height) = paper.size();
        let (left, top, right, bottom) = arranged(report, paper).unwrap().extent();
        assert!(left >= 36.0 && right <= width - 36.0, "{paper:?}: {left} to {right} of {width}");
        assert!(top >= 30.0 && bottom <= height - 24.0, "{paper:?}: {top} to {bottom} of {height}");
    }
}

#[test]
fn an_empty_journal_is_a_page() {
    holds(&page(&[]));
}

#[test]
fn a_pumping_mother_and_one_of_twins_fit() {
    holds(&pumping_page());
    holds(&page(&twins()));
}

#[test]
fn everything_at_once_fits() {
    let mut bodies: Vec<Body> = [pumping(), twins(), fever()].concat();
    for i in 0..12 {
        let name = format!("Maximiliane-Wilhelmine the {i}th of that name");
        bodies.push(baby(&name, None).into());
        bodies.push(weight(&name, 10, 3_000.0));
        bodies.push(weight(&name, 23, 3_010.0));
    }
    holds(&page(&bodies));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Names may be anything, there may be many babies, weights may be odd.
    #[test]
    fn hostile_names_and_many_babies_fit(
        mother in "\\PC{0,200}",
        babies in prop::collection::vec(("\\PC{0,120}|[a-z]{100}|\u{202e}abc|e\u{301}{9}", 500.0..20_000.0f64), 0..12),
    ) {
        let mut bodies = twins();
        bodies.push(Mother { name: Some(mother), ..Mother::at(crate::journals::november(2, "08:00")) }.into());
        for (name, grams) in babies {
            bodies.push(baby(&name, None).into());
            bodies.push(weight(&name, 12, grams));
            bodies.push(weight(&name, 23, 1.02 * grams));
        }
        holds(&page(&bodies));
    }
}
