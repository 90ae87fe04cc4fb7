//! What must be known of a scale before it says anything.

use super::{kind::Kind, uuid::Uuid};

/// Where a scale speaks and listens, and what it must be sent.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Which scale.
    pub kind: Kind,
    /// Its word on a command line, in lower case.
    pub word: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// Names it advertises.
    pub names: &'static [Name],
    /// The service it weighs with.
    pub service: Uuid,
    /// Whether no other product is known to use that service, so that it tells the scale without a name.
    pub is_service_its_own: bool,
    /// The characteristic it speaks on.
    pub notify: Uuid,
    /// How it speaks.
    pub delivery: Delivery,
    /// The characteristic it listens on. `None`: it takes no orders.
    pub write: Option<Uuid>,
    /// Whether it acknowledges what is written; otherwise write without response.
    pub is_write_acknowledged: bool,
    /// To be written once it is subscribed to, in this order, with a pause of 100 ms between.
    pub start: &'static [Command],
    /// Sets it to zero. `None`: only its own button does.
    pub tare: Option<Command>,
    /// What keeps it talking.
    pub heartbeat: Option<Heartbeat>,
    /// The step of its readings while it is set to grams (g).
    pub step_g: f64,
    /// Whether it sends a stream of readings. `false`: it sends one when the load has settled, which serves to weigh
    /// before and after a feed, and cannot show milk as it comes.
    pub is_stream: bool,
}

impl Sheet {
    /// A scale of which nothing more is known than where it speaks. The kinds fill in the rest.
    pub(super) const fn new(kind: Kind, word: &'static str, title: &'static str) -> Self {
        Self {
            kind,
            word,
            title,
            names: &[],
            service: Uuid::short(0),
            is_service_its_own: false,
            notify: Uuid::short(0),
            delivery: Delivery::Notification,
            write: None,
            is_write_acknowledged: true,
            start: &[],
            tare: None,
            heartbeat: None,
            step_g: 0.1,
            is_stream: true,
        }
    }
}

/// A name that a scale advertises, in lower case; capitals do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The name begins so.
    Begins(&'static str),
    /// The name holds this.
    Holds(&'static str),
}

impl Name {
    /// Whether an advertised name is this one.
    pub fn fits(self, advertised: &str) -> bool {
        let advertised = advertised.trim().to_lowercase();
        match self {
            Self::Begins(start) => advertised.starts_with(start),
            Self::Holds(part) => advertised.contains(part),
        }
    }
}

/// How a scale speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Notifications, which are not acknowledged.
    Notification,
    /// Indications, which are.
    Indication,
}

/// Something to write to a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command {
    /// The bytes.
    pub bytes: &'static [u8],
    /// Whether to write it a second time, 200 ms later, because the scale sometimes loses one.
    pub is_sent_twice: bool,
}

impl Command {
    pub(super) const fn once(bytes: &'static [u8]) -> Self {
        Self { bytes, is_sent_twice: false }
    }

    pub(super) const fn twice(bytes: &'static [u8]) -> Self {
        Self { bytes, is_sent_twice: true }
    }
}

/// What must be written again and again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heartbeat {
    /// How often (s).
    pub every_s: f64,
    /// What, in this order.
    pub commands: &'static [Command],
}
