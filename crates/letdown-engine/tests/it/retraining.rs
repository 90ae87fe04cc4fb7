use crate::logs::{at, entries};
use letdown_engine::{
    observed::Observed,
    retraining::{Aim, Asked, Programme, Rung, State, programme},
    scenario::Scenario,
};
use letdown_journal::{
    body::{Baby, Body, Feeling, Nurse, Pump, SeenLetDown, Technique, Weight},
    fold::Folded,
    moment::Moment,
};
use std::sync::LazyLock;

fn asked(bodies: &[Body], now: &str, to: Option<Aim>) -> Programme {
    let journal = Folded::of(entries(bodies));
    programme(&journal, &Observed::at(&journal, &at(now)), &Asked { to, within_min: None })
}

/// The twins of `story-retraining.toml`, as their mother could write it down; on day 40 she notes much stress.
static TWINS: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let file = format!("{}/../../fixtures/scenarios/story-retraining.toml", env!("CARGO_MANIFEST_DIR"));
    let scenario = Scenario::read(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut bodies = scenario.diary(&scenario.live(1, &[], false)).unwrap();
    for clock in ["06:30", "09:30", "12:10", "15:10", "18:10"] {
        let start = at(&format!("2026-10-11T{clock}:00+02:00[Europe/Berlin]"));
        bodies.push(Body::Feeling(Feeling { stress: Some(9.0), ..Feeling::at(start) }));
    }
    bodies
});

/// Late on a day of the story, counted from 0.
fn evening(day: i64) -> String {
    let date = jiff::civil::date(2026, 9, 1).saturating_add(jiff::ToSpan::days(day));
    format!("{date}T23:30:00+02:00[Europe/Berlin]")
}

fn on_day(day: i64) -> Programme {
    asked(&TWINS, &evening(day), None)
}

#[test]
fn the_twins_are_retrained_day_by_day() {
    let pumping = on_day(20);
    assert_eq!((pumping.to, pumping.state, pumping.evidence.nursing), (Aim::Nursing, State::NotBegun, 0));
    assert_eq!(pumping.next.unwrap().step.rung, Rung::Cue, "no baby was at the breast yet");

    let alone = on_day(22);
    assert_eq!((alone.state, alone.tries.iter().filter(|t| t.came).count()), (State::NotBegun, 0));
    assert!(alone.tries.len() == 6 && alone.chance.unwrap().p90 < 20.0, "{:?}", alone.chance);
    assert_eq!(alone.next.unwrap().step.rung, Rung::Beside, "the pump beside nursing");

    let [early, middle, late] = [24, 27, 31].map(on_day);
    let mean = |p: &Programme| p.chance.unwrap().mean;
    assert!(mean(&early) + 10.0 < mean(&middle) && mean(&middle) + 10.0 < mean(&late), "progress is seen");
    assert_eq!(
        (early.state, early.rung, early.next.unwrap().step.rung),
        (State::OnTheWay, Some(Rung::Beside), Rung::Beside)
    );
    assert_eq!(late.next.unwrap().step.rung, Rung::Fading, "and the pump is faded when tries work");

    let done = on_day(39);
    assert_eq!((done.state, done.rung), (State::Done, Some(Rung::Alone)));
    assert!(done.says.contains("It is retrained"), "{}", done.says);
    assert_eq!(done.next.unwrap().step.rung, Rung::NewPlaces);
    assert!(done.done_on.as_deref() > Some("2026-09-30"), "{:?}", done.done_on);

    let stressed = on_day(40);
    assert_eq!((stressed.state, stressed.tries.iter().filter(|t| t.set_aside).count()), (State::Done, 5));
    assert_eq!((on_day(41).state, on_day(45).state), (State::Done, State::Done), "a hard day undoes nothing");
}

#[test]
fn the_pump_is_faded_only_after_evidence() {
    for day in 23..=35 {
        let answer = on_day(day);
        let Some(next) = &answer.next else { panic!("day {day}: {}", answer.says) };
        let last: Vec<bool> = answer.tries.iter().rev().take(3).map(|t| t.came).collect();
        let came = last.iter().filter(|came| **came).count();
        if next.step.rung > Rung::Beside {
            assert!(answer.evidence.beside >= 8 && came >= 2, "day {day}: {last:?}");
        }
        let curve = &answer.curve;
        assert!(
            curve.iter().all(|p| p.chance.p10 <= p.chance.p50 && p.chance.p50 <= p.chance.p90),
            "day {day}"
        );
        assert_eq!(curve.iter().filter(|p| p.ahead).count(), 21);
    }
}

