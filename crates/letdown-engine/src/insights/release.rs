//! Made but not released: is there milk that does not come when she nurses? Told apart from little milk made.
//!
//! Three states of her last 14 days: `released` (milk lets down as usual), `held back` (milk is made, a pump takes it, and
//! nursing does not let it down) and `little` (little milk is made). Prior 0.80, 0.08, 0.12. Each kind of evidence
//! ([`super::signs`]) has a likelihood in each state, with a part that all sessions of one woman share, so that many sessions
//! of one kind do not count as many witnesses. Kinds are taken as independent given the state.
//!
//! What would settle it is the observation with the greatest expected information (mutual information with the state, in
//! bits) of those she has not made yet.

use super::{
    given::Given,
    signs::{self, Sign},
};
use crate::numbers::{of_100, thousandth};
use serde::Serialize;

/// Whether milk is made and released.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Release {
    /// The probability that milk is made and not released when she nurses.
    pub p_made_not_released: f64,
    /// The probability that little milk is made.
    pub p_little_made: f64,
    /// The probability that milk is made and released as usual.
    pub p_released: f64,
    /// What these were before the log said anything, in the same order.
    pub prior: [f64; 3],
    /// Whether one of them is 0.9 or more, by the log.
    pub known: bool,
    /// What speaks for it, the strongest first.
    pub evidence: Vec<Evidence>,
    /// What would settle it; `null` where it is known.
    pub settles: Option<Settles>,
    /// The whole in plain words.
    pub says: String,
}

/// One kind of evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evidence {
    /// Its word.
    pub kind: &'static str,
    /// Sessions it rests on.
    pub n: usize,
    /// How many times likelier it is when milk is held back than when it is released.
    pub held_back_over_released: f64,
    /// How many times likelier it is when milk is held back than when little is made.
    pub held_back_over_little: f64,
    /// In plain words.
    pub says: String,
}

/// The observation that would tell most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settles {
    /// What to do, in plain words.
    pub observe: String,
    /// What one of it is expected to tell (bits).
    pub bits: f64,
}

/// Released, held back, little.
pub(super) const PRIOR: [f64; 3] = [0.80, 0.08, 0.12];
const KNOWN: f64 = 0.9;
/// The most that one kind of evidence may say (log): no kind is trusted beyond a thousand to one.
const MOST_LOG: f64 = 6.9;

/// Whether milk is made and released.
pub(super) fn release(given: &Given<'_>) -> Release {
    let signs = signs::all(given);
    let mut log = PRIOR.map(f64::ln);
    let mut evidence: Vec<Evidence> = Vec::new();
    for sign in signs.iter().filter(|sign| sign.n() > 0) {
        let tamed = tamed(sign.log_likelihood());
        for (state, said) in log.iter_mut().zip(tamed) {
            *state += said;
        }
        evidence.push(Evidence {
            kind: sign.kind,
            n: sign.n(),
            held_back_over_released: rounded((tamed[1] - tamed[0]).exp()),
            held_back_over_little: rounded((tamed[1] - tamed[2]).exp()),
            says: sign.says.clone(),
        });
    }
    let weight = |e: &Evidence| {
        e.held_back_over_released.max(1e-9).ln().abs().max(e.held_back_over_little.max(1e-9).ln().abs())
    };
    evidence.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let p = normalised(log);
    // That milk is released as usual takes signs of it, not the prior alone.
    let released = p[0] >= KNOWN && p[1] / p[0] <= 0.5 * PRIOR[1] / PRIOR[0];
    let known = !evidence.is_empty() && (released || p[1] >= KNOWN || p[2] >= KNOWN);
    let settles = (!known).then(|| settles(&signs, p)).flatten();
    let mut release = Release {
        p_made_not_released: thousandth(p[1]),
        p_little_made: thousandth(p[2]),
        p_released: thousandth(p[0]),
        prior: PRIOR,
        known,
        evidence,
        settles,
        says: String::new(),
    };
    release.says = says(&release, given.nursings().next().is_some());
    release
}

fn tamed(log: [f64; 3]) -> [f64; 3] {
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    log.map(|l| (l - most).max(-MOST_LOG))
}

fn normalised(log: [f64; 3]) -> [f64; 3] {
    let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let each = log.map(|l| (l - most).exp());
    let whole: f64 = each.iter().sum();
    each.map(|e| e / whole)
}

fn rounded(ratio: f64) -> f64 {
    (ratio * 1000.0).round() / 1000.0
}

fn settles(signs: &[Sign], p: [f64; 3]) -> Option<Settles> {
    let informed = signs.iter().map(|sign| (sign, sign.expected_bits(p)));
    let (best, bits) = informed.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (bits > 1e-6).then(|| Settles { observe: best.ask.to_owned(), bits: thousandth(bits) })
}

fn says(release: &Release, nurses: bool) -> String {
    let because: Vec<&str> = release.evidence.iter().take(2).map(|e| e.says.as_str()).collect();
    let because =
        if because.is_empty() { String::new() } else { format!(" {}.", begun(&because.join("; "))) };
    let settle = |s: &Settles| format!(" What would tell most: {}.", s.observe);
    if release.known && release.p_made_not_released >= KNOWN {
        return format!(
            "Your milk is there, and it seems not to let down when you nurse ({} in 100).{because} This is the reflex, not \
             your supply, and it can learn: many let it learn with the pump running at the other breast.",
            of_100(release.p_made_not_released)
        );
    }
    if release.known && release.p_little_made >= KNOWN {
        return format!(
            "By your log little milk is made just now ({} in 100); it is not held back.{because} A lactation consultant \
             can look at it with you.",
            of_100(release.p_little_made)
        );
    }
    if release.known {
        let at = if nurses { " when you nurse" } else { "" };
        return format!(
            "By your log milk is made and lets down as usual{at} ({} in 100).{because}",
            of_100(release.p_released)
        );
    }
    if !nurses && release.p_little_made <= 1.0 - KNOWN && !release.evidence.is_empty() {
        return format!(
            "By your log milk is made.{because} Whether it would let down at the breast is not known yet: no nursing is logged."
        );
    }
    let settle = release.settles.as_ref().map(settle).unwrap_or_default();
    if release.evidence.is_empty() {
        return format!(
            "Whether milk is made and not released is not known yet: nothing in your log tells of it.{settle}"
        );
    }
    format!(
        "Whether milk is made and not released when you nurse is not known yet ({} in 100; {} in 100 that little is \
         made).{because}{settle}",
        of_100(release.p_made_not_released),
        of_100(release.p_little_made)
    )
}

/// A sentence begins with a capital.
fn begun(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
