//! How the cells of a settled file are read: times into moments, amounts into volumes.

use super::{
    DateOrder, Flag, WeightUnit, cells,
    cells::shown,
    header::VolumeColumn,
    sheet::Row,
    stamp::{self, Stamp},
};
use crate::{
    moment::{self, Moment, Oddity},
    volume::{Intake, Volume, VolumeUnit},
};
use jiff::{
    SignedDuration,
    civil::{DateTime, Time},
    tz::TimeZone,
};

/// A ton: more is a slip.
const HEAVIEST_G: f64 = 1_000_000.0;

/// Everything a row needs to be read.
pub(super) struct Settled {
    pub(super) zone: Option<TimeZone>,
    /// Where the clock hung that these times were read from, when it was another.
    pub(super) clock: Option<TimeZone>,
    pub(super) order: Option<DateOrder>,
    pub(super) unit: Option<VolumeUnit>,
    pub(super) weight_unit: WeightUnit,
    /// What was assumed on the way.
    pub(super) flags: Vec<Flag>,
}

/// A time of a row, in its zone.
#[derive(Clone)]
pub(super) struct Placed {
    /// When.
    pub(super) at: Moment,
    /// What the clock showed, as written.
    pub(super) written: DateTime,
    /// Where that clock hung.
    pub(super) clock: TimeZone,
    /// What a change of the clocks did to it.
    pub(super) oddity: Option<Oddity>,
}

impl Settled {
    /// A date with a clock time.
    pub(super) fn time(&self, text: &str) -> Result<Placed, String> {
        match Stamp::read(text) {
            Some(Stamp::Local { time: None, .. }) => {
                Err(format!("the time {} is a date without a clock time", shown(text)))
            }
            stamp => self.place(text, stamp),
        }
    }

    /// A date, with or without a clock time; alone it stands for its first minute.
    pub(super) fn date(&self, text: &str) -> Result<Placed, String> {
        self.place(text, Stamp::read(text))
    }

    fn place(&self, text: &str, stamp: Option<Stamp>) -> Result<Placed, String> {
        match stamp {
            None if text.is_empty() => Err("the time is missing".to_owned()),
            None => Err(not_a_date(text)),
            Some(Stamp::Fixed { at, in_zone }) => {
                let (written, clock) = (at.datetime(), at.time_zone().clone());
                let shown_in = self.zone.clone().filter(|_| !in_zone);
                let at = shown_in.map_or(at.clone(), |zone| at.with_time_zone(zone));
                Ok(Placed { at, written, clock, oddity: None })
            }
            Some(Stamp::Local { day, time }) => {
                let date = day.in_order(self.order).ok_or_else(|| not_a_date(text))?;
                Ok(self.local(DateTime::from_parts(date, time.unwrap_or_default())))
            }
        }
    }

    fn local(&self, written: DateTime) -> Placed {
        // Without a zone the survey has already asked for one.
        let clock = self.clock.as_ref().or(self.zone.as_ref()).cloned().unwrap_or(TimeZone::UTC);
        let placed = Placed::on(&clock, written);
        let home = self.zone.clone().unwrap_or(clock);
        Placed { at: placed.at.with_time_zone(home), ..placed }
    }

    /// How long a row lasted, from its start to an end, which may be a bare clock time.
    pub(super) fn lasted(&self, start: &Placed, end: &str) -> Result<Lasted, String> {
        match stamp::clock_alone(end) {
            _ if end.is_empty() => Ok(Lasted::default()),
            Some(time) => Lasted::between(start, &start.next(time), end),
            None => Lasted::between(start, &self.time(end)?, end),
        }
    }

    /// A volume, its unit taken from the cell, else from the header, else from what was settled.
    pub(super) fn volume(
        &self,
        row: &Row<'_>,
        column: Option<VolumeColumn>,
    ) -> Result<Option<Volume>, String> {
        let Some(column) = column else { return Ok(None) };
        let Some((value, unit)) = cells::amount(row.cell(Some(column.at)))? else { return Ok(None) };
        let unit = unit.or(column.unit_in(row)).or(self.unit).ok_or("the amount has no unit")?;
        Volume::typed(value, unit).map(Some).map_err(|e| e.to_string())
    }

