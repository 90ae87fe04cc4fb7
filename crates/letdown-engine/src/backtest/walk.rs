//! From midnight to midnight along a log, forecasting.

use super::{
    Fits, Forecast, NOMINAL, Scored, Window,
    daily::{LEADS, LeftOut, ScoredDay, Why},
};
use crate::{
    baselines::{self, Row as Plain, guesses, scores},
    correction::{Correction, DAYS_BACK, Outcome, days_with_sessions, outcomes, outcomes_without_twin},
    day_totals::whole_ml,
    days_ahead::{self, Asked, AtLead, DayAhead, DayCorrection, PlainDays, days_ahead, earlier_midnights},
    numbers::thousandth,
    observed::{Observed, Reading, Session},
    rounding::Rounding,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use letdown_fit::{
    posterior::{Effort, FEWEST_SESSIONS, Posterior, fit},
    predict::crps_of_sorted,
};
use std::collections::BTreeMap;

/// In how many days the twin is fitted anew.
pub const REFIT_DAYS: i64 = 7;
/// How many calendar days after the first pump session scoring begins.
const FIRST_SCORED_DAY: i32 = 14;
/// How many draws forecast sessions.
const DRAWS: usize = 80;
/// How many futures forecast days.
const FUTURES: usize = 400;

/// All that was scored.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Sessions.
    pub sessions: Vec<Scored>,
    /// Whole days.
    pub days: Vec<ScoredDay>,
    /// Days that were forecast and could not be scored.
    pub days_left_out: LeftOut,
    /// The account of the fits.
    pub fits: Fits,
}

/// Every scored session, and the account of the fits.
pub fn rows(
    observed: &Observed,
    window: Window,
    seed: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> (Vec<Scored>, Fits) {
    let mut walk = Walk::new(observed, seed, window);
    walk.whole_days = false;
    let walked = walk.along(progress);
    (walked.sessions, walked.fits)
}

/// Every scored session and day.
pub fn scored(
    observed: &Observed,
    window: Window,
    seed: u64,
    progress: &mut dyn FnMut(usize, usize),
) -> Walked {
    Walk::new(observed, seed, window).along(progress)
}

/// The scored days, by the day whose midnight their twin is fitted at.
fn scored_days(observed: &Observed, window: Window) -> BTreeMap<Date, Vec<Date>> {
    let mut blocks: BTreeMap<Date, Vec<Date>> = BTreeMap::new();
    let pumped = |s: &&Session| s.is_pump();
    let Some(first) = observed.sessions.iter().filter(pumped).map(Session::day).min() else { return blocks };
    let mut days: Vec<Date> =
        observed.sessions.iter().filter(|s| s.output_ml().is_some()).map(Session::day).collect();
    days.sort_unstable();
    days.dedup();
    for day in days {
        let since = (day - first).get_days();
        let wanted = window.from.is_none_or(|f| f <= day) && window.to.is_none_or(|t| day <= t);
        if since < FIRST_SCORED_DAY || !wanted {
            continue;
        }
        let back = i64::from(since - FIRST_SCORED_DAY) % REFIT_DAYS;
        blocks.entry(day.saturating_sub(back.days())).or_default().push(day);
    }
    blocks
}

struct Walk<'a> {
    observed: &'a Observed,
    seed: u64,
    window: Window,
    whole_days: bool,
    plain: PlainDays,
    fits: Fits,
    /// The posterior that serves, and how its log was read.
    serving: Option<(Posterior, Reading)>,
}

impl<'a> Walk<'a> {
    fn new(observed: &'a Observed, seed: u64, window: Window) -> Self {
        let fits = Fits { r_hat: 1.0, ..Fits::default() };
        let plain = PlainDays::of(observed);
        Self { observed, seed, window, whole_days: true, plain, fits, serving: None }
    }

    fn along(mut self, progress: &mut dyn FnMut(usize, usize)) -> Walked {
        let days = scored_days(self.observed, self.window);
        let mut walked = Walked::default();
        let mut left_out = BTreeMap::new();
        let (mut done, all) = (0, days.values().map(Vec::len).sum());
        for (origin, days) in days {
            progress(done, all);
            self.block(origin, &days, &mut walked, &mut left_out);
            done += days.len();
        }
        progress(done, all);
        walked.days_left_out = LeftOut::of(&left_out);
        walked.fits = self.fits;
        walked
    }

