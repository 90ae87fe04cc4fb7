//! What is known before a session begins: her own pattern, the milk that is there, how she is, what must be asked first.

use super::limits::FELT_H;
use crate::{
    insights::{CuesAnswer, cues_of},
    numbers::tenth,
    observed::{Observed, hours},
    red_flags::red_flags,
    twin::Twin,
    visible::visible,
};
use jiff::civil::Date;
use letdown_journal::{
    body::{Body, Plan, Pump},
    fold::Folded,
    moment::Moment,
};
use letdown_model::random::Random;
use serde::{Deserialize, Serialize};

/// What is known before a session. Left out is what nothing is known of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Knows {
    /// What she wants of her supply.
    pub goal: Goal,
    /// What she wants of this session (mL).
    pub goal_ml: Option<f64>,
    /// Logarithms of how long her first let-downs took (s), and how many were seen.
    pub first: Gaps,
    /// The same of the gaps between her let-downs.
    pub gaps: Gaps,
    /// Milk in her breasts when it begins (mL): one in ten lies below, half, nine in ten.
    pub in_breast_ml: Option<[f64; 3]>,
    /// Sessions of hers whose volumes stand behind that.
    pub sessions: usize,
    /// The cue to start with.
    pub cue: Best,
    /// Her newest stress of the last hours, 0 to 10.
    pub stress: Option<f64>,
    /// Her newest pain of the last hours, 0 to 10.
    pub pain: Option<f64>,
    /// Whether a pump session of the last hours hurt, and nothing was noted about pain since.
    pub hurt: bool,
    /// Sentences that stop every advice about supply.
    pub ask_first: Vec<String>,
    /// The same, unless she weans.
    pub unless_weaning: Vec<String>,
    /// Sentences that stop advice to pump more.
    pub more_pumping: Vec<String>,
    /// Hours since her newest session ended.
    pub data_age_h: Option<f64>,
    /// How volumes are shown.
    pub shows: Shows,
}

/// What she wants of her supply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// More milk.
    Raise,
    /// As it is.
    #[default]
    Hold,
    /// Less, to an end.
    Wean,
}

impl Goal {
    /// That of the newest plan she kept, until its last day.
    fn of(plan: &Plan, today: Date) -> Self {
        match plan.goal.as_str() {
            _ if plan.until.is_some_and(|until| until < today) => Self::Hold,
            "raise" | "stash" | "home" => Self::Raise,
            "wean" => Self::Wean,
            _ => Self::Hold,
        }
    }
}

/// How volumes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// In millilitres.
    #[default]
    Ml,
    /// In fluid ounces.
    Oz,
    /// Not at all: the quiet mode.
    Nothing,
}

/// Times of hers (s) that scatter by a factor: the sum of their logarithms, and how many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gaps {
    /// How many.
    pub n: usize,
    /// The sum of the logarithms of the seconds.
    pub sum_ln: f64,
}

impl Gaps {
    /// Of some times (s).
    pub fn of(seconds: &[f64]) -> Self {
        Self::default().with(seconds)
    }

    /// The same and some more times (s).
    #[must_use]
    pub fn with(self, seconds: &[f64]) -> Self {
        let more: f64 = seconds.iter().map(|s| libm::log(s.max(1.0))).sum();
        Self { n: self.n + seconds.len(), sum_ln: self.sum_ln + more }
    }

    /// The middle (s), drawn towards a usual one as if by so many more.
    pub fn middle_s(&self, usual_s: f64, as_if: f64) -> f64 {
        libm::exp((self.sum_ln + as_if * libm::log(usual_s)) / (self.n as f64 + as_if))
    }
}

/// How long her first let-down takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct First(Gaps);

/// The first let-down of women in general (s), and how much it counts.
const FIRST_S: f64 = 90.0;
const FIRST_AS_IF: f64 = 2.0;
/// Nine of ten of a woman's first let-downs come within so many times her usual one.
const NINE_IN_TEN: f64 = 1.9;

impl First {
    /// The middle (s).
    pub(super) fn usual_s(self) -> f64 {
        self.0.middle_s(FIRST_S, FIRST_AS_IF)
    }

    /// Most come within (s).
    pub(super) fn most_s(self) -> f64 {
        NINE_IN_TEN * self.usual_s()
    }

    /// How many of hers were seen.
    pub(super) fn n(self) -> usize {
        self.0.n
    }
}

/// Something to start with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cue {
    /// A picture of the baby.
    #[default]
    Photo,
    /// A sound of the baby.
    Sound,
    /// Something that smells of the baby.
    Smell,
    /// A thought of the baby.
    Thought,
    /// Warmth.
    Warmth,
}

