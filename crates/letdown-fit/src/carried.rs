//! What every draw believes where a log ends, carried on from there.
//!
//! A walk along a whole log is what a gradient costs; one more session is a step. So the beliefs of all draws are kept at
//! a few places near the end of the log they were fitted to, with the log-likelihood up to there. A log that goes on from
//! one of these places is walked from it.

use crate::{
    belief::Belief,
    log::{Breasts, Event, Log},
    past_flow::minutes_foreseen,
    steps::{Begin, Elapsed, Step, steps_of},
    traits::Traits,
    unlogged::{Fork, halves},
    worked::Worked,
};

/// A belief on its way along a log.
#[derive(Clone)]
pub(crate) struct Walker<'a, const B: usize, const N: usize> {
    pub worked: &'a Worked<B>,
    log: &'a Log,
    pub place: Place<B, N>,
}

/// Where a walk stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<const B: usize, const N: usize> {
    pub belief: Belief<B, N>,
    /// Events behind it.
    pub index: usize,
    at_h: Option<f64>,
    /// Of all readings behind it.
    pub ln_likelihood: f64,
}

impl<'a, const B: usize, const N: usize> Walker<'a, B, N> {
    pub(crate) fn new(worked: &'a Worked<B>, log: &'a Log) -> Self {
        let belief = Belief::first(worked, &Begin::of(log));
        Self { worked, log, place: Place { belief, index: 0, at_h: None, ln_likelihood: 0.0 } }
    }

    pub(crate) fn from(worked: &'a Worked<B>, log: &'a Log, place: Option<Place<B, N>>) -> Self {
        let new = Self::new(worked, log);
        Self { place: place.unwrap_or(new.place), ..new }
    }

    pub(crate) fn next_before(&mut self, hour: f64) -> Option<Event> {
        let event = self.log.events().get(self.place.index).filter(|e| e.at_h < hour)?;
        self.place.index += 1;
        Some(*event)
    }

    /// Learns from everything before an hour.
    pub(crate) fn walk_to(&mut self, hour: f64) {
        while let Some(event) = self.next_before(hour) {
            let from_h = self.place.at_h.unwrap_or(event.at_h);
            let doubted = self.log.is_doubted(self.place.index - 1);
            if let Some(halves) = doubted.then(|| halves(self.log, from_h, event.at_h)).flatten() {
                let steps: Vec<Step> = self.steps(&event).collect();
                let fork = Fork::through(&mut self.place.belief, self.worked, &steps, &halves);
                self.place.ln_likelihood += fork.likelihood;
                continue;
            }
            for step in self.steps(&event) {
                self.pass(&step);
                self.place.ln_likelihood += self.place.belief.remove(self.worked, &step).likelihood();
            }
        }
    }

    pub(crate) fn steps(&mut self, event: &Event) -> impl Iterator<Item = Step> + use<B, N> {
        let from_h = self.place.at_h.replace(event.at_h).unwrap_or(event.at_h);
        steps_of(self.log, event, from_h)
    }

    pub(crate) fn pass(&mut self, step: &Step) {
        if let Some(gap) = &step.gap {
            self.place.belief.pass(self.worked, gap);
        }
    }

    /// Minutes past the end of flow that the gap ahead remembers, where sessions behind an hour are as hers usually are.
    pub(crate) fn foreseen_past_flow_min(&self, known_before_h: f64, usual_min: f64) -> f64 {
        self.place.at_h.map_or(0.0, |at_h| minutes_foreseen(self.log, at_h, known_before_h, usual_min))
    }

    /// The belief at an hour behind the last event walked.
    pub(crate) fn rest_until(mut self, hour: f64) -> Belief<B, N> {
        if let Some(gap) = self.place.at_h.and_then(|from_h| Elapsed::between(self.log, from_h, hour)) {
            self.place.belief.pass(self.worked, &gap);
        }
        self.place.belief
    }
}

/// How long before its end a log is kept at hand (h): an entry that is corrected is mostly a late one.
const KEPT_H: [f64; 4] = [0.0, 24.0, 72.0, 720.0];

/// The places of all draws, near the end of one log.
#[derive(Clone, Debug)]
pub(crate) struct Carried {
    log: Log,
    each: Each,
}

/// The places of each draw, the latest first.
#[derive(Clone, Debug)]
enum Each {
    One(Vec<Vec<Place<1, 2>>>),
    Two(Vec<Vec<Place<2, 3>>>),
}

impl Carried {
    /// Walks a log with every draw.
    pub(crate) fn along(draws: &[Traits], log: &Log) -> Self {
        let each = match log.breasts() {
            Breasts::One => Each::One(by_each(draws, |_, d| places(d, log, &[]))),
            Breasts::Two => Each::Two(by_each(draws, |_, d| places(d, log, &[]))),
        };
        Self { log: log.clone(), each }
    }

