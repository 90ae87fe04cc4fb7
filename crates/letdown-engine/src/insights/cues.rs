//! Which cue brings milk how fast, and at what milk lets down by itself.

use super::{
    given::Given,
    known::{Belief, Effect, count, mean_sd, not_yet},
};
use crate::numbers::tenth;
use letdown_journal::body::{Letdown, Technique, Trigger};
use serde::Serialize;
use std::collections::BTreeMap;

/// Cues, and let-downs without touch.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CuesAnswer {
    /// How long until the first let-down, by what was done.
    pub latencies: Vec<Latency>,
    /// Let-downs by themselves, by what came before them.
    pub spontaneous: Vec<Spontaneous>,
    /// The same a week, over the last four weeks.
    pub spontaneous_per_week: f64,
    /// The whole in plain words.
    pub says: String,
}

/// How long until the first let-down.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Latency {
    /// `pump` alone; `pump+photo`, ... with a cue; `cue: picture`, ... before or without any touch.
    pub with: String,
    /// Sessions in which it was seen.
    pub n: usize,
    /// The middle (s), with the 80 % range of where it lies.
    pub seconds: [f64; 3],
    /// Against the pump alone (%); below nothing is sooner.
    pub against_pump_alone: Option<Effect>,
}

/// Let-downs by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spontaneous {
    /// `thought`, `cry`, ...; `none` where she knows of nothing, `not said` where she said nothing.
    pub trigger: String,
    /// How many.
    pub n: usize,
    /// In how many of them milk leaked.
    pub leaked: usize,
}

/// Of a cue on the latency (log sd): relaxation and pictures are contested.
const PRIOR_SD: f64 = 0.3;
const WORTH: f64 = 0.25;
/// The spread of one woman's latencies (log) where few were seen.
const USUAL_SD: f64 = 0.5;
const RECENT_H: f64 = 28.0 * 24.0;

const CUE_TECHNIQUES: [Technique; 5] =
    [Technique::Photo, Technique::Sound, Technique::Smell, Technique::Thought, Technique::Warmth];
const ALONE: &str = "pump";

/// What brings her milk.
pub(super) fn cues(given: &Given<'_>) -> CuesAnswer {
    let mut seconds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (_, pump) in given.pumps() {
        let Some(first) = pump.let_downs.first() else { continue };
        let used = pump.techniques.iter().filter(|t| CUE_TECHNIQUES.contains(t) || **t == Technique::Massage);
        let used: Vec<&str> = used.map(Technique::as_str).collect();
        let nursed = pump.techniques.contains(&Technique::Nursing);
        let names: Vec<String> = match (used.is_empty(), nursed) {
            (_, true) => vec!["pump+nursing".into()],
            (true, false) => vec![ALONE.into()],
            (false, false) => used.iter().map(|word| format!("{ALONE}+{word}")).collect(),
        };
        for name in names {
            seconds.entry(name).or_default().push(first.onset_s.max(1.0));
        }
    }
    for cue in given.cues() {
        if let Some(latency_s) = cue.latency_s {
            seconds.entry(format!("cue: {}", cue.what.as_str())).or_default().push(latency_s.max(1.0));
        }
    }
    let logs: BTreeMap<&String, Vec<f64>> =
        seconds.iter().map(|(name, s)| (name, s.iter().map(|s| s.ln()).collect())).collect();
    let alone = seconds.get_key_value(ALONE).and_then(|(name, _)| logs.get(name)).cloned();
    let latencies = logs.iter().map(|(name, own)| latency(name, own, alone.as_deref())).collect();
    let mut answer = CuesAnswer {
        latencies,
        spontaneous: spontaneous(given),
        spontaneous_per_week: tenth(
            given.let_downs().filter(|l| given.age_h(l.start.timestamp()) <= RECENT_H).count() as f64 / 4.0,
        ),
        says: String::new(),
    };
    answer.says = says(&answer);
    answer
}

fn latency(name: &str, own: &[f64], alone: Option<&[f64]>) -> Latency {
    let (mean, sd) = mean_sd(own);
    let n = own.len() as f64;
    // A spread known from few is drawn towards the usual one, as if by four more.
    let spread =
        ((sd * sd * (n - 1.0).max(0.0) + 4.0 * USUAL_SD * USUAL_SD) / ((n - 1.0).max(0.0) + 4.0)).sqrt();
    let belief = Belief { mean, sd: spread / n.sqrt() };
    let against = alone.filter(|_| name != ALONE && name.starts_with(ALONE)).map(|alone| {
        let m = alone.len() as f64;
        let unit_sd = spread * (n * (1.0 / n + 1.0 / m)).sqrt();
        Effect::of(Belief { mean: 0.0, sd: PRIOR_SD }, mean - mean_sd(alone).0, unit_sd, own.len(), WORTH)
    });
    Latency {
        with: name.to_owned(),
        n: own.len(),
        seconds: [0.1, 0.5, 0.9].map(|p| belief.quantile(p).exp().round()),
        against_pump_alone: against,
    }
}

fn spontaneous(given: &Given<'_>) -> Vec<Spontaneous> {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let leaks = |l: &Letdown| l.leaked == Some(true) || l.leak.is_some();
    for let_down in given.let_downs() {
        let trigger = let_down.trigger.as_ref().map_or("not said", Trigger::as_str);
        let seen = counts.entry(trigger.to_owned()).or_default();
        seen.0 += 1;
        seen.1 += usize::from(leaks(let_down));
    }
    let mut all: Vec<Spontaneous> =
        counts.into_iter().map(|(trigger, (n, leaked))| Spontaneous { trigger, n, leaked }).collect();
    all.sort_by_key(|s| std::cmp::Reverse(s.n));
    all
}

fn says(answer: &CuesAnswer) -> String {
    let mut said = Vec::new();
    if let Some(alone) = answer.latencies.iter().find(|l| l.with == ALONE) {
        said.push(format!(
            "With the pump alone the first let-down comes after about {:.0} s ({}).",
            alone.seconds[1],
            count(alone.n, "session")
        ));
    }
    for latency in answer.latencies.iter().filter(|l| l.with != ALONE) {
        let name = latency.with.trim_start_matches("pump+").replace('_', " ");
        let about = format!("about {:.0} s ({})", latency.seconds[1], latency.n);
        said.push(match &latency.against_pump_alone {
            Some(effect) if effect.known => {
                format!("With {name} {about}, {} against alone.", effect.percent.words())
            }
            Some(effect) => {
                format!("With {name} {about}; whether that differs is {}.", not_yet(effect.more, "session"))
            }
            None => format!("After {} {about}.", name.trim_start_matches("cue: ")),
        });
    }
    if said.is_empty() {
        said.push(
            "How fast milk comes is not known yet: a scale, taps, or a cue with its seconds would tell."
                .into(),
        );
    }
    if let Some(first) = answer.spontaneous.first() {
        let all: usize = answer.spontaneous.iter().map(|s| s.n).sum();
        let at = match first.trigger.as_str() {
            "none" => "by itself".to_owned(),
            "not said" => "with nothing noted beside it".to_owned(),
            trigger => format!("at a {trigger}"),
        };
        said.push(format!(
            "Milk let down without touch {}, most often {at} ({} of {all}).",
            count(all, "time"),
            first.n
        ));
    }
    said.join(" ")
}
