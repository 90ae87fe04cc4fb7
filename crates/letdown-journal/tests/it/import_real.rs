//! Real logs, when there are any: `LETDOWN_REAL_LOGS=../shared/data` or wherever they lie. Nothing of them is kept here.

use crate::import::{adds_up, answers, imported, now};
use letdown_journal::{
    body::Body,
    fold::Folded,
    import::{Admission, NamedBytes, admit, read},
};
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("LETDOWN_REAL_LOGS").map(PathBuf::from).filter(|f| f.is_dir());
    if folder.is_none() {
        println!("real logs not present");
    }
    folder
}

#[expect(clippy::disallowed_methods, reason = "a test reads its files itself")]
fn admitted(names: &[&str]) -> Option<Admission> {
    let folder = folder()?;
    let bytes: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect();
    let files: Vec<NamedBytes<'_>> =
        names.iter().zip(&bytes).map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let admission = admit(read(&files, &answers(), now()).unwrap(), &Folded::default(), "real");
    for counts in &admission.files {
        adds_up(counts);
        println!(
            "{} {}: read {}, rows imported {}, duplicate {}, skipped {}, flags {}, {:?}",
            counts.file,
            counts.format,
            counts.read,
            counts.rows_imported,
            counts.rows_duplicate,
            counts.skipped.len(),
            counts.flags.len(),
            counts.imported
        );
        counts.flags.iter().for_each(|f| println!("    row {}: {}", f.row, f.what));
    }
    Some(admission)
}

#[test]
fn exclusive_pumping_2017() {
    let names = ["nighp-2017/pump.csv", "nighp-2017/expressed_fed.csv", "nighp-2017/formula.csv"];
    let Some(admission) = admitted(&names) else { return };
    assert_eq!(imported(&admission), [667, 0, 746, 0, 0]);
    let fed: Vec<usize> = admission.files.iter().map(|f| f.imported["bottle"]).collect();
    assert_eq!(fed, [0, 720, 26]);
    assert!(admission.files.iter().all(|f| f.skipped.is_empty()));
}

#[test]
fn day_first_2023() {
    let names = ["nighp-au/nursing.csv", "nighp-au/expressed.csv", "nighp-au/pump.csv"];
    let Some(admission) = admitted(&[&names[..], &["nighp-au/other_activity.csv"]].concat()) else { return };
    assert_eq!(imported(&admission), [22, 2038, 58, 0, 0]);
    assert!(admission.bodies.iter().all(|b| b.start().timestamp() < now()), "none lies in the future");
    let first = admission.bodies.first().unwrap().start();
    assert_eq!((first.year(), first.month(), first.day()), (2023, 9, 3), "the third of September");
    assert!(admission.files[2].flags.iter().any(|f| f.what.contains("1331 mL")), "{:?}", admission.files[2]);
    assert!(admission.files[3].skipped.iter().all(|s| s.reason == "not ours: other activity"));
}

#[test]
fn one_file_alone_is_read_like_all_together() {
    for name in
        ["nighp-au/nursing.csv", "nighp-au/expressed.csv", "nighp-au/pump.csv", "nighp-2017/formula.csv"]
    {
        admitted(&[name]);
    }
}

#[test]
fn baby_buddy_saved_again_by_a_spreadsheet() {
    let Some(admission) = admitted(&["babybuddy-export/feeding.csv", "babybuddy-export/weight.csv"]) else {
        return;
    };
    let rows: Vec<_> = admission.files.iter().map(|f| (f.read, f.rows_duplicate)).collect();
    assert_eq!(
        rows,
        [(2419, 1), (23, 0)],
        "one tap was counted twice: two ids, the same minute, the same side"
    );
    assert_eq!((admission.files[0].imported["bottle"], admission.files[1].imported["weight"]), (100, 23));
    let joined =
        admission.bodies.iter().filter(|b| matches!(b, Body::Nurse(n) if n.stints.len() == 2)).count();
    assert_eq!(admission.files[0].imported["nurse"] + joined - 1, 2318, "one row says both breasts itself");
}

#[test]
fn baby_buddy_fixtures() {
    let names =
        ["babybuddy-fixture/feeding.csv", "babybuddy-fixture/pumping.csv", "babybuddy-fixture/weight.csv"];
    let Some(admission) = admitted(&names) else { return };
    let rows: Vec<usize> = admission.files.iter().map(|f| f.rows_imported).collect();
    assert_eq!(rows, [40, 23, 5]);
}
