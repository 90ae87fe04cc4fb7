//! What babies may drink a day. It is intake, and never output: a plan takes it as milk to have ready.
//!
//! ```text
//! I(d) = 51 - 1.4 d + 180 ln d          mL a day at an age of d days, 14 to 730 (167 studies, Rios-Leyvraz, Yao 2023)
//! ml   = I(d) w/m(d)                    w weight (kg), m(d) the middle of girls and boys at that age (WHO)
//! ml   = 160 w                          born before 37 weeks, until the day they were due (150 to 180 mL/kg: ESPGHAN 2022)
//! ```
//!
//! Behind that day the second passes into the first within 30 days; the age of a baby born early is counted from the day it
//! was due. A weight grows on as the middle of the WHO does, and by 1.3 % a day before the day it was due (judged). One baby
//! differs from another of its weight by 16.3 % (DARLING, Dewey 1991), by 20 % where it was never weighed, by 25 % where its
//! age is not known; all of them may lie off by 10 % together (judged). What is left out: food beside milk but for what the
//! studies held of it, illness, fortified milk.

use super::feeding::{Feeding, feeding};
use crate::{
    Range,
    numbers::{TENTH_Z, about_ml, tenth},
    observed::Observed,
    report::{
        given::{Child, Given},
        who::{LAST_DAY, Lms, Sex},
    },
};
use jiff::civil::Date;
use letdown_journal::{body::Body, fold::Folded};
use serde::Serialize;

/// What the babies may drink a day, all together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Needs {
    /// The day it is reckoned for.
    pub on: String,
    /// Each of them.
    pub babies: Vec<BabyNeeds>,
    /// All together (mL a day): intake.
    pub ml_per_day: Range,
    /// What two or more cost in time, fed at one time or one after the other.
    pub feeding: Option<Feeding>,
    /// Whether one was born before 37 weeks: the number of the clinic goes first.
    pub born_early: bool,
    /// What had to be taken as usual, for the log does not say it; `null` when nothing had to be.
    pub assumed: Option<String>,
    /// In plain words.
    pub says: String,
}

/// What one baby may drink a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BabyNeeds {
    /// Its name.
    pub name: Option<String>,
    /// Days since birth, on that day; `null` where it is not known.
    pub age_days: Option<i32>,
    /// How heavy it is likely to be by then (g).
    pub weight_g: f64,
    /// Where that is from: `weighed`, `birth` or `usual`.
    pub weight_from: &'static str,
    /// The middle of what it may drink a day (mL): intake.
    pub ml_per_day: f64,
}

/// The most babies that are asked for.
pub const MOST_BABIES: u8 = 6;
/// The age that is taken where none is known, and the earliest that is read (days).
const ASSUMED_DAYS: f64 = 30.0;
const FROM_DAY: f64 = 14.0;
/// Babies born within so many days of each other are twins, or more.
const TOGETHER_DAYS: i32 = 7;
/// Born before so many days it is early; the day it was due (days).
const TERM_DAYS: u32 = 259;
const DUE_DAYS: u32 = 280;
const EARLY_ML_PER_KG: f64 = 160.0;
const EARLY_FOR_DAYS: f64 = 30.0;
const EARLY_GROWTH_PER_DAY: f64 = 0.013;
/// How far they lie off (log sd).
const WEIGHED_SD: f64 = 0.163;
const USUAL_SD: f64 = 0.20;
const AGELESS_SD: f64 = 0.25;
const ALL_SD: f64 = 0.10;

/// What the babies of the newest birth may drink on a day; as many as are said, else as many as the log knows.
pub fn needs(journal: &Folded, observed: &Observed, said: Option<u8>, on: Date) -> Needs {
    let given = Given::of(journal, observed);
    let newest = given.children.iter().filter_map(|child| child.born).max().or(observed.birth);
    let is_of_it = |child: &&Child| match (child.born, newest) {
        (Some(born), Some(newest)) => (newest - born).get_days() < TOGETHER_DAYS,
        (None, Some(_)) => false,
        _ => true,
    };
    let known: Vec<Reckoned> =
        given.children.iter().filter(is_of_it).map(|child| of_child(&given, child, on)).collect();
    let count = said.map_or(known.len().max(1), usize::from);
    let usual = known.last().cloned().unwrap_or_else(|| Reckoned::usual(newest.map(|born| age(born, on))));
    // Of babies that the log does not tell apart each is taken to be like the one that it knows.
    let like = |_| Reckoned { told: BabyNeeds { name: None, ..usual.told.clone() }, ..usual.clone() };
    let missing = (known.len()..count).map(like);
    let babies: Vec<Reckoned> = known.iter().cloned().chain(missing).take(count).collect();
    told(babies, known.len(), on)
}

