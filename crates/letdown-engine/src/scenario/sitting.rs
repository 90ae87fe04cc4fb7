//! One session of a declared scenario: `letdown session`.

use super::{
    keys::{self, Keys},
    setting::Setting,
    who::Who,
};
use crate::{
    EngineError,
    numbers::{hundredth, mean, tenth},
};
use letdown_model::{
    body::rewarded,
    learning::Learned,
    mother::Mother,
    random::Random,
    session::{Breasts, Course, Ended, Moment, Plan, STEP_S, run_watched},
};
use serde::Serialize;
use std::collections::BTreeMap;
use toml::Value;

/// A declared session, checked.
#[derive(Clone, Debug)]
pub struct Sitting {
    who: Who,
    setting: Setting,
    day_after_birth: Option<f64>,
    held: Held,
}

/// How much milk her breasts hold when it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Usual,
    Fullness([f64; 2]),
    Milk([f64; 2]),
    Both(f64),
}

/// How full breasts are when nothing is said; less before milk has come in, as less was made since the last session.
const USUAL_FULLNESS: f64 = 0.5;

impl Sitting {
    /// Reads a scenario from TOML text.
    ///
    /// # Errors
    /// When the text is not TOML, names an unknown key, or a value lies outside its range; the error names the key, the
    /// range and the unit.
    ///
    /// ```
    /// use letdown_engine::scenario::Sitting;
    /// let sitting = Sitting::read("mother = \"median\"\nleft = \"pump\"\nright = \"none\"\nminutes = 10")?;
    /// let one = sitting.run(1, &[]).course;
    /// assert!(one.taken_ml[0] > 10.0 && one.taken_ml[1] == 0.0);
    /// assert!(Sitting::read("vacuum = 10").unwrap_err().to_string().contains("vacuum: 10 must lie between 0 and 1.5"));
    /// # Ok::<(), letdown_engine::EngineError>(())
    /// ```
    pub fn read(toml: &str) -> Result<Self, EngineError> {
        Self::of(&Keys::of(&keys::table(toml)?, ""))
    }

    pub(crate) fn of(keys: &Keys<'_>) -> Result<Self, EngineError> {
        let sitting = Self {
            who: Who::read(keys)?,
            setting: Setting::default().read(keys)?,
            day_after_birth: keys.number("day_after_birth", 0.0, 2000.0, "days")?,
            held: held(keys)?,
        };
        keys.end()?;
        Ok(sitting)
    }

    /// Whether the scenario asks for women of a fitted twin.
    pub fn is_posterior(&self) -> bool {
        self.who.is_posterior()
    }

    /// The session of one woman.
    pub fn run(&self, seed: u64, twins: &[Mother]) -> Sat {
        self.run_watched(seed, twins, &mut |_| {})
    }

