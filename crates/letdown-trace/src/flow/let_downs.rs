//! Let-downs as they are told: where each began and ended, what it brought, how sure that is.

use super::{
    hypothesis::Explained,
    path::{Path, Stretch},
};
use crate::{
    found::{LET_DOWN_ML, LetDown},
    reading::MILK_G_PER_ML,
};

/// Neighbouring seconds are weighed as onsets this far to each side (s).
const AROUND_S: usize = 12;
/// Seconds lean on each other more than the random walk says: evidence counts by this part.
const TEMPER: f64 = 0.4;
/// Volumes of simulated let-downs are off by about this share of themselves and this (g).
const VOLUME_OFF: f64 = 0.08;
const VOLUME_OFF_G: f64 = 0.2;
/// A display hides the first milk: an onset lies so much earlier than its shape says (s for each g of its step).
const HIDDEN_S_PER_G: f64 = 2.5;
/// A let-down is over when flow is back under this share of its peak.
const END_SHARE: f64 = 0.2;

/// The let-downs of the likeliest path, those that brought less than [`LET_DOWN_ML`] left out.
pub(crate) fn let_downs(path: &Path, start_s: f64) -> Vec<LetDown> {
    let stretches = path.stretches();
    let all = path.heard().len();
    let end_of = |i: usize| stretches.get(i + 1).map_or(all, |next| next.start);
    let mut let_downs: Vec<LetDown> = (1..stretches.len())
        .filter_map(|i| told(path, stretches[i - 1], stretches[i], end_of(i), start_s))
        .filter(|found| found.volume_ml >= LET_DOWN_ML)
        .collect();
    let onsets_s: Vec<f64> = let_downs.iter().skip(1).map(|next| next.onset_s).collect();
    for (let_down, next_s) in let_downs.iter_mut().zip(onsets_s) {
        let_down.end_s = let_down.end_s.min(next_s);
    }
    let_downs
}

fn told(path: &Path, before: Stretch, stretch: Stretch, end: usize, start_s: f64) -> Option<LetDown> {
    let explained = path.looked_at(stretch.start, end, true)?.explained(path.shapes());
    if !path.is_let_down(&explained, end - stretch.start) {
        return None;
    }
    let onset = Onset::weighed(path, before, stretch.start, end)?;
    let curve = Curve { path, stretch, end, explained };
    let (peak_g_per_s, over) = curve.peak_and_end();
    let seen = over.min(path.heard().len().saturating_sub(1));
    let volume_g = curve.level_g(seen) - curve.level_g(stretch.start);
    Some(LetDown {
        onset_s: start_s + (onset.mean - HIDDEN_S_PER_G * path.step_g()).max(before.start as f64),
        end_s: start_s + over as f64,
        volume_ml: volume_g / MILK_G_PER_ML,
        peak_ml_per_min: peak_g_per_s * 60.0 / MILK_G_PER_ML,
        confidence: confidence(path, before, stretch, end)?,
        onset_sd_s: onset.sd,
        volume_sd_ml: curve.volume_sd_g(volume_g) / MILK_G_PER_ML,
    })
}

/// How likely there are two stretches here and not one.
fn confidence(path: &Path, before: Stretch, stretch: Stretch, end: usize) -> Option<f64> {
    let one = path.looked_at(before.start, end, before.pulse)?.explained(path.shapes()).cost;
    let two = split_cost(path, before, stretch.start, end)?;
    Some(1.0 / (1.0 + libm::exp(-TEMPER * (one - two))))
}

fn split_cost(path: &Path, before: Stretch, at: usize, end: usize) -> Option<f64> {
    let earlier = path.looked_at(before.start, at + 1, before.pulse)?.explained(path.shapes()).cost;
    let later = path.looked_at(at, end, true)?.explained(path.shapes()).cost;
    Some(earlier + path.cut_cost(before, at) + later)
}

/// Where an onset lies, as second of the series.
struct Onset {
    mean: f64,
    sd: f64,
}

