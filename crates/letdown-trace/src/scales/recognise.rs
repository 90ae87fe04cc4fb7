//! Which scale it is that advertises.

use super::{kind::Kind, uuid::Uuid};
use std::fmt;

/// Says which scale advertises this name and these services.
///
/// The name decides. A service alone does not: five unlike kinds weigh on FFF0, and TIMEMORE uses the standard service's
/// 181D with a layout of its own. Only where a service belongs to one maker alone is it enough.
///
/// Acaia scales of one name speak on different services; ask again once connected, with all services the scale has.
///
/// # Errors
///
/// When no known scale bears the name.
pub fn recognise(name: Option<&str>, services: &[Uuid]) -> Result<Kind, UnknownScale> {
    let by_name = name.and_then(|name| Kind::ALL.into_iter().find(|kind| bears(*kind, name)));
    let by_service =
        || Kind::ALL.into_iter().find(|kind| kind.sheet().is_service_its_own && serves(*kind, services));
    let unknown = || UnknownScale { name: name.map(str::to_owned), services: services.to_vec() };
    let kind = by_name.or_else(by_service).ok_or_else(unknown)?;
    Ok(sibling(kind, services))
}

/// Kinds that share names, and are told apart by their service.
const ACAIA: [Kind; 3] = [Kind::AcaiaClassic, Kind::Acaia, Kind::AcaiaUmbra];

fn sibling(kind: Kind, services: &[Uuid]) -> Kind {
    if !ACAIA.contains(&kind) || serves(kind, services) {
        return kind;
    }
    ACAIA.into_iter().find(|other| serves(*other, services)).unwrap_or(kind)
}

fn bears(kind: Kind, name: &str) -> bool {
    kind.sheet().names.iter().any(|known| known.fits(name))
}

fn serves(kind: Kind, services: &[Uuid]) -> bool {
    services.contains(&kind.sheet().service)
}

/// A device that is none of the known scales, or does not say which.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownScale {
    /// The name it advertised.
    pub name: Option<String>,
    /// The services it offered.
    pub services: Vec<Uuid>,
}

impl UnknownScale {
    /// The kinds that speak on one of its services: it may be one of them under another name.
    pub fn may_be(&self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(|kind| serves(*kind, &self.services))
    }
}

impl fmt::Display for UnknownScale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name:?} is no scale that is known here")?,
            None => write!(f, "a device without a name is no scale that is known here")?,
        }
        if !self.services.is_empty() {
            write!(f, " (it offers {})", list(self.services.iter().map(Uuid::to_string)))?;
        }
        let speak_alike = list(self.may_be().map(said));
        if !speak_alike.is_empty() {
            return write!(f, "; if it is one of these under another name, say which: {speak_alike}");
        }
        write!(f, "; known are {}", list(Kind::ALL.into_iter().map(said)))
    }
}

fn said(kind: Kind) -> String {
    let sheet = kind.sheet();
    format!("{} ({})", sheet.word, sheet.title)
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
