//! `letdown simulate-log`: weeks of pumping from a declared scenario.

use crate::{
    cli::{self, Cli},
    outcome::Trouble,
    say,
};
use letdown_engine::scenario::{Scenario, SimulatedDay};
use letdown_journal::body::{Body, Pump};
use serde::Serialize;
use std::fmt::Write as _;

#[derive(Serialize)]
struct Simulated {
    days: Vec<SimulatedDay>,
}

pub fn simulate_log(cli: &Cli, options: &cli::SimulateLog) -> Result<(), Trouble> {
    let name = options.scenario.display();
    let toml = std::fs::read_to_string(&options.scenario)
        .map_err(|e| Trouble::could_not(format!("{name}: it cannot be read ({e})")))?;
    let scenario = Scenario::read(&toml)
        .map_err(|e| Trouble::could_not(format!("{name}: {}", e.to_string().trim_end())))?;
    let days = scenario.days(options.mothers, options.seed);
    if let Some(file) = &options.csv {
        let csv = csv(&scenario.log(options.seed)?);
        std::fs::write(file, csv)
            .map_err(|e| Trouble::could_not(format!("{}: it cannot be written ({e})", file.display())))?;
    }
    if cli.json {
        say::json(&Simulated { days });
    } else {
        for day in &days {
            let spread = day.ml_sd.map_or_else(String::new, |sd| format!(" ± {sd:.0} mL"));
            say::print(&format!("{}  {:>5.0} mL{spread} in {} sessions", day.date, day.ml, day.sessions));
        }
    }
    Ok(())
}

/// The log in our own simple CSV, which `letdown import` reads.
fn csv(bodies: &[Body]) -> String {
    let mut csv = String::from("start,minutes,left_ml,right_ml,total_ml\n");
    for body in bodies {
        if let Body::Pump(Pump { start, minutes, left, right, total, .. }) = body {
            let ml = |o: &Option<letdown_journal::volume::Output>| {
                o.as_ref().map(|o| o.as_ml().to_string()).unwrap_or_default()
            };
            let minutes = minutes.map(|m| m.to_string()).unwrap_or_default();
            let _ = writeln!(csv, "{start},{minutes},{},{},{}", ml(left), ml(right), ml(total));
        }
    }
    csv
}
