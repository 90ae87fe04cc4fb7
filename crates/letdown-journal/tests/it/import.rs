//! What the tests of imports share: fixtures, the answers a family gives, and a fact in one line.

use jiff::Timestamp;
use letdown_journal::{
    body::{Body, Nurse, Pump},
    fold::Folded,
    import::{Admission, Answers, FileCounts, FileReading, ImportError, NamedBytes, admit, read},
    moment,
    volume::{Intake, Output},
};

/// A file of `fixtures/exports`.
macro_rules! fixture {
    ($path:literal) => {
        letdown_journal::import::NamedBytes {
            name: $path,
            bytes: include_bytes!(concat!("../../../../fixtures/exports/", $path)),
        }
    };
}
pub(crate) use fixture;

/// Every fixture that can be imported without a map.
pub(crate) const FIXTURES: [NamedBytes<'_>; 46] = [
    fixture!("nighp/pump-2017.csv"),
    fixture!("nighp/Mila_expressed-2017.csv"),
    fixture!("nighp/Mila_formula-2017.csv"),
    fixture!("nighp/pump-2022.csv"),
    fixture!("nighp/Mila_nursing-2022.csv"),
    fixture!("nighp/Mila_nursing-2023.csv"),
    fixture!("nighp/pump-2023.csv"),
    fixture!("nighp/pump-2026.csv"),
    fixture!("nighp/Mila_diaper-2026.csv"),
    fixture!("nighp/Mila_bottle.csv"),
    fixture!("nighp/Mila_other_activity.csv"),
    fixture!("nighp/Mila_sleep.csv"),
    fixture!("babybuddy/feeding.csv"),
    fixture!("babybuddy/feeding-dmy.csv"),
    fixture!("babybuddy/pumping-old.csv"),
    fixture!("babybuddy/pumping.csv"),
    fixture!("babybuddy/weight.csv"),
    fixture!("babybuddy/changes.csv"),
    fixture!("babybuddy/sleep.csv"),
    fixture!("babybuddy/api-feedings.json"),
    fixture!("babybuddy/api-all.json"),
    fixture!("babybuddy/admin-feeding.json"),
    fixture!("babyplus/flat.json"),
    fixture!("babyplus/2019.json"),
    fixture!("glow/bottles.csv"),
    fixture!("glow/growth.csv"),
    fixture!("hatch/log.csv"),
    fixture!("hatch/log.txt"),
    fixture!("piyolog/month-2024.txt"),
    fixture!("piyolog/day-2026.txt"),
    fixture!("piyolog/month-2025-english.txt"),
    fixture!("droste/backup.txt"),
    fixture!("feedbaby/feeds.csv"),
    fixture!("feedbaby/pumpings.csv"),
    fixture!("feedbaby/pumpings-later.csv"),
    fixture!("feedbaby/growths.csv"),
    fixture!("feedbaby/excretions.csv"),
    fixture!("feedbaby/pauses.csv"),
    fixture!("sprouttrack/activity-log.csv"),
    fixture!("babyconnect/log.csv"),
    fixture!("babyconnect/log-with-child.csv"),
    fixture!("huckleberry/log.csv"),
    fixture!("huckleberry/log-logged-by.csv"),
    fixture!("nursingtimer/early.csv"),
    fixture!("nursingtimer/later.csv"),
    fixture!("letdown/sessions.csv"),
];

pub(crate) fn now() -> Timestamp {
    "2026-11-24T12:00Z".parse().unwrap()
}

/// A family in Berlin that has said nothing else.
pub(crate) fn answers() -> Answers {
    Answers { zone: Some(moment::zone("Europe/Berlin").unwrap()), ..Answers::default() }
}

pub(crate) fn file<'a>(name: &'a str, text: &'a str) -> NamedBytes<'a> {
    NamedBytes { name, bytes: text.as_bytes() }
}

/// One file, read in Berlin.
pub(crate) fn reading(file: NamedBytes<'_>) -> FileReading {
    read(&[file], &answers(), now()).unwrap().remove(0)
}

