#![expect(
    clippy::disallowed_methods,
    reason = "oracles of their own may ask the platform for an exponential"
)]

use letdown_model::{
    learning::{Cue, Learned, Learning, Present, reward},
    random::Random,
};
use std::collections::BTreeMap;

const PLACES: u32 = 3;

fn learning(rate: f64, competition: f64) -> Learning {
    Learning { rate, competition }
}

fn usual() -> Learning {
    learning(0.03, 0.5)
}

/// Section 3 of MODEL.md, written down a second time and plainly.
#[derive(Clone, Default)]
struct Oracle {
    a: [f64; 10],
    r: [f64; 10],
    h: BTreeMap<(u32, usize), f64>,
}

impl Oracle {
    fn v(&self, i: usize, place: u32) -> f64 {
        self.a[i] + self.r[i] - self.h.get(&(place, i)).unwrap_or(&0.0)
    }

    fn teach(&mut self, alpha: f64, mu: f64, c: [f64; 10], y: f64, place: u32) {
        let gap_s = |i: usize| [0.0, 0.0, 60.0, 0.0, 0.0, 0.0, 0.0, 0.0, 120.0, 0.0_f64][i];
        let e = |i: usize| (-gap_s(i) / 60.0).exp();
        let before = self.clone();
        let all: f64 = (0..10).map(|j| before.v(j, place) * c[j] * e(j)).sum();
        for i in (0..10).filter(|i| c[*i] > 0.0) {
            let d = 0.6 * y - ((1.0 - mu) * before.v(i, place) + mu * all);
            if d > 0.0 {
                // No more than the reward itself teaches: what was extinguished below nothing is not made up at once.
                self.r[i] += alpha * d.min(0.6 * y) * c[i] * e(i);
            } else {
                *self.h.entry((place, i)).or_default() += 0.3 * alpha * -d * c[i];
            }
        }
    }

    fn rest(&mut self, days: f64) {
        // The midpoint rule in small steps.
        const STEPS: u32 = 400;
        let dt = days / f64::from(STEPS);
        let settles = |a: f64, r: f64| 0.02 * r - a / (6.0 * 365.0);
        for _ in 0..STEPS {
            for i in 0..10 {
                let (a, r) = (self.a[i], self.r[i]);
                let half_way = (a + 0.5 * dt * settles(a, r), r - 0.5 * dt * r / 20.0);
                self.a[i] += dt * settles(half_way.0, half_way.1);
                self.r[i] -= dt * half_way.1 / 20.0;
            }
            self.h.values_mut().for_each(|h| *h -= dt * (*h - 0.5 * dt * *h / 12.0) / 12.0);
        }
    }
}

fn present(c: &[f64; 10]) -> Present {
    let there = Cue::ALL.iter().zip(c).filter(|(_, c)| **c > 0.0);
    there.fold(Present::nothing(), |present, (cue, c)| present.with(*cue, *c))
}

fn some_cues(r: &mut Random) -> [f64; 10] {
    std::array::from_fn(|_| match r.below(4) {
        0 => 1.0,
        1 => r.uniform(),
        _ => 0.0,
    })
}

#[test]
fn random_lives_agree_with_a_plain_implementation() {
    let mut largest: f64 = 0.0;
    for seed in 0..200 {
        let r = &mut Random::seeded(seed);
        let hers = learning(0.005 + 0.2 * r.uniform(), [0.0, 0.5, 1.0, r.uniform()][r.below(4)]);
        let (mut ours, mut theirs) = (Learned::default(), Oracle::default());
        for _ in 0..120 {
            let (c, place) = (some_cues(r), r.below(PLACES as usize) as u32);
            let y = [0.0, 1.0, r.uniform(), r.uniform()][r.below(4)];
            ours.teach(&hers, &present(&c), y, place);
            theirs.teach(hers.rate, hers.competition, c, y, place);
            let days = if r.below(20) == 0 { 10.0 * r.uniform() } else { 0.5 * r.uniform() };
            ours.rest(days);
            theirs.rest(days);
            for (i, cue) in Cue::ALL.into_iter().enumerate() {
                for place in 0..=PLACES {
                    let (ours, theirs) = (ours.strength(cue, place), theirs.v(i, place));
                    assert!(
                        (ours - theirs).abs() < 1e-6,
                        "seed {seed}, {cue:?} in {place}: {ours} and {theirs}"
                    );
                    largest = largest.max(ours);
                }
            }
            let sum: f64 = (0..10).map(|i| theirs.v(i, place) * c[i]).sum();
            assert!((ours.drive(&present(&c), place) - sum.min(0.6)).abs() < 1e-5);
        }
    }
    assert!(largest > 0.4, "hardly anything was learned: {largest}");
}

