use crate::logs::{at, nursed, observed, pumped};
use letdown_engine::{
    habit::{Habit, Likely},
    observed::Observed,
};
use letdown_fit::steps::Remover;
use letdown_journal::body::Body;
use letdown_model::random::Random;

const NOW: &str = "2026-10-24T20:30:00+02:00[Europe/Berlin]";

/// Sessions on days of October, at whole hours.
fn on(days: impl IntoIterator<Item = i32>, hours: &[i32]) -> Vec<Body> {
    let session =
        |day: i32, hour: i32| pumped(&format!("2026-10-{day:02}T{hour:02}:00:00+02:00[Europe/Berlin]"), 90.0);
    days.into_iter()
        .flat_map(|day| hours.iter().map(move |hour| session(day, *hour)).collect::<Vec<_>>())
        .collect()
}

fn clocks(course: &[Likely]) -> Vec<String> {
    course.iter().map(|l| l.at.strftime("%d %H:%M").to_string()).collect()
}

fn typical(bodies: &[Body], days: u32) -> Vec<String> {
    let observed = observed(bodies, NOW);
    clocks(&Habit::of(&observed).typical(&observed.now, days))
}

fn drawn(observed: &Observed, days: u32) -> Vec<Vec<String>> {
    let habit = Habit::of(observed);
    let mut random = Random::seeded(1);
    (0..200).map(|_| clocks(&habit.draw(&observed.now, days, &mut random))).collect()
}

#[test]
fn usual_hours_come_again_also_when_the_clocks_change() {
    let bodies = on(14..=24, &[1, 7, 12, 17]);
    let tomorrow_and_next = ["25 01:00", "25 07:00", "25 12:00", "25 17:00", "26 01:00", "26 07:00"];
    assert_eq!(typical(&bodies, 2)[..6], tomorrow_and_next);
}

#[test]
fn what_is_left_of_today_comes_first() {
    let bodies = [on(14..=23, &[7, 15, 22]), on([24], &[7, 15])].concat();
    assert_eq!(typical(&bodies, 1), ["24 22:00", "25 07:00", "25 15:00", "25 22:00"]);
}

#[test]
fn the_usual_number_of_sessions_is_that_of_most_days() {
    let bodies = [on(10..=20, &[8, 20]), on([21], &[8, 12, 16, 20]), on(22..=23, &[8, 20])].concat();
    assert_eq!(typical(&bodies, 1), ["25 08:00", "25 20:00"]);
}

#[test]
fn days_of_lately_count_more() {
    let bodies = [on(10..=18, &[6]), on(19..=23, &[9, 21])].concat();
    assert_eq!(typical(&bodies, 1), ["24 21:00", "25 09:00", "25 21:00"]);
    let observed = observed(&bodies, "2026-10-24T00:30:00+02:00[Europe/Berlin]");
    let courses = drawn(&observed, 2);
    let late = courses.iter().filter(|course| course.contains(&"26 09:00".to_owned())).count();
    assert!(
        (150..200).contains(&late),
        "{late} of 200: a change is followed, and not taken for all there is"
    );
}

/// How many sessions the drawn courses hold on a day of October, on average.
fn sessions_on(observed: &Observed, day: i32) -> f64 {
    let courses = drawn(observed, 10);
    let day = format!("{day:02} ");
    let each = courses.iter().map(|course| course.iter().filter(|at| at.starts_with(&day)).count());
    each.sum::<usize>() as f64 / courses.len() as f64
}

#[test]
fn a_session_that_was_dropped_stays_dropped() {
    let bodies = [on(5..=19, &[1, 7, 13, 19]), on(20..=24, &[7, 13, 19])].concat();
    assert_eq!(typical(&bodies, 1), ["25 07:00", "25 13:00", "25 19:00"]);
    let many = sessions_on(&observed(&bodies, NOW), 27);
    assert!((3.0..3.4).contains(&many), "{many}");
}

/// 24 and 25 October 2026 are a weekend.
#[test]
fn a_week_that_has_a_pattern_keeps_it() {
    let is_weekend = |day: &i32| matches!(day, 3 | 4 | 10 | 11 | 17 | 18 | 24 | 25);
    let bodies = [
        on((1..=23).filter(|day| !is_weekend(day)), &[6, 10, 14, 18, 22]),
        on((1..=23).filter(is_weekend), &[9, 15, 21]),
    ]
    .concat();
    let course = typical(&bodies, 2);
    assert_eq!(course[1..5], ["25 09:00", "25 15:00", "25 21:00", "26 06:00"]);
    let observed = observed(&bodies, NOW);
    let (sunday, monday) = (sessions_on(&observed, 25), sessions_on(&observed, 26));
    assert!(sunday < 3.3 && 4.7 < monday, "{sunday} on Sunday, {monday} on Monday");
}

#[test]
fn days_of_the_week_that_never_hold_a_session_stay_empty() {
    let working = |day: &i32| !matches!(day, 3 | 4 | 10 | 11 | 17 | 18);
    let bodies = on((1..=23).filter(working), &[9, 12, 16]);
    assert_eq!(typical(&bodies, 2), ["26 09:00", "26 12:00", "26 16:00"]);
    let observed = observed(&bodies, NOW);
    let (sunday, monday) = (sessions_on(&observed, 25), sessions_on(&observed, 26));
    assert!(sunday < 0.6 && 2.7 < monday, "{sunday} on Sunday, {monday} on Monday");
}

