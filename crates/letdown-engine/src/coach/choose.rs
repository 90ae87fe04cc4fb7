//! Which prompt stands at a moment: the limits first, then what she agreed to, then what the phase of the session asks for.

use super::{
    Goal, Id, What,
    chance::Way,
    limits::{
        BUDGET, GO_ON_AT_MOST, LEAST_CHANCE, LONGEST_S, MASSAGE_S, MORE_S, MOST, MUCH, NONE_YET_S, NOT_NOW_S,
        NOT_NOWS, REST_S,
    },
    moment::Moment,
};

/// A prompt that stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen {
    pub id: Id,
    pub since_s: f64,
    /// Whether it was not shown before.
    pub is_new: bool,
}

/// Prompts about her safety stand so long when nobody answers (s).
const SAFETY_S: f64 = 120.0;

pub(super) fn choose(m: &Moment<'_>) -> Option<Chosen> {
    if m.last_s(What::Stop).is_some() || m.look.phase == "ended" || m.look.is_over {
        return None;
    }
    if let Some(id) = limit(m) {
        return once(m, id, SAFETY_S);
    }
    match guided(m) {
        Guide::Says(id, life_s) => once(m, id, life_s),
        Guide::Silent => None,
        Guide::Over => kept(m).or_else(|| proposed(m)),
    }
}

/// What ends all other advice of the session.
fn limit(m: &Moment<'_>) -> Option<Id> {
    let is_tense = m.knows.stress.is_some_and(|stress| stress >= MUCH) || m.last_s(What::Tense).is_some();
    let limits = [
        (m.last_s(What::Pain).is_some(), Id::Pain),
        (m.now_s >= LONGEST_S, Id::Long),
        (!m.knows.asks_first().is_empty(), Id::AskFirst),
        (is_tense, Id::Calm),
    ];
    limits.into_iter().find(|(holds, _)| *holds).map(|(_, id)| id)
}

/// A prompt that is shown once and stands so long.
fn once(m: &Moment<'_>, id: Id, life_s: f64) -> Option<Chosen> {
    match m.standing() {
        Some((standing, since_s)) if standing == id => {
            (m.now_s - since_s < life_s).then_some(Chosen { id, since_s, is_new: false })
        }
        _ => (!m.has_shown(id)).then_some(Chosen { id, since_s: m.now_s, is_new: true }),
    }
}

enum Guide {
    Says(Id, f64),
    Silent,
    Over,
}

/// What belongs to the last thing she agreed to, until its time is over.
fn guided(m: &Moment<'_>) -> Guide {
    let Some((id, from_s)) = m.agreed() else { return Guide::Over };
    let waved = m.last_s(What::NotNow).is_some_and(|s| from_s < s);
    let gone_s = m.now_s - from_s;
    let massage_s = match id {
        Id::MassageThenFive => MASSAGE_S,
        Id::PastFlow => 0.0,
        Id::NoneYet if m.look.let_downs.is_empty() && !waved && gone_s < NONE_YET_S => return Guide::Silent,
        _ => return Guide::Over,
    };
    // A let-down in the last seconds of a lull was on its way before.
    let came = m.came_since(from_s + 1.0).is_some();
    let is_new = |id: Id| m.last_shown_s(id).is_none_or(|s| s < from_s);
    let stands = |id: Id, life_s: f64| {
        is_new(id) || m.standing().is_some_and(|(stands, since_s)| stands == id && m.now_s - since_s < life_s)
    };
    if waved {
        Guide::Over
    } else if gone_s < massage_s {
        Guide::Says(Id::Massage, MASSAGE_S)
    } else if came && gone_s < massage_s + MORE_S {
        if stands(Id::CameAgain, 40.0) { Guide::Says(Id::CameAgain, 40.0) } else { Guide::Silent }
    } else if gone_s < massage_s + MORE_S {
        let pumps_on = massage_s > 0.0 && gone_s < massage_s + 60.0 && stands(Id::PumpAgain, 40.0);
        if pumps_on { Guide::Says(Id::PumpAgain, 40.0) } else { Guide::Silent }
    } else if !came && gone_s < massage_s + MORE_S + SAFETY_S && stands(Id::Over, SAFETY_S) {
        Guide::Says(Id::Over, SAFETY_S)
    } else {
        Guide::Over
    }
}

