//! The step in which a scale shows masses: 0.1 g, 1 g, ...

/// Steps that are made (hundredths of a gram), the coarsest first.
const MADE_CG: [u16; 8] = [500, 200, 100, 50, 20, 10, 5, 1];
/// Until anything else is seen, a scale is taken for one of a kitchen.
const KITCHEN: usize = 2;

/// The coarsest step that fits everything shown so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepWatch {
    at: usize,
    seen_other_than_zero: bool,
}

impl StepWatch {
    pub(crate) fn new() -> Self {
        Self { at: 0, seen_other_than_zero: false }
    }

    pub(crate) fn see(&mut self, mass_g: f64) {
        let cg = libm::round(mass_g * 100.0);
        self.seen_other_than_zero |= cg != 0.0;
        let fits = |step_cg: u16| libm::fmod(cg, f64::from(step_cg)) == 0.0;
        while self.at + 1 < MADE_CG.len() && !fits(MADE_CG[self.at]) {
            self.at += 1;
        }
    }

    /// The step (hundredths of a gram).
    pub(crate) fn step_cg(&self) -> u16 {
        MADE_CG[if self.seen_other_than_zero { self.at } else { KITCHEN }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_the_coarsest_that_fits() {
        for (shown, step_cg) in [
            (vec![], 100),
            (vec![0.0, 3.0, 7.0], 100),
            (vec![0.2, 0.6], 20),
            (vec![0.2, 0.3], 10),
            (vec![10.0, 0.05], 5),
        ] {
            let mut watch = StepWatch::new();
            for g in &shown {
                watch.see(*g);
            }
            assert_eq!(watch.step_cg(), step_cg, "{shown:?}");
        }
    }
}
