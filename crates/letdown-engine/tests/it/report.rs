use crate::logs::{at, entries, nursed, pumped, simulated, unmeasured};
use letdown_engine::{
    observed::Observed,
    report::{Report, report},
    twin::Twin,
};
use letdown_journal::{
    body::{Baby, Body, Bottle, Goal, Milk, Nurse, Plan, Pump, SeenLetDown, Sex, Side, Stint, Weight},
    fold::Folded,
    volume::{Intake, Output},
};

const NOW: &str = "2026-10-31T12:00:00+00:00[UTC]";

fn page(bodies: &[Body], now: &str) -> Report {
    let journal = Folded::of(entries(bodies));
    report(&journal, &Observed::at(&journal, &at(now)), &Twin::Pending)
}

fn october(day: u32, clock: &str) -> String {
    format!("2026-10-{day:02}T{clock}:00+00:00[UTC]")
}

fn weighed(day: u32, grams: f64, baby: Option<&str>) -> Body {
    Weight { baby: baby.map(str::to_owned), ..Weight::at(at(&october(day, "09:00")), grams) }.into()
}

fn born(day: &str, sex: Option<Sex>, gestation_days: Option<u32>, name: &str) -> Body {
    let name = Some(name.to_owned());
    let born = day.parse().ok();
    Baby { name, born, sex, gestation_days, ..Baby::at(at(&october(1, "08:00"))) }.into()
}

#[test]
fn an_empty_journal_has_no_number() {
    let page = page(&[], NOW);
    assert!(page.removed.output_ml_per_day.is_none() && page.removed.pumpings_per_day.is_none());
    assert!(page.supply.ml_per_day.is_none() && page.supply.not_known.is_some());
    assert!(page.fed.bottle_ml_per_day.is_none() && page.growth.is_empty() && page.plan.is_none());
    assert!(page.heading.from.is_none() && page.flags.call.is_empty() && page.forecasts.is_none());
    let json = serde_json::to_string(&page).unwrap();
    assert!(!json.contains("NaN") && !json.contains("inf"), "{json}");
}

/// Three days of known sums, one of them with a session without a volume, and today, which is not over.
#[test]
fn days_are_summed_where_they_are_whole() {
    let mut bodies = Vec::new();
    for (day, volumes) in [(27, [100.0, 80.0]), (28, [90.0, 70.0]), (30, [120.0, 100.0])] {
        bodies.push(pumped(&october(day, "06:00"), volumes[0]));
        bodies.push(pumped(&october(day, "18:00"), volumes[1]));
    }
    bodies.push(pumped(&october(29, "06:00"), 300.0));
    bodies.push(unmeasured(&october(29, "18:00")));
    bodies.push(pumped(&october(31, "06:00"), 500.0));
    let removed = page(&bodies, NOW).removed;
    let output = removed.output_ml_per_day.unwrap();
    assert_eq!((output.least, output.middle, output.most, output.n), (160.0, 180.0, 220.0, 3));
    assert_eq!((removed.days.len(), removed.days_in_part), (4, 1));
    let sessions = removed.pumpings_per_day.unwrap();
    assert_eq!((sessions.least, sessions.most, sessions.n), (2.0, 2.0, 4));
    assert_eq!(
        removed.days.iter().map(|d| d.output_ml.unwrap()).collect::<Vec<_>>(),
        [180.0, 160.0, 300.0, 220.0]
    );
}

/// A day without any entry is a day that nobody wrote down, not a day without milk.
#[test]
fn days_without_entries_count_for_nothing() {
    let bodies: Vec<Body> = [20, 24].into_iter().map(|day| pumped(&october(day, "06:00"), 100.0)).collect();
    let page = page(&bodies, NOW);
    assert_eq!((page.removed.days.len(), page.heading.looks_days_logged), (5, 2));
    assert_eq!(page.removed.output_ml_per_day.unwrap().least, 100.0);
    assert_eq!(page.removed.days.iter().filter(|d| d.logged).count(), 2);
    assert!(page.flags.about_the_log.iter().any(|f| f.contains("7 days old")), "{:?}", page.flags);
}

#[test]
fn what_comes_later_is_not_on_an_earlier_page() {
    let bodies: Vec<Body> = simulated("days = 20\nstart = \"2026-10-01\"\nzone = \"UTC\"", 3);
    let then = "2026-10-15T00:00:00+00:00[UTC]";
    let until: Vec<Body> =
        bodies.iter().filter(|b| b.end().timestamp() <= at(then).timestamp()).cloned().collect();
    assert!(until.len() < bodies.len());
    assert_eq!(page(&bodies, then), page(&until, then));
}

/// Output is never intake, and intake never output.
#[test]
fn what_was_drunk_is_not_what_was_pumped() {
    let intake = Some(Intake::ml(55.0).unwrap());
    let bottle = Bottle { intake, ..Bottle::at(at(&october(30, "10:00")), Milk::Expressed) };
    let page = page(&[pumped(&october(30, "06:00"), 100.0), bottle.into()], NOW);
    assert_eq!(page.removed.output_ml_per_day.unwrap().middle, 100.0);
    assert_eq!(page.fed.bottle_ml_per_day.unwrap().middle, 55.0);
    assert_eq!(page.fed.milks.len(), 1);
}

