//! A look inside: one session of the woman of all medians, second by second, for those who draw it.
//!
//! Settings say what is at each breast, how full it is, which cues are there and how she feels; the session engine
//! ([`letdown_model::session`]) runs; what it went through comes out once a second. Nothing here knows more than it does.
//! Left out: phases, appetite, place, what she has learned; `letdown session` has them.

use crate::{EngineError, error::Problem};
use letdown_model::{
    mother::Mother,
    random::Random,
    session::{
        Breasts, Course, Distress, Moment, Phase, Plan, STEP_S,
        ducts::Milk,
        reflex::CUES_AT_MOST,
        run_watched,
        touch::{Baby, Pump, Side, Source},
    },
};
use serde::{Deserialize, Serialize, Serializer};

/// What a look inside is asked for. What is not said is as in [`InsideSettings::default`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InsideSettings {
    /// What is at the left breast.
    pub left: At,
    /// What is at the right breast.
    pub right: At,
    /// How long (1 to 40 min).
    pub minutes: f64,
    /// Milk in each breast against what it holds when full (0 to 1.2).
    pub fullness: f64,
    /// Vacuum of a pump against the strongest that is comfortable (0 to 1.5).
    pub vacuum: f64,
    /// How strongly a baby sucks (0 to 1).
    pub suck: f64,
    /// Massage of both breasts (0 to 1).
    pub massage: f64,
    /// What she has learned to answer to, and is there.
    pub cues: Cues,
    /// Stress (0 to 2).
    pub stress: f64,
    /// Pain (0 to 2).
    pub pain: f64,
    /// Which chances (a whole number).
    pub seed: u64,
}

/// What is at a breast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is what it is named after")]
pub enum At {
    Pump,
    Baby,
    Hand,
    None,
}

/// How strongly learned cues drive the reflex: `none` 0, `faint` 0.1, `clear` 0.3, `strong` 0.6, or a number from 0 to 0.6.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(try_from = "serde_json::Value")]
pub struct Cues(pub f64);

const CUE_WORDS: [(&str, f64); 4] = [("none", 0.0), ("faint", 0.1), ("clear", 0.3), ("strong", CUES_AT_MOST)];

impl TryFrom<serde_json::Value> for Cues {
    type Error = &'static str;

    fn try_from(said: serde_json::Value) -> Result<Self, Self::Error> {
        let by_word =
            |word: &str| CUE_WORDS.iter().find(|(known, _)| *known == word).map(|(_, strength)| *strength);
        let strength = said.as_f64().or_else(|| said.as_str().and_then(by_word));
        strength.map(Self).ok_or("cues: say none, faint, clear, strong, or a number from 0 to 0.6")
    }
}

impl Default for InsideSettings {
    fn default() -> Self {
        Self {
            left: At::Pump,
            right: At::Pump,
            minutes: 15.0,
            fullness: 0.7,
            vacuum: 1.0,
            suck: 1.0,
            massage: 0.0,
            cues: Cues::default(),
            stress: 0.0,
            pain: 0.0,
            seed: 1,
        }
    }
}

impl InsideSettings {
    /// What was said, when every number of it can be.
    fn checked(&self) -> Result<&Self, EngineError> {
        let asked = [
            ("minutes", self.minutes, 1.0, 40.0),
            ("fullness", self.fullness, 0.0, 1.2),
            ("vacuum", self.vacuum, 0.0, 1.5),
            ("suck", self.suck, 0.0, 1.0),
            ("massage", self.massage, 0.0, 1.0),
            ("cues", self.cues.0, 0.0, CUES_AT_MOST),
            ("stress", self.stress, 0.0, 2.0),
            ("pain", self.pain, 0.0, 2.0),
        ];
        match asked.iter().find(|(_, value, low, high)| !(low..=high).contains(&value)) {
            None => Ok(self),
            Some((name, value, low, high)) => Err(EngineError::from(Problem::Request(format!(
                "{name}: {value} must lie between {low} and {high}."
            )))),
        }
    }

    fn side(&self, at: At) -> Side {
        let source = match at {
            At::Pump => Source::Pump(Pump { vacuum: self.vacuum, two_phase: false }),
            At::Baby => Source::Baby(Baby { suck: self.suck, who: 0 }),
            At::Hand => Source::Hand,
            At::None => Source::None,
        };
        Side { source, massage: self.massage }
    }

    fn plan(&self) -> Plan {
        Plan::of([Phase {
            seconds: 60.0 * self.minutes,
            sides: [self.side(self.left), self.side(self.right)],
            cues: self.cues.0,
            distress: Distress { stress: self.stress, pain: self.pain },
        }])
    }
}

/// A session as it went, once a second from its start.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Inside {
    /// Second by second.
    pub frames: Frames,
    /// Its let-downs, in order.
    pub let_downs: Vec<LetDownSeen>,
    /// When the first let-down began (s).
    pub first_s: Option<f64>,
    /// When flow had slowed (s).
    pub slowed_s: Option<f64>,
    /// What came of it.
    pub totals: Totals,
}

/// Columns of equal length, one row a second.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Frames {
    /// Since its start (s).
    pub t_s: Vec<u32>,
    /// Milk of both breasts together.
    pub both: Stand,
    /// Milk of the left breast.
    pub left: Stand,
    /// Milk of the right breast.
    pub right: Stand,
    /// Oxytocin at the gland (1).
    #[serde(serialize_with = "brief")]
    pub oxytocin: Vec<f64>,
    /// How strongly the alveoli are squeezed (0 to 1).
    #[serde(serialize_with = "brief")]
    pub contraction: Vec<f64>,
    /// Drive of the next pulse (1).
    #[serde(serialize_with = "brief")]
    pub drive: Vec<f64>,
    /// How near the next pulse is (0 to 1).
    #[serde(serialize_with = "brief")]
    pub charge: Vec<f64>,
}

