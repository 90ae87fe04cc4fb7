use crate::home::{Home, fixture};
use letdown_store::{DataFolder, Store as _};
use serde_json::{Value, json};

fn with(export: &str, said: &[&str]) -> Home {
    let home = Home::new();
    home.done(&[&["import", &fixture(export), "--tz", "Europe/Berlin"], said].concat());
    home
}

/// The bodies as they lie in the store, the oldest first.
fn bodies(home: &Home) -> Vec<Value> {
    let entries = DataFolder::open(&home.data()).unwrap().store().all().unwrap();
    let mut bodies: Vec<Value> =
        entries.iter().map(|e| serde_json::from_str(e.body.get()).unwrap()).collect();
    bodies.sort_by_key(|body| body["start"].to_string());
    bodies
}

#[test]
fn milk_that_was_fed_is_never_milk_that_was_pumped() {
    for export in ["nighp/Mila_expressed-2017.csv", "nighp/Mila_bottle.csv", "nighp/Mila_formula-2017.csv"] {
        let entries = with(export, &[]).entries();
        assert_eq!(entries.len(), 2, "{export}");
        for entry in entries {
            assert_eq!((&entry["kind"], &entry["output_ml"]), (&json!("bottle"), &Value::Null), "{export}");
            assert!(entry["intake_ml"].as_f64().unwrap() > 0.0, "{export}");
        }
    }
}

#[test]
fn milk_that_was_pumped_is_never_milk_that_was_fed() {
    let entries = with("nighp/pump-2017.csv", &[]).entries();
    let volumes: Vec<Option<f64>> = entries.iter().map(|e| e["output_ml"].as_f64()).collect();
    assert!(volumes.contains(&Some(51.5)) && volumes.contains(&Some(0.0)), "{volumes:?}");
    assert!(entries.iter().all(|e| e["kind"] == "pump" && e["intake_ml"].is_null()));
}

/// The two apps' tables of expressed milk differ by nothing but a column, and the sums of a day must not.
#[test]
fn what_a_baby_drank_is_not_in_the_output_of_the_day() {
    let home = Home::new();
    home.write("pump.csv", "Time,Amount,Note\n\"3/14/26, 5:05 AM\",35 ml,\n");
    home.write("Mila_expressed.csv", "Baby,Time,Amount,Note\nMila,\"3/14/26, 6:00 AM\",30 ml,\n");
    home.done(&["import", "pump.csv", "Mila_expressed.csv", "--tz", "Europe/Berlin"]);
    let today = home.json(&["today", "--at", "2026-03-14T12:00"]);
    assert_eq!((&today["logged_today_ml"], &today["sessions_today"]), (&json!(35.0), &json!(1)));
}

#[test]
fn the_milk_of_a_bottle_is_what_the_file_says() {
    let milk = |export| with(export, &[]).entries()[0]["milk"].clone();
    assert_eq!(milk("nighp/Mila_expressed-2017.csv"), "expressed");
    assert_eq!(milk("nighp/Mila_formula-2017.csv"), "formula");
    assert_eq!(milk("nighp/Mila_bottle.csv"), "unknown");
}

#[test]
fn an_odd_volume_is_flagged_and_kept() {
    let home = with("nighp/pump-2023.csv", &[]);
    let entries = home.entries();
    let odd = entries.iter().find(|e| e["left_ml"] == 1242.0).unwrap();
    assert_eq!((&odd["right_ml"], &odd["output_ml"]), (&json!(917.0), &json!(2159.0)));
    assert!(odd["flags"].to_string().contains("1242 mL is more than the 606 mL I take at its word"), "{odd}");
    let usual = entries.iter().find(|e| e["output_ml"] == 75.0).unwrap();
    assert_eq!(usual["flags"], json!([]));
}

#[test]
fn an_odd_length_is_flagged_and_kept() {
    let entries = with("nighp/pump-2022.csv", &[]).entries();
    let odd: Vec<&Value> = entries.iter().filter(|e| e["flags"] != json!([])).collect();
    assert_eq!(odd.len(), 1);
    assert_eq!(odd[0]["minutes"], 4565.0);
    assert!(odd[0]["flags"].to_string().contains("4565 min is longer than the 180 min"));
}

#[test]
fn a_time_to_come_is_flagged_kept_and_not_yet_listed() {
    let home = Home::new();
    home.write("log.csv", "start,total_ml\n2026-11-02T03:00:00Z,60\n2026-10-31T03:00:00Z,50\n");
    let answer = home.json(&["import", "log.csv", "--at", "2026-11-01T00:00:00Z"]);
    assert_eq!(answer["files"][0]["flags"], json!([{"row": 2, "what": "this lies in the future"}]));
    assert_eq!(home.json(&["list", "--at", "2026-11-01T00:00:00Z"])["entries"].as_array().unwrap().len(), 1);
    assert_eq!(home.entries().len(), 2);
}

