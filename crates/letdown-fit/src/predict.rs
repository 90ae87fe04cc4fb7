//! What is likely next, from draws and what is believed at an hour.
//!
//! One session ahead, every draw expects a Student t around its own expectation, which strays less far up than down
//! ([`crate::spread`]); a forecast is the mixture of all draws ([`Mixture`]). Further ahead chance adds up along the way, so whole futures are lived through with the equations of
//! `letdown-model` ([`Outlook::futures`]), each from a draw, a state sampled from its belief, and its own chance.

use crate::{
    belief::Belief,
    carried::{Place, Walker},
    effects::{With, usual},
    log::{Breasts, Event, Log, Removal, Seen},
    past_flow::{PastFlowAhead, usual_min},
    posterior::Posterior,
    rounded::{Tail, cdf},
    spread::Spread,
    steps::{Elapsed, Remover, Step},
    traits::Traits,
    worked::Worked,
};
use letdown_model::{
    mother::Mother,
    random::Random,
    removal::{STANDARD_MIN, Session, Sides},
    supply::{Chance, Gap, Held, Supply},
};

/// A mixture of Student t distributions with 4 degrees of freedom, one per draw, of equal weight. Volumes in mL.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// Center of each, and how far it strays.
    parts: Vec<(f64, Spread)>,
}

impl Mixture {
    /// A mixture of what strays so far around these centers (mL).
    pub fn of(parts: Vec<(f64, Spread)>) -> Self {
        Self { parts }
    }

    /// The chance of at most `ml`.
    pub fn chance_below(&self, ml: f64) -> f64 {
        let sum: f64 = self.parts.iter().map(|(center, spread)| cdf(spread.deviations(ml - center).0)).sum();
        sum / self.parts.len() as f64
    }

    /// The volume (mL) below which a share `p` (0 to 1) lies; never below 0.
    ///
    /// ```
    /// use letdown_fit::{predict::Mixture, spread::Spread};
    /// let mixture = Mixture::of([90.0, 110.0].map(|ml| (ml, Spread::even(100.0))).to_vec());
    /// assert!((mixture.quantile(0.5) - 100.0).abs() < 1e-6);
    /// ```
    pub fn quantile(&self, p: f64) -> f64 {
        // Beyond 40 deviations of its center a Student t of 4 degrees of freedom holds less than a millionth. At 80 of its
        // own on that side even a lopsided spread is that far out.
        let far = |s: &Spread| s.deviations_ml().map(|ml| 80.0 * ml);
        let mut low = self.parts.iter().fold(f64::INFINITY, |m, (c, s)| m.min(c - far(s)[1]));
        let mut high = self.parts.iter().fold(f64::NEG_INFINITY, |m, (c, s)| m.max(c + far(s)[0]));
        let mut ml = self.parts.iter().map(|(center, _)| center).sum::<f64>() / self.parts.len() as f64;
        // Newton's steps, and halves of what is left where one would lead out of it.
        for _ in 0..60 {
            let (chance, density) = self.chance_and_density(ml);
            *(if chance < p { &mut low } else { &mut high }) = ml;
            let newton = ml - (chance - p) / density;
            let next = if low < newton && newton < high { newton } else { 0.5 * (low + high) };
            let is_there = (next - ml).abs() <= 1e-13 * next.abs().max(1.0);
            ml = next;
            if is_there {
                break;
            }
        }
        ml.max(0.0)
    }

    /// The chance of at most `ml`, and the density there (1/mL).
    fn chance_and_density(&self, ml: f64) -> (f64, f64) {
        let (mut chance, mut density) = (0.0, 0.0);
        for (center, spread) in &self.parts {
            let (z, rise) = spread.deviations(ml - center);
            let tail = Tail::at(z);
            (chance, density) = (chance + tail.cdf, density + tail.density * rise);
        }
        let count = self.parts.len() as f64;
        (chance / count, density / count)
    }

    /// The continuous ranked probability score of an outcome (mL): 0 is perfect; for a sure forecast it is the error.
    pub fn crps(&self, ml: f64) -> f64 {
        const LEVELS: usize = 100;
        let at: Vec<f64> = (0..LEVELS).map(|i| self.quantile((i as f64 + 0.5) / LEVELS as f64)).collect();
        crps_of_sorted(&at, ml)
    }
}

