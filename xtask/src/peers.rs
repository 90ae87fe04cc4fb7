//! `cargo xtask bench twin-peers`: one simulated log, fitted by Letdown and, with the same model, by nutpie.
//!
//! Needs Python 3.11 or newer and the network once; packages go into a folder of their own under `target`. No test runs
//! it. What is compared and how stands in `bench/twin/README.md`.

use crate::{
    place::{program, root, target},
    say::step,
    setup::cargo,
    trouble::Trouble,
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Simulates a log of so many days, fits it twice, and prints the table.
pub(crate) fn compare(days: u32) -> Result<(), Trouble> {
    let folder = target().join("twin-peers");
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    let python = python(&folder)?;
    step("a simulated log", &mut letdown(cargo(), "log", &folder, &days.to_string()))?;
    step("Letdown", &mut letdown(cargo(), "fit", &folder, "ours-2"))?;
    if let Some(taskset) = program("taskset") {
        let mut one = Command::new(taskset);
        one.args(["-c", "0"]).arg(cargo().get_program());
        step("Letdown, one thread", &mut letdown(one, "fit", &folder, "ours-1"))?;
    }
    step("JAX and nutpie", script(&python, "fit_with_nutpie.py").arg(&folder).arg("jax"))?;
    step("PyMC and nutpie", script(&python, "fit_with_nutpie.py").arg(&folder).arg("pymc"))?;
    print(script(&python, "compare.py").arg(&folder))
}

/// The bench of `letdown-fit` that others are compared with, started by Cargo.
fn letdown(mut by: Command, what: &str, folder: &Path, more: &str) -> Command {
    by.args(["bench", "--package", "letdown-fit", "--bench", "peers", "--", what]).arg(folder).arg(more);
    by
}

fn script(python: &Path, name: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(root().join("bench/twin").join(name)).current_dir(root());
    command
}

/// A Python of its own with the packages of `requirements.txt`, installed when that changed.
fn python(folder: &Path) -> Result<PathBuf, Trouble> {
    let wanted_path = root().join("bench/twin/requirements.txt");
    let wanted = fs::read(&wanted_path).map_err(Trouble::file(&wanted_path))?;
    let (home, stamp) = (folder.join("python"), folder.join("requirements.txt"));
    let python = home.join("bin/python");
    if python.is_file() && fs::read(&stamp).is_ok_and(|known| known == wanted) {
        return Ok(python);
    }
    step("a Python of its own", Command::new("python3").args(["-m", "venv"]).arg(&home))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--requirement"]).arg(&wanted_path);
    step("PyMC, JAX and nutpie from the registry", &mut pip)?;
    fs::write(&stamp, wanted).map_err(Trouble::file(&stamp))?;
    Ok(python)
}

fn print(command: &mut Command) -> Result<(), Trouble> {
    let status =
        command.status().map_err(|source| Trouble::Start { program: "python".to_owned(), source })?;
    let step = "the comparison".to_owned();
    if status.success() { Ok(()) } else { Err(Trouble::Bench { step, status: status.to_string() }) }
}
