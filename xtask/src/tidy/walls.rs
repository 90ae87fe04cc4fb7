//! The walls between the crates. This table is the drawing in docs/architecture.md; both change together, and a new
//! line in it is rare.

use super::{Complaint, files::Repository, metadata::Workspace};

struct Wall {
    name: &'static str,
    /// Crates of ours that it may import.
    may: May,
    /// Crates of others that it may never reach, and why.
    never: &'static [&'static str],
    why: &'static str,
}

enum May {
    Import(&'static [&'static str]),
    ImportAll,
}

const MODEL_NEVER: &[&str] =
    &["serde", "serde_json", "jiff", "chrono", "time", "web-time", "getrandom", "rayon", "tokio", "rusqlite"];
const FIT_NEVER: &[&str] = &["jiff", "chrono", "time", "tokio", "axum", "rusqlite"];
const TRACE_NEVER: &[&str] =
    &["jiff", "chrono", "time", "web-time", "getrandom", "rayon", "tokio", "rusqlite"];
// `getrandom` stands behind `zip`, for archives with a password, which are not read.
const JOURNAL_NEVER: &[&str] = &["rusqlite", "tokio", "axum"];
const ENGINE_NEVER: &[&str] = &["rusqlite", "tokio", "axum", "hyper"];
const STORE_NEVER: &[&str] = &["axum", "tokio", "hyper"];

const WALLS: &[Wall] = &[
    Wall {
        name: "letdown-model",
        may: May::Import(&[]),
        never: MODEL_NEVER,
        why: "the model is data in, data out, and the same on every platform",
    },
    Wall {
        name: "letdown-fit",
        may: May::Import(&["letdown-model"]),
        never: FIT_NEVER,
        why: "the fit knows no clock, no journal and no waiting",
    },
    Wall {
        name: "letdown-journal",
        may: May::Import(&[]),
        never: JOURNAL_NEVER,
        why: "the journal is handed bytes, time and randomness",
    },
    Wall {
        name: "letdown-trace",
        may: May::Import(&[]),
        never: TRACE_NEVER,
        why: "a trace is data in, data out: no body, no journal, no clock",
    },
    Wall {
        name: "letdown-engine",
        may: May::Import(&["letdown-fit", "letdown-model", "letdown-journal", "letdown-trace"]),
        never: ENGINE_NEVER,
        why: "the engine runs in a browser too",
    },
    Wall {
        name: "letdown-report",
        may: May::Import(&["letdown-engine", "letdown-journal"]),
        never: ENGINE_NEVER,
        why: "a page is made of numbers that it is handed",
    },
    Wall {
        name: "letdown-store",
        may: May::Import(&["letdown-journal"]),
        never: STORE_NEVER,
        why: "the store knows no network",
    },
    Wall {
        name: "letdown-server",
        may: May::Import(&["letdown-store", "letdown-journal"]),
        never: &[],
        why: "",
    },
    Wall {
        name: "letdown-wasm",
        may: May::Import(&["letdown-engine", "letdown-journal"]),
        never: &["rusqlite", "tokio", "axum"],
        why: "they do not run in a browser",
    },
    Wall {
        name: "letdown-wasm-import",
        may: May::Import(&["letdown-journal"]),
        never: &["rusqlite", "tokio", "axum", "nuts-rs"],
        why: "it only reads files, in a browser",
    },
    Wall {
        name: "letdown-wasm-twin",
        may: May::Import(&["letdown-engine", "letdown-journal"]),
        never: &["rusqlite", "tokio", "axum"],
        why: "they do not run in a browser",
    },
    Wall {
        name: "letdown-wasm-advice",
        may: May::Import(&["letdown-engine", "letdown-journal"]),
        never: &["rusqlite", "tokio", "axum"],
        why: "they do not run in a browser",
    },
    Wall {
        name: "letdown-wasm-session",
        may: May::Import(&["letdown-engine"]),
        never: &["rusqlite", "tokio", "axum"],
        why: "they do not run in a browser",
    },
    Wall { name: "letdown", may: May::ImportAll, never: &[], why: "" },
    Wall { name: "xtask", may: May::Import(&[]), never: &[], why: "" },
];

