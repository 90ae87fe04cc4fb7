//! The gate: what of a display's change is milk.

use super::{quiet::Quiet, second::Level};
use crate::{
    found::{Doubt, DoubtKind},
    series::Second,
};

/// Milk never flows faster into bottles on one scale (g/s): four times the mean peak of one breast (0.5 +- 0.2 g/s, Idei
/// et al. 2024).
const FASTEST_G_PER_S: f64 = 2.0;
/// A display that fell by more than this lost a bottle or was set to zero (g); the lightest bottles weigh twice that.
const BOTTLE_G: f64 = 8.0;
/// A display that stands this near to zero may have been set to it (g).
const ZERO_G: f64 = 1.0;
/// Flow is averaged over so many seconds.
const FLOW_OVER_S: f64 = 4.0;
/// A single missing second is no hole.
const HOLE_S: usize = 2;

/// Judges second after second.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    seconds: Vec<Second>,
    doubts: Vec<Doubt>,
    quiet: Quiet,
    /// The second that waits for the next one.
    pending: Option<Option<Level>>,
    /// The last three levels, the newest last.
    recent_g: [f64; 3],
    state: State,
    milk_g: f64,
    flow_g_per_s: f64,
    step_g: f64,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Nothing has been heard.
    Waiting,
    /// The display shows milk.
    Calm(Calm),
    /// It does not, since.
    Troubled(Trouble),
}

#[derive(Clone, Copy, Debug)]
struct Calm {
    /// The display at the last second (g).
    level_g: f64,
    /// Its gain in that second (g).
    gain_g: f64,
}

