//! Weeks of a life without chance, event by event, quickly: the answers of [`crate::life::live`] at a fraction of its time.
//!
//! What is the same for a whole life is computed once: the tabulated curve of filling ([`crate::filling_curve`]), the share of
//! a standard session, the ceiling. Clock and storage capacity at the end of one gap are those at the start of the next. What
//! remains of a gap is a look-up per breast and a few exponentials, and `W` women who keep the same times go through them
//! side by side, because a processor that waits for one can work for another: eight are good. Where something rare begins (a
//! leak, the ceiling, the first weeks' activation) the exact equations are called as they are.
//!
//! Nothing is allocated per event, and nothing grows with the length of a life. Against `live` every volume agrees to 1e-6
//! (tested). Left out: chance and derivatives; `live` and a fit have them.

use crate::{
    activation::GRADUAL_H,
    demand::{Lived, Memory, RETENTION_FROM, RETENTION_GRADUAL, straight},
    filling_curve::FillingCurve,
    lanes::{Lanes, sin_cos_of_quarters},
    life::{By, Planned, Start},
    mother::{Breast, Mother, Wander},
    number::Number,
    past_flow::PastFlow,
    removal::{MOST, STANDARD_MIN, Session, Sides, logistic, stomach_cap_ml},
    rhythm::OMEGA,
    supply::{Held, Supply},
};
use alloc::vec::Vec;

