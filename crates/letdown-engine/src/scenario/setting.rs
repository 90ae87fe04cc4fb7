//! What is done in a session: what is at each breast, for how long, with which cues, in which mood and place.

use super::keys::Keys;
use crate::EngineError;
use letdown_model::{
    body::Meeting,
    learning::{Cue, Present},
    removal::Sides,
    session::{
        Distress, Phase, Plan,
        touch::{Baby, Pump, Side, Source},
    },
    surrogate::Technique,
};
use toml::Value;

/// What is done in a session.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Setting {
    pub sides: [At; 2],
    pub minutes: f64,
    pub appetite_ml: Option<f64>,
    pub babies: u32,
    /// Cues beside those that the sources bring.
    pub cues: Vec<(Cue, f64)>,
    pub distress: Distress,
    pub place: String,
    pub stop_after_slow_min: Option<f64>,
    pub past_flow_min: f64,
    /// What follows one behind the other; empty: one phase of all the above.
    pub phases: Vec<(f64, [At; 2], Distress)>,
}

/// What is at one breast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct At {
    pub kind: Kind,
    pub vacuum: f64,
    pub two_phase: bool,
    pub suck: f64,
    pub massage: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    None,
    Pump,
    Baby,
    Hand,
}

const KINDS: [(&str, Kind); 4] =
    [("pump", Kind::Pump), ("baby", Kind::Baby), ("hand", Kind::Hand), ("none", Kind::None)];
const PATTERNS: [(&str, bool); 2] = [("steady", false), ("two_phase", true)];

/// The longest session (min).
pub(crate) const LONGEST_MIN: f64 = 120.0;

impl Default for Setting {
    fn default() -> Self {
        let pumped = At { kind: Kind::Pump, vacuum: 1.0, two_phase: false, suck: 1.0, massage: 0.0 };
        Self {
            sides: [pumped; 2],
            minutes: 15.0,
            appetite_ml: None,
            babies: 1,
            cues: Vec::new(),
            distress: Distress::default(),
            place: String::from("home"),
            stop_after_slow_min: None,
            past_flow_min: 0.0,
            phases: Vec::new(),
        }
    }
}

impl Setting {
    /// This setting, changed by what the keys say.
    pub(crate) fn read(&self, keys: &Keys<'_>) -> Result<Self, EngineError> {
        let mut setting = self.clone();
        setting.minutes = keys.number("minutes", 0.1, LONGEST_MIN, "min")?.unwrap_or(self.minutes);
        let appetite = keys.number("appetite", 0.0, 500.0, "mL a baby and feed")?;
        let appetite_ml = keys.number("appetite_ml", 0.0, 500.0, "mL a baby and feed")?;
        setting.appetite_ml = appetite_ml.or(appetite).or(self.appetite_ml);
        setting.babies = keys.whole("babies", 1, 2, "babies")?.unwrap_or(self.babies);
        setting.sides = sides(keys, self.sides)?;
        if let Some(cues) = cues(keys)? {
            setting.cues = cues;
        }
        setting.distress = distress(keys, self.distress)?;
        keys.word("place")?.unwrap_or(&self.place).clone_into(&mut setting.place);
        let stop = keys.number("stop_after_slow_min", 0.0, LONGEST_MIN, "min")?;
        setting.stop_after_slow_min = stop.or(self.stop_after_slow_min);
        // Read, and handed to nothing: no path leads from drinks into milk.
        keys.number("drinks_l_per_day", 0.0, 10.0, "L a day")?;
        let past = keys.number("past_flow_min", 0.0, LONGEST_MIN, "min")?;
        setting.past_flow_min = past.unwrap_or(self.past_flow_min);
        if let Some(phases) = keys.tables("phases")? {
            setting.phases = phases.iter().map(|p| setting.phase(p)).collect::<Result<_, _>>()?;
            let all_min: f64 = setting.phases.iter().map(|(minutes, ..)| minutes).sum();
            if all_min > LONGEST_MIN {
                return Err(
                    keys.refuse("phases", format!("{all_min} minutes in all; {LONGEST_MIN} are the most"))
                );
            }
        }
        Ok(setting)
    }

    fn phase(&self, keys: &Keys<'_>) -> Result<(f64, [At; 2], Distress), EngineError> {
        let minutes = keys.number("minutes", 0.1, LONGEST_MIN, "min")?.unwrap_or(self.minutes);
        let phase = (minutes, sides(keys, self.sides)?, distress(keys, self.distress)?);
        keys.end()?;
        Ok(phase)
    }

