//! `letdown detect`: let-downs and phases in a scale's log. No journal is opened.

mod words;

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
    say, scenario_file,
};
use letdown_trace::{
    files::{self, Log, MAX_BYTES},
    found::Found,
    plot,
    reading::Reading,
    watch::{DETECTOR, Watch},
};
use serde::Serialize;
use std::{fs::File, io::Read as _, path::Path};

pub fn detect(cli: &Cli, options: &cli::Detect) -> Result<(), Trouble> {
    let name = options.file.display().to_string();
    let log = files::read(&name, &bytes(&options.file)?).map_err(Trouble::could_not)?;
    let watch = watched(&log.readings);
    let found = watch.found();
    if let Some(file) = &options.plot {
        draw(file, &options.file, &plot::session(&watch.series(), &found))?;
    }
    for remark in &log.remarks {
        say::aside(&format!("{name}: {remark}"));
    }
    if cli.json {
        say::json(&Answer::of(&found));
    } else {
        say::raw(words::of(&log, &found, side_totals(&log)));
    }
    Ok(())
}

/// The file, and not more of it than is read of any.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes));
    read.map_err(|e| Trouble::could_not(format!("{}: it cannot be read ({e})", file.display())))?;
    Ok(bytes)
}

fn watched(readings: &[Reading]) -> Watch {
    let mut watch = Watch::new();
    for reading in readings {
        watch.see(*reading);
    }
    watch.end();
    watch
}

/// Left and right, where a scale stood under each (mL).
fn side_totals(log: &Log) -> Option<[f64; 2]> {
    let sides = log.sides.as_ref()?;
    Some([&sides.left, &sides.right].map(|side| watched(side).found().total_ml))
}

fn draw(file: &Path, trace: &Path, svg: &str) -> Result<(), Trouble> {
    let real = |path: &Path| path.canonicalize().ok();
    if real(file).is_some_and(|file| Some(file) == real(trace)) {
        let what = "is the log itself; name another file for the drawing";
        return Err(Trouble::wrong_use(format!("--plot: {} {what}", file.display())));
    }
    scenario_file::write(file, svg)
}

/// What `--json` prints. Times are on the clock of the file (s).
#[derive(Serialize)]
struct Answer {
    letdowns: Vec<LetDown>,
    first_s: Option<f64>,
    slowed_s: Option<f64>,
    total_ml: f64,
    phases: Vec<Phase>,
    doubts: Vec<Doubt>,
    detector: &'static str,
}

#[derive(Serialize)]
struct LetDown {
    onset_s: f64,
    end_s: f64,
    volume_ml: f64,
    peak_ml_per_min: f64,
    confidence: f64,
}

#[derive(Serialize)]
struct Phase {
    #[serde(rename = "phase")]
    kind: &'static str,
    start_s: f64,
    end_s: f64,
}

#[derive(Serialize)]
struct Doubt {
    #[serde(rename = "doubt")]
    kind: &'static str,
    start_s: f64,
    end_s: f64,
    offset_g: f64,
}

impl Answer {
    fn of(found: &Found) -> Self {
        let let_down = |l: &letdown_trace::found::LetDown| LetDown {
            onset_s: round(l.onset_s),
            end_s: round(l.end_s),
            volume_ml: round(l.volume_ml),
            peak_ml_per_min: round(l.peak_ml_per_min),
            confidence: round(l.confidence),
        };
        let phase = |p: &letdown_trace::found::Phase| Phase {
            kind: p.kind.name(),
            start_s: round(p.start_s),
            end_s: round(p.end_s),
        };
        let doubt = |d: &letdown_trace::found::Doubt| Doubt {
            kind: d.kind.name(),
            start_s: round(d.start_s),
            end_s: round(d.end_s),
            offset_g: round(d.offset_g),
        };
        Self {
            letdowns: found.let_downs.iter().map(let_down).collect(),
            first_s: found.first_s.map(round),
            slowed_s: found.slowed_s.map(round),
            total_ml: round(found.total_ml),
            phases: found.phases.iter().map(phase).collect(),
            doubts: found.doubts.iter().map(doubt).collect(),
            detector: DETECTOR,
        }
    }
}

/// To a thousandth: less is nothing that a scale can tell.
fn round(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}
