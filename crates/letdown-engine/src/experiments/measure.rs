//! What is measured in one woman, and how women are summed up.

use crate::{
    EngineError,
    numbers::mean,
    scenario::{Keys, Lived, Sat, Sitting, WORKS_WITHIN_S, sd},
};
use letdown_model::energy::{DENSITY_G_PER_ML, ledger};

/// What is measured in one woman.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    // Of a session.
    TotalMl,
    LeftMl,
    ShareOfAvailable,
    LetDowns,
    Visible,
    First,
    FirstShare,
    FirstTwoShare,
    TopFlow,
    ShareAtHighFlow,
    HighFlowGap,
    By2Min,
    By4Min,
    In5Min,
    Works,
    Several,
    FeltFirst,
    FeltLater,
    Reward,
    AfterMinute10,
    Next5Min,
    // Of weeks.
    Removed,
    Made,
    Pumped,
    Nursed,
    FeedVolume,
    ShareTaken,
    DayCv,
    WorksInWeeks,
    PerPump,
    KcalPerDay,
}

const MEASURES: [(&str, Measure); 31] = [
    ("total_ml", Measure::TotalMl),
    ("left_ml", Measure::LeftMl),
    ("share_of_available_pct", Measure::ShareOfAvailable),
    ("letdowns", Measure::LetDowns),
    ("visible_letdowns", Measure::Visible),
    ("first_s", Measure::First),
    ("first_share_pct", Measure::FirstShare),
    ("first_two_share_pct", Measure::FirstTwoShare),
    ("top_flow_g_per_s", Measure::TopFlow),
    ("share_at_high_flow_pct", Measure::ShareAtHighFlow),
    ("high_flow_gap_s", Measure::HighFlowGap),
    ("by_2_min_pct", Measure::By2Min),
    ("by_4_min_pct", Measure::By4Min),
    ("in_5_min_ml", Measure::In5Min),
    ("works_pct", Measure::Works),
    ("several_pct", Measure::Several),
    ("felt_first_pct", Measure::FeltFirst),
    ("felt_later_pct", Measure::FeltLater),
    ("reward", Measure::Reward),
    ("after_minute_10_ml", Measure::AfterMinute10),
    ("visible_in_next_5_min_pct", Measure::Next5Min),
    ("removed_ml_per_day", Measure::Removed),
    ("made_ml_per_day", Measure::Made),
    ("pumped_ml_per_day", Measure::Pumped),
    ("nursed_ml_per_day", Measure::Nursed),
    ("feed_ml", Measure::FeedVolume),
    ("share_taken_pct", Measure::ShareTaken),
    ("day_cv_pct", Measure::DayCv),
    ("sessions_that_work_pct", Measure::WorksInWeeks),
    ("pump_session_ml", Measure::PerPump),
    ("kcal_per_day", Measure::KcalPerDay),
];

/// How women are summed up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Over {
    Mean,
    Sd,
    CvPct,
    /// Share of women at or above a value (%).
    ShareAtLeast(f64),
}

/// Which days of weeks are looked at, and which women.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    from_day: f64,
    /// The day behind the last one.
    until_day: f64,
    /// Only days of every seventh.
    every_week_on: Option<u32>,
    /// Only women whose babies drink at least this much on those days (mL/day).
    at_least_ml: f64,
}

impl Measure {
    pub(super) fn read(keys: &Keys<'_>) -> Result<Self, EngineError> {
        keys.choice("measure", &MEASURES)?.ok_or_else(|| keys.refuse("measure", "say what is measured"))
    }

    pub(super) fn of_session(self, sitting: &Sitting, seed: u64) -> f64 {
        let mut taken_ml = vec![0.0];
        let sat = sitting.run_watched(seed, &[], &mut |now| {
            if now.t_s.fract() == 0.0 {
                taken_ml.push(now.milk.iter().map(|m| m.taken_ml).sum::<f64>());
            }
        });
        self.in_session(&sat, &taken_ml)
    }

