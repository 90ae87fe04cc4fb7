//! The web app: its checks, its tests and its build are npm scripts in `web/package.json`.

use crate::{
    place::{notes, root},
    say, setup,
    trouble::Trouble,
};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

const FOLDER: &str = "web";

/// Runs an npm script of the web app.
pub(crate) fn script(name: &str) -> Result<(), Trouble> {
    setup::npm_packages(FOLDER)?;
    let mut npm = Command::new("npm");
    npm.args(["run", "--silent", name]).current_dir(root().join(FOLDER));
    say::step(&format!("web: npm run {name}"), &mut npm)
}

/// Builds the web app into `web/dist`, when one of its files changed since the last time.
///
/// Building it for nothing would make Cargo compile the program around it for nothing too.
pub(crate) fn build() -> Result<(), Trouble> {
    let stamp = notes()?.join("web.build");
    let now = fingerprint(&root().join(FOLDER))?;
    let built = root().join(FOLDER).join("dist").join("index.html").is_file();
    if built && fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    script("build")?;
    fs::write(&stamp, now).map_err(Trouble::file(stamp))
}

/// A number that changes with any file of the folder that goes into the build.
fn fingerprint(folder: &Path) -> Result<String, Trouble> {
    let mut hasher = DefaultHasher::new();
    for file in sources(folder)? {
        file.strip_prefix(folder).unwrap_or(&file).hash(&mut hasher);
        fs::read(&file).map_err(Trouble::file(&file))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn sources(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let items = fs::read_dir(folder).map_err(Trouble::file(folder))?;
    let mut paths: Vec<PathBuf> = items.filter_map(|item| Some(item.ok()?.path())).collect();
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let is_made = path.ends_with("node_modules") || path.ends_with("dist");
        if path.is_dir() && !is_made {
            files.extend(sources(&path)?);
        } else if path.is_file() {
            files.push(path);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use std::fs;

    #[test]
    fn only_sources_change_the_fingerprint() {
        let web = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = web.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("src/main.ts", "1");
        let first = fingerprint(web.path()).unwrap();
        write("dist/index.html", "made");
        write("node_modules/svelte/index.js", "theirs");
        assert_eq!(fingerprint(web.path()).unwrap(), first);
        write("src/main.ts", "2");
        let second = fingerprint(web.path()).unwrap();
        assert_ne!(second, first);
        write("src/more.ts", "");
        assert_ne!(fingerprint(web.path()).unwrap(), second);
    }
}
