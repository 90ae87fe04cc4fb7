//! The apps people come from: one file each, with its quirks. A new one is a file here and a line in [`FORMATS`].

mod babybuddy;
mod babyconnect;
mod babyplus;
mod droste;
mod feedbaby;
mod glow;
mod hatch;
mod huckleberry;
mod medela;
mod nighp;
mod nursing_timer;
mod piyolog;
mod sprouttrack;

use super::{format::Format, generic, letdown_csv};

/// Every format, tried from the top. The generic one stands last: it takes any file once the caller has mapped it.
pub(super) const FORMATS: &[&dyn Format] = &[
    &nighp::Nighp,
    &babybuddy::BabyBuddy,
    &babyplus::BabyPlus,
    &glow::Glow,
    &hatch::Hatch,
    &feedbaby::FeedBaby,
    &sprouttrack::SproutTrack,
    &piyolog::PiyoLog,
    &droste::Droste,
    &babyconnect::BabyConnect,
    &huckleberry::Huckleberry,
    &nursing_timer::NursingTimer,
    &medela::Medela,
    &letdown_csv::LetdownCsv,
    &generic::Generic,
];
