//! The coach: what it says when, by hand; what it never says; how its words read; how right its chances are.

mod chances;
mod promises;
mod red_flags;
mod women;
mod wording;

use letdown_engine::coach::{Id, Prompt, Rehearsal, Told};

/// What is said in a scenario.
#[track_caller]
fn told(toml: &str) -> Told {
    Rehearsal::read(toml).unwrap_or_else(|e| panic!("{e}\n{toml}")).run(1, &[]).unwrap()
}

fn find(told: &Told, id: Id) -> &Prompt {
    told.prompts.iter().find(|p| p.id == id).unwrap_or_else(|| panic!("no {id:?} in {:?}", told.ids()))
}
