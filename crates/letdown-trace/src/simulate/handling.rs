//! Hands on the bottle: it is lifted and put back, swapped for an empty one, and the scale is set to zero again.
//!
//! While the bottle is away the scale carries nothing, so a display that was set to zero with the bottle on it goes below
//! zero. Milk goes on falling into the bottle in her hand, or into the next one. Putting it down presses for a moment, and
//! it seldom stands exactly as before.

use super::GRID_S;
use crate::{
    found::{Doubt, DoubtKind},
    random::{Between, Random},
};

/// Handling, for a regime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handling {
    /// How often it is lifted (1/h).
    pub lifts_per_h: f64,
    /// How often it is swapped (1/h).
    pub swaps_per_h: f64,
    /// How often the scale is set to zero without another reason (1/h).
    pub tares_per_h: f64,
    /// How long the bottle is away (s).
    pub away_s: Between,
    /// An empty bottle with what hangs on it (g).
    pub bottle_g: Between,
    /// How otherwise it stands after (g, standard deviation).
    pub stands_g: f64,
    /// Share of sessions that begin with a display at zero (1); the others show the bottle.
    pub starts_at_zero: f64,
}

/// Nobody has the bottle in her hand in the first and last seconds (s).
const EDGE_S: f64 = 20.0;
/// Up or down takes so long (s).
const HAND_S: Between = Between::new(0.2, 0.6);
/// Putting it down presses so hard (g) ...
const PRESSES_G: Between = Between::new(5.0, 60.0);
/// ... for so long (s).
const PRESSES_S: f64 = 0.6;
/// After a swap the scale is set to zero in such a share of cases (1), so many seconds later.
const ZERO_AFTER_SWAP: f64 = 0.6;
const ZERO_AFTER_S: Between = Between::new(2.0, 6.0);
/// Nothing else happens to the bottle so soon after (s).
const APART_S: f64 = 10.0;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Handled {
    bottle_g: f64,
    away: Vec<Away>,
    pub(super) tares_s: Vec<f64>,
    pub(super) doubts: Vec<Doubt>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Away {
    from_s: f64,
    to_s: f64,
    hand_s: f64,
    presses_g: f64,
    stands_g: f64,
    /// Another bottle came back (g, empty).
    other_g: Option<f64>,
}

pub(super) fn handle(handling: &Handling, seconds: f64, random: &mut Random) -> Handled {
    let bottle_g = handling.bottle_g.draw(random);
    let begins_at_zero = random.happens(handling.starts_at_zero);
    let mut handled = Handled {
        bottle_g,
        away: aways(handling, seconds, random),
        tares_s: if begins_at_zero { vec![0.0] } else { Vec::new() },
        doubts: Vec::new(),
    };
    for away in &handled.away {
        let is_swap = away.other_g.is_some();
        let kind = if is_swap { DoubtKind::Swap } else { DoubtKind::Lift };
        let end_s = away.to_s + PRESSES_S;
        handled.doubts.push(Doubt { kind, start_s: away.from_s, end_s, offset_g: away.stands_g });
        let zero_s = away.to_s + ZERO_AFTER_S.draw(random);
        if is_swap && random.happens(ZERO_AFTER_SWAP) {
            handled.tares_s.push(zero_s);
        }
    }
    let mut tares_s = random.arrivals(handling.tares_per_h / 3600.0, seconds);
    tares_s.retain(|s| handled.is_still(*s));
    handled.tares_s.extend(tares_s);
    handled.tares_s.retain(|s| *s < seconds);
    handled.tares_s.sort_by(f64::total_cmp);
    let later = handled.tares_s.iter().filter(|s| **s > 0.0);
    let tared = |s: &f64| Doubt { kind: DoubtKind::Tare, start_s: *s, end_s: *s, offset_g: 0.0 };
    handled.doubts.extend(later.map(tared));
    handled
}

fn aways(handling: &Handling, seconds: f64, random: &mut Random) -> Vec<Away> {
    let per_h = handling.lifts_per_h + handling.swaps_per_h;
    let mut aways: Vec<Away> = Vec::new();
    for from_s in random.arrivals(per_h / 3600.0, seconds) {
        let is_swap = random.happens(handling.swaps_per_h / per_h);
        let other_g = handling.bottle_g.draw(random);
        let away = Away {
            from_s,
            to_s: from_s + handling.away_s.draw(random),
            hand_s: HAND_S.draw(random),
            presses_g: PRESSES_G.draw(random),
            stands_g: handling.stands_g * random.normal(),
            other_g: is_swap.then_some(other_g),
        };
        let is_apart = aways.last().is_none_or(|last| last.to_s + APART_S < from_s);
        if is_apart && EDGE_S < from_s && away.to_s + EDGE_S < seconds {
            aways.push(away);
        }
    }
    aways
}

impl Handled {
    fn is_still(&self, t_s: f64) -> bool {
        self.away.iter().all(|away| t_s < away.from_s - 1.0 || away.to_s + APART_S < t_s)
    }

    /// What stands on the scale (g, on the grid), when so much milk arrives in each step (g).
    pub(super) fn weigh(&self, arrives_g: &[f64]) -> Vec<f64> {
        let mut bottle_g = self.bottle_g;
        let (mut aways, mut swaps) = (self.away.iter().peekable(), self.away.iter().peekable());
        let mut since: Option<Away> = None;
        let step = |(i, arrives): (usize, &f64)| {
            let t_s = i as f64 * GRID_S;
            since = aways.next_if(|away| away.from_s <= t_s).copied().or(since);
            if let Some(away) = swaps.next_if(|away| away.from_s + away.hand_s <= t_s) {
                bottle_g = away.other_g.unwrap_or(bottle_g);
            }
            bottle_g += arrives;
            let (standing, more_g) = since.map_or((1.0, 0.0), |away| (away.standing(t_s), away.more_g(t_s)));
            standing * (bottle_g + self.stood_g(t_s)) + more_g
        };
        arrives_g.iter().enumerate().map(step).collect()
    }

    /// How otherwise it stands than at the start (g).
    fn stood_g(&self, t_s: f64) -> f64 {
        self.away.iter().filter(|away| away.to_s <= t_s).map(|away| away.stands_g).sum()
    }
}

impl Away {
    /// How much of the bottle stands on the scale (0 to 1).
    fn standing(&self, t_s: f64) -> f64 {
        let up = 1.0 - ((t_s - self.from_s) / self.hand_s).clamp(0.0, 1.0);
        let down = ((t_s - self.to_s) / self.hand_s).clamp(0.0, 1.0);
        up.max(down)
    }

    fn more_g(&self, t_s: f64) -> f64 {
        let part = (t_s - self.to_s) / PRESSES_S;
        if (0.0..1.0).contains(&part) {
            self.presses_g * libm::sin(core::f64::consts::PI * part)
        } else {
            0.0
        }
    }
}
