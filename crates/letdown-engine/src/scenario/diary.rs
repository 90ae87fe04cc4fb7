//! The diary that a simulated woman could keep: pump sessions and nursings, with the second of the first let-down where her
//! life was lived second by second.

use super::{lived::Lived, weeks::Scenario};
use crate::EngineError;
use jiff::SignedDuration;
use letdown_journal::{
    body::{Body, Extra, Nurse, Pump, SIMULATED, SeenLetDown, Side, Stint, Technique},
    moment::{self, Moment},
};

/// Who looked for let-downs in a simulated session.
const DETECTOR: &str = "simulated";
/// How long a first let-down is said to last (s): only when it began is known of it.
const LASTS_S: f64 = 60.0;

impl Scenario {
    /// Everything she writes down: sessions that collected milk, nursings, and the pump beside nursing; each says that it is
    /// simulated.
    ///
    /// # Errors
    /// When a simulated volume is no volume.
    pub fn diary(&self, lived: &[Lived]) -> Result<Vec<Body>, EngineError> {
        lived.iter().map(|session| self.noted(session)).collect()
    }

    fn noted(&self, lived: &Lived) -> Result<Body, EngineError> {
        if !lived.is_pumped() {
            return Ok(Body::Nurse(nursed(lived, self.moment(lived.at_h))));
        }
        let body = self.session(lived)?;
        Ok(match body {
            Body::Pump(pump) => Body::Pump(watched(lived, pump)),
            other => other,
        })
    }

    pub(super) fn moment(&self, at_h: f64) -> Moment {
        let minute = SignedDuration::from_mins((at_h * 60.0).round() as i64);
        moment::place(self.start.at(0, 0, 0, 0).saturating_add(minute), &self.zone).at
    }
}

fn watched(lived: &Lived, pump: Pump) -> Pump {
    let seen = |onset_s: f64| SeenLetDown {
        onset_s: onset_s.round(),
        end_s: (onset_s + LASTS_S).round(),
        volume_ml: None,
        peak_ml_per_min: None,
        confidence: None,
        onset_sd_s: None,
        volume_sd_ml: None,
        extra: Extra::new(),
    };
    Pump {
        techniques: if lived.is_nursed { vec![Technique::Nursing] } else { Vec::new() },
        let_downs: lived.first_s.map(seen).into_iter().collect(),
        detector: lived.worked.map(|_| DETECTOR.to_owned()),
        extra: marked(),
        ..pump
    }
}

fn nursed(lived: &Lived, start: Moment) -> Nurse {
    let sides = [Side::Left, Side::Right].into_iter().zip(lived.nursed_ml);
    let stints = sides.filter(|(_, ml)| *ml > 0.0).map(|(side, _)| Stint::of(side, None)).collect();
    Nurse {
        minutes: Some(lived.minutes),
        stints,
        let_down: lived.worked.and_then(|_| lived.first_s.is_none().then_some(false)),
        first_let_down_s: lived.first_s.map(f64::round),
        extra: marked(),
        ..Nurse::at(start)
    }
}

fn marked() -> Extra {
    Extra::from_iter([(SIMULATED.to_owned(), true.into())])
}
