//! The scales that are known.

use super::{
    acaia, blackcoffee, bookoo, decent, difluid, eureka, felicita, futula, jimmy, sheet::Sheet, skale,
    smartchef, timemore, varia, weigh_my_bru, weight_service,
};

/// A kind of scale: all that speak alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Acaia scales before 2021.
    AcaiaClassic,
    /// Acaia scales from 2021 on: Lunar, Pearl S, Pyxis, Cinco.
    Acaia,
    /// Acaia Umbra.
    AcaiaUmbra,
    /// Felicita.
    Felicita,
    /// Decent and Half Decent.
    Decent,
    /// Bookoo Themis.
    Bookoo,
    /// Eureka Precisa and Solo Barista.
    Eureka,
    /// Futula kitchen scales, also sold as Lefu.
    Futula,
    /// Skale.
    Skale,
    /// Varia AKU.
    Varia,
    /// The Microbalance of `DiFluid`.
    DiFluid,
    /// Hiroia Jimmy.
    Jimmy,
    /// TIMEMORE scales that use the numbers of the standard service, but not its layout.
    Timemore,
    /// `SmartChef` kitchen scales.
    SmartChef,
    /// Blackcoffee, also sold as `my_scale`.
    Blackcoffee,
    /// `WeighMyBru`, which people build themselves.
    WeighMyBru,
    /// The Weight Scale Service of the Bluetooth SIG: bathroom and baby scales.
    WeightService,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::AcaiaClassic,
        Self::Acaia,
        Self::AcaiaUmbra,
        Self::Felicita,
        Self::Decent,
        Self::Bookoo,
        Self::Eureka,
        Self::Futula,
        Self::Skale,
        Self::Varia,
        Self::DiFluid,
        Self::Jimmy,
        Self::Timemore,
        Self::SmartChef,
        Self::Blackcoffee,
        Self::WeighMyBru,
        Self::WeightService,
    ];

    /// What must be known of it.
    pub fn sheet(self) -> &'static Sheet {
        match self {
            Self::AcaiaClassic => &acaia::CLASSIC,
            Self::Acaia => &acaia::SINCE_2021,
            Self::AcaiaUmbra => &acaia::UMBRA,
            Self::Felicita => &felicita::SHEET,
            Self::Decent => &decent::SHEET,
            Self::Bookoo => &bookoo::SHEET,
            Self::Eureka => &eureka::SHEET,
            Self::Futula => &futula::SHEET,
            Self::Skale => &skale::SHEET,
            Self::Varia => &varia::SHEET,
            Self::DiFluid => &difluid::SHEET,
            Self::Jimmy => &jimmy::SHEET,
            Self::Timemore => &timemore::SHEET,
            Self::SmartChef => &smartchef::SHEET,
            Self::Blackcoffee => &blackcoffee::SHEET,
            Self::WeighMyBru => &weigh_my_bru::SHEET,
            Self::WeightService => &weight_service::SHEET,
        }
    }

    /// The one of this word (`Sheet::word`).
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.sheet().word == word)
    }
}
