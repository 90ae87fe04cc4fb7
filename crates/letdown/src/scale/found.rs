//! Which of the devices around is the scale.

use super::on_the_air;
use crate::{cli, outcome::Trouble, say};
use btleplug::{
    api::{Central as _, Manager as _, Peripheral as _, ScanFilter},
    platform::{Adapter, Manager, Peripheral},
};
use letdown_trace::scales::{Kind, UnknownScale, Uuid, recognise};
use std::{collections::BTreeMap, time::Duration};
use tokio::time::{self, Instant};

/// So long a scale may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// A scale that says it is there.
pub struct Found {
    pub device: Peripheral,
    pub kind: Kind,
    pub name: String,
}

impl Found {
    /// The first scale that is asked for; of what was heard instead, a sentence.
    pub async fn look_for(options: &cli::Scale) -> Result<Self, Trouble> {
        let adapter = adapter().await?;
        adapter.start_scan(ScanFilter::default()).await.map_err(|e| on_the_air(&e))?;
        say::aside("looking for a scale; switch it on");
        let found = Self::look_until(&adapter, options, Instant::now() + PATIENCE).await;
        let _ = adapter.stop_scan().await;
        found
    }

    async fn look_until(adapter: &Adapter, options: &cli::Scale, until: Instant) -> Result<Self, Trouble> {
        let mut others = BTreeMap::new();
        while Instant::now() < until {
            time::sleep(LOOK_EVERY).await;
            for device in adapter.peripherals().await.map_err(|e| on_the_air(&e))? {
                match judge(&device, options).await? {
                    Judged::Scale(kind, name) => return Ok(Self { device, kind, name }),
                    Judged::Other(unknown) => {
                        others.insert(unknown.name.clone(), unknown);
                    }
                    Judged::NotAsked => {}
                }
            }
        }
        Err(none_found(&others))
    }
}

enum Judged {
    Scale(Kind, String),
    Other(UnknownScale),
    /// It bears another name than the one that is asked for.
    NotAsked,
}

async fn judge(device: &Peripheral, options: &cli::Scale) -> Result<Judged, Trouble> {
    let Some(said) = device.properties().await.map_err(|e| on_the_air(&e))? else {
        return Ok(Judged::NotAsked);
    };
    let name = said.local_name.or(said.advertisement_name);
    let shown = name.clone().unwrap_or_else(|| said.address.to_string());
    let is_asked = |part: &String| shown.to_lowercase().contains(&part.to_lowercase());
    if !options.name.as_ref().is_none_or(is_asked) {
        return Ok(Judged::NotAsked);
    }
    if let Some(kind) = options.kind {
        return Ok(Judged::Scale(kind, shown));
    }
    let services: Vec<Uuid> = said.services.iter().map(|service| Uuid(service.as_u128())).collect();
    Ok(match recognise(name.as_deref(), &services) {
        Ok(kind) => Judged::Scale(kind, shown),
        Err(unknown) => Judged::Other(unknown),
    })
}

async fn adapter() -> Result<Adapter, Trouble> {
    let manager = Manager::new().await.map_err(|e| on_the_air(&e))?;
    let adapters = manager.adapters().await.map_err(|e| on_the_air(&e))?;
    adapters.into_iter().next().ok_or_else(|| {
        Trouble::could_not("this machine has no Bluetooth that is on; switch it on, or plug an adapter in")
    })
}

/// What was heard and may be a scale under another name, else how to go on.
fn none_found(others: &BTreeMap<Option<String>, UnknownScale>) -> Trouble {
    let may_be = others.values().filter(|unknown| unknown.may_be().next().is_some());
    let sentences: Vec<String> = may_be.map(UnknownScale::to_string).collect();
    let how = "see that the scale is awake and that no phone holds it; --known lists those I know, and --name TEXT --kind \
               WORD takes one under another name";
    if sentences.is_empty() {
        let count = others.len();
        return Trouble::could_not(format!(
            "no scale was heard within 20 s ({count} other devices were); {how}"
        ));
    }
    Trouble::could_not(format!("no known scale was heard within 20 s: {}; {how}", sentences.join("; ")))
}
