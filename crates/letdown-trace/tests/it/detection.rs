//! Let-downs are found in traces whose truth is known. The figures of whole corpora are those of the comparison
//! (`cargo xtask bench detect`); these tests hold the floor under them on seeds of their own.

use letdown_trace::{
    detect,
    flow::rhythm::Rhythm,
    found::{Found, LetDown, off_ml},
    simulate::{
        Regime, Simulated,
        families::{Family, Session},
        simulate,
    },
    watch::Watch,
};

const SEEDS: core::ops::Range<u64> = 70_000..70_006;
const HIT_S: f64 = 20.0;

fn seen(family: Family, regime: &Regime, seed: u64) -> Simulated {
    simulate(&Session::drawn(family, 15.0, seed).breasts, regime, seed)
}

/// Pairs each true let-down with the nearest found one within reach, each used once.
fn hits<'a>(truth: &'a [LetDown], found: &'a [LetDown]) -> Vec<(&'a LetDown, &'a LetDown)> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (t, a) in truth.iter().enumerate() {
        for (f, b) in found.iter().enumerate() {
            let off_s = (a.onset_s - b.onset_s).abs();
            if off_s <= HIT_S {
                pairs.push((off_s, t, f));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut used_t, mut used_f, mut hits) = (vec![false; truth.len()], vec![false; found.len()], Vec::new());
    for (_, t, f) in pairs {
        if !used_t[t] && !used_f[f] {
            (used_t[t], used_f[f]) = (true, true);
            hits.push((&truth[t], &found[f]));
        }
    }
    hits
}