    /// The same draws at the end of another log that tells the same breasts apart.
    pub(crate) fn onto(&self, draws: &[Traits], log: &Log) -> Self {
        let shared = self.shared(log);
        let each = match &self.each {
            Each::One(all) => Each::One(by_each(draws, |i, d| places(d, log, known(all, i, shared)))),
            Each::Two(all) => Each::Two(by_each(draws, |i, d| places(d, log, known(all, i, shared)))),
        };
        Self { log: log.clone(), each }
    }

    /// `ln p` of the whole log under every draw.
    pub(crate) fn ln_likelihoods(&self) -> Vec<f64> {
        fn last<const B: usize, const N: usize>(all: &[Vec<Place<B, N>>]) -> Vec<f64> {
            all.iter().map(|p| p.first().map_or(f64::NEG_INFINITY, |p| p.ln_likelihood)).collect()
        }
        match &self.each {
            Each::One(all) => last(all),
            Each::Two(all) => last(all),
        }
    }

    /// Some of the draws, by their place.
    pub(crate) fn chosen(&self, places: &[usize]) -> Self {
        fn of<T: Clone>(all: &[T], places: &[usize]) -> Vec<T> {
            places.iter().map(|i| all[*i].clone()).collect()
        }
        let each = match &self.each {
            Each::One(all) => Each::One(of(all, places)),
            Each::Two(all) => Each::Two(of(all, places)),
        };
        Self { log: self.log.clone(), each }
    }

    /// How many of its first events another log shares.
    pub(crate) fn shared(&self, log: &Log) -> usize {
        let doubts_alike = |i: usize| self.log.is_doubted(i) == log.is_doubted(i);
        let alike = |(i, (a, b)): &(usize, (&Event, &Event))| a == b && doubts_alike(*i);
        let same_clock = self.log.clock_h(0.0) == log.clock_h(0.0)
            && self.log.day(0.0) == log.day(0.0)
            && self.log.breasts() == log.breasts();
        let both = self.log.events().iter().zip(log.events()).enumerate();
        if same_clock { both.take_while(alike).count() } else { 0 }
    }
}

impl Carried {
    /// Where a draw of one virtual breast stands latest on another log.
    pub(crate) fn of_one(&self, draw: usize, shared: usize) -> Option<Place<1, 2>> {
        match &self.each {
            Each::One(all) => known(all, draw, shared).first().copied(),
            Each::Two(_) => None,
        }
    }

    /// Where a draw of two breasts stands latest on another log.
    pub(crate) fn of_two(&self, draw: usize, shared: usize) -> Option<Place<2, 3>> {
        match &self.each {
            Each::Two(all) => known(all, draw, shared).first().copied(),
            Each::One(_) => None,
        }
    }
}

/// The places of a draw at or before the last event that is shared.
fn known<const B: usize, const N: usize>(
    all: &[Vec<Place<B, N>>],
    draw: usize,
    shared: usize,
) -> &[Place<B, N>] {
    let each = all.get(draw).map_or(&[][..], Vec::as_slice);
    &each[each.partition_point(|p| p.index > shared)..]
}

/// The places of one draw along a log, the latest first, going on from the latest of those that are known.
fn places<const B: usize, const N: usize>(
    draw: &Traits,
    log: &Log,
    known: &[Place<B, N>],
) -> Vec<Place<B, N>> {
    let worked = Worked::<B>::of(draw);
    let mut walker = Walker::from(&worked, log, known.first().copied());
    let end_h = log.events().last().map_or(0.0, |e| e.at_h);
    let mut places = Vec::with_capacity(KEPT_H.len());
    for before_h in KEPT_H.iter().rev() {
        let until_h = if *before_h == 0.0 { f64::INFINITY } else { end_h - before_h };
        walker.walk_to(until_h);
        places.push(walker.place);
    }
    places.reverse();
    places.dedup_by_key(|p| p.index);
    places
}

/// One value for every draw; side by side where there are threads.
fn by_each<T: Send>(draws: &[Traits], one: impl Fn(usize, &Traits) -> T + Sync) -> Vec<T> {
    let at_once = if cfg!(target_family = "wasm") {
        1
    } else {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    };
    let part = draws.len().div_ceil(at_once).max(1);
    let run = |(from, some): (usize, &[Traits])| -> Vec<T> {
        some.iter().enumerate().map(|(i, d)| one(from + i, d)).collect()
    };
    let parts = draws.chunks(part).enumerate().map(|(i, some)| (i * part, some));
    if at_once == 1 {
        return parts.flat_map(run).collect();
    }
    std::thread::scope(|scope| {
        let running: Vec<_> = parts.map(|p| scope.spawn(move || run(p))).collect();
        running
            .into_iter()
            .flat_map(|r| r.join().unwrap_or_else(|lost| std::panic::resume_unwind(lost)))
            .collect()
    })
}
