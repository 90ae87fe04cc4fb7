//! `letdown list`: entries as they stand.

use crate::{
    cli::{self, Cli},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use letdown_engine::notebook::Line;
use letdown_journal::moment;
use serde::Serialize;

#[derive(Serialize)]
struct Entries {
    entries: Vec<Line>,
}

pub fn list(cli: &Cli, options: &cli::List) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let zone = journal.notebook.zone();
    let now = clock::now(cli, zone.as_ref())?;
    let zone = clock::zone(cli, zone.as_ref())?;
    let from = options.from.as_deref().map(|t| edge(t, zone.as_ref(), false)).transpose()?;
    let to = options.to.as_deref().map(|t| edge(t, zone.as_ref(), true)).transpose()?;
    let within = |line: &Line| {
        let at = line.at.parse::<moment::Moment>().map(|m| m.timestamp()).unwrap_or(Timestamp::MIN);
        options.kind.as_ref().is_none_or(|k| *k == line.kind)
            && from.is_none_or(|f| f <= at)
            && to.is_none_or(|t| at < t)
            && at <= now.timestamp()
    };
    let lines: Vec<Line> = journal.notebook.lines(&now, usize::MAX).into_iter().filter(within).collect();
    if cli.json {
        say::json(&Entries { entries: lines });
    } else if lines.is_empty() {
        say::print(
            "No entries yet. `letdown log pump --total 120` writes one, `letdown import FILE` brings a log in.",
        );
    } else {
        lines.iter().for_each(|line| say::print(&words(line)));
    }
    Ok(())
}

/// A day, whole, or a time: the instant it begins, or for the end of a window the one behind it.
fn edge(text: &str, zone: Option<&TimeZone>, end: bool) -> Result<Timestamp, Trouble> {
    if let Ok(day) = text.parse::<Date>() {
        let day = if end { day.tomorrow().unwrap_or(day) } else { day };
        let zone = zone
            .ok_or_else(|| Trouble::NeedsAnswer(format!("{text:?} names no time zone; say it with --tz")))?;
        return Ok(moment::place(day.at(0, 0, 0, 0), zone).at.timestamp());
    }
    Ok(moment::parse(text, zone)?.at.timestamp())
}

fn words(line: &Line) -> String {
    let at = line
        .at
        .parse::<moment::Moment>()
        .map_or_else(|_| line.at.clone(), |m| m.strftime("%Y-%m-%d %H:%M").to_string());
    let ml = |v: Option<f64>, what: &str| v.map(|v| format!("{v:.0} mL{what}"));
    let sides = match (line.left_ml, line.right_ml) {
        (Some(l), Some(r)) => Some(format!("left {l:.0}, right {r:.0}")),
        (Some(l), None) => Some(format!("left {l:.0}")),
        (None, Some(r)) => Some(format!("right {r:.0}")),
        (None, None) => None,
    };
    let length = line.minutes.map(|m| format!("{m:.0} min"));
    let parts = [
        ml(line.output_ml, " out"),
        sides,
        ml(line.intake_ml, " drunk"),
        line.milk.clone(),
        length,
        line.example.then(|| "simulated".to_owned()),
        line.flags.first().map(|f| format!("? {f}")),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    format!("{at}  {:7}{}", line.kind, said.join(" · "))
}
