//! Secretory activation: milk "coming in" after a birth.
//!
//! ```text
//! A(t) = A0 + (1 - A0) / (1 + exp(-(t - T_act) / s_A))
//! ```
//!
//! `t` hours after birth; `T_act` (h) the middle of the change; `s_A` 10 h how gradual it is; `A0` 0.04 what there is
//! before (colostrum). Source: onset of lactogenesis II and the volumes of days 1, 3 and 5, see `docs/model.md`.
//! Range: term and preterm births, days 0 to 14. Left out: hormones, retained placenta, delayed onset by illness.

/// Secretory activation of one woman.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Activation {
    /// Hours after birth at which half of the change has happened (`T_act`, h).
    pub half_h: f64,
}

/// How gradual activation is (`s_A`, h).
pub const GRADUAL_H: f64 = 10.0;
/// Share of the full rate before activation (`A0`): colostrum.
pub const COLOSTRUM: f64 = 0.04;

impl Activation {
    /// Share of the full rate `t_h` hours after birth (0 to 1).
    ///
    /// ```
    /// let act = letdown_model::activation::Activation { half_h: 63.0 };
    /// assert!(act.at(0.0) < 0.05 && act.at(63.0) > 0.5 && act.at(200.0) > 0.99);
    /// ```
    pub fn at(&self, t_h: f64) -> f64 {
        COLOSTRUM + (1.0 - COLOSTRUM) / (1.0 + libm::exp(-(t_h - self.half_h) / GRADUAL_H))
    }

    /// Mean of [`Activation::at`] over an interval (`from_h` < `to_h`, hours after birth), in closed form.
    pub fn mean(&self, from_h: f64, to_h: f64) -> f64 {
        let softplus = |t_h: f64| {
            let x = (t_h - self.half_h) / GRADUAL_H;
            GRADUAL_H * (x.max(0.0) + libm::log1p(libm::exp(-x.abs())))
        };
        COLOSTRUM + (1.0 - COLOSTRUM) * (softplus(to_h) - softplus(from_h)) / (to_h - from_h)
    }
}
