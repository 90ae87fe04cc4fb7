//! Weeks of a life, declared: a calendar of sessions, and what changes in it. `letdown simulate-log`.

use super::{
    keys::{self, Keys},
    setting::{Kind, Setting},
    who::Who,
};
use crate::EngineError;
use jiff::{
    ToSpan,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use letdown_journal::moment;
use letdown_model::random::Random;
use toml::Value;

/// Declared weeks, checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(super) days: u32,
    pub(super) start: Date,
    pub(super) zone: TimeZone,
    pub(super) who: Who,
    pub(super) day_after_birth: Option<f64>,
    usual: Day,
    events: Vec<Event>,
    jitter_min: f64,
    skip: f64,
    pub(super) appetite: Vec<(f64, f64)>,
    pub(super) per_side: bool,
    pub(super) reading_ml: f64,
    detail: Option<Detail>,
}

/// What a day looks like.
#[derive(Clone, Debug)]
#[expect(clippy::struct_field_names, reason = "a rate names its time")]
struct Day {
    sessions: Vec<(Time, Setting)>,
    setting: Setting,
    alternate: bool,
    appetite_ml_per_day: Option<f64>,
}

/// What is different on some days.
#[derive(Clone, Debug)]
struct Event {
    from_day: u32,
    to_day: u32,
    weekdays: Vec<Weekday>,
    day: Day,
}

/// How finely a life is lived through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Every session as one look-up.
    Hours,
    /// Every session second by second, and what it teaches.
    Seconds,
}

const DETAILS: [(&str, Detail); 2] = [("hours", Detail::Hours), ("seconds", Detail::Seconds)];
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// One session of the calendar.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Hours from the first midnight, on the clock: real hours, as long as no clock changes.
    pub at_h: f64,
    pub setting: Setting,
    /// Appetite of each baby (mL), when one drinks.
    pub wanted_ml: f64,
}

/// The longest scenario (days).
const MOST_DAYS: u32 = 2000;
/// Appetite of a baby by days after the birth (mL/day).
const APPETITE: [(f64, f64); 10] = [
    (0.0, 60.0),
    (1.0, 250.0),
    (2.0, 450.0),
    (3.0, 600.0),
    (4.0, 650.0),
    (5.0, 670.0),
    (6.0, 680.0),
    (7.0, 690.0),
    (25.0, 790.0),
    (180.0, 800.0),
];
const USUAL_APPETITE: [(f64, f64); 1] = [(0.0, 790.0)];
const USUAL_SCHEDULE: [&str; 6] = ["03:00", "07:00", "11:00", "15:00", "19:00", "23:00"];

impl Scenario {
    /// Reads a scenario from TOML text.
    ///
    /// # Errors
    /// When the text is not TOML, names an unknown key, or a value lies outside its range; the error names the key, the
    /// range and the unit.
    pub fn read(toml: &str) -> Result<Self, EngineError> {
        Self::of(&Keys::of(&keys::table(toml)?, ""))
    }

    pub(crate) fn of(keys: &Keys<'_>) -> Result<Self, EngineError> {
        let days = keys.whole("days", 1, MOST_DAYS, "days")?.unwrap_or(60);
        let day_after_birth = keys.number("day_after_birth", 0.0, 2000.0, "days")?;
        let base = Setting { minutes: 18.0, ..Setting::default() };
        let usual =
            Day { sessions: Vec::new(), setting: base.clone(), alternate: false, appetite_ml_per_day: None }
                .read(keys, Some(&USUAL_SCHEDULE.map(|time| Value::String(time.to_owned()))))?;
        let events = keys.tables("events")?.unwrap_or_default();
        let events = events.iter().map(|e| Event::read(e, &usual, days)).collect::<Result<_, _>>()?;
        let scenario = Self {
            days,
            start: start(keys)?,
            zone: moment::zone(keys.word("zone")?.unwrap_or("Europe/Berlin"))
                .map_err(|e| keys.refuse("zone", e.to_string()))?,
            who: Who::read(keys)?,
            day_after_birth,
            usual,
            events,
            jitter_min: keys.number("jitter_min", 0.0, 180.0, "min")?.unwrap_or(25.0),
            skip: keys.number("skip", 0.0, 0.9, "of sessions")?.unwrap_or(0.03),
            appetite: if day_after_birth.is_some() { APPETITE.to_vec() } else { USUAL_APPETITE.to_vec() },
            per_side: keys.flag("per_side")?.unwrap_or(true),
            reading_ml: keys.number("reading_ml", 0.1, 60.0, "mL")?.unwrap_or(5.0),
            detail: keys.choice("detail", &DETAILS)?,
        };
        keys.end()?;
        Ok(scenario)
    }

