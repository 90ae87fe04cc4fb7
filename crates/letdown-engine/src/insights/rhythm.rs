//! Is Monday unlike Friday? What her schedule explains, by the model; and what lies beyond it.
//!
//! *By the schedule*: every draw lives through her own sessions of the last 8 weeks without chance; milk made and pumped is
//! summed by weekday. *Beyond it*: what came against what the model forecast, within windows of seven days that each begin at
//! a midnight and know nothing behind it. All seven days of a window share one level, so a contrast of two of its days holds
//! no error of level; windows begin on every day of the week in turn, so that Monday comes before Friday as long as after it
//! and a trend cancels. The prior of a weekday is `N(0, 0.02)`: no weekday has been shown to differ by itself.

use super::{
    given::Given,
    known::{Belief, Effect, Percent, mean_sd, not_yet},
};
use crate::{
    Range,
    observed::{What, clock_h, hours},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use letdown_journal::moment::Moment;
use letdown_model::{
    removal::{STANDARD_MIN, Session},
    supply::Gap,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Her week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rhythm {
    /// Whole weeks that were looked at.
    pub weeks: usize,
    /// The days of the week, Monday first; empty without a twin.
    pub weekdays: Vec<Weekday>,
    /// Monday against Friday.
    pub monday_friday: Option<Contrast>,
    /// Saturday and Sunday against Monday to Friday.
    pub weekend_week: Option<Contrast>,
    /// The whole in plain words.
    pub says: String,
}

/// One day of the week, over the last weeks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weekday {
    /// `monday` to `sunday`.
    pub day: &'static str,
    /// Sessions and nursings a day.
    pub sessions: f64,
    /// Milk made, by the model (mL).
    pub made_ml: Range,
    /// Output, by the model (mL).
    pub pumped_ml: Range,
    /// Output as it was logged (mL); `null` where no volume was.
    pub logged_ml: Option<f64>,
}

/// Some days of the week against others (%).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// Milk made, as her schedule explains it.
    pub made_by_schedule: Percent,
    /// Output, as her schedule explains it; `null` where one of the sides is never pumped.
    pub pumped_by_schedule: Option<Percent>,
    /// Output beyond that.
    pub beyond: Effect,
}

const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONDAY: &[usize] = &[0];
const FRIDAY: &[usize] = &[4];
const WEEK: &[usize] = &[0, 1, 2, 3, 4];
const WEEKEND: &[usize] = &[5, 6];

/// Of a weekday (log sd).
const PRIOR_SD: f64 = 0.02;
/// A gap worth knowing (log).
const WORTH: f64 = 0.05;
/// How far back the schedule is looked at (days).
const SCHEDULE_DAYS: i32 = 56;
/// Weeks before which nothing is said of chance.
const FEWEST_WEEKS: usize = 4;
/// The error of one week where it is not known yet (log).
const USUAL_WEEK_SD: f64 = 0.12;

/// Her week, as far as her log tells.
pub(super) fn rhythm(given: &Given<'_>) -> Rhythm {
    let lived = lived(given);
    let weeks = weeks(given);
    let contrast = |a, b| {
        let days = lived.as_deref()?;
        Some(Contrast {
            made_by_schedule: by_schedule(days, |d| d.made_ml, a, b)?,
            pumped_by_schedule: by_schedule(days, |d| d.pumped_ml, a, b),
            beyond: beyond(&weeks, a, b),
        })
    };
    let mut rhythm = Rhythm {
        weeks: weeks.len(),
        weekdays: lived.as_deref().map(|l| weekdays(given, l)).unwrap_or_default(),
        monday_friday: contrast(MONDAY, FRIDAY),
        weekend_week: contrast(WEEKEND, WEEK),
        says: String::new(),
    };
    rhythm.says = says(&rhythm);
    rhythm
}

