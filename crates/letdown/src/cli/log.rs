//! What may be typed behind `letdown log`, and the fields of the entry that it says.

use clap::{ArgGroup, Args, Subcommand, ValueEnum, builder::PossibleValuesParser};
use letdown_journal::{
    body::{BagUse, CueKind, DeviceKind, DrinkKind, Felt, Milk, Place, Sex, Sides, SymptomKind, Technique},
    volume::{AmountError, Volume},
};

/// What kind of entry to write down.
#[derive(Subcommand)]
pub enum Log {
    /// A pump session.
    Pump(LogPump),
    /// Milk expressed by hand.
    Hand(LogHand),
    /// A baby at the breast.
    Nurse(LogNurse),
    /// Milk a baby drank from a bottle.
    Bottle(LogBottle),
    /// A bag of milk for the stash, or out of it.
    Bag(LogBag),
    /// A baby on the scale.
    Weight(LogWeight),
    /// A diaper; without any of the two it was dry.
    Diaper(LogDiaper),
    /// What you drink.
    Drink(LogDrink),
    /// How you are; at least one of the three.
    Feeling(LogFeeling),
    /// Milk that let down by itself.
    Letdown(LogLetdown),
    /// Something you used so that milk may let down.
    Cue(LogCue),
    /// Something that hurts or worries.
    Symptom(LogSymptom),
    /// A medicine you took; kept as you type it.
    Medicine(LogMedicine),
    /// What you want to write down.
    Note(LogNote),
    /// A pump, flanges or a scale, in use from then on.
    Device(LogDevice),
    /// Yourself.
    Mother(LogMother),
    /// A baby; twins are two, born the same day.
    Baby(LogBaby),
}

/// What every kind has.
#[derive(Args)]
pub struct At {
    /// When it began [default: it has just ended].
    #[arg(long, value_name = "TIME")]
    pub start: Option<String>,
    /// Your own words.
    #[arg(long)]
    pub note: Option<String>,
}