/// The continuous ranked probability score of equally likely outcomes, sorted (mL).
///
/// `mean |x - y| - 1/2 mean |x - x'|` (Gneiting and Raftery 2007, doi 10.1198/016214506000001437).
pub fn crps_of_sorted(sorted: &[f64], ml: f64) -> f64 {
    let n = sorted.len() as f64;
    let distance = sorted.iter().map(|x| (x - ml).abs()).sum::<f64>() / n;
    let spread: f64 = sorted.iter().enumerate().map(|(i, x)| x * (2.0 * i as f64 + 1.0 - n)).sum();
    distance - spread / (n * n)
}

/// A quantile of sorted values, linear between neighbours (R type 7).
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> f64 {
    let at = p.clamp(0.0, 1.0) * (sorted.len().saturating_sub(1)) as f64;
    let low = at.floor() as usize;
    let high = (low + 1).min(sorted.len().saturating_sub(1));
    match (sorted.get(low), sorted.get(high)) {
        (Some(a), Some(b)) => a + (b - a) * (at - low as f64),
        _ => f64::NAN,
    }
}

/// Forecasts of the sessions behind each cut, knowing everything before the cut and, behind it, only start times.
///
/// `cuts` are hours of the log in ascending order; the sessions of a cut are those up to the next one. The answer holds,
/// for every event of the log at or behind the first cut, its mixture when it is a pump session.
pub fn ahead(posterior: &Posterior, log: &Log, cuts: &[f64]) -> Vec<Option<Mixture>> {
    let first = cuts.first().copied().unwrap_or(f64::INFINITY);
    let from = log.events().partition_point(|e| e.at_h < first);
    let cuts: Vec<Foreseen> = cuts.iter().map(|cut| Foreseen::at(log, *cut)).collect();
    let mut parts: Vec<Vec<(f64, Spread)>> = vec![Vec::new(); log.events().len() - from];
    for draw in &posterior.draws {
        match draw.breasts() {
            Breasts::One => ahead_by::<1, 2>(draw, log, &cuts, &mut parts),
            Breasts::Two => ahead_by::<2, 3>(draw, log, &cuts, &mut parts),
        }
    }
    parts.into_iter().map(|p| (!p.is_empty()).then(|| Mixture::of(p))).collect()
}

/// How sessions are taken of which only the start is known.
#[derive(Clone, Copy, Debug)]
struct Foreseen {
    /// They lie behind this hour.
    from_h: f64,
    /// What hers are usually with.
    with: With,
    /// How long hers usually run (min), where she writes it down.
    minutes: Option<f64>,
    /// How long hers usually go past the end of flow (min).
    past_flow_min: f64,
}

impl Foreseen {
    fn at(log: &Log, from_h: f64) -> Self {
        Self {
            from_h,
            with: usual(log, from_h),
            minutes: usual_length_min(log, from_h),
            past_flow_min: usual_min(log, from_h),
        }
    }
}

/// The median length of her sessions of the last 14 days before an hour (min); `None` where none is written down.
fn usual_length_min(log: &Log, before_h: f64) -> Option<f64> {
    let length_min = |e: &Event| match e.removal {
        Removal::Pump { minutes, .. } => minutes,
        Removal::Baby { .. } => None,
    };
    let mut lengths_min: Vec<f64> = log.lately(before_h).filter_map(length_min).collect();
    lengths_min.sort_by(f64::total_cmp);
    (!lengths_min.is_empty()).then(|| quantile_of_sorted(&lengths_min, 0.5))
}

fn ahead_by<const B: usize, const N: usize>(
    traits: &Traits,
    log: &Log,
    cuts: &[Foreseen],
    parts: &mut [Vec<(f64, Spread)>],
) {
    let worked = Worked::<B>::of(traits);
    let mut known = Walker::<B, N>::new(&worked, log);
    let first = log.events().len() - parts.len();
    let mut parts = parts.iter_mut();
    for (i, usual) in cuts.iter().enumerate() {
        known.walk_to(usual.from_h);
        let end = cuts.get(i + 1).map_or(f64::INFINITY, |next| next.from_h);
        let mut blind = known.clone();
        while let Some(event) = blind.next_before(end) {
            debug_assert!(blind.place.index > first);
            let seen = blind.step_blind(&event, usual);
            if let (Some(parts), Some(seen)) = (parts.next(), seen) {
                parts.push(seen);
            }
        }
    }
}

