//! A session without a scale: she taps when milk comes, when it slows, and when it passes a mark on the bottle.
//!
//! What is found is the same as in a trace, and less sure of it. Nobody has measured how far behind the milk a tap is;
//! the numbers here are ours: she sees it and taps [`SEEN_AFTER_S`] later, give or take [`SEEN_SD_S`]; she reads a mark to
//! [`READ_SD_ML`]; of what she taps as milk, [`RIGHT`] is a let-down. Between two marks milk may have run in any way that
//! does not run back, and that doubt is in every volume. A let-down that she did not tap is not found.

mod bottle;
mod course;
mod wire;

use crate::{
    error::{Problem, TraceError},
    files::MAX_SPAN_S,
    found::{Found, LET_DOWN_ML, LetDown},
};
use bottle::Bottle;

/// What this reading of taps is called in a kept session, so that a later one knows what it replaces.
pub const DETECTOR: &str = "letdown-trace taps 1";

/// How long after milk began to flow faster she taps (s).
pub const SEEN_AFTER_S: f64 = 4.0;
/// One standard deviation of that (s).
pub const SEEN_SD_S: f64 = 6.0;
/// One standard deviation of what she reads off a bottle (mL): a fifth of the usual step of 10 mL.
pub const READ_SD_ML: f64 = 2.0;
/// How many of her taps "milk came" are a let-down.
pub const RIGHT: f64 = 0.9;
/// How long a let-down lasts when nothing tells its end (s): drive fades within a minute and a half, the milk it pushed
/// into the ducts needs another half.
pub const LASTS_S: f64 = 120.0;
/// The most taps of one session.
pub const MAX_TAPS: usize = 1_000;
/// The highest mark (mL): more than any bottle holds.
pub const MAX_ML: f64 = 1_000.0;

/// What she tapped, and when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tap {
    /// Seconds since the session began.
    pub t_s: f64,
    /// What.
    pub what: What,
}

/// What she tapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// Milk came, or came faster again.
    MilkCame,
    /// Flow has slowed.
    Slowed,
    /// The session is over.
    Ended,
    /// Milk stands at this mark of the bottle (mL, of this session; both bottles together where there are two).
    Mark {
        /// The mark.
        ml: f64,
    },
    /// She begins to massage.
    MassageBegins,
    /// She no longer massages.
    MassageEnds,
    /// The pump is off for a while.
    PauseBegins,
    /// It is on again.
    PauseEnds,
}

/// Reads taps from their wire form, one JSON object; [`write`] makes it:
/// `{"v":1,"taps":[{"t_s":62.0,"tap":"milk_came"},{"t_s":95.5,"tap":"mark","ml":10.0}]}`.
///
/// The words are `milk_came`, `slowed`, `ended`, `mark`, `massage_begins`, `massage_ends`, `pause_begins`, `pause_ends`.
///
/// # Errors
///
/// When it is not that, is of a later version, or holds what [`found`] refuses.
pub fn read(json: &str) -> Result<Vec<Tap>, TraceError> {
    let taps = wire::read(json)?;
    check(&taps)?;
    Ok(taps)
}

/// The wire form of taps.
///
/// ```
/// use letdown_trace::taps::{Tap, What, read, write};
/// let taps = vec![Tap { t_s: 62.0, what: What::MilkCame }, Tap { t_s: 95.5, what: What::Mark { ml: 10.0 } }];
/// let json = write(&taps);
/// assert_eq!(json, r#"{"v":1,"taps":[{"t_s":62.0,"tap":"milk_came"},{"t_s":95.5,"tap":"mark","ml":10.0}]}"#);
/// assert_eq!(read(&json)?, taps);
/// # Ok::<(), letdown_trace::error::TraceError>(())
/// ```
pub fn write(taps: &[Tap]) -> String {
    wire::write(taps)
}

/// What the taps of a session tell; their order does not matter.
///
/// # Errors
///
/// When a time is not between 0 and six hours, a mark not between 0 and [`MAX_ML`], or there are more than [`MAX_TAPS`].
///
/// ```
/// use letdown_trace::taps::{Tap, What, found};
/// let tap = |t_s, what| Tap { t_s, what };
/// let found = found(&[
///     tap(64.0, What::MilkCame),
///     tap(90.0, What::Mark { ml: 10.0 }),
///     tap(130.0, What::Mark { ml: 20.0 }),
///     tap(300.0, What::Slowed),
///     tap(420.0, What::Ended),
/// ])?;
/// assert_eq!((found.first_s, found.slowed_s, found.total_ml), (Some(60.0), Some(300.0), 20.0));
/// assert_eq!(found.let_downs.len(), 1);
/// assert!(found.let_downs[0].confidence < 0.95);
/// # Ok::<(), letdown_trace::error::TraceError>(())
/// ```
pub fn found(taps: &[Tap]) -> Result<Found, TraceError> {
    found_until(taps, 0.0)
}

