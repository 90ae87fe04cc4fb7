//! Retraining the reflex: from the pump to the baby, or from the baby to the pump.
//!
//! Milk can be made and not come where it is wanted: a mother of premature twins has pumped for weeks, her reflex answers to
//! the pump, and at the breast nothing lets down. What was learned can be learned anew. A programme reads from her log how
//! each session went ([`evidence`]), keeps a belief about her reflex and how fast it learns ([`belief`], women drawn from the
//! [population](letdown_model::population) and weighed by the law of a first let-down, [`first_pulse`]), says where she
//! stands on a [`ladder`] of few steps ([`stand`]), follows each step that the rules allow ahead ([`follow`]), and takes the
//! one that comes to done with the least trouble ([`choose`]).
//!
//! **How fast a woman's reflex learns has never been measured.** The rules rest on her own tries; the days are the model's.
//!
//! ```
//! use letdown_engine::{observed::Observed, retraining::{Asked, programme}};
//! use letdown_journal::{fold::Folded, moment};
//!
//! let journal = Folded::default();
//! let now = moment::parse("2026-10-30T20:00:00+01:00[Europe/Berlin]", None)?.at;
//! let answer = programme(&journal, &Observed::at(&journal, &now), &Asked::default());
//! assert_eq!(answer.state.word(), "nothing_logged");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod belief;
mod choose;
mod cohort;
mod evidence;
mod first_pulse;
mod follow;
mod ladder;
mod occasion;
mod setbacks;
mod stand;
mod woman;
mod words;

pub use belief::Chance;
pub use choose::Ahead;
pub use cohort::{FOLLOWED_DAYS, HowLong, KINDS, Kind, how_long, how_long_if};
pub use ladder::{Aim, Rung, Step};
pub use setbacks::Setback;
pub use stand::Try;
pub use words::UNMEASURED;

use crate::{
    numbers::tenth,
    observed::{Observed, hours},
    red_flags::{RedFlags, red_flags},
};
use belief::Belief;
use evidence::{FirstLetDown, Seen};
use follow::Habit;
use jiff::{Timestamp, ToSpan, civil::Date};
use ladder::{DONE, DONE_OF};
use letdown_journal::{fold::Folded, moment::Moment};
use occasion::At;
use serde::Serialize;
use stand::Stand;

/// What is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Asked {
    /// Which way; `None`: from what the log began with to the other.
    pub to: Option<Aim>,
    /// Within how many minutes a first let-down is in time; `None`: five.
    pub within_min: Option<f64>,
}

/// A programme, as of now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Programme {
    /// When it was asked for.
    pub now: String,
    /// Which way.
    pub to: Aim,
    /// Within how many minutes a first let-down is in time.
    pub within_min: f64,
    /// How it stands.
    pub state: State,
    /// The whole in plain words.
    pub says: String,
    /// Why no step is proposed now, and whom to ask.
    pub stopped: Vec<String>,
    /// Limits that hold.
    pub limits: Vec<String>,
    /// The chance that a try now brings a let-down in time (%).
    pub chance: Option<Chance>,
    /// The newest tries, the oldest first.
    pub tries: Vec<Try>,
    /// The rule by which it is done.
    pub done_rule: String,
    /// The day whose tries first said so.
    pub done_on: Option<String>,
    /// The chance of a try by day (%): so far, and ahead when the next step is taken.
    pub curve: Vec<Point>,
    /// The step that the last days look like.
    pub rung: Option<Rung>,
    /// The next step.
    pub next: Option<Next>,
    /// Every step that the rules allow, as the model expects it, the one proposed first.
    pub options: Vec<Ahead>,
    /// What can come between.
    pub setbacks: Vec<Setback>,
    /// What it rests on.
    pub evidence: Evidence,
    /// What nobody knows.
    pub unmeasured: &'static str,
    /// Hours since the newest session ended.
    pub data_age_h: Option<f64>,
}

