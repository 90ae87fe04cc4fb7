//! Real logs, when there are any: `LETDOWN_REAL_LOGS=../shared/data` or wherever they lie. Nothing of them is kept here.

use crate::import::{adds_up, answers, imported, now};
use letdown_journal::{
    body::{Body, Milk, Side},
    fold::Folded,
    import::{Admission, Answers, ColumnMap, NamedBytes, admit, read},
    volume::Intake,
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
fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().unwrap().join(name)).unwrap()
}

fn mapped(names: &[&str], map: Option<&str>) -> Option<Admission> {
    folder()?;
    let bytes: Vec<Vec<u8>> = names.iter().map(|name| bytes(name)).collect();
    let files: Vec<NamedBytes<'_>> =
        names.iter().zip(&bytes).map(|(name, bytes)| NamedBytes { name, bytes }).collect();
    let answers = Answers { map: map.map(|map| ColumnMap::parse(map).unwrap()), ..answers() };
    let admission = admit(read(&files, &answers, now()).unwrap(), &Folded::default(), "real");
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

fn admitted(names: &[&str]) -> Option<Admission> {
    mapped(names, None)
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

#[test]
fn baby_plus_with_offsets() {
    let Some(admission) = admitted(&["babyplus/v2.9.json"]) else { return };
    assert_eq!(imported(&admission), [0, 0, 4, 1, 2]);
    assert_eq!(admission.files[0].skipped.len(), 8, "a profile, a milestone, settings");
}

/// The text of a real log, to check sums against, when it is there.
fn text(name: &str) -> Option<String> {
    std::fs::read_to_string(folder()?.join(name)).ok()
}

/// What all bottles of an import held (mL).
fn drunk_ml(admission: &Admission) -> f64 {
    let intake = |body: &Body| match body {
        Body::Bottle(bottle) => bottle.intake.as_ref().map_or(0.0, Intake::as_ml),
        _ => 0.0,
    };
    admission.bodies.iter().map(intake).sum()
}

#[test]
fn hatch_weights_and_bottles() {
    let Some(admission) = admitted(&["hatch-csv/weights.csv", "hatch-text/log.txt"]) else { return };
    let [csv, blocks] = &admission.files[..] else { unreachable!() };
    assert_eq!((csv.read, csv.imported["weight"] + csv.rows_duplicate, csv.skipped.len()), (927, 926, 1));
    assert_eq!(
        (blocks.read, blocks.skipped.len()),
        (1_275 + 820 + 113 + 635 + 8, 635 + 8),
        "sleep and length"
    );
    let kinds = ["bottle", "diaper", "weight"].map(|kind| blocks.imported[kind]);
    assert_eq!(kinds, [1_275, 820, 113]);
    let text = text("hatch-text/log.txt").unwrap();
    let ounces =
        text.lines().filter(|line| line.contains(",FEEDING,")).filter_map(|line| line.split(',').nth(4));
    let ounces: f64 = ounces.map(|cell| cell.trim_end_matches("oz").parse::<f64>().unwrap_or(0.0)).sum();
    assert!((drunk_ml(&admission) - ounces * 29.5735).abs() < 0.01, "{ounces}");
    let heaviest = admission.bodies.iter().filter_map(|b| match b {
        Body::Weight(weight) => Some(weight.weight_g),
        _ => None,
    });
    assert!(heaviest.fold(0.0, f64::max) < 14_000.0);
}

#[test]
fn glow_bottles_and_growth() {
    let Some(admission) = admitted(&["glow/bottles.csv", "glow/growth.csv"]) else { return };
    let [bottles, growth] = &admission.files[..] else { unreachable!() };
    assert_eq!(
        (bottles.read, bottles.imported["bottle"] + bottles.rows_duplicate, bottles.skipped.len()),
        (2_929, 2_929, 0)
    );
    assert_eq!(growth.read, growth.imported["weight"] + growth.skipped.len());
    let apart = bottles.flags.iter().filter(|f| f.what.contains("stand for one amount")).count();
    assert_eq!(apart, 0, "mL and oz agree in every row");
    let text = text("glow/bottles.csv").unwrap();
    let written: f64 =
        text.lines().skip(1).filter_map(|line| line.split(',').nth(2)?.parse::<f64>().ok()).sum();
    // Where ounces were typed, mL are rounded to four digits.
    assert!((drunk_ml(&admission) - written).abs() < 0.1, "{written}");
}

#[test]
fn a_sheet_made_by_hand() {
    let map =
        "time=Time,volume=Volume (oz),kind=bottle,milk=column:BM,word:1=expressed,word:0=formula,note=Notes";
    let Some(admission) = mapped(&["hand-sheet/feed.csv"], Some(map)) else { return };
    let file = &admission.files[0];
    assert_eq!((file.read, file.imported["bottle"] + file.rows_duplicate, file.skipped.len()), (760, 760, 0));
    let of = |milk: Milk| {
        admission.bodies.iter().filter(|b| matches!(b, Body::Bottle(b) if b.milk == milk)).count()
    };
    let (expressed, formula) = (of(Milk::Expressed), of(Milk::Formula));
    assert_eq!(expressed + formula, 760 - file.rows_duplicate);
    assert!(expressed.abs_diff(489) <= file.rows_duplicate, "{expressed}");
}

#[test]
fn a_table_of_a_chat_bot() {
    let map = "time=from_time,end=to_time,seconds=duration,kind=nurse";
    let Some(admission) = mapped(&["slack-table/feed.csv"], Some(map)) else { return };
    let file = &admission.files[0];
    assert_eq!((file.read, file.skipped.len()), (170, 3), "three have no start");
    assert!(file.skipped.iter().all(|s| s.reason == "the time is missing"));
}

/// The app adds every day up itself; so does this test, from what was read.
#[test]
fn the_days_of_a_month_of_piyolog_add_up() {
    let Some(admission) = admitted(&["piyolog/2022-03.txt"]) else { return };
    assert_eq!(imported(&admission), [0, 167, 47, 1, 506]);
    assert_eq!(admission.files[0].read, 1201);
    let text = text("piyolog/2022-03.txt").unwrap();
    let (mut printed, mut day) = (Vec::new(), String::new());
    for line in text.lines() {
        let numbers: Vec<u32> =
            line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
        match numbers[..] {
            [2022, month, date] if line.starts_with("2022/") => day = format!("2022-{month:02}-{date:02}"),
            [left, right] if line.starts_with("母乳合計") => printed.push((day.clone(), left, right, 0)),
            [_, ml] if line.starts_with("ミルク合計") => printed.last_mut().unwrap().3 = ml,
            _ => {}
        }
    }
    assert_eq!(printed.len(), 21);
    let minutes = |body: &Body, side| match body {
        Body::Nurse(nurse) => {
            nurse.stints.iter().filter(|s| s.side == side).filter_map(|s| s.minutes).sum::<f64>()
        }
        _ => 0.0,
    };
    for (day, left, right, formula_ml) in printed {
        let of_day: Vec<&Body> =
            admission.bodies.iter().filter(|b| b.start().date().to_string() == day).collect();
        let sum = |value: &dyn Fn(&Body) -> f64| of_day.iter().map(|body| value(body)).sum::<f64>();
        let formula = |body: &Body| match body {
            Body::Bottle(b) if b.milk == Milk::Formula => b.intake.as_ref().map_or(0.0, Intake::as_ml),
            _ => 0.0,
        };
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        assert!(near(sum(&formula), f64::from(formula_ml)), "{day}");
        // The app rounds down every nursing, and its sum only at the end.
        for (side, printed) in [(Side::Left, left), (Side::Right, right)] {
            let lost = f64::from(printed) - sum(&|body| minutes(body, side));
            assert!(near(lost, 0.0) || (near(lost, 1.0) && day == "2022-03-21"), "{day} {side:?}: {lost}");
        }
    }
}

/// Texts that a strict reader refuses: each is refused here too, or what can be read of it is, and the rest is counted.
#[test]
fn broken_texts_of_piyolog() {
    let Some(folder) = folder() else { return };
    let name = |name: &str| format!("piyolog/fixtures/invalid_{name}.txt");
    let known = [
        ("daily_contain_other_strings", Some((2, 1))),
        ("daily_empty_header", None),
        ("daily_invalid_date", Some((2, 0))),
        ("daily_invalid_drink_unit1", Some((2, 0))),
        ("daily_invalid_format", None),
        ("daily_invalid_header2", None),
        ("daily_invalid_time", Some((2, 1))),
        ("daily_missing_name", Some((2, 1))),
        ("daily_negative_values", Some((2, 0))),
        ("monthly_empty_file", None),
        ("monthly_invalid_name", Some((6, 3))),
        ("monthly_invalid_separator2", Some((5, 2))),
        ("monthly_notequal_month", Some((2, 1))),
    ];
    for (short, expected) in known {
        let Some(text) = text(&name(short)) else { continue };
        let file = NamedBytes { name: short, bytes: text.as_bytes() };
        let found = read(&[file], &answers(), now()).map(|mut readings| readings.remove(0));
        assert_eq!(found.as_ref().ok().map(|r| (r.read, r.drafts.len())), expected, "{short}: {found:?}");
    }
    println!("broken texts of {}", folder.display());
}

/// Texts that a strict reader takes.
#[test]
fn sound_texts_of_piyolog() {
    let names = ["valid_daily_valid_daily.txt", "valid_monthly_valid_monthly.txt"];
    let names = names.map(|name| format!("piyolog/fixtures/{name}"));
    let Some(admission) = admitted(&names.each_ref().map(String::as_str)) else { return };
    assert_eq!(imported(&admission), [0, 0, 21, 0, 28]);
    assert_eq!(admission.files[1].skipped.iter().filter(|s| s.reason.contains("diary")).count(), 1);
}

/// A backup of four thousand nursings, a row for each side; a pump session has two rows.
#[test]
fn nursing_by_droste() {
    let name = "droste/backup.csv";
    if text(name).is_none() {
        return;
    }
    let Some(admission) = admitted(&[name]) else { return };
    let file = &admission.files[0];
    assert_eq!((file.read, file.skipped.len()), (4683, 12));
    let [pumps, nursings, bottles, weights, _] = imported(&admission);
    assert_eq!((pumps, bottles, weights), (8, 237, 10));
    let stints: usize = admission
        .bodies
        .iter()
        .filter_map(|b| match b {
            Body::Nurse(nurse) => Some(nurse.stints.len()),
            _ => None,
        })
        .sum();
    assert_eq!(stints + file.rows_duplicate, 4408, "no side is lost in {nursings} nursings");
}

/// Per nursing: the sum of its sides (min), none where no side is named.
fn at_breast(admission: &Admission) -> Vec<Option<f64>> {
    let nursing = |body: &Body| match body {
        Body::Nurse(nurse) => {
            Some(nurse.stints.iter().map(|s| s.minutes).sum::<Option<f64>>().filter(|m| *m > 0.0))
        }
        _ => None,
    };
    admission.bodies.iter().filter_map(nursing).collect()
}

#[test]
fn baby_connect() {
    let name = "babyconnect/log.csv";
    let Some(admission) = admitted(&[name]) else { return };
    assert_eq!(imported(&admission), [0, 986, 1331, 6, 0]);
    assert_eq!((admission.files[0].read, admission.files[0].rows_duplicate), (4207, 0));
    let milk = |wanted: Milk| {
        admission.bodies.iter().filter(|b| matches!(b, Body::Bottle(b) if b.milk == wanted)).count()
    };
    assert_eq!((milk(Milk::Formula), milk(Milk::Unknown)), (850, 481));
    assert!(admission.bodies.iter().all(|body| match body {
        Body::Bottle(bottle) => bottle.intake.as_ref().is_some_and(|i| i.0.as_typed().is_some()),
        _ => true,
    }));
    // The app's own column of minutes, which the importer reads no nursing from, counts the same sides.
    let bytes = bytes(name);
    let mut rows = csv::Reader::from_reader(&bytes[..]);
    let rows = rows.records().map(Result::unwrap).filter(|row| &row[3] == "Nursing");
    let written: Vec<Option<f64>> = rows.map(|row| row[2].parse().ok()).collect();
    let same =
        written.iter().zip(at_breast(&admission)).filter(|(w, sum)| w.is_some() && **w == *sum).count();
    assert_eq!((written.len(), same), (986, 889));
}

#[test]
fn nursing_timer() {
    let name = "nursing-timer/export-1.csv";
    let Some(admission) = admitted(&[name]) else { return };
    let counts = &admission.files[0];
    assert_eq!(imported(&admission), [3, 2483, 77, 0, 33]);
    assert_eq!((counts.read, counts.rows_imported, counts.rows_duplicate), (3267, 2593, 0));
    assert!(counts.skipped.iter().all(|s| s.reason == "not ours: sleep"));
    // Every second of every breast, by another reader.
    let bytes = bytes(name);
    let seconds = |cell: &str| match cell.trim().split_once(':') {
        Some((m, s)) => m.parse::<u32>().unwrap() * 60 + s.parse::<u32>().unwrap(),
        None => 0,
    };
    let sides = |line: &str| line.split(',').skip(2).take(2).map(seconds).sum::<u32>();
    let written: u32 = std::str::from_utf8(&bytes).unwrap().lines().skip(1).map(sides).sum();
    let read: f64 = at_breast(&admission).into_iter().flatten().sum();
    assert!((read * 60.0 - f64::from(written)).abs() < 1e-3, "{read} {written}");
}

/// The clocks went back on 1 November 2015; a feed of that night is written in the hour that came twice, and a sleep.
#[test]
fn nursing_timer_in_new_york() {
    let Some(_) = folder() else { return };
    let bytes = bytes("nursing-timer/export-1.csv");
    let zone = Some(letdown_journal::moment::zone("America/New_York").unwrap());
    let answers = letdown_journal::import::Answers { zone, ..answers() };
    let reading =
        read(&[NamedBytes { name: "export.csv", bytes: &bytes }], &answers, now()).unwrap().remove(0);
    assert_eq!(reading.flags.iter().filter(|f| f.what.contains("twice")).count(), 1, "{:?}", reading.flags);
}
