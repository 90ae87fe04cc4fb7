use crate::import::{adds_up, admitted, answers, file, fixture, imported, now, reading, said};
use crate::import_packed::zip;
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{NamedBytes, admit, read},
};

#[test]
fn bottles() {
    let reading = reading(fixture!("glow/bottles.csv"));
    assert_eq!(reading.format.as_str(), "glow");
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-02-14T12:50:18 - min 80 ml Expressed",
            "bottle 2026-02-14T08:01:07 - min 103.51 ml Formula",
            "bottle 2026-02-13T21:30:36 - min 95 ml Formula",
            "bottle 2026-02-14T00:10 - min - ml Expressed",
        ]
    );
    let typed: Vec<Option<&str>> = reading
        .drafts
        .iter()
        .map(|draft| match &draft.body {
            Body::Bottle(bottle) => bottle.intake.as_ref().and_then(|intake| intake.0.as_typed()),
            _ => None,
        })
        .collect();
    assert_eq!(typed, [None, Some("3.5 oz"), None, None], "the rounder of the two was typed");
    assert!(reading.skipped.is_empty() && reading.flags.is_empty(), "{:?}", reading.flags);
}

#[test]
fn growth_is_only_weight_here() {
    let reading = reading(fixture!("glow/growth.csv"));
    assert_eq!(said(&reading), ["weight 2026-02-14T00:00 4100.0 g", "weight 2026-02-01T00:00 3742.1 g"]);
    assert_eq!(
        (reading.skipped[0].row, reading.skipped[0].reason.as_str()),
        (3, "not ours: growth without a weight")
    );
    let Body::Weight(weight) = &reading.drafts[1].body else { unreachable!() };
    assert_eq!(weight.typed.as_deref(), Some("8.25 lb"));
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
}

#[test]
fn amounts_that_do_not_agree_are_flagged() {
    let text = "Time of feeding,Milk type,Amount(ml),Amount(oz)\n\
                02/14/2026 12:50:18 PM,Breast milk,80.0,3.5\n02/14/2026 1:50:18 PM,Goat,,2.0\n";
    let reading = reading(file("bottles.csv", text));
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-02-14T12:50:18 - min 80 ml Expressed",
            "bottle 2026-02-14T13:50:18 - min 59.15 ml Unknown"
        ]
    );
    let flags: Vec<(usize, &str)> = reading.flags.iter().map(|f| (f.row, f.what.as_str())).collect();
    assert_eq!(flags, [(2, "80.0 ml and 103.5 ml (from oz) stand for one amount")]);
}

#[test]
fn exports_overlap_in_a_zip() {
    let bottles = fixture!("glow/bottles.csv").bytes;
    let text = std::str::from_utf8(bottles).unwrap();
    let later = format!("{text}02/15/2026 7:00:00 AM,Formula,90.0,3.0433\r\n");
    let sleep: &[u8] = b"Begin,Finish\r\n1,2\r\n";
    let first = zip(&[
        ("bottles.csv", bottles),
        ("growth.csv", fixture!("glow/growth.csv").bytes),
        ("sleep.csv", sleep),
    ]);
    let second = zip(&[("bottles.csv", later.as_bytes())]);
    let first = NamedBytes { name: "first.zip", bytes: &first };
    let admission = admitted(&[first, NamedBytes { name: "second.zip", bytes: &second }]);
    assert_eq!(imported(&admission), [0, 0, 5, 2, 0]);
    assert_eq!(admission.files[2].skipped[0].reason, "not ours: a table that I do not know");

    let before = admitted(&[first]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&before.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let after = admit(read(&[file("bottles.csv", &later)], &answers(), now()).unwrap(), &journal, "b");
    after.files.iter().for_each(adds_up);
    assert_eq!((after.files[0].rows_imported, after.files[0].rows_duplicate), (1, 4));
}
