//! Plans that go by what babies may drink.

use crate::{
    coach::wording::grade,
    logs::{HERS, at, entries},
};
use letdown_engine::plan::{Goal, Needs, Plan, Request, Travel, Wish, entry, followed, needs, plan};
use letdown_journal::{
    body::{Baby, Body, Symptom, SymptomKind, Weight},
    fold::Folded,
};

fn born(name: &str, day: &str, gestation_days: Option<u32>) -> Body {
    let start = at(&format!("{day}T12:00:00+02:00[Europe/Berlin]"));
    Body::Baby(Baby {
        name: Some(name.into()),
        born: Some(day.parse().unwrap()),
        gestation_days,
        ..Baby::at(start)
    })
}

fn weighed(name: &str, day: &str, grams: f64) -> Body {
    let start = at(&format!("{day}T12:00:00+02:00[Europe/Berlin]"));
    Body::Weight(Weight { baby: Some(name.into()), ..Weight::at(start, grams) })
}

fn of(bodies: &[Body], said: Option<u8>, on: &str) -> Needs {
    let (observed, _) = &*HERS;
    needs(&Folded::of(entries(bodies)), observed, said, on.parse().unwrap())
}

fn asked(bodies: &[Body], request: &Request) -> Plan {
    let (observed, twin) = &*HERS;
    plan(&Folded::of(entries(bodies)), observed, twin, request, 1).unwrap()
}

#[test]
fn a_heavier_baby_drinks_more_and_a_range_stands_around_it() {
    let mila = [born("Mila", "2026-09-24", None), weighed("Mila", "2026-10-23", 4_300.0)];
    let needs = of(&mila, None, "2026-10-24");
    // 620 mL at one month (Rios-Leyvraz, Yao 2023), of a baby of 4.33 kg (WHO).
    let range = needs.ml_per_day;
    assert!((range.p50 - 620.0).abs() < 25.0, "{needs:?}");
    assert!(range.p10 < 0.85 * range.p50 && 1.15 * range.p50 < range.p90, "{needs:?}");
    let heavy = [born("Mila", "2026-09-24", None), weighed("Mila", "2026-10-23", 5_160.0)];
    let ratio = of(&heavy, None, "2026-10-24").ml_per_day.p50 / range.p50;
    assert!((ratio - 1.2).abs() < 1e-3, "{ratio}");
    assert_eq!((needs.babies[0].weight_from, needs.assumed, needs.feeding), ("weighed", None, None));
    assert!(of(&mila, None, "2026-11-24").ml_per_day.p50 > range.p50, "it grows until then");
}

#[test]
fn twins_drink_as_two_and_an_older_child_is_not_counted() {
    let two = [
        born("Ole", "2023-01-01", None),
        born("Mila", "2026-09-24", None),
        born("Ada", "2026-09-24", None),
        weighed("Mila", "2026-10-23", 4_000.0),
        weighed("Ada", "2026-10-23", 3_600.0),
    ];
    let both = of(&two, None, "2026-10-24");
    assert_eq!(both.babies.len(), 2, "{both:?}");
    let sum: f64 = both.babies.iter().map(|baby| baby.ml_per_day).sum();
    assert!((sum - both.ml_per_day.p50).abs() < 0.2);
    let feeding = both.feeding.unwrap();
    assert!((feeding.in_turn_min_per_day - 2.0 * feeding.together_min_per_day).abs() <= 10.0);
    // 7.6 meals of 36 minutes at one month (Kent 2013).
    assert!((feeding.together_min_per_day - 274.0).abs() < 10.0, "{feeding:?}");
    // One that the log does not know is like the one it knows, and two are known less well than one, but not twice as ill.
    let one = of(&two[1..2], None, "2026-10-24");
    let said = of(&two[1..2], Some(2), "2026-10-24");
    assert!((said.ml_per_day.p50 - 2.0 * one.ml_per_day.p50).abs() < 0.3);
    assert!(said.ml_per_day.p90 < 2.0 * one.ml_per_day.p90);
    assert!(said.assumed.unwrap().contains("taken to be like the one"));
}

#[test]
fn where_nothing_is_known_it_says_what_it_took() {
    let (observed, _) = &*HERS;
    assert_eq!(observed.birth, None);
    let needs = of(&[], None, "2026-10-24");
    assert_eq!((needs.babies.len(), needs.babies[0].age_days), (1, None));
    let assumed = needs.assumed.unwrap();
    assert!(
        assumed.contains("when your baby was born") && assumed.contains("half of all babies"),
        "{assumed}"
    );
    let known = of(&[born("Mila", "2026-09-24", None)], None, "2026-10-24").ml_per_day;
    let width = |range: &letdown_engine::Range| range.p90 / range.p10;
    assert!(width(&known) < width(&needs.ml_per_day), "an age makes it narrower");
}

#[test]
fn of_a_baby_born_early_the_clinic_says_how_much() {
    // 32 weeks, five weeks ago: three weeks before the day it was due.
    let early = [born("Mila", "2026-09-19", Some(224)), weighed("Mila", "2026-10-24", 2_200.0)];
    let needs = of(&early, None, "2026-10-24");
    assert!((needs.ml_per_day.p50 - 352.0).abs() < 1.0, "160 mL of each kilogram: {needs:?}");
    assert!(needs.born_early && needs.says.contains("clinic"), "{}", needs.says);
    let answer = asked(&early, &Request::of(Goal::Home));
    assert!(answer.reasons.iter().any(|reason| reason.grade == "care" && reason.text.contains("clinic")));
}