/// One baby, and how far it may lie off (log sd).
#[derive(Clone, Debug)]
struct Reckoned {
    told: BabyNeeds,
    /// Its age, corrected (days).
    age_days: f64,
    sd: f64,
    early: bool,
}

impl Reckoned {
    /// One of which nothing is known but perhaps its age.
    fn usual(age: Option<i32>) -> Self {
        Self::of(None, age, None, None)
    }

    fn of(name: Option<String>, age: Option<i32>, gestation: Option<u32>, weight: Option<Weight>) -> Self {
        let early_by = gestation.filter(|days| *days < TERM_DAYS).map(|days| f64::from(DUE_DAYS - days));
        let age_days = age.map_or(ASSUMED_DAYS, f64::from) - early_by.unwrap_or(0.0);
        let (kg, weight_from) = match weight {
            Some(weight) => {
                let then = age_days - f64::from(weight.days_before);
                (grown_kg(weight.kg, then, age_days), weight.from)
            }
            None => (grown_kg(typical_kg(0.0), 0.0, age_days), "usual"),
        };
        let sd = match (age, weight_from) {
            (None, _) => AGELESS_SD,
            (_, "usual") => USUAL_SD,
            _ => WEIGHED_SD,
        };
        let ml = ml_per_kg(age_days, early_by.is_some()) * kg;
        let told = BabyNeeds {
            name,
            age_days: age,
            weight_g: (1_000.0 * kg).round(),
            weight_from,
            ml_per_day: tenth(ml),
        };
        Self { told, age_days, sd, early: early_by.is_some() }
    }
}

/// A weight, so many days before the day that is reckoned for.
#[derive(Clone, Copy, Debug)]
struct Weight {
    kg: f64,
    days_before: i32,
    from: &'static str,
}

fn age(born: Date, on: Date) -> i32 {
    (on - born).get_days()
}

fn of_child(given: &Given<'_>, child: &Child, on: Date) -> Reckoned {
    let own = given.bodies.iter().rev().filter(|(_, body)| given.trusted(body));
    let weighed = own.filter_map(|(_, body)| match body {
        Body::Weight(weight) if child.is(weight.baby.as_deref()) => Some(weight),
        _ => None,
    });
    let newest = weighed.map(|weight| Weight {
        kg: weight.weight_g / 1_000.0,
        days_before: age(weight.start.date(), on),
        from: "weighed",
    });
    let at_birth = || {
        let (grams, born) = (child.birth_weight_g?, child.born?);
        Some(Weight { kg: grams / 1_000.0, days_before: age(born, on), from: "birth" })
    };
    let weight = { newest }.next().or_else(at_birth);
    Reckoned::of(child.name.clone(), child.born.map(|born| age(born, on)), child.gestation_days, weight)
}

/// The middle of girls and boys at an age (kg); that of the ends beyond them.
fn typical_kg(age_days: f64) -> f64 {
    let at = age_days.clamp(0.0, LAST_DAY);
    let kg = |sex| Lms::at(sex, at).map_or(0.0, |lms| lms.m);
    0.5 * (kg(Sex::Girl) + kg(Sex::Boy))
}

/// A weight (kg) grown from one corrected age to another; backwards too.
fn grown_kg(kg: f64, from_days: f64, to_days: f64) -> f64 {
    let before_due = to_days.min(0.0) - from_days.min(0.0);
    let ratio = typical_kg(to_days.max(0.0)) / typical_kg(from_days.max(0.0));
    kg * libm::exp(EARLY_GROWTH_PER_DAY * before_due) * ratio
}

/// Intake of a kilogram at a corrected age (mL a day).
fn ml_per_kg(age_days: f64, early: bool) -> f64 {
    let day = age_days.clamp(FROM_DAY, LAST_DAY);
    let usual = (51.0 - 1.4 * day + 180.0 * libm::log(day)) / typical_kg(day);
    if !early {
        return usual;
    }
    let passed = (age_days / EARLY_FOR_DAYS).clamp(0.0, 1.0);
    EARLY_ML_PER_KG + passed * (usual - EARLY_ML_PER_KG)
}

