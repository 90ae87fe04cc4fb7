//! Single drops: below 0.03 g/s milk does not run, it drops, 0.05 g at a time.

use crate::reading::MILK_G_PER_ML;

/// Below this flow it drops (g/s).
pub const DROPS_BELOW_G_PER_S: f64 = 0.03;
/// A drop (g).
pub const DROP_G: f64 = 0.05;

/// Milk that falls (mL a step) at a flow (mL/s, blurred over cycles), as it arrives (mL a step).
pub(super) fn fall(falls_ml: &[f64], flow_ml_per_s: &[f64]) -> Vec<f64> {
    let mut hangs_ml = 0.0;
    let mut arrived = Vec::with_capacity(falls_ml.len());
    for (ml, flow) in falls_ml.iter().zip(flow_ml_per_s) {
        hangs_ml += ml;
        let is_running = flow * MILK_G_PER_ML >= DROPS_BELOW_G_PER_S;
        let leaves_ml = if is_running {
            hangs_ml
        } else {
            (hangs_ml * MILK_G_PER_ML / DROP_G).floor() * DROP_G / MILK_G_PER_ML
        };
        hangs_ml -= leaves_ml;
        arrived.push(leaves_ml);
    }
    arrived
}

#[cfg(test)]
mod tests {
    use super::{DROP_G, MILK_G_PER_ML, fall};
    use crate::simulate::GRID_S;

    #[test]
    fn a_trickle_drops_and_a_stream_runs() {
        let trickle = vec![0.01; 5_000];
        let arrived = fall(&trickle.iter().map(|f| f * GRID_S).collect::<Vec<_>>(), &trickle);
        let drops: Vec<f64> = arrived.iter().copied().filter(|ml| *ml > 0.0).collect();
        assert!(drops.iter().all(|ml| (ml * MILK_G_PER_ML - DROP_G).abs() < 1e-12));
        assert_eq!(drops.len(), (100.0 * 0.01 * MILK_G_PER_ML / DROP_G) as usize);

        let stream = vec![0.3; 100];
        let arrived = fall(&stream.iter().map(|f| f * GRID_S).collect::<Vec<_>>(), &stream);
        assert!(arrived.iter().all(|ml| (ml - 0.3 * GRID_S).abs() < 1e-15));
    }
}
