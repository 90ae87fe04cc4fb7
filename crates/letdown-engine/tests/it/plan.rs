use crate::logs::{AUTUMN, HERS, at, entries, simulated};
use letdown_engine::{
    observed::Observed,
    plan::{Break, Goal, Plan, Request, Stretch, plan, week},
    twin::Twin,
};
use letdown_journal::{
    body::{Body, Symptom, SymptomKind},
    fold::Folded,
};

fn asked(request: &Request) -> Plan {
    let (observed, twin) = &*HERS;
    plan(&Folded::default(), observed, twin, request, 1).unwrap()
}

fn of(goal: Goal) -> Plan {
    asked(&Request::of(goal))
}

fn clock_h(at: &str) -> f64 {
    let at: jiff::ZonedDateTime = at.parse().unwrap();
    f64::from(at.hour()) + f64::from(at.minute()) / 60.0
}

#[test]
fn more_milk_costs_minutes_and_says_so() {
    let answer = of(Goal::Raise);
    let expected = answer.expected.as_ref().unwrap();
    assert!(expected.change_ml > 0.0 && expected.cost_min_per_day > 0.0, "{expected:?}");
    let range = &expected.change_range_ml;
    assert!(range.p10 <= range.p50 && range.p50 <= range.p90 && range.p50 == expected.change_ml);
    assert!(
        answer.reaches.unwrap() || answer.limits_hit.iter().any(|l| l.rule == "out_of_reach"),
        "{answer:?}"
    );
    assert_eq!(answer.next_best.len(), 2);
    assert!(answer.if_missed.as_ref().unwrap().then_ml > 0.0);
    assert!(answer.says.contains("likely") && answer.says.contains("minutes more"), "{}", answer.says);
    assert_eq!(answer.assumed, None);
    assert!(!answer.reasons.is_empty());
}

#[test]
fn a_small_target_asks_for_less_than_a_large_one() {
    let usual_ml = of(Goal::Hold).expected.unwrap().as_now_ml_per_day.p50;
    let to = |share: f64| asked(&Request { to_ml: Some(share * usual_ml), ..Request::of(Goal::Raise) });
    let minutes = |plan: &Plan| plan.expected.as_ref().unwrap().minutes_per_day;
    let (small, large) = (to(1.02), to(1.15));
    assert!(minutes(&small) < minutes(&large), "{} against {}", minutes(&small), minutes(&large));
    let far = to(5.0);
    assert_eq!(far.reaches, Some(false));
    assert!(far.limits_hit.iter().any(|limit| limit.rule == "out_of_reach"), "{:?}", far.limits_hit);
}

#[test]
fn holding_asks_no_more_than_now() {
    let expected = of(Goal::Hold).expected.unwrap();
    assert!(expected.cost_min_per_day <= 0.0, "{expected:?}");
    assert!(expected.change_range_ml.p50 > -0.05 * expected.as_now_ml_per_day.p50, "{expected:?}");
}

#[test]
fn a_night_without_a_session_is_one() {
    let sleep = Stretch::read("23:00-06:00").unwrap();
    let answer = asked(&Request { sleep: Some(sleep), ..Request::of(Goal::Raise) });
    let awake = |at: &str| !sleep.holds(clock_h(at));
    assert!(!answer.schedule.is_empty() && answer.schedule.iter().all(|s| awake(&s.at)));
}

#[test]
fn at_work_she_pumps_in_her_breaks() {
    let breaks = vec![Break::read("10:30+20").unwrap(), Break::read("13:00").unwrap()];
    let answer = asked(&Request { breaks: breaks.clone(), commute_min: 45.0, ..Request::of(Goal::Work) });
    assert_eq!(answer.days.iter().map(|d| d.when.as_str()).collect::<Vec<_>>(), ["Mon to Fri", "other days"]);
    for session in &answer.schedule {
        let at: jiff::ZonedDateTime = session.at.parse().unwrap();
        let (hour, weekday) = (clock_h(&session.at), at.weekday().to_monday_zero_offset());
        if weekday < 5 && (8.25..17.75).contains(&hour) {
            let fits = |from: f64, min: f64| {
                from <= hour && hour + session.minutes / 60.0 <= from + min / 60.0 + 1e-9
            };
            assert!(fits(10.5, 20.0) || fits(13.0, 30.0), "{session:?}");
        }
    }
}

