//! How milk rose in the bottle, from the marks it passed.

use super::{READ_SD_ML, SEEN_AFTER_S, Tap, What};

/// Milk at some moments, never less than before, and straight lines between them.
pub(super) struct Bottle {
    /// `(t_s, ml)`; empty when no mark was tapped.
    marks: Vec<(f64, f64)>,
}

/// Milk at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub(super) ml: f64,
    pub(super) sd_ml: f64,
}

impl Bottle {
    /// From taps in order of time. The bottle was empty until milk first came; where that was not tapped, at 0 s.
    pub(super) fn of(taps: &[Tap]) -> Self {
        let mut marks: Vec<(f64, f64)> = Vec::new();
        for tap in taps {
            if let What::Mark { ml } = tap.what {
                marks.push((tap.t_s, ml));
            }
        }
        let Some(first) = marks.first() else { return Self { marks } };
        let came = taps.iter().find(|tap| tap.what == What::MilkCame && tap.t_s <= first.0);
        let empty_s = came.map_or(0.0, |tap| (tap.t_s - SEEN_AFTER_S).max(0.0));
        let mut marks = rising(&marks);
        marks.insert(0, (empty_s, 0.0));
        Self { marks }
    }

    pub(super) fn total_ml(&self) -> f64 {
        self.marks.last().map_or(0.0, |mark| mark.1)
    }

    /// Milk at a moment. Between two marks it lies anywhere between them: the doubt is that of a flat distribution in the
    /// middle and goes to that of reading at the marks.
    pub(super) fn at(&self, t_s: f64) -> Option<Level> {
        let (first, last) = (self.marks.first()?, self.marks.last()?);
        if t_s <= first.0 {
            return Some(Level { ml: first.1, sd_ml: 0.0 });
        }
        let Some((a, b)) = self.steps().find(|(_, b)| t_s <= b.0) else {
            return Some(Level { ml: last.1, sd_ml: READ_SD_ML });
        };
        let (gone, rise_ml) = ((t_s - a.0) / (b.0 - a.0), b.1 - a.1);
        let between_sd_ml = rise_ml * libm::sqrt(gone * (1.0 - gone) / 3.0);
        let sd_ml = libm::sqrt(READ_SD_ML * READ_SD_ML + between_sd_ml * between_sd_ml);
        Some(Level { ml: a.1 + gone * rise_ml, sd_ml })
    }

    /// The strongest flow between two marks within a stretch (mL/min). It is a mean, so the true peak is higher.
    pub(super) fn peak_ml_per_min(&self, from_s: f64, to_s: f64) -> f64 {
        let within = |(a, b): &(&(f64, f64), &(f64, f64))| a.0 < to_s && from_s < b.0;
        self.steps().filter(within).map(|(a, b)| flow_ml_per_min(a, b)).fold(0.0, f64::max)
    }

    /// The first mark behind which milk ran at less than a fifth of the strongest flow of the stretch (s).
    pub(super) fn faded_s(&self, from_s: f64, to_s: f64) -> Option<f64> {
        let peak = self.peak_ml_per_min(from_s, to_s);
        let strongest = self.steps().position(|(a, b)| from_s < b.0 && flow_ml_per_min(a, b) >= peak)?;
        let mut behind = self.steps().skip(strongest + 1);
        behind.find(|(a, b)| a.0 < to_s && flow_ml_per_min(a, b) < 0.2 * peak).map(|(a, _)| a.0)
    }

    fn steps(&self) -> impl Iterator<Item = (&(f64, f64), &(f64, f64))> {
        self.marks.iter().zip(self.marks.iter().skip(1)).filter(|(a, b)| a.0 < b.0)
    }
}

fn flow_ml_per_min(a: &(f64, f64), b: &(f64, f64)) -> f64 {
    60.0 * (b.1 - a.1) / (b.0 - a.0)
}

/// Marks that never sink: neighbours in the wrong order become their mean (the least-squares fit that rises).
fn rising(marks: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (_, ml) in marks {
        let mut pool = (*ml, 1);
        while let Some(before) = pools.pop_if(|before| before.0 / before.1 as f64 > pool.0 / pool.1 as f64) {
            pool = (before.0 + pool.0, before.1 + pool.1);
        }
        pools.push(pool);
    }
    let levels = pools.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    marks.iter().map(|(t_s, _)| *t_s).zip(levels).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bottle(marks: &[(f64, f64)]) -> Bottle {
        Bottle::of(
            &marks
                .iter()
                .map(|(t_s, ml)| Tap { t_s: *t_s, what: What::Mark { ml: *ml } })
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn marks_in_the_wrong_order_become_their_mean() {
        assert_eq!(
            rising(&[(1.0, 10.0), (2.0, 30.0), (3.0, 20.0), (4.0, 40.0)]).map_levels(),
            [10.0, 25.0, 25.0, 40.0]
        );
        assert_eq!(rising(&[(1.0, 30.0), (2.0, 20.0), (3.0, 10.0)]).map_levels(), [20.0, 20.0, 20.0]);
    }

    trait Levels {
        fn map_levels(&self) -> Vec<f64>;
    }
    impl Levels for Vec<(f64, f64)> {
        fn map_levels(&self) -> Vec<f64> {
            self.iter().map(|mark| mark.1).collect()
        }
    }

    #[test]
    fn doubt_is_largest_between_marks() {
        let bottle = bottle(&[(100.0, 10.0), (200.0, 40.0)]);
        let (mark, middle) = (bottle.at(100.0).unwrap(), bottle.at(150.0).unwrap());
        assert_eq!((mark.ml, mark.sd_ml), (10.0, READ_SD_ML));
        assert_eq!(Some(middle.ml), Some(25.0));
        // A flat distribution over 30 mL has a standard deviation of 30 / sqrt(12).
        assert!((middle.sd_ml * middle.sd_ml - (4.0 + 900.0 / 12.0)).abs() < 1e-9);
    }

    #[test]
    fn a_flow_fades_where_marks_come_apart() {
        let bottle = bottle(&[(60.0, 10.0), (90.0, 30.0), (400.0, 40.0)]);
        assert_eq!(Some(bottle.peak_ml_per_min(0.0, 400.0)), Some(40.0));
        assert_eq!(bottle.faded_s(0.0, 400.0), Some(90.0));
        assert_eq!(bottle.faded_s(0.0, 80.0), None);
    }
}
