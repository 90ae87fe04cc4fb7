//! Where things lie. Every command runs in the root of the repository, so that paths in messages are short.

use crate::trouble::Trouble;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let here =
        env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

/// Cargo's build folder.
pub(crate) fn target() -> PathBuf {
    // This program lies in it: target/debug/xtask.
    let own = env::current_exe().ok().and_then(|exe| Some(exe.parent()?.parent()?.to_owned()));
    own.unwrap_or_else(|| root().join("target"))
}

/// The folder for logs and stamps of this program.
pub(crate) fn notes() -> Result<PathBuf, Trouble> {
    let folder = target().join("xtask");
    fs::create_dir_all(&folder).map_err(Trouble::file(&folder))?;
    Ok(folder)
}

/// A path as it is shown: from the root on.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The file a program is, if it is installed.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}
