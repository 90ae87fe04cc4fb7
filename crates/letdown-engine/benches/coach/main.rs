//! `cargo bench -p letdown-engine --bench coach`: the numbers of `src/coach/chance/numbers.rs`, fitted anew to the sessions of
//! simulated women. The tests score them on women who are not among these.

#[path = "../../tests/it/coach/women.rs"]
mod women;

mod regression;

use regression::{least_squares, logistic};
use women::{Came, Cut, cuts};

const WOMEN: std::ops::Range<u64> = 0..6_000;

fn main() {
    let all: Vec<Cut> = WOMEN.flat_map(cuts).collect();
    println!("// {} lulls of {} women", all.len(), WOMEN.end);
    for (name, of) in [("GO_ON", (|c: &Cut| c.more) as fn(&Cut) -> Came), ("MASSAGE", |c: &Cut| c.massage)] {
        for (known, columns) in [("TIMES", 4), ("MILK", 6), ("ALL", 7)] {
            let rows: Vec<Vec<f64>> = all.iter().map(|cut| features(cut)[..columns].to_vec()).collect();
            let came: Vec<f64> = all.iter().map(|cut| f64::from(u8::from(of(cut).is_visible))).collect();
            let visible = |i: &usize| of(&all[*i]).is_visible;
            let with: Vec<usize> = (0..all.len()).filter(visible).collect();
            let ml_rows: Vec<Vec<f64>> = with.iter().map(|i| rows[*i].clone()).collect();
            let ln_ml: Vec<f64> = with.iter().map(|i| of(&all[*i]).ml.max(0.5).ln()).collect();
            let (ml, sd) = least_squares(&ml_rows, &ln_ml);
            println!("{name} {known}: chance {:.3?}, ln_ml {ml:.3?}, sd {sd:.3}", logistic(&rows, &came));
        }
    }
}

/// As `src/coach/chance` has them; a test holds the two against each other.
fn features(cut: &Cut) -> [f64; 7] {
    let gaps = cut.seen.windows(2).map(|w| w[1].0 - w[0].0).chain(cut.earlier_gaps_s.iter().copied());
    let ln: Vec<f64> = gaps.map(f64::ln).collect();
    let usual = 175f64.ln();
    let gap = (ln.iter().sum::<f64>() + 2.0 * usual) / (ln.len() as f64 + 2.0);
    let (last_s, last_ml) = cut.seen[cut.seen.len() - 1];
    [
        1.0,
        ((cut.now_s - last_s) / 60.0).ln(),
        gap - usual,
        (cut.seen.len() as f64).ln(),
        last_ml.ln(),
        cut.taken_ml.ln(),
        (cut.taken_ml / cut.in_breast_ml).min(1.5),
    ]
}