#[test]
fn twins_are_fed_each_by_name_and_what_names_none_is_neithers() {
    let named = |name: &str| Some(name.to_owned());
    let nurse = |day, clock: &str, baby| -> Body {
        let stints = vec![Stint::of(Side::Left, Some(10.0))];
        Nurse { stints, baby, ..Nurse::at(at(&october(day, clock))) }.into()
    };
    let mut bodies = vec![born("2026-09-10", None, None, "Ida"), born("2026-09-10", None, None, "Jon")];
    for day in 28..=30 {
        bodies.extend([
            nurse(day, "06:00", named("Ida")),
            nurse(day, "09:00", named("ida ")),
            nurse(day, "12:00", named("Jon")),
        ]);
        bodies.push(nursed(&october(day, "15:00")));
    }
    let page = page(&bodies, NOW);
    let each: Vec<f64> = page.fed.babies.iter().map(|b| b.nursings_per_day.unwrap().middle).collect();
    assert_eq!(each, [2.0, 1.0]);
    assert_eq!(page.removed.nursings_per_day.unwrap().middle, 4.0);
}

/// A girl of 61 days who weighs what half of girls weigh, and 5 weeks early: the curve of her corrected age.
#[test]
fn growth_is_placed_by_corrected_age() {
    let term = page(&[born("2026-08-30", Some(Sex::Girl), None, "Ida"), weighed(30, 5_128.0, None)], NOW);
    let z = &term.growth[0].newest.as_ref().unwrap().z;
    assert_eq!((z.len(), z[0].curve, z[0].z), (1, "girls", 0.0));
    assert!(z[0].z_likely[0] < 0.0 && z[0].z_likely[1] > 0.0);
    let early =
        page(&[born("2026-08-30", Some(Sex::Girl), Some(245), "Ida"), weighed(30, 5_128.0, None)], NOW);
    assert_eq!(early.growth[0].corrected_by_days, 35);
    let corrected = early.growth[0].newest.as_ref().unwrap().z[0].z;
    // 26 days: by hand from the tables of three and four weeks, L 0.19, M 4.02 kg, S 0.138.
    let z = ((5.128_f64 / 4.02).powf(0.19) - 1.0) / (0.19 * 0.138);
    assert!((corrected - z).abs() <= 0.1, "{corrected} and {z}");
}

#[test]
fn where_girl_or_boy_is_not_said_both_curves_are_shown() {
    let page = page(&[born("2026-08-30", None, None, "Ida"), weighed(30, 5_000.0, None)], NOW);
    let baby = &page.growth[0];
    assert_eq!(baby.curves.iter().map(|c| c.of).collect::<Vec<_>>(), ["girls", "boys"]);
    assert_eq!(baby.newest.as_ref().unwrap().z.len(), 2);
}

#[test]
fn a_baby_that_is_not_at_term_yet_has_no_place_on_the_curve() {
    let bodies = [born("2026-10-20", Some(Sex::Boy), Some(220), "Jon"), weighed(30, 1_900.0, None)];
    let baby = &page(&bodies, NOW).growth[0];
    assert!(baby.newest.as_ref().unwrap().z.is_empty());
}

#[test]
fn gain_is_told_between_weights_far_enough_apart() {
    let bodies = [
        born("2026-08-30", None, None, "Ida"),
        weighed(15, 4_500.0, None),
        weighed(27, 4_800.0, None),
        weighed(29, 4_850.0, None),
    ];
    let gain = page(&bodies, NOW).growth[0].gain.clone().unwrap();
    assert_eq!((gain.from.as_str(), gain.to.as_str(), gain.g_per_day), ("2026-10-15", "2026-10-29", 25.0));
    assert!(gain.likely[0] < 25.0 && gain.likely[1] > 25.0);
}

#[test]
fn let_downs_are_those_of_watched_sessions() {
    let seen = |onset_s: f64| SeenLetDown {
        onset_s,
        end_s: onset_s + 50.0,
        volume_ml: Some(20.0),
        peak_ml_per_min: None,
        confidence: None,
        onset_sd_s: None,
        volume_sd_ml: None,
        extra: letdown_journal::body::Extra::new(),
    };
    let session =
        |day, let_downs| -> Body { Pump { let_downs, ..Pump::at(at(&october(day, "06:00"))) }.into() };
    let bodies =
        [session(28, vec![seen(60.0), seen(240.0)]), session(29, vec![seen(90.0)]), session(30, Vec::new())];
    let told = page(&bodies, NOW).let_downs;
    assert_eq!((told.watched, told.first_s.unwrap().middle, told.per_session.unwrap().most), (2, 75.0, 2.0));
    assert_eq!(told.ml.unwrap().n, 3);
}

#[test]
fn a_plan_stands_until_it_is_over() {
    let plan = |until: &str| -> Body {
        let target = Some(Output::ml(800.0).unwrap());
        Plan { until: until.parse().ok(), target, ..Plan::at(at(&october(20, "08:00")), Goal::Raise) }.into()
    };
    let told = page(&[plan("2026-11-05")], NOW).plan.unwrap();
    assert_eq!((told.goal.as_str(), told.target_ml), ("raise", Some(800.0)));
    assert!(page(&[plan("2026-10-30")], NOW).plan.is_none());
}
