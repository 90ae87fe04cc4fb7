//! Sessions of simulated women, each cut where flow has slowed, and what then came in two ways of going on.
//!
//! A woman pumps for up to half an hour. At each lull (flow slow for two minutes; flow slow for 40 s, when somebody would tap
//! it; slow again five minutes later) it is written down what a watcher saw until then, and the same session, with the same
//! chances, goes on twice: the pump left on for five minutes, and two minutes of massage without it before that.

use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    session::{
        Breasts, Course, Phase, Plan, run_watched,
        touch::{Pump, Side, Source},
        watch::SLOW_ML_PER_S,
    },
};

/// A let-down of less is not seen (mL), as in `letdown_trace`.
const SEEN_ML: f64 = 2.0;
const LONGEST_S: f64 = 1_800.0;
const MASSAGE_S: f64 = 120.0;
const MORE_S: f64 = 300.0;
const STEP_S: f64 = 1.0;
/// Her earlier sessions (s), and how many at most.
const EARLIER_S: f64 = 900.0;
const EARLIER: usize = 4;
/// What a twin believes of the milk in her breasts scatters so much (log sd).
const TWIN_SD: f64 = 0.2;

/// What was seen of a session until flow slowed, and what came after.
#[derive(Clone, Debug)]
pub(super) struct Cut {
    /// Gaps between her let-downs in sessions before (s).
    pub(super) earlier_gaps_s: Vec<f64>,
    /// Onsets (s) and volumes (mL) of the let-downs so far.
    pub(super) seen: Vec<(f64, f64)>,
    /// How long the session has gone on (s).
    pub(super) now_s: f64,
    /// Milk so far (mL).
    pub(super) taken_ml: f64,
    /// What a twin believes was in her breasts (mL).
    pub(super) in_breast_ml: f64,
    /// The pump left on for five minutes.
    pub(super) more: Came,
    /// Two minutes of massage, then five of pumping.
    pub(super) massage: Came,
}

/// What came in a way of going on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    /// A visible let-down.
    pub(super) is_visible: bool,
    /// Milk (mL).
    pub(super) ml: f64,
}

/// The cuts of the session of one woman; none where flow never slowed.
pub(super) fn cuts(seed: u64) -> Vec<Cut> {
    let mut random = Random::stream(seed, 21);
    let her = draw(&mut random, Term::Term);
    let both = random.uniform() < 0.7;
    let mut fullness = || 0.35 + 0.35 * random.uniform();
    let sat = |fullness: f64, phases: &[Phase], chance: Random| Sat::of(&her, fullness, phases, chance);
    let now_full = fullness();
    let earlier_full: Vec<f64> = (0..EARLIER).map(|_| fullness()).collect();
    let earlier = random.below(EARLIER + 1);
    let gaps = |(k, full): (u64, &f64)| {
        let seen = sat(*full, &[pumping(EARLIER_S, both)], Random::stream(seed, 100 + k)).seen(EARLIER_S);
        seen.windows(2).map(|w| w[1].0 - w[0].0).collect::<Vec<_>>()
    };
    let earlier_gaps_s: Vec<f64> = (0..).zip(earlier_full.iter().take(earlier)).flat_map(gaps).collect();
    let twin = (TWIN_SD * random.normal()).exp();
    let milk_ml = Breasts::filled(&her, now_full).milk_ml;
    let available_ml: f64 = milk_ml.iter().take(if both { 2 } else { 1 }).sum();
    let chance = Random::stream(seed, 22);
    let whole = sat(now_full, &[pumping(LONGEST_S, both)], chance.clone());
    let slow_for = |s: f64, after_s: f64| whole.first_slow(s, after_s);
    let tapped_s = slow_for(40.0, 0.0);
    let again_s = whole.course.slowed_s.and_then(|s| slow_for(40.0, s + MORE_S));
    let times = [tapped_s, whole.course.slowed_s, again_s];
    let cut = |now_s: f64| {
        let seen = whole.seen(now_s);
        let before = pumping(now_s, both);
        let after = |more: &[Phase]| {
            let phases: Vec<Phase> = [before].into_iter().chain(more.iter().copied()).collect();
            let then = sat(now_full, &phases, chance.clone());
            let came = then.course.let_downs.iter().any(|l| now_s <= l.at_s && l.is_visible());
            Came { is_visible: came, ml: then.course.total_ml() - whole.taken_at(now_s) }
        };
        let on = pumping(MORE_S, both);
        Cut {
            earlier_gaps_s: earlier_gaps_s.clone(),
            now_s,
            taken_ml: whole.taken_at(now_s),
            in_breast_ml: available_ml * twin,
            more: after(&[on]),
            massage: after(&[massaging(both), on]),
            seen,
        }
    };
    let mut cut = cut;
    let in_time = |s: &f64| s + MASSAGE_S + MORE_S <= LONGEST_S;
    let all: Vec<Cut> = times.into_iter().flatten().map(f64::floor).filter(in_time).map(&mut cut).collect();
    all.into_iter().filter(|cut| !cut.seen.is_empty()).collect()
}

fn pumping(seconds: f64, both: bool) -> Phase {
    let side = Side::pumped(Pump { vacuum: 1.0, two_phase: true });
    let minutes = seconds / 60.0;
    if both { Phase::both(minutes, side) } else { Phase::left(minutes, side) }
}

fn massaging(both: bool) -> Phase {
    let still = Side { source: Source::None, massage: 1.0 };
    let sides = if both { [still; 2] } else { [still, Side::LEFT_ALONE] };
    Phase { sides, ..pumping(MASSAGE_S, both) }
}

/// A session, and milk taken at each step.
struct Sat {
    course: Course,
    taken_ml: Vec<f64>,
}

impl Sat {
    fn of(her: &Mother, fullness: f64, phases: &[Phase], mut chance: Random) -> Self {
        let mut taken_ml = vec![0.0];
        let breasts = Breasts::filled(her, fullness);
        let course = run_watched(her, &breasts, &Plan::of(phases), &mut chance, STEP_S, &mut |moment| {
            taken_ml.push(moment.milk.iter().map(|m| m.taken_ml).sum());
        });
        Self { course, taken_ml }
    }

    fn taken_at(&self, s: f64) -> f64 {
        self.taken_ml[((s.max(0.0) / STEP_S) as usize).min(self.taken_ml.len() - 1)]
    }

    /// As a watcher would have seen them then.
    fn seen(&self, now_s: f64) -> Vec<(f64, f64)> {
        let begun: Vec<f64> = self.course.let_downs.iter().map(|l| l.at_s).filter(|s| *s < now_s).collect();
        let ends = begun.iter().skip(1).copied().chain([now_s]);
        let brought = |(from, to): (&f64, f64)| (*from, self.taken_at(to) - self.taken_at(*from));
        begun.iter().zip(ends).map(brought).filter(|(_, ml)| *ml >= SEEN_ML).collect()
    }

    /// The first second at which flow had been slow for so long.
    fn first_slow(&self, for_s: f64, after_s: f64) -> Option<f64> {
        let first_s = self.course.first_s()? + 60.0;
        let mut seconds = (0..self.taken_ml.len()).map(|i| STEP_S * i as f64);
        seconds.find(|s| {
            first_s.max(after_s) < *s && self.taken_at(*s) - self.taken_at(s - for_s) < SLOW_ML_PER_S * for_s
        })
    }
}
