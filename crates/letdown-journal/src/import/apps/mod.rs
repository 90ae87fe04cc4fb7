//! The apps people come from: one file each, with its quirks. A new one is a file here and a line in [`FORMATS`].

mod babybuddy;
mod droste;
mod feedbaby;
mod nighp;
mod piyolog;
mod sprouttrack;

use super::{format::Format, generic, letdown_csv};

/// Every format, tried from the top. The generic one stands last: it takes any file once the caller has mapped it.
pub(super) const FORMATS: &[&dyn Format] = &[
    &nighp::Nighp,
    &babybuddy::BabyBuddy,
    &feedbaby::FeedBaby,
    &sprouttrack::SproutTrack,
    &piyolog::PiyoLog,
    &droste::Droste,
    &letdown_csv::LetdownCsv,
    &generic::Generic,
];