#[test]
fn weaning_gives_up_one_session_after_the_other() {
    let answer = of(Goal::Wean);
    let counts: Vec<usize> = answer.days.iter().map(|day| day.sessions.len()).collect();
    assert!(counts.windows(2).all(|pair| pair[0] == pair[1] + 1) && counts.last() == Some(&0), "{counts:?}");
    assert!(answer.limits_hit.is_empty(), "{:?}", answer.limits_hit);
    // Sooner than breasts can follow.
    let soon = Request { by: "2026-10-30".parse().ok(), ..Request::of(Goal::Wean) };
    let answer = asked(&soon);
    assert_eq!(answer.limits_hit[0].rule, "slow_weaning");
    assert!(answer.until.as_str() > "2026-10-30", "{}", answer.until);
}

#[test]
fn the_same_question_has_the_same_answer() {
    assert_eq!(of(Goal::Stash), of(Goal::Stash));
}

#[test]
fn an_empty_log_is_answered_with_women_of_the_population() {
    let observed = Observed::at(&Folded::default(), &at("2026-11-24T12:00:00+01:00[Europe/Berlin]"));
    let answer = plan(&Folded::default(), &observed, &Twin::Pending, &Request::of(Goal::Raise), 1).unwrap();
    assert!(answer.assumed.as_ref().unwrap().contains("simulated women"), "{answer:?}");
    let range = answer.expected.unwrap().ml_per_day;
    assert!(range.p90 > 1.4 * range.p10, "as wide as women differ: {range:?}");
    assert_eq!(answer.data_age_h, None);
}

#[test]
fn a_sore_breast_stops_more_pumping_and_weaning() {
    let (observed, twin) = &*HERS;
    let sore = Symptom::at(at("2026-10-24T09:00:00+02:00"), SymptomKind::Redness);
    let journal = Folded::of(entries(&[Body::Symptom(sore)]));
    for goal in [Goal::Raise, Goal::Stash, Goal::Wean, Goal::Retrain] {
        let answer = plan(&journal, observed, twin, &Request::of(goal), 1).unwrap();
        assert!(answer.schedule.is_empty() && answer.expected.is_none(), "{goal:?}");
        assert_eq!(answer.limits_hit[0].rule, "red_flag");
        assert!(answer.says.contains("ask a midwife"), "{}", answer.says);
    }
    let held = plan(&journal, observed, twin, &Request::of(Goal::Hold), 1).unwrap();
    assert!(held.expected.unwrap().cost_min_per_day <= 0.0);
    assert!(held.limits_hit.iter().any(|limit| limit.rule == "no_more_pumping"));
}

#[test]
fn an_old_log_is_said_to_be_old() {
    let journal = Folded::of(entries(&simulated(AUTUMN, 3)));
    let later = Observed::at(&journal, &at("2026-10-28T20:30:00+01:00[Europe/Berlin]"));
    let answer = plan(&journal, &later, &HERS.1, &Request::of(Goal::Hold), 1).unwrap();
    assert!(answer.limits_hit.iter().any(|limit| limit.rule == "old_data"));
    assert!(answer.says.contains("days old"), "{}", answer.says);
}

#[test]
fn what_makes_no_sense_gets_a_sentence() {
    let said = |e: letdown_engine::EngineError| e.to_string();
    assert!(said(Goal::read("more").unwrap_err()).contains("raise, hold, wean"));
    assert!(said(Stretch::read("23:00").unwrap_err()).contains("like 23:00-06:00"));
    assert!(said(Stretch::read("9-25").unwrap_err()).contains("no time of day"));
    assert!(said(Break::read("10:30+3").unwrap_err()).contains("like 10:30+20"));
    assert!(said(week("mon,someday").unwrap_err()).contains("\"someday\" is no day"));
    let (observed, twin) = &*HERS;
    let past = Request { by: "2026-10-01".parse().ok(), ..Request::of(Goal::Raise) };
    let refused = plan(&Folded::default(), observed, twin, &past, 1).unwrap_err();
    assert!(said(refused).contains("a plan reaches from tomorrow"));
}
