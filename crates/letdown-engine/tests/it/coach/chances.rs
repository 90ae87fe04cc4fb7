//! How right the chance and the mL of another let-down are, on simulated women who were not used to fit them.
//!
//! The numbers come from the women 0 to 5,999 (`benches/coach`); here are 2,000 others.

use super::women::{Came, Cut, cuts};
use letdown_engine::coach::{Gaps, Lull, Odds, Way, odds};

const WOMEN: std::ops::Range<u64> = 1_000_000..1_002_000;

/// What the coach knows of a lull.
#[derive(Clone, Copy, Debug)]
enum Known {
    Times,
    Milk,
    All,
}

fn lull(cut: &Cut, known: Known) -> Lull {
    let own: Vec<f64> = cut.seen.windows(2).map(|w| w[1].0 - w[0].0).collect();
    let (last_s, last_ml) = *cut.seen.last().unwrap();
    let milk = |ml: f64| (!matches!(known, Known::Times)).then_some(ml);
    Lull {
        since_s: cut.now_s - last_s,
        count: cut.seen.len(),
        gaps: Gaps::of(&cut.earlier_gaps_s).with(&own),
        last_ml: milk(last_ml),
        taken_ml: milk(cut.taken_ml),
        in_breast_ml: matches!(known, Known::All).then_some(cut.in_breast_ml),
    }
}

/// How the chances of some lulls went.
struct Score {
    brier: f64,
    base: f64,
    /// By fifths of the chance: mean chance, share that came, how many.
    bins: Vec<(f64, f64, usize)>,
    /// The share of milk within the 80 % range.
    covered: f64,
}

fn score(all: &[Cut], known: Known, way: Way, of: fn(&Cut) -> Came) -> Score {
    let told: Vec<(Odds, Came)> = all.iter().map(|cut| (odds(&lull(cut, known), way), of(cut))).collect();
    let n = told.len() as f64;
    let y = |came: &Came| f64::from(u8::from(came.is_visible));
    let base = told.iter().map(|(_, came)| y(came)).sum::<f64>() / n;
    let bins = (0..5).map(|bin| {
        let inside = |chance: f64| ((5.0 * chance) as usize).min(4) == bin;
        let its: Vec<_> = told.iter().filter(|(odds, _)| inside(odds.chance)).collect();
        let mean = |of: &dyn Fn(&(Odds, Came)) -> f64| {
            its.iter().map(|t| of(t)).sum::<f64>() / its.len().max(1) as f64
        };
        (mean(&|t| t.0.chance), mean(&|t| y(&t.1)), its.len())
    });
    let came: Vec<_> = told.iter().filter(|(_, came)| came.is_visible).collect();
    let covered = came.iter().filter(|(odds, came)| odds.ml.p10 <= came.ml && came.ml <= odds.ml.p90).count();
    Score {
        brier: told.iter().map(|(odds, came)| (odds.chance - y(came)).powi(2)).sum::<f64>() / n,
        base: base * (1.0 - base),
        bins: bins.collect(),
        covered: covered as f64 / came.len() as f64,
    }
}

#[test]
fn chances_hold_as_often_as_they_say_and_beat_the_base_rate() {
    let all: Vec<Cut> = WOMEN.flat_map(cuts).collect();
    assert!(all.len() >= 1_000, "{}", all.len());
    // Measured; the floors leave a little room.
    for (known, way, of, least_skill) in [
        (Known::Times, Way::GoOn, (|c: &Cut| c.more) as fn(&Cut) -> Came, 0.24),
        (Known::Milk, Way::GoOn, |c: &Cut| c.more, 0.43),
        (Known::All, Way::GoOn, |c: &Cut| c.more, 0.44),
        (Known::Times, Way::Massage, |c: &Cut| c.massage, 0.14),
        (Known::Milk, Way::Massage, |c: &Cut| c.massage, 0.25),
        (Known::All, Way::Massage, |c: &Cut| c.massage, 0.26),
    ] {
        let score = score(&all, known, way, of);
        let skill = 1.0 - score.brier / score.base;
        assert!(skill >= least_skill, "{known:?} {way:?}: {skill}");
        assert!((0.75..=0.85).contains(&score.covered), "{known:?} {way:?}: {}", score.covered);
        for (said, came, n) in score.bins {
            // What a few dozen tell is coarse; under 20 in 100 massage brings more than it says.
            let room = if n >= 300 { 0.06 } else { 0.2 };
            assert!((said - came).abs() <= room, "{known:?} {way:?}: said {said}, came {came}, of {n}");
        }
    }
}
