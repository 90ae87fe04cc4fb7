//! What wraps tables: ZIP, workbooks, JSON; and bombs.

use crate::import::{answers, file, fixture, imported, now, reading, said};
use letdown_journal::import::{Answers, ColumnMap, ImportError, NamedBytes, admit, read};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A ZIP of files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet, from cells that are written as they stand in its XML.
pub(crate) fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let cells = |row: &[&str]| row.iter().fold(String::new(), |all, cell| all + "<c " + cell + "</c>");
    let rows = rows.iter().fold(String::new(), |all, row| all + "<row>" + &cells(row) + "</row>");
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let root = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r0" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let links = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    // Style 1 is a moment (yyyy-mm-dd hh:mm), style 2 a length ([h]:mm:ss).
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
    zip(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn refused(name: &str, bytes: &[u8]) -> ImportError {
    read(&[NamedBytes { name, bytes }], &answers(), now()).unwrap_err()
}

fn mapped(map: &str) -> Answers {
    Answers { map: Some(ColumnMap::parse(map).unwrap()), ..answers() }
}

#[test]
fn a_zip_reads_like_its_files() {
    let files = [fixture!("nighp/pump-2022.csv"), fixture!("nighp/Mila_nursing-2022.csv")];
    let mut packed: Vec<(&str, &[u8])> = files.iter().map(|f| (f.name, f.bytes)).collect();
    packed.push(("photos/Mila.jpg", b"\xff\xd8"));
    packed.push(("__MACOSX/._pump.csv", b"\0\0"));
    let bytes = zip(&packed);
    let alone = read(&files, &answers(), now()).unwrap();
    let unpacked = read(&[NamedBytes { name: "export.zip", bytes: &bytes }], &answers(), now()).unwrap();
    let drafts = |readings: &[letdown_journal::import::FileReading]| -> Vec<_> {
        readings.iter().map(|r| (r.read, r.drafts.clone(), r.skipped.clone())).collect()
    };
    assert_eq!(drafts(&alone), drafts(&unpacked));
    assert_eq!(unpacked[0].file, "export.zip/nighp/pump-2022.csv");
    assert!(unpacked[0].flags.iter().any(|f| f.what == "\"photos/Mila.jpg\" is no table; left out"));
}

#[test]
fn an_unknown_table_beside_known_ones_is_left_out_and_counted() {
    let pump = fixture!("nighp/pump-2022.csv");
    let bytes = zip(&[("pump.csv", pump.bytes), ("mine.csv", b"a,b\n1,2\n3,4\n")]);
    let readings = read(&[NamedBytes { name: "x.zip", bytes: &bytes }], &answers(), now()).unwrap();
    assert_eq!((readings[1].read, readings[1].skipped.len()), (2, 2));
    assert_eq!(readings[1].skipped[0].reason, "not ours: a table that I do not know");
    let alone = zip(&[("mine.csv", b"a,b\n1,2\n3,4\n")]);
    assert!(refused("x.zip", &alone).to_string().contains("x.zip/mine.csv is not an export I know"));
}

#[test]
fn bombs_are_refused() {
    let zeros = vec![b'0'; 50 * 1024 * 1024];
    let said = |bytes: &[u8]| refused("bomb.zip", bytes).to_string();
    assert!(said(&zip(&[("pump.csv", &zeros)])).contains("far more than a log"));
    let inner = zip(&[("pump.csv", fixture!("nighp/pump-2022.csv").bytes)]);
    assert!(said(&zip(&[("inner.zip", &inner)])).contains("without any table"), "no ZIP within a ZIP");
    let many: Vec<String> = (0..2_001).map(|n| format!("{n}.csv")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b"a"[..])).collect();
    assert!(said(&zip(&many)).contains("far more than a log"));
    let cut = zip(&[("pump.csv", fixture!("nighp/pump-2022.csv").bytes)]);
    assert!(said(&cut[..cut.len() / 2]).contains("cannot be opened"));
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(refused("deep.json", deep.as_bytes()).to_string().contains("not JSON that I can read"));
    let wide: Vec<String> = (0..10_000).map(|n| format!("\"k{n}\":1")).collect();
    let wide = format!("[{{{}}}]", wide.join(","));
    assert!(refused("wide.json", wide.as_bytes()).to_string().contains("far more than a log"));
}

