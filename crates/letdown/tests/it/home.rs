//! The command in a folder of its own, without anything of the person who runs the tests.

use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Behind every entry of the tests, so that a wrong clock changes nothing.
pub(crate) const LATER: &str = "2030-01-01T00:00:00Z";

/// A folder in which commands run. The journal is in `data`, which is not there at first.
pub(crate) struct Home {
    folder: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Everything there is of a journal: its files, byte for byte, and what it says.
#[derive(Debug, PartialEq)]
pub(crate) struct Snapshot {
    files: BTreeMap<String, Vec<u8>>,
    says: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A home whose journal holds one pump session.
    pub(crate) fn with_a_session() -> Self {
        let home = Self::new();
        home.done(&["log", "pump", "--total", "90", "--start", "2025-10-01T08:00:00+02:00[Europe/Berlin]"]);
        home
    }

    /// A home whose journal holds the log of a simulated woman: five sessions a day from 1 to 20 October 2026.
    pub(crate) fn with_twenty_days() -> Self {
        let home = Self::new();
        home.write(
            "life.toml",
            "days = 20\nstart = \"2026-10-01\"\nzone = \"Europe/Berlin\"\nmother = \"median\"\nper_side = false\n\
             schedule = [\"03:00\", \"08:00\", \"13:00\", \"18:00\", \"22:00\"]\n",
        );
        home.done(&["simulate-log", "life.toml", "--seed", "3", "--csv", "life.csv"]);
        home.done(&["import", "life.csv"]);
        home
    }

    /// A place in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn has_journal(&self) -> bool {
        self.data().exists()
    }

    /// Writes a file beside the journal.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// The command without `--data`, in an environment of its own.
    pub(crate) fn bare(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letdown"));
        command.args(args).current_dir(self.folder.path()).stdin(Stdio::null()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.bare(args);
        command.arg("--data").arg(self.data());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    /// Runs with these variables and this on standard input.
    pub(crate) fn run_with(&self, args: &[&str], variables: &[(&str, &str)], input: &str) -> Ran {
        self.write("input", input);
        let mut command = self.command(args);
        command.envs(variables.iter().copied()).stdin(fs::File::open(self.path("input")).unwrap());
        ran(command)
    }

    /// Runs what must succeed.
    pub(crate) fn done(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {ran:?}");
        ran
    }

    /// Runs what must answer with one JSON object.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let ran = self.done(&[args, &["--json"]].concat());
        assert_eq!(ran.out.lines().count(), 1, "one object on one line: {ran:?}");
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        assert!(value.is_object(), "{ran:?}");
        value
    }

    /// The entries as they stand, seen from later than all of them.
    pub(crate) fn entries(&self) -> Vec<Value> {
        self.json(&["list", "--at", LATER])["entries"].as_array().unwrap().clone()
    }

    pub(crate) fn kinds(&self) -> BTreeMap<String, usize> {
        let mut kinds = BTreeMap::new();
        for entry in self.entries() {
            *kinds.entry(entry["kind"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        kinds
    }

    /// The journal as it lies on the disk; `None` when there is nothing at its place.
    pub(crate) fn snapshot(&self) -> Option<Snapshot> {
        if !self.has_journal() {
            return None;
        }
        let says = self.done(&["list", "--json", "--at", LATER]).out;
        Some(Snapshot { files: files(&self.data()), says })
    }
}

pub(crate) fn ran(mut command: Command) -> Ran {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.code().is_some(), "ended from outside, {status}: {out}{err}");
    Ran { code: status.code().unwrap(), out, err }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let file = |item: fs::DirEntry| {
        (item.file_name().to_string_lossy().into_owned(), fs::read(item.path()).unwrap())
    };
    fs::read_dir(folder).unwrap().map(|item| file(item.unwrap())).collect()
}

impl Ran {
    /// Asserts that the command was refused: an exit code, nothing on stdout, and one line on stderr that holds `words`.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.out, "", "nothing belongs on stdout: {self:?}");
        assert!(self.err.starts_with("letdown: ") && self.err.lines().count() == 1, "one line: {self:?}");
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing: {self:?}");
        }
    }
}

/// The keys of an object, in order.
pub(crate) fn keys(value: &Value) -> String {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys.join(" ")
}

/// An export made for the tests.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/../../fixtures/exports/{name}", env!("CARGO_MANIFEST_DIR"))
}