/// Where milk is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stand {
    /// In the alveoli (mL).
    #[serde(serialize_with = "brief")]
    pub alveoli_ml: Vec<f64>,
    /// In the ducts (mL).
    #[serde(serialize_with = "brief")]
    pub ducts_ml: Vec<f64>,
    /// Taken so far (mL).
    #[serde(serialize_with = "brief")]
    pub taken_ml: Vec<f64>,
}

/// A let-down as a watcher knows it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LetDownSeen {
    /// When the breast began to squeeze (s).
    pub at_s: f64,
    /// Milk taken from then to the next one or to the end (mL).
    pub volume_ml: f64,
    /// Whether she felt it.
    pub felt: bool,
    /// Whether it brought enough milk to be seen.
    pub visible: bool,
}

/// What came of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Milk in both breasts when it began (mL).
    pub available_ml: f64,
    /// Milk taken of both (mL).
    pub taken_ml: f64,
    /// Milk taken of the left breast (mL).
    pub left_ml: f64,
    /// Milk taken of the right breast (mL).
    pub right_ml: f64,
    /// Milk left in both (mL).
    pub left_in_ml: f64,
    /// Milk made meanwhile (mL).
    pub made_ml: f64,
    /// What both breasts hold when full (mL).
    pub holds_ml: f64,
    /// How long it took (s).
    pub seconds: f64,
}

/// Runs a session of the woman of all medians and keeps what it went through.
///
/// # Errors
/// When a setting lies outside its range; the error names it and the range.
///
/// ```
/// use letdown_engine::inside::{InsideSettings, look};
/// let pumped = look(&InsideSettings { minutes: 10.0, ..InsideSettings::default() })?;
/// assert_eq!(pumped.frames.t_s.len(), 601);
/// assert!(pumped.first_s.is_some() && pumped.totals.taken_ml > 50.0);
/// let refused = look(&InsideSettings { vacuum: 10.0, ..InsideSettings::default() }).unwrap_err();
/// assert_eq!(refused.to_string(), "vacuum: 10 must lie between 0 and 1.5.");
/// # Ok::<(), letdown_engine::EngineError>(())
/// ```
pub fn look(settings: &InsideSettings) -> Result<Inside, EngineError> {
    let plan = settings.checked()?.plan();
    let her = Mother::typical();
    let breasts = Breasts {
        makes_ml_per_h: her
            .breasts
            .iter()
            .map(|b| b.capacity_ml_per_h * her.brake.rate(settings.fullness))
            .collect(),
        ..Breasts::filled(&her, settings.fullness)
    };
    let mut frames = Frames::default();
    let full = |at: usize| Milk { alveoli_ml: breasts.milk_ml[at], ..Milk::default() };
    let start = [full(0), full(1)];
    let mut watch = |now: &Moment<'_>| {
        if frames.t_s.is_empty() {
            frames.push(0.0, &Moment { milk: &start, oxytocin: 0.0, contraction: 0.0, ..*now });
        }
        if now.t_s.fract() == 0.0 {
            frames.push(now.t_s, now);
        }
    };
    let course = run_watched(&her, &breasts, &plan, &mut Random::seeded(settings.seed), STEP_S, &mut watch);
    Ok(told(frames, &breasts, &course))
}

fn told(frames: Frames, breasts: &Breasts, course: &Course) -> Inside {
    let seen = course.let_downs.iter().map(|l| LetDownSeen {
        at_s: l.at_s,
        volume_ml: l.volume_ml,
        felt: l.felt,
        visible: l.is_visible(),
    });
    let totals = Totals {
        available_ml: breasts.milk_ml.iter().sum(),
        taken_ml: course.total_ml(),
        left_ml: course.taken_ml[0],
        right_ml: course.taken_ml[1],
        left_in_ml: course.left_ml.iter().sum(),
        made_ml: course.made_ml.iter().sum(),
        holds_ml: breasts.storage_ml.iter().sum(),
        seconds: course.seconds,
    };
    Inside { let_downs: seen.collect(), first_s: course.first_s(), slowed_s: course.slowed_s, frames, totals }
}

impl Frames {
    fn push(&mut self, t_s: f64, now: &Moment<'_>) {
        self.t_s.push(t_s as u32);
        let [left, right] = [now.milk[0], now.milk[1]];
        self.left.push(&left);
        self.right.push(&right);
        self.both.push(&Milk {
            alveoli_ml: left.alveoli_ml + right.alveoli_ml,
            ducts_ml: left.ducts_ml + right.ducts_ml,
            taken_ml: left.taken_ml + right.taken_ml,
            made_ml: left.made_ml + right.made_ml,
        });
        self.oxytocin.push(now.oxytocin);
        self.contraction.push(now.contraction);
        self.drive.push(now.drive);
        self.charge.push(now.charge);
    }
}

impl Stand {
    fn push(&mut self, milk: &Milk) {
        self.alveoli_ml.push(milk.alveoli_ml);
        self.ducts_ml.push(milk.ducts_ml);
        self.taken_ml.push(milk.taken_ml);
    }
}

/// A drawing needs no more than thousandths.
fn brief<S: Serializer>(column: &[f64], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(column.iter().map(|x| (1000.0 * x).round() / 1000.0))
}
