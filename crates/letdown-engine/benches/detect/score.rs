//! Found against true.
//!
//! Each found let-down is matched with one true one within 20 s of its onset, the nearest pairs first. What is found near
//! a faint pulse (too little milk, or no rise) counts neither for nor against; `f1_strict` counts it against.

use crate::{
    now,
    rival::{Finder, Finding},
    traces::{Set, Source, Trace},
};
use letdown_trace::simulate::Truth;
use std::collections::BTreeMap;

/// Found near enough to a true onset (s).
pub(crate) const NEAR_S: f64 = 20.0;

/// One let-down that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    pub(crate) onset_s: f64,
    pub(crate) volume_ml: f64,
}

/// What a finder reached.
#[derive(Clone, Default)]
pub(crate) struct Score {
    pub(crate) hits: usize,
    pub(crate) missed: usize,
    pub(crate) false_ones: usize,
    pub(crate) faint: usize,
    pub(crate) onset_errors_s: Vec<f64>,
    pub(crate) volume_errors: Vec<f64>,
    pub(crate) total_errors: Vec<f64>,
    /// Volume of each true let-down (mL), and whether it was found.
    pub(crate) true_ml: Vec<(f64, bool)>,
    /// Of drips only.
    pub(crate) dry_false: usize,
    pub(crate) dry_h: f64,
}

/// What a finder reached, by source, and how fast.
pub(crate) struct Scored {
    pub(crate) all: Score,
    pub(crate) by_source: BTreeMap<Source, Score>,
    /// Seconds of trace in a second of one core.
    pub(crate) times_real: f64,
}

pub(crate) fn of(finder: &Finder, set: &Set) -> Scored {
    let begun = now();
    let findings: Vec<Finding> = set.traces.iter().map(|trace| finder.find(trace)).collect();
    let took_s = begun.elapsed().as_secs_f64();
    let seconds: f64 = set.traces.iter().filter_map(|t| t.readings.last()).map(|r| r.t_s).sum();
    let mut scored =
        Scored { all: Score::default(), by_source: BTreeMap::new(), times_real: seconds / took_s };
    for (trace, finding) in set.traces.iter().zip(&findings) {
        scored.all.add(trace, finding);
        scored.by_source.entry(trace.source).or_default().add(trace, finding);
        tell(finder, trace, finding);
    }
    scored
}

/// With `LETDOWN_BENCH_TELL` every trace with a miss or a false one is told, to look at.
fn tell(finder: &Finder, trace: &Trace, finding: &Finding) {
    let mut one = Score::default();
    one.add(trace, finding);
    if std::env::var_os("LETDOWN_BENCH_TELL").is_some() && one.missed + one.false_ones > 0 {
        let truth: Vec<String> = trace
            .truth
            .let_downs
            .iter()
            .map(|l| format!("{:.0} ({:.1} mL)", l.onset_s, l.volume_ml))
            .collect();
        let found: Vec<String> =
            finding.let_downs.iter().map(|l| format!("{:.0} ({:.1} mL)", l.onset_s, l.volume_ml)).collect();
        println!("    {} {} {}", finder.name(), trace.source.name(), trace.seed);
        println!("      true  {}; faint {:.0?}", truth.join(", "), trace.truth.faint_s);
        println!("      found {}", found.join(", "));
    }
}

pub(crate) fn sum<'a>(findings: impl Iterator<Item = (&'a Trace, Finding)>) -> Score {
    let mut score = Score::default();
    for (trace, finding) in findings {
        score.add(trace, &finding);
    }
    score
}

impl Score {
    pub(crate) fn add(&mut self, trace: &Trace, finding: &Finding) {
        let pairs = pairs(&trace.truth, &finding.let_downs);
        self.hits += pairs.len();
        self.missed += trace.truth.let_downs.len() - pairs.len();
        for (t, f) in &pairs {
            let (is, seen) = (&trace.truth.let_downs[*t], &finding.let_downs[*f]);
            self.onset_errors_s.push(seen.onset_s - is.onset_s);
            self.volume_errors.push((seen.volume_ml / is.volume_ml - 1.0).abs());
        }
        let was_found = |t: usize| pairs.iter().any(|(used, _)| *used == t);
        self.true_ml
            .extend(trace.truth.let_downs.iter().enumerate().map(|(t, l)| (l.volume_ml, was_found(t))));
        let unmatched = (0..finding.let_downs.len()).filter(|f| pairs.iter().all(|(_, used)| used != f));
        let (faint, wrong): (Vec<usize>, Vec<usize>) =
            unmatched.partition(|f| is_faint(&trace.truth, finding.let_downs[*f].onset_s));
        self.faint += faint.len();
        self.false_ones += wrong.len();
        if trace.source == Source::Dry {
            self.dry_false += wrong.len();
            self.dry_h += trace.readings.last().map_or(0.0, |r| r.t_s / 3600.0);
        } else {
            self.total_errors.push((finding.total_ml / trace.truth.total_ml.max(1.0) - 1.0).abs());
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.hits += other.hits;
        self.missed += other.missed;
        self.false_ones += other.false_ones;
        self.faint += other.faint;
        self.onset_errors_s.extend(&other.onset_errors_s);
        self.volume_errors.extend(&other.volume_errors);
        self.total_errors.extend(&other.total_errors);
        self.true_ml.extend(&other.true_ml);
    }

    pub(crate) fn precision(&self) -> f64 {
        share(self.hits, self.false_ones)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.hits, self.missed)
    }

    /// The share found of true let-downs of such volumes (mL), and how many there are.
    pub(crate) fn recall_of(&self, from_ml: f64, to_ml: f64) -> (f64, usize) {
        let those: Vec<bool> = self
            .true_ml
            .iter()
            .filter(|(ml, _)| (from_ml..to_ml).contains(ml))
            .map(|(_, found)| *found)
            .collect();
        let found = those.iter().filter(|found| **found).count();
        (share(found, those.len() - found), those.len())
    }

    pub(crate) fn f1(&self) -> f64 {
        share(2 * self.hits, self.false_ones + self.missed)
    }

    pub(crate) fn f1_strict(&self) -> f64 {
        share(2 * self.hits, self.false_ones + self.faint + self.missed)
    }
}

fn share(good: usize, other: usize) -> f64 {
    good as f64 / (good + other).max(1) as f64
}

fn is_faint(truth: &Truth, onset_s: f64) -> bool {
    truth.faint_s.iter().any(|s| (s - onset_s).abs() <= NEAR_S)
}

/// One true with one found, the nearest first.
pub(crate) fn pairs(truth: &Truth, found: &[Told]) -> Vec<(usize, usize)> {
    let mut near: Vec<(f64, usize, usize)> = Vec::new();
    for (t, is) in truth.let_downs.iter().enumerate() {
        for (f, seen) in found.iter().enumerate() {
            near.push(((seen.onset_s - is.onset_s).abs(), t, f));
        }
    }
    near.retain(|(apart, ..)| *apart <= NEAR_S);
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, t, f) in near {
        if pairs.iter().all(|(used_t, used_f)| *used_t != t && *used_f != f) {
            pairs.push((t, f));
        }
    }
    pairs
}

/// The middle one; 0 of nothing.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

pub(crate) fn quantile(values: &[f64], at: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1) as f64;
    values.get((at * last).round() as usize).copied().unwrap_or(0.0)
}
