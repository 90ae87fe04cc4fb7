use letdown_trace::{
    found::{Found, PhaseKind},
    taps::{LASTS_S, READ_SD_ML, RIGHT, SEEN_AFTER_S, SEEN_SD_S, Tap, What, found, read, write},
};
use proptest::prelude::*;

fn tap(t_s: f64, what: What) -> Tap {
    Tap { t_s, what }
}

fn mark(t_s: f64, ml: f64) -> Tap {
    tap(t_s, What::Mark { ml })
}

fn phases(found: &Found) -> Vec<(&'static str, f64, f64)> {
    found.phases.iter().map(|phase| (phase.kind.name(), phase.start_s, phase.end_s)).collect()
}

#[test]
fn a_session_of_taps_is_told_like_one_of_a_scale() {
    let found = found(&[
        tap(64.0, What::MilkCame),
        mark(80.0, 10.0),
        mark(100.0, 20.0),
        mark(220.0, 22.0),
        tap(244.0, What::MilkCame),
        mark(270.0, 30.0),
        tap(400.0, What::Slowed),
        tap(450.0, What::MassageBegins),
        tap(500.0, What::MassageEnds),
        tap(520.0, What::PauseBegins),
        tap(560.0, What::PauseEnds),
        tap(600.0, What::Ended),
        mark(620.0, 36.0),
    ])
    .unwrap();
    let onsets: Vec<f64> = found.let_downs.iter().map(|l| l.onset_s).collect();
    assert_eq!(onsets, [60.0, 240.0]);
    assert_eq!((found.first_s, found.slowed_s, found.total_ml), (Some(60.0), Some(400.0), 36.0));
    assert_eq!(
        phases(&found),
        [
            ("before_first", 0.0, 60.0),
            ("let_down", 60.0, 100.0),
            ("between", 100.0, 240.0),
            ("let_down", 240.0, 270.0),
            ("between", 270.0, 400.0),
            ("slowed", 400.0, 450.0),
            ("massage", 450.0, 500.0),
            ("slowed", 500.0, 520.0),
            ("pause", 520.0, 560.0),
            ("slowed", 560.0, 600.0),
            ("ended", 600.0, 620.0),
        ]
    );
    let first = found.let_downs[0];
    // Of the 2 mL that came between 100 s and the next let-down half are taken to be its own.
    assert!(
        (first.volume_ml - 21.0).abs() < 1e-9 && first.end_s.to_bits() == 100.0_f64.to_bits(),
        "{first:?}"
    );
    assert!(first.volume_sd_ml >= READ_SD_ML && first.volume_sd_ml < 10.0, "{first:?}");
    // 10 mL in 20 s.
    assert!((first.peak_ml_per_min - 30.0).abs() < 1e-9, "{first:?}");
}

#[test]
fn taps_are_less_sure_than_a_scale() {
    let found =
        found(&[tap(100.0, What::MilkCame), mark(120.0, 10.0), mark(140.0, 20.0), tap(300.0, What::Ended)])
            .unwrap();
    let only = found.let_downs[0];
    assert!(only.onset_sd_s >= 5.0 && only.volume_sd_ml >= 2.0 && only.confidence <= RIGHT, "{only:?}");
}

#[test]
fn without_marks_no_volume_is_made_up() {
    let found = found(&[tap(100.0, What::MilkCame), tap(900.0, What::Ended)]).unwrap();
    let only = found.let_downs[0];
    assert!(!only.has_volume() && found.total_ml.abs() < f64::EPSILON);
    assert_eq!((only.onset_s, only.end_s), (100.0 - SEEN_AFTER_S, 100.0 - SEEN_AFTER_S + LASTS_S));
}

/// Marks that show hardly any milk make a let-down unlikely, yet what she saw stays.
#[test]
fn marks_that_speak_against_a_let_down_lower_its_confidence() {
    let session = |second_ml: f64| {
        let taps = [
            tap(60.0, What::MilkCame),
            mark(90.0, 20.0),
            mark(280.0, 21.0),
            tap(300.0, What::MilkCame),
            mark(420.0, 21.0 + second_ml),
            tap(421.0, What::Ended),
        ];
        found(&taps).unwrap().let_downs[1]
    };
    let (little, much) = (session(0.0), session(30.0));
    assert!(little.confidence < 0.5 && much.confidence > 0.8, "{little:?} {much:?}");
}

#[test]
fn two_taps_in_a_row_are_one_let_down() {
    let taps = [60.0, 63.0, 60.0 + 3.0 * SEEN_SD_S].map(|t_s| tap(t_s, What::MilkCame));
    assert_eq!(found(&taps).unwrap().let_downs.len(), 2);
}

#[test]
fn nothing_tapped_is_nothing_found() {
    assert_eq!(found(&[]).unwrap(), Found::default());
    let only_marks = found(&[mark(200.0, 10.0), mark(300.0, 20.0)]).unwrap();
    assert_eq!((only_marks.first_s, only_marks.let_downs.len(), only_marks.total_ml), (None, 0, 20.0));
    assert_eq!(phases(&only_marks), [("before_first", 0.0, 200.0), ("between", 200.0, 300.0)]);
}

