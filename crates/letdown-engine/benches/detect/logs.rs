//! What is found in scale logs that are given by their paths: readings of other things than milk are the hardest.

use letdown_trace::{detect, files, reading::Reading};

pub(crate) fn print(paths: &[String]) {
    for path in paths {
        println!("{path}");
        match read(path) {
            Ok(readings) => tell(&readings),
            Err(why) => println!("  {why}"),
        }
    }
}

fn tell(readings: &[Reading]) {
    let found = detect(readings);
    let seconds = readings.last().map_or(0.0, |last| last.t_s) - readings.first().map_or(0.0, |r| r.t_s);
    println!("  {} readings in {seconds:.0} s, {:.1} mL in all", readings.len(), found.total_ml);
    for l in &found.let_downs {
        println!(
            "  let-down {:.1} to {:.1} s, {:.1} mL, peak {:.0} mL/min, confidence {:.2}",
            l.onset_s, l.end_s, l.volume_ml, l.peak_ml_per_min, l.confidence
        );
    }
    for doubt in &found.doubts {
        println!(
            "  {:<7} {:.1} to {:.1} s, {:+.1} g",
            doubt.kind.name(),
            doubt.start_s,
            doubt.end_s,
            doubt.offset_g
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench that looks into a file reads it")]
fn read(path: &str) -> Result<Vec<Reading>, String> {
    let bytes = std::fs::read(path).map_err(|why| why.to_string())?;
    files::read(path, &bytes).map(|log| log.readings).map_err(|why| why.to_string())
}
