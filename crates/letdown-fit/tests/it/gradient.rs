use crate::simulated::{Kind, PLAIN, log, with_everything, with_holes};
use letdown_fit::{
    gradient::{ABREAST, Density},
    log::{Breasts, Log},
    traits::Trait,
};
use letdown_model::{
    population::{Term, draw},
    random::Random,
};

/// Largest disagreement between the gradient and central differences, relative to the gradient's size.
fn disagreement(kind: Kind, seed: u64, mut alter: impl FnMut(&Log, &mut Random) -> Log) -> f64 {
    let mut random = Random::seeded(seed);
    let plain = log(&draw(&mut random, Term::Term), kind, &mut random);
    let mut density = Density::of(&alter(&plain, &mut random));
    let dim = density.layout().dim();
    let z: Vec<f64> = (0..dim).map(|_| 0.3 * random.normal()).collect();
    let mut ours = vec![0.0; dim];
    density.at(&z, &mut ours);
    let size = ours.iter().fold(1.0f64, |m, g| m.max(g.abs()));
    let mut unused = vec![0.0; dim];
    let theirs = (0..dim).map(|i| {
        let mut moved = |by: f64| {
            let mut z = z.clone();
            z[i] += by;
            density.at(&z, &mut unused)
        };
        // Small, so that a corner of the equations (a breast at the brim) is rarely within it.
        let h = 1e-5;
        (8.0 * (moved(h) - moved(-h)) - (moved(2.0 * h) - moved(-2.0 * h))) / (12.0 * h)
    });
    ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / size).fold(0.0, f64::max)
}

/// A log of every sort, in short.
fn every_kind() -> [Kind; 11] {
    let two = Kind { breasts: Breasts::Two, days: 20, ..PLAIN };
    [
        Kind { days: 20, ..PLAIN },
        Kind { lengths: true, unseen_every: 5, days: 20, ..PLAIN },
        Kind { nursing_every: 3, days: 20, ..PLAIN },
        two,
        Kind { lengths: true, nursing_every: 4, unseen_every: 7, ..two },
        Kind { nursing_every: 3, weighed_every: 2, growth_days: 6, days: 20, ..PLAIN },
        Kind { nursing_every: 3, weighed_every: 4, growth_days: 9, ..two },
        Kind { day_after_birth: Some(0.2), days: 20, ..PLAIN },
        Kind { day_after_birth: Some(11.3), nursing_every: 5, ..two },
        Kind { day_after_birth: Some(2.5), lengths: true, ..two },
        Kind { weaning_from: 4, days: 30, ..PLAIN },
    ]
}

#[test]
fn of_every_kind_of_log() {
    for (k, kind) in every_kind().into_iter().enumerate() {
        for seed in 0..6 {
            let worst = disagreement(kind, 100 * k as u64 + seed, |log, _| log.clone());
            assert!(worst < 1e-7, "{kind:?}, seed {seed}: {worst:e}");
        }
    }
}

#[test]
fn of_sessions_with_something_beside() {
    let two = Kind { breasts: Breasts::Two, lengths: true, days: 20, ..PLAIN };
    for (k, kind) in [Kind { days: 20, ..PLAIN }, two].into_iter().enumerate() {
        for seed in 0..4 {
            let worst = disagreement(kind, 700 + 100 * k as u64 + seed, with_everything);
            assert!(worst < 1e-7, "{kind:?}, seed {seed}: {worst:e}");
        }
    }
}

#[test]
fn of_logs_that_tell_of_minutes_past_the_end_of_flow() {
    let past = Kind { past_flow_min: 9.0, past_flow_written: true, days: 25, ..PLAIN };
    let two = Kind { breasts: Breasts::Two, lengths: true, nursing_every: 5, ..past };
    let kinds = [past, two, Kind { day_after_birth: Some(2.5), ..past }];
    for (k, kind) in kinds.into_iter().enumerate() {
        for seed in 0..4 {
            let mut told = false;
            let worst = disagreement(kind, 1500 + 100 * k as u64 + seed, |log, random| {
                let log = if seed < 2 { log.clone() } else { with_holes(log, random) };
                told = Density::of(&log).layout().active().contains(&Trait::PastFlow);
                log
            });
            assert!(told && worst < 1e-7, "{kind:?}, seed {seed}: {worst:e}");
        }
    }
}

#[test]
fn of_logs_with_holes() {
    let two = Kind { breasts: Breasts::Two, lengths: true, days: 25, ..PLAIN };
    let mut doubted = 0;
    for (k, kind) in [Kind { days: 25, ..PLAIN }, two].into_iter().enumerate() {
        for seed in 0..4 {
            let worst = disagreement(kind, 1200 + 100 * k as u64 + seed, |log, random| {
                let log = with_holes(log, random);
                doubted += (0..log.events().len()).filter(|i| log.is_doubted(*i)).count();
                log
            });
            assert!(worst < 1e-7, "{kind:?}, seed {seed}: {worst:e}");
        }
    }
    assert!(doubted > 40, "{doubted} gaps are doubted");
}

/// Log-densities and slopes at places, asked for side by side.
fn abreast(density: &mut Density, places: &[Vec<f64>; ABREAST]) -> [(f64, Vec<f64>); ABREAST] {
    let mut slopes = places.clone();
    let mut beside = places.iter().zip(&mut slopes);
    let asked = std::array::from_fn(|_| beside.next().map(|(z, slope)| (&z[..], &mut slope[..])).unwrap());
    let mut heights = density.at_abreast(asked).into_iter();
    slopes.map(|slope| (heights.next().unwrap(), slope))
}

