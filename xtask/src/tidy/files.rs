//! All text files of the repository, and what none of them may hold.

use super::Complaint;
use crate::{say, trouble::Trouble};
use std::{fs, path::Path, process::Command};

/// A text file, by its path from the root on.
#[derive(Clone, Debug)]
pub(crate) struct TextFile {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl TextFile {
    pub(crate) fn has_ending(&self, endings: &[&str]) -> bool {
        let ending = self.path.rsplit_once('.').map_or("", |(_, ending)| ending);
        endings.contains(&ending)
    }

    /// The lines with their numbers, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(number, line)| (number + 1, line))
    }
}

/// The text files that are, or would be, in version control.
#[derive(Clone, Debug, Default)]
pub(crate) struct Repository {
    pub(crate) files: Vec<TextFile>,
    /// Every path, those of pictures and folders too.
    paths: Vec<String>,
}

impl Repository {
    pub(crate) fn load(root: &Path) -> Result<Self, Trouble> {
        let paths = listed_by_git().map_or_else(|| walk(root, ""), Ok)?;
        let mut files = Vec::new();
        for path in paths.iter().filter(|path| root.join(path).is_file()) {
            let bytes = fs::read(root.join(path)).map_err(Trouble::file(path))?;
            if let Ok(text) = String::from_utf8(bytes) {
                files.push(TextFile { path: path.clone(), text });
            }
        }
        Ok(Self { files, paths })
    }

    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file =
            |(path, text): &(&str, &str)| TextFile { path: (*path).to_owned(), text: (*text).to_owned() };
        let paths = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        Self { files: files.iter().map(file).collect(), paths }
    }

    pub(crate) fn file(&self, path: &str) -> Option<&TextFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a path is a file or a folder with files.
    pub(crate) fn has(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        path.is_empty() || self.paths.iter().any(|known| known == path || known.starts_with(&inside))
    }

    pub(crate) fn ending_with<'a>(&'a self, endings: &'a [&'a str]) -> impl Iterator<Item = &'a TextFile> {
        self.files.iter().filter(move |file| file.has_ending(endings))
    }
}

/// The longest a source file should be, and may be.
const LINES_SHOULD: usize = 600;
const LINES_MAY: usize = 700;

const SOURCES: &[&str] = &["rs", "ts", "mjs", "js", "svelte", "css", "py"];

// Written in pieces, so that this file does not complain of itself.
const MACHINE_PATHS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
const PROMISES: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];
const MACROS: [&str; 2] = [concat!("unimple", "mented!"), concat!("to", "do!")];
const ALLOW: [&str; 2] = [concat!("#[al", "low("), concat!("#![al", "low(")];

/// Paths of one machine do not work on another, and say who worked where.
pub(super) fn machine_paths(repository: &Repository) -> Vec<Complaint> {
    complain(repository, |_, line| {
        let found = MACHINE_PATHS.iter().find(|path| begins_in(line, path))?;
        Some(format!("a path of one machine ({found}): write it from the root of the repository on"))
    })
}

/// An exception without a reason is a habit.
pub(super) fn allow_without_reason(repository: &Repository) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in repository.ending_with(&["rs"]) {
        for (at, _) in ALLOW.iter().flat_map(|start| file.text.match_indices(start)) {
            let attribute = file.text[at..].split(")]").next().unwrap_or_default();
            if !attribute.contains("reason") {
                let line = file.text[..at].matches('\n').count() + 1;
                complaints.push(Complaint::in_line(file, line, "an exception needs its reason = \"...\""));
            }
        }
    }
    complaints
}

/// Work that is promised and not done stands in an issue, not in the code.
pub(super) fn unfinished(repository: &Repository) -> Vec<Complaint> {
    complain(repository, |file, line| {
        let promise = PROMISES.iter().find(|word| has_word(line, word));
        let stub = MACROS.iter().find(|stub| file.has_ending(&["rs"]) && line.contains(*stub));
        Some(format!("{} stands here: do it, or leave it out", promise.or(stub)?))
    })
}

pub(super) fn too_long(repository: &Repository) -> Vec<Complaint> {
    over(repository, LINES_MAY, "split it by what it is about")
}

/// Files that are long but still allowed.
pub(super) fn long_files(repository: &Repository) -> Vec<Complaint> {
    let long = over(repository, LINES_SHOULD, "it is getting long");
    let too_long: Vec<String> = too_long(repository).into_iter().map(|complaint| complaint.place).collect();
    long.into_iter().filter(|hint| !too_long.contains(&hint.place)).collect()
}

