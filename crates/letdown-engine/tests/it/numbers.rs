use letdown_engine::{Range, Spread};
use proptest::prelude::*;

#[test]
fn are_the_quantiles_they_are_named_after() {
    let mut hundred: Vec<f64> = (0..=100).rev().map(f64::from).collect();
    let spread = Spread::of_samples(&mut hundred);
    let all = [spread.p05, spread.p10, spread.p25, spread.p50, spread.p75, spread.p90, spread.p95];
    assert_eq!(all, [5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0]);
    assert_eq!(Range::of_samples(&mut hundred), Range { p10: 10.0, p50: 50.0, p90: 90.0 });
}

#[test]
fn are_rounded_to_a_tenth_and_never_to_minus_zero() {
    assert_eq!(Range::of(|p| 10.0 * p + 0.04), Range { p10: 1.0, p50: 5.0, p90: 9.0 });
    let nothing = Range::of(|p| -0.04 * p);
    assert!([nothing.p10, nothing.p50, nothing.p90].iter().all(|x| x.to_bits() == 0), "{nothing:?}");
}

#[test]
fn of_one_sample_are_all_alike() {
    assert_eq!(Range::of_samples(&mut [12.34]), Range { p10: 12.3, p50: 12.3, p90: 12.3 });
}

proptest! {
    #[test]
    fn stand_in_order(mut samples in prop::collection::vec(0.0..1000.0, 1..40)) {
        let s = Spread::of_samples(&mut samples);
        let all = [s.p05, s.p10, s.p25, s.p50, s.p75, s.p90, s.p95];
        prop_assert!(all.is_sorted(), "{:?}", s);
        let (least, most) = (samples[0], samples[samples.len() - 1]);
        prop_assert!(all.iter().all(|q| least - 0.05 <= *q && *q <= most + 0.05));
        let range = Range::of_samples(&mut samples);
        prop_assert_eq!([range.p10, range.p50, range.p90], [s.p10, s.p50, s.p90]);
    }
}
