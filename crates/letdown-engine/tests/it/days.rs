use crate::logs::{AUTUMN, EVE, HERS, at, entries, nursed, observed, pumped, simulated, unmeasured};
use jiff::{ToSpan, civil::Date};
use letdown_engine::{
    Spread,
    baselines::{Row, guesses},
    correction::{Correction, days_with_sessions, outcomes},
    forecast::{Forecast, Next, forecast},
    habit::{Habit, Likely},
    history::{Day, history},
    observed::{Observed, Session, What},
    red_flags::{RedFlags, red_flags},
    today::{Today, today},
    twin::Twin,
};
use letdown_fit::{
    posterior::FEWEST_SESSIONS,
    predict::{Coming, Outlook, quantile_of_sorted},
};
use letdown_journal::{
    body::{Body, Symptom, SymptomKind},
    fold::Folded,
    moment::Moment,
};
use letdown_model::random::Random;
use serde::Serialize;
use serde_json::Value;

/// A day of 25 hours: at three in the morning the clocks go back to two.
const LONG_DAY: &str = "2026-10-25";

fn of(days: &[Day], date: &str) -> Day {
    days.iter().find(|d| d.date == date).unwrap().clone()
}

#[test]
fn a_day_of_25_hours_holds_all_its_sessions() {
    let bodies = [
        pumped("2026-10-24T23:59:00+02:00[Europe/Berlin]", 1.0),
        pumped("2026-10-25T00:00:00+02:00[Europe/Berlin]", 10.0),
        pumped("2026-10-25T02:30:00+02:00[Europe/Berlin]", 100.0),
        pumped("2026-10-25T02:30:00+01:00[Europe/Berlin]", 200.0),
        pumped("2026-10-25T23:59:00+01:00[Europe/Berlin]", 400.0),
        pumped("2026-10-26T00:00:00+01:00[Europe/Berlin]", 1000.0),
    ];
    let observed = observed(&bodies, "2026-10-26T08:00:00+01:00[Europe/Berlin]");
    let days = history(&observed, 3).days;
    assert_eq!(days.iter().map(|d| d.output_ml).collect::<Vec<_>>(), [Some(1.0), Some(710.0), Some(1000.0)]);
    assert_eq!(of(&days, LONG_DAY).sessions, 4);
    let began = observed.day_start(LONG_DAY.parse().unwrap());
    let ended = observed.day_start("2026-10-26".parse().unwrap());
    assert_eq!(began.duration_until(ended).as_hours(), 25);
}

#[test]
fn a_session_belongs_to_the_day_of_its_own_zone() {
    let bodies = [
        pumped("2026-11-23T22:00:00-05:00[America/New_York]", 100.0),
        pumped("2026-11-24T06:00:00+01:00[Europe/Berlin]", 10.0),
    ];
    let days = history(&observed(&bodies, "2026-11-24T12:00:00+01:00[Europe/Berlin]"), 2).days;
    assert_eq!((days[0].output_ml, days[1].output_ml), (Some(100.0), Some(10.0)));
}

#[test]
fn a_day_without_volumes_is_not_a_day_of_no_milk() {
    let bodies = [
        unmeasured("2026-11-22T06:00:00+01:00[Europe/Berlin]"),
        nursed("2026-11-22T09:00:00+01:00[Europe/Berlin]"),
        pumped("2026-11-23T06:00:00+01:00[Europe/Berlin]", 0.0),
    ];
    let days = history(&observed(&bodies, "2026-11-24T12:00:00+01:00[Europe/Berlin]"), 4).days;
    let said: Vec<_> = days.iter().map(|d| (d.output_ml, d.sessions, d.sessions_with_volume)).collect();
    assert_eq!(said, [(None, 0, 0), (None, 1, 0), (Some(0.0), 1, 1), (None, 0, 0)]);
}

#[test]
fn a_history_ends_today_and_goes_back_as_asked() {
    let days = history(&HERS.0, 14).days;
    let dates: Vec<&str> = days.iter().map(|d| d.date.as_str()).collect();
    assert_eq!((dates.len(), dates[0], dates[13]), (14, "2026-10-11", "2026-10-24"));
    assert!(history(&HERS.0, 0).days.is_empty());
}

fn ahead(days: u32) -> Forecast {
    forecast(&HERS.0, &HERS.1, days, 1).unwrap()
}

