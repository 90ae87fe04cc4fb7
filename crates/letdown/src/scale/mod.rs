//! A scale on the air: found, connected to, listened to until it is enough.

/// Which of the devices around is the scale.
mod found;
/// The link to it, made anew when it drops.
mod link;
/// What it says, as rows.
mod rows;

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
    say,
};
use btleplug::api::Peripheral as _;
use found::Found;
use letdown_trace::scales::Kind;
use link::Link;
use rows::Rows;
use serde::Serialize;
use std::time::Duration;
use tokio::time::{self, Instant};
use tokio_stream::StreamExt as _;

#[derive(Serialize)]
struct Listened {
    scale: &'static str,
    name: String,
    readings: u64,
    last_g: Option<f64>,
    battery_percent: Option<u8>,
    bytes_passed_over: u64,
}

pub fn listen(cli: &Cli, options: &cli::Scale) -> Result<(), Trouble> {
    let mut rows = Rows::open(options, cli.json)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Trouble::could_not)?;
    let (kind, name) = runtime.block_on(async {
        let found = Found::look_for(options).await?;
        let (seen, device) = ((found.kind, found.name.clone()), found.device.clone());
        let done = tokio::select! {
            done = talk(found, options, &mut rows) => done,
            _ = tokio::signal::ctrl_c() => Ok(()),
        };
        // The machine would hold the link when this program has ended, and the scale would stay awake.
        let _ = device.disconnect().await;
        done.map(|()| seen)
    })?;
    rows.finish()?;
    tell(cli, kind, name, &rows);
    Ok(())
}

fn tell(cli: &Cli, kind: Kind, name: String, rows: &Rows) {
    if cli.json {
        say::json(&Listened {
            scale: kind.sheet().word,
            name,
            readings: rows.count,
            last_g: rows.last_g,
            battery_percent: rows.battery_percent,
            bytes_passed_over: rows.passed_over(),
        });
    } else {
        say::aside(&format!("{} readings", rows.count));
    }
    if rows.count == 0 && 0 < rows.passed_over() {
        say::aside(
            "the scale spoke and nothing of it was understood; name its kind with --kind, or report it",
        );
    }
}

/// Listens until the time that was asked for is over.
async fn talk(found: Found, options: &cli::Scale, rows: &mut Rows) -> Result<(), Trouble> {
    let until = options.minutes.map(|minutes| Instant::now() + Duration::from_secs(60 * u64::from(minutes)));
    let mut notifications = found.device.notifications().await.map_err(|e| on_the_air(&e))?;
    let mut link = Link::open(found, options).await?;
    rows.begin(link.kind());
    let mut beat = time::interval(link.beat());
    beat.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
    while until.is_none_or(|until| Instant::now() < until) {
        tokio::select! {
            said = notifications.next() => match said {
                Some(said) => rows.take(said.uuid.as_u128(), &said.value)?,
                None => return Err(Trouble::could_not("Bluetooth was switched off")),
            },
            _ = beat.tick() => link.keep_alive().await?,
        }
    }
    Ok(())
}

/// What Bluetooth complains of.
fn on_the_air(e: &btleplug::Error) -> Trouble {
    Trouble::could_not(format!(
        "Bluetooth says: {e}; see that it is on, that the scale is awake, and that no other app holds it"
    ))
}
