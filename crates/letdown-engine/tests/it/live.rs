//! A pump session while it goes on.

use letdown_engine::{
    live::{Live, Look, SIMULATED, SIMULATED_MIN},
    traces::Seen,
};
use letdown_journal::body::{Body, Extra, Pump};
use letdown_trace::{detect, packed, simulate::Regime, taps, watch::Watch};

/// A simulated session with several let-downs.
const SEED: u64 = 3;

fn readings(seed: u64) -> Vec<f64> {
    let seen = Seen::drawn(&Regime::quiet(), SIMULATED_MIN, seed);
    seen.trace.readings.iter().flat_map(|reading| [reading.t_s, reading.mass_g]).collect()
}

/// As the journal reads it back.
fn pump(fields: Extra) -> Pump {
    let mut fields = fields;
    fields.insert("start".into(), "2026-11-24T12:00:00+01:00[Europe/Berlin]".into());
    let json = serde_json::Value::Object(fields).to_string();
    let Some(Body::Pump(pump)) = Body::read("pump", &json).unwrap() else { unreachable!("{json}") };
    pump
}

fn onsets(look: &Look) -> Vec<f64> {
    look.let_downs.iter().map(|seen| seen.onset_s).collect()
}

#[test]
fn a_scale_is_seen_in_batches_as_at_once() {
    let all = readings(SEED);
    let end_s = 60.0 * SIMULATED_MIN;
    let mut at_once = Live::scale();
    at_once.see(&all);
    let mut bit_by_bit = Live::scale();
    for batch in all.chunks(34) {
        bit_by_bit.see(batch);
        let now_s = batch[batch.len() - 2];
        let look = bit_by_bit.look(now_s.max(0.0)).unwrap();
        assert!(look.let_downs.iter().all(|seen| seen.onset_s <= seen.end_s), "{look:?}");
    }
    assert_eq!(at_once.look(end_s).unwrap(), bit_by_bit.look(end_s).unwrap());
    assert_eq!(at_once.end(end_s).unwrap(), bit_by_bit.end(end_s).unwrap());
}

/// The oracle is the detector on the whole trace.
#[test]
fn what_is_kept_is_what_was_found_and_can_be_looked_at_again() {
    let seen = Seen::drawn(&Regime::quiet(), SIMULATED_MIN, SEED);
    let found = detect(&seen.trace.readings);
    let mut live = Live::scale();
    live.see(&readings(SEED));
    let pump = pump(live.end(60.0 * SIMULATED_MIN).unwrap());
    assert!(found.let_downs.len() >= 2, "{found:?}");
    assert_eq!(pump.let_downs.len(), found.let_downs.len());
    for (kept, found) in pump.let_downs.iter().zip(&found.let_downs) {
        assert!((kept.onset_s - found.onset_s).abs() <= 0.051);
        assert!((kept.volume_ml.unwrap() - found.volume_ml).abs() <= 0.051);
    }
    assert!((pump.total.unwrap().as_ml() - found.total_ml).abs() <= 0.051);
    assert_eq!((pump.minutes, pump.detector.as_deref()), (Some(SIMULATED_MIN), Some("letdown-trace 2")));
    let series = packed::unpack(&pump.trace.unwrap()).unwrap();
    assert!((series.end_s() - 60.0 * SIMULATED_MIN).abs() < 3.0, "{}", series.end_s());
}

/// What a simulated session is made of.
fn simulated(seed: u64) -> String {
    let seen = Seen::drawn(&Regime::quiet(), SIMULATED_MIN, seed);
    let mut watch = Watch::new();
    seen.trace.readings.iter().for_each(|reading| watch.see(*reading));
    watch.end();
    packed::pack(&watch.series()).unwrap()
}

/// Each is what the model brings forth, and its scale shows the let-downs that were in it. After a change of the model or of
/// what is taken out of a trace, `LETDOWN_WRITE=1 cargo test -p letdown-engine --test it live::` keeps them anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may write its own fixtures")]
fn simulated_sessions_are_those_of_the_model() {
    if std::env::var_os("LETDOWN_WRITE").is_some() {
        for kept in &SIMULATED {
            let path = format!("{}/src/live/simulated-{}.txt", env!("CARGO_MANIFEST_DIR"), kept.seed);
            std::fs::write(path, simulated(kept.seed) + "\n").unwrap();
        }
    }
    for (i, kept) in SIMULATED.iter().enumerate() {
        // Flags are what the scale's own watcher made of it; only the milk is played back.
        let milk_cg = |text: &str| -> Vec<i32> {
            packed::unpack(text).unwrap().seconds.iter().map(|second| second.milk_cg).collect()
        };
        assert_eq!(milk_cg(kept.trace.trim_end()), milk_cg(&simulated(kept.seed)), "seed {}", kept.seed);
        let truth = Seen::drawn(&Regime::quiet(), SIMULATED_MIN, kept.seed).trace.truth;
        let over = Live::simulated(i as u64).look(9_000.0).unwrap();
        assert!(over.is_over && over.elapsed_s <= 60.0 * SIMULATED_MIN, "{over:?}");
        assert!((3..=6).contains(&over.let_downs.len()), "{over:?}");
        for seen in &over.let_downs {
            assert!(truth.let_downs.iter().any(|l| (l.onset_s - seen.onset_s).abs() < 20.0), "{seen:?}");
        }
        assert!((over.milk_ml.unwrap() - truth.total_ml).abs() < 3.0, "{over:?}");
    }
}

