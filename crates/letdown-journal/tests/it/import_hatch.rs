use crate::import::{adds_up, admitted, answers, file, fixture, imported, now, reading, said};
use letdown_journal::{
    author::Author,
    body::Body,
    fold::Folded,
    import::{Answers, Question, WeightUnit, admit, read},
    volume::VolumeUnit,
};

const HEADER: &str = "\"Baby Name\",\"Start Time\",\"End Time\",\"Activity\",\"Amount\",\"Percentile\",\"Duration\",\"Info\",\"Notes\",\n";

#[test]
fn the_csv() {
    let reading = reading(fixture!("hatch/log.csv"));
    assert_eq!(reading.format.as_str(), "hatch");
    assert_eq!(
        said(&reading),
        [
            "weight 2026-03-05T00:00 3620.0 g",
            "bottle 2026-03-13T22:50 15 min 73.93 ml Unknown",
            "bottle 2026-03-14T00:56 - min 88.72 ml Unknown",
            "nurse 2026-03-14T12:10 min -: Left 21",
            "pump 2026-03-14T13:00 min 20,-,- ml -,-,110.9",
            "diaper 2026-03-14T13:30 wet true soiled true",
            "weight 2026-03-15T07:40 3905.0 g",
        ]
    );
    let skipped: Vec<(usize, &str)> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    assert_eq!(skipped, [(3, "not ours: length"), (9, "not ours: sleep")]);
    let flagged = |what: &str| reading.flags.iter().any(|f| f.what.contains(what));
    assert!(
        flagged("read as oz because no amount is above 14") && flagged("read as kg"),
        "{:?}",
        reading.flags
    );
    let Body::Bottle(bottle) = &reading.drafts[2].body else { unreachable!() };
    assert_eq!((bottle.baby.as_deref(), bottle.note.as_deref()), (Some("Mila"), Some("half asleep")));
}

#[test]
fn the_text_in_blocks() {
    let reading = reading(fixture!("hatch/log.txt"));
    assert_eq!((reading.format.as_str(), reading.read), ("hatch", 8));
    assert_eq!(
        said(&reading),
        [
            "bottle 2026-02-13T09:30 18 min 36.97 ml Unknown",
            "bottle 2026-02-13T00:33 10 min 19.81 ml Unknown",
            "bottle 2026-02-13T23:50 65 min 59.15 ml Unknown",
            "diaper 2026-02-13T02:00 wet true soiled true",
            "diaper 2026-02-13T05:30 wet false soiled true",
            "weight 2026-02-13T20:00 3302.7 g",
            "weight 2026-02-20T20:15 3543.7 g",
        ]
    );
    let skipped: Vec<(usize, &str)> = reading.skipped.iter().map(|s| (s.row, s.reason.as_str())).collect();
    assert_eq!(skipped, [(12, "not ours: length")], "rows are lines of the text");
    let Body::Weight(weight) = &reading.drafts[5].body else { unreachable!() };
    assert_eq!(weight.typed.as_deref(), Some("7lb 4.50oz"));
    let Body::Bottle(bottle) = &reading.drafts[1].body else { unreachable!() };
    assert_eq!(bottle.note.as_deref(), Some("sleepy, but fine"), "nobody quoted that comma");
    assert!(reading.flags.is_empty(), "{:?}", reading.flags);
}

#[test]
fn weights_in_the_csv_are_pounds_when_she_says_so() {
    let pounds = Answers { weight_unit: Some(WeightUnit::Lb), ..answers() };
    let text = format!(
        "{HEADER}\"Mila\",\"03/15/2026 0:00 AM\",\"03/15/2026 0:00 AM\",\"Weight\",\"8.18\",\"0.8\",\"\",\"\",\"\",\n"
    );
    let reading = read(&[file("log.csv", &text)], &pounds, now()).unwrap().remove(0);
    assert_eq!(said(&reading), ["weight 2026-03-15T00:00 3710.4 g"]);
}

#[test]
fn weights_do_not_tell_the_unit_of_milk() {
    let log = |amounts: &[&str]| {
        let rows = amounts.iter().map(|amount| {
            format!(
                "\"Mila\",\"03/15/2026 7:00 AM\",\"\",\"Feeding\",\"{amount}\",\"\",\"\",\"Bottle\",\"\",\n"
            )
        });
        let weight = "\"Mila\",\"03/15/2026 8:00 AM\",\"\",\"Weight\",\"3.5\",\"\",\"\",\"\",\"\",\n";
        format!("{HEADER}{weight}{}", rows.collect::<String>())
    };
    let open = read(&[file("log.csv", &log(&["2", "3"]))], &answers(), now()).unwrap_err();
    assert_eq!(open.needs(), Some(Question::Unit));
    let ml = Answers { unit: Some(VolumeUnit::Ml), ..answers() };
    assert_eq!(
        said(&read(&[file("log.csv", &log(&["2"]))], &ml, now()).unwrap()[0]),
        ["weight 2026-03-15T08:00 3500.0 g", "bottle 2026-03-15T07:00 - min 2 ml Unknown"]
    );
}

