//! Lines of JSON: everything, in order, to the byte.

use letdown_journal::{
    author::Author,
    body::{Body, Diaper},
    entry::Entry,
    export::{Choice, json_lines, versions},
    moment,
};

fn diaper(hour: u32) -> Body {
    let at = moment::parse(&format!("2026-11-24T{hour:02}:00Z"), None).unwrap().at;
    Body::Diaper(Diaper::at(at, true, false))
}

/// One fact that was mended, one that was taken back, and one of a kind that this version does not know.
fn entries() -> Vec<Entry> {
    let mut author = Author::new("phone").unwrap();
    let one = author.put(&diaper(3), 1_000, [1; 10]);
    let two = author.put(&diaper(9), 1_001, [2; 10]);
    let mended = author.edit(&one, &diaper(4), 1_002, [3; 10]);
    let gone = author.delete(&two, 1_003, [4; 10]);
    let moon = mended.write().replace("diaper", "moon").replace("0000000003ea", "0000000003ee");
    let moon = moon.replace(r#""wet":true"#, "\"wet\" :  true,\n\r\"x\":1.50,\"note\":\"a\\nb\u{2028}c\"");
    vec![two, one, mended, gone, Entry::read(&moon).unwrap()]
}

#[test]
fn every_version_is_one_line_and_comes_back() {
    let entries = entries();
    let text = json_lines::lines(&entries);
    let lines: Vec<&str> = text.split_terminator('\n').collect();
    assert_eq!(lines.len(), entries.len());
    for (line, entry) in lines.iter().zip(&entries) {
        let back = Entry::read(line).unwrap();
        assert_eq!(back.body.get(), entry.body.get().replace(['\n', '\r'], " "));
        assert_eq!((back.id, back.seq, back.hlc), (entry.id, entry.seq, entry.hlc));
    }
    assert!(lines[4].contains(r#""wet" :  true,  "x":1.50"#), "{}", lines[4]);
    assert!(text.ends_with('\n') && !text.contains('\r'));
}

/// A fact goes out whole: with the version that is meant come its others, and its deletion.
#[test]
fn a_choice_takes_all_versions_of_a_fact() {
    let entries = entries();
    let seqs = |kind: Option<&str>, from: Option<&str>| -> Vec<usize> {
        let choice = Choice {
            kind: kind.map(str::to_owned),
            from: from.map(|from| from.parse().unwrap()),
            before: None,
        };
        let chosen = versions(&entries, &choice);
        let place = |chosen: &&Entry| entries.iter().position(|e| e.id == chosen.id && e.kind == chosen.kind);
        chosen.iter().map(|chosen| place(chosen).unwrap()).collect()
    };
    assert_eq!(seqs(None, None), [0, 1, 2, 3, 4]);
    assert_eq!(seqs(Some("diaper"), Some("2026-11-24T08:00Z")), [0, 3]);
    assert_eq!(seqs(Some("bottle"), None), [0; 0]);
}
