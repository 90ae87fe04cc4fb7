//! A moment of a session, and what follows from it.

use super::{
    Id, Knows, Said, What,
    chance::{Lull, Odds, Way, odds},
    limits::{LONGEST_S, WITHIN_REACH},
    said,
};
use crate::live::Look;

pub(super) struct Moment<'a> {
    pub now_s: f64,
    pub look: &'a Look,
    pub knows: &'a Knows,
    pub said: &'a [Said],
}

impl Moment<'_> {
    fn so_far(&self) -> impl DoubleEndedIterator<Item = &Said> {
        self.said.iter().filter(|s| s.at_s <= self.now_s)
    }

    /// When something was last said.
    pub(super) fn last_s(&self, what: What) -> Option<f64> {
        self.so_far().rfind(|s| s.what == what).map(|s| s.at_s)
    }

    pub(super) fn has_shown(&self, id: Id) -> bool {
        self.times_shown(id) > 0
    }

    pub(super) fn times_shown(&self, id: Id) -> usize {
        self.so_far().filter(|s| s.what == What::Shown && s.id == Some(id)).count()
    }

    /// When a prompt was last shown.
    pub(super) fn last_shown_s(&self, id: Id) -> Option<f64> {
        self.so_far().rfind(|s| s.what == What::Shown && s.id == Some(id)).map(|s| s.at_s)
    }

    /// What stands unanswered, and since when.
    pub(super) fn standing(&self) -> Option<(Id, f64)> {
        said::standing(self.said, self.now_s)
    }

    /// What she agreed to last, and when.
    pub(super) fn agreed(&self) -> Option<(Id, f64)> {
        let last = self.so_far().rfind(|s| s.what == What::Do)?;
        Some((last.id?, last.at_s))
    }

    pub(super) fn count(&self, what: What) -> usize {
        self.so_far().filter(|s| s.what == what).count()
    }

    /// How many prompts of those that count were shown.
    pub(super) fn spent(&self) -> usize {
        self.so_far().filter(|s| s.what == What::Shown && s.id.is_some_and(counts)).count()
    }

    /// Whether so much longer stays within the longest session.
    pub(super) fn has_time(&self, more_s: f64) -> bool {
        self.now_s + more_s <= LONGEST_S
    }

    /// The lull that she is in, when a let-down came before it.
    pub(super) fn lull(&self) -> Option<Lull> {
        let let_downs = &self.look.let_downs;
        let last = let_downs.last()?;
        let own: Vec<f64> = let_downs.windows(2).map(|w| w[1].onset_s - w[0].onset_s).collect();
        Some(Lull {
            since_s: self.now_s - last.onset_s,
            count: let_downs.len(),
            gaps: self.knows.gaps.with(&own),
            last_ml: last.volume_ml,
            taken_ml: self.look.milk_ml,
            in_breast_ml: self.knows.in_breast_ml.map(|[_, middle, _]| middle),
        })
    }

    pub(super) fn odds(&self, way: Way) -> Option<Odds> {
        Some(odds(&self.lull()?, way))
    }

    /// The share of what is within reach that has come.
    pub(super) fn share(&self) -> Option<f64> {
        Some(self.look.milk_ml? / (WITHIN_REACH * self.knows.in_breast_ml?[1]).max(1.0))
    }

    /// Whether a let-down began after a moment.
    pub(super) fn came_since(&self, at_s: f64) -> Option<&crate::live::SeenNow> {
        self.look.let_downs.iter().find(|l| at_s <= l.onset_s)
    }
}

/// Whether a prompt is one of the few of a session: not for her safety, and not a step of what she agreed to.
fn counts(id: Id) -> bool {
    !matches!(
        id,
        Id::Pain
            | Id::Long
            | Id::AskFirst
            | Id::Calm
            | Id::Massage
            | Id::PumpAgain
            | Id::CameAgain
            | Id::Over
    )
}