    /// Left and right changed over.
    pub(crate) fn mirrored(&self) -> Self {
        let swap = |[l, r]: [At; 2]| [r, l];
        Self {
            sides: swap(self.sides),
            phases: self.phases.iter().map(|(min, sides, d)| (*min, swap(*sides), *d)).collect(),
            ..self.clone()
        }
    }

    fn has(&self, kind: Kind) -> bool {
        let phases = self.phases.iter().flat_map(|(_, sides, _)| sides);
        self.sides.iter().filter(|_| self.phases.is_empty()).chain(phases).any(|at| at.kind == kind)
    }

    /// Whether a baby drinks in it.
    pub(crate) fn is_nursing(&self) -> bool {
        self.has(Kind::Baby)
    }

    /// At which breasts milk is collected.
    pub(crate) fn collects(&self) -> [bool; 2] {
        let collects = |sides: &[At; 2]| sides.map(|at| matches!(at.kind, Kind::Pump | Kind::Hand));
        if self.phases.is_empty() {
            return collects(&self.sides);
        }
        self.phases.iter().fold([false; 2], |[left, right], (_, sides, _)| {
            let [l, r] = collects(sides);
            [left || l, right || r]
        })
    }

    /// Whether the hours-long model knows all that matters in it: one kind of source, no phases, nothing learned.
    pub(crate) fn is_plain(&self) -> bool {
        let kinds: Vec<Kind> = self.sides.iter().map(|at| at.kind).filter(|k| *k != Kind::None).collect();
        let alike = self.sides[0] == self.sides[1] || self.sides.iter().any(|at| at.kind == Kind::None);
        let pumped = kinds.iter().all(|k| *k == Kind::Pump);
        let fed = kinds.iter().all(|k| *k == Kind::Baby);
        let calm = self.distress == Distress::default();
        let strong = self.sides.iter().all(|at| at.suck >= 1.0 && at.massage == 0.0);
        let steady = self.sides.iter().all(|at| !at.two_phase);
        self.phases.is_empty()
            && steady
            && self.cues.is_empty()
            && self.stop_after_slow_min.is_none()
            && alike
            && (pumped || (fed && calm && strong))
    }

    /// Which breasts something is at.
    pub(crate) fn reached(&self) -> Option<Sides> {
        match self.sides.map(|at| at.kind != Kind::None) {
            [true, true] => Some(Sides::Both),
            [true, false] => Some(Sides::Left),
            [false, true] => Some(Sides::Right),
            [false, false] => None,
        }
    }

    /// The technique of a plain pump session.
    pub(crate) fn technique(&self) -> Technique {
        let at = self.sides.iter().find(|at| at.kind != Kind::None).unwrap_or(&self.sides[0]);
        let both = self.reached() == Some(Sides::Both);
        Technique { side: at.side(0), both, cues: 0.0, distress: self.distress }
    }

    /// The session as a plan for the engine.
    pub(crate) fn plan(&self, appetite_ml: f64) -> Plan {
        let one = [(self.minutes, self.sides, self.distress)];
        let phases = if self.phases.is_empty() { &one[..] } else { &self.phases[..] };
        let phases: Vec<Phase> = phases.iter().flat_map(|phase| self.laid_out(phase)).collect();
        Plan {
            appetite_ml: [appetite_ml; 2],
            stop_after_slow_s: self.stop_after_slow_min.map(|min| 60.0 * min),
            ..Plan::of(phases)
        }
    }

    /// One baby at both breasts takes one behind the other; twins take one each.
    fn laid_out(&self, (minutes, sides, distress): &(f64, [At; 2], Distress)) -> Vec<Phase> {
        let phase = |seconds: f64, sides: [Side; 2]| Phase { seconds, sides, cues: 0.0, distress: *distress };
        let one_behind_the_other = self.babies == 1 && sides.iter().all(|at| at.kind == Kind::Baby);
        if one_behind_the_other {
            let half_s = 30.0 * minutes;
            let [left, right] = sides.map(|at| at.side(0));
            return vec![phase(half_s, [left, Side::LEFT_ALONE]), phase(half_s, [Side::LEFT_ALONE, right])];
        }
        let second = usize::from(self.babies == 2 && sides[0].kind == Kind::Baby);
        vec![phase(60.0 * minutes, [sides[0].side(0), sides[1].side(second)])]
    }