#[test]
fn a_workbook_is_a_table_and_its_dates_are_times() {
    let bytes = workbook(&[
        &[
            r#"t="inlineStr"><is><t>When</t></is>"#,
            r#"t="inlineStr"><is><t>Milk</t></is>"#,
            r#"t="inlineStr"><is><t>Took</t></is>"#,
        ],
        // 2026-02-03 10:30, 95.5, 0:18:00
        &[r#"s="1"><v>46056.4375</v>"#, "><v>95.5</v>", r#"s="2"><v>0.0125</v>"#],
        &[r#"s="1"><v>46057</v>"#, "><v>80</v>", r#"s="2"><v>0.0104166667</v>"#],
    ]);
    let answers = mapped("time=When,volume=Milk,minutes=Took,unit=ml");
    let reading = read(&[NamedBytes { name: "log.xlsx", bytes: &bytes }], &answers, now()).unwrap().remove(0);
    assert_eq!(
        said(&reading),
        ["pump 2026-02-03T10:30 min 18,-,- ml -,-,95.5", "pump 2026-02-04T00:00 min 15,-,- ml -,-,80"]
    );
}

#[test]
fn a_moment_without_a_style_is_a_number_of_days() {
    let text = |word: &str| format!(r#"t="inlineStr"><is><t>{word}</t></is>"#);
    let said_by = |head: &[&str], rows: &[&[&str]], map: &str| {
        let head: Vec<String> = head.iter().map(|name| text(name)).collect();
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let rows: Vec<&[&str]> = std::iter::once(&head[..]).chain(rows.iter().copied()).collect();
        let bytes = workbook(&rows);
        let log = NamedBytes { name: "log.xlsx", bytes: &bytes };
        said(&read(&[log], &mapped(map), now()).unwrap().remove(0))
    };
    // 2026-02-03 10:30 to 10:48, 45251 mL is an amount and no date.
    let rows: [&[&str]; 1] = [&["><v>46056.4375</v>", "><v>46056.45</v>", "><v>455.5</v>"]];
    let map = "time=When,end=Until,volume=Milk,unit=ml";
    assert_eq!(
        said_by(&["When", "Until", "Milk"], &rows, map),
        ["pump 2026-02-03T10:30 min 18,-,- ml -,-,455.5"]
    );
    let rows: [&[&str]; 2] = [
        &["><v>46056</v>", "><v>0.4375</v>", "><v>95.5</v>"],
        &["><v>46057</v>", r#"t="inlineStr"><is><t>11:45 PM</t></is>"#, "><v>80</v>"],
    ];
    assert_eq!(
        said_by(&["Day", "Clock", "Milk"], &rows, "date=Day,time=Clock,volume=Milk,unit=ml"),
        ["pump 2026-02-03T10:30 min -,-,- ml -,-,95.5", "pump 2026-02-04T23:45 min -,-,- ml -,-,80"]
    );
    // In a CSV such a number is none.
    let csv = file("log.csv", "When,Milk\n46056.4375,95.5\n");
    assert!(read(&[csv], &mapped("time=When,volume=Milk,unit=ml"), now()).is_err());
}

#[test]
fn lists_in_json_are_tables() {
    let text = r#"{"v":1,"log":{"milk":[
        {"when":"2026-02-03T10:30:00+01:00","ml":95.5,"what":{"minutes":18}},
        {"when":"2026-02-03T14:30:00+01:00","ml":80,"what":{"minutes":15},"note":"calm"}]}}"#;
    let answers = mapped("time=when,volume=ml,minutes=what.minutes,note=note,unit=ml");
    let reading = read(&[file("log.json", text)], &answers, now()).unwrap().remove(0);
    assert_eq!(
        said(&reading),
        ["pump 2026-02-03T10:30 min 18,-,- ml -,-,95.5", "pump 2026-02-03T14:30 min 15,-,- ml -,-,80"]
    );
    let lines: String = text.lines().skip(1).map(|l| l.trim().trim_end_matches(['}', ']', ','])).fold(
        String::new(),
        |all, line| {
            let closing = "}".repeat(line.matches('{').count() - line.matches('}').count());
            all + line + &closing + "\n"
        },
    );
    let by_line = read(&[file("log.jsonl", &lines)], &answers, now()).unwrap().remove(0);
    assert_eq!(said(&by_line), said(&reading));
}

#[test]
fn a_reading_that_is_stopped_brings_nothing() {
    let text = format!("start,total_ml\n{}", "2026-02-03T10:30Z,90\n".repeat(3_000));
    let mut seen = Vec::new();
    let mut watch = |progress: letdown_journal::import::Progress| {
        seen.push((progress.done, progress.all));
        progress.done < 2_000
    };
    let file = [file("log.csv", &text)];
    let stopped = letdown_journal::import::read_watched(&file, &answers(), now(), &mut watch).unwrap_err();
    assert!(stopped.to_string().contains("was stopped; nothing came in"));
    assert_eq!(seen, [(1_000, 3_000), (2_000, 3_000)]);
}

#[test]
fn one_file_at_a_time_or_all_in_a_zip() {
    let names = ["nighp/pump-2022.csv", "nighp/Mila_nursing-2022.csv"];
    let files = [fixture!("nighp/pump-2022.csv"), fixture!("nighp/Mila_nursing-2022.csv")];
    let bytes = zip(&[(names[0], files[0].bytes), (names[1], files[1].bytes)]);
    let whole = admit(
        read(&[NamedBytes { name: "x.zip", bytes: &bytes }], &answers(), now()).unwrap(),
        &letdown_journal::fold::Folded::default(),
        "b",
    );
    let alone = files.map(|f| admit(vec![reading(f)], &letdown_journal::fold::Folded::default(), "b"));
    let sum = |at: usize| alone.iter().map(|a| imported(a)[at]).sum::<usize>();
    assert_eq!(imported(&whole), [0, 1, 2, 3, 4].map(sum));
}
