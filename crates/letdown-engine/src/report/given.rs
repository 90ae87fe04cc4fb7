//! What a page is made from: the facts at an hour, whose they are, and the days it looks at.

use crate::{
    babies::babies,
    observed::{Observed, hours},
    standing::Standing,
    visible::visible,
};
use jiff::{ToSpan, civil::Date};
use letdown_journal::{
    body::{Baby, Body, Sex},
    doubt::{Doubt, doubts},
    entry::EntryId,
    fold::Folded,
};
use std::collections::BTreeSet;

/// What a page is made from.
pub(crate) struct Given<'a> {
    pub observed: &'a Observed,
    /// Every fact that has ended, in order of time.
    pub bodies: Vec<(EntryId, Body)>,
    /// The babies, in the order of their birth.
    pub children: Vec<Child>,
    /// The whole days that are looked at.
    pub days: Window,
    /// Days of them on which anything was logged that tells of milk.
    pub logged: BTreeSet<Date>,
}

/// A baby.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub name: Option<String>,
    /// What it is and was called, in small letters.
    called: BTreeSet<String>,
    pub born: Option<Date>,
    pub gestation_days: Option<u32>,
    pub sex: Option<Sex>,
    pub birth_weight_g: Option<f64>,
    /// Whether what names no baby is about this one.
    only: bool,
}

/// Some days, the last one included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub from: Date,
    pub to: Date,
}

/// The days a page looks at.
pub(crate) const DAYS: i32 = 14;

impl Window {
    pub(crate) fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    pub(crate) fn days(self) -> impl Iterator<Item = Date> + use<> {
        let (from, to) = (self.from, self.to);
        (0..=(to - from).get_days()).map(move |i| from.saturating_add(i64::from(i).days()))
    }

    /// The days before its end, as many as are said.
    pub(crate) fn back(self, days: i32) -> Self {
        Self { from: self.to.saturating_sub(i64::from(days - 1).days()), to: self.to }
    }
}

impl<'a> Given<'a> {
    pub(crate) fn of(journal: &Folded, observed: &'a Observed) -> Self {
        let bodies = visible(journal, &observed.now);
        let children = children(journal, observed, &bodies);
        let tells =
            |body: &Body| matches!(body, Body::Pump(_) | Body::Nurse(_) | Body::Hand(_) | Body::Bottle(_));
        let milk: BTreeSet<Date> =
            bodies.iter().filter(|(_, b)| tells(b)).map(|(_, b)| b.start().date()).collect();
        let today = observed.now.timestamp().to_zoned_datetime(observed.zone()).date();
        let yesterday = today.saturating_sub(1.days());
        // The newest whole days of the log, not of the calendar: an old log is told as it was.
        let to = milk.range(..=yesterday).next_back().copied().unwrap_or(yesterday);
        let first = milk.first().copied().unwrap_or(to);
        let days = Window { from: to.saturating_sub(i64::from(DAYS - 1).days()).max(first.min(to)), to };
        let logged = milk.into_iter().filter(|day| days.holds(*day)).collect();
        Self { observed, bodies, children, days, logged }
    }

    /// Facts of some days.
    pub(crate) fn within(&self, days: Window) -> impl Iterator<Item = &Body> {
        self.bodies.iter().map(|(_, body)| body).filter(move |body| days.holds(body.start().date()))
    }

    /// Whether a value is taken at its word.
    pub(crate) fn trusted(&self, body: &Body) -> bool {
        !doubts(body, self.observed.now.timestamp()).iter().any(Doubt::bars_from_fit)
    }

    /// Days between a day and now.
    pub(crate) fn age_days(&self, day: Date) -> i32 {
        (self.observed.now.date() - day).get_days()
    }

    /// Hours since the newest session.
    pub(crate) fn age_h(&self) -> Option<f64> {
        self.observed.newest_end.map(|end| hours(end, self.observed.now.timestamp()))
    }
}

impl Child {
    /// Whether what names a baby so is about this one.
    pub(crate) fn is(&self, named: Option<&str>) -> bool {
        match named.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()) {
            Some(name) => self.called.contains(&name),
            None => self.only,
        }
    }
}

fn children(journal: &Folded, observed: &Observed, bodies: &[(EntryId, Body)]) -> Vec<Child> {
    let mut standing = Standing::default();
    journal.facts().for_each(|fact| standing.see(fact));
    let written = |root: &str| {
        bodies.iter().find_map(|(id, body)| match body {
            Body::Baby(baby) if id.to_string() == root => Some(baby),
            _ => None,
        })
    };
    let about: BTreeSet<String> =
        bodies.iter().filter_map(|(_, b)| about(b)).map(str::to_lowercase).collect();
    let mut children: Vec<Child> = Vec::new();
    // Those with an entry of their own first: a name in other letters is theirs.
    let mut names = babies(journal, &standing);
    names.sort_by_key(|known| known.root.is_none());
    for known in names {
        let called = known.also.iter().chain([&known.name]).map(|name| name.trim().to_lowercase()).collect();
        let child = match known.root.as_deref() {
            Some(root) => written(root).map(|baby| Child::of(baby, called)),
            None if children.iter().any(|child| child.is(Some(&known.name))) => None,
            None => about.contains(&known.name.to_lowercase()).then(|| Child {
                name: Some(known.name.clone()),
                called,
                ..Child::unnamed(None)
            }),
        };
        children.extend(child);
    }
    let nameless = bodies.iter().filter_map(|(_, b)| if let Body::Baby(b) = b { Some(b) } else { None });
    let nameless = nameless.filter(|baby| baby.name.as_deref().is_none_or(|name| name.trim().is_empty()));
    children.extend(nameless.map(|baby| Child::of(baby, BTreeSet::new())));
    let fed = |(_, body): &(EntryId, Body)| {
        matches!(body, Body::Nurse(_) | Body::Bottle(_) | Body::Weight(_) | Body::Diaper(_))
    };
    if children.is_empty() && bodies.iter().any(fed) {
        children.push(Child::unnamed(observed.birth));
    }
    if let [only] = children.as_mut_slice() {
        only.only = true;
        only.born = only.born.or(observed.birth);
    }
    children.sort_by_key(|child| (child.born.is_none(), child.born));
    children
}

/// The baby that a fact is about, by name.
pub(crate) fn about(body: &Body) -> Option<&str> {
    match body {
        Body::Nurse(b) => b.baby.as_deref(),
        Body::Bottle(b) => b.baby.as_deref(),
        Body::Weight(b) => b.baby.as_deref(),
        Body::Diaper(b) => b.baby.as_deref(),
        _ => None,
    }
}

impl Child {
    fn of(baby: &Baby, called: BTreeSet<String>) -> Self {
        Self {
            name: baby.name.clone().filter(|name| !name.trim().is_empty()),
            called,
            born: baby.born,
            gestation_days: baby.gestation_days,
            sex: baby.sex.clone(),
            birth_weight_g: baby.birth_weight_g,
            only: false,
        }
    }

    fn unnamed(born: Option<Date>) -> Self {
        Self {
            name: None,
            called: BTreeSet::new(),
            born,
            gestation_days: None,
            sex: None,
            birth_weight_g: None,
            only: false,
        }
    }
}
