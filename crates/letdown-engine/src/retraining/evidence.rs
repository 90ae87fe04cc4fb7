//! What a log tells of the reflex: each session at pump and breast with its cues, its mood, and what was seen of its first
//! let-down.
//!
//! | in the log | is |
//! |---|---|
//! | a pump session with the technique `nursing`; a pump session and a nursing at the same time | the pump beside nursing |
//! | a pump session else | the pump alone |
//! | a nursing else | nursing alone |
//! | `let_downs` of a pump session, `first_let_down_s` of a nursing | the second of the first let-down |
//! | a watched pump session without let-downs, `let_down: false` | none in so many minutes |
//! | `felt`, `let_down: true`, 15 mL and more by the scale | it came |
//! | a nursing or pump session logged here without `felt`, where she notes feelings | no feeling noted |
//! | stress and pain of the four hours before | `s_c`, 0.12 and 0.10 for each point of ten |
//! | a cue with the seconds until milk came | that cue alone, nothing touching her |
//! | a cue logged up to 15 minutes before, `photo`, `sound`, `smell`, `thought` | that cue |

use super::occasion::{At, Occasion};
use crate::{observed::hours, visible::visible};
use jiff::Timestamp;
use letdown_journal::{
    body::{Body, Cue as CueEntry, CueKind, Feeling, Nurse, Pump, Technique},
    entry::EntryId,
    fold::Folded,
    moment::Moment,
};
use letdown_model::learning::Cue;

/// A session, and what was seen of its first let-down.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub start: Moment,
    pub occasion: Occasion,
    pub what: FirstLetDown,
    /// Whether much stress or pain was logged around it: it tells of the day.
    pub is_hard: bool,
}

/// What was seen of a first let-down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum FirstLetDown {
    /// It came after so many seconds.
    After(f64),
    /// It came within so many seconds.
    Within(f64),
    /// None came in so many seconds.
    NoneIn(f64),
    /// She notes feelings, and noted none; the session took so many seconds.
    NotFelt(f64),
    /// Nothing tells.
    Unknown(f64),
}

impl FirstLetDown {
    /// Whether it came in time; `None` where that is not known.
    pub(super) fn came_within(self, limit_s: f64) -> Option<bool> {
        match self {
            Self::After(s) => Some(s <= limit_s),
            // It came before the feed was over; most first let-downs do so early.
            Self::Within(_) => Some(true),
            // A short nursing without one says nothing about minutes that were not waited.
            Self::NoneIn(s) => (s >= SHORTEST_TRY * limit_s).then_some(false),
            Self::NotFelt(_) | Self::Unknown(_) => None,
        }
    }
}

/// Who stopped after this share of her limit has tried.
const SHORTEST_TRY: f64 = 0.8;
/// `s_c` of a point of stress and of pain: 5 of 10 are doing sums, or a sore nipple.
const STRESS_A_POINT: f64 = 0.12;
const PAIN_A_POINT: f64 = 0.10;
const HARD_POINTS: f64 = 7.0;
const FELT_H: f64 = 4.0;
const CUE_BEFORE_H: f64 = 0.25;
const USUAL_MINUTES: f64 = 12.0;
const DRANK_ML: f64 = 15.0;
const HARDLY_DRANK_ML: f64 = 5.0;

/// The sessions of a log in order of time.
pub(super) fn seen(journal: &Folded, now: &Moment) -> Vec<Seen> {
    let bodies = visible(journal, now);
    let beside = Beside::of(&bodies);
    let sessions = bodies.iter().filter_map(|(_, body)| match body {
        Body::Pump(pump) => Some(beside.pumped(pump)),
        Body::Nurse(nurse) => beside.nursed(nurse),
        Body::Cue(cue) => beside.cued(cue),
        _ => None,
    });
    sessions.collect()
}

/// What stands beside sessions.
struct Beside<'a> {
    pumps: Vec<&'a Pump>,
    nursings: Vec<&'a Nurse>,
    feelings: Vec<&'a Feeling>,
    cues: Vec<&'a CueEntry>,
    places: Vec<String>,
    notes_feelings: bool,
}

