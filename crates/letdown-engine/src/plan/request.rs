//! What a plan is asked for: a goal, and what her days leave room for.

use super::travel::Travel;
use crate::{EngineError, clock_time::time_of_day, error::said};
use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
};
use serde::Serialize;
use std::fmt::{Display, Formatter, Result as Written};

/// What a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// More milk a day.
    Raise,
    /// As much as now, with less effort where that can be had.
    Hold,
    /// Fewer sessions, and then none.
    Wean,
    /// Back at work.
    Work,
    /// Milk put by.
    Stash,
    /// Babies come home from hospital.
    Home,
    /// The reflex learns the baby again.
    Retrain,
}

impl Goal {
    /// All of them, with their words.
    pub const ALL: [(&str, Self); 7] = [
        ("raise", Self::Raise),
        ("hold", Self::Hold),
        ("wean", Self::Wean),
        ("work", Self::Work),
        ("stash", Self::Stash),
        ("home", Self::Home),
        ("retrain", Self::Retrain),
    ];

    /// The goal of a word.
    ///
    /// # Errors
    /// When there is none; the sentence lists those that are.
    pub fn read(word: &str) -> Result<Self, EngineError> {
        let known = Self::ALL.iter().find(|(known, _)| *known == word.trim().to_lowercase());
        known.map(|(_, goal)| *goal).ok_or_else(|| {
            said(format!(
                "{word:?} is no goal I know; they are raise, hold, wean, work, stash, home, retrain"
            ))
        })
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, goal)| *goal == self).map_or("", |(word, _)| word)
    }

    /// Days until it is reached, when no date is said.
    pub fn usual_days(self) -> i64 {
        match self {
            Self::Wean | Self::Stash => 28,
            _ => 14,
        }
    }

    /// Whether more milk is wanted.
    pub fn wants_more(self) -> bool {
        matches!(self, Self::Raise | Self::Stash | Self::Home)
    }
}

/// A stretch of the day; it may reach across midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it begins.
    pub from: Time,
    /// Where it ends.
    pub until: Time,
}

impl Stretch {
    /// Reads `23:00-06:00`.
    ///
    /// ```
    /// use letdown_engine::plan::Stretch;
    /// let night = Stretch::read("23:00-06:00").unwrap();
    /// assert!(night.holds(1.0) && !night.holds(6.0) && night.hours() == 7.0);
    /// ```
    ///
    /// # Errors
    /// When it is none; the sentence shows how it is written.
    pub fn read(text: &str) -> Result<Self, EngineError> {
        let (from, until) = text.split_once('-').ok_or_else(|| no_stretch(text))?;
        let stretch = Self { from: time_of_day(from)?, until: time_of_day(until)? };
        if stretch.from == stretch.until { Err(no_stretch(text)) } else { Ok(stretch) }
    }

    /// Whether a clock hour (h) lies within.
    pub fn holds(&self, clock_h: f64) -> bool {
        let (from, until) = (hours(self.from), hours(self.until));
        if from < until { from <= clock_h && clock_h < until } else { from <= clock_h || clock_h < until }
    }

    /// Its length (h).
    pub fn hours(&self) -> f64 {
        (hours(self.until) - hours(self.from)).rem_euclid(24.0)
    }

    /// The same, longer at both ends (min).
    #[must_use]
    pub fn widened(&self, minutes: f64) -> Self {
        let moved = |time: Time, by_min: f64| {
            let minute = (hours(time) * 60.0 + by_min).rem_euclid(1440.0) as i16;
            Time::new((minute / 60) as i8, (minute % 60) as i8, 0, 0).unwrap_or(time)
        };
        let most = ((24.0 - self.hours()) * 30.0 - 1.0).max(0.0);
        let by = minutes.clamp(0.0, most);
        Self { from: moved(self.from, -by), until: moved(self.until, by) }
    }
}

/// As it is read.
impl Display for Stretch {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.until.strftime("%H:%M"))
    }
}

/// A break at work in which she may pump.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// When it begins.
    pub at: Time,
    /// How long it is (min).
    pub minutes: f64,
}

impl Break {
    /// Reads `10:30` or `10:30+20`.
    ///
    /// # Errors
    /// When it is none; the sentence shows how it is written.
    pub fn read(text: &str) -> Result<Self, EngineError> {
        let (at, minutes) = text.split_once('+').unwrap_or((text, "30"));
        let minutes = minutes.trim().trim_end_matches("min").trim().parse::<f64>().ok();
        let fits = minutes.filter(|m| (5.0..=120.0).contains(m));
        let minutes = fits.ok_or_else(|| {
            said(format!("{text:?} is no break; write its beginning and its minutes, like 10:30+20"))
        })?;
        Ok(Self { at: time_of_day(at)?, minutes })
    }
}

