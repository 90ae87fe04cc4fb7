//! How often trials claim what is not there, and tell what is: 1,000 simulated lives each.

use letdown_engine::{
    baselines::{Row, guesses},
    trials::{Arm, Claim, Part, Place, Unit, arm, claim_by, estimate, looks, noise, size},
};
use letdown_model::random::Random;
use std::collections::BTreeMap;

/// A woman whose sessions are simulated as numbers: capacity wanders, gaps differ, sessions have heavy tails, bottles are
/// read to 5 mL.
struct Her {
    random: Random,
    now_h: f64,
    wandered: f64,
    rate_ml_per_h: f64,
    noise: f64,
    drift_per_h: f64,
    rows: Vec<Row>,
}

impl Her {
    fn drawn(seed: u64) -> Self {
        let mut random = Random::seeded(seed);
        let rate_ml_per_h = 30.0 * (0.3 * random.normal()).exp();
        let noise = 0.12 * (0.25 * random.normal()).exp();
        let drift_per_h = 0.002 / 24.0 * random.normal();
        let mut her =
            Self { random, now_h: 0.0, wandered: 0.0, rate_ml_per_h, noise, drift_per_h, rows: Vec::new() };
        while her.now_h < 28.0 * 24.0 {
            her.session(0.0);
        }
        her
    }

    /// Lives to the end of the next session; what it brought over what a straight line through her gaps expected (ln).
    fn session(&mut self, effect: f64) -> (Part, f64) {
        let gap_h = (3.4 * (0.3 * self.random.normal()).exp()).min(9.0);
        self.now_h += gap_h;
        let stays = (-gap_h / 48.0_f64).exp();
        let wander = 0.06 * (1.0 - stays * stays).sqrt() * self.random.normal();
        self.wandered = stays * self.wandered + wander + self.drift_per_h * gap_h;
        let clock_h = self.now_h % 24.0;
        let odd = self.random.normal() / self.random.gamma_two().sqrt();
        let rhythm = 0.08 * (core::f64::consts::TAU * (clock_h - 5.0) / 24.0).cos();
        let ln = self.wandered + rhythm + self.noise * odd + effect;
        let ml = (self.rate_ml_per_h * gap_h * ln.exp() / 5.0).round().max(1.0) * 5.0;
        let row = Row { at_h: self.now_h, gap_h: Some(gap_h), clock_h, ml };
        let expected = guesses(&self.rows, self.now_h, row.gap_h, clock_h).map_or(ml, |g| g[2]);
        self.rows.push(row);
        let part = [Part::Night, Part::Morning, Part::Afternoon, Part::Evening][(clock_h / 6.0) as usize % 4];
        (part, (ml / expected.max(1.0)).max(0.1).ln())
    }

    /// The sessions of her last days before a trial.
    fn noise(&self) -> f64 {
        let mut past = Vec::new();
        for (i, row) in self.rows.iter().enumerate().filter(|(_, row)| row.at_h > 7.0 * 24.0) {
            let expected = guesses(&self.rows[..i], row.at_h, row.gap_h, row.clock_h).unwrap()[2];
            let part = [Part::Night, Part::Morning, Part::Afternoon, Part::Evening]
                [(row.clock_h / 6.0) as usize % 4];
            past.push((part, (row.ml / expected.max(1.0)).max(0.1).ln()));
        }
        noise(&past).unwrap()
    }
}

/// What a trial claims, after how many sessions, of how many planned, and the effect that it found (log).
type Lived = (Claim, usize, usize, f64);

/// One trial from its plan to its end, looked at after every session.
fn lived(seed: u64, smallest_percent: f64, effect: f64) -> Lived {
    let mut her = Her::drawn(seed);
    let planned = size(her.noise(), smallest_percent);
    let trial_seed = (her.random.uniform() * 4e9) as u32;
    let mut numbers: BTreeMap<Part, u32> = BTreeMap::new();
    let mut units: Vec<Unit> = Vec::new();
    let mut said = (Claim::TooEarly, 0);
    while !said.0.is_last() {
        // Her hour is known only when she starts: live on a copy to learn the part of the day.
        let mut ahead = Her { random: her.random.clone(), rows: her.rows.clone(), ..her };
        let (part, _) = ahead.session(0.0);
        let number = numbers.entry(part).or_default();
        let place = Place { part, number: *number };
        *number += 1;
        let arm = arm(trial_seed, place);
        let (_, ln_ratio) = her.session(if arm == Arm::With { effect } else { 0.0 });
        units.push(Unit { place, arm, ln_ratio });
        // Nothing can change between looks: ask where there is one.
        if looks(planned).contains(&units.len()) {
            said = claim_by(&units, planned, 1_000);
        }
    }
    (said.0, said.1, planned, estimate(&units).unwrap().ln)
}

/// Of 1,000 lives: how many claims that it helps, how many that it takes.
fn claims(smallest_percent: f64, effect_percent: f64) -> (usize, usize) {
    let effect = (effect_percent / 100.0).ln_1p();
    let all: Vec<Lived> = (0..1_000).map(|seed| lived(seed, smallest_percent, effect)).collect();
    let count = |claim: Claim| all.iter().filter(|a| a.0 == claim).count();
    let mean = |of: &dyn Fn(&Lived) -> f64| all.iter().map(of).sum::<f64>() / 1_000.0;
    println!(
        "{effect_percent} %: helps {}, takes {}, of {:.0} planned {:.0} used, found {:.1} %",
        count(Claim::Helps),
        count(Claim::Takes),
        mean(&|a| a.2 as f64),
        mean(&|a| a.1 as f64),
        100.0 * mean(&|a| a.3).exp_m1()
    );
    (count(Claim::Helps), count(Claim::Takes))
}

#[test]
fn where_nothing_is_there_at_most_one_in_twenty_claims_something() {
    let (helps, takes) = claims(10.0, 0.0);
    assert!(helps + takes <= 50, "{helps} and {takes} of 1000");
    assert!(helps + takes >= 20, "a level that is not used costs power: {helps} and {takes}");
}

#[test]
fn eight_of_ten_trials_find_what_they_were_planned_for() {
    let (helps, takes) = claims(10.0, 10.0);
    assert!((750..=850).contains(&helps) && takes <= 2, "{helps} and {takes} of 1000");
}
