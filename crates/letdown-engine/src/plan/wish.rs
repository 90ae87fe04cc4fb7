//! A request as it is typed, on a command line or on a page.

use super::{Break, Goal, MOST_BABIES, Request, Stretch, Travel, week};
use crate::{EngineError, error::said};
use jiff::civil::Date;
use letdown_journal::volume::Volume;
use serde::Deserialize;

/// What is asked for, in her words. What is left out is as usual for the goal.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Wish {
    /// `raise`, `hold`, `wean`, `work`, `stash`, `home`, `retrain`; none: the goal of the plan that was kept.
    pub goal: Option<String>,
    /// By which day, `2026-12-24`.
    pub by: Option<String>,
    /// How much: `800 ml` a day for `raise` and `home`, `2 l` in all for `stash`.
    pub to: Option<String>,
    /// How many babies the milk is for, with `raise` and `home`: the amount is what they may drink.
    pub babies: Option<u8>,
    /// When she sleeps and does not pump, `23:00-06:00`.
    pub sleep: Option<String>,
    /// When she is away from her baby, `09:00-17:00`.
    pub away: Option<String>,
    /// On which days, `mon,tue`.
    pub days: Option<String>,
    /// The way there, and the way back (min).
    pub commute_min: Option<u32>,
    /// The breaks in which she may pump, `10:30+20`.
    pub breaks: Vec<String>,
    /// A journey, when she leaves and how long she is on the way: `2026-12-20T14:00+11h`.
    pub travel: Option<String>,
    /// The zone in which it ends, `Asia/Tokyo`.
    pub to_zone: Option<String>,
    /// The most pump sessions a day.
    pub most_sessions: Option<u8>,
}

/// The longest way to work (min).
const LONGEST_WAY_MIN: u32 = 240;
/// No plan holds more sessions a day.
const MOST_SESSIONS: u8 = 12;

impl Wish {
    /// A goal with what is usual.
    pub fn of(goal: &str) -> Self {
        Self { goal: Some(goal.to_owned()), ..Self::default() }
    }

    /// The request of a goal that is named; `hold` for a journey without one.
    ///
    /// # Errors
    /// When no goal is named, or something cannot be read; the sentence says what and how it is written.
    pub fn request(&self) -> Result<Request, EngineError> {
        let goal = self.goal.as_deref().or(self.travel.as_deref().map(|_| "hold")).ok_or_else(|| {
            said("say what the plan is for: raise, hold, wean, work, stash, home or retrain".into())
        })?;
        self.on(Request::of(Goal::read(goal)?))
    }

    /// A request with what was said beside it.
    ///
    /// # Errors
    /// When something cannot be read.
    pub fn on(&self, mut request: Request) -> Result<Request, EngineError> {
        let stretch = |text: &Option<String>| text.as_deref().map(Stretch::read).transpose();
        request.sleep = stretch(&self.sleep)?.or(request.sleep);
        request.away = stretch(&self.away)?.or(request.away);
        if let Some(days) = &self.days {
            request.away_on = week(days)?;
        }
        if let Some(minutes) = self.commute_min {
            request.commute_min =
                f64::from(within(minutes, 0, LONGEST_WAY_MIN, "the way to work, in minutes,")?);
        }
        if !self.breaks.is_empty() {
            request.breaks = self.breaks.iter().map(|text| Break::read(text)).collect::<Result<_, _>>()?;
        }
        if let Some(most) = self.most_sessions {
            let most = within(u32::from(most), 1, u32::from(MOST_SESSIONS), "the most sessions a day")?;
            request.most_sessions = Some(most as usize);
        }
        request.travel = self.travel(request.goal)?.or(request.travel);
        if let Some(babies) = self.babies {
            if !matches!(request.goal, Goal::Raise | Goal::Home) {
                let goal = request.goal.word();
                return Err(said(format!(
                    "how many babies there are says how much milk to aim at with raise and home; leave it out with {goal}"
                )));
            }
            within(u32::from(babies), 1, u32::from(MOST_BABIES), "the number of babies")?;
            request.babies = Some(babies);
        }
        request.to_ml = self.to.as_deref().map(ml).transpose()?.or(request.to_ml);
        request.by = self.by.as_deref().map(date).transpose()?.or(request.by);
        Ok(request)
    }

    fn travel(&self, goal: Goal) -> Result<Option<Travel>, EngineError> {
        let (text, zone) = match (&self.travel, &self.to_zone) {
            (None, None) => return Ok(None),
            (Some(text), Some(zone)) => (text, zone),
            (Some(_), None) => return Err(said("say where the journey ends too, like Asia/Tokyo".into())),
            (None, Some(_)) => {
                return Err(said("say when the journey begins too, like 2026-12-20T14:00+11h".into()));
            }
        };
        if !matches!(goal, Goal::Hold | Goal::Raise | Goal::Stash) {
            let goal = goal.word();
            return Err(said(format!(
                "a journey can be planned with hold, raise and stash, not with {goal}"
            )));
        }
        Travel::read(text, zone).map(Some)
    }
}

fn within(number: u32, least: u32, most: u32, what: &str) -> Result<u32, EngineError> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(said(format!("{what} is {least} to {most}, not {number}")))
}

fn ml(text: &str) -> Result<f64, EngineError> {
    Volume::read(text).map(|volume| volume.as_ml()).map_err(|e| said(e.to_string()))
}

fn date(text: &str) -> Result<Date, EngineError> {
    text.parse().map_err(|_| said(format!("{text:?} is no day; write it like 2026-12-24")))
}
