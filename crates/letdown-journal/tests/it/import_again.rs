//! Importing twice, in any order, in pieces: nothing comes in twice.

use crate::import::{FIXTURES, admitted, answers, file, fixture, imported, now, says};
use letdown_journal::{
    author::{Author, tens},
    body::Body,
    entry::Entry,
    fold::Folded,
    import::{Admission, Answers, NamedBytes, admit, past, read, undo},
};

fn import(files: &[NamedBytes<'_>], journal: &Folded) -> Admission {
    admit(read(files, &answers(), now()).unwrap(), journal, "again")
}

fn entries(author: &mut Author, bodies: &[Body]) -> Vec<Entry> {
    (0..).zip(bodies).map(|(n, body): (u64, &Body)| author.put(body, 1_000 + n, [7; 10])).collect()
}

#[test]
fn a_second_import_adds_nothing() {
    let first = admitted(&FIXTURES);
    let journal = Folded::of(entries(&mut Author::new("phone").unwrap(), &first.bodies));
    let second = import(&FIXTURES, &journal);
    assert_eq!((second.bodies.len(), imported(&second)), (0, [0; 5]));
    for (before, after) in first.files.iter().zip(&second.files) {
        assert_eq!(after.rows_duplicate, before.rows_imported + before.rows_duplicate, "{}", after.file);
    }
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let facts = |files: &[NamedBytes<'_>]| {
        let mut facts: Vec<String> = admitted(files).bodies.iter().map(says).collect();
        facts.sort();
        facts
    };
    let forwards = facts(&FIXTURES);
    let mut files = FIXTURES.to_vec();
    files.reverse();
    assert_eq!(facts(&files), forwards);
    files.rotate_left(7);
    assert_eq!(facts(&[files.clone(), files].concat()), forwards);
}

#[test]
fn what_she_deleted_or_mended_stays_so() {
    let files = [fixture!("nighp/pump-2017.csv")];
    let mut author = Author::new("phone").unwrap();
    let mut entries = entries(&mut author, &admitted(&files).bodies);
    entries.push(author.delete(&entries[0], 5_000, [8; 10]));
    let mended = says(&entries[1].body().unwrap().unwrap());
    let pump = letdown_journal::body::Pump::at(
        letdown_journal::moment::parse("2018-03-14T09:40Z", None).unwrap().at,
    );
    entries.push(author.edit(&entries[1], &Body::Pump(pump), 6_000, [9; 10]));
    let again = import(&files, &Folded::of(entries));
    assert_eq!((again.bodies.len(), again.files[0].rows_duplicate), (0, 5), "{mended}");
}

#[test]
fn a_growing_export_brings_only_what_is_new() {
    let old = "Time,Amount,Note\n\"3/14/18, 5:05 AM\",35 ml\n\"3/14/18, 9:05 AM\",40 ml\n";
    let new =
        format!("{old}\"3/14/18, 1:05 PM\",45 ml\n").replace("35 ml", "35 ml,\"a note, written later\"");
    let first = admitted(&[file("pump.csv", old)]);
    let journal = Folded::of(entries(&mut Author::new("phone").unwrap(), &first.bodies));
    let second = import(&[file("pump.csv", &new)], &journal);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (2, 1));
    assert_eq!((second.bodies.len(), second.versions.len()), (1, 1), "the later note is a version");
}

#[test]
fn a_row_that_stands_twice_comes_in_once() {
    let row = "\"3/14/18, 5:05 AM\",35 ml\n";
    let admission = admitted(&[file("pump.csv", &format!("Time,Amount,Note\n{row}{row}{row}"))]);
    assert_eq!((admission.files[0].rows_imported, admission.files[0].rows_duplicate), (1, 2));
}

#[test]
fn the_source_names_app_import_and_rows() {
    let admission = admitted(&[fixture!("babybuddy/feeding.csv")]);
    let source = admission.bodies[0].source().unwrap();
    assert_eq!((source.app.as_str(), source.batch.as_str()), ("babybuddy", "first"));
    assert_eq!((source.digests.len(), source.row_ids.clone()), (2, vec!["30".to_owned(), "31".to_owned()]));
    for body in &admission.bodies {
        assert_eq!(
            Body::read(body.kind(), &body.write()).unwrap().as_ref(),
            Some(body),
            "it survives the wire"
        );
    }
}

