//! Felt against seen: does she feel her let-downs, and does that change?

use super::{
    given::Given,
    known::{Share, normal_cdf},
};
use jiff::Timestamp;
use serde::Serialize;

/// What she feels, and what was seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FeltAnswer {
    /// Pump sessions in which a scale or taps saw a let-down: in how many of them she felt one.
    pub of_seen: Option<Share>,
    /// Pump sessions that were watched and in which none was seen: in how many of them she felt one all the same.
    pub of_unseen: Option<Share>,
    /// Sessions of the last four weeks, at the pump and at the breast: in how many she felt one.
    pub recent: Option<Share>,
    /// The same of the weeks before.
    pub before: Option<Share>,
    /// The probability that she feels them more often now than before.
    pub more_often_now: Option<f64>,
    /// Let-downs of a watched session, on average.
    pub let_downs_a_session: Option<f64>,
    /// The whole in plain words.
    pub says: String,
}

const RECENT_H: f64 = 28.0 * 24.0;
/// Sessions from which two times are compared.
const FEWEST: usize = 8;
const CLAIM: f64 = 0.9;

struct Noticed {
    at: Timestamp,
    felt: bool,
    /// Let-downs that were seen, where anything watched.
    seen: Option<usize>,
}

/// What she feels.
pub(super) fn felt(given: &Given<'_>) -> FeltAnswer {
    let pumps = given.pumps().filter(|(_, p)| p.source.is_none()).map(|(_, p)| Noticed {
        at: p.start.timestamp(),
        felt: !p.felt.is_empty(),
        seen: (p.trace.is_some() || p.detector.is_some() || !p.let_downs.is_empty())
            .then_some(p.let_downs.len()),
    });
    let nursings = given.nursings().filter(|n| n.source.is_none()).map(|n| Noticed {
        at: n.start.timestamp(),
        felt: !n.felt.is_empty(),
        seen: None,
    });
    let all: Vec<Noticed> = pumps.chain(nursings).collect();
    let share = |of: &dyn Fn(&Noticed) -> bool| {
        let chosen: Vec<&Noticed> = all.iter().filter(|n| of(n)).collect();
        Share::of(chosen.iter().filter(|n| n.felt).count(), chosen.len())
    };
    let is_recent = |n: &Noticed| given.age_h(n.at) <= RECENT_H;
    let ever = all.iter().any(|n| n.felt);
    let watched: Vec<usize> = all.iter().filter_map(|n| n.seen).collect();
    let mut answer = FeltAnswer {
        of_seen: share(&|n| n.seen.is_some_and(|seen| seen > 0)),
        of_unseen: share(&|n| n.seen == Some(0)),
        recent: share(&is_recent).filter(|_| ever),
        before: share(&|n| !is_recent(n)).filter(|_| ever),
        more_often_now: None,
        let_downs_a_session: (!watched.is_empty())
            .then(|| crate::numbers::tenth(watched.iter().sum::<usize>() as f64 / watched.len() as f64)),
        says: String::new(),
    };
    answer.more_often_now = answer.recent.as_ref().zip(answer.before.as_ref()).and_then(|(r, b)| above(r, b));
    answer.says = says(&answer, ever);
    answer
}

/// The probability that one share lies above another, by the normal approximation of their flat-prior posteriors.
fn above(a: &Share, b: &Share) -> Option<f64> {
    if a.n < FEWEST || b.n < FEWEST {
        return None;
    }
    let moments = |s: &Share| {
        let n = s.n as f64 + 2.0;
        let mean = (s.of as f64 + 1.0) / n;
        (mean, mean * (1.0 - mean) / (n + 1.0))
    };
    let ((ma, va), (mb, vb)) = (moments(a), moments(b));
    Some(crate::numbers::thousandth(normal_cdf((ma - mb) / (va + vb).sqrt())))
}

fn says(answer: &FeltAnswer, ever: bool) -> String {
    if !ever {
        return "You have not noted a feeling at a let-down yet. About a third of women never feel one, and their milk comes \
                all the same."
            .into();
    }
    let mut said = Vec::new();
    if let Some(seen) = &answer.of_seen {
        let rarely =
            if seen.p90 < 0.5 { ", so a let-down that you do not feel is usual for you" } else { "" };
        said.push(format!("Of sessions with a let-down that was seen, you felt {}{rarely}.", seen.words()));
    }
    match (&answer.recent, &answer.before, answer.more_often_now) {
        (Some(recent), Some(before), Some(p)) if p >= CLAIM => {
            said.push(format!(
                "You feel them more often now: {}, before {}.",
                recent.words(),
                before.words()
            ));
        }
        (Some(recent), Some(before), Some(p)) if p <= 1.0 - CLAIM => {
            said.push(format!(
                "You feel them less often now: {}, before {}.",
                recent.words(),
                before.words()
            ));
        }
        (Some(recent), _, _) => {
            said.push(format!("In the last four weeks you noted a feeling in {} sessions.", recent.words()));
        }
        _ => {}
    }
    if answer.of_seen.is_none() {
        said.push(
            "No session was watched by a scale or by taps yet, so felt cannot be held against seen.".into(),
        );
    }
    said.join(" ")
}