impl<'a> Beside<'a> {
    fn of(bodies: &'a [(EntryId, Body)]) -> Self {
        let mut beside = Self {
            pumps: Vec::new(),
            nursings: Vec::new(),
            feelings: Vec::new(),
            cues: Vec::new(),
            places: Vec::new(),
            notes_feelings: false,
        };
        for (_, body) in bodies {
            match body {
                Body::Pump(b) => {
                    beside.notes_feelings |= !b.felt.is_empty();
                    beside.pumps.push(b);
                }
                Body::Nurse(b) => {
                    beside.notes_feelings |= !b.felt.is_empty();
                    beside.nursings.push(b);
                }
                Body::Feeling(b) => beside.feelings.push(b),
                Body::Cue(b) => beside.cues.push(b),
                _ => {}
            }
        }
        beside.places = places(&beside.nursings);
        beside
    }

    fn pumped(&self, pump: &Pump) -> Seen {
        let nursed = self.nursings.iter().find(|nurse| together(pump, nurse));
        let with_baby = nursed.is_some() || pump.techniques.contains(&Technique::Nursing);
        let at = if with_baby { At::Beside } else { At::Pump };
        let one = pump.left.is_some() != pump.right.is_some() && pump.total.is_none();
        let occasion = Occasion {
            both_breasts: !one,
            massaged: pump.techniques.contains(&Technique::Massage),
            ..self.occasion(at, &pump.start, &pump.techniques)
        };
        let what = pump_saw(pump, self.notes_feelings);
        let what = match (what, nursed) {
            (FirstLetDown::NotFelt(_) | FirstLetDown::Unknown(_), Some(nurse)) => {
                nurse_saw(nurse, self.notes_feelings)
            }
            (what, _) => what,
        };
        self.session(pump.start.clone(), occasion, what)
    }

    /// A nursing that is no part of a pump session.
    fn nursed(&self, nurse: &Nurse) -> Option<Seen> {
        if self.pumps.iter().any(|pump| together(pump, nurse)) {
            return None;
        }
        let named = place_of(nurse).and_then(|name| self.places.iter().position(|known| *known == name));
        let place = named.and_then(|i| u32::try_from(i).ok()).unwrap_or(0);
        let occasion = Occasion { place, ..self.occasion(At::Baby, &nurse.start, &[]) };
        Some(self.session(nurse.start.clone(), occasion, nurse_saw(nurse, self.notes_feelings)))
    }

    /// A cue alone, where it was noted after how many seconds milk came.
    fn cued(&self, cue: &CueEntry) -> Option<Seen> {
        let what = FirstLetDown::After(cue.latency_s?);
        let cues = vec![cue_of(&cue.what)?];
        let occasion = Occasion { cues, ..self.occasion(At::Nothing, &cue.start, &[]) };
        Some(self.session(cue.start.clone(), occasion, what))
    }

    fn session(&self, start: Moment, occasion: Occasion, what: FirstLetDown) -> Seen {
        let most = |points: fn(&Feeling) -> Option<f64>| {
            self.felt_before(start.timestamp()).filter_map(points).fold(0.0, f64::max)
        };
        let is_hard = most(|f| f.stress).max(most(|f| f.pain)) >= HARD_POINTS;
        Seen { start, occasion, what, is_hard }
    }

    fn occasion(&self, at: At, start: &Moment, techniques: &[Technique]) -> Occasion {
        let before = self
            .cues
            .iter()
            .filter(|cue| (0.0..=CUE_BEFORE_H).contains(&hours(cue.start.timestamp(), start.timestamp())));
        let mut cues: Vec<Cue> = before.filter_map(|cue| cue_of(&cue.what)).collect();
        cues.extend(techniques.iter().filter_map(cue_of_technique));
        cues.sort_unstable();
        cues.dedup();
        Occasion { cues, distress: self.distress(start.timestamp()), ..Occasion::usual(at) }
    }

    fn felt_before(&self, at: Timestamp) -> impl Iterator<Item = &'a Feeling> {
        self.feelings
            .iter()
            .copied()
            .filter(move |feeling| (0.0..=FELT_H).contains(&hours(feeling.start.timestamp(), at)))
    }

    /// What she last said of the hours before.
    fn distress(&self, at: Timestamp) -> Option<f64> {
        let last = self.felt_before(at).filter(|f| f.stress.is_some() || f.pain.is_some()).last()?;
        Some(STRESS_A_POINT * last.stress.unwrap_or(0.0) + PAIN_A_POINT * last.pain.unwrap_or(0.0))
    }
}

