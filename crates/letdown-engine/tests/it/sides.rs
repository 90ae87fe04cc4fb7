use crate::logs::{EVE, HERS, observed, simulated};
use letdown_engine::{
    habit::Habit, observed::Observed, red_flags::RedFlags, sides::Sides, today::today, twin::Twin,
};
use letdown_fit::{
    predict::{Coming, Outlook},
    steps::Remover,
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

#[test]
fn both_sides_are_the_whole() {
    let (observed, twin) = &*UNLIKES;
    let whole = today(observed, twin, &RedFlags::default()).supply_ml_per_day.unwrap();
    let Sides { left, right } = sides_of(observed, twin);
    assert!((left.p50 + right.p50 - whole.p50).abs() < 0.03 * whole.p50, "{left:?} {right:?} {whole:?}");

    let fitted = twin.fitted().unwrap();
    let log = observed.fit_log(&fitted.reading).unwrap();
    let now_h = observed.hour_of(observed.now.timestamp());
    let course = Habit::of(observed).typical(&observed.now, 2);
    let plan: Vec<Coming> = course
        .iter()
        .map(|l| Coming { at_h: observed.hour_of(l.at.timestamp()), by: Remover::Pump(None) })
        .collect();
    let each = Outlook::at(&fitted.posterior, &log, now_h).expected(&plan);
    let made_ml = each.iter().map(|future| future.made_ml).sum::<f64>() / each.len() as f64;
    let per_day = made_ml / (plan.last().unwrap().at_h - now_h) * 24.0;
    let both = left.p50 + right.p50;
    assert!((both - per_day).abs() < 0.02 * per_day, "{left:?} {right:?} {per_day}");
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