/// What the page of the documentation shows.
#[test]
#[ignore = "prints a table"]
fn the_story_as_a_table() {
    for day in [20, 22, 24, 26, 28, 30, 31, 33, 35, 37, 39, 40, 41, 45] {
        let p = on_day(day);
        let dot = |t: &letdown_engine::retraining::Try| {
            if t.set_aside {
                '·'
            } else if t.came {
                '●'
            } else {
                '○'
            }
        };
        let tries: String = p.tries.iter().map(dot).collect();
        let c = p.chance.unwrap();
        let next = p.next.as_ref().map(|n| n.step.title);
        println!(
            "| {day} | {} | {tries} | {:.0} ({:.0} to {:.0}) | {} |",
            p.state.word(),
            c.mean,
            c.p10,
            c.p90,
            next.unwrap_or("-")
        );
    }
}

fn let_down_at(onset_s: f64) -> SeenLetDown {
    SeenLetDown {
        onset_s,
        end_s: onset_s + 60.0,
        volume_ml: None,
        peak_ml_per_min: None,
        confidence: None,
        onset_sd_s: None,
        volume_sd_ml: None,
        extra: letdown_journal::body::Extra::new(),
    }
}

fn october(day: u32, clock: &str) -> Moment {
    at(&format!("2026-10-{day:02}T{clock}:00+00:00[UTC]"))
}

/// A nursing of 12 minutes, with the second of its let-down, or none.
fn nursing(day: u32, clock: &str, after_s: Option<f64>) -> Body {
    Body::Nurse(Nurse {
        minutes: Some(12.0),
        let_down: after_s.is_none().then_some(false),
        first_let_down_s: after_s,
        ..Nurse::at(october(day, clock))
    })
}

fn beside(day: u32, clock: &str) -> Body {
    Body::Pump(Pump {
        minutes: Some(15.0),
        techniques: vec![Technique::Nursing],
        let_downs: vec![let_down_at(80.0)],
        ..Pump::at(october(day, clock))
    })
}

/// A week of pumping six times a day, each with its let-down.
fn pumping() -> Vec<Body> {
    let at = |day: u32, hour: u32| {
        Body::Pump(Pump {
            minutes: Some(15.0),
            let_downs: vec![let_down_at(70.0)],
            ..Pump::at(october(day, &format!("{hour:02}:00")))
        })
    };
    (1..=7).flat_map(|day| [1, 5, 9, 13, 17, 21].map(|hour| at(day, hour))).collect()
}

const NOW: &str = "2026-10-20T22:00:00+00:00[UTC]";

#[test]
fn an_empty_journal_is_answered_honestly() {
    let answer = asked(&[], NOW, None);
    assert_eq!(
        (answer.state, answer.chance, answer.next, answer.curve.len()),
        (State::NothingLogged, None, None, 0)
    );
    assert!(answer.says.contains("Nothing is logged yet"), "{}", answer.says);
    assert!(answer.unmeasured.contains("never been measured"));
}

#[test]
fn who_only_pumps_begins_with_the_baby_beside_the_pump() {
    let answer = asked(&pumping(), "2026-10-07T23:30:00+00:00[UTC]", None);
    assert_eq!((answer.to, answer.state, answer.rung), (Aim::Nursing, State::NotBegun, None));
    assert_eq!(answer.next.unwrap().step.rung, Rung::Cue, "no baby was at the breast");
    assert_eq!((answer.evidence.pump, answer.evidence.seen, answer.evidence.nursing), (42, 42, 0));
}

#[test]
fn who_nurses_with_milk_has_nothing_to_retrain() {
    let bodies: Vec<Body> = (10..=20)
        .flat_map(|day| ["06:00", "12:00", "18:00"].map(|clock| nursing(day, clock, Some(60.0))))
        .collect();
    let answer = asked(&bodies, NOW, Some(Aim::Nursing));
    assert_eq!(answer.state, State::Done);
    assert!(answer.says.contains("nothing to retrain"), "{}", answer.says);
    assert!(answer.chance.unwrap().p50 > 80.0, "{:?}", answer.chance);
    assert_eq!(answer.done_on.as_deref(), Some("2026-10-11"), "the fourth try");
}

#[test]
fn tries_move_the_chance_the_way_they_went() {
    let with = |after_s: Option<f64>| {
        let tries = (8..=12).flat_map(|day| ["09:30", "15:30"].map(|clock| nursing(day, clock, after_s)));
        let bodies: Vec<Body> = pumping().into_iter().chain(tries).collect();
        asked(&bodies, "2026-10-12T23:00:00+00:00[UTC]", None).chance.unwrap()
    };
    let (came, none) = (with(Some(90.0)), with(None));
    assert!(came.p50 > 85.0 && none.p50 < 25.0, "{came:?} against {none:?}");
    let late = with(Some(500.0));
    assert!(late.p50 < came.p50 && late.p50 < 40.0, "{late:?}: after her limit is not in time");
}

