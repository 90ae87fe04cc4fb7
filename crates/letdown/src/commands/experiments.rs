//! `letdown experiments`: published experiments with simulated women, and the mission's claims as contrasts.

use crate::{
    cli::{self, Cli},
    many,
    outcome::Trouble,
    say,
};
use letdown_engine::experiments::{ClaimRow, Role, Row, Tolerance, claims, published};
use serde::Serialize;

#[derive(Serialize)]
struct Table<T> {
    rows: Vec<T>,
}

pub fn experiments(cli: &Cli, options: &cli::Experiments) -> Result<(), Trouble> {
    let wanted = |id: &str| options.only.as_ref().is_none_or(|text| id.contains(text.as_str()));
    if options.claims {
        let all: Vec<_> = claims()?.into_iter().filter(|c| wanted(c.id())).collect();
        let rows =
            set_up("claims", &all, |c| (c.mothers(), c.row(&women(c.mothers(), |i| c.one(i))))).collect();
        show(cli, options, rows, claim_words)
    } else {
        let all: Vec<_> = published()?.into_iter().filter(|e| wanted(e.id())).collect();
        let rows = set_up("experiments", &all, |e| (e.mothers(), e.row(&women(e.mothers(), |i| e.one(i)))))
            .collect();
        show(cli, options, rows, published_words)
    }
}

fn women(mothers: u32, one: impl Fn(u32) -> Vec<f64> + Sync) -> Vec<Vec<f64>> {
    many::each(mothers as usize, |i| one(u32::try_from(i).unwrap_or(u32::MAX)))
}

/// Runs one behind the other and shows how far it is.
fn set_up<'a, T, R>(
    what: &'static str,
    all: &'a [T],
    one: impl Fn(&T) -> (u32, R) + 'a,
) -> impl Iterator<Item = R> + 'a {
    let progress = say::Progress::of(what);
    all.iter().enumerate().map(move |(done, t)| {
        progress.show(done, all.len());
        one(t).1
    })
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
