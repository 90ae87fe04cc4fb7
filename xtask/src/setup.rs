//! What must be on the machine, and how it gets there.

use crate::{
    place::{notes, program, root},
    say,
    trouble::Trouble,
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

const NODE_MAJOR: u32 = 20;

/// The version of `cargo-deny` that `deny.toml` was written for.
const CARGO_DENY: &str = "0.20.2";

/// Cargo, of the toolchain that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Node, new enough.
pub(crate) fn node() -> Result<(), Trouble> {
    let found = say::output(Command::new("node").arg("--version"));
    let major =
        found.as_deref().and_then(|text| text.trim_start_matches('v').split('.').next()?.parse().ok());
    match major {
        Some(major) if NODE_MAJOR <= major => Ok(()),
        _ => Err(Trouble::Node {
            found: found.map_or("there is none".into(), |text| format!("this is {text}")),
        }),
    }
}

/// The npm packages of a folder, when its lock file changed since the last time.
pub(crate) fn npm_packages(folder: &'static str) -> Result<(), Trouble> {
    node()?;
    let folder_path = root().join(folder);
    let lock =
        fs::read(folder_path.join("package-lock.json")).map_err(|_| Trouble::NotThereYet { what: folder })?;
    let stamp = notes()?.join(format!("{folder}.package-lock.json"));
    let known = fs::read(&stamp).is_ok_and(|known| known == lock);
    if known && folder_path.join("node_modules").is_dir() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder_path);
    say::step(&format!("npm packages of {folder}"), &mut npm)?;
    fs::write(&stamp, lock).map_err(Trouble::file(stamp))
}

/// How the engine is compiled for the browser.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum WasmCompiler {
    /// The toolchain of this project.
    Own,
    /// Debian's compiler for web engines, where the target's library cannot be had from rustup.
    Debian { linker: PathBuf },
}

/// A compiler for the browser's target.
pub(crate) fn wasm_compiler() -> Result<WasmCompiler, Trouble> {
    if has_own_wasm_target() {
        return Ok(WasmCompiler::Own);
    }
    let mut rustup = Command::new("rustup");
    let added = say::step("WASM target from rustup", rustup.args(["target", "add", crate::wasm::TARGET]));
    if added.is_ok() && has_own_wasm_target() {
        return Ok(WasmCompiler::Own);
    }
    say::line("  rustup could not bring the WASM target; trying Debian's compiler for web engines");
    debian_wasm_compiler()
}

/// The browser that the stories are told to.
pub(crate) fn chromium() -> Result<PathBuf, Trouble> {
    let installed = || ["chromium", "chromium-browser"].into_iter().find_map(program);
    installed().map_or_else(
        || {
            apt("the browser chromium", &["chromium"])?;
            installed().ok_or(Trouble::NotThereYet { what: "chromium" })
        },
        Ok,
    )
}

/// `cargo-deny`, installed into `.tools/` when the machine has none.
pub(crate) fn cargo_deny() -> Result<PathBuf, Trouble> {
    let own = root().join(".tools").join("bin").join("cargo-deny");
    if let Some(installed) = own.is_file().then(|| own.clone()).or_else(|| program("cargo-deny")) {
        return Ok(installed);
    }
    let mut install = cargo();
    install.args(["install", "cargo-deny", "--locked", "--root", ".tools", "--version", CARGO_DENY]);
    say::step("cargo-deny (once, about 2 minutes on 2 cores)", &mut install)?;
    Ok(own)
}

fn has_own_wasm_target() -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let asked =
        say::output(Command::new(rustc).args(["--print", "target-libdir", "--target", crate::wasm::TARGET]));
    asked.is_some_and(|folder| Path::new(&folder).is_dir())
}

fn debian_wasm_compiler() -> Result<WasmCompiler, Trouble> {
    let linker = || ["wasm-ld-19", "wasm-ld"].into_iter().find_map(program);
    // The standard library is compiled on the way, so its sources must be there too.
    let parts = ["/usr/bin/cargo", "/usr/bin/rustc", "/usr/lib/rustlib/src/rust/library"];
    let is_ready = parts.iter().all(|part| Path::new(part).exists());
    if let Some(linker) = linker().filter(|_| is_ready) {
        return Ok(WasmCompiler::Debian { linker });
    }
    apt("a compiler for WASM", &["rustc-web", "cargo-web", "rust-web-src", "lld-19"])?;
    linker().map(|linker| WasmCompiler::Debian { linker }).ok_or(Trouble::NotThereYet { what: "wasm-ld" })
}

/// Installs Debian packages, where this user may.
fn apt(what: &'static str, packages: &[&str]) -> Result<(), Trouble> {
    let arguments = ["install", "-y", "--no-install-recommends"];
    let command = format!("sudo apt-get {} {}", arguments.join(" "), packages.join(" "));
    if program("apt-get").is_none() {
        return Err(Trouble::Missing { what, why: "this is not Debian or Ubuntu", command });
    }
    if !is_root() {
        return Err(Trouble::Missing { what, why: "only root may", command });
    }
    let apt = |name: &str, arguments: &[&str]| {
        say::step(name, Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = [&arguments, packages].concat();
    // A fresh machine has no list of packages yet.
    let installed = apt(what, &install).or_else(|_| {
        apt("the list of Debian packages", &["update"])?;
        apt(what, &install)
    });
    installed.map_err(|_| Trouble::Missing { what, why: "apt-get could not", command })
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}
