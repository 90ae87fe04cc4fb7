use crate::logs::{at, ml, observed, pumped, simulated, unmeasured};
use jiff::civil::Date;
use letdown_engine::{
    backtest::{Backtest, Forecast, Scored, Window, backtest, rows},
    observed::Observed,
};
use letdown_journal::body::{Body, Pump};
use std::sync::LazyLock;

const NOW: &str = "2026-07-01T12:00:00+02:00[Europe/Berlin]";

/// Some three weeks whose first session has no volume; one session is an explicit 0, some have none.
static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let toml = r#"
        days = 19
        start = "2026-06-01"
        zone = "Europe/Berlin"
        per_side = false
        schedule = ["06:00", "10:00", "14:00", "18:00", "22:00"]
    "#;
    let volume = |(i, body)| match (i, body) {
        (0 | 75, Body::Pump(pump)) => Body::Pump(Pump { total: None, ..pump }),
        (80, Body::Pump(pump)) => Body::Pump(Pump { total: Some(ml(0.0)), ..pump }),
        (_, body) => body,
    };
    simulated(toml, 4).into_iter().enumerate().map(volume).collect()
});

static HERS: LazyLock<Observed> = LazyLock::new(|| observed(&BODIES, NOW));
static ROWS: LazyLock<Vec<Scored>> = LazyLock::new(|| rows(&HERS, Window::default(), 1, &mut |_, _| {}).0);
static SCORE: LazyLock<Backtest> =
    LazyLock::new(|| backtest(&HERS, Window::default(), 1, &mut |_, _| {}).unwrap());

fn day(number: i8) -> Date {
    jiff::civil::date(2026, 6, number)
}

fn window(from: i8, to: i8) -> Window {
    Window { from: Some(day(from)), to: Some(day(to)) }
}

fn thousandth(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.into_iter().collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn volumes_from(first: Date) -> Vec<f64> {
    let late = BODIES.iter().filter(|b| b.start().date() >= first);
    let volume = |body: &Body| match body {
        Body::Pump(pump) => pump.output_ml(),
        _ => None,
    };
    late.filter_map(volume).collect()
}

#[test]
fn are_of_every_volume_from_the_fifteenth_day_on() {
    let volumes = volumes_from(day(15));
    assert_eq!(ROWS.iter().map(|r| r.ml).collect::<Vec<_>>(), volumes);
    assert!(volumes.contains(&0.0), "an explicit 0 counts");
    assert_eq!(SCORE.n, volumes.len());
    assert_eq!(SCORE.days, ["2026-06-15".to_owned(), ROWS.last().unwrap().day.to_string()]);
}

#[test]
fn stay_within_the_dates_asked_for() {
    let mut told = Vec::new();
    let (rows, fits) = rows(&HERS, window(16, 17), 1, &mut |done, all| told.push((done, all)));
    let theirs = ROWS.iter().filter(|r| r.day == day(16) || r.day == day(17));
    assert_eq!(rows, theirs.cloned().collect::<Vec<_>>());
    assert_eq!((told, fits.made), (vec![(0, 2), (2, 2)], 1));
}

#[test]
fn are_the_means_of_the_rows() {
    let error = |of: fn(&Scored) -> f64| thousandth(mean(ROWS.iter().map(|r| (r.ml - of(r)).abs())));
    assert_eq!(SCORE.mae_ml, error(|r| r.full.median_ml));
    assert_eq!(SCORE.mechanistic.mae_ml, error(|r| r.mechanistic.median_ml));
    for (i, name) in ["mean7", "ewma", "linear_gap14", "hour_knn14"].into_iter().enumerate() {
        let ours = thousandth(mean(ROWS.iter().map(|r| (r.ml - r.baselines[i]).abs())));
        assert_eq!(SCORE.baselines[name], ours);
        assert!(SCORE.baselines[SCORE.best_baseline] <= ours);
    }
    let skill = 1.0 - SCORE.mae_ml / SCORE.baselines[SCORE.best_baseline];
    assert!((SCORE.skill - skill).abs() < 0.001);
    assert_eq!(SCORE.crps_ml, thousandth(mean(ROWS.iter().map(|r| r.full.crps_ml))));
    assert!(SCORE.crps_ml < SCORE.mae_ml, "a range says more than its median alone");
}

#[test]
fn count_what_falls_within_the_rounded_range() {
    let of_five = |ml: f64| (ml / 5.0).fract().abs() < 1e-9;
    for row in ROWS.iter() {
        let Forecast { median_ml, range_ml: (low, high), .. } = row.full;
        assert!(of_five(low) && of_five(high), "{row:?}");
        assert!(0.0 <= low && low <= median_ml + 2.5 && median_ml <= high + 2.5, "{row:?}");
    }
    let within = |r: &Scored| f64::from(r.full.range_ml.0 <= r.ml && r.ml <= r.full.range_ml.1);
    assert_eq!(SCORE.coverage80, thousandth(mean(ROWS.iter().map(within))));
}

#[test]
fn say_how_sure_the_difference_is() {
    let best = SCORE.baselines[SCORE.best_baseline];
    let [low, high] = SCORE.difference_ci95;
    assert!(low < SCORE.mae_ml - best && SCORE.mae_ml - best < high && low < high, "{SCORE:?}");
}

#[test]
fn learn_from_earlier_errors_but_the_model_alone_does_not() {
    assert!(ROWS.iter().any(|r| r.full.median_ml != r.mechanistic.median_ml));
}

#[test]
fn rest_on_fits_that_agree() {
    assert_eq!((SCORE.fits.made, SCORE.fits.unsound), (1, 0));
    assert!((1.0..1.05).contains(&SCORE.fits.r_hat));
}

#[test]
fn of_nothing_are_a_sentence() {
    let refused = |bodies: &[Body], window: Window| {
        backtest(&observed(bodies, NOW), window, 1, &mut |_, _| {}).unwrap_err().to_string()
    };
    let start =
        "there is nothing to score: no pump session with a volume lies 14 days or more after the first";
    assert!(refused(&[], Window::default()).starts_with(start));
    let early = [unmeasured("2026-06-01T23:00Z"), pumped("2026-06-14T23:00Z", 90.0)];
    assert!(refused(&early, Window::default()).starts_with(start));
    assert!(refused(&BODIES, window(20, 30)).ends_with("within these dates"));
}

#[test]
fn begin_fourteen_calendar_days_after_the_first_pump_session() {
    let bodies = [
        unmeasured("2026-06-01T23:59:00+02:00[Europe/Berlin]"),
        pumped("2026-06-03T08:00:00+02:00[Europe/Berlin]", 90.0),
        pumped("2026-06-14T23:59:00+02:00[Europe/Berlin]", 100.0),
        pumped("2026-06-15T00:00:00+02:00[Europe/Berlin]", 110.0),
    ];
    let (rows, fits) = rows(&observed(&bodies, NOW), Window::default(), 1, &mut |_, _| {});
    assert_eq!(
        rows.iter().map(|r| r.at).collect::<Vec<_>>(),
        [at("2026-06-15T00:00:00+02:00[Europe/Berlin]").timestamp()]
    );
    assert_eq!((rows[0].full.median_ml, fits.made), (95.0, 0), "without a fit, the middle of what was");
}
