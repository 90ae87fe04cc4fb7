use crate::logs::{AUTUMN, EVE, HERS, at, entries, pumped, simulated};
use letdown_engine::{
    Spread,
    observed::Observed,
    twin::Twin,
    whatif::{Change, Course, WhatIf, what_if},
};
use letdown_journal::{
    body::{Baby, Body, Symptom, SymptomKind, Weight},
    fold::Folded,
};

fn asked(change: &Change, days: u32, seed: u64) -> WhatIf {
    let (observed, twin) = &*HERS;
    what_if(&Folded::default(), observed, twin, change, days, seed).unwrap()
}

fn what(change: &str, days: u32) -> WhatIf {
    asked(&Change::read(change).unwrap(), days, 1)
}

fn is_nothing(spread: &Spread) -> bool {
    [spread.p05, spread.p10, spread.p25, spread.p50, spread.p75, spread.p90, spread.p95]
        .iter()
        .all(|ml| *ml == 0.0)
}

fn width(spread: &Spread) -> f64 {
    spread.p90 - spread.p10
}

#[test]
fn no_change_is_no_difference() {
    let answer = asked(&Change::nothing(), 7, 1);
    assert_eq!(answer.baseline, answer.changed);
    let Course { days, total_ml, made_ml_per_day, .. } = &answer.difference;
    assert!(is_nothing(total_ml) && is_nothing(made_ml_per_day));
    assert!(days.iter().all(|day| is_nothing(&day.ml) && is_nothing(&day.made_ml)));
    assert!(answer.says.contains("changes nothing"), "{}", answer.says);
}

#[test]
fn a_session_left_out_and_put_back_is_nearly_no_difference() {
    // Put back at another minute and with its own chance: the middle stands, the range does not close.
    let answer = what("drop 07:00; add 07:00", 7);
    let change = &answer.difference.ml_per_day;
    assert!(change.p50.abs() < 0.02 * answer.baseline.ml_per_day.p50, "{change:?}");
    assert!(answer.difference.sessions_per_day.abs() < 0.1);
}

#[test]
fn the_difference_has_its_own_and_narrower_range() {
    let answer = what("add 02:30", 14);
    let apart = asked(&Change::read("add 02:30").unwrap(), 14, 2);
    let together = width(&answer.difference.total_ml).powi(2);
    let independent = width(&answer.baseline.total_ml).powi(2) + width(&apart.changed.total_ml).powi(2);
    assert!(together < 0.25 * independent, "{together} against {independent}");
}

#[test]
fn the_baseline_is_what_the_forecast_expects() {
    let (observed, twin) = &*HERS;
    let forecast = letdown_engine::forecast::forecast(observed, twin, 7, 1).unwrap();
    let answer = what("massage", 7);
    for (day, ml) in forecast.days.iter().zip(&answer.baseline.days) {
        assert_eq!(day.date, ml.date);
        // A forecast also puts right what earlier ones got wrong, by the hour.
        assert!((day.ml.p50 / ml.ml.p50 - 1.0).abs() < 0.06, "{day:?} against {ml:?}");
    }
}

#[test]
fn one_more_a_day_brings_more_and_one_less_brings_less() {
    let (more, less) = (what("add 02:30", 14), what("drop 12:00", 14));
    assert!(more.difference.ml_per_day.p50 > 5.0 && less.difference.ml_per_day.p50 < -5.0);
    assert!((more.difference.sessions_per_day - 1.0).abs() < 1e-9, "{}", more.difference.sessions_per_day);
    assert!((-1.0..-0.8).contains(&less.difference.sessions_per_day), "{}", less.difference.sessions_per_day);
    // More removed, more made, and more so as days go by.
    let made: Vec<f64> = more.difference.days.iter().map(|day| day.made_ml.p50).collect();
    assert!(made[13] > made[0] && made[13] > 0.0, "{made:?}");
    assert!(
        more.says.contains("more a day") && less.says.contains("less a day"),
        "{}\n{}",
        more.says,
        less.says
    );
    assert!(more.says.contains("minutes more at the pump"), "{}", more.says);
}

