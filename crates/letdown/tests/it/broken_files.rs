use crate::home::{Home, fixture, ran};
use std::{
    fs::File,
    io::Write as _,
    path::Path,
    time::{Duration, Instant},
};

const SOUND: &str = "start,total_ml\n2025-11-01T03:00:00Z,60\n2025-11-02T03:00:00Z,70\n";

/// Imports `file` where there is no journal, and into one; neither may notice.
#[track_caller]
fn is_refused(home: &Home, args: &[&str], words: &[&str]) {
    home.run(&[&["import"], args].concat()).refused(1, words);
    assert!(!home.has_journal(), "no journal may be left behind");
    home.done(&["log", "pump", "--total", "90", "--start", "2025-10-01T08:00:00Z"]);
    let before = home.snapshot();
    home.run(&[&["import"], args].concat()).refused(1, words);
    assert_eq!(home.snapshot(), before);
}

fn content_is_refused(content: impl AsRef<[u8]>, words: &[&str]) {
    let home = Home::new();
    home.write("log.csv", content);
    is_refused(&home, &["log.csv", "--tz", "Europe/Berlin"], &[&["log.csv"], words].concat());
}

/// Bytes that differ each time they are asked for, and are the same in each run.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    (0..bytes / 8).flat_map(|_| next()).collect()
}

#[test]
fn a_sound_file_comes_in_through_the_same_door() {
    let home = Home::new();
    home.write("log.csv", SOUND);
    home.done(&["import", "log.csv", "--tz", "Europe/Berlin"]);
    assert_eq!(home.entries().len(), 2);
}

#[test]
fn noise_is_not_text() {
    content_is_refused(noise(5_000), &["is not text that I can read"]);
}

#[test]
fn a_sound_file_with_a_byte_of_noise_is_not_text() {
    content_is_refused(SOUND.replace("70", "7\u{0}"), &["is not text that I can read"]);
}

#[test]
fn text_in_sixteen_bits_is_not_read_as_eight() {
    let wide: Vec<u8> = format!("\u{feff}{SOUND}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    content_is_refused(wide, &["save it as CSV in UTF-8"]);
}

#[test]
fn a_broken_zip_is_named() {
    content_is_refused([b"PK\x03\x04".to_vec(), noise(800)].concat(), &["a ZIP that cannot be opened"]);
}

#[test]
fn a_quote_that_never_closes_is_shown_with_its_row() {
    let cut = "start,total_ml,note\n2025-11-01T03:00:00Z,60,calm\n2025-11-02T03:00:00Z,70,\"cal";
    content_is_refused(cut, &["row 3", "never closes"]);
}

#[test]
fn an_empty_file_is_called_empty() {
    content_is_refused("", &["is empty"]);
    content_is_refused("\u{feff} \r\n\n", &["is empty"]);
}

#[test]
fn a_file_of_column_names_has_nothing_to_import() {
    content_is_refused("start,total_ml\n", &["holds column names and no rows"]);
}

#[test]
fn a_file_without_column_names_is_told_so() {
    content_is_refused(
        "2025-11-01T03:00:00Z,60\n2025-11-02T03:00:00Z,70\n",
        &["the first row", "looks like data"],
    );
}

#[test]
fn a_file_of_riddles_is_not_read_as_nothing() {
    content_is_refused("start,total_ml\nsoon,60\nlater,70\n", &["no row of", "row 2"]);
}

#[test]
fn dates_that_contradict_each_other_are_shown_side_by_side() {
    let both = "Time,Amount,Note\n\"12/31/25, 9:00 PM\",60 ml,\n\"31/12/25, 9:00 AM\",50 ml,\n";
    content_is_refused(both, &["row 2 (\"12/31/25, 9:00 PM\")", "row 3 (\"31/12/25, 9:00 AM\")"]);
}

#[test]
fn a_folder_is_not_a_file() {
    let home = Home::new();
    std::fs::create_dir(home.path("exports.csv")).unwrap();
    is_refused(&home, &["exports.csv"], &["exports.csv", "this is a folder"]);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    is_refused(&Home::new(), &["nowhere/log.csv"], &["nowhere/log.csv", "cannot be opened"]);
}

#[test]
fn one_broken_file_keeps_the_sound_one_out() {
    for order in [["sound.csv", "broken.csv"], ["broken.csv", "sound.csv"]] {
        let home = Home::new();
        home.write("sound.csv", SOUND);
        home.write("broken.csv", noise(2_000));
        is_refused(&home, &order, &["broken.csv"]);
        home.done(&["import", "sound.csv"]);
        assert_eq!(home.entries().len(), 3, "by itself the sound file comes in");
    }
}

#[test]
fn a_missing_file_keeps_the_sound_one_out() {
    let home = Home::new();
    home.write("sound.csv", SOUND);
    is_refused(&home, &["sound.csv", "gone.csv"], &["gone.csv"]);
}

/// A shell that gives the command 200 MiB of memory, far less than the file has.
#[cfg(unix)]
fn import_with_little_memory(home: &Home, file: &Path) -> crate::home::Ran {
    let mut shell = std::process::Command::new("sh");
    let import = "ulimit -v 204800; exec \"$0\" import \"$1\" --data data";
    shell
        .args(["-c", import, env!("CARGO_BIN_EXE_letdown")])
        .arg(file)
        .current_dir(home.path(""))
        .env_clear();
    ran(shell)
}

#[cfg(unix)]
#[test]
fn a_huge_file_of_noise_is_refused_quickly_and_in_little_memory() {
    let home = Home::new();
    let path = home.path("huge.csv");
    let (block, mut file) = (noise(1 << 20), File::create(&path).unwrap());
    for _ in 0..300 {
        file.write_all(&block).unwrap();
    }
    let begun = Instant::now();
    let ran = import_with_little_memory(&home, &path);
    std::fs::remove_file(&path).unwrap();
    ran.refused(1, &["huge.csv", "300 MiB are more than a log of milk can be (at most 64 MiB)"]);
    assert!(begun.elapsed() < Duration::from_secs(5), "it is not read at all");
    assert!(!home.has_journal());
}

/// Some files say that they are empty and never end.
#[cfg(target_os = "linux")]
#[test]
fn a_file_without_end_is_refused_in_little_memory() {
    let home = Home::new();
    let ran = import_with_little_memory(&home, Path::new("/dev/zero"));
    ran.refused(1, &["/dev/zero", "goes on beyond 64 MiB"]);
    assert!(!home.has_journal());
}

#[cfg(unix)]
#[test]
fn with_little_memory_a_sound_file_still_comes_in() {
    let home = Home::new();
    let ran = import_with_little_memory(&home, Path::new(&fixture("letdown/sessions.csv")));
    assert_eq!(ran.code, 3, "it gets as far as the question for the zone: {ran:?}");
    home.write("log.csv", SOUND);
    let ran = import_with_little_memory(&home, Path::new("log.csv"));
    assert_eq!((ran.code, home.entries().len()), (0, 2), "{ran:?}");
}

#[test]
fn noise_that_looks_like_text_comes_to_an_end() {
    let home = Home::new();
    let letters: Vec<u8> = noise(8 << 20).into_iter().map(|byte| b' ' + byte % 95).collect();
    home.write("letters.csv", letters);
    let begun = Instant::now();
    let ran = home.run(&["import", "letters.csv", "--tz", "UTC"]);
    ran.refused(1, &["letters.csv"]);
    assert!(begun.elapsed() < Duration::from_secs(20) && !home.has_journal());
}