impl<const B: usize, const N: usize> Walker<'_, B, N> {
    /// Takes an event of which only the start is known, as one of hers usually is; the forecast of a pump session is its
    /// center (mL) and how far it strays.
    fn step_blind(&mut self, event: &Event, usual: &Foreseen) -> Option<(f64, Spread)> {
        let (removal, is_pump) = match event.removal {
            Removal::Baby { .. } => (Removal::Baby { sides: Sides::Both, drank: None }, false),
            Removal::Pump { .. } => {
                let Foreseen { with, minutes, .. } = *usual;
                let (sides, seen) = (Sides::Both, Seen::Nothing);
                (Removal::Pump { sides, seen, minutes, past_flow_min: None, with }, true)
            }
        };
        let blind = Event { removal, ..*event };
        let past_flow_min = self.foreseen_past_flow_min(usual.from_h, usual.past_flow_min);
        let mut forecast = None;
        for step in self.steps(&blind) {
            let gap = step.gap.map(|gap| Elapsed { past_flow_min, ..gap });
            let step = Step { gap, ..step };
            self.pass(&step);
            forecast = Some(self.place.belief.expected(self.worked, &step));
            self.place.belief.remove(self.worked, &step);
        }
        forecast.filter(|_| is_pump)
    }
}

impl<const B: usize, const N: usize> Belief<B, N> {
    /// Center (mL) of what a removal would bring now, and how far it strays.
    fn expected(&self, w: &Worked<B>, step: &Step) -> (f64, Spread) {
        let reading = Step { reading: None, ..*step };
        let mut aside = *self;
        let removed = aside.remove(w, &reading);
        (removed.expected_ml(), removed.spread())
    }
}

/// What is believed at one hour by every draw.
#[derive(Clone, Debug)]
pub struct Outlook {
    at_h: f64,
    clock_h: f64,
    day: Option<f64>,
    past_flow: PastFlowAhead,
    stands: Vec<Stand>,
}

/// One draw at that hour.
#[derive(Clone, Debug)]
struct Stand {
    mother: Mother,
    held: Vec<Held>,
    mean: Vec<f64>,
    /// Lower Cholesky factor of the covariance, by rows.
    factor: Vec<Vec<f64>>,
}

/// A removal in a future: when (h of the log) and by what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coming {
    /// Hour of the log.
    pub at_h: f64,
    /// What removes.
    pub by: Remover,
}

/// One future, lived through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Future {
    /// What every pump session brought (mL), in order.
    pub output_ml: Vec<f64>,
    /// What was made until the last removal (mL).
    pub made_ml: f64,
}

impl Outlook {
    /// What is believed at an hour, knowing the events of the log before it.
    pub fn at(posterior: &Posterior, log: &Log, hour: f64) -> Self {
        let known = log.before(hour);
        let carried = posterior.carried();
        let shared = carried.shared(&known);
        let stand = |(i, draw): (usize, &Traits)| match draw.breasts() {
            Breasts::One => stand(draw, &known, hour, carried.of_one(i, shared)),
            Breasts::Two => stand(draw, &known, hour, carried.of_two(i, shared)),
        };
        let stands = posterior.draws.iter().enumerate().map(stand).collect();
        let past_flow = PastFlowAhead::at(&known, hour);
        Self { at_h: hour, clock_h: log.clock_h(hour), day: log.day(hour), past_flow, stands }
    }

    /// Minutes past the end of flow along what comes, as hers of the last 14 days were; hours count from the outlook's.
    pub fn past_flow(&self) -> &PastFlowAhead {
        &self.past_flow
    }

    /// The same, every session to come so much longer past the end of flow (min).
    #[must_use]
    pub fn longer_past_flow(self, by_min: f64) -> Self {
        Self { past_flow: self.past_flow.longer(by_min), ..self }
    }

    /// Milk in the breasts at that hour (mL): samples, one per draw, sorted.
    pub fn in_breast_ml(&self, random: &mut Random) -> Vec<f64> {
        let mut ml: Vec<f64> = self.stands.iter().map(|s| s.sample(random).milk_ml()).collect();
        ml.sort_by(f64::total_cmp);
        ml
    }

    /// How many draws there are.
    pub fn draws(&self) -> usize {
        self.stands.len()
    }

    /// The woman of a draw, with what her breasts hold at that hour: a sample of what is believed. `None` where there is
    /// no such draw.
    pub fn sample(&self, draw: usize, random: &mut Random) -> Option<(&Mother, Supply)> {
        self.stands.get(draw).map(|stand| (&stand.mother, stand.sample(random)))
    }

    /// The woman of a draw, with what her breasts are expected to hold at that hour. `None` where there is no such draw.
    pub fn expect(&self, draw: usize) -> Option<(&Mother, Supply)> {
        self.stands.get(draw).map(|stand| (&stand.mother, stand.supply(&stand.mean)))
    }

