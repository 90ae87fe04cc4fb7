use crate::logs::{at, entries, ml};
use jiff::SignedDuration;
use letdown_engine::{
    backtest::{Window, rows},
    forecast::forecast,
    habit::Habit,
    history::history,
    observed::Observed,
    red_flags::RedFlags,
    today::today,
    twin::{Basis, Fitted, Twin},
};
use letdown_fit::posterior::{Effort, FEWEST_SESSIONS, fit};
use letdown_journal::{
    body::{Body, Nurse, Pump, Side, Stint},
    fold::Folded,
    moment::Moment,
};
use proptest::prelude::*;

const NOW: &str = "2026-11-24T12:00:00+01:00[Europe/Berlin]";
const ZONES: [&str; 4] = ["Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

/// Minutes before now: clumped, far back, or a little ahead.
fn age_min() -> impl Strategy<Value = i64> {
    prop_oneof![4 => -3_000..80_000i64, 1 => 0..300i64, 1 => Just(1_440), 1 => 0..30_000_000i64]
}

fn start() -> impl Strategy<Value = Moment> {
    (age_min(), prop::sample::select(&ZONES[..])).prop_map(|(age, zone)| {
        let then = at(NOW).saturating_sub(SignedDuration::from_mins(age));
        then.with_time_zone(letdown_journal::moment::zone(zone).unwrap())
    })
}

fn volume() -> impl Strategy<Value = f64> {
    prop_oneof![5 => 0.0..300.0f64, 1 => Just(0.0), 1 => 0.0..100_000.0f64, 1 => Just(100_000.0), 1 => Just(f64::MIN_POSITIVE)]
}

fn some<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::of(of)
}

fn pump() -> impl Strategy<Value = Body> {
    let minutes = prop_oneof![0.0..60.0f64, Just(0.0), 0.0..10_080.0f64];
    (start(), some(minutes), some(volume()), some(volume()), some(volume())).prop_map(
        |(start, minutes, left, right, total)| {
            Body::Pump(Pump {
                minutes,
                left: left.map(ml),
                right: right.map(ml),
                total: total.map(ml),
                ..Pump::at(start)
            })
        },
    )
}

fn nurse() -> impl Strategy<Value = Body> {
    (start(), some(any::<bool>())).prop_map(|(start, left)| {
        let stint = |left| Stint::of(if left { Side::Left } else { Side::Right }, None);
        Body::Nurse(Nurse { stints: left.map(stint).into_iter().collect(), ..Nurse::at(start) })
    })
}

fn log(most: usize) -> impl Strategy<Value = Vec<Body>> {
    prop::collection::vec(prop_oneof![5 => pump(), 1 => nurse()], 0..most)
}

fn observed(bodies: &[Body]) -> Observed {
    Observed::at(&Folded::of(entries(bodies)), &at(NOW))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn is_put_in_order_and_nothing_is_lost(bodies in log(120)) {
        let observed = observed(&bodies);
        let visible = bodies.iter().filter(|b| b.end() <= at(NOW)).count();
        prop_assert_eq!(observed.sessions.len(), visible);
        prop_assert!(observed.sessions.is_sorted_by_key(|s| s.at.timestamp()));
        prop_assert_eq!(observed.unreadable, 0);
        let reading = observed.reading();
        prop_assert_eq!(observed.fit_log(&reading).map_or(0, |log| log.events().len()), visible);
    }

    #[test]
    fn has_a_today_and_a_history(bodies in log(120), days in 0..40u32) {
        let observed = observed(&bodies);
        let today = today(&observed, &Twin::Pending, &RedFlags::default());
        prop_assert!(today.logged_today_ml >= 0.0);
        prop_assert!(today.data_age_h.is_none_or(|h| h >= 0.0));
        let history = history(&observed, days);
        prop_assert_eq!(history.days.len(), days as usize);
        prop_assert_eq!(history.days.last().map_or(0, |d| d.sessions), if days == 0 { 0 } else { today.sessions_today });
        let next = Habit::of(&observed).typical(&observed.now, 2);
        prop_assert!(next.iter().all(|l| l.at > observed.now));
    }

    #[test]
    fn of_a_few_sessions_is_scored_by_plain_guesses(bodies in log(FEWEST_SESSIONS)) {
        let (rows, fits) = rows(&observed(&bodies), Window::default(), 1, &mut |_, _| {});
        prop_assert_eq!(fits.made, 0);
        for row in rows {
            prop_assert!(row.baselines.iter().all(|ml| ml.is_finite()), "{row:?}");
            prop_assert!(row.full.median_ml.is_finite() && row.full.range_ml.0 <= row.full.range_ml.1);
        }
    }
}

/// Sessions in order, none far apart, so that a fit is made whatever their volumes say.
fn dense() -> impl Strategy<Value = Vec<Body>> {
    let session = (0..600i64, prop_oneof![9 => 0.0..250.0f64, 1 => 0.0..2_000.0f64]);
    prop::collection::vec(session, 22..40).prop_map(|sessions| {
        let mut start = at(NOW).saturating_sub(SignedDuration::from_hours(24 * 14));
        let session = |(gap, volume)| {
            start = start.saturating_add(SignedDuration::from_mins(gap));
            Body::Pump(Pump { total: Some(ml(volume)), ..Pump::at(start.clone()) })
        };
        sessions.into_iter().map(session).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn is_forecast_from_draws_however_bad(bodies in dense()) {
        let now = bodies.last().unwrap().start().saturating_add(SignedDuration::from_mins(90));
        let observed = Observed { now, ..observed(&bodies) };
        let Some(twin) = fitted(&observed) else { return Ok(()) };
        let today = today(&observed, &twin, &RedFlags::default());
        prop_assert!(today.in_breast_ml.is_some_and(|ml| 0.0 <= ml.p10 && ml.p90 < 1e5), "{today:?}");
        if let Ok(forecast) = forecast(&observed, &twin, 2, 1) {
            prop_assert!(forecast.days.iter().all(|d| 0.0 <= d.ml.p05 && d.ml.p95 < 1e5), "{forecast:?}");
        }
    }
}

/// A twin whether or not its chains agree.
fn fitted(observed: &Observed) -> Option<Twin> {
    let reading = observed.reading();
    let log = observed.fit_log(&reading)?;
    let posterior = fit(&log, &Effort::quick(), 1).ok()?;
    Some(Twin::Ready(Box::new(Fitted {
        at: observed.now.clone(),
        log,
        reading,
        posterior,
        basis: Basis::Fit,
    })))
}