    /// Whether the scenario asks for women of a fitted twin.
    pub fn is_posterior(&self) -> bool {
        self.who.is_posterior()
    }

    /// How finely it is lived through: as declared, else second by second as soon as anything in it needs that.
    pub(super) fn detail(&self) -> Detail {
        let plain = self.days_declared().flat_map(|day| &day.sessions).all(|(_, setting)| setting.is_plain());
        self.detail.unwrap_or(if plain && self.one_place() && !self.who.says_what_was_learned() {
            Detail::Hours
        } else {
            Detail::Seconds
        })
    }

    fn one_place(&self) -> bool {
        let mut places =
            self.days_declared().flat_map(|day| &day.sessions).map(|(_, setting)| &setting.place);
        let first = places.next();
        places.all(|place| Some(place) == first)
    }

    fn days_declared(&self) -> impl Iterator<Item = &Day> {
        std::iter::once(&self.usual).chain(self.events.iter().map(|e| &e.day))
    }

    /// The number of a place, by the order in which places are named.
    pub(super) fn place(&self, name: &str) -> u32 {
        let mut names: Vec<&str> = Vec::new();
        for place in
            self.days_declared().flat_map(|day| &day.sessions).map(|(_, setting)| setting.place.as_str())
        {
            if !names.contains(&place) {
                names.push(place);
            }
        }
        names.iter().position(|known| *known == name).and_then(|i| u32::try_from(i).ok()).unwrap_or(0)
    }

    /// The sessions of all days, in order.
    pub(super) fn calendar(&self, random: &mut Random) -> Vec<Entry> {
        let mut calendar = Vec::new();
        let mut nth = 0u32;
        for day in 0..self.days {
            let plan = self.day(day);
            let fed = plan.sessions.iter().filter(|(_, s)| s.is_nursing()).count().max(1);
            let wanted_ml = plan.appetite_ml_per_day.unwrap_or_else(|| self.appetite_ml(day)) / fed as f64;
            for (time, setting) in &plan.sessions {
                let usual_h = f64::from(time.hour()) + f64::from(time.minute()) / 60.0;
                let late_h = self.jitter_min / 60.0 * random.normal();
                let left_out = random.uniform() < self.skip;
                if left_out {
                    continue;
                }
                let setting =
                    if plan.alternate && nth % 2 == 1 { setting.mirrored() } else { setting.clone() };
                nth += 1;
                let wanted_ml = setting.appetite_ml.unwrap_or(wanted_ml);
                // She writes down whole minutes.
                let at_h = ((24.0 * f64::from(day) + usual_h + late_h).max(0.0) * 60.0).round() / 60.0;
                calendar.push(Entry { at_h, setting, wanted_ml });
            }
        }
        calendar.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        calendar
    }

    fn day(&self, day: u32) -> &Day {
        let weekday = self.start.saturating_add(i64::from(day).days()).weekday();
        let applies = |e: &&Event| {
            (e.from_day..=e.to_day).contains(&day) && (e.weekdays.is_empty() || e.weekdays.contains(&weekday))
        };
        self.events.iter().rev().find(applies).map_or(&self.usual, |e| &e.day)
    }

    /// Appetite of one baby (mL/day) on a day of the scenario.
    fn appetite_ml(&self, day: u32) -> f64 {
        let age = self.day_after_birth.unwrap_or(0.0) + f64::from(day);
        let above = self.appetite.iter().position(|(at, _)| *at > age);
        match above {
            Some(0) => self.appetite[0].1,
            None => self.appetite.last().map_or(0.0, |(_, ml)| *ml),
            Some(i) => {
                let ((from, low), (to, high)) = (self.appetite[i - 1], self.appetite[i]);
                low + (high - low) * (age - from) / (to - from)
            }
        }
    }
}

fn start(keys: &Keys<'_>) -> Result<Date, EngineError> {
    let text = keys.word("start")?.unwrap_or("2026-09-01");
    text.parse().map_err(|_| keys.refuse("start", format!("{text:?} is not a day; write it like 2026-09-01")))
}

