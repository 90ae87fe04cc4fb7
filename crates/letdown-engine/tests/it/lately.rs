use crate::logs::{AUTUMN, EVE, HERS, observed, pumped, simulated};
use jiff::ToSpan;
use letdown_engine::{
    correction::{Correction, days_with_sessions, outcomes},
    lately::{Lately, lately},
    observed::{Observed, What},
    twin::Twin,
};

fn of(observed: &Observed, days: u32) -> Lately {
    lately(observed, &HERS.1, days).unwrap()
}

#[test]
fn every_session_with_a_volume_of_the_last_whole_days_is_held_against_its_forecast() {
    let told = of(&HERS.0, 14);
    let sessions =
        HERS.0.sessions.iter().filter(|s| s.day().month() == 10 && (10..=23).contains(&s.day().day()));
    let came: Vec<_> = sessions.filter_map(|s| Some((s.at.to_string(), s.output_ml()?))).collect();
    assert!(came.len() > 60, "{}", came.len());
    let ours: Vec<_> = told.sessions.iter().map(|s| (s.at.clone(), s.came_ml)).collect();
    assert_eq!(ours, came);
}

#[test]
fn the_count_and_the_error_are_those_of_its_sessions() {
    let told = of(&HERS.0, 14);
    let (mut within, mut off) = (0, 0.0);
    for was in &told.sessions {
        let inside = was.came_ml >= was.likely_ml.p10 && was.came_ml <= was.likely_ml.p90;
        assert_eq!(was.within, inside, "{was:?}");
        within += usize::from(inside);
        off += (was.came_ml - was.likely_ml.p50).abs();
    }
    assert_eq!(told.within, within);
    assert!((told.mae_ml.unwrap() - off / told.sessions.len() as f64).abs() <= 0.05 + 1e-9);
    let start = format!(
        "Of {} sessions in the last 14 days, {within} lay in their likely range",
        told.sessions.len()
    );
    assert!(told.says.starts_with(&start), "{}", told.says);
    assert!(told.says.contains("has seen those days"), "{}", told.says);
    // Her log is simulated by the model that is fitted to it: ranges hold what they say, as far as 80 sessions can tell.
    let share = within as f64 / told.sessions.len() as f64;
    assert!((0.65..=0.95).contains(&share), "{share}");
}

/// A day asked for by itself, from a log that ends with it.
#[test]
fn a_forecast_is_that_of_its_midnight() {
    let day = "2026-10-20".parse().unwrap();
    let (observed, twin) = &*HERS;
    let fitted = twin.fitted().unwrap();
    let known = observed.before(observed.day_start("2026-10-21".parse().unwrap()));
    let first = known.sessions.first().unwrap().day().saturating_add(2.days());
    let seen = outcomes(
        &known,
        &fitted.reading,
        &fitted.posterior.thinned(60),
        &days_with_sessions(&known, first, day),
    );
    let origin = observed.day_start(day);
    let rounding = observed.before(origin).reading().rounding;
    let correction = Correction::learned(&seen, origin, rounding.step_ml());
    let told = of(observed, 14);
    let mut compared = 0;
    for outcome in seen.iter().filter(|o| o.at >= origin) {
        let session = observed.sessions.iter().find(|s| s.root == outcome.root).unwrap();
        let was = told.sessions.iter().find(|w| w.at == session.at.to_string()).unwrap();
        for (p, ml) in [(0.1, was.likely_ml.p10), (0.5, was.likely_ml.p50), (0.9, was.likely_ml.p90)] {
            let theirs = rounding.round_ml(correction.quantile(outcome, p));
            assert!((ml - theirs).abs() <= 0.05 + 1e-9, "{was:?}: {ml} for {theirs}");
        }
        compared += 1;
    }
    assert!(compared > 4);
}

#[test]
fn what_came_later_changes_no_forecast_before() {
    let (observed, _) = &*HERS;
    let mut other = observed.clone();
    let last = "2026-10-23".parse().unwrap();
    for session in other.sessions.iter_mut().filter(|s| s.day() >= last) {
        if let What::Pump { output_ml, .. } = &mut session.what {
            *output_ml = output_ml.map(|ml| 0.5 * ml);
        }
    }
    let (ours, theirs) = (of(observed, 14), of(&other, 14));
    let before = |told: &Lately| -> Vec<_> {
        told.sessions.iter().filter(|s| !s.at.starts_with("2026-10-23")).cloned().collect()
    };
    assert_eq!(before(&ours), before(&theirs));
    assert_ne!(ours.mae_ml, theirs.mae_ml);
}

#[test]
fn without_sessions_there_is_nothing_to_compare() {
    let told = of(&HERS.0, 0);
    assert_eq!((told.sessions.len(), told.within, told.mae_ml), (0, 0, None));
    let late = observed(&simulated(AUTUMN, 3), "2026-12-24T20:30:00+01:00[Europe/Berlin]");
    let told = lately(&late, &HERS.1, 14).unwrap();
    assert_eq!(told.sessions.len(), 0);
    assert!(told.says.starts_with("No session with a volume in the last 14 days"), "{}", told.says);
}

#[test]
fn without_a_twin_it_says_why() {
    let few = observed(&[pumped("2026-10-23T06:00:00+02:00[Europe/Berlin]", 90.0)], EVE);
    let twin = Twin::quick(&few, 1);
    assert!(lately(&few, &twin, 14).unwrap_err().to_string().contains("more pump sessions with a volume"));
}
