//! `letdown backtest`: the forecasts, scored on the log's own past.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble, say};
use jiff::civil::Date;
use letdown_engine::{
    backtest::{self as engine, Window},
    notebook::SEED,
    observed::Observed,
};

pub fn backtest(cli: &Cli, from: Option<&str>, to: Option<&str>) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(journal.notebook.journal(), &now);
    let window = Window { from: from.map(day).transpose()?, to: to.map(day).transpose()? };
    let progress = say::Progress::of("scoring days");
    let score = engine::backtest(&observed, window, SEED, &mut |done, all| progress.show(done, all))?;
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
    say::print("                       error      score   within the 80 % range");
    let line = |name: &str, mae: f64, rest: String| say::print(&format!("  {name:<18}{mae:>7.2} mL{rest}"));
    let full = |crps: f64, coverage: f64| format!(" {crps:>6.2} mL   {:>5.1} %", 100.0 * coverage);
    line("Letdown", score.mae_ml, full(score.crps_ml, score.coverage80));
    let alone = &score.mechanistic;
    line("  the model alone", alone.mae_ml, full(alone.crps_ml, alone.coverage80));
    for (name, mae) in &score.baselines {
        line(name, *mae, String::new());
    }
    let [low, high] = score.difference_ci95;
    say::print(&format!(
        "\nAgainst the best plain guess ({}): {:.1} % less error; {:.2} mL, 95 % range {low:.2} to {high:.2} mL.",
        score.best_baseline,
        100.0 * score.skill,
        score.mae_ml - score.baselines.get(score.best_baseline).copied().unwrap_or(f64::NAN),
    ));
}
