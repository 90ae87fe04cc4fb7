use crate::logs::{at, observed, pumped, simulated, unmeasured};
use jiff::{ToSpan, civil::Date};
use letdown_engine::{
    backtest::{Window, daily::ScoredDay, scored},
    day_totals::{Day, Guess, Plain, days},
};
use letdown_journal::body::Body;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const NOW: &str = "2026-07-01T12:00:00+02:00[Europe/Berlin]";

static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let toml = r#"
        days = 24
        start = "2026-06-01"
        zone = "Europe/Berlin"
        per_side = false
        schedule = ["06:00", "12:00", "18:00", "22:00"]
    "#;
    simulated(toml, 8)
});

fn rows(bodies: &[Body]) -> Vec<ScoredDay> {
    scored(&observed(bodies, NOW), Window::default(), 1, &mut |_, _| {}).days
}

static ROWS: LazyLock<Vec<ScoredDay>> = LazyLock::new(|| rows(&BODIES));

fn day(number: i8) -> Date {
    jiff::civil::date(2026, 6, number)
}

#[test]
fn a_total_is_the_sum_of_its_day() {
    for row in ROWS.iter() {
        let of_day = BODIES.iter().filter(|b| b.start().date() == row.day);
        let ml = of_day.filter_map(|b| if let Body::Pump(p) = b { p.output_ml() } else { None });
        assert!((row.ml - ml.sum::<f64>()).abs() < 1e-9, "{row:?}");
        assert_eq!(row.day, row.origin.saturating_add((i64::try_from(row.lead).unwrap() - 1).days()));
        assert!(row.crps_ml >= 0.0 && row.median_ml > 0.0);
    }
    let last = BODIES.iter().map(|b| b.start().date()).max().unwrap();
    assert!(ROWS.iter().all(|r| day(15) <= r.origin && r.day < last));
    assert!([1, 7].iter().all(|lead| ROWS.iter().any(|r| r.lead == *lead)));
}

/// Days behind a midnight are not known to it, nor are the hours of its own.
#[test]
fn a_log_cut_at_a_day_gets_the_same_days() {
    let until = day(20);
    let cut: Vec<Body> = BODIES.iter().filter(|b| b.start().date() <= until).cloned().collect();
    let ours: Vec<String> = rows(&cut).iter().map(|r| format!("{r:?}")).collect();
    let theirs = ROWS.iter().filter(|r| r.day < until);
    assert_eq!(ours, theirs.map(|r| format!("{r:?}")).collect::<Vec<_>>());
    assert!(ours.len() >= 5);
}

#[test]
fn a_day_is_whole_when_all_of_it_was_written_down() {
    let log = [
        pumped("2026-06-01T08:00:00+02:00[Europe/Berlin]", 90.0),
        pumped("2026-06-02T08:00:00+02:00[Europe/Berlin]", 90.0),
        pumped("2026-06-02T12:00:00+02:00[Europe/Berlin]", 30.0),
        pumped("2026-06-04T08:00:00+02:00[Europe/Berlin]", 90.0),
        unmeasured("2026-06-04T09:00:00+02:00[Europe/Berlin]"),
    ];
    let found = days(&observed(&log, NOW));
    let expected =
        BTreeMap::from([(day(1), Day::InPart), (day(2), Day::Whole(120.0)), (day(4), Day::InPart)]);
    assert_eq!(found, expected);
    assert!(at(NOW).date() > day(4));
}

/// By statsmodels 0.15.0, `ThetaModel(deseasonalize=False)` with theta 2; its alpha is 0.8346, and its drift half of the
/// slope 5.66978 of the straight line.
#[test]
fn theta_drifts_by_half_the_slope() {
    let oil = [
        445.36, 453.20, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89,
        509.87, 456.72, 473.82, 525.95, 549.83, 542.34,
    ];
    let first = day(1);
    let days: BTreeMap<Date, Day> =
        (0..).zip(oil).map(|(i, ml)| (first + i.days(), Day::Whole(ml))).collect();
    let plain = Plain::at(&days, first + 18.days()).unwrap();
    for (lead, theirs) in [(1, 546.080), (7, 563.089), (14, 582.933)] {
        let [mean7, _, theta] = plain.guesses(lead);
        assert!((theta.ml - theirs).abs() < 0.1, "{lead}: {theta:?} for {theirs}");
        let week = oil[11..].iter().sum::<f64>() / 7.0;
        assert!((mean7.ml - week).abs() < 1e-9);
    }
}

#[test]
fn the_score_of_a_normal_is_the_integral_it_stands_for() {
    let guess = Guess { ml: 900.0, sd_ml: 40.0 };
    for came in [820.0, 900.0, 957.0] {
        let mut sum = 0.0;
        for i in 0..20_000 {
            let x = 500.0 + 0.04 * (f64::from(i) + 0.5);
            let below = 0.5 * (1.0 + erf((x - guess.ml) / (guess.sd_ml * std::f64::consts::SQRT_2)));
            let gone = if x >= came { 1.0 } else { 0.0 };
            sum += 0.04 * (below - gone) * (below - gone);
        }
        assert!((guess.crps(came) - sum).abs() < 0.02, "{} for {sum}", guess.crps(came));
    }
}

/// Abramowitz and Stegun 7.1.26.
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let poly = t
        * (0.254_829_592
            + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429))));
    (1.0 - poly * (-x * x).exp()).copysign(x)
}
