//! The gate: what of a display's change is milk.

use super::{pending::Pending, quiet::Quiet, second::Level, standing::Standing};
use crate::{
    found::{Doubt, DoubtKind},
    series::Second,
};

/// Milk never flows faster into bottles on one scale (g/s): four times the mean peak of one breast (0.5 +- 0.2 g/s, Idei
/// et al. 2024).
pub(super) const FASTEST_G_PER_S: f64 = 2.0;
/// A display that fell by more than this lost a bottle or was set to zero (g); the lightest bottles weigh twice that.
const BOTTLE_G: f64 = 8.0;
/// A display that stands this near to zero may have been set to it (g).
const ZERO_G: f64 = 1.0;
/// Flow is averaged over so many seconds.
const FLOW_OVER_S: f64 = 4.0;
/// A display in steps hides about so much of a step (one SD), the flicker between two of them included.
const COARSE: f64 = 0.35;
/// Four times the SD of the difference of two levels of SD 1.
const FOUR_SD_OF_A_DIFFERENCE: f64 = 5.66;
/// Flow before and after tells what came in between for so long (s).
const LIKELY_FOR_S: f64 = 8.0;
/// A single missing second is no hole.
const HOLE_S: f64 = 2.0;
/// A let-down may begin unseen: a change is milk up to so much for every second (g).
const OPEN_G_PER_S: f64 = 0.05;
/// Flow grows by no more than this from one second to the next (g/s).
const FASTER_G_PER_S: f64 = 0.5;

/// Judges second after second.
#[derive(Clone, Debug)]
pub(crate) struct Gate {
    seconds: Vec<Second>,
    doubts: Vec<Doubt>,
    quiet: Quiet,
    /// The second that waits for the next one, when there is one.
    pending: Pending,
    /// The last three levels, the newest last.
    recent_g: [f64; 3],
    state: State,
    milk_g: f64,
    flow_g_per_s: f64,
    step_g: f64,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// The display has not stood yet.
    Waiting(Standing),
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
    /// The display stands again.
    standing: Standing,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self {
            seconds: Vec::with_capacity(2 * 3600),
            doubts: Vec::with_capacity(64),
            quiet: Quiet::new(),
            pending: Pending::Nothing,
            recent_g: [0.0; 3],
            state: State::Waiting(Standing::nowhere()),
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
        let pending = core::mem::replace(&mut self.pending, Pending::of(level));
        if pending.waits() {
            self.judge(pending.level(), level);
        }
    }

    /// The last second is judged, with nothing after it.
    pub(crate) fn end(&mut self) {
        let pending = core::mem::replace(&mut self.pending, Pending::Nothing);
        if pending.waits() {
            self.judge(pending.level(), pending.level());
        }
        if let State::Troubled(trouble) = self.state {
            let end = self.seconds.len().saturating_sub(1);
            let kind = match (trouble.bare, trouble.silent) {
                (Some(_), _) => DoubtKind::Lift,
                (None, true) => DoubtKind::Hole,
                (None, false) => DoubtKind::Bump,
            };
            if (end - trouble.since) as f64 > HOLE_S {
                self.doubt(kind, trouble.since, end, 0.0);
            }
        }
    }

    fn judge(&mut self, level: Option<Level>, next: Option<Level>) {
        if let Some(level) = level {
            self.recent_g = [self.recent_g[1], self.recent_g[2], level.mass_g];
            self.quiet.see(self.recent_g, level.spread_g, matches!(self.state, State::Troubled(_)));
        }
        match (self.state, level) {
            (State::Waiting(_), None) => self.put(Second::HOLE),
            (State::Waiting(standing), Some(level)) => self.wait(standing, &level),
            (State::Calm(calm), None) => self.trouble(calm, true, Second::HOLE),
            (State::Calm(calm), Some(level)) => self.calm(calm, level, next),
            (State::Troubled(trouble), level) => self.troubled(trouble, level),
        }
    }

    /// The first level is believed when it stands: a scale may be touched while the bottle is put on it.
    fn wait(&mut self, standing: Standing, level: &Level) {
        let standing = standing.then(level.mass_g, self.untouched(level));
        self.recent_g = [level.mass_g; 3];
        if standing.stands_s(0.0, self.noise_g()).is_some() {
            self.state = State::Calm(Calm { level_g: level.mass_g, gain_g: 0.0 });
            return self.put(0);
        }
        self.state = State::Waiting(standing);
        self.put(Second::DISTURBED);
    }

