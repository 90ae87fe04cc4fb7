//! The likeliest way to cut a session into let-downs, second by second.
//!
//! A session is a first stretch without a let-down and then let-downs, each lasting until the next: a semi-Markov chain.
//! What a stretch costs is how badly a [`Hypothesis`] explains its milk; what a cut costs is how unlikely a gap of that
//! length is ([`Gaps`]), plus the freedom that a new shape brings. The least sum over all cuts is found by dynamic
//! programming over the second of the last onset (Guédon 2003, J Comput Graph Stat 12:604, the Viterbi algorithm of hidden
//! semi-Markov chains). An onset that can hardly win any more is forgotten (after Killick, Fearnhead and Eckley 2012, JASA
//! 107:1590; here a rule of thumb, so that the sum is the least one almost always). Live and afterwards it is the same sum,
//! so both find the same let-downs.

use super::{
    hypothesis::{Beginning, Explained, Hypothesis},
    noise::{Noise, NoiseWatch},
    rhythm::{CLOSEST_S, Gaps, Rhythm},
    shape::{LONGEST_S, Shapes},
};
use crate::{reading::MILK_G_PER_ML, series::Second};

/// The likeliest cut of what has been seen.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    shapes: Shapes,
    first: Gaps,
    between: Gaps,
    noise: NoiseWatch,
    alive: Vec<Hypothesis>,
    cuts: Vec<Cut>,
    heard: Vec<Heard>,
}

/// A second as it was seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Heard {
    /// Milk so far (g), when it is known.
    pub(crate) level_g: Option<f64>,
    pub(crate) noise: Noise,
    /// What the level may have gained unseen (g²).
    extra: f64,
}

/// An onset that was thinkable, and the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cut {
    start: usize,
    before: Option<usize>,
}

/// A stretch of the likeliest path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) start: usize,
    pub(crate) pulse: bool,
}

/// What one more let-down costs beside its gap: a shape of the grid, and three numbers that bend to the noise.
const FREEDOM: f64 = 9.0;
/// A let-down that after so many seconds explains nothing is forgotten.
const PROOF_AFTER_S: usize = 20;
const PROOF: f64 = 1.0;
/// An onset this much worse than a fresh one cannot win any more.
const HOPELESS: f64 = 4.0;
/// So many onsets are kept in mind at once.
const ALIVE_AT_MOST: usize = 96;
/// A let-down brings at least so much of its own (g), else it is none.
const OWN_G: f64 = 0.8 * MILK_G_PER_ML;
/// What is no let-down lasts at least so long (s), and costs so much: about one in ten minutes, and that it is none.
const STIR_S: usize = 8;
const STIR: f64 = 10.0;
/// Flow must rise by so much (g/s), and by this share of what it was.
const RISE_G_PER_S: f64 = 0.02;
const RISE_SHARE: f64 = 0.15;
/// What can be left over of the flow before: so many times what it was, and so much more (g/s).
const TAIL_AT_MOST: f64 = 1.3;
const TAIL_MORE_G_PER_S: f64 = 0.005;
/// What a touch hides in a second: this share of the flow, and so much (g).
const HIDDEN_SHARE: f64 = 0.5;
const HIDDEN_G: f64 = 0.3;
/// While the bottle is away the level is lost (g²).
const AWAY: f64 = 4.0;

/// Room for so many seconds from the beginning.
const WARM_S: usize = 2 * 3600;

impl Heard {
    /// A stretch that begins here. Its flow so far is an average and a little late, so some more is allowed.
    fn beginning(&self, second: usize, level_g: f64) -> Beginning {
        let flow_g_per_s = TAIL_AT_MOST * self.noise.flow_g_per_s + TAIL_MORE_G_PER_S;
        Beginning { second, level_g, variance: self.noise.level, flow_g_per_s }
    }

