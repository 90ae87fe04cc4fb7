//! `letdown plan`: which sessions, how long and when, so that a goal is reached.

use crate::{
    cli,
    cli::Cli,
    clock,
    journal::Journal,
    outcome::Trouble,
    say,
    whole_file::{self, Replace},
};
use letdown_engine::{
    notebook::SEED,
    observed::Observed,
    plan::{self as engine, Break, Goal, Line, Request, Stretch},
    twin::Twin,
};
use letdown_journal::{
    export::reminders::{self, Reminder},
    moment,
    volume::Volume,
};
use serde::Serialize;

pub fn plan(cli: &Cli, options: &cli::Plan) -> Result<(), Trouble> {
    let asked = options.goal.as_deref().map(|goal| request(goal, options)).transpose()?;
    let mut journal = Journal::open(cli)?;
    let folded = journal.notebook.journal();
    let now = clock::now(cli, journal.notebook.zone().as_ref())?;
    let observed = Observed::at(folded, &now);
    let (request, followed) = if let Some(request) = asked {
        (request, None)
    } else {
        let nothing = "no plan was kept yet; make one with `letdown plan --goal raise --keep`";
        let kept = engine::followed(folded, &observed);
        let (followed, next) = kept.ok_or_else(|| Trouble::could_not(nothing))?;
        (adjusted(next, options)?, Some(followed))
    };
    let twin = Twin::usual(&observed, SEED);
    let answer = engine::plan(folded, &observed, &twin, &request, SEED).map_err(Trouble::wrong_use)?;
    if let Some(file) = &options.ics {
        let text = reminders::calendar(&reminders_of(&answer)?, now.timestamp(), options.remind);
        whole_file::write(file, &text, Replace::when(options.force), journal.folder.path())?;
    }
    if options.keep && answer.expected.is_some() {
        let fields = engine::entry(&answer, &request);
        let random = clock::random()?;
        journal.store(|notebook| Ok(vec![notebook.log("plan", fields.clone(), &now, random)?]))?;
    }
    if cli.json {
        say::json(&Told { plan: &answer, followed });
    } else {
        if let Some(followed) = &followed {
            say::print(&format!("{}\n", followed.says));
        }
        words(&answer);
        if options.keep && answer.expected.is_some() {
            say::print("\nKept. `letdown plan --follow` says later what came of it.");
        }
        if let Some(file) = &options.ics {
            let sessions = say::count(answer.schedule.len());
            say::print(&format!("\nWrote {sessions} sessions to {}, each with a reminder.", file.display()));
        }
    }
    Ok(())
}

/// A plan, and what came of the one before when that was asked.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    plan: &'a engine::Plan,
    #[serde(skip_serializing_if = "Option::is_none")]
    followed: Option<engine::Followed>,
}

fn request(goal: &str, options: &cli::Plan) -> Result<Request, Trouble> {
    adjusted(Request::of(Goal::read(goal).map_err(Trouble::wrong_use)?), options)
}

/// A request with what was said beside it.
fn adjusted(mut request: Request, options: &cli::Plan) -> Result<Request, Trouble> {
    let stretch =
        |text: &Option<String>| text.as_deref().map(Stretch::read).transpose().map_err(Trouble::wrong_use);
    request.sleep = stretch(&options.sleep)?;
    request.away = stretch(&options.away)?.or(request.away);
    if let Some(days) = &options.days {
        request.away_on = engine::week(days).map_err(Trouble::wrong_use)?;
    }
    request.commute_min = f64::from(options.commute);
    let breaks = options.breaks.iter().map(|text| Break::read(text));
    request.breaks = breaks.collect::<Result<_, _>>().map_err(Trouble::wrong_use)?;
    request.most_sessions = options.max_sessions.map(usize::from).or(request.most_sessions);
    let amount = |text: &str| Volume::read(text).map(|v| v.as_ml()).map_err(Trouble::wrong_use);
    request.to_ml = options.to.as_deref().map(amount).transpose()?.or(request.to_ml);
    request.by = options.by.as_deref().map(date).transpose()?.or(request.by);
    Ok(request)
}

fn date(text: &str) -> Result<jiff::civil::Date, Trouble> {
    let no_day = |_| Trouble::WrongUse(format!("{text:?} is no day; write it like 2026-12-24"));
    text.parse().map_err(no_day)
}

fn reminders_of(answer: &engine::Plan) -> Result<Vec<Reminder>, Trouble> {
    let reminder = |session: &engine::Session| {
        let at = moment::parse(&session.at, None)?.at;
        let with = session.technique.map_or_else(String::new, |technique| format!(", with {technique}"));
        let text = format!("Pump {:.0} min{with}", session.minutes);
        Ok(Reminder { at: at.timestamp(), minutes: session.minutes, text })
    };
    answer.schedule.iter().map(reminder).collect()
}

/// A day of weaning differs from the one before by one session; the first and the last few say enough.
const DAYS_SHOWN: usize = 3;

fn words(answer: &engine::Plan) {
    if let Some(assumed) = &answer.assumed {
        say::print(&format!("{assumed}\n"));
    }
    say::print(&answer.says);
    let many = answer.days.len() > DAYS_SHOWN;
    if many {
        say::print("");
        answer.days.iter().for_each(brief);
    } else {
        answer.days.iter().for_each(|alike| lines(&alike.when, &alike.sessions));
    }
    for other in &answer.next_best {
        say::print(&format!("{}Or   {}.", if *other == answer.next_best[0] { "\n" } else { "" }, other.says));
    }
    if let Some(missed) = &answer.if_missed {
        say::print(&format!("\n{}", missed.says));
    }
    let said = |text: &String| answer.says.contains(text.as_str());
    for limit in answer.limits_hit.iter().filter(|limit| !said(&limit.text)) {
        say::print(&format!("Limit: {}", limit.text));
    }
    for reason in &answer.reasons {
        say::print(&format!("Why: {} [{}; {}]", reason.text, reason.source, reason.grade));
    }
    let age =
        answer.data_age_h.map_or_else(String::new, |h| format!(" The newest session: {}.", say::ago(h)));
    if answer.expected.is_some() {
        say::print(&format!("\nThe model alone, output only. {}{age}", answer.twin.message));
    }
}

fn lines(when: &str, sessions: &[Line]) {
    say::print(&format!("\n  {}", sentence(when)));
    for line in sessions {
        let with = line.technique.map_or_else(String::new, |technique| format!(", with {technique}"));
        say::print(&format!("    {}  {:>2.0} min  {}{with}", line.clock, line.minutes, line.why));
    }
}

fn brief(alike: &engine::Alike) {
    let clock = |line: &Line| {
        if line.why.contains("shorter") {
            format!("{} ({:.0} min)", line.clock, line.minutes)
        } else {
            line.clock.clone()
        }
    };
    let clocks: Vec<String> = alike.sessions.iter().map(clock).collect();
    let clocks = if clocks.is_empty() { "none".to_owned() } else { clocks.join("  ") };
    say::print(&format!("  {:<18}{clocks}", alike.when));
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
