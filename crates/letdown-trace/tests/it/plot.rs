use letdown_trace::{
    found::{Doubt, DoubtKind, Found, LetDown, Phase, PhaseKind},
    plot,
    series::{MilkSeries, Second},
};

fn series(count: usize) -> MilkSeries {
    MilkSeries {
        start_s: 30.0,
        step_cg: 10,
        seconds: (0..count).map(|s| Second::new(0.05 * s as f64, 0)).collect(),
    }
}

fn let_down(onset_s: f64, volume_ml: f64) -> LetDown {
    LetDown {
        onset_s,
        onset_sd_s: 1.0,
        end_s: onset_s + 60.0,
        volume_ml,
        volume_sd_ml: 0.5,
        peak_ml_per_min: 20.0,
        confidence: 0.9,
    }
}

fn found() -> Found {
    let phase = |kind, start_s, end_s| Phase { kind, start_s, end_s };
    Found {
        let_downs: vec![
            let_down(90.0, 21.2),
            let_down(300.0, 8.04),
            LetDown { volume_sd_ml: f64::INFINITY, ..let_down(500.0, 0.0) },
        ],
        first_s: Some(90.0),
        slowed_s: None,
        total_ml: 33.4,
        total_sd_ml: 1.0,
        phases: vec![
            phase(PhaseKind::BeforeFirst, 30.0, 90.0),
            phase(PhaseKind::LetDown, 90.0, 150.0),
            phase(PhaseKind::Pause, 150.0, 629.0),
        ],
        doubts: vec![Doubt { kind: DoubtKind::Lift, start_s: 200.0, end_s: 210.0, offset_g: 0.0 }],
    }
}

fn count(svg: &str, what: &str) -> usize {
    svg.matches(what).count()
}

/// Tags that open and tags that close, as an XML reader counts them.
#[track_caller]
fn is_whole(svg: &str) {
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && svg.is_ascii(), "{svg}");
    assert!(["NaN", "inf", "&"].iter().all(|word| !svg.contains(word)), "{svg}");
    let closed = count(svg, "/>") + count(svg, "</");
    assert_eq!(count(svg, "<") - count(svg, "</"), closed, "{svg}");
    assert_eq!(svg.matches('"').count() % 2, 0);
}

#[test]
fn all_that_was_found_is_in_the_drawing() {
    let svg = plot::session(&series(600), &found());
    is_whole(&svg);
    assert!(
        svg.contains("aria-label=\"33 mL in 10 min, 3 let-downs\"")
            && svg.contains("prefers-color-scheme:dark")
    );
    assert_eq!((count(&svg, "class=\"shade\""), count(&svg, "class=\"doubt\"")), (3, 1));
    for words in
        [">21 mL<", ">8.0 mL<", ">?<", ">before milk came<", ">pause<", ">scale lifted<", ">0<", " min<"]
    {
        assert!(svg.contains(words), "{words}: {svg}");
    }
    assert!(!svg.contains("massage<"), "only phases that there were are explained");
}

/// 60 s after the first second of 599 s, on an axis from 44 to 404.
#[test]
fn a_let_down_stands_at_its_time() {
    let svg = plot::session(&series(600), &found());
    let x = 44.0 + 360.0 * 60.0 / 599.0;
    assert!(svg.contains(&format!("<rect class=\"shade\" x=\"{x:.1}\"")), "{svg}");
}

#[test]
fn any_length_can_be_drawn() {
    for seconds in [0, 1, 2, 11, 21_600] {
        let svg = plot::session(&series(seconds), &Found::default());
        is_whole(&svg);
        assert!(svg.contains("no let-down seen") && svg.len() < 40_000, "{seconds} s: {} bytes", svg.len());
    }
    let far = Found { let_downs: vec![let_down(-1e9, 1e9); 300], ..found() };
    is_whole(&plot::session(&series(600), &far));
}
