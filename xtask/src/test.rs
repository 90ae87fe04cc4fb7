//! `cargo xtask test`: every part, one after the other, and a table at the end.
//!
//! A part that does not pass does not stop the others: one run says everything that is to mend.

use crate::{deny, run, say, setup::cargo, stories, tidy, trouble::Trouble, wasm, web};
use clap::Args;
use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

#[derive(Args)]
pub(crate) struct Options {
    /// Also fail when a part could not be run here.
    #[arg(long)]
    strict: bool,
}

pub(crate) fn test(options: &Options) -> ExitCode {
    let started = Instant::now();
    let results: Vec<Done> = parts().into_iter().map(|(name, part)| Done::of(name, part)).collect();
    println!("\n{}", table(&results));
    let passed = all_well(&results, options.strict);
    println!("{} in {:.0} s", if passed { "passed" } else { "not passed" }, started.elapsed().as_secs_f64());
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

type Part = fn() -> Result<(), Trouble>;

/// The parts, those that need no compiler first. The engine goes before the web app, which goes before the program.
fn parts() -> Vec<(&'static str, Part)> {
    vec![
        ("formatting", || cargo_step("formatting", &["fmt", "--all", "--check"])),
        ("tidy", tidy::tidy),
        ("licences and sources", deny::check),
        ("lints", || {
            cargo_step("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
        }),
        ("engine for the browser", wasm::build),
        ("web: checks", || web::script("check")),
        ("web: tests", || web::script("test")),
        ("web: build", web::build),
        ("web: budget", || web::script("budget")),
        ("Rust tests", || cargo_step("Rust tests", &["test", "--workspace", "--no-fail-fast"])),
        ("program", || run::program().map(drop)),
        ("browser stories", stories::tell),
    ]
}

fn cargo_step(name: &str, arguments: &[&str]) -> Result<(), Trouble> {
    let mut command: Command = cargo();
    say::step(name, command.args(arguments))
}

struct Done {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

enum Outcome {
    Passed,
    NotPassed(String),
    NotRun(String),
}

impl Done {
    fn of(name: &'static str, part: Part) -> Self {
        say::line(&format!("\n{name}"));
        let started = Instant::now();
        let outcome = match part() {
            Ok(()) => Outcome::Passed,
            Err(trouble) => {
                say::line(&format!("  {trouble}"));
                let absent = trouble.is_absence();
                (if absent { Outcome::NotRun } else { Outcome::NotPassed })(trouble.in_short())
            }
        };
        Self { name, outcome, took: started.elapsed() }
    }
}

fn table(results: &[Done]) -> String {
    let width = results.iter().map(|done| done.name.len()).max().unwrap_or(0);
    let line = |Done { name, outcome, took }: &Done| {
        let outcome = match outcome {
            Outcome::Passed => "passed".to_owned(),
            Outcome::NotPassed(why) => format!("did not pass: {why}"),
            Outcome::NotRun(why) => format!("not run: {why}"),
        };
        format!("{name:width$}  {:>7.1} s  {outcome}\n", took.as_secs_f64())
    };
    results.iter().map(line).collect()
}

fn all_well(results: &[Done], strict: bool) -> bool {
    results.iter().all(|done| match done.outcome {
        Outcome::Passed => true,
        Outcome::NotPassed(_) => false,
        Outcome::NotRun(_) => !strict,
    })
}

#[cfg(test)]
mod tests {
    use super::{Done, Outcome, all_well, table};
    use std::time::Duration;

    fn done(name: &'static str, outcome: Outcome) -> Done {
        Done { name, outcome, took: Duration::from_millis(1_250) }
    }

    #[test]
    fn what_was_not_run_counts_when_strict() {
        let passed = || done("a", Outcome::Passed);
        let not_run = || done("b", Outcome::NotRun("no browser".into()));
        let not_passed = || done("c", Outcome::NotPassed("it broke".into()));
        assert!(all_well(&[passed()], true));
        assert!(all_well(&[passed(), not_run()], false));
        assert!(!all_well(&[passed(), not_run()], true));
        assert!(!all_well(&[passed(), not_passed()], false));
    }

    #[test]
    fn the_table_has_a_line_for_each_part() {
        let results = [
            done("lints", Outcome::Passed),
            done("browser stories", Outcome::NotRun("chromium is missing".into())),
        ];
        assert_eq!(
            table(&results),
            "lints                1.2 s  passed\n\
             browser stories      1.2 s  not run: chromium is missing\n"
        );
    }
}