/// A cue learned for some days, eight rewarded sessions a day, in place 0.
fn trained(hers: &Learning, cues: &[Cue], days: u32) -> Learned {
    let mut learned = Learned::default();
    for _ in 0..8 * days {
        learned.teach(hers, &Present::cues(cues), 1.0, 0);
        learned.rest(0.125);
    }
    learned
}

fn strengths(learned: &Learned, place: u32) -> [f64; 10] {
    Cue::ALL.map(|cue| learned.strength(cue, place))
}

#[test]
fn a_month_at_once_is_a_month_in_small_steps() {
    let mut at_once = trained(&usual(), &[Cue::Cry, Cue::Smell], 40);
    for _ in 0..30 {
        at_once.teach(&usual(), &Present::cues(&[Cue::Smell]), 0.0, 1);
    }
    let mut in_steps = at_once.clone();
    at_once.rest(30.0);
    (0..3000).for_each(|_| in_steps.rest(0.01));
    for place in 0..2 {
        for (a, b) in strengths(&at_once, place).iter().zip(strengths(&in_steps, place)) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }
}

#[test]
fn a_cue_alone_is_learned_up_to_its_fixed_point() {
    // Each eighth of a day: r <- E_r (r + alpha d), a <- E_a a + K (r + alpha d), d = lambda - a - r. At the fixed point
    // r (1/E_r - 1) = alpha (lambda - r - a) and a = r K / (E_r (1 - E_a)).
    let (dt, alpha) = (0.125_f64, 0.03);
    let (e_r, e_a) = ((-dt / 20.0).exp(), (-dt / 2190.0).exp());
    let k = 0.02 * 20.0 * 2190.0 / (2190.0 - 20.0) * (e_a - e_r);
    let per_r = k / (e_r * (1.0 - e_a));
    let r = alpha * 0.6 / (1.0 / e_r - 1.0 + alpha * (1.0 + per_r));
    let exact = r * (1.0 + per_r);
    for mu in [0.0, 0.5, 1.0] {
        let learned = trained(&learning(alpha, mu), &[Cue::PumpSound], 5 * 365);
        let v = learned.strength(Cue::PumpSound, 0);
        assert!((v - exact).abs() < 1e-6, "mu {mu}: {v} and {exact}");
        assert!(v < 0.6 && v > 0.59);
    }
    // Half a reward teaches half as much; the control is no reward.
    let taught = |y: f64| {
        let mut learned = Learned::default();
        (0..100).for_each(|_| learned.teach(&usual(), &Present::cues(&[Cue::Suck]), y, 0));
        learned.strength(Cue::Suck, 0)
    };
    assert!((taught(0.5) / taught(1.0) - 0.5).abs() < 1e-9 && taught(0.0).abs() < 1e-15);
    assert!((taught(1.0) - 0.6 * (1.0 - 0.97_f64.powi(100))).abs() < 1e-12);
}

#[test]
fn a_cue_that_ended_earlier_is_learned_more_slowly() {
    let learned = {
        let mut learned = Learned::default();
        learned.teach(&usual(), &Present::cues(&[Cue::Smell, Cue::Cry, Cue::Preparing]), 1.0, 0);
        learned
    };
    let [smell, cry, preparing] = [Cue::Smell, Cue::Cry, Cue::Preparing].map(|cue| learned.strength(cue, 0));
    assert!((smell - 0.018).abs() < 1e-15);
    assert!((cry / smell - (-1.0_f64).exp()).abs() < 1e-12, "a minute");
    assert!((preparing / smell - (-2.0_f64).exp()).abs() < 1e-12, "two minutes");
}

