//! What must be written to scales, against its checksums and the makers' own examples.

use super::{encode, hex};
use letdown_trace::scales::{Command, Kind, Name, Sheet};

fn commands(sheet: &Sheet) -> Vec<Command> {
    let heartbeat = sheet.heartbeat.map(|heartbeat| heartbeat.commands).unwrap_or_default();
    sheet.start.iter().chain(&sheet.tare).chain(heartbeat).copied().collect()
}

#[test]
fn every_sheet_is_its_kinds_and_has_words_of_its_own() {
    for kind in Kind::ALL {
        let sheet = kind.sheet();
        assert_eq!(sheet.kind, kind);
        assert_eq!(Kind::named(sheet.word), Some(kind));
        assert!(!sheet.names.is_empty() && 0.0 < sheet.step_g, "{kind:?}");
        assert_ne!(sheet.service, sheet.notify, "{kind:?}");
        assert!(sheet.write.is_some() || commands(sheet).is_empty(), "{kind:?} is sent what it cannot hear");
    }
    assert_eq!(Kind::named("teapot"), None);
}

#[test]
fn commands_end_in_their_checksum() {
    let ends_right = |kind: Kind, bytes: &[u8]| match kind {
        Kind::AcaiaClassic | Kind::Acaia | Kind::AcaiaUmbra => {
            let (even, odd) =
                bytes[3..bytes.len() - 2].chunks(2).fold((0_u32, 0_u32), |(even, odd), pair| {
                    (even + u32::from(pair[0]), odd + u32::from(pair.get(1).copied().unwrap_or(0)))
                });
            bytes.ends_with(&[(even % 256) as u8, (odd % 256) as u8])
        }
        Kind::Decent | Kind::Bookoo => bytes.iter().fold(0, |sum, byte| sum ^ byte) == 0,
        Kind::Varia => bytes[1..].iter().fold(0, |sum, byte| sum ^ byte) == 0,
        Kind::DiFluid => {
            let (last, rest) = bytes.split_last().unwrap();
            rest.iter().map(|byte| u32::from(*byte)).sum::<u32>() % 256 == u32::from(*last)
        }
        _ => true,
    };
    for kind in Kind::ALL {
        for Command { bytes, .. } in commands(kind.sheet()) {
            // The Half Decent's heartbeat is given by its maker as it stands here; it does not close the sum.
            let is_given = kind == Kind::Decent && bytes == hex("03 0A 03 FF FF 00 0A");
            assert!(ends_right(kind, bytes) || is_given, "{kind:?}: {bytes:02X?}");
        }
    }
}

#[test]
fn acaia_is_asked_as_it_expects() {
    let start = Kind::AcaiaClassic.sheet().start;
    assert_eq!(start[0].bytes, encode_order(11, &[b'-'; 15]));
    assert_eq!(Kind::Acaia.sheet().start[0].bytes, encode_order(11, b"012345678901234"));
    // An order that begins with its own length is framed like an event.
    assert_eq!(start[1].bytes, encode::acaia_frame(12, &[0, 1, 1, 2, 2, 5, 3, 4]));
}

/// An order to an Acaia scale: its kind, and a payload that does not begin with its length.
fn encode_order(kind: u8, payload: &[u8]) -> Vec<u8> {
    let sum =
        |from: usize| payload.iter().skip(from).step_by(2).map(|byte| u32::from(*byte)).sum::<u32>() as u8;
    [&[0xEF, 0xDD, kind][..], payload, &[sum(0), sum(1)]].concat()
}

#[test]
fn only_the_standard_service_is_no_stream() {
    for kind in Kind::ALL {
        assert_eq!(kind.sheet().is_stream, kind != Kind::WeightService);
    }
}

const PAGE: &str = include_str!("../../../../../docs/scales.md");

#[test]
fn the_page_says_what_the_sheets_say() {
    let rows: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<String> = Kind::ALL.iter().map(|kind| row(kind.sheet())).collect();
    assert_eq!(rows, expected);
}

fn row(sheet: &Sheet) -> String {
    let names: Vec<String> = sheet
        .names
        .iter()
        .map(|name| match name {
            Name::Begins(start) => format!("{start}…"),
            Name::Holds(part) => format!("…{part}…"),
        })
        .collect();
    let written_to = sheet.write.map_or_else(|| "nothing".to_owned(), |write| write.to_string());
    format!(
        "| `{}` | {} | {} | {} | {} | {written_to} | {} |",
        sheet.word,
        sheet.title,
        names.join(", "),
        sheet.service,
        sheet.notify,
        sheet.step_g
    )
}
