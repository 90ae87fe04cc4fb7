//! Words that do not lie on each other.

use super::panel::WIDTH;
use std::fmt::Write as _;

/// How wide a letter is at the most (in the drawing's units).
const LETTER: f64 = 7.8;

/// Labels in a row, and in a second above it where the first is taken.
#[derive(Default)]
pub(super) struct Labels {
    ends: [f64; 2],
}

impl Labels {
    /// Where a label of so many letters stands, and in which row; `None` where both are taken.
    pub(super) fn place(&mut self, middle: f64, letters: usize) -> Option<(f64, usize)> {
        let half = 0.5 * LETTER * letters as f64;
        let middle = middle.clamp(half, WIDTH - half - 4.0);
        let row = self.ends.iter().position(|end| *end <= middle - half)?;
        if let Some(end) = self.ends.get_mut(row) {
            *end = middle + half;
        }
        Some((middle, row))
    }
}

/// The sign of a doubt, as it stands in the drawing.
pub(super) const FLAG: &str = "<path class=\"flag\" d=\"M6 1l5 10h-10z\"/>";

/// A square in the colour of a class.
pub(super) fn square(class: &str) -> String {
    format!("<rect class=\"{class}\" width=\"12\" height=\"12\" rx=\"2\"/>")
}

/// A key: small signs, and what they stand for.
pub(super) struct Key {
    x: f64,
    y: f64,
}

impl Key {
    const LEFT: f64 = 16.0;

    pub(super) fn below(y: f64) -> Self {
        Self { x: Self::LEFT, y }
    }

    /// How high the drawing is when this is its last line.
    pub(super) fn bottom(&self) -> f64 {
        self.y + 18.0
    }

    /// `sign` is 12 wide and high.
    pub(super) fn put(&mut self, svg: &mut String, sign: &str, words: &str) {
        let wide = 30.0 + 0.9 * LETTER * words.chars().count() as f64;
        if self.x > Self::LEFT && self.x + wide > WIDTH {
            (self.x, self.y) = (Self::LEFT, self.y + 20.0);
        }
        let _ = write!(
            svg,
            "<g transform=\"translate({:.1} {:.1})\">{sign}</g>\
             <text class=\"soft\" x=\"{:.1}\" y=\"{:.1}\">{words}</text>",
            self.x,
            self.y - 10.5,
            self.x + 17.0,
            self.y
        );
        self.x += wide;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_way() {
        let mut labels = Labels::default();
        assert_eq!(labels.place(100.0, 5).map(|at| at.1), Some(0));
        assert_eq!(labels.place(120.0, 5).map(|at| at.1), Some(1));
        assert_eq!(labels.place(125.0, 5), None);
        assert_eq!(labels.place(200.0, 5).map(|at| at.1), Some(0));
    }
}
