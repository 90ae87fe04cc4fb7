//! What is held against what: an effect of her log, the two amounts between which it is told, and the words for both.

use super::{given::Given, known::mean_sd};
use crate::{beside::First, numbers::tenth};
use letdown_fit::{
    effects::{Effect, Sides, amounts, sides},
    log::Log,
};
use letdown_journal::body::Technique;

/// One effect, as her log can tell it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Compared {
    pub effect: Effect,
    /// Its word in answers.
    pub word: String,
    /// What is compared, in plain words.
    pub contrast: String,
    /// What the sessions of either side are: "with it", "without it".
    pub kinds: [String; 2],
    /// Whether those of the other side are simply the others: not all of them were named.
    pub others: bool,
    /// What it goes together with in her log, so that the one cannot be told from the other.
    pub goes_with: Option<String>,
    /// By how much the amount of the one is above that of the other, in the unit of the effect.
    pub amount: f64,
    /// How many sessions with a volume are with it, and without.
    pub n: [usize; 2],
}

/// Every effect that she logs.
pub(super) fn compared(given: &Given<'_>, log: &Log) -> Vec<Compared> {
    let first = &given.observed.first;
    let techniques = used(given).into_iter().filter_map(|technique| of_technique(&technique, log));
    let others =
        [Effect::OtherPump, Effect::Vacuum, Effect::Flange, Effect::OtherPlace, Effect::Stress, Effect::Pain];
    let others = others.into_iter().filter_map(|effect| of_amounts(effect, log, first));
    let mut all: Vec<Compared> = techniques.chain(others).collect();
    let amounts: Vec<Vec<f64>> = all.iter().map(|one| amounts(log, one.effect)).collect();
    for i in 0..all.len() {
        let same =
            (0..all.len()).find(|j| *j != i && correlation(&amounts[i], &amounts[*j]).abs() > TOGETHER);
        all[i].goes_with = same.map(|j| all[j].contrast.clone());
    }
    all
}

/// Above this correlation two amounts say nearly the same (1).
const TOGETHER: f64 = 0.9;

/// The correlation of two lists of the same length; 0 where one of them does not vary.
fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let ((mean_a, sd_a), (mean_b, sd_b)) = (mean_sd(a), mean_sd(b));
    let sum: f64 = a.iter().zip(b).map(|(x, y)| (x - mean_a) * (y - mean_b)).sum();
    let scale = sd_a * sd_b * (a.len() as f64 - 1.0);
    if scale > 0.0 { sum / scale } else { 0.0 }
}

fn used(given: &Given<'_>) -> Vec<Technique> {
    let mut used: Vec<Technique> = Vec::new();
    for technique in given.pumps().flat_map(|(_, pump)| &pump.techniques) {
        if !used.contains(technique) {
            used.push(technique.clone());
        }
    }
    used
}

fn of_technique(technique: &Technique, log: &Log) -> Option<Compared> {
    let effect = crate::beside::effect(technique)?;
    let Sides { with, without, .. } = sides(log, effect);
    let contrast = match technique {
        Technique::Nursing => "a baby at the other breast".to_owned(),
        named => named.as_str().replace('_', " "),
    };
    Some(Compared {
        effect,
        word: technique.as_str().to_owned(),
        contrast,
        kinds: ["with it".to_owned(), "without it".to_owned()],
        others: false,
        goes_with: None,
        amount: 1.0,
        n: [with, without],
    })
}

/// An effect of which both sides are in the log; of one side there is nothing to say.
fn of_amounts(effect: Effect, log: &Log, first: &First) -> Option<Compared> {
    let Sides { with, without, high, low } = sides(log, effect);
    if with == 0 || without == 0 {
        return None;
    }
    let told = |word: &str, contrast: String, kinds: [String; 2]| Compared {
        effect,
        word: word.to_owned(),
        contrast,
        kinds,
        others: true,
        goes_with: None,
        amount: high - low,
        n: [with, without],
    };
    Some(match effect {
        Effect::OtherPump => named(told, "other_pump", "pump", &first.pumps)?,
        Effect::OtherPlace => named(told, "other_place", "place", &first.places)?,
        Effect::Vacuum => {
            let [high, low] = [high, low].map(|ln| first.vacuum_mmhg.map(|mmhg| (mmhg * ln.exp()).round()));
            let (high, low) = (high?, low?);
            let kinds = [high, low].map(|mmhg| format!("near {mmhg} mmHg"));
            told("vacuum", format!("a vacuum of {high} mmHg rather than {low}"), kinds)
        }
        Effect::Flange => {
            let [high, low] = [high, low].map(|over_mm| first.flange_mm.map(|mm| tenth(mm + over_mm)));
            let (high, low) = (high?, low?);
            let kinds = [low, high].map(|mm| format!("with {mm} mm"));
            let told = told("flange", format!("a flange of {low} mm rather than {high}"), kinds);
            // A smaller one is what she may wonder about.
            Compared { amount: -told.amount, n: [without, with], ..told }
        }
        Effect::Stress | Effect::Pain => {
            let word = if effect == Effect::Stress { "stress" } else { "pain" };
            let [high, low] = [high, low].map(tenth);
            let none = if low == 0.0 { "none".to_owned() } else { low.to_string() };
            let kinds = [format!("with {word} near {high}"), format!("with {word} near {none}")];
            told(word, format!("{word} of {high} of 10 rather than {none}"), kinds)
        }
        _ => return None,
    })
}

/// Names in her words: two stand beside each other, of more the first stands against all others.
fn named(
    told: impl Fn(&str, String, [String; 2]) -> Compared,
    word: &str,
    what: &str,
    names: &[String],
) -> Option<Compared> {
    let (first, others) = names.split_first()?;
    let known = format!("with the {what} \u{201c}{first}\u{201d}");
    Some(match others {
        [second] => told(
            word,
            format!("the {what} \u{201c}{second}\u{201d} rather than \u{201c}{first}\u{201d}"),
            [format!("with the {what} \u{201c}{second}\u{201d}"), known],
        ),
        _ => told(
            word,
            format!("another {what} than \u{201c}{first}\u{201d}"),
            [format!("with another {what}"), known],
        ),
    })
}
