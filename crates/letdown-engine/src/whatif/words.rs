//! What a change would bring, in plain words.

use super::{
    WhatIf,
    change::{Change, Part},
    effect::Effects,
    lives::Lengths,
};
use crate::{
    limits::{LONGEST_MIN, OLD_H},
    numbers::about_ml,
};

pub(super) const NO_HABIT: &str = "The last 14 days hold no whole day of sessions, so there is no habit to go by. Log a day, \
                                   and there will be an answer here.";

/// The whole: whom to ask, what it would bring, at what cost, and how old the numbers are.
pub(super) fn says(answer: &WhatIf, change: &Change, lengths: &Lengths) -> String {
    let mut said = answer.stops.clone();
    said.push(brings(answer));
    said.extend(costs(answer));
    if let Some(part) = longer(change) {
        said.extend(not_longer(part, lengths));
    }
    said.extend(answer.unproven.iter().cloned());
    if let Some(age_h) = answer.data_age_h.filter(|h| *h > OLD_H) {
        said.push(format!("Your newest session is {:.0} days old, and so is this answer.", age_h / 24.0));
    }
    said.join(" ")
}

fn brings(answer: &WhatIf) -> String {
    let difference = &answer.difference.ml_per_day;
    let days = answer.baseline.days.len();
    if difference.p05 == 0.0 && difference.p95 == 0.0 {
        return format!("That changes nothing that the model knows of, in {days} days.");
    }
    let middle = match about(difference.p50) {
        0 => "about the same output a day".to_owned(),
        ml if ml > 0 => format!("about {} more a day", about_ml(difference.p50)),
        _ => format!("about {} less a day", about_ml(-difference.p50)),
    };
    let made = &answer.difference.made_ml_per_day;
    let also = match answer.difference.nursings_per_day {
        n if n > 0.0 => format!(
            " What your baby drinks is not in this number; what you make changes by {} to {} a day.",
            signed(made.p10),
            signed(made.p90)
        ),
        _ => String::new(),
    };
    format!(
        "Over {days} days {middle} (likely {} to {}): {} instead of {}.{also}",
        signed(difference.p10),
        signed(difference.p90),
        about_ml(answer.changed.ml_per_day.p50),
        about_ml(answer.baseline.ml_per_day.p50),
    )
}

fn costs(answer: &WhatIf) -> Option<String> {
    let minutes = answer.difference.minutes_per_day;
    let more = if minutes > 0.0 { "more" } else { "fewer" };
    (minutes.abs() >= 0.5)
        .then(|| format!("It is about {:.0} minutes {more} at the pump a day.", minutes.abs()))
}

fn longer(change: &Change) -> Option<f64> {
    change.parts.iter().find_map(|part| match part {
        Part::Longer(minutes) if *minutes > 0.0 => Some(*minutes),
        _ => None,
    })
}

fn not_longer(longer_min: f64, lengths: &Lengths) -> Option<String> {
    (lengths.logged_min + longer_min > LONGEST_MIN).then(|| {
        format!(
            "Your sessions usually take {:.0} minutes; none is made longer than {LONGEST_MIN:.0} here.",
            lengths.logged_min
        )
    })
}

/// What no measurement bears out. `grows`: whether her log told what minutes past the end of flow do, so that it is counted.
pub(super) fn unproven(change: &Change, effects: &Effects, grows: bool) -> Vec<String> {
    let counted = if grows {
        "the milk that they take is counted, and what went with them in your own log"
    } else {
        "only the milk that they take is counted"
    };
    let sentence = |part: &Part| match part {
        Part::Longer(minutes) if *minutes > 0.0 => {
            Some(format!("Whether minutes past the end of flow make more milk is unproven; {counted}."))
        }
        Part::With(technique) if effects.done(technique) >= 0.95 => {
            let word = technique.as_str().replace('_', " ");
            Some(format!("You do that already ({word} in nearly every session), so it is in your numbers."))
        }
        Part::With(technique) => effects.unproven(technique),
        _ => None,
    };
    let mut sentences: Vec<String> = change.parts.iter().filter_map(sentence).collect();
    sentences.dedup();
    sentences
}

impl Effects {
    fn unproven(&self, technique: &letdown_journal::body::Technique) -> Option<String> {
        use letdown_journal::body::Technique::{Massage, PauseMassage};
        if self.is_hers(technique) {
            return None;
        }
        Some(match technique {
            Massage | PauseMassage => {
                "How much massage brings you is not measured yet; this is what it brought others, who \
                                       differ widely."
                    .to_owned()
            }
            other => format!(
                "What {} brings you is not measured yet, so the range is wide on both sides of nothing.",
                other.as_str().replace('_', " ")
            ),
        })
    }
}

fn about(ml: f64) -> i64 {
    (ml / 10.0).round() as i64 * 10
}

/// "+60 mL", "−20 mL", "0 mL".
fn signed(ml: f64) -> String {
    match about(ml) {
        0 => "0 mL".to_owned(),
        m if m > 0 => format!("+{}", about_ml(ml)),
        _ => format!("\u{2212}{}", about_ml(-ml)),
    }
}
