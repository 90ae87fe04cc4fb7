use crate::home::{Home, Ran, ran};
use std::{
    fs,
    path::{Path, PathBuf},
};

const LOG: [&str; 6] = ["log", "pump", "--total", "60", "--start", "2025-11-24T03:10:00Z"];

const NOISE: &[u8] = &[7; 20_000];

/// Every command that reads.
const READERS: [&[&str]; 5] =
    [&["list"], &["today"], &["forecast"], &["backtest"], &["import", "--undo", "import-1"]];

fn sound_export(home: &Home) {
    home.write("log.csv", "start,total_ml\n2025-11-01T03:00:00Z,60\n");
}

/// Every command that may make a journal. `serve` finds its port taken, should it get so far.
fn makers(port: &str) -> [Vec<&str>; 4] {
    [vec!["init"], LOG.to_vec(), vec!["import", "log.csv"], vec!["serve", "--port", port]]
}

fn names(folder: &Path) -> Vec<String> {
    let name = |item: std::io::Result<fs::DirEntry>| item.unwrap().file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn the_first_entry_makes_a_journal_and_says_so() {
    let home = Home::new();
    let first = home.done(&LOG);
    assert_eq!(first.err, format!("letdown: made a new journal in {}\n", home.data().display()));
    assert_eq!(names(&home.data()), ["journal.sqlite3", "letdown.toml"]);
    assert_eq!(home.done(&LOG).err, "");
    assert_eq!(home.entries().len(), 2);
}

#[test]
fn the_first_import_makes_a_journal_and_says_so() {
    let home = Home::new();
    sound_export(&home);
    let ran = home.done(&["import", "log.csv", "--json"]);
    assert!(ran.err.contains("made a new journal in") && !ran.out.contains("made"), "{ran:?}");
    assert_eq!(home.done(&["import", "log.csv", "--json"]).err, "");
}

#[test]
fn init_makes_a_journal_once() {
    let home = Home::new();
    assert_eq!(home.json(&["init"])["data"].as_str().map(PathBuf::from), Some(home.data()));
    home.run(&["init"]).refused(1, &["already holds a journal; nothing was changed"]);
    assert_eq!(home.entries().len(), 0);
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let home = Home::new();
    fs::create_dir(home.data()).unwrap();
    assert!(home.done(&LOG).err.contains("made a new journal"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_made_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.done(&LOG);
    assert_eq!(fs::metadata(home.data()).unwrap().permissions().mode() & 0o777, 0o700);
}

/// What a fresh disk holds is nothing to anybody.
#[test]
fn a_fresh_disk_counts_as_empty() {
    for maker in &makers("0")[..3] {
        let home = Home::new();
        sound_export(&home);
        fs::create_dir_all(home.data().join("lost+found")).unwrap();
        home.done(maker);
        assert_eq!(names(&home.data()), ["journal.sqlite3", "letdown.toml", "lost+found"]);
    }
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    for maker in makers("0") {
        let home = Home::new();
        sound_export(&home);
        fs::create_dir(home.data()).unwrap();
        fs::write(home.data().join("holiday.jpg"), "sun").unwrap();
        let ran = home.run(&maker);
        assert_eq!(
            (ran.code, names(&home.data())),
            (1, vec!["holiday.jpg".to_owned()]),
            "{maker:?}: {ran:?}"
        );
        assert!(ran.out.is_empty() && ran.err.lines().count() == 1, "{ran:?}");
    }
    let home = Home::new();
    fs::create_dir(home.data()).unwrap();
    fs::write(home.data().join("holiday.jpg"), "sun").unwrap();
    home.run(&["init"]).refused(1, &["holds something else (holiday.jpg)", "--data"]);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_left_alone() {
    for command in makers("0").iter().map(Vec::as_slice).chain(READERS) {
        let home = Home::new();
        sound_export(&home);
        fs::write(home.data(), "sun").unwrap();
        home.run(command).refused(1, &["a file stands where the folder", "--data"]);
        assert_eq!(fs::read(home.data()).unwrap(), b"sun");
    }
}

#[test]
fn who_only_reads_makes_no_journal() {
    for reader in READERS {
        let home = Home::new();
        home.run(reader).refused(1, &["there is no journal in", "letdown init"]);
        assert!(!home.has_journal(), "{reader:?}");
    }
}

/// A disk that is not mounted must not look like a journal in which nothing was ever written.
#[test]
fn beside_a_config_whose_journal_is_lost_none_is_made() {
    for command in makers("0").iter().map(Vec::as_slice).chain(READERS) {
        let home = Home::with_a_session();
        sound_export(&home);
        fs::remove_file(home.data().join("journal.sqlite3")).unwrap();
        home.run(command)
            .refused(1, &["letdown.toml belongs to journal j-", "its journal.sqlite3 is missing"]);
        assert_eq!(names(&home.data()), ["letdown.toml"], "{command:?}");
    }
}

#[test]
fn a_journal_whose_config_is_lost_is_left_alone() {
    for command in makers("0").iter().map(Vec::as_slice).chain(READERS) {
        let home = Home::with_a_session();
        sound_export(&home);
        fs::remove_file(home.data().join("letdown.toml")).unwrap();
        home.run(command).refused(1, &["not the letdown.toml that belongs to it"]);
        assert_eq!(names(&home.data()), ["journal.sqlite3"], "{command:?}");
    }
}

#[test]
fn a_damaged_journal_is_said_to_be_and_left_alone() {
    let home = Home::with_a_session();
    sound_export(&home);
    let database = home.data().join("journal.sqlite3");
    fs::write(&database, NOISE).unwrap();
    for command in [&["list"][..], &["today"], &LOG, &["import", "log.csv"]] {
        home.run(command).refused(1, &["journal.sqlite3"]);
        assert_eq!(fs::read(&database).unwrap(), NOISE);
    }
}

/// Logs a session without `--data`, in an environment.
fn log_in(home: &Home, environment: &[(&str, &Path)]) -> Ran {
    let mut command = home.bare(&LOG);
    command.envs(environment.iter().copied());
    ran(command)
}

#[test]
fn without_a_folder_named_the_users_own_is_taken() {
    let home = Home::new();
    let [user, share, named] = ["user", "share", "named"].map(|name| home.path(name));
    let relative = Path::new("share");
    for (environment, place) in [
        (&[("HOME", user.as_path())][..], "user/.local/share/letdown"),
        (&[("HOME", &user), ("XDG_DATA_HOME", relative)], "user/.local/share/letdown"),
        (&[("HOME", &user), ("XDG_DATA_HOME", &share)], "share/letdown"),
        (&[("HOME", &user), ("XDG_DATA_HOME", &share), ("LETDOWN_DATA", &named)], "named"),
        (&[("HOME", &user), ("XDG_DATA_HOME", &share), ("LETDOWN_DATA", Path::new(""))], "share/letdown"),
    ] {
        let ran = log_in(&home, environment);
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(home.path(place).join("journal.sqlite3").exists(), "{environment:?}: {ran:?}");
        fs::remove_dir_all(home.path(place)).unwrap();
    }
}

#[test]
fn a_folder_that_is_named_comes_before_all_others() {
    let home = Home::new();
    let mut command = home.command(&LOG);
    command.env("LETDOWN_DATA", home.path("other")).env("HOME", home.path("user"));
    assert_eq!(ran(command).code, 0);
    assert!(home.has_journal() && !home.path("other").exists() && !home.path("user").exists());
}

#[test]
fn without_any_home_the_folder_is_asked_for() {
    let home = Home::new();
    log_in(&home, &[]).refused(2, &["there is no home folder", "--data DIR"]);
    assert_eq!(names(&home.path("")), Vec::<String>::new());
}