    fn tell(&self, hypothesis: &mut Hypothesis, second: usize, shapes: &Shapes) {
        match self.level_g {
            Some(level_g) => hypothesis.see(second, level_g, &self.noise, shapes),
            None => hypothesis.miss(&self.noise, self.extra),
        }
    }
}

impl Path {
    pub(crate) fn new(rhythm: &Rhythm) -> Self {
        Self {
            shapes: Shapes::new(),
            first: Gaps::first(rhythm, LONGEST_S * 4),
            between: Gaps::between(rhythm, LONGEST_S * 4),
            noise: NoiseWatch::new(),
            alive: Vec::with_capacity(ALIVE_AT_MOST + 1),
            cuts: Vec::with_capacity(WARM_S),
            heard: Vec::with_capacity(WARM_S),
        }
    }

    /// One more second, of a scale with such steps.
    pub(crate) fn see(&mut self, second: Second, step_cg: u16) {
        self.noise.step(f64::from(step_cg) / 100.0);
        let now = self.heard.len();
        let heard = self.hear(second);
        self.heard.push(heard);
        for hypothesis in &mut self.alive {
            heard.tell(hypothesis, now, &self.shapes);
        }
        let Some(level_g) = heard.level_g else { return };
        if self.alive.is_empty() {
            self.alive.push(Hypothesis::begin(heard.beginning(now, level_g), 0.0, false));
        } else {
            self.branch(heard.beginning(now, level_g));
        }
    }

    fn hear(&mut self, second: Second) -> Heard {
        if second.is_sure() {
            let level_g = second.milk_g();
            return Heard { level_g: Some(level_g), noise: self.noise.see(level_g), extra: 0.0 };
        }
        let noise = self.noise.miss();
        let hidden_g = HIDDEN_SHARE * noise.flow_g_per_s + HIDDEN_G;
        let extra = match second.flags {
            flags if flags & Second::AWAY != 0 => AWAY,
            flags if flags & Second::DISTURBED != 0 => hidden_g * hidden_g,
            _ => 0.0,
        };
        Heard { level_g: None, noise, extra }
    }

    /// The step of the display (g).
    pub(crate) fn step_g(&self) -> f64 {
        self.noise.step_g()
    }

    /// The seconds seen so far.
    pub(crate) fn heard(&self) -> &[Heard] {
        &self.heard
    }

    /// A stretch, looked at for itself: what was seen from `start` to before `end`.
    pub(crate) fn looked_at(&self, start: usize, end: usize, pulse: bool) -> Option<Hypothesis> {
        let first = self.heard.get(start)?;
        let mut hypothesis = Hypothesis::begin(first.beginning(start, first.level_g?), 0.0, pulse);
        for (i, heard) in self.heard.iter().enumerate().take(end).skip(start + 1) {
            heard.tell(&mut hypothesis, i, &self.shapes);
        }
        Some(hypothesis)
    }

    /// What a gap costs that ends after so long, a new let-down included.
    pub(crate) fn cut_cost(&self, stretch: Stretch, end: usize) -> f64 {
        let gaps = if stretch.pulse { &self.between } else { &self.first };
        gaps.ends(end.saturating_sub(stretch.start)).min(STIR) + FREEDOM
    }

