#![expect(clippy::disallowed_methods, reason = "an oracle of its own may ask the platform for a power")]

use letdown_model::{
    mother::Mother,
    random::Random,
    session::{
        Breasts, Phase, Plan, run, run_watched,
        touch::{Contact, Pump, Side, Source, Stage, together},
    },
};

fn at(side: Side) -> Contact {
    Contact::of(&side, Stage::default())
}

fn pump(vacuum: f64) -> Side {
    Side::pumped(Pump { vacuum, two_phase: false })
}

#[test]
fn a_pump_touches_by_a_fourth_root_and_takes_from_a_fifth_of_its_vacuum_on() {
    for v in [0.05_f64, 0.2, 0.5, 1.0, 1.5] {
        let contact = at(pump(v));
        assert!((contact.touch - 0.55 * v.powf(0.25)).abs() < 1e-15);
        assert!((contact.gate - f64::max(0.0, (v - 0.2) / 0.8)).abs() < 1e-15);
        assert!((contact.pull - v).abs() < 1e-15);
    }
    assert_eq!(at(pump(0.0)), Contact::default(), "a pump that is switched off");
}

#[test]
fn a_baby_takes_four_times_as_well_and_a_full_one_lets_go() {
    for w in [0.0, 0.3, 1.0] {
        let contact = at(Side::nursed(w));
        assert!((contact.touch - 0.95 * w).abs() < 1e-15 && (contact.gate - 4.0 * w).abs() < 1e-15);
    }
    let sated = Stage { full: [true, false], ..Stage::default() };
    assert_eq!(Contact::of(&Side::nursed(1.0), sated), Contact::default());
    let other = Stage { full: [false, true], ..Stage::default() };
    assert_eq!(
        Contact::of(&Side::nursed(1.0), other),
        at(Side::nursed(1.0)),
        "the control: it is her other baby"
    );
}

#[test]
fn a_two_phase_pump_pulls_with_half_its_vacuum_while_it_stimulates() {
    let two_phase = Side::pumped(Pump { vacuum: 0.8, two_phase: true });
    let stimulating = Stage { stimulating: true, ..Stage::default() };
    assert_eq!(Contact::of(&two_phase, stimulating), at(pump(0.4)));
    assert_eq!(at(two_phase), at(pump(0.8)));
    assert_eq!(Contact::of(&pump(0.8), stimulating), at(pump(0.8)), "the control");
}

#[test]
fn stimulation_ends_when_milk_comes_or_after_two_minutes() {
    // Half of this vacuum opens nothing: milk shows when stimulation has ended.
    let plan = |cues: f64| {
        let side = Side::pumped(Pump { vacuum: 0.4, two_phase: true });
        Plan::of([Phase { cues, ..Phase::both(6.0, side) }])
    };
    let opened_s = |her: &Mother, cues: f64, seed: u64| {
        let (mut opened_s, mut before_ml) = (f64::INFINITY, 0.0);
        let random = &mut Random::seeded(seed);
        let course = run_watched(her, &Breasts::filled(her, 0.5), &plan(cues), random, 0.5, &mut |now| {
            let taken_ml = now.milk[0].taken_ml;
            if taken_ml - before_ml > 0.0005 {
                opened_s = now.t_s.min(opened_s);
            }
            before_ml = taken_ml;
        });
        (opened_s, course.first_s().unwrap_or(f64::INFINITY))
    };
    let (mut soon, mut late) = (0, 0);
    let mut her = Mother::typical();
    her.ejection.ducts.drip_ml_per_s = 0.0;
    for seed in 0..60 {
        let (opened_s, first_s) = opened_s(&her, if seed % 2 == 0 { 0.6 } else { -0.35 }, seed);
        if first_s < 110.0 {
            soon += 1;
            assert!((0.0..15.0).contains(&(opened_s - first_s)), "seed {seed}: {opened_s} after {first_s}");
        } else if first_s < 300.0 {
            late += 1;
            assert!(opened_s >= first_s && opened_s < first_s + 15.0, "seed {seed}");
        }
    }
    assert!(soon > 20 && late > 10, "{soon} {late}");
    // With no let-down there are drips, of half and then of the whole vacuum: q0 v M/S, which hardly falls.
    let mut her = Mother::typical();
    her.ejection.reflex.gain_per_s = 0.0;
    let course = run(&her, &Breasts::filled(&her, 0.5), &plan(0.0), &mut Random::seeded(1));
    let exact = 0.0018 * 0.5 * (0.2 * 120.0 + 0.4 * 240.0);
    assert!((course.taken_ml[0] / exact - 1.0).abs() < 0.005, "{} and {exact}", course.taken_ml[0]);
}

#[test]
fn two_sides_touch_more_than_one_and_less_than_their_sum() {
    let (left, right) = (at(pump(1.0)), at(Side::nursed(0.6)));
    let both = together(&[left, right]);
    assert!((both - (1.0 - 0.45 * 0.43)).abs() < 1e-12);
    assert!((together(&[right, left]) - both).abs() < 1e-15);
    // Massage adds a quarter, once.
    let massaged = at(pump(1.0).massaged(0.8));
    assert!((together(&[massaged, Contact::default()]) - 0.55 - 0.2).abs() < 1e-12);
    assert!((together(&[massaged, massaged]) - 0.7975 - 0.2).abs() < 1e-12);
    let hand = at(Side { source: Source::Hand, massage: 0.0 });
    assert!((together(&[hand, Contact::default()]) - 0.55 - 0.25 * 0.3).abs() < 1e-12, "a hand massages");
    assert!(together(&[Contact::default(); 2]).abs() < 1e-15);
}
