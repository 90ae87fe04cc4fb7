use letdown_journal::{
    author::Author,
    body::{Body, Felt, Pump, Technique},
    entry::Entry,
    moment::{self, Moment},
};
use proptest::prelude::*;
use serde_json::{Map, Value};

fn moments() -> impl Strategy<Value = Moment> {
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Perth", "Asia/Kathmandu", "UTC"];
    (946_684_800i64..4_102_444_800, prop::sample::select(zones.to_vec())).prop_map(|(second, zone)| {
        Moment::new(jiff::Timestamp::from_second(second).unwrap(), moment::zone(zone).unwrap())
    })
}

/// What a field may hold, as JSON.
fn value(field: &str) -> BoxedStrategy<Value> {
    let one_of = |words: &[&str]| {
        let known = prop::sample::select(words.iter().map(ToString::to_string).collect::<Vec<_>>());
        prop_oneof![4 => known, 1 => "[a-z_]{1,12}"].boxed()
    };
    let number = |least: f64, most: f64| (least..=most).prop_map(Value::from).boxed();
    let whole = |least: u32, most: u32| (least..=most).prop_map(Value::from).boxed();
    let list = |words: &[&str]| prop::collection::vec(one_of(words), 1..4).prop_map(Value::from).boxed();
    let object = |fields: &'static [&'static str], must| object(fields, must).boxed();
    match field {
        "minutes" | "left_minutes" | "right_minutes" | "pause_before_min" => number(0.0, 10_080.0),
        "left_ml" | "right_ml" | "total_ml" | "intake_ml" | "volume_ml" | "leak_ml" | "target_ml" => {
            number(0.0, 100_000.0)
        }
        "weight_g" | "before_g" | "after_g" => number(0.0, 1_000_000.0),
        "stress" | "pain" | "mood" | "strength" => number(0.0, 10.0),
        "vacuum_mmhg" => number(0.0, 400.0),
        "latency_s" | "onset_sd_s" => number(0.0, 3_600.0),
        "slowed_s" | "hurt_s" | "first_let_down_s" => number(0.0, 21_600.0),
        // "false" beside a second is refused.
        "let_down" => Just(Value::from(true)).boxed(),
        "peak_ml_per_min" | "volume_sd_ml" => number(0.0, 10_000.0),
        "confidence" => number(0.0, 1.0),
        "let_downs" => let_downs(),
        "temperature_c" => number(30.0, 45.0),
        "left_flange_mm" | "right_flange_mm" => number(10.0, 50.0),
        "weight_kg" => number(25.0, 400.0),
        "birth_weight_g" => number(200.0, 8_000.0),
        "gestation_days" => whole(140, 310),
        "sessions" => whole(1, 1_000),
        "number" => whole(0, 100_000),
        "more_minutes" => number(1.0, 20.0),
        "smallest_percent" => number(1.0, 100.0),
        "seed" => whole(0, u32::MAX),
        "wet" | "soiled" | "leaked" | "by_day" | "with" => any::<bool>().prop_map(Value::from).boxed(),
        "techniques" => list(Technique::WORDS),
        "felt" => list(Felt::WORDS),
        "technique" => one_of(Technique::WORDS).prop_map(Value::from).boxed(),
        "milk" | "way" | "place" | "use" | "what" | "trigger" | "goal" | "state" | "sex" | "part"
        | "outcome" => one_of(&["expressed", "in", "out", "fridge", "fed", "water", "other", "running"])
            .prop_map(Value::from)
            .boxed(),
        "side" => prop::sample::select(vec!["left", "right"]).prop_map(Value::from).boxed(),
        "until" | "gave_birth" | "born" => {
            (2000..2100, 1..13, 1..29).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}").into()).boxed()
        }
        "clock" => (0..24, 0..60).prop_map(|(h, m)| format!("{h:02}:{m:02}").into()).boxed(),
        "weighed" => object(&["before_g", "after_g"], 2),
        "stints" => {
            let stint = object(&["side", "minutes", "pause_before_min"], 1);
            prop::collection::vec(stint, 1..4).prop_map(Value::from).boxed()
        }
        "steps" => {
            let step = object(&["clock", "minutes", "side", "technique"], 1);
            prop::collection::vec(step, 1..4).prop_map(Value::from).boxed()
        }
        _ => "\\PC{1,20}"
            .prop_filter("some text", |text| !text.trim().is_empty())
            .prop_map(Value::from)
            .boxed(),
    }
}