    /// The session of one woman, every step shown to `watch`.
    pub fn run_watched(&self, seed: u64, twins: &[Mother], watch: &mut dyn FnMut(&Moment<'_>)) -> Sat {
        let mut random = Random::seeded(seed);
        let mother = self.who.mother(&mut random, twins);
        let learned = self.who.learned(&mother);
        let breasts = self.breasts(&mother);
        let plan = self.plan(&learned);
        let course = run_watched(&mother, &breasts, &plan, &mut random, STEP_S, watch);
        Sat { reward: rewarded(&plan, &course), available_ml: self.available_ml(&breasts), course, mother }
    }

    fn plan(&self, learned: &Learned) -> Plan {
        let mut plan = self.setting.plan(self.setting.appetite_ml.unwrap_or(f64::INFINITY));
        let cues = learned.drive(&self.setting.present(), 0);
        for phase in &mut plan.phases {
            phase.cues = cues;
        }
        plan
    }

    fn breasts(&self, mother: &Mother) -> Breasts {
        let storage_ml: Vec<f64> =
            mother.breasts.iter().map(|b| b.storage_at_ml(self.day_after_birth)).collect();
        let room_ml: f64 = storage_ml.iter().sum();
        let active = self.day_after_birth.map_or(1.0, |day| mother.activation.at(24.0 * day));
        let milk = |(b, room): (usize, &f64)| match self.held {
            Held::Usual => USUAL_FULLNESS * active * room,
            Held::Fullness(by_side) => by_side[b.min(1)] * room,
            Held::Milk(by_side) => by_side[b.min(1)],
            Held::Both(all_ml) => all_ml * room / room_ml,
        };
        let milk_ml: Vec<f64> = storage_ml.iter().enumerate().map(milk).collect();
        let makes = |(b, breast): (usize, &letdown_model::mother::Breast)| {
            breast.capacity_ml_per_h * active * mother.brake.rate(milk_ml[b] / storage_ml[b])
        };
        let makes_ml_per_h = mother.breasts.iter().enumerate().map(makes).collect();
        Breasts { milk_ml, storage_ml, makes_ml_per_h }
    }

    /// Milk in the breasts that something is at.
    fn available_ml(&self, breasts: &Breasts) -> f64 {
        let plan = self.setting.plan(0.0);
        let reached = |b: usize| {
            plan.phases
                .iter()
                .any(|p| p.sides[b.min(1)].source != letdown_model::session::touch::Source::None)
        };
        breasts.milk_ml.iter().enumerate().filter(|(b, _)| reached(*b)).map(|(_, ml)| ml).sum()
    }
}

fn held(keys: &Keys<'_>) -> Result<Held, EngineError> {
    let both = |key: &'static str, high: f64, unit: &str| -> Result<Option<[f64; 2]>, EngineError> {
        let one = |value: &Value| keys.bounded(key, value, 0.0, high, unit);
        Ok(match keys.value(key) {
            None => None,
            Some(Value::Array(sides)) if sides.len() == 2 => Some([one(&sides[0])?, one(&sides[1])?]),
            Some(value) => Some([one(value)?; 2]),
        })
    };
    let fullness = both("fullness", 1.5, "of what the breast holds when full")?;
    let milk = both("milk_ml", 1000.0, "mL a breast")?;
    let available = keys.number("available_ml", 0.0, 2000.0, "mL in both breasts")?;
    match (fullness, milk, available) {
        (None, None, None) => Ok(Held::Usual),
        (Some(f), None, None) => Ok(Held::Fullness(f)),
        (None, Some(ml), None) => Ok(Held::Milk(ml)),
        (None, None, Some(ml)) => Ok(Held::Both(ml)),
        _ => Err(keys.refuse("fullness", "say only one of fullness, milk_ml and available_ml")),
    }
}

/// A session that took place.
#[derive(Clone, Debug)]
pub struct Sat {
    /// What happened.
    pub course: Course,
    /// Milk in the breasts that something was at (mL).
    pub available_ml: f64,
    /// What it teaches (`y`, 0 to 1).
    pub reward: f64,
    /// Who she is.
    pub mother: Mother,
}

/// A let-down within so long counts as one that worked (s).
pub const WORKS_WITHIN_S: f64 = 300.0;

impl Sat {
    /// Whether a let-down came within five minutes.
    pub fn worked(&self) -> bool {
        self.course.first_s().is_some_and(|s| s <= WORKS_WITHIN_S)
    }
}

/// Left and right (mL).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BySide {
    /// Left.
    pub left: f64,
    /// Right.
    pub right: f64,
}

/// One let-down of an answer: of one woman, or the mean of those who had it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LetDownAnswer {
    /// When the breast began to squeeze (s).
    pub at_s: f64,
    /// Milk it brought (mL).
    pub volume_ml: f64,
    /// Whether she felt it; over several women the share who did.
    pub felt: Felt,
    /// Women who had it, when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub women: Option<u32>,
}

/// Whether, or in how many of hundred (0 to 1).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Felt {
    /// One woman.
    Yes(bool),
    /// Several.
    Share(f64),
}

/// What `letdown session` answers: of one woman her session, of several the means, with their standard deviations in `sd`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/scenarios.md lists them")]
pub struct SittingAnswer {
    pub mothers: u32,
    pub taken_ml: BySide,
    pub total_ml: f64,
    pub available_ml: f64,
    pub letdowns: Vec<LetDownAnswer>,
    pub letdown_count: f64,
    pub visible_count: f64,
    pub first_s: Option<f64>,
    pub slowed_s: Option<f64>,
    pub minutes: f64,
    pub ended_because: &'static str,
    /// Share of women with a let-down within five minutes, when there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub works_within_5_min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sd: Option<BTreeMap<&'static str, f64>>,
}

