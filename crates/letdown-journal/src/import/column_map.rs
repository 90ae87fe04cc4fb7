//! What the columns of an unknown table mean, in the caller's words: `time=Time,volume=Amount,kind=pump`.

use super::{
    ImportError, WeightUnit,
    error::Problem,
    header::Header,
    words::{self, Kind, Words},
};
use crate::{body::Milk, moment, volume::VolumeUnit};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What the columns of an unknown table mean.
///
/// Keys that name a column: `time` (required), `date` beside a `time` without one, `end`, `minutes`, `seconds`,
/// `left_minutes`, `right_minutes`, `volume`, `left`, `right`, `total`, `weight`, `wet`, `soiled`, `side`, `baby`, `note`.
/// Keys that stand for every row: `kind` (`pump` when left out, `nurse`, `bottle`, `weight`, `diaper`), `unit` (`ml`, `oz`;
/// for weights `kg`, `g`, `lb`), `milk` (`expressed`, `fortified`, `formula`) and `zone`, where the clock of this table
/// hung. Behind `column:` the first three name a column that says it row by row; `word:Abgepumpt=pump` says what a word
/// there means. Columns are matched whatever their case; one with a comma in its name goes between quotes.
///
/// ```
/// use letdown_journal::{body::Body, import::{Answers, ColumnMap, NamedBytes, read}, volume::VolumeUnit};
/// let map = ColumnMap::parse(r#"time=When,volume="Milk, mine",unit=oz"#)?;
/// let answers = Answers { map: Some(map), ..Answers::default() };
/// let sheet = NamedBytes { name: "mine.csv", bytes: b"When,\"Milk, mine\"\n2026-11-24T03:10Z,2\n" };
/// let reading = read(&[sheet], &answers, "2026-11-25T12:00Z".parse()?)?.remove(0);
/// let Body::Pump(pump) = &reading.drafts[0].body else { unreachable!() };
/// assert_eq!(pump.output_ml(), Some(59.147));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnMap {
    /// What every row is; `None` where a column says it.
    pub(super) kind: Option<Kind>,
    pub(super) unit: Option<VolumeUnit>,
    pub(super) weight_unit: Option<WeightUnit>,
    pub(super) milk: Milk,
    pub(super) zone: Option<TimeZone>,
    pub(super) words: Words,
    columns: BTreeMap<&'static str, String>,
}

const COLUMN_KEYS: [&str; 17] = [
    "time",
    "date",
    "end",
    "minutes",
    "seconds",
    "left_minutes",
    "right_minutes",
    "volume",
    "left",
    "right",
    "total",
    "weight",
    "wet",
    "soiled",
    "side",
    "baby",
    "note",
];
const CONSTANT_KEYS: [&str; 4] = ["kind", "unit", "milk", "zone"];

impl ColumnMap {
    /// Reads a map from the text of `--map`.
    ///
    /// # Errors
    /// When the text is not `key=value,...`, a key or a constant is not known or said twice, or `time` is missing.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        let mut said: BTreeMap<&'static str, String> = BTreeMap::new();
        let mut words = Words::default();
        for pair in pairs(text)? {
            if words.take(&pair)? {
                continue;
            }
            let (key, value) = key_and_value(&pair)?;
            if said.insert(key, value).is_some() {
                return Err(Problem::MapTwice { key }.into());
            }
        }
        let kinds = "pump, nurse, bottle, weight or diaper, or column:... where a column says it";
        let kind = constant(&mut said, "kind", kinds, Kind::named)?;
        let milk = constant(&mut said, "milk", "expressed, fortified or formula", words::milk)?;
        let unit = constant(&mut said, "unit", "ml, oz, kg, g or lb", unit)?;
        let zone = constant(&mut said, "zone", "a zone such as UTC or Europe/Berlin", zone)?;
        let (unit, weight_unit) = unit.unwrap_or_default();
        let kind = kind.or((!said.contains_key("kind")).then_some(Kind::Pump));
        let milk = milk.unwrap_or(Milk::Unknown);
        let map = Self { kind, unit, weight_unit, milk, zone, words, columns: said };
        map.check()?;
        Ok(map)
    }

    /// The column that stands for a key, as the caller wrote it.
    pub(super) fn column(&self, key: &'static str) -> Option<&str> {
        self.columns.get(key).map(String::as_str)
    }

    /// A first guess at a map for a table, to show in a message.
    pub(super) fn example(header: &Header) -> String {
        let amount = |text: &&str| holds(text, &["amount", "volume", "ml", "oz", "much", "quantity"]);
        let volume = header.texts().find(amount).map(quoted);
        let volume = volume.map(|column| format!(",volume={column}")).unwrap_or_default();
        let says =
            |text: &&str| ["type", "kind", "activity", "event"].contains(&text.to_lowercase().as_str());
        let kind =
            header.texts().find(says).map_or_else(|| "pump".to_owned(), |c| format!("column:{}", quoted(c)));
        format!("{}{volume},kind={kind}", times(header))
    }

    fn check(&self) -> Result<(), ImportError> {
        let has = |key| self.columns.contains_key(key);
        let needed = match self.kind {
            _ if !has("time") => Some("which column holds the time"),
            Some(Kind::Weight) if !has("weight") => Some("which column holds the weight, with weight=..."),
            Some(Kind::Diaper) if !has("wet") && !has("soiled") => {
                Some("which column holds what was in it, with wet=... or soiled=...")
            }
            Some(Kind::Weight) if self.unit.is_some() => Some("kg, g or lb as the unit of weights"),
            Some(Kind::Pump | Kind::Bottle) if self.weight_unit.is_some() => {
                Some("ml or oz as the unit of milk")
            }
            _ if has("minutes") && has("seconds") => Some("minutes or seconds, not both"),
            _ if has("volume") && has("total") => Some("volume or total, not both: they mean the same"),
            _ => None,
        };
        needed.map_or(Ok(()), |what| Err(Problem::MapNeeds { what }.into()))
    }
}

