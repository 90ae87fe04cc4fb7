//! `cargo xtask tidy`: what no compiler checks. Each check is a function from texts to complaints, and has a test that
//! shows it can complain.

mod docs;
mod files;
mod manifests;
mod metadata;
mod paths;
mod reading;
mod walls;
mod words;

mod literals;

use crate::{place::root, say, trouble::Trouble};
use files::{Repository, TextFile};
use metadata::Workspace;

/// One thing to mend.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Complaint {
    /// A file, with a line where there is one.
    place: String,
    /// What is wrong and how to mend it.
    what: String,
}

impl Complaint {
    fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }

    fn in_line(file: &TextFile, line: usize, what: impl Into<String>) -> Self {
        Self::new(format!("{}:{line}", file.path), what)
    }
}

pub(crate) fn tidy() -> Result<(), Trouble> {
    let workspace = Workspace::load()?;
    let repository = Repository::load(&root())?;
    for hint in files::long_files(&repository) {
        say::line(&format!("  hint: {}: {}", hint.place, hint.what));
    }
    let complaints = check(&workspace, &repository);
    for Complaint { place, what } in &complaints {
        say::line(&format!("  {place}: {what}"));
    }
    if complaints.is_empty() { Ok(()) } else { Err(Trouble::Untidy { count: complaints.len() }) }
}

fn check(workspace: &Workspace, repository: &Repository) -> Vec<Complaint> {
    [
        walls::inner(workspace),
        walls::outer(workspace),
        walls::model_is_no_std(repository),
        manifests::lints(repository),
        manifests::clippy_bans(repository),
        manifests::locks(repository),
        manifests::registries(repository),
        docs::summary(repository),
        docs::links(repository),
        docs::dependencies(repository),
        files::machine_paths(repository),
        files::allow_without_reason(repository),
        files::unfinished(repository),
        files::too_long(repository),
        words::blame(repository),
        reading::hard(repository),
    ]
    .concat()
}
