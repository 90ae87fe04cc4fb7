//! The colors of a page. Each differs from its neighbours in lightness too, so that a page in black and white says the same.

/// A color, red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ink(pub u8, pub u8, pub u8);

/// Text.
pub(crate) const TEXT: Ink = Ink(0x22, 0x1d, 0x18);
/// Text beside it.
pub(crate) const SOFT: Ink = Ink(0x5f, 0x57, 0x4d);
/// Lines between things.
pub(crate) const HAIR: Ink = Ink(0xc9, 0xc1, 0xb5);
/// Milk.
pub(crate) const MILK: Ink = Ink(0xd9, 0x9f, 0x45);
/// What is usual for her.
pub(crate) const USUAL: Ink = Ink(0xf7, 0xea, 0xd2);
/// Between the outer centiles of a curve, and between the inner ones.
pub(crate) const OUTER: Ink = Ink(0xef, 0xeb, 0xe5);
pub(crate) const INNER: Ink = Ink(0xdd, 0xd6, 0xcb);
/// The middle of a curve.
pub(crate) const MIDDLE: Ink = Ink(0x9a, 0x90, 0x83);
/// What asks for a call.
pub(crate) const CALL: Ink = Ink(0x9c, 0x22, 0x1a);
