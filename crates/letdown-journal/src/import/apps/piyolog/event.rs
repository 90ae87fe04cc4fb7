//! One event of a day: what it is, and the parts of what it says.

use crate::body::{Side, Stint};
use crate::import::cells;
use crate::volume::VolumeUnit;

/// What an event is.
#[derive(Clone, Copy)]
pub(super) enum What {
    Nursing,
    Formula,
    ExpressedFed,
    Pumped,
    Weight,
    Wet,
    Soiled,
    /// None of ours.
    Other(&'static str),
}

/// How a diary stands in the table.
pub(super) const DIARY: &str = "diary";

/// What the app calls its events. Of two that begin alike, the longer stands first.
const NAMES: [(&str, What); 37] = [
    ("母乳", What::Nursing),
    ("Breastfeeding", What::Nursing),
    ("ミルク", What::Formula),
    ("Formula", What::Formula),
    ("搾母乳", What::ExpressedFed),
    ("Expressed Breast Milk", What::ExpressedFed),
    ("搾乳", What::Pumped),
    ("Pumping", What::Pumped),
    ("体重", What::Weight),
    ("Weight", What::Weight),
    ("おしっこ", What::Wet),
    ("Pee", What::Wet),
    ("うんち", What::Soiled),
    ("Poop", What::Soiled),
    ("寝る", What::Other("sleep")),
    ("起きる", What::Other("sleep")),
    ("Sleep", What::Other("sleep")),
    ("Wake-up", What::Other("sleep")),
    ("離乳食", What::Other("solid food")),
    ("おやつ", What::Other("solid food")),
    ("ごはん", What::Other("solid food")),
    ("Solid", What::Other("solid food")),
    ("Meal", What::Other("solid food")),
    ("のみもの", What::Other("another drink")),
    ("体温", What::Other("temperature")),
    ("Body Temp.", What::Other("temperature")),
    ("Body Temp", What::Other("temperature")),
    ("くすり", What::Other("medicine")),
    ("Medicine", What::Other("medicine")),
    ("身長", What::Other("height")),
    ("Height", What::Other("height")),
    ("頭囲", What::Other("head circumference")),
    ("Head Size", What::Other("head circumference")),
    ("お風呂", What::Other("a bath")),
    ("Bath", What::Other("a bath")),
    ("さんぽ", What::Other("a walk")),
    (DIARY, What::Other("the diary of a day")),
];

impl What {
    pub(super) fn named(name: &str) -> Self {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        known.map_or(Self::Other("another activity"), |(_, what)| *what)
    }

    /// What it is, when it is none of ours.
    pub(super) fn not_ours(self) -> Option<&'static str> {
        match self {
            Self::Other(what) => Some(what),
            _ => None,
        }
    }
}

/// The line of an event, taken apart.
#[derive(Default)]
pub(super) struct Event<'t> {
    pub(super) time: &'t str,
    pub(super) what: &'t str,
    pub(super) amount: String,
    pub(super) weight: String,
    pub(super) sides: &'t str,
    pub(super) note: &'t str,
}

impl<'t> Event<'t> {
    /// `02:55 母乳 左 2分 → 右 4分`, `08:45 AM   ミルク 140ml   a note`; `None` when the line is no event.
    pub(super) fn read(line: &'t str) -> Option<Self> {
        let (time, rest) = time(line)?;
        let rest = rest.trim_start();
        let (what, says) = what(rest)?;
        // A wide gap, and not one space, stands before a note.
        let bare = says.starts_with("  ");
        let event = Event { time, what, note: says.trim(), ..Event::default() };
        Some(match What::named(what) {
            _ if bare => event,
            What::Nursing => event.with_sides(says),
            What::Formula | What::ExpressedFed | What::Pumped => {
                let (amount, note) = measure(says, |word| VolumeUnit::named(word).is_some());
                Event { amount, note, ..event }
            }
            What::Weight => {
                let (weight, note) = measure(says, |word| matches!(word, "kg" | "g" | "lb" | "lbs"));
                Event { weight, note, ..event }
            }
            What::Wet | What::Soiled | What::Other(_) => event,
        })
    }

