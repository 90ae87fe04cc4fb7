//! `letdown whatif`: what a change would bring.

use crate::{cli, cli::Cli, clock, journal::Journal, outcome::Trouble, say};
use letdown_engine::{Spread, notebook::SEED, observed::Observed, whatif as engine};

pub fn whatif(cli: &Cli, options: &cli::WhatIf) -> Result<(), Trouble> {
    let change = engine::Change::read(&options.change).map_err(Trouble::wrong_use)?;
    let journal = Journal::open(cli)?;
    let folded = journal.notebook.journal();
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(folded, &now);
    let twin = journal.twin(&observed);
    let answer = engine::what_if(folded, &observed, &twin, &change, options.days, SEED)?;
    if cli.json {
        say::json(&answer);
    } else {
        words(&answer);
    }
    Ok(())
}

fn words(answer: &engine::WhatIf) {
    say::print(&format!("{}\n", answer.says));
    let line = |what: &str, ml: &Spread, beside: String| {
        let range = format!("likely {} to {}", whole(ml.p10), say::about_ml(ml.p90));
        say::print(
            format!("  {what:<14}{:>9} a day   {range:<28}{beside}", say::about_ml(ml.p50)).trim_end(),
        );
    };
    let beside = |course: &engine::Course| {
        let nursings = match course.nursings_per_day {
            n if n >= 0.05 => format!(", {n:.1} nursings"),
            _ => String::new(),
        };
        format!("{:.1} sessions{nursings}, {:.0} min", course.sessions_per_day, course.minutes_per_day)
    };
    line("As you do it", &answer.baseline.ml_per_day, beside(&answer.baseline));
    line("With it", &answer.changed.ml_per_day, beside(&answer.changed));
    line("Difference", &answer.difference.ml_per_day, String::new());
    let age =
        answer.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    say::print(&format!("\nThe model alone, output only. {}{age}", answer.twin.message));
}

fn whole(ml: f64) -> String {
    say::thousands((ml / 10.0).round() as i64 * 10)
}
