//! A session runs its course.

use super::{
    ducts::{Forces, Milk},
    felt,
    plan::{Breasts, Distress, Phase, Plan},
    reflex::{Drive, Pace, Running},
    squeeze::{Decay, Squeeze},
    touch::{Contact, STIMULATING_S, Source, Stage, together},
    watch::{LetDown, Slowing},
};
use crate::{mother::Mother, random::Random};
use alloc::vec::Vec;

/// What happened in a session.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// Milk taken per breast (mL).
    pub taken_ml: Vec<f64>,
    /// Milk left per breast (mL).
    pub left_ml: Vec<f64>,
    /// Milk made meanwhile per breast (mL).
    pub made_ml: Vec<f64>,
    /// Its let-downs, in order.
    pub let_downs: Vec<LetDown>,
    /// When flow had slowed (s).
    pub slowed_s: Option<f64>,
    /// How long it took (s).
    pub seconds: f64,
    /// Why it ended.
    pub ended: Ended,
}

impl Course {
    /// Milk taken of both breasts (mL).
    pub fn total_ml(&self) -> f64 {
        self.taken_ml.iter().sum()
    }

    /// When the first let-down began (s).
    pub fn first_s(&self) -> Option<f64> {
        self.let_downs.first().map(|l| l.at_s)
    }
}

/// Why a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its phases were over.
    Time,
    /// Every baby had what it wanted.
    Appetite,
    /// Flow had slowed, and the minutes after that were over.
    Slowed,
}

/// A session at a moment, for those who draw or record it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment<'a> {
    /// Since its start (s).
    pub t_s: f64,
    /// Milk of each breast.
    pub milk: &'a [Milk],
    /// Oxytocin at the gland (1).
    pub oxytocin: f64,
    /// Contraction (0 to 1).
    pub contraction: f64,
    /// Drive of the next pulse (1).
    pub drive: f64,
    /// How near the next pulse is (0 to 1).
    pub charge: f64,
}

/// Runs a session in steps of [`STEP_S`].
pub fn run(mother: &Mother, breasts: &Breasts, plan: &Plan, random: &mut Random) -> Course {
    run_watched(mother, breasts, plan, random, STEP_S, &mut |_| {})
}

/// The step of [`run`] (s): means of a thousand women differ by less than 0.3 % from those of a step ten times shorter.
pub const STEP_S: f64 = 0.5;

/// Runs a session in steps of `step_s` seconds and shows every one to `watch`.
pub fn run_watched(
    mother: &Mother,
    breasts: &Breasts,
    plan: &Plan,
    random: &mut Random,
    step_s: f64,
    watch: &mut dyn FnMut(&Moment<'_>),
) -> Course {
    let mut run = Run::begin(mother, breasts, plan, random, step_s);
    let mut ended = Ended::Time;
    for phase in &plan.phases {
        ended = run.phase(phase, random, watch);
        if ended == Ended::Slowed {
            break;
        }
    }
    run.end(ended, random)
}

fn contacts(mother: &Mother, phase: &Phase, stage: Stage) -> [Contact; 2] {
    phase.sides.map(|side| Contact::of(&side.on(mother.ejection.massage_helps), stage))
}

struct Run<'a> {
    mother: &'a Mother,
    breasts: &'a Breasts,
    plan: &'a Plan,
    /// What each baby has drunk (mL).
    drunk_ml: [f64; 2],
    step_s: f64,
    t_s: f64,
    decay: Decay,
    reflex: Running,
    squeeze: Squeeze,
    milk: Vec<Milk>,
    let_downs: Vec<LetDown>,
    /// Taken in all when each let-down began (mL).
    before_ml: Vec<f64>,
    slowing: Slowing,
}

impl<'a> Run<'a> {
    fn begin(
        mother: &'a Mother,
        breasts: &'a Breasts,
        plan: &'a Plan,
        random: &mut Random,
        step_s: f64,
    ) -> Self {
        let milk = breasts.milk_ml.iter().map(|m| Milk { alveoli_ml: *m, ..Milk::default() });
        Self {
            mother,
            breasts,
            plan,
            drunk_ml: [0.0; 2],
            step_s,
            t_s: 0.0,
            decay: Decay::over(&mother.ejection.gland, step_s),
            reflex: Running::begin(&mother.ejection.reflex, random),
            squeeze: Squeeze::default(),
            milk: milk.collect(),
            let_downs: Vec::new(),
            before_ml: Vec::new(),
            slowing: Slowing::new(),
        }
    }

