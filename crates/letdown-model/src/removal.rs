//! A pump or a baby takes milk.
//!
//! ```text
//! pump: take = e(min) (M - rho S)       e(min) = e_p r(min) / r(15)       r(min) = 1 - exp(-min / (t_e (1 + M/S)))
//! baby: take = min(appetite left, stomach cap, e_b M)
//! ```
//!
//! `e_p` what a 15-minute session takes of what is within reach (logit-normal from session to session), `rho S` milk no
//! pump reaches, `t_e` (min) how fast a session works; a fuller breast takes longer. Massage multiplies `e_p`. A baby
//! stops at its appetite: the published 67 % taken emerges from that, `e_b` is only the ceiling.
//!
//! Sources: `docs/model.md`. Range: sessions of 3 to 40 min, fullness 0.1 to 1.2. Left out: let-downs themselves, which
//! this summarises.

/// How one woman's breasts answer to a pump.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PumpResponse {
    /// Logit of the median share taken in 15 minutes (`e_p`).
    pub share_logit: f64,
    /// How much that share varies from session to session (logit sd).
    pub session_logit_sd: f64,
    /// How fast a session works (`t_e`, min).
    pub pace_min: f64,
    /// Share of the storage capacity out of reach (`rho`, 1).
    pub out_of_reach: f64,
    /// What massage multiplies the share by (1).
    pub massage: f64,
}

/// The most a session can take of what is within reach (1).
pub const MOST: f64 = 0.98;
/// The most that technique lifts a share to (1).
const MOST_BY_TECHNIQUE: f64 = 0.95;
/// The session length at which the share is defined (min).
pub const STANDARD_MIN: f64 = 15.0;

impl PumpResponse {
    /// How far a session of some length has come against one of 15 minutes, at a fullness (1 at 15 min).
    ///
    /// ```
    /// let pump = letdown_model::mother::Mother::typical().pump;
    /// assert!(pump.progress(8.0, 0.5) < 0.9 && pump.progress(25.0, 0.5) < 1.15);
    /// assert!((pump.progress(15.0, 0.5) - 1.0).abs() < 1e-12);
    /// ```
    pub fn progress(&self, minutes: f64, fullness: f64) -> f64 {
        let time = self.pace_min * (1.0 + fullness);
        libm::expm1(-minutes / time) / libm::expm1(-STANDARD_MIN / time)
    }

    /// Share of what is within reach that one session takes (0 to [`MOST`]); `z` its standard normal deviation.
    pub fn share(&self, minutes: f64, fullness: f64, massaged: bool, z: f64) -> f64 {
        (self.standard_share(massaged, z) * self.progress(minutes, fullness)).min(MOST)
    }

    /// The same for a session of [`STANDARD_MIN`], before it is limited to [`MOST`].
    pub fn standard_share(&self, massaged: bool, z: f64) -> f64 {
        let usual = logistic(self.share_logit + self.session_logit_sd * z);
        if massaged { (usual * self.massage).min(MOST_BY_TECHNIQUE.max(usual)) } else { usual }
    }
}

/// How a baby drinks at the breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BabyResponse {
    /// Logit of the median ceiling of what it can take (`e_b`).
    pub share_logit: f64,
    /// How much that varies from feed to feed (logit sd).
    pub feed_logit_sd: f64,
}

/// What a baby wants of one feed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appetite {
    /// Appetite of this feed (mL).
    pub wanted_ml: f64,
    /// Appetite left over from earlier feeds (mL), at most two feeds' worth.
    pub carried_ml: f64,
}

/// The most a stomach holds (mL) so many days after birth: 72 mL to day 15, then 2.5 mL more a day.
pub fn stomach_cap_ml(days_after_birth: f64) -> f64 {
    72.0 + 2.5 * (days_after_birth - 15.0).max(0.0)
}

/// A pump session as the body meets it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// Which breasts are pumped, in the order of [`crate::mother::Mother::breasts`].
    pub sides: Sides,
    /// How long (min).
    pub minutes: f64,
    /// With massage.
    pub massaged: bool,
    /// Minutes of it past the end of flow.
    pub past_flow_min: f64,
}

/// Which breasts a removal reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sides {
    /// All of them.
    Both,
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Sides {
    /// Whether breast `index` (0 left, 1 right) is reached. One virtual breast is reached by any side.
    pub fn reach(self, index: usize, breasts: usize) -> bool {
        breasts == 1 || matches!((self, index), (Self::Both, _) | (Self::Left, 0) | (Self::Right, 1))
    }
}

impl Session {
    /// Both breasts, without massage, stopped when flow ends.
    pub fn both(minutes: f64) -> Self {
        Self { sides: Sides::Both, minutes, massaged: false, past_flow_min: 0.0 }
    }
}

/// `1 / (1 + e^-x)`.
pub fn logistic(x: f64) -> f64 {
    if x < 0.0 {
        let e = libm::exp(x);
        e / (1.0 + e)
    } else {
        1.0 / (1.0 + libm::exp(-x))
    }
}

/// The inverse of [`logistic`].
pub fn logit(p: f64) -> f64 {
    libm::log(p / (1.0 - p))
}
