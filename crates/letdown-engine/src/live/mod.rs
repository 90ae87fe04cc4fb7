//! A pump session while it goes on: what a scale sends or what she taps goes in, what a screen shows comes out, and in
//! the end the fields of its entry.
//!
//! Times are seconds since the session began. No clock here: whoever looks says how late it is.

mod fields;
mod look;
mod simulated;

pub use fields::scale_fields;
pub use look::{Look, SeenNow};

use crate::{EngineError, error::Problem};
use letdown_journal::body::Extra;
use letdown_trace::{
    reading::Reading,
    taps::{self, Tap},
    watch::Watch,
};

pub use simulated::{SIMULATED, SIMULATED_MIN, Simulated};

/// A session that goes on.
#[derive(Clone, Debug)]
pub struct Live(Source);

#[derive(Clone, Debug)]
enum Source {
    Scale(Box<Watch>),
    Simulated { watch: Box<Watch>, to_come: std::vec::IntoIter<Reading>, is_over: bool },
    Taps(Vec<Tap>),
}

impl Live {
    /// A scale stands under the bottle; [`Live::see`] what it sends.
    pub fn scale() -> Self {
        Self(Source::Scale(Box::new(Watch::new())))
    }

    /// She taps. `json` is the wire form of [`letdown_trace::taps`].
    ///
    /// # Errors
    /// When it is not that; the sentence names the tap.
    pub fn taps(json: &str) -> Result<Self, EngineError> {
        let taps = taps::read(json).map_err(|e| Problem::Request(e.to_string()))?;
        Ok(Self(Source::Taps(taps)))
    }

    /// A scale under the bottle of a simulated woman, [`SIMULATED_MIN`] long: one of [`SIMULATED`], by chance. What it
    /// would have sent until then is seen when somebody looks.
    pub fn simulated(chance: u64) -> Self {
        let to_come = simulated::readings(chance).into_iter();
        Self(Source::Simulated { watch: Box::new(Watch::new()), to_come, is_over: false })
    }

    /// Whether nobody's milk is in it.
    pub fn is_simulated(&self) -> bool {
        matches!(self.0, Source::Simulated { .. })
    }

    /// What the scale sent: times (s) and masses (g) in turn. Only a scale sends; others do not listen.
    pub fn see(&mut self, t_s_and_mass_g: &[f64]) {
        if let Source::Scale(watch) = &mut self.0 {
            for reading in t_s_and_mass_g.chunks_exact(2) {
                if let [t_s, mass_g] = *reading {
                    watch.see(Reading::new(t_s, mass_g));
                }
            }
        }
    }

    /// The session as it stands `now_s` seconds after it began.
    ///
    /// # Errors
    /// When `now_s` is not between 0 and six hours.
    pub fn look(&mut self, now_s: f64) -> Result<Look, EngineError> {
        within(now_s)?;
        self.catch_up(now_s);
        match &self.0 {
            Source::Scale(watch) => Ok(look::at_scale(watch, now_s)),
            Source::Simulated { watch, is_over, .. } => {
                let now_s = if *is_over { now_s.min(60.0 * SIMULATED_MIN) } else { now_s };
                Ok(Look { is_over: *is_over, ..look::at_scale(watch, now_s) })
            }
            Source::Taps(taps) => look::at_taps(taps, now_s),
        }
    }

    /// The fields of its entry, when it ends `now_s` seconds after it began: `minutes`, `total_ml` where anything tells
    /// it, `let_downs`, `slowed_s`, `trace`, `detector`; `example` when it was simulated.
    ///
    /// # Errors
    /// When `now_s` is not between 0 and six hours.
    pub fn end(&mut self, now_s: f64) -> Result<Extra, EngineError> {
        within(now_s)?;
        self.catch_up(now_s);
        match &mut self.0 {
            Source::Scale(watch) => Ok(fields::of_scale(watch, now_s)),
            Source::Simulated { watch, .. } => {
                let mut fields = fields::of_scale(watch, now_s);
                fields.insert(letdown_journal::body::SIMULATED.to_owned(), true.into());
                Ok(fields)
            }
            Source::Taps(taps) => fields::of_taps(taps, now_s),
        }
    }

    fn catch_up(&mut self, now_s: f64) {
        let Source::Simulated { watch, to_come, is_over } = &mut self.0 else { return };
        let heard = to_come.as_slice().iter().take_while(|reading| reading.t_s <= now_s).count();
        to_come.by_ref().take(heard).for_each(|reading| watch.see(reading));
        if to_come.as_slice().is_empty() && !*is_over {
            watch.end();
            *is_over = true;
        }
    }
}

fn within(now_s: f64) -> Result<(), EngineError> {
    let longest_s = letdown_trace::files::MAX_SPAN_S;
    if (0.0..=longest_s).contains(&now_s) {
        return Ok(());
    }
    let what = format!("a session of {now_s} s cannot be; it lasts 0 s to {longest_s} s");
    Err(Problem::Request(what).into())
}