fn over(repository: &Repository, limit: usize, what: &str) -> Vec<Complaint> {
    let long = repository.ending_with(SOURCES).filter(|file| limit < file.text.lines().count());
    long.map(|file| Complaint::new(&file.path, format!("{} lines; {what}", file.text.lines().count())))
        .collect()
}

/// Complaints about single lines of all files that people write.
fn complain(repository: &Repository, check: impl Fn(&TextFile, &str) -> Option<String>) -> Vec<Complaint> {
    let written = repository.files.iter().filter(|file| !file.path.ends_with("package-lock.json"));
    let lines = written.flat_map(|file| file.lines().map(move |(number, line)| (file, number, line)));
    lines
        .filter_map(|(file, number, line)| Some(Complaint::in_line(file, number, check(file, line)?)))
        .collect()
}

/// Whether a path begins in the line, and is not a later part of an address or a longer path.
fn begins_in(line: &str, path: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_.~/$}".contains(c);
    line.match_indices(path).any(|(at, _)| !line[..at].ends_with(is_part))
}

/// Whether a word stands in the line by itself.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_letter) && !line[at + word.len()..].starts_with(is_letter))
}

fn listed_by_git() -> Option<Vec<String>> {
    let list = ["-c", "core.quotePath=off", "ls-files", "--cached", "--others", "--exclude-standard"];
    let listed = say::output(Command::new("git").args(list))?;
    Some(listed.lines().map(str::to_owned).collect())
}

/// Without version control (an unpacked archive): every file that is not made.
fn walk(root: &Path, under: &str) -> Result<Vec<String>, Trouble> {
    let made = ["target", ".git", ".tools", "node_modules", "dist", "wasm", "artefacts"];
    let folder = root.join(under);
    let mut found = Vec::new();
    for item in fs::read_dir(&folder).map_err(Trouble::file(&folder))? {
        let name = item.map_err(Trouble::file(&folder))?.file_name().to_string_lossy().into_owned();
        let path = if under.is_empty() { name.clone() } else { format!("{under}/{name}") };
        if !root.join(&path).is_dir() {
            found.push(path);
        } else if !made.contains(&name.as_str()) {
            found.extend(walk(root, &path)?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: fn(&Repository) -> Vec<Complaint>, path: &str, text: &str) -> Vec<String> {
        find(&Repository::of(&[(path, text)])).into_iter().map(|complaint| complaint.place).collect()
    }

    #[test]
    fn paths_of_one_machine_are_seen() {
        for path in MACHINE_PATHS {
            for text in
                [format!("see {path}main"), format!("`{path}`"), format!("\"{path}x\""), format!("a={path}x")]
            {
                assert_eq!(
                    check(machine_paths, "docs/a.md", &format!("fine\n{text}\n")),
                    ["docs/a.md:2"],
                    "{text}"
                );
            }
            assert_eq!(check(machine_paths, "docs/a.md", &format!("https://example.org{path}page")), [""; 0]);
        }
    }

    #[test]
    fn exceptions_without_a_reason_are_seen() {
        for start in ALLOW {
            let without = format!("fn a() {{}}\n{start}dead_code)]\nfn b() {{}}");
            assert_eq!(check(allow_without_reason, "src/a.rs", &without), ["src/a.rs:2"]);
            let with = format!("{start}\n    dead_code,\n    reason = \"it is a test\"\n)]");
            assert_eq!(check(allow_without_reason, "src/a.rs", &with), [""; 0]);
        }
    }

    #[test]
    fn unfinished_work_is_seen() {
        for word in PROMISES {
            assert_eq!(check(unfinished, "web/src/a.ts", &format!("// {word}: more\n")), ["web/src/a.ts:1"]);
            assert_eq!(check(unfinished, "web/src/a.ts", &format!("const A_{word}S = 1")), [""; 0]);
            assert_eq!(check(unfinished, "web/package-lock.json", word), [""; 0]);
        }
        for stub in MACROS {
            assert_eq!(check(unfinished, "src/a.rs", &format!("{stub}()")), ["src/a.rs:1"]);
            assert_eq!(check(unfinished, "docs/a.md", &format!("{stub}()")), [""; 0]);
        }
    }

    #[test]
    fn long_files_are_seen() {
        let lines = |count: usize| "x\n".repeat(count);
        for (count, complaints, hints) in [(600, 0, 0), (601, 0, 1), (700, 0, 1), (701, 1, 0)] {
            assert_eq!(check(too_long, "src/a.rs", &lines(count)).len(), complaints, "{count}");
            assert_eq!(check(long_files, "src/a.rs", &lines(count)).len(), hints, "{count}");
            assert_eq!(check(too_long, "fixtures/a.csv", &lines(count)), [""; 0]);
        }
    }
}
