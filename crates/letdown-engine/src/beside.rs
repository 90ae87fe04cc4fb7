//! What a session was with: techniques, the pump and its vacuum, and how she was in the hours before.

use crate::observed::{Session, What};
use jiff::{SignedDuration, Timestamp};
use letdown_fit::effects::{Effect, With};
use letdown_journal::{
    body::{Body, Feeling, Pump, Technique},
    entry::EntryId,
};
use std::collections::BTreeMap;

/// How long before a session she may have said how she is, for it to be about that session (h).
const FELT_H: i64 = 4;

/// What stands beside the sessions of a log.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    /// The pump and the vacuum of a session.
    pumps: BTreeMap<EntryId, (Option<String>, Option<f64>)>,
    /// Stress and pain, in points of 10.
    felt: BTreeMap<Timestamp, (Option<f64>, Option<f64>)>,
}

impl Beside {
    /// Takes in what is no volume.
    pub(crate) fn see(&mut self, root: EntryId, body: &Body) {
        match body {
            Body::Pump(pump) => {
                let device = pump.device.as_deref().map(str::trim).filter(|name| !name.is_empty());
                let vacuum = pump.vacuum_mmhg.filter(|mmhg| *mmhg > 0.0);
                if device.is_some() || vacuum.is_some() {
                    self.pumps.insert(root, (device.map(str::to_lowercase), vacuum));
                }
            }
            Body::Feeling(Feeling { start, stress, pain, .. }) => {
                let felt = self.felt.entry(start.timestamp()).or_default();
                *felt = (stress.or(felt.0), pain.or(felt.1));
            }
            _ => {}
        }
    }

    /// Tells the sessions, which stand in order of time. Pumps and vacuums are held against the first that were named, so
    /// that what comes later does not change what was said of earlier sessions.
    pub(crate) fn tell(&self, sessions: &mut [Session]) {
        if self.pumps.is_empty() && self.felt.is_empty() {
            return;
        }
        let (mut first_pump, mut first_mmhg) = (None, None);
        for session in sessions {
            let (from, to) = (session.at.timestamp(), session.end);
            let What::Pump { with, .. } = &mut session.what else { continue };
            if let Some((pump, mmhg)) = self.pumps.get(&session.root) {
                if let Some(pump) = pump {
                    let other = first_pump.get_or_insert(pump) != &pump;
                    *with = with.and(Effect::OtherPump, f64::from(u8::from(other)));
                }
                if let Some(mmhg) = mmhg {
                    *with = with.and(Effect::Vacuum, (mmhg / *first_mmhg.get_or_insert(*mmhg)).ln());
                }
            }
            let of_session =
                self.felt.range(from.saturating_sub(SignedDuration::from_hours(FELT_H)).unwrap_or(from)..=to);
            for (stress, pain) in of_session.map(|(_, felt)| felt) {
                *with = stress.map_or(*with, |points| with.and(Effect::Stress, points));
                *with = pain.map_or(*with, |points| with.and(Effect::Pain, points));
            }
        }
    }
}

/// The techniques of a session; words of a later version are none of them.
pub(crate) fn techniques(pump: &Pump) -> With {
    pump.techniques.iter().filter_map(effect).fold(With::NOTHING, |with, effect| with.and(effect, 1.0))
}

/// The effect that a technique is; none for a word of a later version.
pub(crate) fn effect(technique: &Technique) -> Option<Effect> {
    match technique {
        Technique::Massage => Some(Effect::Massage),
        Technique::PauseMassage => Some(Effect::PauseMassage),
        Technique::Photo => Some(Effect::Photo),
        Technique::Sound => Some(Effect::Sound),
        Technique::Warmth => Some(Effect::Warmth),
        Technique::Smell => Some(Effect::Smell),
        Technique::Thought => Some(Effect::Thought),
        Technique::Nursing => Some(Effect::Nursing),
        _ => None,
    }
}
