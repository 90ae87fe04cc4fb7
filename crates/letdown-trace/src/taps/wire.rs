//! Taps as JSON. A word, once written, keeps its meaning: taps lie in logs for years.

use super::{Tap, What};
use crate::error::Problem;
use serde::{Deserialize, Serialize};

const VERSION: u64 = 1;

#[derive(Deserialize)]
struct Version {
    v: u64,
}

#[derive(Deserialize, Serialize)]
struct Taps {
    v: u64,
    taps: Vec<One>,
}

#[derive(Deserialize, Serialize)]
struct One {
    t_s: f64,
    #[serde(flatten)]
    what: Word,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(tag = "tap", rename_all = "snake_case")]
enum Word {
    MilkCame,
    Slowed,
    Ended,
    Mark { ml: f64 },
    MassageBegins,
    MassageEnds,
    PauseBegins,
    PauseEnds,
}

pub(super) fn read(json: &str) -> Result<Vec<Tap>, Problem> {
    let not = |e: serde_json::Error| Problem::NotTaps { why: e.to_string() };
    let Version { v: version } = serde_json::from_str(json).map_err(not)?;
    if version != VERSION {
        return Err(Problem::LaterTaps { version });
    }
    let taps: Taps = serde_json::from_str(json).map_err(not)?;
    Ok(taps.taps.into_iter().map(|one| Tap { t_s: one.t_s, what: one.what.into() }).collect())
}

pub(super) fn write(taps: &[Tap]) -> String {
    let one = |tap: &Tap| One { t_s: tap.t_s, what: tap.what.into() };
    let taps = Taps { v: VERSION, taps: taps.iter().map(one).collect() };
    // Numbers and fixed words always have a JSON form.
    serde_json::to_string(&taps).unwrap_or_default()
}

impl From<Word> for What {
    fn from(word: Word) -> Self {
        match word {
            Word::MilkCame => Self::MilkCame,
            Word::Slowed => Self::Slowed,
            Word::Ended => Self::Ended,
            Word::Mark { ml } => Self::Mark { ml },
            Word::MassageBegins => Self::MassageBegins,
            Word::MassageEnds => Self::MassageEnds,
            Word::PauseBegins => Self::PauseBegins,
            Word::PauseEnds => Self::PauseEnds,
        }
    }
}

impl From<What> for Word {
    fn from(what: What) -> Self {
        match what {
            What::MilkCame => Self::MilkCame,
            What::Slowed => Self::Slowed,
            What::Ended => Self::Ended,
            What::Mark { ml } => Self::Mark { ml },
            What::MassageBegins => Self::MassageBegins,
            What::MassageEnds => Self::MassageEnds,
            What::PauseBegins => Self::PauseBegins,
            What::PauseEnds => Self::PauseEnds,
        }
    }
}