/// How it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No session is logged.
    NothingLogged,
    /// No session with the pump beside nursing yet.
    NotBegun,
    /// On the way.
    OnTheWay,
    /// Support is taken up again for two days.
    SetBack,
    /// Done by her rule.
    Done,
    /// Something comes first: see `stopped`.
    Stopped,
}

impl State {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::NothingLogged => "nothing_logged",
            Self::NotBegun => "not_begun",
            Self::OnTheWay => "on_the_way",
            Self::SetBack => "set_back",
            Self::Done => "done",
            Self::Stopped => "stopped",
        }
    }
}

/// The chance of a try on a day (%).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The day.
    pub date: String,
    /// At its end, or now.
    pub chance: Chance,
    /// Whether it lies ahead.
    pub ahead: bool,
}

/// The next step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Next {
    /// The step.
    pub step: Step,
    /// What the model expects of it.
    pub ahead: Ahead,
    /// In plain words.
    pub says: String,
}

/// What a programme rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Pump sessions alone.
    pub pump: usize,
    /// Sessions with the pump beside nursing.
    pub beside: usize,
    /// Nursings alone.
    pub nursing: usize,
    /// Sessions of which it is known when, or that no, let-down came.
    pub seen: usize,
}

/// Within so many minutes a first let-down is in time, when she says nothing else: as long as the model's stories wait.
pub const USUAL_WITHIN_MIN: f64 = 5.0;
/// No answer looks further back than this many sessions.
const MOST_SESSIONS: usize = 1_500;
const SHOWN_TRIES: usize = 10;
const CURVE_DAYS: i32 = 28;
const CURVE_AHEAD_DAYS: usize = 21;

/// The programme of a journal.
pub fn programme(journal: &Folded, observed: &Observed, asked: &Asked) -> Programme {
    let within_min = asked.within_min.unwrap_or(USUAL_WITHIN_MIN).clamp(1.0, 15.0);
    let now = &observed.now;
    let seen = evidence::seen(journal, now);
    let stand = Stand::of(&seen, asked.to, 60.0 * within_min, now);
    let mut answer = nothing(&stand, within_min, observed);
    if seen.is_empty() {
        answer.says = words::nothing_logged();
        return answer;
    }
    let (belief, so_far) = believed(&seen, observed, &stand.habit);
    let chance = belief.chance(&stand.habit.aimed_at(), stand.habit.within_s);
    answer.chance = Some(chance);
    answer.curve = so_far;
    answer.evidence = counted(&seen);
    answer.setbacks = setbacks::setbacks(&belief, &stand.habit);
    answer.stopped = stopping(&red_flags(journal, observed), stand.aim);
    answer.limits = words::limits(&stand, answer.data_age_h);
    answer.state = state(&stand, !answer.stopped.is_empty());
    if answer.state != State::Stopped {
        propose(&mut answer, &belief, &stand, now);
    }
    answer.says = words::says(&answer, &stand);
    answer
}

/// Flags stop every step; towards the pump those against more pumping do too.
fn stopping(flags: &RedFlags, aim: Aim) -> Vec<String> {
    flags.for_a_change(aim == Aim::Pump)
}

fn state(stand: &Stand, is_stopped: bool) -> State {
    // Once done, an unlucky day does not undo it.
    let mostly = stand.counts.of_last(DONE_OF).is_some_and(|came| came + 1 >= DONE);
    let is_done = stand.counts.is_done() || (stand.done_on.is_some() && mostly);
    let came_once = stand.counts.tries.contains(&true);
    let was_supported = stand.rung == Some(Rung::Beside);
    match () {
        () if is_stopped => State::Stopped,
        () if is_done && !stand.counts.is_set_back() => State::Done,
        () if stand.has_begun && !was_supported && came_once && stand.counts.is_set_back() => State::SetBack,
        () if stand.has_begun => State::OnTheWay,
        () => State::NotBegun,
    }
}

