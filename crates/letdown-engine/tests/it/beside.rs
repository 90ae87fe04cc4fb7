use crate::logs::{at, ml, observed};
use letdown_engine::observed::Observed;
use letdown_fit::{
    effects::{Effect, With},
    log::{Drank, Removal},
};
use letdown_journal::{
    body::{
        Baby, Body, Bottle, Device, DeviceKind, Extra, Feeling, Milk, Mother, Nurse, Pump, Side, Stint,
        Technique, Weighed, Weight,
    },
    moment::Moment,
    volume::Intake,
};

const NOW: &str = "2026-12-24T12:00:00+01:00[Europe/Berlin]";

/// Hours after the first midnight of the log.
fn hour(h: f64) -> Moment {
    let minutes = jiff::SignedDuration::from_mins((60.0 * h) as i64);
    at("2026-11-01T00:00:00+01:00[Europe/Berlin]").saturating_add(minutes)
}

fn pump(h: f64) -> Pump {
    Pump { total: Some(ml(90.0)), minutes: Some(15.0), ..Pump::at(hour(h)) }
}

fn removals(observed: &Observed) -> Vec<Removal> {
    let log = observed.fit_log(&observed.reading()).unwrap();
    log.events().iter().map(|e| e.removal).collect()
}

fn with(observed: &Observed) -> Vec<With> {
    let with = |removal: &Removal| match removal {
        Removal::Pump { with, .. } => Some(*with),
        Removal::Baby { .. } => None,
    };
    removals(observed).iter().filter_map(with).collect()
}

#[test]
fn a_fit_sees_techniques() {
    let techniques = vec![Technique::Massage, Technique::Smell, Technique::Nursing];
    let bodies = [Body::Pump(Pump { techniques, ..pump(1.0) }), Body::Pump(pump(4.0))];
    let expected = [Effect::Massage, Effect::Smell, Effect::Nursing];
    let expected = expected.into_iter().fold(With::NOTHING, |w, e| w.and(e, 1.0));
    assert_eq!(with(&observed(&bodies, NOW)), [expected, With::NOTHING]);
}

#[test]
fn a_fit_sees_another_pump_and_a_stronger_vacuum_than_the_first() {
    let of = |h: f64, device: Option<&str>, vacuum_mmhg: Option<f64>| {
        Body::Pump(Pump { device: device.map(str::to_owned), vacuum_mmhg, ..pump(h) })
    };
    let bodies = [
        of(1.0, None, None),
        of(4.0, Some("the blue one"), Some(150.0)),
        of(7.0, Some(" The Blue One"), Some(180.0)),
        of(10.0, Some("at work"), None),
        of(13.0, Some("the blue one"), Some(150.0)),
    ];
    let with = with(&observed(&bodies, NOW));
    let other: Vec<f64> = with.iter().map(|w| w.amount(Effect::OtherPump)).collect();
    assert_eq!(other, [0.0, 0.0, 0.0, 1.0, 0.0]);
    let vacuum = |i: usize| with[i].amount(Effect::Vacuum);
    assert!((vacuum(2) - f64::ln(1.2)).abs() < 1e-6);
    assert_eq!([vacuum(0), vacuum(1), vacuum(3), vacuum(4)], [0.0; 4]);
}

fn amounts(bodies: &[Body], effect: Effect) -> Vec<f64> {
    let rounded = |w: &With| (w.amount(effect) * 1e6).round() / 1e6;
    with(&observed(bodies, NOW)).iter().map(rounded).collect()
}

