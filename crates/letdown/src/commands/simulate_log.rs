//! `letdown simulate-log`: weeks of a life from a declared scenario.

use crate::{
    cli::{self, Cli},
    many,
    outcome::Trouble,
    say, scenario_file,
};
use letdown_engine::{
    plot,
    scenario::{Scenario, SimulatedDay},
};
use letdown_journal::{
    author::{Author, tens},
    body::{Body, Pump},
    entry::Entry,
    export::json_lines,
};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Simulated {
    days: Vec<SimulatedDay>,
}

pub fn simulate_log(cli: &Cli, options: &cli::SimulateLog) -> Result<(), Trouble> {
    let scenario = scenario_file::read(&options.simulated.scenario, Scenario::read)?;
    let twins = scenario_file::twins(cli, scenario.is_posterior())?;
    let simulated = &options.simulated;
    let crowd = simulated.mothers > 1;
    let women = many::each(simulated.mothers as usize, |i| {
        scenario.lived_days(&scenario.live(simulated.seed_of(i), &twins, crowd))
    });
    let days = scenario.mean_days(&women);
    if let Some(file) = &options.csv {
        let log = scenario.written(&scenario.live(simulated.seed, &twins, false))?;
        scenario_file::write(file, &csv(&log))?;
    }
    if let Some(file) = &options.diary {
        let diary = scenario.diary(&scenario.live(simulated.seed, &twins, false))?;
        scenario_file::write(file, &lines(&diary, simulated.seed)?)?;
    }
    if let Some(file) = &options.plot {
        scenario_file::write(file, &plot::weeks(&days))?;
    }
    if cli.json {
        say::json(&Simulated { days });
    } else {
        for day in &days {
            say::print(&line(day));
        }
        say::aside("Simulated. Not a log of anyone.");
    }
    Ok(())
}

/// A diary in our own lines of JSON, which `letdown import` reads. The same seed writes the same entries.
fn lines(diary: &[Body], seed: u64) -> Result<String, Trouble> {
    let mut author = Author::new("simulated").map_err(Trouble::could_not)?;
    let mut ten = tens(&[&[0x5a, 0x1d], &seed.to_be_bytes()[..]].concat());
    let put = |body: &Body| {
        let written_ms = u64::try_from(body.end().timestamp().as_millisecond()).unwrap_or(0);
        author.put(body, written_ms, ten())
    };
    let entries: Vec<Entry> = diary.iter().map(put).collect();
    Ok(json_lines::lines(&entries))
}

fn line(day: &SimulatedDay) -> String {
    let spread = day.ml_sd.map_or_else(String::new, |sd| format!(" ± {sd:.0} mL"));
    let nursed = if day.nursed_ml > 0.0 {
        format!(", {:.0} mL of it drunk at the breast", day.nursed_ml)
    } else {
        String::new()
    };
    let works = day.works_within_5_min.filter(|_| day.sessions > 0.0);
    let works = works.map_or_else(String::new, |share| {
        format!("; a let-down within 5 min in {:.0} of 100", 100.0 * share)
    });
    format!("{}  {:>5.0} mL{spread} in {} sessions{nursed}{works}", day.date, day.ml, day.sessions)
}

/// The log in our own simple CSV, which `letdown import` reads. Every row says that it is simulated, and so will its entry.
fn csv(bodies: &[Body]) -> String {
    let mut csv = String::from("start,minutes,left_ml,right_ml,total_ml,simulated\n");
    for body in bodies {
        if let Body::Pump(Pump { start, minutes, left, right, total, .. }) = body {
            let ml = |o: &Option<letdown_journal::volume::Output>| {
                o.as_ref().map(|o| o.as_ml().to_string()).unwrap_or_default()
            };
            let minutes = minutes.map(|m| m.to_string()).unwrap_or_default();
            let _ = writeln!(csv, "{start},{minutes},{},{},{},yes", ml(left), ml(right), ml(total));
        }
    }
    csv
}
