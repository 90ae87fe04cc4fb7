//! What past midnights teach of days to come.

use jiff::{ToSpan, civil::Date};
use letdown_engine::{
    day_totals::{Day, Guess},
    days_ahead::{AtLead, DayAhead, DayCorrection},
};
use std::collections::BTreeMap;

const ORIGIN: &str = "2026-10-24";

fn origin() -> Date {
    ORIGIN.parse().unwrap()
}

/// Every midnight of 40 days, each seeing four days of some 900 mL; the guesses as given.
fn seen(mean7_ml: f64, ets_ml: f64) -> Vec<DayAhead> {
    let guess = |ml| Guess { ml, sd_ml: 30.0 };
    let from = |back: i32| {
        let midnight = origin().saturating_sub(back.days());
        [(1, 0i64), (3, 2), (7, 6), (14, 13)].map(|(lead, behind)| DayAhead {
            origin: midnight,
            lead,
            day: midnight.saturating_add(behind.days()),
            samples_ml: (0..=100).map(|i| 850.0 + f64::from(i)).collect(),
            guesses: Some([guess(mean7_ml), guess(ets_ml), guess(2_000.0)]),
        })
    };
    (1..=40).flat_map(from).collect()
}

/// What every day brought.
fn came(ml: impl Fn(i32) -> f64) -> BTreeMap<Date, Day> {
    let day = |back: i32| (origin().saturating_sub(back.days()), Day::Whole(ml(back)));
    (-20..=40).map(day).collect()
}

fn middle(learned: &AtLead, mean7_ml: f64, ets_ml: f64) -> f64 {
    let ahead = &seen(mean7_ml, ets_ml)[0];
    learned.put_right(|p| ahead.quantile(p), ahead.guesses, 0.5)
}

#[test]
fn a_constant_error_is_learned_back_at_every_lead() {
    let learned = DayCorrection::learned(&seen(900.0, 900.0), &came(|_| 960.0), origin());
    for lead in [1, 2, 7, 14] {
        let moved = middle(&learned.at(lead), 900.0, 900.0) - 900.0;
        assert!((15.0..60.0).contains(&moved), "{lead} days ahead: {moved}");
    }
}

#[test]
fn the_guess_that_was_right_weighs_most_and_none_alone() {
    let learned = DayCorrection::learned(&seen(700.0, 960.0), &came(|_| 960.0), origin()).at(1);
    let middle = middle(&learned, 700.0, 960.0);
    // Four tenths of what is weighed stay those of the prior.
    assert!((910.0..945.0).contains(&middle), "{middle}");
}

#[test]
fn days_that_came_close_make_ranges_narrower() {
    let learned =
        DayCorrection::learned(&seen(900.0, 900.0), &came(|back| 897.0 + f64::from(back % 4)), origin());
    assert!(learned.at(1).stretch().at_level(0.8) < 0.5, "{:?}", learned.at(1).stretch());
}

/// Neither a day behind the origin nor `theta` has a say.
#[test]
fn what_lies_behind_the_origin_teaches_nothing() {
    let at = |ml: f64| {
        let days = came(|back| if back <= 0 { ml } else { 940.0 });
        format!("{:?}", DayCorrection::learned(&seen(900.0, 900.0), &days, origin()).at(7))
    };
    assert_eq!(at(0.0), at(5_000.0));
    let theta = |ml: f64| {
        let mut ahead = seen(900.0, 900.0);
        ahead.iter_mut().filter_map(|a| a.guesses.as_mut()).for_each(|guesses| guesses[2].ml = ml);
        format!("{:?}", DayCorrection::learned(&ahead, &came(|_| 940.0), origin()).at(7))
    };
    assert_eq!(theta(0.0), theta(5_000.0));
}

#[test]
fn nothing_seen_leaves_what_is_left_of_a_day_as_it_is() {
    let learned = DayCorrection::learned(&Vec::new(), &came(|_| 960.0), origin()).at(1);
    let ahead = &seen(900.0, 900.0)[0];
    for p in [0.1, 0.5, 0.9] {
        let ml = learned.put_right(|p| ahead.quantile(p), None, p);
        assert!((ml - ahead.quantile(p)).abs() < 1e-9);
    }
}
