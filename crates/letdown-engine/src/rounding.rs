//! To which step she reads her bottles.
//!
//! Volumes are rounded by whoever reads them: to 5 or 10 mL, to half an ounce. The *habit* is the coarsest step that most
//! volumes are multiples of; a volume that is not follows the coarsest step it does fit. The *step of the log* is the
//! coarsest that nearly all fit.

use letdown_journal::volume::ML_PER_OZ;

/// Steps that bottles are read to (mL), the coarsest first. Ounces in halves, quarters, tenths.
const STEPS_ML: [f64; 11] =
    [30.0, ML_PER_OZ, 20.0, 15.0, ML_PER_OZ / 2.0, 10.0, ML_PER_OZ / 4.0, 5.0, ML_PER_OZ / 10.0, 2.0, 1.0];
/// What is taken when nothing coarser fits (mL).
const FINEST_ML: f64 = 0.5;
/// The share of volumes that make a habit, and that make the step of a log.
const HABIT: f64 = 0.85;
const NEARLY_ALL: f64 = 0.98;

/// How a log's volumes were read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    habit_ml: f64,
    step_ml: f64,
}

impl Rounding {
    /// The rounding of some volumes (mL).
    ///
    /// ```
    /// let rounding = letdown_engine::rounding::Rounding::of(&[120.0, 135.0, 150.0, 90.0, 105.0, 120.0, 150.0, 100.0]);
    /// assert_eq!((rounding.of_volume(135.0), rounding.of_volume(100.0)), (15.0, 20.0));
    /// assert_eq!(rounding.step_ml(), 5.0);
    /// ```
    pub fn of(volumes_ml: &[f64]) -> Self {
        let counted: Vec<f64> = volumes_ml.iter().copied().filter(|v| *v > 0.0).collect();
        let coarsest = |share: f64| {
            let enough = |step: &f64| {
                let fitting = counted.iter().filter(|v| fits(**v, *step)).count();
                !counted.is_empty() && fitting as f64 >= share * counted.len() as f64
            };
            STEPS_ML.into_iter().find(enough).unwrap_or(FINEST_ML)
        };
        Self { habit_ml: coarsest(HABIT), step_ml: coarsest(NEARLY_ALL) }
    }

    /// The step a volume (mL) was read to (mL).
    pub fn of_volume(&self, ml: f64) -> f64 {
        if ml == 0.0 || fits(ml, self.habit_ml) {
            return self.habit_ml;
        }
        STEPS_ML.into_iter().find(|step| fits(ml, *step)).unwrap_or(FINEST_ML).min(2.0 * self.habit_ml)
    }

    /// The step of the log (mL).
    pub fn step_ml(&self) -> f64 {
        self.step_ml
    }

    /// A volume (mL) rounded to the step of the log.
    pub fn round_ml(&self, ml: f64) -> f64 {
        (ml / self.step_ml).round() * self.step_ml
    }
}

/// Whether a volume is a multiple of a step, within what conversion from ounces and back may lose.
fn fits(ml: f64, step_ml: f64) -> bool {
    let turns = ml / step_ml;
    (turns - turns.round()).abs() * step_ml < 0.06
}