/// `W` lives on their way, side by side.
#[derive(Clone, Debug)]
pub struct Cohort<'a, const W: usize = 1> {
    mothers: [&'a Mother; W],
    starts: [&'a Start; W],
    traits: Traits<W>,
    /// The first breast of each, then the second.
    breasts: Vec<Breasts<W>>,
    now: Now<W>,
    days_after_birth: [Option<f64>; W],
    wandered: Lanes<W>,
    carried_ml: Lanes<W>,
    /// Of what comes, the same for all; and what each remembers of before.
    past_flow: PastFlow,
    past_before: [PastFlow; W],
    taken_ml: Vec<[f64; W]>,
}

/// What stays the same for a whole life.
#[derive(Clone, Debug)]
struct Traits<const W: usize> {
    curve: FillingCurve<W>,
    /// Of the rhythm, seen from hour 0.
    cosine: Lanes<W>,
    sine: Lanes<W>,
    memory_h: Lanes<W>,
    set_fullness: Lanes<W>,
    gain_per_day: Lanes<W>,
    return_per_day: Lanes<W>,
    retention_per_day: Lanes<W>,
    past_flow_per_day: Lanes<W>,
    ln_ceiling: Lanes<W>,
    /// The share a standard session takes, without and with massage.
    pump_share: [Lanes<W>; 2],
    pace_min: Lanes<W>,
    out_of_reach: Lanes<W>,
    baby_share: Lanes<W>,
}

/// One breast of each.
#[derive(Clone, Copy, Debug)]
struct Breasts<const W: usize> {
    capacity_ml_per_h: Lanes<W>,
    /// Once established, early, and at this moment.
    storage_ml: Lanes<W>,
    early_storage_ml: Lanes<W>,
    storage_now_ml: Lanes<W>,
    per_storage_now: Lanes<W>,
    milk_ml: Lanes<W>,
    memory_fullness: Lanes<W>,
    ln_capacity: Lanes<W>,
}

/// What belongs to the moment.
#[derive(Clone, Copy, Debug)]
struct Now<const W: usize> {
    at_h: f64,
    /// Sine and cosine of the time of day, counted from hour 0.
    sin: f64,
    cos: f64,
    /// How much of the way from early to established storage is still to go, where anyone's day is known.
    to_grow: Option<Lanes<W>>,
}

/// A gap as both breasts live through it.
#[derive(Clone, Copy)]
struct Passed<const W: usize> {
    hours: f64,
    activation: [f64; W],
    early: [bool; W],
    past_flow_min: Lanes<W>,
    /// What an unbraked breast makes in it, per mL/h of capacity (h).
    full_rate_h: Lanes<W>,
    /// What remembered fullness keeps, at the end and on average over the gap.
    decay: Lanes<W>,
    share: Lanes<W>,
    /// What a deviation of ln C keeps, and what a drive of 1/day brings (day).
    held: Lanes<W>,
    freed: Lanes<W>,
    /// Drive of ln C per unit of `F0 - F`, and what past flow adds (1/day).
    gain: Lanes<W>,
    past_flow: Lanes<W>,
}

/// Gaps shorter than this are one removal for the equations (h), as in [`crate::life`].
const SHORTEST_GAP_H: f64 = 1e-6;

impl<'a, const W: usize> Cohort<'a, W> {
    /// Picks lives up. A woman of one virtual breast beside women of two has an empty second one.
    pub fn new(mothers: [&'a Mother; W], starts: [&'a Start; W]) -> Self {
        let count = mothers.iter().map(|m| m.breasts.len()).max().unwrap_or(0);
        let days_after_birth = starts.map(|s| s.days_after_birth);
        let now = Now::at(0.0, &days_after_birth);
        let mut breasts: Vec<_> = (0..count).map(|i| Breasts::of(i, &mothers, &starts)).collect();
        for breast in &mut breasts {
            breast.grow(&now);
        }
        Self {
            mothers,
            starts,
            traits: Traits::of(&mothers, &starts),
            breasts,
            now,
            days_after_birth,
            wandered: Lanes(starts.map(|s| s.supply.wandered)),
            carried_ml: Lanes::all(0.0),
            past_flow: PastFlow::default(),
            past_before: starts.map(|s| s.past_flow.clone()),
            taken_ml: alloc::vec![[0.0; W]; count],
        }
    }

    /// Lives on to a removal, and says what it took (mL): of the first breast of each woman, then of the second.
    ///
    /// ```
    /// use letdown_model::{cohort::Cohort, life::{By, Planned, Start}, mother::Mother, removal::Session, supply::Supply};
    /// let her = Mother::typical();
    /// let start = Start::established(Supply::steady(&her), 0.0);
    /// let mut cohort = Cohort::new([&her], [&start]);
    /// let mut year_ml = 0.0;
    /// for i in 1..=365 * 8 {
    ///     let pumped = Planned { at_h: 3.0 * f64::from(i), by: By::Pump(Session::both(15.0)) };
    ///     year_ml += cohort.step(&pumped).iter().map(|[ml]| ml).sum::<f64>();
    /// }
    /// assert!((600.0..1000.0).contains(&(year_ml / 365.0)));
    /// ```
    pub fn step(&mut self, planned: &Planned) -> &[[f64; W]] {
        let hours = planned.at_h - self.now.at_h;
        if hours > SHORTEST_GAP_H {
            self.advance(hours, planned.at_h);
        }
        match planned.by {
            By::Pump(session) => self.pump(&session),
            By::Milking { table, sides, minutes, past_flow_min } => {
                self.past_flow.add(self.now.at_h, past_flow_min);
                self.milk(table, sides, minutes);
            }
            By::Baby { sides, wanted_ml } => self.nurse(sides, wanted_ml),
            By::Nothing => self.taken_ml.fill([0.0; W]),
        }
        &self.taken_ml
    }

    /// How full each breast is now (1): the first of each woman, then the second.
    pub fn fullness(&self) -> impl Iterator<Item = [f64; W]> + '_ {
        self.breasts.iter().map(|b| b.fullness().0)
    }

    /// What each woman's breasts hold and remember now.
    pub fn supplies(&self) -> [Supply; W] {
        core::array::from_fn(|l| Supply {
            breasts: self.breasts.iter().take(self.mothers[l].breasts.len()).map(|b| b.held(l)).collect(),
            wandered: self.wandered.0[l],
        })
    }

    fn advance(&mut self, hours: f64, until_h: f64) {
        let then = Now::at(until_h, &self.days_after_birth);
        let passed = self.passed(hours, &then);
        for breasts in &mut self.breasts {
            let capacity_ml_per_h = breasts.capacity_ml_per_h * breasts.ln_capacity.exp();
            let charge = capacity_ml_per_h * passed.full_rate_h * breasts.per_storage_now;
            let filled = self.traits.curve.fill(breasts.fullness().0, charge.0, hours);
            breasts.milk_ml = Lanes(filled.fullness) * breasts.storage_now_ml;
            breasts.remember(&self.mothers, &self.traits, &passed, Lanes(filled.mean_fullness));
            breasts.grow(&then);
        }
        self.now = then;
    }

    fn passed(&mut self, hours: f64, then: &Now<W>) -> Passed<W> {
        let Traits { cosine, sine, memory_h, return_per_day, gain_per_day, past_flow_per_day, .. } =
            self.traits;
        let turned = cosine * (then.sin - self.now.sin) + sine * (self.now.cos - then.cos);
        let (activation, early) = self.stage(hours);
        let plastic = Lanes::of(|l| if early[l] { self.mothers[l].demand.early_gain } else { 1.0 });
        let x = Lanes(activation) * hours / memory_h;
        let returned = return_per_day * (hours / 24.0);
        let (decay, held) = ((x * -1.0).exp(), (return_per_day * (-hours / 24.0)).exp());
        let (lost, loosened) = (decay * -1.0 + 1.0, held * -1.0 + 1.0);
        let past_flow_min = self.past_flow_min();
        Passed {
            hours,
            activation,
            early,
            past_flow_min,
            full_rate_h: Lanes(activation) * (turned / OMEGA + hours) * self.wander(hours),
            decay,
            share: Lanes::of(|l| if x.0[l] < 1e-8 { 1.0 } else { lost.0[l] / x.0[l] }),
            held,
            freed: Lanes::of(|l| {
                straight(returned.0[l]).map_or(loosened.0[l] / return_per_day.0[l], |s| s * hours / 24.0)
            }),
            gain: gain_per_day * Lanes(activation) * plastic,
            past_flow: past_flow_per_day * (past_flow_min / 10.0),
        }
    }

    /// Minutes past the end of flow within the day before now.
    fn past_flow_min(&mut self) -> Lanes<W> {
        let (now_h, shared_min) = (self.now.at_h, self.past_flow.minutes(self.now.at_h));
        let mut each = Lanes::all(shared_min);
        for (minutes, before) in each.0.iter_mut().zip(&mut self.past_before) {
            *minutes += before.minutes(now_h);
        }
        each
    }

    /// Mean activation in the gap that begins, and whether that is in the first 14 days.
    fn stage(&self, hours: f64) -> ([f64; W], [bool; W]) {
        let (mut mean, mut early) = ([1.0; W], [false; W]);
        for l in 0..W {
            let Some(day) = self.day(l) else { continue };
            let (from_h, activation) = (24.0 * day, &self.mothers[l].activation);
            // Later the sigmoid is 1 to the last bit.
            if from_h < activation.half_h + 40.0 * GRADUAL_H {
                mean[l] = activation.mean(from_h, from_h + hours);
            }
            early[l] = day < 14.0;
        }
        (mean, early)
    }

    /// Lets wandering fade; returns what it multiplies capacity by.
    fn wander(&mut self, hours: f64) -> Lanes<W> {
        if self.wandered == Lanes::all(0.0) {
            return Lanes::all(1.0);
        }
        self.wandered *= Wander::over(hours).0;
        self.wandered.exp()
    }

    fn day(&self, l: usize) -> Option<f64> {
        self.days_after_birth[l].map(|d| d + self.now.at_h / 24.0)
    }

    /// As [`Supply::pump`].
    fn pump(&mut self, session: &Session) {
        self.past_flow.add(self.now.at_h, session.past_flow_min);
        let Traits { pace_min, out_of_reach, pump_share, .. } = self.traits;
        let standard_share = pump_share[usize::from(session.massaged)];
        for (i, breasts) in self.breasts.iter_mut().enumerate() {
            let within_ml = (breasts.milk_ml - out_of_reach * breasts.storage_now_ml).max(Lanes::all(0.0));
            let progress = progress(session.minutes, pace_min, breasts.fullness());
            let share = (standard_share * progress).min(Lanes::all(MOST));
            let taken_ml = where_reached(share * within_ml, session.sides, i, &self.mothers);
            breasts.milk_ml -= taken_ml;
            self.taken_ml[i] = taken_ml.0;
        }
    }

    /// As [`Supply::milk`].
    fn milk(&mut self, table: usize, sides: Sides, minutes: f64) {
        for (i, breasts) in self.breasts.iter_mut().enumerate() {
            let fullness = breasts.fullness();
            let share = Lanes::of(|l| {
                let table = self.starts[l].tables.get(table);
                let sd = self.mothers[l].pump.session_logit_sd;
                table.map_or(0.0, |t| t.taken_by_chance(minutes, fullness.0[l], sd, 0.0))
            });
            let taken_ml = (share * breasts.storage_now_ml).min(breasts.milk_ml);
            let taken_ml = where_reached(taken_ml, sides, i, &self.mothers);
            breasts.milk_ml -= taken_ml;
            self.taken_ml[i] = taken_ml.0;
        }
    }

    /// As [`Supply::nurse`].
    fn nurse(&mut self, sides: Sides, wanted_ml: f64) {
        let hungry_ml = self.carried_ml + wanted_ml;
        let caps_ml = Lanes::of(|l| self.day(l).map_or(f64::INFINITY, stomach_cap_ml));
        let (room_ml, mut drunk_ml) = (hungry_ml.min(caps_ml), Lanes::all(0.0));
        for (i, breasts) in self.breasts.iter_mut().enumerate() {
            let most_ml = where_reached(self.traits.baby_share * breasts.milk_ml, sides, i, &self.mothers);
            let taken_ml = most_ml.min(room_ml - drunk_ml);
            breasts.milk_ml -= taken_ml;
            drunk_ml += taken_ml;
            self.taken_ml[i] = taken_ml.0;
        }
        self.carried_ml = (hungry_ml - drunk_ml).min(Lanes::all(2.0 * wanted_ml));
    }
}