    /// `taken_ml` at each whole second.
    fn in_session(self, sat: &Sat, taken_ml: &[f64]) -> f64 {
        let course = &sat.course;
        let total_ml = course.total_ml();
        let downs = &course.let_downs;
        let part_pct = |ml: f64| if total_ml > 0.0 { 100.0 * ml / total_ml } else { f64::NAN };
        let until = |second: usize| taken_ml[second.min(taken_ml.len() - 1)];
        let yes = |is: bool| if is { 100.0 } else { 0.0 };
        match self {
            Self::TotalMl => total_ml,
            Self::LeftMl => course.taken_ml[0],
            Self::ShareOfAvailable => 100.0 * total_ml / sat.available_ml,
            Self::LetDowns => downs.len() as f64,
            Self::Visible => downs.iter().filter(|l| l.is_visible()).count() as f64,
            Self::First => course.first_s().unwrap_or(f64::NAN),
            Self::FirstShare => downs.first().map_or(f64::NAN, |l| part_pct(l.volume_ml)),
            Self::FirstTwoShare if downs.len() > 1 => part_pct(downs[..2].iter().map(|l| l.volume_ml).sum()),
            Self::TopFlow => flow(taken_ml, 5).fold(0.0, f64::max) * DENSITY_G_PER_ML,
            Self::ShareAtHighFlow => 100.0 * high_flow(taken_ml),
            Self::HighFlowGap => high_flow_gap_s(taken_ml),
            Self::By2Min => part_pct(until(120)),
            Self::By4Min => part_pct(until(240)),
            Self::In5Min => until(300),
            Self::Works => yes(course.first_s().is_some_and(|s| s <= WORKS_WITHIN_S)),
            Self::Several => yes(downs.len() > 1),
            Self::FeltFirst => downs.first().map_or(f64::NAN, |l| yes(l.felt)),
            Self::FeltLater => mean_or_nan(&downs.iter().skip(1).map(|l| yes(l.felt)).collect::<Vec<_>>()),
            Self::Reward => sat.reward,
            Self::AfterMinute10 => total_ml - until(600),
            Self::Next5Min => yes(downs.iter().any(|l| (600.0..900.0).contains(&l.at_s) && l.is_visible())),
            _ => f64::NAN,
        }
    }

    pub(super) fn of_weeks(self, lived: &[Lived], window: &Window) -> f64 {
        let seen: Vec<&Lived> = lived.iter().filter(|s| window.holds(s.at_h)).collect();
        let days = window.days();
        let sum = |value: fn(&Lived) -> f64| seen.iter().map(|s| value(s)).sum::<f64>();
        let nursed_ml = sum(|s| s.nursed_ml.iter().sum());
        if nursed_ml / days < window.at_least_ml {
            return f64::NAN;
        }
        match self {
            Self::Removed => sum(Lived::removed_ml) / days,
            Self::Made => made_ml(lived, window) / days,
            Self::Pumped => sum(|s| s.pumped_ml.iter().sum()) / days,
            Self::Nursed => nursed_ml / days,
            Self::FeedVolume => {
                nursed_ml / sum(|s| s.nursed_ml.iter().filter(|ml| **ml > 0.0).count() as f64)
            }
            Self::ShareTaken => {
                let fed = |s: &Lived| -> f64 {
                    s.held_ml
                        .iter()
                        .zip(&s.nursed_ml)
                        .filter(|(_, ml)| **ml > 0.0)
                        .map(|(held, _)| held)
                        .sum()
                };
                100.0 * nursed_ml / sum(fed)
            }
            Self::DayCv => {
                let mut by_day = vec![0.0; days as usize];
                for s in &seen {
                    let day = ((s.at_h / 24.0 - window.from_day) as usize).min(by_day.len() - 1);
                    by_day[day] += s.removed_ml();
                }
                100.0 * sd(&by_day) / mean(&by_day)
            }
            Self::WorksInWeeks => {
                let watched = seen.iter().filter_map(|s| s.worked).map(|w| f64::from(u8::from(w)));
                100.0 * mean_or_nan(&watched.collect::<Vec<_>>())
            }
            Self::PerPump => sum(|s| s.pumped_ml.iter().sum()) / sum(|s| f64::from(u8::from(s.is_pumped()))),
            Self::KcalPerDay => ledger(sum(Lived::removed_ml) / days).kcal_per_day,
            _ => f64::NAN,
        }
    }
}