    fn with_sides(self, says: &'t str) -> Self {
        let (mut rest, mut behind_side) = (says, false);
        while let Some((word, next)) = word(rest) {
            match Part::read(word) {
                Some(Part::Minutes(_)) if !behind_side => break,
                Some(part) => behind_side = matches!(part, Part::Side(Stint { minutes: None, .. })),
                None => break,
            }
            rest = next;
        }
        let sides = says.strip_suffix(rest).unwrap_or(says).trim();
        let drunk = word(rest).filter(|(word, _)| matches!(cells::amount(word), Ok(Some((_, Some(_))))));
        let (amount, note) = drunk.unwrap_or(("", rest));
        Self { sides, amount: amount.to_owned(), note: note.trim(), ..self }
    }
}

/// A clock time at the beginning of a line, and what stands behind it.
fn time(line: &str) -> Option<(&str, &str)> {
    let (clock, rest) = word(line)?;
    let (hour, minute) = clock.split_once(':')?;
    let is_number = |text: &str, least: usize| {
        (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_number(hour, 1) || !is_number(minute, 2) {
        return None;
    }
    let rest =
        word(rest).filter(|(half, _)| matches!(*half, "AM" | "PM" | "am" | "pm")).map_or(rest, |(_, r)| r);
    Some((line.strip_suffix(rest)?.trim(), rest))
}

/// The name of an event, and what stands behind it.
fn what(rest: &str) -> Option<(&str, &str)> {
    let known = NAMES.iter().find_map(|(name, _)| {
        let behind = rest.strip_prefix(name)?;
        (behind.is_empty() || behind.starts_with(char::is_whitespace)).then(|| rest.split_at(name.len()))
    });
    known.or_else(|| word(rest))
}

/// The first word, and the rest with the space before it.
fn word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (word, rest) = text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    (!word.is_empty()).then_some((word, rest))
}

/// A number with its unit, perhaps behind a space, and the note behind it.
fn measure(says: &str, is_unit: impl Fn(&str) -> bool) -> (String, &str) {
    let Some((number, rest)) = word(says).filter(|(word, _)| word.starts_with(is_of_number)) else {
        return (String::new(), says.trim());
    };
    let unit = word(rest).filter(|(word, _)| number.ends_with(is_of_number) && is_unit(word));
    match unit {
        Some((unit, note)) => (format!("{number} {unit}"), note.trim()),
        None => (number.to_owned(), rest.trim()),
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '-' | '+')
}

/// A part of what a nursing says about the sides.
enum Part {
    /// A side, perhaps with its minutes.
    Side(Stint),
    /// The minutes of the side before.
    Minutes(f64),
    /// What stands between two sides; an arrow shows the order.
    Between { backwards: bool },
}

impl Part {
    fn read(word: &str) -> Option<Self> {
        match word {
            "→" | "▶" | "▷" | "/" | "／" => return Some(Self::Between { backwards: false }),
            "←" | "◀" | "◁" => return Some(Self::Between { backwards: true }),
            _ => {}
        }
        for (name, side) in [("左", Side::Left), ("右", Side::Right), ("L", Side::Left), ("R", Side::Right)]
        {
            match word.strip_prefix(name) {
                Some("") => return Some(Self::Side(Stint::of(side, None))),
                Some(glued) => {
                    let minutes = Some(minutes(glued)?);
                    return Some(Self::Side(Stint::of(side, minutes)));
                }
                None => {}
            }
        }
        minutes(word).map(Self::Minutes)
    }
}

/// `6分`, `1時間5分`, `10m`, `10`
fn minutes(word: &str) -> Option<f64> {
    let english = word.replace("時間", "h").replace('分', "m");
    cells::minutes(&english).ok().flatten()
}

/// The sides in the order nursed. Where the order is not said, they stand as written.
pub(super) fn stints(sides: &str) -> Result<Vec<Stint>, String> {
    let (mut stints, mut backwards): (Vec<Stint>, bool) = (Vec::new(), false);
    for word in sides.split_whitespace() {
        match Part::read(word) {
            Some(Part::Side(stint)) => stints.push(stint),
            Some(Part::Between { backwards: so }) => backwards |= so,
            Some(Part::Minutes(minutes)) => {
                stints.last_mut().into_iter().for_each(|stint| stint.minutes = Some(minutes));
            }
            None => return Err(format!("{} is not something I can read about sides", cells::shown(word))),
        }
    }
    if backwards {
        stints.reverse();
    }
    Ok(stints)
}