impl Onset {
    /// Weighs the seconds around the likeliest.
    fn weighed(path: &Path, before: Stretch, at: usize, end: usize) -> Option<Self> {
        let from = at.saturating_sub(AROUND_S).max(before.start + 1);
        let to = (at + AROUND_S).min(end.saturating_sub(2)).max(at);
        let least = split_cost(path, before, at, end)?;
        let (mut all, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for second in from..=to {
            let Some(cost) = split_cost(path, before, second, end) else { continue };
            let weight = libm::exp((TEMPER * (least - cost)).min(50.0));
            let off = second as f64 - at as f64;
            all += weight;
            sum += weight * off;
            squares += weight * off * off;
        }
        let mean = sum / all;
        let sd = libm::sqrt((squares / all - mean * mean).max(1.0 / 12.0));
        Some(Self { mean: at as f64 + mean, sd })
    }
}

/// Milk of a stretch: its shape, drawn through what was seen.
struct Curve<'a> {
    path: &'a Path,
    stretch: Stretch,
    end: usize,
    explained: Explained,
}

impl Curve<'_> {
    /// What the shape has brought by a second (g).
    fn shape_g(&self, second: usize) -> f64 {
        let age = second.saturating_sub(self.stretch.start);
        let shapes = self.path.shapes();
        let Explained { drip, tail, pulse, shape, .. } = self.explained;
        drip * age as f64 + tail * shapes.tail(age) + pulse * shapes.brought(age)[shape]
    }

    /// The level at a second (g): what was seen around it, smoothed along the shape.
    fn level_g(&self, second: usize) -> f64 {
        let heard = self.path.heard();
        // Where nothing is known nearby, the nearest that is.
        let mut around = self.smoothed_over();
        while around <= heard.len() {
            let from = second.saturating_sub(around).max(self.stretch.start.min(second));
            if let Some(off_g) = self.off_shape_g(from, second + around) {
                return self.shape_g(second) + off_g;
            }
            around *= 2;
        }
        self.shape_g(second)
    }

    /// By how much milk lies above the shape between two seconds (g), where it is known.
    fn off_shape_g(&self, from: usize, to: usize) -> Option<f64> {
        let seen = self.path.heard().iter().enumerate().take(to + 1).skip(from);
        let known = seen.filter_map(|(i, heard)| heard.level_g.map(|level_g| level_g - self.shape_g(i)));
        let (sum, n) = known.fold((0.0, 0.0), |(sum, n), off_g| (sum + off_g, n + 1.0));
        (n > 0.0).then(|| sum / n)
    }

    /// How far a volume may be off (g): the noise of two levels, and that where a let-down ends is a convention.
    fn volume_sd_g(&self, volume_g: f64) -> f64 {
        let last = self.end.clamp(1, self.path.heard().len()) - 1;
        let level = self.path.heard().get(last).map_or(0.0, |heard| heard.noise.level);
        let levels = 2.0 * level / (2.0 * self.smoothed_over() as f64 + 1.0);
        let end_g = VOLUME_OFF * volume_g;
        libm::sqrt(levels + end_g * end_g + VOLUME_OFF_G * VOLUME_OFF_G)
    }

    /// Seconds to each side over which levels are averaged: more when the scale is coarse.
    fn smoothed_over(&self) -> usize {
        let last = self.end.clamp(1, self.path.heard().len()) - 1;
        let sd_g = self.path.heard().get(last).map_or(0.0, |h| libm::sqrt(h.noise.level));
        (sd_g / 0.06).clamp(1.0, 6.0) as usize
    }

    /// The strongest flow (g/s), and the second at which flow is back under a fifth of it.
    fn peak_and_end(&self) -> (f64, usize) {
        let flow = |second: usize| self.shape_g(second + 1) - self.shape_g(second);
        let (mut peak, mut at) = (0.0, self.stretch.start);
        for second in self.stretch.start + 1..self.end {
            if flow(second) > peak {
                (peak, at) = (flow(second), second);
            }
        }
        let over = (at..self.end).find(|second| flow(*second) < END_SHARE * peak);
        (peak, over.unwrap_or(self.end))
    }
}
