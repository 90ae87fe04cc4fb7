use crate::helpers::{desk, entries, entry, id};
use letdown_store::{Appended, SqliteStore, Store};

#[test]
fn entries_come_back_in_the_order_in_which_they_came() {
    let mut desk = desk();
    let batches = [entries("phone", 1..=3), entries("tablet", 1..=2), entries("phone", 4..=5)];
    for batch in &batches {
        desk.store.append(batch).unwrap();
    }
    assert_eq!(desk.store.all().unwrap(), batches.concat());
    assert_eq!(SqliteStore::open(&desk.path).unwrap().all().unwrap(), batches.concat());
}

#[test]
fn taking_an_entry_twice_is_taking_it_once() {
    let mut desk = desk();
    let batch = entries("phone", 1..=5);
    assert_eq!(desk.store.append(&batch[..3]).unwrap(), Appended { stored: 3, known: 0 });
    assert_eq!(desk.store.append(&batch).unwrap(), Appended { stored: 2, known: 3 });
    assert_eq!(desk.store.append(&batch).unwrap(), Appended { stored: 0, known: 5 });
    let twice_in_one = [entry("tablet", 1, "{}"), entry("tablet", 1, "{}")];
    assert_eq!(desk.store.append(&twice_in_one).unwrap(), Appended { stored: 1, known: 1 });
    assert_eq!(desk.store.all().unwrap().len(), 6);
}

#[test]
fn a_body_that_a_browser_wrote_again_is_known_and_the_first_bytes_stay() {
    let mut desk = desk();
    let first = entry("phone", 1, r#"{"total_ml":18.0, "x":[1]}"#);
    desk.store.append(std::slice::from_ref(&first)).unwrap();
    let again = entry("phone", 1, r#"{"x":[1],"total_ml":18}"#);
    assert_eq!(desk.store.append(&[again]).unwrap(), Appended { stored: 0, known: 1 });
    assert_eq!(desk.store.all().unwrap(), [first]);
}

#[test]
fn contradictions_are_named_and_leave_nothing_of_their_batch() {
    let same_id = entry("phone", 2, r#"{"total_ml":999}"#);
    let mut same_place = entry("phone", 2, "{}");
    (same_place.id, same_place.root) = (id("other", 2).parse().unwrap(), id("other", 2).parse().unwrap());
    for (wrong, part) in
        [(same_id, "already in the journal with other content"), (same_place, "is taken by entry")]
    {
        let mut desk = desk();
        let kept = entries("phone", 1..=2);
        desk.store.append(&kept).unwrap();
        let batch = [entries("tablet", 1..=4), vec![wrong.clone()], entries("tablet", 5..=6)].concat();
        let refused = desk.store.append(&batch).unwrap_err();
        assert!(refused.is_conflict(), "{refused}");
        let text = refused.to_string();
        assert!(text.contains(part) && text.contains(&wrong.id.to_string()), "{text}");
        assert!(!text.contains("999"), "a message never holds a body: {text}");
        assert_eq!(desk.store.all().unwrap(), kept);
        desk.store.append(&entries("tablet", 1..=4)).unwrap();
    }
}

#[test]
fn entries_that_can_never_be_kept_are_named() {
    let mut newer = entry("phone", 1, "{}");
    newer.v = 2;
    let mut endless = entry("phone", 1, "{}");
    endless.seq = u64::MAX;
    for (wrong, part) in [(newer, "written by a newer Letdown"), (endless, "field seq")] {
        let mut desk = desk();
        let refused = desk.store.append(&[entry("tablet", 1, "{}"), wrong]).unwrap_err();
        assert!(refused.is_entry() && !refused.is_conflict(), "{refused}");
        assert!(refused.to_string().contains(part), "{refused}");
        assert!(desk.store.all().unwrap().is_empty());
    }
}

#[test]
fn bodies_survive_byte_for_byte() {
    let bodies = [
        r"{}",
        r#"{ "b" : 1.0 ,"a":  1.50e0,"a":2 }"#,
        "{\n\t\"note\": \"Grüße \\u0000 \\ud83d\\ude00 😀 \\n\"\n}",
        r#"{"future":{"of":["unknown",null,true,1e400,-0.0]}}"#,
        r#"{"note":"'); DROP TABLE entry; --"}"#,
    ];
    let mut desk = desk();
    let written: Vec<_> = bodies.iter().zip(1..).map(|(body, n)| entry("phone", n, body)).collect();
    desk.store.append(&written).unwrap();
    let read = SqliteStore::open(&desk.path).unwrap().all().unwrap();
    let read: Vec<&str> = read.iter().map(|e| e.body.get()).collect();
    assert_eq!(read, bodies);
}

#[test]
fn two_journals_never_share_a_file() {
    let desk = desk();
    let refused = SqliteStore::create(&desk.path, "j-2").unwrap_err();
    assert!(refused.to_string().contains("already holds a journal"), "{refused}");
    assert_eq!(desk.store.journal_id(), "j-1");
    assert!(desk.folder.path().exists());
}