fn says(rhythm: &Rhythm) -> String {
    let (Some(monday), Some(weekend)) = (&rhythm.monday_friday, &rhythm.weekend_week) else {
        return "Your log does not hold enough volumes yet to tell the days of the week apart.".into();
    };
    let schedule = |what: &str, percent: &Percent| match percent {
        p if p.p10 > 0.5 => format!("By your hours alone {what}: {} % made.", p.words()),
        p if p.p90 < -0.5 => format!("By your hours alone {what}: {} % made.", p.words()),
        _ => String::new(),
    };
    let beyond = |what: &str, effect: &Effect| {
        if effect.known {
            format!("Beyond your hours {what} differ: {} (from {} weeks).", effect.percent.words(), effect.n)
        } else {
            format!("Whether {what} differ beyond your hours is {}.", not_yet(effect.more, "week"))
        }
    };
    let parts = [
        schedule("Monday against Friday", &monday.made_by_schedule).replace(" % made", " of milk made"),
        schedule("the weekend against the week", &weekend.made_by_schedule)
            .replace(" % made", " of milk made"),
        beyond("Monday and Friday", &monday.beyond),
        beyond("weekend and week", &weekend.beyond),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A day of one draw.
#[derive(Clone, Copy, Debug, Default)]
struct Lived {
    made_ml: f64,
    pumped_ml: f64,
}

/// What every draw makes of her own sessions of the last weeks, by weekday: means a day.
fn lived(given: &Given<'_>) -> Option<Vec<[Lived; 7]>> {
    let fitted = given.fitted?;
    let posterior = given.posterior()?;
    let observed = given.observed;
    let zone = observed.zone();
    let today = observed.now.timestamp().to_zoned_datetime(zone.clone()).date();
    let (first, _) = given.days()?;
    let from = today.saturating_sub(SCHEDULE_DAYS.days()).max(first.saturating_add(2.days()));
    let whole_weeks = (today - from).get_days() / 7;
    let from = today.saturating_sub((7 * whole_weeks).days());
    if whole_weeks == 0 {
        return None;
    }
    let log = observed.fit_log(&fitted.reading)?;
    let outlook =
        letdown_fit::predict::Outlook::at(&posterior, &log, observed.hour_of(observed.day_start(from)));
    let days: BTreeMap<Date, usize> = (0..7 * whole_weeks)
        .map(|ahead| from.saturating_add(ahead.days()))
        .map(|day| (day, weekday(day)))
        .collect();
    let each = 1.0 / f64::from(whole_weeks);
    (0..outlook.draws())
        .map(|draw| {
            let (mother, mut supply) = outlook.expect(draw)?;
            let mut week = [Lived::default(); 7];
            let mut past_flow = outlook.past_flow().remembered.clone();
            let mut now = letdown_journal::moment::place(from.at(0, 0, 0, 0), &zone).at;
            let from_at = now.timestamp();
            for session in observed.sessions.iter().filter(|s| s.day() >= from) {
                let at = session.at.timestamp();
                let length_h = hours(now.timestamp(), at);
                if length_h > 0.0 {
                    let past_flow_min = past_flow.minutes(hours(from_at, now.timestamp()));
                    let gap = Gap { from_clock_h: clock_h(&now), past_flow_min, ..Gap::of(length_h) };
                    let made_ml = supply.advance(mother, &gap, None);
                    for (day, share) in shares(&now, &session.at, &zone) {
                        if let Some(place) = days.get(&day) {
                            week[*place].made_ml += each * share * made_ml;
                        }
                    }
                    now = session.at.clone();
                }
                let pumped_ml = match session.what {
                    What::Pump { sides, minutes, past_flow_min, .. } => {
                        past_flow.add(hours(from_at, at), past_flow_min.unwrap_or(0.0));
                        let minutes = minutes.filter(|_| fitted.reading.lengths && !session.length_doubtful);
                        let minutes = minutes.filter(|m| *m > 0.0).unwrap_or(STANDARD_MIN);
                        // `massaged`: with what she usually pumps with.
                        supply
                            .pump(
                                mother,
                                &Session { sides, massaged: true, ..Session::both(minutes) },
                                None,
                                None,
                            )
                            .total_ml()
                    }
                    What::Nurse { .. } | What::Hand { .. } => {
                        supply.suckle(mother, None);
                        0.0
                    }
                };
                if let Some(place) = days.get(&session.day()) {
                    week[*place].pumped_ml += each * pumped_ml;
                }
            }
            Some(week)
        })
        .collect()
}

/// The days over which a gap stretches, with the share of it that lies in each.
fn shares(from: &Moment, to: &Moment, zone: &TimeZone) -> Vec<(Date, f64)> {
    let whole_h = hours(from.timestamp(), to.timestamp());
    let (mut begins, mut shares) = (from.timestamp(), Vec::new());
    let mut day = from.timestamp().to_zoned_datetime(zone.clone()).date();
    while begins < to.timestamp() && shares.len() < 400 {
        let next = day.tomorrow().unwrap_or(day);
        let ends = crate::observed::midnight(next, zone).min(to.timestamp()).max(begins);
        shares.push((day, hours(begins, ends) / whole_h));
        (begins, day) = (ends, next);
    }
    shares
}

fn weekday(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)
}

fn weekdays(given: &Given<'_>, lived: &[[Lived; 7]]) -> Vec<Weekday> {
    let observed = given.observed;
    let today = observed.now.date();
    let recent = |day: Date| (1..=SCHEDULE_DAYS).contains(&(today - day).get_days());
    let mut logged: BTreeMap<Date, (usize, Option<f64>)> = BTreeMap::new();
    for session in observed.sessions.iter().filter(|s| recent(s.day())) {
        let day = logged.entry(session.day()).or_default();
        day.0 += 1;
        if let Some(ml) = session.output_ml() {
            day.1 = Some(day.1.unwrap_or(0.0) + ml);
        }
    }
    let range =
        |of: &dyn Fn(&[Lived; 7]) -> f64| Range::of_samples(&mut lived.iter().map(of).collect::<Vec<_>>());
    let one = |(place, name): (usize, &&'static str)| {
        let days: Vec<&(usize, Option<f64>)> =
            logged.iter().filter(|(day, _)| weekday(**day) == place).map(|(_, d)| d).collect();
        let sessions: Vec<f64> = days.iter().map(|d| d.0 as f64).collect();
        let ml: Vec<f64> = days.iter().filter_map(|d| d.1).collect();
        Weekday {
            day: name,
            sessions: crate::numbers::tenth(mean_sd(&sessions).0),
            made_ml: range(&|week| week[place].made_ml),
            pumped_ml: range(&|week| week[place].pumped_ml),
            logged_ml: (!ml.is_empty()).then(|| crate::numbers::tenth(mean_sd(&ml).0)),
        }
    };
    NAMES.iter().enumerate().map(one).collect()
}

fn by_schedule(lived: &[[Lived; 7]], of: fn(&Lived) -> f64, a: &[usize], b: &[usize]) -> Option<Percent> {
    let mean = |week: &[Lived; 7], places: &[usize]| {
        places.iter().map(|place| of(&week[*place])).sum::<f64>() / places.len() as f64
    };
    let ratio = |week: &[Lived; 7]| {
        let (a, b) = (mean(week, a), mean(week, b));
        (a > 1.0 && b > 1.0).then(|| (a / b).ln())
    };
    let mut ratios: Vec<f64> = lived.iter().map(ratio).collect::<Option<_>>()?;
    Some(Percent::of_samples(&mut ratios))
}

/// Every window of seven days: what came over what was forecast, by weekday (log). Grouped by the week in which they begin.
fn weeks(given: &Given<'_>) -> Vec<Vec<[Option<f64>; 7]>> {
    let Some((posterior, (first, last))) = given.posterior().zip(given.days()) else { return Vec::new() };
    let from = first.saturating_add(3.days());
    let mut weeks: BTreeMap<i32, Vec<[Option<f64>; 7]>> = BTreeMap::new();
    for offset in 0..7 {
        let whole = ((last - from).get_days() - offset + 1) / 7;
        let cuts: Vec<Date> =
            (0..whole).map(|week| from.saturating_add((offset + 7 * week).days())).collect();
        let residuals = given.residuals(&posterior, &cuts);
        for (day, came) in Given::by_day(&residuals) {
            let since = (day - from).get_days() - offset;
            if since < 0 || since / 7 >= whole {
                continue;
            }
            let windows = weeks.entry(since / 7).or_default();
            windows.resize(7, [None; 7]);
            windows[offset as usize][weekday(day)] = Some(came);
        }
    }
    weeks.into_values().collect()
}

/// The contrast of some days with others, week by week, against its prior.
fn beyond(weeks: &[Vec<[Option<f64>; 7]>], a: &[usize], b: &[usize]) -> Effect {
    let mean = |window: &[Option<f64>; 7], places: &[usize]| {
        let known: Option<Vec<f64>> = places.iter().map(|place| window[*place]).collect();
        known.map(|known| mean_sd(&known).0)
    };
    let of_week = |windows: &Vec<[Option<f64>; 7]>| {
        let contrasts: Vec<f64> = windows.iter().filter_map(|w| Some(mean(w, a)? - mean(w, b)?)).collect();
        // All seven beginnings, so that a trend cancels.
        (contrasts.len() == 7).then(|| mean_sd(&contrasts).0)
    };
    let by_week: Vec<f64> = weeks.iter().filter_map(of_week).collect();
    let (estimate, sd) = mean_sd(&by_week);
    let n = by_week.len();
    let prior = Belief { mean: 0.0, sd: PRIOR_SD * (1.0 / a.len() as f64 + 1.0 / b.len() as f64).sqrt() };
    if n < FEWEST_WEEKS {
        let mut effect = Effect::of(prior, 0.0, USUAL_WEEK_SD, 0, WORTH);
        effect.n = n;
        return effect;
    }
    // Neighbouring weeks share days, and a mean of few weeks knows little of their spread.
    let shared = neighbours(&by_week, estimate).max(0.0);
    let spread = sd * (1.0 + 2.0 * shared).sqrt() * (1.0 + 1.0 / n as f64);
    Effect::of(prior, estimate, spread.max(0.01), n, WORTH)
}

/// How alike neighbours are (correlation).
fn neighbours(values: &[f64], mean: f64) -> f64 {
    let square: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
    let product: f64 = values.windows(2).map(|w| (w[0] - mean) * (w[1] - mean)).sum();
    if square > 0.0 { product / square } else { 0.0 }
}
