#![expect(clippy::disallowed_methods, reason = "a test may ask the platform for a power")]

use letdown_model::{
    mother::Mother,
    population::{Term, draw},
    random::Random,
    session::{
        Breasts, Course, Distress, Ended, Phase, Plan, run_watched,
        touch::{Baby, Pump, Side, Source},
    },
};

const SCENARIOS: u64 = 10_000;

struct Scenario {
    her: Mother,
    breasts: Breasts,
    plan: Plan,
    step_s: f64,
    seed: u64,
}

/// Anything that can be done to any woman, and some things that nobody would do.
fn scenario(seed: u64) -> Scenario {
    let mut r = Random::stream(0x6d61_7373, seed);
    let term = if r.below(2) == 0 { Term::Term } else { Term::Preterm };
    let her = draw(&mut r, term);
    let storage_ml: Vec<f64> = her.breasts.iter().map(|b| b.storage_ml).collect();
    let fullness = if r.below(10) == 0 { 0.0 } else { 1.3 * r.uniform() };
    let breasts = Breasts {
        milk_ml: storage_ml.iter().map(|s| fullness * s).collect(),
        makes_ml_per_h: storage_ml
            .iter()
            .map(|_| if r.below(2) == 0 { 0.0 } else { 60.0 * r.uniform() })
            .collect(),
        storage_ml,
    };
    let phases: Vec<Phase> = (0..=r.below(4)).map(|_| phase(&mut r)).collect();
    let appetite_ml = [0, 1].map(|_| match r.below(4) {
        0 => 0.0,
        1 => f64::INFINITY,
        _ => 120.0 * r.uniform(),
    });
    let stop_after_slow_s = (r.below(3) == 0).then(|| 300.0 * r.uniform());
    let step_s = [0.25, 0.5, 0.5, 1.0, 2.0, 5.0][r.below(6)];
    Scenario { her, breasts, plan: Plan { phases, appetite_ml, stop_after_slow_s }, step_s, seed }
}

fn phase(r: &mut Random) -> Phase {
    // From a second to twenty minutes, short ones as often as long ones.
    let seconds = f64::from(1200_u32).powf(r.uniform());
    let (left, right) = (side(r), side(r));
    let sides = if r.below(3) == 0 { [left, Side::LEFT_ALONE] } else { [left, right] };
    let cues = if r.below(2) == 0 { 0.0 } else { 1.2 * r.uniform() - 0.2 };
    let distress = if r.below(2) == 0 {
        Distress::default()
    } else {
        Distress { stress: 3.0 * r.uniform(), pain: 2.0 * r.uniform() }
    };
    Phase { seconds, sides, cues, distress }
}

fn side(r: &mut Random) -> Side {
    let source = match r.below(4) {
        0 => Source::None,
        1 => Source::Pump(Pump { vacuum: 1.5 * r.uniform(), two_phase: r.below(2) == 0 }),
        2 => Source::Baby(Baby { suck: r.uniform(), who: r.below(2) }),
        _ => Source::Hand,
    };
    Side { source, massage: if r.below(2) == 0 { 0.0 } else { r.uniform() } }
}

/// What an onlooker saw between the first and the last second (all in mL).
#[derive(Default)]
struct Seen {
    least: f64,
    took_back: f64,
    beyond_held: f64,
    in_ducts: [f64; 2],
    taken: [f64; 2],
}

fn run(s: &Scenario) -> (Course, Seen) {
    let mut seen = Seen::default();
    let course =
        run_watched(&s.her, &s.breasts, &s.plan, &mut Random::seeded(s.seed), s.step_s, &mut |now| {
            for (i, milk) in now.milk.iter().enumerate() {
                seen.least = seen.least.min(milk.alveoli_ml).min(milk.ducts_ml);
                seen.took_back = seen.took_back.max(seen.taken[i] - milk.taken_ml);
                let there_ml = s.breasts.milk_ml[i] + milk.made_ml;
                seen.beyond_held = seen.beyond_held.max(milk.taken_ml - there_ml);
                (seen.taken[i], seen.in_ducts[i]) = (milk.taken_ml, milk.ducts_ml);
            }
        });
    (course, seen)
}

