use letdown_engine::inside::{At, Cues, Inside, InsideSettings, look};

fn settings(change: impl FnOnce(&mut InsideSettings)) -> InsideSettings {
    let mut settings = InsideSettings::default();
    change(&mut settings);
    settings
}

fn seen(change: impl FnOnce(&mut InsideSettings)) -> Inside {
    look(&settings(change)).unwrap()
}

#[test]
fn no_milk_is_made_of_nothing_and_none_is_lost() {
    for (left, right) in [(At::Pump, At::Pump), (At::Baby, At::Pump), (At::Hand, At::None)] {
        let inside = seen(|s| (s.left, s.right, s.massage, s.minutes) = (left, right, 0.4, 30.0));
        let Inside { frames, totals, .. } = &inside;
        let made_ml_per_s = totals.made_ml / totals.seconds;
        assert!(totals.made_ml > 0.0);
        for (i, t_s) in frames.t_s.iter().enumerate() {
            let stands = frames.both.alveoli_ml[i] + frames.both.ducts_ml[i] + frames.both.taken_ml[i];
            let began = stands - made_ml_per_s * f64::from(*t_s);
            assert!((began - totals.available_ml).abs() < 1e-9, "{left:?} {right:?} at {t_s} s");
            assert!(frames.left.alveoli_ml[i] >= 0.0 && frames.right.ducts_ml[i] >= 0.0);
        }
        let end = totals.taken_ml + totals.left_in_ml - totals.made_ml;
        assert!((end - totals.available_ml).abs() < 1e-9);
    }
}

#[test]
fn there_is_a_frame_for_every_second_and_both_are_left_and_right() {
    let inside = seen(|s| (s.right, s.minutes) = (At::Baby, 7.0));
    let f = &inside.frames;
    assert_eq!(f.t_s, (0..=420).collect::<Vec<u32>>());
    for column in [&f.both.ducts_ml, &f.left.taken_ml, &f.oxytocin, &f.contraction, &f.drive, &f.charge] {
        assert_eq!(column.len(), 421);
    }
    for i in 0..421 {
        assert_eq!(f.both.taken_ml[i], f.left.taken_ml[i] + f.right.taken_ml[i]);
    }
    assert_eq!(inside.totals.left_ml, f.left.taken_ml[420]);
}

#[test]
fn without_touch_and_cues_nothing_comes() {
    let inside = seen(|s| (s.left, s.right) = (At::None, At::None));
    assert!(inside.let_downs.is_empty());
    assert_eq!((inside.totals.taken_ml, inside.first_s, inside.slowed_s), (0.0, None, None));
    assert!(inside.frames.both.ducts_ml.iter().all(|ml| *ml == 0.0));
}

#[test]
fn cues_alone_let_milk_down_and_it_flows_back() {
    let inside = seen(|s| (s.left, s.right, s.cues) = (At::None, At::None, Cues(0.6)));
    assert_eq!(inside.let_downs.len(), 1, "touch keeps them coming, a thought does not");
    let ducts = &inside.frames.both.ducts_ml;
    assert!(ducts.iter().any(|ml| *ml > 5.0));
    assert!(ducts.last().unwrap() < &0.5);
    assert_eq!(inside.totals.taken_ml, 0.0);
}

#[test]
fn stress_delays_the_first_let_down() {
    let mean_s = |stress: f64| {
        let first =
            |seed| seen(|s| (s.seed, s.stress, s.minutes) = (seed, stress, 40.0)).first_s.unwrap_or(2400.0);
        (0..10).map(first).sum::<f64>() / 10.0
    };
    assert!(mean_s(0.6) > 1.3 * mean_s(0.0), "{} {}", mean_s(0.6), mean_s(0.0));
}

#[test]
fn a_breast_that_nothing_is_at_keeps_its_milk() {
    let inside = seen(|s| (s.left, s.right) = (At::Baby, At::None));
    assert!(inside.totals.left_ml > 30.0);
    assert_eq!(inside.totals.right_ml, 0.0);
    assert!(inside.frames.right.ducts_ml.iter().any(|ml| *ml > 5.0), "one reflex serves both");
}

#[test]
fn the_same_settings_give_the_same_session() {
    assert_eq!(seen(|_| ()), seen(|_| ()));
    assert_ne!(seen(|_| ()), seen(|s| s.seed = 2));
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence() {
    let refused = |change: fn(&mut InsideSettings)| look(&settings(change)).unwrap_err().to_string();
    assert_eq!(refused(|s| s.minutes = 41.0), "minutes: 41 must lie between 1 and 40.");
    assert_eq!(refused(|s| s.fullness = -0.1), "fullness: -0.1 must lie between 0 and 1.2.");
    assert_eq!(refused(|s| s.vacuum = 1.6), "vacuum: 1.6 must lie between 0 and 1.5.");
    assert_eq!(refused(|s| s.suck = 1.1), "suck: 1.1 must lie between 0 and 1.");
    assert_eq!(refused(|s| s.massage = 2.0), "massage: 2 must lie between 0 and 1.");
    assert_eq!(refused(|s| s.cues = Cues(0.7)), "cues: 0.7 must lie between 0 and 0.6.");
    assert_eq!(refused(|s| s.stress = f64::NAN), "stress: NaN must lie between 0 and 2.");
    assert_eq!(refused(|s| s.pain = 2.5), "pain: 2.5 must lie between 0 and 2.");
}

#[test]
fn settings_are_read_from_json() {
    let read = |json: &str| serde_json::from_str::<InsideSettings>(json);
    let given = read(r#"{"left":"baby","right":"pump","cues":"clear","stress":1,"seed":7}"#).unwrap();
    let expected =
        InsideSettings { left: At::Baby, cues: Cues(0.3), stress: 1.0, seed: 7, ..InsideSettings::default() };
    assert_eq!(given, expected);
    assert_eq!(read(r#"{"cues":0.25}"#).unwrap().cues, Cues(0.25));
    assert_eq!(read("{}").unwrap(), InsideSettings::default());
    let said = |json: &str| read(json).unwrap_err().to_string();
    assert!(said(r#"{"vacum":1}"#).contains("unknown field `vacum`"));
    assert!(said(r#"{"cues":"loud"}"#).contains("cues: say none, faint, clear, strong"));
    assert!(said(r#"{"left":"cup"}"#).contains("unknown variant `cup`"));
}

#[test]
fn answers_are_short_text() {
    let json = serde_json::to_value(seen(|s| s.minutes = 1.0)).unwrap();
    assert_eq!(json["frames"]["t_s"].as_array().unwrap().len(), 61);
    let drive = json["frames"]["drive"][5].as_f64().unwrap();
    assert_eq!(drive, (1000.0 * drive).round() / 1000.0);
    assert!(json["let_downs"].is_array() && json["totals"]["available_ml"].is_f64());
}