#[test]
fn the_way_home_aims_at_what_they_may_drink() {
    let two = [born("Mila", "2026-09-24", None), born("Ada", "2026-09-24", None)];
    let answer = asked(&two, &Request::of(Goal::Home));
    let needs = answer.needs.as_ref().unwrap();
    assert_eq!(needs.on, answer.until);
    assert_eq!(answer.target_ml, Some((needs.ml_per_day.p50 / 10.0).round() * 10.0));
    let expected = answer.expected.as_ref().unwrap();
    assert!(expected.change_ml > 0.0 && expected.cost_min_per_day > 0.0, "{expected:?}");
    let far = answer.limits_hit.iter().any(|limit| limit.rule == "out_of_reach");
    assert_eq!(answer.reaches, Some(!far));
    assert!(answer.says.starts_with("Your two babies together may drink about"), "{}", answer.says);
    let text: String = answer.reasons.iter().map(|reason| reason.text.as_str()).collect();
    assert!(text.contains("after feeds until weights show") && text.contains("goal retrain"), "{text}");
    // An amount that she says goes before.
    let said = asked(&two, &Request { to_ml: Some(900.0), ..Request::of(Goal::Home) });
    assert_eq!(said.target_ml, Some(900.0));
}

#[test]
fn who_has_enough_ready_holds_it() {
    let answer = asked(&[born("Mila", "2026-09-24", None)], &Request::of(Goal::Home));
    let expected = answer.expected.as_ref().unwrap();
    let needed_ml = answer.target_ml.unwrap();
    assert!(needed_ml < expected.as_now_ml_per_day.p50, "{needed_ml} against {expected:?}");
    assert!(expected.cost_min_per_day <= 0.0, "{expected:?}");
    assert_eq!(answer.reaches, Some(true));
    assert!(answer.says.contains("this plan holds it"), "{}", answer.says);
}

#[test]
fn more_milk_for_two_is_for_two() {
    let one = [born("Mila", "2026-09-24", None)];
    let request = Request { babies: Some(2), ..Request::of(Goal::Raise) };
    let answer = asked(&one, &request);
    let needs = answer.needs.unwrap();
    assert_eq!(
        (needs.babies.len(), answer.target_ml),
        (2, Some((needs.ml_per_day.p50 / 10.0).round() * 10.0))
    );
    assert!(answer.says.contains("One after the other"), "{}", answer.says);
    assert_eq!(
        asked(&one, &Request::of(Goal::Raise)).needs,
        None,
        "without being asked it says nothing of that"
    );
    let refused = Wish { babies: Some(2), ..Wish::of("wean") }.request().unwrap_err().to_string();
    assert!(refused.contains("leave it out with wean"), "{refused}");
    let refused = Wish { babies: Some(9), ..Wish::of("home") }.request().unwrap_err().to_string();
    assert!(refused.contains("1 to 6"), "{refused}");
}

#[test]
fn on_the_way_home_a_sore_breast_is_asked_for_no_more() {
    let sore = Symptom::at(at("2026-10-24T09:00:00+02:00"), SymptomKind::Redness);
    let two = [born("Mila", "2026-09-24", None), born("Ada", "2026-09-24", None), Body::Symptom(sore)];
    let answer = asked(&two, &Request::of(Goal::Home));
    assert!(answer.expected.unwrap().cost_min_per_day <= 0.0);
    assert!(answer.limits_hit.iter().any(|limit| limit.rule == "no_more_pumping"));
}

#[test]
fn the_next_plan_is_for_as_many_babies() {
    let (observed, _) = &*HERS;
    let request = Wish { babies: Some(2), ..Wish::of("home") }.request().unwrap();
    let answer = asked(&[], &request);
    let kept = entry(&answer, &request).unwrap();
    let (_, next) = followed(&Folded::of(entries(&[kept])), observed).unwrap();
    assert_eq!(Request { by: None, ..next }, request);
}

/// Of a plan, what is new with babies, journeys and sides.
fn sentences() -> Vec<String> {
    let early = [born("Mila", "2026-09-19", Some(224)), born("Ada", "2026-09-19", Some(224))];
    let home = asked(&early, &Request::of(Goal::Home));
    let travel = Travel::read("2026-10-27T14:00+11h", "Asia/Tokyo").unwrap();
    let journey = asked(&[], &Request { travel: Some(travel), ..Request::of(Goal::Hold) });
    let reasons = home.reasons.into_iter().chain(journey.reasons).filter(|reason| {
        ["docs/plan", "docs/retraining", "intake."].iter().any(|new| reason.source.contains(new))
    });
    let mut all: Vec<String> = reasons.map(|reason| reason.text).collect();
    all.extend([home.needs.unwrap().says, home.assumed.unwrap_or_default(), journey.travel.unwrap().says]);
    all.retain(|text| !text.is_empty());
    all
}

#[test]
fn a_child_of_twelve_reads_it() {
    let all = sentences();
    assert!(all.len() > 6, "{all:?}");
    for text in all {
        assert!(grade(&text) < 6.0, "{:.1}: {text}", grade(&text));
    }
}
