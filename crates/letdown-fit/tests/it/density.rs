use letdown_fit::{
    gradient::Density,
    log::{Breasts, Event, Log, Seen},
};

/// Made by `fixtures/twin/make_density.py` from the equations in docs/model.md, not from this crate.
const LOG: &str = include_str!("../../../../fixtures/twin/log.csv");
const DENSITY: &str = include_str!("../../../../fixtures/twin/density.csv");
const CLOCK_AT_ZERO_H: f64 = 7.25;

fn rows(csv: &str) -> impl Iterator<Item = Vec<Option<f64>>> {
    csv.lines().skip(1).map(|row| row.split(',').map(|cell| cell.parse().ok()).collect())
}

fn golden_log() -> Log {
    let events = rows(LOG).map(|row| {
        let step_ml = row[2].unwrap();
        let seen = row[1].map_or(Seen::Nothing, |ml| Seen::Total { ml, step_ml });
        Event::pump(row[0].unwrap(), seen, None)
    });
    Log::new(Breasts::One, CLOCK_AT_ZERO_H, events).unwrap()
}

/// How far a number lies from the oracle's, as a share of the larger of `size` and 1.
fn off(ours: f64, oracle: f64, size: f64) -> f64 {
    (ours - oracle).abs() / size.max(1.0)
}

#[test]
fn the_oracle_doubts_the_same_gaps() {
    let log = golden_log();
    let doubted: Vec<bool> = rows(LOG).map(|row| row[3] == Some(1.0)).collect();
    assert!(doubted.contains(&true));
    for (index, oracle) in doubted.into_iter().enumerate() {
        assert_eq!(log.is_doubted(index), oracle, "event {index}");
    }
}

#[test]
fn density_and_slopes_are_those_of_the_book() {
    let mut density = Density::of(&golden_log());
    let dim = density.layout().dim();
    let mut points = 0;
    for (index, row) in rows(DENSITY).enumerate() {
        let row: Vec<f64> = row.into_iter().flatten().collect();
        assert_eq!(row.len(), 2 * dim + 1);
        let (z, oracle) = row.split_at(dim);
        let mut slopes = vec![0.0; dim];
        let height = density.at_deviations(z, &mut slopes);
        let worst = off(height, oracle[0], oracle[0].abs());
        assert!(worst < 1e-10, "point {index}: {height} against {}, {worst:e}", oracle[0]);
        let size = oracle[1..].iter().fold(1.0f64, |most, slope| most.max(slope.abs()));
        for (i, (ours, theirs)) in slopes.iter().zip(&oracle[1..]).enumerate() {
            let worst = off(*ours, *theirs, size);
            assert!(worst < 1e-10, "point {index}, slope {i}: {ours} against {theirs}, {worst:e}");
        }
        points += 1;
    }
    assert_eq!(points, 20);
}

#[test]
fn another_equation_would_be_seen() {
    let row: Vec<f64> = rows(DENSITY).next().unwrap().into_iter().flatten().collect();
    let whole = golden_log();
    // The same sessions, none of them thought to follow one that was not written down.
    let mut density = Density::of(&whole.clone().complete());
    let dim = density.layout().dim();
    let height = density.at_deviations(&row[..dim], &mut vec![0.0; dim]);
    assert!(off(height, row[dim], row[dim].abs()) > 1e-4, "{height} against {}", row[dim]);
}
