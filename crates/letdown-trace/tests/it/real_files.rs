//! Files of real scales: `LETDOWN_REAL_LOGS` names the folder in whose `scale-traces` they lie. Nothing of them is kept here.

use letdown_trace::files::{Format, Log, MAX_MASS_G, read};
use std::{fs::File, io::Read as _, path::PathBuf};

fn real() -> Vec<(String, Log)> {
    let folder = std::env::var_os("LETDOWN_REAL_LOGS").map(|all| PathBuf::from(all).join("scale-traces"));
    let Some(folder) = folder.filter(|folder| folder.is_dir()) else {
        println!("not run: real logs not present");
        return Vec::new();
    };
    let mut logs = Vec::new();
    for item in folder.read_dir().unwrap() {
        let path = item.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
        logs.push((name.clone(), read(&name, &bytes).unwrap()));
    }
    assert!(!logs.is_empty(), "the folder of real traces is empty");
    logs
}

/// Every file is read whole, in order within the jitter of a radio, and by who wrote it.
#[test]
fn files_of_real_scales_are_read() {
    for (name, log) in real() {
        let expected = if name.starts_with("beanconqueror") { Format::Beanconqueror } else { Format::Decent };
        assert_eq!(log.format, expected, "{name}");
        assert!(log.remarks.is_empty() && log.readings.len() > 50, "{name}");
        let span_s = log.readings.last().unwrap().t_s - log.readings[0].t_s;
        assert!((10.0..600.0).contains(&span_s), "{name}: {span_s} s");
        let per_s = log.readings.len() as f64 / span_s;
        assert!((3.0..13.0).contains(&per_s), "{name}: {per_s} a second");
        assert!(log.readings.iter().all(|r| r.mass_g.abs() < MAX_MASS_G), "{name}");
    }
}

/// The file with readings below zero keeps them, which the app's smoothed series may not.
#[test]
fn readings_below_zero_of_a_real_scale_stay() {
    let lowest = |log: &Log| log.readings.iter().map(|r| r.mass_g).fold(f64::INFINITY, f64::min);
    let logs = real();
    assert!(logs.is_empty() || logs.iter().any(|(_, log)| lowest(log) < -1.0));
}
