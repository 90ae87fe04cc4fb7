//! The oracle here is written from the text of the design alone, in seconds and minutes, one baseline after the other.

use crate::logs::{at, observed, pumped, simulated, unmeasured};
use jiff::ToSpan;
use letdown_engine::{
    backtest::{Scored, Window, rows},
    observed::Observed,
};
use letdown_journal::body::{Body, Pump};
use letdown_model::random::Random;

const DAY_S: i64 = 24 * 3600;

/// A pump session: when, what the clock on the wall showed, its volume.
#[derive(Clone, Copy)]
struct Known {
    at_s: i64,
    wall_min: i64,
    ml: Option<f64>,
}

fn known(body: &Body) -> Option<Known> {
    let Body::Pump(pump) = body else { return None };
    let start = &pump.start;
    Some(Known {
        at_s: start.timestamp().as_second(),
        wall_min: 60 * i64::from(start.hour()) + i64::from(start.minute()),
        ml: pump.output_ml(),
    })
}

/// A session behind the gap it ended (s), if any.
type Gapped = (Known, Option<i64>);

fn gapped(bodies: &[Body]) -> Vec<Gapped> {
    let mut all: Vec<Known> = bodies.iter().filter_map(known).collect();
    all.sort_by_key(|k| k.at_s);
    (0..all.len()).map(|i| (all[i], (i > 0).then(|| all[i].at_s - all[i - 1].at_s))).collect()
}

/// What each baseline must say of session `i`, seen from `origin_s`.
fn oracle(log: &[Gapped], i: usize, origin_s: i64) -> [f64; 4] {
    let earlier: Vec<(Known, Option<i64>, f64)> = log
        .iter()
        .filter(|(k, _)| k.at_s < origin_s)
        .filter_map(|(k, gap)| k.ml.map(|ml| (*k, *gap, ml)))
        .collect();
    let within = |days: i64| {
        let mut rows = earlier.clone();
        rows.retain(|(k, _, _)| origin_s - days * DAY_S <= k.at_s);
        rows
    };
    let of_all: f64 = earlier.iter().map(|e| e.2).sum::<f64>() / earlier.len() as f64;
    let (week, fortnight) = (within(7), within(14));
    [
        if week.len() < 3 { of_all } else { week.iter().map(|e| e.2).sum::<f64>() / week.len() as f64 },
        if fortnight.len() < 3 {
            of_all
        } else {
            weighted(&fortnight, |k| {
                let age_h = (origin_s - k.at_s) as f64 / 3600.0;
                (-age_h / 72.0).exp()
            })
        },
        if fortnight.len() < 3 { of_all } else { line(&fortnight, log[i].1) },
        if fortnight.len() < 3 {
            of_all
        } else {
            weighted(&fortnight, |k| {
                let apart_min = (k.wall_min - log[i].0.wall_min).abs();
                let d_h = apart_min.min(24 * 60 - apart_min) as f64 / 60.0;
                (-d_h * d_h / 2.0).exp()
            })
        },
    ]
}

fn weighted(rows: &[(Known, Option<i64>, f64)], weight: impl Fn(&Known) -> f64) -> f64 {
    let (mut sum, mut whole) = (0.0, 0.0);
    for (k, _, ml) in rows {
        sum += weight(k) * ml;
        whole += weight(k);
    }
    sum / whole
}