#[test]
fn what_a_feeding_was() {
    let fed = |info: &str, amount: &str| {
        let text = format!(
            "{HEADER}\"Mila\",\"03/15/2026 7:00 AM\",\"03/15/2026 7:10 AM\",\"Feeding\",\"{amount}\",\"\",\"\",\"{info}\",\"\",\n"
        );
        let reading = reading(file("log.csv", &text));
        (said(&reading)[0].split_once(":00 ").unwrap().1.to_owned(), reading.flags.len())
    };
    assert_eq!(fed("Right", ""), ("min -: Right 10".to_owned(), 0));
    assert_eq!(fed("Both", ""), ("min 10: Left -, Right -".to_owned(), 0));
    assert_eq!(fed("Breast", "2oz"), ("min 10: ".to_owned(), 0), "the amount is intake");
    assert_eq!(fed("Formula", "60ml"), ("10 min 60 ml Formula".to_owned(), 0));
    assert_eq!(fed("Breast milk", "60ml"), ("10 min 60 ml Expressed".to_owned(), 0));
    assert_eq!(fed("", "60ml"), ("10 min 60 ml Unknown".to_owned(), 0));
}

#[test]
fn a_table_that_a_spreadsheet_saved_again() {
    let text = "Baby Name;Start Time;End Time;Activity;Amount;Percentile;Duration;Info;Notes\n\
                Mila;13/03/2026 22:50;;Feeding;75 ml;;;Bottle;\nMila;14/03/2026 08:00;;Weight;3.5 kg;;;;\n";
    assert_eq!(
        said(&reading(file("log.csv", text))),
        ["bottle 2026-03-13T22:50 - min 75 ml Unknown", "weight 2026-03-14T08:00 3500.0 g"]
    );
}

#[test]
fn odd_ends_and_odd_rows() {
    let row = "Mila,03/15/2026 7:00 AM,03/15/2026 7:10 AM,Feeding,2oz,,,,";
    let head = "Baby Name,Start Time,End Time,Activity,Amount,Percentile,Duration,Info,Notes";
    for end in ["\n", "\r\n", "\r"] {
        let text = [head, "=== BEGIN Feedings ===", row, "", head, row, "Mila,03/15/2026 7:20 AM", "=== END"]
            .join(end);
        let reading = reading(file("log.txt", &text));
        assert_eq!((reading.read, reading.drafts.len()), (3, 2), "{end:?}");
        assert_eq!(
            (reading.skipped[0].row, reading.skipped[0].reason.as_str()),
            (7, "the activity is missing")
        );
    }
    let open = format!("{head}\n{row}\nMila,\"03/15/2026 7:00 AM,,Feeding,2oz\n");
    let error = read(&[file("log.csv", &open)], &answers(), now()).unwrap_err();
    assert!(error.to_string().contains("a quote (\") opens there and never closes"), "{error}");
    let diaper = format!("{head}\n{row}\nMila,03/15/2026 8:00 AM,,Diaper,Blue,,,,\n");
    assert_eq!(reading(file("log.csv", &diaper)).skipped[0].reason, "the diaper \"Blue\" is not one I know");
}

#[test]
fn a_later_export_brings_only_what_is_new() {
    let older = String::from_utf8(fixture!("hatch/log.txt").bytes.to_vec()).unwrap();
    let newer = older.replace(
        "=== END Feedings",
        "Mila,02/14/2026 3:00 AM,02/14/2026 3:10 AM,FEEDING,2.00oz,,10 min,,\r\n=== END Feedings",
    );
    let first = admitted(&[file("log.txt", &older)]);
    assert_eq!(imported(&first), [0, 0, 3, 2, 2]);
    let mut author = Author::new("phone").unwrap();
    let journal = Folded::of((0..).zip(&first.bodies).map(|(n, body)| author.put(body, 1_000 + n, [1; 10])));
    let second = admit(read(&[file("log.txt", &newer)], &answers(), now()).unwrap(), &journal, "b");
    second.files.iter().for_each(adds_up);
    assert_eq!((second.files[0].rows_imported, second.files[0].rows_duplicate), (1, 7));
}
