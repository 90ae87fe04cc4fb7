//! From scored rows to scores.

use super::{Backtest, Forecast, Held, NOMINAL, Score, Scored, daily, walk::Walked};
use crate::{baselines, numbers::thousandth};
use jiff::civil::Date;
use letdown_fit::predict::quantile_of_sorted;
use letdown_model::random::Random;
use std::collections::BTreeMap;

pub(super) fn summary(walked: &Walked, seed: u64) -> Backtest {
    let rows = &walked.sessions;
    let full = score(rows, |r| &r.full);
    let errors = each(|i| mean(rows.iter().map(|r| (r.ml - r.baselines[i]).abs())));
    let crps = each(|i| mean(rows.iter().map(|r| r.baselines_crps[i])));
    let best = (0..errors.len()).min_by(|a, b| errors[*a].total_cmp(&errors[*b])).unwrap_or(0);
    let day = |row: Option<&Scored>| row.map(|r| r.day.to_string()).unwrap_or_default();
    Backtest {
        n: rows.len(),
        mae_ml: full.mae_ml,
        crps_ml: full.crps_ml,
        coverage50: full.coverage50,
        coverage80: full.coverage80,
        coverage95: full.coverage95,
        mechanistic: score(rows, |r| &r.mechanistic),
        baselines: named(&errors),
        baselines_crps_ml: named(&crps),
        best_baseline: baselines::NAMES[best],
        skill: thousandth(1.0 - full.mae_ml / errors[best]),
        difference_ci95: difference(rows, best, seed),
        reliability: reliability(&rows.iter().map(|r| r.full.held_from).collect::<Vec<_>>()),
        daily: daily::Daily::of(&walked.days, walked.days_left_out),
        days: [day(rows.first()), day(rows.last())],
        fits: walked.fits,
    }
}

fn each(of: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..baselines::NAMES.len()).map(of).collect()
}

fn named(values: &[f64]) -> BTreeMap<&'static str, f64> {
    baselines::NAMES.into_iter().zip(values.iter().map(|v| thousandth(*v))).collect()
}

fn score(rows: &[Scored], of: impl Fn(&Scored) -> &Forecast) -> Score {
    let within = |r: &Scored| {
        let (low, high) = of(r).range_ml;
        f64::from(u8::from(low <= r.ml && r.ml <= high))
    };
    let held = |level: f64| mean(rows.iter().map(|r| f64::from(u8::from(of(r).held_from <= level))));
    Score {
        mae_ml: thousandth(mean(rows.iter().map(|r| (r.ml - of(r).median_ml).abs()))),
        crps_ml: thousandth(mean(rows.iter().map(|r| of(r).crps_ml))),
        coverage50: thousandth(held(0.5)),
        coverage80: thousandth(mean(rows.iter().map(within))),
        coverage95: thousandth(held(0.95)),
    }
}

/// How often each range held, from the narrowest range that held what came.
pub(super) fn reliability(held_from: &[f64]) -> Vec<Held> {
    let held = |nominal: f64| {
        let within = held_from.iter().filter(|from| **from <= nominal).count();
        Held { nominal, observed: thousandth(within as f64 / held_from.len().max(1) as f64) }
    };
    NOMINAL.map(held).to_vec()
}

/// Sessions of one day share their errors, so whole days are drawn anew.
fn difference(rows: &[Scored], best: usize, seed: u64) -> [f64; 2] {
    const TIMES: usize = 2000;
    let mut days: BTreeMap<Date, (f64, f64)> = BTreeMap::new();
    for row in rows {
        let day = days.entry(row.day).or_default();
        day.0 += (row.ml - row.full.median_ml).abs() - (row.ml - row.baselines[best]).abs();
        day.1 += 1.0;
    }
    let days: Vec<(f64, f64)> = days.into_values().collect();
    let mut random = Random::seeded(seed);
    let mut once = || {
        let drawn = (0..days.len()).map(|_| days[random.below(days.len())]);
        let (sum, count) = drawn.fold((0.0, 0.0), |(s, c), d| (s + d.0, c + d.1));
        sum / count
    };
    let mut drawn: Vec<f64> = (0..TIMES).map(|_| once()).collect();
    drawn.sort_by(f64::total_cmp);
    [0.025, 0.975].map(|p| thousandth(quantile_of_sorted(&drawn, p)))
}

pub(super) fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(s, c), v| (s + v, c + 1.0));
    sum / count
}
