//! The journal, the twin, the importers and the session for the browser: compiled to WASM, and wrapped for JavaScript in `web/src/wasm`.
//!
//! The wrapper is made by the library under `wasm-bindgen-cli`, which spares everyone the installation of a program
//! whose version must equal that of the library to the letter: both stand in one Cargo.toml.

use crate::{
    place::{root, target},
    say,
    setup::{WasmCompiler, cargo, wasm_compiler},
    trouble::Trouble,
};
use std::{
    path::{Path, PathBuf},
    process::Command,
};
use wasm_bindgen_cli_support::Bindgen;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The modules: their packages, and what the page calls them.
const MODULES: [(&str, &str); 5] = [
    ("letdown-wasm", "letdown"),
    ("letdown-wasm-advice", "letdown_advice"),
    ("letdown-wasm-import", "letdown_import"),
    ("letdown-wasm-session", "letdown_session"),
    ("letdown-wasm-twin", "letdown_twin"),
];

/// Compiles and wraps the modules.
pub(crate) fn build() -> Result<(), Trouble> {
    let compiler = wasm_compiler()?;
    let folder = match &compiler {
        WasmCompiler::Own => target(),
        // Two compilers in one folder would build everything anew each time.
        WasmCompiler::Debian { .. } => target().join("wasm-debian"),
    };
    say::step("engine for the browser", &mut compile(&compiler, &folder))?;
    for (package, name) in MODULES {
        let module = folder.join(TARGET).join("web").join(format!("{}.wasm", package.replace('-', "_")));
        if !module.is_file() {
            return Err(Trouble::NoWasm { package });
        }
        wrap(&module, name)?;
    }
    Ok(())
}

fn compile(compiler: &WasmCompiler, folder: &Path) -> Command {
    let mut command = match compiler {
        WasmCompiler::Own => cargo(),
        WasmCompiler::Debian { linker } => debian_cargo(linker),
    };
    command.args(["build", "--profile", "web", "--target", TARGET]);
    for (package, _) in MODULES {
        command.args(["--package", package]);
    }
    if compiler != &WasmCompiler::Own {
        command.args(["-Z", "build-std=std,panic_abort"]);
    }
    command.arg("--target-dir").arg(folder);
    command
}

fn debian_cargo(linker: &PathBuf) -> Command {
    let mut command = Command::new("/usr/bin/cargo");
    command
        .env("RUSTC", "/usr/bin/rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
        .env_remove("RUSTUP_TOOLCHAIN");
    command
}

fn wrap(module: &Path, name: &str) -> Result<(), Trouble> {
    let mut bindgen = Bindgen::new();
    let wrapped = bindgen
        .input_path(module)
        .out_name(name)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(root().join("web").join("src").join("wasm")));
    wrapped.map_err(|e| Trouble::Bindgen(format!("{e:#}")))
}
