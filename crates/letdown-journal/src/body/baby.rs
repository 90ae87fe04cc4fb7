//! A baby. Twins are two babies born on one day.

use super::{
    BodyError, Extra, Source,
    rules::{Day, Number, OneOf, Text, Whole},
    wire,
    word::words,
};
use crate::moment::Moment;
use jiff::civil::Date;

/// A baby.
#[derive(Clone, Debug, PartialEq)]
pub struct Baby {
    /// When this was written down.
    pub start: Moment,
    /// The name.
    pub name: Option<String>,
    /// The day of birth.
    pub born: Option<Date>,
    /// How long the pregnancy was (days, 140 to 310).
    pub gestation_days: Option<u32>,
    /// Girl or boy.
    pub sex: Option<Sex>,
    /// How heavy at birth (g, 200 to 8,000).
    pub birth_weight_g: Option<f64>,
    /// Her own words.
    pub note: Option<String>,
    /// Where it was imported from.
    pub source: Option<Source>,
    /// Fields of a newer version.
    pub extra: Extra,
}

wire::kind!(Baby "baby" begins {
    name: Text,
    born: Day,
    gestation_days: Whole(140, 310),
    sex: OneOf,
    birth_weight_g: Number(200.0, 8_000.0, " g"),
});

words! {
    /// Girl or boy.
    Sex {
        /// A girl.
        Girl = "girl",
        /// A boy.
        Boy = "boy",
    }
}

/// How many babies were born together on the newest day of birth that is known: 1, or 2 for twins. `None` where no day of
/// birth is known.
///
/// ```
/// use letdown_journal::{body::{Baby, multiples}, moment};
/// let start = moment::parse("2026-11-24T06:00Z", None)?.at;
/// let born = |day: &str| Baby { born: day.parse().ok(), ..Baby::at(start.clone()) };
/// assert_eq!(multiples(&[born("2023-05-01"), born("2026-11-20"), born("2026-11-20")]), Some(2));
/// assert_eq!(multiples(&[Baby::at(start)]), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn multiples(babies: &[Baby]) -> Option<usize> {
    let newest = babies.iter().filter_map(|baby| baby.born).max()?;
    Some(babies.iter().filter(|baby| baby.born == Some(newest)).count())
}
