//! Milk second by second, and the let-downs in it.

pub mod rhythm;

mod hypothesis;
mod let_downs;
mod noise;
mod path;
mod shape;

pub(crate) use let_downs::let_downs;
pub(crate) use path::Path;