#[test]
fn what_really_comes_of_one_more_a_day_lies_in_its_range() {
    // The same simulated women live on with and without it; their traits are not told to the twin.
    let live = |extra: &str| -> f64 {
        let toml = format!(
            "days = 34\nstart = \"2026-10-05\"\nzone = \"UTC\"\nper_side = false\nskip = 0\njitter_min = 0\n\
             mother = {{from = \"median\", wander_day_sd = 0, wander_gap_sd = 0, session_logit_sd = 0}}\n{extra}"
        );
        let late =
            simulated(&toml, 5).into_iter().filter(|b| b.start().date() >= "2026-10-25".parse().unwrap());
        late.filter_map(|b| if let Body::Pump(p) = b { p.output_ml() } else { None }).sum::<f64>() / 14.0
    };
    let usual = "\"03:00\", \"07:00\", \"11:00\", \"15:00\", \"19:00\", \"23:00\"";
    let more = format!("[[events]]\nfrom_day = 20\nschedule = [\"05:00\", {usual}]");
    let truth = live(&more) - live("");
    let answer = what("add 05:00", 14);
    let said = &answer.difference.ml_per_day;
    assert!(truth > 0.0 && said.p05 <= truth && truth <= said.p95, "{truth} against {said:?}");
}

#[test]
fn longer_sessions_take_more_and_say_what_is_unproven() {
    let (longer, shorter) = (what("+5min", 7), what("-5min", 7));
    assert!(longer.difference.ml_per_day.p50 > 0.0 && shorter.difference.ml_per_day.p50 < 0.0);
    assert!(longer.unproven[0].contains("unproven") && longer.says.contains("unproven"));
    assert!(shorter.unproven.is_empty());
    let minutes = longer.difference.minutes_per_day / longer.baseline.sessions_per_day;
    assert!((minutes - 5.0).abs() < 0.1, "{minutes}");
}

#[test]
fn massage_that_she_never_tried_is_as_wide_as_what_others_saw() {
    let answer = what("massage", 7);
    assert!(answer.difference.ml_per_day.p90 > 0.0 && answer.unproven[0].contains("not measured yet"));
    let warmth = what("warmth", 7).difference.ml_per_day;
    assert!(warmth.p10 < 0.0 && warmth.p90 > 0.0, "{warmth:?}");
}

#[test]
fn at_the_weekend_the_baby_drinks_and_the_rest_is_made_as_before() {
    let answer = what("nurse sat,sun", 14);
    for (day, is) in answer.changed.days.iter().zip(&answer.baseline.days) {
        let weekend = day.date.parse::<jiff::civil::Date>().unwrap().weekday().to_monday_zero_offset() >= 5;
        assert_eq!(is_nothing(&day.ml), weekend, "{}", day.date);
        assert!((day.made_ml.p50 / is.made_ml.p50 - 1.0).abs() < 0.1, "{}", day.date);
    }
    assert!(answer.difference.nursings_per_day > 1.0);
    assert!(answer.says.contains("What your baby drinks is not in this number"), "{}", answer.says);
    let at_seven = what("nurse 07:00", 7);
    assert!(
        (at_seven.difference.nursings_per_day - 1.0).abs() < 0.2,
        "{}",
        at_seven.difference.nursings_per_day
    );
}

#[test]
fn what_is_no_change_gets_a_sentence() {
    let refused = |text: &str| Change::read(text).unwrap_err().to_string();
    assert!(refused("").contains("is no change I know; they are `add 05:00`"));
    assert!(refused("more milk").contains("\"more milk\" is no change I know"));
    assert!(refused("add 25:00").contains("\"25:00\" is no time of day"));
    assert!(refused("+90min").contains("at most 20 minutes"));
    assert!(refused("+five").contains("is no change I know"));
    assert!(refused("nurse").contains("on which days"));
    assert!(refused("nurse someday").contains("\"someday\" is no day of the week"));
    for fine in [
        "add 5:00",
        "drop 13",
        "+5 min",
        "-5min",
        "pause massage",
        "nurse saturday, sun",
        "add 05:00; massage",
    ] {
        assert!(Change::read(fine).is_ok(), "{fine}");
    }
}

