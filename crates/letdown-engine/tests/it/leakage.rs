use crate::logs::{at, entries, ml, simulated};
use jiff::{ToSpan, civil::Date};
use letdown_engine::{
    backtest::{Scored, Window, rows},
    observed::Observed,
};
use letdown_journal::{
    body::{Body, Nurse, Pump, Technique},
    fold::Folded,
    moment::{Moment, place},
};
use std::sync::LazyLock;

const NOW: &str = "2026-10-02T12:00:00+02:00[Europe/Berlin]";

const DECLARED: &str = r#"
    days = 30
    start = "2026-09-01"
    zone = "Europe/Berlin"
    schedule = ["02:00", "07:00", "12:00", "17:00", "22:00"]
    per_side = false
"#;

/// Thirty days of pumping and some nursing: lengths vary, some sessions have no volume.
static MONTH: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let bodies = simulated(DECLARED, 11);
    bodies.into_iter().enumerate().map(|(i, body)| varied(i, body)).collect()
});

static ROWS: LazyLock<Vec<Scored>> = LazyLock::new(|| scored(&MONTH));

fn varied(i: usize, body: Body) -> Body {
    let Body::Pump(pump) = body else { return body };
    let minutes = Some(10.0 + (i * 7 % 15) as f64);
    match i % 11 {
        3 => Body::Pump(Pump { minutes, total: None, ..pump }),
        7 => Body::Nurse(Nurse { minutes, ..Nurse::at(pump.start) }),
        _ => Body::Pump(Pump { minutes, ..pump }),
    }
}

fn scored(bodies: &[Body]) -> Vec<Scored> {
    let observed = Observed::at(&Folded::of(entries(bodies)), &at(NOW));
    rows(&observed, Window::default(), 1, &mut |_, _| {}).0
}

fn day(number: i64) -> Date {
    "2026-09-01".parse::<Date>().unwrap() + number.days()
}

fn on(day: Date, hour: i8) -> Moment {
    place(day.at(hour, 0, 0, 0), at(NOW).time_zone()).at
}

/// Every digit of every number.
fn digits<'a>(rows: impl IntoIterator<Item = &'a Scored>) -> Vec<String> {
    rows.into_iter().map(|row| format!("{row:?}")).collect()
}

fn cut(behind: &Moment) -> Vec<Body> {
    MONTH.iter().filter(|body| body.start() < behind).cloned().collect()
}

fn changed(when: Date, change: impl Fn(Pump) -> Pump) -> Vec<Body> {
    let one = |body: Body| match body {
        Body::Pump(pump) if pump.start.date() == when => Body::Pump(change(pump)),
        other => other,
    };
    cut(&on(day(25), 0)).into_iter().map(one).collect()
}

fn of_day(rows: &[Scored], day: Date) -> Vec<&Scored> {
    rows.iter().filter(|r| r.day == day).collect()
}

/// What was said before the volumes were known.
fn said(rows: Vec<&Scored>) -> Vec<String> {
    let unscored = |r: &Scored| {
        let both = [r.full, r.mechanistic].map(|f| (f.median_ml, f.range_ml));
        format!("{} {both:?} {:?}", r.at, r.baselines)
    };
    rows.into_iter().map(unscored).collect()
}

#[test]
fn a_log_cut_at_a_day_gets_the_same_rows() {
    for last in [14, 20, 21, 25].map(day) {
        let ours = scored(&cut(&on(last + 1.day(), 0)));
        let theirs = digits(ROWS.iter().filter(|r| r.day <= last));
        assert!(!theirs.is_empty());
        assert_eq!(digits(&ours), theirs, "cut behind {last}");
    }
}

#[test]
fn a_log_cut_at_noon_gets_the_same_rows_until_then() {
    let noon = on(day(23), 12);
    let ours = scored(&cut(&noon));
    assert!(ours.last().unwrap().day == day(23));
    assert_eq!(digits(&ours), digits(ROWS.iter().filter(|r| r.at < noon.timestamp())));
}

#[test]
fn what_a_day_brought_is_not_known_to_its_forecasts() {
    let last = day(24);
    let other = |pump: Pump| Pump {
        minutes: Some(55.0),
        left: pump.total.map(|_| ml(233.0)),
        total: None,
        techniques: vec![Technique::Massage],
        note: Some("all else".into()),
        ..pump
    };
    let ours = scored(&changed(last, other));
    assert!(of_day(&ours, last).iter().all(|r| r.ml == 233.0));
    assert_eq!(said(of_day(&ours, last)), said(of_day(&ROWS, last)));
    let until = |rows: &[Scored]| digits(rows.iter().filter(|r| r.day < last));
    assert_eq!(until(&ours), until(&ROWS));
}

#[test]
fn what_the_day_before_brought_is_known() {
    let last = day(24);
    let more = |pump: Pump| Pump { total: pump.total.as_ref().map(|t| ml(t.as_ml() + 80.0)), ..pump };
    let ours = scored(&changed(day(23), more));
    for (ours, theirs) in of_day(&ours, last).iter().zip(of_day(&ROWS, last)) {
        assert_ne!(ours.full.median_ml.to_bits(), theirs.full.median_ml.to_bits());
        assert_ne!(ours.mechanistic.median_ml.to_bits(), theirs.mechanistic.median_ml.to_bits());
        assert_ne!(ours.baselines, theirs.baselines);
    }
}

#[test]
fn which_breast_was_pumped_is_not_known_to_a_twin_of_two() {
    let two = simulated(&DECLARED.replace("per_side = false", "per_side = true"), 12);
    let two: Vec<Body> = two.into_iter().filter(|b| *b.start() < on(day(19), 0)).collect();
    let left_only = |body: &Body| match body {
        Body::Pump(pump) if pump.start.date() == day(18) => Body::Pump(Pump { right: None, ..pump.clone() }),
        other => other.clone(),
    };
    let one: Vec<Body> = two.iter().map(left_only).collect();
    let (both, left) = (only(day(18), &two), only(day(18), &one));
    assert!(both.iter().zip(&left).all(|(b, l)| l.ml < b.ml));
    assert_eq!(said(both.iter().collect()), said(left.iter().collect()));
}

fn only(day: Date, bodies: &[Body]) -> Vec<Scored> {
    let window = Window { from: Some(day), to: Some(day) };
    let observed = Observed::at(&Folded::of(entries(bodies)), &at(NOW));
    assert_eq!(observed.before(on(day, 0).timestamp()).reading().breasts, letdown_fit::log::Breasts::Two);
    let (rows, fits) = rows(&observed, window, 1, &mut |_, _| {});
    assert_eq!((fits.made, fits.unsound, rows.is_empty()), (1, 0, false), "{fits:?}");
    rows
}