#[test]
fn places_side_by_side_are_as_each_alone() {
    for (k, kind) in every_kind().into_iter().enumerate() {
        for (seed, reach) in [0.3, 1.0, 2.0].into_iter().enumerate() {
            let mut random = Random::seeded(1800 + 10 * k as u64 + seed as u64);
            let plain = log(&draw(&mut random, Term::Term), kind, &mut random);
            let mut density = Density::of(&with_holes(&plain, &mut random));
            let dim = density.layout().dim();
            let places: [Vec<f64>; ABREAST] =
                std::array::from_fn(|_| (0..dim).map(|_| reach * random.normal()).collect());
            let together = abreast(&mut density, &places);
            let heights = density.heights_abreast(std::array::from_fn(|l| &places[l][..]));
            for ((z, (height, slope)), height_only) in places.iter().zip(&together).zip(heights) {
                let mut alone = vec![0.0; dim];
                let height_alone = density.at(z, &mut alone);
                assert!((height_only - density.height(z)).abs() < 1e-9 * height_alone.abs(), "{kind:?}");
                let size = alone.iter().fold(1.0f64, |m, g| m.max(g.abs()));
                assert!((height - height_alone).abs() < 1e-9 * height_alone.abs(), "{kind:?}, reach {reach}");
                let worst = slope.iter().zip(&alone).map(|(a, b)| (a - b).abs() / size).fold(0.0, f64::max);
                assert!(worst < 1e-9, "{kind:?}, reach {reach}: {worst:e}");
            }
            assert!((together[0].0 - together[1].0).abs() > 1e-3, "two places are not one");
        }
    }
}

#[test]
fn a_place_out_of_the_world_spoils_none_beside_it() {
    let kind = Kind { breasts: Breasts::Two, days: 20, ..PLAIN };
    let mut random = Random::seeded(1900);
    let mut density = Density::of(&log(&draw(&mut random, Term::Term), kind, &mut random));
    let dim = density.layout().dim();
    let sound: Vec<f64> = (0..dim).map(|_| 0.3 * random.normal()).collect();
    let mut slope = vec![0.0; dim];
    let height = density.at(&sound, &mut slope);
    for lost in [f64::NAN, f64::INFINITY, 1e3, -1e3] {
        let mut places: [Vec<f64>; ABREAST] = std::array::from_fn(|_| vec![lost; dim]);
        places[ABREAST - 1] = sound.clone();
        let (beside, by) = abreast(&mut density, &places)[ABREAST - 1].clone();
        assert!((beside - height).abs() < 1e-9 * height.abs(), "beside {lost}: {beside} and {height}");
        assert!(by.iter().zip(&slope).all(|(a, b)| (a - b).abs() < 1e-6 * (1.0 + b.abs())), "beside {lost}");
    }
}

/// Along a way through the prior, the density's rise against the integral of its slope. Where they part, the way is halved
/// again and again: at a corner the difference vanishes, at a jump, however small, it stays.
fn jump(kind: Kind, seed: u64) -> f64 {
    let mut random = Random::seeded(seed);
    let mut density = Density::of(&log(&draw(&mut random, Term::Term), kind, &mut random));
    let dim = density.layout().dim();
    let from: Vec<f64> = (0..dim).map(|_| 0.7 * random.normal()).collect();
    let way: Vec<f64> = (0..dim).map(|_| 0.5 * random.normal()).collect();
    let mut slope = vec![0.0; dim];
    let mut at = |share: f64| {
        let z: Vec<f64> = from.iter().zip(&way).map(|(z, w)| z + share * w).collect();
        let height = density.at(&z, &mut slope);
        (height, slope.iter().zip(&way).map(|(s, w)| s * w).sum::<f64>())
    };
    (0..200).map(|i| remains(&mut at, f64::from(i) / 200.0, f64::from(i + 1) / 200.0)).fold(0.0, f64::max)
}

/// What remains of the difference between rise and integral when the way between two shares is halved.
fn remains(at: &mut impl FnMut(f64) -> (f64, f64), from: f64, to: f64) -> f64 {
    let middle = 0.5 * (from + to);
    let (low, half, high) = (at(from), at(middle), at(to));
    let integral = (to - from) / 6.0 * (low.1 + 4.0 * half.1 + high.1);
    let apart = (high.0 - low.0 - integral).abs();
    if apart < 1e-6 || to - from < 1e-9 {
        return apart;
    }
    remains(at, from, middle).max(remains(at, middle, to))
}

#[test]
fn the_density_does_not_jump() {
    let kinds = [
        Kind { days: 12, ..PLAIN },
        Kind { days: 12, breasts: Breasts::Two, ..PLAIN },
        Kind { days: 12, breasts: Breasts::Two, lengths: true, nursing_every: 4, ..PLAIN },
        Kind { days: 12, day_after_birth: Some(1.0), ..PLAIN },
    ];
    for (k, kind) in kinds.into_iter().enumerate() {
        for seed in 0..20 {
            let worst = jump(kind, 900 + 100 * k as u64 + seed);
            assert!(worst < 1e-5, "{kind:?}, seed {seed}: {worst:e}");
        }
    }
}
