use crate::logs::{AUTUMN, HERS, at, entries, simulated};
use letdown_engine::{
    notebook::Notebook,
    observed::Observed,
    plan::{Break, Goal, Plan, Request, Stretch, Wish, entry, followed, plan, week},
    retraining::{Asked, Rung, programme},
    twin::Twin,
};
use letdown_journal::{
    body::{Body, Nurse, Pump, Symptom, SymptomKind, Technique},
    entry::Entry,
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
        assert_eq!(answer.limits_hit[0].rule, "no_more_pumping");
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

#[test]
fn a_stop_that_is_about_more_pumping_alone_says_so() {
    let (observed, twin) = &*HERS;
    let hot = Symptom {
        temperature_c: Some(38.9),
        ..Symptom::at(at("2026-10-24T09:00:00+02:00"), SymptomKind::Redness)
    };
    let journal = Folded::of(entries(&[Body::Symptom(hot)]));
    let rules = |goal| -> Vec<&str> {
        let answer = plan(&journal, observed, twin, &Request::of(goal), 1).unwrap();
        answer.limits_hit.iter().map(|limit| limit.rule).collect()
    };
    assert_eq!(rules(Goal::Raise), ["red_flag", "no_more_pumping"]);
    assert_eq!(rules(Goal::Hold), ["red_flag"]);
}

/// Two weeks at the pump, then nursings alone that bring no milk, or some with the pump beside.
fn twins(beside: bool) -> Vec<Body> {
    let mut bodies = Vec::new();
    for day in 1..=16 {
        for clock in ["06:00", "09:00", "12:00", "15:00", "18:00", "21:00"] {
            let start = at(&format!("2026-10-{day:02}T{clock}:00+02:00[Europe/Berlin]"));
            let pump = Pump { minutes: Some(15.0), ..Pump::at(start.clone()) };
            bodies.push(match (day, beside) {
                (..15, _) => Body::Pump(pump),
                (_, true) => Body::Pump(Pump { techniques: vec![Technique::Nursing], ..pump }),
                _ => Body::Nurse(Nurse { let_down: Some(false), ..Nurse::at(start) }),
            });
        }
    }
    bodies
}

#[test]
fn retraining_is_planned_as_its_programme_says() {
    let now = at("2026-10-16T23:00:00+02:00[Europe/Berlin]");
    for beside in [false, true] {
        let journal = Folded::of(entries(&twins(beside)));
        let observed = Observed::at(&journal, &now);
        let programme = programme(&journal, &observed, &Asked::default());
        let answer = plan(&journal, &observed, &Twin::Pending, &Request::of(Goal::Retrain), 1).unwrap();
        let next = programme.next.unwrap();
        assert!(
            answer.says.starts_with(&programme.says) && answer.says.contains(&next.says),
            "{}",
            answer.says
        );
        assert_eq!(answer.reasons.len(), 1);
        assert_eq!(
            (answer.reasons[0].text.as_str(), answer.reasons[0].grade),
            (next.step.why, next.step.grade)
        );
        assert_eq!(next.step.rung, Rung::Beside);
        assert!(answer.expected.is_none() && answer.limits_hit.is_empty(), "{answer:?}");
        let times = answer.days[0].sessions.len();
        assert!((1..=4).contains(&times), "{times}");
        assert!(answer.schedule.iter().all(|s| s.technique == Some("nursing_beside") && s.side == "other"));
    }
}

#[test]
fn where_no_step_asks_for_the_pump_none_is_planned() {
    // Only pumping so far, no baby at the breast: cues at the sessions she has.
    let journal = Folded::of(entries(&twins(false)[..6 * 14]));
    let observed = Observed::at(&journal, &at("2026-10-14T23:00:00+02:00[Europe/Berlin]"));
    let answer = plan(&journal, &observed, &Twin::Pending, &Request::of(Goal::Retrain), 1).unwrap();
    assert!(answer.says.contains("Next: The baby beside the pump."), "{}", answer.says);
    assert!(answer.schedule.is_empty() && answer.days.is_empty());
    // And from nothing nothing is planned.
    let observed = Observed::at(&Folded::default(), &at("2026-10-14T23:00:00+02:00[Europe/Berlin]"));
    let answer = plan(&Folded::default(), &observed, &Twin::Pending, &Request::of(Goal::Retrain), 1).unwrap();
    assert!(
        answer.says.starts_with("Nothing is logged yet") && answer.schedule.is_empty(),
        "{}",
        answer.says
    );
}

/// What is asked for next, after a plan for a wish was kept and came back from the journal.
fn kept(wish: &Wish) -> (Request, Request) {
    let (observed, twin) = &*HERS;
    let request = wish.request().unwrap();
    let answer = plan(&Folded::default(), observed, twin, &request, 1).unwrap();
    let mut book = Notebook::new("phone").unwrap();
    book.add(entries(&simulated(AUTUMN, 3))).unwrap();
    let now = at("2026-10-24T20:30:00+02:00[Europe/Berlin]");
    let entry = book.write(&entry(&answer, &request).unwrap(), &now, [7; 10]);
    let text = format!("[{}]", entry.write());
    book.add(Entry::read_list(&text).unwrap()).unwrap();
    let later = book.observed(&now);
    (request, followed(book.journal(), &later).unwrap().1)
}

#[test]
fn the_next_plan_keeps_what_she_said() {
    let wish = Wish {
        by: Some("2026-11-10".into()),
        sleep: Some("23:15-5".into()),
        away: Some("8:30-16".into()),
        days: Some("tue,thu".into()),
        commute_min: Some(35),
        breaks: vec!["10:30+20".into(), "13:00".into()],
        most_sessions: Some(7),
        ..Wish::of("work")
    };
    let (asked, next) = kept(&wish);
    assert_eq!(next, asked);
    let (asked, next) = kept(&Wish { to: Some("1100 ml".into()), ..Wish::of("raise") });
    assert_eq!(Request { by: asked.by, ..next }, asked, "what she did not say is as usual");
}

#[test]
fn a_field_of_a_plan_that_cannot_be_read_is_left_as_usual() {
    let (observed, _) = &*HERS;
    let mut kept =
        letdown_journal::body::Plan::at(at("2026-10-20T09:00:00+02:00"), letdown_journal::body::Goal::Work);
    let odd = serde_json::json!({"sleep": "late", "away": 9, "breaks": ["10:30+20"], "commute_min": -4});
    kept.extra = odd.as_object().unwrap().clone();
    let next = followed(&Folded::of(entries(&[Body::Plan(kept)])), observed).unwrap().1;
    let usual = Request { breaks: vec![Break::read("10:30+20").unwrap()], ..Request::of(Goal::Work) };
    assert_eq!(Request { most_for_now: None, ..next }, usual);
}
