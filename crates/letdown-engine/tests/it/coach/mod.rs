//! The coach: what it says when, by hand; what it never says; how its words read; how right its chances are.

mod chances;
mod promises;
mod red_flags;
mod women;
pub(crate) mod wording;

use letdown_engine::coach::{Id, Prompt, Rehearsal, Told};

/// What is said in a scenario.
#[track_caller]
fn told(toml: &str) -> Told {
    Rehearsal::read(toml).map_err(|e| format!("{e}\n{toml}")).unwrap().run(1, &[]).unwrap()
}

fn find(told: &Told, id: Id) -> &Prompt {
    told.prompts.iter().find(|p| p.id == id).ok_or_else(|| format!("no {id:?} in {:?}", told.ids())).unwrap()
}