#[test]
fn clock_times_that_never_were_or_were_twice_are_flagged_and_kept() {
    let home = Home::new();
    home.write("log.csv", "start,total_ml\n2026-03-29T02:30,60\n2025-10-26T02:30,50\n2026-03-30T02:30,40\n");
    let answer = home.json(&["import", "log.csv", "--tz", "Europe/Berlin"]);
    let flags = answer["files"][0]["flags"].as_array().unwrap();
    assert_eq!(flags.iter().map(|f| f["row"].as_u64().unwrap()).collect::<Vec<_>>(), [2, 3]);
    let entries = home.entries();
    let at: Vec<&str> = entries.iter().map(|e| e["at"].as_str().unwrap()).collect();
    assert_eq!(
        at,
        [
            "2026-03-30T02:30:00+02:00[Europe/Berlin]",
            "2026-03-29T03:30:00+02:00[Europe/Berlin]",
            "2025-10-26T02:30:00+02:00[Europe/Berlin]"
        ]
    );
}

#[test]
fn ounces_become_millilitres_and_are_kept_as_typed() {
    let bodies = bodies(&with("nighp/pump-2026.csv", &[]));
    let first = &bodies[0];
    assert_eq!((&first["total_typed"], &first["left_typed"]), (&json!("3.5 oz"), &json!("1.5 oz")));
    let ounces = first["total_ml"].as_f64().unwrap() / 29.5735;
    assert!((ounces - 3.5).abs() < 1e-9, "{first}");
}

#[test]
fn millilitres_are_not_kept_twice() {
    let bodies = bodies(&with("nighp/pump-2017.csv", &[]));
    let typed: Vec<&Value> = bodies.iter().filter_map(|body| body.get("total_typed")).collect();
    assert_eq!((typed, bodies.len()), (vec![&json!("2 oz")], 5), "one row of five is in ounces");
    assert!(bodies.iter().all(|body| body["total_ml"].is_number()));
}

#[test]
fn an_entry_remembers_where_it_came_from() {
    let home = Home::new();
    let answer = home.json(&["import", &fixture("nighp/pump-2017.csv"), "--tz", "Europe/Berlin"]);
    for body in bodies(&home) {
        assert_eq!((&body["source"]["app"], &body["source"]["batch"]), (&json!("nighp"), &answer["batch"]));
    }
}

#[test]
fn a_sheet_of_ones_own_is_read_as_its_map_says() {
    let map = "date=Date,time=Time,volume=Amount (oz),note=\"Comments, mine\"";
    let bodies = bodies(&with("generic/sheet.csv", &["--map", map]));
    let said: Vec<[&Value; 3]> =
        bodies.iter().map(|b| [&b["start"], &b["total_typed"], &b["note"]]).collect();
    assert_eq!(
        said,
        [
            [&json!("2025-12-30T19:15:00+01:00[Europe/Berlin]"), &json!("3.25 oz"), &Value::Null],
            [&json!("2025-12-30T22:40:00+01:00[Europe/Berlin]"), &json!("2 oz"), &json!("slow, but fine")],
        ]
    );
}

#[test]
fn a_map_makes_the_same_column_output_or_intake() {
    let sheet = "When,Milk\n2025-11-24T03:10:00Z,60 ml\n";
    let kind = |map: &str| {
        let home = Home::new();
        home.write("mine.csv", sheet);
        home.done(&["import", "mine.csv", "--map", map]);
        home.entries().remove(0)
    };
    let pumped = kind("time=When,volume=Milk,kind=pump");
    let drunk = kind("time=When,volume=Milk,kind=bottle,milk=expressed");
    assert_eq!((&pumped["output_ml"], &pumped["intake_ml"]), (&json!(60.0), &Value::Null));
    assert_eq!((&drunk["output_ml"], &drunk["intake_ml"]), (&Value::Null, &json!(60.0)));
}

#[test]
fn a_map_can_be_kept_in_a_file() {
    let home = Home::new();
    home.write("mine.csv", "When,How much\n2026-04-01 03:10,60\n");
    home.write("mine.map", "time=When,\nvolume=How much\n\nunit=ml\n");
    let map = format!("@{}", home.path("mine.map").display());
    home.done(&["import", "mine.csv", "--tz", "Europe/Berlin", "--map", &map]);
    assert_eq!(home.entries()[0]["output_ml"], 60.0);
    let missing = home.run(&["import", "mine.csv", "--map", "@nothing.map"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("nothing.map: it cannot be read"), "{missing:?}");
}
