//! `letdown forecast`: output of the days to come.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble, say};
use letdown_engine::{Spread, forecast as engine, notebook::SEED, observed::Observed};

pub fn forecast(cli: &Cli, days: u32) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(journal.notebook.journal(), &now);
    let twin = journal.twin(&observed);
    let forecast = engine::forecast(&observed, &twin, days, SEED)?;
    if cli.json {
        say::json(&forecast);
    } else {
        words(&forecast);
    }
    Ok(())
}

fn words(forecast: &engine::Forecast) {
    say::print(&format!("{}\n", forecast.summary));
    let most = forecast.days.iter().map(|d| d.ml.p90).fold(1.0, f64::max);
    for day in &forecast.days {
        let date = day.date.parse::<jiff::civil::Date>();
        let name = date.map_or_else(|_| day.date.clone(), |d| d.strftime("%a %-d %b").to_string());
        let range = format!("{} to {}", thousands(day.ml.p10), say::about_ml(day.ml.p90));
        say::print(&format!(
            "  {name:<11}{:>9}   {range:<17} {}",
            say::about_ml(day.ml.p50),
            bar(&day.ml, most)
        ));
    }
    let age =
        forecast.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    say::print(&format!(
        "\nHalf of the time within █, eight times in ten within ░. {}{age}",
        forecast.twin.message
    ));
}

fn thousands(ml: f64) -> String {
    say::thousands((ml / 10.0).round() as i64 * 10)
}

/// A range on a line: nothing, eight in ten, half, eight in ten.
fn bar(ml: &Spread, most: f64) -> String {
    const WIDTH: f64 = 40.0;
    let place = |v: f64| (v / most * WIDTH).round() as usize;
    let (low, inner_low, inner_high, high) = (place(ml.p10), place(ml.p25), place(ml.p75), place(ml.p90));
    let mark = |i: usize| match i {
        i if i < low || i > high => ' ',
        i if i < inner_low || i > inner_high => '░',
        _ => '█',
    };
    (0..=high).map(mark).collect()
}