    /// Scores the days of one fit.
    fn block(
        &mut self,
        origin: Date,
        days: &[Date],
        walked: &mut Walked,
        left_out: &mut BTreeMap<Date, Why>,
    ) {
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return };
        // The fit's own midnight, in the zone of the first day it serves.
        let away = (*first - origin).get_days();
        let fitted_at = self.observed.day_start(*first) - SignedDuration::from_hours(24 * i64::from(away));
        self.refit(fitted_at);
        let known = self.until(*last);
        let seen = self.outcomes(&known, origin, *last);
        walked.sessions.extend(days.iter().flat_map(|day| self.day(*day, &seen)));
        if self.whole_days {
            for ahead in self.days_ahead(&known, origin, days) {
                match ahead {
                    Ok(scored) => walked.days.push(scored),
                    Err((day, why)) => {
                        left_out.insert(day, why);
                    }
                }
            }
        }
    }

    fn refit(&mut self, at: Timestamp) {
        let known = self.observed.before(at);
        let reading = known.reading();
        let Some(log) = known.fit_log(&reading) else { return };
        let effort = match &self.serving {
            Some((earlier, _)) => Effort::usual().from(earlier),
            None => Effort::usual(),
        };
        let Ok(posterior) = fit(&log, &effort, self.seed) else { return };
        self.fits.made += 1;
        if posterior.report.is_sound() {
            self.fits.r_hat = self.fits.r_hat.max(thousandth(posterior.report.r_hat));
            self.fits.divergences += posterior.report.divergences;
            self.serving = Some((posterior, reading));
        } else {
            self.fits.unsound += 1;
        }
    }

    /// The log up to the end of a day.
    fn until(&self, last: Date) -> Observed {
        let behind = self.observed.sessions.iter().position(|s| s.day() > last);
        Observed {
            sessions: self.observed.sessions[..behind.unwrap_or(self.observed.sessions.len())].to_vec(),
            ..self.observed.clone()
        }
    }

    /// Forecasts of the model alone for the days errors are learned from, and for the block's own.
    fn outcomes(&self, known: &Observed, origin: Date, last: Date) -> Vec<Outcome> {
        let first = known.sessions.first().map_or(origin, Session::day).saturating_add(2.days());
        let from = origin.saturating_sub(i64::from(DAYS_BACK).days()).max(first);
        let days = days_with_sessions(known, from, last);
        match &self.serving {
            Some((posterior, reading)) => outcomes(known, reading, &posterior.thinned(DRAWS), &days),
            None => outcomes_without_twin(known, &days),
        }
    }

    fn day(&self, day: Date, seen: &[Outcome]) -> Vec<Scored> {
        let origin = self.observed.day_start(day);
        let rounding = self.observed.before(origin).reading().rounding;
        let correction = self.correction(seen, origin, &rounding);
        let plain = baselines::rows(self.observed);
        let earlier: Vec<Plain> =
            plain.iter().filter(|(s, _)| s.at.timestamp() < origin).filter_map(|(_, row)| *row).collect();
        let of_day = plain.iter().filter(|(s, row)| s.day() == day && row.is_some());
        of_day.filter_map(|(s, _)| self.score(s, origin, &earlier, seen, &correction, &rounding)).collect()
    }

    /// What past errors teach. Where too little is known for a fit, too little is known to learn from.
    fn correction(&self, seen: &[Outcome], origin: Timestamp, rounding: &Rounding) -> Correction {
        let known = seen.iter().filter(|o| o.at < origin && o.output_ml.is_some()).count();
        if self.serving.is_none() && known < FEWEST_SESSIONS {
            return Correction::none();
        }
        Correction::learned(seen, origin, rounding.step_ml())
    }

    fn score(
        &self,
        session: &Session,
        origin: Timestamp,
        earlier: &[Plain],
        seen: &[Outcome],
        correction: &Correction,
        rounding: &Rounding,
    ) -> Option<Scored> {
        let ml = session.output_ml()?;
        let gap_h = baselines::gap_h(self.observed, session.at.timestamp());
        let (origin_h, clock_h) = (self.observed.hour_of(origin), session.clock_h());
        let baselines = guesses(earlier, origin_h, gap_h, clock_h)?;
        let baselines_crps = scores(earlier, origin_h, gap_h, clock_h, ml)?;
        let outcome = seen.iter().find(|o| o.root == session.root);
        let (full, mechanistic) = if let Some(o) = outcome {
            let table = Table::of(|p| o.forecast.quantile(p));
            let right = |p| correction.put_right(|p| table.quantile(p), o.clock_h, o.guesses, p);
            (forecast(ml, rounding, right), forecast(ml, rounding, |p| table.quantile(p)))
        } else {
            // Too early in the log for an outcome: all earlier sessions serve.
            let mut volumes: Vec<f64> = earlier.iter().map(|r| r.ml).collect();
            volumes.sort_by(f64::total_cmp);
            let plain = forecast(ml, rounding, |p| letdown_fit::predict::quantile_of_sorted(&volumes, p));
            (plain, plain)
        };
        let at = session.at.timestamp();
        Some(Scored { day: session.day(), at, ml, full, mechanistic, baselines, baselines_crps })
    }

    /// Days ahead from the midnights of a block, scored, or why not.
    fn days_ahead(
        &mut self,
        known: &Observed,
        origin: Date,
        days: &[Date],
    ) -> Vec<Result<ScoredDay, (Date, Why)>> {
        let Some((posterior, reading)) = &self.serving else { return Vec::new() };
        let plain = &mut self.plain;
        let few = posterior.thinned(days_ahead::DRAWS);
        let midnights = earlier_midnights(known, origin);
        let seen = days_ahead(known, reading, &few, &midnights, Asked::TO_LEARN, plain);
        let asked = Asked { leads: &LEADS, futures: FUTURES };
        let ahead = days_ahead(known, reading, &posterior.thinned(DRAWS), days, asked, plain);
        let last = self.observed.sessions.last().map(Session::day);
        let to = self.window.to;
        // The block's own midnights teach those behind them.
        let over = seen.iter().chain(&ahead);
        let score = |ahead: &DayAhead| {
            let learned = DayCorrection::learned(over.clone(), &plain.days, ahead.origin).at(ahead.lead);
            match whole_ml(&plain.days, ahead.day) {
                _ if Some(ahead.day) >= last => Err((ahead.day, Why::Cut)),
                Some(ml) => score_day(ahead, ml, &learned),
                None if plain.days.contains_key(&ahead.day) => Err((ahead.day, Why::InPart)),
                None => Err((ahead.day, Why::WithoutSession)),
            }
        };
        ahead.iter().filter(|a| to.is_none_or(|to| a.day <= to)).map(score).collect()
    }
}

