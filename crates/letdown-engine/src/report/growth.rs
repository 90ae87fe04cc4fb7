//! How babies grew, beside the WHO Child Growth Standards ([`super::who`]).

use super::{
    given::{Child, Given},
    who::{self, Lms, Sex},
};
use crate::numbers::{TENTH_Z, tenth};
use jiff::civil::Date;
use letdown_journal::body::{Body, Weight};
use serde::Serialize;

/// How one baby grew.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BabyGrown {
    /// Its name.
    pub name: Option<String>,
    /// `girl` or `boy`, where it is known; both curves are shown where it is not.
    pub sex: Option<&'static str>,
    /// The day of birth.
    pub born: Option<String>,
    /// How long the pregnancy was (days).
    pub gestation_days: Option<u32>,
    /// Days since birth.
    pub age_days: Option<i32>,
    /// Days that its age is corrected by: those missing to 40 weeks, of a baby born before 37.
    pub corrected_by_days: i32,
    /// Weight at birth (g), as it was written down.
    pub birth_weight_g: Option<f64>,
    /// Its weights, the oldest first.
    pub weights: Vec<Weighed>,
    /// Weights that cannot be taken at their word, and are left out.
    pub left_out: usize,
    /// The newest of them, on the curve.
    pub newest: Option<Newest>,
    /// What it gained lately.
    pub gain: Option<Gain>,
    /// The curves that it is held against, at the ages of its weights and a little on.
    pub curves: Vec<Curve>,
}

/// A weight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weighed {
    /// The day.
    pub date: String,
    /// Days since birth, corrected; `null` where the day of birth is not known.
    pub age_days: Option<i32>,
    /// How heavy (g).
    pub weight_g: f64,
}

/// The newest weight, on the curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Newest {
    /// The day.
    pub date: String,
    /// Days from then to now.
    pub days_ago: i32,
    /// How heavy (g).
    pub weight_g: f64,
    /// Its place on each curve: one, or two where girl or boy is not known. None outside of 0 to 24 months.
    pub z: Vec<Z>,
}

/// A place on a curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Z {
    /// `girls` or `boys`.
    pub curve: &'static str,
    /// Standard deviations from the middle.
    pub z: f64,
    /// The same if the scale and the clothes lie off: 8 of 10 lie within.
    pub z_likely: [f64; 2],
    /// Between which centiles.
    pub centiles: &'static str,
}

/// What a baby gained between two weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gain {
    /// From this day ...
    pub from: String,
    /// ... to that one.
    pub to: String,
    /// Gain (g a day).
    pub g_per_day: f64,
    /// The same if the scale and the clothes lie off: 8 of 10 lie within.
    pub likely: [f64; 2],
}

/// A curve.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Curve {
    /// `girls` or `boys`.
    pub of: &'static str,
    /// Its centiles.
    pub centiles: Vec<Centiles>,
}

/// Weights (g) at one age.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "each is the centile it is named after")]
pub struct Centiles {
    /// Days since birth, corrected.
    pub age_days: f64,
    pub p03: f64,
    pub p15: f64,
    pub p50: f64,
    pub p85: f64,
    pub p97: f64,
}

/// How well a baby's weight is known, clothes and feeds included (g, sd), as in the insights.
const WEIGHT_SD_G: f64 = 60.0;
/// Eight of ten lie within so many standard deviations.
const LIKELY: f64 = TENTH_Z;
/// From so many days of pregnancy on a baby is born at term, and the day that its age is counted from else.
const TERM_DAYS: u32 = 259;
const DUE_DAYS: u32 = 280;
/// Days between two weights that tell of a gain, and the age before which a baby still loses water.
const GAIN_DAYS: std::ops::RangeInclusive<i32> = 7..=35;
const FROM_AGE_DAYS: i32 = 5;
/// Weights that a page shows.
const MOST: usize = 60;
/// How many ages a curve is told at.
const AGES: u32 = 24;

pub(super) fn growth(given: &Given<'_>) -> Vec<BabyGrown> {
    let grown = given.children.iter().map(|child| of_child(given, child));
    grown.filter(|baby| baby.born.is_some() || !baby.weights.is_empty()).collect()
}

