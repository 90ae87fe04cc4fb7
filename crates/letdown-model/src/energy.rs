//! The energy ledger: what milk costs, and where it comes from.
//!
//! ```text
//! cost (kcal/day) = 1.03 g/mL * V * 0.67 kcal/g / 0.87        V all milk that left her breasts (mL/day)
//! stores          = min(170, cost) where she has them          food = cost - stores
//! ```
//!
//! The ledger reads milk and feeds nothing: what she eats or drinks has no path into synthesis. Milk is made from blood, and
//! in the first half year some of its energy comes from fat laid down before the birth.
//!
//! Sources: energy of milk 0.67 kcal/g (IOM 2002); efficiency 80 to 90 % by diets that were weighed (Thomson 1970), 94 %
//! measured (Frigerio 1991); 0.72 MJ/day from tissue in well-nourished women (Butte, King 2005, Public Health Nutr 8:1010). Range: 0 to 4,000 mL/day. Left out: activity, pregnancy, weight loss on purpose.

/// Milk's energy (kcal/g).
pub const KCAL_PER_G: f64 = 0.67;
/// How much of the energy spent is in the milk (1).
pub const EFFICIENCY: f64 = 0.87;
/// What well-nourished women usually take from stores (kcal/day).
pub const STORES_KCAL_PER_DAY: f64 = 170.0;
/// Density of milk (g/mL).
pub const DENSITY_G_PER_ML: f64 = 1.03;

/// What a day of milk costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ledger {
    /// All of it (kcal/day).
    pub kcal_per_day: f64,
    /// Of this from stores, when she has them (kcal/day).
    pub stores_kcal_per_day: f64,
    /// Of this from food (kcal/day).
    pub food_kcal_per_day: f64,
}

/// The ledger of a day on which so much milk left her breasts (mL/day).
///
/// ```
/// let day = letdown_model::energy::ledger(750.0);
/// assert!((day.kcal_per_day - 595.0).abs() < 1.0);
/// assert!((day.food_kcal_per_day + day.stores_kcal_per_day - day.kcal_per_day).abs() < 1e-9);
/// ```
pub fn ledger(milk_ml_per_day: f64) -> Ledger {
    let kcal_per_day = DENSITY_G_PER_ML * milk_ml_per_day.max(0.0) * KCAL_PER_G / EFFICIENCY;
    let stores_kcal_per_day = kcal_per_day.min(STORES_KCAL_PER_DAY);
    Ledger { kcal_per_day, stores_kcal_per_day, food_kcal_per_day: kcal_per_day - stores_kcal_per_day }
}
