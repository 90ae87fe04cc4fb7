//! At the start of a session: what this one was drawn to be.

use super::{
    Arm, Part, Place, arm,
    course::{AFTER, OPEN, Run, Turn, runs},
};
use crate::{EngineError, error::said, observed::Observed, red_flags::red_flags, twin::Twin};
use jiff::SignedDuration;
use letdown_journal::{body::Extra, entry::EntryId, fold::Folded, moment::Moment};
use serde::Serialize;

/// What this session was drawn to be.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// The trial's id.
    pub trial: String,
    /// With, or without.
    pub arm: Arm,
    /// The part of the day within which it was drawn.
    pub part: Part,
    /// Which session of that part, from 0.
    pub number: u32,
    /// Whether it is drawn now; else it was before, and asking again changes nothing.
    pub fresh: bool,
    /// In plain words.
    pub says: String,
}

/// How long after a session its draw is still the one that is told.
const STILL: SignedDuration = SignedDuration::from_mins(30);

/// Sessions drawn beyond the plan, where the page takes a few for too small to count.
const SPARE: usize = 4;

/// What a session that begins now was drawn to be. What is [`Next::fresh`] must be written down: [`Next::fields`].
///
/// # Errors
/// When no trial runs, all its sessions are there, or a red flag stops it now; the sentence says so.
pub fn next(journal: &Folded, observed: &Observed) -> Result<Next, EngineError> {
    let now = &observed.now;
    let run = running(journal, now)?;
    let flags = red_flags(journal, observed);
    if let Some(flag) = flags.for_a_change(true).first().filter(|_| run.question.more_minutes.is_some()) {
        return Err(said(format!("{flag} This trial waits until then")));
    }
    let turns = run.turns(journal, observed, &Twin::Pending);
    let counted = turns.iter().filter(|turn| turn.unit().is_some()).count();
    if counted >= run.planned() + SPARE {
        let what = format!(
            "all {} {}s are there; the page of the trial says what came of it",
            run.planned(),
            run.question.unit()
        );
        return Err(said(what));
    }
    let (place, fresh) = match held(&run, &turns, observed) {
        Some(place) => (place, false),
        None => (free(&run, now), true),
    };
    let arm = arm(run.seed(), place);
    let says = says(&run, arm, fresh);
    Ok(Next { trial: run.root.to_string(), arm, part: place.part, number: place.number, fresh, says })
}

impl Next {
    /// The fields of the journal's entry, of kind `assignment`.
    pub fn fields(&self) -> Extra {
        let mut fields = Extra::new();
        fields.insert("trial".into(), self.trial.clone().into());
        fields.insert("part".into(), self.part.as_str().into());
        fields.insert("number".into(), self.number.into());
        fields.insert("with".into(), (self.arm == Arm::With).into());
        fields
    }
}

/// The trial that runs.
pub(super) fn running(journal: &Folded, now: &Moment) -> Result<Run, EngineError> {
    runs(journal, now).into_iter().rev().find(Run::is_running).ok_or_else(|| {
        said("no trial runs; `letdown trial start picture` begins one, or massage, warmth, +5min".into())
    })
}

/// The draw that still stands: asked for and no session yet, or of a session that has hardly ended; of today in a trial by
/// days.
fn held(run: &Run, turns: &[Turn], observed: &Observed) -> Option<Place> {
    let now = observed.now.timestamp();
    let last = run.drawn.last()?;
    if run.question.by_day {
        return (last.at.date() == observed.now.date()).then_some(last.place);
    }
    let turn = turns.last()?;
    match turn.came.last() {
        Some(came) => (came.session.end.duration_until(now) <= STILL).then_some(last.place),
        None => (last.at.timestamp().duration_until(now) <= OPEN - AFTER).then_some(last.place),
    }
}

/// The next place of this part of the day.
fn free(run: &Run, now: &Moment) -> Place {
    let part = if run.question.by_day { Part::Day } else { Part::of(now) };
    let used = run.drawn.iter().filter(|d| d.place.part == part).map(|d| d.place.number + 1);
    Place { part, number: used.max().unwrap_or(0) }
}

fn says(run: &Run, arm: Arm, fresh: bool) -> String {
    let which = if run.question.by_day { "Today" } else { "This one" };
    let how = match arm {
        Arm::With => run.question.with(),
        Arm::Without => run.question.without(),
    };
    let again = if fresh { "" } else { " It was drawn before; asking again changes nothing." };
    let care = if run.question.more_minutes.is_some() && arm == Arm::With {
        " Stop sooner when it hurts, whatever was drawn."
    } else {
        ""
    };
    format!("{which}: {how}.{again}{care} If it does not suit you now, do it your way and log it as it was.")
}

/// The trial of an id, or the newest where none is said.
pub(super) fn named(journal: &Folded, now: &Moment, id: Option<&str>) -> Result<Run, EngineError> {
    let runs = runs(journal, now);
    match id {
        None => {
            let running = runs.iter().rposition(Run::is_running);
            let at = running.or_else(|| runs.len().checked_sub(1));
            at.and_then(|at| runs.into_iter().nth(at)).ok_or_else(none)
        }
        Some(id) => {
            let root: EntryId = id.parse()?;
            runs.into_iter()
                .find(|run| run.root == root)
                .ok_or_else(|| said(format!("there is no trial {id}; `letdown trial` lists them")))
        }
    }
}

fn none() -> EngineError {
    said("there is no trial yet; `letdown trial start picture` begins one".into())
}