    /// What a row says was drunk at the breast; 0 stands for "not said".
    pub(super) fn drunk(
        &self,
        row: &Row<'_>,
        column: Option<VolumeColumn>,
    ) -> Result<Option<Intake>, String> {
        Ok(self.volume(row, column)?.filter(|volume| volume.as_ml() > 0.0).map(Intake))
    }

    /// A weight in grams, and the text it was typed as when that was not grams. The unit is taken from the cell, else it
    /// is the one given, else the one settled.
    pub(super) fn grams(
        &self,
        text: &str,
        unit: Option<WeightUnit>,
    ) -> Result<(f64, Option<String>), String> {
        if let Some(grams) = cells::pounds_and_ounces(text).filter(|grams| *grams <= HEAVIEST_G) {
            return Ok((grams, Some(text.to_owned())));
        }
        let (digits, word) = text.split_at(text.find(char::is_alphabetic).unwrap_or(text.len()));
        let unit = if word.is_empty() { unit.or(Some(self.weight_unit)) } else { WeightUnit::named(word) };
        let (Some(value), Some(unit)) = (cells::number(digits.trim()), unit) else {
            return Err(format!("{} is not a weight I can read", shown(text)));
        };
        let grams = value * unit.in_grams();
        if grams > HEAVIEST_G {
            return Err(format!("{} is more than a ton; is the unit right?", shown(text)));
        }
        Ok((grams, (unit != WeightUnit::G).then(|| format!("{value} {}", unit.name()))))
    }
}

/// How long something took (min). An end before its start leaves it open, with a flag.
#[derive(Default)]
pub(super) struct Lasted {
    /// In real time.
    pub(super) real: Option<f64>,
    /// By the hands of the clock.
    pub(super) written: Option<f64>,
    /// What to say about it.
    pub(super) flag: Option<String>,
}

impl Lasted {
    pub(super) fn minutes(minutes: f64) -> Self {
        Self { real: Some(minutes), written: Some(minutes), flag: None }
    }

    fn between(start: &Placed, end: &Placed, end_text: &str) -> Result<Self, String> {
        let real = start.at.duration_until(&end.not_before(start)).as_secs_f64() / 60.0;
        let written = Some(start.written.duration_until(end.written).as_secs_f64() / 60.0);
        if real < 0.0 {
            let said = format!("the end {} lies before the start; the length is left open", shown(end_text));
            return Ok(Self { real: None, written, flag: Some(said) });
        }
        Ok(Self { real: Some(cells::checked(real)?), written, flag: None })
    }
}

impl Placed {
    /// What a clock showed.
    fn on(clock: &TimeZone, written: DateTime) -> Self {
        let placed = moment::place(written, clock);
        Self { at: placed.at, written, clock: clock.clone(), oddity: placed.oddity }
    }

    /// The next time the clock shows `time`.
    fn next(&self, time: Time) -> Self {
        let same_day = DateTime::from_parts(self.written.date(), time);
        let next_day = || same_day.checked_add(SignedDuration::from_hours(24)).unwrap_or(same_day);
        let written = if same_day < self.written { next_day() } else { same_day };
        Self::on(&self.clock, written)
    }

    /// Of the times the clock shows `time`, the one nearest to this.
    pub(super) fn nearest(&self, time: Time) -> Self {
        let same_day = DateTime::from_parts(self.written.date(), time);
        let days = [-24, 0, 24].map(SignedDuration::from_hours);
        let candidates = days.into_iter().filter_map(|days| same_day.checked_add(days).ok());
        let distance = |at: &DateTime| self.written.duration_until(*at).abs();
        let written = candidates.min_by_key(distance).unwrap_or(same_day);
        Self::on(&self.clock, written)
    }

    /// The moment; the second of two when the clock was put back since `start`.
    fn not_before(&self, start: &Self) -> Moment {
        if self.at >= start.at || self.oddity != Some(Oddity::Twice) {
            return self.at.clone();
        }
        let both = self.clock.clone().into_ambiguous_zoned_datetime(self.written);
        both.later().unwrap_or_else(|_| self.at.clone())
    }
}

fn not_a_date(text: &str) -> String {
    format!("the time {} is not a date I can read", shown(text))
}
