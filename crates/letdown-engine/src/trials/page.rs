//! The one page of a trial: what it asked, what came, what may be claimed.

use super::{
    Arm, Claim, claim,
    course::{Run, Turn, runs},
    estimate, looks,
    next::named,
    plan::{cannot_tell, mean, usual_min},
};
use crate::{
    EngineError,
    error::said,
    insights::known::{Belief, Percent, count},
    numbers::{tenth, thousandth},
    observed::Observed,
    red_flags::red_flags,
    twin::Twin,
};
use jiff::Timestamp;
use letdown_journal::{fold::Folded, moment::Moment};
use serde::Serialize;

/// The one page of a trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// The question.
    pub asks: String,
    /// `running`, `done` or `stopped`, as the journal has it.
    pub state: String,
    /// When it began.
    pub started: String,
    /// Whether whole days are drawn.
    pub by_day: bool,
    /// The smallest effect it was planned for (%).
    pub smallest_percent: Option<f64>,
    /// Sessions, or days, it was planned for.
    pub planned: usize,
    /// Those that have brought a number; beyond `planned` none counts.
    pub counted: usize,
    /// After how many it is looked next; `null` when all looks are behind.
    pub next_look: Option<usize>,
    /// Sessions with, as drawn.
    pub with: ArmCount,
    /// Sessions without, as drawn.
    pub without: ArmCount,
    /// What may be claimed, and never too often: `too_early`, `not_yet`, `not_told`, `helps`, `takes`.
    pub claim: Claim,
    /// Sessions that the claim rests on.
    pub claimed_from: usize,
    /// The change (%), what was believed before and what came together; `null` while no block holds both.
    pub effect: Option<Percent>,
    /// The probability that it helps at all, by the same.
    pub helps: Option<f64>,
    /// The change (%) by the trial alone: the middle, and 95 %.
    pub alone: Option<Alone>,
    /// What was believed before (%).
    pub before: Percent,
    /// `twin` or `line`: what the expected volumes come from; `nothing` for seconds.
    pub expected_by: &'static str,
    /// Whether it has nothing more to find out.
    pub finished: bool,
    /// Whom to ask first, where the log says so.
    pub red_flags: Vec<String>,
    /// What it cannot tell.
    pub cannot_tell: Vec<String>,
    /// In plain words.
    pub says: String,
}

/// One arm.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ArmCount {
    /// Draws.
    pub drawn: usize,
    /// Draws with a number.
    pub counted: usize,
    /// Draws no session came of, and none can any more.
    pub skipped: usize,
    /// Sessions that were as drawn, as far as they were logged.
    pub as_drawn: usize,
    /// Sessions that were not.
    pub otherwise: usize,
    /// What came, on average (mL).
    pub output_ml: Option<f64>,
    /// What was expected of them, on average (mL).
    pub expected_ml: Option<f64>,
}

/// The change by the trial alone (%).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Alone {
    /// One in forty lies below.
    pub low: f64,
    /// The middle.
    pub middle: f64,
    /// One in forty lies above.
    pub high: f64,
}

/// A trial in a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// The question.
    pub asks: String,
    /// `running`, `done` or `stopped`.
    pub state: String,
    /// When it began.
    pub started: String,
    /// Whether whole days are drawn.
    pub by_day: bool,
    /// Draws so far.
    pub drawn: usize,
    /// Sessions, or days, it was planned for.
    pub planned: usize,
}

/// All trials, the newest first.
pub fn list(journal: &Folded, now: &Moment) -> Vec<Listed> {
    let one = |run: Run| Listed {
        id: run.root.to_string(),
        asks: run.question.asks(),
        state: run.trial.state.as_str().to_owned(),
        started: run.trial.start.to_string(),
        by_day: run.question.by_day,
        drawn: run.drawn.len(),
        planned: run.planned(),
    };
    runs(journal, now).into_iter().rev().map(one).collect()
}

/// The state of a trial that is not ended.
pub const RUNNING: &str = "running";

