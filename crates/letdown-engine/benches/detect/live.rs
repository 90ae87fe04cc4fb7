//! Live: how long after its onset a let-down is first told, whether it stays, and whether the end of a live trace is what
//! the whole trace says.

use crate::{
    score::{Told, median, pairs, quantile},
    traces::{Set, Source},
};
use letdown_trace::{detect, found::Found, watch::Watch};

/// One trace in so many is watched live: asking every second is slow.
const EVERY: usize = 6;

#[derive(Default)]
struct Live {
    delays_s: Vec<f64>,
    told: usize,
    withdrawn: usize,
    traces: usize,
    same: usize,
}

pub(crate) fn print(set: &Set) {
    let mut live = Live::default();
    for trace in set.traces.iter().filter(|t| t.source != Source::Dry).step_by(EVERY) {
        live.watch(trace);
    }
    println!(
        "{:<10} told {:.0} s after onset (median; 90 %: {:.0} s); {} of {} told were withdrawn; live = whole in {} of {}",
        "  live",
        median(&live.delays_s),
        quantile(&live.delays_s, 0.9),
        live.withdrawn,
        live.told,
        live.same,
        live.traces
    );
}

impl Live {
    fn watch(&mut self, trace: &crate::traces::Trace) {
        let mut watch = Watch::new();
        let mut next_s = 1.0;
        let mut told: Vec<(f64, f64)> = Vec::new();
        for reading in &trace.readings {
            watch.see(*reading);
            if reading.t_s >= next_s {
                next_s = reading.t_s + 1.0;
                for let_down in &watch.found().let_downs {
                    let is_new = told.iter().all(|(_, onset_s)| (onset_s - let_down.onset_s).abs() > 20.0);
                    if is_new {
                        told.push((reading.t_s, let_down.onset_s));
                    }
                }
            }
        }
        watch.end();
        let last = watch.found();
        self.traces += 1;
        self.same += usize::from(onsets(&last) == onsets(&detect(&trace.readings)));
        let found: Vec<Told> =
            told.iter().map(|(_, onset_s)| Told { onset_s: *onset_s, volume_ml: 0.0 }).collect();
        for (t, f) in pairs(&trace.truth, &found) {
            self.delays_s.push(told[f].0 - trace.truth.let_downs[t].onset_s);
        }
        self.told += told.len();
        let stays = |onset_s: f64| last.let_downs.iter().any(|l| (l.onset_s - onset_s).abs() <= 20.0);
        self.withdrawn += told.iter().filter(|(_, onset_s)| !stays(*onset_s)).count();
    }
}

fn onsets(found: &Found) -> Vec<u64> {
    found.let_downs.iter().map(|l| l.onset_s.to_bits()).collect()
}