/// Where the time seems to stand: in one column, or as a date and a clock time in two.
fn times(header: &Header) -> String {
    let dated =
        |text: &str| text.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| word == "date");
    let whole = |text: &str| holds(text, &["timestamp", "datetime"]) || dated(text) && holds(text, &["time"]);
    let clock = |text: &str| !dated(text) && holds(text, &["time", "start", "when"]);
    let find = |fits: &dyn Fn(&str) -> bool| header.texts().find(|text| fits(text)).map(quoted);
    match (find(&whole), find(&dated), find(&clock)) {
        (None, Some(date), Some(time)) => format!("date={date},time={time}"),
        (Some(time), ..) | (None, Some(time), None) | (None, None, Some(time)) => format!("time={time}"),
        (None, None, None) => {
            format!("time={}", find(&|text| !text.is_empty()).unwrap_or_else(|| "Time".to_owned()))
        }
    }
}

fn holds(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.to_lowercase().contains(word))
}

fn quoted(column: &str) -> String {
    let short = super::cells::shortened(column, 60);
    if short.contains([',', '"', '=']) {
        format!("\"{}\"", short.replace('"', "\"\""))
    } else {
        short.to_owned()
    }
}

/// The pieces between commas that stand outside quotes.
fn pairs(text: &str) -> Result<Vec<String>, ImportError> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        quoted ^= letter == '"';
        match pieces.last_mut() {
            Some(piece) if quoted || letter != ',' => piece.push(letter),
            _ => pieces.push(String::new()),
        }
    }
    if quoted { Err(Problem::MapQuote.into()) } else { Ok(pieces) }
}

fn key_and_value(pair: &str) -> Result<(&'static str, String), ImportError> {
    let Some((key, value)) = pair.split_once('=') else {
        return Err(Problem::MapShape { text: pair.to_owned() }.into());
    };
    let wanted = key.trim().to_lowercase();
    let known = || COLUMN_KEYS.iter().chain(&CONSTANT_KEYS);
    let key = known().copied().find(|known| *known == wanted).ok_or_else(|| Problem::MapKey {
        key: key.trim().to_owned(),
        known: known().copied().collect::<Vec<_>>().join(", "),
    })?;
    Ok((key, unquoted(value)))
}

/// A name without the quotes around it.
pub(super) fn unquoted(text: &str) -> String {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|v| v.strip_suffix('"'));
    inner.map_or_else(|| text.to_owned(), |v| v.replace("\"\"", "\""))
}

/// What stands for every row. A value behind `column:` stays with the columns.
fn constant<T>(
    said: &mut BTreeMap<&'static str, String>,
    key: &'static str,
    known: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, ImportError> {
    let Some(value) = said.remove(key) else { return Ok(None) };
    if let Some(column) = value.strip_prefix("column:").filter(|_| key != "zone") {
        said.insert(key, unquoted(column));
        return Ok(None);
    }
    let read = read(value.as_str());
    read.map(Some).ok_or_else(|| Problem::MapValue { key, value: super::cells::shown(value), known }.into())
}

fn unit(word: &str) -> Option<(Option<VolumeUnit>, Option<WeightUnit>)> {
    let (volume, weight) = (VolumeUnit::named(word), WeightUnit::named(word));
    (volume.is_some() || weight.is_some()).then_some((volume, weight))
}

fn zone(name: &str) -> Option<TimeZone> {
    moment::zone(name).ok()
}
