//! A day of sessions on a grid of quarter hours, and the room there is for them.

use super::limits;

/// A day has so many places.
pub(super) const SLOTS: u8 = 96;
/// Places in an hour.
pub(super) const SLOTS_PER_H: f64 = 4.0;

/// One pump session of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sitting {
    /// Quarter hours since midnight.
    pub slot: u8,
    /// How long (min).
    pub minutes: u8,
    /// With massage, more than she does anyway.
    pub massage: bool,
}

/// A day, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub Vec<Sitting>);

/// What a day leaves room for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Room {
    /// The longest session that may begin at each place (min); 0 where none may.
    pub longest_min: Vec<u8>,
    /// The most sessions.
    pub most: usize,
    /// The least distance of two of them (places).
    pub apart: u8,
    /// The most hours between two removals, where there is such a limit (h).
    pub widest_h: Option<f64>,
    /// Where the baby drinks.
    pub nursings: Vec<u8>,
    /// No session beyond these may be as long as that (min): more pumping is not advised.
    pub no_more_than: Option<f64>,
    /// When she is away (places): a session there costs more.
    pub away: Vec<bool>,
}

impl Sitting {
    /// Its clock hour (h).
    pub(super) fn clock_h(self) -> f64 {
        f64::from(self.slot) / SLOTS_PER_H
    }
}

impl Day {
    /// A day of these sessions.
    pub(super) fn of(mut sittings: Vec<Sitting>) -> Self {
        sittings.sort_unstable();
        Self(sittings)
    }

    /// Minutes at the pump.
    pub(super) fn minutes(&self) -> f64 {
        self.0.iter().map(|s| f64::from(s.minutes)).sum()
    }

    /// The same with another session at one place of the list.
    pub(super) fn with(&self, place: usize, sitting: Sitting) -> Self {
        let mut sittings = self.0.clone();
        if let Some(at) = sittings.get_mut(place) {
            *at = sitting;
        }
        Self::of(sittings)
    }

    /// The same with one more.
    pub(super) fn and(&self, sitting: Sitting) -> Self {
        Self::of(self.0.iter().copied().chain([sitting]).collect())
    }

    /// The same without one.
    pub(super) fn without(&self, place: usize) -> Self {
        let left = self.0.iter().enumerate().filter(|(i, _)| *i != place);
        Self(left.map(|(_, s)| *s).collect())
    }
}

/// Places from one to the next around the clock.
pub(super) fn around(from: u8, to: u8) -> u8 {
    ((i16::from(to) - i16::from(from)).rem_euclid(i16::from(SLOTS))) as u8
}

impl Room {
    /// Room for anything.
    pub(super) fn whole() -> Self {
        Self {
            longest_min: vec![limits::LONGEST_MIN as u8; usize::from(SLOTS)],
            most: limits::MOST_SESSIONS,
            apart: limits::CLOSEST_SLOTS,
            widest_h: None,
            nursings: Vec::new(),
            no_more_than: None,
            away: vec![false; usize::from(SLOTS)],
        }
    }

    /// The longest session that may begin at a place (min); 0 where none may.
    pub(super) fn longest_at(&self, slot: u8) -> u8 {
        self.longest_min.get(usize::from(slot)).copied().unwrap_or(0)
    }

    /// Whether she is away then.
    pub(super) fn is_away(&self, slot: u8) -> bool {
        self.away.get(usize::from(slot)).copied().unwrap_or(false)
    }

    /// Whether a day fits.
    pub(super) fn holds(&self, day: &Day) -> bool {
        let sittings = &day.0;
        let fits = |s: &Sitting| 0 < s.minutes && s.minutes <= self.longest_at(s.slot);
        let next = sittings.iter().cycle().skip(1);
        let apart = sittings.iter().zip(next).all(|(a, b)| {
            let far = around(a.slot, b.slot);
            (far == 0 && sittings.len() == 1) || self.apart <= far
        });
        let enough = self.no_more_than.is_none_or(|most| day.minutes() <= most);
        sittings.len() <= self.most && sittings.iter().all(fits) && apart && enough
    }

    /// Hours by which gaps between removals are wider than they may be, in a day like the one before (h).
    pub(super) fn too_wide_h(&self, day: &Day) -> f64 {
        let Some(widest_h) = self.widest_h else { return 0.0 };
        let mut slots: Vec<u8> = day.0.iter().map(|s| s.slot).chain(self.nursings.iter().copied()).collect();
        slots.sort_unstable();
        if slots.is_empty() {
            return 24.0;
        }
        let next = slots.iter().cycle().skip(1);
        let gap_h = |(a, b): (&u8, &u8)| match around(*a, *b) {
            0 if slots.len() == 1 => 24.0,
            far => f64::from(far) / SLOTS_PER_H,
        };
        slots.iter().zip(next).map(gap_h).map(|h| (h - widest_h).max(0.0)).sum()
    }

    /// A day of hers as near as there is room for it.
    pub(super) fn fitted(&self, day: &Day) -> Day {
        let mut fitted = Day::default();
        for sitting in &day.0 {
            if let Some(near) = self.nearest(&fitted, *sitting) {
                fitted = near;
            }
        }
        while self.no_more_than.is_some_and(|most| most < fitted.minutes()) && !fitted.0.is_empty() {
            fitted = fitted.without(fitted.0.len() - 1);
        }
        fitted
    }

    /// One more session, as near to where it was as there is room.
    fn nearest(&self, day: &Day, sitting: Sitting) -> Option<Day> {
        let bare = Self { no_more_than: None, ..self.clone() };
        let at = |far: i16| {
            let slot = (i16::from(sitting.slot) + far).rem_euclid(i16::from(SLOTS)) as u8;
            let minutes = sitting.minutes.min(self.longest_at(slot));
            day.and(Sitting { slot, minutes, ..sitting })
        };
        (0..=16i16).flat_map(|far| [-far, far]).map(at).find(|day| bare.holds(day))
    }
}
