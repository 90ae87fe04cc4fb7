//! Whatever bytes come: no panic, counts that add up, facts that an entry can hold.

use crate::import::{FIXTURES, adds_up, answers, now};
use letdown_journal::{
    body::Body,
    entry::MAX_BODY_BYTES,
    fold::Folded,
    import::{Answers, ColumnMap, DateOrder, FormatName, NamedBytes, admit, read},
    volume::{ML_PER_OZ, VolumeUnit},
};
use proptest::prelude::*;

fn told() -> Answers {
    let map = Some(ColumnMap::parse("time=a,volume=b,end=c,side=d,note=e").unwrap());
    Answers { map, unit: Some(VolumeUnit::Ml), date_order: Some(DateOrder::Dmy), ..answers() }
}

/// A caller who lets columns say what a row is.
fn told_by_columns() -> Answers {
    let map = "time=a,kind=column:b,volume=c,unit=column:d,milk=column:e,side=d,left_minutes=c,seconds=d,\
               weight=c,wet=d,zone=Asia/Tokyo,word:1=nurse,word:left=formula";
    let map = Some(ColumnMap::parse(map).unwrap());
    Answers { map, unit: Some(VolumeUnit::Oz), date_order: Some(DateOrder::Mdy), ..answers() }
}

fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let medela = Answers { format: Some(FormatName::named("medela").unwrap()), ..told() };
    for answers in [Answers::default(), told(), told_by_columns(), medela] {
        let Ok(readings) = read(&[NamedBytes { name: "any.csv", bytes }], &answers, now()) else { continue };
        let admission = admit(readings, &Folded::default(), "any");
        admission.files.iter().for_each(adds_up);
        for body in &admission.bodies {
            let json = body.write();
            prop_assert!(json.len() <= MAX_BODY_BYTES);
            prop_assert!(Body::read(body.kind(), &json).is_ok(), "{json}");
        }
    }
    Ok(())
}

const HEADERS: [&str; 20] = [
    "a,b,c,d,e",
    "Time,Amount,Note",
    "Baby,Time,Amount (oz),Note",
    "Baby,Time,Start side,Left duration,Right Duration,Total,Note",
    "Time,Start side,Left duration,Right Duration,Total duration,Left Amount,Right Amount,Total amount,Note",
    "id,child_id,start,end,type,method,amount,notes,tags",
    "id,child_id,weight,date,notes",
    "child_id,time,wet,solid,notes",
    "Baby Name,Start Time,End Time,Activity,Amount,Percentile,Duration,Info,Notes",
    "Time of feeding,Milk type,Amount(ml),Amount(oz)",
    "Date,Weight(kg),Weight(lb),Height(cm),Height(in),Head Circ.(cm),Head Circ.(in)",
    "start,end,time,amount,child,id",
    "start,minutes,left_ml,right_ml,total_ml,note",
    "id,Start Time,End Time,Feed Type,Quantity (oz),Quantity (ml or g),Notes,Duration (Minutes),Food Type,Unit",
    "id,Pumping Time,Side,Quantity,Unit,Notes,Bottle Feed Id,Finished Time,Uses Timer,Duration",
    "Date,Time,Activity Type,Sub-Type,Start Time,End Time,Duration,Amount,Unit,Details,Notes",
    "【ぴよログ】2026/2/3(火)",
    "Date and Time,End Time,Duration (min),Activity,Quantity,Extra data,Text,Notes,Caregiver",
    "Type,Start,End,Duration,Start Condition,Start Location,End Condition,Notes",
    "#, time, Left, Right, Bottle, Bottle Amount, Sleep time, wet, solid, Pump Amount ",
];

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,2}/[0-9]{1,2}/[0-9]{2} [0-9]{1,2}:[0-9]{2}( [ap]m)?".prop_map(|time| format!("\"{time}\"")),
        "[0-9]{4}-[01][0-9]-[0-3][0-9]( [0-2][0-9]:[0-5][0-9](:[0-5][0-9])?)?",
        "[0-9]{1,6}([.][0-9]{1,3})?( ?(ml|oz|min|hrs|kg))?",
        prop::sample::select(vec![
            "left breast",
            "right breast",
            "bottle",
            "breast milk",
            "formula",
            "Left",
            "Feeding",
            "Weight",
            "Diaper",
            "pump",
            "=== BEGIN Feedings ===",
            "9lb 4.50oz",
            "Nursing",
            "Bottle",
            "Expressed",
            "Bottle-Pump",
            "Feed",
            "Pump",
            "00:06R",
            "Mila nursed (5m left; 1h3m right)",
            "12:4",
            "1",
            ""
        ])
        .prop_map(str::to_owned),
        "\\PC{0,12}",
    ]
}