/// Why one file cannot be imported.
pub(crate) fn refusal(bytes: &[u8], answers: &Answers) -> ImportError {
    read(&[NamedBytes { name: "log.csv", bytes }], answers, now()).unwrap_err()
}

/// Files, imported into an empty journal.
pub(crate) fn admitted(files: &[NamedBytes<'_>]) -> Admission {
    let admission = admit(read(files, &answers(), now()).unwrap(), &Folded::default(), "first");
    admission.files.iter().for_each(adds_up);
    admission
}

/// `read = rows_imported + rows_duplicate + skipped`.
pub(crate) fn adds_up(counts: &FileCounts) {
    assert_eq!(
        counts.read,
        counts.rows_imported + counts.rows_duplicate + counts.skipped.len(),
        "{counts:?}"
    );
}

/// Facts imported: pump, nurse, bottle, weight, diaper.
pub(crate) fn imported(admission: &Admission) -> [usize; 5] {
    ["pump", "nurse", "bottle", "weight", "diaper"]
        .map(|kind| admission.files.iter().map(|file| file.imported[kind]).sum())
}

/// What every draft of a reading says, in a line each.
pub(crate) fn said(reading: &FileReading) -> Vec<String> {
    reading.drafts.iter().map(|draft| says(&draft.body)).collect()
}

/// A fact in one line: `pump 2018-03-14T05:05 min -,-,- ml -,-,35`; lengths are whole, left, right; volumes left, right,
/// total.
pub(crate) fn says(body: &Body) -> String {
    let what = match body {
        Body::Pump(pump) => pumped(pump),
        Body::Nurse(nurse) => nursed(nurse),
        Body::Bottle(b) => format!("{} min {} ml {:?}", or(b.minutes), or(ml(b.intake.as_ref())), b.milk),
        Body::Weight(w) => format!("{:.1} g", w.weight_g),
        Body::Diaper(d) => format!("wet {} soiled {}", d.wet, d.soiled),
        other => other.write(),
    };
    let start = body.start().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    format!("{} {} {what}", body.kind(), start.strip_suffix(":00").unwrap_or(&start))
}

fn pumped(pump: &Pump) -> String {
    let out = |o: &Option<Output>| or(o.as_ref().map(Output::as_ml));
    let minutes = [pump.minutes, pump.left_minutes, pump.right_minutes].map(or).join(",");
    format!("min {minutes} ml {}", [&pump.left, &pump.right, &pump.total].map(out).join(","))
}

fn nursed(nurse: &Nurse) -> String {
    let stints = nurse.stints.iter().map(|s| format!("{:?} {}", s.side, or(s.minutes)));
    format!("min {}: {}", or(nurse.minutes), stints.collect::<Vec<_>>().join(", "))
}

/// Her own words about a fact.
pub(crate) fn note(body: &Body) -> Option<&str> {
    match body {
        Body::Pump(pump) => pump.note.as_deref(),
        Body::Nurse(nurse) => nurse.note.as_deref(),
        Body::Bottle(bottle) => bottle.note.as_deref(),
        Body::Weight(weight) => weight.note.as_deref(),
        Body::Diaper(diaper) => diaper.note.as_deref(),
        _ => None,
    }
}

/// Whom a fact is about.
pub(crate) fn baby(body: &Body) -> Option<&str> {
    match body {
        Body::Nurse(nurse) => nurse.baby.as_deref(),
        Body::Bottle(bottle) => bottle.baby.as_deref(),
        Body::Weight(weight) => weight.baby.as_deref(),
        Body::Diaper(diaper) => diaper.baby.as_deref(),
        _ => None,
    }
}

fn ml(intake: Option<&Intake>) -> Option<f64> {
    intake.map(Intake::as_ml)
}

fn or(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), |v| format!("{}", (v * 100.0).round() / 100.0))
}

#[test]
fn counts_of_every_fixture_add_up() {
    let admission = admitted(&FIXTURES);
    let rows: usize = admission.files.iter().map(|f| f.read).sum();
    assert_eq!((admission.files.len(), rows), (FIXTURES.len(), 279));
    for alone in FIXTURES {
        admitted(&[alone]);
    }
}
