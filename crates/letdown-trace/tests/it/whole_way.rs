use letdown_trace::{
    detect, files,
    flow::rhythm::Rhythm,
    found::{DoubtKind, Found},
    packed,
    reading::Reading,
    watch::{Watch, detect_in},
};
use std::{fs::File, io::Read as _};

fn readings(name: &str) -> Vec<Reading> {
    let mut bytes = Vec::new();
    let path = format!("{}/../../fixtures/traces/{name}", env!("CARGO_MANIFEST_DIR"));
    File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    files::read(name, &bytes).unwrap().readings
}

#[track_caller]
fn finds(found: &Found, onsets_s: &[f64], total_ml: f64) {
    assert_eq!(found.let_downs.len(), onsets_s.len(), "{found:?}");
    for (let_down, onset_s) in found.let_downs.iter().zip(onsets_s) {
        assert!((let_down.onset_s - onset_s).abs() <= 3.0, "{onset_s} s: {let_down:?}");
    }
    assert!((found.total_ml - total_ml).abs() <= 3.0, "{total_ml} mL: {}", found.total_ml);
}

/// The truths are those of `make_traces.py`; a let-down that is cut off by the end has not brought all of its milk.
#[test]
fn every_fixture_gives_its_truth() {
    finds(&detect(&readings("session.csv")), &[75.0, 260.0, 480.0], 50.0);
    finds(&detect(&readings("two-scales.csv")), &[50.0, 215.0], 41.0);
    finds(&detect(&readings("brew.json")), &[40.0, 160.0], 33.0);
    finds(&detect(&readings("espresso.csv")), &[45.05], 18.0);
}

#[test]
fn what_was_not_milk_is_said() {
    let found = detect(&readings("session.csv"));
    let near = |kind, t_s: f64| {
        found.doubts.iter().any(|d| d.kind == kind && d.start_s - 3.0 <= t_s && t_s <= d.end_s + 3.0)
    };
    assert!(near(DoubtKind::Hole, 380.0) && near(DoubtKind::Offset, 625.0), "{:?}", found.doubts);
}

/// What is kept of a session gives its let-downs again, years later.
#[test]
fn packed_milk_gives_the_same_let_downs() {
    for name in ["session.csv", "two-scales.csv", "brew.json", "espresso.csv"] {
        let mut watch = Watch::new();
        for reading in readings(name) {
            watch.see(reading);
        }
        watch.end();
        let text = packed::pack(&watch.series()).unwrap();
        assert!(text.len() < 1_700, "{name}: {} bytes", text.len());
        let (live, again) = (watch.found(), detect_in(&packed::unpack(&text).unwrap(), &Rhythm::default()));
        assert_eq!(again.let_downs.len(), live.let_downs.len(), "{name}");
        for (a, b) in again.let_downs.iter().zip(&live.let_downs) {
            assert!(
                (a.onset_s - b.onset_s).abs() < 1.0 && (a.volume_ml - b.volume_ml).abs() < 0.3,
                "{name}: {a:?} {b:?}"
            );
        }
    }
}
