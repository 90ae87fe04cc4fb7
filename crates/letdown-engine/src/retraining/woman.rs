//! One woman as far as learning goes: her reflex, how fast it learns, how strongly her baby sucks, her usual stress.
//!
//! Traits are drawn from the [population](letdown_model::population). What no population tells is judged, and wide: how far
//! cues compete is anything from not at all to fully (`mu` 0 to 1), suck strength 0.15 to 1 growing by up to 0.006 a day,
//! usual stress 0.3 give or take 0.3.

use super::{
    first_pulse::{comes_at, still_waiting},
    occasion::{At, Occasion},
};
use letdown_model::{
    learning::{Learned, Learning, REWARD_WITHIN_S},
    population,
    random::Random,
    session::{felt, reflex::CUES_AT_MOST, touch::PUMP_TOUCH},
};

/// One woman as far as learning goes.
#[derive(Clone, Debug)]
pub(super) struct Woman {
    pub learning: Learning,
    pub gain_per_s: f64,
    pub forgets_s: f64,
    pub pulse: f64,
    pub lag_s: f64,
    pub reaches: f64,
    pub feels: f64,
    pub suck: f64,
    pub suck_per_day: f64,
    /// Stress as it is these days, around what is usual for her (`s_c`).
    pub stress: f64,
    pub usual_stress: f64,
    pub learned: Learned,
}

const USUAL_STRESS: (f64, f64) = (0.3, 0.3);
const WANDERS_A_SESSION: f64 = 0.04;
const BACK_A_SESSION: f64 = 0.02;
const LEAST_SUCK: f64 = 0.15;
const SUCK_PER_DAY: f64 = 0.006;
/// Contraction of a usual first let-down, for feeling it.
const USUAL_PEAK: f64 = 0.8;

impl Woman {
    /// A woman of the population who has learned nothing yet.
    pub(super) fn draw(random: &mut Random) -> Self {
        let usual_stress = (USUAL_STRESS.0 + USUAL_STRESS.1 * random.normal()).max(0.0);
        let learning =
            Learning { rate: population::LEARNING_RATE.at(random.normal()), competition: random.uniform() };
        Self {
            learning,
            gain_per_s: population::REFLEX_GAIN.at(random.normal()),
            forgets_s: population::REFLEX_FORGETS_S.at(random.normal()),
            pulse: population::PULSE.at(random.normal()),
            lag_s: population::LAG_S.at(random.normal()),
            reaches: population::DISTRESS_REACHES.at(random.normal()),
            feels: population::FEELS.0 + population::FEELS.1 * random.normal(),
            suck: LEAST_SUCK + (1.0 - LEAST_SUCK) * random.uniform(),
            suck_per_day: SUCK_PER_DAY * random.uniform(),
            stress: usual_stress,
            usual_stress,
            learned: Learned::default(),
        }
    }

    /// Drive of the first pulse against what she forgets (`m = G E tau_X`, 1): below 1 only noise fires.
    pub(super) fn drive(&self, occasion: &Occasion) -> f64 {
        let distress = occasion.distress.unwrap_or(self.stress) * self.reaches;
        self.gain_per_s * self.forgets_s * self.pushed(occasion) * libm::exp(-distress)
    }

    /// Touch and cues, before stress.
    fn pushed(&self, occasion: &Occasion) -> f64 {
        let cues = self.learned.drive(&occasion.present(), occasion.place).min(CUES_AT_MOST);
        (occasion.touch(self.suck) + cues).max(0.0)
    }

    /// The chance that a first let-down comes within so many seconds (0 to 1).
    pub(super) fn chance(&self, occasion: &Occasion, within_s: f64) -> f64 {
        1.0 - self.waits(self.drive(occasion), within_s)
    }

    /// The share of sessions without a let-down after so many seconds, under a drive.
    pub(super) fn waits(&self, drive: f64, seconds: f64) -> f64 {
        still_waiting(drive, (seconds - self.lag_s).max(0.0) / self.forgets_s)
    }

    /// When the first let-down is seen (s), where a share `waiting` of sessions waits longer; `None`: it does not come.
    pub(super) fn comes_s(&self, drive: f64, waiting: f64) -> Option<f64> {
        comes_at(drive, waiting).map(|at| at * self.forgets_s + self.lag_s)
    }

    /// The chance that she feels a first let-down when it comes (0 to 1).
    pub(super) fn feels_it(&self) -> f64 {
        felt::chance(self.feels, true, USUAL_PEAK)
    }

    /// What a session teaches whose first let-down came so late (s), or not at all.
    pub(super) fn learn(&mut self, occasion: &Occasion, came_s: Option<f64>) {
        let in_time = came_s.is_some_and(|s| s - self.lag_s <= REWARD_WITHIN_S);
        let size = self.pulse * libm::sqrt(self.pushed(occasion) / PUMP_TOUCH);
        // Only touch rewards: a cue that brings a let-down by itself would else reinforce itself for ever.
        let rewarded = in_time && occasion.at != At::Nothing;
        let reward = if rewarded { size.min(1.0) } else { 0.0 };
        self.learned.teach(&self.learning, &occasion.present(), reward, occasion.place);
    }

    /// Stress wanders a little, and back to what is usual for her: by 0.04 a session, 0.2 in the long run.
    pub(super) fn wander(&mut self, random: &mut Random) {
        let back = BACK_A_SESSION * (self.usual_stress - self.stress);
        self.stress = (self.stress + back + WANDERS_A_SESSION * random.normal()).max(0.0);
    }

    /// Days pass.
    pub(super) fn rest(&mut self, days: f64) {
        self.learned.rest(days);
        self.suck = (self.suck + self.suck_per_day * days).min(1.0);
    }

    /// Weeks before a log begins: so many days of eight sessions, of which a share is nursed, each with its milk.
    pub(super) fn lived(&mut self, days: f64, nursed: f64, random: &mut Random) {
        const A_DAY: f64 = 8.0;
        for _ in 0..(days * A_DAY) as u32 {
            let at = if random.uniform() < nursed { At::Baby } else { At::Pump };
            let occasion = Occasion::usual(at);
            self.learned.teach(&self.learning, &occasion.present(), 1.0, 0);
            self.learned.rest(1.0 / A_DAY);
        }
    }
}
