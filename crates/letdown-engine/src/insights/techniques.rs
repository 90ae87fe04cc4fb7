//! Does it help *her*? What the fit found of each thing that she logs beside pumping: what it multiplies the share of a
//! session by. And the hour, which changes how fast milk is made.
//!
//! Not an experiment: she chooses when she does it. A trial with random days would tell more.

use super::{
    compared::{Compared, compared},
    given::Given,
    hour::hour,
    known::{Belief, Effect, Percent, counted, mean_sd, not_yet, units_to_tell},
};
use letdown_fit::{
    effects::{self, Found},
    traits::Trait,
};
use letdown_model::removal::logistic;
use serde::Serialize;

/// One thing that she logs, or the hour.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TechniqueEffect {
    /// The word of a technique, or `other_pump`, `vacuum`, `flange`, `other_place`, `stress`, `pain`, `hour`.
    pub technique: String,
    /// What is compared, in plain words.
    pub contrast: String,
    /// Sessions with it and with a volume; of the hour, those that began within 6 h of the fastest.
    pub n_with: usize,
    /// Sessions without it and with a volume.
    pub n_without: usize,
    /// The change of what a session takes of the milk within reach (%); of the hour, of what is made.
    pub effect: Effect,
    /// The answer in plain words, without what is compared.
    pub answer: String,
    /// Both.
    pub says: String,
}

/// A change of a session worth knowing (log).
pub(super) const WORTH: f64 = 0.05;
/// The spread of a session where nothing was fitted (log).
const USUAL_SD: f64 = 0.12;

/// Every thing that she logs, and the hour.
pub(super) fn techniques(given: &Given<'_>) -> Vec<TechniqueEffect> {
    let read = given.fitted.is_none().then(|| given.observed.fit_log(&given.observed.reading())).flatten();
    let Some(log) = given.fitted.map(|f| &f.log).or(read.as_ref()) else { return Vec::new() };
    let found = given.fitted.map(|f| effects::found(&f.posterior, &f.log)).unwrap_or_default();
    let all = compared(given, log).into_iter().map(|what| one(given, what, &found));
    all.chain(given.fitted.map(|f| hour(&f.posterior, log))).collect()
}

fn one(given: &Given<'_>, what: Compared, found: &[Found]) -> TechniqueEffect {
    let found = found.iter().find(|f| f.effect == what.effect);
    let (mean, sd) = what.effect.believed();
    let prior = Belief { mean: what.amount * mean, sd: what.amount.abs() * sd };
    let (effect, session_sd) = match found {
        Some(found) => hers(found, &what, prior),
        None => (not_hers(prior), session_sd(given)),
    };
    let asks = if effect.known || what.goes_with.is_some() {
        Asks::Nothing
    } else {
        more(session_sd, prior.sd, what.n)
    };
    let effect = Effect { n: what.n[0], more: asks.sessions(), ..effect };
    let answer = answer(&effect, &what, asks);
    TechniqueEffect {
        says: format!("{}: {answer}", what.contrast),
        technique: what.word,
        contrast: what.contrast,
        n_with: what.n[0],
        n_without: what.n[1],
        effect,
        answer,
    }
}

/// What is believed of women.
fn not_hers(prior: Belief) -> Effect {
    Effect {
        known: false,
        percent: Percent::of(&prior),
        above_zero: crate::numbers::thousandth(prior.above_zero()),
        n: 0,
        more: None,
    }
}

/// What the fit found, and the spread of one session by it (log). What others saw moves the range; a claim rests on her own
/// sessions alone, so the prior's middle is taken out again before it is made.
fn hers(found: &Found, what: &Compared, prior: Belief) -> (Effect, f64) {
    let mut ln: Vec<f64> = found.multiplier.iter().map(|m| what.amount * m.max(1e-9).ln()).collect();
    let (mean, sd) = mean_sd(&ln);
    // Draws that know no more than the prior did: her sessions said next to nothing.
    let said = (sd.max(1e-6).powi(-2) - prior.sd.powi(-2)).max(1e-3 * prior.sd.powi(-2));
    let estimate = (mean * sd.max(1e-6).powi(-2) - prior.mean * prior.sd.powi(-2)) / said;
    let neutral = Belief { mean: 0.0, sd: prior.sd };
    let effect = Effect::of(neutral, estimate, said.sqrt().recip(), 1, WORTH);
    let above = ln.iter().filter(|l| **l > 0.0).count() as f64 / ln.len().max(1) as f64;
    let effect = Effect {
        known: effect.known && (above > 0.5) == (effect.above_zero > 0.5),
        percent: Percent::of_samples(&mut ln),
        above_zero: crate::numbers::thousandth(above),
        ..effect
    };
    (effect, (pairs(what.n) / said).sqrt())
}

