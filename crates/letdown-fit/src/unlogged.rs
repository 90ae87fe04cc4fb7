//! A session that was not written down: a possibility, not a fact.
//!
//! A gap much longer than hers usually are, behind which came no more than a shorter one brings, may have held a session of
//! which nothing is known. Both courses are followed, each with the likelihood of what was read:
//!
//! ```text
//! as logged        the whole gap, then the readings            L_0 = ln(1 - p) + sum of ll
//! one unlogged     half of the gap, a pump session without a volume, the other half, then the readings     L_1 = ln p + sum of ll
//! likelihood       ln(exp L_0 + exp L_1)                       w_k = exp L_k / sum
//! belief           mean = sum w m,   P = sum w (P_k + d d'),  d = m_k - mean;    memory = sum w memory
//! ```
//!
//! so the belief behind it has the mean and the covariance of the two. `p` is one in twenty. Gaps are doubted by the 40
//! sessions ahead of them alone: what comes later does not change what is thought of earlier ones.

use crate::{
    belief::{Belief, GapTape, Odd},
    log::{Event, Log, Removal},
    removed::Removed,
    steps::{Elapsed, Remover, Step},
    worked::Worked,
};
use letdown_model::{demand::Memory, number::Number};

/// How many sessions back gaps and rates are usual, and the fewest of them.
const USUAL_OF: usize = 40;
const FEWEST: usize = 12;
/// A doubted gap is this much longer than the usual one, and this share of what is usual came of it at most.
const LONGER: f64 = 1.6;
const LESS: f64 = 0.75;
/// The chance that a long gap held a session.
const UNLOGGED: f64 = 0.05;

/// Which events end a gap that may have held a session.
pub(crate) fn doubted(events: &[Event]) -> Vec<bool> {
    let mut usual: Vec<(f64, f64)> = Vec::new();
    let mut earlier_h: Option<f64> = None;
    let mut doubted = Vec::with_capacity(events.len());
    for event in events {
        let gap_h = earlier_h.replace(event.at_h).map(|earlier| event.at_h - earlier);
        let both = matches!(event.removal, Removal::Pump { .. });
        let Some((gap_h, ml)) = gap_h.filter(|h| *h > 0.0 && both).zip(event.total_ml()) else {
            doubted.push(false);
            continue;
        };
        let recent = &usual[usual.len().saturating_sub(USUAL_OF)..];
        let enough = recent.len() >= FEWEST;
        let middle = |of: fn(&(f64, f64)) -> f64| median(recent.iter().map(of).collect());
        doubted.push(enough && gap_h > LONGER * middle(|u| u.0) && ml < LESS * middle(|u| u.1) * gap_h);
        usual.push((gap_h, ml / gap_h));
    }
    doubted
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The halves of a gap between two hours.
pub(crate) fn halves(log: &Log, from_h: f64, to_h: f64) -> Option<[Elapsed; 2]> {
    let middle_h = 0.5 * (from_h + to_h);
    Some([Elapsed::between(log, from_h, middle_h)?, Elapsed::between(log, middle_h, to_h)?])
}

/// Gaps and removals in order, kept for the way back.
pub(crate) type Course<const B: usize, const N: usize, T = f64> =
    Vec<(Option<GapTape<B, N, T>>, Removed<B, N, T>)>;

/// Both courses, kept for the way back.
#[derive(Clone, Debug)]
pub(crate) struct Fork<const B: usize, const N: usize, T = f64> {
    pub courses: [Course<B, N, T>; 2],
    /// Where each ended.
    pub ends: [Belief<B, N, T>; 2],
    /// `w`
    pub weights: [T; 2],
    /// The log-likelihood of the readings.
    pub likelihood: T,
}

impl<T: Number, const B: usize, const N: usize> Fork<B, N, T> {
    /// Follows both courses over the steps of one event, and moves the belief to their mixture.
    pub(crate) fn through(
        belief: &mut Belief<B, N, T>,
        w: &Worked<B, T>,
        steps: &[Step],
        [before, behind]: &[Elapsed; 2],
    ) -> Self {
        let logged = run(*belief, w, steps.iter().copied());
        let blind = steps.first().map(|step| Step {
            gap: Some(*before),
            reached: [true; 2],
            by: Remover::Pump(None),
            reading: None,
            with: None,
            ..*step
        });
        let rest = steps.iter().map(|step| Step { gap: step.gap.and(Some(*behind)), ..*step });
        let unlogged = run(*belief, w, blind.into_iter().chain(rest));

        let heights = [logged.2 + libm::log1p(-UNLOGGED), unlogged.2 + libm::log(UNLOGGED)];
        let top = heights[0].max(heights[1]);
        let parts = heights.map(|height| (height - top).map(libm::exp));
        let sum = parts[0] + parts[1];
        let fork = Self {
            courses: [logged.0, unlogged.0],
            ends: [logged.1, unlogged.1],
            weights: parts.map(|part| part / sum),
            likelihood: top + sum.map(libm::log),
        };
        *belief = fork.together();
        fork
    }

    /// `d` of one course.
    pub(crate) fn apart(&self, k: usize) -> [T; N] {
        let other = 1 - k;
        std::array::from_fn(|i| self.weights[other] * (self.ends[k].mean[i] - self.ends[other].mean[i]))
    }

    fn together(&self) -> Belief<B, N, T> {
        let mix = |of: &dyn Fn(&Belief<B, N, T>) -> T| {
            self.weights[0] * of(&self.ends[0]) + self.weights[1] * of(&self.ends[1])
        };
        let apart = [self.apart(0), self.apart(1)];
        let spread = |i: usize, j: usize| {
            self.weights[0] * apart[0][i] * apart[0][j] + self.weights[1] * apart[1][i] * apart[1][j]
        };
        Belief {
            mean: std::array::from_fn(|i| mix(&|b| b.mean[i])),
            cov: std::array::from_fn(|i| std::array::from_fn(|j| mix(&|b| b.cov[i][j]) + spread(i, j))),
            memory: std::array::from_fn(|b| Memory {
                fullness: mix(&|end| end.memory[b].fullness),
                ln_capacity: mix(&|end| end.memory[b].ln_capacity),
            }),
            fresh: std::array::from_fn(|b| mix(&|end| end.fresh[b])),
            odd: Odd::UNTOLD,
        }
    }
}

/// One course: what it went through, where it ended, and the log-likelihood of its readings.
fn run<T: Number, const B: usize, const N: usize>(
    mut belief: Belief<B, N, T>,
    w: &Worked<B, T>,
    steps: impl Iterator<Item = Step>,
) -> (Course<B, N, T>, Belief<B, N, T>, T) {
    let mut course = Vec::new();
    let mut sum = T::ZERO;
    for step in steps {
        let gap = step.gap.map(|gap| belief.pass(w, &gap));
        let removal = belief.remove(w, &step);
        sum += removal.likelihood();
        course.push((gap, removal));
    }
    (course, belief, sum)
}
