//! What is at a breast: how strongly it touches, and how well it takes.
//!
//! ```text
//! u = 1 - (1 - u_L)(1 - u_R) + 0.25 m            touch of two sides; m the stronger massage, 0 to 1
//! pump  u = 0.55 v^0.25     gate = max(0, (v - 0.2)/0.8)      v vacuum / comfortable maximum, 0 to 1.5
//! baby  u = 0.95 w          gate = 4 w                        w suck strength, 0 to 1
//! hand  u = 0.55            gate = 0.7, with massage of at least 0.3 on that side
//! ```
//!
//! `u` (1) drives the reflex, `gate` (1) opens the way from the ducts out. A pump that first stimulates and then expresses
//! (`two_phase`) pulls with half its vacuum until milk comes, for at most two minutes.
//!
//! Sources: a baby brings the first let-down sooner than any pump pattern does, and patterns of 45 to 125 cycles a minute
//! hardly differ (Kent 2003, remembered); softer vacuum takes less (Kent 2008, PMID 18333764). The numbers of the hand are
//! judged: hand expression in the first days gives as much as a pump. Left out: nipple size, flange, seal.

/// What is at one breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// Nothing.
    None,
    /// A pump.
    Pump(Pump),
    /// A baby.
    Baby(Baby),
    /// Her hand, expressing.
    Hand,
}

/// A pump at one breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pump {
    /// Vacuum against the strongest that is comfortable for her (`v`, 0 to 1.5).
    pub vacuum: f64,
    /// Half the vacuum until milk comes, for at most two minutes.
    pub two_phase: bool,
}

/// A baby at one breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baby {
    /// Suck strength (`w`, 0 to 1): 1 a strong term baby, 0.3 a small preterm one.
    pub suck: f64,
    /// Which of her babies (0 or 1), for its appetite.
    pub who: usize,
}

/// One breast in one phase of a session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Side {
    /// What is at it.
    pub source: Source,
    /// Massage or compression (`m`, 0 to 1).
    pub massage: f64,
}

impl Pump {
    /// A pump at the strongest vacuum that is comfortable.
    pub fn comfortable() -> Self {
        Self { vacuum: 1.0, two_phase: false }
    }
}

impl Side {
    /// Nothing at this breast.
    pub const LEFT_ALONE: Self = Self { source: Source::None, massage: 0.0 };

    /// A pump at this breast.
    pub fn pumped(pump: Pump) -> Self {
        Self { source: Source::Pump(pump), massage: 0.0 }
    }

    /// Her first baby, of a suck strength, at this breast.
    pub fn nursed(suck: f64) -> Self {
        Self { source: Source::Baby(Baby { suck, who: 0 }), massage: 0.0 }
    }

    /// The same, with massage as it works on a woman whom it helps so well (1 the median woman).
    #[must_use]
    pub fn on(self, massage_helps: f64) -> Self {
        self.massaged((self.massage * massage_helps).min(MASSAGE_AT_MOST))
    }

    /// The same, massaged.
    #[must_use]
    pub fn massaged(self, massage: f64) -> Self {
        Self { massage, ..self }
    }
}

/// Touch of a pump at its comfortable maximum.
pub const PUMP_TOUCH: f64 = 0.55;
/// Touch of a strong baby.
pub const BABY_TOUCH: f64 = 0.95;
/// Touch of a hand that expresses.
pub const HAND_TOUCH: f64 = 0.55;
/// What massage adds to touch.
pub const MASSAGE_TOUCH: f64 = 0.25;
const HAND_GATE: f64 = 0.7;
const HAND_MASSAGE: f64 = 0.3;
/// How much better than a pump a strong baby takes what stands in the ducts.
pub const BABY_GATE: f64 = 4.0;
/// The most that massage comes to, however well it helps (1).
const MASSAGE_AT_MOST: f64 = 1.25;
const LEAST_VACUUM: f64 = 0.2;
/// The share of its vacuum with which a two-phase pump stimulates.
const STIMULATING: f64 = 0.5;
/// How long a two-phase pump stimulates at most (s).
pub(super) const STIMULATING_S: f64 = 120.0;

/// What has happened so far that changes how a breast is touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// No milk has come yet, and the two minutes of stimulation are not over.
    pub stimulating: bool,
    /// The babies who have had enough and let go.
    pub full: [bool; 2],
}

/// One breast's contact at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Contact {
    /// Touch (`u`, 1).
    pub touch: f64,
    /// How open the way out of the ducts is (`gate`, 1).
    pub gate: f64,
    /// Pull on what no let-down has moved (`v`, 1): drips.
    pub pull: f64,
    /// Massage as it works on her (`m`, 0 to 1.25).
    pub massage: f64,
}

impl Contact {
    /// The contact of one side at a stage of a session.
    pub fn of(side: &Side, stage: Stage) -> Self {
        let massaged = Self { massage: side.massage, ..Self::default() };
        match side.source {
            Source::None => massaged,
            Source::Pump(pump) => {
                let vacuum =
                    if pump.two_phase && stage.stimulating { STIMULATING * pump.vacuum } else { pump.vacuum };
                Self { touch: pump_touch(vacuum), gate: pump_gate(vacuum), pull: vacuum, ..massaged }
            }
            Source::Baby(baby) if stage.full[baby.who % 2] => massaged,
            Source::Baby(baby) => {
                Self { touch: BABY_TOUCH * baby.suck, gate: BABY_GATE * baby.suck, pull: 1.0, ..massaged }
            }
            Source::Hand => Self {
                touch: HAND_TOUCH,
                gate: HAND_GATE,
                pull: HAND_GATE,
                massage: side.massage.max(HAND_MASSAGE),
            },
        }
    }
}

fn pump_touch(vacuum: f64) -> f64 {
    if vacuum > 0.0 { PUMP_TOUCH * libm::sqrt(libm::sqrt(vacuum)) } else { 0.0 }
}

fn pump_gate(vacuum: f64) -> f64 {
    ((vacuum - LEAST_VACUUM) / (1.0 - LEAST_VACUUM)).max(0.0)
}

/// Touch of both sides together (`u`, 1).
///
/// ```
/// use letdown_model::session::touch::{Contact, Pump, Side, Stage, together};
/// let pumped = Contact::of(&Side::pumped(Pump::comfortable()), Stage::default());
/// assert!((together(&[pumped, Contact::default()]) - 0.55).abs() < 1e-12);
/// assert!((together(&[pumped, pumped]) - 0.7975).abs() < 1e-12);
/// ```
pub fn together(sides: &[Contact]) -> f64 {
    let untouched: f64 = sides.iter().map(|c| 1.0 - c.touch).product();
    let massage = sides.iter().fold(0.0, |most: f64, c| most.max(c.massage));
    1.0 - untouched + MASSAGE_TOUCH * massage
}