/// The cue to start with, and what speaks for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Best {
    /// Which.
    pub cue: Cue,
    /// Sessions of hers with it.
    pub n: usize,
    /// By how much her milk comes sooner with it (%), where her own log tells.
    pub sooner_percent: Option<f64>,
}

/// Sessions that are looked at: her pattern changes over months.
const SESSIONS: usize = 30;

impl Knows {
    /// What a log tells.
    pub fn of(journal: &Folded, observed: &Observed, twin: &Twin) -> Self {
        let flags = red_flags(journal, observed);
        let bodies = visible(journal, &observed.now);
        let pumps: Vec<&Pump> = bodies
            .iter()
            .rev()
            .filter_map(|(_, body)| if let Body::Pump(pump) = body { Some(pump) } else { None })
            .filter(|pump| !pump.let_downs.is_empty())
            .take(SESSIONS)
            .collect();
        let first: Vec<f64> =
            pumps.iter().filter_map(|pump| pump.let_downs.first()).map(|first| first.onset_s).collect();
        let gaps: Vec<f64> = pumps.iter().flat_map(|pump| gaps(pump)).collect();
        let fitted = twin.fitted().ok();
        let in_breast_ml = fitted.map(|fitted| {
            let ahead = crate::forecast::Ahead::new(observed, fitted);
            let range =
                crate::Range::of_samples(&mut ahead.outlook().in_breast_ml(&mut Random::seeded(SEED)));
            [range.p10, range.p50, range.p90]
        });
        let recent = |start: &Moment| hours(start.timestamp(), observed.now.timestamp()) <= FELT_H;
        let felt = |of: fn(&letdown_journal::body::Feeling) -> Option<f64>| {
            bodies.iter().rev().find_map(|(_, body)| {
                let Body::Feeling(feeling) = body else { return None };
                of(feeling).filter(|_| recent(&feeling.start))
            })
        };
        let hurt = bodies.iter().rev().find_map(|(_, body)| match body {
            Body::Feeling(feeling) => feeling.pain.map(|_| false),
            Body::Pump(pump) => pump.hurt_s.map(|_| recent(&pump.start)),
            _ => None,
        });
        let plan = bodies.iter().rev().find_map(|(_, b)| if let Body::Plan(p) = b { Some(p) } else { None });
        Self {
            goal: plan.map_or(Goal::Hold, |plan| Goal::of(plan, observed.now.date())),
            first: Gaps::of(&first),
            gaps: Gaps::of(&gaps),
            in_breast_ml,
            sessions: fitted.map_or(0, |fitted| fitted.posterior.report.sessions),
            cue: best(&cues_of(journal, observed)),
            stress: felt(|feeling| feeling.stress),
            pain: felt(|feeling| feeling.pain),
            hurt: hurt == Some(true),
            ask_first: flags.always,
            unless_weaning: flags.unless_weaning,
            more_pumping: flags.more_pumping,
            data_age_h: observed.data_age_h().map(tenth),
            ..Self::default()
        }
    }

    /// What comes before every advice about supply.
    pub(super) fn asks_first(&self) -> Vec<&str> {
        let unless_weaning = self.unless_weaning.iter().filter(|_| self.goal != Goal::Wean);
        self.ask_first.iter().chain(unless_weaning).map(String::as_str).collect()
    }

    pub(super) fn first(&self) -> First {
        First(self.first)
    }
}

/// Samples of one log are the same each time.
const SEED: u64 = 20_261_126;

fn gaps(pump: &Pump) -> Vec<f64> {
    pump.let_downs.windows(2).map(|two| two[1].onset_s - two[0].onset_s).filter(|s| *s > 0.0).collect()
}

/// The cue that is known to bring her milk sooner; else the one she uses most.
fn best(answer: &CuesAnswer) -> Best {
    let words = [
        ("pump+photo", Cue::Photo),
        ("pump+sound", Cue::Sound),
        ("pump+smell", Cue::Smell),
        ("pump+thought", Cue::Thought),
        ("pump+warmth", Cue::Warmth),
    ];
    let used = answer.latencies.iter().filter_map(|latency| {
        let (_, cue) = words.iter().find(|(word, _)| *word == latency.with)?;
        let against = latency.against_pump_alone.as_ref().filter(|a| a.known && a.percent.p50 < 0.0);
        Some(Best { cue: *cue, n: latency.n, sooner_percent: against.map(|a| -a.percent.p50) })
    });
    let order = |best: &Best| (best.sooner_percent.map_or(0, |percent| (10.0 * percent) as i64), best.n);
    used.max_by_key(order).unwrap_or_default()
}