/// Which of her trials, the newest first, is ended or goes on, and the state it is in then.
pub(crate) fn turned(trials: &[Listed], go_on: bool) -> Result<(&Listed, &'static str), EngineError> {
    let running = trials.iter().find(|t| t.state == RUNNING);
    if go_on {
        let newest = trials.first().filter(|_| running.is_none());
        let none = "there is no ended trial to go on with, or one runs already; one at a time";
        return newest.map(|t| (t, RUNNING)).ok_or_else(|| said(none.into()));
    }
    let ended = |t: &Listed| if t.drawn < t.planned { "stopped" } else { "done" };
    running.map(|t| (t, ended(t))).ok_or_else(|| said("no trial runs, so there is none to end".into()))
}

/// When a trial began, for [`twin_before`](super::twin_before); and whether it needs a twin. The trial of an id; without
/// one that which runs, else the newest.
///
/// # Errors
/// When there is no such trial.
pub fn began(journal: &Folded, now: &Moment, id: Option<&str>) -> Result<(Timestamp, bool), EngineError> {
    let run = named(journal, now, id)?;
    Ok((run.trial.start.timestamp(), !run.question.latency))
}

/// The page of a trial, given the twin as the log was before it began.
///
/// # Errors
/// When there is no such trial.
pub fn page(
    journal: &Folded,
    observed: &Observed,
    twin: &Twin,
    id: Option<&str>,
) -> Result<Page, EngineError> {
    let run = named(journal, &observed.now, id)?;
    let mut turns = run.turns(journal, observed, twin);
    turns.sort_by_key(|turn| turn.came_at().unwrap_or(turn.drawn.at.timestamp()));
    let all: Vec<super::Unit> = turns.iter().filter_map(Turn::unit).collect();
    let planned = run.planned();
    let units = all.get(..planned).unwrap_or(&all);
    let (claim, claimed_from) = claim(units, planned);
    let prior = run.question.believed();
    let found = estimate(units);
    let belief = found.map(|e| prior.given(e.ln, e.se));
    let usual = usual_min(observed, run.trial.start.timestamp());
    let now = observed.now.timestamp();
    let arm = |arm| count_arm(&run, &turns, arm, usual, now);
    let flags = red_flags(journal, observed);
    let next_look = looks(planned).into_iter().find(|n| *n > units.len());
    let mut page = Page {
        id: run.root.to_string(),
        asks: run.question.asks(),
        state: run.trial.state.as_str().to_owned(),
        started: run.trial.start.to_string(),
        by_day: run.question.by_day,
        smallest_percent: run.trial.smallest_percent,
        planned,
        counted: units.len(),
        next_look: next_look.filter(|_| !claim.is_last()),
        with: arm(Arm::With),
        without: arm(Arm::Without),
        claim,
        claimed_from,
        effect: belief.as_ref().map(Percent::of),
        helps: belief.as_ref().map(|b| thousandth(b.above_zero())),
        alone: found.map(|e| alone(e.ln, e.se)),
        before: Percent::of(&prior),
        expected_by: match twin {
            _ if run.question.latency => "nothing",
            Twin::Ready(_) => "twin",
            _ => "line",
        },
        finished: claim.is_last() || !run.is_running(),
        red_flags: flags.for_a_change(run.question.more_minutes.is_some()),
        cannot_tell: cannot_tell(&run.question),
        says: String::new(),
    };
    page.says = says(&run, &page, belief);
    Ok(page)
}

fn count_arm(run: &Run, turns: &[Turn], arm: Arm, usual_min: Option<f64>, now: Timestamp) -> ArmCount {
    let turns: Vec<&Turn> = turns.iter().filter(|turn| turn.drawn.arm == arm).collect();
    let kept =
        |want: bool| turns.iter().filter(|turn| turn.kept(&run.question, usual_min) == Some(want)).count();
    let both = turns.iter().flat_map(|turn| &turn.came).filter_map(|c| c.output_ml.zip(c.expected_ml));
    let (came, expected): (Vec<f64>, Vec<f64>) = both.unzip();
    ArmCount {
        drawn: turns.len(),
        counted: turns.iter().filter(|turn| turn.unit().is_some()).count(),
        skipped: turns.iter().filter(|turn| turn.came.is_empty() && !turn.is_open(now)).count(),
        as_drawn: kept(true),
        otherwise: kept(false),
        output_ml: mean(&came),
        expected_ml: mean(&expected),
    }
}