/// An amount of a liquid.
#[derive(Clone)]
pub enum Amount {
    /// In millilitres.
    Ml(f64),
    /// With its unit, as typed.
    Typed(String),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Breast {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// A pump session.
#[derive(Args)]
pub struct LogPump {
    /// Output of the left side (mL, or like "2 oz").
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub left: Option<Amount>,
    /// Output of the right side.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub right: Option<Amount>,
    /// Output of both sides, in place of the two.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true, conflicts_with_all = ["left", "right"])]
    pub total: Option<Amount>,
    /// How long it ran (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// What a scale under the bottle wrote down of it: amount, minutes and let-downs are read from it.
    #[arg(long, value_name = "FILE")]
    pub trace: Option<std::path::PathBuf>,
    /// With massage.
    #[arg(long)]
    pub massage: bool,
    /// With a picture of the baby.
    #[arg(long)]
    pub photo: bool,
    /// With what help; `flange` is another one than usual.
    #[arg(long, value_parser = words(Technique::WORDS, &["flange"]), value_delimiter = ',')]
    pub technique: Vec<String>,
    /// The vacuum the pump was set to (mmHg, 0 to 400).
    #[arg(long, value_name = "MMHG", value_parser = number, allow_negative_numbers = true)]
    pub vacuum: Option<f64>,
    /// Which pump.
    #[arg(long, value_name = "TEXT")]
    pub device: Option<String>,
    /// Where, in your words.
    #[arg(long, value_name = "TEXT")]
    pub place: Option<String>,
    /// What you felt when milk let down.
    #[arg(long, value_parser = words(Felt::WORDS, &[]), value_delimiter = ',')]
    pub felt: Vec<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Milk expressed by hand.
#[derive(Args)]
pub struct LogHand {
    /// Output of the left side (mL, or like "2 oz").
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub left: Option<Amount>,
    /// Output of the right side.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub right: Option<Amount>,
    /// Output of both sides, in place of the two.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true, conflicts_with_all = ["left", "right"])]
    pub total: Option<Amount>,
    /// How long it took (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// With what help.
    #[arg(long, value_parser = words(Technique::WORDS, &[]), value_delimiter = ',')]
    pub technique: Vec<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A baby at the breast.
#[derive(Args)]
pub struct LogNurse {
    /// How long at the left breast (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub left: Option<f64>,
    /// How long at the right breast (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub right: Option<f64>,
    /// Which breast came first.
    #[arg(long, value_enum)]
    pub first: Option<Breast>,
    /// The pause before the second breast (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub pause: Option<f64>,
    /// How long in all (min), where the breasts are not said.
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// The baby on the scale before (g).
    #[arg(long, value_name = "G", value_parser = number, allow_negative_numbers = true, requires = "after")]
    pub before: Option<f64>,
    /// The baby on the scale after (g).
    #[arg(long, value_name = "G", value_parser = number, allow_negative_numbers = true, requires = "before")]
    pub after: Option<f64>,
    /// What the baby drank (mL, or like "2 oz"), where you know it without a scale.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub drank: Option<Amount>,
    /// What you felt when milk let down.
    #[arg(long, value_parser = words(Felt::WORDS, &[]), value_delimiter = ',')]
    pub felt: Vec<String>,
    /// When milk first let down, seen or felt (seconds after the start).
    #[arg(long, value_name = "S", value_parser = number, allow_negative_numbers = true)]
    pub let_down_after: Option<f64>,
    /// You watched, and milk did not let down.
    #[arg(long, conflicts_with_all = ["let_down_after", "felt"])]
    pub no_let_down: bool,
    /// Where, in your words.
    #[arg(long, value_name = "WHERE")]
    pub place: Option<String>,
    /// Which baby.
    #[arg(long, value_name = "NAME")]
    pub baby: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Milk a baby drank from a bottle.
#[derive(Args)]
pub struct LogBottle {
    /// How much the baby drank (mL, or like "4 oz").
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub amount: Option<Amount>,
    /// Which milk.
    #[arg(long, value_parser = words(Milk::WORDS, &[]), default_value = "unknown")]
    pub milk: String,
    /// How long it took (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// Which baby.
    #[arg(long, value_name = "NAME")]
    pub baby: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A bag of milk for the stash, or out of it.
#[derive(Args)]
#[command(group = ArgGroup::new("way").required(true).args(["put_by", "taken_out"]))]
pub struct LogBag {
    /// It was put by.
    #[arg(long = "in")]
    pub put_by: bool,
    /// It was taken out.
    #[arg(long = "out")]
    pub taken_out: bool,
    /// How much (mL, or like "4 oz").
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub amount: Option<Amount>,
    /// Where it is kept.
    #[arg(long, value_parser = words(Place::WORDS, &[]))]
    pub place: Option<String>,
    /// What is written on it.
    #[arg(long, value_name = "TEXT")]
    pub label: Option<String>,
    /// Which milk.
    #[arg(long, value_parser = words(Milk::WORDS, &[]))]
    pub milk: Option<String>,
    /// What became of it.
    #[arg(long = "use", value_parser = words(BagUse::WORDS, &[]))]
    pub used_for: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A baby on the scale.
#[derive(Args)]
#[command(group = ArgGroup::new("heavy").required(true).args(["grams", "kg", "lb", "amount"]))]
pub struct LogWeight {
    /// How heavy (g).
    #[arg(long, value_name = "G", value_parser = number, allow_negative_numbers = true)]
    pub grams: Option<f64>,
    /// How heavy (kg).
    #[arg(long, value_name = "KG", value_parser = number, allow_negative_numbers = true)]
    pub kg: Option<f64>,
    /// How heavy (lb).
    #[arg(long, value_name = "LB", value_parser = number, allow_negative_numbers = true)]
    pub lb: Option<f64>,
    /// How heavy, as the scale says it: "9 lb 2 oz".
    #[arg(long, value_name = "TEXT")]
    pub amount: Option<String>,
    /// Which baby.
    #[arg(long, value_name = "NAME")]
    pub baby: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A diaper; without any of the two it was dry.
#[derive(Args)]
pub struct LogDiaper {
    /// Urine in it.
    #[arg(long)]
    pub wet: bool,
    /// Stool in it.
    #[arg(long)]
    pub soiled: bool,
    /// Which baby.
    #[arg(long, value_name = "NAME")]
    pub baby: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// What you drink.
#[derive(Args)]
pub struct LogDrink {
    /// How much (mL, or like "8 oz").
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub amount: Option<Amount>,
    /// What.
    #[arg(long, value_parser = words(DrinkKind::WORDS, &["other"]))]
    pub what: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// How you are; at least one of the three.
#[derive(Args)]
pub struct LogFeeling {
    /// Stress, 0 (none) to 10.
    #[arg(long, value_name = "0-10", value_parser = number, allow_negative_numbers = true)]
    pub stress: Option<f64>,
    /// Pain, 0 (none) to 10.
    #[arg(long, value_name = "0-10", value_parser = number, allow_negative_numbers = true)]
    pub pain: Option<f64>,
    /// Mood, 0 (low) to 10.
    #[arg(long, value_name = "0-10", value_parser = number, allow_negative_numbers = true)]
    pub mood: Option<f64>,
    /// Where the pain is.
    #[arg(long, value_parser = words(Sides::WORDS, &[]))]
    pub side: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Milk that let down by itself.
#[derive(Args)]
pub struct LogLetdown {
    /// What came before it: thought, cry, picture, sound, smell, warmth, touch, none, or a word of yours.
    #[arg(long, value_name = "WORD")]
    pub trigger: Option<String>,
    /// What you felt.
    #[arg(long, value_parser = words(Felt::WORDS, &[]), value_delimiter = ',')]
    pub felt: Vec<String>,
    /// How strong, 0 to 10.
    #[arg(long, value_name = "0-10", value_parser = number, allow_negative_numbers = true)]
    pub strength: Option<f64>,
    /// Milk leaked.
    #[arg(long)]
    pub leaked: bool,
    /// How much leaked (mL), where it was caught.
    #[arg(long, value_name = "ML", value_parser = amount, allow_negative_numbers = true)]
    pub leak: Option<Amount>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Something you used so that milk may let down.
#[derive(Args)]
pub struct LogCue {
    /// What.
    #[arg(long, value_parser = words(CueKind::WORDS, &[]))]
    pub what: String,
    /// How long (min).
    #[arg(long, value_name = "MIN", value_parser = number, allow_negative_numbers = true)]
    pub minutes: Option<f64>,
    /// How long until milk came (s, 0 to 3600).
    #[arg(long, value_name = "S", value_parser = number, allow_negative_numbers = true)]
    pub latency: Option<f64>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Something that hurts or worries.
#[derive(Args)]
pub struct LogSymptom {
    /// What.
    #[arg(long, value_parser = words(SymptomKind::WORDS, &["other"]))]
    pub what: String,
    /// Where.
    #[arg(long, value_parser = words(Sides::WORDS, &[]))]
    pub side: Option<String>,
    /// Your temperature (°C, 30 to 45).
    #[arg(long, value_name = "C", value_parser = number, allow_negative_numbers = true)]
    pub temperature: Option<f64>,
    /// How strong, 0 to 10.
    #[arg(long, value_name = "0-10", value_parser = number, allow_negative_numbers = true)]
    pub strength: Option<f64>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A medicine you took; kept as you type it.
#[derive(Args)]
pub struct LogMedicine {
    /// Its name.
    #[arg(long, value_name = "TEXT")]
    pub name: String,
    /// How much.
    #[arg(long, value_name = "TEXT")]
    pub dose: Option<String>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// What you want to write down.
#[derive(Args)]
pub struct LogNote {
    /// Your text.
    #[arg(long, value_name = "TEXT")]
    pub text: String,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A pump, flanges or a scale, in use from then on.
#[derive(Args)]
pub struct LogDevice {
    /// What.
    #[arg(long, value_parser = words(DeviceKind::WORDS, &[]))]
    pub what: String,
    /// Which model.
    #[arg(long, value_name = "TEXT")]
    pub model: Option<String>,
    /// The flange of the left side (mm, 10 to 50).
    #[arg(long, value_name = "MM", value_parser = number, allow_negative_numbers = true)]
    pub left_flange: Option<f64>,
    /// The flange of the right side (mm, 10 to 50).
    #[arg(long, value_name = "MM", value_parser = number, allow_negative_numbers = true)]
    pub right_flange: Option<f64>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// Yourself.
#[derive(Args)]
pub struct LogMother {
    /// Your name.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// The day on which you last gave birth, for example 2026-10-03.
    #[arg(long, value_name = "DATE")]
    pub gave_birth: Option<String>,
    /// How heavy you are (kg, 25 to 400).
    #[arg(long, value_name = "KG", value_parser = number, allow_negative_numbers = true)]
    pub weight_kg: Option<f64>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A baby; twins are two, born the same day.
#[derive(Args)]
pub struct LogBaby {
    /// The name.
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// The day of birth, for example 2026-10-03.
    #[arg(long, value_name = "DATE")]
    pub born: Option<String>,
    /// How long the pregnancy was (days, 140 to 310).
    #[arg(long, value_name = "DAYS", value_parser = number, allow_negative_numbers = true)]
    pub gestation_days: Option<f64>,
    /// Girl or boy.
    #[arg(long, value_parser = words(Sex::WORDS, &[]))]
    pub sex: Option<String>,
    /// How heavy at birth (g, 200 to 8000).
    #[arg(long, value_name = "G", value_parser = number, allow_negative_numbers = true)]
    pub birth_weight: Option<f64>,
    /// When, and her words.
    #[command(flatten)]
    pub at: At,
}

/// A number; neither endless nor none. What it may be in its place is for the entry to say.
fn number(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
    number.ok_or_else(|| "this is not a number".to_owned())
}

fn amount(text: &str) -> Result<Amount, String> {
    if let Ok(ml) = number(text) {
        return Ok(Amount::Ml(ml));
    }
    match Volume::read(text) {
        Ok(_) => Ok(Amount::Typed(text.to_owned())),
        Err(AmountError::Unreadable { .. }) => {
            Err("this is not a number; write it like 120 or \"4 oz\"".into())
        }
        Err(e) => Err(e.to_string()),
    }
}

fn words(known: &'static [&'static str], more: &[&'static str]) -> PossibleValuesParser {
    PossibleValuesParser::new(known.iter().chain(more).copied().collect::<Vec<_>>())
}