#[test]
fn a_pump_and_a_nursing_at_the_same_time_are_one_session() {
    let pump = |clock: &str| {
        Body::Pump(Pump {
            minutes: Some(15.0),
            let_downs: vec![let_down_at(70.0)],
            ..Pump::at(october(8, clock))
        })
    };
    let counted = |bodies: &[Body]| {
        let evidence = asked(bodies, "2026-10-08T23:00:00+00:00[UTC]", None).evidence;
        (evidence.pump, evidence.beside, evidence.nursing)
    };
    assert_eq!(counted(&[pump("09:00"), nursing(8, "09:02", Some(70.0))]), (0, 1, 0));
    assert_eq!(counted(&[pump("09:00"), nursing(8, "09:20", Some(70.0))]), (1, 0, 1));
    // Nothing came in the first minutes alone, then she switched the pump on: a try, and the pump beside nursing.
    let switched_on = Body::Pump(Pump {
        minutes: Some(15.0),
        techniques: vec![Technique::Nursing],
        ..Pump::at(october(8, "09:08"))
    });
    assert_eq!(counted(&[nursing(8, "09:00", None), switched_on]), (0, 1, 1));
}

#[test]
fn hard_days_are_set_aside() {
    let hard = |clock: &str| Body::Feeling(Feeling { stress: Some(9.0), ..Feeling::at(october(13, clock)) });
    let mut bodies = pumping();
    for day in 8..=11 {
        bodies.extend(["08:00", "11:00", "14:00", "17:00"].map(|clock| beside(day, clock)));
    }
    bodies.extend(
        (12..=12).flat_map(|day| {
            ["07:00", "10:00", "13:00", "16:00", "19:00"].map(|c| nursing(day, c, Some(230.0)))
        }),
    );
    bodies.extend(["07:00", "10:00", "13:00"].map(|clock| nursing(13, clock, None)));
    let now = "2026-10-13T20:00:00+00:00[UTC]";
    let tired = asked(&bodies, now, None);
    bodies.extend(["06:50", "09:50", "12:50"].map(hard));
    let stressed = asked(&bodies, now, None);
    assert_eq!((tired.state, stressed.state), (State::SetBack, State::Done));
    assert_eq!(tired.next.as_ref().unwrap().step.rung, Rung::Beside, "support is taken up again");
    assert_eq!(stressed.tries.iter().filter(|t| t.set_aside).count(), 3);
    assert!(stressed.chance.unwrap().mean > tired.chance.unwrap().mean, "{stressed:?}");
}

#[test]
fn a_red_flag_stops_every_step_and_names_whom_to_ask() {
    let baby = Body::Baby(Baby {
        born: Some(jiff::civil::date(2026, 9, 1)),
        birth_weight_g: Some(3_000.0),
        ..Baby::at(october(1, "00:00"))
    });
    let weight = |day: u32, g: f64| Body::Weight(Weight::at(october(day, "08:00"), g));
    let mut bodies = pumping();
    bodies.extend([baby, weight(8, 3_500.0), weight(19, 3_560.0)]);
    for day in 14..=20 {
        bodies.extend(["08:00", "11:00", "14:00", "17:00"].map(|clock| beside(day, clock)));
        bodies.push(nursing(day, "10:00", Some(80.0)));
    }
    let answer = asked(&bodies, NOW, None);
    assert_eq!((answer.state, answer.next, answer.options.len()), (State::Stopped, None, 0));
    assert!(answer.curve.iter().all(|point| !point.ahead), "nothing is promised");
    assert!(
        answer.says.starts_with("By your log your baby gained 5 g a day. Please call"),
        "{}",
        answer.says
    );
}

#[test]
fn a_mother_who_must_pump_goes_the_other_way() {
    let mut bodies: Vec<Body> = (1..=14)
        .flat_map(|day| ["03:00", "09:00", "15:00", "20:00"].map(|clock| nursing(day, clock, Some(50.0))))
        .collect();
    bodies.extend((15..=17).map(|day| {
        Body::Pump(Pump {
            minutes: Some(15.0),
            detector: Some("taps".into()),
            ..Pump::at(october(day, "12:00"))
        })
    }));
    let answer = asked(&bodies, "2026-10-17T20:00:00+00:00[UTC]", None);
    assert_eq!((answer.to, answer.tries.len()), (Aim::Pump, 3));
    assert!(answer.tries.iter().all(|t| !t.came), "watched, and none came");
    let next = answer.next.unwrap();
    assert!([Rung::Cue, Rung::Beside].contains(&next.step.rung), "{next:?}");
}

#[test]
fn old_data_are_said_to_be_old_and_words_stay_kind() {
    let answer = asked(&pumping(), "2026-10-20T22:00:00+00:00[UTC]", None);
    assert!(answer.limits.iter().any(|limit| limit.contains("13 days old")), "{:?}", answer.limits);
    for day in [5, 22, 28, 34, 45] {
        let json = serde_json::to_string(&on_day(day)).unwrap().to_lowercase();
        for word in ["failure", "failed", "poor", "insufficient", "should have", "nan", "inf,", "  "] {
            assert!(!json.contains(word), "{word} on day {day}: {json}");
        }
    }
}

#[test]
fn the_same_log_has_the_same_answer() {
    assert_eq!(on_day(28), on_day(28));
}
