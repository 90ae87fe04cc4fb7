//! How milk rose in the bottle, from the marks it passed.

use super::{READ_SD_ML, Tap, What};

/// Marks that never sink, and what milk was between them.
pub(super) struct Bottle {
    /// `(t_s, ml)`; empty when no mark was tapped.
    marks: Vec<(f64, f64)>,
    /// The marks, and the moments between them at which milk came.
    knots: Vec<Knot>,
}

/// Milk at a moment that is known better than those around it.
#[derive(Clone, Copy)]
struct Knot {
    t_s: f64,
    ml: f64,
    /// Doubt beside that of reading (mL).
    sd_ml: f64,
}

/// Milk at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub(super) ml: f64,
    pub(super) sd_ml: f64,
}

impl Bottle {
    /// From taps in order of time, and when milk came. The bottle was empty until milk first came; where that was not
    /// tapped, at 0 s.
    pub(super) fn of(taps: &[Tap], onsets: &[f64]) -> Self {
        let mut marks: Vec<(f64, f64)> = Vec::new();
        for tap in taps {
            if let What::Mark { ml } = tap.what {
                marks.push((tap.t_s, ml));
            }
        }
        let Some(first) = marks.first() else { return Self { marks, knots: Vec::new() } };
        let empty_s = onsets.first().copied().filter(|onset_s| *onset_s < first.0).unwrap_or(0.0);
        let mut marks = rising(&marks);
        marks.insert(0, (empty_s, 0.0));
        let knots = knots(&marks, onsets);
        Self { marks, knots }
    }

    pub(super) fn total_ml(&self) -> f64 {
        self.marks.last().map_or(0.0, |mark| mark.1)
    }

    /// Milk at a moment, on a straight line between two knots. It may have run in any way that does not run back: the
    /// doubt is that of a flat distribution in the middle and goes to that of the knots beside it.
    pub(super) fn at(&self, t_s: f64) -> Option<Level> {
        let (first, last) = (self.knots.first()?, self.knots.last()?);
        if t_s <= first.t_s {
            return Some(Level { ml: first.ml, sd_ml: 0.0 });
        }
        let mut steps = self.knots.iter().zip(self.knots.iter().skip(1));
        let Some((a, b)) = steps.find(|(_, b)| t_s <= b.t_s) else {
            return Some(Level { ml: last.ml, sd_ml: READ_SD_ML });
        };
        Some(level(a, b, (t_s - a.t_s) / (b.t_s - a.t_s)))
    }