fn told(babies: Vec<Reckoned>, known: usize, on: Date) -> Needs {
    let total_ml: f64 = babies.iter().map(|baby| baby.told.ml_per_day).sum();
    let own: f64 = babies.iter().map(|baby| (baby.sd * baby.told.ml_per_day).powi(2)).sum();
    let sd = (own / total_ml.powi(2) + ALL_SD.powi(2)).sqrt();
    let at = |z: f64| tenth(total_ml * libm::exp(z * sd));
    let ages: Vec<f64> = babies.iter().map(|baby| baby.age_days).collect();
    let mut needs = Needs {
        on: on.to_string(),
        ml_per_day: Range { p10: at(-TENTH_Z), p50: tenth(total_ml), p90: at(TENTH_Z) },
        feeding: feeding(&ages),
        born_early: babies.iter().any(|baby| baby.early),
        assumed: assumed(&babies, known),
        babies: babies.into_iter().map(|baby| baby.told).collect(),
        says: String::new(),
    };
    needs.says = says(&needs, on);
    needs
}

fn assumed(babies: &[Reckoned], known: usize) -> Option<String> {
    let mut said = Vec::new();
    let mut say = |text: &str| said.push(text.to_owned());
    if babies.iter().any(|baby| baby.told.age_days.is_none()) {
        say("The log does not say when your baby was born; an age of 30 days is taken.");
    }
    if babies.iter().any(|baby| baby.told.weight_from == "usual") {
        say("Where no weight is logged, that of half of all babies is taken.");
    }
    if 0 < known && known < babies.len() {
        say("Babies that the log does not know are taken to be like the one it knows.");
    }
    (!said.is_empty()).then(|| said.join(" "))
}

const COUNTS: [&str; 7] = ["no", "one", "two", "three", "four", "five", "six"];

fn says(needs: &Needs, on: Date) -> String {
    let who = match needs.babies.len() {
        1 => "Your baby".to_owned(),
        n => format!("Your {} babies together", COUNTS.get(n).unwrap_or(&"many")),
    };
    let day = on.strftime("%-d %b");
    let range = &needs.ml_per_day;
    let mut said = vec![format!(
        "{who} may drink about {} a day by {day}. It is likely {} to {}. A plan takes that as milk to have ready.",
        about_ml(range.p50),
        about_ml(range.p10),
        about_ml(range.p90)
    )];
    if needs.born_early {
        said.push("If your clinic names a number, that one goes first: give it as the amount.".into());
    }
    said.extend(needs.feeding.as_ref().map(|feeding| feeding.says.clone()));
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kilogram_drinks_what_the_studies_say_of_it() {
        // Published beside the curve, and on its own: mL per kg and day at 1, 3, 6 and 12 months.
        for (days, published) in [(30.0, 135.0), (91.0, 126.0), (183.0, 107.0), (365.0, 61.0)] {
            let off = ml_per_kg(days, false) / published - 1.0;
            assert!(off.abs() < 0.11, "{days}: {off}");
        }
    }

    #[test]
    fn energy_of_growth_agrees() {
        // FAO/WHO/UNU 2004: what is spent, and what is laid down, as the mean of girls and boys grows.
        for days in [30.0, 60.0, 90.0, 120.0] {
            let kg = typical_kg(days);
            let gain_g = 1_000.0 * (typical_kg(days + 5.0) - typical_kg(days - 5.0)) / 10.0;
            let tissue = if days < 91.0 { 6.15 } else { 3.25 };
            let ml = (92.8 * kg - 152.0 + tissue * gain_g) / (0.67 * 1.03);
            let off = ml_per_kg(days, false) * kg / ml - 1.0;
            assert!(off.abs() < 0.15, "{days}: {off}");
        }
    }

    #[test]
    fn early_babies_pass_into_the_others_without_a_step() {
        let mut before = ml_per_kg(-60.0, true);
        for day in -60..120 {
            let now = ml_per_kg(f64::from(day), true);
            assert!((now - before).abs() < 3.0, "{day}: {before} to {now}");
            before = now;
        }
        assert!((before - ml_per_kg(119.0, false)).abs() < 1e-9);
        assert!((grown_kg(2.0, -14.0, -14.0) - 2.0).abs() < 1e-12);
        assert!((grown_kg(grown_kg(2.0, -20.0, 40.0), 40.0, -20.0) - 2.0).abs() < 1e-9);
    }
}
