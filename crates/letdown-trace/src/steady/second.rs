//! The readings of one second, and the level they agree on.

use crate::reading::Reading;

/// No scale sends more in a second; what comes beyond is dropped.
const AT_MOST: usize = 64;

/// The readings of a second, kept in place.
#[derive(Clone, Debug)]
pub(crate) struct Gathered {
    mass_g: [f64; AT_MOST],
    heard: usize,
}

/// What the readings of a second agree on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Level {
    /// Where the display stood (g): a mean without the outer fifths.
    pub(crate) mass_g: f64,
    /// From the lowest to the highest reading (g).
    pub(crate) spread_g: f64,
}

impl Gathered {
    pub(crate) fn new() -> Self {
        Self { mass_g: [0.0; AT_MOST], heard: 0 }
    }

    pub(crate) fn add(&mut self, reading: &Reading) {
        if let Some(place) = self.mass_g.get_mut(self.heard) {
            *place = reading.mass_g;
            self.heard += 1;
        }
    }

    /// The level, when anything was heard; empty afterwards.
    pub(crate) fn close(&mut self) -> Option<Level> {
        let heard = core::mem::take(&mut self.heard);
        let sorted = self.mass_g.get_mut(..heard)?;
        sorted.sort_unstable_by(f64::total_cmp);
        let (lowest, highest) = (sorted.first()?, sorted.last()?);
        let spread_g = highest - lowest;
        let outer = heard / 5;
        let inner = sorted.get(outer..heard - outer)?;
        Some(Level { mass_g: inner.iter().sum::<f64>() / inner.len() as f64, spread_g })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_touched_reading_in_ten_does_not_move_the_level() {
        let mut second = Gathered::new();
        for i in 0..10 {
            second.add(&Reading::new(0.0, if i == 4 { 60.0 } else { 50.0 }));
        }
        assert_eq!(second.close(), Some(Level { mass_g: 50.0, spread_g: 10.0 }));
        assert_eq!(second.close(), None, "a silent second has no level");
    }
}
