//! A programme in plain words.

use super::{
    Ahead, Aim, Programme, Rung, State, Step,
    ladder::{DONE, DONE_OF},
    stand::{MOST_A_DAY, Stand},
};
use crate::limits::OLD_H;

/// What nobody knows.
pub const UNMEASURED: &str = "How fast a woman's reflex learns has never been measured. The rules go by your own tries; \
    the days and chances are those of a model, and yours may be quite different.";

pub(super) fn nothing_logged() -> String {
    "Nothing is logged yet. Log a few pump sessions and nursings, and whether milk let down: then this says where you stand and \
     what could come next."
        .into()
}

pub(super) fn done_rule(aim: Aim, within_min: f64) -> String {
    format!(
        "Done when {DONE} of the last {DONE_OF} {} bring a let-down within {within_min:.0} minutes; days of much stress or pain \
         are set aside.",
        tries(aim)
    )
}

fn tries(aim: Aim) -> &'static str {
    match aim {
        Aim::Nursing => "nursings without the pump",
        Aim::Pump => "pump sessions without the baby beside it",
    }
}

/// Limits that hold.
pub(super) fn limits(stand: &Stand, data_age_h: Option<f64>) -> Vec<String> {
    let mut limits = Vec::new();
    if stand.habit.aimed + stand.habit.other >= MOST_A_DAY {
        limits.push(format!(
            "Your days hold {MOST_A_DAY} sessions and more: put a step in place of a session, never on top of them."
        ));
    }
    if let Some(age_h) = data_age_h.filter(|h| *h > OLD_H) {
        limits.push(format!(
            "The newest session in your log is {:.0} days old; this is how things stood then.",
            age_h / 24.0
        ));
    }
    limits
}

pub(super) fn says(answer: &Programme, stand: &Stand) -> String {
    let mut said: Vec<String> = answer.stopped.clone();
    said.push(match answer.state {
        State::Stopped => "This comes first. Until it is looked at, feed and pump as you do now; the steps can wait, and nothing \
                           that was learned is lost."
            .into(),
        State::Done => done(answer, stand),
        State::SetBack => format!(
            "The last three {} brought none in time. Take the support up again for two days, then go on: what was learned is \
             still there.",
            tries(answer.to)
        ),
        State::NothingLogged | State::NotBegun | State::OnTheWay => String::new(),
    });
    if answer.state != State::Stopped {
        said.push(chance(answer));
        said.extend(known(answer, stand));
    }
    said.retain(|sentence| !sentence.is_empty());
    said.join(" ")
}

fn done(answer: &Programme, stand: &Stand) -> String {
    let how = match answer.to {
        Aim::Nursing => "Your milk lets down for your baby.",
        Aim::Pump => "Your milk lets down for the pump.",
    };
    let came = stand.counts.of_last(DONE_OF).filter(|_| stand.counts.is_done());
    let came = came.map_or_else(String::new, |n| format!(", {n} of the last {DONE_OF}"));
    let retrained = if stand.has_begun { " It is retrained." } else { " There is nothing to retrain." };
    format!("{how}{retrained} It came in time in what you noted{came}.")
}

/// A chance that is called nearly every session (%).
const SURE: f64 = 95.0;

fn chance(answer: &Programme) -> String {
    let Some(chance) = answer.chance else { return String::new() };
    let what = match answer.to {
        Aim::Nursing => "Nursing without the pump",
        Aim::Pump => "Pumping alone",
    };
    if chance.p10 >= SURE {
        return format!(
            "{what} brings a let-down within {:.0} minutes in nearly every session now.",
            answer.within_min
        );
    }
    if chance.p90 <= 100.0 - SURE {
        return format!(
            "{what} brings a let-down within {:.0} minutes in hardly any session now.",
            answer.within_min
        );
    }
    format!(
        "{what} brings a let-down within {:.0} minutes in about {:.0} of 100 sessions now (likely {:.0} to {:.0}).",
        answer.within_min, chance.mean, chance.p10, chance.p90
    )
}

/// What is missing for a better answer.
fn known(answer: &Programme, stand: &Stand) -> Option<String> {
    let tries = stand.counts.tries.len();
    (tries < DONE_OF && answer.state != State::Done).then(|| {
        let known = match tries {
            0 => "No try is noted yet".to_owned(),
            1 => "One try is noted".to_owned(),
            n => format!("{n} tries are noted"),
        };
        let ask = match answer.to {
            Aim::Nursing => "at each nursing note when milk let down, or that it did not",
            Aim::Pump => "watch a pump session with a scale or taps now and then",
        };
        format!("{known}: {ask}, and this gets surer.")
    })
}

pub(super) fn next(step: &Step, ahead: &Ahead, is_done: bool) -> String {
    if is_done && ahead.rung == Rung::Alone {
        return format!("{} Take the pump along no longer than you need it.", step.does);
    }
    if is_done {
        return format!("When you like. {}", step.does);
    }
    let days = match ahead.days {
        [Some(few), Some(middle), Some(many)] => {
            format!("The model sees you done in about {} ({few} to {many}).", count(middle))
        }
        [Some(few), Some(middle), None] => {
            format!("The model sees you done in about {} ({few}, or more than six weeks).", count(middle))
        }
        [Some(few), None, _] => {
            format!("The model sees this take {} at the least, and maybe months.", count(few))
        }
        _ => {
            "The model does not see an end within six weeks; a lactation consultant can look at it with you."
                .into()
        }
    };
    format!("{} {days}", step.does)
}

fn count(days: u32) -> String {
    if days == 1 { "1 day".into() } else { format!("{days} days") }
}
