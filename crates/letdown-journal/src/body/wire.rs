//! How a body crosses the wire: each kind lists its fields once, each with the rule it is read and written by.
//!
//! Reading takes the fields it knows out of the JSON object; what stays behind is `extra`. `null` is as good as absent.
//! Errors name the field and what it may be. The work is done by a few functions for all kinds together, not by code
//! made for each: the page downloads all of it.

use super::{Extra, Source};
use crate::moment::{self, Moment};
use serde_json::Value;

/// Why a text is not a body of its kind.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error(transparent)]
pub struct BodyError(#[from] Problem);

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum Problem {
    #[error("this is not a {kind} entry: {detail}")]
    NotThisKind { kind: String, detail: String },
    #[error("field {field}: {detail}")]
    Field { field: &'static str, detail: String },
}

pub(super) fn field(field: &'static str, detail: impl std::fmt::Display) -> BodyError {
    Problem::Field { field, detail: detail.to_string() }.into()
}

/// What all kinds have in common.
pub(super) trait Kind {
    fn start(&self) -> &Moment;
    fn note(&self) -> Option<&str>;
    fn source(&self) -> Option<&Source>;
    fn extra(&self) -> &Extra;
    fn source_mut(&mut self) -> &mut Option<Source>;
    fn write(&self, to: &mut Object);
}

/// A piece of a body: an object within it.
pub(super) trait Part: Sized {
    fn read(from: &mut Fields) -> Result<Self, BodyError>;
    fn write(&self, to: &mut Object);
}

/// How one field is read and written.
pub(super) trait Rule<T> {
    fn read(&self, from: &mut Fields, name: &'static str) -> Result<T, BodyError>;
    fn write(&self, value: &T, name: &'static str, to: &mut Object);
}

/// The fields of an object that have not been read yet.
pub(super) struct Fields(Extra);

impl Fields {
    pub(super) fn of(kind: &str, json: &str) -> Result<Self, BodyError> {
        serde_json::from_str(json)
            .map(Self)
            .map_err(|e| Problem::NotThisKind { kind: kind.to_owned(), detail: e.to_string() }.into())
    }

    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, BodyError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(field(name, format_args!("{other} is not a text"))),
        }
    }

    pub(super) fn number(&mut self, name: &'static str) -> Result<Option<f64>, BodyError> {
        let Some(value) = self.take(name) else { return Ok(None) };
        value.as_f64().map(Some).ok_or_else(|| field(name, format_args!("{value} is not a number")))
    }

    pub(super) fn peek(&self, name: &str) -> Option<f64> {
        self.0.get(name).and_then(Value::as_f64)
    }

    pub(super) fn objects(&mut self, name: &'static str) -> Result<Vec<Self>, BodyError> {
        let object = |value| match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(field(name, format_args!("{other} is not an object"))),
        };
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(values)) => values.into_iter().map(object).collect(),
            Some(value) => object(value).map(|one| vec![one]),
        }
    }

    /// What no rule has taken.
    pub(super) fn rest(&mut self) -> Extra {
        std::mem::take(&mut self.0)
    }
}

pub(super) fn required<T>(name: &'static str, value: Option<T>) -> Result<T, BodyError> {
    value.ok_or_else(|| field(name, "it is missing"))
}

/// A JSON object while it is written, in the order in which fields come.
pub(super) struct Object(String);

impl Object {
    pub(super) fn new() -> Self {
        Self("{".to_owned())
    }

    pub(super) fn put(&mut self, name: &str, value: &Value) {
        self.put_raw(name, &value.to_string());
    }

    pub(super) fn put_text(&mut self, name: &str, text: &str) {
        self.put(name, &Value::String(text.to_owned()));
    }