    /// Milk when a let-down ends. What came since the knot before was its own, and came early; what comes until the knot
    /// behind may be its own or a drip. So milk stands at least in the middle between the two.
    pub(super) fn at_rest(&self, t_s: f64) -> Option<Level> {
        let mut steps = self.knots.iter().zip(self.knots.iter().skip(1));
        let Some((a, b)) = steps.find(|(a, b)| a.t_s <= t_s && t_s < b.t_s) else { return self.at(t_s) };
        let gone = (t_s - a.t_s) / (b.t_s - a.t_s);
        Some(level(a, b, gone.max(0.5)))
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

/// So much of the way from one knot to the next (0 to 1).
fn level(a: &Knot, b: &Knot, gone: f64) -> Level {
    let knots_sd_ml = a.sd_ml + gone * (b.sd_ml - a.sd_ml);
    let between_sd_ml = between_sd_ml(b.ml - a.ml, gone);
    let sd_ml =
        libm::sqrt(READ_SD_ML * READ_SD_ML + knots_sd_ml * knots_sd_ml + between_sd_ml * between_sd_ml);
    Level { ml: a.ml + gone * (b.ml - a.ml), sd_ml }
}

/// Doubt of a flat distribution in the middle, none at the ends.
fn between_sd_ml(rise_ml: f64, gone: f64) -> f64 {
    rise_ml * libm::sqrt(gone * (1.0 - gone) / 3.0)
}

/// Milk runs in bursts. When one begins, less milk has come since the mark below than a straight line to the mark above
/// says, and where the mark above is near, it still stands anywhere between the two: in the middle at the most.
fn knots(marks: &[(f64, f64)], onsets: &[f64]) -> Vec<Knot> {
    let mut knots: Vec<Knot> =
        marks.iter().take(1).map(|mark| Knot { t_s: mark.0, ml: mark.1, sd_ml: 0.0 }).collect();
    for (below, above) in marks.iter().zip(marks.iter().skip(1)) {
        let inside: Vec<f64> =
            onsets.iter().copied().filter(|t_s| below.0 < *t_s && *t_s < above.0).collect();
        let rise_ml = above.1 - below.1;
        for (k, t_s) in inside.iter().enumerate() {
            let in_turn = (k + 1) as f64 / (inside.len() + 1) as f64;
            let gone = in_turn.min((t_s - below.0) / (above.0 - below.0));
            knots.push(Knot { t_s: *t_s, ml: below.1 + gone * rise_ml, sd_ml: between_sd_ml(rise_ml, gone) });
        }
        if below.0 < above.0 {
            knots.push(Knot { t_s: above.0, ml: above.1, sd_ml: 0.0 });
        } else if let Some(last) = knots.last_mut() {
            last.ml = above.1;
        }
    }
    knots
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

    fn bottle(marks: &[(f64, f64)], onsets: &[f64]) -> Bottle {
        let tap = |(t_s, ml): &(f64, f64)| Tap { t_s: *t_s, what: What::Mark { ml: *ml } };
        Bottle::of(&marks.iter().map(tap).collect::<Vec<_>>(), onsets)
    }

    fn levels(marks: &[(f64, f64)]) -> Vec<f64> {
        rising(marks).into_iter().map(|mark| mark.1).collect()
    }

    #[test]
    fn marks_in_the_wrong_order_become_their_mean() {
        assert_eq!(levels(&[(1.0, 10.0), (2.0, 30.0), (3.0, 20.0), (4.0, 40.0)]), [10.0, 25.0, 25.0, 40.0]);
        assert_eq!(levels(&[(1.0, 30.0), (2.0, 20.0), (3.0, 10.0)]), [20.0, 20.0, 20.0]);
    }

    /// 20 mL between 100 s and 200 s: at 190 s in the middle at the most, at 120 s where the line is.
    #[test]
    fn milk_has_not_run_before_it_came() {
        for (onset_s, ml) in [(190.0, 20.0), (120.0, 14.0)] {
            let level = bottle(&[(100.0, 10.0), (200.0, 30.0)], &[onset_s]).at(onset_s);
            assert_eq!(level.map(|level| level.ml), Some(ml));
        }
        let rest = |t_s| bottle(&[(100.0, 10.0), (200.0, 30.0)], &[]).at_rest(t_s).map(|level| level.ml);
        assert_eq!([rest(110.0), rest(190.0)], [Some(20.0), Some(28.0)]);
    }

    #[test]
    fn doubt_is_largest_between_marks() {
        let bottle = bottle(&[(100.0, 10.0), (200.0, 40.0)], &[]);
        let (mark, middle) = (bottle.at(100.0).unwrap(), bottle.at(150.0).unwrap());
        assert_eq!((mark.ml, mark.sd_ml), (10.0, READ_SD_ML));
        assert_eq!(Some(middle.ml), Some(25.0));
        // A flat distribution over 30 mL has a standard deviation of 30 / sqrt(12).
        assert!((middle.sd_ml * middle.sd_ml - (4.0 + 900.0 / 12.0)).abs() < 1e-9);
    }

    #[test]
    fn a_flow_fades_where_marks_come_apart() {
        let bottle = bottle(&[(60.0, 10.0), (90.0, 30.0), (400.0, 40.0)], &[]);
        assert_eq!(Some(bottle.peak_ml_per_min(0.0, 400.0)), Some(40.0));
        assert_eq!(bottle.faded_s(0.0, 400.0), Some(90.0));
        assert_eq!(bottle.faded_s(0.0, 80.0), None);
    }
}
