use crate::logs::{at, entries, ml, nursed, observed, pumped, unmeasured};
use letdown_engine::{
    observed::{Observed, Session, What},
    red_flags::RedFlags,
    today::today,
    twin::Twin,
};
use letdown_fit::log::{Breasts, Removal, Seen};
use letdown_journal::{
    author::Author,
    body::{Body, Bottle, Diaper, Drink, Hand, Pump},
    fold::Folded,
    volume::Volume,
};
use letdown_model::removal::Sides;

const START: &str = "2026-11-24T10:00:00+01:00[Europe/Berlin]";
const NOON: &str = "2026-11-24T12:00:00+01:00[Europe/Berlin]";

fn of_twenty_minutes() -> Body {
    Body::Pump(Pump { minutes: Some(20.0), total: Some(ml(90.0)), ..Pump::at(at(START)) })
}

#[test]
fn a_session_is_known_from_its_end() {
    let seen = |now: &str| observed(&[of_twenty_minutes()], now).sessions.len();
    assert_eq!(seen("2026-11-24T10:19:59+01:00[Europe/Berlin]"), 0);
    assert_eq!(seen("2026-11-24T10:20:00+01:00[Europe/Berlin]"), 1);
}

#[test]
fn a_session_without_a_length_is_known_from_its_start() {
    let seen = |now: &str| observed(&[pumped(START, 90.0)], now).sessions.len();
    assert_eq!(seen("2026-11-24T09:59:59+01:00[Europe/Berlin]"), 0);
    assert_eq!(seen(START), 1);
}

#[test]
fn what_was_taken_back_is_gone_and_what_was_corrected_counts() {
    let mut author = Author::new("phone").unwrap();
    let wrong = author.put(&pumped(START, 900.0), 1_000, [1; 10]);
    let right = author.edit(&wrong, &pumped(START, 90.0), 2_000, [2; 10]);
    let gone = author.delete(&right, 3_000, [3; 10]);
    let outputs = |entries: &[letdown_journal::entry::Entry]| {
        Observed::at(&Folded::of(entries.to_vec()), &at(NOON)).trusted_outputs_ml()
    };
    assert_eq!(outputs(&[wrong.clone(), right.clone()]), [90.0]);
    assert!(outputs(&[wrong, right, gone]).is_empty());
}

#[test]
fn numbers_are_as_old_as_the_newest_session() {
    let bottle = Body::Bottle(Bottle::at(at(START), letdown_journal::body::Milk::Expressed));
    let diaper = Body::Diaper(Diaper::at(at("2026-11-24T11:00:00+01:00[Europe/Berlin]"), true, false));
    let alone = observed(&[bottle.clone(), diaper.clone()], NOON);
    assert!(alone.sessions.is_empty());
    assert_eq!(alone.data_age_h(), None, "nothing was said about supply");
    let age_h = |session| observed(&[bottle.clone(), session, diaper.clone()], NOON).data_age_h();
    assert_eq!(age_h(of_a_quarter_at_nine()), Some(2.75), "from its end");
    assert_eq!(age_h(nursed("2026-11-24T09:00:00+01:00[Europe/Berlin]")), Some(3.0));
}

fn of_a_quarter_at_nine() -> Body {
    let start = at("2026-11-24T09:00:00+01:00[Europe/Berlin]");
    Body::Pump(Pump { minutes: Some(15.0), ..Pump::at(start) })
}

#[test]
fn sessions_stand_in_order_of_time_in_whatever_zone() {
    let bodies = [
        pumped("2026-11-24T11:00:00+01:00[Europe/Berlin]", 3.0),
        pumped("2026-11-24T04:30:00-05:00[America/New_York]", 2.0),
        pumped("2026-11-24T17:00:00+08:00[Australia/Perth]", 1.0),
    ];
    let order: Vec<f64> = observed(&bodies, NOON).sessions.iter().filter_map(Session::output_ml).collect();
    assert_eq!(order, [1.0, 2.0, 3.0]);
}

fn seen_of(observed: &Observed) -> Vec<Option<f64>> {
    let log = observed.fit_log(&observed.reading()).unwrap();
    let seen = |removal: &Removal| match removal {
        Removal::Pump { seen: Seen::Total { ml, .. }, .. } => Some(*ml),
        Removal::Pump { seen: Seen::Nothing, .. } | Removal::Baby { .. } => None,
        Removal::Pump { .. } => unreachable!("{removal:?}"),
    };
    log.events().iter().map(|e| seen(&e.removal)).collect()
}

#[test]
fn a_doubtful_volume_is_listed_and_flagged_but_not_fitted() {
    let slip = pumped("2026-11-24T11:00:00+01:00[Europe/Berlin]", 1331.0);
    let observed = observed(&[of_twenty_minutes(), slip], NOON);
    assert_eq!(observed.sessions[1].output_ml(), Some(1331.0));
    assert_eq!(observed.trusted_outputs_ml(), [90.0]);
    assert_eq!(seen_of(&observed), [Some(90.0), None], "it ends a gap all the same");
    let flags = today(&observed, &Twin::Pending, &RedFlags::default()).flags;
    assert!(flags.iter().any(|f| f.what.starts_with("2026-11-24 11:00: 1331 mL")), "{flags:?}");
}