/// Where she nursed, the usual place first: home where that is named or where the first nursing names no place, else the one
/// that was named first. A nursing that names none was in the usual place.
fn places(nursings: &[&Nurse]) -> Vec<String> {
    let named: Vec<String> = nursings.iter().filter_map(|nurse| place_of(nurse)).collect();
    let began_unnamed = nursings.first().is_some_and(|first| place_of(first).is_none());
    let at_home = began_unnamed || named.iter().any(|place| place == HOME);
    let mut places: Vec<String> = at_home.then(|| HOME.to_owned()).into_iter().collect();
    for place in named {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

const HOME: &str = "home";

fn place_of(nurse: &Nurse) -> Option<String> {
    nurse.place.as_deref().map(|place| place.trim().to_lowercase()).filter(|place| !place.is_empty())
}

/// Whether pump and baby were at work at the same time. A nursing in which nothing came before the pump began is a try of
/// its own.
fn together(pump: &Pump, nurse: &Nurse) -> bool {
    let ends = |body: Body| body.end().timestamp();
    let (pump_from, nurse_from) = (pump.start.timestamp(), nurse.start.timestamp());
    let overlap = nurse_from < ends(Body::Pump(pump.clone())) && pump_from < ends(Body::Nurse(nurse.clone()));
    let alone_first = nurse.let_down == Some(false) && nurse_from < pump_from;
    (overlap || pump_from == nurse_from) && !alone_first
}

fn pump_saw(pump: &Pump, notes_feelings: bool) -> FirstLetDown {
    let length_s = 60.0 * pump.length_min().unwrap_or(USUAL_MINUTES);
    let watched = pump.trace.is_some() || pump.detector.is_some();
    match pump.let_downs.first() {
        Some(first) => FirstLetDown::After(first.onset_s),
        None if watched => FirstLetDown::NoneIn(length_s),
        None if !pump.felt.is_empty() => FirstLetDown::Within(length_s),
        None if notes_feelings && pump.source.is_none() => FirstLetDown::NotFelt(length_s),
        None => FirstLetDown::Unknown(length_s),
    }
}

fn nurse_saw(nurse: &Nurse, notes_feelings: bool) -> FirstLetDown {
    let length_s = 60.0 * nurse.length_min().unwrap_or(USUAL_MINUTES);
    let drank = nurse.intake_ml();
    if let Some(s) = nurse.first_let_down_s {
        return FirstLetDown::After(s);
    }
    match nurse.lets_down() {
        Some(true) => FirstLetDown::Within(length_s),
        Some(false) => FirstLetDown::NoneIn(length_s),
        None if drank.is_some_and(|ml| ml >= DRANK_ML) => FirstLetDown::Within(length_s),
        None if drank.is_some_and(|ml| ml <= HARDLY_DRANK_ML) => FirstLetDown::NoneIn(length_s),
        None if notes_feelings && nurse.source.is_none() => FirstLetDown::NotFelt(length_s),
        None => FirstLetDown::Unknown(length_s),
    }
}

fn cue_of(kind: &CueKind) -> Option<Cue> {
    match kind {
        CueKind::Picture => Some(Cue::Picture),
        CueKind::Sound => Some(Cue::Recording),
        CueKind::Smell => Some(Cue::Smell),
        CueKind::Thought => Some(Cue::Thought),
        _ => None,
    }
}

fn cue_of_technique(technique: &Technique) -> Option<Cue> {
    match technique {
        Technique::Photo => Some(Cue::Picture),
        Technique::Sound => Some(Cue::Recording),
        Technique::Smell => Some(Cue::Smell),
        Technique::Thought => Some(Cue::Thought),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use letdown_journal::moment;

    fn places_of(named: &[Option<&str>]) -> Vec<String> {
        let at = moment::parse("2026-10-08T09:00:00+00:00[UTC]", None).unwrap().at;
        let nursing =
            |place: Option<&str>| Nurse { place: place.map(str::to_owned), ..Nurse::at(at.clone()) };
        let nursings: Vec<Nurse> = named.iter().copied().map(nursing).collect();
        places(&nursings.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_usual_place_comes_first() {
        assert!(places_of(&[]).is_empty());
        assert_eq!(places_of(&[None, Some("work"), None]), ["home", "work"], "who names none is at home");
        assert_eq!(places_of(&[Some("work"), Some(" Home"), Some("Work")]), ["home", "work"]);
        assert_eq!(places_of(&[Some("the blue chair"), None, Some("work")]), ["the blue chair", "work"]);
    }
}
