//! The link to a scale: opened, kept awake, made anew when it drops.

use super::{Found, on_the_air};
use crate::{cli, outcome::Trouble, say};
use btleplug::{
    api::{CharPropFlags, Characteristic, Peripheral as _, WriteType},
    platform::Peripheral,
};
use letdown_trace::scales::{Command, Kind, Sheet, Uuid, recognise};
use std::time::Duration;
use tokio::time;

const BETWEEN_COMMANDS: Duration = Duration::from_millis(100);
const BEFORE_A_SECOND_TIME: Duration = Duration::from_millis(200);
const CONNECT_WITHIN: Duration = Duration::from_secs(15);
/// How often a link is looked after when the scale needs no heartbeat.
const LOOK_AFTER_EVERY: Duration = Duration::from_secs(2);
/// A link that dropped is tried so often, 2 s apart, before the session counts as over.
const TRIES: u32 = 60;
const BETWEEN_TRIES: Duration = Duration::from_secs(2);

const BATTERY_LEVEL: Uuid = Uuid::short(0x2A19);

/// A scale that is connected to.
pub struct Link {
    device: Peripheral,
    kind: Kind,
    name: String,
    is_kind_given: bool,
}

impl Link {
    /// Connects, and sets the scale to zero where that is asked for.
    pub async fn open(found: Found, options: &cli::Scale) -> Result<Self, Trouble> {
        let Found { device, kind, name } = found;
        let mut link = Self { device, kind, name, is_kind_given: options.kind.is_some() };
        link.connect().await?;
        say::aside(&format!("{} is connected: {}", link.name, link.sheet().title));
        if !link.sheet().is_stream {
            say::aside("it tells a weight when the load has settled, and cannot show milk as it comes");
        }
        if options.tare {
            link.tare().await?;
        }
        Ok(link)
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How often to call [`Self::keep_alive`].
    pub fn beat(&self) -> Duration {
        self.sheet()
            .heartbeat
            .map_or(LOOK_AFTER_EVERY, |heartbeat| Duration::from_secs_f64(heartbeat.every_s))
    }

    /// Sends what keeps it awake; connects anew when the link has dropped.
    pub async fn keep_alive(&mut self) -> Result<(), Trouble> {
        if !self.device.is_connected().await.unwrap_or(false) {
            return self.connect_anew().await;
        }
        let commands = self.sheet().heartbeat.map_or(&[][..], |heartbeat| heartbeat.commands);
        for command in commands {
            // A heartbeat that fails is followed by a link that drops, which is seen at the next.
            if self.send(*command).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    fn sheet(&self) -> &'static Sheet {
        self.kind.sheet()
    }

    async fn connect(&mut self) -> Result<(), Trouble> {
        self.device.connect_with_timeout(CONNECT_WITHIN).await.map_err(|e| on_the_air(&e))?;
        self.device.discover_services().await.map_err(|e| on_the_air(&e))?;
        self.look_once_more();
        let notify = self.characteristic(self.sheet().notify)?;
        self.device.subscribe(&notify).await.map_err(|e| on_the_air(&e))?;
        if let Ok(battery) = self.characteristic(BATTERY_LEVEL) {
            // Not every scale that has a level also tells it.
            let _ = self.device.subscribe(&battery).await;
        }
        for command in self.sheet().start {
            self.send(*command).await?;
        }
        Ok(())
    }

    async fn connect_anew(&mut self) -> Result<(), Trouble> {
        say::aside("the link dropped; connecting anew");
        for _ in 0..TRIES {
            if self.connect().await.is_ok() {
                say::aside("connected again");
                return Ok(());
            }
            time::sleep(BETWEEN_TRIES).await;
        }
        Err(Trouble::could_not("the scale did not come back; the readings so far are kept"))
    }

    /// Now all services are seen, some of which are not advertised.
    fn look_once_more(&mut self) {
        if self.is_kind_given {
            return;
        }
        let services: Vec<Uuid> =
            self.device.services().iter().map(|service| Uuid(service.uuid.as_u128())).collect();
        self.kind = recognise(Some(&self.name), &services).unwrap_or(self.kind);
    }

    async fn tare(&self) -> Result<(), Trouble> {
        if let Some(tare) = self.sheet().tare {
            return self.send(tare).await;
        }
        say::aside("this scale can be set to zero with its own button only");
        Ok(())
    }

    async fn send(&self, command: Command) -> Result<(), Trouble> {
        let Some(write) = self.sheet().write else { return Ok(()) };
        let write = self.characteristic(write)?;
        self.write(&write, command.bytes).await?;
        if command.is_sent_twice {
            time::sleep(BEFORE_A_SECOND_TIME).await;
            self.write(&write, command.bytes).await?;
        }
        time::sleep(BETWEEN_COMMANDS).await;
        Ok(())
    }

    async fn write(&self, to: &Characteristic, bytes: &[u8]) -> Result<(), Trouble> {
        let can = |flag| to.properties.contains(flag);
        let is_acknowledged = if self.sheet().is_write_acknowledged {
            can(CharPropFlags::WRITE) || !can(CharPropFlags::WRITE_WITHOUT_RESPONSE)
        } else {
            !can(CharPropFlags::WRITE_WITHOUT_RESPONSE) && can(CharPropFlags::WRITE)
        };
        let how = if is_acknowledged { WriteType::WithResponse } else { WriteType::WithoutResponse };
        self.device.write(to, bytes, how).await.map_err(|e| on_the_air(&e))
    }

    fn characteristic(&self, wanted: Uuid) -> Result<Characteristic, Trouble> {
        let all = self.device.characteristics();
        all.into_iter().find(|one| one.uuid.as_u128() == wanted.0).ok_or_else(|| {
            let title = self.sheet().title;
            Trouble::could_not(format!(
                "{} has no {wanted}, on which {title} speaks; it is another kind: name it with --kind",
                self.name
            ))
        })
    }
}