#[test]
fn two_zeros_are_doubtful_and_one_zero_counts() {
    let zeros = Body::Pump(Pump { left: Some(ml(0.0)), right: Some(ml(0.0)), ..Pump::at(at(START)) });
    let nothing_came = pumped("2026-11-24T11:00:00+01:00[Europe/Berlin]", 0.0);
    assert_eq!(seen_of(&observed(&[zeros, nothing_came], NOON)), [None, Some(0.0)]);
}

#[test]
fn no_volume_is_not_zero() {
    let observed = observed(&[unmeasured(START), nursed(START), pumped(START, 0.0)], NOON);
    let outputs: Vec<Option<f64>> = observed.sessions.iter().map(Session::output_ml).collect();
    assert_eq!(outputs, [None, None, Some(0.0)]);
}

fn with_sides(count: usize) -> Observed {
    let start = |hour: usize| format!("2026-11-2{}T{:02}:00:00+01:00[Europe/Berlin]", hour / 20, hour % 20);
    let sides =
        |i| Body::Pump(Pump { left: Some(ml(50.0)), right: Some(ml(40.0)), ..Pump::at(at(&start(i))) });
    let total =
        Body::Pump(Pump { left: Some(ml(30.0)), ..Pump::at(at("2026-11-23T10:00:00+01:00[Europe/Berlin]")) });
    observed(&[(0..count).map(sides).collect(), vec![total]].concat(), NOON)
}

#[test]
fn ten_sessions_with_both_sides_tell_two_breasts_apart() {
    assert_eq!(with_sides(9).reading().breasts, Breasts::One);
    let two = with_sides(10);
    assert_eq!(two.reading().breasts, Breasts::Two);
    let log = two.fit_log(&two.reading()).unwrap();
    let left_only = log.events().last().unwrap().removal;
    let Removal::Pump { sides, seen, .. } = left_only else { unreachable!() };
    assert_eq!(sides, Sides::Left);
    assert_eq!(seen, Seen::PerSide { ml: [Some(30.0), None], step_ml: 30.0 });
}

fn of_lengths(length: impl Fn(u32) -> f64) -> bool {
    let start = |i: u32| {
        at("2026-11-01T10:00:00+01:00[Europe/Berlin]")
            .saturating_add(jiff::SignedDuration::from_hours(4 * i64::from(i)))
    };
    let session =
        |i| Body::Pump(Pump { minutes: Some(length(i)), total: Some(ml(90.0)), ..Pump::at(start(i)) });
    let bodies: Vec<Body> = (0..40).map(session).collect();
    observed(&bodies, NOON).reading().lengths
}

#[test]
fn lengths_are_read_where_they_differ() {
    assert!(of_lengths(|i| f64::from(10 + 5 * (i % 3))));
    assert!(!of_lengths(|_| 15.0));
    assert!(!of_lengths(|i| f64::from(15 + i % 2)), "a minute more or less says nothing");
}

/// Forty sessions of varied lengths, and one of which the watch was left running.
#[test]
fn a_doubtful_length_is_kept_but_not_fitted() {
    let start = |i: u32| {
        at("2026-11-01T10:00:00+01:00[Europe/Berlin]")
            .saturating_add(jiff::SignedDuration::from_hours(5 * i64::from(i)))
    };
    let session =
        |i, minutes| Body::Pump(Pump { minutes: Some(minutes), total: Some(ml(90.0)), ..Pump::at(start(i)) });
    let varied = (0..40).map(|i| session(i, f64::from(10 + 5 * (i % 3))));
    let observed =
        observed(&varied.chain([session(40, 181.0), session(41, 180.0)]).collect::<Vec<_>>(), NOON);
    let log = observed.fit_log(&observed.reading()).unwrap();
    let fitted = |i: usize| match log.events()[i].removal {
        Removal::Pump { minutes, seen, .. } => (minutes, seen != Seen::Nothing),
        Removal::Baby { .. } => unreachable!(),
    };
    assert_eq!([fitted(0), fitted(40), fitted(41)], [(Some(10.0), true), (None, true), (Some(180.0), true)]);
    let minutes = |i: usize| match observed.sessions[i].what {
        What::Pump { minutes, .. } => minutes,
        What::Nurse { .. } | What::Hand { .. } => None,
    };
    assert_eq!(minutes(40), Some(181.0), "it is shown as it was logged");
}

#[test]
fn one_watch_left_running_makes_no_lengths_differ() {
    assert!(!of_lengths(|i| if i == 7 { 600.0 } else { 15.0 }));
}