/// The prompt that stands, as long as what it says holds.
fn kept(m: &Moment<'_>) -> Option<Chosen> {
    let (id, since_s) = m.standing()?;
    let phase = m.look.phase;
    let has_slowed = matches!(phase, "slowed" | "past_flow");
    let (holds, life_s) = match id {
        Id::Cue => (phase == "before_first", 60.0),
        Id::Wait => (phase == "before_first", 90.0),
        Id::NoneYet => (phase == "before_first", 180.0),
        Id::Came => (phase == "let_down", 25.0),
        Id::MassageThenFive => (has_slowed && m.has_time(MASSAGE_S + MORE_S), 150.0),
        Id::PastFlow => (has_slowed && m.has_time(MORE_S), 150.0),
        Id::Enough | Id::Comfortable => (has_slowed, 150.0),
        _ => (false, 0.0),
    };
    (holds && m.now_s - since_s < life_s).then_some(Chosen { id, since_s, is_new: false })
}

/// A new prompt, when the budget and the rest since the last one allow it.
fn proposed(m: &Moment<'_>) -> Option<Chosen> {
    let since = |what: What| m.last_s(what).map_or(f64::INFINITY, |s| m.now_s - s);
    let is_quiet = m.spent() >= BUDGET
        || m.count(What::NotNow) >= NOT_NOWS
        || since(What::Shown) < REST_S
        || since(What::NotNow) < NOT_NOW_S;
    if is_quiet {
        return None;
    }
    let id = match m.look.phase {
        "before_first" => before_first(m),
        "let_down" => came(m),
        "slowed" | "past_flow" => slowed(m),
        _ => None,
    }?;
    Some(Chosen { id, since_s: m.now_s, is_new: true })
}

fn before_first(m: &Moment<'_>) -> Option<Id> {
    let usual_s = m.knows.first().usual_s();
    if m.now_s < usual_s && !m.has_shown(Id::Cue) {
        Some(Id::Cue)
    } else if m.now_s >= NONE_YET_S {
        (!m.has_shown(Id::NoneYet)).then_some(Id::NoneYet)
    } else if m.now_s > 1.2 * usual_s {
        (!m.has_shown(Id::Wait)).then_some(Id::Wait)
    } else {
        None
    }
}

fn came(m: &Moment<'_>) -> Option<Id> {
    let first = m.look.let_downs.first()?;
    let is_fresh = m.look.let_downs.len() == 1 && m.now_s - first.onset_s < 60.0;
    (is_fresh && !m.has_shown(Id::Came)).then_some(Id::Came)
}

fn slowed(m: &Moment<'_>) -> Option<Id> {
    let hurts = m.knows.hurt || m.knows.pain.is_some_and(|pain| pain >= MUCH);
    if !m.knows.more_pumping.is_empty() || hurts {
        return (!m.has_shown(Id::Comfortable)).then_some(Id::Comfortable);
    }
    m.lull()?;
    let is_raising = m.knows.goal == Goal::Raise;
    if may_come_again(m) {
        Some(Id::MassageThenFive)
    } else if is_raising && m.look.phase == "past_flow" && m.has_time(MORE_S) && !m.has_shown(Id::PastFlow) {
        Some(Id::PastFlow)
    } else {
        let waits = is_raising && m.look.phase == "slowed";
        (!waits && !m.has_shown(Id::Enough)).then_some(Id::Enough)
    }
}

/// Whether massage and five more minutes are worth a word.
fn may_come_again(m: &Moment<'_>) -> bool {
    let has_goal = m.knows.goal_ml.zip(m.look.milk_ml).is_some_and(|(goal, came)| came >= goal);
    let has_most = m.share().is_some_and(|share| share >= MOST);
    let is_likely = m.odds(Way::Massage).is_some_and(|odds| odds.chance >= LEAST_CHANCE);
    let shown = m.times_shown(Id::MassageThenFive);
    let did = m.agreed().is_some_and(|(id, _)| id == Id::MassageThenFive);
    m.knows.goal != Goal::Wean
        && !has_goal
        && !has_most
        && is_likely
        && m.has_time(MASSAGE_S + MORE_S)
        && shown < if did { GO_ON_AT_MOST } else { 1 }
}
