//! Published experiments set up with simulated women, and the mission's claims as contrasts.
//!
//! Each is a small file in `crates/letdown-engine/experiments/`: a scenario, a source, a value with a tolerance. The runner
//! computes; nothing in it knows an answer. A row whose value set a prior has the role `input`, every other `output`. A miss
//! stays in the table, with its reason.

mod measure;
mod setup;

use crate::{
    EngineError,
    numbers::hundredth,
    scenario::{Keys, table},
};
use letdown_model::random::Random;
use serde::Serialize;
pub use setup::Setup;

/// A published experiment.
#[derive(Clone, Debug)]
pub struct Experiment {
    source: String,
    quantity: String,
    value: f64,
    unit: String,
    lo: f64,
    hi: f64,
    role: Role,
    miss: Option<String>,
    setup: Setup,
}

/// Whether a published value set a prior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It did: agreement proves nothing.
    Input,
    /// It did not.
    Output,
}

/// One row of the table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/scenarios.md lists them")]
pub struct Row {
    pub id: String,
    pub source: String,
    pub quantity: String,
    pub published: Published,
    pub tolerance: Tolerance,
    pub simulated: f64,
    pub mc_error: f64,
    pub ok: bool,
    pub role: Role,
    /// Why it is known to miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miss: Option<String>,
}

/// A published value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "a value and its unit")]
pub struct Published {
    pub value: f64,
    pub unit: String,
}

/// From where to where a simulated value agrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "two bounds")]
pub struct Tolerance {
    pub lo: f64,
    pub hi: f64,
}

/// A claim of the mission, as a contrast and the same with its mechanism switched off.
#[derive(Clone, Debug)]
pub struct Claim {
    says: String,
    quantity: String,
    unit: String,
    expected: Tolerance,
    without: Tolerance,
    off: String,
    miss: Option<String>,
    setup: Setup,
}

/// One row of the claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/scenarios.md lists them")]
pub struct ClaimRow {
    pub id: String,
    pub claim: String,
    pub quantity: String,
    pub unit: String,
    pub contrast: f64,
    pub mc_error: f64,
    pub expected: Tolerance,
    /// What is switched off.
    pub off: String,
    pub contrast_off: f64,
    pub mc_error_off: f64,
    pub expected_off: Tolerance,
    pub ok: bool,
    /// Why it is known to miss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miss: Option<String>,
}

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../experiments/", $folder, "/", $name, ".toml")))),*]
    };
}

include!("files.rs");

/// All published experiments.
///
/// # Errors
/// When a file of ours cannot be read; a test reads them all.
pub fn published() -> Result<Vec<Experiment>, EngineError> {
    PUBLISHED.iter().map(|(name, toml)| Experiment::read(name, toml)).collect()
}

/// All claims.
///
/// # Errors
/// When a file of ours cannot be read; a test reads them all.
pub fn claims() -> Result<Vec<Claim>, EngineError> {
    CLAIMS.iter().map(|(name, toml)| Claim::read(name, toml)).collect()
}

const ROLES: [(&str, Role); 2] = [("input", Role::Input), ("output", Role::Output)];

fn text(keys: &Keys<'_>, key: &'static str) -> Result<String, EngineError> {
    let word = keys.word(key)?;
    word.map(str::to_owned).ok_or_else(|| keys.refuse(key, "it is missing"))
}

fn number(keys: &Keys<'_>, key: &'static str) -> Result<f64, EngineError> {
    keys.number(key, -1e6, 1e6, "")?.ok_or_else(|| keys.refuse(key, "it is missing"))
}

