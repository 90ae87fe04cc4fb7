use letdown_journal::{
    author::Author,
    body::{Body, Bottle, Diaper, Milk, Nurse, Pump, Side, Stint, Technique, Weight},
    entry::Entry,
    moment::{self, Moment},
    volume::{Intake, Output, Volume, VolumeUnit},
};
use proptest::prelude::*;

fn moments() -> impl Strategy<Value = Moment> {
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Perth", "Asia/Kathmandu", "UTC"];
    (946_684_800i64..4_102_444_800, prop::sample::select(zones.to_vec())).prop_map(|(second, zone)| {
        Moment::new(jiff::Timestamp::from_second(second).unwrap(), moment::zone(zone).unwrap())
    })
}

fn volumes() -> impl Strategy<Value = Volume> {
    prop_oneof![
        (0.0..2000.0f64).prop_map(|ml| Volume::ml(ml).unwrap()),
        (0u32..400).prop_map(|q| Volume::typed(f64::from(q) / 4.0, VolumeUnit::Oz).unwrap()),
    ]
}

fn notes() -> impl Strategy<Value = Option<String>> {
    prop::option::of("\\PC{0,40}")
}

pub(crate) fn bodies() -> impl Strategy<Value = Body> {
    let minutes = || prop::option::of(0.0..180.0f64);
    let output = || prop::option::of(volumes().prop_map(Output));
    let pump = (moments(), minutes(), output(), output(), output(), notes()).prop_map(
        |(start, minutes, left, right, total, note)| {
            let techniques = vec![Technique::Massage, Technique::Other("cabbage".into())];
            Body::Pump(Pump { minutes, left, right, total, note, techniques, ..Pump::at(start) })
        },
    );
    let stint = (prop::bool::ANY, minutes())
        .prop_map(|(left, minutes)| Stint { side: if left { Side::Left } else { Side::Right }, minutes });
    let nurse = (moments(), minutes(), prop::collection::vec(stint, 0..4), notes()).prop_map(
        |(start, minutes, stints, note)| Body::Nurse(Nurse { minutes, stints, note, ..Nurse::at(start) }),
    );
    let bottle = (moments(), prop::option::of(volumes().prop_map(Intake)), notes()).prop_map(
        |(start, intake, note)| Body::Bottle(Bottle { intake, note, ..Bottle::at(start, Milk::Formula) }),
    );
    let weight = (moments(), 0.0..20_000.0f64).prop_map(|(start, g)| Body::Weight(Weight::at(start, g)));
    let diaper = (moments(), any::<bool>(), any::<bool>())
        .prop_map(|(start, wet, soiled)| Body::Diaper(Diaper::at(start, wet, soiled)));
    prop_oneof![pump, nurse, bottle, weight, diaper]
}

proptest! {
    #[test]
    fn a_body_comes_back_as_it_went(body in bodies()) {
        let back = Body::read(body.kind(), &body.write()).unwrap();
        prop_assert_eq!(back, Some(body));
    }

    #[test]
    fn an_entry_comes_back_byte_for_byte(body in bodies(), now in 0u64..4_000_000_000_000) {
        let entry = Author::new("phone").unwrap().put(&body, now, [9; 10]);
        let text = entry.write();
        prop_assert_eq!(Entry::read(&text).unwrap().write(), text);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "\\PC{0,200}", kind in "pump|nurse|bottle|weight|diaper|moon") {
        let _ = Entry::read(&text);
        let _ = Body::read(&kind, &text);
        let _ = moment::parse(&text, None);
    }
}

#[test]
fn an_unknown_kind_keeps_its_bytes() {
    let text = r#"{"v":1,"id":"0192f1c4-a3b0-7000-8000-000000000001","device":"phone","seq":1,"hlc":"0192f1c4a3b0-0000","kind":"moon","op":"put","root":"0192f1c4-a3b0-7000-8000-000000000001","body":{"phase" : "full",  "x":1.50}}"#;
    let entry = Entry::read(text).unwrap();
    assert_eq!(entry.write(), text, "spaces and trailing zeros inside the body included");
    assert_eq!(entry.body().unwrap(), None);
}

#[test]
fn an_edited_body_keeps_the_fields_it_does_not_know() {
    let newer = r#"{"start":"2026-11-24T03:10:00+00:00[UTC]","total_ml":80.0,"suction_kpa":27.5}"#;
    let Some(Body::Pump(pump)) = Body::read("pump", newer).unwrap() else { panic!("a pump") };
    let edited = Body::Pump(Pump { minutes: Some(20.0), ..pump });
    assert!(edited.write().contains(r#""suction_kpa":27.5"#));
}

#[test]
fn what_is_wrong_is_named() {
    let check = |kind: &str, json: &str, expected: &str| {
        let error = Body::read(kind, json).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("pump", r#"{"start":"soon"}"#, "field start");
    check("pump", r#"{"start":"2026-11-24T03:10Z","left_ml":-4}"#, "field left_ml");
    check("pump", r#"{"start":"2026-11-24T03:10Z","minutes":1e9}"#, "field minutes");
    check("bottle", r#"{"start":"2026-11-24T03:10Z"}"#, "milk");
}
