//! The same simple conditioning for every rival: readings in order, a median over some seconds, one value a second, steps
//! taken out.

use letdown_trace::reading::{MILK_G_PER_ML, Reading};

/// How it is done; tuned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Simple {
    /// The median is taken over this (s).
    median_s: f64,
    /// A change beyond this in a second is no milk (mL).
    step_ml: f64,
}

pub(crate) fn grid() -> Vec<Simple> {
    let medians = [3.0, 7.0];
    let steps = [0.8, 1.5, 3.0];
    medians.into_iter().flat_map(|median_s| steps.map(|step_ml| Simple { median_s, step_ml })).collect()
}

/// Milk, second by second.
pub(crate) struct Milk {
    /// The second of the first value (s).
    pub(crate) start_s: f64,
    /// What came in each second (mL).
    pub(crate) flow: Vec<f64>,
}

impl Simple {
    pub(crate) fn condition(&self, readings: &[Reading]) -> Milk {
        let mut readings = readings.to_vec();
        readings.sort_by(|a, b| a.t_s.total_cmp(&b.t_s));
        let (Some(first), Some(last)) = (readings.first(), readings.last()) else {
            return Milk { start_s: 0.0, flow: Vec::new() };
        };
        let (start_s, seconds) = (first.t_s.ceil(), (last.t_s - first.t_s).max(0.0) as usize);
        let mut near = Near { readings: &readings, from: 0, to: 0 };
        let mut level = first.mass_g;
        let levels: Vec<f64> = (0..=seconds)
            .map(|i| {
                level = near.median(start_s + i as f64, 0.5 * self.median_s).unwrap_or(level);
                level / MILK_G_PER_ML
            })
            .collect();
        Milk { start_s, flow: self.without_steps(&levels) }
    }

    fn without_steps(&self, levels: &[f64]) -> Vec<f64> {
        let raw: Vec<f64> = levels.windows(2).map(|w| w[1] - w[0]).collect();
        let mut flow = raw.clone();
        for (i, change) in raw.iter().enumerate() {
            if change.abs() > self.step_ml {
                let around = &raw[i.saturating_sub(6)..(i + 7).min(raw.len())];
                let mut calm: Vec<f64> = around.iter().copied().filter(|c| c.abs() <= self.step_ml).collect();
                flow[i] = middle(&mut calm).unwrap_or(0.0);
            }
        }
        flow
    }
}

struct Near<'a> {
    readings: &'a [Reading],
    from: usize,
    to: usize,
}

impl Near<'_> {
    fn median(&mut self, t_s: f64, half_s: f64) -> Option<f64> {
        while self.from < self.readings.len() && self.readings[self.from].t_s < t_s - half_s {
            self.from += 1;
        }
        while self.to < self.readings.len() && self.readings[self.to].t_s <= t_s + half_s {
            self.to += 1;
        }
        let mut masses: Vec<f64> = self.readings.get(self.from..self.to)?.iter().map(|r| r.mass_g).collect();
        middle(&mut masses)
    }
}

fn middle(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