    fn calm(&mut self, calm: Calm, level: Level, next: Option<Level>) {
        let gain_g = level.mass_g - calm.level_g;
        let next_is_trouble = next.is_some_and(|next| !self.is_milk(next.mass_g - level.mass_g, &next));
        // A touch that begins in this second shows whole only in the next one.
        let begins = next_is_trouble && !self.is_usual(gain_g, &level);
        let leaps = gain_g > self.flow_g_per_s.max(calm.gain_g).max(0.0) + FASTER_G_PER_S + self.noise_g();
        if begins || leaps || !self.is_milk(gain_g, &level) {
            return self.trouble(calm, false, Second::DISTURBED);
        }
        let next_gain_g = next.map_or(gain_g, |next| next.mass_g - level.mass_g);
        let around_g = calm.gain_g.max(next_gain_g).max(self.flow_g_per_s).max(0.0);
        let stays = next_gain_g.min(calm.gain_g) > -0.5 * self.noise_g();
        if stays && gain_g - around_g > self.step_at_once_g() {
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
        self.state = State::Troubled(Trouble {
            since,
            before_g: calm.level_g,
            silent,
            bare: None,
            standing: Standing::nowhere(),
        });
        self.put(flag);
    }

    fn troubled(&mut self, mut trouble: Trouble, level: Option<Level>) {
        let Some(level) = level else {
            trouble.standing = Standing::nowhere();
            self.state = State::Troubled(trouble);
            return self.put(if trouble.bare.is_some() { Second::AWAY } else { Second::HOLE });
        };
        let standing = trouble.standing.then(level.mass_g, self.untouched(&level));
        trouble.standing = standing;
        if trouble.silent {
            let gap = self.seconds.len() - trouble.since;
            if self.could_flow(level.mass_g - trouble.before_g, gap) && self.untouched(&level) {
                return self.back(&trouble, 0);
            }
            trouble.silent = false;
        }
        let stands_s = standing.stands_s(self.flow_g_per_s.max(0.0), self.noise_g());
        let fell_g = trouble.before_g - level.mass_g;
        match (trouble.bare, stands_s) {
            (Some(bare), Some(stands_s)) => self.bare(trouble, bare, stands_s),
            (None, Some(stands_s)) if fell_g > BOTTLE_G => {
                trouble.bare = Some((self.seconds.len() - stands_s, standing.ago_g(stands_s)));
                self.stay(trouble, Second::AWAY);
            }
            (None, Some(stands_s)) => self.back(&trouble, stands_s),
            (Some(_), None) => self.stay(trouble, Second::AWAY),
            (None, None) => self.stay(trouble, Second::DISTURBED),
        }
    }

    fn stay(&mut self, trouble: Trouble, flag: u8) {
        self.state = State::Troubled(trouble);
        self.put(flag);
    }

    /// The display stood bare: does it still, does milk come again, is the bottle back?
    fn bare(&mut self, trouble: Trouble, bare: (usize, f64), stands_s: usize) {
        let risen_g = trouble.standing.level_g() - bare.1;
        let seconds = (self.seconds.len() - bare.0) as f64;
        if trouble.standing.ago_g(stands_s) - bare.1 > BOTTLE_G {
            return self.back(&trouble, stands_s);
        }
        if risen_g > self.flows_again_g() && risen_g < FASTEST_G_PER_S * seconds {
            return self.set_to_zero(&trouble, bare, risen_g);
        }
        self.stay(trouble, Second::AWAY);
    }

    /// The display was moved without a bottle leaving: milk is what has come since.
    fn set_to_zero(&mut self, trouble: &Trouble, bare: (usize, f64), risen_g: f64) {
        let missed_s = (bare.0 - trouble.since) as f64;
        let milk_g = risen_g + self.flow_g_per_s.max(0.0) * missed_s.min(3.0);
        let kind = if bare.1.abs() <= ZERO_G + self.step_g { DoubtKind::Tare } else { DoubtKind::Swap };
        self.doubt(kind, trouble.since, bare.0, bare.1 - trouble.before_g);
        self.was_there(bare.0);
        self.resume(trouble, milk_g);
    }

    /// The bottle stood there all the time from this second on.
    fn was_there(&mut self, from: usize) {
        for second in self.seconds.iter_mut().skip(from) {
            second.flags = Second::DISTURBED;
        }
    }

    /// The display is calm again, with a bottle under it.
    fn back(&mut self, trouble: &Trouble, stands_s: usize) {
        let now = self.seconds.len();
        let gap = (now - stands_s - trouble.since).max(1) as f64;
        let first_g = trouble.standing.ago_g(stands_s);
        let since_g = trouble.standing.level_g() - first_g;
        let change_g = first_g - trouble.before_g;
        let after_g_per_s = (since_g / stands_s.max(1) as f64).clamp(0.0, FASTEST_G_PER_S);
        let (milk_g, kind) = self.across(trouble, change_g, gap, after_g_per_s);
        if kind != DoubtKind::Hole || gap > HOLE_S {
            self.doubt(kind, trouble.since, now, change_g - milk_g);
        }
        self.resume(trouble, milk_g + since_g);
    }

    /// What of a change across a gap (s) is milk (g), and what it was.
    fn across(&self, trouble: &Trouble, change_g: f64, gap: f64, after_g_per_s: f64) -> (f64, DoubtKind) {
        let before_g_per_s = self.flow_g_per_s.max(0.0);
        let flow_g_per_s = before_g_per_s.min(after_g_per_s);
        let likely_g = 0.5 * (before_g_per_s + after_g_per_s) * gap;
        let open_g = 0.5 * likely_g + self.noise_g() + OPEN_G_PER_S * gap;
        let away = trouble.bare.is_some();
        let fits = if away || trouble.silent {
            -self.falls_g() <= change_g && change_g <= likely_g + open_g + 0.15 * gap
        } else {
            (change_g - likely_g).abs() <= open_g
        };
        match (fits, away, trouble.silent) {
            (true, _, true) => (change_g, DoubtKind::Hole),
            (true, true, false) => (change_g, DoubtKind::Lift),
            (true, false, false) => (change_g, DoubtKind::Bump),
            (false, true, _) => (0.0, DoubtKind::Swap),
            (false, false, _) => (flow_g_per_s * gap.min(LIKELY_FOR_S), DoubtKind::Offset),
        }
    }

    fn resume(&mut self, trouble: &Trouble, milk_g: f64) {
        let standing = &trouble.standing;
        self.fill(trouble.since, milk_g);
        self.milk_g += milk_g;
        self.recent_g = [standing.level_g(); 3];
        self.state = State::Calm(Calm { level_g: standing.level_g(), gain_g: self.flow_g_per_s });
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

    /// Whether a second with such a gain may be nothing but milk.
    fn is_milk(&self, gain_g: f64, level: &Level) -> bool {
        -self.falls_g() <= gain_g && gain_g <= self.rises_g(1.0) && self.untouched(level)
    }

    /// Whether a second looks like those before it.
    fn is_usual(&self, gain_g: f64, level: &Level) -> bool {
        let flow = self.flow_g_per_s.max(0.0);
        (gain_g - flow).abs() <= 0.5 * self.noise_g() + 0.5 * flow
            && level.spread_g <= self.quiet.usual_spread_g(flow) + self.step_g
    }

    fn untouched(&self, level: &Level) -> bool {
        level.spread_g <= self.quiet.touched_spread_g(self.flow_g_per_s.max(0.0)) + self.step_g
    }

    /// Noise of a level (g, one SD): what was seen, and what a coarse display hides.
    fn level_sd_g(&self) -> f64 {
        self.quiet.level_sd_g().max(COARSE * self.step_g)
    }

    /// Two levels seldom differ by more than this without a cause (g).
    fn noise_g(&self) -> f64 {
        FOUR_SD_OF_A_DIFFERENCE * self.level_sd_g()
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
        (5.0 * self.level_sd_g()).max(0.3) + 0.8 * self.flow_g_per_s.max(0.0)
    }

    fn flows_again_g(&self) -> f64 {
        0.4 + self.noise_g()
    }

    fn could_flow(&self, change_g: f64, gap: usize) -> bool {
        -self.falls_g() <= change_g && change_g <= self.rises_g(0.6 * gap as f64)
    }
}
