//! `letdown experiments`: published experiments with simulated women, and the mission's claims as contrasts.

use crate::{
    cli::{self, Cli},
    many,
    outcome::Trouble,
    say,
};
use letdown_engine::experiments::{
    Claim, ClaimRow, Experiment, Role, Row, Setup, Tolerance, claims, published,
};
use serde::Serialize;

#[derive(Serialize)]
struct Table<T> {
    rows: Vec<T>,
}

pub fn experiments(cli: &Cli, options: &cli::Experiments) -> Result<(), Trouble> {
    if options.claims {
        let rows = rows("claims", &claims()?, options, Claim::setup, Claim::row);
        show(cli, options, rows, claim_words)
    } else {
        let rows = rows("experiments", &published()?, options, Experiment::setup, Experiment::row);
        show(cli, options, rows, published_words)
    }
}

/// The rows that are wanted, one behind the other, each with its women on all cores.
fn rows<T, R>(
    what: &'static str,
    all: &[T],
    options: &cli::Experiments,
    setup: fn(&T) -> &Setup,
    row: fn(&T, &[Vec<f64>]) -> R,
) -> Vec<R> {
    let is_wanted = |t: &&T| options.only.as_ref().is_none_or(|text| setup(t).id().contains(text.as_str()));
    let wanted: Vec<&T> = all.iter().filter(is_wanted).collect();
    let progress = say::Progress::of(what);
    let one = |(done, t): (usize, &&T)| {
        progress.show(done, wanted.len());
        let setup = setup(t);
        let women = many::each(setup.mothers() as usize, |i| setup.one(u32::try_from(i).unwrap_or(u32::MAX)));
        row(t, &women)
    };
    wanted.iter().enumerate().map(one).collect()
}

fn show<T: Serialize>(
    cli: &Cli,
    options: &cli::Experiments,
    rows: Vec<T>,
    words: fn(&[T]),
) -> Result<(), Trouble> {
    if rows.is_empty() {
        let text = options.only.as_deref().unwrap_or_default();
        return Err(Trouble::wrong_use(format!(
            "no row's id holds {text:?}; without --only all of them are run"
        )));
    }
    if cli.json {
        say::json(&Table { rows });
    } else {
        words(&rows);
    }
    Ok(())
}

fn published_words(rows: &[Row]) {
    for role in [Role::Output, Role::Input] {
        let of_role: Vec<&Row> = rows.iter().filter(|r| r.role == role).collect();
        if of_role.is_empty() {
            continue;
        }
        let hits = of_role.iter().filter(|r| r.ok).count();
        let title = match role {
            Role::Output => "Published values that set no prior",
            Role::Input => "Published values that set a prior: agreement proves nothing",
        };
        say::print(&format!("{title}: {hits} of {} agree\n", of_role.len()));
        for row in of_role {
            published_row(row);
        }
        say::print("");
    }
    say::print("Simulated women. A value agrees when it lies within the tolerance in ( ).");
}

fn published_row(row: &Row) {
    let mark = if row.ok { " " } else { "×" };
    say::print(&format!(
        "{mark} {:<28}{:>9} {:<15} {:>9} ± {:<6} {}",
        row.id,
        number(row.published.value),
        row.published.unit,
        number(row.simulated),
        number(row.mc_error),
        between(&row.tolerance)
    ));
    if let (false, Some(why)) = (row.ok, &row.miss) {
        say::print(&format!("      {why}"));
    }
}

fn claim_words(rows: &[ClaimRow]) {
    let hold = rows.iter().filter(|r| r.ok).count();
    say::print(&format!("{hold} of {} claims come out, and vanish with their mechanism\n", rows.len()));
    for row in rows {
        let mark = if row.ok { " " } else { "×" };
        say::print(&format!("{mark} {:<28}{}", row.id, row.claim));
        say::print(&format!("      {}", row.quantity));
        say::print(&format!(
            "      {:>9} ± {} {} {}",
            number(row.contrast),
            number(row.mc_error),
            row.unit,
            between(&row.expected)
        ));
        say::print(&format!(
            "      {:>9} ± {} {} {}   without {}",
            number(row.contrast_off),
            number(row.mc_error_off),
            row.unit,
            between(&row.expected_off),
            row.off
        ));
        if let (false, Some(why)) = (row.ok, &row.miss) {
            say::print(&format!("      {why}"));
        }
    }
}

fn between(t: &Tolerance) -> String {
    format!("({} to {})", number(t.lo), number(t.hi))
}

fn number(x: f64) -> String {
    let text = if x.abs() >= 100.0 { format!("{x:.0}") } else { format!("{x:.2}") };
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
    if text == "-0" { "0".to_owned() } else { text }
}
