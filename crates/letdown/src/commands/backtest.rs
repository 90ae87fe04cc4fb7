//! `letdown backtest`: the forecasts, scored on the log's own past.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble, say, scenario_file};
use jiff::civil::Date;
use letdown_engine::{
    backtest::{self as engine, Window, daily::Lead},
    notebook::SEED,
    observed::Observed,
    plot,
};
use std::path::Path;

pub fn backtest(cli: &Cli, from: Option<&str>, to: Option<&str>, file: Option<&Path>) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(journal.notebook.journal(), &now);
    let window = Window { from: from.map(day).transpose()?, to: to.map(day).transpose()? };
    let progress = say::Progress::of("scoring days");
    let score = engine::backtest(&observed, window, SEED, &mut |done, all| progress.show(done, all))?;
    if let Some(file) = file {
        scenario_file::write(file, &plot::scores(&score))?;
    }
    if cli.json {
        say::json(&score);
    } else {
        words(&score);
    }
    Ok(())
}

fn day(text: &str) -> Result<Date, Trouble> {
    text.parse().map_err(|_| Trouble::WrongUse(format!("{text:?} is not a day; write it like 2026-11-24")))
}

fn words(score: &engine::Backtest) {
    say::print(&format!(
        "{} sessions from {} to {}, each forecast from the midnight before it\n",
        say::count(score.n),
        score.days[0],
        score.days[1]
    ));
    heading("session");
    let full = [score.coverage50, score.coverage80, score.coverage95];
    row("Letdown", score.mae_ml, score.crps_ml, Some(full));
    let alone = &score.mechanistic;
    let held = [alone.coverage50, alone.coverage80, alone.coverage95];
    row("  the model alone", alone.mae_ml, alone.crps_ml, Some(held));
    for (name, mae_ml) in &score.baselines {
        row(name, *mae_ml, score.baselines_crps_ml.get(name).copied().unwrap_or(f64::NAN), None);
    }
    let [low, high] = score.difference_ci95;
    say::print(&format!(
        "\nAgainst the best plain guess ({}): {:.1} % {} error; {:.2} mL, 95 % range {low:.2} to {high:.2} mL.",
        score.best_baseline,
        100.0 * score.skill.abs(),
        if score.skill < 0.0 { "more" } else { "less" },
        score.mae_ml - score.baselines.get(score.best_baseline).copied().unwrap_or(f64::NAN),
    ));
    score.daily.leads.iter().for_each(whole_days);
    if let Some(left_out) = left_out(score) {
        say::print(&format!("\n{left_out}"));
    }
}

fn heading(of: &str) {
    say::print(&format!("  {of:<18}{:>10}{:>12}   held by the range of", "error", "score"));
    say::print(&format!("  {:<18}{:>10}{:>12}{:>9}{:>8}{:>8}", "", "", "", "50 %", "80 %", "95 %"));
}

fn row(name: &str, mae_ml: f64, crps_ml: f64, held: Option<[f64; 3]>) {
    let held = held.map_or_else(String::new, |[half, most, nearly_all]| {
        format!("{:>7.1} %{:>6.1} %{:>6.1} %", 100.0 * half, 100.0 * most, 100.0 * nearly_all)
    });
    say::print(&format!("  {name:<18}{mae_ml:>7.2} mL{crps_ml:>9.2} mL{held}"));
}

fn whole_days(lead: &Lead) {
    let ahead = match lead.days_ahead {
        1 => "a day ahead".into(),
        n => format!("{n} days ahead"),
    };
    say::print(&format!("\n{}, each forecast {ahead}, her hours not known\n", days(lead.n)));
    heading("day");
    row("Letdown", lead.mae_ml, lead.crps_ml, Some([lead.coverage50, lead.coverage80, lead.coverage95]));
    for (name, plain) in &lead.baselines {
        row(name, plain.mae_ml, plain.crps_ml, None);
    }
}

/// Days that were forecast and could not be scored.
fn left_out(score: &engine::Backtest) -> Option<String> {
    let not = score.daily.not_scored;
    let reasons = [
        (not.without_session, "without a session"),
        (not.in_part, "with a session without a volume"),
        (not.cut, "at the end of the log or behind it"),
    ];
    let said: Vec<String> =
        reasons.iter().filter(|r| r.0 > 0).map(|(n, why)| format!("{} {why}", days(*n))).collect();
    (!said.is_empty()).then(|| format!("Not scored: {}.", said.join(", ")))
}

fn days(n: usize) -> String {
    format!("{} {}", say::count(n), if n == 1 { "day" } else { "days" })
}
