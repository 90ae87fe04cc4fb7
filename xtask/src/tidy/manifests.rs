//! Cargo.toml, clippy.toml and lock files.

use super::{Complaint, files::Repository, paths};

/// Crates whose wall is also kept by bans in their clippy.toml.
const BANNING: [&str; 4] = ["letdown-model", "letdown-fit", "letdown-journal", "letdown-engine"];

/// Whence packages may come.
const REGISTRIES: [(&str, &str, &str); 2] = [
    ("Cargo.lock", "source = \"", "registry+https://github.com/rust-lang/crates.io-index"),
    ("package-lock.json", "\"resolved\": \"", "https://registry.npmjs.org/"),
];

/// Every crate is held to the lints of the workspace.
pub(super) fn lints(repository: &Repository) -> Vec<Complaint> {
    let crates = repository.files.iter().filter(|file| paths::name(&file.path) == "Cargo.toml");
    let without = crates.filter(|file| file.path != "Cargo.toml").filter(|file| {
        let manifest: Option<toml::Table> = file.text.parse().ok();
        manifest.is_none_or(|table| {
            table.get("lints").is_none_or(|lints| lints.get("workspace") != Some(&true.into()))
        })
    });
    without.map(|file| Complaint::new(&file.path, "add [lints] workspace = true")).collect()
}

/// A crate's clippy.toml replaces the one of the root, and holds the bans of its wall.
pub(super) fn clippy_bans(repository: &Repository) -> Vec<Complaint> {
    let file = |name: &str| format!("crates/{name}/clippy.toml");
    let bans =
        |name: &&str| repository.file(&file(name)).is_some_and(|f| f.text.contains("disallowed-methods"));
    let without =
        BANNING.iter().filter(|name| repository.has(&format!("crates/{name}"))).filter(|name| !bans(name));
    without
        .map(|name| Complaint::new(file(name), "ban clocks, files and threads here (disallowed-methods)"))
        .collect()
}

/// What was tested is what is built: every set of packages has its lock file.
pub(super) fn locks(repository: &Repository) -> Vec<Complaint> {
    let npm = repository.files.iter().filter(|file| paths::name(&file.path) == "package.json");
    let wanted =
        npm.map(|file| paths::beside(&file.path, "package-lock.json")).chain(["Cargo.lock".to_owned()]);
    let missing = wanted.filter(|lock| !repository.has(lock));
    missing.map(|lock| Complaint::new(lock, "the lock file is missing: install once and add it")).collect()
}

/// Lock files name the public registries and no mirror of one machine.
pub(super) fn registries(repository: &Repository) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in &repository.files {
        let Some((_, field, public)) = REGISTRIES.iter().find(|(name, ..)| *name == paths::name(&file.path))
        else {
            continue;
        };
        for (number, line) in file.lines() {
            let source = line.trim_start().strip_prefix(field);
            if source.is_some_and(|source| !source.starts_with(public)) {
                complaints.push(Complaint::in_line(
                    file,
                    number,
                    format!("packages come from {public} alone"),
                ));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&Repository) -> Vec<Complaint>, files: &[(&str, &str)]) -> Vec<String> {
        find(&Repository::of(files)).into_iter().map(|complaint| complaint.place).collect()
    }

    #[test]
    fn a_crate_without_the_lints_is_seen() {
        let root = ("Cargo.toml", "[workspace]");
        let good = ("crates/a/Cargo.toml", "[lints]\nworkspace = true");
        let bad = ("crates/b/Cargo.toml", "[package]\nname = \"b\"");
        let own = ("crates/c/Cargo.toml", "[lints.rust]\nunsafe_code = \"deny\"");
        assert_eq!(check(lints, &[root, good, bad, own]), ["crates/b/Cargo.toml", "crates/c/Cargo.toml"]);
    }

    #[test]
    fn a_wall_without_its_bans_is_seen() {
        let lib = ("crates/letdown-model/src/lib.rs", "");
        let empty = ("crates/letdown-model/clippy.toml", "");
        let good = ("crates/letdown-model/clippy.toml", "disallowed-methods = []");
        assert_eq!(check(clippy_bans, &[lib]), ["crates/letdown-model/clippy.toml"]);
        assert_eq!(check(clippy_bans, &[lib, empty]), ["crates/letdown-model/clippy.toml"]);
        assert_eq!(check(clippy_bans, &[lib, good]), [""; 0]);
    }

    #[test]
    fn a_missing_lock_is_seen() {
        let web = ("web/package.json", "{}");
        assert_eq!(check(locks, &[web]), ["web/package-lock.json", "Cargo.lock"]);
        assert_eq!(check(locks, &[web, ("web/package-lock.json", ""), ("Cargo.lock", "")]), [""; 0]);
    }

    #[test]
    fn a_mirror_is_seen() {
        let cargo = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nsource = \"git+https://x.example\"";
        let npm = "\"resolved\": \"https://registry.npmjs.org/a.tgz\"\n\"resolved\": \"http://mirror.example/b.tgz\"";
        let files = [("Cargo.lock", cargo), ("web/package-lock.json", npm)];
        assert_eq!(check(registries, &files), ["Cargo.lock:2", "web/package-lock.json:2"]);
    }
}