fn alone(ln: f64, se: f64) -> Alone {
    let percent = |ln: f64| tenth(100.0 * ln.exp_m1());
    Alone { low: percent(ln - 1.96 * se), middle: percent(ln), high: percent(ln + 1.96 * se) }
}

fn says(run: &Run, page: &Page, belief: Option<Belief>) -> String {
    let unit = run.question.unit();
    let (more, less) = if run.question.latency {
        ("lets milk down sooner", "makes milk wait longer")
    } else {
        ("brings more", "brings less")
    };
    let so_far = match (belief, page.effect) {
        (Some(belief), Some(effect)) => {
            let p = 100.0 * belief.above_zero();
            format!(
                " By what came so far and what was believed before: {}, and it helps at all with {} %.",
                effect.words(),
                sure(p)
            )
        }
        _ => String::new(),
    };
    let from = count(page.claimed_from, unit);
    let to_go = page.next_look.map_or(0, |look| look.saturating_sub(page.counted));
    let wait = format!("the next look is after {}", count(to_go, &format!("more {unit}")));
    let claimed = match page.claim {
        Claim::Helps => format!("Yes: for you it {more}, from {from}."),
        Claim::Takes => format!("No: for you it {less}, from {from}."),
        Claim::NotTold => {
            format!("All {from} are there, and a difference could not be told from chance.{}", at_most(page))
        }
        Claim::NotYet if page.finished => {
            format!("Ended after {}: nothing could be told from chance by then.", count(page.counted, unit))
        }
        Claim::NotYet => format!("Not known yet; {wait}."),
        Claim::TooEarly if page.finished => {
            format!("Ended after {}, before anything could be told.", count(page.counted, unit))
        }
        Claim::TooEarly => {
            format!("Not known yet: {} of {} are there; {wait}.", page.counted, count(page.planned, unit))
        }
    };
    format!("{claimed}{so_far}{}", uneven(page))
}

/// Where a trial found nothing: how large an effect could still be.
fn at_most(page: &Page) -> String {
    match page.alone {
        None => String::new(),
        Some(alone) if alone.low > 0.0 => {
            " They point to a gain, but not surely enough for a claim.".to_owned()
        }
        Some(alone) if alone.high < 0.0 => {
            " They point to a loss, but not surely enough for a claim.".to_owned()
        }
        Some(alone) => format!(" It lies between {} and {} %.", signed(alone.low), signed(alone.high)),
    }
}

fn signed(percent: f64) -> String {
    crate::insights::known::signed(percent)
}

fn sure(percent: f64) -> String {
    match percent {
        p if p > 99.0 => "over 99".to_owned(),
        p if p < 1.0 => "under 1".to_owned(),
        p => format!("{p:.0}"),
    }
}

/// Where one arm was left out more often than the other, the comparison is no longer one of chance alone.
fn uneven(page: &Page) -> String {
    let missing = |arm: &ArmCount| arm.drawn.saturating_sub(arm.counted) as f64 / arm.drawn.max(1) as f64;
    let apart = (missing(&page.with) - missing(&page.without)).abs();
    let mut said = String::new();
    if apart > 0.2 && page.with.drawn.min(page.without.drawn) >= 5 {
        said.push_str(" One of the two was skipped more often than the other, so take it with care.");
    }
    let (kept, otherwise) =
        (page.with.as_drawn + page.without.as_drawn, page.with.otherwise + page.without.otherwise);
    if otherwise * 4 > kept + otherwise {
        said.push_str(" Many were not as drawn; they count as drawn, which makes a difference look smaller.");
    }
    said
}