/// A disturbance, and how things stood before it.
#[derive(Clone, Copy, Debug)]
struct Trouble {
    /// The last calm second.
    since: usize,
    /// The display then (g).
    before_g: f64,
    /// Only silence so far.
    silent: bool,
    /// The display stands where no bottle is, or where it was set to zero: since when, and where (g).
    bare: Option<(usize, f64)>,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self {
            seconds: Vec::with_capacity(2 * 3600),
            doubts: Vec::with_capacity(64),
            quiet: Quiet::new(),
            pending: None,
            recent_g: [0.0; 3],
            state: State::Waiting,
            milk_g: 0.0,
            flow_g_per_s: 0.0,
            step_g: 1.0,
        }
    }

    pub(crate) fn seconds(&self) -> &[Second] {
        &self.seconds
    }

    pub(crate) fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// A second is over; the one before it is judged.
    pub(crate) fn see(&mut self, level: Option<Level>, step_cg: u16) {
        self.step_g = f64::from(step_cg) / 100.0;
        if let Some(pending) = self.pending.replace(level) {
            self.judge(pending, level);
        }
    }

    /// The last second is judged, with nothing after it.
    pub(crate) fn end(&mut self) {
        if let Some(pending) = self.pending.take() {
            self.judge(pending, pending);
        }
        if let State::Troubled(trouble) = self.state {
            let end = self.seconds.len().saturating_sub(1);
            let kind = if trouble.bare.is_some() { DoubtKind::Lift } else { DoubtKind::Hole };
            if end > trouble.since + HOLE_S {
                self.doubt(kind, trouble.since, end, 0.0);
            }
        }
    }

    fn judge(&mut self, level: Option<Level>, next: Option<Level>) {
        if let Some(level) = level {
            self.recent_g = [self.recent_g[1], self.recent_g[2], level.mass_g];
            self.quiet.see(self.recent_g, level.spread_g);
        }
        match (self.state, level) {
            (State::Waiting, None) => self.put(Second::HOLE),
            (State::Waiting, Some(level)) => {
                self.recent_g = [level.mass_g; 3];
                self.state = State::Calm(Calm { level_g: level.mass_g, gain_g: 0.0 });
                self.put(0);
            }
            (State::Calm(calm), None) => self.trouble(calm, true, Second::HOLE),
            (State::Calm(calm), Some(level)) => self.calm(calm, level, next),
            (State::Troubled(trouble), level) => self.troubled(trouble, level, next),
        }
    }

    fn calm(&mut self, calm: Calm, level: Level, next: Option<Level>) {
        let gain_g = level.mass_g - calm.level_g;
        let believed = -self.falls_g() <= gain_g && gain_g <= self.rises_g(1.0) && self.untouched(&level);
        if !believed {
            return self.trouble(calm, false, Second::DISTURBED);
        }
        let next_gain_g = next.map_or(gain_g, |next| next.mass_g - level.mass_g);
        let around_g = calm.gain_g.max(next_gain_g).max(self.flow_g_per_s).max(0.0);
        if gain_g - around_g > self.step_at_once_g() {
            return self.stepped(calm, level, gain_g);
        }
        self.gain(gain_g);
        self.state = State::Calm(Calm { level_g: level.mass_g, gain_g });
        self.put(0);
    }

    /// The display jumped within a second and goes on as before.
    fn stepped(&mut self, calm: Calm, level: Level, gain_g: f64) {
        let milk_g = self.flow_g_per_s.max(0.0).min(gain_g);
        self.milk_g += milk_g;
        let at = self.seconds.len();
        self.doubt(DoubtKind::Offset, at.saturating_sub(1), at, gain_g - milk_g);
        self.state = State::Calm(Calm { level_g: level.mass_g, gain_g: calm.gain_g });
        self.put(Second::DISTURBED);
    }

    fn trouble(&mut self, calm: Calm, silent: bool, flag: u8) {
        let since = self.seconds.len().saturating_sub(1);
        self.state = State::Troubled(Trouble { since, before_g: calm.level_g, silent, bare: None });
        self.put(flag);
    }

    fn troubled(&mut self, mut trouble: Trouble, level: Option<Level>, next: Option<Level>) {
        let Some(level) = level else {
            self.put(if trouble.bare.is_some() { Second::AWAY } else { Second::HOLE });
            return;
        };
        let settled = self.settled(&level, next);
        let gap = self.seconds.len() - trouble.since;
        if trouble.silent && self.could_flow(level.mass_g - trouble.before_g, gap) && self.untouched(&level) {
            return self.back(&trouble, &level, gap);
        }
        trouble.silent = false;
        if !settled {
            self.state = State::Troubled(trouble);
            self.put(if trouble.bare.is_some() { Second::AWAY } else { Second::DISTURBED });
            return;
        }
        let fell_g = trouble.before_g - level.mass_g;
        match trouble.bare {
            None if fell_g > BOTTLE_G => {
                trouble.bare = Some((self.seconds.len(), level.mass_g));
                self.state = State::Troubled(trouble);
                self.put(Second::AWAY);
            }
            None => self.back(&trouble, &level, gap),
            Some((since, bare_g)) => self.bare(trouble, (since, bare_g), &level, gap),
        }
    }

    /// The display stood bare: does it still, does milk come again, is the bottle back?
    fn bare(&mut self, trouble: Trouble, bare: (usize, f64), level: &Level, gap: usize) {
        let risen_g = level.mass_g - bare.1;
        let seconds = (self.seconds.len() - bare.0) as f64;
        if risen_g > BOTTLE_G {
            return self.back(&trouble, level, gap);
        }
        if risen_g > self.flows_again_g() && risen_g < FASTEST_G_PER_S * seconds {
            return self.set_to_zero(&trouble, bare, level, risen_g);
        }
        self.state = State::Troubled(trouble);
        self.put(Second::AWAY);
    }

    /// The display was moved without a bottle leaving: milk is what has come since.
    fn set_to_zero(&mut self, trouble: &Trouble, bare: (usize, f64), level: &Level, risen_g: f64) {
        let missed_s = (bare.0 - trouble.since) as f64;
        let milk_g = risen_g + self.flow_g_per_s.max(0.0) * missed_s.min(3.0);
        let kind = if bare.1.abs() <= ZERO_G + self.step_g { DoubtKind::Tare } else { DoubtKind::Swap };
        self.doubt(kind, trouble.since, bare.0, bare.1 - trouble.before_g);
        self.resume(trouble, level, milk_g);
    }

    /// The display is calm again, with a bottle under it.
    fn back(&mut self, trouble: &Trouble, level: &Level, gap: usize) {
        let change_g = level.mass_g - trouble.before_g;
        let now = self.seconds.len();
        let away = trouble.bare.is_some();
        let (milk_g, kind) = if self.could_have_come(change_g, gap, away || trouble.silent) {
            let kind = if trouble.silent {
                DoubtKind::Hole
            } else if away {
                DoubtKind::Lift
            } else {
                DoubtKind::Bump
            };
            (change_g.max(0.0), kind)
        } else if away {
            (0.0, DoubtKind::Swap)
        } else {
            (self.flow_g_per_s.max(0.0) * (gap as f64).min(5.0), DoubtKind::Offset)
        };
        if kind != DoubtKind::Hole || gap > HOLE_S {
            self.doubt(kind, trouble.since, now, change_g - milk_g);
        }
        self.resume(trouble, level, milk_g);
    }

    fn resume(&mut self, trouble: &Trouble, level: &Level, milk_g: f64) {
        self.fill(trouble.since, milk_g);
        self.milk_g += milk_g;
        self.recent_g = [level.mass_g; 3];
        self.state = State::Calm(Calm { level_g: level.mass_g, gain_g: self.flow_g_per_s });
        self.put(0);
    }

    /// Milk of a stretch that was not seen, spread evenly over it.
    fn fill(&mut self, since: usize, milk_g: f64) {
        let now = self.seconds.len();
        let each_g = milk_g / (now - since) as f64;
        for i in since + 1..now {
            let so_far_g = self.milk_g + each_g * (i - since) as f64;
            self.seconds[i] = Second::new(so_far_g, self.seconds[i].flags);
        }
    }

    fn gain(&mut self, gain_g: f64) {
        self.milk_g += gain_g;
        self.flow_g_per_s += (gain_g - self.flow_g_per_s) / FLOW_OVER_S;
    }

    fn put(&mut self, flags: u8) {
        self.seconds.push(Second::new(self.milk_g, flags));
    }

    fn doubt(&mut self, kind: DoubtKind, from: usize, to: usize, offset_g: f64) {
        self.doubts.push(Doubt { kind, start_s: from as f64, end_s: to as f64, offset_g });
    }

    fn untouched(&self, level: &Level) -> bool {
        level.spread_g <= self.quiet.touched_spread_g(self.flow_g_per_s.max(0.0)) + self.step_g
    }

    /// Whether the display stands: this second and the next are alike.
    fn settled(&self, level: &Level, next: Option<Level>) -> bool {
        let Some(next) = next else { return false };
        let gain_g = next.mass_g - level.mass_g;
        self.untouched(level)
            && self.untouched(&next)
            && -self.falls_g() <= gain_g
            && gain_g <= self.flow_g_per_s.max(0.0) + 0.5 * FASTEST_G_PER_S + self.noise_g()
    }

    fn noise_g(&self) -> f64 {
        4.0 * self.quiet.level_sd_g() + 0.6 * self.step_g
    }

    /// Milk never falls; a display does by its noise.
    fn falls_g(&self) -> f64 {
        self.noise_g() + 0.15
    }

    /// The most that milk may gain in so many seconds, noise included.
    fn rises_g(&self, seconds: f64) -> f64 {
        FASTEST_G_PER_S * seconds + self.noise_g()
    }

    /// A gain that stands out from both its neighbours by this is no milk.
    fn step_at_once_g(&self) -> f64 {
        (1.5 * self.step_g).max(5.0 * self.quiet.level_sd_g()).max(0.3) + 0.8 * self.flow_g_per_s.max(0.0)
    }

    fn flows_again_g(&self) -> f64 {
        0.4 + self.noise_g()
    }

    fn could_flow(&self, change_g: f64, gap: usize) -> bool {
        -self.falls_g() <= change_g && change_g <= self.rises_g(0.6 * gap as f64)
    }

    /// Whether a change across a gap is near what flow before it would have brought.
    fn could_have_come(&self, change_g: f64, gap: usize, unseen: bool) -> bool {
        let gap = gap as f64;
        let flow = self.flow_g_per_s.max(0.0);
        let most = if unseen { 1.5 * flow + 0.3 } else { 1.3 * flow + 0.1 };
        -self.falls_g() <= change_g && change_g <= most * gap + self.noise_g()
    }
}