#[test]
fn the_wire_keeps_its_words() {
    let all = [
        (What::MilkCame, r#""tap":"milk_came""#),
        (What::Slowed, r#""tap":"slowed""#),
        (What::Ended, r#""tap":"ended""#),
        (What::Mark { ml: 30.0 }, r#""tap":"mark","ml":30.0"#),
        (What::MassageBegins, r#""tap":"massage_begins""#),
        (What::MassageEnds, r#""tap":"massage_ends""#),
        (What::PauseBegins, r#""tap":"pause_begins""#),
        (What::PauseEnds, r#""tap":"pause_ends""#),
    ];
    for (what, words) in all {
        let json = format!(r#"{{"v":1,"taps":[{{"t_s":7.5,{words}}}]}}"#);
        assert_eq!(write(&[tap(7.5, what)]), json);
        assert_eq!(read(&json).unwrap(), [tap(7.5, what)]);
    }
}

#[test]
fn what_is_no_session_of_taps_is_refused_in_one_sentence() {
    for (json, words) in [
        ("", "taps: this is not JSON that I can read"),
        (r#"{"taps":[]}"#, "missing field `v`"),
        (r#"{"v":2,"drops":[]}"#, "version 2 is from a later Letdown than this; update it"),
        (r#"{"v":1,"taps":[{"t_s":1,"tap":"sneezed"}]}"#, "unknown variant `sneezed`"),
        (r#"{"v":1,"taps":[{"t_s":-1,"tap":"ended"}]}"#, "tap 1: -1 s must lie between 0 and 21600 s"),
        (r#"{"v":1,"taps":[{"t_s":1,"tap":"ended"},{"t_s":1e9,"tap":"ended"}]}"#, "tap 2: 1000000000 s"),
        (
            r#"{"v":1,"taps":[{"t_s":1,"tap":"mark","ml":1001}]}"#,
            "tap 1: 1001 mL must lie between 0 and 1000 mL",
        ),
        (r#"{"v":1,"taps":[{"t_s":1,"tap":"mark"}]}"#, "missing field `ml`"),
    ] {
        let said = read(json).unwrap_err().to_string();
        assert!(said.contains(words) && said.lines().count() == 1, "{json}: {said}");
    }
    let many = vec![tap(1.0, What::Ended); 1_001];
    assert!(found(&many).unwrap_err().to_string().contains("1001 are more than the 1000"));
}

fn taps() -> impl Strategy<Value = Vec<Tap>> {
    let what = prop_oneof![
        3 => Just(What::MilkCame),
        6 => (0.0..=1_000.0_f64).prop_map(|ml| What::Mark { ml }),
        1 => Just(What::Slowed),
        1 => Just(What::Ended),
        1 => Just(What::MassageBegins),
        1 => Just(What::MassageEnds),
        1 => Just(What::PauseBegins),
        1 => Just(What::PauseEnds),
    ];
    let one =
        (prop_oneof![0.0..=2_000.0_f64, Just(0.0), Just(600.0)], what).prop_map(|(t_s, what)| tap(t_s, what));
    proptest::collection::vec(one, 0..40)
}

proptest! {
    #[test]
    fn whatever_is_tapped_the_answer_makes_sense(taps in taps()) {
        let found = found(&taps).unwrap();
        let last_s = taps.iter().map(|tap| tap.t_s).fold(0.0, f64::max);
        let mut before_s = 0.0;
        for phase in &found.phases {
            prop_assert!(phase.start_s.to_bits() == f64::to_bits(before_s) && phase.start_s < phase.end_s);
            before_s = phase.end_s;
        }
        prop_assert!(found.phases.is_empty() || before_s.to_bits() == last_s.to_bits());
        prop_assert!(found.phases.windows(2).all(|two| two[0].kind != two[1].kind));
        prop_assert!(found.let_downs.windows(2).all(|two| two[0].end_s <= two[1].onset_s));
        for l in &found.let_downs {
            prop_assert!(l.onset_s < l.end_s && l.volume_ml >= 0.0 && (0.0..=1.0).contains(&l.confidence), "{l:?}");
            prop_assert!(l.volume_sd_ml > 0.0 && l.peak_ml_per_min >= 0.0 && l.peak_ml_per_min.is_finite(), "{l:?}");
        }
        prop_assert!(found.total_ml >= 0.0);
        let volumes: f64 = found.let_downs.iter().map(|l| l.volume_ml).sum();
        prop_assert!(volumes <= found.total_ml + 1e-6, "let-downs bring no more than there is");
        let has_end = taps.iter().any(|tap| tap.what == What::Ended && tap.t_s < last_s);
        prop_assert_eq!(found.phases.last().is_some_and(|phase| phase.kind == PhaseKind::Ended), has_end);
    }

    #[test]
    fn taps_come_back_from_the_wire(taps in taps()) {
        prop_assert_eq!(read(&write(&taps)).unwrap(), taps);
    }
}