/// How far her sessions scatter around what is expected of them (log sd): her own share and gaps, by the fit.
fn session_sd(given: &Given<'_>) -> f64 {
    let Some(fitted) = given.fitted else { return USUAL_SD };
    let middle = |t: Trait| fitted.posterior.quantile(t, 0.5);
    let share = (1.0 - logistic(middle(Trait::PumpShare))) * middle(Trait::SessionSd);
    let each = share.hypot(middle(Trait::GapSd));
    (each * std::f64::consts::FRAC_1_SQRT_2).max(0.03)
}

/// Of which sessions more would tell, and about how many.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Asks {
    /// Of nothing: it is known, or there are more to wait for than anybody does.
    Nothing,
    /// Of nothing: so many there are that a change worth knowing would likely have been seen.
    Enough,
    /// So many with it.
    With(u32),
    /// So many without it.
    Without(u32),
    /// So many, half of them with it.
    Both(u32),
}

impl Asks {
    fn sessions(self) -> Option<u32> {
        match self {
            Self::Nothing | Self::Enough => None,
            Self::With(n) | Self::Without(n) | Self::Both(n) => Some(n),
        }
    }
}

/// Beyond so many more nobody waits.
const TOO_MANY: u32 = 400;

/// A difference of two means has the variance `sd^2 (1/with + 1/without)`: `sd^2` over so many.
fn pairs([with, without]: [usize; 2]) -> f64 {
    let (with, without) = (with as f64, without as f64);
    (with * without / (with + without).max(1.0)).max(0.5)
}

/// How many more sessions would tell a change worth knowing: of the side that has fewer where the other has plenty, else
/// of both in turn.
fn more(session_sd: f64, prior_sd: f64, n: [usize; 2]) -> Asks {
    let Some(needed) = units_to_tell(session_sd, prior_sd, WORTH) else { return Asks::Nothing };
    if needed <= pairs(n) && n[0].min(n[1]) > 0 {
        return Asks::Enough;
    }
    let plenty = 1.5 * needed < n[0].max(n[1]) as f64;
    let with_more = |more: u32| match (plenty, n[0] <= n[1]) {
        (true, true) => [n[0] + more as usize, n[1]],
        (true, false) => [n[0], n[1] + more as usize],
        (false, _) => [n[0] + more.div_ceil(2) as usize, n[1] + (more / 2) as usize],
    };
    match (1..=TOO_MANY).find(|more| needed <= pairs(with_more(*more))) {
        None => Asks::Nothing,
        Some(more) if !plenty => Asks::Both(more),
        Some(more) if n[0] <= n[1] => Asks::With(more),
        Some(more) => Asks::Without(more),
    }
}

fn answer(effect: &Effect, what: &Compared, asks: Asks) -> String {
    let [with, without] = what.n;
    let [with_it, without_it] = &what.kinds;
    if effect.known {
        let from = if what.others {
            format!("{with} sessions and {without} others")
        } else {
            format!("{with} sessions with it and {without} without")
        };
        let said = effect.percent.words();
        return match &what.goes_with {
            Some(other) => format!("for you {said} (from {from}), unless that is {other}: they go together"),
            None => format!("for you {said} (from {from})"),
        };
    }
    if with > 0 && without == 0 {
        return "you do it in every session, so there is nothing to compare it with".to_owned();
    }
    let about = |more: u32, which: &str| {
        format!("not known yet: about {}{which} would tell", counted(more as usize, "more session"))
    };
    if let Some(other) = &what.goes_with {
        return format!("not known: it goes together with {other}; one without the other would tell");
    }
    match asks {
        Asks::Nothing => not_yet(None, "session"),
        Asks::Enough => format!("no clear change, {}", effect.percent.words()),
        Asks::With(more) => about(more, &format!(" {with_it}")),
        Asks::Without(more) => about(more, &format!(" {without_it}")),
        Asks::Both(more) => about(more, &format!(", half of them {with_it},")),
    }
}