/// The answer over some sessions, at least one.
pub fn answer(sat: &[Sat]) -> SittingAnswer {
    let several = sat.len() > 1;
    let of = |value: &dyn Fn(&Sat) -> f64| sat.iter().map(value).collect::<Vec<f64>>();
    let some = |value: &dyn Fn(&Sat) -> Option<f64>| sat.iter().filter_map(value).collect::<Vec<f64>>();
    let left = of(&|s| s.course.taken_ml.first().copied().unwrap_or(0.0));
    let right = of(&|s| s.course.taken_ml.get(1).copied().unwrap_or(0.0));
    let total = of(&|s| s.course.total_ml());
    let available = of(&|s| s.available_ml);
    let count = of(&|s| s.course.let_downs.len() as f64);
    let visible = of(&|s| s.course.let_downs.iter().filter(|l| l.is_visible()).count() as f64);
    let minutes = of(&|s| s.course.seconds / 60.0);
    let first = some(&|s| s.course.first_s());
    let slowed = some(&|s| s.course.slowed_s);
    let worked = of(&|s| f64::from(u8::from(s.worked())));
    let spreads = [
        ("left_ml", &left),
        ("right_ml", &right),
        ("total_ml", &total),
        ("available_ml", &available),
        ("letdown_count", &count),
        ("visible_count", &visible),
        ("minutes", &minutes),
        ("first_s", &first),
        ("slowed_s", &slowed),
    ];
    SittingAnswer {
        mothers: u32::try_from(sat.len()).unwrap_or(u32::MAX),
        taken_ml: BySide { left: tenth(mean(&left)), right: tenth(mean(&right)) },
        total_ml: tenth(mean(&total)),
        available_ml: tenth(mean(&available)),
        letdowns: let_downs(sat),
        letdown_count: hundredth(mean(&count)),
        visible_count: hundredth(mean(&visible)),
        first_s: (!first.is_empty()).then(|| tenth(mean(&first))),
        slowed_s: (!slowed.is_empty()).then(|| tenth(mean(&slowed))),
        minutes: hundredth(mean(&minutes)),
        ended_because: ended(sat),
        works_within_5_min: several.then(|| hundredth(mean(&worked))),
        sd: several.then(|| spreads.iter().map(|(key, values)| (*key, hundredth(sd(values)))).collect()),
    }
}

fn let_downs(sat: &[Sat]) -> Vec<LetDownAnswer> {
    let most = sat.iter().map(|s| s.course.let_downs.len()).max().unwrap_or(0);
    let nth = |k: usize| {
        let those: Vec<_> = sat.iter().filter_map(|s| s.course.let_downs.get(k)).collect();
        let felt = those.iter().filter(|l| l.felt).count();
        LetDownAnswer {
            at_s: tenth(mean(&those.iter().map(|l| l.at_s).collect::<Vec<_>>())),
            volume_ml: tenth(mean(&those.iter().map(|l| l.volume_ml).collect::<Vec<_>>())),
            felt: if sat.len() == 1 {
                Felt::Yes(felt == 1)
            } else {
                Felt::Share(hundredth(felt as f64 / those.len() as f64))
            },
            women: (sat.len() > 1).then(|| u32::try_from(those.len()).unwrap_or(u32::MAX)),
        }
    };
    (0..most).map(nth).collect()
}

/// Why most of them ended.
fn ended(sat: &[Sat]) -> &'static str {
    let word = |ended: Ended| match ended {
        Ended::Time => "time",
        Ended::Appetite => "appetite",
        Ended::Slowed => "slowed",
    };
    let all = [Ended::Time, Ended::Appetite, Ended::Slowed];
    let count = |why: Ended| sat.iter().filter(|s| s.course.ended == why).count();
    all.into_iter().max_by_key(|why| count(*why)).map_or("time", word)
}

pub(crate) fn sd(values: &[f64]) -> f64 {
    let mean = mean(values);
    let sum: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    (sum / (values.len() as f64 - 1.0).max(1.0)).sqrt()
}