/// The normal equations of `ml = a + b min(gap, 12 h)`, in whole minutes; without any spread of gaps the mean.
fn line(rows: &[(Known, Option<i64>, f64)], gap_s: Option<i64>) -> f64 {
    let x = |gap_s: i64| (gap_s / 60).min(12 * 60) as f64;
    let points: Vec<(f64, f64)> = rows.iter().filter_map(|(_, gap, ml)| Some((x((*gap)?), *ml))).collect();
    let n = points.len() as f64;
    let (mut sx, mut sy, mut sxx, mut sxy) = (0.0, 0.0, 0.0, 0.0);
    for (x, y) in points {
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    let spread = n * sxx - sx * sx;
    if spread == 0.0 {
        return sy / n;
    }
    let slope = (n * sxy - sx * sy) / spread;
    (sy - slope * sx) / n + slope * x(gap_s.unwrap())
}

fn scored(observed: &Observed, window: Window) -> Vec<Scored> {
    rows(observed, window, 1, &mut |_, _| {}).0
}

/// Checks every row of a log; says how many there were.
fn check(bodies: &[Body], now: &str, window: Window) -> usize {
    let observed = observed(bodies, now);
    let log = gapped(bodies);
    let rows = scored(&observed, window);
    for row in &rows {
        let i = log.iter().position(|(k, _)| k.at_s == row.at.as_second()).unwrap();
        let midnight = observed.zone().to_zoned_datetime(row.day.at(0, 0, 0, 0)).unwrap();
        let ours = oracle(&log, i, midnight.timestamp().as_second());
        for (ours, theirs) in ours.iter().zip(row.baselines) {
            assert!((ours - theirs).abs() < 1e-9, "{row:?}: {ours} by the text, {theirs} by the engine");
        }
    }
    rows.len()
}

/// A log of whims, too short for a fit: many days without any session, odd volumes, every third session without one.
fn whims(seed: u64) -> Vec<Body> {
    let mut random = Random::seeded(seed);
    let mut start = at("2026-06-01T08:00:00+02:00[Europe/Berlin]");
    let session = |i: usize| {
        let hours = 1.0 + 200.0 * random.uniform().powi(2);
        start = start.saturating_add(((hours * 60.0) as i64).minutes());
        match i {
            5 => pumped(&start.to_string(), 0.0),
            _ if i % 3 == 1 => unmeasured(&start.to_string()),
            _ => pumped(&start.to_string(), 250.0 * random.uniform()),
        }
    };
    (0..13).map(session).collect()
}

#[test]
fn of_sparse_logs_are_those_of_the_text() {
    let all = Window::default();
    let counts = (0..400).map(|seed| check(&whims(seed), "2027-01-01T12:00:00+01:00[Europe/Berlin]", all));
    assert!(counts.sum::<usize>() > 1000);
}

#[test]
fn of_a_simulated_log_are_those_of_the_text() {
    let toml = "days = 24\nstart = \"2026-06-01\"\nzone = \"America/New_York\"\nper_side = false";
    let silent = |(i, body): (usize, Body)| match body {
        Body::Pump(pump) if i % 8 == 5 => Body::Pump(Pump { total: None, ..pump }),
        other => other,
    };
    let bodies: Vec<Body> = simulated(toml, 2).into_iter().enumerate().map(silent).collect();
    let window = Window { from: Some("2026-06-22".parse().unwrap()), to: None };
    let count = check(&bodies, "2026-06-26T12:00:00-04:00[America/New_York]", window);
    assert!((10..=18).contains(&count), "{count}");
}

/// The guesses for the last session of a log in UTC.
fn last(bodies: &[Body]) -> [f64; 4] {
    let observed = observed(bodies, "2026-12-01T00:00:00+00:00[UTC]");
    scored(&observed, Window::default()).last().unwrap().baselines
}

#[test]
fn fewer_than_three_sessions_leave_the_mean_of_all_earlier_ones() {
    let long_ago = [60.0, 90.0, 30.0].map(|ml| pumped(&format!("2026-06-01T{:02}:00Z", ml / 10.0), ml));
    let two_weeks = [pumped("2026-08-01T08:00Z", 200.0), pumped("2026-08-02T08:00Z", 220.0)];
    let scored = pumped("2026-08-03T08:00Z", 1.0);
    assert_eq!(last(&[&long_ago[..], &two_weeks, &[scored]].concat()), [120.0; 4]);
}

#[test]
fn a_week_may_fall_short_where_a_fortnight_does_not() {
    let days = [(1, 100.0), (10, 40.0), (11, 40.0), (12, 40.0)];
    let earlier = days.map(|(day, ml)| pumped(&format!("2026-08-{day:02}T08:00Z"), ml));
    let scored = pumped("2026-08-20T08:00Z", 1.0);
    let [mean7, ewma, linear, knn] = last(&[&earlier[..], &[scored]].concat());
    assert_eq!(mean7, 55.0);
    for forty in [ewma, linear, knn] {
        assert!((forty - 40.0).abs() < 1e-9);
    }
}

#[test]
fn the_third_session_of_a_window_is_the_first_that_counts() {
    let days = [(1, 100.0), (14, 40.0), (15, 40.0), (16, 40.0)];
    let earlier = days.map(|(day, ml)| pumped(&format!("2026-08-{day:02}T00:00Z"), ml));
    let from = |day: u32| last(&[&earlier[..], &[pumped(&format!("2026-08-{day}T08:00Z"), 1.0)]].concat())[0];
    assert_eq!(from(21), 40.0, "the midnight seven days before belongs to the window");
    assert_eq!(from(22), 55.0, "and leaves it a day later");
}

/// 10 mL for every hour of a gap, but no more than 120.
fn ten_an_hour() -> Vec<Body> {
    let sessions = [(6, 120.0), (10, 40.0), (16, 60.0)];
    let day = |day: u32| sessions.map(|(hour, ml)| pumped(&format!("2026-08-{day:02}T{hour:02}:00Z"), ml));
    (6..=8).flat_map(day).collect()
}

fn by_the_gap(between: &[Body], start: &str) -> f64 {
    last(&[&ten_an_hour()[..], between, &[pumped(start, 1.0)]].concat())[2]
}

#[test]
fn no_gap_counts_as_longer_than_twelve_hours() {
    assert!((by_the_gap(&[], "2026-08-20T13:00Z") - 120.0).abs() < 1e-9);
}

#[test]
fn a_session_without_a_volume_ends_a_gap() {
    let silent = [unmeasured("2026-08-20T06:00Z")];
    assert!((by_the_gap(&silent, "2026-08-20T09:00Z") - 30.0).abs() < 1e-9);
}