#[test]
fn a_fit_sees_another_place_than_the_first_in_whatever_case() {
    let at = |h: f64, place: Option<&str>| Body::Pump(Pump { place: place.map(str::to_owned), ..pump(h) });
    let bodies = [
        at(1.0, None),
        at(4.0, Some("Home")),
        at(7.0, Some("the car")),
        at(10.0, Some(" home ")),
        at(13.0, Some(" ")),
        at(16.0, Some("work")),
    ];
    assert_eq!(amounts(&bodies, Effect::OtherPlace), [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    let first = observed(&bodies, NOW).first;
    assert_eq!(first.places, ["Home", "the car", "work"]);
    // What comes later does not change what was said of earlier sessions.
    assert_eq!(amounts(&bodies[..3], Effect::OtherPlace), [0.0, 0.0, 1.0]);
}

fn device(h: f64, what: DeviceKind, model: Option<&str>, flange_mm: [Option<f64>; 2]) -> Body {
    let [left_flange_mm, right_flange_mm] = flange_mm;
    let model = model.map(str::to_owned);
    Body::Device(Device { model, left_flange_mm, right_flange_mm, ..Device::at(hour(h), what) })
}

fn with_pump(h: f64, device: Option<&str>) -> Body {
    Body::Pump(Pump { device: device.map(str::to_owned), ..pump(h) })
}

#[test]
fn the_pump_in_use_is_the_one_that_a_session_leaves_open() {
    let none = [None, None];
    let bodies = [
        with_pump(1.0, None),
        device(2.0, DeviceKind::Pump, Some("Blue"), none),
        with_pump(4.0, None),
        with_pump(7.0, Some("green")),
        with_pump(10.0, Some("blue")),
        device(11.0, DeviceKind::Pump, Some("Green"), none),
        device(11.5, DeviceKind::Scale, Some("kitchen"), none),
        device(11.6, DeviceKind::Pump, None, none),
        with_pump(13.0, None),
        // In use from the next day on: it says nothing of this one.
        device(14.0, DeviceKind::Pump, Some("Blue"), none),
        with_pump(13.9, None),
    ];
    assert_eq!(amounts(&bodies, Effect::OtherPump), [0.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
    assert_eq!(observed(&bodies, NOW).first.pumps, ["Blue", "green"]);
}

#[test]
fn a_fit_sees_the_flange_in_mm_over_the_first() {
    let bodies = [
        with_pump(1.0, None),
        device(2.0, DeviceKind::Flange, None, [Some(24.0), Some(24.0)]),
        with_pump(4.0, None),
        device(5.0, DeviceKind::Flange, Some("soft"), [Some(21.0), Some(22.0)]),
        with_pump(7.0, None),
        with_pump(10.0, Some("blue")),
        // That of one pump says nothing of another.
        device(11.0, DeviceKind::Pump, Some("green"), [Some(19.0), None]),
        with_pump(13.0, Some("blue")),
        with_pump(16.0, Some("Green")),
        // Without a word in the session it is the newest pump.
        with_pump(19.0, None),
        // A pump without a flange changes nothing of the flange.
        device(20.0, DeviceKind::Pump, Some("blue"), [None, None]),
        with_pump(22.0, None),
    ];
    assert_eq!(amounts(&bodies, Effect::Flange), [0.0, 0.0, -2.5, -2.5, -2.5, -5.0, -5.0, -2.5]);
    assert_eq!(observed(&bodies, NOW).first.flange_mm, Some(24.0));
    let without: Vec<Body> = bodies.iter().filter(|b| matches!(b, Body::Pump(_))).cloned().collect();
    assert_eq!(amounts(&without, Effect::Flange), [0.0; 8]);
}

#[test]
fn how_she_was_belongs_to_the_sessions_of_the_next_hours() {
    let feeling = |h: f64, stress, pain| Body::Feeling(Feeling { stress, pain, ..Feeling::at(hour(h)) });
    let bodies = [
        Body::Pump(pump(1.0)),
        feeling(3.0, Some(6.0), None),
        Body::Pump(pump(5.0)),
        feeling(6.5, None, Some(3.0)),
        Body::Pump(pump(7.2)),
        Body::Pump(pump(12.0)),
    ];
    let points = |w: &With| (w.amount(Effect::Stress), w.amount(Effect::Pain));
    let felt: Vec<(f64, f64)> = with(&observed(&bodies, NOW)).iter().map(points).collect();
    // At 7.2 h the stress of 3 h is 4.2 h old.
    assert_eq!(felt, [(0.0, 0.0), (6.0, 0.0), (0.0, 3.0), (0.0, 0.0)]);
}

fn nursing(h: f64) -> Nurse {
    let stints = vec![Stint::of(Side::Left, Some(8.0)), Stint::of(Side::Right, Some(8.0))];
    Nurse { stints, ..Nurse::at(hour(h)) }
}

#[test]
fn a_fit_sees_what_a_scale_or_somebody_says_of_a_feed() {
    let scale = |before_g, after_g| Some(Weighed { before_g, after_g, extra: Extra::new() });
    let bodies = [
        Body::Nurse(nursing(1.0)),
        Body::Nurse(Nurse { weighed: scale(4_000.0, 4_103.0), ..nursing(4.0) }),
        Body::Nurse(Nurse { intake: Intake::ml(60.0).ok(), ..nursing(7.0) }),
        Body::Nurse(Nurse { weighed: scale(4_000.0, 3_900.0), ..nursing(10.0) }),
    ];
    let drank = |r: &Removal| match r {
        Removal::Baby { drank, .. } => *drank,
        Removal::Pump { .. } => None,
    };
    let seen: Vec<Option<Drank>> = removals(&observed(&bodies, NOW)).iter().map(drank).collect();
    let [None, Some(weighed), Some(said), None] = seen[..] else { panic!("{seen:?}") };
    assert!((weighed.ml - 100.0).abs() < 1e-9 && (weighed.sd_ml - 6.87).abs() < 0.01, "{weighed:?}");
    assert!(said.ml == 60.0 && said.sd_ml > weighed.sd_ml, "{said:?}");
}

fn weighed(day: f64, weight_g: f64, baby: Option<&str>) -> Body {
    Body::Weight(Weight { baby: baby.map(str::to_owned), ..Weight::at(hour(24.0 * day), weight_g) })
}

fn born(name: &str, day: &str) -> Body {
    Body::Baby(Baby { name: Some(name.into()), born: day.parse().ok(), ..Baby::at(hour(0.0)) })
}

fn three_weeks_of_nursing() -> Vec<Body> {
    (0..160).map(|i| Body::Nurse(nursing(0.5 + 3.0 * f64::from(i)))).collect()
}

fn told(more: &[Body]) -> Vec<(f64, f64)> {
    let log = observed(&[three_weeks_of_nursing(), more.to_vec()].concat(), NOW);
    let log = log.fit_log(&log.reading()).unwrap();
    log.growth().iter().map(|g| (g.ml / ((g.to_h - g.from_h) / 24.0), g.log_sd)).collect()
}

#[test]
fn growth_tells_what_was_drunk_at_the_breast() {
    let mila = born("Mila", "2026-10-01");
    let weights =
        [weighed(2.0, 4_200.0, Some("Mila")), weighed(12.0, 4_500.0, None), weighed(14.0, 4_560.0, None)];
    let all = told(&[std::slice::from_ref(&mila), &weights[..]].concat());
    // 92.8 x 4.35 - 152 = 251.7 kcal a day spent, 30 g a day at 6.15 kcal/g laid down, at 0.67 x 1.03 kcal/mL.
    let needs = (251.68 + 184.5) / (0.67 * 1.03);
    let [(ml, log_sd)] = all[..] else { panic!("two days more are too short: {all:?}") };
    assert!((ml - needs).abs() < 0.1 && (log_sd - 0.2).abs() < 1e-9, "{ml} and {needs}, {log_sd}");

    let bottle = |ml: f64| {
        Body::Bottle(Bottle { intake: Intake::ml(ml).ok(), ..Bottle::at(hour(100.0), Milk::Formula) })
    };
    let beside = told(&[&[mila.clone(), bottle(200.0)], &weights[..]].concat());
    assert!((beside[0].0 - (needs - 20.0)).abs() < 0.1 && beside[0].1 > 0.2, "{beside:?}");

    let unknown = Body::Bottle(Bottle::at(hour(100.0), Milk::Formula));
    assert_eq!(told(&[&[mila.clone(), unknown], &weights[..]].concat()), [], "a bottle of unknown size");
    assert_eq!(told(&[&[born("Mila", "2026-03-01")], &weights[..]].concat()), [], "it eats by now");
    assert_eq!(told(&weights), [], "of unknown age");
}

/// What infants need, from doubly labelled water and from what their bodies lay down (Butte, Public Health Nutr. 2005;8:953,
/// doi:10.1079/phn2005790), means of boys and girls: 460 kJ/kg a day at one month, 339 at six. Weights are medians of the WHO standards, boys and girls together.
#[test]
fn needs_are_those_that_were_measured() {
    let per_kg_kj = |born_on: &str, (day, from_g): (f64, f64), (until, to_g): (f64, f64)| {
        let weights = [weighed(day, from_g, None), weighed(until, to_g, None)];
        let [(ml, _)] = told(&[&[born("Mila", born_on)], &weights[..]].concat())[..] else {
            panic!("not told")
        };
        ml * 0.67 * 1.03 * 4.184 / ((from_g + to_g) / 2000.0)
    };
    let at_one_month = per_kg_kj("2026-10-08", (1.0, 4_120.0), (12.0, 4_535.0));
    assert!((0.9..=1.1).contains(&(at_one_month / 460.0)), "{at_one_month}");
    let at_six_months = per_kg_kj("2026-05-20", (0.5, 7_376.0), (14.0, 7_553.0));
    assert!((0.9..=1.1).contains(&(at_six_months / 339.0)), "{at_six_months}");
}

#[test]
fn twins_are_summed_and_nothing_is_said_where_one_was_not_weighed() {
    let twins = [born("Mila", "2026-10-01"), born("Ida", "2026-10-01")];
    let mila = [weighed(2.0, 4_200.0, Some("Mila")), weighed(12.0, 4_500.0, Some("Mila"))];
    let ida = [weighed(2.2, 3_200.0, Some("Ida")), weighed(11.8, 3_500.0, Some("Ida"))];
    assert_eq!(told(&[&twins[..], &mila[..]].concat()), []);
    let both = told(&[&twins[..], &mila[..], &ida[..]].concat());
    // Ida's 9.6 days; what both gained lies within them.
    let needs = (251.68 + 158.88 + 2.0 * 184.5 * 10.0 / 9.6) / (0.67 * 1.03);
    assert!((both[0].0 - needs).abs() < 0.1, "{both:?} and {needs}");
}

#[test]
fn a_birth_is_known_to_the_fit() {
    let day = |more: Body| {
        let log = observed(&[Body::Pump(pump(8.0)), more], NOW);
        log.fit_log(&log.reading()).unwrap().day(0.0)
    };
    let mother = |gave_birth: &str| {
        Body::Mother(Mother { gave_birth: gave_birth.parse().ok(), ..Mother::at(hour(0.0)) })
    };
    // From noon of that day to eight in the morning.
    let ten_days = 10.0 - 4.0 / 24.0;
    assert!((day(mother("2026-10-22")).unwrap() - ten_days).abs() < 0.05, "{:?}", day(mother("2026-10-22")));
    assert!((day(born("Mila", "2026-10-22")).unwrap() - ten_days).abs() < 0.05);
    assert_eq!(day(mother("2026-12-22")), None, "of the next one this log says nothing");
    assert_eq!(day(mother("2026-01-22")), None, "established long ago");
}