    /// The cues that are there.
    pub(crate) fn present(&self) -> Present {
        let mut present = Present::nothing();
        if self.has(Kind::Pump) {
            present = present.with(Cue::PumpSound, 1.0).with(Cue::PumpFeel, 1.0);
        }
        if self.has(Kind::Baby) {
            present = present.with(Cue::Suck, 1.0).with(Cue::Smell, 1.0);
        }
        self.cues.iter().fold(present, |present, (cue, presence)| present.with(*cue, *presence))
    }

    /// The session as a body meets it.
    pub(crate) fn meeting(&self, appetite_ml: f64, place: u32) -> Meeting {
        Meeting { plan: self.plan(appetite_ml), present: self.present(), place }
    }
}

impl At {
    fn side(&self, who: usize) -> Side {
        let source = match self.kind {
            Kind::None => Source::None,
            Kind::Pump => Source::Pump(Pump { vacuum: self.vacuum, two_phase: self.two_phase }),
            Kind::Baby => Source::Baby(Baby { suck: self.suck, who }),
            Kind::Hand => Source::Hand,
        };
        Side { source, massage: self.massage }
    }

    fn read(self, keys: &Keys<'_>) -> Result<Self, EngineError> {
        Ok(Self {
            kind: keys.choice("source", &KINDS)?.unwrap_or(self.kind),
            vacuum: keys
                .number("vacuum", 0.0, 1.5, "of the strongest that is comfortable")?
                .unwrap_or(self.vacuum),
            two_phase: keys.choice("pattern", &PATTERNS)?.unwrap_or(self.two_phase),
            suck: keys.number("suck", 0.0, 1.0, "of a strong term baby")?.unwrap_or(self.suck),
            massage: massage(keys)?.unwrap_or(self.massage),
        })
    }
}

/// `source`, `vacuum`, ... for both; `left` and `right` as a word or a table for one.
fn sides(keys: &Keys<'_>, usual: [At; 2]) -> Result<[At; 2], EngineError> {
    let [left, right] = usual;
    let both = [left.read(keys)?, right.read(keys)?];
    Ok([side(keys, "left", both[0])?, side(keys, "right", both[1])?])
}

fn side(keys: &Keys<'_>, key: &'static str, usual: At) -> Result<At, EngineError> {
    match keys.value(key) {
        None => Ok(usual),
        Some(Value::String(word)) => Ok(At { kind: keys.choose(key, word, &KINDS)?, ..usual }),
        Some(_) => {
            let Some(inner) = keys.table(key)? else { return Ok(usual) };
            let at = usual.read(&inner)?;
            inner.end()?;
            Ok(at)
        }
    }
}

fn massage(keys: &Keys<'_>) -> Result<Option<f64>, EngineError> {
    match keys.value("massage") {
        Some(Value::Boolean(on)) => Ok(Some(f64::from(u8::from(*on)))),
        _ => keys.number("massage", 0.0, 1.0, "(0 none, 1 all along)"),
    }
}

fn distress(keys: &Keys<'_>, usual: Distress) -> Result<Distress, EngineError> {
    Ok(Distress {
        stress: keys
            .number("stress", 0.0, 3.0, "(0 none, 0.6 doing sums or loud noise)")?
            .unwrap_or(usual.stress),
        pain: keys
            .number("pain", 0.0, 2.0, "(0 none, 0.5 ice water or a sore nipple)")?
            .unwrap_or(usual.pain),
    })
}

/// A list of cues that are fully there, or a table of how present each is.
fn cues(keys: &Keys<'_>) -> Result<Option<Vec<(Cue, f64)>>, EngineError> {
    let words: Vec<(&str, Cue)> = Cue::ALL.iter().map(|cue| (cue.word(), *cue)).collect();
    match keys.value("cues") {
        None => Ok(None),
        Some(Value::Array(list)) => {
            let mut cues = Vec::new();
            for value in list {
                let word = value.as_str().ok_or_else(|| {
                    keys.refuse("cues", format!("{value} is not the name of a cue in quotes"))
                })?;
                cues.push((keys.choose("cues", word, &words)?, 1.0));
            }
            Ok(Some(cues))
        }
        Some(_) => {
            let Some(inner) = keys.table("cues")? else { return Ok(None) };
            let mut cues = Vec::new();
            for cue in Cue::ALL {
                if let Some(presence) = inner.number(cue.word(), 0.0, 1.0, "(0 absent, 1 there)")? {
                    cues.push((cue, presence));
                }
            }
            inner.end()?;
            Ok(Some(cues))
        }
    }
}
