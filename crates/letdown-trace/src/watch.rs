//! A session as it is watched: readings in, let-downs and phases out, at any moment.

use crate::{
    flow::{Path, let_downs, rhythm::Rhythm},
    found::Found,
    phases::phases,
    reading::{MILK_G_PER_ML, Reading},
    series::MilkSeries,
    steady::Steady,
};

/// What this detector is called in a kept session, so that a later one knows what it replaces.
pub const DETECTOR: &str = "letdown-trace 2";

/// Watches a scale.
///
/// ```
/// use letdown_trace::{reading::Reading, watch::Watch};
///
/// let mut watch = Watch::new();
/// for i in 0..3000 {
///     let t_s = f64::from(i) * 0.1;
///     // Nothing for a minute, then a let-down of 20 g.
///     let milk_g = 20.0 * (1.0 - (-(t_s - 60.0).max(0.0) / 25.0).exp());
///     watch.see(Reading::new(t_s, (milk_g * 10.0).round() / 10.0));
/// }
/// let found = watch.found();
/// assert_eq!(found.let_downs.len(), 1);
/// assert!((found.let_downs[0].onset_s - 60.0).abs() < 3.0);
/// ```
#[derive(Clone, Debug)]
pub struct Watch {
    steady: Steady,
    path: Path,
    told: usize,
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl Watch {
    /// Of a woman of whom nothing is known.
    pub fn new() -> Self {
        Self::of(&Rhythm::default())
    }

    /// Of a woman whose rhythm is known.
    pub fn of(rhythm: &Rhythm) -> Self {
        Self { steady: Steady::new(), path: Path::new(rhythm), told: 0 }
    }

    /// A reading. Those that come late by more than a second, and those that are no numbers, are dropped.
    pub fn see(&mut self, reading: Reading) {
        self.steady.see(&reading);
        self.tell();
    }

    /// The trace is over.
    pub fn end(&mut self) {
        self.steady.end();
        self.tell();
    }

    fn tell(&mut self) {
        let step_cg = self.steady.step_cg();
        for second in self.steady.seconds().iter().skip(self.told) {
            self.path.see(*second, step_cg);
            self.told += 1;
        }
    }

    /// The milk so far, second by second, to be kept.
    pub fn series(&self) -> MilkSeries {
        self.steady.series()
    }

    /// Milk so far (mL).
    pub fn total_ml(&self) -> f64 {
        self.steady.seconds().last().map_or(0.0, |second| second.milk_g() / MILK_G_PER_ML).max(0.0)
    }

    /// What has been found so far.
    pub fn found(&self) -> Found {
        let series = self.series();
        let mut found = described(&self.path, &series);
        found.doubts.extend(self.steady.doubts());
        found
    }
}

/// What is in a whole trace.
///
/// ```
/// use letdown_trace::{detect, reading::Reading};
/// let silent: Vec<Reading> = (0..600).map(|t| Reading::new(f64::from(t), 0.0)).collect();
/// assert!(detect(&silent).let_downs.is_empty());
/// ```
pub fn detect(readings: &[Reading]) -> Found {
    let mut watch = Watch::new();
    for reading in readings {
        watch.see(*reading);
    }
    watch.end();
    watch.found()
}

/// What is in milk that was kept. Its doubts are gone; its flags remain.
pub fn detect_in(series: &MilkSeries, rhythm: &Rhythm) -> Found {
    let mut path = Path::new(rhythm);
    for second in &series.seconds {
        path.see(*second, series.step_cg);
    }
    described(&path, series)
}

fn described(path: &Path, series: &MilkSeries) -> Found {
    let let_downs = let_downs(path, series.start_s);
    let mut found = Found {
        first_s: let_downs.first().map(|first| first.onset_s),
        total_ml: series.seconds.last().map_or(0.0, |last| last.milk_ml()).max(0.0),
        let_downs,
        ..Found::default()
    };
    phases(series, &mut found);
    found
}