impl<const W: usize> Traits<W> {
    fn of(mothers: &[&Mother; W], starts: &[&Start; W]) -> Self {
        let each = |f: fn(&Mother) -> f64| Lanes(mothers.map(f));
        // The rhythm turned back to hour 0, so that one sine and one cosine serve all.
        let turned = |l: usize| {
            let (sin, cos) = sin_cos_of_quarters(starts[l].clock_h / 6.0);
            let rhythm = &mothers[l].rhythm;
            (rhythm.cosine * cos + rhythm.sine * sin, rhythm.sine * cos - rhythm.cosine * sin)
        };
        Self {
            curve: FillingCurve::new(mothers.map(|m| m.brake)),
            cosine: Lanes::of(|l| turned(l).0),
            sine: Lanes::of(|l| turned(l).1),
            memory_h: each(|m| m.demand.memory_h),
            set_fullness: each(|m| m.demand.set_fullness),
            gain_per_day: each(|m| m.demand.gain_per_day),
            return_per_day: each(|m| m.demand.return_per_day),
            retention_per_day: each(|m| m.demand.retention_per_day),
            past_flow_per_day: each(|m| m.demand.past_flow_per_day),
            ln_ceiling: each(|m| libm::log(m.demand.ceiling)),
            pump_share: [
                each(|m| m.pump.standard_share(false, 0.0)),
                each(|m| m.pump.standard_share(true, 0.0)),
            ],
            pace_min: each(|m| m.pump.pace_min),
            out_of_reach: each(|m| m.pump.out_of_reach),
            baby_share: each(|m| logistic(m.baby.share_logit)),
        }
    }
}