    fn phase(&mut self, phase: &Phase, random: &mut Random, watch: &mut dyn FnMut(&Moment<'_>)) -> Ended {
        let ends_s = self.t_s + phase.seconds;
        let mut stage = self.stage();
        let mut touched = contacts(self.mother, phase, stage);
        let (mut drive, mut pace) = self.driven(phase, &touched);
        while self.t_s < ends_s - 1e-9 {
            if self.is_satisfied(phase) {
                return Ended::Appetite;
            }
            let now = self.stage();
            if now != stage {
                stage = now;
                touched = contacts(self.mother, phase, stage);
                (drive, pace) = self.driven(phase, &touched);
            }
            self.step(&pace, phase, &touched, random);
            watch(&self.moment(&drive));
            if self.has_slowed() {
                return Ended::Slowed;
            }
        }
        if self.is_satisfied(phase) { Ended::Appetite } else { Ended::Time }
    }

    fn distress(&self, phase: &Phase) -> Distress {
        phase.distress.on(self.mother.ejection.distress_reaches)
    }

    fn driven(&self, phase: &Phase, contacts: &[Contact; 2]) -> (Drive, Pace) {
        let touch = together(&contacts[..self.milk.len()]);
        let drive = Drive { touch, cues: phase.cues, stress: self.distress(phase).central() };
        (drive, Pace::of(&self.mother.ejection.reflex, &drive, self.step_s))
    }

    fn stage(&self) -> Stage {
        Stage {
            stimulating: self.t_s < STIMULATING_S && self.let_downs.first().is_none_or(|l| l.at_s > self.t_s),
            full: [self.is_full(0), self.is_full(1)],
        }
    }

    fn is_full(&self, who: usize) -> bool {
        self.drunk_ml[who] >= self.plan.appetite_ml[who]
    }

    fn has_slowed(&self) -> bool {
        let slowed = self.plan.stop_after_slow_s.zip(self.slowing.slowed_s);
        slowed.is_some_and(|(more_s, slowed_s)| self.t_s >= slowed_s + more_s)
    }

    fn step(&mut self, pace: &Pace, phase: &Phase, contacts: &[Contact; 2], random: &mut Random) {
        let ejection = &self.mother.ejection;
        self.t_s += self.step_s;
        if let Some(size) = self.reflex.step(&ejection.reflex, pace, self.step_s, random) {
            self.squeeze.pulse(&ejection.gland, self.t_s, size);
            let at_s = self.t_s + ejection.gland.lag_s;
            let unknown =
                LetDown { pulse_s: self.t_s, pulse: size, at_s, volume_ml: 0.0, peak: 0.0, felt: false };
            self.let_downs.push(unknown);
        }
        self.squeeze.step(&self.decay, self.t_s, self.distress(phase).at_the_gland());
        for (i, milk) in self.milk.iter_mut().enumerate() {
            let forces = Forces {
                contraction: self.squeeze.contraction,
                contact: contacts[i],
                storage_ml: self.breasts.storage_ml[i],
                out_of_reach_ml: self.mother.pump.out_of_reach * self.breasts.storage_ml[i],
                makes_ml_per_s: self.breasts.makes_ml_per_h[i] / 3600.0,
            };
            let moved = ejection.ducts.step(milk, &forces, self.step_s);
            if let Source::Baby(baby) = phase.sides[i].source {
                self.drunk_ml[baby.who % 2] += moved.taken_ml - milk.taken_ml;
            }
            *milk = moved;
        }
        self.see();
    }

    fn see(&mut self) {
        let taken_ml = self.milk.iter().map(|m| m.taken_ml).sum();
        let begun = self.let_downs.iter().filter(|l| l.at_s <= self.t_s).count();
        while self.before_ml.len() < begun {
            self.before_ml.push(taken_ml);
        }
        if let Some(last) = begun.checked_sub(1) {
            let peak = &mut self.let_downs[last].peak;
            *peak = peak.max(self.squeeze.contraction);
        }
        let came_s = self.let_downs.first().map(|l| l.at_s);
        self.slowing.see(self.t_s, taken_ml, came_s);
    }

    fn moment(&self, drive: &Drive) -> Moment<'_> {
        Moment {
            t_s: self.t_s,
            milk: &self.milk,
            oxytocin: self.squeeze.at_the_gland(),
            contraction: self.squeeze.contraction,
            drive: if self.reflex.pulses() == 0 {
                drive.first()
            } else {
                drive.touch * libm::exp(-drive.stress)
            },
            charge: self.reflex.charge(),
        }
    }

    /// Whether every mouth at her breasts has had enough; a pump or a hand goes on.
    fn is_satisfied(&self, phase: &Phase) -> bool {
        let sides = &phase.sides[..self.milk.len()];
        let mut fed = false;
        for side in sides {
            match side.source {
                Source::Baby(baby) if self.is_full(baby.who % 2) => fed = true,
                Source::None => {}
                _ => return false,
            }
        }
        fed
    }

    fn end(mut self, ended: Ended, random: &mut Random) -> Course {
        let total_ml: f64 = self.milk.iter().map(|m| m.taken_ml).sum();
        // A pulse whose squeeze has not begun is no let-down of this session.
        self.let_downs.truncate(self.before_ml.len());
        for (k, let_down) in self.let_downs.iter_mut().enumerate() {
            let until_ml = self.before_ml.get(k + 1).copied().unwrap_or(total_ml);
            let_down.volume_ml = until_ml - self.before_ml[k];
            let chance = felt::chance(self.mother.ejection.feels, k == 0, let_down.peak);
            let_down.felt = random.uniform() < chance;
        }
        Course {
            taken_ml: self.milk.iter().map(|m| m.taken_ml).collect(),
            left_ml: self.milk.iter().map(Milk::held_ml).collect(),
            made_ml: self.milk.iter().map(|m| m.made_ml).collect(),
            let_downs: self.let_downs,
            slowed_s: self.slowing.slowed_s,
            seconds: self.t_s,
            ended,
        }
    }
}