#[test]
fn a_forecast_gives_the_whole_days_after_today() {
    let dates: Vec<String> = ahead(3).days.into_iter().map(|d| d.date).collect();
    assert_eq!(dates, [LONG_DAY, "2026-10-26", "2026-10-27"]);
    assert_eq!((ahead(0).days.len(), ahead(14).days.len()), (0, 14));
}

fn in_order(ml: &Spread) -> bool {
    [0.0, ml.p05, ml.p10, ml.p25, ml.p50, ml.p75, ml.p90, ml.p95].is_sorted()
}

#[test]
fn ranges_hold_each_other() {
    let forecast = ahead(7);
    assert!(in_order(&forecast.rest_of_today.ml.unwrap()));
    for day in &forecast.days {
        assert!(in_order(&day.ml) && day.ml.p05 < day.ml.p95, "{day:?}");
    }
    for next in &forecast.sessions {
        assert!([0.0, next.ml.p10, next.ml.p50, next.ml.p90].is_sorted() && next.ml.p10 < next.ml.p90);
    }
}

#[test]
fn a_day_to_come_is_much_like_those_behind() {
    let behind: Vec<f64> = history(&HERS.0, 8).days[..7].iter().filter_map(|d| d.output_ml).collect();
    let usual = behind.iter().sum::<f64>() / 7.0;
    for day in ahead(7).days {
        assert!((day.ml.p50 / usual - 1.0).abs() < 0.15, "{} of {usual}: {:?}", day.date, day.ml);
        assert!(day.ml.p05 < usual && usual < day.ml.p95, "{} of {usual}: {:?}", day.date, day.ml);
    }
}

/// Her log, had every second session brought half as much again and the others half as much less.
fn wilder() -> Observed {
    let mut observed = HERS.0.clone();
    for (i, session) in observed.sessions.iter_mut().enumerate() {
        if let What::Pump { output_ml: Some(ml), .. } = &mut session.what {
            *ml *= if i.is_multiple_of(2) { 1.5 } else { 0.5 };
        }
    }
    observed
}

/// What the days behind her taught, by the steps a forecast takes.
fn learned(observed: &Observed) -> Correction {
    let fitted = HERS.1.fitted().unwrap();
    let days = days_with_sessions(observed, "2026-10-07".parse().unwrap(), "2026-10-24".parse().unwrap());
    let outcomes = outcomes(observed, &fitted.reading, &fitted.posterior.thinned(80), &days);
    Correction::learned(&outcomes, observed.now.timestamp(), fitted.reading.rounding.step_ml())
}

/// The model's own futures of the next usual sessions: clock hour and samples (mL).
fn uncorrected(observed: &Observed) -> Vec<(f64, Vec<f64>)> {
    let fitted = HERS.1.fitted().unwrap();
    let log = observed.fit_log(&fitted.reading).unwrap();
    let outlook = Outlook::at(&fitted.posterior, &log, observed.hour_of(observed.now.timestamp()));
    let course = Habit::of(observed).typical(&observed.now, 2);
    let coming = |l: &Likely| Coming { at_h: observed.hour_of(l.at.timestamp()), by: l.by };
    let plan: Vec<Coming> = course.iter().map(coming).collect();
    let futures = outlook.futures(40_000, &mut Random::seeded(7), |_| plan.clone());
    let of_session = |i: usize| {
        let mut samples: Vec<f64> = futures.iter().map(|f| f.output_ml[i]).collect();
        samples.sort_by(f64::total_cmp);
        samples
    };
    let hour = |l: &Likely| f64::from(l.at.hour()) + f64::from(l.at.minute()) / 60.0;
    course.iter().enumerate().map(|(i, l)| (hour(l), of_session(i))).collect()
}

/// The four plain guesses for a session to come, the log ending now.
fn plain_guesses(observed: &Observed, sessions: &[Next], i: usize) -> Option<[f64; 4]> {
    let (mut rows, mut earlier) = (Vec::new(), None);
    for session in observed.sessions.iter().filter(|s| s.is_pump()) {
        let at_h = observed.hour_of(session.at.timestamp());
        let gap_h = earlier.replace(at_h).map(|e| at_h - e);
        rows.extend(session.output_ml().map(|ml| Row { at_h, gap_h, clock_h: session.clock_h(), ml }));
    }
    let begins = |at_text: &str| observed.hour_of(at(at_text).timestamp());
    let behind = if i == 0 { earlier } else { Some(begins(&sessions[i - 1].at)) };
    let start = at(&sessions[i].at);
    let clock_h = f64::from(start.hour()) + f64::from(start.minute()) / 60.0;
    let gap_h = behind.map(|behind| begins(&sessions[i].at) - behind);
    guesses(&rows, observed.hour_of(observed.now.timestamp()), gap_h, clock_h)
}

