//! The search for the days that cost least: simulated annealing by `argmin`, then descent to the nearest day that no single
//! step betters.
//!
//! Every candidate is lived through by the same women from the same states (common random numbers), so a cost is a number,
//! not an estimate, and the same question has the same answer. Annealing leaves a valley that descent alone would stay in;
//! descent ends where annealing only hovers. `regret` in the tests holds the pair against every day there is.

use super::{
    day::{Day, Room, SLOTS, Sitting},
    score::Judge,
};
use argmin::{
    core::{CostFunction, Error, Executor},
    solver::simulatedannealing::{Anneal, SATempFunc, SimulatedAnnealing},
};
use letdown_model::random::Random;
use rand_xoshiro::{Xoshiro256PlusPlus, rand_core::SeedableRng as _};
use std::cell::RefCell;

/// What is looked through.
pub(super) trait Candidate: Clone + PartialEq {
    /// Its days, by kind.
    fn days(&self) -> Vec<Day>;
    /// Something near, by chance.
    fn moved(&self, rooms: &[Room], random: &mut Random) -> Self;
    /// Everything that is one step away.
    fn neighbours(&self, rooms: &[Room]) -> Vec<Self>;
}

/// How much is looked through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Steps of annealing.
    pub steps: u64,
    /// The most that descent asks for.
    pub asks: usize,
}

/// What was found.
#[derive(Clone, Debug)]
pub(super) struct Found<C> {
    /// The least cost.
    #[cfg(test)]
    pub cost: f64,
    /// Everything that was looked at, with its cost: the least first.
    pub seen: Vec<(f64, C)>,
}

/// Where annealing begins (min a day): about what half a session costs, so that days with one more or less are tried.
const WARM_MIN: f64 = 12.0;
/// How often its temperature halves.
const HALVINGS: f64 = 7.0;
/// Less is no better (min a day).
const BETTER_MIN: f64 = 1e-6;

/// Looks for the candidate that costs least, from a first one.
pub(super) fn search<C: Candidate>(judge: &Judge<'_>, first: C, effort: Effort, seed: u64) -> Found<C> {
    let seen = RefCell::new(Vec::new());
    let problem = Looked { judge, seen: &seen, random: RefCell::new(Random::seeded(seed)) };
    let annealed =
        if effort.steps == 0 { None } else { annealed(problem, first.clone(), effort.steps, seed) };
    let seen_cost = |candidate: &C| {
        let cost = judge.cost(&candidate.days());
        seen.borrow_mut().push((cost, candidate.clone()));
        cost
    };
    let mut starts = vec![first];
    starts.extend(annealed);
    let mut asks = effort.asks;
    // The better of the two, for what is asked is limited.
    starts.reverse();
    for start in starts {
        descend(start, judge.rooms, &seen_cost, &mut asks);
    }
    let mut seen = seen.into_inner();
    seen.sort_by(|a, b| a.0.total_cmp(&b.0));
    Found {
        #[cfg(test)]
        cost: seen.first().map_or(f64::INFINITY, |(cost, _)| *cost),
        seen,
    }
}

struct Looked<'a, C> {
    judge: &'a Judge<'a>,
    seen: &'a RefCell<Vec<(f64, C)>>,
    random: RefCell<Random>,
}

impl<C: Candidate> CostFunction for Looked<'_, C> {
    type Param = C;
    type Output = f64;

    fn cost(&self, candidate: &C) -> Result<f64, Error> {
        let cost = self.judge.cost(&candidate.days());
        self.seen.borrow_mut().push((cost, candidate.clone()));
        Ok(cost)
    }
}

impl<C: Candidate> Anneal for Looked<'_, C> {
    type Param = C;
    type Output = C;
    type Float = f64;

    fn anneal(&self, candidate: &C, _warmth: f64) -> Result<C, Error> {
        Ok(candidate.moved(self.judge.rooms, &mut self.random.borrow_mut()))
    }
}

fn annealed<C: Candidate>(problem: Looked<'_, C>, first: C, steps: u64, seed: u64) -> Option<C> {
    let cooling = (-HALVINGS * std::f64::consts::LN_2 / steps as f64).exp();
    let random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let solver = SimulatedAnnealing::new_with_rng(WARM_MIN, random).ok()?;
    let solver = solver.with_temp_func(SATempFunc::Exponential(cooling));
    let run =
        Executor::new(problem, solver).configure(|state| state.param(first).max_iters(steps)).timer(false);
    run.run().ok()?.state.take_best_param()
}

/// Takes the first step that betters, again and again, until none does.
fn descend<C: Candidate>(start: C, rooms: &[Room], cost: &impl Fn(&C) -> f64, asks: &mut usize) {
    let mut at = (cost(&start), start);
    loop {
        let mut neighbours = at.1.neighbours(rooms).into_iter();
        let better = neighbours.find_map(|candidate| {
            *asks = asks.checked_sub(1)?;
            let cost = cost(&candidate);
            (cost < at.0 - BETTER_MIN).then_some((cost, candidate))
        });
        match better {
            Some(better) => at = better,
            None => return,
        }
    }
}

/// Days of which some may change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Free {
    pub days: Vec<Day>,
    /// Which of them may.
    pub open: Vec<bool>,
    /// Whether massage may be asked for.
    pub massage: bool,
    /// How long her sessions are (min).
    pub usual: Option<u8>,
}

/// How far a session may be moved in one step (places), and the lengths it may have (min).
const STEPS: [i16; 8] = [-1, 1, -2, 2, -4, 4, -8, 8];
const LENGTHS: [u8; 5] = [10, 15, 20, 25, 30];

impl Free {
    fn with(&self, kind: usize, day: Day) -> Self {
        let mut days = self.days.clone();
        if let Some(place) = days.get_mut(kind) {
            *place = day;
        }
        Self { days, ..self.clone() }
    }

