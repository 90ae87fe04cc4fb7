//! What the flags of `letdown log` say, as fields of an entry, and which flag said which.

use crate::cli::{
    Amount, At, Breast, Log, LogBaby, LogBag, LogBottle, LogCue, LogDevice, LogDiaper, LogDrink, LogFeeling,
    LogHand, LogLetdown, LogMedicine, LogMother, LogNote, LogNurse, LogPump, LogSymptom, LogWeight,
};
use letdown_journal::body::Extra;
use serde_json::{Value, json};

/// The fields of an entry, and the flag behind each.
#[derive(Default)]
pub struct Said {
    /// The kind.
    pub kind: &'static str,
    /// The fields, but for `start`.
    pub fields: Extra,
    /// When it began, as typed.
    pub start: Option<String>,
    flags: Vec<(String, &'static str)>,
}

impl Said {
    /// What was said.
    pub fn of(log: &Log) -> Self {
        match log {
            Log::Pump(o) => pump(o),
            Log::Hand(o) => hand(o),
            Log::Nurse(o) => nurse(o),
            Log::Bottle(o) => bottle(o),
            Log::Bag(o) => bag(o),
            Log::Weight(o) => weight(o),
            Log::Diaper(o) => diaper(o),
            Log::Drink(o) => drink(o),
            Log::Feeling(o) => feeling(o),
            Log::Letdown(o) => let_down(o),
            Log::Cue(o) => cue(o),
            Log::Symptom(o) => symptom(o),
            Log::Medicine(o) => medicine(o),
            Log::Note(o) => note(o),
            Log::Device(o) => device(o),
            Log::Mother(o) => mother(o),
            Log::Baby(o) => baby(o),
        }
    }

    /// A sentence about a field, about the flag that said it.
    pub fn about_flags(&self, sentence: &str) -> String {
        let named = sentence.strip_prefix("field ").and_then(|rest| rest.split_once(": "));
        let flag = |field: &str| self.flags.iter().find(|(name, _)| name == field).map(|(_, flag)| *flag);
        match named.and_then(|(field, what)| Some((flag(field)?, what))) {
            Some((flag, what)) => format!("{flag}: {what}"),
            None => sentence.to_owned(),
        }
    }

    /// What a scale saw, where nothing else was said: fields beside the total are kept with it, the total is hers.
    pub fn seen(&mut self, fields: Extra) {
        let has_total = ["left_ml", "right_ml", "total_ml", "left_typed", "right_typed", "total_typed"]
            .iter()
            .any(|name| self.fields.contains_key(*name));
        for (name, value) in fields {
            if !(has_total && name == "total_ml") {
                self.flags.push((name.clone(), "--trace"));
                self.fields.entry(name).or_insert(value);
            }
        }
    }

    fn a(kind: &'static str, at: &At) -> Self {
        let said = Self { kind, start: at.start.clone(), ..Self::default() };
        said.with("--note", "note", at.note.as_deref())
    }

    /// A field, when it was said.
    fn with(mut self, flag: &'static str, field: &str, value: impl Into<Value>) -> Self {
        self.flags.push((field.to_owned(), flag));
        let value = value.into();
        if !value.is_null() {
            self.fields.insert(field.to_owned(), value);
        }
        self
    }

    /// A list of words; without any there is no field.
    fn words(self, flag: &'static str, field: &str, words: &[String]) -> Self {
        self.with(flag, field, Some(words.to_vec()).filter(|words| !words.is_empty()))
    }