impl<const W: usize> Breasts<W> {
    fn of(i: usize, mothers: &[&Mother; W], starts: &[&Start; W]) -> Self {
        let breast = mothers.map(|m| m.breasts.get(i).copied().unwrap_or(NO_BREAST));
        let held = starts.map(|s| s.supply.breasts.get(i).copied().unwrap_or(NOTHING_HELD));
        Self {
            capacity_ml_per_h: Lanes(breast.map(|b| b.capacity_ml_per_h)),
            storage_ml: Lanes(breast.map(|b| b.storage_ml)),
            early_storage_ml: Lanes(breast.map(|b| b.early_storage_ml)),
            storage_now_ml: Lanes(breast.map(|b| b.storage_ml)),
            per_storage_now: Lanes(breast.map(|b| 1.0 / b.storage_ml)),
            milk_ml: Lanes(held.map(|h| h.milk_ml)),
            memory_fullness: Lanes(held.map(|h| h.memory.fullness)),
            ln_capacity: Lanes(held.map(|h| h.memory.ln_capacity)),
        }
    }

    fn held(&self, l: usize) -> Held {
        Held { milk_ml: self.milk_ml.0[l], memory: self.memory(l) }
    }

    fn memory(&self, l: usize) -> Memory {
        Memory { fullness: self.memory_fullness.0[l], ln_capacity: self.ln_capacity.0[l] }
    }

    #[inline]
    fn fullness(&self) -> Lanes<W> {
        self.milk_ml * self.per_storage_now
    }