#[test]
fn weaning_goes_on_and_one_step_down_does_not() {
    let hours = [6, 9, 12, 15, 18, 21];
    let weans =
        [on(1..=8, &hours), on(9..=13, &hours[1..]), on(14..=18, &hours[2..]), on(19..=23, &hours[3..])];
    let observed_of = |bodies: &[Body]| observed(bodies, "2026-10-24T00:30:00+02:00[Europe/Berlin]");
    let weans = observed_of(&weans.concat());
    let (tomorrow, later) = (sessions_on(&weans, 25), sessions_on(&weans, 31));
    assert!(tomorrow < 3.2 && later < tomorrow - 0.8 && 1.0 <= later, "{tomorrow}, then {later}");
    let once = observed_of(&[on(1..=12, &hours), on(13..=23, &hours[2..])].concat());
    let later = sessions_on(&once, 31);
    assert!((4.0..4.3).contains(&later), "{later}");
}

#[test]
fn a_session_is_as_long_as_the_one_it_is_like_where_hers_differ() {
    let sitting = |day: i32, hour: i32, minutes: f64| {
        let Body::Pump(pump) = on([day], &[hour]).remove(0) else { unreachable!() };
        Body::Pump(letdown_journal::body::Pump { minutes: Some(minutes), ..pump })
    };
    let lengths = |evening_min: f64| {
        let day = |day: i32| [sitting(day, 7, 30.0), sitting(day, 20, evening_min)];
        let observed = observed(&(5..=23).flat_map(day).collect::<Vec<_>>(), NOW);
        let course = Habit::of(&observed).typical(&observed.now, 1);
        course.iter().map(|likely| likely.by).collect::<Vec<_>>()
    };
    assert_eq!(lengths(12.0), [Remover::Pump(Some(30.0)), Remover::Pump(Some(12.0))]);
    assert_eq!(
        lengths(30.0),
        [Remover::Pump(None), Remover::Pump(None)],
        "where all are alike they say nothing"
    );
}

#[test]
fn every_course_is_made_of_her_own_days() {
    let bodies = [on(12..=17, &[6, 14, 22]), on(18..=23, &[3, 9, 15, 21])].concat();
    let observed = observed(&bodies, NOW);
    for course in drawn(&observed, 3) {
        let day = |day: &str| {
            course.iter().filter_map(|l| l.strip_prefix(day)).map(str::to_owned).collect::<Vec<_>>()
        };
        for whole in ["25 ", "26 ", "27 "].map(day) {
            assert!(
                whole == ["06:00", "14:00", "22:00"]
                    || whole.ends_with(&["09:00", "15:00", "21:00"].map(str::to_owned)),
                "{whole:?}"
            );
        }
    }
}

#[test]
fn courses_differ_where_her_days_do() {
    let bodies = [on(12..=17, &[6, 14, 22]), on(18..=23, &[3, 9, 15, 21])].concat();
    let courses = drawn(&observed(&bodies, NOW), 1);
    assert!(courses.iter().any(|c| c.contains(&"25 06:00".to_owned())));
    assert!(courses.iter().any(|c| c.contains(&"25 09:00".to_owned())));
}

#[test]
fn no_session_follows_another_more_closely_than_hers_do() {
    let bodies = [on(14..=23, &[0, 6, 12, 18]), on([24], &[0, 6, 12, 18])].concat();
    let just_pumped = pumped("2026-10-24T23:00:00+02:00[Europe/Berlin]", 90.0);
    let observed =
        observed(&[bodies, vec![just_pumped]].concat(), "2026-10-24T23:30:00+02:00[Europe/Berlin]");
    let course = clocks(&Habit::of(&observed).typical(&observed.now, 1));
    assert_eq!(course, ["25 06:00", "25 12:00", "25 18:00"], "an hour after a session is too soon");
}

#[test]
fn nothing_comes_before_now_and_all_is_in_order() {
    let observed = observed(&on(10..=24, &[1, 2, 9, 16]), NOW);
    let habit = Habit::of(&observed);
    let mut random = Random::seeded(4);
    for _ in 0..100 {
        let course = habit.draw(&observed.now, 4, &mut random);
        assert!(course.iter().all(|l| observed.now < l.at) && course.windows(2).all(|p| p[0].at < p[1].at));
    }
}

#[test]
fn nursings_are_part_of_the_day() {
    let nursing = |day: i32| nursed(&format!("2026-10-{day}T08:00:00+02:00[Europe/Berlin]"));
    let bodies = [on(12..=23, &[14]), (12..=23).map(nursing).collect()].concat();
    let observed = observed(&bodies, NOW);
    let course = Habit::of(&observed).typical(&observed.now, 1);
    assert_eq!(clocks(&course), ["25 08:00", "25 14:00"]);
    assert_eq!((course[0].by, course[1].by), (Remover::Baby, Remover::Pump(None)));
}

#[test]
fn today_and_the_first_day_are_no_patterns() {
    let known = |days: &[i32]| Habit::of(&observed(&on(days.to_vec(), &[8, 20]), NOW)).is_known();
    assert!(!known(&[]));
    assert!(!known(&[24]) && !known(&[23, 24]));
    assert!(known(&[22, 23]));
    assert!(!known(&[1, 9]), "a fortnight back is too far");
    assert!(known(&[1, 10]));
}

#[test]
fn hours_are_those_of_the_zone_she_lives_in_now() {
    let there = |day: i32| pumped(&format!("2026-10-{day:02}T09:00:00-04:00[America/New_York]"), 90.0);
    let bodies = [on(1..=10, &[9]), (12..=24).map(there).collect()].concat();
    let observed = observed(&bodies, NOW);
    let next = Habit::of(&observed).typical(&observed.now, 1).remove(0);
    assert_eq!(next.at, at("2026-10-25T09:00:00-04:00[America/New_York]"));
}
