use letdown_model::{
    life::{By, Planned, Start, live},
    population::{Term, draw},
    random::Random,
    removal::Session,
    supply::Supply,
};

/// Pinned bits: a change here means that old seeds no longer give old results, on this or another platform.
#[test]
fn a_seed_gives_the_same_bits_for_ever() {
    let mut random = Random::seeded(2026);
    let normals = [random.normal(), random.normal(), random.uniform(), random.gamma_two()];
    assert_eq!(normals.map(f64::to_bits), PINNED_NUMBERS);

    let her = draw(&mut Random::seeded(5), Term::Preterm);
    let start = Start { days_after_birth: Some(0.0), ..Start::established(Supply::at_birth(&her), 9.0) };
    let plan: Vec<Planned> =
        (1..200).map(|i| Planned { at_h: 2.9 * f64::from(i), by: By::Pump(Session::both(14.0)) }).collect();
    let last = live(&her, &start, &plan, Some(&mut Random::seeded(6)))[198].total_ml();
    assert_eq!(last.to_bits(), PINNED_VOLUME, "{last} mL");
}

const PINNED_NUMBERS: [u64; 4] = [
    4_603_556_932_615_680_374,
    13_832_693_960_999_324_582,
    4_586_245_747_518_246_720,
    4_598_076_026_191_229_845,
];
const PINNED_VOLUME: u64 = 4_636_084_114_668_215_120;

#[test]
fn streams_of_one_seed_differ() {
    let (mut a, mut b) = (Random::stream(1, 0), Random::stream(1, 1));
    assert!((0..100).all(|_| a.uniform().to_bits() != b.uniform().to_bits()));
}

#[test]
fn moments_are_those_of_the_distributions() {
    let mut random = Random::seeded(3);
    let n = 200_000;
    let normals: Vec<f64> = (0..n).map(|_| random.normal()).collect();
    let gammas: Vec<f64> = (0..n).map(|_| random.gamma_two()).collect();
    let mean = |v: &[f64]| v.iter().sum::<f64>() / f64::from(n);
    let variance = |v: &[f64], m: f64| v.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / f64::from(n);
    assert!(mean(&normals).abs() < 0.01 && (variance(&normals, 0.0) - 1.0).abs() < 0.02);
    assert!((mean(&gammas) - 1.0).abs() < 0.01 && (variance(&gammas, 1.0) - 0.5).abs() < 0.02);
}
