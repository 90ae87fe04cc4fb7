//! Milk on its way: from the alveoli into the ducts, out, or back.
//!
//! ```text
//! Q_a = (kappa A (1 + 0.5 m) + 0.00015 m) max(0, M - rho (1 - 0.35 m) S)     alveoli -> ducts (mL/s); A contraction, m massage
//! Q_b = (1 - A)(1 - 0.8 m) x / tau_b                            ducts -> alveoli: milk that nobody takes flows back
//! Q_x = k_n gate x / (1 + x/x_m)                                ducts -> out
//! Q_0 = q0 v M/S                                                drips between let-downs, v pull
//! dM/dt = Q_b - Q_a - Q_0 + C A_act g(f)/3600        dx/dt = Q_a - Q_b - Q_x        taken = Q_x + Q_0
//! ```
//!
//! `M` milk in the alveoli (mL), `x` milk in the ducts above the rest volume (mL), 0 at the start; what is left at the end
//! goes back to `M`. Midpoint rule, in fluxes, so that what leaves one place enters the next and no milk is made or lost.
//!
//! Sources: milk sits in the alveoli and hardly comes without ejection (Gardner 2015, doi 10.1186/s12884-015-0583-3); ducts
//! widen at a let-down and milk flows back when it is not taken (Ramsay 2004, PMID 14754950); peak flow 0.5 g/s, SD 0.2
//! (Idei 2024, doi 10.1016/j.midw.2024.104039). `kappa`, `tau_b` and the massage terms are judged. Left out: the tree of
//! ducts, viscosity, fat.

use super::touch::Contact;

/// How one woman's ducts carry milk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ducts {
    /// How fast a full squeeze empties the alveoli (`kappa`, 1/s).
    pub squeezes_per_s: f64,
    /// How fast a pump takes what stands in the ducts (`k_n`, 1/s).
    pub takes_per_s: f64,
    /// Where that way out is half choked (`x_m`, mL).
    pub choked_ml: f64,
    /// How fast milk that nobody takes flows back (`tau_b`, s).
    pub back_s: f64,
    /// Drip of a full breast between let-downs (`q0`, mL/s).
    pub drip_ml_per_s: f64,
}

/// What massage adds to a squeeze: ducts that a let-down has widened let through what a hand presses on (1).
const MASSAGE_ADDS: f64 = 0.5;
/// What a hand presses out of alveoli that nothing contracts (1/s).
const MASSAGE_ALONE_PER_S: f64 = 0.00015;
const MASSAGE_REACHES: f64 = 0.35;
const MASSAGE_HOLDS: f64 = 0.8;

/// Milk of one breast at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Milk {
    /// In the alveoli (`M`, mL).
    pub alveoli_ml: f64,
    /// In the ducts above the rest volume (`x`, mL).
    pub ducts_ml: f64,
    /// Taken so far (mL).
    pub taken_ml: f64,
    /// Made so far (mL).
    pub made_ml: f64,
}

/// What moves milk in one breast at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forces {
    /// Contraction (`A`, 0 to 1).
    pub contraction: f64,
    /// What is at the breast.
    pub contact: Contact,
    /// Storage capacity (`S`, mL).
    pub storage_ml: f64,
    /// Milk that no squeeze moves (`rho S`, mL).
    pub out_of_reach_ml: f64,
    /// Milk being made (mL/s).
    pub makes_ml_per_s: f64,
}

struct Flux {
    down: f64,
    back: f64,
    out: f64,
    drip: f64,
}

impl Ducts {
    fn flux(&self, milk: &Milk, forces: &Forces) -> Flux {
        let Contact { gate, pull, massage, .. } = forces.contact;
        let out_of_reach = forces.out_of_reach_ml * (1.0 - MASSAGE_REACHES * massage);
        let squeezing = self.squeezes_per_s * forces.contraction * (1.0 + MASSAGE_ADDS * massage)
            + MASSAGE_ALONE_PER_S * massage;
        Flux {
            down: squeezing * (milk.alveoli_ml - out_of_reach).max(0.0),
            back: (1.0 - forces.contraction) * (1.0 - MASSAGE_HOLDS * massage) * milk.ducts_ml / self.back_s,
            out: self.takes_per_s * gate * milk.ducts_ml / (1.0 + milk.ducts_ml / self.choked_ml),
            drip: self.drip_ml_per_s * pull * (milk.alveoli_ml / forces.storage_ml).max(0.0),
        }
    }

    /// Milk after `dt_s` seconds.
    pub fn step(&self, milk: &Milk, forces: &Forces, dt_s: f64) -> Milk {
        let first = self.flux(milk, forces);
        let half_way = milk.moved(&first, forces, 0.5 * dt_s);
        milk.moved(&self.flux(&half_way, forces), forces, dt_s)
    }
}

impl Milk {
    /// Never more leaves a place than is in it.
    fn moved(&self, flux: &Flux, forces: &Forces, dt_s: f64) -> Self {
        let made = forces.makes_ml_per_s * dt_s;
        let down = (flux.down * dt_s).min(self.alveoli_ml.max(0.0));
        let drip = (flux.drip * dt_s).min((self.alveoli_ml - down).max(0.0));
        let out = (flux.out * dt_s).min(self.ducts_ml);
        let back = (flux.back * dt_s).min(self.ducts_ml - out);
        Self {
            alveoli_ml: self.alveoli_ml + back - down - drip + made,
            ducts_ml: self.ducts_ml + down - back - out,
            taken_ml: self.taken_ml + out + drip,
            made_ml: self.made_ml + made,
        }
    }

    /// Milk in the breast (mL).
    pub fn held_ml(&self) -> f64 {
        self.alveoli_ml + self.ducts_ml
    }
}
