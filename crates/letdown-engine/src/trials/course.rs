//! The course of a trial: what was drawn, which session came of it, and whether it was done as drawn.

use super::{
    Arm, Part, Place, Unit, arm,
    came::{Came, came},
    question::Question,
};
use crate::{observed::Observed, twin::Twin, visible::visible};
use jiff::{SignedDuration, civil::Date};
use letdown_journal::{
    body::{Body, Pump, Trial, TrialState},
    entry::EntryId,
    fold::Folded,
    moment::Moment,
};

/// A trial of the journal.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub root: EntryId,
    pub trial: Trial,
    pub question: Question,
    pub drawn: Vec<Drawn>,
}

/// One draw.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub at: Moment,
    pub place: Place,
    pub arm: Arm,
}

/// A draw, and what came of it.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    pub drawn: Drawn,
    /// Its sessions: one, or those of the day that count; none where it was skipped.
    pub came: Vec<Came>,
}

/// A session belongs to the draw that was asked for so long before it began, or so shortly after.
pub(super) const OPEN: SignedDuration = SignedDuration::from_hours(2);
pub(super) const AFTER: SignedDuration = SignedDuration::from_mins(15);

/// All trials that can be read, in order of their start.
pub(super) fn runs(journal: &Folded, now: &Moment) -> Vec<Run> {
    let bodies = visible(journal, now);
    let mut runs: Vec<Run> = bodies
        .iter()
        .filter_map(|(root, body)| match body {
            Body::Trial(trial) => {
                let question = Question::of(trial);
                Some(Run { root: *root, trial: trial.clone(), question, drawn: Vec::new() })
            }
            _ => None,
        })
        .collect();
    for (_, body) in &bodies {
        let Body::Assignment(b) = body else { continue };
        let Some(run) = runs.iter_mut().find(|run| run.root.to_string() == b.trial) else { continue };
        let (Some(part), Some(number)) = (Part::named(b.part.as_str()), b.number) else { continue };
        let place = Place { part, number };
        // The seed says what was drawn, whatever stands beside it.
        run.drawn.push(Drawn { at: b.start.clone(), place, arm: arm(run.seed(), place) });
    }
    runs
}

impl Run {
    pub(super) fn seed(&self) -> u32 {
        self.trial.seed.unwrap_or(0)
    }

    /// Units it was planned for.
    pub(super) fn planned(&self) -> usize {
        self.trial.sessions.map_or(super::FEWEST, |n| n as usize)
    }

    pub(super) fn is_running(&self) -> bool {
        self.trial.state == TrialState::Running
    }

    /// Its draws, with what came of them until now.
    pub(super) fn turns(&self, journal: &Folded, observed: &Observed, twin: &Twin) -> Vec<Turn> {
        let from = self.trial.start.timestamp().saturating_sub(AFTER).unwrap_or(self.trial.start.timestamp());
        let came = came(journal, observed, twin, &self.question, from);
        if self.question.by_day { self.by_day(&came, observed.now.date()) } else { self.by_session(came) }
    }

    fn by_session(&self, came: Vec<Came>) -> Vec<Turn> {
        let mut turns: Vec<Turn> =
            self.drawn.iter().map(|drawn| Turn { drawn: drawn.clone(), came: Vec::new() }).collect();
        for came in came {
            let (start, end) = (came.session.at.timestamp(), came.session.end);
            let asked = |turn: &&mut Turn| {
                let since = turn.drawn.at.timestamp().duration_until(start);
                // One that was over when she asked is not the one she asked about.
                let open = start == end || turn.drawn.at.timestamp() < end;
                turn.came.is_empty() && -AFTER <= since && since <= OPEN && open
            };
            if let Some(turn) = turns.iter_mut().rev().find(asked) {
                turn.came.push(came);
            }
        }
        turns
    }

    /// The first session after a draw still holds the day before, and does not count.
    fn by_day(&self, came: &[Came], today: Date) -> Vec<Turn> {
        let mut turns: Vec<Turn> = Vec::new();
        for drawn in self.drawn.iter().filter(|d| d.at.date() < today) {
            let asked = drawn.at.timestamp().saturating_sub(AFTER).unwrap_or(drawn.at.timestamp());
            let of_day = |c: &&Came| c.session.day() == drawn.at.date() && c.session.at.timestamp() >= asked;
            let came = came.iter().filter(of_day).skip(1).cloned().collect();
            turns.push(Turn { drawn: drawn.clone(), came });
        }
        turns
    }
}

impl Turn {
    /// What it says of the question; `None` without a number.
    pub(super) fn unit(&self) -> Option<Unit> {
        let ln_ratio = match self.came.as_slice() {
            [] => None,
            [one] => one.ln_ratio,
            day => {
                let with_both = day.iter().filter_map(|c| c.output_ml.zip(c.expected_ml));
                let (came, ml) = with_both.fold((0.0, 0.0), |(a, b), (came, ml)| (a + came, b + ml));
                (ml > 0.0).then(|| (came / ml).max(0.1).ln())
            }
        };
        Some(Unit { place: self.drawn.place, arm: self.drawn.arm, ln_ratio: ln_ratio? })
    }

    /// Whether its session may still begin.
    pub(super) fn is_open(&self, now: jiff::Timestamp) -> bool {
        self.came.is_empty() && self.drawn.at.timestamp().duration_until(now) <= OPEN
    }

    /// Whether it was done as drawn, as far as the log says.
    pub(super) fn kept(&self, question: &Question, usual_min: Option<f64>) -> Option<bool> {
        let done: Vec<bool> = self
            .came
            .iter()
            .filter_map(|c| c.pump.as_ref())
            .filter_map(|pump| done(pump, question, usual_min))
            .collect();
        let count = done.iter().filter(|done| **done).count();
        let most = 2 * count > done.len();
        (!done.is_empty()).then_some(most == (self.drawn.arm == Arm::With))
    }

    /// When its first counted session began.
    pub(super) fn came_at(&self) -> Option<jiff::Timestamp> {
        self.came.first().map(|c| c.session.at.timestamp())
    }
}

/// Whether what is tried was done in a session.
fn done(pump: &Pump, question: &Question, usual_min: Option<f64>) -> Option<bool> {
    match question.more_minutes {
        Some(more) => Some(pump.length_min()? >= usual_min? + 0.5 * more),
        None => Some(pump.techniques.contains(&question.technique)),
    }
}