/// Sums over sessions and seeds, so that chance in the samples does not decide.
#[test]
fn single_sessions_are_shifted_and_stretched_as_in_a_backtest() {
    let observed = wilder();
    let (correction, plain) = (learned(&observed), uncorrected(&observed));
    let stretch = correction.stretch().at_level(0.8);
    assert!(1.2 < stretch, "there is a stretch to look for: {stretch}");
    let (mut said, mut asked) = ([0.0; 3], [0.0; 3]);
    for seed in 1..=24 {
        let sessions = forecast(&observed, &HERS.1, 0, seed).unwrap().sessions;
        for (i, (next, (hour, samples))) in sessions.iter().zip(&plain).enumerate() {
            let ml = |p| quantile_of_sorted(samples, p);
            let center = correction.center_ml(ml(0.5), *hour, plain_guesses(&observed, &sessions, i));
            let text = |p| (center + stretch * (ml(p) - ml(0.5))).max(0.0);
            said.iter_mut().zip([next.ml.p10, next.ml.p50, next.ml.p90]).for_each(|(sum, ml)| *sum += ml);
            asked.iter_mut().zip([0.1, 0.5, 0.9].map(text)).for_each(|(sum, ml)| *sum += ml);
        }
    }
    let [low, middle, high] = [0, 1, 2].map(|i| said[i] / asked[1]);
    let [low_asked, _, high_asked] = asked.map(|ml| ml / asked[1]);
    let close =
        (low - low_asked).abs() < 0.02 && (middle - 1.0).abs() < 0.02 && (high - high_asked).abs() < 0.02;
    assert!(close, "{said:?} for {asked:?}");
    assert!(0.1 < high_asked - low_asked, "there is a width to look for");
}

#[test]
fn the_next_session_of_today_is_that_of_a_forecast() {
    let observed = wilder();
    let next = today(&observed, &HERS.1, &RedFlags::default()).next.unwrap().ml.unwrap();
    let soonest = forecast(&observed, &HERS.1, 1, 1).unwrap().sessions[0].ml;
    let width = (next.p90 - next.p10) / (soonest.p90 - soonest.p10);
    assert!((width - 1.0).abs() < 0.15, "{next:?} for {soonest:?}");
}

#[test]
fn likely_is_eight_times_in_ten() {
    let forecast = ahead(3);
    let about = |ml: f64| format!("{:.0}", (ml / 10.0).round() * 10.0);
    for day in [&forecast.days[0].ml, &forecast.days[2].ml] {
        let likely = format!("likely {} mL to {} mL", about(day.p10), about(day.p90));
        assert!(forecast.summary.replace(',', "").contains(&likely), "{likely}: {}", forecast.summary);
        assert_ne!(about(day.p05), about(day.p10), "there is a difference to look for");
    }
}

#[test]
fn sessions_to_come_stand_in_order_behind_now() {
    let times: Vec<Moment> = ahead(2).sessions.iter().map(|s| at(&s.at)).collect();
    assert!(times.len() >= 6, "{times:?}");
    assert!(&HERS.0.now < times.first().unwrap());
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{times:?}");
    assert!(*times.last().unwrap() <= HERS.0.now.saturating_add(36.hours()));
}

/// The same log, asked at another hour of its last day.
fn asked(clock: &str) -> Forecast {
    let now = format!("2026-10-24T{clock}:00+02:00[Europe/Berlin]");
    let observed = observed(&simulated(AUTUMN, 3), &now);
    forecast(&observed, &HERS.1, 1, 1).unwrap()
}

#[test]
fn the_rest_of_today_shrinks_as_today_is_logged() {
    let [night, noon, evening, end] = ["00:05", "12:30", "20:30", "23:58"].map(|at| asked(at).rest_of_today);
    assert_eq!(night.logged_ml, 0.0);
    assert!(night.logged_ml < noon.logged_ml && noon.logged_ml < evening.logged_ml);
    let rest = [night, noon, evening.clone()].map(|r| r.ml.unwrap().p50);
    assert!(rest[0] > rest[1] && rest[1] > rest[2] && rest[2] > 0.0, "{rest:?}");
    assert!(evening.logged_ml > 2.0 * rest[2], "what is logged is not counted again: {rest:?}");
    assert_eq!(end.ml.unwrap().p95, 0.0, "two minutes before midnight nothing is to come");
}

