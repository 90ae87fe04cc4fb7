//! The example: a simulated mother, so that an empty journal can be tried. Every entry of hers says that it is simulated.

use crate::{EngineError, scenario::Scenario};
use jiff::ToSpan;
use letdown_journal::{body::Body, moment::Moment};

/// The field by which an entry says that it belongs to the example.
pub const MARK: &str = "example";

/// How many days the example has behind it.
const DAYS: i64 = 60;

/// Her usual hours.
const SCHEDULE: [&str; 7] = ["00:30", "05:30", "08:30", "11:30", "14:45", "18:00", "21:15"];

/// The example's pump sessions up to `now`, in the zone of `now`.
///
/// # Errors
/// When the zone of `now` has no name.
pub fn example(now: &Moment, seed: u64) -> Result<Vec<Body>, EngineError> {
    let zone = now.time_zone().iana_name().unwrap_or("UTC");
    let first_day = now.date().saturating_sub(DAYS.days());
    let scenario = Scenario::read(&format!(
        "days = {}\nstart = \"{first_day}\"\nzone = \"{zone}\"\nmother = \"median\"\nskip = 0.04\nschedule = {SCHEDULE:?}",
        DAYS + 1
    ))?;
    let bodies = scenario.log(seed)?.into_iter().filter(|body| body.end().timestamp() <= now.timestamp());
    Ok(bodies.map(marked).collect())
}

fn marked(body: Body) -> Body {
    match body {
        Body::Pump(mut pump) => {
            pump.extra.insert(MARK.into(), true.into());
            Body::Pump(pump)
        }
        other => other,
    }
}

/// Whether a body's JSON text says that it belongs to the example.
pub fn is_marked(json: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(json)
        .is_ok_and(|body| body.get(MARK).and_then(serde_json::Value::as_bool) == Some(true))
}