#[test]
fn a_well_learned_cue_blocks_another_as_far_as_they_compete() {
    let learns = |mu: f64, days_before: u32| {
        let hers = learning(0.03, mu);
        let mut learned = trained(&hers, &[Cue::PumpSound], days_before);
        for _ in 0..8 * 10 {
            learned.teach(&hers, &Present::cues(&[Cue::PumpSound, Cue::Suck]), 1.0, 0);
            learned.rest(0.125);
        }
        learned.strength(Cue::Suck, 0)
    };
    let alone = trained(&usual(), &[Cue::Suck], 10).strength(Cue::Suck, 0);
    let [none, half, full] = [0.0, 0.5, 1.0].map(|mu| learns(mu, 60));
    assert!((none - alone).abs() < 1e-12, "without competition every cue is alone: {none} {alone}");
    assert!(full < 0.15 * alone, "blocked: {full} of {alone}");
    assert!(full < half && 0.4 * alone < half && half < 0.7 * alone, "half way: {half} of {alone}");
    // The control: beside a pump that is new to her, full competition shares and does not block.
    let beside_new = learns(1.0, 0);
    assert!((0.45..0.55).contains(&(beside_new / 0.6)), "{beside_new}");
}

#[test]
fn extinction_is_bound_to_its_place_and_the_reflex_comes_back() {
    let smell = Present::cues(&[Cue::Smell]);
    let mut learned = Learned::default().with(Cue::Smell, 0.5);
    let mut rested = learned.clone();
    for _ in 0..80 {
        learned.teach(&usual(), &smell, 0.0, 7);
        learned.rest(0.125);
        rested.rest(0.125);
    }
    // 80 times h += 0.009 V, h <- h exp(-0.125/12), a <- a exp(-0.125/2190).
    let (mut a, mut h) = (0.5_f64, 0.0_f64);
    for _ in 0..80 {
        h = (h + 0.3 * 0.03 * (a - h)) * (-0.125_f64 / 12.0).exp();
        a *= (-0.125_f64 / 2190.0).exp();
    }
    let here = learned.strength(Cue::Smell, 7);
    assert!((here - (a - h)).abs() < 1e-12, "{here} {}", a - h);
    assert!((0.58..0.66).contains(&(here / 0.5)), "ten days leave about six tenths: {}", here / 0.5);
    assert_eq!(
        strengths(&learned, 8).map(f64::to_bits),
        strengths(&rested, 8).map(f64::to_bits),
        "elsewhere nothing has happened"
    );
    learned.rest(6.0);
    let back = learned.strength(Cue::Smell, 7);
    assert!((back - (a * (-6.0_f64 / 2190.0).exp() - h * (-0.5_f64).exp())).abs() < 1e-12);
    assert!((0.70..0.80).contains(&(back / 0.5)), "six days of rest bring back some: {}", back / 0.5);
    learned.rest(60.0);
    assert!(learned.strength(Cue::Smell, 7) > 0.97 * learned.strength(Cue::Smell, 8));
    // The control: a reward instead, and nothing is extinguished.
    let mut rewarded = Learned::default().with(Cue::Smell, 0.5);
    rewarded.teach(&usual(), &smell, 1.0, 7);
    assert!(rewarded.strength(Cue::Smell, 7) > 0.5);
}

#[test]
fn breasts_have_a_long_memory() {
    let learned = trained(&usual(), &[Cue::Cry, Cue::Smell], 270);
    for years in [2.0_f64, 3.0] {
        let mut later = learned.clone();
        later.rest(365.0 * years);
        for cue in [Cue::Cry, Cue::Smell] {
            // All that is recent has settled or gone by then: a (1 year on) fades with 6 years.
            let mut settled = learned.clone();
            settled.rest(365.0);
            let exact = settled.strength(cue, 0) * (-(years - 1.0) / 6.0).exp();
            assert!((later.strength(cue, 0) - exact).abs() < 1e-7);
        }
        let both = later.drive(&Present::cues(&[Cue::Cry, Cue::Smell]), 0);
        assert!(both > 0.19, "strong enough to fire, after {years} years: {both}");
    }
    // The control: what three days have taught is gone.
    let mut brief = trained(&usual(), &[Cue::Cry, Cue::Smell], 3);
    brief.rest(365.0 * 2.0);
    assert!(brief.drive(&Present::cues(&[Cue::Cry, Cue::Smell]), 0) < 0.15);
    // What lasts alone has a closed form.
    let mut lasting = Learned::default().with(Cue::Thought, 0.5);
    lasting.rest(2.5 * 365.0);
    assert!((lasting.strength(Cue::Thought, 0) - 0.5 * (-2.5_f64 / 6.0).exp()).abs() < 1e-12);
}

