//! `cargo xtask fuzz`: hostile bytes for one importer, by libFuzzer, with the project's own stable toolchain.
//!
//! What libFuzzer needs of the compiler, counters at every edge and the values of comparisons, is a pass of LLVM that
//! stable Rust can ask for. The folder `fuzz` is a workspace of its own, so nothing else is built this way.

use crate::{
    place::{notes, program, root, shown, target},
    say,
    setup::cargo,
    trouble::Trouble,
};
use clap::Args;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Coverage for libFuzzer, and the `cfg` by which crates know that they are fuzzed.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// What no input may take: memory (MiB), time (s). Inputs are of 64 KiB at most.
const BOUNDS: [&str; 4] = ["-rss_limit_mb=512", "-malloc_limit_mb=256", "-timeout=10", "-max_len=65536"];

/// The most seeds that are kept of a target, and the longest of them (bytes).
const SEEDS: usize = 40;
const SEED_BYTES: u64 = 4_096;

#[derive(Args)]
pub(crate) struct Options {
    /// The importer; without one they are listed.
    target: Option<String>,
    /// How long to try.
    #[arg(long, default_value_t = 300)]
    seconds: u64,
    /// Read one file that was found, and nothing else.
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,
}

pub(crate) fn fuzz(options: &Options) -> Result<(), Trouble> {
    let known = targets()?;
    let Some(name) = &options.target else {
        for name in &known {
            println!("{name}");
        }
        return Ok(());
    };
    if !known.contains(name) {
        let known = known.into_iter().collect::<Vec<_>>().join(", ");
        return Err(Trouble::FuzzTarget { name: name.clone(), known });
    }
    let fuzzer = Fuzzer { program: build()?, name: name.clone() };
    match &options.replay {
        Some(file) => fuzzer.replay(file),
        None => fuzzer.run(options.seconds),
    }
}

/// Every target has a folder of seeds; a test of the journal holds both lists together.
fn targets() -> Result<BTreeSet<String>, Trouble> {
    files_in(&root().join("fuzz/seeds"))
}