/// As it is read.
impl Display for Break {
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}+{}", self.at.strftime("%H:%M"), self.minutes)
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// What for.
    pub goal: Goal,
    /// By which day.
    pub by: Option<Date>,
    /// How much: a day for `raise` and `home`, in all for `stash` (mL).
    pub to_ml: Option<f64>,
    /// How many babies drink, where the amount goes by that: `home`, `raise`.
    pub babies: Option<u8>,
    /// When she sleeps and does not pump.
    pub sleep: Option<Stretch>,
    /// When she is away from her baby on work days.
    pub away: Option<Stretch>,
    /// The days she is away on.
    pub away_on: Vec<Weekday>,
    /// The way there, and the way back (min).
    pub commute_min: f64,
    /// The breaks in which she may pump while away; any time when none is said.
    pub breaks: Vec<Break>,
    /// A journey to another zone, with `hold`, `raise`, `stash`.
    pub travel: Option<Travel>,
    /// The most pump sessions a day.
    pub most_sessions: Option<usize>,
    /// The most of them this once, after what came of the plan before; never kept.
    pub most_for_now: Option<usize>,
}

/// The days of a working week.
pub const WORKING_WEEK: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

/// The furthest that a plan reaches (days).
pub const FURTHEST_DAYS: i64 = 120;

impl Request {
    /// A goal with what is usual: `work` is 09:00 to 17:00 from Monday to Friday.
    pub fn of(goal: Goal) -> Self {
        let office = Stretch { from: Time::constant(9, 0, 0, 0), until: Time::constant(17, 0, 0, 0) };
        Self {
            goal,
            by: None,
            to_ml: None,
            babies: None,
            sleep: None,
            away: (goal == Goal::Work).then_some(office),
            away_on: WORKING_WEEK.to_vec(),
            commute_min: 0.0,
            breaks: Vec::new(),
            travel: None,
            most_sessions: None,
            most_for_now: None,
        }
    }

    /// Whole days after today until it is to be reached; with a journey not before it is over.
    ///
    /// # Errors
    /// When the day lies behind, or too far ahead, or before the end of the journey.
    pub(super) fn days(&self, today: Date, travelled: Option<Date>) -> Result<i64, EngineError> {
        let usual = today.saturating_add(self.goal.usual_days().days());
        // A journey alone needs no more days than it takes; more milk needs its own.
        let until = match travelled {
            Some(over) if self.goal.wants_more() => usual.max(over),
            Some(over) => over,
            None => usual,
        };
        let by = self.by.unwrap_or(until);
        let days = i64::from((by - today).get_days());
        if let Some(over) = travelled.filter(|over| by < *over) {
            return Err(said(format!(
                "your sessions are at their hours again on {over}; let the plan reach until then"
            )));
        }
        if (1..=FURTHEST_DAYS).contains(&days) {
            return Ok(days);
        }
        Err(said(format!("a plan reaches from tomorrow to {FURTHEST_DAYS} days ahead; {by} is not within")))
    }
}

/// Days of the week, as they are typed: `mon,tue,thu`.
///
/// # Errors
/// When one is none; the sentence lists those that are.
pub fn week(text: &str) -> Result<Vec<Weekday>, EngineError> {
    let mut days = Vec::new();
    for word in text.split([',', ' ']).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty())
    {
        let known = Weekday::Monday
            .cycle_forward()
            .take(7)
            .find(|day| 3 <= word.len() && format!("{day:?}").to_lowercase().starts_with(&word));
        let day = known.ok_or_else(|| {
            said(format!("{word:?} is no day of the week; they are mon, tue, wed, thu, fri, sat, sun"))
        })?;
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days.sort_by_key(|day| day.to_monday_zero_offset());
    if days.is_empty() {
        Err(said("say at least one day of the week, like mon,tue".into()))
    } else {
        Ok(days)
    }
}

/// The hour of a clock time (h).
pub(super) fn hours(time: Time) -> f64 {
    f64::from(time.hour()) + f64::from(time.minute()) / 60.0
}

fn no_stretch(text: &str) -> EngineError {
    said(format!("{text:?} is no stretch of the day; write it like 23:00-06:00"))
}