/// Of what the sides and the total of a session say: what is scored, which breasts were pumped, and what the fit sees of
/// each or of both. Ten sessions with both sides stand before it.
fn fitted_of([left, right, total]: [Option<f64>; 3]) -> (Option<f64>, Sides, Vec<Option<f64>>) {
    let start = |hour: usize| at(&format!("2026-11-23T{hour:02}:00:00+01:00[Europe/Berlin]"));
    let both =
        |hour| Body::Pump(Pump { left: Some(ml(50.0)), right: Some(ml(40.0)), ..Pump::at(start(hour)) });
    let volume = |v: Option<f64>| v.map(ml);
    let last = Pump { left: volume(left), right: volume(right), total: volume(total), ..Pump::at(at(START)) };
    let observed = observed(&(0..10).map(both).chain([Body::Pump(last)]).collect::<Vec<_>>(), NOON);
    let log = observed.fit_log(&observed.reading()).unwrap();
    let (sides, seen) = match log.events().last().unwrap().removal {
        Removal::Pump { sides, seen: Seen::PerSide { ml, .. }, .. } => (sides, ml.to_vec()),
        Removal::Pump { sides, seen: Seen::Total { ml, .. }, .. } => (sides, vec![Some(ml)]),
        other => unreachable!("{other:?}"),
    };
    (observed.sessions.last().unwrap().output_ml(), sides, seen)
}

#[test]
fn a_total_says_what_the_other_side_brought() {
    let (sixty, thirty) = (Some(60.0), Some(30.0));
    assert_eq!(fitted_of([sixty, None, Some(90.0)]), (Some(90.0), Sides::Both, vec![sixty, thirty]));
    assert_eq!(fitted_of([None, sixty, Some(90.0)]), (Some(90.0), Sides::Both, vec![thirty, sixty]));
    assert_eq!(fitted_of([sixty, None, sixty]), (sixty, Sides::Left, vec![sixty, None]));
    assert_eq!(fitted_of([sixty, None, None]), (sixty, Sides::Left, vec![sixty, None]));
}

/// What is fitted is what is scored.
#[test]
fn a_total_that_the_sides_contradict_stands_alone() {
    let (sixty, ninety) = (Some(60.0), Some(90.0));
    assert_eq!(fitted_of([sixty, None, Some(50.0)]), (Some(50.0), Sides::Left, vec![Some(50.0)]));
    assert_eq!(fitted_of([sixty, sixty, ninety]), (ninety, Sides::Both, vec![ninety]));
    assert_eq!(fitted_of([sixty, sixty, Some(122.0)]), (Some(122.0), Sides::Both, vec![sixty, sixty]));
}

#[test]
fn an_entry_that_cannot_be_read_is_counted_aloud() {
    let good = entries(&[pumped(START, 90.0)]).remove(0);
    let broken =
        letdown_journal::entry::Entry::read(&good.write().replace("\"total_ml\":90.0", "\"total_ml\":-5"))
            .unwrap();
    let observed = Observed::at(&Folded::of([broken]), &at(NOON));
    assert_eq!((observed.sessions.len(), observed.unreadable), (0, 1));
    let flags = today(&observed, &Twin::Pending, &RedFlags::default()).flags;
    assert!(flags.iter().any(|f| f.what.contains("could not be read")), "{flags:?}");
}

/// Milk expressed by hand ends a gap; which share of it came is not known.
#[test]
fn a_hand_ends_a_gap_and_no_volume_of_it_is_fitted() {
    let hand = Body::Hand(Hand { left: Some(ml(40.0)), minutes: Some(10.0), ..Hand::at(at(START)) });
    let log = observed(&[pumped("2026-11-24T06:00:00+01:00[Europe/Berlin]", 80.0), hand], NOON);
    assert_eq!(log.trusted_outputs_ml(), [80.0]);
    assert!(matches!(log.sessions[1].what, What::Hand { sides: Sides::Left }));
    let fit_log = log.fit_log(&log.reading()).unwrap();
    assert_eq!(fit_log.events()[1].removal, Removal::Baby { sides: Sides::Left, drank: None });
    assert_eq!(log.data_age_h(), Some(110.0 / 60.0), "from its end");
}

/// Nothing she drinks is a way to milk: a litre more changes no number of today. The control is a session more.
#[test]
fn a_litre_more_to_drink_changes_no_number() {
    let sessions = crate::logs::simulated(crate::logs::AUTUMN, 3);
    let now = "2026-10-24T20:00:00+02:00[Europe/Berlin]";
    let answer = |more: Option<Body>| {
        let observed = observed(&sessions.iter().cloned().chain(more).collect::<Vec<_>>(), now);
        serde_json::to_string(&today(&observed, &Twin::quick(&observed, 1), &RedFlags::default())).unwrap()
    };
    let start = at("2026-10-24T19:30:00+02:00[Europe/Berlin]");
    let drink = Drink { volume: Volume::ml(1_000.0).ok(), ..Drink::at(start) };
    let before = answer(None);
    assert_eq!(answer(Some(Body::Drink(drink))), before);
    assert_ne!(answer(Some(pumped("2026-10-24T19:30:00+02:00[Europe/Berlin]", 90.0))), before);
}
