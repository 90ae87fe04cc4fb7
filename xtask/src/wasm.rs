//! The engine for the browser: compiled to WASM, and wrapped for JavaScript in `web/src/wasm`.
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

const ENGINE: &str = "letdown_wasm.wasm";

/// Compiles and wraps the engine.
pub(crate) fn build() -> Result<(), Trouble> {
    let compiler = wasm_compiler()?;
    let folder = match &compiler {
        WasmCompiler::Own => target(),
        // Two compilers in one folder would build everything anew each time.
        WasmCompiler::Debian { .. } => target().join("wasm-debian"),
    };
    say::step("engine for the browser", &mut compile(&compiler, &folder))?;
    let engine = folder.join(TARGET).join("web").join(ENGINE);
    if !engine.is_file() {
        return Err(Trouble::NoWasm { file: ENGINE });
    }
    wrap(&engine)
}

fn compile(compiler: &WasmCompiler, folder: &Path) -> Command {
    let mut command = match compiler {
        WasmCompiler::Own => cargo(),
        WasmCompiler::Debian { linker } => debian_cargo(linker),
    };
    command.args(["build", "--package", "letdown-wasm", "--profile", "web", "--target", TARGET]);
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

fn wrap(engine: &Path) -> Result<(), Trouble> {
    let mut bindgen = Bindgen::new();
    let wrapped = bindgen
        .input_path(engine)
        .out_name("letdown")
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .web(true)
        .and_then(|bindgen| bindgen.generate(root().join("web").join("src").join("wasm")));
    wrapped.map_err(|e| Trouble::Bindgen(format!("{e:#}")))
}
