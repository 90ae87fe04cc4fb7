//! Without a scale: what taps alone tell.

use crate::{
    now,
    rival::Finding,
    score::{Score, Told},
    table,
    traces::Set,
};
use letdown_trace::{
    simulate::taps::{Tap as Simulated, Tapped, Tapping, tap},
    taps::{Tap, What, found},
};

pub(crate) fn print(set: &Set) {
    let begun = now();
    let mut score = Score::default();
    for trace in &set.traces {
        let taps = tap(&Tapping::usual(), &trace.truth, trace.seed);
        score.add(trace, &read(&taps));
    }
    let seconds: f64 = set.traces.iter().filter_map(|t| t.readings.last()).map(|r| r.t_s).sum();
    println!("{}", table::line("taps only", "letdown", &score, seconds / begun.elapsed().as_secs_f64()));
}

fn read(taps: &[Tapped]) -> Finding {
    let taps: Vec<Tap> = taps.iter().map(|tapped| Tap { t_s: tapped.t_s, what: what(tapped.what) }).collect();
    match found(&taps) {
        Ok(found) => Finding {
            let_downs: found
                .let_downs
                .iter()
                .map(|l| Told { onset_s: l.onset_s, volume_ml: l.volume_ml })
                .collect(),
            total_ml: found.total_ml,
        },
        Err(why) => {
            println!("  {why}");
            Finding { let_downs: Vec::new(), total_ml: 0.0 }
        }
    }
}

fn what(tap: Simulated) -> What {
    match tap {
        Simulated::MilkCame => What::MilkCame,
        Simulated::Mark(ml) => What::Mark { ml },
    }
}