fn build() -> Result<PathBuf, Trouble> {
    if program("c++").is_none() {
        let command = "sudo apt-get install g++".to_owned();
        let why = "libFuzzer is written in C++";
        return Err(Trouble::Missing { what: "a C++ compiler", why, command });
    }
    let rustc = say::output(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host =
        rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or("x86_64-unknown-linux-gnu");
    let folder = target().join("fuzz");
    let mut command = cargo();
    // With a target named, programs that only run during the build stay as they are.
    command.args(["build", "--profile", "fuzz", "--locked", "--target", host, "--target-dir"]).arg(&folder);
    command.current_dir(root().join("fuzz")).env("RUSTFLAGS", FLAGS).env_remove("CARGO_TARGET_DIR");
    say::step("the fuzzer", &mut command)?;
    Ok(folder.join(host).join("fuzz/letdown-fuzz"))
}

struct Fuzzer {
    program: PathBuf,
    name: String,
}

impl Fuzzer {
    fn run(&self, seconds: u64) -> Result<(), Trouble> {
        let (corpus, found) = (self.folder("corpus")?, self.folder("found")?);
        let words = root().join("fuzz/dictionaries").join(format!("{}.dict", self.name));
        let mut command = self.command();
        command
            .args(BOUNDS)
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-dict={}", words.display()))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .arg("-print_final_stats=1")
            .args([&corpus, &self.seeds()]);
        let step = format!("fuzz {}", self.name);
        let ran = say::step(&step, &mut command);
        let log = notes()?.join(format!("fuzz-{}.log", self.name));
        println!("{}", Figures::of(&fs::read_to_string(log).unwrap_or_default()).told(&self.name));
        if ran.is_err() {
            say::line(&format!("What it found lies in {}; --replay FILE reads it again.", shown(&found)));
        }
        ran?;
        println!("{}: {} new seeds kept", self.name, self.keep(&corpus)?);
        Ok(())
    }

    fn replay(&self, file: &Path) -> Result<(), Trouble> {
        let file = file.canonicalize().map_err(Trouble::file(file))?;
        say::step(&format!("replay {}", self.name), self.command().args(BOUNDS).arg(file))
    }

    /// Of the corpus, what reaches code that no seed reaches, as far as it is small.
    fn keep(&self, corpus: &Path) -> Result<usize, Trouble> {
        let (seeds, small) = (self.seeds(), self.folder("small")?);
        let before = files_in(&seeds)?;
        files_in(&small)?.iter().try_for_each(|name| remove(&small.join(name)))?;
        for name in files_in(corpus)? {
            let file = corpus.join(&name);
            if fs::metadata(&file).is_ok_and(|about| about.len() <= SEED_BYTES) {
                fs::copy(&file, small.join(&name)).map_err(Trouble::file(&file))?;
            }
        }
        let mut merge = self.command();
        // Edges count, not how often they are passed: so a few seeds stand for thousands.
        merge.args(["-set_cover_merge=1", "-use_counters=0"]).args(BOUNDS).args([&seeds, &small]);
        say::step(&format!("merge {}", self.name), &mut merge)?;
        let mut new: Vec<String> = files_in(&seeds)?.difference(&before).cloned().collect();
        // It writes those first that reach the most.
        new.sort_by_key(|name| fs::metadata(seeds.join(name)).and_then(|about| about.modified()).ok());
        let room = SEEDS.saturating_sub(before.len());
        new.iter().skip(room).try_for_each(|name| remove(&seeds.join(name)))?;
        Ok(new.len().min(room))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env("LETDOWN_FUZZ_TARGET", &self.name);
        command
    }

    fn seeds(&self) -> PathBuf {
        root().join("fuzz/seeds").join(&self.name)
    }

    /// A folder of this target that is not under version control.
    fn folder(&self, what: &str) -> Result<PathBuf, Trouble> {
        let folder = target().join("fuzz").join(what).join(&self.name);
        fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
        Ok(folder)
    }
}

fn remove(file: &Path) -> Result<(), Trouble> {
    fs::remove_file(file).map_err(Trouble::file(file))
}

/// The names of what lies in a folder.
fn files_in(folder: &Path) -> Result<BTreeSet<String>, Trouble> {
    let listed = fs::read_dir(folder).map_err(Trouble::file(folder))?;
    Ok(listed.filter_map(|file| file.ok()?.file_name().into_string().ok()).collect())
}

/// What libFuzzer says at its end; `?` where it said nothing.
struct Figures {
    runs: String,
    per_second: String,
    peak_mib: String,
    edges: String,
}

impl Figures {
    fn of(log: &str) -> Self {
        let number = |text: &str| text.split_whitespace().next().unwrap_or("?").to_owned();
        let after = |mark: &str| log.rsplit_once(mark).map_or_else(|| "?".to_owned(), |(_, end)| number(end));
        Self {
            runs: after("stat::number_of_executed_units:"),
            per_second: after("stat::average_exec_per_sec:"),
            peak_mib: after("stat::peak_rss_mb:"),
            edges: after(" cov: "),
        }
    }

    fn told(&self, name: &str) -> String {
        let Self { runs, per_second, peak_mib, edges } = self;
        format!("{name}: {runs} runs, {per_second} a second, {peak_mib} MiB at most, {edges} edges reached")
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn the_figures_are_those_of_the_end() {
        let log = "#13\tINITED cov: 3839 ft: 7415 corp: 12/2226b exec/s: 0 rss: 34Mb\n\
                   #73000\tDONE   cov: 4383 ft: 13525 corp: 251/62Kb lim: 65536 exec/s: 730 rss: 38Mb\n\
                   stat::number_of_executed_units: 73000\n\
                   stat::average_exec_per_sec:     730\n\
                   stat::peak_rss_mb:              95\n";
        assert_eq!(
            Figures::of(log).told("nighp"),
            "nighp: 73000 runs, 730 a second, 95 MiB at most, 4383 edges reached"
        );
        assert!(Figures::of("").told("nighp").contains("? runs"));
    }
}