/// Anything she may have learned.
fn some_past(seed: u64, hers: &Learning) -> Learned {
    let r = &mut Random::seeded(seed);
    let mut learned = Learned::default();
    for _ in 0..150 {
        let (c, place) = (some_cues(r), r.below(PLACES as usize) as u32);
        let y = if r.below(2) == 0 { 0.0 } else { r.uniform() };
        learned.teach(hers, &present(&c), y, place);
        learned.rest(0.2 * r.uniform());
    }
    learned
}

#[test]
fn without_reward_nothing_gains_strength_anywhere() {
    for seed in 0..400 {
        let hers = learning(0.15, [0.0, 0.5, 1.0][seed as usize % 3]);
        let mut learned = some_past(seed, &hers);
        let r = &mut Random::stream(1, seed);
        for _ in 0..60 {
            let (c, here) = (some_cues(r), r.below(PLACES as usize) as u32);
            let before: Vec<[f64; 10]> = (0..=PLACES).map(|place| strengths(&learned, place)).collect();
            learned.teach(&hers, &present(&c), 0.0, here);
            for place in 0..=PLACES {
                for (was, is) in before[place as usize].iter().zip(strengths(&learned, place)) {
                    assert!(is <= *was, "seed {seed}, place {place}: {was} to {is}");
                }
            }
        }
    }
}

#[test]
fn less_reward_never_teaches_more() {
    let (mut less, mut equal) = (0, 0);
    for seed in 0..2000 {
        let hers = learning(0.1, [0.0, 0.5, 1.0][seed as usize % 3]);
        let past = some_past(seed % 50, &hers);
        let r = &mut Random::stream(2, seed);
        let (c, y, stress) = (some_cues(r), r.uniform(), 1.5 * r.uniform());
        let taught = |y: f64| {
            let mut learned = past.clone();
            learned.teach(&hers, &present(&c), y, 0);
            strengths(&learned, 0)
        };
        for (calm, stressed) in taught(y).iter().zip(taught(y * (-stress).exp())) {
            assert!(stressed <= *calm + 1e-15, "seed {seed}");
            if stressed < *calm { less += 1 } else { equal += 1 }
        }
    }
    assert!(less > 2000 && equal > 2000, "{less} {equal}");
}

#[test]
fn cues_that_failed_together_are_not_taught_by_failing_alone() {
    // A cue beside a strong one that fails learns to stand for no milk. When it then fails alone, as foreseen, that is no
    // milk either, and must not make it stand for milk elsewhere.
    let hers = learning(0.03, 0.5);
    let mut learned = Learned::default().with(Cue::Cry, 0.6);
    for _ in 0..120 {
        learned.teach(&hers, &Present::cues(&[Cue::Cry, Cue::Chair]), 0.0, 0);
    }
    let foreseen = learned.strength(Cue::Chair, 0);
    assert!(foreseen < -0.03, "{foreseen}");
    for _ in 0..500 {
        learned.teach(&hers, &Present::cues(&[Cue::Chair]), 0.0, 0);
        learned.teach(&hers, &Present::cues(&[Cue::Cry, Cue::Chair]), 0.0, 0);
    }
    assert!(learned.strength(Cue::Chair, 1) <= 0.0, "{}", learned.strength(Cue::Chair, 1));
    // The control: with a reward it does come to stand for milk, here and elsewhere.
    (0..300).for_each(|_| learned.teach(&hers, &Present::cues(&[Cue::Chair]), 1.0, 0));
    assert!(learned.strength(Cue::Chair, 0) > foreseen + 0.2 && learned.strength(Cue::Chair, 1) > 0.2);
}

#[test]
fn only_pulses_soon_after_touch_count() {
    assert!(reward([].into_iter()).abs() < 1e-15);
    assert!(
        (reward([(-20.0, 0.9), (30.0, 0.4), (239.0, 0.3), (241.0, 0.9)].into_iter()) - 0.7).abs() < 1e-12
    );
    assert!((reward([(10.0, 0.9), (100.0, 0.9)].into_iter()) - 1.0).abs() < 1e-12, "at most 1");
}

#[test]
fn words_name_cues() {
    for (i, cue) in Cue::ALL.into_iter().enumerate() {
        assert_eq!(Cue::of_word(cue.word()), Some(cue));
        assert_eq!(cue as usize, i, "the order of the list is that of the strengths");
    }
    assert_eq!(Cue::of_word("milk"), None);
}