fn of_child(given: &Given<'_>, child: &Child) -> BabyGrown {
    let all = given.bodies.iter().filter_map(|(_, body)| match body {
        Body::Weight(weight) if child.is(weight.baby.as_deref()) => Some((weight, given.trusted(body))),
        _ => None,
    });
    let (trusted, odd): (Vec<_>, Vec<_>) = all.partition(|(_, trusted)| *trusted);
    let mut weights: Vec<&Weight> = trusted.into_iter().map(|(weight, _)| weight).collect();
    weights.drain(..weights.len().saturating_sub(MOST));
    let sex = child.sex.as_ref().and_then(|sex| Sex::named(sex.as_str()));
    let corrected_by_days = child
        .gestation_days
        .filter(|days| *days < TERM_DAYS)
        .map_or(0, |days| i32::try_from(DUE_DAYS - days).unwrap_or(0));
    let age = |day: Date| child.born.map(|born| (day - born).get_days() - corrected_by_days);
    BabyGrown {
        name: child.name.clone(),
        sex: sex.map(Sex::one),
        born: child.born.map(|day| day.to_string()),
        gestation_days: child.gestation_days,
        age_days: child.born.map(|born| given.age_days(born)),
        corrected_by_days,
        birth_weight_g: child.birth_weight_g,
        newest: weights.last().map(|weight| newest(given, weight, age(weight.start.date()), sex)),
        gain: gain(&weights, child.born),
        curves: curves(&weights, age, sex),
        weights: weights
            .iter()
            .map(|w| Weighed {
                date: w.start.date().to_string(),
                age_days: age(w.start.date()),
                weight_g: w.weight_g.round(),
            })
            .collect(),
        left_out: odd.len(),
    }
}

/// The curves that a baby is held against.
fn held_against(sex: Option<Sex>) -> Vec<Sex> {
    sex.map_or_else(|| vec![Sex::Girl, Sex::Boy], |sex| vec![sex])
}

fn newest(given: &Given<'_>, weight: &Weight, age_days: Option<i32>, sex: Option<Sex>) -> Newest {
    let place = |curve: Sex| {
        let lms = Lms::at(curve, f64::from(age_days?))?;
        let z = |grams: f64| lms.z(grams / 1000.0);
        let off = LIKELY * WEIGHT_SD_G;
        Some(Z {
            curve: curve.many(),
            z: tenth(z(weight.weight_g)),
            z_likely: [tenth(z((weight.weight_g - off).max(1.0))), tenth(z(weight.weight_g + off))],
            centiles: who::between_centiles(z(weight.weight_g)),
        })
    };
    Newest {
        date: weight.start.date().to_string(),
        days_ago: given.age_days(weight.start.date()),
        weight_g: weight.weight_g.round(),
        z: held_against(sex).into_iter().filter_map(place).collect(),
    }
}

/// From the newest weight before it that is far enough away.
fn gain(weights: &[&Weight], born: Option<Date>) -> Option<Gain> {
    let (newest, earlier) = weights.split_last()?;
    let to = newest.start.date();
    let is_far = |w: &&&Weight| GAIN_DAYS.contains(&(to - w.start.date()).get_days());
    let is_late = |w: &&&Weight| born.is_none_or(|born| (w.start.date() - born).get_days() >= FROM_AGE_DAYS);
    let from = earlier.iter().rev().filter(is_late).find(is_far)?;
    let days = f64::from((to - from.start.date()).get_days());
    let per_day = (newest.weight_g - from.weight_g) / days;
    let off = LIKELY * std::f64::consts::SQRT_2 * WEIGHT_SD_G / days;
    Some(Gain {
        from: from.start.date().to_string(),
        to: to.to_string(),
        g_per_day: tenth(per_day),
        likely: [tenth(per_day - off), tenth(per_day + off)],
    })
}

/// From birth, or a while before the first weight, to a little behind the last.
fn curves(weights: &[&Weight], age: impl Fn(Date) -> Option<i32>, sex: Option<Sex>) -> Vec<Curve> {
    let ages: Vec<f64> = weights.iter().filter_map(|w| age(w.start.date())).map(f64::from).collect();
    let (Some(first), Some(last)) = (ages.first(), ages.last()) else { return Vec::new() };
    let from = if *first < 120.0 { 0.0 } else { first - 30.0 };
    let to = (last + 0.1 * (last - from)).max(from + 28.0).min(who::LAST_DAY);
    if from >= to {
        return Vec::new();
    }
    let at = |i: u32| from + (to - from) * f64::from(i) / f64::from(AGES);
    let curve = |sex: Sex| Curve {
        of: sex.many(),
        centiles: (0..=AGES).filter_map(|i| centiles(sex, at(i))).collect(),
    };
    held_against(sex).into_iter().map(curve).collect()
}

fn centiles(sex: Sex, age_days: f64) -> Option<Centiles> {
    let lms = Lms::at(sex, age_days)?;
    let [p03, p15, p50, p85, p97] = who::CENTILE_Z.map(|z| (1000.0 * lms.kg(z)).round());
    Some(Centiles { age_days: tenth(age_days), p03, p15, p50, p85, p97 })
}