/// Let-downs in order, as somebody else might write them.
fn let_downs() -> BoxedStrategy<Value> {
    let beside = &["peak_ml_per_min", "confidence", "onset_sd_s", "volume_sd_ml"];
    let one = (0.0..500.0, 0.0..300.0, 0.0..100.0, object(beside, 0));
    let in_order = |ones: Vec<(f64, f64, f64, Value)>| {
        let mut now_s = 0.0;
        let placed = ones.into_iter().map(|(wait_s, lasts_s, volume_ml, mut beside)| {
            now_s += wait_s;
            beside["onset_s"] = now_s.into();
            beside["end_s"] = (now_s + lasts_s).into();
            beside["volume_ml"] = volume_ml.into();
            beside
        });
        placed.collect::<Value>()
    };
    prop::collection::vec(one, 1..5).prop_map(in_order).boxed()
}

/// Some of these fields, the first `must` of them always, and at times one that no version knows.
fn object(fields: &'static [&'static str], must: usize) -> impl Strategy<Value = Value> {
    let values: Vec<BoxedStrategy<Value>> = fields.iter().map(|field| value(field)).collect();
    let takes = prop::collection::vec(any::<bool>(), fields.len());
    (values, takes, any::<bool>()).prop_map(move |(values, takes, later)| {
        let taken = values.into_iter().zip(takes).enumerate().filter(|(i, (_, take))| *i < must || *take);
        let mut object: Map<String, Value> =
            taken.map(|(i, (value, _))| (fields[i].to_owned(), value)).collect();
        // The text that was typed only stands beside a number.
        for field in fields.iter().filter(|field| field.ends_with("_typed")) {
            if !object
                .contains_key(&field.replace("_typed", if *field == "weight_typed" { "_g" } else { "_ml" }))
            {
                object.remove(*field);
            }
        }
        if later {
            object.insert("zz_later".into(), serde_json::json!({"odd": [1.5, null], "a": "b"}));
        }
        Value::Object(object)
    })
}

/// Every kind with its fields; the first so many are required.
const FIELDS: [(&str, usize, &[&str]); 20] = [
    (
        "pump",
        0,
        &[
            "minutes",
            "left_minutes",
            "right_minutes",
            "left_ml",
            "left_typed",
            "right_ml",
            "right_typed",
            "total_ml",
            "total_typed",
            "techniques",
            "vacuum_mmhg",
            "device",
            "place",
            "felt",
            "let_downs",
            "slowed_s",
            "hurt_s",
            "trace",
            "detector",
        ],
    ),
    (
        "hand",
        0,
        &[
            "minutes",
            "left_ml",
            "left_typed",
            "right_ml",
            "right_typed",
            "total_ml",
            "total_typed",
            "techniques",
        ],
    ),
    (
        "nurse",
        0,
        &[
            "minutes",
            "stints",
            "weighed",
            "intake_ml",
            "intake_typed",
            "felt",
            "let_down",
            "first_let_down_s",
            "place",
            "baby",
        ],
    ),
    ("bottle", 1, &["milk", "minutes", "intake_ml", "intake_typed", "baby"]),
    ("bag", 1, &["way", "volume_ml", "volume_typed", "place", "label", "milk", "use"]),
    ("weight", 1, &["weight_g", "weight_typed", "baby"]),
    ("diaper", 2, &["wet", "soiled", "baby"]),
    ("drink", 0, &["what", "volume_ml", "volume_typed"]),
    ("feeling", 1, &["pain", "stress", "mood", "side"]),
    ("letdown", 0, &["trigger", "felt", "strength", "leaked", "leak_ml", "leak_typed"]),
    ("cue", 1, &["what", "minutes", "latency_s"]),
    ("symptom", 1, &["what", "side", "temperature_c", "strength"]),
    ("medicine", 1, &["name", "dose"]),
    ("note", 1, &["text"]),
    ("plan", 1, &["goal", "until", "target_ml", "target_typed", "steps"]),
    (
        "trial",
        2,
        &["technique", "state", "more_minutes", "outcome", "smallest_percent", "by_day", "sessions", "seed"],
    ),
    ("assignment", 3, &["trial", "part", "with", "number"]),
    ("device", 1, &["what", "model", "left_flange_mm", "right_flange_mm"]),
    ("mother", 0, &["name", "gave_birth", "weight_kg"]),
    ("baby", 0, &["name", "born", "gestation_days", "sex", "birth_weight_g"]),
];

