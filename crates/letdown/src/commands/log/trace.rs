//! What a scale wrote down of a session, as fields of its entry.

use crate::{commands::detect, outcome::Trouble, say};
use letdown_engine::live::scale_fields;
use letdown_journal::body::Extra;
use letdown_trace::{files, reading::Reading, watch::Watch};
use std::path::Path;

/// Amount, minutes and let-downs. The first reading is the start of the session, whatever the clock of the file says.
pub(super) fn fields(file: &Path) -> Result<Extra, Trouble> {
    let name = file.display().to_string();
    let log = files::read(&name, &detect::bytes(file)?).map_err(Trouble::could_not)?;
    for remark in &log.remarks {
        say::aside(&format!("{name}: {remark}"));
    }
    let times = log.readings.iter().map(|reading| reading.t_s);
    let first_s = times.clone().fold(f64::INFINITY, f64::min);
    let last_s = times.fold(first_s, f64::max);
    let mut watch = Watch::new();
    for reading in &log.readings {
        watch.see(Reading::new(reading.t_s - first_s, reading.mass_g));
    }
    watch.end();
    Ok(scale_fields(&watch, (last_s - first_s) / 60.0))
}
