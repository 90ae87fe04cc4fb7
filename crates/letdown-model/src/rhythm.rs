//! The clock's own rhythm in synthesis, beyond what the schedule explains.
//!
//! ```text
//! r(h) = 1 + a cos(2 pi (h - h0) / 24)
//! ```
//!
//! `h` clock hour; `a` amplitude, median 0.04 (its size is not known); `h0` hour of the maximum, about 22 h. Written as
//! `1 + c cos(w h) + s sin(w h)` with `c = a cos(w h0)`, `s = a sin(w h0)`, which has no angle that could wrap.

/// Angular speed of the day (1/h).
pub const OMEGA: f64 = core::f64::consts::TAU / 24.0;

/// The rhythm of one woman.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rhythm {
    /// Weight of the cosine (1).
    pub cosine: f64,
    /// Weight of the sine (1).
    pub sine: f64,
}

impl Rhythm {
    /// A rhythm of an amplitude (1) with its maximum at a clock hour (h).
    pub fn peaking(amplitude: f64, at_clock_h: f64) -> Self {
        let angle = OMEGA * at_clock_h;
        Self { cosine: amplitude * libm::cos(angle), sine: amplitude * libm::sin(angle) }
    }

    /// Mean rate over an interval that starts at a clock hour and lasts `hours` (1 = no rhythm).
    ///
    /// ```
    /// use letdown_model::rhythm::Rhythm;
    /// let rhythm = Rhythm::peaking(0.05, 22.0);
    /// assert!((rhythm.mean(5.0, 24.0) - 1.0).abs() < 1e-12);
    /// assert!(rhythm.mean(21.0, 2.0) > 1.04);
    /// ```
    pub fn mean(&self, from_clock_h: f64, hours: f64) -> f64 {
        let (cosine, sine) = basis(from_clock_h, hours);
        1.0 + self.cosine * cosine + self.sine * sine
    }
}

/// Means of `cos(w h)` and `sin(w h)` over an interval that starts at a clock hour and lasts `hours` > 0.
pub fn basis(from_clock_h: f64, hours: f64) -> (f64, f64) {
    let (from, to) = (OMEGA * from_clock_h, OMEGA * (from_clock_h + hours));
    let span = OMEGA * hours;
    ((libm::sin(to) - libm::sin(from)) / span, (libm::cos(from) - libm::cos(to)) / span)
}
