//! What an entry says, in plain words: "left 12 min, right 8 min", "stress 4 of 10".

use crate::{coach::clock, numbers::tenth, trials::Question};
use letdown_journal::{
    body::{
        Bag, BagUse, Body, Device, DrinkKind, Felt, Goal, Letdown, Milk, Nurse, Place, Plan, SeenLetDown,
        Sex, Sides, Technique, Trial, TrialPart, TrialState, Trigger, Way,
    },
    volume::{Intake, Output, Volume},
};
use letdown_trace::found::off_ml;

/// What an entry says, without its note. Empty where nothing was said but the time.
pub fn says(body: &Body) -> String {
    let mut said = Said::default();
    match body {
        Body::Pump(b) => {
            said.outputs([&b.left, &b.right, &b.total]);
            said.amount("", b.length_min(), " min");
            said.with(&b.techniques);
            said.amount("", b.vacuum_mmhg, " mmHg");
            said.0.extend(b.place.clone());
            said.felt(&b.felt);
            said.0.extend(let_downs(&b.let_downs));
            // As the running clock stood when she said so: it shows seconds gone by.
            said.may("it hurt after ", b.hurt_s.map(|s| clock(s.floor())).as_deref());
        }
        Body::Hand(b) => {
            said.outputs([&b.left, &b.right, &b.total]);
            said.amount("", b.minutes, " min");
            said.with(&b.techniques);
        }
        Body::Nurse(b) => nursed(&mut said, b),
        Body::Bottle(b) => {
            said.amount("drank ", b.intake.as_ref().map(Intake::as_ml), " mL");
            said.word("", b.milk.as_str());
            said.amount("", b.minutes, " min");
        }
        Body::Bag(b) => bag(&mut said, b),
        Body::Weight(b) => match &b.typed {
            Some(typed) => said.word("", typed),
            None => said.amount("", Some(b.weight_g), " g"),
        },
        Body::Diaper(b) => {
            let held = [(b.wet, "wet"), (b.soiled, "soiled"), (!b.wet && !b.soiled, "dry")];
            held.into_iter().filter(|(is, _)| *is).for_each(|(_, word)| said.word("", word));
        }
        Body::Drink(b) => {
            said.volume("", b.volume.as_ref());
            said.may("", b.what.as_ref().map(DrinkKind::as_str));
        }
        Body::Feeling(b) => {
            said.amount("stress ", b.stress, " of 10");
            said.amount("pain ", b.pain, " of 10");
            said.may("", b.side.as_ref().map(Sides::as_str));
            said.amount("mood ", b.mood, " of 10");
        }
        Body::Letdown(b) => let_down(&mut said, b),
        Body::Cue(b) => {
            said.word("", b.what.as_str());
            said.amount("", b.minutes, " min");
            said.amount("milk after ", b.latency_s, " s");
        }
        Body::Symptom(b) => {
            said.word("", b.what.as_str());
            said.may("", b.side.as_ref().map(Sides::as_str));
            said.amount("", b.temperature_c, " °C");
            said.amount("strength ", b.strength, " of 10");
        }
        Body::Medicine(b) => {
            said.text(&b.name);
            said.0.extend(b.dose.clone());
        }
        Body::Note(b) => said.text(&b.text),
        Body::Plan(b) => plan(&mut said, b),
        Body::Trial(b) => trial(&mut said, b),
        Body::Assignment(b) => {
            said.word("drawn: ", if b.with { "with it" } else { "without it" });
            said.text(match b.part {
                TrialPart::Day => "for the whole day",
                ref part => part.as_str(),
            });
        }
        Body::Device(b) => device(&mut said, b),
        Body::Mother(b) => {
            said.0.extend(b.name.clone());
            said.may("gave birth ", b.gave_birth.map(|day| day.to_string()).as_deref());
            said.amount("", b.weight_kg, " kg");
        }
        Body::Baby(b) => {
            said.0.extend(b.name.clone());
            said.may("born ", b.born.map(|day| day.to_string()).as_deref());
            said.amount("after ", b.gestation_days.map(f64::from), " days");
            said.may("", b.sex.as_ref().map(Sex::as_str));
            said.amount("", b.birth_weight_g, " g");
        }
    }
    said.0.join(", ")
}

/// So many let-downs are told one by one.
const ONE_BY_ONE: usize = 3;

/// "3 let-downs: 21 ± 3 mL, then 15 ± 2 mL, then 8 ± 1 mL, first after 74 s"; without volumes where nothing tells them.
pub fn let_downs(seen: &[SeenLetDown]) -> Option<String> {
    let first = seen.first()?;
    let mut said = match seen.len() {
        1 => "1 let-down".to_owned(),
        count => format!("{count} let-downs"),
    };
    let brought: Vec<String> = seen.iter().take(ONE_BY_ONE).filter_map(brought).collect();
    if !brought.is_empty() && brought.len() == seen.len().min(ONE_BY_ONE) {
        said.push_str(if seen.len() == 1 { " of " } else { ": " });
        said.push_str(&brought.join(", then "));
        if let Some(more) = count(seen.len().saturating_sub(ONE_BY_ONE)) {
            said.extend([" and ".to_owned(), more.to_string(), " more".to_owned()]);
        }
    }
    Some(format!("{said}, first after {:.0} s", first.onset_s))
}

/// "21 ± 3 mL", in whole millilitres: no bottle shows more.
fn brought(seen: &SeenLetDown) -> Option<String> {
    let volume_ml = seen.volume_ml?;
    let off_ml = seen.volume_sd_ml.map(|sd_ml| format!(" ± {:.0}", off_ml(sd_ml).max(1.0)));
    Some(format!("{volume_ml:.0}{} mL", off_ml.unwrap_or_default()))
}