fn score_day(ahead: &DayAhead, ml: f64, learned: &AtLead) -> Result<ScoredDay, (Date, Why)> {
    let Some(guesses) = ahead.guesses else { return Err((ahead.day, Why::InPart)) };
    let right = |p: f64| learned.put_right(|p| ahead.quantile(p), ahead.guesses, p);
    Ok(ScoredDay {
        origin: ahead.origin,
        lead: ahead.lead,
        day: ahead.day,
        ml,
        median_ml: right(0.5),
        crps_ml: crps(right, ml),
        held_from: held_from(right, ml),
        guesses,
    })
}

fn forecast(ml: f64, rounding: &Rounding, quantile: impl Fn(f64) -> f64) -> Forecast {
    let rounded = |p: f64| rounding.round_ml(quantile(p));
    Forecast {
        median_ml: quantile(0.5),
        range_ml: (rounded(0.1), rounded(0.9)),
        crps_ml: crps(&quantile, ml),
        held_from: held_from(rounded, ml),
    }
}

fn crps(quantile: impl Fn(f64) -> f64, ml: f64) -> f64 {
    const LEVELS: u32 = 40;
    let at: Vec<f64> = (0..LEVELS).map(|i| quantile((f64::from(i) + 0.5) / f64::from(LEVELS))).collect();
    crps_of_sorted(&at, ml)
}

/// The narrowest central range that holds a volume.
fn held_from(quantile: impl Fn(f64) -> f64, ml: f64) -> f64 {
    let holds = |level: &f64| {
        // Tails in thousandths, so that 0.8 asks for 0.1 and not for its neighbour.
        let tail = ((1.0 - level) * 500.0).round() / 1000.0;
        quantile(tail) <= ml && ml <= quantile(1.0 - tail)
    };
    NOMINAL.into_iter().find(holds).unwrap_or(1.0)
}

/// Quantiles of a forecast, worked out once: every 2.5 % and half as far out at the ends.
struct Table(Vec<f64>);

impl Table {
    const STEPS: f64 = 80.0;

    fn of(quantile: impl Fn(f64) -> f64) -> Self {
        let step = |i: u32| {
            let p = (2.0 * f64::from(i)).clamp(1.0, Self::STEPS - 1.0) / Self::STEPS;
            quantile(p)
        };
        Self((0..=40).map(step).collect())
    }

    /// Straight between neighbours.
    fn quantile(&self, p: f64) -> f64 {
        let at = (p * Self::STEPS / 2.0).clamp(0.0, 40.0);
        let low = (at.floor() as usize).min(39);
        let share = match low {
            // The first and the last step are half as long.
            0 => (at - 0.5).max(0.0) * 2.0,
            39 => (at - 39.0).min(0.5) * 2.0,
            _ => at - low as f64,
        };
        let (a, b) = (self.0[low], self.0[low + 1]);
        a + (b - a) * share
    }
}