struct Score {
    f1: f64,
    onset_s: f64,
    volume_share: f64,
    total_share: f64,
    within_two_sd: f64,
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn score(regime: &Regime) -> Score {
    let (mut hit, mut truth, mut found) = (0, 0, 0);
    let (mut onsets, mut volumes, mut totals, mut within) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for family in Family::ALL {
        for seed in SEEDS {
            let seen = seen(family, regime, seed);
            let is = detect(&seen.readings);
            let pairs = hits(&seen.truth.let_downs, &is.let_downs);
            hit += pairs.len();
            truth += seen.truth.let_downs.len();
            found += is.let_downs.len();
            totals.push((is.total_ml / seen.truth.total_ml - 1.0).abs());
            for (t, f) in pairs {
                onsets.push((t.onset_s - f.onset_s).abs());
                volumes.push((f.volume_ml / t.volume_ml - 1.0).abs());
                within += usize::from((f.volume_ml - t.volume_ml).abs() <= 2.0 * f.volume_sd_ml);
            }
        }
    }
    let f1 = 2.0 * hit as f64 / (truth + found) as f64;
    let within_two_sd = within as f64 / hit as f64;
    let score = Score {
        f1,
        onset_s: median(onsets),
        volume_share: median(volumes),
        total_share: median(totals),
        within_two_sd,
    };
    println!(
        "{}: F1 {f1:.3}, onset {:.1} s, volume {:.3}, total {:.3}, within 2 SD {within_two_sd:.2}",
        regime.name, score.onset_s, score.volume_share, score.total_share
    );
    score
}

#[track_caller]
fn holds(score: &Score, f1: f64, onset_s: f64) {
    assert!(score.f1 >= f1, "F1 {}", score.f1);
    assert!(score.onset_s <= onset_s, "onsets {} s", score.onset_s);
    assert!(score.volume_share <= 0.08, "volumes {}", score.volume_share);
    assert!(score.total_share <= 0.04, "totals {}", score.total_share);
}

#[test]
fn on_a_quiet_scale() {
    holds(&score(&Regime::quiet()), 0.95, 3.0);
}

#[test]
fn on_a_side_table() {
    holds(&score(&Regime::everyday()), 0.95, 3.0);
}

/// Two dozen sessions scatter by some hundredths about the 0.95 of the comparison.
#[test]
fn while_she_massages() {
    holds(&score(&Regime::massage()), 0.93, 3.0);
}

#[test]
fn with_lifts_swaps_and_holes() {
    holds(&score(&Regime::lifts()), 0.93, 3.0);
}

/// A display of whole grams, once a second, hides small let-downs whole: the comparison, with more women, is below the 0.95
/// that is wanted on every scale, and its onsets lie about the 3 s that are wanted.
#[test]
fn on_a_kitchen_scale() {
    holds(&score(&Regime::kitchen()), 0.93, 3.2);
}

#[test]
fn volumes_are_as_sure_as_they_say() {
    let within = score(&Regime::quiet()).within_two_sd;
    assert!((0.85..=0.995).contains(&within), "{within}");
}

/// Of a hundred totals in all regimes, nineteen in twenty lie as near to the truth as is said, and it is not said too wide.
#[test]
fn totals_are_as_sure_as_they_say() {
    let (mut within, mut all, mut wide) = (0, 0, 0.0);
    for regime in Regime::all() {
        let (mut here, mut squares) = (0, 0.0);
        for (family, seed) in Family::ALL.into_iter().flat_map(|family| SEEDS.map(move |seed| (family, seed)))
        {
            let seen = seen(family, &regime, seed);
            let found = detect(&seen.readings);
            let off_ml = off_ml(found.total_sd_ml);
            here += u32::from((found.total_ml - seen.truth.total_ml).abs() <= off_ml);
            squares += ((found.total_ml - seen.truth.total_ml) / found.total_sd_ml).powi(2);
            wide += off_ml / seen.truth.total_ml;
            all += 1;
        }
        println!(
            "{}: {here} of 24 totals are within, off by {:.2} SD",
            regime.name,
            (squares / 24.0_f64).sqrt()
        );
        within += here;
    }
    let (share, wide) = (f64::from(within) / f64::from(all), wide / f64::from(all));
    println!("{share:.3} of all totals are within; on average {wide:.3} of the total");
    assert!((0.88..=0.99).contains(&share) && wide < 0.15, "{share} {wide}");
}

#[test]
fn drips_are_no_let_downs() {
    let (mut found, mut hours) = (0, 0.0);
    for regime in Regime::all() {
        for seed in SEEDS {
            let seen = simulate(&Session::without(20.0, seed).breasts, &regime, seed);
            found += detect(&seen.readings).let_downs.len();
            hours += 1.0 / 3.0;
        }
    }
    assert!(f64::from(u32::try_from(found).unwrap()) <= 0.5 * hours, "{found} in {hours} hours");
}

/// Live, let-downs are told as they come; at the end, the same ones stand. The control: half a trace does not tell all.
#[test]
fn live_and_afterwards_the_same() {
    let (mut agree, mut all, mut early) = (0, 0, 0);
    for regime in Regime::all() {
        for seed in SEEDS {
            let readings = seen(Family::Gamma, &regime, seed).readings;
            let mut watch = Watch::new();
            for (i, reading) in readings.iter().enumerate() {
                watch.see(*reading);
                if i == readings.len() / 2 {
                    early += watch.found().let_downs.len();
                }
            }
            watch.end();
            let (live, batch) = (watch.found(), detect(&readings));
            assert_eq!(live, batch, "the same readings give the same");
            agree += hits(&batch.let_downs, &live.let_downs).len();
            all += batch.let_downs.len();
        }
    }
    assert!(agree * 100 >= all * 99 && early < all);
}

/// Once told with confidence, a let-down stays.
#[test]
fn what_is_told_live_stays() {
    let (mut told, mut stayed) = (0, 0);
    for seed in SEEDS {
        let readings = seen(Family::Gamma, &Regime::quiet(), seed).readings;
        let mut watch = Watch::new();
        let mut live: Vec<LetDown> = Vec::new();
        for (i, reading) in readings.iter().enumerate() {
            watch.see(*reading);
            if i % 50 != 0 {
                continue;
            }
            for new in watch.found().let_downs {
                if new.confidence > 0.9 && live.iter().all(|l| (l.onset_s - new.onset_s).abs() > HIT_S) {
                    live.push(new);
                }
            }
        }
        watch.end();
        told += live.len();
        stayed += hits(&live, &watch.found().let_downs).len();
    }
    assert!(told > 20 && stayed * 100 >= told * 95, "{stayed} of {told}");
}

#[test]
fn her_own_rhythm_is_a_hint_and_no_order() {
    let slow = Rhythm { period_s: 400.0, ..Rhythm::default() };
    let seen = seen(Family::Gamma, &Regime::quiet(), 70_001);
    let mut watch = Watch::of(&slow);
    for reading in &seen.readings {
        watch.see(*reading);
    }
    watch.end();
    let found = watch.found();
    let hit = hits(&seen.truth.let_downs, &found.let_downs).len();
    assert!(hit * 10 >= seen.truth.let_downs.len() * 8, "{hit} of {}", seen.truth.let_downs.len());
}

/// Phases follow each other without a gap from the first reading to the last, and agree with the let-downs.
#[test]
fn phases_cover_the_trace() {
    for regime in Regime::all() {
        let seen = seen(Family::Plateau, &regime, 70_002);
        let found: Found = detect(&seen.readings);
        for pair in found.phases.windows(2) {
            assert!((pair[0].end_s - pair[1].start_s).abs() < 1e-9, "{pair:?}");
            assert!(pair[0].kind != pair[1].kind && pair[0].end_s > pair[0].start_s, "{pair:?}");
        }
        let (first, last) = (found.phases.first().unwrap(), found.phases.last().unwrap());
        let heard = (seen.readings.first().unwrap().t_s, seen.readings.last().unwrap().t_s);
        assert!((first.start_s - heard.0).abs() <= 1.0 && (last.end_s - heard.1).abs() <= 1.5);
    }
}
