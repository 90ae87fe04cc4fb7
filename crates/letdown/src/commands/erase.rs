//! `letdown erase`: the journal goes, when that was said twice.

use crate::{
    cli::{self, Cli},
    holding::Holding,
    journal,
    outcome::Trouble,
    say,
};
use letdown_store::{DataFolder, Store as _};
use serde::Serialize;

const BEYOND: &str = "Not reached: backups and exports, other devices with this journal, and what a browser keeps of it \
                      (clear the site's data there).";

#[derive(Serialize)]
struct Erasing {
    erased: bool,
    data: String,
    files: Vec<String>,
    #[serde(flatten)]
    holding: Holding,
}

pub fn erase(cli: &Cli, options: &cli::Erase) -> Result<(), Trouble> {
    let place = journal::place(cli)?;
    if options.yes && DataFolder::erase_leftovers(&place)? {
        say::aside(&format!("erased what an erasing that was cut short had left in {}", place.display()));
    }
    let folder = DataFolder::open(&place)?;
    let erasing = Erasing {
        erased: options.yes,
        data: folder.path().display().to_string(),
        files: folder.files().iter().map(|path| path.display().to_string()).collect(),
        holding: Holding::of(&folder.store().all()?),
    };
    let folder_is_gone = if options.yes { folder.erase()?.folder } else { false };
    if cli.json {
        say::json(&erasing);
    } else {
        say::print(&words(&erasing, folder_is_gone));
    }
    Ok(())
}

fn words(erasing: &Erasing, folder_is_gone: bool) -> String {
    let Erasing { erased, data, files, holding } = erasing;
    let begins = if *erased { "Erased" } else { "This would erase" };
    let mut lines = vec![format!("{begins} {}:", holding.words())];
    lines.extend(files.iter().map(|file| format!("  {file}")));
    lines.push(match (*erased, folder_is_gone) {
        (true, true) => format!("  {data}, the folder"),
        (true, false) => format!("The folder {data} stays: it holds something else, or may not be removed."),
        (false, _) => format!("  {data}, the folder, unless there is something else in it"),
    });
    lines.push(BEYOND.to_owned());
    if !erased {
        lines.push(String::new());
        lines.push(
            "Nothing was erased. `letdown backup FILE` keeps a copy; `letdown erase --yes` erases."
                .to_owned(),
        );
    }
    lines.join("\n")
}