fn nursed(said: &mut Said, nurse: &Nurse) {
    for stint in &nurse.stints {
        let side = format!("{:?}", stint.side).to_lowercase();
        match stint.minutes {
            Some(minutes) => said.amount(&format!("{side} "), Some(minutes), " min"),
            None => said.text(&side),
        }
    }
    if nurse.stints.iter().all(|stint| stint.minutes.is_none()) {
        said.amount("", nurse.minutes, " min");
    }
    said.amount("drank ", nurse.intake_ml(), " mL");
    said.felt(&nurse.felt);
    match (nurse.first_let_down_s, nurse.let_down) {
        (Some(s), _) => said.amount("milk after ", Some(s), " s"),
        (None, Some(true)) => said.text("let-down"),
        (None, Some(false)) => said.text("no let-down"),
        (None, None) => {}
    }
    said.0.extend(nurse.place.clone());
}

fn bag(said: &mut Said, bag: &Bag) {
    said.volume("", bag.volume.as_ref());
    let went = match bag.way {
        Way::In => "put by",
        Way::Out => "taken out",
        ref other => other.as_str(),
    };
    said.text(went);
    said.may("", bag.place.as_ref().map(Place::as_str));
    said.may("", bag.used_for.as_ref().map(BagUse::as_str));
    said.may("", bag.milk.as_ref().map(Milk::as_str));
    said.0.extend(bag.label.clone());
}

fn let_down(said: &mut Said, letdown: &Letdown) {
    let trigger = letdown.trigger.as_ref().map(Trigger::as_str);
    said.may("", trigger.map(|word| if word == "none" { "by itself" } else { word }));
    said.felt(&letdown.felt);
    said.amount("strength ", letdown.strength, " of 10");
    match (&letdown.leak, letdown.leaked) {
        (Some(leak), _) => said.volume("leaked ", Some(leak)),
        (None, Some(true)) => said.text("leaked"),
        _ => {}
    }
}

fn plan(said: &mut Said, plan: &Plan) {
    said.text(match plan.goal {
        Goal::Raise => "for more milk",
        Goal::Hold => "to make as much as now",
        Goal::Wean => "to wean",
        Goal::Work => "for days at work",
        Goal::Stash => "for a stash",
        Goal::Home => "for the way home from hospital",
        Goal::Retrain => "to retrain your let-down",
        ref other => other.as_str(),
    });
    said.volume("to ", plan.target.as_ref().map(|target| &target.0));
    said.amount("", count(plan.steps.len()), " times a day");
    said.may("until ", plan.until.map(|day| day.strftime("%-d %b %Y").to_string()).as_deref());
}

fn trial(said: &mut Said, trial: &Trial) {
    let question = Question::of(trial);
    said.text(&question.with());
    if question.latency {
        said.text("does milk let down sooner");
    }
    said.text(match trial.state {
        TrialState::Running => "goes on",
        TrialState::Done => "ended",
        TrialState::Stopped => "ended early",
        ref other => other.as_str(),
    });
    let units = if trial.by_day == Some(true) { " days" } else { " sessions" };
    said.amount("planned for ", trial.sessions.map(f64::from), units);
}

fn device(said: &mut Said, device: &Device) {
    said.word("", device.what.as_str());
    said.0.extend(device.model.clone());
    said.amount("left ", device.left_flange_mm, " mm");
    said.amount("right ", device.right_flange_mm, " mm");
}

/// The pieces of a sentence.
#[derive(Default)]
struct Said(Vec<String>);

impl Said {
    fn text(&mut self, text: &str) {
        self.0.push(text.to_owned());
    }

    fn word(&mut self, before: &str, word: &str) {
        self.0.push(format!("{before}{}", word.replace('_', " ")));
    }

    fn may(&mut self, before: &str, word: Option<&str>) {
        if let Some(word) = word {
            self.word(before, word);
        }
    }

    fn amount(&mut self, before: &str, amount: Option<f64>, unit: &str) {
        if let Some(amount) = amount {
            self.0.push(format!("{before}{}{unit}", tenth(amount)));
        }
    }

    /// As it was typed, else in millilitres.
    fn volume(&mut self, before: &str, volume: Option<&Volume>) {
        match volume.and_then(Volume::as_typed) {
            Some(typed) => self.0.push(format!("{before}{typed}")),
            None => self.amount(before, volume.map(Volume::as_ml), " mL"),
        }
    }

    /// The sides, and the total where it says more than they do.
    fn outputs(&mut self, [left, right, total]: [&Option<Output>; 3]) {
        let sides_ml: f64 = [left, right].into_iter().flatten().map(Output::as_ml).sum();
        let says_more = |total: &&Output| (total.as_ml() - sides_ml).abs() > 0.1;
        let total = total.as_ref().filter(|total| (left.is_none() && right.is_none()) || says_more(total));
        let outputs = [("left ", left.as_ref()), ("right ", right.as_ref()), ("", total)];
        for (before, output) in outputs {
            self.volume(before, output.map(|output| &output.0));
        }
    }

    fn with(&mut self, techniques: &[Technique]) {
        for technique in techniques {
            self.word("with ", technique.as_str());
        }
    }

    fn felt(&mut self, felt: &[Felt]) {
        for felt in felt {
            self.word("felt ", felt.as_str());
        }
    }
}

/// How many, unless there are none.
fn count(n: usize) -> Option<f64> {
    (n > 0).then_some(n as f64)
}