/// These digests are in journals. When this test does not hold, every old row comes in once more.
#[test]
fn digests_stay_what_they_are() {
    let check = |fixture: NamedBytes<'_>, expected: &str| {
        let drafts = read(&[fixture], &answers(), now()).unwrap().remove(0).drafts;
        assert_eq!(drafts[0].rows[0].digest, expected, "{}", fixture.name);
    };
    check(fixture!("nighp/pump-2017.csv"), "a88855a7c64fb886f47168122e07c241");
    check(fixture!("nighp/pump-2026.csv"), "b89b0c700e780e9755d4d1f88ba0dac8");
    check(fixture!("nighp/Mila_nursing-2022.csv"), "e330236430add362be497b5526d4d477");
    check(fixture!("nighp/Mila_formula-2017.csv"), "4c053e167fe400f3e4c94ee928b6ffb7");
    check(fixture!("babybuddy/feeding.csv"), "3b1ca621b8e2b9a5ed07f60c1a5a3cc0");
    check(fixture!("babybuddy/weight.csv"), "ec8a3c23d289fbdedba383855373bc1c");
    check(fixture!("babybuddy/changes.csv"), "33bb195beac1ef76c838e56d5b766ccd");
}

/// The same for apps that came later.
#[test]
fn digests_of_later_apps_stay_what_they_are() {
    let digest = |fixture: NamedBytes<'_>| {
        let drafts = read(&[fixture], &answers(), now()).unwrap().remove(0).drafts;
        drafts[0].rows[0].digest.clone()
    };
    let digests = [
        digest(fixture!("piyolog/month-2024.txt")),
        digest(fixture!("feedbaby/feeds.csv")),
        digest(fixture!("feedbaby/pumpings.csv")),
        digest(fixture!("droste/backup.txt")),
        digest(fixture!("sprouttrack/activity-log.csv")),
    ];
    assert_eq!(
        digests,
        [
            "145ab77d4b8c37dd957358b59a52ef74",
            "bab2370cd8ef4a0c10a9e4c258849c5b",
            "8c9eda46a90532e7ed5bfd82b254ec66",
            "91b7ac7f4a27fbca433841cb3ff45fb3",
            "b55c057e7e7e85f597c78d49e8920dd4",
        ]
    );
}

#[test]
fn an_undone_import_may_be_made_again_a_deleted_row_stays_away() {
    let csv = NamedBytes { name: "log.csv", bytes: b"start,total_ml\n2026-11-24T03:10:00Z[UTC],135\n" };
    let now = "2026-11-25T12:00Z".parse().unwrap();
    let bodies =
        |journal: &Folded| admit(read(&[csv], &Answers::default(), now).unwrap(), journal, "b").bodies;
    let mut author = Author::new("phone").unwrap();
    let entry = author.put(&bodies(&Folded::default())[0], 1_000, [1; 10]);

    let undone = author.clone().undo_import(&entry, 2_000, [2; 10]);
    assert_eq!(bodies(&Folded::of([entry.clone(), undone])).len(), 1);
    let deleted = author.delete(&entry, 2_000, [2; 10]);
    assert_eq!(bodies(&Folded::of([entry, deleted])).len(), 0);
}

#[test]
fn past_imports_are_listed_until_they_are_taken_back() {
    let mut author = Author::new("phone").unwrap();
    let mut written = Vec::new();
    for (batch, name, at_ms) in
        [("early", "nighp/pump-2017.csv", 1_000_000), ("late", "glow/bottles.csv", 2_000_000)]
    {
        let files: Vec<NamedBytes<'_>> =
            FIXTURES.iter().filter(|f| f.name.ends_with(name)).copied().collect();
        let admission = admit(read(&files, &answers(), now()).unwrap(), &Folded::default(), batch);
        assert_eq!(files.len(), 1, "{name}");
        written.extend(admission.entries(&mut author, at_ms, &mut tens(&[7; 10])));
    }
    let told = |entries: &[Entry]| -> Vec<(String, String, usize, String)> {
        let past = past(&Folded::of(entries.to_vec()));
        past.into_iter().map(|p| (p.batch, p.app, p.entries, p.at)).collect()
    };
    let [late, early] =
        [("late", "glow", "1970-01-01T00:33:20Z"), ("early", "nighp", "1970-01-01T00:16:40Z")].map(
            |(batch, app, at)| {
                let of = |e: &&Entry| e.body().unwrap().unwrap().source().unwrap().batch == batch;
                (batch.to_owned(), app.to_owned(), written.iter().filter(of).count(), at.to_owned())
            },
        );
    assert!(late.2 > 0 && early.2 > 0);
    assert_eq!(told(&written), [late.clone(), early.clone()]);

    let journal = Folded::of(written.clone());
    let undone = undo(&journal, "late", &mut author, 3_000_000, &mut tens(&[8; 10]));
    assert_eq!(undone.len(), late.2, "as many as were told");
    written.extend(undone);
    assert_eq!(told(&written), [early]);
}