/// A kind, and one of its bodies as somebody else might write it.
fn written() -> impl Strategy<Value = (&'static str, Value)> {
    let of_kind = |(kind, must, fields): (&'static str, usize, &'static [&'static str])| {
        (moments(), object(fields, must), prop::option::of("\\PC{0,40}")).prop_map(
            move |(start, fields, note)| {
                let mut fields = fields;
                fields["start"] = start.to_string().into();
                if let Some(note) = note {
                    fields["note"] = note.into();
                }
                (kind, fields)
            },
        )
    };
    prop::sample::select(FIELDS.to_vec()).prop_flat_map(of_kind)
}

pub(crate) fn bodies() -> impl Strategy<Value = Body> {
    written().prop_map(|(kind, json)| Body::read(kind, &json.to_string()).unwrap().unwrap())
}

#[test]
fn no_kind_is_left_out() {
    let tested: Vec<&str> = FIELDS.iter().map(|(kind, ..)| *kind).collect();
    assert_eq!(tested, Body::KINDS);
}

proptest! {
    /// The oracle is what was written: every field of every kind comes back, and nothing beside.
    #[test]
    fn nothing_a_body_says_is_lost((kind, json) in written()) {
        let body = Body::read(kind, &json.to_string()).unwrap().unwrap();
        prop_assert_eq!(body.kind(), kind);
        let back: Value = serde_json::from_str(&body.write()).unwrap();
        prop_assert_eq!(back, json);
    }

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
    fn no_text_makes_a_reader_panic(text in "\\PC{0,200}", kind in prop::sample::select(Body::KINDS.to_vec())) {
        let _ = Entry::read(&text);
        let _ = Body::read(kind, &text);
        let _ = moment::parse(&text, None);
    }

    /// Any field of any kind may hold anything at all: a sentence that names it, or a body that comes back.
    #[test]
    fn whatever_stands_in_a_field_is_read_or_refused_by_name(
        (kind, json) in written(),
        pick in any::<prop::sample::Index>(),
        odd in prop::sample::select(vec!["null", "-1", "1e300", "[]", "{}", "[1]", "[{}]", "\"\"", "true", "0.5"]),
    ) {
        let mut json = json;
        let fields = json.as_object_mut().unwrap();
        let name = pick.get(&fields.keys().cloned().collect::<Vec<_>>()).clone();
        fields.insert(name.clone(), serde_json::from_str(odd).unwrap());
        match Body::read(kind, &json.to_string()) {
            Ok(body) => {
                let body = body.unwrap();
                prop_assert_eq!(Body::read(kind, &body.write()).unwrap(), Some(body));
            }
            // Of a feeling it may be the only thing said.
            Err(e) => prop_assert!(e.to_string().contains(&name) || kind == "feeling", "{name}: {e}"),
        }
    }
}

/// The bytes of every kind, written by hand.
#[test]
fn the_golden_entries_keep_their_bytes() {
    let golden = include_str!("../../../../fixtures/golden/entries.jsonl");
    let mut kinds = Vec::new();
    for line in golden.lines() {
        let entry = Entry::read(line).unwrap();
        assert_eq!(entry.write(), line);
        let body = entry.body().unwrap_or_else(|e| panic!("{line}: {e}")).unwrap();
        assert_eq!(body.write(), entry.body.get(), "an edit that changes nothing writes the same bytes");
        kinds.push(body.kind());
    }
    // Of a pump session there are two: before and since it says what a scale saw.
    kinds.dedup();
    assert_eq!(kinds, Body::KINDS);
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
    let let_downs = |json: &str, expected: &str| {
        check("pump", &format!(r#"{{"start":"2026-11-24T03:10Z","let_downs":{json}}}"#), expected);
    };
    let_downs(r#"[{"onset_s":-1,"end_s":9}]"#, "field let_downs: field onset_s: -1 s must lie between 0");
    let_downs(r#"[{"onset_s":70}]"#, "field let_downs: field end_s: it is missing");
    let_downs(r#"[{"onset_s":70,"end_s":60}]"#, "field let_downs: one begins at 70 s and ends before that");
    let_downs(
        r#"[{"onset_s":70,"end_s":90},{"onset_s":60,"end_s":95}]"#,
        "field let_downs: the one at 60 s stands behind the one at 70 s",
    );
    let_downs(
        r#"[{"onset_s":7,"end_s":9,"confidence":1.5}]"#,
        "field confidence: 1.5 must lie between 0 and 1",
    );
    let_downs(r#""four""#, "field let_downs: \"four\" is not an object");
    check("pump", r#"{"start":"2026-11-24T03:10Z","slowed_s":1e9}"#, "field slowed_s");
    check(
        "nurse",
        r#"{"start":"2026-11-24T03:10Z","let_down":false,"first_let_down_s":70}"#,
        "field let_down: it says that milk did not let down, and first_let_down_s that it did after 70 s",
    );
    let long = format!(r#"{{"start":"2026-11-24T03:10Z","trace":"{}"}}"#, "A".repeat(12_001));
    check("pump", &long, "field trace: 12001 letters are more than the 12000 it may have");
    check("bottle", r#"{"start":"2026-11-24T03:10Z"}"#, "milk");
    check(
        "nurse",
        r#"{"start":"2026-11-24T03:10Z","stints":[{"side":"both"}]}"#,
        "field stints: field side: \"both\" is none of left, right",
    );
    check(
        "symptom",
        r#"{"start":"2026-11-24T03:10Z","what":"fever","temperature_c":390}"#,
        "390 °C must lie between 30 and 45 °C",
    );
    check("feeling", r#"{"start":"2026-11-24T03:10Z","side":"left"}"#, "one of stress, pain or mood");
    check(
        "feeling",
        r#"{"start":"2026-11-24T03:10Z","stress":11}"#,
        "field stress: 11 must lie between 0 and 10",
    );
    check(
        "drink",
        r#"{"start":"2026-11-24T03:10Z","volume_ml":-1}"#,
        "field volume_ml: -1 mL must lie between",
    );
    check("medicine", r#"{"start":"2026-11-24T03:10Z","name":" "}"#, "field name: it is missing");
    check(
        "baby",
        r#"{"start":"2026-11-24T03:10Z","gestation_days":40.5}"#,
        "a whole number between 140 and 310",
    );
    check("baby", r#"{"start":"2026-11-24T03:10Z","born":"24.11.2026"}"#, "write it like 2026-11-24");
    check(
        "plan",
        r#"{"start":"2026-11-24T03:10Z","goal":"raise","steps":[{"clock":"8:00"}]}"#,
        "write it like 08:30",
    );
}

#[test]
fn a_word_that_is_not_known_stays() {
    let later = r#"{"start":"2026-11-24T03:10:00+00:00[UTC]","what":"singing","place":"car"}"#;
    let body = Body::read("cue", later).unwrap().unwrap();
    assert_eq!(body.write(), later);
}
