//! What a scale says, as rows `t_s,mass_g` that are on their way out at once: a session that breaks off keeps them.

use crate::{
    cli,
    outcome::Trouble,
    say,
    whole_file::{Replace, not_written},
};
use letdown_trace::scales::{Decoder, Heard, Kind, Unit, Uuid};
use std::{
    fs::{File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Instant,
};

/// The readings of a session.
pub struct Rows {
    to: To,
    decoder: Option<Decoder>,
    /// When the first notification came.
    began: Option<Instant>,
    pub count: u64,
    pub last_g: Option<f64>,
    pub battery_percent: Option<u8>,
}

enum To {
    File(File, PathBuf),
    Output,
    /// The answer is one JSON object, and no file was named.
    Nowhere,
}

impl Rows {
    /// Opens the file that is asked for, before the scale is looked for.
    pub fn open(options: &cli::Scale, is_json: bool) -> Result<Self, Trouble> {
        let mut to = match &options.out {
            Some(path) => To::File(open(path, Replace::when(options.force))?, path.clone()),
            None if is_json => To::Nowhere,
            None => To::Output,
        };
        to.line("t_s,mass_g")?;
        Ok(Self { to, decoder: None, began: None, count: 0, last_g: None, battery_percent: None })
    }

    /// The scale that speaks from now on is of this kind.
    pub fn begin(&mut self, kind: Kind) {
        self.decoder = Some(Decoder::new(kind));
    }

    /// Takes in a notification that came right now.
    pub fn take(&mut self, from: u128, bytes: &[u8]) -> Result<(), Trouble> {
        let t_s = self.began.get_or_insert_with(Instant::now).elapsed().as_secs_f64();
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let mut heard = Vec::new();
        decoder.hear(Uuid(from), bytes, t_s, &mut |one| heard.push(one));
        heard.into_iter().try_for_each(|one| self.take_one(one))
    }

    pub fn passed_over(&self) -> u64 {
        self.decoder.map_or(0, |decoder| decoder.passed_over())
    }

    /// Sees to it that all of it is on the disk.
    pub fn finish(&mut self) -> Result<(), Trouble> {
        match &self.to {
            To::File(file, path) => file.sync_all().map_err(|e| not_written(path, &e)),
            To::Output | To::Nowhere => Ok(()),
        }
    }

    fn take_one(&mut self, heard: Heard) -> Result<(), Trouble> {
        match heard {
            Heard::Mass { reading, .. } => {
                // To the milligram: an ounce is no round number of grams.
                let mass_g = (reading.mass_g * 1000.0).round() / 1000.0;
                self.count += 1;
                self.last_g = Some(mass_g);
                return self.to.line(&format!("{:.3},{mass_g}", reading.t_s));
            }
            Heard::Unit(Unit::Gram) | Heard::Button(_) | Heard::Timer(_) => {}
            Heard::Unit(unit) => {
                say::aside(&format!(
                    "its display shows {}; the readings are grams all the same",
                    unit.sign()
                ));
            }
            Heard::Battery(percent) => self.battery_percent = Some(percent),
            Heard::Tared => say::aside("it was set to zero"),
        }
        Ok(())
    }
}

impl To {
    fn line(&mut self, line: &str) -> Result<(), Trouble> {
        match self {
            Self::File(file, path) => {
                file.write_all(format!("{line}\n").as_bytes()).map_err(|e| not_written(path, &e))
            }
            Self::Output => {
                say::print(line);
                Ok(())
            }
            Self::Nowhere => Ok(()),
        }
    }
}

fn open(path: &Path, replace: Replace) -> Result<File, Trouble> {
    create(path, replace).map_err(|e| not_written(path, &e))
}

fn create(path: &Path, replace: Replace) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true);
    match replace {
        Replace::Yes => options.create(true).truncate(true),
        Replace::No => options.create_new(true),
    };
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(out: &Path, force: bool) -> cli::Scale {
        let out = Some(out.to_owned());
        cli::Scale { known: false, name: None, kind: None, tare: false, minutes: None, out, force }
    }

    #[test]
    fn readings_are_rows_in_the_file_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.csv");
        let mut rows = Rows::open(&options(&path, false), false).unwrap();
        rows.begin(Kind::Jimmy);
        let speaks_on = Kind::Jimmy.sheet().notify.0;
        rows.take(speaks_on, &[1, 0, 0, 0, 0xD2, 0x04, 0]).unwrap();
        rows.take(speaks_on, &[9, 0, 0, 0, 0xA0, 0x0F, 0]).unwrap();
        rows.take(speaks_on, &[1]).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(lines[0], "t_s,mass_g");
        assert_eq!(lines[1], "0.000,123.4");
        assert!(lines[2].ends_with(",113.398"), "{text}");
        assert_eq!((rows.count, rows.last_g, rows.passed_over()), (2, Some(113.398), 1));
    }

    #[test]
    fn a_file_that_is_there_stays_unless_force_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.csv");
        std::fs::write(&path, "mine").unwrap();
        assert!(Rows::open(&options(&path, false), false).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
        assert!(Rows::open(&options(&path, true), false).is_ok());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "t_s,mass_g\n");
    }
}