    /// As [`Breast::storage_at_ml`].
    #[inline]
    fn grow(&mut self, now: &Now<W>) {
        let Some(to_grow) = now.to_grow else { return };
        self.storage_now_ml = self.storage_ml - (self.storage_ml - self.early_storage_ml) * to_grow;
        self.per_storage_now = Lanes::all(1.0) / self.storage_now_ml;
    }

    /// As [`crate::demand::Demand::after`].
    #[inline]
    fn remember(
        &mut self,
        mothers: &[&Mother; W],
        traits: &Traits<W>,
        passed: &Passed<W>,
        mean_fullness: Lanes<W>,
    ) {
        let distance = self.memory_fullness - mean_fullness;
        let mean_memory = mean_fullness + distance * passed.share;
        let drive = passed.gain * (traits.set_fullness - mean_memory) + passed.past_flow
            - traits.retention_per_day * retention(mean_memory);
        let mut ln_capacity = self.ln_capacity * passed.held + drive * passed.freed;
        let highest = ln_capacity.max(self.ln_capacity);
        for (l, mother) in mothers.iter().enumerate() {
            if highest.0[l] > traits.ln_ceiling.0[l] {
                ln_capacity.0[l] = passed.below_ceiling(l, mother, self.memory(l), mean_fullness.0[l]);
            }
        }
        self.memory_fullness = mean_fullness + distance * passed.decay;
        self.ln_capacity = ln_capacity;
    }
}

impl<const W: usize> Passed<W> {
    #[cold]
    fn below_ceiling(&self, l: usize, mother: &Mother, before: Memory, mean_fullness: f64) -> f64 {
        let lived = Lived {
            mean_fullness,
            hours: self.hours,
            activation: self.activation[l],
            early: self.early[l],
            past_flow_min: self.past_flow_min.0[l],
        };
        mother.demand.after(&before, &lived).memory.ln_capacity
    }
}

const NO_BREAST: Breast = Breast { capacity_ml_per_h: 0.0, storage_ml: 1.0, early_storage_ml: 1.0 };
const NOTHING_HELD: Held = Held { milk_ml: 0.0, memory: Memory { fullness: 0.0, ln_capacity: 0.0 } };
/// Its storage capacity is the share of the way still to go.
const ONE_EARLY_ML: Breast = Breast { capacity_ml_per_h: 0.0, storage_ml: 0.0, early_storage_ml: 1.0 };

impl<const W: usize> Now<W> {
    #[inline]
    fn at(at_h: f64, days_after_birth: &[Option<f64>; W]) -> Self {
        let (sin, cos) = sin_cos_of_quarters(at_h / 6.0);
        let to_grow =
            |day: Option<f64>| day.map_or(0.0, |d| ONE_EARLY_ML.storage_at_ml(Some(d + at_h / 24.0)));
        let known = days_after_birth.iter().any(Option::is_some);
        Self { at_h, sin, cos, to_grow: known.then(|| Lanes(days_after_birth.map(to_grow))) }
    }
}

/// As the retention in [`crate::demand::Demand::after`].
#[inline]
fn retention<const W: usize>(mean_memory: Lanes<W>) -> Lanes<W> {
    let away = (mean_memory - RETENTION_FROM) * (-1.0 / RETENTION_GRADUAL);
    Lanes::all(1.0) / (away.exp() + 1.0)
}

/// As [`crate::removal::PumpResponse::progress`].
#[inline]
fn progress<const W: usize>(minutes: f64, pace_min: Lanes<W>, fullness: Lanes<W>) -> Lanes<W> {
    if minutes == STANDARD_MIN {
        return Lanes::all(1.0);
    }
    let per_min = Lanes::all(-1.0) / (pace_min * (fullness + 1.0));
    let done = |minutes: f64| (per_min * minutes).exp() * -1.0 + 1.0;
    done(minutes) / done(STANDARD_MIN)
}

/// What is taken where breast `i` is reached, and 0 where it is not.
#[inline]
fn where_reached<const W: usize>(
    taken_ml: Lanes<W>,
    sides: Sides,
    i: usize,
    mothers: &[&Mother; W],
) -> Lanes<W> {
    match sides {
        Sides::Both => taken_ml,
        side => Lanes::of(|l| if side.reach(i, mothers[l].breasts.len()) { taken_ml.0[l] } else { 0.0 }),
    }
}
