//! Where things stand in the drawing: a shared axis of minutes, two panels of values, a band.

use crate::series::MilkSeries;
use std::fmt::Write as _;

/// The drawing is as wide as a phone, so that letters keep their size there; on a desk it grows.
pub(super) const WIDTH: f64 = 420.0;
const LEFT: f64 = 44.0;
const RIGHT: f64 = 16.0;

/// The axis of time.
#[derive(Clone, Copy)]
pub(super) struct X {
    start_s: f64,
    all_s: f64,
}

impl X {
    pub(super) fn of(series: &MilkSeries) -> Self {
        Self { start_s: series.start_s, all_s: (series.end_s() - series.start_s).max(1.0) }
    }

    pub(super) fn all_s(self) -> f64 {
        self.all_s
    }

    /// Where a time stands; what lies outside stands at the edge.
    pub(super) fn at(self, t_s: f64) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * ((t_s - self.start_s) / self.all_s).clamp(0.0, 1.0)
    }

    pub(super) fn minutes(self, svg: &mut String) {
        let step = round_step(self.all_s / 60.0 / 6.0).max(1.0);
        let most = (self.all_s / 60.0 / step) as usize;
        for count in 0..=most {
            let minute = step * count as f64;
            let unit = if count == most { " min" } else { "" };
            let _ = write!(
                svg,
                "<text class=\"soft\" x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{minute}{unit}</text>",
                self.at(self.start_s + 60.0 * minute),
                Row::PHASES.bottom() + 18.0
            );
        }
    }
}

/// Values from 0 up.
#[derive(Clone, Copy)]
pub(super) struct Panel {
    pub(super) top: f64,
    height: f64,
    most: f64,
}

impl Panel {
    pub(super) const MILK: Self = Self { top: 94.0, height: 160.0, most: 1.0 };
    pub(super) const FLOW: Self = Self { top: 286.0, height: 96.0, most: 1.0 };

    /// With room for these values, and for `least`.
    pub(super) fn up_to(self, values: impl Iterator<Item = f64>, least: f64) -> Self {
        Self { most: 1.06 * values.fold(least, f64::max), ..self }
    }

    pub(super) fn bottom(self) -> f64 {
        self.top + self.height
    }

    fn y(self, value: f64) -> f64 {
        self.top + self.height * (1.0 - (value / self.most).clamp(0.0, 1.0))
    }

    pub(super) fn line(self, x: X, points: &[(f64, f64)]) -> String {
        let point = |(t_s, value): &(f64, f64)| format!("{:.1},{:.1}", x.at(*t_s), self.y(*value));
        points.iter().map(point).collect::<Vec<_>>().join(" ")
    }

    /// Lines and numbers at round values, and what they count, so high above.
    pub(super) fn axis(self, svg: &mut String, title: &str, above: f64) {
        let step = round_step(self.most / 5.0);
        for count in 0..=(self.most / step) as usize {
            let value = step * count as f64;
            let y = self.y(value);
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"soft\" x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
                WIDTH - RIGHT,
                LEFT - 7.0,
                y + 4.5
            );
        }
        let _ = write!(svg, "<text class=\"soft\" x=\"16\" y=\"{:.1}\">{title}</text>", self.top - above);
    }
}

/// A band along the axis of time.
pub(super) struct Row {
    pub(super) top: f64,
    pub(super) height: f64,
}

impl Row {
    pub(super) const PHASES: Self = Self { top: 400.0, height: 18.0 };

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// 1, 2 or 5 times a power of ten, at least this.
fn round_step(least: f64) -> f64 {
    let mut power = 0.01;
    while 10.0 * power < least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|times| times * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::round_step;

    #[test]
    fn steps_are_round() {
        for (least, step) in [(0.3, 0.5), (1.0, 1.0), (1.1, 2.0), (4.9, 5.0), (5.1, 10.0), (140.0, 200.0)] {
            assert!((round_step(least) - step).abs() < 1e-9, "{least}: {}", round_step(least));
        }
    }
}