    /// The shapes that are thought of.
    pub(crate) fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// A let-down might begin now: after which one, at what cost?
    fn branch(&mut self, at: Beginning) {
        let now = at.second;
        let mut best: Option<(f64, Option<usize>)> = None;
        let mut costs = [f64::INFINITY; ALIVE_AT_MOST + 1];
        let mut least = f64::INFINITY;
        for (i, hypothesis) in self.alive.iter().enumerate() {
            let explained = hypothesis.explained(&self.shapes);
            let age = now - hypothesis.start;
            costs[i] = hypothesis.before + explained.cost;
            let proven = explained.cost_without - explained.cost >= PROOF;
            // The likeliest of all is kept, whatever it proves.
            if hypothesis.pulse && age > PROOF_AFTER_S && !proven && costs[i] > least {
                costs[i] = f64::INFINITY;
                continue;
            }
            least = least.min(costs[i]);
            let Some(ends) = self.ends(hypothesis, &explained, age) else { continue };
            let cost = costs[i] + ends + FREEDOM;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, hypothesis.pulse.then_some(hypothesis.start)));
            }
        }
        if let Some((cost, _)) = best {
            self.forget(&costs, cost + HOPELESS);
        } else {
            self.forget(&costs, f64::MAX);
        }
        if let Some((cost, before)) = best {
            self.cuts.push(Cut { start: now, before });
            self.alive.push(Hypothesis::begin(at, cost, true));
        }
    }

    fn gaps(&self, hypothesis: &Hypothesis) -> &Gaps {
        if hypothesis.pulse { &self.between } else { &self.first }
    }

    /// What it costs that a stretch ends here, if it may. What is no let-down, a drop that hung in the tube or a touch
    /// nobody noticed, keeps no rhythm.
    fn ends(&self, hypothesis: &Hypothesis, explained: &Explained, age: usize) -> Option<f64> {
        if !hypothesis.pulse {
            Some(self.first.ends(age))
        } else if age >= CLOSEST_S && self.is_let_down(explained, age) {
            Some(self.between.ends(age))
        } else {
            (age >= STIR_S).then_some(STIR)
        }
    }

    /// Whether it brought milk of its own, and flow rose when it began. A flow that falls in another way than the shapes
    /// know is none.
    pub(crate) fn is_let_down(&self, explained: &Explained, age: usize) -> bool {
        let own_g = explained.pulse * self.shapes.brought(age)[explained.shape];
        let before = explained.drip + explained.tail;
        let rise = self.shapes.highest(explained, age) - before;
        own_g >= OWN_G && rise >= RISE_G_PER_S.max(RISE_SHARE * before)
    }

    /// Forgets what cannot win; the first stretch, without any let-down, is never forgotten.
    fn forget(&mut self, costs: &[f64], hopeless: f64) {
        let mut i = 0;
        self.alive.retain(|hypothesis| {
            let keep = !hypothesis.pulse || costs[i] <= hopeless;
            i += 1;
            keep
        });
        while self.alive.len() >= ALIVE_AT_MOST {
            let cost = |hypothesis: &Hypothesis| hypothesis.before + hypothesis.explained(&self.shapes).cost;
            let worst = (1..self.alive.len())
                .max_by(|a, b| cost(&self.alive[*a]).total_cmp(&cost(&self.alive[*b])))
                .unwrap_or(0);
            self.alive.remove(worst);
        }
    }

    /// The stretches of the likeliest path, in order.
    pub(crate) fn stretches(&self) -> Vec<Stretch> {
        let last = self.alive.iter().map(|h| (h, self.standing(h)));
        let Some((last, _)) = last.min_by(|a, b| a.1.total_cmp(&b.1)) else { return Vec::new() };
        let mut stretches = Vec::new();
        let mut at = last.pulse.then_some(last.start);
        while let Some(start) = at {
            stretches.push(Stretch { start, pulse: true });
            at = self.cut(start).and_then(|cut| cut.before);
        }
        if let Some(first) = self.alive.iter().find(|h| !h.pulse) {
            stretches.push(Stretch { start: first.start, pulse: false });
        }
        stretches.reverse();
        stretches
    }

    /// What a hypothesis costs as the last one.
    fn standing(&self, hypothesis: &Hypothesis) -> f64 {
        let age = self.heard.len().saturating_sub(1 + hypothesis.start);
        hypothesis.before + hypothesis.explained(&self.shapes).cost + self.gaps(hypothesis).lasts(age)
    }

    fn cut(&self, start: usize) -> Option<&Cut> {
        self.cuts.binary_search_by_key(&start, |cut| cut.start).ok().map(|i| &self.cuts[i])
    }
}
