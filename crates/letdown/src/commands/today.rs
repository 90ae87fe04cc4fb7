//! `letdown today`: supply now, the last and the next session.

use crate::{cli::Cli, clock, journal::Journal, outcome::Trouble, say};
use letdown_engine::{Range, observed::Observed, red_flags::red_flags, today as engine};
use letdown_journal::moment::Moment;

pub fn today(cli: &Cli) -> Result<(), Trouble> {
    let journal = Journal::open(cli)?;
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(journal.notebook.journal(), &now);
    let twin = journal.twin(&observed);
    let today = engine::today(&observed, &twin, &red_flags(journal.notebook.journal(), &observed));
    if cli.json {
        say::json(&today);
    } else {
        words(&now, &today);
    }
    Ok(())
}

fn words(now: &Moment, today: &engine::Today) {
    say::print(&format!("{}\n", now.strftime("%A, %-d %B %Y, %H:%M")));
    let likely = |r: &Range| format!("likely {} to {}", say::about_ml(r.p10), say::about_ml(r.p90));
    let line =
        |what: &str, number: &str, beside: &str| say::print(&format!("  {what:<16}{number:>12}   {beside}"));
    if let Some(supply) = &today.supply_ml_per_day {
        line("Supply a day", &say::about_ml(supply.p50), &likely(supply));
    }
    if let Some(milk) = &today.in_breast_ml {
        line("In the breasts", &say::about_ml(milk.p50), &likely(milk));
    }
    if let Some(last) = &today.last {
        let output = last.output_ml.map_or_else(|| "no volume".into(), |ml| format!("{ml:.0} mL"));
        line("Last session", &output, &format!("{}, {}", clock_time(&last.at), say::ago(last.hours_ago)));
    }
    if let Some(next) = &today.next {
        let (number, beside) = match &next.ml {
            Some(ml) => (say::about_ml(ml.p50), format!("about {}, {}", clock_time(&next.at), likely(ml))),
            None => (String::new(), format!("about {}", clock_time(&next.at))),
        };
        line("Next session", &number, &beside);
    }
    let sessions = if today.sessions_today == 1 { "session" } else { "sessions" };
    line(
        "Today so far",
        &say::exact_ml(today.logged_today_ml),
        &format!("{} {sessions}", today.sessions_today),
    );
    let age = today.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    say::print(&format!("\n{}{age}", today.twin.message));
    today.flags.iter().for_each(|flag| say::print(&format!("! {}", flag.what)));
}

fn clock_time(at: &str) -> String {
    at.parse::<Moment>().map_or_else(|_| at.to_owned(), |m| m.strftime("%H:%M").to_string())
}
