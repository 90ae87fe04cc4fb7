//! One page for a consultant: the engine's [`Report`] laid out on paper, as a PDF.
//!
//! Everything here is pure: a report comes in, bytes go out, and the same report gives the same bytes. No number is
//! reckoned here. A page is *arranged* ([`mod@arrange`]) as pieces with their place and their meaning ([`mod@sheet`]), and
//! then *written* ([`mod@write`]) as a tagged PDF that a screen reader can follow (PDF/UA-1). It is always one page: where
//! a log holds more than fits, less of it is shown, and the page says so.

mod arrange;
mod blocks;
mod charts;
mod face;
mod ink;
mod sections;
mod sheet;
mod words;
mod write;

pub use sheet::{Paper, Sheet};

use letdown_engine::report::Report;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The fonts that are built in cannot be read.
    #[error("the page's fonts cannot be read; this build is broken")]
    Fonts,
    /// The page could not be written.
    #[error("the page could not be written as a PDF: {0}")]
    Writing(String),
}

/// The page as it is arranged: where everything stands, and what it says.
///
/// # Errors
/// When the fonts cannot be read.
pub fn arranged(report: &Report, paper: Paper) -> Result<Sheet, PageError> {
    let faces = face::Faces::built_in().ok_or(PageError::Fonts)?;
    Ok(arrange::arrange(report, paper, &faces))
}

/// The page as a PDF.
///
/// # Errors
/// When the fonts cannot be read, or the page cannot be written.
pub fn pdf(report: &Report, paper: Paper) -> Result<Vec<u8>, PageError> {
    let faces = face::Faces::built_in().ok_or(PageError::Fonts)?;
    write::pdf(&arrange::arrange(report, paper, &faces), report, &faces)
}