#[test]
fn a_simulated_session_comes_as_it_goes_and_says_that_it_is_one() {
    let mut live = Live::simulated(0);
    let early = live.look(20.0).unwrap();
    assert_eq!((early.phase, early.is_over, early.let_downs.len()), ("before_first", false, 0));
    let counts: Vec<usize> =
        (2..20).map(|min| live.look(60.0 * f64::from(min)).unwrap().let_downs.len()).collect();
    assert!(counts.is_sorted(), "{counts:?}");
    // While the first let-down lasts, milk is coming; behind it, it is not.
    let over = Live::simulated(0).look(1_200.0).unwrap();
    let first = over.let_downs[0];
    let mut live = Live::simulated(0);
    for (now_s, goes_on) in
        [(first.onset_s + 40.0, true), (first.end_s - 10.0, true), (first.end_s + 60.0, false)]
    {
        let look = live.look(now_s).unwrap();
        assert_eq!((look.phase == "let_down", look.let_downs[0].goes_on), (goes_on, goes_on), "{look:?}");
    }
    assert!(live.is_simulated() && !Live::scale().is_simulated());
    assert_eq!(live.end(1_200.0).unwrap()["example"], true);
    assert!(!Live::scale().end(1_200.0).unwrap().contains_key("example"));
}

#[test]
fn the_flow_is_one_number_a_second_and_adds_up_to_the_milk() {
    let look = Live::simulated(0).look(900.0).unwrap();
    assert!((880..=905).contains(&look.flow.len()), "{}", look.flow.len());
    let milk_ml = look.flow.iter().sum::<f64>() / 60.0;
    assert!((milk_ml - look.milk_ml.unwrap()).abs() < 3.0, "{milk_ml} {:?}", look.milk_ml);
}

const CAME: &str = r#"{"v":1,"taps":[{"t_s":64,"tap":"milk_came"},{"t_s":90,"tap":"mark","ml":10},{"t_s":130,"tap":"mark","ml":20},{"t_s":300,"tap":"slowed"}]}"#;

#[test]
fn taps_tell_what_goes_on() {
    let look = |json: &str, now_s| Live::taps(json).unwrap().look(now_s).unwrap();
    let none = look(r#"{"v":1,"taps":[]}"#, 12.0);
    assert_eq!((none.phase, none.milk_ml, none.elapsed_s), ("before_first", None, 12.0));
    let came = look(r#"{"v":1,"taps":[{"t_s":64,"tap":"milk_came"}]}"#, 80.0);
    assert_eq!((came.phase, came.milk_ml, came.first_s), ("let_down", None, Some(60.0)));
    assert_eq!(onsets(&came), [60.0]);
    assert!(came.let_downs[0].goes_on && came.let_downs[0].volume_ml.is_none(), "{came:?}");
    assert_eq!(came.let_downs[0].end_s, 80.0);
    let slowed = look(CAME, 320.0);
    assert_eq!((slowed.phase, slowed.milk_ml, slowed.slowed_s), ("slowed", Some(20.0), Some(300.0)));
    assert!(!slowed.let_downs[0].goes_on && slowed.let_downs[0].volume_ml.is_some(), "{slowed:?}");
}

#[test]
fn taps_become_an_entry_and_stay_in_it() {
    let pump = pump(Live::taps(CAME).unwrap().end(420.0).unwrap());
    assert_eq!((pump.minutes, pump.slowed_s), (Some(7.0), Some(300.0)));
    assert_eq!(pump.total.map(|total| total.as_ml()), Some(20.0));
    let kept = taps::read(&pump.trace.unwrap()).unwrap();
    assert_eq!(kept.len(), 5, "the end is one of them");
    assert_eq!(taps::found(&kept).unwrap().let_downs.len(), pump.let_downs.len());
    let bare = self::pump(
        Live::taps(r#"{"v":1,"taps":[{"t_s":64,"tap":"milk_came"}]}"#).unwrap().end(200.0).unwrap(),
    );
    assert_eq!((bare.total, bare.let_downs[0].volume_ml, bare.let_downs[0].volume_sd_ml), (None, None, None));
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence() {
    let refused = |e: letdown_engine::EngineError, word: &str| assert!(e.to_string().contains(word), "{e}");
    refused(Live::scale().look(f64::NAN).unwrap_err(), "NaN s cannot be");
    refused(Live::scale().end(-1.0).unwrap_err(), "-1 s cannot be");
    refused(Live::taps(r#"{"v":1,"taps":[{"t_s":-4,"tap":"slowed"}]}"#).unwrap_err(), "-4");
    assert!(Live::taps("four").is_err());
    // Half a reading is none.
    let mut scale = Live::scale();
    scale.see(&[1.0]);
    assert_eq!(scale.look(2.0).unwrap().flow, [0.0; 0]);
}