    /// A volume, in millilitres or as typed.
    fn amount(self, flag: &'static str, stem: &str, amount: Option<&Amount>) -> Self {
        let (ml, typed) = match amount {
            None => (None, None),
            Some(Amount::Ml(ml)) => (Some(*ml), None),
            Some(Amount::Typed(text)) => (None, Some(text.as_str())),
        };
        self.with(flag, &format!("{stem}_ml"), ml).with(flag, &format!("{stem}_typed"), typed)
    }
}

fn pump(o: &LogPump) -> Said {
    let flags = [(o.massage, "massage"), (o.photo, "photo")];
    let mut techniques: Vec<String> =
        flags.into_iter().filter(|(used, _)| *used).map(|(_, word)| word.to_owned()).collect();
    techniques
        .extend(o.technique.iter().filter(|word| !techniques.contains(word)).cloned().collect::<Vec<_>>());
    Said::a("pump", &o.at)
        .amount("--left", "left", o.left.as_ref())
        .amount("--right", "right", o.right.as_ref())
        .amount("--total", "total", o.total.as_ref())
        .with("--minutes", "minutes", o.minutes)
        .words("--technique", "techniques", &techniques)
        .with("--vacuum", "vacuum_mmhg", o.vacuum)
        .with("--device", "device", o.device.as_deref())
        .with("--place", "place", o.place.as_deref())
        .words("--felt", "felt", &o.felt)
}

fn hand(o: &LogHand) -> Said {
    Said::a("hand", &o.at)
        .amount("--left", "left", o.left.as_ref())
        .amount("--right", "right", o.right.as_ref())
        .amount("--total", "total", o.total.as_ref())
        .with("--minutes", "minutes", o.minutes)
        .words("--technique", "techniques", &o.technique)
}

fn nurse(o: &LogNurse) -> Said {
    let weighed = o.before.zip(o.after).map(|(before, after)| json!({"before_g": before, "after_g": after}));
    let stints = Some(stints(o)).filter(|stints| !stints.is_empty());
    Said::a("nurse", &o.at)
        .with("--minutes", "minutes", o.minutes)
        .with("--left, --right, --pause", "stints", stints)
        .with("--before, --after", "weighed", weighed)
        .amount("--drank", "intake", o.drank.as_ref())
        .words("--felt", "felt", &o.felt)
        .with("--no-let-down", "let_down", o.no_let_down.then_some(false))
        .with("--let-down-after", "first_let_down_s", o.let_down_after)
        .with("--place", "place", o.place.as_deref())
        .with("--baby", "baby", o.baby.as_deref())
}

/// The breasts in the order nursed; the left one first where nothing else is said.
fn stints(o: &LogNurse) -> Vec<Value> {
    let sides = [(Breast::Left, "left", o.left), (Breast::Right, "right", o.right)];
    let mut sides: Vec<_> =
        sides.into_iter().filter(|(side, _, minutes)| minutes.is_some() || o.first == Some(*side)).collect();
    sides.sort_by_key(|(side, ..)| o.first.is_some_and(|first| first != *side));
    let stint = |(place, (_, side, minutes)): (usize, (Breast, &str, Option<f64>))| {
        let pause = o.pause.filter(|_| place == 1);
        let fields = [("side", json!(side)), ("minutes", json!(minutes)), ("pause_before_min", json!(pause))];
        fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    };
    sides.into_iter().enumerate().map(stint).map(Value::Object).collect()
}

fn bottle(o: &LogBottle) -> Said {
    Said::a("bottle", &o.at)
        .amount("--amount", "intake", o.amount.as_ref())
        .with("--milk", "milk", o.milk.as_str())
        .with("--minutes", "minutes", o.minutes)
        .with("--baby", "baby", o.baby.as_deref())
}

fn bag(o: &LogBag) -> Said {
    Said::a("bag", &o.at)
        .with("--in, --out", "way", if o.taken_out { "out" } else { "in" })
        .amount("--amount", "volume", o.amount.as_ref())
        .with("--place", "place", o.place.as_deref())
        .with("--label", "label", o.label.as_deref())
        .with("--milk", "milk", o.milk.as_deref())
        .with("--use", "use", o.used_for.as_deref())
}

fn weight(o: &LogWeight) -> Said {
    let said = Said::a("weight", &o.at).with("--baby", "baby", o.baby.as_deref());
    match (o.grams, o.kg, o.lb) {
        (Some(grams), ..) => said.with("--grams", "weight_g", grams),
        (_, Some(kg), _) => {
            said.with("--kg", "weight_typed", format!("{kg} kg")).with("--kg", "weight_g", None::<f64>)
        }
        (_, _, Some(lb)) => {
            said.with("--lb", "weight_typed", format!("{lb} lb")).with("--lb", "weight_g", None::<f64>)
        }
        _ => said.with("--amount", "weight_typed", o.amount.as_deref()).with(
            "--amount",
            "weight_g",
            None::<f64>,
        ),
    }
}

fn diaper(o: &LogDiaper) -> Said {
    Said::a("diaper", &o.at).with("--wet", "wet", o.wet).with("--soiled", "soiled", o.soiled).with(
        "--baby",
        "baby",
        o.baby.as_deref(),
    )
}

fn drink(o: &LogDrink) -> Said {
    Said::a("drink", &o.at).amount("--amount", "volume", o.amount.as_ref()).with(
        "--what",
        "what",
        o.what.as_deref(),
    )
}

fn feeling(o: &LogFeeling) -> Said {
    Said::a("feeling", &o.at)
        .with("--stress", "stress", o.stress)
        .with("--pain", "pain", o.pain)
        .with("--mood", "mood", o.mood)
        .with("--side", "side", o.side.as_deref())
}

fn let_down(o: &LogLetdown) -> Said {
    Said::a("letdown", &o.at)
        .with("--trigger", "trigger", o.trigger.as_deref())
        .words("--felt", "felt", &o.felt)
        .with("--strength", "strength", o.strength)
        .with("--leaked", "leaked", o.leaked.then_some(true))
        .amount("--leak", "leak", o.leak.as_ref())
}

fn cue(o: &LogCue) -> Said {
    Said::a("cue", &o.at)
        .with("--what", "what", o.what.as_str())
        .with("--minutes", "minutes", o.minutes)
        .with("--latency", "latency_s", o.latency)
}

fn symptom(o: &LogSymptom) -> Said {
    Said::a("symptom", &o.at)
        .with("--what", "what", o.what.as_str())
        .with("--side", "side", o.side.as_deref())
        .with("--temperature", "temperature_c", o.temperature)
        .with("--strength", "strength", o.strength)
}

fn medicine(o: &LogMedicine) -> Said {
    Said::a("medicine", &o.at).with("--name", "name", o.name.as_str()).with(
        "--dose",
        "dose",
        o.dose.as_deref(),
    )
}

fn note(o: &LogNote) -> Said {
    Said::a("note", &o.at).with("--text", "text", o.text.as_str())
}

fn device(o: &LogDevice) -> Said {
    Said::a("device", &o.at)
        .with("--what", "what", o.what.as_str())
        .with("--model", "model", o.model.as_deref())
        .with("--left-flange", "left_flange_mm", o.left_flange)
        .with("--right-flange", "right_flange_mm", o.right_flange)
}

fn mother(o: &LogMother) -> Said {
    Said::a("mother", &o.at)
        .with("--name", "name", o.name.as_deref())
        .with("--gave-birth", "gave_birth", o.gave_birth.as_deref())
        .with("--weight-kg", "weight_kg", o.weight_kg)
}

fn baby(o: &LogBaby) -> Said {
    Said::a("baby", &o.at)
        .with("--name", "name", o.name.as_deref())
        .with("--born", "born", o.born.as_deref())
        .with("--gestation-days", "gestation_days", o.gestation_days)
        .with("--sex", "sex", o.sex.as_deref())
        .with("--birth-weight", "birth_weight_g", o.birth_weight)
}
