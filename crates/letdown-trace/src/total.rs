//! How sure the milk of a whole session is.

use crate::{reading::MILK_G_PER_ML, series::MilkSeries};

/// A scale, its drift and the pull of a tube are off by so much of the milk (1) and so much besides (g): one standard
/// deviation, measured on simulated sessions.
const OFF: f64 = 0.013;
const OFF_G: f64 = 0.65;
/// A display in steps is off by such a part of a step at either end, the first drops included, which a scale that is fond
/// of its zero never shows (1).
const OF_A_STEP: f64 = 0.6;
/// What came while the display was not believed is off by so much (g), each time, and with each second (g/s).
const TOUCHED_G: f64 = 0.2;
const TOUCHED_G_PER_S: f64 = 0.015;

/// One standard deviation of the total (mL).
pub(crate) fn total_sd_ml(series: &MilkSeries) -> f64 {
    let total_g = series.seconds.last().map_or(0.0, |last| last.milk_g()).max(0.0);
    let step_g = f64::from(series.step_cg) / 100.0;
    let parts_g = [OFF * total_g, OFF_G, OF_A_STEP * step_g];
    let touches = series.seconds.chunk_by(|a, b| a.is_sure() == b.is_sure());
    let touched_g = touches.filter(|run| run.first().is_some_and(|second| !second.is_sure())).map(|run| {
        let longer_g = TOUCHED_G_PER_S * run.len() as f64;
        TOUCHED_G * TOUCHED_G + longer_g * longer_g
    });
    let squares: f64 = parts_g.iter().map(|g| g * g).chain(touched_g).sum();
    libm::sqrt(squares) / MILK_G_PER_ML
}
