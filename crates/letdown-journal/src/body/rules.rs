//! The rules that fields are read and written by: numbers with their range and unit, texts, words, days, volumes.

use super::{
    BodyError,
    wire::{Fields, Object, Part, Rule, field, required},
    word::Word,
};
use crate::volume::{Intake, Output, Volume};
use jiff::civil::{Date, Time};
use serde_json::Value;

/// A number from `.0` to `.1`, both included, and its unit.
#[derive(Clone, Copy)]
pub(super) struct Number(pub(super) f64, pub(super) f64, pub(super) &'static str);

/// The longest an event may be: a week. Longer ones are a slip of the pen, and no clock arithmetic should overflow.
pub(crate) const MAX_MINUTES: f64 = 7.0 * 24.0 * 60.0;

pub(super) const MINUTES: Number = Number(0.0, MAX_MINUTES, " min");
pub(super) const GRAMS: Number = Number(0.0, 1_000_000.0, " g");
/// How much of a feeling there is.
pub(super) const TENTHS: Number = Number(0.0, 10.0, "");

impl Number {
    fn check(self, name: &'static str, given: f64) -> Result<f64, BodyError> {
        let Self(least, most, unit) = self;
        if (least..=most).contains(&given) {
            return Ok(given);
        }
        Err(field(name, format_args!("{given}{unit} must lie between {least} and {most}{unit}")))
    }
}

impl Rule<Option<f64>> for Number {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<f64>, BodyError> {
        from.number(name)?.map(|given| self.check(name, given)).transpose()
    }

    fn write(&self, value: &Option<f64>, name: &'static str, to: &mut Object) {
        if let Some(number) = value {
            to.put(name, &Value::from(*number));
        }
    }
}

impl Rule<f64> for Number {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<f64, BodyError> {
        required(name, self.read(from, name)?)
    }

    fn write(&self, value: &f64, name: &'static str, to: &mut Object) {
        to.put(name, &Value::from(*value));
    }
}

/// A whole number from `.0` to `.1`, both included.
pub(super) struct Whole(pub(super) u32, pub(super) u32);

impl Rule<Option<u32>> for Whole {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<u32>, BodyError> {
        let Some(given) = from.number(name)? else { return Ok(None) };
        let in_range = (f64::from(self.0)..=f64::from(self.1)).contains(&given);
        if in_range && given.fract() == 0.0 {
            return Ok(Some(given as u32));
        }
        let Self(least, most) = self;
        Err(field(name, format_args!("{given} must be a whole number between {least} and {most}")))
    }

    fn write(&self, value: &Option<u32>, name: &'static str, to: &mut Object) {
        if let Some(number) = value {
            to.put(name, &Value::from(*number));
        }
    }
}

/// Free text.
pub(super) struct Text;

impl Rule<Option<String>> for Text {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<String>, BodyError> {
        from.text(name)
    }

    fn write(&self, value: &Option<String>, name: &'static str, to: &mut Object) {
        if let Some(text) = value {
            to.put_text(name, text);
        }
    }
}

impl Rule<String> for Text {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<String, BodyError> {
        required(name, from.text(name)?.filter(|text| !text.trim().is_empty()))
    }

    fn write(&self, value: &String, name: &'static str, to: &mut Object) {
        to.put_text(name, value);
    }
}

/// Text of at most so many letters.
pub(super) struct TextUpTo(pub(super) usize);

impl Rule<Option<String>> for TextUpTo {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<String>, BodyError> {
        let Some(text) = from.text(name)? else { return Ok(None) };
        let (letters, most) = (text.chars().count(), self.0);
        if most < letters {
            return Err(field(name, format_args!("{letters} letters are more than the {most} it may have")));
        }
        Ok(Some(text))
    }

    fn write(&self, value: &Option<String>, name: &'static str, to: &mut Object) {
        Text.write(value, name, to);
    }
}

/// Yes or no.
pub(super) struct YesNo;

impl Rule<Option<bool>> for YesNo {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<bool>, BodyError> {
        let Some(value) = from.take(name) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| field(name, format_args!("{value} is not true or false")))
    }

    fn write(&self, value: &Option<bool>, name: &'static str, to: &mut Object) {
        if let Some(yes) = value {
            to.put(name, &Value::Bool(*yes));
        }
    }
}

impl Rule<bool> for YesNo {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<bool, BodyError> {
        required(name, self.read(from, name)?)
    }

    fn write(&self, value: &bool, name: &'static str, to: &mut Object) {
        to.put(name, &Value::Bool(*value));
    }
}

/// One of the words that a field knows.
pub(super) struct OneOf;

fn word<W: Word>(name: &'static str, text: &str) -> Result<W, BodyError> {
    W::read(text).map_err(|known| field(name, format_args!("{text:?} is none of {known}")))
}

impl<W: Word> Rule<Option<W>> for OneOf {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<W>, BodyError> {
        from.text(name)?.map(|text| word(name, &text)).transpose()
    }

    fn write(&self, value: &Option<W>, name: &'static str, to: &mut Object) {
        if let Some(word) = value {
            to.put_text(name, word.as_str());
        }
    }
}

/// One of the words that a field knows; it may not be left out.
pub(super) struct NeedsOneOf;

impl<W: Word> Rule<W> for NeedsOneOf {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<W, BodyError> {
        word(name, &required(name, from.text(name)?)?)
    }