/// The same of a session that goes on: its phases reach to `now_s`, or to the last tap where that is later.
///
/// # Errors
///
/// As [`found`].
///
/// ```
/// use letdown_trace::{found::PhaseKind, taps::{Tap, What, found_until}};
/// let came = [Tap { t_s: 64.0, what: What::MilkCame }];
/// let phase = |now_s| found_until(&came, now_s).map(|found| found.phases.last().map(|phase| phase.kind));
/// assert_eq!(phase(90.0)?, Some(PhaseKind::LetDown));
/// assert_eq!(phase(600.0)?, Some(PhaseKind::Between));
/// # Ok::<(), letdown_trace::error::TraceError>(())
/// ```
pub fn found_until(taps: &[Tap], now_s: f64) -> Result<Found, TraceError> {
    check(taps)?;
    let mut taps = taps.to_vec();
    taps.sort_by(|a, b| a.t_s.total_cmp(&b.t_s));
    let onsets = onsets(&taps);
    let bottle = Bottle::of(&taps, &onsets);
    let let_downs = let_downs(&onsets, &taps, &bottle);
    let first_s = let_downs.first().map(|let_down| let_down.onset_s);
    let slowed_s = taps.iter().find(|tap| tap.what == What::Slowed).map(|tap| tap.t_s);
    let until_s = taps.last().map_or(now_s, |tap| tap.t_s.max(now_s));
    let phases = course::phases(&taps, &let_downs, until_s);
    Ok(Found {
        let_downs,
        first_s,
        slowed_s,
        total_ml: bottle.total_ml(),
        total_sd_ml: if bottle.total_ml() > 0.0 { READ_SD_ML } else { 0.0 },
        phases,
        doubts: Vec::new(),
    })
}

fn check(taps: &[Tap]) -> Result<(), Problem> {
    if taps.len() > MAX_TAPS {
        return Err(Problem::TooManyTaps { count: taps.len() });
    }
    for (i, tap) in taps.iter().enumerate() {
        let (row, t_s) = (i + 1, tap.t_s);
        if !(0.0..=MAX_SPAN_S).contains(&t_s) {
            return Err(Problem::TapTime { row, t_s });
        }
        match tap.what {
            What::Mark { ml } if !(0.0..=MAX_ML).contains(&ml) => return Err(Problem::TapLevel { row, ml }),
            _ => {}
        }
    }
    Ok(())
}

/// One for each "milk came", as long as no other came within the time in which a tap can be told from another.
fn onsets(taps: &[Tap]) -> Vec<f64> {
    let mut onsets: Vec<f64> = Vec::new();
    for tap in taps.iter().filter(|tap| tap.what == What::MilkCame) {
        let onset_s = (tap.t_s - SEEN_AFTER_S).max(0.0);
        if onsets.last().is_none_or(|before| onset_s - before > 2.0 * SEEN_SD_S) {
            onsets.push(onset_s);
        }
    }
    onsets
}

fn let_downs(onsets: &[f64], taps: &[Tap], bottle: &Bottle) -> Vec<LetDown> {
    let end_s = |i: usize, onset_s: f64| {
        let next_s = onsets.get(i + 1).copied().unwrap_or(f64::INFINITY);
        let ends = |what| matches!(what, What::Slowed | What::Ended | What::PauseBegins);
        let ended = taps.iter().find(|tap| tap.t_s > onset_s + SEEN_AFTER_S && ends(tap.what));
        let told_s = ended.map_or(f64::INFINITY, |tap| tap.t_s).min(next_s);
        let faded_s = bottle.faded_s(onset_s, told_s).unwrap_or(onset_s + LASTS_S);
        told_s.min(faded_s)
    };
    let let_down = |(i, onset_s): (usize, &f64)| {
        let end_s = end_s(i, *onset_s);
        let is_followed = onsets.get(i + 1).is_some_and(|next_s| *next_s <= end_s);
        of_bottle(*onset_s, end_s, is_followed, bottle)
    };
    onsets.iter().enumerate().map(let_down).collect()
}

fn of_bottle(onset_s: f64, end_s: f64, is_followed: bool, bottle: &Bottle) -> LetDown {
    let unknown = LetDown {
        onset_s,
        onset_sd_s: SEEN_SD_S,
        end_s,
        volume_ml: 0.0,
        volume_sd_ml: f64::INFINITY,
        peak_ml_per_min: 0.0,
        confidence: RIGHT,
    };
    let to = if is_followed { bottle.at(end_s) } else { bottle.at_rest(end_s) };
    let Some((from, to)) = bottle.at(onset_s).zip(to) else { return unknown };
    let volume_ml = to.ml - from.ml;
    let moved_ml = bottle.peak_ml_per_min(onset_s, end_s) / 60.0 * SEEN_SD_S;
    let volume_sd_ml = libm::sqrt(from.sd_ml * from.sd_ml + to.sd_ml * to.sd_ml + moved_ml * moved_ml);
    let enough = normal_below((volume_ml - LET_DOWN_ML) / volume_sd_ml);
    let peak_ml_per_min = bottle.peak_ml_per_min(onset_s, end_s);
    LetDown { volume_ml, volume_sd_ml, peak_ml_per_min, confidence: RIGHT * enough, ..unknown }
}

/// The share of a standard normal below `z`.
fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / core::f64::consts::SQRT_2)
}