#[test]
fn what_is_logged_today_is_what_was_logged_today() {
    let today: Date = "2026-10-24".parse().unwrap();
    let ours = HERS.0.sessions.iter().filter(|s| s.day() == today).filter_map(Session::output_ml);
    let ours: f64 = ours.sum();
    assert_eq!((ahead(1).rest_of_today.logged_ml, today_of(&HERS.0).logged_today_ml), (ours, ours));
    assert_eq!(today_of(&HERS.0).sessions_today, 5);
}

fn today_of(observed: &Observed) -> Today {
    today(observed, &HERS.1, &RedFlags::default())
}

#[test]
fn today_says_what_is_made_held_last_and_next() {
    let today = today_of(&HERS.0);
    let (supply, held) = (today.supply_ml_per_day.unwrap(), today.in_breast_ml.unwrap());
    assert!([0.0, supply.p10, supply.p50, supply.p90].is_sorted() && supply.p10 < supply.p90);
    assert!([0.0, held.p10, held.p50, held.p90].is_sorted() && held.p10 < held.p90);
    let (last, next) = (today.last.unwrap(), today.next.unwrap());
    assert!(at(&last.at) <= HERS.0.now && HERS.0.now < at(&next.at));
    let newest = HERS.0.sessions.last().unwrap();
    assert_eq!((last.at, last.output_ml), (newest.at.to_string(), newest.output_ml()));
    let soonest = &ahead(1).sessions[0];
    assert_eq!(next.at, soonest.at);
    assert!((next.ml.unwrap().p50 - soonest.ml.p50).abs() < 10.0);
}

#[test]
fn what_is_held_grows_until_the_next_session() {
    let held = |minutes: i64| {
        let later = HERS.0.now.saturating_add(minutes.minutes());
        today_of(&Observed { now: later, ..HERS.0.clone() }).in_breast_ml.unwrap().p50
    };
    assert!(held(0) < held(60) && held(60) < held(120));
}

#[test]
fn the_same_question_has_the_same_answer() {
    assert_eq!(ahead(3), ahead(3));
    assert_eq!(today_of(&HERS.0), today_of(&HERS.0));
    assert_ne!(ahead(3).days, forecast(&HERS.0, &HERS.1, 3, 2).unwrap().days);
}