fn table() -> impl Strategy<Value = String> {
    let rows = prop::collection::vec(prop::collection::vec(cell(), 0..11), 0..12);
    let end = prop::sample::select(vec!["\n", "\r", "\r\n"]);
    (prop::sample::select(HEADERS.to_vec()), rows, end).prop_map(|(header, rows, end)| {
        let rows = rows.iter().map(|row| row.join(","));
        std::iter::once(header.to_owned()).chain(rows).collect::<Vec<_>>().join(end)
    })
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes)?;
    }

    #[test]
    fn any_text_below_a_known_header(header in prop::sample::select(HEADERS.to_vec()), text in "\\PC{0,300}") {
        holds(format!("{header}\n{text}").as_bytes())?;
    }

    #[test]
    fn any_table(table in table()) {
        holds(table.as_bytes())?;
    }

    #[test]
    fn any_fixture_with_some_bytes_changed(
        which in 0..FIXTURES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = FIXTURES[which].bytes.to_vec();
        for (at, byte) in changes {
            *at.get_mut(&mut bytes) = byte;
        }
        holds(&bytes)?;
    }

    /// A log written the way the app writes it says what it was made from.
    #[test]
    fn a_written_log_is_read_back(
        sessions in prop::collection::vec((0..600_i64, 0..1_440_i64, 0.0..300.0_f64, 0..90_u32), 1..40),
        ounces: bool,
        day_first: bool,
        half_days: bool,
    ) {
        let first: jiff::civil::DateTime = "2024-01-13T00:00".parse().unwrap();
        let mut text = format!("Time,Start side,Left duration (min),Right Duration (min),Total duration (min),\
             Left Amount ({u}),Right Amount ({u}),Total amount ({u}),Note\n", u = if ounces { "oz." } else { "ml" });
        let mut expected = Vec::new();
        for (day, minute, ml, length) in sessions {
            let at = first + jiff::SignedDuration::from_mins(day * 1_440 + minute);
            let date = if day_first { "%-d/%-m/%y" } else { "%-m/%-d/%y" };
            let time = if half_days { "%-I:%M\u{202f}%p" } else { "%H:%M" };
            let written = if ounces { (ml / ML_PER_OZ * 100.0).round() / 100.0 } else { ml.round() };
            let stamp = at.strftime(&format!("{date} {time}")).to_string();
            text.extend([format!("\"{stamp}\",\"\",\"{length}\",,\"{length}\",,,\"{written}\",\"\"\n")]);
            expected.push((at, if ounces { written * ML_PER_OZ } else { written }, f64::from(length)));
        }
        let zone = Some(jiff::tz::TimeZone::UTC);
        let date_order = Some(if day_first { DateOrder::Dmy } else { DateOrder::Mdy });
        let answers = Answers { zone, date_order, ..Answers::default() };
        let reading = read(&[NamedBytes { name: "pump.csv", bytes: text.as_bytes() }], &answers, now()).unwrap();
        let found: Vec<_> = reading[0].drafts.iter().map(|draft| match &draft.body {
            Body::Pump(pump) => (pump.start.datetime(), pump.output_ml().unwrap(), pump.length_min().unwrap()),
            other => (other.start().datetime(), f64::NAN, f64::NAN),
        }).collect();
        prop_assert_eq!(found, expected);
    }
}
