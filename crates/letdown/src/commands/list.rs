//! `letdown list`: entries as they stand.

use crate::{
    cli::{self, Cli},
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use letdown_engine::notebook::Line;
use letdown_journal::{body::Body, moment};
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
    let wanted = options.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let within = |line: &Line| {
        let at = line.at.parse::<moment::Moment>().map_or(Timestamp::MIN, |m| m.timestamp());
        let length_s = 60.0 * line.minutes.unwrap_or(0.0);
        let end = at.saturating_add(SignedDuration::try_from_secs_f64(length_s).unwrap_or_default());
        options.kind.as_ref().is_none_or(|k| *k == line.kind)
            && from.is_none_or(|f| f <= at)
            && to.is_none_or(|t| at < t)
            && end.is_ok_and(|end| end <= now.timestamp())
            && line.holds(&wanted)
    };
    let searched = !wanted.is_empty();
    let narrowed = searched || options.kind.is_some() || from.is_some() || to.is_some();
    let lines: Vec<Line> = journal.notebook.lines(&now, usize::MAX).into_iter().filter(within).collect();
    if cli.json {
        say::json(&Entries { entries: lines });
    } else if lines.is_empty() {
        say::print(if narrowed {
            if searched { "No entries that hold this text." } else { "No entries of this kind and time." }
        } else {
            "No entries yet. `letdown log pump --total 120` writes one, `letdown import FILE` brings a log in."
        });
    } else {
        for line in &lines {
            let id = if options.ids { format!("{}  ", line.root) } else { String::new() };
            let note = line.note.as_ref().filter(|_| searched).map(|note| format!(" · “{note}”"));
            say::print(&format!("{id}{}{}", words(line), note.unwrap_or_default()));
        }
    }
    Ok(())
}

/// A day, whole, or a time: the instant it begins, or for the end of a window the one behind it.
pub(super) fn edge(text: &str, zone: Option<&TimeZone>, end: bool) -> Result<Timestamp, Trouble> {
    if let Some(day) = day(text) {
        let day = if end { day.tomorrow().unwrap_or(day) } else { day };
        let zone = zone
            .ok_or_else(|| Trouble::NeedsAnswer(format!("{text:?} names no time zone; say it with --tz")))?;
        return Ok(moment::place(day.at(0, 0, 0, 0), zone).at.timestamp());
    }
    Ok(moment::parse(text, zone)?.at.timestamp())
}

/// A day alone. The reader of days would take a time as well, and drop its hour.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().filter(|_| !text.contains(['T', 't', ' ', '[']))
}

/// A weight as it was typed, else in grams.
fn weight(line: &Line) -> Option<String> {
    line.weight_typed.clone().or_else(|| line.weight_g.map(|g| format!("{g:.0} g")))
}

/// What a diaper held.
fn held(line: &Line) -> Option<String> {
    Some(match (line.wet?, line.soiled?) {
        (true, true) => "wet, soiled".into(),
        (true, false) => "wet".into(),
        (false, true) => "soiled".into(),
        (false, false) => "dry".into(),
    })
}

fn words(line: &Line) -> String {
    let at = line
        .at
        .parse::<moment::Moment>()
        .map_or_else(|_| line.at.clone(), |m| m.strftime("%Y-%m-%d %H:%M").to_string());
    let ml = |v: Option<f64>, what: &str| v.map(|v| format!("{v:.0} mL{what}"));
    let sides = match (line.left_ml, line.right_ml) {
        (Some(l), Some(r)) => Some(format!("left {l:.0} mL, right {r:.0} mL")),
        (Some(l), None) => Some(format!("left {l:.0} mL")),
        (None, Some(r)) => Some(format!("right {r:.0} mL")),
        (None, None) => None,
    };
    let seen = let_downs(line);
    let length = line.minutes.map(|m| format!("{m:.0} min"));
    let says = || Some(line.says.clone()).filter(|says| !says.is_empty());
    let own = match line.kind.as_str() {
        "pump" | "hand" => [ml(line.output_ml, " out"), sides, length, seen],
        "bottle" => [ml(line.intake_ml, " drunk"), line.milk.clone(), length, None],
        "weight" => [weight(line), None, None, None],
        "diaper" => [held(line), None, None, None],
        _ => [says(), None, None, None],
    };
    let beside = [line.example.then(|| "simulated".to_owned()), line.flags.first().map(|f| format!("? {f}"))];
    let said: Vec<String> = own.into_iter().chain(beside).flatten().collect();
    format!("{at}  {:6} {}", line.kind, said.join(" · "))
}

/// "2 let-downs: 21 ± 3 mL, then 15 ± 2 mL, first after 74 s", where a scale or taps saw them.
fn let_downs(line: &Line) -> Option<String> {
    let Ok(Some(Body::Pump(pump))) = Body::read(&line.kind, line.body.get()) else { return None };
    letdown_engine::notebook::let_downs(&pump.let_downs)
}