impl Event {
    fn read(keys: &Keys<'_>, usual: &Day, days: u32) -> Result<Self, EngineError> {
        let from_day = keys.whole("from_day", 0, MOST_DAYS, "days, the first is 0")?.unwrap_or(0);
        let to_day = keys.whole("to_day", 0, MOST_DAYS, "days, the first is 0")?;
        if to_day.is_some_and(|to_day| to_day < from_day) {
            return Err(keys.refuse("to_day", format!("it lies before from_day, which is {from_day}")));
        }
        let mut weekdays = Vec::new();
        for value in keys.list("weekdays")?.into_iter().flatten() {
            let word = value.as_str().ok_or_else(|| {
                keys.refuse("weekdays", format!("{value} is not a day in quotes, like \"sat\""))
            })?;
            weekdays.push(keys.choose("weekdays", word, &WEEKDAYS)?);
        }
        let event = Self { from_day, to_day: to_day.unwrap_or(days), weekdays, day: usual.read(keys, None)? };
        keys.end()?;
        Ok(event)
    }
}

impl Day {
    /// This day, changed by what the keys say.
    fn read(&self, keys: &Keys<'_>, usual: Option<&[Value]>) -> Result<Self, EngineError> {
        let setting = self.setting.read(keys)?;
        let per_day = keys.whole("per_day", 0, 24, "sessions a day")?;
        let sessions = match (keys.list("schedule")?, per_day) {
            (Some(_), Some(_)) => return Err(keys.refuse("per_day", "say either schedule or per_day")),
            (Some(list), None) => sessions(keys, list, &setting)?,
            (None, Some(n)) => evenly(n, &setting),
            (None, None) => match usual {
                Some(list) => sessions(keys, list, &setting)?,
                None => self.with_setting(keys)?,
            },
        };
        Ok(Self {
            sessions,
            setting,
            alternate: keys.flag("alternate")?.unwrap_or(self.alternate),
            appetite_ml_per_day: keys
                .number("appetite_ml_per_day", 0.0, 3000.0, "mL a day and baby")?
                .or(self.appetite_ml_per_day),
        })
    }

    /// The same times, each session changed by what the keys say.
    fn with_setting(&self, keys: &Keys<'_>) -> Result<Vec<(Time, Setting)>, EngineError> {
        self.sessions.iter().map(|(time, setting)| Ok((*time, setting.read(keys)?))).collect()
    }
}

/// Clock times, or tables of a time and what is different in that session.
fn sessions(keys: &Keys<'_>, list: &[Value], setting: &Setting) -> Result<Vec<(Time, Setting)>, EngineError> {
    if list.len() > 24 {
        return Err(keys.refuse("schedule", format!("{} sessions a day; 0 to 24 are possible", list.len())));
    }
    let time = |text: &str| {
        text.parse::<Time>()
            .map_err(|_| keys.refuse("schedule", format!("{text:?} is not a time; write it like 07:00")))
    };
    let mut sessions = Vec::new();
    for (i, value) in list.iter().enumerate() {
        match value {
            Value::String(text) => sessions.push((time(text)?, setting.clone())),
            Value::Table(table) => {
                let inner = Keys::of(table, format!("schedule[{}].", i + 1));
                let at =
                    inner.word("at")?.ok_or_else(|| inner.refuse("at", "say when, like at = \"07:00\""))?;
                let own = setting.read(&inner)?;
                inner.end()?;
                sessions.push((time(at)?, own));
            }
            other => {
                return Err(keys.refuse(
                    "schedule",
                    format!("{other} is neither a time in quotes nor a table with one"),
                ));
            }
        }
    }
    sessions.sort_by_key(|(time, _)| *time);
    Ok(sessions)
}

/// So many sessions, evenly over the day, the first at midnight.
fn evenly(per_day: u32, setting: &Setting) -> Vec<(Time, Setting)> {
    let at = |i: u32| {
        let minute = i * 24 * 60 / per_day.max(1);
        let clock = |n: u32| i8::try_from(n).unwrap_or(0);
        Time::new(clock(minute / 60), clock(minute % 60), 0, 0).unwrap_or_default()
    };
    (0..per_day).map(|i| (at(i), setting.clone())).collect()
}

impl Entry {
    /// Which breasts a baby is at.
    pub(super) fn babies(&self) -> u32 {
        let each = self.setting.sides.iter().filter(|at| at.kind == Kind::Baby).count();
        u32::try_from(each).unwrap_or(0).min(self.setting.babies)
    }
}