    pub(super) fn put_raw(&mut self, name: &str, json: &str) {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&Value::String(name.to_owned()).to_string());
        self.0.push(':');
        self.0.push_str(json);
    }

    pub(super) fn put_extra(&mut self, extra: &Extra) {
        for (name, value) in extra {
            self.put(name, value);
        }
    }

    pub(super) fn close(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// The rule of `start`.
pub(super) fn read_start(from: &mut Fields) -> Result<Moment, BodyError> {
    let text = required("start", from.text("start")?)?;
    moment::parse(&text, None).map(|placed| placed.at).map_err(|e| field("start", e))
}

/// The rule of `source`.
pub(super) fn read_source(from: &mut Fields) -> Result<Option<Source>, BodyError> {
    from.take("source").map(serde_json::from_value).transpose().map_err(|e| field("source", e))
}

/// What stands at the end of every body.
pub(super) fn write_end(note: Option<&str>, source: Option<&Source>, extra: &Extra, to: &mut Object) {
    if let Some(note) = note {
        to.put_text("note", note);
    }
    if let Some(source) = source.and_then(|source| serde_json::to_string(source).ok()) {
        to.put_raw("source", &source);
    }
    to.put_extra(extra);
}

/// The name of a field on the wire: its own, unless it says another.
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
pub(super) use wire_name;

/// How a kind crosses the wire: its fields in the order in which they are written. `start` stands before them, `note`,
/// `source` and what this version does not know behind. A kind that `begins` can be made from its start alone.
macro_rules! kind {
    ($kind:ident $name:literal begins { $($fields:tt)* }) => {
        wire::kind!($kind $name { $($fields)* });
        wire::kind!(@begins $kind { $($fields)* });
    };
    (@begins $kind:ident { $($field:ident $($wire:literal)? : $rule:expr),* $(,)? }) => {
        impl $kind {
            /// One of which only the start is known.
            pub fn at(start: Moment) -> Self {
                Self { start, $($field: Default::default(),)* note: None, source: None, extra: Extra::new() }
            }
        }
    };
    ($kind:ident $name:literal { $($field:ident $($wire:literal)? : $rule:expr),* $(,)? }) => {
        impl $kind {
            /// The kind's name on the wire.
            pub const KIND: &'static str = $name;

            pub(super) fn read(from: &mut wire::Fields) -> Result<Self, BodyError> {
                Ok(Self {
                    start: wire::read_start(from)?,
                    $($field: wire::Rule::read(&$rule, from, wire::wire_name!($field $($wire)?))?,)*
                    note: from.text("note")?,
                    source: wire::read_source(from)?,
                    extra: from.rest(),
                })
            }
        }

        impl wire::Kind for $kind {
            fn start(&self) -> &Moment {
                &self.start
            }

            fn note(&self) -> Option<&str> {
                self.note.as_deref()
            }

            fn source(&self) -> Option<&Source> {
                self.source.as_ref()
            }

            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn source_mut(&mut self) -> &mut Option<Source> {
                &mut self.source
            }

            fn write(&self, to: &mut wire::Object) {
                to.put_text("start", &self.start.to_string());
                $(wire::Rule::write(&$rule, &self.$field, wire::wire_name!($field $($wire)?), to);)*
                wire::write_end(self.note.as_deref(), self.source.as_ref(), &self.extra, to);
            }
        }
    };
}
pub(super) use kind;

/// How a piece of a body crosses the wire.
macro_rules! part {
    ($part:ident { $($field:ident $($wire:literal)? : $rule:expr),* $(,)? }) => {
        impl wire::Part for $part {
            fn read(from: &mut wire::Fields) -> Result<Self, BodyError> {
                Ok(Self {
                    $($field: wire::Rule::read(&$rule, from, wire::wire_name!($field $($wire)?))?,)*
                    extra: from.rest(),
                })
            }

            fn write(&self, to: &mut wire::Object) {
                $(wire::Rule::write(&$rule, &self.$field, wire::wire_name!($field $($wire)?), to);)*
                to.put_extra(&self.extra);
            }
        }
    };
}
pub(super) use part;