#[test]
fn a_session_that_her_days_do_not_have_cannot_be_dropped() {
    let (observed, twin) = &*HERS;
    let change = Change::read("drop 11:00").unwrap();
    let night = crate::logs::observed(
        &(1..=24)
            .map(|day| pumped(&format!("2026-10-{day:02}T02:00:00+02:00[Europe/Berlin]"), 90.0))
            .collect::<Vec<_>>(),
        EVE,
    );
    let refused = what_if(&Folded::default(), &night, twin, &change, 7, 1).unwrap_err().to_string();
    assert!(refused.contains("no pump session near 11:00; yours are about 02:00"), "{refused}");
    assert!(what_if(&Folded::default(), observed, twin, &change, 7, 1).is_ok());
}

#[test]
fn without_a_twin_a_sentence_says_why() {
    let (observed, _) = &*HERS;
    let refused =
        what_if(&Folded::default(), observed, &Twin::Pending, &Change::nothing(), 7, 1).unwrap_err();
    assert_eq!(refused.to_string(), "Your log has not been read yet.");
}

#[test]
fn old_numbers_are_said_to_be_old() {
    let journal = Folded::of(entries(&simulated(AUTUMN, 3)));
    let later = Observed::at(&journal, &at("2026-10-28T20:30:00+01:00[Europe/Berlin]"));
    let answer = what_if(&journal, &later, &HERS.1, &Change::read("massage").unwrap(), 3, 1).unwrap();
    assert!(answer.says.contains("days old, and so is this answer"), "{}", answer.says);
}

fn stops(bodies: &[Body], change: &str) -> Vec<String> {
    let (observed, twin) = &*HERS;
    let journal = Folded::of(entries(bodies));
    let change = Change::read(change).unwrap();
    let answer = what_if(&journal, observed, twin, &change, 2, 1).unwrap();
    assert!(answer.stops.iter().all(|stop| answer.says.contains(stop)));
    answer.stops
}

fn born(day: &str, birth_weight_g: f64) -> Body {
    let start = at("2026-10-01T08:00:00+02:00[Europe/Berlin]");
    Body::Baby(Baby { born: day.parse().ok(), birth_weight_g: Some(birth_weight_g), ..Baby::at(start) })
}

fn weighed(day: &str, g: f64) -> Body {
    Body::Weight(Weight::at(at(&format!("{day}T09:00:00+02:00[Europe/Berlin]")), g))
}

#[test]
fn red_flags_come_first_and_name_whom_to_call() {
    let case = |bodies: &[Body], part: &str| {
        let stops = stops(bodies, "massage");
        assert!(stops.iter().any(|stop| stop.contains(part)), "{part}: {stops:?}");
        assert!(stops.iter().all(|stop| stop.contains("call") || stop.contains("ask")), "{stops:?}");
    };
    case(&[born("2026-10-19", 3_400.0), weighed("2026-10-23", 3_000.0)], "over a tenth less than at birth");
    case(&[born("2026-10-08", 3_400.0), weighed("2026-10-23", 3_350.0)], "not back at the weight of birth");
    let slow = [born("2026-09-10", 3_400.0), weighed("2026-10-10", 3_900.0), weighed("2026-10-22", 4_000.0)];
    case(&slow, "gained 8 g a day");
    let fever = Symptom {
        temperature_c: Some(39.0),
        ..Symptom::at(at("2026-10-24T09:00:00+02:00"), SymptomKind::Fever)
    };
    let sore = Symptom::at(at("2026-10-24T09:00:00+02:00"), SymptomKind::Redness);
    case(&[Body::Symptom(fever), Body::Symptom(sore.clone())], "fever and a sore breast");
    // A sore breast alone stops more pumping, and nothing else.
    assert!(stops(&[Body::Symptom(sore.clone())], "massage").is_empty());
    assert!(stops(&[Body::Symptom(sore)], "add 02:30")[0].contains("More pumping is not the help for that"));
}

#[test]
fn a_baby_that_thrives_raises_no_flag() {
    let thrives =
        [born("2026-09-10", 3_400.0), weighed("2026-10-10", 3_900.0), weighed("2026-10-22", 4_260.0)];
    assert!(stops(&thrives, "add 02:30").is_empty());
    // A weight of last month says nothing about today.
    assert!(stops(&[born("2026-09-10", 3_400.0), weighed("2026-09-14", 3_000.0)], "massage").is_empty());
}
