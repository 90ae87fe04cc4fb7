use crate::logs::{at, nursed, observed, pumped};
use letdown_engine::{
    habit::{Habit, Likely},
    observed::Observed,
};
use letdown_fit::belief::Remover;
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
    let first = drawn(&observed, 0);
    let late = first.iter().filter(|course| course[0] == "24 09:00").count();
    // Weights halve every 5 days: those of days 19 to 23 sum to 3.35, those of days 10 to 18 to 2.40, in units of the
    // youngest.
    let share = share_of_late_days();
    assert!((late as f64 / 200.0 - share).abs() < 0.12, "{late} of 200, {share}");
}

fn share_of_late_days() -> f64 {
    let weight = |day: i32| 0.5f64.powf(f64::from(24 - day) / 5.0);
    let sum = |days: std::ops::RangeInclusive<i32>| days.map(weight).sum::<f64>();
    sum(19..=23) / sum(10..=23)
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