#[test]
fn milk_is_conserved_in_ten_thousand_sessions() {
    let mut met = [0; 6];
    let (mut without_made, mut without_ducts) = (0, 0);
    for seed in 0..SCENARIOS {
        let s = scenario(seed);
        let (course, seen) = run(&s);
        for i in 0..2 {
            let start_ml = s.breasts.milk_ml[i];
            let (taken, left, made) = (course.taken_ml[i], course.left_ml[i], course.made_ml[i]);
            let lost_ml = start_ml + made - taken - left;
            let bound_ml = 1e-9 * (1.0 + start_ml + made);
            assert!(lost_ml.abs() < bound_ml, "seed {seed}, breast {i}: {lost_ml:e} mL lost");
            assert!(taken >= 0.0 && left >= 0.0 && taken <= start_ml + made, "seed {seed}");
            // The controls: the same balance that forgets one of its parts.
            without_made += i32::from((lost_ml - made).abs() > bound_ml);
            without_ducts += i32::from((lost_ml + seen.in_ducts[i]).abs() > bound_ml);
        }
        assert!(seen.least >= 0.0, "seed {seed}: {} mL somewhere", seen.least);
        assert!(seen.took_back <= 0.0 && seen.beyond_held <= 0.0, "seed {seed}");
        let of_let_downs_ml: f64 = course.let_downs.iter().map(|l| l.volume_ml).sum();
        assert!(of_let_downs_ml <= course.total_ml() + 1e-9, "seed {seed}: let-downs bring more than came");
        assert!(course.let_downs.iter().all(|l| l.volume_ml >= 0.0), "seed {seed}");
        met[match course.ended {
            Ended::Time => 0,
            Ended::Appetite => 1,
            Ended::Slowed => 2,
        }] += 1;
        met[3] += i32::from(course.total_ml() > 50.0);
        met[4] += i32::from(course.let_downs.len() > 3);
        met[5] += i32::from(course.let_downs.is_empty());
    }
    assert!(met.iter().all(|n| *n > 200), "some kind of session hardly came up: {met:?}");
    assert!(without_made > 5000 && without_ducts > 5000, "{without_made} {without_ducts}");
}

#[test]
fn a_breast_that_nobody_touches_gives_nothing() {
    let (mut alone, mut touched) = (0, 0);
    for seed in 0..1500 {
        let mut s = scenario(seed);
        s.plan.phases.iter_mut().for_each(|p| p.sides[1] = Side::LEFT_ALONE);
        let (course, _) = run(&s);
        assert_eq!(course.taken_ml[1].to_bits(), 0, "seed {seed}");
        alone += i32::from(course.taken_ml[0] > 5.0);
        s.plan.phases.iter_mut().for_each(|p| p.sides[1] = Side::pumped(Pump::comfortable()));
        touched += i32::from(run(&s).0.taken_ml[1] > 5.0);
    }
    assert!(
        alone > 300 && touched > 300,
        "the other side gave, and so does this one when pumped: {alone} {touched}"
    );
}

#[test]
fn a_baby_lets_go_when_it_has_had_enough() {
    let (mut enough, mut beyond) = (0, 0);
    for seed in 0..600 {
        let mut s = scenario(seed);
        let appetite_ml = 10.0 + f64::from(seed as u32 % 50);
        let nursing = Phase::both(15.0, Side::nursed(1.0));
        s.plan = Plan { appetite_ml: [appetite_ml, 0.0], ..Plan::of([nursing]) };
        s.step_s = 0.5;
        // What two breasts can give in one step, from her own traits: choked ducts, drips, and the milk in them.
        let ducts = &s.her.ejection.ducts;
        let most_ml_per_s = 2.0 * (4.0 * ducts.takes_per_s * ducts.choked_ml + 1.3 * ducts.drip_ml_per_s);
        let (course, _) = run(&s);
        assert!(course.total_ml() <= appetite_ml + 0.5 * most_ml_per_s, "seed {seed}");
        if course.ended == Ended::Appetite {
            enough += 1;
            assert!(course.total_ml() >= appetite_ml && course.seconds < 900.0, "seed {seed}");
        } else {
            assert!(course.total_ml() < appetite_ml, "seed {seed}");
        }
        s.plan.appetite_ml[0] = f64::INFINITY;
        beyond += i32::from(run(&s).0.total_ml() > appetite_ml + 0.5 * most_ml_per_s);
    }
    assert!(enough > 300 && beyond > 300, "without an end to appetite it drinks on: {enough} {beyond}");
}
