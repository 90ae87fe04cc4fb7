//! A smoothed derivative and its peaks: Savitzky and Golay (1964), degree 2, and peaks by height and prominence.

use crate::{
    conditioned::Milk,
    rival::{Finding, Shifted},
    score::Told,
};

/// Tuned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    /// Half the window (s).
    half_s: usize,
    /// The least prominence of a peak (mL/s).
    prominence: f64,
    /// The onset is where flow has risen by this share of the way to its peak (1).
    rise: f64,
    shift_s: f64,
}

pub(crate) fn grid() -> Vec<Settings> {
    let mut grid = Vec::new();
    for half_s in [8, 12, 16, 22] {
        for prominence in [0.015, 0.025, 0.04, 0.06, 0.09] {
            for rise in [0.05, 0.15] {
                grid.push(Settings { half_s, prominence, rise, shift_s: 0.0 });
            }
        }
    }
    grid
}

impl Shifted for Settings {
    fn shifted(self, by_s: f64) -> Self {
        Self { shift_s: by_s, ..self }
    }

    fn find(&self, milk: &Milk) -> Finding {
        find(milk, self)
    }
}

pub(crate) fn find(milk: &Milk, settings: &Settings) -> Finding {
    let flow = smooth(&milk.flow, settings.half_s);
    let tops = tops(&flow, settings.prominence);
    let mut let_downs = Vec::new();
    let mut onsets = Vec::new();
    for (n, top) in tops.iter().enumerate() {
        let from = if n == 0 { 0 } else { tops[n - 1] };
        let valley = (from..=*top).min_by(|a, b| flow[*a].total_cmp(&flow[*b])).unwrap_or(*top);
        let valley = (valley..=*top).rfind(|i| flow[*i] <= flow[valley] + 1e-9).unwrap_or(valley);
        let level = flow[valley] + settings.rise * (flow[*top] - flow[valley]);
        onsets.push((valley..=*top).rfind(|i| flow[*i] <= level).unwrap_or(valley));
    }
    for (n, (onset, top)) in onsets.iter().zip(&tops).enumerate() {
        let until = onsets.get(n + 1).copied().unwrap_or(flow.len());
        let end = (*top..until).find(|i| flow[*i] < 0.2 * flow[*top]).unwrap_or(until);
        let volume_ml: f64 = milk.flow[*onset..end.max(*onset)].iter().sum();
        let_downs.push(Told { onset_s: milk.start_s + *onset as f64 + settings.shift_s, volume_ml });
    }
    let_downs.retain(|l| l.volume_ml >= 2.0);
    Finding { let_downs, total_ml: milk.flow.iter().sum() }
}

/// The parabola through each window, in its middle; beyond its ends the flow stays what it was.
fn smooth(flow: &[f64], half: usize) -> Vec<f64> {
    let h = half as f64;
    let n = 2.0 * h + 1.0;
    let scale = (4.0 * h * (h + 1.0) - 3.0) * n / 3.0;
    let weight = |k: f64| (3.0 * h * (h + 1.0) - 1.0 - 5.0 * k * k) / scale;
    let last = flow.len().saturating_sub(1);
    let one = |i: usize| {
        let at = |k: usize| flow[(i + k).saturating_sub(half).min(last)];
        (0..=2 * half).map(|k| weight(k as f64 - h) * at(k)).sum()
    };
    (0..flow.len()).map(one).collect()
}

/// Local tops that stand out of their surroundings by at least the prominence.
fn tops(flow: &[f64], prominence: f64) -> Vec<usize> {
    let is_top = |i: usize| flow[i - 1] < flow[i] && flow[i] >= flow[i + 1];
    let stands_out = |i: &usize| {
        let higher = |j: &usize| flow[*j] > flow[*i];
        let left = (0..*i).rev().take_while(|j| !higher(j)).map(|j| flow[j]).fold(flow[*i], f64::min);
        let right = (*i + 1..flow.len()).take_while(|j| !higher(j)).map(|j| flow[j]).fold(flow[*i], f64::min);
        flow[*i] - left.max(right) >= prominence
    };
    (1..flow.len().saturating_sub(1)).filter(|i| is_top(*i)).filter(stands_out).collect()
}
