//! Without a scale: what taps alone tell, read as they stand. Milk is noticed 4 s late on average; volume lies between the
//! marks.

use crate::{
    rival::Finding,
    score::{Score, Told},
    table,
    traces::Set,
};
use letdown_trace::simulate::taps::{Tap, Tapped, Tapping, tap};

const LATE_S: f64 = 4.0;

pub(crate) fn print(set: &Set) {
    let mut score = Score::default();
    for trace in &set.traces {
        let taps = tap(&Tapping::usual(), &trace.truth, trace.seed);
        score.add(trace, &read(&taps));
    }
    println!("{}", table::line("taps only", "as tapped", &score, f64::INFINITY));
}

fn read(taps: &[Tapped]) -> Finding {
    let came: Vec<f64> = taps.iter().filter(|t| t.what == Tap::MilkCame).map(|t| t.t_s - LATE_S).collect();
    let mut marks = vec![(0.0, 0.0)];
    for tapped in taps {
        if let Tap::Mark(ml) = tapped.what {
            marks.push((tapped.t_s, ml));
        }
    }
    let total_ml = marks.last().map_or(0.0, |m| m.1);
    let level_ml = |t_s: f64| {
        let pair = marks.windows(2).find(|w| w[0].0 <= t_s && t_s < w[1].0);
        pair.map_or(total_ml, |w| w[0].1 + (w[1].1 - w[0].1) * (t_s - w[0].0) / (w[1].0 - w[0].0))
    };
    let ends = came.iter().skip(1).copied().chain([f64::INFINITY]);
    let let_down = |(onset_s, end_s): (&f64, f64)| Told {
        onset_s: *onset_s,
        volume_ml: level_ml(end_s) - level_ml(*onset_s),
    };
    Finding { let_downs: came.iter().zip(ends).map(let_down).collect(), total_ml }
}