/// Milk made from the first session of each day that is looked at to the first one of the next, as if that were 24 h (mL):
/// what was taken, and what the breasts hold more.
fn made_ml(lived: &[Lived], window: &Window) -> f64 {
    let held = |s: &Lived| s.held_ml.iter().sum::<f64>();
    let first_of = |day: f64| lived.iter().find(|s| (s.at_h / 24.0).floor() >= day);
    let of_day = |day: f64| {
        let (first, next) = (first_of(day)?, first_of(day + 1.0)?);
        let taken =
            lived.iter().filter(|s| (day..day + 1.0).contains(&(s.at_h / 24.0))).map(Lived::removed_ml);
        let hours = next.at_h - first.at_h;
        Some((taken.sum::<f64>() + held(next) - held(first)) * 24.0 / hours)
    };
    window.each_day().filter_map(of_day).sum()
}

fn mean_or_nan(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { mean(values) }
}

/// Flow (mL/s) over windows of some seconds, second by second.
fn flow(taken_ml: &[f64], over_s: usize) -> impl Iterator<Item = f64> {
    taken_ml.windows(over_s + 1).map(move |w| (w[over_s] - w[0]) / over_s as f64)
}

const HIGH_FLOW_G_PER_S: f64 = 0.1;

/// Share of the milk that came in seconds of at least 0.1 g/s (1).
fn high_flow(taken_ml: &[f64]) -> f64 {
    let each = flow(taken_ml, 1).filter(|f| f * DENSITY_G_PER_ML >= HIGH_FLOW_G_PER_S);
    each.sum::<f64>() / taken_ml[taken_ml.len() - 1]
}

/// Mean time from the start of one period of high flow to the next (s).
fn high_flow_gap_s(taken_ml: &[f64]) -> f64 {
    let high: Vec<bool> = flow(taken_ml, 5).map(|f| f * DENSITY_G_PER_ML >= HIGH_FLOW_G_PER_S).collect();
    let starts: Vec<f64> = (1..high.len()).filter(|i| high[*i] && !high[i - 1]).map(|i| i as f64).collect();
    if starts.len() < 2 {
        return f64::NAN;
    }
    (starts[starts.len() - 1] - starts[0]) / (starts.len() - 1) as f64
}

impl Over {
    pub(super) fn read(keys: &Keys<'_>) -> Result<Self, EngineError> {
        let at_least = keys.number("share_of_women_at_least", -1e9, 1e9, "")?;
        let choices = [("mean", Self::Mean), ("sd", Self::Sd), ("cv_pct", Self::CvPct)];
        let over = keys.choice("over", &choices)?;
        Ok(at_least.map(Self::ShareAtLeast).or(over).unwrap_or(Self::Mean))
    }

    pub(super) fn of(self, values: &[f64]) -> f64 {
        match self {
            Self::Mean => mean_or_nan(values),
            Self::Sd => sd(values),
            Self::CvPct => 100.0 * sd(values) / mean(values),
            Self::ShareAtLeast(least) => {
                100.0 * values.iter().filter(|v| **v >= least).count() as f64 / values.len() as f64
            }
        }
    }
}

impl Window {
    pub(super) fn read(keys: &Keys<'_>) -> Result<Self, EngineError> {
        Ok(Self {
            from_day: keys.number("from_day", 0.0, 3000.0, "days, the first is 0")?.unwrap_or(0.0),
            until_day: keys.number("until_day", 0.0, 3000.0, "days")?.unwrap_or(1.0),
            every_week_on: keys.whole("every_week_on", 0, 6, "days into the week of day 0")?,
            at_least_ml: keys.number("nursed_at_least_ml", 0.0, 5000.0, "mL/day")?.unwrap_or(0.0),
        })
    }

    /// The same weeks, on another day of each.
    pub(super) fn on(self, every_week_on: Option<u32>) -> Self {
        Self { every_week_on: every_week_on.or(self.every_week_on), ..self }
    }

    fn holds(&self, at_h: f64) -> bool {
        let day = (at_h / 24.0).floor();
        let weekday = self.every_week_on.is_none_or(|on| (day as u32) % 7 == on);
        self.from_day <= day && day < self.until_day && weekday
    }

    fn each_day(&self) -> impl Iterator<Item = f64> {
        let on = self.every_week_on;
        let all = self.from_day as u32..self.until_day as u32;
        all.filter(move |day| on.is_none_or(|on| day % 7 == on)).map(f64::from)
    }

    fn days(&self) -> f64 {
        self.each_day().count().max(1) as f64
    }
}
