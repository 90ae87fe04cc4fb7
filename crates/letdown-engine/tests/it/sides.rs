use crate::logs::{EVE, HERS, observed, simulated};
use letdown_engine::{
    habit::Habit,
    observed::Observed,
    red_flags::RedFlags,
    sides::Sides,
    today::today,
    twin::{Fitted, Twin},
};
use letdown_fit::{
    belief::Remover,
    predict::{Coming, Outlook},
};
use std::sync::LazyLock;

/// A woman whose left breast makes more; both sides are written down.
pub(crate) const UNLIKE: &str = r#"
    days = 14
    start = "2026-10-11"
    zone = "Europe/Berlin"
    per_side = true
    skip = 0
    [mother]
    capacity_ml_per_h = [22.0, 12.0]
"#;

pub(crate) static UNLIKES: LazyLock<(Observed, Twin)> = LazyLock::new(|| {
    let observed = observed(&simulated(UNLIKE, 5), EVE);
    let twin = Twin::quick(&observed, 1);
    assert_eq!(twin.state().state, "ready", "{:?}", twin.state());
    (observed, twin)
});

fn sides_of(observed: &Observed, twin: &Twin) -> Sides {
    today(observed, twin, &RedFlags::default()).sides.unwrap()
}

/// The twin with a single one of its draws: every range is a point.
fn one_draw(twin: &Twin, place: usize) -> Twin {
    let Fitted { at, log, reading, posterior, basis } = twin.fitted().unwrap().clone();
    let mut posterior = posterior;
    posterior.draws = vec![posterior.draws[place].clone()];
    Twin::Ready(Box::new(Fitted { at, log, reading, posterior, basis }))
}

#[test]
fn both_sides_are_the_whole() {
    let (observed, twin) = &*UNLIKES;
    let whole = today(observed, twin, &RedFlags::default()).supply_ml_per_day.unwrap();
    let Sides { left, right } = sides_of(observed, twin);
    assert!((left.p50 + right.p50 - whole.p50).abs() < 0.03 * whole.p50, "{left:?} {right:?} {whole:?}");
    for place in [0, 7, 40] {
        let twin = one_draw(twin, place);
        let Sides { left, right } = sides_of(observed, &twin);
        assert_eq!((left.p10, left.p90, right.p10), (left.p50, left.p50, right.p50));
        let fitted = twin.fitted().unwrap();
        let log = observed.fit_log(&fitted.reading).unwrap();
        let now_h = observed.hour_of(observed.now.timestamp());
        let course = Habit::of(observed).typical(&observed.now, 2);
        let plan: Vec<Coming> = course
            .iter()
            .map(|l| Coming { at_h: observed.hour_of(l.at.timestamp()), by: Remover::Pump(None) })
            .collect();
        let made_ml = Outlook::at(&fitted.posterior, &log, now_h).expected(&plan)[0].made_ml;
        let per_day = made_ml / (plan.last().unwrap().at_h - now_h) * 24.0;
        assert!((left.p50 + right.p50 - per_day).abs() < 0.11, "{left:?} {right:?} {per_day}");
    }
}

#[test]
fn the_side_that_brings_more_makes_more() {
    let Sides { left, right } = sides_of(&UNLIKES.0, &UNLIKES.1);
    assert!(left.p10 > right.p90, "{left:?} {right:?}");
    assert!(left.p10 < left.p50 && left.p50 < left.p90, "{left:?}");
}

#[test]
fn nothing_is_said_of_sides_where_totals_are_logged() {
    assert_eq!(today(&HERS.0, &HERS.1, &RedFlags::default()).sides, None);
    assert!(today(&HERS.0, &HERS.1, &RedFlags::default()).supply_ml_per_day.is_some());
}
