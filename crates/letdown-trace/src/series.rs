//! Milk second by second: what is left of a trace once the scale's own troubles are taken out of it.
//!
//! A trace is heard ten times a second and is thrown away; its milk, one number a second, is kept. Let-downs can be
//! looked for in it again, later, by a better detector than today's.

use crate::reading::MILK_G_PER_ML;

/// Milk in the bottle at the end of one second, and how far to trust it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Second {
    /// Milk so far (hundredths of a gram). It may sink a little: a scale has noise.
    pub milk_cg: i32,
    /// What was wrong in that second: any of [`Second::DISTURBED`], [`Second::HOLE`], [`Second::AWAY`]; 0 when nothing.
    pub flags: u8,
}

impl Second {
    /// Something touched the scale, and milk is a guess between its neighbours.
    pub const DISTURBED: u8 = 1;
    /// The scale was silent.
    pub const HOLE: u8 = 2;
    /// The bottle was away.
    pub const AWAY: u8 = 4;
    /// All flags together; a second has no others.
    pub const ALL: u8 = Self::DISTURBED | Self::HOLE | Self::AWAY;

    /// `milk_g` so far (g), rounded to a hundredth of a gram; flags outside [`Second::ALL`] are dropped.
    ///
    /// ```
    /// use letdown_trace::series::Second;
    /// let second = Second::new(12.345, Second::HOLE);
    /// assert_eq!((second.milk_cg, second.is_sure()), (1_235, false));
    /// ```
    pub fn new(milk_g: f64, flags: u8) -> Self {
        Self { milk_cg: libm::round(milk_g * 100.0) as i32, flags: flags & Self::ALL }
    }

    /// Milk so far (g).
    pub fn milk_g(self) -> f64 {
        f64::from(self.milk_cg) / 100.0
    }

    /// Milk so far (mL).
    pub fn milk_ml(self) -> f64 {
        self.milk_g() / MILK_G_PER_ML
    }

    /// Whether nothing was wrong in it.
    pub fn is_sure(self) -> bool {
        self.flags == 0
    }
}

/// The milk of a session, one item for each whole second.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MilkSeries {
    /// When the first item was (s, on the clock of the trace).
    pub start_s: f64,
    /// The step in which the scale showed masses (hundredths of a gram).
    pub step_cg: u16,
    /// One item a second, without a gap: a second that is not known stands in it with its flag.
    pub seconds: Vec<Second>,
}

impl MilkSeries {
    /// When the item at `index` was (s, on the clock of the trace).
    ///
    /// ```
    /// use letdown_trace::series::{MilkSeries, Second};
    /// let series = MilkSeries { start_s: 4.5, step_cg: 10, seconds: vec![Second::default(); 3] };
    /// assert_eq!((series.t_s(2), series.end_s()), (6.5, 6.5));
    /// ```
    pub fn t_s(&self, index: usize) -> f64 {
        self.start_s + index as f64
    }

    /// When its last item was (s); the start when it is empty.
    pub fn end_s(&self) -> f64 {
        self.t_s(self.seconds.len().saturating_sub(1))
    }
}
