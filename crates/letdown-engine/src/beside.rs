//! What a session was with: techniques, the pump with its vacuum and flange, the place, and how she was in the hours
//! before.
//!
//! A session's pump is the one it names, else the newest pump that was written down as in use. Its flange is the newest
//! that was written down and fits that pump.

use crate::observed::{Session, What};
use jiff::{SignedDuration, Timestamp};
use letdown_fit::effects::{Effect, With};
use letdown_journal::{
    body::{Body, Device, DeviceKind, Feeling, Pump, Technique},
    entry::EntryId,
};
use std::collections::{BTreeMap, BTreeSet};

/// How long before a session she may have said how she is, for it to be about that session (h).
const FELT_H: i64 = 4;

/// What the sessions of a log are held against: what was known first, so that what comes later does not change what was
/// said of earlier sessions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct First {
    /// Her pumps, the first first, as she first wrote them.
    pub pumps: Vec<String>,
    /// Her places.
    pub places: Vec<String>,
    /// The first vacuum (mmHg).
    pub vacuum_mmhg: Option<f64>,
    /// The first flange (mm), the mean of the sides that are known.
    pub flange_mm: Option<f64>,
}

/// What a session says of itself.
#[derive(Debug)]
struct Named {
    pump: Option<String>,
    place: Option<String>,
    vacuum_mmhg: Option<f64>,
}

/// A pump or a flange in use since an instant.
#[derive(Debug)]
struct InUse {
    what: DeviceKind,
    model: Option<String>,
    flange_mm: Option<f64>,
}

/// What stands beside the sessions of a log.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    named: BTreeMap<EntryId, Named>,
    in_use: BTreeMap<(Timestamp, EntryId), InUse>,
    /// Stress and pain, in points of 10.
    felt: BTreeMap<Timestamp, (Option<f64>, Option<f64>)>,
}

impl Beside {
    /// Takes in what is no volume.
    pub(crate) fn see(&mut self, root: EntryId, body: &Body) {
        match body {
            Body::Pump(pump) => {
                let vacuum_mmhg = pump.vacuum_mmhg.filter(|mmhg| *mmhg > 0.0);
                let named = Named {
                    pump: said(pump.device.as_deref()),
                    place: said(pump.place.as_deref()),
                    vacuum_mmhg,
                };
                if named.pump.is_some() || named.place.is_some() || vacuum_mmhg.is_some() {
                    self.named.insert(root, named);
                }
            }
            Body::Device(device) if matches!(device.what, DeviceKind::Pump | DeviceKind::Flange) => {
                self.in_use.insert((device.start.timestamp(), root), in_use(device));
            }
            Body::Feeling(Feeling { start, stress, pain, .. }) => {
                let felt = self.felt.entry(start.timestamp()).or_default();
                *felt = (stress.or(felt.0), pain.or(felt.1));
            }
            _ => {}
        }
    }

    /// Tells the sessions, which stand in order of time.
    pub(crate) fn tell(&self, sessions: &mut [Session]) -> First {
        let (mut first, mut known) = (First::default(), Known::default());
        let mut in_use = self.in_use.iter().peekable();
        for session in sessions {
            let (from, to) = (session.at.timestamp(), session.end);
            while let Some((_, device)) = in_use.next_if(|((since, _), _)| *since <= from) {
                known.take(device);
            }
            let What::Pump { with, .. } = &mut session.what else { continue };
            self.told_by_session(session.root, &mut known, &mut first, with);
            self.told_by_feelings(from, to, with);
        }
        first
    }

    fn told_by_session(&self, root: EntryId, known: &mut Known<'_>, first: &mut First, with: &mut With) {
        let named = self.named.get(&root);
        let pump = named.and_then(|named| named.pump.clone()).or_else(|| known.pump.clone());
        if let Some(pump) = &pump {
            known.pumps.insert(pump.to_lowercase());
            *with = with.and(Effect::OtherPump, other(&mut first.pumps, pump));
        }
        if let Some(flange_mm) = known.flange_mm(pump.as_deref()) {
            let over_mm = flange_mm - *first.flange_mm.get_or_insert(flange_mm);
            *with = with.and(Effect::Flange, over_mm);
        }
        if let Some(place) = named.and_then(|named| named.place.as_ref()) {
            *with = with.and(Effect::OtherPlace, other(&mut first.places, place));
        }
        if let Some(mmhg) = named.and_then(|named| named.vacuum_mmhg) {
            *with = with.and(Effect::Vacuum, (mmhg / *first.vacuum_mmhg.get_or_insert(mmhg)).ln());
        }
    }

    fn told_by_feelings(&self, from: Timestamp, to: Timestamp, with: &mut With) {
        let since = from.saturating_sub(SignedDuration::from_hours(FELT_H)).unwrap_or(from);
        for (stress, pain) in self.felt.range(since..=to).map(|(_, felt)| felt) {
            *with = stress.map_or(*with, |points| with.and(Effect::Stress, points));
            *with = pain.map_or(*with, |points| with.and(Effect::Pain, points));
        }
    }
}

/// What is in use at an hour.
#[derive(Default)]
struct Known<'a> {
    pump: Option<String>,
    /// Lower-cased names of all pumps so far.
    pumps: BTreeSet<String>,
    /// Those with a flange, the newest last.
    flanges: Vec<&'a InUse>,
}

impl<'a> Known<'a> {
    fn take(&mut self, device: &'a InUse) {
        if let (DeviceKind::Pump, Some(model)) = (&device.what, &device.model) {
            self.pumps.insert(model.to_lowercase());
            self.pump = Some(model.clone());
        }
        if device.flange_mm.is_some() {
            self.flanges.push(device);
        }
    }

    /// The flange of a session with a pump, or with one that is not known (mm).
    fn flange_mm(&self, pump: Option<&str>) -> Option<f64> {
        let pump = pump.map(str::to_lowercase);
        self.flanges.iter().rev().find(|flange| self.fits(flange, pump.as_deref()))?.flange_mm
    }

    /// A flange without a name fits every pump, so does one whose name is that of no pump of hers; one with the name of
    /// a pump belongs to that pump.
    fn fits(&self, flange: &InUse, pump: Option<&str>) -> bool {
        let (Some(model), Some(pump)) = (&flange.model, pump) else { return true };
        let model = model.to_lowercase();
        model == pump || !self.pumps.contains(&model)
    }
}

fn in_use(device: &Device) -> InUse {
    let sides: Vec<f64> = [device.left_flange_mm, device.right_flange_mm].into_iter().flatten().collect();
    let flange_mm = (!sides.is_empty()).then(|| sides.iter().sum::<f64>() / sides.len() as f64);
    InUse { what: device.what.clone(), model: said(device.model.as_deref()), flange_mm }
}

/// Her words without the blanks around them; none where they are blank.
fn said(words: Option<&str>) -> Option<String> {
    words.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
}

/// 1 where a name is another than the first, in whatever case; new names are added.
fn other(names: &mut Vec<String>, name: &str) -> f64 {
    let alike = |known: &String| known.to_lowercase() == name.to_lowercase();
    let place = names.iter().position(alike).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    f64::from(u8::from(place > 0))
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