    fn kinds(&self) -> Vec<usize> {
        (0..self.days.len()).filter(|kind| self.open.get(*kind).copied().unwrap_or(false)).collect()
    }

    /// A session as a new one would be: as long as most of the day's.
    fn another(day: &Day, slot: u8, room: &Room) -> Sitting {
        let mut lengths: Vec<u8> = day.0.iter().map(|s| s.minutes).collect();
        lengths.sort_unstable();
        let usual = lengths.get(lengths.len() / 2).copied().unwrap_or(15);
        let massage = day.0.first().is_some_and(|s| s.massage);
        Sitting { slot, minutes: usual.min(room.longest_at(slot)), massage }
    }
}

impl Candidate for Free {
    fn days(&self) -> Vec<Day> {
        self.days.clone()
    }

    fn moved(&self, rooms: &[Room], random: &mut Random) -> Self {
        let open = self.kinds();
        for _ in 0..12 {
            let Some(kind) = open.get(random.below(open.len().max(1))).copied() else { break };
            let (Some(day), Some(room)) = (self.days.get(kind), rooms.get(kind)) else { break };
            let place = random.below(day.0.len().max(1));
            let sitting = day.0.get(place).copied();
            let changed = match (random.below(10), sitting) {
                (0 | 1, _) | (_, None) => {
                    day.and(Self::another(day, random.below(usize::from(SLOTS)) as u8, room))
                }
                (2, Some(_)) => day.without(place),
                (3, Some(s)) => {
                    let minutes = LENGTHS[random.below(LENGTHS.len())].min(room.longest_at(s.slot));
                    day.with(place, Sitting { minutes, ..s })
                }
                (4, Some(s)) if self.massage => massaged(day, !s.massage),
                (_, Some(s)) => {
                    let far = STEPS[random.below(STEPS.len())];
                    day.with(place, stepped(s, far, room))
                }
            };
            if changed != *day && room.holds(&changed) {
                return self.with(kind, changed);
            }
        }
        self.clone()
    }

    fn neighbours(&self, rooms: &[Room]) -> Vec<Self> {
        let mut all = Vec::new();
        for kind in self.kinds() {
            let (Some(day), Some(room)) = (self.days.get(kind), rooms.get(kind)) else { continue };
            let mut near: Vec<Day> = Vec::new();
            for (place, s) in day.0.iter().enumerate() {
                near.push(day.without(place));
                near.extend(STEPS.iter().map(|far| day.with(place, stepped(*s, *far, room))));
                let lengths = LENGTHS.iter().filter(|m| **m <= room.longest_at(s.slot));
                near.extend(
                    lengths.chain(&self.usual).map(|m| day.with(place, Sitting { minutes: *m, ..*s })),
                );
            }
            let longer = |by: i16| Day(day.0.iter().map(|s| lengthened(*s, by, room)).collect());
            near.extend([longer(-5), longer(5)]);
            if self.massage {
                near.extend([massaged(day, true), massaged(day, false)]);
            }
            near.extend((0..SLOTS).step_by(2).map(|slot| day.and(Self::another(day, slot, room))));
            near.retain(|changed| changed != day && room.holds(changed));
            all.extend(near.into_iter().map(|day| self.with(kind, day)));
        }
        all
    }
}

fn stepped(sitting: Sitting, far: i16, room: &Room) -> Sitting {
    let slot = (i16::from(sitting.slot) + far).rem_euclid(i16::from(SLOTS)) as u8;
    Sitting { slot, minutes: sitting.minutes.min(room.longest_at(slot)), ..sitting }
}

fn lengthened(sitting: Sitting, by_min: i16, room: &Room) -> Sitting {
    let minutes = (i16::from(sitting.minutes) + by_min)
        .clamp(i16::from(LENGTHS[0]), i16::from(room.longest_at(sitting.slot)).max(i16::from(LENGTHS[0])));
    Sitting { minutes: minutes as u8, ..sitting }
}

fn massaged(day: &Day, massage: bool) -> Day {
    Day(day.0.iter().map(|s| Sitting { massage, ..*s }).collect())
}

/// A day from which one session after the other is given up.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Farewell {
    pub day: Day,
    /// The places of its sessions, in the order in which they go.
    pub order: Vec<usize>,
    /// Whether the next to go is shorter first.
    pub shorter: bool,
}

/// How much of a session is left before it goes.
const SHORTER: f64 = 0.6;

impl Candidate for Farewell {
    fn days(&self) -> Vec<Day> {
        let gone = |n: usize| {
            let left = self.day.0.iter().enumerate().filter(|(i, _)| !self.order[..n].contains(i));
            let next = self.order.get(n).filter(|_| self.shorter);
            let minutes = |i: usize, s: &Sitting| match next {
                Some(next) if *next == i => (f64::from(s.minutes) * SHORTER).ceil() as u8,
                _ => s.minutes,
            };
            Day(left.map(|(i, s)| Sitting { minutes: minutes(i, s), ..*s }).collect())
        };
        (0..=self.order.len()).map(gone).collect()
    }

    fn moved(&self, _: &[Room], random: &mut Random) -> Self {
        let mut order = self.order.clone();
        let count = order.len();
        if 1 < count {
            let (a, b) = (random.below(count), random.below(count));
            order.swap(a, b);
        }
        Self { order, ..self.clone() }
    }

    fn neighbours(&self, _: &[Room]) -> Vec<Self> {
        let count = self.order.len();
        let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b)));
        let swapped = |(a, b): (usize, usize)| {
            let mut order = self.order.clone();
            order.swap(a, b);
            Self { order, ..self.clone() }
        };
        pairs.map(swapped).collect()
    }
}