/// The next step, what it would bring, and the curve ahead.
fn propose(answer: &mut Programme, belief: &Belief, stand: &Stand, now: &Moment) {
    let is_done = answer.state == State::Done;
    let allowed =
        if is_done { vec![Rung::Alone] } else { stand.allowed(answer.chance.map_or(0.0, |c| c.p50)) };
    let followers = choose::choose(belief, &stand.habit, &stand.counts, &allowed);
    let Some(first) = followers.first() else { return };
    let days_ahead = first.chance.iter().take(CURVE_AHEAD_DAYS).zip(1i64..);
    answer.curve.extend(days_ahead.map(|(chance, day)| Point {
        date: now.date().saturating_add(day.days()).to_string(),
        chance: *chance,
        ahead: true,
    }));
    let is_supported = matches!(stand.rung, Some(Rung::Beside | Rung::Fading));
    let rung = if is_done && !is_supported { Rung::NewPlaces } else { first.ahead.rung };
    let step = rung.step(stand.aim);
    let ahead = Ahead { rung, title: step.title, ..first.ahead.clone() };
    answer.next = Some(Next { step, says: words::next(&step, &ahead, is_done), ahead });
    if !is_done {
        answer.options = followers.into_iter().map(|f| f.ahead).collect();
    }
}

/// What is believed after the log, and the chance of a try at the end of each of its last days.
fn believed(seen: &[Seen], observed: &Observed, habit: &Habit) -> (Belief, Vec<Point>) {
    let recent = &seen[seen.len().saturating_sub(MOST_SESSIONS)..];
    let early = recent.iter().take(40);
    let nursed =
        early.clone().filter(|s| s.occasion.at == At::Baby).count() as f64 / early.count().max(1) as f64;
    let first = recent.first().map(|s| s.start.timestamp());
    let age = |at: Timestamp| observed.birth.map(|born| hours(observed.day_start(born), at) / 24.0);
    let mut belief = Belief::before(first.and_then(age), nursed);
    let mut points: Vec<Point> = Vec::new();
    let today = observed.now.date();
    let point = |belief: &Belief, day: Date| Point {
        date: day.to_string(),
        chance: belief.chance(&habit.aimed_at(), habit.within_s),
        ahead: false,
    };
    for (i, s) in recent.iter().enumerate() {
        belief.see(s);
        let day = s.start.date();
        let ends = recent.get(i + 1).is_none_or(|later| later.start.date() != day);
        if ends && day < today && (today - day).get_days() <= CURVE_DAYS {
            points.push(point(&belief, day));
        }
    }
    belief.rest_until(observed.now.timestamp());
    points.push(point(&belief, today));
    (belief, points)
}

fn counted(seen: &[Seen]) -> Evidence {
    let of = |at: At| seen.iter().filter(|s| s.occasion.at == at).count();
    let is_seen = |s: &&Seen| {
        matches!(s.what, FirstLetDown::After(_) | FirstLetDown::NoneIn(_) | FirstLetDown::Within(_))
    };
    Evidence {
        pump: of(At::Pump),
        beside: of(At::Beside),
        nursing: of(At::Baby),
        seen: seen.iter().filter(is_seen).count(),
    }
}

fn nothing(stand: &Stand, within_min: f64, observed: &Observed) -> Programme {
    let shown = stand.tries.len().saturating_sub(SHOWN_TRIES);
    Programme {
        now: observed.now.to_string(),
        to: stand.aim,
        within_min,
        state: State::NothingLogged,
        says: String::new(),
        stopped: Vec::new(),
        limits: Vec::new(),
        chance: None,
        tries: stand.tries[shown..].to_vec(),
        done_rule: words::done_rule(stand.aim, within_min),
        done_on: stand.done_on.map(|day| day.to_string()),
        curve: Vec::new(),
        rung: stand.rung,
        next: None,
        options: Vec::new(),
        setbacks: Vec::new(),
        evidence: Evidence::default(),
        unmeasured: words::UNMEASURED,
        data_age_h: observed.data_age_h().map(tenth),
    }
}
