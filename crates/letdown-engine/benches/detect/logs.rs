//! What is found in scale logs that are given by their paths: readings of other things than milk are the hardest.

use letdown_trace::{detect, reading::Reading};
use serde_json::Value;

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
    let text = String::from_utf8_lossy(&bytes);
    let readings = match serde_json::from_str::<Value>(&text) {
        Ok(brew) => of_app(&brew),
        Err(_) => of_table(&text),
    };
    if readings.is_empty() {
        Err("no readings in it: seconds and grams, or a brew".to_owned())
    } else {
        Ok(readings)
    }
}

/// Seconds and grams in the first two columns.
fn of_table(text: &str) -> Vec<Reading> {
    let reading = |line: &str| {
        let mut cells = line.split([',', ';', '\t']).map(|cell| cell.trim().parse::<f64>().ok());
        Some(Reading::new(cells.next()??, cells.next()??))
    };
    text.lines().filter_map(reading).collect()
}

/// A brew of an app: times of day, counted from the first.
fn of_app(brew: &Value) -> Vec<Reading> {
    let weights = brew.pointer("/brewFlow/weight").or_else(|| brew.get("weight")).and_then(Value::as_array);
    let reading = |weight: &Value| {
        let time = weight.get("timestamp")?.as_str()?;
        let t_s =
            time.split(':').try_fold(0.0, |so_far, part| Some(60.0 * so_far + part.parse::<f64>().ok()?))?;
        Some(Reading::new(t_s, weight.get("actual_weight")?.as_f64()?))
    };
    let mut readings: Vec<Reading> = weights.into_iter().flatten().filter_map(reading).collect();
    let first_s = readings.first().map_or(0.0, |r| r.t_s);
    for r in &mut readings {
        r.t_s = (r.t_s - first_s).rem_euclid(86_400.0);
    }
    readings
}