/// Which of our crates import each other.
pub(super) fn inner(workspace: &Workspace) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (name, member) in &workspace.members {
        let Some(wall) = WALLS.iter().find(|wall| wall.name == name) else {
            complaints.push(Complaint::new(
                name,
                "draw this crate in xtask/src/tidy/walls.rs and docs/architecture.md",
            ));
            continue;
        };
        let May::Import(may) = wall.may else { continue };
        for import in member.ours.iter().filter(|import| !may.contains(&import.as_str())) {
            let what =
                format!("it imports {import}, which the drawing in docs/architecture.md does not allow");
            complaints.push(Complaint::new(name, what));
        }
    }
    complaints
}

/// Which crates of others stand behind ours.
pub(super) fn outer(workspace: &Workspace) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for wall in WALLS {
        let Some(member) = workspace.members.get(wall.name) else { continue };
        for never in wall.never.iter().filter(|never| member.theirs.contains(**never)) {
            let what = format!(
                "`{never}` stands behind it ({}); `cargo tree -p {} -i {never}` says how",
                wall.why, wall.name
            );
            complaints.push(Complaint::new(wall.name, what));
        }
    }
    complaints
}

/// The model does without the standard library, so that no mathematics of the platform slips in.
pub(super) fn model_is_no_std(repository: &Repository) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let lacks = |path: &str, part: &str| repository.file(path).is_none_or(|file| !file.text.contains(part));
    if lacks("crates/letdown-model/src/lib.rs", "no_std") {
        complaints.push(Complaint::new("crates/letdown-model/src/lib.rs", "begin it with #![no_std]"));
    }
    if lacks("crates/letdown-model/Cargo.toml", "libm") {
        complaints
            .push(Complaint::new("crates/letdown-model/Cargo.toml", "let the model compute with `libm`"));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::{inner, model_is_no_std, outer};
    use crate::tidy::{
        files::Repository,
        metadata::{Member, Workspace},
    };

    fn workspace(name: &str, ours: &[&str], theirs: &[&str]) -> Workspace {
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let member = Member { ours: set(ours), theirs: set(theirs) };
        Workspace { members: [(name.to_owned(), member)].into() }
    }

    #[test]
    fn a_new_door_in_a_wall_is_seen() {
        let cases = [
            ("letdown-server", "letdown-store", 0),
            ("letdown-server", "letdown-engine", 1),
            ("letdown-journal", "letdown-model", 1),
            ("letdown-engine", "letdown-store", 1),
            ("letdown", "letdown-engine", 0),
            ("xtask", "letdown-journal", 1),
            ("letdown-new", "letdown-journal", 1),
        ];
        for (name, import, complaints) in cases {
            assert_eq!(inner(&workspace(name, &[import], &[])).len(), complaints, "{name} imports {import}");
        }
    }

    #[test]
    fn a_stranger_behind_a_wall_is_seen() {
        let cases = [
            ("letdown-model", "serde", 1),
            ("letdown-model", "libm", 0),
            ("letdown-journal", "rusqlite", 1),
            ("letdown-store", "axum", 1),
            ("letdown-server", "axum", 0),
            ("letdown-engine", "tokio", 1),
        ];
        for (name, stranger, complaints) in cases {
            assert_eq!(
                outer(&workspace(name, &[], &[stranger])).len(),
                complaints,
                "{stranger} behind {name}"
            );
        }
    }

    #[test]
    fn a_model_with_the_standard_library_is_seen() {
        let lib = "crates/letdown-model/src/lib.rs";
        let cargo = "crates/letdown-model/Cargo.toml";
        let good = [(lib, "#![no_std]"), (cargo, "libm.workspace = true")];
        assert_eq!(model_is_no_std(&Repository::of(&good)), []);
        assert_eq!(model_is_no_std(&Repository::of(&[(lib, "//! The model."), (cargo, "")])).len(), 2);
    }
}