    /// Lives through `count` futures. `plan` gives the removals of each, in order of time, none before the outlook's hour.
    pub fn futures(
        &self,
        count: usize,
        random: &mut Random,
        mut plan: impl FnMut(&mut Random) -> Vec<Coming>,
    ) -> Vec<Future> {
        (0..count)
            .map(|i| {
                // Every draw is lived through as often as any other, as nearly as the count allows.
                let stand = &self.stands[i * self.stands.len() / count];
                let plan = plan(random);
                self.live(stand, stand.sample(random), &plan, Some(random))
            })
            .collect()
    }

    /// The future each draw expects, without chance.
    pub fn expected(&self, plan: &[Coming]) -> Vec<Future> {
        self.stands.iter().map(|s| self.live(s, s.supply(&s.mean), plan, None)).collect()
    }

    fn live(
        &self,
        stand: &Stand,
        mut supply: Supply,
        plan: &[Coming],
        mut random: Option<&mut Random>,
    ) -> Future {
        let breasts = stand.mother.breasts.len();
        let mut future = Future::default();
        let mut past_flow = self.past_flow.clone();
        let mut now_h = self.at_h;
        for coming in plan {
            let chance = random.as_deref_mut().map(|r| Chance::draw(r, breasts));
            let hours = coming.at_h - now_h;
            let day = |at_h: f64| self.day.map(|day| day + (at_h - self.at_h) / 24.0);
            if hours > 0.0 {
                let from_clock_h = self.clock_h + now_h - self.at_h;
                let past_flow_min = past_flow.minutes(now_h - self.at_h);
                let gap = Gap { from_clock_h, days_after_birth: day(now_h), past_flow_min, ..Gap::of(hours) };
                future.made_ml += supply.advance(&stand.mother, &gap, chance.as_ref());
                now_h = coming.at_h;
            }
            let z = chance.as_ref().map(|c| c.takes.as_slice());
            match coming.by {
                Remover::Pump(minutes) => {
                    // With what she usually pumps with: its multiplier stands where the model keeps that of massage.
                    let alone = Session::both(minutes.unwrap_or(STANDARD_MIN));
                    let session = Session { massaged: true, ..alone };
                    past_flow.pumped(coming.at_h - self.at_h);
                    future
                        .output_ml
                        .push(supply.pump(&stand.mother, &session, day(coming.at_h), z).total_ml());
                }
                Remover::Baby => {
                    supply.suckle(&stand.mother, z);
                }
            }
        }
        future
    }
}

fn stand<const B: usize, const N: usize>(
    traits: &Traits,
    known: &Log,
    hour: f64,
    place: Option<Place<B, N>>,
) -> Stand {
    let worked = Worked::<B>::of(traits);
    let mut walker = Walker::from(&worked, known, place);
    walker.walk_to(hour);
    let belief = walker.rest_until(hour);
    let mut mother = traits.mother();
    mother.pump.massage = traits.multiplier(&usual(known, hour));
    Stand {
        mother,
        held: (0..B).map(|b| Held { milk_ml: belief.mean[b], memory: belief.memory[b] }).collect(),
        mean: belief.mean.to_vec(),
        factor: factor(&belief.cov),
    }
}

/// A lower Cholesky factor; directions without variance get none.
fn factor<const N: usize>(cov: &[[f64; N]; N]) -> Vec<Vec<f64>> {
    let mut l = vec![vec![0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let rest = cov[i][j] - (0..j).map(|k| l[i][k] * l[j][k]).sum::<f64>();
            l[i][j] = if i == j {
                rest.max(0.0).sqrt()
            } else if l[j][j] > 0.0 {
                rest / l[j][j]
            } else {
                0.0
            };
        }
    }
    l
}

impl Stand {
    fn sample(&self, random: &mut Random) -> Supply {
        let z: Vec<f64> = self.mean.iter().map(|_| random.normal()).collect();
        let state: Vec<f64> = self
            .mean
            .iter()
            .zip(&self.factor)
            .map(|(m, row)| m + row.iter().zip(&z).map(|(l, z)| l * z).sum::<f64>())
            .collect();
        self.supply(&state)
    }

    fn supply(&self, state: &[f64]) -> Supply {
        let breasts = self.held.iter().zip(state).map(|(h, ml)| Held { milk_ml: ml.max(0.0), ..*h });
        Supply { breasts: breasts.collect(), wandered: state[self.held.len()] }
    }
}