/// Every number of an answer, as it is written.
fn numbers(answer: &impl Serialize) -> Vec<f64> {
    fn walk(value: &Value, found: &mut Vec<f64>) {
        match value {
            Value::Number(n) => found.push(n.as_f64().unwrap()),
            Value::Array(list) => list.iter().for_each(|v| walk(v, found)),
            Value::Object(fields) => fields.values().for_each(|v| walk(v, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&serde_json::from_str(&serde_json::to_string(answer).unwrap()).unwrap(), &mut found);
    found
}

#[test]
fn no_number_is_negative_not_even_zero() {
    let (early, late, empty) = (asked("00:05"), asked("23:58"), observed(&[], EVE));
    let answers = [
        numbers(&early),
        numbers(&late),
        numbers(&ahead(14)),
        numbers(&today_of(&HERS.0)),
        numbers(&today(&empty, &Twin::Pending, &RedFlags::default())),
        numbers(&history(&HERS.0, 30)),
    ];
    for number in answers.concat() {
        assert!(number.is_sign_positive(), "{number}");
    }
    let zeros = numbers(&late.rest_of_today);
    assert!(zeros.iter().filter(|n| **n == 0.0).count() >= 7, "there were zeros to look at: {zeros:?}");
}

#[test]
fn an_empty_journal_gets_a_sentence() {
    let empty = observed(&[], EVE);
    let twin = Twin::usual(&empty, 1);
    let state = twin.state();
    assert_eq!((state.state, state.sessions, state.r_hat), ("too_little", 0, None));
    let sentence =
        format!("After {FEWEST_SESSIONS} pump sessions with a volume there will be a forecast here.");
    assert_eq!(state.message, sentence);
    assert_eq!(forecast(&empty, &twin, 7, 1).unwrap_err().to_string(), state.message);
    let today = today(&empty, &twin, &RedFlags::default());
    assert!(today.supply_ml_per_day.is_none() && today.last.is_none() && today.next.is_none());
    assert_eq!((today.logged_today_ml, today.data_age_h, today.flags.len()), (0.0, None, 0));
    assert!(history(&empty, 7).days.iter().all(|d| d.output_ml.is_none() && d.sessions == 0));
}

#[test]
fn one_volume_too_few_asks_for_one_more() {
    let have = FEWEST_SESSIONS - 1;
    let day = |back: usize| pumped(&format!("2026-10-{:02}T08:00:00+02:00[Europe/Berlin]", 24 - back), 90.0);
    let observed = observed(&(0..have).map(day).collect::<Vec<_>>(), EVE);
    let state = Twin::usual(&observed, 1).state();
    assert_eq!((state.state, state.sessions), ("too_little", have));
    assert_eq!(state.message, "1 more pump session with a volume, and there will be a forecast here.");
    let next = today(&observed, &Twin::Pending, &RedFlags::default()).next.unwrap();
    assert_eq!(
        (next.at.as_str(), next.ml),
        ("2026-10-25T08:00:00+01:00[Europe/Berlin]", None),
        "habit needs no twin"
    );
}

#[test]
fn a_log_too_old_for_a_habit_gets_a_sentence() {
    let later = at("2026-12-24T12:00:00+01:00[Europe/Berlin]");
    let observed = Observed { now: later, ..HERS.0.clone() };
    let error = forecast(&observed, &HERS.1, 7, 1).unwrap_err().to_string();
    assert!(error.starts_with("The last 14 days hold no whole day of sessions"), "{error}");
    let today = today_of(&observed);
    assert!(today.flags[0].what.starts_with("The newest session is 61 days old"), "{:?}", today.flags);
    assert!(today.next.is_none());
}

#[test]
fn old_numbers_say_so_after_two_days() {
    let flags = |hours: i64| {
        let newest = at(&HERS.0.newest_end.unwrap().to_string());
        let now = newest.saturating_add(hours.hours()).with_time_zone(HERS.0.zone());
        today(&Observed { now, ..HERS.0.clone() }, &Twin::Pending, &RedFlags::default()).flags.len()
    };
    assert_eq!((flags(48), flags(49)), (0, 1));
}

/// The same sentences as beside a what-if; what would only speak against more pumping is not among them.
#[test]
fn red_flags_come_before_what_is_worth_a_look() {
    let now = at("2026-11-24T20:00:00+01:00[Europe/Berlin]");
    let sore = Symptom {
        temperature_c: Some(38.9),
        ..Symptom::at(at("2026-11-24T09:00:00+01:00[Europe/Berlin]"), SymptomKind::Redness)
    };
    let old = pumped("2026-11-20T08:00:00+01:00[Europe/Berlin]", 90.0);
    let said = |symptom: Symptom| {
        let journal = Folded::of(entries(&[old.clone(), Body::Symptom(symptom)]));
        let observed = Observed::at(&journal, &now);
        let flags = today(&observed, &Twin::Pending, &red_flags(&journal, &observed)).flags;
        flags.into_iter().map(|flag| flag.what).collect::<Vec<_>>()
    };
    let with_fever = said(sore.clone());
    assert!(with_fever[0].contains("call a doctor or a midwife today"), "{with_fever:?}");
    assert!(with_fever[1].starts_with("The newest session is 4 days old"));
    assert_eq!(said(Symptom { temperature_c: None, ..sore }), with_fever[1..]);
}

#[test]
fn four_sessions_without_milk_name_whom_to_call() {
    let empty = |hour: u32| pumped(&format!("2026-11-24T{hour:02}:00:00+01:00[Europe/Berlin]"), 0.0);
    let flags = |bodies: &[letdown_journal::body::Body]| {
        let now = at("2026-11-24T20:00:00+01:00[Europe/Berlin]");
        let journal = Folded::of(entries(bodies));
        let observed = Observed::at(&journal, &now);
        today(&observed, &Twin::Pending, &red_flags(&journal, &observed)).flags
    };
    let four: Vec<_> = [6, 10, 14, 18].map(empty).into();
    assert!(flags(&four)[0].what.contains("midwife"));
    assert!(flags(&four[..3]).is_empty());
    let drop = pumped("2026-11-24T19:00:00+01:00[Europe/Berlin]", 5.0);
    assert!(flags(&[four, vec![drop]].concat()).is_empty());
}