impl Experiment {
    /// Reads a published experiment from the text of its file.
    ///
    /// # Errors
    /// When a key is missing, unknown or out of range.
    pub fn read(id: &str, toml: &str) -> Result<Self, EngineError> {
        let table = table(toml)?;
        let keys = Keys::of(&table, format!("{id}: "));
        let experiment = Self {
            source: text(&keys, "source")?,
            quantity: text(&keys, "quantity")?,
            value: number(&keys, "value")?,
            unit: text(&keys, "unit")?,
            lo: number(&keys, "lo")?,
            hi: number(&keys, "hi")?,
            role: keys.choice("role", &ROLES)?.unwrap_or(Role::Output),
            miss: keys.word("miss")?.map(str::to_owned),
            setup: Setup::read(id, &keys)?,
        };
        keys.end()?;
        Ok(experiment)
    }

    /// How it is set up.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The row of all women.
    pub fn row(&self, women: &[Vec<f64>]) -> Row {
        let (simulated, mc_error) = summed_up(&self.setup, women, 0);
        Row {
            id: self.setup.id().to_owned(),
            source: self.source.clone(),
            quantity: self.quantity.clone(),
            published: Published { value: self.value, unit: self.unit.clone() },
            tolerance: Tolerance { lo: self.lo, hi: self.hi },
            simulated: hundredth(simulated),
            mc_error: hundredth(mc_error),
            ok: self.lo <= simulated && simulated <= self.hi,
            role: self.role,
            miss: self.miss.clone(),
        }
    }
}

impl Claim {
    /// Reads a claim from the text of its file.
    ///
    /// # Errors
    /// When a key is missing, unknown or out of range.
    pub fn read(id: &str, toml: &str) -> Result<Self, EngineError> {
        let table = table(toml)?;
        let keys = Keys::of(&table, format!("{id}: "));
        let claim = Self {
            says: text(&keys, "claim")?,
            quantity: text(&keys, "quantity")?,
            unit: text(&keys, "unit")?,
            expected: Tolerance { lo: number(&keys, "lo")?, hi: number(&keys, "hi")? },
            without: Tolerance { lo: number(&keys, "off_lo")?, hi: number(&keys, "off_hi")? },
            off: text(&keys, "switched_off")?,
            miss: keys.word("miss")?.map(str::to_owned),
            setup: Setup::read(id, &keys)?,
        };
        if claim.setup.forms() != 2 * claim.setup.first_off() {
            return Err(keys.refuse("off", "say what is set otherwise when the mechanism is switched off"));
        }
        keys.end()?;
        Ok(claim)
    }

    /// How it is set up.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The row of all women.
    pub fn row(&self, women: &[Vec<f64>]) -> ClaimRow {
        let (contrast, mc_error) = summed_up(&self.setup, women, 0);
        let (contrast_off, mc_error_off) = summed_up(&self.setup, women, self.setup.first_off());
        let within = |t: &Tolerance, v: f64| t.lo <= v && v <= t.hi;
        ClaimRow {
            id: self.setup.id().to_owned(),
            claim: self.says.clone(),
            quantity: self.quantity.clone(),
            unit: self.unit.clone(),
            contrast: hundredth(contrast),
            mc_error: hundredth(mc_error),
            expected: self.expected,
            off: self.off.clone(),
            contrast_off: hundredth(contrast_off),
            mc_error_off: hundredth(mc_error_off),
            expected_off: self.without,
            ok: within(&self.expected, contrast) && within(&self.without, contrast_off),
            miss: self.miss.clone(),
        }
    }
}

/// The comparison over all women, and how far chance may have moved it: the standard deviation over resampled women.
fn summed_up(setup: &Setup, women: &[Vec<f64>], first: usize) -> (f64, f64) {
    const RESAMPLES: usize = 200;
    let all: Vec<&Vec<f64>> = women.iter().collect();
    let mut random = Random::seeded(7);
    let resampled: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let some: Vec<&Vec<f64>> = (0..women.len()).map(|_| &women[random.below(women.len())]).collect();
            setup.compared(&some, first)
        })
        .filter(|v| v.is_finite())
        .collect();
    (setup.compared(&all, first), crate::scenario::sd(&resampled))
}