    fn write(&self, value: &W, name: &'static str, to: &mut Object) {
        to.put_text(name, value.as_str());
    }
}

/// Any of the words that a field knows.
pub(super) struct AnyOf;

impl<W: Word> Rule<Vec<W>> for AnyOf {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Vec<W>, BodyError> {
        let Some(value) = from.take(name) else { return Ok(Vec::new()) };
        let texts =
            value.as_array().and_then(|all| all.iter().map(Value::as_str).collect::<Option<Vec<_>>>());
        let texts = texts.ok_or_else(|| field(name, format_args!("{value} is not a list of words")))?;
        texts.into_iter().map(|text| word(name, text)).collect()
    }

    fn write(&self, value: &Vec<W>, name: &'static str, to: &mut Object) {
        if !value.is_empty() {
            to.put(name, &value.iter().map(|word| Value::from(word.as_str())).collect());
        }
    }
}

/// A day, `2026-11-24`.
pub(super) struct Day;

impl Rule<Option<Date>> for Day {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<Date>, BodyError> {
        let Some(text) = from.text(name)? else { return Ok(None) };
        let day = text.parse().ok().filter(|day: &Date| day.to_string() == text);
        day.map(Some)
            .ok_or_else(|| field(name, format_args!("{text:?} is not a day; write it like 2026-11-24")))
    }

    fn write(&self, value: &Option<Date>, name: &'static str, to: &mut Object) {
        if let Some(day) = value {
            to.put_text(name, &day.to_string());
        }
    }
}

/// An hour of the day to the minute, `08:30`.
pub(super) struct Clock;

fn shown(clock: Time) -> String {
    format!("{:02}:{:02}", clock.hour(), clock.minute())
}

impl Rule<Time> for Clock {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Time, BodyError> {
        let text = required(name, from.text(name)?)?;
        let digits = text.split_once(':').filter(|(h, m)| h.len() == 2 && m.len() == 2);
        let clock = digits.and_then(|(h, m)| Time::new(h.parse().ok()?, m.parse().ok()?, 0, 0).ok());
        clock
            .filter(|clock| shown(*clock) == text)
            .ok_or_else(|| field(name, format_args!("{text:?} is not an hour; write it like 08:30")))
    }

    fn write(&self, value: &Time, name: &'static str, to: &mut Object) {
        to.put_text(name, &shown(*value));
    }
}

/// A volume (mL), and the field beside it that holds the text it was typed as.
pub(super) struct Amount(pub(super) &'static str);

impl Amount {
    fn take(&self, from: &mut Fields, name: &'static str) -> Result<Option<Volume>, BodyError> {
        let typed = from.text(self.0)?;
        let Some(ml) = from.number(name)? else { return Ok(None) };
        Volume::from_wire(ml, typed).map(Some).map_err(|e| field(name, e))
    }

    fn put(&self, volume: Option<&Volume>, name: &'static str, to: &mut Object) {
        let Some(volume) = volume else { return };
        to.put(name, &Value::from(volume.as_ml()));
        if let Some(typed) = volume.as_typed() {
            to.put_text(self.0, typed);
        }
    }
}

impl Rule<Option<Output>> for Amount {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<Output>, BodyError> {
        Ok(self.take(from, name)?.map(Output))
    }

    fn write(&self, value: &Option<Output>, name: &'static str, to: &mut Object) {
        self.put(value.as_ref().map(|output| &output.0), name, to);
    }
}

impl Rule<Option<Intake>> for Amount {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<Intake>, BodyError> {
        Ok(self.take(from, name)?.map(Intake))
    }

    fn write(&self, value: &Option<Intake>, name: &'static str, to: &mut Object) {
        self.put(value.as_ref().map(|intake| &intake.0), name, to);
    }
}

impl Rule<Option<Volume>> for Amount {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<Volume>, BodyError> {
        // Not every volume is one of milk, as the error of `Volume` would say.
        if let Some(ml) = from.peek(name) {
            Number(0.0, Volume::MAX_ML, " mL").check(name, ml)?;
        }
        self.take(from, name)
    }

    fn write(&self, value: &Option<Volume>, name: &'static str, to: &mut Object) {
        self.put(value.as_ref(), name, to);
    }
}

/// An object within the body.
pub(super) struct One;

impl<P: Part> Rule<Option<P>> for One {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Option<P>, BodyError> {
        let inner = from.objects(name)?.pop();
        inner.map(|mut fields| P::read(&mut fields).map_err(|e| field(name, e))).transpose()
    }

    fn write(&self, value: &Option<P>, name: &'static str, to: &mut Object) {
        if let Some(part) = value {
            to.put_raw(name, &written(part));
        }
    }
}

/// A list of objects within the body.
pub(super) struct Many;

impl<P: Part> Rule<Vec<P>> for Many {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<Vec<P>, BodyError> {
        let parts = from.objects(name)?.into_iter();
        parts.map(|mut fields| P::read(&mut fields).map_err(|e| field(name, e))).collect()
    }

    fn write(&self, value: &Vec<P>, name: &'static str, to: &mut Object) {
        if !value.is_empty() {
            let parts: Vec<String> = value.iter().map(written).collect();
            to.put_raw(name, &format!("[{}]", parts.join(",")));
        }
    }
}

fn written(part: &impl Part) -> String {
    let mut object = Object::new();
    part.write(&mut object);
    object.close()
}
